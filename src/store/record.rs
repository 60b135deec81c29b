//! A row of the case of whatever kind, as it is now or as it was kept before an import changed it.

use super::reader::{TERRITORY_COLUMNS, stored_incident, territory_from};
use super::revisions::{incident_from, kept_columns, quoted};
use super::{movements, places};
use crate::domain::{Incident, LocalText, Movement, Place, PlaceSeries, TerritoryEstimate};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

/// The tables whose rows deliveries bring and change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKind {
    Incident,
    Territory,
    Movement,
    /// Name and position; what was measured there are rows of their own.
    Place,
    /// What one row of a file says of a place.
    Series,
}

impl RowKind {
    pub const ALL: [RowKind; 5] = [
        RowKind::Incident,
        RowKind::Territory,
        RowKind::Movement,
        RowKind::Place,
        RowKind::Series,
    ];

    /// As answers that machines read have it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            RowKind::Series => "figures",
            other => other.table(),
        }
    }

    pub(super) const fn table(self) -> &'static str {
        match self {
            RowKind::Incident => "incident",
            RowKind::Territory => "territory",
            RowKind::Movement => "movement",
            RowKind::Place => "place",
            RowKind::Series => "series",
        }
    }
}

/// What such a row says.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    Incident(Box<Incident>),
    Territory(Box<TerritoryEstimate>),
    Movement(Box<Movement>),
    Place(Box<Place>),
    /// With its place as the case has it now, whose own changes are kept with the place.
    Series(Box<PlaceSeries>),
}

impl Record {
    #[must_use]
    pub fn kind(&self) -> RowKind {
        match self {
            Record::Incident(_) => RowKind::Incident,
            Record::Territory(_) => RowKind::Territory,
            Record::Movement(_) => RowKind::Movement,
            Record::Place(_) => RowKind::Place,
            Record::Series(_) => RowKind::Series,
        }
    }

    #[must_use]
    pub fn external_id(&self) -> &str {
        match self {
            Record::Incident(i) => &i.external_id,
            Record::Territory(t) => &t.external_id,
            Record::Movement(m) => &m.external_id,
            Record::Place(p) => &p.external_id,
            Record::Series(s) => &s.external_id,
        }
    }

    /// What it is called: of figures the place and the first of what was counted there.
    #[must_use]
    pub fn title(&self) -> LocalText {
        match self {
            Record::Incident(i) => i.title.clone(),
            Record::Territory(t) => t.name.clone(),
            Record::Movement(m) => m.name.clone(),
            Record::Place(p) => p.name.clone(),
            Record::Series(s) => {
                let measure = s.series.first().map_or("", |s| &s.measure);
                measured_at(&s.place.name, measure)
            }
        }
    }

    /// Line of its file, 1-based; a place is of none.
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        match self {
            Record::Incident(i) => Some(i.line),
            Record::Territory(t) => Some(t.line),
            Record::Movement(m) => Some(m.line),
            Record::Place(_) => None,
            Record::Series(s) => Some(s.line),
        }
    }

    /// Whether the other says the same, on whatever line.
    pub(super) fn says_what(&self, other: &Record) -> bool {
        match (self, other) {
            (Record::Series(a), Record::Series(b)) => {
                (&a.place, &a.series, &a.extra) == (&b.place, &b.series, &b.extra)
            }
            (a, b) => a == b,
        }
    }
}

/// `Nuevo Laredo · Homicidio doloso`
pub(super) fn measured_at(place: &LocalText, measure: &str) -> LocalText {
    let with = |name: &String| match measure {
        "" => name.clone(),
        measure => format!("{name} · {measure}"),
    };
    LocalText {
        text: with(&place.text),
        es: place.es.as_ref().map(with),
    }
}

/// The row as it is now, and the import it is from, 0 for a place; `None` where it is not there or
/// another program made it unusable.
pub(super) fn current(
    conn: &Connection,
    kind: RowKind,
    id: i64,
) -> rusqlite::Result<Option<(Record, i64)>> {
    if kind == RowKind::Incident {
        let stored = stored_incident(conn, id)?;
        return Ok(stored.map(|s| (Record::Incident(Box::new(s.incident)), s.import.id)));
    }
    let table = kind.table();
    let rows = format!("(SELECT * FROM \"{table}\" WHERE id = ?1)");
    let Some(record) = read(conn, kind, &rows, &[Value::Integer(id)])? else {
        return Ok(None);
    };
    let import = match kind {
        RowKind::Place => 0,
        _ => conn
            .prepare_cached(&format!("SELECT import_id FROM \"{table}\" WHERE id = ?1"))?
            .query_row([id], |r| r.get(0))?,
    };
    Ok(Some((record, import)))
}

/// The row of a revision whose first columns are row, point and radius_m; `None` where another program
/// wrote what is none.
pub(super) fn kept(
    conn: &Connection,
    kind: RowKind,
    revision: &Row<'_>,
) -> rusqlite::Result<Option<Record>> {
    if kind == RowKind::Incident {
        let incident = incident_from(revision)?;
        return Ok(incident.map(|i| Record::Incident(Box::new(i))));
    }
    let row = revision.get_ref(0)?.as_str().unwrap_or_default();
    let Some((names, values)) = kept_columns(conn, kind.table(), row)? else {
        return Ok(None);
    };
    // Read as a table of one row, and so by those who read the tables.
    let columns = names.iter().enumerate();
    let mut columns: Vec<String> = columns
        .map(|(i, name)| format!("?{} AS {name}", i + 1))
        .collect();
    let table = conn.prepare_cached(&format!("SELECT * FROM \"{}\" WHERE 0", kind.table()))?;
    for name in table.column_names().map(quoted) {
        if !names.contains(&name) {
            columns.push(format!("NULL AS {name}"));
        }
    }
    let rows = format!("(SELECT {})", columns.join(", "));
    read(conn, kind, &rows, &values)
}

/// The one row of `rows`.
fn read(
    conn: &Connection,
    kind: RowKind,
    rows: &str,
    values: &[Value],
) -> rusqlite::Result<Option<Record>> {
    let sql = match kind {
        RowKind::Incident => return Ok(None),
        RowKind::Territory => {
            format!(
                "SELECT {TERRITORY_COLUMNS} FROM {rows} t JOIN dataset d ON d.id = t.dataset_id"
            )
        }
        RowKind::Movement => {
            let columns = movements::COLUMNS;
            format!("SELECT {columns} FROM {rows} v JOIN dataset d ON d.id = v.dataset_id")
        }
        RowKind::Place => format!("SELECT {} FROM {rows} p", places::COLUMNS),
        RowKind::Series => {
            let (of_place, of_row) = (places::COLUMNS, places::ROW_COLUMNS);
            format!(
                "SELECT {of_place}, {of_row} FROM {rows} s LEFT JOIN place p ON p.id = s.place_id"
            )
        }
    };
    let found = conn
        .prepare_cached(&sql)?
        .query_row(params_from_iter(values), |r| {
            Ok(match kind {
                RowKind::Incident => None,
                RowKind::Territory => {
                    territory_from(r)?.map(|t| Record::Territory(Box::new(t.estimate)))
                }
                RowKind::Movement => {
                    movements::movement_from(r)?.map(|m| Record::Movement(Box::new(m.movement)))
                }
                RowKind::Place => Some(Record::Place(Box::new(places::place_from(r)?))),
                RowKind::Series => Some(Record::Series(Box::new(places::row_from(r)?))),
            })
        });
    Ok(found.optional()?.flatten())
}
