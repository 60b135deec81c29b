//! From the case file to domain types. A file may have been edited elsewhere: values that are not
//! understood read as unknown, rows without a place or a date are left out and counted by `check`.

use super::file::CaseFile;
use super::{Case, cache, derived, geometry, guard, short};
use crate::domain::*;
use crate::index::{Builder, Columns, Wanted};
use crate::locale::Problem;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use std::collections::{BTreeSet, HashMap};

pub(super) const INCIDENT_COLUMNS: &str = "i.geom, i.external_id, i.line, i.kind, i.source_kind, i.title, told_es(i.kind, i.source_kind, i.title, i.title_es), i.start_date, \
    i.end_date, i.time_precision, i.instant_utc, i.zone, i.place_precision, i.radius_m, i.place, i.admin2, i.admin1, i.country, \
    i.side_a, i.side_b, i.deaths_low, i.deaths_best, i.deaths_high, i.narrative, i.narrative_es, i.grade, i.credibility, \
    i.related, i.extra, i.version";

pub(super) const TERRITORY_COLUMNS: &str = "t.id, t.import_id, t.geom, t.external_id, t.line, t.name, t.name_es, \
    t.actor, t.actor_type, t.relation, t.valid_from, t.valid_to, t.share_low, t.share_high, t.claimant, t.grade, t.note, \
    t.note_es, t.extra, d.name";

pub(super) const IMPORT_COLUMNS: &str = "m.id, d.name, m.file_name, m.sha256, m.size_bytes, m.format, m.profile, m.encoding, \
    m.imported_at, coalesce(m.known_at, m.imported_at), m.\"full\", m.retired, m.rows_read, m.added, m.updated, m.unchanged, m.rejected, coalesce(m.options, '')";
