//! Rows that could not be used, as a table to be mended and imported again: the columns of the
//! file, and behind them what was wrong.

use crate::files::{self, Existing};
use crate::import::{DAY_ORDER_COLUMN, GEOMETRY, OWN_COLUMNS, Options, REASON_COLUMN};
use crate::locale::{Lang, Problem, formula, tr};
use crate::store::{Case, ImportInfo, RejectRow};
use std::collections::HashMap;
use std::path::Path;

/// Writes the rejected rows of one import, or of all, into a file; how many there were.
///
/// # Errors
/// There is no such import, or the file cannot be written or is part of the case.
pub fn save_rejects(
    case: &Case,
    import: Option<i64>,
    lang: Lang,
    path: &Path,
    existing: Existing,
) -> Result<u64, Problem> {
    let (table, rows) = rejects_table(case, import, lang)?;
    // Spreadsheets take a file without this mark for another encoding.
    let table = format!("\u{feff}{table}");
    files::write(path, table.as_bytes(), existing, &[case.path()])?;
    Ok(rows)
}

/// The rejected rows of one import, or of all, as CSV, and how many they are.
///
/// # Errors
/// There is no such import.
pub fn rejects_table(
    case: &Case,
    import: Option<i64>,
    lang: Lang,
) -> Result<(String, u64), Problem> {
    let imports: HashMap<i64, ImportInfo> =
        case.imports()?.into_iter().map(|i| (i.id, i)).collect();
    if let Some(id) = import.filter(|id| !imports.contains_key(id)) {
        return Err(Problem::new(text!(
            "problem-no-such-import",
            file = case.path().display(),
            id = id
        )));
    }
    let columns = columns(case, import)?;
    let mut csv = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let failed = |e: &dyn std::fmt::Display| Problem::new(text!("problem-output", cause = e));
    let own = ["column", "line", "file"].map(|name| format!("{OWN_COLUMNS}{name}"));
    let head = columns.iter().map(String::as_str);
    let head = head.chain([REASON_COLUMN]);
    let own = own.iter().map(String::as_str).chain([DAY_ORDER_COLUMN]);
    csv.write_record(head.chain(own)).map_err(|e| failed(&e))?;
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
            imports.get(&row.import_id).map_or("", day_order).to_owned(),
        ];
        let of_file = columns.iter().map(|name| {
            let cell = cells.get(name).and_then(serde_json::Value::as_str);
            formula::escape(cell.unwrap_or_default()).into_owned()
        });
        let told = told.iter().map(|cell| formula::escape(cell).into_owned());
        csv.write_record(of_file.chain(told))
            .map_err(|e| failed(&e))?;
        written += 1;
        Ok(())
    })?;
    let table = csv.into_inner().map_err(|e| failed(&e))?;
    let table = String::from_utf8(table).map_err(|e| failed(&e))?;
    Ok((table, written))
}

/// How the dates of an import were read; empty where nothing told.
fn day_order(import: &ImportInfo) -> &'static str {
    let options: Options = serde_json::from_str(&import.options).unwrap_or_default();
    options.day_order.map_or("", |order| order.code())
}

