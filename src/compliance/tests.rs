//! What a report must never do: run or load anything, or lose a row.

use super::*;
use crate::check::analyse;

fn document(texts: &[(&str, &str)]) -> Document {
    let files: Files = texts
        .iter()
        .map(|(path, text)| (FilePath::new(path).unwrap(), (*text).to_owned()))
        .collect();
    let report = analyse(&files, &Cancel::never()).unwrap();
    documents(&files, &report, &Cancel::never()).unwrap().remove(0)
}

#[test]
fn what_a_program_says_is_text_and_nothing_else() {
    let hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)>|`\u{202e}";
    let guide = serde_json::json!({
        "setting_list": [{ "privacy_key": "Location", "privacy_text": hostile }]
    });
    let settings = serde_json::json!({ "filing": { "number": hostile, "name": hostile }, "categories": [hostile] });
    let document = document(&[
        ("project.config.json", &format!("{{\"appid\": {}}}", serde_json::json!(hostile))),
        ("app.json", "{\"pages\": [\"p/p\"]}"),
        ("app.js", "App({})"),
        (
            "p/p.js",
            "Page({ go() { wx.getLocation({}); wx.request({ url: 'https://a.example.com/<script>' }) } })",
        ),
        ("p/p.wxml", "<button bindtap=\"go\"/>"),
        ("privacy-guide.json", &guide.to_string()),
        ("miniguard.json", &settings.to_string()),
    ]);
    for language in [Language::English, Language::Chinese] {
        let html = document.html(language);
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
        assert!(html.contains("&lt;script&gt;alert(1)"), "{html}");
        for outside in ["src=", "href=\"http", "url(", "@import", "\u{202e}"] {
            assert!(!html.replace("src=x onerror", "").contains(outside), "{outside}");
        }
        let markdown = document.markdown(language);
        assert!(!markdown.contains("<script"), "{markdown}");
        assert!(
            markdown.lines().filter(|line| line.starts_with("| ")).all(|line| line.ends_with(" |"))
        );
        let json: serde_json::Value = serde_json::from_str(&document.json(language)).unwrap();
        assert_eq!(json["schema"], "miniguard/report/1");
        assert_eq!(json["sections"]["information"]["rows"][0]["purpose"]["lines"][0], hostile);
    }
}

#[test]
fn paper_is_white_and_no_row_is_cut() {
    let style = include_str!("report.css");
    // A dark desktop makes no dark paper.
    let dark: Vec<&str> =
        style.match_indices("prefers-color-scheme").map(|(at, _)| &style[..at]).collect();
    assert!(!dark.is_empty() && dark.iter().all(|head| head.ends_with("@media screen and (")));
    let (_, print) = style.split_once("@media print").unwrap();
    for rule in [
        "thead { display: table-header-group; }",
        "tr, .figure, svg { break-inside: avoid; }",
        "h2 { break-after: avoid; }",
        ".intro { break-after: avoid; }",
        ".intro, li { break-inside: avoid; }",
    ] {
        assert!(print.contains(rule), "{rule}");
    }
}

#[test]
fn in_a_narrow_window_a_wide_table_scrolls_and_not_the_page() {
    let style = include_str!("report.css");
    let (_, narrow) = style.split_once("@media screen and (max-width: 700px)").unwrap();
    let (narrow, _) = narrow.split_once("@page").unwrap();
    assert!(narrow.contains("table { display: block; overflow-x: auto; }"));
}

#[test]
fn every_row_has_a_cell_for_each_column_and_every_sentence_both_languages() {
    let document = document(&[
        (
            "app.json",
            "{\"pages\": [\"p/p\"], \"plugins\": {\"pay\": {\"version\": \"1.0.0\", \"provider\": \"wx0\"}}}",
        ),
        ("app.js", "App({})"),
        ("p/p.js", "Page({ onLoad() { wx.requestPayment({}); wx.request({ url: this.x }) } })"),
        ("p/p.wxml", "<image src=\"https://img.example.com/a.png\"/>"),
    ]);
    for section in &document.sections {
        for row in &section.rows {
            assert_eq!(row.len(), section.columns.len(), "{}", section.id);
            for line in row.iter().flat_map(|cell| &cell.lines) {
                assert_eq!(line.en.is_empty(), line.zh.is_empty(), "{}: {line:?}", section.id);
            }
        }
    }
    let rows = |id: &str| document.sections.iter().find(|one| one.id == id).unwrap().rows.len();
    assert_eq!((rows("third-parties"), rows("domains")), (1, 1));
    assert!(rows("capabilities") >= 2, "payment and plugin");
}
