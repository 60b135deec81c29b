//! Movements.

use super::columns::{self, Binder, columns};
use super::table::{Shapes, Table, of_kind};
use crate::domain::{
    Actor, ActorType, Movement, MovementKind, Record, RowKind, StoredMovement, TimePrecision, When,
};
use crate::locale::Problem;
use crate::store::case::Case;
use crate::store::cells::{coded, date, date_text, extra_json, instant, local, real, some, text};
use crate::store::hash::Hasher;
use crate::store::{geometry, short};
use rusqlite::Row;

pub(super) struct Movements;

columns! {
    |m: &Movement, to| {
        "geom" => geometry::multi_line_blob(&m.path),
        "external_id" => m.external_id.as_str(),
        "line" => m.line as i64,
        "kind" => m.kind.code(),
        "name" => m.name.text.as_str(),
        "name_es" => m.name.es.as_deref(),
        "actor" => m.actor.as_ref().map(|a| a.name.as_str()),
        "actor_type" => m.actor.as_ref().map(|a| a.actor_type.code()),
        "start_date" => m.when.as_ref().map(|w| date_text(w.start)),
        "end_date" => m.when.as_ref().map(|w| date_text(w.end)),
        "time_precision" => m.when.as_ref().map(|w| w.precision.code()),
        "instant_utc" => m.when.as_ref().and_then(|w| w.instant.as_ref()).map(|i| i.utc.to_string()),
        "zone" => m.when.as_ref().and_then(|w| w.instant.as_ref()).map(|i| i.zone.as_str()),
        "amount" => m.amount,
        "unit" => some(&m.unit),
        "note" => some(&m.note.text),
        "note_es" => m.note.es.as_deref(),
        "sources" => (!m.sources.is_empty()).then(|| serde_json::to_string(&m.sources).unwrap_or_default()),
        "extra" => extra_json(&m.extra, &mut Vec::new()),
    }
}

impl Table for Movements {
    of_kind!(Movement, |m, hasher| hasher.movement(m));

    fn select(&self, rows: &str) -> String {
        let columns = columns::listed("v", COLUMNS);
        format!(
            "SELECT {columns}, v.id, v.import_id, d.name FROM {rows} v JOIN dataset d ON d.id = v.dataset_id"
        )
    }

    fn read(&self, row: &Row<'_>) -> rusqlite::Result<Option<Record>> {
        Ok(read(row)?.map(|m| m.movement.into()))
    }

    fn shapes(&self) -> Option<Shapes> {
        Some(Shapes {
            item: "movement-shapes",
            is_sound: |value| {
                value
                    .as_blob()
                    .is_ok_and(|blob| geometry::read_multi_line(blob).is_some())
            },
        })
    }

    fn actor<'r>(&self, record: &'r Record) -> Option<&'r Actor> {
        match record {
            Record::Movement(m) => m.actor.as_ref(),
            _ => None,
        }
    }

    fn actor_columns(&self) -> &'static [&'static str] {
        &["actor"]
    }
}

impl Case {
    /// Every movement whose line can be used, in the order of the case.
    pub fn movements(&self) -> Result<Vec<StoredMovement>, Problem> {
        let sql = format!("{} ORDER BY v.id", Movements.select("movement"));
        self.read_all("movement", &sql, read)
    }
}

/// Reads what [`Table::select`] lists; `None` where the line is not usable.
fn read(r: &Row<'_>) -> rusqlite::Result<Option<StoredMovement>> {
    let path = r.get_ref(const { at("geom") })?.as_blob().ok();
    let Some(path) = path.and_then(geometry::read_multi_line) else {
        return Ok(None);
    };
    let actor = text(r, const { at("actor") })?;
    let actor_type = coded(r, const { at("actor_type") }, ActorType::from_code)?;
    let precision = coded(r, const { at("time_precision") }, TimePrecision::from_code)?;
    let precision = precision.unwrap_or(TimePrecision::Year);
    let start = date(r, const { at("start_date") })?;
    let dates = start.zip(date(r, const { at("end_date") })?);
    let mut when = dates.and_then(|(start, end)| When::new(start, end, precision));
    if let Some(when) = &mut when {
        let utc = text(r, const { at("instant_utc") })?;
        when.instant = instant(&utc, text(r, const { at("zone") })?);
    }
    let kind = coded(r, const { at("kind") }, MovementKind::from_code)?;
    Ok(Some(StoredMovement {
        id: r.get(COLUMNS.len())?,
        import_id: r.get(COLUMNS.len() + 1)?,
        dataset: text(r, COLUMNS.len() + 2)?,
        movement: Movement {
            external_id: text(r, const { at("external_id") })?,
            kind: kind.unwrap_or(MovementKind::Track),
            name: local(r, const { at("name") })?,
            actor: (!actor.is_empty())
                .then(|| Actor::new(actor, actor_type.unwrap_or(ActorType::Unknown))),
            when,
            path,
            amount: real(r, const { at("amount") })?,
            unit: text(r, const { at("unit") })?,
            note: local(r, const { at("note") })?,
            sources: serde_json::from_str(&text(r, const { at("sources") })?).unwrap_or_default(),
            extra: short::object(&text(r, const { at("extra") })?),
            line: r.get::<_, i64>(const { at("line") })?.cast_unsigned(),
        },
    }))
}
