//! What there is to say about suppressions. A comment is told one thing at a time – that it hides
//! nothing, or else that it gives no reason.

use super::directive::{Directive, Form, Misspelt, Name, Reading, is_reason};
use super::{SUPPRESSION_WITHOUT_REASON, Suppression, UNUSED_SUPPRESSION};
use crate::facts::manifest::edit;
use crate::finding::{Applicability, Edit, Finding, Fix, Phrase, Place, Severity, Tag};
use crate::project::{File, Files};
use crate::settings::{Ignore, nearest};
use crate::text::Span;

/// What is needed to judge a suppression.
pub(super) struct Judge<'a> {
    pub(super) files: &'a Files,
    pub(super) known_rules: &'a [&'a str],
    pub(super) is_off: &'a dyn Fn(&str) -> bool,
}

impl Judge<'_> {
    /// The findings about a comment.
    pub(super) fn comment(&self, suppression: &Suppression<'_>) -> Vec<Finding> {
        let file = suppression.file;
        let directive = match &suppression.reading {
            Reading::Misspelt(misspelt) => return vec![misspelt_word(file, misspelt)],
            Reading::Directive(directive) => directive,
        };
        let dead: Vec<&Name> = directive
            .rules
            .iter()
            .zip(&suppression.used)
            .filter(|(name, used)| !**used && !(self.is_off)(&name.text))
            .map(|(name, _)| name)
            .collect();
        if dead.len() == directive.rules.len() {
            return vec![self.unused_comment(suppression, directive)];
        }
        let mut findings: Vec<Finding> =
            dead.into_iter().map(|name| self.unused_name(file, directive, name)).collect();
        if !directive.has_reason {
            let place = Place::new(&file.path, directive.span);
            findings.push(without_reason(place, &names(&directive.rules)));
        }
        findings
    }

    /// The findings about an entry of the settings; `used` when it hid something.
    pub(super) fn ignore(&self, ignore: &Ignore, used: bool) -> Option<Finding> {
        if !used && !(self.is_off)(&ignore.rule) {
            let message = Phrase::new(
                format!(
                    "This entry hides nothing: the files it names have no such finding of `{}`.",
                    ignore.rule
                ),
                format!("此项没有隐藏任何问题：所指文件中没有 `{}` 的相应问题。", ignore.rule),
            );
            let fix = self.files.get(&ignore.place.file).and_then(|file| {
                let facts = file.facts().as_manifest()?;
                let edits = edit::remove_at(facts, &file.source, &["ignore"], ignore.index)?;
                Some(removal(
                    edits.into_iter().map(|(span, text)| replace(file, span, text)).collect(),
                ))
            });
            return Some(unused(ignore.place.clone(), &ignore.rule, message, remove_it(), fix));
        }
        (!is_reason(&ignore.reason)).then(|| without_reason(ignore.place.clone(), &ignore.rule))
    }

    fn unused_comment(&self, suppression: &Suppression<'_>, directive: &Directive) -> Finding {
        let file = suppression.file;
        let place = Place::new(&file.path, directive.span);
        let subject = names(&directive.rules);
        let remove = removal(vec![remove_comment(file, directive.span)]);
        if let [name] = directive.rules.as_slice()
            && let Some(unknown) = self.unknown(file, name)
        {
            // Where a slip is likely, taking the comment away is no longer the harmless choice.
            let harmless = unknown.rename.is_none();
            let remove = Fix {
                applicability: if harmless { Applicability::Safe } else { Applicability::Unsafe },
                ..remove
            };
            let fixes = unknown.rename.into_iter().chain([remove]);
            return unused(place, &subject, unknown.message, unknown.help, fixes);
        }
        let (message, help) = if directive.rules.is_empty() {
            (
                Phrase::new(
                    "This suppression names no rule, so it hides nothing.",
                    "此忽略注释没有写明规则，因此没有隐藏任何问题。",
                ),
                Phrase::new(
                    format!("Name the rule: `{} rule -- reason`.", directive.form.word()),
                    format!("请写明规则：`{} 规则 -- 原因`。", directive.form.word()),
                ),
            )
        } else if suppression.scope.is_empty() && directive.form == Form::File {
            (
                Phrase::new(
                    "This suppression stands below the first line of code, so it hides nothing.",
                    "此忽略注释位于第一行代码之后，因此没有隐藏任何问题。",
                ),
                Phrase::new(
                    "Move it to the top of the file, or remove it.",
                    "请移到文件开头，或将其删除。",
                ),
            )
        } else {
            (self.hides_nothing(&directive.rules), remove_it())
        };
        unused(place, &subject, message, help, [remove])
    }

    fn unused_name(&self, file: &File, directive: &Directive, name: &Name) -> Finding {
        let place = Place::new(&file.path, name.span);
        let fix = removal(vec![remove_name(file, directive, name)]);
        match self.unknown(file, name) {
            Some(Unknown { message, help, rename: Some(rename) }) => {
                let fix = Fix { applicability: Applicability::Unsafe, ..fix };
                unused(place, &name.text, message, help, [rename, fix])
            }
            Some(Unknown { message, help, rename: None }) => {
                unused(place, &name.text, message, help, [fix])
            }
            None => {
                let message = self.hides_nothing(std::slice::from_ref(name));
                let help = Phrase::new(
                    format!("Remove `{}` from the comment.", name.text),
                    format!("请从注释中删去 `{}`。", name.text),
                );
                unused(place, &name.text, message, help, [fix])
            }
        }
    }

    fn hides_nothing(&self, rules: &[Name]) -> Phrase {
        let quoted: Vec<String> = rules.iter().map(|rule| format!("`{}`", rule.text)).collect();
        let known = rules.iter().filter(|rule| self.known_rules.contains(&rule.text.as_str()));
        let note = if known.count() == rules.len() {
            Phrase::default()
        } else {
            Phrase::new("Not all of these rules exist.", "其中有的规则并不存在。")
        };
        Phrase::new(
            format!(
                "This suppression hides nothing: there is no finding of {} there.",
                quoted.join(" or ")
            ),
            format!("此忽略注释没有隐藏任何问题：该处没有 {} 的问题。", quoted.join("、")),
        )
        .then(&note)
    }

    /// What there is to say when there is no rule of that name.
    fn unknown(&self, file: &File, name: &Name) -> Option<Unknown> {
        if self.known_rules.contains(&name.text.as_str()) {
            return None;
        }
        let message = Phrase::new(
            format!("There is no rule `{}`, so this suppression of it hides nothing.", name.text),
            format!("没有名为 `{}` 的规则，因此没有隐藏任何问题。", name.text),
        );
        let near = nearest(&name.text, self.known_rules.iter().copied());
        let help = near.map_or_else(
            || {
                Phrase::new(
                    "`miniguard rules` lists the rules that there are.",
                    "用 `miniguard rules` 可列出全部规则。",
                )
            },
            did_you_mean,
        );
        Some(Unknown { message, help, rename: near.map(|near| rename(file, name, near)) })
    }
}

