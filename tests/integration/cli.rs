//! The program as its users run it: arguments in, standard output and an exit status out. Every
//! test makes its own mini-program in a folder of its own, and no variable of the environment that
//! the program looks at comes from outside.
#![allow(clippy::unwrap_used, clippy::panic, reason = "the helpers of tests are tests")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The exact place of a user, asked for without any declaration: two errors, one with a safe fix
/// and one with an unsafe one.
pub(crate) const LOCATE: &str =
    "Page({\n  locate() {\n    wx.getLocation({ type: 'gcj02' })\n  }\n})\n";
/// Nothing that any rule looks at.
pub(crate) const QUIET: &str = "Page({})\n";

/// A folder with a program of two pages, `cart` and `map`, whose scripts are given.
pub(crate) fn program(cart: &str, map: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    put(
        folder.path(),
        &[
            ("project.config.json", "{ \"appid\": \"wx0000000000000000\" }\n"),
            ("app.json", "{\n  \"pages\": [\"pages/cart/cart\", \"pages/map/map\"]\n}\n"),
            ("app.js", "App({})\n"),
            ("pages/cart/cart.js", cart),
            ("pages/cart/cart.wxml", "<view>你好</view>\n"),
            ("pages/map/map.js", map),
            ("pages/map/map.wxml", "<view>map</view>\n"),
        ],
    );
    folder
}

