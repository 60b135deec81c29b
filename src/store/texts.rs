//! Texts of a few incidents, read from the case when they are looked at: a million of them do not
//! fit into memory.

use super::case::Case;
use super::cells::{some_text, text};
use crate::locale::Problem;
use rusqlite::Row;

/// Characters of a narrative that a table shows.
const NARRATIVE_CHARS: usize = 200;

/// What a table shows of an incident beyond its columns; empty where not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableTexts {
    pub id: i64,
    pub external_id: String,
    /// Line of the file, 1-based.
    pub line: u64,
    pub file_name: String,
    pub title: String,
    pub title_es: Option<String>,
    /// The beginning of it, in the source's language.
    pub narrative: String,
    pub place: String,
    pub admin2: String,
    pub country: String,
    /// The source's own label for the kind.
    pub source_kind: String,
}

impl TableTexts {
    /// The title in Spanish where asked for and there, else in the source's language.
    #[must_use]
    pub fn title_in(&self, spanish: bool) -> &str {
        match &self.title_es {
            Some(es) if spanish => es,
            _ => &self.title,
        }
    }
}

impl Case {
    /// What a table shows of those of `ids` that the case has, in their order.
    pub fn table_texts(&self, ids: &[i64]) -> Result<Vec<TableTexts>, Problem> {
        self.of_each(
            "SELECT i.id, i.external_id, i.line, m.file_name, i.title, told_es(i.kind, i.source_kind, i.title, i.title_es), i.narrative, i.place, i.admin2, \
             i.country, i.source_kind FROM incident i JOIN import m ON m.id = i.import_id WHERE i.id = ?1",
            ids,
            |r| {
                Ok(TableTexts {
                    id: r.get(0)?,
                    external_id: text(r, 1)?,
                    line: r.get_ref(2)?.as_i64().map_or(0, i64::cast_unsigned),
                    file_name: text(r, 3)?,
                    title: text(r, 4)?,
                    title_es: some_text(r, 5)?,
                    narrative: text(r, 6)?.chars().take(NARRATIVE_CHARS).collect(),
                    place: text(r, 7)?,
                    admin2: text(r, 8)?,
                    country: text(r, 9)?,
                    source_kind: text(r, 10)?,
                })
            },
        )
    }

    fn of_each<T>(
        &self,
        sql: &str,
        ids: &[i64],
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Problem> {
        let look = || {
            let mut statement = self.conn.prepare_cached(sql)?;
            let mut found = Vec::with_capacity(ids.len());
            for id in ids {
                let mut rows = statement.query([id])?;
                while let Some(row) = rows.next()? {
                    found.push(read(row)?);
                }
            }
            Ok(found)
        };
        look().map_err(|e: rusqlite::Error| self.problem(&e))
    }
}
