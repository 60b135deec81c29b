//! Incidents of one import: a million may come, so they go in without the triggers, and with them grow the
//! columns in memory that are kept with the case.

use super::actors::{ActorWriter, actor_types};
use super::bulk::Bulk;
use super::case::Case;
use super::cells::plain_name;
use super::columns::{columns_from_rows, kept_columns};
use super::file::CaseFile;
use super::hash::{Hasher, KEEPS_V1, incident_hash_v1};
use super::problem::{LAST_ID, no_more_ids};
use super::revisions::{RETIRED, REVISED};
use super::tables::incident::{IncidentRows, Incidents};
use super::tables::{Asked, Keyed, Standing, Table};
use super::transaction::Import;
use super::{cache, contents, derived, links, search};
use crate::domain::{ActorType, ImportCounts, Incident, RowOutcome};
use crate::index::{Builder, Columns, Wanted};
use rusqlite::Connection;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// More new rows than this leave the full-text index to be built anew, when the import is done.
const SEARCH_GOES_ON_ROWS: u64 = 20_000;

/// Writes incidents of one import.
pub(super) struct IncidentWriter<'a> {
    import: Import<'a>,
    dataset: String,
    rows: IncidentRows<'a>,
    keyed: Keyed<'a>,
    /// Whether rows may have the fingerprint of schema version 1.
    keeps_v1: bool,
    /// Whether the dataset has incidents from before this import.
    has_rows: bool,
    ids: Ids,
    /// Whether the full-text index was that of the rows before this import, which only go on behind them.
    search_goes_on: bool,
    /// Rows left since the case has a newer version of them.
    pub older: u64,
    /// Rows that say just what an earlier one of the file says under the same id.
    pub repeated: u64,
    bulk: Bulk,
    /// The columns as the import leaves them; `None` where what was there is not known.
    columns: Option<Builder>,
}

/// Ids that incidents of an import get.
struct Ids {
    next: i64,
    first_new: i64,
    /// Those that rows of this dataset had before they were retired, by their key.
    retired: HashMap<String, i64>,
    /// Retired incidents that this import has brought again.
    come_back: HashSet<i64>,
}

impl Ids {
    /// Before the import is recorded.
    fn new(conn: &Connection) -> rusqlite::Result<Ids> {
        // An id that a row had before is not given to another.
        let last: i64 = conn.query_row(
            "SELECT max(coalesce((SELECT max(id) FROM incident), 0), \
             coalesce((SELECT max(row_id) FROM revision WHERE table_name = 'incident'), 0), \
             coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'incident'), 0))",
            [],
            |r| r.get(0),
        )?;
        if last >= LAST_ID {
            return Err(no_more_ids());
        }
        Ok(Ids {
            next: last + 1,
            first_new: last + 1,
            retired: HashMap::new(),
            come_back: HashSet::new(),
        })
    }
}

/// What is known of the incidents of a case before an import changes anything.
pub(super) struct Before {
    rows: u64,
    columns: Option<Builder>,
    search_was_ready: bool,
    ids: Ids,
}

impl Before {
    /// In the transaction of the import. What is kept and not true now is let go, not to be called so at the end.
    pub(super) fn look(case: &Case) -> rusqlite::Result<Before> {
        let conn = &case.conn;
        let rows: i64 = conn.query_row("SELECT count(*) FROM incident", [], |r| r.get(0))?;
        // Read before the first change empties them.
        let columns = match rows {
            0 => Some(Builder::default()),
            _ => kept_columns(conn, &case.file, Wanted::ALL)?.map(Builder::resume),
        };
        let search_was_ready = search::is_ready(conn, &case.file)?;
        if !derived::is_true(conn, &case.file)? {
            cache::empty(conn)?;
        }
        Ok(Before {
            rows: rows.cast_unsigned(),
            columns,
            search_was_ready,
            ids: Ids::new(conn)?,
        })
    }
}

