//! An answer of the platform, put into the list file. Of the file only the lists that the answer
//! holds are replaced, and the day; comments, other programs and lists that the answer does not
//! mention stay.

use super::{DomainList, DomainProblemKind, Entry, Owner, RegisteredDomains};
use crate::facts::manifest::{self, edit, edit::Value};
use crate::path::FilePath;

/// A list file with an answer in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The file's text.
    pub text: String,
    /// What changed in each list that the answer holds.
    pub changes: Vec<Change>,
}

/// What changed in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The list.
    pub list: DomainList,
    /// Entries that are new in it, in the answer's order.
    pub added: Vec<String>,
    /// Entries that are gone from it, in the file's order.
    pub removed: Vec<String>,
    /// How many entries it has now.
    pub entries: usize,
}

/// Why an answer cannot be taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// It is not JSON.
    NotJson,
    /// It is about another appid than the program's.
    OtherAppid,
    /// It reports a failure.
    Failure,
    /// It holds no list.
    NoList,
}

/// The lists of an answer of the platform, for the program with this appid.
///
/// # Errors
/// Why there are none.
pub fn read_answer(text: &str, appid: Option<&str>) -> Result<RegisteredDomains, Unusable> {
    let facts = manifest::read(text);
    let root = facts.root.as_ref().filter(|_| facts.problems.is_empty());
    let root = root.ok_or(Unusable::NotJson)?;
    // The file plays no part: nothing of the answer is shown by its place.
    let lists = RegisteredDomains::read(&FilePath::root(), root, Owner::Program(appid));
    let has = |kind| lists.problems.iter().any(|(_, problem)| *problem == kind);
    if has(DomainProblemKind::OtherAppid) {
        return Err(Unusable::OtherAppid);
    }
    if has(DomainProblemKind::Failure) {
        return Err(Unusable::Failure);
    }
    if lists.is_unknown() { Err(Unusable::NoList) } else { Ok(lists) }
}

/// Puts the lists of `answer` into `file`, whose text is `text`; without one, into a new file.
/// `day` is today, as `YYYY-MM-DD`. `None` when the file cannot be edited.
pub fn import(
    file: &FilePath,
    text: Option<&str>,
    answer: &RegisteredDomains,
    appid: Option<&str>,
    day: Option<&str>,
) -> Option<Imported> {
    let mut text = text.map_or_else(|| "{}\n".to_owned(), str::to_owned);
    let mut changes = Vec::new();
    for list in DomainList::ALL {
        let Some(entries) = answer.list(list) else { continue };
        let facts = manifest::read(&text);
        let now = RegisteredDomains::read(file, facts.root.as_ref()?, Owner::Program(appid));
        let before = written(list, now.list(list).unwrap_or_default());
        let after = written(list, entries);
        let mut target = now.target(list);
        let key = target.path.pop()?;
        let keys: Vec<&str> = target.path.iter().map(String::as_str).collect();
        let value = if target.joined {
            Value::String(entries.iter().map(|entry| &*entry.host).collect::<Vec<_>>().join(";"))
        } else {
            Value::Array(after.iter().cloned().map(Value::String).collect())
        };
        let absent = now.list(list).is_none();
        if absent || before != after {
            let edits = edit::set_member(&facts, &text, &keys, &key, value)?;
            apply(&mut text, edits);
        }
        changes.push(Change {
            list,
            added: after.iter().filter(|one| !before.contains(one)).cloned().collect(),
            removed: before.iter().filter(|one| !after.contains(one)).cloned().collect(),
            entries: after.len(),
        });
    }
    if let Some(day) = day {
        let facts = manifest::read(&text);
        let value = Value::String(day.to_owned());
        let edits = edit::set_member(&facts, &text, &[], "fetched_at", value)?;
        apply(&mut text, edits);
    }
    Some(Imported { text, changes })
}

fn apply(text: &mut String, edits: edit::Edits) {
    for (span, new) in edits.into_iter().rev() {
        text.replace_range(span.start()..span.end(), &new);
    }
}

