//! The report for a person: what, where, an excerpt, why, what to do, and what can be applied. It
//! always carries colours, and every text of a checked file passes [`visible`] first, so that
//! stripping the colours is all that a file or a pipe needs.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{Outcome, Part, Sources};
use crate::cli::excerpt::{Mark, Row, rows};
use crate::cli::sanitize::{visible, width};
use crate::finding::{Applicability, Finding, Language, Place, Severity};

const BOLD: Style = Style::new().bold();
const GUTTER: Style = AnsiColor::BrightBlue.on_default().bold();
const LABEL: Style = AnsiColor::BrightBlue.on_default();
const GOOD: Style = AnsiColor::Green.on_default().bold();

/// Writes the report.
pub(super) fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    for part in &outcome.parts {
        for notice in &part.notices {
            let word = word(outcome.language, "note", "说明");
            let sentence = part.names.said_of(notice.message.get(outcome.language));
            writeln!(out, "{BOLD}{word}{BOLD:#}: {}\n", visible(&sentence))?;
        }
        let sources = Sources::new(part);
        for finding in part.findings.iter().filter(|finding| finding.severity != Severity::Hint) {
            self::finding(part, &sources, finding, outcome.language, out)?;
        }
        hints(part, &sources, outcome.language, out)?;
    }
    summary(outcome, out)
}