impl<'a> IncidentWriter<'a> {
    pub(super) fn new(
        import: Import<'a>,
        dataset: &str,
        before: Before,
    ) -> rusqlite::Result<IncidentWriter<'a>> {
        let (conn, dataset_id) = (import.conn, import.dataset_id);
        let exists = |sql: &str, value: &dyn rusqlite::ToSql| conn.prepare(sql)?.exists([value]);
        let of_dataset = "SELECT 1 FROM incident WHERE dataset_id = ?1 LIMIT 1";
        let setting = "SELECT 1 FROM setting WHERE key = ?1";
        Ok(IncidentWriter {
            dataset: dataset.to_owned(),
            rows: IncidentRows::new(import)?,
            keyed: Keyed::new("incident", Incidents.columns(), import)?,
            keeps_v1: exists(setting, &KEEPS_V1)?,
            has_rows: exists(of_dataset, &dataset_id)?,
            ids: Ids {
                retired: retired_ids(conn, dataset_id)?,
                ..before.ids
            },
            search_goes_on: before.search_was_ready,
            older: 0,
            repeated: 0,
            bulk: match before.rows {
                0 => Bulk::of_all_rows(),
                rows => Bulk::new(rows),
            },
            columns: before.columns,
            import,
        })
    }

    pub(super) fn write(
        &mut self,
        incident: &Incident,
        hasher: &mut Hasher,
        actors: &mut ActorWriter<'a>,
    ) -> rusqlite::Result<RowOutcome> {
        let hash = hasher.incident(incident);
        // In a dataset without rows nearly every row is new, and the insert itself finds the others.
        if !self.has_rows && self.insert(incident, hash, actors)? {
            return Ok(RowOutcome::Added);
        }
        let earlier_hash: &dyn Fn() -> i64 = &|| incident_hash_v1(incident);
        let standing = self.keyed.judge(&Asked {
            external_id: &incident.external_id,
            hash,
            version: incident.version,
            earlier_hash: self.keeps_v1.then_some(earlier_hash),
        })?;
        match standing {
            Standing::New => {
                self.insert(incident, hash, actors)?;
                Ok(RowOutcome::Added)
            }
            Standing::Same { again } => {
                self.repeated += u64::from(again);
                Ok(RowOutcome::Unchanged)
            }
            Standing::Twice => Ok(RowOutcome::DuplicateKey),
            Standing::Older => {
                self.older += 1;
                Ok(RowOutcome::Unchanged)
            }
            // Of the two it is the other that is left out.
            Standing::Overtakes(id) => {
                self.update(id, incident, hash, actors)?;
                // They are read anew at the end: these only let go of rows from before the import.
                self.columns = None;
                self.older += 1;
                Ok(RowOutcome::Unchanged)
            }
            Standing::Changed(id) => {
                Incidents.keep(self.import.conn, id, self.import.id, REVISED)?;
                self.update(id, incident, hash, actors)?;
                if let Some(columns) = &mut self.columns {
                    columns.take_out(id);
                }
                self.push(id, incident);
                Ok(RowOutcome::Updated)
            }
        }
    }

    fn update(
        &mut self,
        id: i64,
        incident: &Incident,
        hash: i64,
        actors: &mut ActorWriter<'a>,
    ) -> rusqlite::Result<()> {
        self.bulk.before_write(self.import.conn)?;
        self.rows.update(id, incident, hash, actors)?;
        self.bulk.updated(id, incident);
        Ok(())
    }

    /// `false` where the dataset has a row of that key.
    fn insert(
        &mut self,
        incident: &Incident,
        hash: i64,
        actors: &mut ActorWriter<'a>,
    ) -> rusqlite::Result<bool> {
        self.bulk.before_write(self.import.conn)?;
        let before = match self.ids.retired.is_empty() {
            true => None,
            false => self.ids.retired.get(&incident.external_id).copied(),
        };
        let id = before.unwrap_or(self.ids.next);
        let added = self.rows.insert(id, incident, hash, actors)?;
        if added {
            if before.is_some() {
                self.ids.come_back.insert(id);
                // Its words are not behind the last of the index.
                self.search_goes_on = false;
            } else {
                self.ids.next += 1;
            }
            self.bulk.added(id, incident);
            self.push(id, incident);
        }
        Ok(added)
    }

    fn push(&mut self, id: i64, incident: &Incident) {
        if let Some(columns) = &mut self.columns {
            columns.push(id, &self.dataset, &as_stored(incident));
        }
    }

    /// Ids from here on are of rows that this import has added.
    pub(super) fn first_new_id(&self) -> i64 {
        self.ids.first_new
    }

    /// Whether a row from before this import was met and left as it was.
    pub(super) fn has_met(&self, id: i64) -> bool {
        self.keyed.has_met(id)
    }

    /// Retires a row with what was said of it; `false` where it cannot be kept, and then it stays.
    pub(super) fn retire(&mut self, id: i64) -> rusqlite::Result<bool> {
        let Import { conn, id: by, .. } = self.import;
        if !Incidents.keep(conn, id, by, RETIRED)? {
            return Ok(false);
        }
        links::retire(conn, id, by)?;
        self.bulk.before_write(conn)?;
        Incidents.delete(conn, id)?;
        self.bulk.removed(id);
        if let Some(columns) = &mut self.columns {
            columns.take_out(id);
        }
        Ok(true)
    }

    pub(super) fn extra_names(&self) -> Option<String> {
        self.rows.extra_names()
    }

    /// Ends with the indexes as the rows are now and what is kept with them, and says how far they reach.
    pub(super) fn finish(&mut self, counts: ImportCounts, file: &CaseFile) -> rusqlite::Result<()> {
        let conn = self.import.conn;
        let columns = self.columns_now()?;
        match self.bulk.is_whole() {
            true => self.bulk.finish_whole(conn, &columns)?,
            false => self.bulk.finish(conn)?,
        }
        links::come_back(conn, &self.ids.come_back)?;
        let pays = derived::pays(conn)?;
        if pays {
            cache::keep(conn, &columns)?;
        }
        if self.search_goes_on
            && counts.updated + counts.retired == 0
            && counts.added <= SEARCH_GOES_ON_ROWS
            && !cache::has(conn, search::READY)?
        {
            search::go_on(conn, self.ids.first_new)?;
        }
        contents::update(conn, columns.lon_lat_extent())?;
        match pays {
            true => derived::confirm(conn, file),
            false => Ok(()),
        }
    }

    /// The columns of the rows as they are now.
    fn columns_now(&mut self) -> rusqlite::Result<Columns> {
        let conn = self.import.conn;
        let Some(builder) = self.columns.take() else {
            return Ok(columns_from_rows(conn, |_| true)?.unwrap_or_default());
        };
        let mut columns = builder.finish();
        // An actor is of one type in the whole case, whatever each row says.
        let types = actor_types(conn)?;
        let of = |name| types.get(name).copied().unwrap_or(ActorType::Unknown);
        columns.actor_types = columns.actors.iter().map(|(_, name)| of(name)).collect();
        Ok(columns)
    }
}

