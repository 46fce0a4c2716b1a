//! "Did you mean …?". It stays silent rather than guess wildly.

/// The candidate that `word` is most likely a slip of, if any is near: at most a third of its
/// letters differ (changed, left out, added, or two neighbours swapped; case does not count). The
/// first of equally near ones. O(candidates × length²).
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word: String = word.trim().chars().flat_map(char::to_lowercase).take(65).collect();
    let length = word.chars().count();
    // Words that long are not typing mistakes; the square of its length is not worth paying.
    if word.is_empty() || length > 64 {
        return None;
    }
    candidates
        .into_iter()
        .map(|candidate| {
            let letters: String = candidate.chars().flat_map(char::to_lowercase).collect();
            let longest = letters.chars().count().max(length);
            (strsim::osa_distance(&word, &letters), longest, candidate)
        })
        .filter(|(distance, length, _)| *distance <= (length / 3).max(1) && distance < length)
        .min_by_key(|(distance, _, _)| *distance)
        .map(|(_, _, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_slips_and_nothing_else() {
        let words = ["exclude", "domains", "rules", "unregistered-domain", "serverDomains"];
        for (word, expected) in [
            ("exlcude", Some("exclude")),
            ("Domain", Some("domains")),
            ("rule", Some("rules")),
            ("unregistred-domains", Some("unregistered-domain")),
            ("server-domains", Some("serverDomains")),
            ("", None),
            ("licences", None),
            ("x", None),
            (&"e".repeat(10_000), None),
        ] {
            assert_eq!(nearest(word, words), expected, "{word}");
        }
        assert_eq!(nearest("a", ["b", "a"]), Some("a"));
        assert_eq!(nearest("a", ["b"]), None, "a word of one letter is no slip of another");
    }
}