pub(crate) fn put(folder: &Path, texts: &[(&str, &str)]) {
    for (name, text) in texts {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_miniguard"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    for name in
        ["LC_ALL", "LC_MESSAGES", "LANG", "CLICOLOR_FORCE", "NO_COLOR", "CLICOLOR", "COLUMNS"]
    {
        command.env_remove(name);
    }
    command
}

/// What a run gave.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

fn ran(output: Output) -> Run {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run {
        status: output.status.code().unwrap(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Run {
    ran(command(folder, arguments).output().unwrap())
}

/// The report of `check` with these arguments, as JSON.
pub(crate) fn json(folder: &Path, arguments: &[&str]) -> Value {
    let run = run(folder, &[&["check", "--format", "json"], arguments].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
}

/// `file rule` of each finding that is no mere information.
pub(crate) fn found(report: &Value) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .filter(|finding| finding["severity"] == "error" || finding["severity"] == "warning")
        .map(|finding| {
            format!("{} {}", finding["file"].as_str().unwrap(), finding["rule"].as_str().unwrap())
        })
        .collect()
}

const LOCATE_IN_MAP: [&str; 2] = [
    "pages/map/map.js missing-permission-description",
    "pages/map/map.js undeclared-private-interface",
];

#[test]
fn the_exit_status_tells_findings_from_failures() {
    let clean = program(QUIET, QUIET);
    let used = program("Page({ pick() { wx.chooseMedia({}) } })\n", QUIET);
    let faulty = program(QUIET, LOCATE);
    let empty = TempDir::new().unwrap();
    put(empty.path(), &[("notes.md", "#")]);
    for (folder, arguments, status) in [
        (&clean, &["check"][..], 0),
        (&clean, &["check", "--fail-on", "warning"], 0),
        (&used, &["check", "--fail-on", "warning"], 0),
        (&used, &["check", "--fail-on", "information"], 1),
        (&faulty, &["check"], 1),
        (&faulty, &["check", "--fail-on", "never"], 0),
        (&faulty, &["check", "pages/cart/cart.js"], 0),
        (&faulty, &["check", "pages/map/map.js"], 1),
        (&empty, &["check"], 2),
        (&empty, &["inventory"], 2),
        (&empty, &["check", "notes.md"], 2),
        (&clean, &["check", "nowhere"], 2),
        (&clean, &["check", "--no-such-option"], 2),
        (&clean, &["check", "--format", "yaml"], 2),
        (&clean, &["check", "--changed", "--staged"], 2),
        (&clean, &["check", "--prune-baseline"], 2),
        (&clean, &["check", "--baseline", "nowhere.json"], 2),
        (&clean, &["check", "--baseline", "app.json"], 2),
        (&clean, &["check", "pages", "app.js", "--write-baseline", "b.json"], 2),
        (&clean, &["no-such-command"], 2),
        (&clean, &[], 2),
        (&clean, &["--help"], 0),
        (&clean, &["check", "--help"], 0),
        (&clean, &["--version"], 0),
    ] {
        let run = run(folder.path(), arguments);
        assert_eq!(run.status, status, "{arguments:?}: {}{}", run.out, run.err);
        assert_eq!(run.err.is_empty(), status != 2, "{arguments:?}: {}", run.err);
        assert!(!run.err.contains("panicked"), "{}", run.err);
    }
}

#[test]
fn a_failure_says_what_to_do_in_the_language_asked_for() {
    let folder = program(QUIET, QUIET);
    let english = run(folder.path(), &["check", "nowhere"]);
    assert_eq!(
        english.err,
        "error: There is no file or folder nowhere.\nhelp: Check the spelling and the current directory.\n"
    );
    let chinese = run(folder.path(), &["check", "nowhere", "--lang", "zh"]);
    assert_eq!(chinese.err, "错误: 文件或文件夹 nowhere 不存在。\n建议: 请检查拼写和当前目录。\n");
}

#[test]
fn every_format_is_what_it_claims() {
    let folder = program(LOCATE, LOCATE);
    let check = |format| run(folder.path(), &["check", "--format", format]).out;
    let json: Value = serde_json::from_str(&check("json")).unwrap();
    assert_eq!(json["schema"], "miniguard/check/1");
    let total = json["findings"].as_array().unwrap().len();
    let sarif: Value = serde_json::from_str(&check("sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), total);
    let gitlab: Value = serde_json::from_str(&check("gitlab")).unwrap();
    assert_eq!(gitlab.as_array().unwrap().len(), total);
    let github = check("github");
    assert_eq!(github.lines().filter(|line| line.starts_with("::")).count(), total);
    assert_eq!(github.lines().count(), total);
    let junit = check("junit");
    assert_eq!(junit.matches("<testcase ").count(), total);
    assert!(junit.starts_with("<?xml ") && junit.ends_with("</testsuites>\n"), "{junit}");
    let plain = check("plain");
    assert_eq!(plain.matches("\n --> ").count() + plain.matches("\n  --> ").count(), total);
    assert!(!plain.contains('\u{1b}'), "no colours into a pipe");
}

#[test]
fn every_sarif_result_names_its_rule() {
    let folder = program(LOCATE, QUIET);
    let run = run(folder.path(), &["check", "--format", "sarif", "--lang", "zh"]);
    let log: Value = serde_json::from_str(&run.out).unwrap();
    let rules = &log["runs"][0]["tool"]["driver"]["rules"];
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

#[test]
fn colours_can_be_forced_and_forbidden() {
    let folder = program(LOCATE, QUIET);
    let forced = command(folder.path(), &["check"]).env("CLICOLOR_FORCE", "1").output().unwrap();
    let plain = run(folder.path(), &["check"]).out;
    let forced = ran(forced).out;
    assert!(forced.contains('\u{1b}'));
    assert_ne!(forced, plain);
    let forbidden = command(folder.path(), &["check"])
        .env("CLICOLOR_FORCE", "0")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert_eq!(ran(forbidden).out, plain);
}

#[test]
fn the_language_is_the_options_then_the_settings_then_the_locales() {
    let folder = program(QUIET, QUIET);
    let summary = |arguments: &[&str], locale: &str| {
        let arguments = [&["check"], arguments].concat();
        let output = command(folder.path(), &arguments).env("LANG", locale).output().unwrap();
        if ran(output).out.contains("检查了") { "zh" } else { "en" }
    };
    assert_eq!(summary(&[], ""), "en");
    assert_eq!(summary(&[], "zh_CN.UTF-8"), "zh");
    assert_eq!(summary(&["--lang", "en"], "zh_CN.UTF-8"), "en");
    put(folder.path(), &[("miniguard.json", "{ \"language\": \"zh\" }")]);
    assert_eq!(summary(&[], "en_GB.UTF-8"), "zh");
    assert_eq!(summary(&["--lang", "en"], "en_GB.UTF-8"), "en");
}

#[test]
fn a_file_is_checked_in_its_program_and_shown_alone() {
    let folder = program(LOCATE, LOCATE);
    let whole = json(folder.path(), &[]);
    let expected: Vec<&Value> = whole["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["file"] == "pages/map/map.js")
        .collect();
    let one = json(folder.path(), &["pages/map/map.js"]);
    assert_eq!(one["findings"].as_array().unwrap().iter().collect::<Vec<_>>(), expected);
    assert_eq!(one["summary"]["files"], 1);
    let both =
        json(folder.path(), &["pages/map/map.js", "./pages/cart/cart.js", "pages/map/map.js"]);
    assert_eq!(both["summary"]["files"], 2);
}

#[test]
fn a_file_that_no_program_holds_is_checked_alone() {
    let (here, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    put(elsewhere.path(), &[("cart.js", QUIET)]);
    let path = elsewhere.path().join("cart.js");
    let refused = run(here.path(), &["check", path.to_str().unwrap()]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("--alone"), "{}", refused.err);
    let alone = run(here.path(), &["check", "--alone", path.to_str().unwrap()]);
    assert_eq!(
        (alone.status, alone.out.as_str()),
        (0, "No findings in 1 file.\n"),
        "{}",
        alone.err
    );
    fs::write(&path, "wx.request({ url: 'http://api.example.com/x' })").unwrap();
    let found = found(&json(here.path(), &[path.to_str().unwrap()]));
    assert!(found.len() == 1 && found[0].ends_with("cart.js insecure-url"), "{found:?}");
}

#[test]
fn what_lies_outside_the_current_folder_is_checked_in_its_program() {
    let folder = program(LOCATE, LOCATE);
    let elsewhere = TempDir::new().unwrap();
    let all = found(&json(folder.path(), &["."]));
    let below = |prefix: &str| -> Vec<String> {
        let inside = all.iter().filter_map(|line| line.strip_prefix(prefix));
        inside.map(str::to_owned).collect()
    };
    let path = folder.path().join("pages/map");
    assert!(!below("pages/map/").is_empty());
    assert_eq!(found(&json(elsewhere.path(), &[path.to_str().unwrap()])), below("pages/map/"));
    let path = path.join("map.js");
    let file = found(&json(elsewhere.path(), &[path.to_str().unwrap()]));
    let names: Vec<&str> = file.iter().filter_map(|line| line.rsplit('/').next()).collect();
    assert_eq!(names, below("pages/map/"));
}

#[test]
fn a_folder_inside_a_program_is_checked_in_its_context() {
    let folder = program(QUIET, LOCATE);
    let all = found(&json(folder.path(), &["."]));
    let inside = found(&json(folder.path(), &["pages/map"]));
    assert_eq!(
        inside,
        all.iter().filter_map(|line| line.strip_prefix("pages/map/")).collect::<Vec<_>>()
    );
    assert!(!inside.is_empty());
}

#[test]
fn paths_are_relative_to_the_only_path_and_prefixed_by_several() {
    let folder = TempDir::new().unwrap();
    for name in ["one", "two"] {
        let program = program(QUIET, LOCATE);
        fs::rename(program.path(), folder.path().join(name)).unwrap();
        fs::create_dir(program.path()).unwrap();
    }
    assert_eq!(found(&json(folder.path(), &["one"])), LOCATE_IN_MAP);
    let prefixed = |name: &str| LOCATE_IN_MAP.map(|finding| format!("{name}/{finding}"));
    assert_eq!(
        found(&json(folder.path(), &["./two/", "one"])),
        [prefixed("two"), prefixed("one")].concat()
    );
    let plain = run(folder.path(), &["check", "one"]).out;
    assert!(plain.contains("--> one/pages/map/map.js:3:5"), "{plain}");
    assert_eq!(
        json(folder.path(), &[".", "one"])["summary"]["files"],
        json(folder.path(), &[])["summary"]["files"]
    );
}

#[test]
fn fixes_are_applied_and_twice_equals_once() {
    let folder = program(QUIET, LOCATE);
    let manifest = || fs::read_to_string(folder.path().join("app.json")).unwrap();
    let safe = run(folder.path(), &["check", "--fix"]);
    assert_eq!(safe.status, 1, "a purpose is for people to write: {}{}", safe.out, safe.err);
    assert!(safe.out.contains("Applied 1 fix."), "{}", safe.out);
    let after = manifest();
    assert!(
        after.contains("requiredPrivateInfos") && !after.contains("scope.userLocation"),
        "{after}"
    );
    assert!(run(folder.path(), &["check", "--fix"]).out.contains("Applied 0 fixes."));
    assert_eq!(manifest(), after);

    let all = run(folder.path(), &["check", "--fix-unsafe"]);
    assert_eq!(all.status, 1, "the purpose is still to be written: {}{}", all.out, all.err);
    let after = manifest();
    assert!(after.contains("scope.userLocation"), "{after}");
    let again = run(folder.path(), &["check", "--fix-unsafe"]);
    assert!(again.out.contains("Applied 0 fixes."), "{}{}", all.out, again.out);
    assert_eq!(manifest(), after);
}

#[test]
fn fixes_stay_within_what_is_shown() {
    let folder = program(QUIET, LOCATE);
    let run = run(folder.path(), &["check", "--fix", "pages/cart/cart.js"]);
    assert!(run.out.contains("Applied 0 fixes."), "{}", run.out);
    assert_eq!(found(&json(folder.path(), &[])), LOCATE_IN_MAP);
}

#[test]
fn a_baseline_hides_the_old_shows_the_new_and_can_be_pruned() {
    let folder = program(QUIET, LOCATE);
    let path = folder.path();
    let written = run(path, &["check", "--write-baseline", "known.json"]);
    assert_eq!(written.status, 0, "{}{}", written.out, written.err);
    assert!(written.err.contains("recorded in known.json"), "{}", written.err);

    // Moved, but the same.
    put(path, &[("pages/map/map.js", &format!("// moved\n\n{LOCATE}"))]);
    let known = json(path, &["--baseline", "known.json"]);
    assert_eq!(found(&known), Vec::<String>::new());
    assert!(known["summary"]["baselined"].as_u64().unwrap() >= 2);
    let log = run(path, &["check", "--baseline", "known.json", "--format", "sarif"]).out;
    assert!(log.contains("\"baselineState\": \"unchanged\""), "{log}");

    put(
        path,
        &[("pages/cart/cart.js", "wx.request({ url: 'http://a.example.com/x' })\nPage({})\n")],
    );
    assert_eq!(
        found(&json(path, &["--baseline", "known.json"])),
        ["pages/cart/cart.js insecure-url"]
    );

    put(path, &[("pages/map/map.js", QUIET)]);
    let before = fs::read_to_string(path.join("known.json")).unwrap();
    let pruned = run(path, &["check", "--baseline", "known.json", "--prune-baseline"]);
    assert!(pruned.err.contains("dropped from known.json"), "{}", pruned.err);
    let after = fs::read_to_string(path.join("known.json")).unwrap();
    assert!(after.len() < before.len() && !after.contains("insecure-url"), "{after}");
}

#[test]
fn settings_can_name_the_baseline() {
    let folder = program(QUIET, LOCATE);
    run(folder.path(), &["check", "--write-baseline", "known.json"]);
    put(folder.path(), &[("miniguard.json", "{ \"baseline\": \"known.json\" }")]);
    assert_eq!(found(&json(folder.path(), &[])), Vec::<String>::new());
    fs::remove_file(folder.path().join("known.json")).unwrap();
    assert_eq!(run(folder.path(), &["check"]).status, 2);
}

#[test]
fn the_inventory_lists_every_use_in_each_form() {
    let folder = program("wx.request({ url: 'https://a.example.com/x' })\nPage({})\n", LOCATE);
    let json: Value =
        serde_json::from_str(&run(folder.path(), &["inventory", "--format", "json"]).out).unwrap();
    assert_eq!(json["schema"], "miniguard/inventory/1");
    let uses = json["uses"].as_array().unwrap();
    assert_eq!(uses.len(), 2);
    assert_eq!(
        (&uses[0]["api"], &uses[0]["hosts"][0]),
        (&"wx.request".into(), &"https://a.example.com".into())
    );
    assert_eq!(
        (&uses[1]["api"], &uses[1]["line"], &uses[1]["column"]),
        (&"wx.getLocation".into(), &3.into(), &5.into())
    );
    assert!(uses[1].get("hosts").is_none());
    let plain = run(folder.path(), &["inventory", "--lang", "zh"]).out;
    assert!(plain.contains("位置信息 (1)") && plain.contains("pages/map/map.js:3:5"), "{plain}");
    let markdown =
        run(folder.path(), &["inventory", "--format", "markdown", "pages/map/map.js"]).out;
    assert!(markdown.contains("| pages/map/map.js:3:5 | wx.getLocation |"), "{markdown}");
    assert!(!markdown.contains("wx.request"), "{markdown}");
}

#[test]
fn rules_are_listed_and_explained() {
    let folder = TempDir::new().unwrap();
    let list: Value =
        serde_json::from_str(&run(folder.path(), &["rules", "--format", "json"]).out).unwrap();
    let rules = list["rules"].as_array().unwrap();
    let plain = run(folder.path(), &["rules"]).out;
    assert_eq!(plain.lines().count(), rules.len());
    let fix = |id: &str| &rules.iter().find(|rule| rule["id"] == id).unwrap()["fix"];
    assert_eq!((fix("insecure-url"), fix("forbidden-host")), (&"unsafe".into(), &Value::Null));
    for rule in rules {
        let id = rule["id"].as_str().unwrap();
        let explained = run(folder.path(), &["explain", id]);
        assert_eq!(explained.status, 0);
        assert!(
            explained.out.starts_with(id) && explained.out.contains("\n\nhttps://"),
            "{}",
            explained.out
        );
    }
    let slip = run(folder.path(), &["explain", "insecur-url"]);
    assert_eq!((slip.status, slip.out.as_str()), (2, ""));
    assert!(slip.err.contains("Did you mean insecure-url?"), "{}", slip.err);
}

#[test]
fn init_names_the_schema_that_npm_laid_down_and_no_other() {
    let installed = "node_modules/miniguard/schemas/miniguard.schema.json";
    for (below, expected) in [
        (Some(""), Some("\"$schema\": \"./node_modules/miniguard/")),
        (Some("apps/shop/"), Some("\"$schema\": \"./node_modules/miniguard/")),
        (Some("apps/"), Some("\"$schema\": \"../node_modules/miniguard/")),
        (None, None),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let program = if below == Some("") { "" } else { "apps/shop/" };
        let mut files = vec![format!("{program}project.config.json"), format!("{program}app.json")];
        files.extend(below.map(|below| format!("{below}{installed}")));
        for file in files {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "{}").unwrap();
        }
        assert_eq!(run(folder.path(), &["init"]).status, 0);
        let text = fs::read_to_string(folder.path().join(program).join("miniguard.json")).unwrap();
        match expected {
            Some(line) => assert!(text.contains(&format!("\n  {line}")), "{below:?}: {text}"),
            None => assert!(text.contains("\n  // \"$schema\":"), "{text}"),
        }
    }
}

#[test]
fn init_writes_what_is_missing_and_nothing_else() {
    let folder = program(QUIET, QUIET);
    let outside = TempDir::new().unwrap();
    let at = folder.path().to_str().unwrap();
    let written = run(outside.path(), &["init", at]);
    assert_eq!(written.status, 0, "{}{}", written.out, written.err);
    for name in ["miniguard.json", "server-domains.json"] {
        assert!(written.out.contains(&format!("Wrote {at}/{name}.")), "{}", written.out);
    }
    assert_eq!(found(&json(folder.path(), &[])), Vec::<String>::new(), "what it writes is valid");
    assert_eq!(run(outside.path(), &["init", at]).status, 2);

    put(folder.path(), &[("miniguard.json", "{ \"baseline\": null }")]);
    fs::remove_file(folder.path().join("server-domains.json")).unwrap();
    let again = run(folder.path(), &["init", "--lang", "zh"]);
    assert!(
        again.out.contains("保留 miniguard.json")
            && again.out.contains("已写入 server-domains.json。"),
        "{}",
        again.out
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("miniguard.json")).unwrap(),
        "{ \"baseline\": null }"
    );
    assert_eq!(run(outside.path(), &["init"]).status, 2, "no program here");
}

#[test]
fn completions_for_the_shells() {
    let folder = TempDir::new().unwrap();
    for (shell, sign) in [
        ("bash", "complete -F _miniguard"),
        ("zsh", "#compdef miniguard"),
        ("fish", "complete -c miniguard"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let run = run(folder.path(), &["completions", shell]);
        assert_eq!(run.status, 0);
        assert!(run.out.contains(sign) && run.out.contains("write-baseline"), "{shell}");
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let folder = program(LOCATE, LOCATE);
    let mut child = command(folder.path(), &["check"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let run = ran(child.wait_with_output().unwrap());
    assert_eq!((run.status, run.err.as_str()), (1, ""));
}

/// Runs git in `folder`, with nothing of the machine's configuration.
pub(crate) fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(folder)
        .args([
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.com",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn git_decides_what_is_shown() {
    const CART: [&str; 2] = [
        "pages/cart/cart.js missing-permission-description",
        "pages/cart/cart.js undeclared-private-interface",
    ];
    let folder = program(QUIET, LOCATE);
    let path = folder.path();
    git(path, &["init", "-q"]);
    assert_eq!(
        found(&json(path, &["--changed"])),
        LOCATE_IN_MAP,
        "before the first commit all is new"
    );
    git(path, &["add", "."]);
    assert_eq!(found(&json(path, &["--staged"])), LOCATE_IN_MAP);
    git(path, &["commit", "-qm", "first"]);
    assert_eq!(found(&json(path, &["--changed"])), Vec::<String>::new());

    put(path, &[("pages/cart/cart.js", LOCATE), ("pages/名 字/new.js", QUIET)]);
    let changed = json(path, &["--changed"]);
    assert_eq!(found(&changed), CART);
    assert_eq!(changed["summary"]["files"], 2, "the untracked file too");
    assert_eq!(found(&json(path, &["--staged"])), Vec::<String>::new());
    git(path, &["add", "pages/cart"]);
    assert_eq!(found(&json(path, &["--staged"])), CART);

    git(path, &["checkout", "-qb", "work"]);
    git(path, &["commit", "-qm", "second"]);
    assert_eq!(found(&json(path, &["--since", "main"])), CART);
    assert_eq!(found(&json(path, &["--since", "HEAD"])), Vec::<String>::new());

    let outer = path.parent().unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    assert_eq!(
        found(&json(outer, &["--since", "main", name])),
        CART,
        "git is asked in the checked folder"
    );

    for reference in ["no-such-branch", "--output=x"] {
        let refused = run(path, &["check", &format!("--since={reference}")]);
        assert_eq!((refused.status, refused.out.as_str()), (2, ""), "{}", refused.err);
    }
}

#[test]
fn without_git_or_a_repository_there_is_a_clear_message() {
    let folder = program(QUIET, QUIET);
    let outside = command(folder.path(), &["check", "--changed"])
        .env("GIT_CEILING_DIRECTORIES", folder.path().parent().unwrap())
        .output()
        .unwrap();
    let outside = ran(outside);
    assert_eq!(outside.status, 2);
    assert!(outside.err.contains("is in no git repository"), "{}", outside.err);
    let without =
        ran(command(folder.path(), &["check", "--changed"]).env("PATH", "").output().unwrap());
    assert_eq!(without.status, 2);
    assert!(without.err.contains("git could not be run"), "{}", without.err);
}