/// The incident as it is read back: names in a side hold no `;`, and none is empty.
fn as_stored(incident: &Incident) -> Cow<'_, Incident> {
    let mut sides = incident.side_a.iter().chain(&incident.side_b);
    if sides.all(|a| !a.name.contains(';') && !a.name.is_empty()) {
        return Cow::Borrowed(incident);
    }
    let mut stored = incident.clone();
    for side in [&mut stored.side_a, &mut stored.side_b] {
        side.retain(|a| !a.name.is_empty());
        side.iter_mut().for_each(|a| a.name = plain_name(&a.name));
    }
    Cow::Owned(stored)
}

/// Ids of the retired incidents of a dataset, by their key.
fn retired_ids(conn: &Connection, dataset_id: i64) -> rusqlite::Result<HashMap<String, i64>> {
    // Another program may have written what is no incident.
    let mut statement = conn.prepare(
        "SELECT iif(json_valid(v.row), json_extract(v.row, '$.external_id'), NULL), v.row_id FROM revision v \
         JOIN import m ON m.id = v.superseded_by WHERE m.dataset_id = ?1 AND m.retired > 0 \
         AND v.table_name = 'incident' AND v.change = 'retired'",
    )?;
    let mut rows = statement.query([dataset_id])?;
    let mut ids = HashMap::new();
    while let Some(row) = rows.next()? {
        if let Ok(key) = row.get_ref(0)?.as_str() {
            ids.insert(key.to_owned(), row.get(1)?);
        }
    }
    Ok(ids)
}
