//! Rows of a table as an import writes them, whatever their kind. Incidents, of which there are millions, have
//! a writer of their own.

use super::columns::{self, Binder};
use super::keyed::{Asked, Keyed, Standing};
use super::place::PlaceWriter;
use super::table::Table;
use crate::domain::{Record, RowOutcome};
use crate::store::actors::ActorWriter;
use crate::store::hash::Hasher;
use crate::store::revisions::REVISED;
use crate::store::transaction::Import;
use rusqlite::Statement;

/// What the writers of all kinds use.
pub(in crate::store) struct Shared<'a> {
    pub hasher: Hasher,
    pub actors: ActorWriter<'a>,
    /// Made with the first row that refers to a place.
    places: Option<PlaceWriter<'a>>,
    import: Import<'a>,
}

impl<'a> Shared<'a> {
    pub(in crate::store) fn new(import: Import<'a>) -> rusqlite::Result<Shared<'a>> {
        Ok(Shared {
            hasher: Hasher::default(),
            actors: ActorWriter::new(import)?,
            places: None,
            import,
        })
    }

    /// The id of the place that a row refers to, which is written where it is new or another.
    fn place_of(&mut self, record: &Record) -> rusqlite::Result<Option<i64>> {
        let Record::Series(row) = record else {
            return Ok(None);
        };
        let places = match self.places.take() {
            Some(places) => places,
            None => PlaceWriter::new(self.import)?,
        };
        let places = self.places.insert(places);
        places.id_of(&row.place, &mut self.hasher).map(Some)
    }
}

/// Writes rows of one kind.
pub(in crate::store) struct Rows<'a> {
    table: &'static dyn Table,
    keyed: Keyed<'a>,
    put: Statement<'a>,
    import: Import<'a>,
}

impl<'a> Rows<'a> {
    pub(in crate::store) fn new(
        table: &'static dyn Table,
        import: Import<'a>,
    ) -> rusqlite::Result<Rows<'a>> {
        let (name, columns) = (table.name(), table.columns());
        let put = columns::insert("INSERT OR REPLACE", name, columns);
        Ok(Rows {
            table,
            keyed: Keyed::new(name, columns, import)?,
            put: import.conn.prepare(&put)?,
            import,
        })
    }

    pub(in crate::store) fn has_met(&self, id: i64) -> bool {
        self.keyed.has_met(id)
    }

    /// What a changed row said before is kept.
    pub(in crate::store) fn write(
        &mut self,
        record: &Record,
        with: &mut Shared<'a>,
    ) -> rusqlite::Result<RowOutcome> {
        let hash = self.table.fingerprint(record, &mut with.hasher);
        let asked = Asked {
            external_id: record.row().external_id(),
            hash,
            version: None,
            earlier_hash: None,
        };
        let (id, outcome) = match self.keyed.judge(&asked)? {
            Standing::Same { .. } | Standing::Older => return Ok(RowOutcome::Unchanged),
            Standing::Twice => return Ok(RowOutcome::DuplicateKey),
            Standing::New => (None, RowOutcome::Added),
            Standing::Changed(id) | Standing::Overtakes(id) => {
                let Import { conn, id: by, .. } = self.import;
                self.table.keep(conn, id, by, REVISED)?;
                (Some(id), RowOutcome::Updated)
            }
        };
        let place_id = with.place_of(record)?;
        if let Some(actor) = self.table.actor(record) {
            with.actors.write(actor)?;
        }
        let mut to = Binder::new(&mut self.put, id)?;
        to.parent = place_id;
        self.table.bind(record, &mut to)?;
        self.import.end(to, hash)?;
        self.put.raw_execute()?;
        Ok(outcome)
    }
}
