//! Words in the texts of a case: by a full-text index where it has one, else row by row. Both ask
//! the same: every word of the query begins some word of the incident's texts, folded as
//! [`crate::domain::filter::words`] does.
//!
//! The index holds words and the ids of rows and no texts (FTS5, contentless). It is true as long as
//! [`READY`] is kept, which any edit of the rows takes away (see [`super::cache`]). Rows that an import only adds are added
//! to it; after any other change it is built anew.

use super::case::Case;
use super::file::CaseFile;
use super::{cache, derived, guard, migrate};
use crate::domain::filter::{push_words, words};
use crate::locale::Problem;
use memchr::memmem::Finder;
use rusqlite::{Connection, Row};
use std::collections::HashMap;

/// Kept in the cache while the index is that of the rows, folded as words are folded now: another name
/// for another way of folding.
pub(super) const READY: &str = "search_ready_2";

/// Everything that is searched, from column 1 on.
const TEXTS: &str = "SELECT id, external_id, title, told_es(kind, source_kind, title, title_es), narrative, narrative_es, place, admin2, admin1, country, \
    side_a, side_b FROM";
const TEXT_COLUMNS: std::ops::Range<usize> = 1..12;

/// Rows whose words are looked for in the index before it is believed.
const PROBES: i64 = 32;

/// Rows between two looks at whether to go on.
const ROWS_AT_ONCE: u64 = 1024;

/// Puts the words of a row of [`TEXTS`] into `out`, one blank before each.
fn words_of(row: &Row<'_>, out: &mut String) -> rusqlite::Result<()> {
    out.clear();
    for column in TEXT_COLUMNS {
        if let Ok(text) = row.get_ref(column)?.as_str() {
            push_words(text, out);
        }
    }
    Ok(())
}

impl Case {
    /// Ids, ascending, of the incidents in whose texts every word of `query` begins a word; all where
    /// it has no words; `None` where it was cancelled.
    pub fn search(
        &self,
        query: &str,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Vec<i64>>, Problem> {
        let wanted = words(query);
        let find = || {
            // The mark and the index are to be of one moment.
            let tx = self.conn.unchecked_transaction()?;
            if !wanted.is_empty() && is_ready(&tx, &self.file)? {
                // Another program may have left half an index; the rows are there all the same.
                if let Ok(found) = by_index(&tx, &wanted, cancelled) {
                    return match self.known_on() {
                        Some(_) => self.as_then(&tx, found, &wanted, cancelled),
                        None => Ok(found),
                    };
                }
            }
            by_rows(&tx, "incident", &wanted, cancelled)
        };
        find().map_err(|e: rusqlite::Error| self.problem(&e))
    }

    /// Of what the index of the rows of today found, what was so then, and what was found then in rows
    /// that say something else today.
    fn as_then(
        &self,
        conn: &Connection,
        found: Option<Vec<i64>>,
        wanted: &[String],
        cancelled: &dyn Fn() -> bool,
    ) -> rusqlite::Result<Option<Vec<i64>>> {
        let changed = by_rows(conn, "temp.then_incident", wanted, cancelled)?;
        let (Some(found), Some(mut ids)) = (found, changed) else {
            return Ok(None);
        };
        for id in found {
            if self.is_as_then(conn, id)? {
                ids.push(id);
            }
        }
        ids.sort_unstable();
        Ok(Some(ids))
    }

    /// Whether [`Case::search`] is as fast as it gets: with an index, or in rows so few that it needs none.
    pub fn search_is_ready(&self) -> Result<bool, Problem> {
        let look = || Ok(!derived::pays(&self.conn)? || is_ready(&self.conn, &self.file)?);
        look().map_err(|e: rusqlite::Error| self.problem(&e))
    }

    /// Builds the index of all rows anew, in one transaction. `progress` gets rows so far and says
    /// whether to go on; `false` where it did not, and then nothing has changed. On a connection of
    /// [`Case::for_job`] the window reads on meanwhile.
    pub fn build_search_index(
        &mut self,
        progress: impl FnMut(u64) -> bool,
    ) -> Result<bool, Problem> {
        self.writable()?;
        self.make_way();
        let built = build(&self.conn, &self.file, progress).map_err(|e| self.problem(&e))?;
        if built {
            self.fold_back();
        }
        Ok(built)
    }
}

fn by_index(
    conn: &Connection,
    wanted: &[String],
    cancelled: &dyn Fn() -> bool,
) -> rusqlite::Result<Option<Vec<i64>>> {
    // Letters and digits only, so that nothing in a word can end the quotation.
    let all: Vec<String> = wanted.iter().map(|word| format!("\"{word}\" *")).collect();
    let mut statement =
        conn.prepare("SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid")?;
    let mut rows = statement.query([all.join(" AND ")])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(row.get(0)?);
        if (found.len() as u64).is_multiple_of(ROWS_AT_ONCE) && cancelled() {
            return Ok(None);
        }
    }
    Ok(Some(found))
}

