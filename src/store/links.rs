//! What somebody said of two incidents: the same event, or not. Nothing is merged: both rows stay as
//! their files have them.

use super::case::Case;
use super::derived;
use super::revisions::{self, RETIRED};
use crate::domain::{Link, Verdict};
use crate::locale::Problem;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashSet;

impl Case {
    /// All verdicts, in the order of their pairs. Those that another program wrote and that are not
    /// understood are left out; a case of an older version has none.
    pub fn links(&self) -> Result<Vec<Link>, Problem> {
        let sql = "SELECT min(a, b), max(a, b), verdict FROM link \
             WHERE typeof(a) = 'integer' AND typeof(b) = 'integer' AND a <> b ORDER BY 1, 2, id";
        self.read_all("link", sql, |r| {
            let verdict = match r.get_ref(2)?.as_str() {
                Ok("linked") => Verdict::Linked,
                Ok("dismissed") => Verdict::Dismissed,
                _ => return Ok(None),
            };
            Ok(Some(Link {
                a: r.get(0)?,
                b: r.get(1)?,
                verdict,
            }))
        })
    }

    /// Says what two incidents are to each other; `None` takes back what was said.
    pub fn set_link(&self, a: i64, b: i64, verdict: Option<Verdict>) -> Result<(), Problem> {
        self.writable()?;
        let (a, b) = (a.min(b), a.max(b));
        let write = || {
            match verdict.filter(|_| a != b) {
            Some(verdict) => self.conn.execute(
                "INSERT INTO link (a, b, verdict, decided_at) \
                 VALUES (?1, ?2, ?3, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) \
                 ON CONFLICT (a, b) DO UPDATE SET verdict = excluded.verdict, decided_at = excluded.decided_at",
                params![a, b, verdict.code()],
            ),
            None => {
                let sql = "DELETE FROM link WHERE (a = ?1 AND b = ?2) OR (a = ?2 AND b = ?1)";
                self.conn.execute(sql, params![a, b])
            }
        }
        };
        let written = derived::carried_on(&self.conn, &self.file, write);
        written.map(|_| ()).map_err(|e| self.problem(&e))
    }
}

/// What was said of a row that goes is kept with it.
pub(super) fn retire(conn: &Connection, incident_id: i64, import_id: i64) -> rusqlite::Result<()> {
    let links: Vec<i64> = conn
        .prepare_cached("SELECT id FROM link WHERE a = ?1 OR b = ?1")?
        .query_map([incident_id], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    for link in links {
        revisions::keep_row(conn, "link", link, import_id, RETIRED)?;
        conn.prepare_cached("DELETE FROM link WHERE id = ?1")?
            .execute([link])?;
    }
    Ok(())
}

/// A link that went with a row that was retired.
struct Gone {
    revision: i64,
    /// The import that retired the row.
    by: i64,
    ends: [i64; 2],
    row: String,
}

/// The links kept that satisfy a condition on their revision `v`, which may use ?1; newest first.
/// What another program made unreadable is left out.
fn gone(conn: &Connection, which: &str, value: i64) -> rusqlite::Result<Vec<Gone>> {
    let sql = format!(
        "SELECT * FROM (SELECT v.id, v.superseded_by, iif(json_valid(v.row), json_extract(v.row, '$.a'), NULL) AS a, \
         iif(json_valid(v.row), json_extract(v.row, '$.b'), NULL) AS b, v.row FROM revision v \
         WHERE v.table_name = 'link' AND {which}) WHERE typeof(a) = 'integer' AND typeof(b) = 'integer' ORDER BY 1 DESC"
    );
    conn.prepare(&sql)?
        .query_map([value], |r| {
            Ok(Gone {
                revision: r.get(0)?,
                by: r.get(1)?,
                ends: [r.get(2)?, r.get(3)?],
                row: r.get(4)?,
            })
        })?
        .collect()
}

fn is_there(conn: &Connection, incident_id: i64) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT 1 FROM incident WHERE id = ?1")?
        .exists([incident_id])
}

/// The import that retired an incident last.
fn retired_by(conn: &Connection, incident_id: i64) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached(
        "SELECT superseded_by FROM revision WHERE row_id = ?1 AND table_name = 'incident' AND change = 'retired' \
         ORDER BY id DESC LIMIT 1",
    )?
    .query_row([incident_id], |r| r.get(0))
    .optional()
}