/// A rule that does not exist.
struct Unknown {
    message: Phrase,
    help: Phrase,
    rename: Option<Fix>,
}

fn misspelt_word(file: &File, Misspelt { word, meant }: &Misspelt) -> Finding {
    let message = Phrase::new(
        format!("`{}` is no suppression, so it hides nothing.", word.text),
        format!("`{}` 不是有效的忽略注释，因此没有隐藏任何问题。", word.text),
    );
    let place = Place::new(&file.path, word.span);
    unused(place, &word.text, message, did_you_mean(meant), [rename(file, word, meant)])
}

fn unused(
    place: Place,
    subject: &str,
    message: Phrase,
    help: Phrase,
    fixes: impl IntoIterator<Item = Fix>,
) -> Finding {
    Finding {
        rule: UNUSED_SUPPRESSION,
        severity: Severity::Warning,
        place,
        message,
        why: Phrase::new(
            "A later finding there would be hidden although it was never reviewed.",
            "今后该处出现的问题会在无人评估的情况下被隐藏。",
        ),
        help,
        subject: subject.to_owned(),
        labels: Vec::new(),
        fixes: fixes.into_iter().collect(),
        tag: Some(Tag::Unnecessary),
    }
}

fn without_reason(place: Place, subject: &str) -> Finding {
    Finding {
        rule: SUPPRESSION_WITHOUT_REASON,
        severity: Severity::Warning,
        place,
        message: Phrase::new(
            format!("Findings of {} are hidden here without a reason.", quoted(subject, ", ")),
            format!("此处隐藏了 {} 的问题，但没有写明原因。", quoted(subject, "、")),
        ),
        why: Phrase::new(
            "A later reader, or an auditor, cannot tell whether the duty was weighed or overlooked.",
            "后来的维护者或审计人员无法判断这项义务是经过评估，还是被遗漏。",
        ),
        help: Phrase::new(
            "Write it behind the rule: `-- why this is right here` (in miniguard.json: `reason`).",
            "请在规则之后写明：`-- 为什么此处可以忽略`（在 miniguard.json 中为 `reason`）。",
        ),
        subject: subject.to_owned(),
        labels: Vec::new(),
        fixes: Vec::new(),
        tag: None,
    }
}

