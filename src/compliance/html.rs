//! The report as one HTML page. The page's own policy forbids scripts and everything from elsewhere.
//!
//! Invariant: text of the checked program enters the page only through the template engine, which
//! escapes it, and through [`visible`], which removes characters that reorder a line.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Cell, Document, Figure, Section};
use crate::finding::Language;

const STYLE: &str = include_str!("report.css");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// Writes the page.
pub(super) fn write(document: &Document, language: Language) -> String {
    let word = |en, zh| if language == Language::English { en } else { zh };
    let title = word("Compliance report", "合规报告");
    let name = document.appid.clone().unwrap_or_else(|| document.base.as_str().to_owned());
    let name = visible(&name);
    let day = document.day.as_deref().unwrap_or_default();
    let page = html! {
        (DOCTYPE)
        html lang=(word("en", "zh-CN")) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " " (name) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (title) }
                    p.of {
                        b { (name) } " "
                        span { (visible(day)) } " "
                        span { "miniguard " (env!("CARGO_PKG_VERSION")) }
                    }
                    p { (word(
                        "Made from the source of a WeChat mini-program. It shows what the code does and what the team declares; it is no legal advice, and what only the console or a server knows is not in it.",
                        "根据微信小程序源码生成，反映代码的行为与团队的声明。本报告不构成法律意见，也不包含只有管理后台或服务端才知道的内容。",
                    )) }
                }
                main {
                    section.figures { @for figure in &document.figures { (figure_box(figure, language)) } }
                    @if !document.first.is_empty() {
                        section {
                            h2 { (word("What to do first", "优先处理")) }
                            ol.first {
                                @for step in &document.first { li { (with_code(step.get(language))) } }
                            }
                        }
                    }
                    section {
                        h2 { (word("Where data comes from and goes", "数据的来源与去向")) }
                        p.intro { (word(
                            "The left side lists what is collected, the right side the hosts that requests reach. Which kind is sent to which host is not traced.",
                            "左侧为收集的信息，右侧为请求访问的域名；哪类信息发往哪个域名未作追踪。",
                        )) }
                        (document.picture.svg(language))
                    }
                    nav {
                        @for section in &document.sections {
                            a href={ "#" (section.id) } { (visible(section.title.get(language))) }
                        }
                    }
                    @for section in &document.sections { (table(section, language)) }
                }
            }
        }
    };
    page.into_string()
}

fn figure_box(figure: &Figure, language: Language) -> Markup {
    html! {
        div class={ "figure tone-" (figure.tone.name()) } {
            b { (figure.number) } " "
            span { (visible(figure.label.get(language))) }
            small { (visible(figure.note.get(language))) }
        }
    }
}

fn table(section: &Section, language: Language) -> Markup {
    html! {
        section id=(section.id) {
            h2 { (visible(section.title.get(language))) " " small { (section.rows.len()) } }
            @if section.rows.is_empty() {
                p { (with_code(section.none.get(language))) }
            } @else {
                p.intro { (with_code(section.intro.get(language))) }
                table {
                    thead {
                        tr {
                            @for (_, title) in &section.columns {
                                th scope="col" { (visible(title.get(language))) }
                            }
                        }
                    }
                    tbody {
                        @for row in &section.rows {
                            tr { @for cell in row { (table_cell(cell, language)) } }
                        }
                    }
                }
            }
        }
    }
}

fn table_cell(cell: &Cell, language: Language) -> Markup {
    html! {
        td class={ "tone-" (cell.tone.name()) } {
            @for line in &cell.lines {
                @if cell.code {
                    code { (breakable(line.get(language))) }
                } @else {
                    p { (with_code(line.get(language))) }
                }
            }
        }
    }
}

/// Renders a path or a URL, in which a line may break after a slash.
fn breakable(text: &str) -> Markup {
    let text = visible(text);
    let mut parts = text.split_inclusive('/').peekable();
    html! {
        @while let Some(part) = parts.next() {
            (part)
            // Not between the two slashes of a scheme.
            @if part.ends_with('/') && parts.peek().is_some_and(|next| *next != "/") { wbr; }
        }
    }
}

/// Renders text, with what is between back-ticks as code. An unpaired tick stays a tick.
fn with_code(text: &str) -> Markup {
    let text = visible(text);
    let parts: Vec<&str> = text.split('`').collect();
    html! {
        @if parts.len().is_multiple_of(2) {
            (text)
        } @else {
            @for (index, part) in parts.iter().enumerate() {
                @if index % 2 == 1 { code { (part) } } @else { (part) }
            }
        }
    }
}

/// Replaces control characters, and those that would display a line in another order.
pub(super) fn visible(text: &str) -> String {
    let replaced = |letter: char| {
        matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || (letter.is_control() && letter != '\n')
    };
    text.chars().map(|letter| if replaced(letter) { '\u{fffd}' } else { letter }).collect()
}
