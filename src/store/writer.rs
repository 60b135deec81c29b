//! Imports: one transaction a file, so that a failure or a cancel leaves the case as it was.

use super::bulk::Bulk;
use super::hash::{Hasher, KEEPS_V1, incident_hash_v1, territory_hash};
use super::movements::MovementWriter;
use super::places::PlaceWriter;
use super::retire::{self, Full};
use super::rows::{RowWriter, date_text, extra_json, plain_name, some};
use super::{Case, cache, derived, geometry, guard, links, reader, revisions, search};
use crate::domain::{
    ActorType, ImportCounts, Incident, Movement, NewImport, PlaceSeries, RowOutcome,
    TerritoryEstimate,
};
use crate::index::{Builder, Columns, Wanted};
use crate::locale::Problem;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Statement, params};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

/// A territory of this dataset that the case already has.
pub(super) struct Known {
    pub id: i64,
    row_hash: i64,
    /// Whether this import has met it.
    pub seen: bool,
}

/// An import under way. Dropped without [`ImportWriter::commit`], it leaves no trace.
pub struct ImportWriter<'a> {
    rows: RowWriter<'a>,
    find: Statement<'a>,
    add_reject: Statement<'a>,
    hasher: Hasher,
    case: &'a Case,
    pub(super) import_id: i64,
    pub(super) dataset_id: i64,
    dataset: String,
    sha256: String,
    /// Whether rows may have the fingerprint of schema version 1.
    keeps_v1: bool,
    /// Whether the dataset has incidents from before this import.
    has_rows: bool,
    /// Incidents from before that this import has met and left as they were.
    pub(super) met: HashSet<i64>,
    next_id: i64,
    pub(super) first_new_id: i64,
    /// Whether the full-text index was that of the rows before this import.
    search_was_ready: bool,
    pub(super) territories: HashMap<String, Known>,
    /// The file is the whole dataset: see [`super::retire`].
    pub(super) full: Option<Full>,
    /// Ids that rows of this dataset had before they were retired, by their key.
    retired: HashMap<String, i64>,
    /// Retired incidents that this import has brought again.
    come_back: HashSet<i64>,
    /// Rows left since the case has a newer version of them.
    older: u64,
    /// Rows that say just what an earlier one of the file says under the same id.
    repeated: u64,
    /// Made with the first row of their kind.
    pub(super) movements: Option<MovementWriter<'a>>,
    pub(super) places: Option<PlaceWriter<'a>>,
    pub(super) counts: ImportCounts,
    pub(super) bulk: Bulk,
    /// The columns as the import leaves them; `None` where what was there is not known.
    pub(super) columns: Option<Builder>,
    pub(super) tx: Transaction<'a>,
}

/// A transaction that is undone unless committed. Keys that point to other rows are not looked up
/// meanwhile: an import only writes keys that it has just made or read.
pub(super) struct Transaction<'a> {
    pub(super) conn: &'a Connection,
}

impl<'a> Transaction<'a> {
    pub(super) fn begin(conn: &'a Connection) -> rusqlite::Result<Transaction<'a>> {
        conn.execute_batch("PRAGMA foreign_keys = OFF")?;
        let tx = Transaction { conn };
        // The writer's place is taken before anything is read: between reading and writing no other
        // may change what was read.
        conn.execute_batch("BEGIN IMMEDIATE")?;
        guard::still_ours(conn)?;
        Ok(tx)
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.conn.is_autocommit() {
            let _ = self.conn.execute_batch("ROLLBACK");
        }
        let _ = self.conn.execute_batch("PRAGMA foreign_keys = ON");
    }
}

impl Case {
    /// Begins an import.
    pub fn begin_import(&mut self, import: &NewImport) -> Result<ImportWriter<'_>, Problem> {
        if let Some(why) = &self.read_only {
            return Err(why.clone());
        }
        self.make_way();
        self.check_received(import)?;
        let keeps_v1 = self.setting(KEEPS_V1)?.is_some();
        ImportWriter::begin(self, import, keeps_v1).map_err(|e| self.problem(&e))
    }

