//! Places with what was measured there: rows of many values into the case, series out of it.

use super::hash::Hasher;
use super::keyed::{Keyed, Verdict};
use super::reader::{coded, real, some_text, text};
use super::rows::{extra_json, some};
use super::short;
use super::{Case, geometry, revisions};
use crate::domain::{
    LocalText, Place, PlaceNames, PlacePrecision, PlaceSeries, Position, RowOutcome, Series,
    StoredPlace, StoredSeries, StoredValue,
};
use crate::locale::Problem;
use rusqlite::{Connection, Row, Statement, params};
use std::collections::{HashMap, HashSet};

pub(super) const COLUMNS: &str = "p.id, p.geom, p.external_id, p.kind, p.name, p.name_es, p.place, p.admin2, p.admin1, \
    p.country, p.place_precision, p.radius_m";

/// Writes rows of places of one import.
pub(super) struct PlaceWriter<'a> {
    conn: &'a Connection,
    pub(super) keyed: Keyed<'a>,
    /// Id and fingerprint of each place of the dataset, by its key.
    places: HashMap<String, (i64, i64)>,
    /// The highest id of a place from before this import, and those whose words are kept already.
    last_before: i64,
    kept: HashSet<i64>,
    put_place: Statement<'a>,
    put: Statement<'a>,
    dataset_id: i64,
    import_id: i64,
    json: Vec<u8>,
}

impl<'a> PlaceWriter<'a> {
    pub(super) fn new(
        conn: &'a Connection,
        dataset_id: i64,
        import_id: i64,
    ) -> rusqlite::Result<PlaceWriter<'a>> {
        let last_before =
            conn.query_row("SELECT coalesce(max(id), 0) FROM place", [], |r| r.get(0))?;
        Ok(PlaceWriter {
            last_before,
            kept: HashSet::new(),
            conn,
            keyed: Keyed::new(conn, "series", dataset_id, import_id)?,
            places: known_places(conn, dataset_id)?,
            // A row that gives no position takes none away.
            put_place: conn.prepare(
                "INSERT INTO place (geom, place_precision, radius_m, kind, name, name_es, place, admin2, admin1, country, \
                 dataset_id, external_id) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12) \
                 ON CONFLICT (dataset_id, external_id) DO UPDATE SET \
                 place_precision = iif(?1 IS NULL, place_precision, ?2), radius_m = iif(?1 IS NULL, radius_m, ?3), \
                 geom = coalesce(?1, geom), kind = ?4, name = ?5, name_es = ?6, place = ?7, admin2 = ?8, admin1 = ?9, \
                 country = ?10 RETURNING id",
            )?,
            put: conn.prepare(
                "INSERT OR REPLACE INTO series (id, place_id, dataset_id, external_id, import_id, line, \"values\", extra, \
                 row_hash) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)",
            )?,
            dataset_id,
            import_id,
            json: Vec::new(),
        })
    }

    /// What a changed row said before is kept.
    pub(super) fn write(
        &mut self,
        row: &PlaceSeries,
        hasher: &mut Hasher,
    ) -> rusqlite::Result<RowOutcome> {
        let row_hash = hasher.series(row);
        let (id, outcome) = match self.keyed.judge(&row.external_id, row_hash)? {
            Verdict::Same => return Ok(RowOutcome::Unchanged),
            Verdict::Twice => return Ok(RowOutcome::DuplicateKey),
            Verdict::New => (None, RowOutcome::Added),
            Verdict::Changed(id) => {
                revisions::keep_row(self.conn, "series", id, self.import_id, revisions::REVISED)?;
                (Some(id), RowOutcome::Updated)
            }
        };
        let place_id = self.put_place(&row.place, hasher)?;
        self.put.execute(params![
            id,
            place_id,
            self.dataset_id,
            row.external_id,
            self.import_id,
            row.line as i64,
            serde_json::to_string(&row.series).unwrap_or_default(),
            extra_json(&row.extra, &mut self.json),
            row_hash
        ])?;
        Ok(outcome)
    }

    fn put_place(&mut self, place: &Place, hasher: &mut Hasher) -> rusqlite::Result<i64> {
        let key = key_of(place);
        let hash = hasher.place(place);
        let known = self.places.get(key).copied();
        if let Some((id, _)) = known.filter(|(_, known_hash)| *known_hash == hash) {
            return Ok(id);
        }
        if let Some((id, _)) = known.filter(|(id, _)| *id <= self.last_before)
            && self.kept.insert(id)
        {
            revisions::keep_row(self.conn, "place", id, self.import_id, revisions::REVISED)?;
        }
        let at = place.position;
        let bound = params![
            at.map(|p| geometry::point_blob(p.lon, p.lat)),
            at.map(|p| p.precision.code()),
            at.and_then(|p| p.radius_m),
            place.kind,
            place.name.text,
            place.name.es,
            some(&place.names.place),
            some(&place.names.admin2),
            some(&place.names.admin1),
            some(&place.names.country),
            self.dataset_id,
            key
        ];
        let id = self.put_place.query_row(bound, |r| r.get(0))?;
        self.places.insert(key.to_owned(), (id, hash));
        Ok(id)
    }
}

