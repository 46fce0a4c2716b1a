//! `explain RULE`: the rule's documentation. The one thing to know: both languages stand in one Markdown file; a part of it
//! that opens with a heading naming its language is shown only in that language, everything else in both.

use super::console::Console;
use super::failure::Failure;
use super::markdown;
use crate::finding::{Language, Phrase};
use crate::rules::{self, RULES};
use crate::settings::nearest;

/// Runs the command.
///
/// # Errors
/// There is no such rule.
pub(crate) fn run(id: &str, console: Console) -> Result<(), Failure> {
    let rule = rules::rule(id).ok_or_else(|| unknown(id))?;
    let text = part(rule.docs, console.language());
    console.write(true, |out| {
        markdown::write(&text, out)?;
        writeln!(out, "\n{}", rule.url())
    })
}

/// What `docs` says in `language`.
pub(crate) fn part(docs: &str, language: Language) -> String {
    let mut kept = String::with_capacity(docs.len());
    // The open part: its language, and the level of its heading.
    let mut open: Option<(Language, usize)> = None;
    let mut fenced = false;
    for line in docs.split_inclusive('\n') {
        if markdown::is_fence(line) {
            fenced = !fenced;
        }
        if let Some((level, title)) = markdown::heading(line).filter(|_| !fenced) {
            if open.is_some_and(|(_, opened)| level <= opened) {
                open = None;
            }
            if let Some(of) = named(title) {
                open = Some((of, level));
                continue;
            }
        }
        if open.is_none_or(|(of, _)| of == language) {
            kept.push_str(line);
        }
    }
    kept
}

/// The language that a heading names.
fn named(title: &str) -> Option<Language> {
    match title {
        "English" => Some(Language::English),
        "中文" | "简体中文" => Some(Language::Chinese),
        _ => None,
    }
}

fn unknown(id: &str) -> Failure {
    let help = match nearest(id, RULES.iter().map(|rule| rule.id)) {
        Some(near) => Phrase::new(format!("Did you mean {near}?"), format!("是否想查看 {near}？")),
        None => {
            Phrase::new("`miniguard rules` lists them all.", "`miniguard rules` 可列出全部规则。")
        }
    };
    Failure::new(
        Phrase::new(format!("There is no rule named {id}."), format!("没有名为 {id} 的规则。")),
        help,
    )
}

#[cfg(test)]
mod tests {
    use super::part;
    use crate::finding::Language::{Chinese, English};

    #[test]
    fn keeps_what_is_said_in_one_language_and_in_both() {
        let docs = "# rule\n\n## English\nwhy\n### more\nx\n## 中文\n原因\n```js\n## English\n```\n## Examples\n`a`\n";
        assert_eq!(part(docs, English), "# rule\n\nwhy\n### more\nx\n## Examples\n`a`\n");
        assert_eq!(
            part(docs, Chinese),
            "# rule\n\n原因\n```js\n## English\n```\n## Examples\n`a`\n"
        );
    }

    #[test]
    fn a_text_without_parts_is_kept_whole() {
        assert_eq!(part("# a\n中文 and English\n", English), "# a\n中文 and English\n");
    }
}