/// Puts a link back unless something was said of its pair since.
fn put_back(conn: &Connection, link: &Gone) -> rusqlite::Result<()> {
    let said = conn
        .prepare_cached("SELECT 1 FROM link WHERE (a = ?1 AND b = ?2) OR (a = ?2 AND b = ?1)")?
        .exists(link.ends)?;
    match said {
        true => Ok(()),
        false => revisions::put_row(conn, "link", &link.row),
    }
}

/// Whether a link went with the first of its ends and has waited since: had both been there in
/// between, what was said of them then is what counts.
fn waited(
    conn: &Connection,
    link: &Gone,
    [went, other]: [i64; 2],
    come_back: &HashSet<i64>,
) -> rusqlite::Result<bool> {
    if retired_by(conn, went)? != Some(link.by) {
        return Ok(false);
    }
    if come_back.contains(&went) {
        return Ok(true);
    }
    let Some(left) = retired_by(conn, other)?.filter(|left| *left > link.by) else {
        return Ok(false);
    };
    let came: i64 = conn.query_row(
        "SELECT coalesce((SELECT import_id FROM revision WHERE row_id = ?1 AND table_name = 'incident' \
         AND superseded_by > ?2 ORDER BY id LIMIT 1), (SELECT import_id FROM incident WHERE id = ?1))",
        [went, link.by],
        |r| r.get(0),
    )?;
    Ok(came > left)
}

/// Puts back what went with incidents that a delivery has brought again, once both incidents of a
/// pair are there.
pub(super) fn come_back(conn: &Connection, incidents: &HashSet<i64>) -> rusqlite::Result<()> {
    if incidents.is_empty() {
        return Ok(());
    }
    for link in gone(conn, "v.id > ?1", 0)? {
        let [a, b] = link.ends;
        let touched = incidents.contains(&a) || incidents.contains(&b);
        if !(touched && is_there(conn, a)? && is_there(conn, b)?) {
            continue;
        }
        if waited(conn, &link, [a, b], incidents)? || waited(conn, &link, [b, a], incidents)? {
            put_back(conn, &link)?;
        }
    }
    Ok(())
}

/// Puts back what went with the incidents that an import had retired. Where a delivery of another
/// dataset has retired the other incident meanwhile, the link waits for that one.
pub(super) fn undo(conn: &Connection, import_id: i64) -> rusqlite::Result<()> {
    for link in gone(conn, "v.superseded_by = ?1", import_id)? {
        let mut waits_for = None;
        for end in link.ends {
            if !is_there(conn, end)? {
                waits_for = retired_by(conn, end)?;
            }
        }
        match waits_for {
            Some(by) => {
                conn.prepare_cached("UPDATE revision SET superseded_by = ?2 WHERE id = ?1")?
                    .execute([link.revision, by])?;
            }
            None if is_there(conn, link.ends[0])? && is_there(conn, link.ends[1])? => {
                put_back(conn, &link)?;
            }
            None => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_kept_changed_and_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case.gpkg");
        let case = Case::create(&path).unwrap();
        // Rows to point to are not needed to keep what was said.
        case.conn
            .execute_batch("PRAGMA foreign_keys = OFF")
            .unwrap();
        let link = |a, b, verdict| Link { a, b, verdict };
        case.set_link(7, 3, Some(Verdict::Linked)).unwrap();
        case.set_link(1, 2, Some(Verdict::Dismissed)).unwrap();
        case.set_link(5, 5, Some(Verdict::Linked)).unwrap();
        let (first, second) = (link(1, 2, Verdict::Dismissed), link(3, 7, Verdict::Linked));
        assert_eq!(case.links().unwrap(), [first, second]);
        case.set_link(3, 7, Some(Verdict::Dismissed)).unwrap();
        case.set_link(2, 1, None).unwrap();
        assert_eq!(case.links().unwrap(), [link(3, 7, Verdict::Dismissed)]);

        // What another program wrote: turned round, of no meaning, of itself.
        let strange = "INSERT INTO link (a, b, verdict, decided_at) VALUES \
             (9, 8, 'linked', ''), (10, 11, 'maybe', ''), (12, 12, 'linked', ''), (13, 14, 5, '')";
        case.conn.execute_batch(strange).unwrap();
        assert_eq!(
            case.links().unwrap(),
            [link(3, 7, Verdict::Dismissed), link(8, 9, Verdict::Linked)]
        );
        drop(case);
        let reading = Case::open_read_only(&path).unwrap();
        assert_eq!(reading.links().unwrap().len(), 2);
        assert!(reading.set_link(1, 2, None).is_err());
    }
}