/// A place that the source gives no key is known by its name.
fn key_of(place: &Place) -> &str {
    match place.external_id.as_str() {
        "" => &place.name.text,
        key => key,
    }
}

fn known_places(
    conn: &Connection,
    dataset_id: i64,
) -> rusqlite::Result<HashMap<String, (i64, i64)>> {
    let sql = format!("SELECT {COLUMNS} FROM place p WHERE p.dataset_id = ?1");
    let mut statement = conn.prepare(&sql)?;
    let mut hasher = Hasher::default();
    let rows = statement.query_map([dataset_id], |r| {
        let place = place_from(r)?;
        let hash = hasher.place(&place);
        Ok((place.external_id, (r.get(0)?, hash)))
    })?;
    rows.collect()
}

impl Case {
    /// Every place of which some row tells, in the order of the case.
    pub fn places(&self) -> Result<Vec<StoredPlace>, Problem> {
        let read = || {
            if !self.has_table("place")? {
                return Ok(Vec::new());
            }
            let sql = format!(
                "SELECT {COLUMNS}, d.name FROM place p JOIN dataset d ON d.id = p.dataset_id \
                 WHERE EXISTS (SELECT 1 FROM series s WHERE s.place_id = p.id) ORDER BY p.id"
            );
            let mut statement = self.conn.prepare(&sql)?;
            let rows = statement.query_map([], |r| {
                Ok(StoredPlace {
                    id: r.get(0)?,
                    dataset: text(r, 12)?,
                    place: place_from(r)?,
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|e| self.problem(&e))
    }

    /// What was measured at a place, one series a quantity, in the order of the rows.
    pub fn place_series(&self, place_id: i64) -> Result<Vec<StoredSeries>, Problem> {
        let read = || {
            let mut statement = self.conn.prepare_cached(
                "SELECT import_id, line, \"values\" FROM series WHERE place_id = ?1 ORDER BY id",
            )?;
            let mut rows = statement.query([place_id])?;
            let mut found: indexmap::IndexMap<(String, String), Vec<StoredValue>> =
                indexmap::IndexMap::new();
            while let Some(r) = rows.next()? {
                let (import_id, line) = (r.get(0)?, r.get::<_, i64>(1)? as u64);
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

/// What a row `s` says of its place, behind [`COLUMNS`] of the place.
pub(super) const ROW_COLUMNS: &str = "s.external_id, s.line, s.\"values\", s.extra";

/// Reads [`COLUMNS`] and [`ROW_COLUMNS`].
pub(super) fn row_from(r: &Row<'_>) -> rusqlite::Result<PlaceSeries> {
    Ok(PlaceSeries {
        external_id: text(r, 12)?,
        line: r.get_ref(13)?.as_i64().unwrap_or(0).cast_unsigned(),
        place: place_from(r)?,
        series: series_from(&text(r, 14)?),
        extra: short::object(&text(r, 15)?),
    })
}

/// Reads [`COLUMNS`].
pub(super) fn place_from(r: &Row<'_>) -> rusqlite::Result<Place> {
    let point = r.get_ref(1)?.as_blob().ok();
    let precision = coded(r, 10, PlacePrecision::from_code)?.unwrap_or(PlacePrecision::Country);
    let position = point
        .and_then(geometry::read_point)
        .and_then(|[lon, lat]| Position::new(lon, lat, precision));
    let radius_m = real(r, 11)?.filter(|m| m.is_finite() && *m >= 0.0);
    Ok(Place {
        external_id: text(r, 2)?,
        kind: text(r, 3)?,
        name: LocalText {
            text: text(r, 4)?,
            es: some_text(r, 5)?,
        },
        names: PlaceNames {
            place: text(r, 6)?,
            admin2: text(r, 7)?,
            admin1: text(r, 8)?,
            country: text(r, 9)?,
        },
        position: position.map(|p| Position { radius_m, ..p }),
    })
}