/// The sentence that says what is wrong.
fn reason(lang: Lang, row: &RejectRow) -> String {
    tr(
        lang,
        text!(
            "reject-" + row.reason,
            column = row.column,
            value = row.value
        ),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Options;
    use crate::jobs::Progress;
    use crate::session::load_file;
    use crate::store::ImportCounts;
    use std::path::Path;

    fn load(case: &mut Case, file: &Path) -> ImportCounts {
        let progress = Progress::default();
        let report = load_file(case, file, &Options::default(), Some("d"), &progress);
        report.unwrap().unwrap().counts
    }

    fn movements(case: &Case) -> Vec<crate::domain::Movement> {
        let all = case.movements().unwrap().into_iter();
        let mut all: Vec<_> = all.map(|stored| stored.movement).collect();
        all.iter_mut().for_each(|m| m.line = 0);
        all.sort_by(|a, b| a.external_id.cmp(&b.external_id));
        all
    }

    fn territories(case: &Case) -> Vec<crate::domain::TerritoryEstimate> {
        let all = case.territories().unwrap().into_iter();
        let mut all: Vec<_> = all.map(|stored| stored.estimate).collect();
        all.iter_mut().for_each(|t| t.line = 0);
        all.sort_by(|a, b| a.external_id.cmp(&b.external_id));
        all
    }

    /// Lines and areas whose dates are no days come back as if they had been right at once.
    #[test]
    fn lines_and_areas_are_mended_in_a_table_and_come_back() {
        let file = r#"{ "type": "FeatureCollection", "features": [
            { "type": "Feature", "properties": { "id": "m1", "name": "Vuelo", "date": "DAY", "tail": "N1" },
              "geometry": { "type": "LineString", "coordinates": [[-117.1234567, 32.5], [-115.25, 28.75, 900], [-110, 23]] } },
            { "type": "Feature", "properties": { "id": "m2", "name": "Ruta", "date": "DAY" },
              "geometry": { "type": "MultiLineString", "coordinates": [[[-99.5, 27.5], [-99.6, 27.4]], [[-100, 26], [-100.3, 25.7]]] } },
            { "type": "Feature", "properties": { "id": "t1", "actor": "A", "relation": "controls", "valid_from": "DAY", "share_low": 30 },
              "geometry": { "type": "Polygon", "coordinates": [[[-100, 25], [-98, 25], [-98, 27], [-100, 25]], [[-99, 25.5], [-98.5, 25.5], [-98.5, 26], [-99, 25.5]]] } },
            { "type": "Feature", "properties": { "id": "t2", "actor": "B", "relation": "contests", "valid_from": "DAY" },
              "geometry": { "type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 0]]], [[[5, 5], [6, 5], [6, 6], [5, 5]]]] } },
            { "type": "Feature", "properties": { "id": "t3", "actor": "C", "relation": "contests" },
              "geometry": { "type": "Polygon", "coordinates": OPEN } },
            { "type": "Feature", "properties": { "id": "p1", "date": "DAY" },
              "geometry": { "type": "Point", "coordinates": [-99.5, 27.5] } },
            { "type": "Feature", "properties": { "id": "p2", "date": "2025-02-04" },
              "geometry": { "type": "Point", "coordinates": [-99.5, 27.5] } }
        ] }"#;
        let sound = file
            .replace("DAY", "2025-02-03")
            .replace("OPEN", "[[[0,0],[1,0],[1,1],[0,0]]]");
        let bad = file
            .replace("DAY", "2025-02-30")
            .replace("OPEN", "[[[0,0],[1,0],[1,1],[0,1]]]");
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("sound.geojson"), sound).unwrap();
        std::fs::write(path("bad.geojson"), bad).unwrap();
        let mut right = Case::create(&path("right.gpkg")).unwrap();
        assert_eq!(load(&mut right, &path("sound.geojson")).added, 7);

        let mut case = Case::create(&path("case.gpkg")).unwrap();
        assert_eq!(load(&mut case, &path("bad.geojson")).rejected, 6);
        let (table, rows) = rejects_table(&case, None, Lang::En).unwrap();
        assert_eq!(rows, 6);
        // The ring that is open is there to be closed, as the file had it.
        let mended = table
            .replace("2025-02-30", "2025-02-03")
            .replace("[0,0],[1,0],[1,1],[0,1]", "[0,0],[1,0],[1,1],[0,0]");
        std::fs::write(path("mended.csv"), mended).unwrap();
        let counts = load(&mut case, &path("mended.csv"));
        assert_eq!((counts.added, counts.rejected), (6, 0), "{table}");
        assert_eq!(movements(&case), movements(&right));
        assert_eq!(territories(&case), territories(&right));
    }
}