/// The entries as the file has them: `scheme://host[:port]`.
fn written(list: DomainList, entries: &[Entry]) -> Vec<String> {
    let scheme = list.scheme();
    entries
        .iter()
        .map(|entry| {
            let port = entry.port.map(|port| format!(":{port}")).unwrap_or_default();
            format!("{scheme}://{}{port}", entry.host)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imported(text: Option<&str>, answer: &str, appid: Option<&str>) -> Imported {
        let file = FilePath::new("server-domains.json").unwrap();
        let facts = manifest::read(answer);
        let root = facts.root.as_ref().unwrap();
        let answer = RegisteredDomains::read(&FilePath::root(), root, Owner::Program(appid));
        import(&file, text, &answer, appid, Some("2026-01-31")).unwrap()
    }

    #[test]
    fn an_answer_makes_a_file() {
        let answer = r#"{"errcode":0,"errmsg":"ok","requestdomain":["https://b.example.com:8443","https://a.example.com"],"wsrequestdomain":[]}"#;
        let made = imported(None, answer, None);
        assert_eq!(
            made.text,
            "{\n  \"requestdomain\": [\n    \"https://b.example.com:8443\",\n    \"https://a.example.com\"\n  ],\n  \"wsrequestdomain\": [],\n  \"fetched_at\": \"2026-01-31\"\n}\n"
        );
        // Once more changes nothing.
        let again = imported(Some(&made.text), answer, None);
        assert_eq!(again.text, made.text);
        assert!(again.changes.iter().all(|it| it.added.is_empty() && it.removed.is_empty()));
    }

    #[test]
    fn what_the_answer_does_not_hold_stays() {
        let text = "{\n  // ours\n  \"requestdomain\": [\"https://old.example.com\"], // kept\n  \"bizdomain\": [\"https://h5.example.com\"],\n  \"fetched_at\": \"2025-01-01\"\n}\n";
        let made = imported(Some(text), r#"{"requestdomain":["https://new.example.com"]}"#, None);
        assert_eq!(
            made.text,
            text.replace("old.example", "new.example").replace("2025-01-01", "2026-01-31")
        );
        let change = &made.changes[0];
        assert_eq!(change.added, ["https://new.example.com"]);
        assert_eq!(change.removed, ["https://old.example.com"]);
        assert_eq!(made.changes.len(), 1);
    }

    #[test]
    fn the_lists_go_where_the_file_has_them() {
        let flat = r#"{"requestdomain":["https://a.example.com"]}"#;
        for (text, expected) in [
            (
                r#"{"effective_domain": {"requestdomain": []}, "fetched_at": "2026-01-31"}"#,
                r#"{"effective_domain": {"requestdomain": ["https://a.example.com"]}, "fetched_at": "2026-01-31"}"#,
            ),
            (
                r#"{"programs": {"wx1": {"requestdomain": []}}, "fetched_at": "2026-01-31"}"#,
                r#"{"programs": {"wx1": {"requestdomain": ["https://a.example.com"]}}, "fetched_at": "2026-01-31"}"#,
            ),
        ] {
            assert_eq!(imported(Some(text), flat, Some("wx1")).text, expected);
        }
        let effective = r#"{"effective_domain":{"requestdomain":["https://a.example.com"],"tcpdomain":["tcp://t.example.com"]}}"#;
        let made =
            imported(Some(r#"{"requestdomain": [], "fetched_at": "2026-01-31"}"#), effective, None);
        assert_eq!(
            made.text,
            r#"{"requestdomain": ["https://a.example.com"], "fetched_at": "2026-01-31", "tcpdomain": ["tcp://t.example.com"]}"#
        );
        let platform = r#"{"wxa_server_domain":"a.example.com;b.example.com"}"#;
        let made = imported(None, platform, None);
        assert_eq!(made.changes.len(), 4);
        assert!(made.text.contains("\"wss://b.example.com\""), "{}", made.text);
    }
}