fn by_rows(
    conn: &Connection,
    table: &str,
    wanted: &[String],
    cancelled: &dyn Fn() -> bool,
) -> rusqlite::Result<Option<Vec<i64>>> {
    let begins: Vec<String> = wanted.iter().map(|word| format!(" {word}")).collect();
    let begins: Vec<Finder<'_>> = begins.iter().map(Finder::new).collect();
    let mut statement = conn.prepare(&format!("{TEXTS} {table} ORDER BY id"))?;
    let mut rows = statement.query([])?;
    let (mut found, mut text, mut n) = (Vec::new(), String::new(), 0);
    while let Some(row) = rows.next()? {
        n += 1;
        if n % ROWS_AT_ONCE == 0 && cancelled() {
            return Ok(None);
        }
        words_of(row, &mut text)?;
        if begins
            .iter()
            .all(|word| word.find(text.as_bytes()).is_some())
        {
            found.push(row.get(0)?);
        }
    }
    Ok(Some(found))
}

fn build(
    conn: &Connection,
    file: &CaseFile,
    mut progress: impl FnMut(u64) -> bool,
) -> rusqlite::Result<bool> {
    let tx = rusqlite::Transaction::new_unchecked(conn, rusqlite::TransactionBehavior::Immediate)?;
    guard::still_ours(&tx)?;
    if !cache::is_guarded(&tx)? {
        return Ok(false);
    }
    if !derived::is_true(&tx, file)? {
        cache::empty(&tx)?;
    }
    forget(&tx)?;
    tx.execute_batch(migrate::SEARCH_INDEX)?;
    // Words are gathered in memory and written in few, long runs.
    let set = |name: &str, value: i64| {
        tx.execute(
            "INSERT INTO search (search, rank) VALUES (?1, ?2)",
            (name, value),
        )
    };
    set("hashsize", 32 * 1024 * 1024)?;
    let all = format!("{TEXTS} incident ORDER BY id");
    if !add(&tx, &all, [], &mut progress)? {
        return Ok(false);
    }
    tx.execute("INSERT INTO search (search) VALUES ('optimize')", [])?;
    mark(&tx)?;
    derived::confirm(&tx, file)?;
    tx.commit()?;
    Ok(true)
}

/// Adds rows to the index; `false` where `progress` ended it.
fn add(
    conn: &Connection,
    sql: &str,
    which: impl rusqlite::Params,
    progress: &mut impl FnMut(u64) -> bool,
) -> rusqlite::Result<bool> {
    let mut read = conn.prepare(sql)?;
    let mut rows = read.query(which)?;
    let mut write = conn.prepare("INSERT INTO search (rowid, text) VALUES (?1, ?2)")?;
    let (mut text, mut n) = (String::new(), 0);
    while let Some(row) = rows.next()? {
        n += 1;
        if n % ROWS_AT_ONCE == 0 && !progress(n) {
            return Ok(false);
        }
        words_of(row, &mut text)?;
        write.execute((row.get::<_, i64>(0)?, text.as_str()))?;
    }
    Ok(true)
}

/// In how many rows each word stands.
pub(super) fn rows_with_each_word(conn: &Connection) -> rusqlite::Result<HashMap<String, i64>> {
    let mut statement = conn.prepare(&format!("{TEXTS} main.incident"))?;
    let mut rows = statement.query([])?;
    let (mut text, mut found) = (String::new(), HashMap::new());
    while let Some(row) = rows.next()? {
        words_of(row, &mut text)?;
        let mut words: Vec<&str> = text.split_whitespace().collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            match found.get_mut(word) {
                Some(n) => *n += 1,
                None => _ = found.insert(word.to_owned(), 1),
            }
        }
    }
    Ok(found)
}

/// Takes the index away, with every word in it.
pub(super) fn forget(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch("DROP TABLE IF EXISTS search")?;
    conn.execute("DELETE FROM cache WHERE name = ?1", [READY])?;
    Ok(())
}

/// Whether the index is that of the rows: it was kept true, and it finds words of some rows, spread over
/// all. ([`super::check`] looks at all of them.)
pub(super) fn is_ready(conn: &Connection, file: &CaseFile) -> rusqlite::Result<bool> {
    if !derived::is_true(conn, file)? || !cache::has(conn, READY)? {
        return Ok(false);
    }
    let last: Option<i64> =
        conn.query_row("SELECT max(id) FROM main.incident", [], |r| r.get(0))?;
    let sql = format!("{TEXTS} main.incident WHERE id >= ?1 ORDER BY id LIMIT 1");
    let mut near = conn.prepare_cached(&sql)?;
    // Another program may have taken the index away.
    let sql = "SELECT 1 FROM search WHERE search MATCH ?1 AND rowid = ?2";
    let Ok(mut find) = conn.prepare_cached(sql) else {
        return Ok(false);
    };
    let mut text = String::new();
    for probe in 1..=PROBES {
        let mut rows = near.query([last.unwrap_or(0) / PROBES * probe])?;
        let Some(row) = rows.next()? else { continue };
        words_of(row, &mut text)?;
        let Some(word) = text.split_whitespace().max_by_key(|word| word.len()) else {
            continue;
        };
        // Half an index, or none, is an error or finds nothing.
        if !matches!(
            find.exists((format!("\"{word}\""), row.get::<_, i64>(0)?)),
            Ok(true)
        ) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn mark(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute(
        "INSERT OR REPLACE INTO cache (name, value) VALUES (?1, x'01')",
        [READY],
    )?;
    Ok(())
}

/// After an import that only added rows, those from `first_id` on, to a case whose index was ready.
pub(super) fn go_on(conn: &Connection, first_id: i64) -> rusqlite::Result<()> {
    add(
        conn,
        &format!("{TEXTS} incident WHERE id >= ?1 ORDER BY id"),
        [first_id],
        &mut |_| true,
    )?;
    mark(conn)
}
