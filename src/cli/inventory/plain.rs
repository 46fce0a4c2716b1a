//! The inventory for a terminal: aligned columns, Chinese counted as wide as it is. The last column
//! is never padded, so no line ends in blanks.

use std::io::{self, Write};

use anstyle::Style;

use super::Listing;
use super::table::{Table, tables};
use crate::cli::sanitize::{padded, visible, width};
use crate::finding::Language;

const BOLD: Style = Style::new().bold();

/// Writes the inventory.
pub(super) fn write(listing: &Listing, out: &mut dyn Write) -> io::Result<()> {
    for table in tables(listing) {
        writeln!(out, "{BOLD}{}{BOLD:#}", table.title)?;
        rows(&table, out)?;
        writeln!(out)?;
    }
    if !listing.skipped.is_empty() {
        let title = match listing.language {
            Language::English => "Not looked at",
            Language::Chinese => "未检查的文件",
        };
        writeln!(out, "{BOLD}{title} ({}){BOLD:#}", listing.skipped.len())?;
        for skipped in &listing.skipped {
            let file = listing.names.open(&skipped.file);
            let reason = visible(skipped.reason.get(listing.language)).into_owned();
            writeln!(out, "  {}  {reason}", visible(&file))?;
        }
        writeln!(out)?;
    }
    let (uses, files) = (listing.uses.len(), listing.files.len());
    match listing.language {
        Language::English => {
            let plural = |count| if count == 1 { "" } else { "s" };
            writeln!(out, "{uses} use{} in {files} file{}.", plural(uses), plural(files))
        }
        Language::Chinese => writeln!(out, "{files} 个文件中共有 {uses} 处使用。"),
    }
}

/// Writes the head and the rows of a table, columns under each other.
pub(super) fn rows(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let head: Vec<String> = table.head.iter().map(|&title| title.to_owned()).collect();
    let columns = head.len();
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            table
                .rows
                .iter()
                .chain([&head])
                .filter_map(|row| row.get(column))
                .map(|cell| width(cell))
                .max()
                .unwrap_or(0)
        })
        .collect();
    for row in [&head].into_iter().chain(&table.rows) {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| padded(&visible(cell), *width)).collect();
        writeln!(out, "  {}", cells.join("  ").trim_end())?;
    }
    Ok(())
}
