//! Markdown for a terminal: headings and strong text in bold, links as text and address, code set
//! in. It knows only what our own documentation uses, and shows anything else as it stands.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

const HEADING: Style = Style::new().bold().underline();
const BOLD: Style = Style::new().bold();
const CODE: Style = AnsiColor::Cyan.on_default();

/// Writes `text`.
pub(crate) fn write(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut fenced = false;
    let mut comment = false;
    for line in text.trim().lines() {
        if is_fence(line) {
            fenced = !fenced;
            // Behind the language stands the name of the file that the code is.
            if let Some((_, name)) = line.split_once(' ').filter(|_| fenced) {
                writeln!(out, "  {BOLD}{}{BOLD:#}", name.trim())?;
            }
        } else if fenced {
            if line.trim().is_empty() {
                writeln!(out)?;
            } else {
                writeln!(out, "    {CODE}{line}{CODE:#}")?;
            }
        } else if comment || line.trim_start().starts_with("<!--") {
            comment = !line.contains("-->");
        } else if let Some((_, title)) = heading(line) {
            writeln!(out, "{HEADING}{}{HEADING:#}", inline(title))?;
        } else {
            writeln!(out, "{}", inline(line))?;
        }
    }
    Ok(())
}

/// Whether `line` opens or closes a block of code.
pub(crate) fn is_fence(line: &str) -> bool {
    line.trim_start().starts_with("```")
}

/// The level and the text of a heading.
pub(crate) fn heading(line: &str) -> Option<(usize, &str)> {
    let title = line.trim_start_matches('#');
    let level = line.len() - title.len();
    let title = title.strip_prefix(' ')?.trim();
    (1..=6).contains(&level).then_some((level, title))
}

/// Code, strong text and links within a line.
fn inline(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['`', '*', '[']) {
        let (before, from) = rest.split_at(at);
        shown.push_str(before);
        let (text, length) = code(from)
            .or_else(|| strong(from))
            .or_else(|| link(from))
            // Every mark is one byte.
            .unwrap_or_else(|| (from.chars().take(1).collect(), 1));
        shown.push_str(&text);
        rest = from.get(length..).unwrap_or("");
    }
    shown + rest
}

/// `` `code` `` keeps its marks: without colours they tell it from the words around it.
fn code(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix('`')?;
    let end = inside.find('`')?;
    Some((format!("{CODE}`{}`{CODE:#}", inside.get(..end)?), end + 2))
}

fn strong(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix("**")?;
    let end = inside.find("**")?;
    Some((format!("{BOLD}{}{BOLD:#}", inside.get(..end)?), end + 4))
}

fn link(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix('[')?;
    let middle = inside.find("](")?;
    let (name, address) = (inside.get(..middle)?, inside.get(middle + 2..)?);
    let end = address.find(')')?;
    if name.contains(['[', ']']) {
        return None;
    }
    let address = address.get(..end)?;
    // A neighbouring page is found by its name: `explain` takes it.
    let shown =
        if address.contains("://") { format!("{name} ({address})") } else { name.to_owned() };
    Some((shown, middle + end + 4))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::{heading, write};

    fn plain(text: &str) -> String {
        let mut out = anstream::StripStream::new(Vec::new());
        write(text, &mut out).unwrap();
        out.flush().unwrap();
        String::from_utf8(out.into_inner()).unwrap()
    }

    #[test]
    fn shows_what_our_documentation_uses() {
        assert_eq!(
            plain(
                "# 标题\n\nA **strong** `x*y` [link](https://a.example) [page](page.md) * [1].\n```js a.js\nwx.a()\n\nwx.b()\n```\n<!-- no\nshow -->\nend"
            ),
            "标题\n\nA strong `x*y` link (https://a.example) page * [1].\n  a.js\n    wx.a()\n\n    wx.b()\nend\n"
        );
    }

    #[test]
    fn marks_that_are_not_closed_stay() {
        assert_eq!(plain("a ` b ** c [d](e"), "a ` b ** c [d](e\n");
    }

    #[test]
    fn a_heading_needs_a_blank() {
        assert_eq!(heading("## a b \n"), Some((2, "a b")));
        assert_eq!(heading("#a"), None);
        assert_eq!(heading("####### a"), None);
    }
}