    /// A delivery cannot have been received in the future, nor before one of its dataset that is in the
    /// case: what was known on a day would change afterwards.
    fn check_received(&self, import: &NewImport) -> Result<(), Problem> {
        let Some(received) = import.received else {
            return Ok(());
        };
        let today = jiff::Timestamp::now()
            .to_zoned(jiff::tz::TimeZone::UTC)
            .date();
        if received > today {
            return Err(Problem::new("problem-received-future").with("date", received));
        }
        let imports = self.imports()?;
        let of_dataset = imports.iter().filter(|i| i.dataset == import.dataset);
        let days = of_dataset.filter_map(|i| i.known_at.get(..10)?.parse::<Date>().ok());
        match days.max().filter(|last| received < *last) {
            None => Ok(()),
            Some(last) => Err(Problem::new("problem-received-early")
                .with("date", received)
                .with("dataset", &import.dataset)
                .with("last", last)),
        }
    }

    /// Keeps a value under a key, such as the workspace.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<(), Problem> {
        if let Some(why) = &self.read_only {
            return Err(why.clone());
        }
        let sql = "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT(key) DO UPDATE SET value = excluded.value";
        derived::carried_on(&self.conn, &self.file, || {
            self.conn.execute(sql, [key, value])
        })
        .map_err(|e| self.problem(&e))?;
        Ok(())
    }
}

/// More new rows than this leave the full-text index to be built anew, when the import is done.
const SEARCH_GOES_ON_ROWS: u64 = 20_000;

