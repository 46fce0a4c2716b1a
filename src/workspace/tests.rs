//! A workspace on a real disk.

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::{DocumentChange, SIZE_LIMIT, Workspace};
use crate::facts::Facts;
use crate::path::FilePath;
use crate::project::{Encoding, File, ReadError};
use crate::text::{Position, Units};

fn at(path: &str) -> FilePath {
    FilePath::new(path).unwrap()
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        put(folder.path(), path, bytes);
    }
    folder
}

fn put(folder: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn paths(workspace: &Workspace) -> Vec<&str> {
    workspace.files().iter().map(|file| file.path.as_str()).collect()
}

fn source<'a>(workspace: &'a Workspace, path: &str) -> &'a str {
    &workspace.files().get(&at(path)).unwrap().source
}

fn read_error(workspace: &Workspace, path: &str) -> Option<ReadError> {
    workspace.files().get(&at(path)).unwrap().read_error
}

fn replace(from: (usize, usize), to: (usize, usize), text: &str) -> DocumentChange {
    let position = |(line, column)| Position { line, column };
    DocumentChange { range: Some((position(from), position(to))), text: text.to_owned() }
}

fn whole(text: &str) -> DocumentChange {
    DocumentChange { range: None, text: text.to_owned() }
}

#[test]
fn a_file_alone_never_walks_a_folder() {
    let folder = folder(&[("a.js", b"1"), ("b.js", b"2"), ("c.js/d.js", b"3")]);
    let alone = |path: &str| Workspace::of_file(&folder.path().join(path));
    for (path, found) in [("a.js", &["a.js"][..]), ("c.js", &[]), ("", &[]), ("none.js", &[])] {
        let mut workspace = alone(path);
        assert_eq!(paths(&workspace), found, "{path}");
        workspace.refresh();
        assert_eq!(paths(&workspace), found, "{path}, later");
    }
    assert!(paths(&Workspace::of_file(Path::new("/"))).is_empty());
    let mut workspace = alone("none.js");
    workspace.open_document(&at("none.js"), "new", 1);
    assert_eq!(source(&workspace, "none.js"), "new");
}

#[test]
fn reads_what_it_knows_and_passes_over_the_rest() {
    let folder = folder(&[
        (".git/a.json", b"{}"),
        (".gitignore", b"dist"),
        ("app.json", b"{}"),
        ("app.wxss", b""),
        ("dist/a.js", b"1"),
        ("node_modules/a/index.js", b""),
        ("p/.hidden.js", b""),
        ("p/p.wxml", b"<a/>"),
        ("types/wx.d.ts", b""),
    ]);
    let workspace = Workspace::open(folder.path());
    assert_eq!(paths(&workspace), ["app.json", "dist/a.js", "p/p.wxml"]);
    assert_eq!(source(&workspace, "p/p.wxml"), "<a/>");
    assert_eq!(workspace.text(&at("dist/a.js")).unwrap().to_string(), "1");
    assert!(workspace.text(&at("gone.js")).is_none());
}

#[test]
fn a_root_that_is_a_file_is_a_workspace_of_that_file() {
    let folder = folder(&[("a.js", b"1"), ("b.js", b"2")]);
    let mut workspace = Workspace::open(&folder.path().join("a.js"));
    assert_eq!(paths(&workspace), ["a.js"]);
    put(folder.path(), "a.js", "123");
    put(folder.path(), "b.js", "223");
    assert_eq!(workspace.refresh(), [at("a.js")]);
    workspace.open_document(&at("b.js"), "", 1);
    workspace.close_document(&at("b.js"));
    assert_eq!(paths(&workspace), ["a.js"]);
}

#[test]
fn a_root_that_is_not_there_is_an_empty_workspace() {
    let folder = folder(&[]);
    assert!(Workspace::open(&folder.path().join("gone")).files().is_empty());
}

#[test]
fn bytes_that_are_no_text_are_trouble() {
    let long = vec![b' '; usize::try_from(SIZE_LIMIT).unwrap() + 1];
    let folder = folder(&[
        ("bom.js", b"\xef\xbb\xbfa\r\nb"),
        ("gbk.js", b"var a = '\xc4\xe3\xba\xc3'"),
        ("latin.js", b"var a = '\xe9t\xe9'"),
        ("long.js", &long),
        ("longest.js", &long[1..]),
    ]);
    let workspace = Workspace::open(folder.path());
    assert_eq!(source(&workspace, "bom.js"), "\u{feff}a\r\nb");
    assert_eq!(read_error(&workspace, "bom.js"), None);
    assert_eq!(source(&workspace, "gbk.js"), "var a = '你好'");
    assert_eq!(read_error(&workspace, "gbk.js"), Some(ReadError::Decoded(Encoding::Gbk)));
    assert!(source(&workspace, "latin.js").starts_with("var a = '\u{fffd}"));
    assert_eq!(read_error(&workspace, "latin.js"), Some(ReadError::NotUtf8));
    assert_eq!(source(&workspace, "long.js"), "");
    assert_eq!(
        read_error(&workspace, "long.js"),
        Some(ReadError::TooLarge { bytes: SIZE_LIMIT + 1 })
    );
    assert_eq!(read_error(&workspace, "longest.js"), None);
}

