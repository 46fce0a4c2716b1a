//! One language of a text that stands in two. Nothing marks the language of a paragraph but its
//! characters, and where a section does not say everything twice, all of it is kept.

use super::markdown;
use crate::finding::Language;

/// What Markdown `docs` says in `language`: without the paragraphs and list items of the other one,
/// and of a heading `Why / 为什么` one half. Code, tables and lines that serve both languages stay.
pub(crate) fn part(docs: &str, language: Language) -> String {
    let blocks = blocks(docs);
    let mut kept: Vec<String> = Vec::new();
    for section in blocks.chunk_by(|_, next| markdown::heading(next).is_none()) {
        let says = |language| section.iter().any(|block| spoken(block) == Some(language));
        let twice = says(Language::English) && says(Language::Chinese);
        for block in section {
            if twice && spoken(block).is_some_and(|of| of != language) {
                continue;
            }
            kept.push(heading(block, language).unwrap_or_else(|| block.trim_end().to_owned()));
        }
    }
    kept.join("\n\n") + "\n"
}

/// A heading in one language; `None` for what is no heading in two.
fn heading(block: &str, language: Language) -> Option<String> {
    let (level, title) = markdown::heading(block)?;
    let (en, zh) = title.split_once(" / ").filter(|(_, zh)| zh.starts_with(is_han))?;
    let title = match language {
        Language::English => en,
        Language::Chinese => zh,
    };
    Some(format!("{} {title}", "#".repeat(level)))
}

/// `docs` cut into headings, list items, blocks of code, and what blank lines part.
fn blocks(docs: &str) -> Vec<&str> {
    let mut blocks = Vec::new();
    let (mut start, mut end) = (0, 0);
    let mut fenced = false;
    for line in docs.split_inclusive('\n') {
        let fence = markdown::is_fence(line);
        let alone = markdown::heading(line).is_some() || is_item(line);
        if !fenced && (alone || fence) {
            blocks.push((start, end));
            start = end;
        }
        end += line.len();
        let ends = if fence {
            fenced
        } else {
            !fenced && (line.trim().is_empty() || markdown::heading(line).is_some())
        };
        if ends {
            blocks.push((start, end));
            start = end;
        }
        fenced ^= fence;
    }
    blocks.push((start, end));
    blocks
        .into_iter()
        .filter_map(|(start, end)| docs.get(start..end))
        .filter(|block| !block.trim().is_empty())
        .collect()
}

/// Whether `line` begins an item of a list.
fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|character: char| character.is_ascii_digit());
    line.starts_with("- ") || (number.len() < line.len() && number.starts_with(". "))
}

/// The language that a block speaks; `None` when it speaks to both.
fn spoken(block: &str) -> Option<Language> {
    let block = block.trim();
    let serves_both = markdown::is_fence(block)
        || markdown::heading(block).is_some()
        || block.starts_with('|')
        || block.split(" / ").skip(1).any(|after| after.starts_with(is_han));
    if serves_both {
        return None;
    }
    // Names of interfaces are the same in both languages.
    let prose: String = block.split('`').step_by(2).collect();
    let han = prose.chars().filter(|&character| is_han(character)).count();
    let words = prose
        .split(|character: char| !character.is_ascii_alphabetic())
        .filter(|word| word.len() > 1)
        .count();
    let is_sentence = block.ends_with(['.', ':', '?', '!', ')']) || (is_item(block) && words > 1);
    match (han > words, is_sentence) {
        (true, _) => Some(Language::Chinese),
        (false, true) => Some(Language::English),
        (false, false) => None,
    }
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::{is_han, part};
    use crate::finding::Language::{Chinese, English};

    const DOCS: &str = "\
# some-rule

A call of `wx.x` that fails.

`wx.x` 与 `wx.y` 的调用会失败。

**Severity** error · **Fix** safe

## Why / 为什么

One paragraph, of the page “服务器域名”
on two lines.

一段话。

- first of all
- 其一

Source / 来源: [page / 页面](https://a.example)

## Example / 示例

```js a.js
// Not prose.

## no heading
```
";

    #[test]
    fn keeps_one_language_of_what_is_said_twice() {
        assert_eq!(
            part(DOCS, English),
            "\
# some-rule

A call of `wx.x` that fails.

**Severity** error · **Fix** safe

## Why

One paragraph, of the page “服务器域名”
on two lines.

- first of all

Source / 来源: [page / 页面](https://a.example)

## Example

```js a.js
// Not prose.

## no heading
```
"
        );
        assert_eq!(
            part(DOCS, Chinese),
            "\
# some-rule

`wx.x` 与 `wx.y` 的调用会失败。

**Severity** error · **Fix** safe

## 为什么

一段话。

- 其一

Source / 来源: [page / 页面](https://a.example)

## 示例

```js a.js
// Not prose.

## no heading
```
"
        );
    }

    #[test]
    fn what_is_said_once_is_kept_for_both() {
        for docs in ["# a\n\nOnly English.\n", "# a\n\n只有中文。\n"] {
            assert_eq!(
                (part(docs, English), part(docs, Chinese)),
                (docs.to_owned(), docs.to_owned())
            );
        }
    }

    #[test]
    fn every_rule_speaks_both_languages() {
        for rule in crate::rules::RULES {
            let (en, zh) = (part(rule.docs, English), part(rule.docs, Chinese));
            assert!(en.starts_with("# ") && zh.starts_with("# "), "{}", rule.id);
            assert!(en.len() < rule.docs.len() && zh.len() < rule.docs.len(), "{}", rule.id);
            assert!(zh.contains(is_han), "{}", rule.id);
        }
    }
}
