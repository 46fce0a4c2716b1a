//! How deep the brackets of a script nest, found without a parse.
//!
//! The parser keeps several readings of an open bracket (a block, an object) in a linked stack, and
//! releases that stack by recursion, one call for each level. No source that a person or a bundler
//! writes comes near the limit.

/// The deepest nesting that is parsed. The parser then takes less than 1 MiB of stack.
const DEEPEST: usize = 10_000;

/// Whether brackets nest too deep in the text that `chunks` make up. Those in strings and comments
/// count as well. O(n).
pub(super) fn is_too_deep<'a>(length: usize, chunks: impl IntoIterator<Item = &'a str>) -> bool {
    if length <= DEEPEST {
        return false;
    }
    let mut depth = 0_usize;
    for byte in chunks.into_iter().flat_map(str::bytes) {
        match byte {
            b'{' | b'[' | b'(' => {
                depth += 1;
                if depth > DEEPEST {
                    return true;
                }
            }
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{DEEPEST, is_too_deep};

    #[test]
    fn depth_counts_and_not_number() {
        let too_deep = |text: &str| is_too_deep(text.len(), [text]);
        assert!(!too_deep(""));
        assert!(!too_deep(&"{}[]()".repeat(DEEPEST)));
        assert!(!too_deep(&"}".repeat(3 * DEEPEST)));
        for piece in ["{", "a:{", "[(", "f(a => {", "{ }{"] {
            assert!(too_deep(&piece.repeat(DEEPEST + 1)), "{piece}");
        }
        assert!(!too_deep(&"(".repeat(DEEPEST)));
        assert!(is_too_deep(DEEPEST + 1, std::iter::repeat_n("{", DEEPEST + 1)), "over chunks");
    }
}
