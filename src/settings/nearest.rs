//! "Did you mean …?". It stays silent rather than guess wildly.

/// The candidate that `word` is most likely a slip of, if any is near: at most a third of its
/// letters differ (changed, left out, added, or two neighbours swapped; case does not count). The
/// first of equally near ones. O(candidates × length²).
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word: Vec<char> = word.trim().chars().flat_map(char::to_lowercase).take(65).collect();
    // Words that long are not typing mistakes; the square of its length is not worth paying.
    if word.is_empty() || word.len() > 64 {
        return None;
    }
    candidates
        .into_iter()
        .map(|candidate| {
            let letters: Vec<char> = candidate.chars().flat_map(char::to_lowercase).collect();
            (distance(&word, &letters), letters.len().max(word.len()), candidate)
        })
        .filter(|(distance, length, _)| *distance <= (length / 3).max(1) && distance < length)
        .min_by_key(|(distance, _, _)| *distance)
        .map(|(_, _, candidate)| candidate)
}

/// Optimal string alignment distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, other) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX - 1);
            let changed = at(&last, j) + usize::from(letter != other);
            let mut best = changed.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped =
                i > 0 && j > 0 && a.get(i - 1) == Some(other) && b.get(j - 1) == Some(letter);
            if swapped {
                best = best.min(at(&before_last, j - 1) + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(a.len())
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
