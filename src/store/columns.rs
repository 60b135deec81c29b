//! The columns of all rows in memory: as kept with the rows, where they agree with some of them, else from the
//! rows.

use super::actors::actor_types;
use super::case::Case;
use super::cells::text;
use super::file::CaseFile;
use super::tables::incident;
use super::{cache, derived, guard};
use crate::domain::{ActorType, Source};
use crate::index::{Builder, Columns, Row as At, RowActor, Wanted};
use crate::locale::Problem;
use rusqlite::{Connection, Row};
use std::collections::{BTreeSet, HashMap};

/// Rows held against the columns at each reading.
const PROBES: u64 = 64;

impl Case {
    /// Everything the filter and the map need, in memory: as kept with the rows, else from the rows,
    /// and then kept where the case may be written to. `progress` gets rows read so far and says
    /// whether to go on; `None` where it does not.
    pub fn columns(&self, progress: impl FnMut(u64) -> bool) -> Result<Option<Columns>, Problem> {
        self.columns_wanted(Wanted::ALL, progress)
    }

    /// As [`Case::columns`]; those that are not wanted may be empty.
    pub fn columns_wanted(
        &self,
        wanted: Wanted,
        progress: impl FnMut(u64) -> bool,
    ) -> Result<Option<Columns>, Problem> {
        let read = self.read_columns(wanted, progress);
        let mut columns = read.map_err(|e| self.problem(&e))?;
        columns.iter_mut().for_each(|c| c.unify_names(wanted));
        Ok(columns)
    }

    fn read_columns(
        &self,
        wanted: Wanted,
        progress: impl FnMut(u64) -> bool,
    ) -> rusqlite::Result<Option<Columns>> {
        // All of one moment.
        let tx = self.conn.unchecked_transaction()?;
        if self.known_on.is_none()
            && let Some(columns) = kept_columns(&tx, &self.file, wanted)?
        {
            return Ok(Some(columns));
        }
        let columns = columns_from_rows(&tx, progress)?;
        if let Some(columns) = &columns
            && self.read_only.is_none()
            && derived::pays(&tx)?
            && cache::is_guarded(&tx)?
            && keep(&tx, &self.file, columns).is_ok()
        {
            // Where another program is writing, the next opening does it.
            let _ = tx.commit();
        }
        Ok(columns)
    }
}

/// Keeps columns that were read anew; what else was kept was made of other rows.
fn keep(conn: &Connection, file: &CaseFile, columns: &Columns) -> rusqlite::Result<()> {
    guard::still_ours(conn)?;
    if !derived::is_true(conn, file)? {
        cache::empty(conn)?;
    }
    cache::keep(conn, columns)?;
    derived::confirm(conn, file)
}

/// The columns that are wanted as they are kept, where they are true; in the caller's transaction.
pub(super) fn kept_columns(
    conn: &Connection,
    file: &CaseFile,
    wanted: Wanted,
) -> rusqlite::Result<Option<Columns>> {
    match derived::is_true(conn, file)? {
        true => read(conn, wanted),
        false => Ok(None),
    }
}

/// The columns of all rows that have a place and a date.
pub(super) fn columns_from_rows(
    conn: &Connection,
    mut progress: impl FnMut(u64) -> bool,
) -> rusqlite::Result<Option<Columns>> {
    let types = actor_types(conn)?;
    let mut builder = Builder::default();
    let mut statement = conn.prepare(&column_rows("ORDER BY i.id"))?;
    let mut rows = statement.query([])?;
    let mut read = 0;
    while let Some(row) = rows.next()? {
        push_row(&mut builder, row, &types)?;
        read += 1;
        if read % 4096 == 0 && !progress(read) {
            return Ok(None);
        }
    }
    Ok(Some(builder.finish()))
}

/// The columns of those of `ids` that the case has.
pub(super) fn columns_of(conn: &Connection, ids: &[i64]) -> rusqlite::Result<Columns> {
    let types = actor_types(conn)?;
    let mut builder = Builder::default();
    let mut statement = conn.prepare(&column_rows("WHERE i.id = ?1"))?;
    let ids: BTreeSet<i64> = ids.iter().copied().collect();
    for id in ids {
        let mut rows = statement.query([id])?;
        while let Some(row) = rows.next()? {
            push_row(&mut builder, row, &types)?;
        }
    }
    Ok(builder.finish())
}

fn column_rows(which: &str) -> String {
    format!(
        "SELECT {}, i.id, d.name FROM incident i JOIN dataset d ON d.id = i.dataset_id {which}",
        incident::listed()
    )
}