/// The hints, each kind once with its first place: they are for the editor, where each is shown
/// where it stands, and must not bury what matters here.
fn hints(
    part: &Part,
    sources: &Sources<'_>,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let hints: Vec<&Finding> =
        part.findings.iter().filter(|finding| finding.severity == Severity::Hint).collect();
    let same = |a: &Finding, b: &Finding| a.rule == b.rule && a.message == b.message;
    for (index, first) in hints.iter().enumerate() {
        if hints.iter().take(index).any(|earlier| same(earlier, first)) {
            continue;
        }
        let others = hints.iter().filter(|hint| same(hint, first)).count() - 1;
        let style = style(Severity::Hint);
        let severity = severity(Severity::Hint, language);
        let message = visible(first.message.get(language)).into_owned();
        writeln!(out, "{style}{severity}[{}]{style:#}{BOLD}: {message}{BOLD:#}", first.rule)?;
        let region = sources.region(&first.place);
        let place =
            format!("{}:{}:{}", part.names.open(&first.place.file), region.line, region.column);
        let more = match (language, others) {
            (_, 0) => String::new(),
            (Language::English, 1) => " and 1 more place".to_owned(),
            (Language::English, _) => format!(" and {others} more places"),
            (Language::Chinese, _) => format!(" 等 {} 处", others + 1),
        };
        writeln!(out, "{GUTTER} -->{GUTTER:#} {}{more}", visible(&place))?;
        let help = visible(first.help.get(language)).into_owned();
        if !help.is_empty() {
            let word = word(language, "help", "建议");
            writeln!(out, "{GUTTER}  ={GUTTER:#} {BOLD}{word}:{BOLD:#} {help}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// One finding, and a blank line.
fn finding(
    part: &Part,
    sources: &Sources<'_>,
    finding: &Finding,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let style = style(finding.severity);
    let severity = severity(finding.severity, language);
    let message = visible(finding.message.get(language)).into_owned();
    writeln!(out, "{style}{severity}[{}]{style:#}{BOLD}: {message}{BOLD:#}", finding.rule)?;

    let excerpts = excerpts(sources, finding, language);
    let digits = excerpts.iter().flat_map(|(_, rows)| rows).map(number).max().unwrap_or(0);
    let digits = digits.max(1).to_string().len();
    for (index, (place, rows)) in excerpts.iter().enumerate() {
        let region = sources.region(place);
        let arrow = if index == 0 { "-->" } else { ":::" };
        let file = part.names.open(&place.file);
        writeln!(
            out,
            "{:digits$}{GUTTER}{arrow}{GUTTER:#} {}:{}:{}",
            "",
            visible(&file),
            region.line,
            region.column
        )?;
        if part.files.contains(&place.file) {
            writeln!(out, "{:digits$} {GUTTER}|{GUTTER:#}", "")?;
            for row in rows {
                draw(row, digits, style, out)?;
            }
        }
    }

    let notes = [
        (word(language, "why", "原因"), finding.why.get(language)),
        (word(language, "help", "建议"), finding.help.get(language)),
    ];
    if part.files.contains(&finding.place.file) {
        writeln!(out, "{:digits$} {GUTTER}|{GUTTER:#}", "")?;
    }
    for (name, text) in notes.into_iter().filter(|(_, text)| !text.is_empty()) {
        note(name, text, digits, out)?;
    }
    for fix in &finding.fixes {
        let safety = match fix.applicability {
            Applicability::Safe => word(language, "(safe)", "（安全）"),
            Applicability::Unsafe => word(language, "(unsafe)", "（需人工确认）"),
            Applicability::Choice => {
                word(language, "(a choice, in an editor)", "（在编辑器中选择）")
            }
        };
        let blank = word(language, " ", "");
        note(
            word(language, "fix", "修复"),
            &format!("{}{blank}{safety}", fix.title.get(language)),
            digits,
            out,
        )?;
    }
    writeln!(out)
}

/// The finding's own file first, then each further file of a label, with the place that names it.
fn excerpts(
    sources: &Sources<'_>,
    finding: &Finding,
    language: Language,
) -> Vec<(Place, Vec<Row>)> {
    let mut files: Vec<(Place, Vec<Mark>)> = vec![(
        finding.place.clone(),
        vec![Mark { span: finding.place.span, primary: true, message: String::new() }],
    )];
    for label in &finding.labels {
        let message = visible(label.message.get(language)).into_owned();
        let mark = Mark { span: label.place.span, primary: false, message };
        let file = files.iter_mut().find(|(place, _)| place.file == label.place.file);
        let Some((place, marks)) = file else {
            files.push((label.place.clone(), vec![mark]));
            continue;
        };
        match marks.first_mut() {
            // What is said of the finding's own place stands behind its carets.
            Some(own) if *place == label.place && own.primary && own.message.is_empty() => {
                own.message = mark.message;
            }
            _ => marks.push(mark),
        }
    }
    files
        .into_iter()
        .map(|(place, marks)| {
            let rows = rows(&sources.text(&place.file), &marks);
            (place, rows)
        })
        .collect()
}

fn draw(row: &Row, digits: usize, style: Style, out: &mut dyn Write) -> io::Result<()> {
    match row {
        Row::Line { number, text } => {
            let bar = format!("{GUTTER}{number:>digits$} |{GUTTER:#}");
            if text.is_empty() { writeln!(out, "{bar}") } else { writeln!(out, "{bar} {text}") }
        }
        Row::Under { column, columns, primary, message } => {
            let (style, run) = if *primary { (style, "^") } else { (LABEL, "-") };
            let run = run.repeat(*columns);
            let message = if message.is_empty() { String::new() } else { format!(" {message}") };
            writeln!(
                out,
                "{:digits$} {GUTTER}|{GUTTER:#} {:column$}{style}{run}{message}{style:#}",
                "", ""
            )
        }
        Row::UnknownReason => writeln!(out, "{GUTTER}...{GUTTER:#}"),
    }
}

/// `= name: text`, further lines under the text.
fn note(name: &str, text: &str, digits: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or("");
    writeln!(out, "{:digits$} {GUTTER}={GUTTER:#} {BOLD}{name}{BOLD:#}: {}", "", visible(first))?;
    for line in lines {
        writeln!(out, "{:indent$}{}", "", visible(line), indent = digits + width(name) + 5)?;
    }
    Ok(())
}

fn summary(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let language = outcome.language;
    if let Some(applied) = outcome.applied {
        match language {
            Language::English => writeln!(out, "Applied {}.", counted(applied, "fix", "fixes"))?,
            Language::Chinese => writeln!(out, "已应用 {applied} 处修复。")?,
        }
    }
    let counts: Vec<String> = Severity::ALL
        .into_iter()
        .map(|level| (level, outcome.count(level)))
        .filter(|(_, count)| *count > 0)
        .map(|(level, count)| {
            let style = style(level);
            match language {
                Language::English => {
                    let (one, many) = plural(level);
                    format!("{style}{}{style:#}", counted(count, one, many))
                }
                Language::Chinese => {
                    format!("{style}{count} 个{}{style:#}", severity(level, language))
                }
            }
        })
        .collect();
    let files = outcome.checked();
    let mut line = match (language, counts.is_empty()) {
        (Language::English, true) => {
            format!("{GOOD}No findings{GOOD:#} in {}", counted(files, "file", "files"))
        }
        (Language::English, false) => {
            format!("Found {} in {}", counts.join(", "), counted(files, "file", "files"))
        }
        (Language::Chinese, true) => format!("检查了 {files} 个文件，{GOOD}未发现问题{GOOD:#}"),
        (Language::Chinese, false) => format!("检查了 {files} 个文件，发现 {}", counts.join("、")),
    };
    if let Some(elapsed) = outcome.elapsed {
        let seconds = elapsed.as_secs_f64();
        // Writing to a String cannot fail.
        let _ = match language {
            Language::English => write!(line, " ({seconds:.2} s)"),
            Language::Chinese => write!(line, "（{seconds:.2} 秒）"),
        };
    }
    writeln!(out, "{line}{}", word(language, ".", "。"))?;

    let baselined = outcome.baselined();
    if baselined > 0 {
        match language {
            Language::English => {
                let verb = if baselined == 1 { "is" } else { "are" };
                writeln!(
                    out,
                    "{} from the baseline {verb} not shown.",
                    counted(baselined, "finding", "findings")
                )?;
            }
            Language::Chinese => writeln!(out, "另有 {baselined} 个基线中已记录的问题未显示。")?,
        }
    }
    let (safe, any) = (outcome.fixable(true), outcome.fixable(false));
    let unsafe_only = any - safe;
    match language {
        Language::English if safe > 0 => writeln!(out, "{safe} fixable with `--fix`.")?,
        Language::Chinese if safe > 0 => writeln!(out, "其中 {safe} 个可用 `--fix` 修复。")?,
        _ => {}
    }
    match language {
        Language::English if unsafe_only > 0 => {
            writeln!(out, "{unsafe_only} fixable with `--fix-unsafe`; look at the result.")
        }
        Language::Chinese if unsafe_only > 0 => {
            writeln!(out, "其中 {unsafe_only} 个可用 `--fix-unsafe` 修复，请核对修改结果。")
        }
        _ => Ok(()),
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn plural(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("error", "errors"),
        Severity::Warning => ("warning", "warnings"),
        Severity::Information => ("information", "information"),
        Severity::Hint => ("hint", "hints"),
    }
}

fn severity(severity: Severity, language: Language) -> &'static str {
    match (language, severity) {
        (Language::English, severity) => severity.name(),
        (Language::Chinese, Severity::Error) => "错误",
        (Language::Chinese, Severity::Warning) => "警告",
        (Language::Chinese, Severity::Information) => "信息",
        (Language::Chinese, Severity::Hint) => "提示",
    }
}

fn style(severity: Severity) -> Style {
    let colour = match severity {
        Severity::Error => AnsiColor::BrightRed,
        Severity::Warning => AnsiColor::BrightYellow,
        Severity::Information => AnsiColor::BrightCyan,
        Severity::Hint => AnsiColor::BrightGreen,
    };
    colour.on_default().bold()
}

fn word(language: Language, en: &'static str, zh: &'static str) -> &'static str {
    match language {
        Language::English => en,
        Language::Chinese => zh,
    }
}

fn number(row: &Row) -> usize {
    match row {
        Row::Line { number, .. } => *number,
        Row::Under { .. } | Row::UnknownReason => 0,
    }
}

#[cfg(test)]
mod tests;
