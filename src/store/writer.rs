//! Imports: one transaction a file, so that a failure or a cancel leaves the case as it was.

use super::case::Case;
use super::imports::{add_import, dataset_id};
use super::incidents::{Before, IncidentWriter};
use super::retire::Full;
use super::tables::{Rows, Shared, TABLES, table_of};
use super::transaction::{Import, Transaction};
use crate::domain::{ImportCounts, Incident, NewImport, Record, RowKind, RowOutcome};
use crate::locale::Problem;
use rusqlite::{Statement, params};

/// An import under way. Dropped without [`ImportWriter::commit`], it leaves no trace.
pub struct ImportWriter<'a> {
    case: &'a Case,
    pub(super) import: Import<'a>,
    sha256: String,
    pub(super) counts: ImportCounts,
    pub(super) incidents: IncidentWriter<'a>,
    /// Rows of other kinds, each from the first one on.
    others: [Option<Rows<'a>>; TABLES.len()],
    shared: Shared<'a>,
    add_reject: Statement<'a>,
    /// The file is the whole dataset: see [`super::retire`].
    pub(super) full: Option<Full>,
    tx: Transaction<'a>,
}

impl Case {
    /// Begins an import.
    pub fn begin_import(&mut self, import: &NewImport) -> Result<ImportWriter<'_>, Problem> {
        self.writable()?;
        self.make_way();
        self.check_received(import)?;
        ImportWriter::begin(self, import).map_err(|e| self.problem(&e))
    }
}

impl<'a> ImportWriter<'a> {
    fn begin(case: &'a Case, new: &NewImport) -> rusqlite::Result<ImportWriter<'a>> {
        let conn = &case.conn;
        let tx = Transaction::begin(conn)?;
        let before = Before::look(case)?;
        let dataset_id = dataset_id(conn, new)?;
        let import = Import {
            conn,
            id: add_import(conn, dataset_id, new)?,
            dataset_id,
        };
        Ok(ImportWriter {
            case,
            import,
            sha256: new.sha256.clone(),
            counts: ImportCounts::default(),
            incidents: IncidentWriter::new(import, &new.dataset, before)?,
            others: std::array::from_fn(|_| None),
            shared: Shared::new(import)?,
            add_reject: conn.prepare(
                "INSERT INTO reject (import_id, line, \"column\", value, reason, raw) VALUES (?1,?2,?3,?4,?5,?6)",
            )?,
            full: new.full.then(|| Full::new(new.force)),
            tx,
        })
    }

    /// Writes a row of whatever kind. Figures bring their place along; a place on its own is no row of a file, and
    /// nothing is done with it.
    pub fn write(&mut self, record: &Record) -> Result<RowOutcome, Problem> {
        if let Record::Incident(incident) = record {
            return self.incident(incident);
        }
        let outcome = self.write_other(record).map_err(|e| self.problem(&e))?;
        self.count(outcome);
        Ok(outcome)
    }

    fn write_other(&mut self, record: &Record) -> rusqlite::Result<RowOutcome> {
        let table = table_of(record.kind());
        if !table.is_of_import() {
            return Ok(RowOutcome::Unchanged);
        }
        let rows = &mut self.others[record.kind() as usize];
        let known = match rows.take() {
            Some(known) => known,
            None => Rows::new(table, self.import)?,
        };
        rows.insert(known).write(record, &mut self.shared)
    }

    /// Writes an incident.
    pub fn incident(&mut self, incident: &Incident) -> Result<RowOutcome, Problem> {
        let Shared { hasher, actors, .. } = &mut self.shared;
        let written = self.incidents.write(incident, hasher, actors);
        let outcome = written.map_err(|e| self.problem(&e))?;
        self.count(outcome);
        Ok(outcome)
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
        let line = line.cast_signed();
        self.add_reject
            .execute(params![self.import.id, line, column, value, reason, raw])
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
        self.incidents.older
    }

    /// Rows that repeat an earlier one of the file, id and all.
    #[must_use]
    pub fn repeated(&self) -> u64 {
        self.incidents.repeated
    }

    /// Rows rejected of which no id could be read, in a full delivery: what they stand for may be
    /// retired.
    #[must_use]
    pub fn rejected_without_id(&self) -> u64 {
        self.full.as_ref().map_or(0, |full| full.without_id)
    }

    /// Whether a row from before this import was met and left as it was.
    pub(super) fn has_met(&self, kind: RowKind, id: i64) -> bool {
        match kind {
            RowKind::Incident => self.incidents.has_met(id),
            _ => self.others[kind as usize]
                .as_ref()
                .is_some_and(|rows| rows.has_met(id)),
        }
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
        if nothing_new && self.was_loaded_before()? {
            conn.execute_batch("ROLLBACK")?;
            return Ok(false);
        }
        conn.execute(
            "UPDATE import SET rows_read=?2, added=?3, updated=?4, unchanged=?5, rejected=?6, retired=?7, extra_names=?8 WHERE id=?1",
            params![self.import.id, counts.rows_read as i64, counts.added as i64, counts.updated as i64, counts.unchanged as i64, counts.rejected as i64, counts.retired as i64, self.incidents.extra_names()],
        )?;
        self.incidents.finish(counts, &self.case.file)?;
        conn.execute_batch("COMMIT")?;
        Ok(true)
    }

    fn was_loaded_before(&self) -> rusqlite::Result<bool> {
        self.tx
            .conn
            .prepare("SELECT 1 FROM import WHERE sha256 = ?1 AND dataset_id = ?2 AND id <> ?3")?
            .exists(params![self.sha256, self.import.dataset_id, self.import.id])
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
}