impl<'a> ImportWriter<'a> {
    fn begin(
        case: &'a Case,
        import: &NewImport,
        keeps_v1: bool,
    ) -> rusqlite::Result<ImportWriter<'a>> {
        let conn = &case.conn;
        let tx = Transaction::begin(conn)?;
        let rows_before: i64 = conn.query_row("SELECT count(*) FROM incident", [], |r| r.get(0))?;
        // Read before the first change empties them.
        let columns = match rows_before {
            0 => Some(Builder::default()),
            _ => derived::columns(conn, &case.file, Wanted::ALL)?.map(Builder::resume),
        };
        let search_was_ready = search::is_ready(conn, &case.file)?;
        // What is not true now is not to be called so at the end.
        if !derived::is_true(conn, &case.file)? {
            cache::empty(conn)?;
        }
        // An id that a row had before is not given to another.
        let last_id: i64 = conn.query_row(
            "SELECT max(coalesce((SELECT max(id) FROM incident), 0), \
             coalesce((SELECT max(row_id) FROM revision WHERE table_name = 'incident'), 0), \
             coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'incident'), 0))",
            [],
            |r| r.get(0),
        )?;
        if last_id >= super::LAST_ID {
            return Err(super::no_more_ids());
        }
        let next_id = last_id + 1;
        let dataset_id = dataset_id(conn, import)?;
        let import_id = add_import(conn, dataset_id, import)?;
        Ok(ImportWriter {
            rows: RowWriter::new(conn, dataset_id, import_id)?,
            find: conn.prepare(
                "SELECT id, row_hash, import_id, version FROM incident WHERE dataset_id = ?1 AND external_id = ?2",
            )?,
            add_reject: conn.prepare(
                "INSERT INTO reject (import_id, line, \"column\", value, reason, raw) VALUES (?1,?2,?3,?4,?5,?6)",
            )?,
            hasher: Hasher::default(),
            case,
            import_id,
            dataset_id,
            dataset: import.dataset.clone(),
            sha256: import.sha256.clone(),
            keeps_v1,
            has_rows: conn.query_row(
                "SELECT EXISTS (SELECT 1 FROM incident WHERE dataset_id = ?1)",
                [dataset_id],
                |r| r.get(0),
            )?,
            met: HashSet::new(),
            next_id,
            first_new_id: next_id,
            search_was_ready,
            territories: known_territories(conn, dataset_id)?,
            full: import.full.then(|| Full::new(import.force)),
            retired: retire::retired_ids(conn, dataset_id)?,
            come_back: HashSet::new(),
            older: 0,
            repeated: 0,
            movements: None,
            places: None,
            counts: ImportCounts::default(),
            bulk: match rows_before {
                0 => Bulk::of_all_rows(),
                _ => Bulk::new(rows_before as u64),
            },
            columns,
            tx,
        })
    }

    pub fn incident(&mut self, incident: &Incident) -> Result<RowOutcome, Problem> {
        let outcome = self
            .write_incident(incident)
            .map_err(|e| self.problem(&e))?;
        self.count(outcome);
        Ok(outcome)
    }

    fn write_incident(&mut self, incident: &Incident) -> rusqlite::Result<RowOutcome> {
        let hash = self.hasher.incident(incident);
        // In a dataset without rows nearly every row is new, and the insert itself tells.
        if !self.has_rows && self.insert(incident, hash)? {
            return Ok(RowOutcome::Added);
        }
        let found = self
            .find
            .query_row(
                params![self.dataset_id, incident.external_id],
                |r| -> rusqlite::Result<([i64; 3], Option<i64>)> {
                    Ok(([r.get(0)?, r.get(1)?, r.get(2)?], r.get(3)?))
                },
            )
            .optional()?;
        let Some(([id, known_hash, import_id], version)) = found else {
            self.insert(incident, hash)?;
            return Ok(RowOutcome::Added);
        };
        let same =
            known_hash == hash || (self.keeps_v1 && known_hash == incident_hash_v1(incident));
        let met = import_id == self.import_id || self.met.contains(&id);
        if same {
            if met {
                self.repeated += 1;
            } else {
                self.met.insert(id);
            }
            return Ok(RowOutcome::Unchanged);
        }
        match incident
            .version
            .zip(version)
            .map(|(of_row, known)| of_row.cmp(&known))
        {
            Some(Ordering::Less) => {
                self.met.insert(id);
                self.older += 1;
                return Ok(RowOutcome::Unchanged);
            }
            Some(Ordering::Greater) if import_id == self.import_id => {
                return self.overtake(id, incident, hash);
            }
            Some(Ordering::Greater) => {}
            // Two different rows under one key in one file would replace each other at every load.
            _ if met => return Ok(RowOutcome::DuplicateKey),
            _ => {}
        }
        revisions::keep(self.tx.conn, id, self.import_id, revisions::REVISED)?;
        self.bulk.before_write(self.tx.conn)?;
        self.rows.update(id, incident, hash)?;
        self.bulk.updated(id, incident);
        if let Some(columns) = &mut self.columns {
            columns.take_out(id);
        }
        self.push(id, incident);
        Ok(RowOutcome::Updated)
    }

    /// A newer version takes the place of one that this import has written: of the two it is the
    /// other that is left aside.
    fn overtake(&mut self, id: i64, newer: &Incident, hash: i64) -> rusqlite::Result<RowOutcome> {
        self.bulk.before_write(self.tx.conn)?;
        self.rows.update(id, newer, hash)?;
        self.bulk.updated(id, newer);
        // They are read anew at the end: these only let go of rows from before the import.
        self.columns = None;
        self.older += 1;
        Ok(RowOutcome::Unchanged)
    }

    /// `false` where the dataset has a row of that key.
    fn insert(&mut self, incident: &Incident, hash: i64) -> rusqlite::Result<bool> {
        self.bulk.before_write(self.tx.conn)?;
        let before = match self.retired.is_empty() {
            true => None,
            false => self.retired.get(&incident.external_id).copied(),
        };
        let id = before.unwrap_or(self.next_id);
        let added = self.rows.insert(id, incident, hash)?;
        if added {
            if before.is_some() {
                self.come_back.insert(id);
                // Its words are not behind the last of the index.
                self.search_was_ready = false;
            } else {
                self.next_id += 1;
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

    pub fn territory(&mut self, estimate: &TerritoryEstimate) -> Result<RowOutcome, Problem> {
        let hash = territory_hash(estimate);
        let known = self.territories.get_mut(&estimate.external_id);
        let (outcome, replaced) = judge(known, hash);
        if matches!(outcome, RowOutcome::Added | RowOutcome::Updated) {
            let id = self
                .keep_territory(replaced)
                .and_then(|()| self.write_territory(estimate, hash, replaced))
                .map_err(|e| self.problem(&e))?;
            self.territories.insert(
                estimate.external_id.clone(),
                Known {
                    id,
                    row_hash: hash,
                    seen: true,
                },
            );
        }
        self.count(outcome);
        Ok(outcome)
    }

    fn keep_territory(&self, replaced: Option<i64>) -> rusqlite::Result<()> {
        let (conn, revised) = (self.tx.conn, revisions::REVISED);
        match replaced {
            Some(id) => revisions::keep_row(conn, "territory", id, self.import_id, revised),
            None => Ok(()),
        }
    }

    pub fn movement(&mut self, movement: &Movement) -> Result<RowOutcome, Problem> {
        let outcome = self
            .write_movement(movement)
            .map_err(|e| self.problem(&e))?;
        self.count(outcome);
        Ok(outcome)
    }

    fn write_movement(&mut self, movement: &Movement) -> rusqlite::Result<RowOutcome> {
        let known = self.movements.take();
        let made = known.map_or_else(
            || MovementWriter::new(self.tx.conn, self.dataset_id, self.import_id),
            Ok,
        )?;
        let hash = self.hasher.movement(movement);
        let outcome = self.movements.insert(made).write(movement, hash)?;
        if let (RowOutcome::Added | RowOutcome::Updated, Some(actor)) = (outcome, &movement.actor) {
            self.rows.actor(actor)?;
        }
        Ok(outcome)
    }

    /// What one row says of a place.
    pub fn series(&mut self, row: &PlaceSeries) -> Result<RowOutcome, Problem> {
        let outcome = self.write_series(row).map_err(|e| self.problem(&e))?;
        self.count(outcome);
        Ok(outcome)
    }

    fn write_series(&mut self, row: &PlaceSeries) -> rusqlite::Result<RowOutcome> {
        let known = self.places.take();
        let made = known.map_or_else(
            || PlaceWriter::new(self.tx.conn, self.dataset_id, self.import_id),
            Ok,
        )?;
        self.places.insert(made).write(row, &mut self.hasher)
    }

    /// Keeps a row that could not be used. `reason` is a code of the locale files; `id` is its own where
    /// it has one that can be read, as the row is then not missing from a full delivery.
    pub fn reject(
        &mut self,
        id: &str,
        line: u64,
        column: &str,
        value: &str,
        reason: &str,
        raw: &str,
    ) -> Result<(), Problem> {
        self.counts.rows_read += 1;
        self.counts.rejected += 1;
        if let Some(full) = &mut self.full {
            full.rejected(id);
        }
        self.add_reject
            .execute(params![
                self.import_id,
                line as i64,
                column,
                value,
                reason,
                raw
            ])
            .map_err(|e| self.problem(&e))?;
        Ok(())
    }

    #[must_use]
    pub fn counts(&self) -> ImportCounts {
        self.counts
    }

    /// Rows that were left as the case has a newer version of them.
    #[must_use]
    pub fn older(&self) -> u64 {
        self.older
    }

    /// Rows that repeat an earlier one of the file, id and all.
    #[must_use]
    pub fn repeated(&self) -> u64 {
        self.repeated
    }

    /// Rows rejected of which no id could be read, in a full delivery: what they stand for may be
    /// retired.
    #[must_use]
    pub fn rejected_without_id(&self) -> u64 {
        self.full.as_ref().map_or(0, |full| full.without_id)
    }

    /// Makes it last. A file that changed nothing and was loaded before leaves the case as it
    /// was, without a second record of it.
    pub fn commit(mut self) -> Result<ImportCounts, Problem> {
        self.retire_missing()?;
        if self.finish().map_err(|e| self.problem(&e))? {
            self.case.fold_back();
        }
        Ok(self.counts)
    }

    /// `false` where nothing was to be written.
    fn finish(&mut self) -> rusqlite::Result<bool> {
        let (conn, counts) = (self.tx.conn, self.counts);
        let nothing_new = counts.added + counts.updated + counts.retired == 0;
        if nothing_new && self.loaded_before()? {
            conn.execute_batch("ROLLBACK")?;
            return Ok(false);
        }
        conn.execute(
            "UPDATE import SET rows_read=?2, added=?3, updated=?4, unchanged=?5, rejected=?6, retired=?7, extra_names=?8 WHERE id=?1",
            params![self.import_id, counts.rows_read as i64, counts.added as i64, counts.updated as i64, counts.unchanged as i64, counts.rejected as i64, counts.retired as i64, self.rows.names.to_json()],
        )?;
        let columns = self.columns_now()?;
        match self.bulk.is_whole() {
            true => self.bulk.finish_whole(conn, &columns)?,
            false => self.bulk.finish(conn)?,
        }
        links::come_back(conn, &self.come_back)?;
        self.keep_columns(&columns)?;
        conn.execute_batch("COMMIT")?;
        Ok(true)
    }

    /// The columns of the rows as they are now.
    fn columns_now(&mut self) -> rusqlite::Result<Columns> {
        let conn = self.tx.conn;
        let Some(builder) = self.columns.take() else {
            return Ok(reader::columns_from_rows(conn, |_| true)?.unwrap_or_default());
        };
        let mut columns = builder.finish();
        // An actor is of one type in the whole case, whatever each row says.
        let types = reader::actor_types(conn)?;
        let of = |name| types.get(name).copied().unwrap_or(ActorType::Unknown);
        columns.actor_types = columns.actors.iter().map(|(_, name)| of(name)).collect();
        Ok(columns)
    }

    /// Keeps the columns with the rows, and says how far they reach.
    fn keep_columns(&mut self, columns: &Columns) -> rusqlite::Result<()> {
        let conn = self.tx.conn;
        let file = &self.case.file;
        let pays = derived::pays(conn)?;
        if pays {
            cache::keep(conn, columns)?;
        }
        let few = self.counts.added <= SEARCH_GOES_ON_ROWS;
        if self.search_was_ready
            && self.counts.updated + self.counts.retired == 0
            && few
            && !cache::has(conn, search::READY)?
        {
            search::go_on(conn, self.first_new_id)?;
        }
        update_contents(conn, columns.lon_lat_extent())?;
        match pays {
            true => derived::confirm(conn, file),
            false => Ok(()),
        }
    }

    fn loaded_before(&self) -> rusqlite::Result<bool> {
        self.tx.conn.query_row(
            "SELECT count(*) > 0 FROM import WHERE sha256 = ?1 AND dataset_id = ?2 AND id <> ?3",
            params![self.sha256, self.dataset_id, self.import_id],
            |r| r.get(0),
        )
    }

    pub(super) fn path(&self) -> &std::path::Path {
        self.case.path()
    }

    pub(super) fn problem(&self, error: &rusqlite::Error) -> Problem {
        self.case.problem(error)
    }

    fn count(&mut self, outcome: RowOutcome) {
        match outcome {
            RowOutcome::Added => self.counts.added += 1,
            RowOutcome::Updated => self.counts.updated += 1,
            RowOutcome::Unchanged => self.counts.unchanged += 1,
            // Counted when the caller hands it in as a reject.
            RowOutcome::DuplicateKey => return,
        }
        self.counts.rows_read += 1;
    }

    fn write_territory(
        &mut self,
        t: &TerritoryEstimate,
        hash: i64,
        replaced: Option<i64>,
    ) -> rusqlite::Result<i64> {
        if !t.actor.name.is_empty() {
            self.rows.actor(&t.actor)?;
        }
        self.tx
            .conn
            .prepare_cached(
                "INSERT OR REPLACE INTO territory (id, geom, dataset_id, external_id, import_id, line, name, name_es, actor, actor_type, \
                 relation, valid_from, valid_to, share_low, share_high, claimant, grade, note, note_es, extra, row_hash) \
                 VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21)",
            )?
            .execute(params![
                replaced,
                geometry::multi_polygon_blob(&t.area),
                self.dataset_id,
                t.external_id,
                self.import_id,
                t.line as i64,
                t.name.text,
                t.name.es,
                t.actor.name,
                t.actor.actor_type.code(),
                t.relation.code(),
                t.valid_from.map(date_text),
                t.valid_to.map(date_text),
                t.share_low,
                t.share_high,
                some(&t.claimant),
                t.grade.to_string(),
                some(&t.note.text),
                t.note.es,
                extra_json(&t.extra, &mut Vec::new()),
                hash
            ])?;
        Ok(self.tx.conn.last_insert_rowid())
    }
}

/// Compares a row with what the case has under its key.
fn judge(known: Option<&mut Known>, hash: i64) -> (RowOutcome, Option<i64>) {
    match known {
        None => (RowOutcome::Added, None),
        Some(k) if k.row_hash == hash => {
            k.seen = true;
            (RowOutcome::Unchanged, None)
        }
        // Two different rows under one key in one file would replace each other at every load.
        Some(k) if k.seen => (RowOutcome::DuplicateKey, None),
        Some(k) => (RowOutcome::Updated, Some(k.id)),
    }
}

fn dataset_id(conn: &Connection, import: &NewImport) -> rusqlite::Result<i64> {
    let known = conn
        .query_row(
            "SELECT id FROM dataset WHERE name = ?1",
            [&import.dataset],
            |r| r.get(0),
        )
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    conn.execute(
        "INSERT INTO dataset (name, licence, attribution) VALUES (?1, ?2, ?3)",
        [&import.dataset, &import.licence, &import.attribution],
    )?;
    Ok(conn.last_insert_rowid())
}

fn add_import(conn: &Connection, dataset_id: i64, import: &NewImport) -> rusqlite::Result<i64> {
    let mapping: serde_json::Map<String, serde_json::Value> = import
        .mapping
        .iter()
        .map(|(f, c)| (f.clone(), c.as_str().into()))
        .collect();
    conn.execute(
        "INSERT INTO import (dataset_id, file_name, sha256, size_bytes, format, profile, mapping, encoding, \
         imported_at, rows_read, added, updated, unchanged, rejected, columns, options, \"full\", first_actor, known_at) \
         SELECT ?1,?2,?3,?4,?5,?6,?7,?8, strftime('%Y-%m-%dT%H:%M:%fZ','now'), 0,0,0,0,0, ?9, ?10, ?11, \
         1 + coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'actor'), 0), \
         max(coalesce(?12, strftime('%Y-%m-%dT%H:%M:%fZ','now')), \
         coalesce((SELECT max(coalesce(known_at, imported_at)) FROM import WHERE dataset_id = ?1), ''))",
        params![
            dataset_id,
            import.file_name,
            import.sha256,
            import.size_bytes as i64,
            import.format,
            import.profile,
            serde_json::Value::Object(mapping).to_string(),
            import.encoding,
            serde_json::Value::from(import.columns.clone()).to_string(),
            some(&import.options),
            import.full,
            // The whole day counts.
            import.received.map(|day| format!("{day}T23:59:59.999Z"))
        ],
    )?;
    Ok(conn.last_insert_rowid())
}

fn known_territories(
    conn: &Connection,
    dataset_id: i64,
) -> rusqlite::Result<HashMap<String, Known>> {
    let mut statement =
        conn.prepare("SELECT external_id, id, row_hash FROM territory WHERE dataset_id = ?1")?;
    let rows = statement.query_map([dataset_id], |r| {
        Ok((
            r.get(0)?,
            Known {
                id: r.get(1)?,
                row_hash: r.get(2)?,
                seen: false,
            },
        ))
    })?;
    rows.collect()
}

/// What GDAL and QGIS show without reading the layer: extent and date of change.
pub(super) fn update_contents(
    conn: &Connection,
    incidents: Option<[f64; 4]>,
) -> rusqlite::Result<()> {
    let extent = |table: &str| {
        let sql = format!(
            "SELECT min(ST_MinX(geom)), min(ST_MinY(geom)), max(ST_MaxX(geom)), max(ST_MaxY(geom)) FROM {table}"
        );
        conn.query_row(&sql, [], |r| {
            Ok([r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?])
        })
    };
    let extents = [
        ("incident", incidents.map_or([None; 4], |e| e.map(Some))),
        ("territory", extent("territory")?),
        ("movement", extent("movement")?),
        ("place", extent("place")?),
    ];
    for (table, [west, south, east, north]) in extents {
        conn.execute(
            "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now'), \
             min_x = ?2, min_y = ?3, max_x = ?4, max_y = ?5 WHERE table_name = ?1",
            params![table, west, south, east, north],
        )?;
    }
    Ok(())
}

/// The incident as it is read back: names in a side hold no `;`, and none is empty.
fn as_stored(incident: &Incident) -> Cow<'_, Incident> {
    let sides = incident.side_a.iter().chain(&incident.side_b);
    if sides
        .into_iter()
        .all(|a| !a.name.contains(';') && !a.name.is_empty())
    {
        return Cow::Borrowed(incident);
    }
    let mut stored = incident.clone();
    for side in [&mut stored.side_a, &mut stored.side_b] {
        side.retain(|a| !a.name.is_empty());
        side.iter_mut().for_each(|a| a.name = plain_name(&a.name));
    }
    Cow::Owned(stored)
}
