//! The reference of `miniguard.json` for the documentation, in Markdown. It is generated from the
//! table; the committed page is compared with it by a test.

use std::fmt::Write as _;

use super::shape::{Key, Shape};
use super::table::SETTINGS;

/// A section for each setting: what it is in both languages, what it may be, an example.
pub fn reference() -> String {
    let mut out = String::new();
    for setting in SETTINGS {
        let Key { name, summary: [en, zh], shape, .. } = &setting.key;
        let type_name = shape.name();
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "### `{name}`\n\n{en}.\n\n{zh}。\n\n**Value** {} · **值** {}\n\n",
            type_name.en, type_name.zh
        );
        if let Shape::List(Shape::Object(keys)) | Shape::Object(keys) = shape {
            for Key { name, required, shape, summary: [en, zh] } in *keys {
                let need = if *required { ", required / 必填" } else { "" };
                let _ = writeln!(out, "- `{name}` ({}{need}): {en}. / {zh}。", shape.name().en);
            }
            out.push('\n');
        }
        let _ = write!(out, "```json\n{{ \"{name}\": {} }}\n```\n\n", setting.example);
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}