fn push_row(
    builder: &mut Builder,
    row: &Row<'_>,
    types: &HashMap<String, ActorType>,
) -> rusqlite::Result<()> {
    let of_map = |name: &str| types.get(name).copied().unwrap_or(ActorType::Unknown);
    if let Some(mut incident) = incident::read(row, &of_map)? {
        let grade = incident::grade(row)?;
        // Sources are not read here; the row's grade stands for them.
        incident.credibility = grade.map(|g| g.credibility);
        incident.sources = vec![Source {
            reliability: grade.map(|g| g.reliability),
            ..Source::default()
        }];
        let dataset = text(row, incident::WIDTH + 1)?;
        builder.push(row.get(incident::WIDTH)?, &dataset, &incident);
    }
    Ok(())
}

/// The columns that are wanted as they are kept; `None` where there are none or anything about them is wrong. In
/// the caller's transaction, so that all are of one moment.
pub(super) fn read(conn: &Connection, wanted: Wanted) -> rusqlite::Result<Option<Columns>> {
    let Some(columns) = cache::read(conn, wanted)? else {
        return Ok(None);
    };
    Ok(agrees_in_places(conn, &columns, wanted)?.then_some(columns))
}

/// Holds some rows, spread over all and others in each case, against the columns.
fn agrees_in_places(
    conn: &Connection,
    columns: &Columns,
    wanted: Wanted,
) -> rusqlite::Result<bool> {
    let n = columns.len() as u64;
    // A linear congruential walk from a start that the data gives.
    let mut state = columns
        .id
        .iter()
        .take(8)
        .fold(n, |s, id| s ^ id.cast_unsigned());
    let mut rows = Vec::new();
    for _ in 0..PROBES.min(n) {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        rows.push(((state >> 33) % n) as At);
    }
    let ids: Vec<i64> = rows.iter().map(|row| columns.id[*row as usize]).collect();
    let fresh = columns_of(conn, &ids)?;
    Ok(rows.iter().zip(&ids).all(|(row, id)| {
        fresh
            .row_of(*id)
            .is_some_and(|of| same_row((columns, *row), (&fresh, of), wanted))
    }))
}

/// How many rows of two sets of columns say the same.
pub(super) fn rows_alike(kept: &Columns, fresh: &Columns) -> usize {
    let alike = |row: &At| {
        kept.row_of(fresh.id[*row as usize])
            .is_some_and(|of| same_row((kept, of), (fresh, *row), Wanted::ALL))
    };
    (0..fresh.len() as At).filter(alike).count()
}

/// Of the wanted columns.
fn same_row((a, row_a): (&Columns, At), (b, row_b): (&Columns, At), wanted: Wanted) -> bool {
    let (i, k) = (row_a as usize, row_b as usize);
    let actors = || {
        let (on_a, on_b) = (a.actors_of(row_a), b.actors_of(row_b));
        let same = |(x, y): (&RowActor, &RowActor)| {
            let (of_x, of_y) = (x.actor(), y.actor());
            a.actors.get(of_x) == b.actors.get(of_y)
                && a.actor_types[of_x.0 as usize] == b.actor_types[of_y.0 as usize]
                && (x.on_a(), x.on_b()) == (y.on_a(), y.on_b())
        };
        on_a.len() == on_b.len() && on_a.iter().zip(on_b).all(same)
    };
    let unless = |of: Wanted| !wanted.has(of);
    let days = (a.start_day[i], a.end_day[i]) == (b.start_day[k], b.end_day[k]);
    a.id[i] == b.id[k]
        && days
        && a.deaths(row_a) == b.deaths(row_b)
        && (unless(Wanted::CLOCK)
            || a.minute[i] == b.minute[k] && a.time_precision[i] == b.time_precision[k])
        && (unless(Wanted::POSITION)
            || a.lon[i].to_bits() == b.lon[k].to_bits() && a.lat[i].to_bits() == b.lat[k].to_bits())
        && (unless(Wanted::PRECISION)
            || a.radius_m[i].to_bits() == b.radius_m[k].to_bits()
                && a.place_precision[i] == b.place_precision[k])
        && (unless(Wanted::KIND) || a.kind[i] == b.kind[k])
        && (unless(Wanted::GRADE)
            || a.reliability[i] == b.reliability[k] && a.credibility[i] == b.credibility[k])
        && (unless(Wanted::DATASET) || a.datasets.get(a.dataset[i]) == b.datasets.get(b.dataset[k]))
        && (unless(Wanted::ADMIN) || a.admins.get(a.admin[i]) == b.admins.get(b.admin[k]))
        && (unless(Wanted::PLACE) || a.places.get(a.place[i]) == b.places.get(b.place[k]))
        && (unless(Wanted::ACTORS) || actors())
}
