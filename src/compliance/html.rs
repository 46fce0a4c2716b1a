//! The report as one HTML file. Everything that comes from the checked program is escaped, and the
//! file's own policy forbids scripts and anything from elsewhere.

use std::fmt::Write as _;

use super::{Cell, Document, Figure, Section};
use crate::finding::Language;

const STYLE: &str = include_str!("report.css");

/// Writes the page.
pub(super) fn write(document: &Document, language: Language) -> String {
    let word = |en, zh| if language == Language::English { en } else { zh };
    let title = word("Compliance report", "合规报告");
    let name = document.appid.clone().unwrap_or_else(|| document.base.as_str().to_owned());
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title} {}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        word("en", "zh-CN"),
        escaped(&name)
    );
    let day = document.day.as_deref().unwrap_or_default();
    let _ = writeln!(
        page,
        "<header>\n<h1>{title}</h1>\n<p class=\"of\"><b>{}</b> <span>{day}</span> <span>miniguard {}</span></p>\n<p>{}</p>\n</header>",
        escaped(&name),
        env!("CARGO_PKG_VERSION"),
        escaped(word(
            "Made from the source of a WeChat mini-program. It shows what the code does and what the team declares; it is no legal advice, and what only the console or a server knows is not in it.",
            "根据微信小程序源码生成，反映代码的行为与团队的声明。本报告不构成法律意见，也不包含只有管理后台或服务端才知道的内容。"
        ))
    );
    page.push_str("<main>\n<section class=\"figures\">\n");
    for figure in &document.figures {
        write_figure(&mut page, figure, language);
    }
    page.push_str("</section>\n");
    if !document.first.is_empty() {
        let _ = writeln!(
            page,
            "<section>\n<h2>{}</h2>\n<ol class=\"first\">",
            word("What to do first", "优先处理")
        );
        for one in &document.first {
            let _ = writeln!(page, "<li>{}</li>", with_code(&escaped(one.get(language))));
        }
        page.push_str("</ol>\n</section>\n");
    }
    let _ = writeln!(
        page,
        "<section>\n<h2>{}</h2>\n<p class=\"intro\">{}</p>\n{}</section>",
        word("Where data comes from and goes", "数据的来源与去向"),
        escaped(word(
            "What is collected stands on the left, the hosts that requests reach on the right. Which kind is sent to which host is not traced.",
            "左侧为收集的信息，右侧为请求访问的域名；哪类信息发往哪个域名未作追踪。"
        )),
        document.picture.svg(language)
    );
    page.push_str("<nav>\n");
    for section in &document.sections {
        let _ = writeln!(
            page,
            "<a href=\"#{}\">{}</a>",
            section.id,
            escaped(section.title.get(language))
        );
    }
    page.push_str("</nav>\n");
    for section in &document.sections {
        write_section(&mut page, section, language);
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn write_figure(page: &mut String, figure: &Figure, language: Language) {
    let _ = writeln!(
        page,
        "<div class=\"figure tone-{}\"><b>{}</b> <span>{}</span><small>{}</small></div>",
        figure.tone.name(),
        figure.number,
        escaped(figure.label.get(language)),
        escaped(figure.note.get(language))
    );
}

fn write_section(page: &mut String, section: &Section, language: Language) {
    let _ = writeln!(
        page,
        "<section id=\"{}\">\n<h2>{} <small>{}</small></h2>",
        section.id,
        escaped(section.title.get(language)),
        section.rows.len()
    );
    if section.rows.is_empty() {
        let none = with_code(&escaped(section.none.get(language)));
        let _ = writeln!(page, "<p>{none}</p>\n</section>");
        return;
    }
    let _ = writeln!(
        page,
        "<p class=\"intro\">{}</p>\n<table>\n<thead><tr>",
        with_code(&escaped(section.intro.get(language)))
    );
    for (_, title) in &section.columns {
        let _ = write!(page, "<th scope=\"col\">{}</th>", escaped(title.get(language)));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for row in &section.rows {
        page.push_str("<tr>");
        for cell in row {
            write_cell(page, cell, language);
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n</section>\n");
}

fn write_cell(page: &mut String, cell: &Cell, language: Language) {
    let _ = write!(page, "<td class=\"tone-{}\">", cell.tone.name());
    for line in &cell.lines {
        let text = escaped(line.get(language));
        let _ = if cell.code {
            write!(page, "<code>{}</code>", breakable(&text))
        } else {
            write!(page, "<p>{}</p>", with_code(&text))
        };
    }
    page.push_str("</td>");
}

/// Escaped text of a path or a URL, which a line may break after a slash.
fn breakable(escaped: &str) -> String {
    escaped.replace('/', "/<wbr>").replace("/<wbr>/<wbr>", "//")
}

/// Escaped text, with what stands in back-ticks as code.
fn with_code(escaped: &str) -> String {
    let parts: Vec<&str> = escaped.split('`').collect();
    // An odd tick is a tick.
    if parts.len().is_multiple_of(2) {
        return escaped.to_owned();
    }
    let part = |(index, part): (usize, &&str)| {
        if index % 2 == 1 { format!("<code>{part}</code>") } else { (*part).to_owned() }
    };
    parts.iter().enumerate().map(part).collect()
}

/// `text` as text of a page or in quotes of an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // What reorders a line would show another name than the file has.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            other if other.is_control() && other != '\n' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}
