//! Rows of figures: what one row of a file says of a place.

use super::columns::{self, Binder, columns};
use super::place;
use super::table::{Table, Titles, of_kind};
use crate::domain::{PlaceSeries, Record, RowKind, Series, StoredSeries, StoredValue};
use crate::locale::Problem;
use crate::store::case::Case;
use crate::store::cells::{extra_json, text};
use crate::store::hash::Hasher;
use crate::store::short;
use indexmap::IndexMap;
use rusqlite::Row;

pub(super) struct Figures;

columns! {
    |row: &PlaceSeries, to| {
        "place_id" => to.parent,
        "external_id" => row.external_id.as_str(),
        "line" => row.line as i64,
        "values" => serde_json::to_string(&row.series).unwrap_or_default(),
        "extra" => extra_json(&row.extra, &mut Vec::new()),
    }
}

impl Table for Figures {
    of_kind!(Series, |row, hasher| hasher.series(row));

    fn name(&self) -> &'static str {
        "series"
    }

    fn select(&self, rows: &str) -> String {
        let of_row = columns::listed("s", COLUMNS);
        let of_place = columns::listed("p", place::COLUMNS);
        format!("SELECT {of_row}, {of_place} FROM {rows} s LEFT JOIN place p ON p.id = s.place_id")
    }

    fn read(&self, r: &Row<'_>) -> rusqlite::Result<Option<Record>> {
        let line = r.get_ref(const { at("line") })?.as_i64().unwrap_or(0);
        let row = PlaceSeries {
            external_id: text(r, const { at("external_id") })?,
            line: line.cast_unsigned(),
            place: place::read(r, COLUMNS.len())?,
            series: series_from(&text(r, const { at("values") })?),
            extra: short::object(&text(r, const { at("extra") })?),
        };
        Ok(Some(row.into()))
    }

    fn titles(&self) -> Titles {
        Titles {
            now: [
                "(SELECT name FROM place p WHERE p.id = place_id)",
                "(SELECT name_es FROM place p WHERE p.id = place_id)",
                "iif(json_valid(\"values\"), json_extract(\"values\", '$[0].measure'), NULL)",
            ],
            then: [
                "(SELECT name FROM place p WHERE p.id = json_extract(row, '$.place_id'))",
                "(SELECT name_es FROM place p WHERE p.id = json_extract(row, '$.place_id'))",
                "iif(json_valid(json_extract(row, '$.values')), \
                 json_extract(json_extract(row, '$.values'), '$[0].measure'), NULL)",
            ],
        }
    }
}

impl Case {
    /// What was measured at a place, one series a quantity, in the order of the rows.
    pub fn place_series(&self, place_id: i64) -> Result<Vec<StoredSeries>, Problem> {
        let read = || {
            let mut statement = self.conn.prepare_cached(
                "SELECT import_id, line, \"values\" FROM series WHERE place_id = ?1 ORDER BY id",
            )?;
            let mut rows = statement.query([place_id])?;
            let mut found: IndexMap<(String, String), Vec<StoredValue>> = IndexMap::new();
            while let Some(r) = rows.next()? {
                let (import_id, line) = (r.get(0)?, r.get::<_, i64>(1)?.cast_unsigned());
                for series in series_from(&text(r, 2)?) {
                    let values = series.values.into_iter().map(|measured| StoredValue {
                        measured,
                        import_id,
                        line,
                    });
                    let of = (series.measure, series.unit);
                    found.entry(of).or_default().extend(values);
                }
            }
            let sorted = found.into_iter().map(|((measure, unit), mut values)| {
                values.sort_by_key(|v| (v.measured.from, v.measured.to));
                StoredSeries {
                    measure,
                    unit,
                    values,
                }
            });
            Ok(sorted.collect())
        };
        read().map_err(|e: rusqlite::Error| self.problem(&e))
    }
}

fn series_from(json: &str) -> Vec<Series> {
    serde_json::from_str(json).unwrap_or_default()
}