/// How many those are.
pub(super) const IMPORT_WIDTH: usize = 18;

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
            && let Some(columns) = derived::columns(&tx, &self.file, wanted)?
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

    /// One incident with its sources and where it comes from.
    pub fn incident(&self, id: i64) -> Result<Option<StoredIncident>, Problem> {
        stored_incident(&self.conn, id).map_err(|e| self.problem(&e))
    }

    /// The primary key of an incident by its dataset and external id.
    pub fn incident_id(&self, dataset: &str, external_id: &str) -> Result<Option<i64>, Problem> {
        self.conn
            .prepare_cached("SELECT i.id FROM incident i JOIN dataset d ON d.id = i.dataset_id WHERE d.name = ?1 AND i.external_id = ?2")
            .and_then(|mut s| s.query_row([dataset, external_id], |r| r.get(0)).optional())
            .map_err(|e| self.problem(&e))
    }

    pub fn territories(&self) -> Result<Vec<StoredTerritory>, Problem> {
        let read = || {
            let sql = format!(
                "SELECT {TERRITORY_COLUMNS} FROM territory t JOIN dataset d ON d.id = t.dataset_id ORDER BY t.id"
            );
            let mut statement = self.conn.prepare(&sql)?;
            let rows = statement.query_map([], territory_from)?;
            rows.filter_map(Result::transpose)
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|e| self.problem(&e))
    }

    /// Datasets with what the case holds of each.
    pub fn datasets(&self) -> Result<Vec<DatasetInfo>, Problem> {
        // Of a lone dataset all rows are: that is counted without a look at each.
        let of_each = |table: &str| {
            format!(
                "CASE WHEN (SELECT count(*) FROM dataset) = 1 THEN (SELECT count(*) FROM {table}) \
                 ELSE (SELECT count(*) FROM {table} t WHERE t.dataset_id = d.id) END"
            )
        };
        self.datasets_counted(of_each)
    }

    /// The same without how much there is of each, which takes a while where that are millions.
    pub fn datasets_uncounted(&self) -> Result<Vec<DatasetInfo>, Problem> {
        self.datasets_counted(|_| "0".to_owned())
    }

    fn datasets_counted(
        &self,
        of_each: impl Fn(&str) -> String,
    ) -> Result<Vec<DatasetInfo>, Problem> {
        let read = || {
            // A case of an earlier version that is only read has neither movements nor places.
            let counted = |table: &str| -> rusqlite::Result<String> {
                Ok(match self.has_table(table)? {
                    true => of_each(table),
                    false => "0".to_owned(),
                })
            };
            let [incidents, territories] = [counted("incident")?, counted("territory")?];
            let [movements, places] = [counted("movement")?, counted("place")?];
            let mut statement = self.conn.prepare(&format!(
                "SELECT d.name, d.licence, d.attribution, {incidents}, {territories}, {movements}, {places} FROM dataset d ORDER BY d.id",
            ))?;
            let rows = statement.query_map([], |r| {
                Ok(DatasetInfo {
                    name: r.get(0)?,
                    licence: r.get(1)?,
                    attribution: r.get(2)?,
                    incidents: r.get::<_, i64>(3)? as u64,
                    territories: r.get::<_, i64>(4)? as u64,
                    movements: r.get::<_, i64>(5)? as u64,
                    places: r.get::<_, i64>(6)? as u64,
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|e| self.problem(&e))
    }

    /// Every import, newest last.
    pub fn imports(&self) -> Result<Vec<ImportInfo>, Problem> {
        let read = || {
            let sql = format!(
                "SELECT {IMPORT_COLUMNS} FROM import m JOIN dataset d ON d.id = m.dataset_id ORDER BY m.id"
            );
            let mut statement = self.conn.prepare(&sql)?;
            let rows = statement.query_map([], |r| import_from(r, 0))?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|e| self.problem(&e))
    }

    /// The first `limit` rows that could not be used, of one import or of all.
    pub fn rejects(&self, import_id: Option<i64>, limit: u64) -> Result<Vec<RejectRow>, Problem> {
        let read = || {
            let mut statement = self
                .conn
                .prepare(&rejects(import_id, &format!("LIMIT {}", limit as i64)))?;
            let rows = statement.query_map(params_from_iter(import_id), reject_from)?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|e| self.problem(&e))
    }

    /// Calls `each` with every row that could not be used, of one import or of all, in the order of the
    /// files.
    pub fn each_reject(
        &self,
        import_id: Option<i64>,
        each: &mut dyn FnMut(RejectRow) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let mut statement = self
            .conn
            .prepare(&rejects(import_id, ""))
            .map_err(|e| self.problem(&e))?;
        let mut rows = statement
            .query(params_from_iter(import_id))
            .map_err(|e| self.problem(&e))?;
        while let Some(row) = rows.next().map_err(|e| self.problem(&e))? {
            each(reject_from(row).map_err(|e| self.problem(&e))?)?;
        }
        Ok(())
    }

    /// How many rows could not be used for each reason, most first.
    pub fn reject_counts(&self, import_id: Option<i64>) -> Result<Vec<(String, u64)>, Problem> {
        let read = || {
            let mut statement = self.conn.prepare(&format!(
                "SELECT reason, count(*) FROM reject {} GROUP BY reason ORDER BY 2 DESC, 1",
                of_import(import_id)
            ))?;
            let rows = statement.query_map(params_from_iter(import_id), |r| {
                Ok((r.get(0)?, r.get::<_, i64>(1)?.cast_unsigned()))
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|e| self.problem(&e))
    }

    /// Columns of the files that rows were rejected of, in their order; of one import or of all.
    pub fn rejected_columns(&self, import_id: Option<i64>) -> Result<Vec<String>, Problem> {
        let read = || {
            let mut statement = self.conn.prepare(
                "SELECT columns FROM import WHERE (?1 IS NULL OR id = ?1) AND rejected > 0 ORDER BY id",
            )?;
            let rows = statement.query_map([import_id], |r| text(r, 0))?;
            let mut columns = Vec::new();
            for row in rows {
                let names: Vec<String> = serde_json::from_str(&row?).unwrap_or_default();
                columns.extend(names);
            }
            Ok(columns)
        };
        read().map_err(|e: rusqlite::Error| self.problem(&e))
    }

    /// A value kept under a key.
    pub fn setting(&self, key: &str) -> Result<Option<String>, Problem> {
        self.conn
            .query_row("SELECT value FROM setting WHERE key = ?1", [key], |r| {
                r.get(0)
            })
            .optional()
            .map_err(|e| self.problem(&e))
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

/// A condition that the index of rejects answers: one that holds for all as well would not be.
fn of_import(import_id: Option<i64>) -> &'static str {
    match import_id {
        Some(_) => "WHERE import_id = ?1",
        None => "",
    }
}

/// Rows that could not be used, of import ?1 or of all.
fn rejects(import_id: Option<i64>, limit: &str) -> String {
    format!(
        "SELECT import_id, line, \"column\", value, reason, raw FROM reject {} ORDER BY id {limit}",
        of_import(import_id)
    )
}

/// Whether place and date of an incident can be used, which [`Case::columns`] leaves out where they cannot.
pub(super) fn is_usable(row: &Row<'_>, at: usize) -> rusqlite::Result<bool> {
    Ok(incident_from(row, at, &|_| ActorType::Unknown)?.is_some())
}

fn reject_from(r: &Row<'_>) -> rusqlite::Result<RejectRow> {
    Ok(RejectRow {
        import_id: r.get(0)?,
        line: r.get::<_, i64>(1)? as u64,
        column: r.get(2)?,
        value: r.get(3)?,
        reason: r.get(4)?,
        raw: r.get(5)?,
    })
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
        "SELECT i.id, d.name, {INCIDENT_COLUMNS} FROM incident i JOIN dataset d ON d.id = i.dataset_id {which}"
    )
}

fn push_row(
    builder: &mut Builder,
    row: &Row<'_>,
    types: &HashMap<String, ActorType>,
) -> rusqlite::Result<()> {
    let of_map = |name: &str| types.get(name).copied().unwrap_or(ActorType::Unknown);
    if let Some(mut incident) = incident_from(row, 2, &of_map)? {
        let grade = row.get_ref("grade")?.as_str().ok().and_then(Grade::parse);
        // Sources are not read here; the row's grade stands for them.
        incident.credibility = grade.map(|g| g.credibility);
        incident.sources = vec![Source {
            reliability: grade.map(|g| g.reliability),
            ..Source::default()
        }];
        builder.push(row.get(0)?, &text(row, 1)?, &incident);
    }
    Ok(())
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

pub(super) fn stored_incident(
    conn: &Connection,
    id: i64,
) -> rusqlite::Result<Option<StoredIncident>> {
    let of_name = |name: &str| actor_type(conn, name).unwrap_or(ActorType::Unknown);
    let sql = format!(
        "SELECT {IMPORT_COLUMNS}, d2.name, {INCIDENT_COLUMNS}, coalesce(m.extra_names, '') AS extra_names FROM incident i JOIN import m ON m.id = i.import_id \
         JOIN dataset d ON d.id = m.dataset_id JOIN dataset d2 ON d2.id = i.dataset_id WHERE i.id = ?1"
    );
    let found = conn
        .prepare_cached(&sql)?
        .query_row([id], |r| {
            Ok((
                import_from(r, 0)?,
                r.get::<_, String>(IMPORT_WIDTH)?,
                incident_from(r, IMPORT_WIDTH + 1, &of_name)?,
                text_of(r, "extra")?,
                text_of(r, "extra_names")?,
            ))
        })
        .optional()?;
    let Some((import, dataset, Some(mut incident), extra, names)) = found else {
        return Ok(None);
    };
    incident.sources = sources_of(conn, id)?;
    incident.extra = short::told(&extra, &names);
    Ok(Some(StoredIncident {
        id,
        dataset,
        import,
        incident,
    }))
}

/// `None` for an actor that the case does not know.
fn actor_type(conn: &Connection, name: &str) -> Option<ActorType> {
    let mut statement = conn
        .prepare_cached("SELECT type FROM actor WHERE name = ?1")
        .ok()?;
    let code: String = statement.query_row([name], |r| r.get(0)).ok()?;
    ActorType::from_code(&code)
}

fn sources_of(conn: &Connection, incident_id: i64) -> rusqlite::Result<Vec<Source>> {
    let mut statement = conn.prepare_cached(
        "SELECT publisher, title, date, url, language, reliability FROM source WHERE incident_id = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([incident_id], |r| {
        Ok(Source {
            publisher: text(r, 0)?,
            title: text(r, 1)?,
            date: date(r, 2)?,
            url: text(r, 3)?,
            language: text(r, 4)?,
            reliability: coded(r, 5, Reliability::from_code)?,
        })
    })?;
    rows.collect()
}

/// Reads [`IMPORT_COLUMNS`] from column `at` on.
pub(super) fn import_from(r: &Row<'_>, at: usize) -> rusqlite::Result<ImportInfo> {
    let count = |i: usize| r.get::<_, i64>(at + i).map(|n| n as u64);
    Ok(ImportInfo {
        id: r.get(at)?,
        dataset: r.get(at + 1)?,
        file_name: r.get(at + 2)?,
        sha256: r.get(at + 3)?,
        size_bytes: count(4)?,
        format: r.get(at + 5)?,
        profile: r.get(at + 6)?,
        encoding: r.get(at + 7)?,
        imported_at: r.get(at + 8)?,
        known_at: r.get(at + 9)?,
        full: r.get(at + 10)?,
        retired: count(11)?,
        rows_read: count(12)?,
        added: count(13)?,
        updated: count(14)?,
        unchanged: count(15)?,
        rejected: count(16)?,
        options: r.get(at + 17)?,
    })
}

/// Reads [`INCIDENT_COLUMNS`] from column `at` on, but for what columns in memory never hold: sources and
/// further columns. `None` where place or date are not usable.
fn incident_from(
    r: &Row<'_>,
    at: usize,
    type_of: &dyn Fn(&str) -> ActorType,
) -> rusqlite::Result<Option<Incident>> {
    let c = |i: usize| at + i;
    let (Some([lon, lat]), Some(start), Some(end)) = (
        r.get_ref(c(0))?
            .as_blob()
            .ok()
            .and_then(geometry::read_point),
        date(r, c(7))?,
        date(r, c(8))?,
    ) else {
        return Ok(None);
    };
    let precision = coded(r, c(12), PlacePrecision::from_code)?.unwrap_or(PlacePrecision::Country);
    let Some(mut position) = Position::new(lon, lat, precision) else {
        return Ok(None);
    };
    position.radius_m = r
        .get::<_, Option<f64>>(c(13))?
        .filter(|m| m.is_finite() && *m >= 0.0);
    let time_precision = coded(r, c(9), TimePrecision::from_code)?.unwrap_or(TimePrecision::Year);
    let Some(mut when) = When::new(start, end, time_precision) else {
        return Ok(None);
    };
    when.instant = instant(&text(r, c(10))?, text(r, c(11))?);
    let deaths =
        Deaths::new(count(r, c(20))?, count(r, c(21))?, count(r, c(22))?).unwrap_or_default();
    Ok(Some(Incident {
        external_id: text(r, c(1))?,
        line: r.get::<_, i64>(c(2))? as u64,
        kind: coded(r, c(3), Kind::from_code)?.unwrap_or(Kind::Other),
        source_kind: text(r, c(4))?,
        title: LocalText {
            text: text(r, c(5))?,
            es: some_text(r, c(6))?,
        },
        when,
        position,
        places: PlaceNames {
            place: text(r, c(14))?,
            admin2: text(r, c(15))?,
            admin1: text(r, c(16))?,
            country: text(r, c(17))?,
        },
        side_a: side(&text(r, c(18))?, type_of),
        side_b: side(&text(r, c(19))?, type_of),
        deaths,
        narrative: LocalText {
            text: text(r, c(23))?,
            es: some_text(r, c(24))?,
        },
        sources: Vec::new(),
        credibility: coded(r, c(26), Credibility::from_code)?,
        related: serde_json::from_str(&text(r, c(27))?).unwrap_or_default(),
        extra: Vec::new(),
        version: r.get_ref(c(29))?.as_i64().ok(),
    }))
}

/// Reads [`TERRITORY_COLUMNS`]; `None` where the area is not usable.
pub(super) fn territory_from(r: &Row<'_>) -> rusqlite::Result<Option<StoredTerritory>> {
    let Some(area) = r
        .get_ref(2)?
        .as_blob()
        .ok()
        .and_then(geometry::read_multi_polygon)
    else {
        return Ok(None);
    };
    let actor_type = coded(r, 8, ActorType::from_code)?.unwrap_or(ActorType::Unknown);
    Ok(Some(StoredTerritory {
        id: r.get(0)?,
        import_id: r.get(1)?,
        estimate: TerritoryEstimate {
            dataset: text(r, 19)?,
            external_id: text(r, 3)?,
            line: r.get::<_, i64>(4)? as u64,
            name: LocalText {
                text: text(r, 5)?,
                es: some_text(r, 6)?,
            },
            actor: Actor::new(text(r, 7)?, actor_type),
            relation: coded(r, 9, Relation::from_code)?.unwrap_or(Relation::Present),
            valid_from: date(r, 10)?,
            valid_to: date(r, 11)?,
            share_low: real(r, 12)?,
            share_high: real(r, 13)?,
            claimant: text(r, 14)?,
            grade: Grade::parse(&text(r, 15)?).unwrap_or(Grade::UNJUDGED),
            note: LocalText {
                text: text(r, 16)?,
                es: some_text(r, 17)?,
            },
            extra: short::object(&text(r, 18)?),
            area,
        },
    }))
}

pub(super) fn some_text(r: &Row<'_>, i: usize) -> rusqlite::Result<Option<String>> {
    Ok(r.get_ref(i)?.as_str().ok().map(str::to_owned))
}

pub(super) fn real(r: &Row<'_>, i: usize) -> rusqlite::Result<Option<f64>> {
    Ok(r.get_ref(i)?.as_f64().ok())
}

fn text_of(r: &Row<'_>, name: &str) -> rusqlite::Result<String> {
    Ok(r.get_ref(name)?.as_str().unwrap_or_default().to_owned())
}

/// Text of a column, empty for NULL and for what is not text.
pub(super) fn text(r: &Row<'_>, i: usize) -> rusqlite::Result<String> {
    Ok(r.get_ref(i)?.as_str().unwrap_or_default().to_owned())
}

pub(super) fn date(r: &Row<'_>, i: usize) -> rusqlite::Result<Option<Date>> {
    Ok(r.get_ref(i)?.as_str().ok().and_then(|t| t.parse().ok()))
}

pub(super) fn coded<T>(
    r: &Row<'_>,
    i: usize,
    from_code: fn(&str) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    Ok(r.get_ref(i)?.as_str().ok().and_then(from_code))
}

fn count(r: &Row<'_>, i: usize) -> rusqlite::Result<Option<u32>> {
    Ok(r.get_ref(i)?
        .as_i64()
        .ok()
        .and_then(|n| u32::try_from(n).ok()))
}

pub(super) fn instant(utc: &str, zone: String) -> Option<Instant> {
    Some(Instant {
        utc: utc.parse().ok()?,
        zone,
    })
}

fn side(text: &str, type_of: &dyn Fn(&str) -> ActorType) -> Vec<Actor> {
    let names = text.split("; ").filter(|n| !n.is_empty());
    names.map(|n| Actor::new(n, type_of(n))).collect()
}