#[test]
fn progress_ends_with_all_files_read() {
    let folder = folder(&[("a.js", b""), ("b.js", b""), ("c.txt", b"")]);
    let calls = Mutex::new(Vec::new());
    Workspace::open_with(folder.path(), &|done, total| calls.lock().unwrap().push((done, total)));
    let mut calls = calls.into_inner().unwrap();
    calls.sort_unstable();
    assert_eq!(calls, [(1, None), (1, Some(2)), (2, None), (2, Some(2))]);
}

#[test]
fn disk_paths_become_workspace_paths_inside_the_root_only() {
    let folder = folder(&[("a/b.js", b"")]);
    let workspace = Workspace::open(folder.path());
    let root = workspace.root();
    assert_eq!(workspace.path_of(&root.join("a").join("b.js")), Some(at("a/b.js")));
    assert_eq!(workspace.path_of(&root.join("a/new/c.js")), Some(at("a/new/c.js")));
    assert_eq!(workspace.path_of(&root.join("x/../a/./b.js")), Some(at("a/b.js")));
    assert_eq!(workspace.path_of(Path::new("a/b.js")), Some(at("a/b.js")));
    assert_eq!(workspace.path_of(&root.join("../b.js")), None);
    assert_eq!(workspace.path_of(root), Some(FilePath::root()));
    assert_eq!(workspace.disk_path(&at("a/b.js")), root.join("a").join("b.js"));
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_never_lead_out_of_the_root_nor_round_in_circles() {
        let outside = folder(&[("secret.js", b"1"), ("app.json", b"{}")]);
        let folder = folder(&[("a/a.js", b"2")]);
        symlink(outside.path(), folder.path().join("out")).unwrap();
        symlink(outside.path().join("secret.js"), folder.path().join("out.js")).unwrap();
        symlink(folder.path(), folder.path().join("a/loop")).unwrap();
        symlink(folder.path().join("a/self.js"), folder.path().join("a/self.js")).unwrap();
        symlink("gone.js", folder.path().join("gone-link.js")).unwrap();
        symlink("a/a.js", folder.path().join("inside.js")).unwrap();
        let mut workspace = Workspace::open(folder.path());
        assert_eq!(paths(&workspace), ["a/a.js", "inside.js"]);
        assert_eq!(workspace.path_of(&folder.path().join("out/secret.js")), None);
        assert_eq!(workspace.path_of(&folder.path().join("out/new.js")), None);
        assert_eq!(workspace.path_of(&folder.path().join("inside.js")), Some(at("a/a.js")));
        for path in ["out/secret.js", "out/new.js", "out.js", "gone-link.js"] {
            assert!(workspace.write(&[(at(path), "3".to_owned())]).is_err(), "{path}");
        }
        assert_eq!(fs::read(outside.path().join("secret.js")).unwrap(), b"1");
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_link_to_the_root_is_the_root() {
        let real = folder(&[("a.js", b"1")]);
        let other = folder(&[]);
        let link = other.path().join("link");
        symlink(real.path(), &link).unwrap();
        let workspace = Workspace::open(&link);
        assert_eq!(workspace.path_of(&link.join("a.js")), Some(at("a.js")));
        assert_eq!(workspace.path_of(&real.path().join("a.js")), Some(at("a.js")));
    }

    #[test]
    fn writing_keeps_permissions_and_links() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder(&[("a.js", b"1")]);
        symlink("a.js", folder.path().join("b.js")).unwrap();
        fs::set_permissions(folder.path().join("a.js"), fs::Permissions::from_mode(0o640)).unwrap();
        let mut workspace = Workspace::open(folder.path());
        workspace.write(&[(at("b.js"), "22".to_owned())]).unwrap();
        assert_eq!(fs::read(folder.path().join("a.js")).unwrap(), b"22");
        assert!(folder.path().join("b.js").is_symlink());
        let mode = fs::metadata(folder.path().join("a.js")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }

    #[test]
    fn a_name_that_cannot_be_written_as_a_path_is_passed_over() {
        let folder = folder(&[("a\\b.js", b"1"), ("c.js", b"")]);
        assert_eq!(paths(&Workspace::open(folder.path())), ["c.js"]);
    }
}

#[test]
fn refresh_notices_what_changed_appeared_and_went() {
    let folder = folder(&[("a.js", b"1"), ("b.js", b"1"), ("c.js", b"1"), ("d.js", b"1")]);
    let mut workspace = Workspace::open(folder.path());
    assert_eq!(workspace.refresh(), []);
    workspace.open_document(&at("c.js"), "open", 1);
    put(folder.path(), "a.js", "12");
    put(folder.path(), "c.js", "12");
    put(folder.path(), "n/e.js", "1");
    fs::remove_file(folder.path().join("b.js")).unwrap();
    assert_eq!(workspace.refresh(), [at("a.js"), at("b.js"), at("n/e.js")]);
    assert_eq!(paths(&workspace), ["a.js", "c.js", "d.js", "n/e.js"]);
    assert_eq!([source(&workspace, "a.js"), source(&workspace, "c.js")], ["12", "open"]);
    assert_eq!(workspace.refresh(), []);
}

#[test]
fn an_open_document_shadows_the_disk() {
    let folder = folder(&[("a.js", b"disk"), ("b.js", b"disk")]);
    let mut workspace = Workspace::open(folder.path());
    for path in ["a.js", "b.js", "new.js"] {
        workspace.open_document(&at(path), "editor", 3);
        assert_eq!(source(&workspace, path), "editor");
    }
    assert_eq!(workspace.version(&at("a.js")), Some(3));
    fs::remove_file(folder.path().join("b.js")).unwrap();
    put(folder.path(), "a.js", "newer");
    assert_eq!(workspace.refresh(), [], "open documents are left alone");
    assert_eq!(source(&workspace, "b.js"), "editor", "deleted while open");
    for path in ["a.js", "b.js", "new.js"] {
        workspace.close_document(&at(path));
    }
    assert_eq!(paths(&workspace), ["a.js"]);
    assert_eq!(source(&workspace, "a.js"), "newer");
    assert_eq!(workspace.version(&at("a.js")), None);
}

#[test]
fn a_file_written_twice_in_one_tick_of_the_clock_is_read_again() {
    let folder = folder(&[]);
    let write = |path: &str, text: &str, time: SystemTime| {
        put(folder.path(), path, text);
        let file = fs::File::options().write(true).open(folder.path().join(path)).unwrap();
        file.set_modified(time).unwrap();
    };
    let now = SystemTime::now();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    write("a.js", "1", now);
    write("old.js", "1", long_ago);
    let mut workspace = Workspace::open(folder.path());
    write("a.js", "2", now);
    // The control: what has its old time and length is not looked into.
    write("old.js", "2", long_ago);
    assert_eq!(workspace.refresh(), [at("a.js")]);
    assert_eq!(source(&workspace, "a.js"), "2");
    assert_eq!(workspace.refresh(), [], "read again, and the same");
}

#[test]
fn closing_a_file_that_is_never_walked_takes_it_away() {
    let folder = folder(&[("node_modules/a.js", b""), (".x/a.js", b"")]);
    let mut workspace = Workspace::open(folder.path());
    for path in ["node_modules/a.js", ".x/a.js"] {
        workspace.open_document(&at(path), "1", 1);
        assert_eq!(paths(&workspace), [path]);
        workspace.close_document(&at(path));
        assert!(workspace.files().is_empty());
    }
    workspace.open_document(&at("app.wxss"), "", 1);
    assert!(workspace.files().is_empty(), "no kind of file");
}

/// Edits `text`, and checks that text, source and facts are those of the result read afresh.
fn edited(path: &str, text: &str, units: Units, changes: &[DocumentChange]) -> String {
    let folder = folder(&[]);
    let mut workspace = Workspace::open(folder.path());
    let path = at(path);
    workspace.open_document(&path, text, 1);
    workspace.change_document(&path, changes, 2, units);
    assert_eq!(workspace.version(&path), Some(2));
    let file = workspace.files().get(&path).unwrap();
    assert_eq!(workspace.text(&path).unwrap().to_string(), &*file.source);
    let File { kind, source, .. } = &**file;
    assert_eq!(*file.facts(), Facts::read(*kind, source), "facts of the edited tree");
    source.to_string()
}

#[test]
fn edits_count_in_the_units_agreed_on() {
    let text = "let a = '中文😀';\r\nlet b = '😀';\n";
    let second = replace((1, 9), (1, 11), "x");
    assert_eq!(
        edited("a.js", text, Units::Utf16, &[second]),
        "let a = '中文😀';\r\nlet b = 'x';\n"
    );
    let last = replace((0, 11), (0, 13), "");
    assert_eq!(edited("a.js", text, Units::Utf16, &[last]), "let a = '中文';\r\nlet b = '😀';\n");
    let bytes = replace((0, 15), (0, 19), "!");
    assert_eq!(edited("a.js", text, Units::Utf8, &[bytes]), "let a = '中文!';\r\nlet b = '😀';\n");
}

#[test]
fn each_change_of_a_notification_sees_the_one_before() {
    let changes = [
        replace((0, 0), (0, 0), "{\n  \"pages\": [\"a\"],\n"),
        replace((1, 12), (1, 15), "\"b\", \"c\""),
        replace((2, 0), (2, 0), "}"),
    ];
    assert_eq!(
        edited("app.json", "", Units::Utf16, &changes),
        "{\n  \"pages\": [\"b\", \"c\"],\n}"
    );
    let mixed = [whole("<a>"), replace((0, 3), (9, 9), "</a>")];
    assert_eq!(edited("a.wxml", "<view/>", Units::Utf16, &mixed), "<a></a>");
    assert_eq!(edited("a.js", "x", Units::Utf16, &[]), "x");
}

#[test]
fn a_change_of_an_unknown_document_opens_it() {
    let folder = folder(&[("a.js", b"disk")]);
    let mut workspace = Workspace::open(folder.path());
    workspace.change_document(&at("a.js"), &[whole("new")], 7, Units::Utf16);
    assert_eq!((source(&workspace, "a.js"), workspace.version(&at("a.js"))), ("new", Some(7)));
}

#[test]
fn a_document_that_grows_too_long_is_trouble_until_it_shrinks() {
    let folder = folder(&[]);
    let mut workspace = Workspace::open(folder.path());
    let path = at("a.js");
    workspace.open_document(&path, "1", 1);
    let long = " ".repeat(usize::try_from(SIZE_LIMIT).unwrap() + 1);
    workspace.change_document(&path, &[whole(&long)], 2, Units::Utf16);
    assert_eq!(read_error(&workspace, "a.js"), Some(ReadError::TooLarge { bytes: SIZE_LIMIT + 1 }));
    workspace.change_document(&path, &[replace((0, 1), (1, 0), "2")], 3, Units::Utf16);
    assert_eq!((source(&workspace, "a.js"), read_error(&workspace, "a.js")), (" 2", None));
}

#[test]
fn writes_all_files_or_none() {
    let folder =
        folder(&[("a.js", b"1"), ("b.js", b"1"), ("gbk.js", b"\xc4\xe3"), ("open.js", b"1")]);
    let mut workspace = Workspace::open(folder.path());
    workspace.open_document(&at("open.js"), "1", 1);
    put(folder.path(), "b.js", "2");
    put(folder.path(), "appeared.js", "2");
    for refused in ["b.js", "gbk.js", "open.js", "appeared.js", "a.js"] {
        let texts = [(at("a.js"), "new".to_owned()), (at(refused), "new".to_owned())];
        let error = workspace.write(&texts).unwrap_err();
        assert!(error.to_string().contains(refused), "{error}");
        assert_eq!(fs::read(folder.path().join("a.js")).unwrap(), b"1", "{refused}");
    }
    let texts = [(at("a.js"), "中\r\n".to_owned()), (at("new/c.json"), "{}".to_owned())];
    workspace.write(&texts).unwrap();
    assert_eq!(fs::read(folder.path().join("a.js")).unwrap(), "中\r\n".as_bytes());
    assert_eq!(fs::read(folder.path().join("new/c.json")).unwrap(), b"{}");
    assert_eq!([source(&workspace, "a.js"), source(&workspace, "new/c.json")], ["中\r\n", "{}"]);
    let names: Vec<_> = fs::read_dir(folder.path().join("new")).unwrap().collect();
    assert_eq!(names.len(), 1, "nothing is left beside it");
}

#[test]
fn a_failure_halfway_takes_everything_back() {
    let folder = folder(&[("a.js", b"1"), ("b", b"a file where a folder would be")]);
    let mut workspace = Workspace::open(folder.path());
    let texts = [(at("a.js"), "new".to_owned()), (at("b/c.js"), "new".to_owned())];
    assert!(workspace.write(&texts).is_err());
    assert_eq!(fs::read(folder.path().join("a.js")).unwrap(), b"1");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no temporary file is left");
}

#[test]
fn a_file_deleted_on_disk_is_not_written() {
    let folder = folder(&[("a.js", b"1")]);
    let mut workspace = Workspace::open(folder.path());
    fs::remove_file(folder.path().join("a.js")).unwrap();
    assert!(workspace.write(&[(at("a.js"), "2".to_owned())]).is_err());
    assert!(!folder.path().join("a.js").exists());
}
