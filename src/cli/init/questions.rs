//! The questions of `init`: what no source shows and only the team knows, raised by what was found.
//! An empty answer declares nothing, and what is no answer is asked again, never written.

use std::io::{self, BufRead, Write};

use crate::catalogue::{self, HeldBy};
use crate::check::Obligation;
use crate::finding::{Language, Phrase};
use crate::settings::words_of;

/// A question.
struct Question {
    /// The key of miniguard.json.
    key: &'static str,
    /// What is asked.
    text: Phrase,
    /// The answers to choose from; none where it is a text.
    choices: Vec<&'static str>,
    /// The value for an answer, as it stands in the file; `None` where it is no answer.
    value: fn(&str) -> Option<String>,
}

/// Asks what `obligations` raise; the answers, by key, as they stand in the file.
///
/// # Errors
/// The terminal goes away.
pub(super) fn ask(
    obligations: &[Obligation],
    language: Language,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> io::Result<Vec<(&'static str, String)>> {
    let intro = Phrase::new(
        "What no source shows; an empty line leaves it open.",
        "以下内容无法从源码得知；直接回车可跳过。",
    );
    writeln!(output, "{}", intro.get(language))?;
    let mut answers = Vec::new();
    for question in questions(obligations) {
        loop {
            write!(output, "{}", question.text.get(language))?;
            if !question.choices.is_empty() {
                write!(output, " [{}]", question.choices.join(", "))?;
            }
            write!(output, ": ")?;
            output.flush()?;
            let mut line = String::new();
            if input.read_line(&mut line)? == 0 || line.trim().is_empty() {
                break;
            }
            if let Some(value) = (question.value)(line.trim()) {
                answers.push((question.key, value));
                break;
            }
            let again = Phrase::new("That is none of the answers.", "无此选项。");
            writeln!(output, "{}", again.get(language))?;
        }
    }
    Ok(answers)
}

/// In the order of the settings: entity and filing always, the others where something was found
/// that they decide.
fn questions(obligations: &[Obligation]) -> Vec<Question> {
    let mut questions = vec![
        Question {
            key: "entity",
            text: Phrase::new("Whose account is it?", "账号的主体类型是？"),
            choices: words_of("entity", Some("kind")),
            value: |answer| {
                word(words_of("entity", Some("kind")), answer)
                    .map(|kind| format!("{{ \"kind\": \"{kind}\" }}"))
            },
        },
        Question {
            key: "filing",
            text: Phrase::new(
                "The filing number of the mini-program, if it is filed?",
                "小程序备案号是（如已备案）？",
            ),
            choices: Vec::new(),
            value: |answer| {
                let (range, _) = catalogue::filing_numbers(answer).next()?;
                Some(format!("{{ \"number\": \"{}\" }}", answer.get(range)?))
            },
        },
    ];
    let gated = obligations.iter().find(|one| one.licence.held == HeldBy::Category);
    if let Some(what) = gated.and_then(evidence) {
        questions.push(Question {
            key: "categories",
            text: Phrase::new(
                format!("A service category of the account ({what} is open to some only)?"),
                format!("账号的服务类目是（{what} 仅对部分类目开放）？"),
            ),
            choices: Vec::new(),
            value: |answer| {
                let row = catalogue::categories_named(answer).next()?;
                Some(format!("[\"{}\"]", row.name()))
            },
        });
    }
    let payment = obligations
        .iter()
        .find(|one| one.licence.held == HeldBy::Entity && one.licence.id.starts_with("payment"));
    if let Some(what) = payment.and_then(evidence) {
        questions.push(Question {
            key: "commerce",
            text: Phrase::new(
                format!("What is sold ({what} takes payments)?"),
                format!("经营模式是（{what} 收取付款）？"),
            ),
            choices: words_of("commerce", None),
            value: |answer| quoted(words_of("commerce", None), answer),
        });
    }
    if obligations.iter().any(|one| one.licence.held == HeldBy::Domains) {
        questions.push(Question {
            key: "hosting",
            text: Phrase::new("Where do the servers stand?", "服务器位于何处？"),
            choices: words_of("hosting", None),
            value: |answer| quoted(words_of("hosting", None), answer),
        });
    }
    questions
}

fn evidence(one: &Obligation) -> Option<String> {
    one.evidence.first().map(|it| it.what.en.clone())
}

fn word(words: Vec<&'static str>, answer: &str) -> Option<&'static str> {
    words.into_iter().find(|word| word.eq_ignore_ascii_case(answer))
}

fn quoted(words: Vec<&'static str>, answer: &str) -> Option<String> {
    word(words, answer).map(|word| format!("\"{word}\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{self, Cancel};
    use crate::path::FilePath;
    use crate::project::Files;
    use crate::settings;

    /// What is asked of a program with that app.js, and the answers.
    fn asked(script: &str, typed: &str) -> (String, Vec<(&'static str, String)>) {
        let texts = [("app.json", r#"{"pages": ["p/p"]}"#), ("app.js", script)];
        let files: Files = texts
            .iter()
            .map(|(path, text)| (FilePath::new(path).unwrap(), (*text).to_owned()))
            .collect();
        let report = check::analyse(&files, &Cancel::never()).unwrap();
        let mut output = Vec::new();
        let answers =
            ask(&report.obligations, Language::English, &mut typed.as_bytes(), &mut output)
                .unwrap();
        (String::from_utf8(output).unwrap(), answers)
    }

    #[test]
    fn what_was_found_is_asked_about() {
        let (output, answers) = asked(
            "wx.requestPayment({}); wx.getLocation({})",
            "company\n粤ICP备12345678号-3X\n工具/天气\nshop\nself-operated\n",
        );
        assert!(output.contains("What is sold (wx.requestPayment takes payments)?"), "{output}");
        assert!(output.contains("That is none of the answers."), "{output}");
        let keys: Vec<&str> = answers.iter().map(|(key, _)| *key).collect();
        assert_eq!(keys, ["entity", "filing", "categories", "commerce"]);
        let filled = settings::template_with(&answers);
        assert!(filled.contains("\n  \"commerce\": \"self-operated\",\n"), "{filled}");
        assert!(filled.contains("\n  // \"hosting\": \"mainland\",\n"), "{filled}");
    }

    #[test]
    fn nothing_is_asked_without_a_reason_and_nothing_written_without_an_answer() {
        let (output, answers) = asked("App({})", "");
        assert!(!output.contains("What is sold") && !output.contains("category"), "{output}");
        assert_eq!(answers, []);
        assert_eq!(settings::template_with(&answers), settings::template());
    }
}
