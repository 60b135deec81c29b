//! Incidents with where they come from.

use super::row::{WIDTH, extra, listed, read};
use crate::domain::{ActorType, Reliability, Source, StoredIncident};
use crate::locale::Problem;
use crate::store::actors::actor_type;
use crate::store::case::Case;
use crate::store::cells::{coded, date, text};
use crate::store::imports::{IMPORT_COLUMNS, import_from};
use crate::store::short;
use rusqlite::{Connection, OptionalExtension};

impl Case {
    /// One incident with its sources and where it comes from.
    pub fn incident(&self, id: i64) -> Result<Option<StoredIncident>, Problem> {
        stored(&self.conn, id).map_err(|e| self.problem(&e))
    }

    /// The primary key of an incident by its dataset and external id.
    pub fn incident_id(&self, dataset: &str, external_id: &str) -> Result<Option<i64>, Problem> {
        self.conn
            .prepare_cached("SELECT i.id FROM incident i JOIN dataset d ON d.id = i.dataset_id WHERE d.name = ?1 AND i.external_id = ?2")
            .and_then(|mut s| s.query_row([dataset, external_id], |r| r.get(0)).optional())
            .map_err(|e| self.problem(&e))
    }
}

/// The incident with this id; `None` where it is not there or not usable.
pub(super) fn stored(conn: &Connection, id: i64) -> rusqlite::Result<Option<StoredIncident>> {
    let of_name = |name: &str| actor_type(conn, name).unwrap_or(ActorType::Unknown);
    let sql = format!(
        "SELECT {}, d2.name, coalesce(m.extra_names, ''), {IMPORT_COLUMNS} FROM incident i JOIN import m ON m.id = i.import_id \
         JOIN dataset d ON d.id = m.dataset_id JOIN dataset d2 ON d2.id = i.dataset_id WHERE i.id = ?1",
        listed()
    );
    let found = conn
        .prepare_cached(&sql)?
        .query_row([id], |r| {
            Ok((
                read(r, &of_name)?,
                extra(r)?,
                r.get::<_, String>(WIDTH)?,
                text(r, WIDTH + 1)?,
                import_from(r, WIDTH + 2)?,
            ))
        })
        .optional()?;
    let Some((Some(mut incident), extra, dataset, names, import)) = found else {
        return Ok(None);
    };
    incident.sources = sources_of(conn, id)?;
    incident.extra = short::extra_columns(&extra, &names);
    Ok(Some(StoredIncident {
        id,
        dataset,
        import,
        incident,
    }))
}

fn sources_of(conn: &Connection, incident_id: i64) -> rusqlite::Result<Vec<Source>> {
    let mut statement = conn.prepare_cached(
        "SELECT publisher, title, date, url, language, reliability FROM source WHERE incident_id = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([incident_id], |r| {
        Ok(Source {
            publisher: text(r, 0)?,
            title: text(r, 1)?,
            date: date(r, 2)?,
            url: text(r, 3)?,
            language: text(r, 4)?,
            reliability: coded(r, 5, Reliability::from_code)?,
        })
    })?;
    rows.collect()
}
