//! The plain report, as a person sees it without colours.

use std::io::Write as _;
use std::time::Duration;

use super::super::{Outcome, sample};
use super::write;
use crate::check::Notice;
use crate::finding::{Language, Phrase, Severity};
use crate::path::FilePath;
use crate::project::Files;

fn plain(outcome: &Outcome) -> String {
    let mut out = anstream::StripStream::new(Vec::new());
    write(outcome, &mut out).unwrap();
    out.flush().unwrap();
    String::from_utf8(out.into_inner()).unwrap()
}

fn files(texts: &[(&str, &str)]) -> Files {
    texts.iter().map(|(file, text)| (sample::path(file), (*text).to_owned())).collect()
}

/// One warning on the first occurrence of `text` in a file holding `source`.
fn one(source: &str, text: &str) -> Outcome {
    let files = files(&[("a.js", source)]);
    let place = sample::place(&files, "a.js", text, 0);
    let message = Phrase::new("here", "此处");
    sample::of(files, vec![sample::finding(place, "rule", Severity::Warning, message)])
}

#[test]
fn shows_excerpt_labels_reasons_and_fixes() {
    assert_eq!(
        plain(&sample::outcome()),
        "\
error[unregistered-domain]: api.example.com is not registered
 --> pages/index.js:2:19
  |
2 | wx.request({    url: 'https://api.example.com' })
  | ---------- requested here
  |                      ^^^^^^^^^^^^^^^^^^^^^^^^^
 ::: app.json:2:14
  |
2 |   \"pages\": [\"pages/index\"]
  |              ----------- the page
  |
  = why: Requests to other domains fail on phones.
  = help: Register the domain.
  = fix: Record the domain (safe)
  = fix: Remove the request (unsafe)

information[regulated-interface]: wx.login handles an account
 --> pages/index.js:4:1
  |
4 | wx.login({
  | ^^^^^^^^^^
...
6 | })
  | ^^
  |

Found 1 error, 1 information in 2 files.
1 finding from the baseline is not shown.
1 fixable with `--fix`.
"
    );
}

#[test]
fn speaks_chinese() {
    let mut outcome = sample::outcome();
    outcome.language = Language::Chinese;
    outcome.applied = Some(3);
    let text = plain(&outcome);
    for line in [
        "错误[unregistered-domain]: api.example.com 未登记\n",
        "  = 原因: 真机上向其他域名的请求会失败。\n",
        "  = 修复: 记录该域名（安全）\n",
        "已应用 3 处修复。\n检查了 2 个文件，发现 1 个错误、1 个信息。\n另有 1 个基线中已记录的问题未显示。\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
}

#[test]
fn carets_stand_under_chinese_text_and_behind_tabs() {
    assert_eq!(
        plain(&one("\tlet 地址 = '上海'\n", "上海")),
        "\
warning[rule]: here
 --> a.js:1:12
  |
1 |     let 地址 = '上海'
  |                 ^^^^
  |

Found 1 warning in 1 file.
"
    );
}

#[test]
fn a_minified_line_is_cut_and_the_gutter_holds_long_numbers() {
    let source = format!("{}{}target{}", "\n".repeat(99), "a".repeat(999), "b".repeat(999));
    let text = plain(&one(&source, "target"));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[1], "   --> a.js:100:1000");
    assert_eq!(lines[3], format!("100 | …{}target{}…", "a".repeat(40), "b".repeat(74)));
    assert_eq!(lines[4], format!("    | {}^^^^^^", " ".repeat(41)));
}

#[test]
fn a_checked_file_cannot_write_escape_sequences() {
    let mut outcome = one("'\u{1b}]0;title\u{7}'", "title");
    outcome.parts[0].findings[0].message = Phrase::new("bad \u{1b}[2J", "");
    outcome.parts[0].findings[0].why = Phrase::new("first\nsecond", "");
    let text = plain(&outcome);
    assert!(!text.contains('\u{1b}') && text.contains("␛]0;title␇"), "{text}");
    assert!(text.contains("  = why: first\n         second\n"), "{text}");
}

#[test]
fn a_clean_run_says_so_and_notices_come_first() {
    let mut outcome = sample::clean();
    outcome.elapsed = Some(Duration::from_millis(1234));
    outcome.parts[0].notices.push(Notice {
        folder: FilePath::root(),
        message: Phrase::new("no mini-program here", "此处没有小程序"),
    });
    assert_eq!(plain(&outcome), "note: no mini-program here\n\nNo findings in 2 files (1.23 s).\n");
    outcome.language = Language::Chinese;
    assert_eq!(
        plain(&outcome),
        "说明: 此处没有小程序\n\n检查了 2 个文件，未发现问题（1.23 秒）。\n"
    );
}

#[test]
fn a_finding_on_a_missing_file_has_a_place_but_no_excerpt() {
    let place = crate::finding::Place::start_of(&sample::path("gone.json"));
    let finding = sample::finding(place, "rule", Severity::Hint, Phrase::new("missing", ""));
    assert_eq!(
        plain(&sample::of(files(&[]), vec![finding])),
        "hint[rule]: missing\n --> gone.json:1:1\n\nFound 1 hint in 0 files.\n"
    );
}
