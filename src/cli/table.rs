//! Tables for people to read.

use std::io::Write;

use anyhow::Result;

/// Cells of a line; a row with a single cell stands across.
pub type Row = Vec<String>;

/// Writes rows with their columns aligned, each stretch of rows between two that stand across by itself.
pub fn write(output: &mut dyn Write, rows: &[Row]) -> Result<()> {
    for stretch in rows.chunk_by(|one, next| (one.len() == 1) == (next.len() == 1)) {
        align(output, stretch, if stretch[0].len() == 1 { "" } else { "    " })?;
    }
    Ok(())
}

/// Writes rows with their columns aligned, and something before each.
pub fn align(output: &mut dyn Write, rows: &[Row], indent: &str) -> Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|row| Some(row.get(column)?.chars().count())).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        writeln!(output, "{indent}{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

/// A text on one line: control characters are written as Rust does ("\\n").
pub fn printable(text: &str) -> String {
    let escaped = |c: char| if c.is_control() { c.escape_debug().to_string() } else { c.to_string() };
    text.chars().map(escaped).collect()
}
