//! Rows that could not be used, as a table to be mended and imported again: the columns of the
//! file, and behind them what was wrong.

use crate::import::{FORMULA, GEOMETRY, OWN_COLUMNS, REASON_COLUMN};
use crate::locale::{Lang, Problem, tr_args};
use crate::store::{Case, ImportInfo, RejectRow};
use std::collections::HashMap;
use std::io::Write;

/// Writes the rejected rows of one import, or of all, as CSV; how many there were.
///
/// # Errors
/// There is no such import, or the output fails.
pub fn write_rejects(
    case: &Case,
    import: Option<i64>,
    lang: Lang,
    out: &mut dyn Write,
) -> Result<u64, Problem> {
    let imports: HashMap<i64, ImportInfo> =
        case.imports()?.into_iter().map(|i| (i.id, i)).collect();
    if let Some(id) = import.filter(|id| !imports.contains_key(id)) {
        return Err(Problem::file("problem-no-such-import", case.path()).with("id", id));
    }
    let columns = columns(case, import)?;
    let mut csv = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    let failed = |e: csv::Error| Problem::new("problem-output").with("cause", e);
    let own = ["column", "line", "file"].map(|name| format!("{OWN_COLUMNS}{name}"));
    let head = columns.iter().map(String::as_str);
    let head = head.chain([REASON_COLUMN]);
    csv.write_record(head.chain(own.iter().map(String::as_str)))
        .map_err(failed)?;
    let mut written = 0;
    case.each_reject(import, &mut |row| {
        let cells = cells_of(&row);
        let told = [
            reason(lang, &row),
            row.column.clone(),
            row.line.to_string(),
            imports
                .get(&row.import_id)
                .map_or_else(String::new, |i| i.file_name.clone()),
        ];
        let of_file = columns.iter().map(|name| {
            let cell = cells.get(name).and_then(serde_json::Value::as_str);
            guarded(cell.unwrap_or_default())
        });
        csv.write_record(of_file.chain(told.iter().map(|cell| guarded(cell))))
            .map_err(failed)?;
        written += 1;
        Ok(())
    })?;
    csv.flush()
        .map_err(|e| Problem::new("problem-output").with("cause", e))?;
    Ok(written)
}

/// The sentence that says what is wrong.
fn reason(lang: Lang, row: &RejectRow) -> String {
    tr_args(
        lang,
        &format!("reject-{}", row.reason),
        &[("column", &row.column), ("value", &row.value)],
    )
}

type Cells = serde_json::Map<String, serde_json::Value>;

fn cells_of(row: &RejectRow) -> Cells {
    serde_json::from_str(&row.raw).unwrap_or_default()
}

/// Columns of the files in their order, then those that only some rows have; the shape is last.
fn columns(case: &Case, import: Option<i64>) -> Result<Vec<String>, Problem> {
    let mut columns: indexmap::IndexSet<String> = indexmap::IndexSet::new();
    columns.extend(case.rejected_columns(import)?);
    case.each_reject(import, &mut |row| {
        for (name, _) in cells_of(&row) {
            columns.insert(name);
        }
        Ok(())
    })?;
    if columns.shift_remove(GEOMETRY) {
        columns.insert(GEOMETRY.to_owned());
    }
    Ok(columns.into_iter().collect())
}

/// A cell that a spreadsheet would run as a formula gets an apostrophe in front, which importing it
/// takes back; a number is none.
fn guarded(cell: &str) -> String {
    let is_formula = cell.trim_start_matches('\'').starts_with(FORMULA);
    if is_formula && cell.replacen(',', ".", 1).parse::<f64>().is_err() {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
