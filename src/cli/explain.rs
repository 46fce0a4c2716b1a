//! `explain RULE`: the rule's documentation. It is the same Markdown that the repository shows and
//! the tests execute; nothing is written for this command alone.

use super::console::Console;
use super::failure::Failure;
use super::{language_filter, markdown};
use crate::finding::Phrase;
use crate::rules::{self, RULES};
use crate::settings::nearest;

/// Runs the command.
///
/// # Errors
/// There is no such rule.
pub(crate) fn run(id: &str, console: Console) -> Result<(), Failure> {
    let rule = rules::rule(id).ok_or_else(|| unknown(id))?;
    let text = language_filter::part(rule.docs, console.language());
    console.write(true, |out| {
        markdown::write(&text, out)?;
        writeln!(out, "\n{}", rule.url())
    })
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
