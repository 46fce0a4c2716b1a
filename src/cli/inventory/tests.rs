//! The inventory of a program made by hand, in each form.

use std::io::Write as _;
use std::path::Path;

use serde_json::json;

use super::{Listing, write};
use crate::check::inventory::{
    InventoryUse, InventoryWrapper, Network, Resolution, Skipped, UnknownReason,
};
use crate::cli::args::InventoryFormat;
use crate::cli::display_paths::Names;
use crate::finding::{Language, Phrase, Place};
use crate::path::FilePath;
use crate::project::Files;
use crate::text::Span;

const SCRIPT: &str = "'中文'; wx.getLocation()\nwx.request({ url })\n";

fn path(text: &str) -> FilePath {
    FilePath::new(text).unwrap()
}

fn one(file: &str, at: &str, api: &'static str, kind: &'static str) -> InventoryUse {
    let start = SCRIPT.find(at).unwrap();
    InventoryUse {
        place: Place::new(&path(file), Span::new(start, start + at.len())),
        api,
        kind,
        information: Vec::new(),
        network: None,
        package: None,
        consent: None,
    }
}

fn listing(language: Language) -> Listing {
    let files: Files = [(path("a.js"), SCRIPT.to_owned()), (path("b|c.js"), SCRIPT.to_owned())]
        .into_iter()
        .collect();
    let mut location = one("a.js", "wx.getLocation", "wx.getLocation", "location");
    location.information = vec!["Location", "no such key"];
    let mut request = one("a.js", "wx.request", "wx.request", "network");
    request.network = Some(Network {
        hosts: vec!["https://a.example.com".to_owned()],
        resolution: Resolution::Partial,
        reasons: vec![UnknownReason::Storage],
    });
    let mut vendored = one("b|c.js", "wx.request", "wx.request", "network");
    vendored.network = Some(Network::default());
    vendored.package = Some("axios".to_owned());
    Listing {
        files,
        names: Names::new(Path::new("shop"), Path::new("")),
        uses: vec![location, request, vendored],
        wrappers: vec![InventoryWrapper {
            place: one("a.js", "wx.request", "", "").place,
            callee: "api.get".to_owned(),
            network: Network {
                hosts: vec!["https://b.example.com".to_owned()],
                resolution: Resolution::Resolved,
                reasons: Vec::new(),
            },
        }],
        forms: Vec::new(),
        skipped: vec![Skipped {
            file: path("big.js"),
            reason: Phrase::new("too large", "文件过大"),
        }],
        language,
    }
}

fn written(format: InventoryFormat, language: Language) -> String {
    let mut out = anstream::StripStream::new(Vec::new());
    write(format, &listing(language), &mut out).unwrap();
    out.flush().unwrap();
    String::from_utf8(out.into_inner()).unwrap()
}

#[test]
fn json_has_exactly_the_promised_fields() {
    let text = written(InventoryFormat::Json, Language::English);
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        document,
        json!({
            "schema": "miniguard/inventory/1",
            "uses": [
                { "file": "a.js", "line": 1, "column": 7, "api": "wx.getLocation", "kind": "location",
                  "information": ["Location", "no such key"] },
                { "file": "a.js", "line": 2, "column": 1, "api": "wx.request", "kind": "network",
                  "information": [], "hosts": ["https://a.example.com"], "resolution": "partial",
                  "reasons": ["storage"] },
                { "file": "b|c.js", "line": 2, "column": 1, "api": "wx.request", "kind": "network",
                  "information": [], "hosts": [], "resolution": "dynamic", "package": "axios" },
            ],
            "wrappers": [{ "file": "a.js", "line": 2, "column": 1, "callee": "api.get",
                "hosts": ["https://b.example.com"], "resolution": "resolved" }],
            "forms": [],
            "skipped": [{ "file": "big.js", "reason": "too large" }],
        })
    );
    assert!(
        text.find("\"file\"") < text.find("\"line\"")
            && text.find("\"api\"") < text.find("\"kind\"")
    );
}

#[test]
fn plain_has_a_table_for_each_kind() {
    let text = written(InventoryFormat::Plain, Language::English);
    let network = "\
Network (2)
  Place            Interface   Hosts                                        Package
  shop/a.js:2:1    wx.request  https://a.example.com (and others: storage)
  shop/b|c.js:2:1  wx.request  (not known before run time)                  axios
";
    assert!(
        text.starts_with("Location (1)\n  Place          Interface       Information\n"),
        "{text}"
    );
    assert!(text.contains(network), "{text}");
    assert!(
        text.ends_with("Not looked at (1)\n  shop/big.js  too large\n\n3 uses in 2 files.\n"),
        "{text}"
    );
}

#[test]
fn columns_of_chinese_stand_under_each_other() {
    let text = written(InventoryFormat::Plain, Language::Chinese);
    assert!(
        text.contains(
            "  位置             接口        域名                                          依赖包\n"
        ),
        "{text}"
    );
    assert!(
        text.contains(
            "  shop/b|c.js:2:1  wx.request  （运行时才能确定）                            axios\n"
        ),
        "{text}"
    );
}

#[test]
fn markdown_escapes_what_would_break_a_table() {
    let text = written(InventoryFormat::Markdown, Language::Chinese);
    assert!(text.starts_with("# 受监管接口使用清单\n"), "{text}");
    assert!(
        text.contains("| 位置 | 接口 | 域名 | 依赖包 |\n| --- | --- | --- | --- |\n"),
        "{text}"
    );
    assert!(
        text.contains("| shop/b\\|c.js:2:1 | wx.request | （运行时才能确定） | axios |\n"),
        "{text}"
    );
    assert!(text.contains("| shop/big.js | 文件过大 |\n"), "{text}");
}
