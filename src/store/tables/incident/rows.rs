//! Incidents and their sources as an import writes them: statements prepared once and buffers used again, since
//! a million rows come through here.

use super::super::columns::{self, Binder};
use super::row::{Buffers, COLUMNS, bind};
use crate::domain::{Incident, Reliability};
use crate::store::actors::ActorWriter;
use crate::store::cells::{date_text, some};
use crate::store::short::Names;
use crate::store::transaction::Import;
use rusqlite::{Connection, Statement, params};

/// Writes incidents of one import.
pub(in crate::store) struct IncidentRows<'a> {
    insert: Statement<'a>,
    update: Statement<'a>,
    delete_sources: Statement<'a>,
    add_source: Statement<'a>,
    buffers: Buffers,
    import: Import<'a>,
}

impl<'a> IncidentRows<'a> {
    pub(in crate::store) fn new(import: Import<'a>) -> rusqlite::Result<IncidentRows<'a>> {
        let conn = import.conn;
        let insert = format!(
            "{} ON CONFLICT (dataset_id, external_id) DO NOTHING",
            columns::insert("INSERT", "incident", COLUMNS)
        );
        Ok(IncidentRows {
            insert: conn.prepare(&insert)?,
            update: conn.prepare(&columns::update("incident", COLUMNS))?,
            delete_sources: conn.prepare("DELETE FROM source WHERE incident_id = ?1")?,
            add_source: conn.prepare(&source_into("source"))?,
            buffers: Buffers {
                names: Some(Names::default()),
                ..Buffers::default()
            },
            import,
        })
    }

    /// Adds a row under `id`; `false`, and nothing done, where the dataset has one of its key.
    pub(in crate::store) fn insert(
        &mut self,
        id: i64,
        i: &Incident,
        hash: i64,
        actors: &mut ActorWriter<'a>,
    ) -> rusqlite::Result<bool> {
        let mut to = Binder::new(&mut self.insert, Some(id))?;
        bind(i, &mut to, &mut self.buffers)?;
        self.import.end(to, hash)?;
        if self.insert.raw_execute()? == 0 {
            return Ok(false);
        }
        self.write_parts(id, i, actors)?;
        Ok(true)
    }

    /// Puts a row in the place of the one under `id`.
    pub(in crate::store) fn update(
        &mut self,
        id: i64,
        i: &Incident,
        hash: i64,
        actors: &mut ActorWriter<'a>,
    ) -> rusqlite::Result<()> {
        let mut to = Binder::new(&mut self.update, Some(id))?;
        bind(i, &mut to, &mut self.buffers)?;
        self.import.end(to, hash)?;
        self.update.raw_execute()?;
        self.delete_sources.execute([id])?;
        self.write_parts(id, i, actors)
    }

    fn write_parts(
        &mut self,
        id: i64,
        i: &Incident,
        actors: &mut ActorWriter<'a>,
    ) -> rusqlite::Result<()> {
        for actor in i.side_a.iter().chain(&i.side_b) {
            actors.write(actor)?;
        }
        write_sources(&mut self.add_source, id, i)
    }

    /// Names of further columns as the import lists them; `None` where there are none.
    pub(in crate::store) fn extra_names(&self) -> Option<String> {
        self.buffers.names.as_ref().and_then(Names::to_json)
    }
}

pub(super) fn source_into(table: &str) -> String {
    format!(
        "INSERT INTO {table} (incident_id, publisher, title, date, url, language, reliability) VALUES (?1,?2,?3,?4,?5,?6,?7)"
    )
}

pub(super) fn write_sources(
    add: &mut Statement<'_>,
    id: i64,
    i: &Incident,
) -> rusqlite::Result<()> {
    for s in &i.sources {
        add.execute(params![
            id,
            some(&s.publisher),
            some(&s.title),
            s.date.map(date_text),
            some(&s.url),
            some(&s.language),
            s.reliability.map(Reliability::code)
        ])?;
    }
    Ok(())
}

/// Takes a row and its sources away.
pub(super) fn delete(conn: &Connection, id: i64) -> rusqlite::Result<()> {
    for sql in [
        "DELETE FROM source WHERE incident_id = ?1",
        "DELETE FROM incident WHERE id = ?1",
    ] {
        conn.prepare_cached(sql)?.execute([id])?;
    }
    Ok(())
}
