//! Actors: their names and types, which the rows of all imports share.

use super::cells::{coded, plain_name, text};
use super::transaction::Import;
use crate::domain::{Actor, ActorType};
use rusqlite::{Connection, Statement, params};
use std::collections::HashMap;

/// Writes actors of one import.
pub(super) struct ActorWriter<'a> {
    add: Statement<'a>,
    keep_type: Statement<'a>,
    /// Actors written, and whether with a type.
    written: HashMap<String, bool, foldhash::fast::RandomState>,
    import: Import<'a>,
}

impl<'a> ActorWriter<'a> {
    pub(super) fn new(import: Import<'a>) -> rusqlite::Result<ActorWriter<'a>> {
        Ok(ActorWriter {
            // A type already known is not forgotten for an unknown one; a later one corrects it.
            add: import.conn.prepare(
                "INSERT INTO actor (name, type) VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET type = excluded.type \
                 WHERE excluded.type <> 'unknown'",
            )?,
            keep_type: import.conn.prepare(
                "INSERT INTO revision (row_id, import_id, line, superseded_by, row, table_name) \
                 SELECT id, ?3, 0, ?3, json_object('type', type), 'actor' FROM actor WHERE name = ?1 AND type <> ?2",
            )?,
            written: HashMap::default(),
            import,
        })
    }

    /// Writes an actor once; the type that the case has, where this import corrects it, is kept.
    pub(super) fn write(&mut self, actor: &Actor) -> rusqlite::Result<()> {
        let typed = actor.actor_type != ActorType::Unknown;
        match self.written.get_mut(&actor.name) {
            Some(known) if *known || !typed => return Ok(()),
            Some(known) => *known = typed,
            None => _ = self.written.insert(actor.name.clone(), typed),
        }
        let (name, code) = (plain_name(&actor.name), actor.actor_type.code());
        if typed {
            self.keep_type
                .execute(params![name, code, self.import.id])?;
        }
        self.add.execute([name.as_str(), code])?;
        Ok(())
    }
}

/// What each actor is by the case, by its name.
pub(super) fn actor_types(conn: &Connection) -> rusqlite::Result<HashMap<String, ActorType>> {
    let mut statement = conn.prepare_cached("SELECT name, type FROM actor")?;
    let rows = statement.query_map([], |r| {
        let actor_type = coded(r, 1, ActorType::from_code)?;
        Ok((text(r, 0)?, actor_type.unwrap_or(ActorType::Unknown)))
    })?;
    rows.collect()
}

/// `None` for an actor that the case does not know.
pub(super) fn actor_type(conn: &Connection, name: &str) -> Option<ActorType> {
    let mut statement = conn
        .prepare_cached("SELECT type FROM actor WHERE name = ?1")
        .ok()?;
    let code: String = statement.query_row([name], |r| r.get(0)).ok()?;
    ActorType::from_code(&code)
}