fn names(rules: &[Name]) -> String {
    let names: Vec<&str> = rules.iter().map(|rule| rule.text.as_str()).collect();
    names.join(", ")
}

fn quoted(subject: &str, separator: &str) -> String {
    let quoted: Vec<String> = subject.split(", ").map(|name| format!("`{name}`")).collect();
    quoted.join(separator)
}

fn remove_it() -> Phrase {
    Phrase::new("Remove it.", "请将其删除。")
}

fn did_you_mean(near: &str) -> Phrase {
    Phrase::new(format!("Did you mean `{near}`?"), format!("是否想写 `{near}`？"))
}

fn rename(file: &File, name: &Name, near: &str) -> Fix {
    Fix {
        title: Phrase::new(format!("Write `{near}`"), format!("改为 `{near}`")),
        applicability: Applicability::Unsafe,
        edits: vec![replace(file, name.span, near.to_owned())],
    }
}

fn removal(edits: Vec<Edit>) -> Fix {
    Fix {
        title: Phrase::new("Remove the suppression that hides nothing", "删除没有作用的忽略项"),
        applicability: Applicability::Safe,
        edits,
    }
}

fn replace(file: &File, span: Span, text: String) -> Edit {
    Edit::Replace { place: Place::new(&file.path, span), text }
}

/// Takes `name` out of the list, with the comma before it, or behind it when it is the first.
fn remove_name(file: &File, directive: &Directive, name: &Name) -> Edit {
    let before = directive.rules.iter().rfind(|other| other.span.end() <= name.span.start());
    let after = directive.rules.iter().find(|other| other.span.start() >= name.span.end());
    let start = before.map_or(name.span.start(), |before| before.span.end());
    let end = match (before, after) {
        (None, Some(after)) => after.span.start(),
        _ => name.span.end(),
    };
    replace(file, Span::new(start, end), String::new())
}

/// Takes a comment out: with its lines when nothing else stands on them, else with the blanks
/// before it.
fn remove_comment(file: &File, comment: Span) -> Edit {
    let source = &*file.source;
    let before = Span::new(0, comment.start()).of(source);
    let after = Span::new(comment.end(), source.len()).of(source);
    let blank = |c: char| matches!(c, ' ' | '\t');
    let indent = before.trim_end_matches(blank);
    let rest = after.trim_start_matches(blank);
    let begins_line = indent.is_empty() || indent.ends_with(['\n', '\r', '\u{feff}']);
    let ends_line = rest.is_empty() || rest.starts_with(['\n', '\r']);
    let line_end = match rest.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    };
    let span = if in_text_element(file, comment) {
        // White space is shown there: take the comment alone.
        comment
    } else if begins_line && ends_line {
        Span::new(indent.len(), source.len() - rest.len() + line_end)
    } else if ends_line {
        Span::new(indent.len(), comment.end())
    } else {
        Span::new(comment.start(), source.len() - rest.len())
    };
    replace(file, span, String::new())
}

/// Whether `span` lies inside a `<text>`, which shows blanks and line ends.
pub(super) fn in_text_element(file: &File, span: Span) -> bool {
    file.kind.has_template()
        && file.facts().as_template().is_some_and(|facts| {
            facts
                .elements
                .iter()
                .any(|element| &*element.tag == "text" && element.span.contains(span))
        })
}
