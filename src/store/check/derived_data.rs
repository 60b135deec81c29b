//! Does what is drawn from the rows cover them: spatial indexes, kept columns, the index of words?

use super::report::{CheckReport, Wrong};
use crate::index::Wanted;
use crate::store::pack::{self, Entry};
use crate::store::{cache, columns, geometry, search};
use rusqlite::Connection;
use std::collections::HashMap;

/// Holds each box of an R-tree against the geometry it stands for.
pub(super) fn spatial_index(
    conn: &Connection,
    table: &str,
    report: &mut CheckReport,
) -> rusqlite::Result<()> {
    let name = match table {
        "incident" => "incident-index",
        _ => "territory-index",
    };
    let tree: String = conn.query_row(
        &format!("SELECT rtreecheck('rtree_{table}_geom')"),
        [],
        |r| r.get(0),
    )?;
    if tree != "ok" {
        report.add(name, false, tree);
        return Ok(());
    }
    let mut boxes: HashMap<i64, pack::Rect> = pack::read(conn, table)?
        .into_iter()
        .map(|e| (e.id, e.rect))
        .collect();
    let mut wrong = Wrong::default();
    let mut statement = conn.prepare(&format!(
        "SELECT id, geom FROM main.\"{table}\" ORDER BY id"
    ))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        let bounds = row.get_ref(1)?.as_blob().ok().and_then(geometry::bounds);
        let wanted = bounds.map(|bounds| Entry::of_bounds(id, bounds).rect);
        if boxes.remove(&id) != wanted {
            wrong.add(id);
        }
    }
    // Boxes of rows that are not there.
    let mut left: Vec<i64> = boxes.into_keys().collect();
    left.sort_unstable();
    left.into_iter().for_each(|id| wrong.add(id));
    wrong.into_report(name, report);
    Ok(())
}

/// Holds the kept columns against every row.
pub(super) fn columns(conn: &Connection, report: &mut CheckReport) -> rusqlite::Result<()> {
    let Some(kept) = cache::read(conn, Wanted::ALL)? else {
        // Without kept columns the case is read row by row: slower, and as sound.
        report.add("columns", true, 0);
        return Ok(());
    };
    let fresh = columns::columns_from_rows(conn, |_| true)?.unwrap_or_default();
    let alike = columns::rows_alike(&kept, &fresh);
    let agree = kept.len() == fresh.len() && alike == fresh.len();
    report.add("columns", agree, format!("{alike} / {}", fresh.len()));
    Ok(())
}

/// Holds the index of words, where the case has one that it goes by, against the words of every row.
pub(super) fn words(conn: &Connection, report: &mut CheckReport) -> rusqlite::Result<()> {
    if !cache::has(conn, search::READY)? {
        return Ok(());
    }
    let mut rows_with = search::rows_with_each_word(conn)?;
    let words = rows_with.len();
    let mut missing = 0_u64;
    let mut count = || -> rusqlite::Result<()> {
        conn.execute_batch("CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, search, row)")?;
        let mut statement = conn.prepare("SELECT term, doc FROM temp.word")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let of_index = row.get::<_, i64>(1)?;
            let of_rows = row
                .get_ref(0)?
                .as_str()
                .ok()
                .and_then(|w| rows_with.remove(w));
            missing += u64::from(of_rows != Some(of_index));
        }
        Ok(())
    };
    // An index that cannot be read covers nothing.
    let read = count().is_ok();
    let _ = conn.execute_batch("DROP TABLE IF EXISTS temp.word");
    missing += rows_with.len() as u64;
    let found = format!("{} / {words}", (words as u64).saturating_sub(missing));
    report.add("words", read && missing == 0, found);
    Ok(())
}
