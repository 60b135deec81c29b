//! Incidents without a usable place or date, those whose deaths cannot be, and those with codes or further columns
//! that cannot be read.

use super::row::{WIDTH, listed, read};
use crate::domain::{ActorType, Credibility, Deaths, Grade, Kind, PlacePrecision, TimePrecision};
use crate::store::check::report::{CheckReport, Wrong};
use crate::store::check::values::{count, has_code, is_json, is_null};
use rusqlite::Connection;

pub(super) fn incidents(conn: &Connection, report: &mut CheckReport) -> rusqlite::Result<()> {
    let (mut unusable, mut deaths) = (Wrong::default(), Wrong::default());
    let (mut codes, mut further) = (Wrong::default(), Wrong::default());
    let sql = format!("SELECT {}, i.id FROM incident i ORDER BY i.id", listed());
    let mut statement = conn.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = row.get(WIDTH)?;
        if read(row, &|_| ActorType::Unknown)?.is_none() {
            unusable.add(id);
        }
        let [low, best, high] =
            ["deaths_low", "deaths_best", "deaths_high"].map(|name| row.get_ref(name));
        let [low, best, high] = [count(low?), count(best?), count(high?)];
        let possible = match (low, best, high) {
            (Some(low), Some(best), Some(high)) => Deaths::new(low, best, high).is_some(),
            _ => false,
        };
        if !possible {
            deaths.add(id);
        }
        let is_known = has_code(row.get_ref("kind")?, Kind::from_code)
            && has_code(row.get_ref("time_precision")?, TimePrecision::from_code)
            && has_code(row.get_ref("place_precision")?, PlacePrecision::from_code)
            && has_code(row.get_ref("grade")?, Grade::parse)
            && (is_null(row.get_ref("credibility")?)
                || has_code(row.get_ref("credibility")?, Credibility::from_code));
        if !is_known {
            codes.add(id);
        }
        if !is_json(row.get_ref("extra")?) || !is_json(row.get_ref("related")?) {
            further.add(id);
        }
    }
    unusable.into_report("usable", report);
    deaths.into_report("deaths", report);
    codes.into_report("codes", report);
    further.into_report("further", report);
    Ok(())
}
