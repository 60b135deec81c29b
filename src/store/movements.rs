//! Movements into the case and out of it.

use super::keyed::{Keyed, Verdict};
use super::reader::{coded, date, instant, real, some_text, text};
use super::rows::{date_text, extra_json, some};
use super::short;
use super::{Case, geometry, revisions};
use crate::domain::{
    Actor, ActorType, LocalText, Movement, MovementKind, RowOutcome, StoredMovement, TimePrecision,
    When,
};
use crate::locale::Problem;
use rusqlite::{Connection, Row, Statement, params};

pub(super) const COLUMNS: &str = "v.id, v.import_id, v.geom, v.external_id, v.line, v.kind, v.name, v.name_es, v.actor, \
    v.actor_type, v.start_date, v.end_date, v.time_precision, v.instant_utc, v.zone, v.amount, v.unit, v.note, \
    v.note_es, v.sources, v.extra, d.name";
const TABLES: &str = "movement v JOIN dataset d ON d.id = v.dataset_id";

/// Writes movements of one import.
pub(super) struct MovementWriter<'a> {
    conn: &'a Connection,
    pub(super) keyed: Keyed<'a>,
    put: Statement<'a>,
    dataset_id: i64,
    import_id: i64,
}

impl<'a> MovementWriter<'a> {
    pub(super) fn new(
        conn: &'a Connection,
        dataset_id: i64,
        import_id: i64,
    ) -> rusqlite::Result<MovementWriter<'a>> {
        Ok(MovementWriter {
            conn,
            keyed: Keyed::new(conn, "movement", dataset_id, import_id)?,
            put: conn.prepare(
                "INSERT OR REPLACE INTO movement (id, geom, dataset_id, external_id, import_id, line, kind, name, name_es, \
                 actor, actor_type, start_date, end_date, time_precision, instant_utc, zone, amount, unit, note, note_es, \
                 sources, extra, row_hash) \
                 VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23)",
            )?,
            dataset_id,
            import_id,
        })
    }

    /// What a changed row said before is kept.
    pub(super) fn write(&mut self, m: &Movement, row_hash: i64) -> rusqlite::Result<RowOutcome> {
        match self.keyed.judge(&m.external_id, row_hash)? {
            Verdict::Same => Ok(RowOutcome::Unchanged),
            Verdict::Twice => Ok(RowOutcome::DuplicateKey),
            Verdict::New => {
                self.put(None, m, row_hash)?;
                Ok(RowOutcome::Added)
            }
            Verdict::Changed(id) => {
                revisions::keep_row(
                    self.conn,
                    "movement",
                    id,
                    self.import_id,
                    revisions::REVISED,
                )?;
                self.put(Some(id), m, row_hash)?;
                Ok(RowOutcome::Updated)
            }
        }
    }

    fn put(&mut self, id: Option<i64>, m: &Movement, row_hash: i64) -> rusqlite::Result<()> {
        let instant = m.when.as_ref().and_then(|w| w.instant.as_ref());
        let sources =
            (!m.sources.is_empty()).then(|| serde_json::to_string(&m.sources).unwrap_or_default());
        self.put.execute(params![
            id,
            geometry::multi_line_blob(&m.path),
            self.dataset_id,
            m.external_id,
            self.import_id,
            m.line as i64,
            m.kind.code(),
            m.name.text,
            m.name.es,
            m.actor.as_ref().map(|a| a.name.as_str()),
            m.actor.as_ref().map(|a| a.actor_type.code()),
            m.when.as_ref().map(|w| date_text(w.start)),
            m.when.as_ref().map(|w| date_text(w.end)),
            m.when.as_ref().map(|w| w.precision.code()),
            instant.map(|i| i.utc.to_string()),
            instant.map(|i| i.zone.as_str()),
            m.amount,
            some(&m.unit),
            some(&m.note.text),
            m.note.es,
            sources,
            extra_json(&m.extra, &mut Vec::new()),
            row_hash
        ])?;
        Ok(())
    }
}

impl Case {
    /// Every movement whose line can be used, in the order of the case.
    pub fn movements(&self) -> Result<Vec<StoredMovement>, Problem> {
        let read = || {
            if !self.has_table("movement")? {
                return Ok(Vec::new());
            }
            let sql = format!("SELECT {COLUMNS} FROM {TABLES} ORDER BY v.id");
            let mut statement = self.conn.prepare(&sql)?;
            let rows = statement.query_map([], movement_from)?;
            rows.filter_map(Result::transpose)
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|e| self.problem(&e))
    }
}

/// Reads [`COLUMNS`]; `None` where the line is not usable.
pub(super) fn movement_from(r: &Row<'_>) -> rusqlite::Result<Option<StoredMovement>> {
    let path = r.get_ref(2)?.as_blob().ok();
    let Some(path) = path.and_then(geometry::read_multi_line) else {
        return Ok(None);
    };
    let actor = text(r, 8)?;
    let actor_type = coded(r, 9, ActorType::from_code)?.unwrap_or(ActorType::Unknown);
    let precision = coded(r, 12, TimePrecision::from_code)?.unwrap_or(TimePrecision::Year);
    let dates = date(r, 10)?.zip(date(r, 11)?);
    let mut when = dates.and_then(|(start, end)| When::new(start, end, precision));
    if let Some(when) = &mut when {
        when.instant = instant(&text(r, 13)?, text(r, 14)?);
    }
    Ok(Some(StoredMovement {
        id: r.get(0)?,
        import_id: r.get(1)?,
        dataset: text(r, 21)?,
        movement: Movement {
            external_id: text(r, 3)?,
            kind: coded(r, 5, MovementKind::from_code)?.unwrap_or(MovementKind::Track),
            name: LocalText {
                text: text(r, 6)?,
                es: some_text(r, 7)?,
            },
            actor: (!actor.is_empty()).then(|| Actor::new(actor, actor_type)),
            when,
            path,
            amount: real(r, 15)?,
            unit: text(r, 16)?,
            note: LocalText {
                text: text(r, 17)?,
                es: some_text(r, 18)?,
            },
            sources: serde_json::from_str(&text(r, 19)?).unwrap_or_default(),
            extra: short::object(&text(r, 20)?),
            line: r.get::<_, i64>(4)? as u64,
        },
    }))
}
