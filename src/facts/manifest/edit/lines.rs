//! Lines and white space around a byte of a manifest. The one thing to know: `\n`, `\r\n` and a lone `\r` end a line.

/// The byte at which the line of byte `at` begins.
pub(super) fn line_start(source: &str, at: usize) -> usize {
    head(source, at).rfind(['\n', '\r']).map_or(0, |end| end + 1)
}

/// The byte at which the line of byte `at` ends, before its line break.
pub(super) fn line_end(source: &str, at: usize) -> usize {
    tail(source, at).find(['\n', '\r']).map_or(source.len(), |length| at + length)
}

/// The byte at which the line after that of byte `at` begins.
pub(super) fn next_line(source: &str, at: usize) -> usize {
    let end = line_end(source, at);
    let rest = tail(source, end);
    end + if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) }
}

/// The white space that the line of byte `at` begins with, up to that byte.
pub(super) fn indentation(source: &str, at: usize) -> &str {
    let line = source.get(line_start(source, at)..at).unwrap_or("");
    let line = line.trim_start_matches('\u{feff}');
    line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or("")
}

/// Whether a line ends between two bytes.
pub(super) fn breaks(source: &str, from: usize, to: usize) -> bool {
    source.get(from..to).is_some_and(|text| text.contains(['\n', '\r']))
}

/// Whether a blank line stands between two bytes that have only white space between them.
pub(super) fn blank_line(source: &str, from: usize, to: usize) -> bool {
    source
        .get(from..to)
        .is_some_and(|text| text.replace("\r\n", "\n").matches(['\n', '\r']).count() > 1)
}

/// The first byte after the spaces and tabs at byte `at`.
pub(super) fn skip_blanks(source: &str, at: usize) -> usize {
    source.len() - tail(source, at).trim_start_matches([' ', '\t']).len()
}

/// The first of the spaces and tabs before byte `at`.
pub(super) fn back_over_blanks(source: &str, at: usize) -> usize {
    head(source, at).trim_end_matches([' ', '\t']).len()
}

/// Whether only spaces and tabs stand before byte `at` on its line.
pub(super) fn begins_line(source: &str, at: usize) -> bool {
    back_over_blanks(source, at) == line_start(source, at)
}

/// Whether only spaces and tabs stand from byte `at` to the end of its line.
pub(super) fn ends_line(source: &str, at: usize) -> bool {
    skip_blanks(source, at) == line_end(source, at)
}

fn head(source: &str, at: usize) -> &str {
    source.get(..at).unwrap_or("")
}

fn tail(source: &str, at: usize) -> &str {
    source.get(at..).unwrap_or("")
}
