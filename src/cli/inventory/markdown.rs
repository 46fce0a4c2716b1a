//! The inventory as Markdown tables, to be put into a filing document or a review. Cells hold text
//! of the checked program, so everything that Markdown would read is escaped.

use std::io::{self, Write};

use super::Listing;
use super::table::{Table, tables};
use crate::cli::sanitize::visible;
use crate::finding::Language;

/// Writes the inventory.
pub(super) fn write(listing: &Listing, out: &mut dyn Write) -> io::Result<()> {
    let word = |en, zh| if listing.language == Language::English { en } else { zh };
    writeln!(out, "# {}", word("Regulated interfaces in use", "受监管接口使用清单"))?;
    let tables = tables(listing);
    if tables.is_empty() {
        writeln!(out, "\n{}", word("None.", "无。"))?;
    }
    for table in tables {
        section(&table, out)?;
    }
    if !listing.skipped.is_empty() {
        writeln!(
            out,
            "\n## {} ({})\n",
            word("Not looked at", "未检查的文件"),
            listing.skipped.len()
        )?;
        row(&[word("File", "文件").to_owned(), word("Reason", "原因").to_owned()], out)?;
        writeln!(out, "| --- | --- |")?;
        for skipped in &listing.skipped {
            let reason = skipped.reason.get(listing.language).to_owned();
            row(&[listing.names.open(&skipped.file), reason], out)?;
        }
    }
    Ok(())
}

/// Writes a table under its title.
pub(super) fn section(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## {}\n", escaped(&table.title))?;
    let head: Vec<String> = table.head.iter().map(|&title| title.to_owned()).collect();
    row(&head, out)?;
    writeln!(out, "|{}", " --- |".repeat(head.len()))?;
    for cells in &table.rows {
        row(cells, out)?;
    }
    Ok(())
}

fn row(cells: &[String], out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
    writeln!(out, "| {} |", cells.join(" | "))
}

/// `text` as Markdown that reads as it stands, on one line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in visible(text).chars() {
        if "\\`*_[]<>|".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
