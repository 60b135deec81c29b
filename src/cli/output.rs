//! Tables on the terminal, CSV and JSON, from the same rows.

use crate::locale::Problem;
use clap::ValueEnum;
use std::io::Write;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Table,
    Csv,
    Json,
}

/// Writes an answer to standard output; never panics where that is full or closed.
pub(super) fn print(text: &[u8]) -> Result<(), Problem> {
    let mut out = std::io::stdout().lock();
    told(out.write_all(text).and_then(|()| out.flush()))
}

fn told(written: std::io::Result<()>) -> Result<(), Problem> {
    match written {
        // `| head` closed the pipe: that is how it is meant to end.
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(|e| output_problem(&e)),
    }
}

pub(super) fn output_problem(error: &std::io::Error) -> Problem {
    Problem::new("problem-output").with("cause", error)
}

/// A value of a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Text(String),
    Number(f64),
    /// Not known: empty in tables and CSV, null in JSON.
    Unknown,
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    pub(super) fn count(n: u64) -> Cell {
        Cell::Number(n as f64)
    }

    pub(super) fn known(n: Option<u32>) -> Cell {
        n.map_or(Cell::Unknown, |n| Cell::Number(f64::from(n)))
    }

    fn plain(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Number(n) => n.to_string(),
            Cell::Unknown => String::new(),
        }
    }

    /// A spreadsheet runs what looks like a formula: such text gets an apostrophe in front.
    fn csv(&self) -> String {
        match self {
            Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
                format!("'{text}")
            }
            other => other.plain(),
        }
    }

    fn json(&self) -> serde_json::Value {
        match self {
            Cell::Text(text) => text.as_str().into(),
            Cell::Number(n) if n.fract() == 0.0 => (*n as i64).into(),
            Cell::Number(n) => (*n).into(),
            Cell::Unknown => serde_json::Value::Null,
        }
    }
}

/// Columns by key, with the heading a table shows.
pub(super) struct Table {
    pub keys: Vec<(&'static str, String)>,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(super) fn write(&self, format: Format, out: &mut dyn Write) -> Result<(), Problem> {
        let written = match format {
            Format::Table => self.write_table(out),
            Format::Csv => self.write_csv(out),
            Format::Json => self.write_json(out),
        }
        .and_then(|()| out.flush());
        told(written)
    }

    fn write_table(&self, out: &mut dyn Write) -> std::io::Result<()> {
        const WIDEST: usize = 44;
        let cell = |c: &Cell| {
            let text = match c {
                Cell::Number(n) if n.fract() == 0.0 && *n >= 10_000.0 => {
                    crate::locale::number(*n as u64)
                }
                other => other.plain().replace(['\n', '\r', '\t'], " "),
            };
            if text.chars().count() > WIDEST {
                text.chars().take(WIDEST - 1).chain(['…']).collect()
            } else {
                text
            }
        };
        let rows: Vec<Vec<String>> = self
            .rows
            .iter()
            .map(|r| r.iter().map(cell).collect())
            .collect();
        let widths: Vec<usize> = (0..self.keys.len())
            .map(|i| {
                let longest = rows.iter().map(|r| r[i].chars().count()).max().unwrap_or(0);
                longest.max(self.keys[i].1.chars().count())
            })
            .collect();
        let is_number = |i: usize| {
            self.rows
                .first()
                .is_some_and(|r| matches!(r[i], Cell::Number(_)))
        };
        let mut line = |cells: &mut dyn Iterator<Item = &str>| {
            let padded: Vec<String> = cells
                .enumerate()
                .map(|(i, text)| {
                    let gap = " ".repeat(widths[i].saturating_sub(text.chars().count()));
                    if is_number(i) {
                        format!("{gap}{text}")
                    } else {
                        format!("{text}{gap}")
                    }
                })
                .collect();
            writeln!(out, "{}", padded.join("  ").trim_end())
        };
        line(&mut self.keys.iter().map(|(_, heading)| heading.as_str()))?;
        for row in &rows {
            line(&mut row.iter().map(String::as_str))?;
        }
        Ok(())
    }

    fn write_csv(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let mut csv = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(out);
        csv.write_record(self.keys.iter().map(|(key, _)| *key))?;
        for row in &self.rows {
            csv.write_record(row.iter().map(Cell::csv))?;
        }
        csv.flush()
    }

    fn write_json(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let object = |row: &Vec<Cell>| {
            let pairs = self
                .keys
                .iter()
                .zip(row)
                .map(|((key, _), c)| ((*key).to_owned(), c.json()));
            serde_json::Value::Object(pairs.collect())
        };
        let rows: Vec<serde_json::Value> = self.rows.iter().map(object).collect();
        serde_json::to_writer_pretty(&mut *out, &rows)?;
        writeln!(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Table {
        Table {
            keys: vec![("name", "Name".into()), ("n", "N".into())],
            rows: vec![
                vec![Cell::text("=1+1"), Cell::count(18_957)],
                vec![Cell::text("a,\"b\""), Cell::Number(-1.5)],
                vec![Cell::Unknown, Cell::Unknown],
            ],
        }
    }

    fn text(format: Format) -> String {
        let mut out = Vec::new();
        sample().write(format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn csv_is_quoted_and_formulas_are_not_run() {
        assert_eq!(
            text(Format::Csv),
            "name,n\r\n'=1+1,18957\r\n\"a,\"\"b\"\"\",-1.5\r\n,\r\n"
        );
    }

    #[test]
    fn tables_align_numbers_right() {
        assert_eq!(
            text(Format::Table),
            "Name        N\n=1+1   18,957\na,\"b\"    -1.5\n\n"
        );
    }

    #[test]
    fn json_keeps_what_is_not_known() {
        let rows: Vec<serde_json::Value> = serde_json::from_str(&text(Format::Json)).unwrap();
        assert_eq!(rows[0]["n"], 18_957);
        assert!(rows[2]["name"].is_null());
    }
}
