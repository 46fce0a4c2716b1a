//! Lines and white space around a byte of a manifest. `\n`, `\r\n` and a lone `\r` end a line.

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

/// Whether only spaces and tabs are before byte `at` on its line. O(their number), however long the
/// line is.
pub(super) fn begins_line(source: &str, at: usize) -> bool {
    let before = head(source, back_over_blanks(source, at));
    before.is_empty() || before.ends_with(['\n', '\r'])
}

/// Whether only spaces and tabs are from byte `at` to the end of its line. O(their number).
pub(super) fn ends_line(source: &str, at: usize) -> bool {
    let after = tail(source, skip_blanks(source, at));
    after.is_empty() || after.starts_with(['\n', '\r'])
}

fn head(source: &str, at: usize) -> &str {
    source.get(..at).unwrap_or("")
}

fn tail(source: &str, at: usize) -> &str {
    source.get(at..).unwrap_or("")
}
