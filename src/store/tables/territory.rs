//! Territory estimates.

use super::columns::{self, Binder, columns};
use super::table::{Shapes, Table, of_kind};
use crate::domain::{
    Actor, ActorType, Grade, Record, Relation, RowKind, StoredTerritory, TerritoryEstimate,
};
use crate::locale::Problem;
use crate::store::case::Case;
use crate::store::cells::{coded, date, date_text, extra_json, local, real, some, text};
use crate::store::check::report::{CheckReport, Wrong};
use crate::store::check::values::{has_code, is_json};
use crate::store::hash::{Hasher, territory_hash};
use crate::store::{geometry, short};
use jiff::civil::Date;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

pub(super) struct Territories;

columns! {
    |t: &TerritoryEstimate, to| {
        "geom" => geometry::multi_polygon_blob(&t.area),
        "external_id" => t.external_id.as_str(),
        "line" => t.line as i64,
        "name" => t.name.text.as_str(),
        "name_es" => t.name.es.as_deref(),
        "actor" => t.actor.name.as_str(),
        "actor_type" => t.actor.actor_type.code(),
        "relation" => t.relation.code(),
        "valid_from" => t.valid_from.map(date_text),
        "valid_to" => t.valid_to.map(date_text),
        "share_low" => t.share_low,
        "share_high" => t.share_high,
        "claimant" => some(&t.claimant),
        "grade" => t.grade.to_string(),
        "note" => some(&t.note.text),
        "note_es" => t.note.es.as_deref(),
        "extra" => extra_json(&t.extra, &mut Vec::new()),
    }
}

impl Table for Territories {
    of_kind!(Territory, |t, _hasher| territory_hash(t));

    fn select(&self, rows: &str) -> String {
        let columns = columns::listed("t", COLUMNS);
        format!(
            "SELECT {columns}, t.id, t.import_id, d.name FROM {rows} t JOIN dataset d ON d.id = t.dataset_id"
        )
    }

    fn read(&self, row: &Row<'_>) -> rusqlite::Result<Option<Record>> {
        Ok(read(row)?.map(|t| t.estimate.into()))
    }

    fn shapes(&self) -> Option<Shapes> {
        Some(Shapes {
            item: "territory-shapes",
            is_sound: |value| {
                value
                    .as_blob()
                    .is_ok_and(|blob| geometry::read_multi_polygon(blob).is_some())
            },
        })
    }

    fn actor<'r>(&self, record: &'r Record) -> Option<&'r Actor> {
        match record {
            Record::Territory(t) => Some(&t.actor).filter(|actor| !actor.name.is_empty()),
            _ => None,
        }
    }

    fn actor_columns(&self) -> &'static [&'static str] {
        &["actor"]
    }

    fn check(&self, conn: &Connection, report: &mut CheckReport) -> rusqlite::Result<()> {
        check(conn, report)
    }
}

impl Case {
    /// Every estimate whose area can be used, in the order of the case.
    pub fn territories(&self) -> Result<Vec<StoredTerritory>, Problem> {
        let sql = format!("{} ORDER BY t.id", Territories.select("territory"));
        self.read_all("territory", &sql, read)
    }
}

/// Reads what [`Table::select`] lists; `None` where the area is not usable.
fn read(r: &Row<'_>) -> rusqlite::Result<Option<StoredTerritory>> {
    let area = r.get_ref(const { at("geom") })?.as_blob().ok();
    let Some(area) = area.and_then(geometry::read_multi_polygon) else {
        return Ok(None);
    };
    let actor_type = coded(r, const { at("actor_type") }, ActorType::from_code)?;
    let relation = coded(r, const { at("relation") }, Relation::from_code)?;
    let grade = Grade::parse(&text(r, const { at("grade") })?);
    Ok(Some(StoredTerritory {
        id: r.get(COLUMNS.len())?,
        import_id: r.get(COLUMNS.len() + 1)?,
        estimate: TerritoryEstimate {
            dataset: text(r, COLUMNS.len() + 2)?,
            external_id: text(r, const { at("external_id") })?,
            line: r.get::<_, i64>(const { at("line") })?.cast_unsigned(),
            name: local(r, const { at("name") })?,
            actor: Actor::new(
                text(r, const { at("actor") })?,
                actor_type.unwrap_or(ActorType::Unknown),
            ),
            relation: relation.unwrap_or(Relation::Present),
            valid_from: date(r, const { at("valid_from") })?,
            valid_to: date(r, const { at("valid_to") })?,
            share_low: real(r, const { at("share_low") })?,
            share_high: real(r, const { at("share_high") })?,
            claimant: text(r, const { at("claimant") })?,
            grade: grade.unwrap_or(Grade::UNJUDGED),
            note: local(r, const { at("note") })?,
            extra: short::object(&text(r, const { at("extra") })?),
            area,
        },
    }))
}

/// Territories with a relation, a grade, a share or a date that cannot be read.
fn check(conn: &Connection, report: &mut CheckReport) -> rusqlite::Result<()> {
    let mut wrong = Wrong::default();
    let mut statement = conn.prepare(
        "SELECT id, relation, grade, valid_from, valid_to, share_low, share_high, extra FROM territory ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let date = |name| -> rusqlite::Result<Option<Option<Date>>> {
            Ok(match row.get_ref(name)? {
                ValueRef::Null => Some(None),
                value => value
                    .as_str()
                    .ok()
                    .and_then(|text| text.parse().ok())
                    .map(Some),
            })
        };
        let share = |name| -> rusqlite::Result<bool> {
            Ok(match row.get_ref(name)? {
                ValueRef::Null => true,
                ValueRef::Real(per_cent) => (0.0..=100.0).contains(&per_cent),
                ValueRef::Integer(per_cent) => (0..=100).contains(&per_cent),
                _ => false,
            })
        };
        let in_order = match (date("valid_from")?, date("valid_to")?) {
            (Some(Some(from)), Some(Some(to))) => from <= to,
            (from, to) => from.is_some() && to.is_some(),
        };
        let is_known = has_code(row.get_ref("relation")?, Relation::from_code)
            && has_code(row.get_ref("grade")?, Grade::parse)
            && share("share_low")?
            && share("share_high")?
            && is_json(row.get_ref("extra")?);
        if !is_known || !in_order {
            wrong.add(row.get(0)?);
        }
    }
    wrong.into_report("territory-values", report);
    Ok(())
}
