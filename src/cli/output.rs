//! All that commands say: tables, CSV and JSON from the same rows, sentences, and what goes wrong. What
//! a case and its files hold is foreign text, and a terminal acts on some of it; here it is made visible.

use crate::locale::{Lang, Problem, formula, visible, visible_json, visible_lines};
use crate::store::Case;
use clap::ValueEnum;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Table,
    Csv,
    Json,
}

/// Writes an answer to standard output; never panics where that is full or closed.
pub(super) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Problem> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        // `| head` closed the pipe: that is how it is meant to end.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|e| Problem::new(text!("problem-output", cause = e))),
    }
}

/// Sentences, each ended by a line end.
pub(super) fn say(text: &str) -> Result<(), Problem> {
    print(|out| out.write_all(visible_lines(text).as_bytes()))
}

/// An answer for programs.
pub(super) fn print_json(answer: &impl serde::Serialize) -> Result<(), Problem> {
    print(|out| write_json(answer, out))
}

/// A table for programs: as it is, but where somebody looks at it.
pub(super) fn print_csv(table: &str) -> Result<(), Problem> {
    print(|out| match is_looked_at() {
        true => out.write_all(visible_lines(table).as_bytes()),
        false => out.write_all(table.as_bytes()),
    })
}

/// A remark for programs: its code, which stays the same in all languages, the sentence, and the values
/// that it names.
pub(super) fn told_json(problem: &Problem, lang: Lang) -> serde_json::Value {
    let value = |name: &str, text: &str| {
        let count = COUNTS
            .contains(&name)
            .then(|| text.replace(',', "").parse::<u64>());
        match count {
            Some(Ok(n)) => n.into(),
            _ => text.into(),
        }
    };
    let values: serde_json::Map<String, serde_json::Value> = problem
        .args
        .iter()
        .map(|(name, text)| ((*name).to_owned(), value(name, text)))
        .collect();
    serde_json::json!({ "code": problem.key, "text": problem.on_a_line(lang), "values": values })
}

/// Values of remarks that are numbers, whatever they are of.
const COUNTS: [&str; 3] = ["n", "shared", "line"];

/// What was done to a file is done, whatever becomes of the answer that says so: the command has
/// succeeded, and that the answer is missing is a remark.
pub(super) fn done(said: Result<(), Problem>, file: &Path, lang: Lang) {
    if let Err(why) = said {
        let told = Problem::new(text!("problem-done-untold", file = file.display())).part(why);
        remark(&format!("atalaya: {}\n", told.on_a_line(lang)));
    }
}

/// Says on standard error what went wrong.
pub fn complain(problem: &Problem, lang: Lang) {
    remark(&format!("atalaya: {}\n", problem.message(lang)));
}

/// Says what opening a case found unfinished beside it.
pub(super) fn told_of(case: &Case, lang: Lang) {
    if let Some(remark) = case.remark() {
        complain(&remark, lang);
    }
}

/// Says something on standard error; where that is closed there is nobody to tell.
pub(crate) fn remark(text: &str) {
    let mut out = io::stderr().lock();
    let _ = out.write_all(visible_lines(text).as_bytes());
}

fn is_looked_at() -> bool {
    io::stdout().is_terminal()
}

fn write_json(answer: &impl serde::Serialize, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(answer)?;
    writeln!(out, "{}", visible_json(&text))
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

    /// Without what a spreadsheet would run as a formula.
    fn csv(&self) -> String {
        match self {
            Cell::Text(text) => formula::escape(text).into_owned(),
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
    pub(super) fn print(&self, format: Format) -> Result<(), Problem> {
        print(|out| self.write(format, out))
    }

    /// For a command that answers with several.
    pub(super) fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Table => self.write_table(out),
            Format::Csv => self.write_csv(is_looked_at(), out),
            Format::Json => self.write_json(out),
        }
    }

    fn write_table(&self, out: &mut dyn Write) -> io::Result<()> {
        const WIDEST: usize = 44;
        let cell = |c: &Cell| {
            let text = match c {
                Cell::Number(n) if n.fract() == 0.0 && *n >= 10_000.0 => {
                    crate::locale::number(*n as u64)
                }
                other => visible(&other.plain()).into_owned(),
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

    fn write_csv(&self, is_looked_at: bool, out: &mut dyn Write) -> io::Result<()> {
        let mut csv = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(out);
        // The kind of a failure counts, which the conversion of the library loses.
        let failed = |e: csv::Error| match e.into_kind() {
            csv::ErrorKind::Io(e) => e,
            other => io::Error::other(format!("{other:?}")),
        };
        csv.write_record(self.keys.iter().map(|(key, _)| *key))
            .map_err(failed)?;
        for row in &self.rows {
            let cells = row.iter().map(Cell::csv);
            let written = match is_looked_at {
                true => csv.write_record(cells.map(|c| visible(&c).into_owned())),
                false => csv.write_record(cells),
            };
            written.map_err(failed)?;
        }
        csv.flush()
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let object = |row: &Vec<Cell>| {
            let pairs = self
                .keys
                .iter()
                .zip(row)
                .map(|((key, _), c)| ((*key).to_owned(), c.json()));
            serde_json::Value::Object(pairs.collect())
        };
        let rows: Vec<serde_json::Value> = self.rows.iter().map(object).collect();
        write_json(&rows, out)
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
    fn csv_is_shown_on_a_terminal_and_kept_for_programs() {
        let rows = vec![vec![Cell::text("a\x1b[2J\n\u{202e}b")]];
        let keys = vec![("name", "Name".into())];
        let table = Table { keys, rows };
        let csv = |is_looked_at| {
            let mut out = Vec::new();
            table.write_csv(is_looked_at, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(csv(true), "name\r\na␛[2J␊⟨U+202E⟩b\r\n");
        assert_eq!(csv(false), "name\r\n\"a\x1b[2J\n\u{202e}b\"\r\n");
    }

    #[test]
    fn json_keeps_what_is_not_known() {
        let rows: Vec<serde_json::Value> = serde_json::from_str(&text(Format::Json)).unwrap();
        assert_eq!(rows[0]["n"], 18_957);
        assert!(rows[2]["name"].is_null());
    }
}
