//! URIs and disk paths. Documents are known by path, never by URI, because editors spell one file
//! in several ways (`file:///c%3A/a` and `file:///C:/a`); what goes back for an open document is
//! the client's spelling.

use std::path::{Path, PathBuf};

use tower_lsp::lsp_types::Url;

/// The disk path that `uri` names; `None` for any scheme but `file` and for a foreign host.
pub(super) fn disk_path(uri: &Url) -> Option<PathBuf> {
    if uri.scheme() != "file" {
        return None;
    }
    let path = uri.to_file_path().ok()?;
    match path.to_str() {
        Some(text) => Some(PathBuf::from(normalise_drive(text))),
        None => Some(path),
    }
}

/// The URI of an absolute disk path.
pub(super) fn of_disk_path(path: &Path) -> Option<Url> {
    Url::from_file_path(path).ok()
}

/// Writes a Windows drive letter as a capital: `c:\a` and `C:\a` are one file. Other paths stay as
/// they are.
fn normalise_drive(path: &str) -> String {
    let at = usize::from(path.starts_with('/'));
    let bytes = path.as_bytes();
    let is_drive = bytes.get(at).is_some_and(u8::is_ascii_lowercase)
        && bytes.get(at + 1) == Some(&b':')
        && matches!(bytes.get(at + 2), None | Some(b'/' | b'\\'));
    let mut path = path.to_owned();
    if is_drive && let Some(letter) = path.get_mut(at..=at) {
        letter.make_ascii_uppercase();
    }
    path
}

#[cfg(test)]
mod tests {
    use tower_lsp::lsp_types::Url;

    use super::{disk_path, normalise_drive};

    #[test]
    fn one_file_one_path() {
        let path = |uri: &str| disk_path(&Url::parse(uri).unwrap());
        assert_eq!(path("file:///c%3A/app/a%20b.js"), path("file:///C:/app/a b.js"));
        assert_eq!(path("file:///a/./b/../%E4%B8%AD.js").unwrap().to_str(), Some("/a/中.js"));
        assert!(path("file:///c%3A/a.js").is_some());
        for other in
            ["untitled:Untitled-1", "git:/a.js", "vscode-remote://ssh/a.js", "http://a/b.js"]
        {
            assert_eq!(path(other), None, "{other}");
        }
    }

    #[test]
    fn only_a_drive_letter_is_raised() {
        assert_eq!(normalise_drive("c:\\a"), "C:\\a");
        assert_eq!(normalise_drive("/c:/a"), "/C:/a");
        assert_eq!(normalise_drive("/c:a"), "/c:a");
        assert_eq!(normalise_drive("/cc:/a"), "/cc:/a");
        assert_eq!(normalise_drive("中"), "中");
        assert_eq!(normalise_drive(""), "");
    }
}
