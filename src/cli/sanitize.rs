//! Text of a checked program, made fit for a terminal. A source file may hold escape sequences and
//! characters that reorder a line; nothing of the kind reaches the terminal, and every column is
//! counted after that.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr as _;

/// How many columns a tab takes.
const TAB: &str = "    ";

/// `text` with tabs as blanks, and control and reordering characters as visible ones.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|character| !character.is_control() && !reorders(character)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' => shown.push_str(TAB),
            // The block of control pictures follows ASCII: ␀, ␁, …
            '\0'..='\x1f' => shown.push(picture(character)),
            '\x7f' => shown.push('␡'),
            other if other.is_control() || reorders(other) => shown.push('\u{fffd}'),
            other => shown.push(other),
        }
    }
    Cow::Owned(shown)
}

/// Columns that `text` takes once it is visible.
pub(crate) fn width(text: &str) -> usize {
    visible(text).width()
}

/// `text` (already visible), followed by blanks up to `columns`.
pub(crate) fn padded(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(text.width());
    format!("{text}{:missing$}", "")
}

fn picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or('\u{fffd}')
}

/// Bidirectional controls, which let a line read otherwise than it is.
fn reorders(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use super::{padded, visible, width};

    #[test]
    fn a_terminal_gets_no_control_character() {
        assert_eq!(visible("a\tb"), "a    b");
        assert_eq!(visible("\x1b[31mred\x07\x7f\u{9b}"), "␛[31mred␇␡\u{fffd}");
        assert_eq!(visible("a\u{202e}b"), "a\u{fffd}b");
    }

    #[test]
    fn chinese_takes_two_columns() {
        assert_eq!(width("中文ab"), 6);
        assert_eq!(width("\t"), 4);
        assert_eq!(padded("中", 4), "中  ");
    }
}
