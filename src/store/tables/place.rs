//! Places that rows of figures refer to.

use super::columns::{self, Binder, columns};
use super::table::{Shapes, Table, kept_by, of_kind};
use crate::domain::{
    Place, PlaceNames, PlacePrecision, Position, Record, RowKind, StoredPlace, Undone,
};
use crate::locale::Problem;
use crate::store::case::Case;
use crate::store::cells::{coded, local, real, some, text};
use crate::store::geometry;
use crate::store::hash::Hasher;
use crate::store::revisions::REVISED;
use crate::store::transaction::Import;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Statement};
use std::collections::{HashMap, HashSet};

pub(super) struct Places;

columns! {
    |place: &Place, to| {
        "geom" => place.position.map(|p| geometry::point_blob(p.lon, p.lat)),
        "place_precision" => place.position.map(|p| p.precision.code()),
        "radius_m" => place.position.and_then(|p| p.radius_m),
        "external_id" => key_of(place),
        "kind" => place.kind.as_str(),
        "name" => place.name.text.as_str(),
        "name_es" => place.name.es.as_deref(),
        "place" => some(&place.names.place),
        "admin2" => some(&place.names.admin2),
        "admin1" => some(&place.names.admin1),
        "country" => some(&place.names.country),
    }
}

/// Those that say where it is: a row that gives no position takes none away.
const OF_POSITION: usize = at("external_id");

impl Table for Places {
    of_kind!(Place, |place, hasher| hasher.place(place));

    fn select(&self, rows: &str) -> String {
        format!("SELECT {} FROM {rows} p", columns::listed("p", COLUMNS))
    }

    fn read(&self, row: &Row<'_>) -> rusqlite::Result<Option<Record>> {
        Ok(Some(read(row, 0)?.into()))
    }

    fn is_of_import(&self) -> bool {
        false
    }

    fn shapes(&self) -> Option<Shapes> {
        Some(Shapes {
            item: "place-shapes",
            is_sound: |value| match value {
                // It may be known by name only.
                ValueRef::Null => true,
                value => value
                    .as_blob()
                    .is_ok_and(|blob| geometry::read_point(blob).is_some()),
            },
        })
    }

    /// Those that the import brought go when nothing refers to them any more.
    fn undo(&self, conn: &Connection, import: i64, _undone: &mut Undone) -> rusqlite::Result<()> {
        conn.execute(
            "DELETE FROM place WHERE id IN (SELECT row_id FROM revision WHERE superseded_by = ?1 AND table_name = 'place')",
            [import],
        )?;
        self.put_back(conn, &kept_by(import, "place"), "")?;
        Ok(())
    }
}

/// Writes places of one import.
pub(super) struct PlaceWriter<'a> {
    /// Id and fingerprint of each place of the dataset, by its key.
    places: HashMap<String, (i64, i64)>,
    /// The highest id of a place from before this import, and those whose words are kept already.
    last_before: i64,
    kept: HashSet<i64>,
    put: Statement<'a>,
    import: Import<'a>,
}

impl<'a> PlaceWriter<'a> {
    pub(super) fn new(import: Import<'a>) -> rusqlite::Result<PlaceWriter<'a>> {
        let conn = import.conn;
        let last = "SELECT coalesce(max(id), 0) FROM place";
        let set = COLUMNS.iter().enumerate().map(|(i, name)| match i {
            ..OF_POSITION => {
                format!("{name} = iif(excluded.geom IS NULL, {name}, excluded.{name})")
            }
            _ => format!("{name} = excluded.{name}"),
        });
        let marks: Vec<String> = (2..COLUMNS.len() + 3).map(|n| format!("?{n}")).collect();
        let put = format!(
            "INSERT INTO place (id, {}, dataset_id) VALUES (?1, {}) \
             ON CONFLICT (dataset_id, external_id) DO UPDATE SET {} RETURNING id",
            COLUMNS.join(", "),
            marks.join(", "),
            set.collect::<Vec<String>>().join(", ")
        );
        Ok(PlaceWriter {
            places: known_places(conn, import.dataset_id)?,
            last_before: conn.query_row(last, [], |r| r.get(0))?,
            kept: HashSet::new(),
            put: conn.prepare(&put)?,
            import,
        })
    }

    /// The id of a place, which is written where it is new or says something else.
    pub(super) fn id_of(&mut self, place: &Place, hasher: &mut Hasher) -> rusqlite::Result<i64> {
        let key = key_of(place);
        let hash = hasher.place(place);
        let known = self.places.get(key).copied();
        if let Some((id, _)) = known.filter(|(_, known_hash)| *known_hash == hash) {
            return Ok(id);
        }
        if let Some((id, _)) = known.filter(|(id, _)| *id <= self.last_before)
            && self.kept.insert(id)
        {
            Places.keep(self.import.conn, id, self.import.id, REVISED)?;
        }
        let mut to = Binder::new(&mut self.put, None)?;
        bind(place, &mut to)?;
        to.put(self.import.dataset_id)?;
        let mut rows = self.put.raw_query();
        let Some(row) = rows.next()? else {
            return Err(rusqlite::Error::QueryReturnedNoRows);
        };
        let id = row.get(0)?;
        drop(rows);
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
    let columns = columns::listed("p", COLUMNS);
    let sql = format!("SELECT {columns}, p.id FROM place p WHERE p.dataset_id = ?1");
    let mut statement = conn.prepare(&sql)?;
    let mut hasher = Hasher::default();
    let rows = statement.query_map([dataset_id], |r| {
        let place = read(r, 0)?;
        let hash = hasher.place(&place);
        Ok((place.external_id, (r.get(COLUMNS.len())?, hash)))
    })?;
    rows.collect()
}

impl Case {
    /// Every place that some row refers to, in the order of the case.
    pub fn places(&self) -> Result<Vec<StoredPlace>, Problem> {
        let columns = columns::listed("p", COLUMNS);
        let sql = format!(
            "SELECT {columns}, p.id, d.name FROM place p JOIN dataset d ON d.id = p.dataset_id \
             WHERE EXISTS (SELECT 1 FROM series s WHERE s.place_id = p.id) ORDER BY p.id"
        );
        self.read_all("place", &sql, |r| {
            Ok(Some(StoredPlace {
                id: r.get(COLUMNS.len())?,
                dataset: text(r, COLUMNS.len() + 1)?,
                place: read(r, 0)?,
            }))
        })
    }
}

/// Reads [`COLUMNS`] from column `from` on.
pub(super) fn read(r: &Row<'_>, from: usize) -> rusqlite::Result<Place> {
    let c = |i: usize| from + i;
    let point = r.get_ref(c(const { at("geom") }))?.as_blob().ok();
    let precision = coded(
        r,
        c(const { at("place_precision") }),
        PlacePrecision::from_code,
    )?;
    let precision = precision.unwrap_or(PlacePrecision::Country);
    let position = point
        .and_then(geometry::read_point)
        .and_then(|[lon, lat]| Position::new(lon, lat, precision));
    let radius_m = real(r, c(const { at("radius_m") }))?.filter(|m| m.is_finite() && *m >= 0.0);
    Ok(Place {
        external_id: text(r, c(const { at("external_id") }))?,
        kind: text(r, c(const { at("kind") }))?,
        name: local(r, c(const { at("name") }))?,
        names: PlaceNames {
            place: text(r, c(const { at("place") }))?,
            admin2: text(r, c(const { at("admin2") }))?,
            admin1: text(r, c(const { at("admin1") }))?,
            country: text(r, c(const { at("country") }))?,
        },
        position: position.map(|p| Position { radius_m, ..p }),
    })
}
