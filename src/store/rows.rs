//! Incidents as rows of the case's tables: statements prepared once and buffers used again, since
//! a million rows come through here.

use super::geometry;
use super::revisions::Superseded;
use super::short::{self, Names};
use crate::domain::{Actor, ActorType, Credibility, Incident, Reliability};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Statement, params};
use std::collections::HashMap;

/// The columns that an import writes, `id` apart, in the order of [`RowWriter::bind`].
const COLUMNS: [&str; 34] = [
    "geom",
    "dataset_id",
    "external_id",
    "import_id",
    "line",
    "kind",
    "kind_group",
    "source_kind",
    "title",
    "title_es",
    "start_date",
    "end_date",
    "time_precision",
    "instant_utc",
    "zone",
    "place_precision",
    "radius_m",
    "place",
    "admin2",
    "admin1",
    "country",
    "side_a",
    "side_b",
    "deaths_low",
    "deaths_best",
    "deaths_high",
    "narrative",
    "narrative_es",
    "grade",
    "credibility",
    "related",
    "extra",
    "row_hash",
    "version",
];

/// Writes incidents of one import.
pub(super) struct RowWriter<'a> {
    dataset_id: i64,
    import_id: i64,
    insert: Statement<'a>,
    update: Statement<'a>,
    delete_sources: Statement<'a>,
    add_source: Statement<'a>,
    add_actor: Statement<'a>,
    keep_type: Statement<'a>,
    /// Actors written, and whether with a type.
    actors: HashMap<String, bool, foldhash::fast::RandomState>,
    /// Of further columns, as far as rows brought them.
    pub(super) names: Names,
    text: String,
    json: Vec<u8>,
}

/// Puts incidents back as they were, without a word to the actors.
pub(super) struct Restorer<'a> {
    insert: Statement<'a>,
    /// `None` where the case is of an earlier version, whose rows carry the names themselves.
    names_of: Option<Statement<'a>>,
    /// Names of further columns by import; `None` where its rows carry them themselves.
    names: HashMap<i64, Option<Names>>,
    add_source: Statement<'a>,
    text: String,
    json: Vec<u8>,
}

impl<'a> Restorer<'a> {
    /// Into tables with the columns of `incident` and `source`.
    pub(super) fn new(
        conn: &'a Connection,
        incidents: &str,
        sources: &str,
    ) -> rusqlite::Result<Restorer<'a>> {
        Ok(Restorer {
            insert: conn.prepare(&insert_into(incidents))?,
            names_of: conn
                .prepare("SELECT extra_names FROM main.import WHERE id = ?1")
                .ok(),
            names: HashMap::new(),
            add_source: conn.prepare(&source_into(sources))?,
            text: String::new(),
            json: Vec::new(),
        })
    }

    pub(super) fn put(&mut self, s: &Superseded) -> rusqlite::Result<()> {
        if !self.names.contains_key(&s.import_id) {
            let listed: Option<String> = match &mut self.names_of {
                Some(of) => of
                    .query_row([s.import_id], |row| row.get(0))
                    .optional()?
                    .flatten(),
                None => None,
            };
            let names = listed.map(|json| Names::from_json(&json));
            self.names.insert(s.import_id, names);
        }
        let names = self.names.get_mut(&s.import_id).and_then(Option::as_mut);
        // The list is not written to any more.
        let names = names.filter(|names| names.knows(&s.incident.extra));
        bind(
            &mut self.insert,
            [s.row_id, s.dataset_id, s.import_id, s.row_hash],
            &s.incident,
            names,
            (&mut self.text, &mut self.json),
        )?;
        self.insert.raw_execute()?;
        write_sources(&mut self.add_source, s.row_id, &s.incident)
    }
}

/// `id` is parameter 1, [`COLUMNS`] follow.
fn insert_into(table: &str) -> String {
    let marks: Vec<String> = (0..COLUMNS.len()).map(|i| format!("?{}", i + 2)).collect();
    format!(
        "INSERT INTO {table} (id, {}) VALUES (?1, {})",
        COLUMNS.join(", "),
        marks.join(", ")
    )
}

fn source_into(table: &str) -> String {
    format!(
        "INSERT INTO {table} (incident_id, publisher, title, date, url, language, reliability) VALUES (?1,?2,?3,?4,?5,?6,?7)"
    )
}

fn write_sources(add: &mut Statement<'_>, id: i64, i: &Incident) -> rusqlite::Result<()> {
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

impl<'a> RowWriter<'a> {
    pub(super) fn new(
        conn: &'a Connection,
        dataset_id: i64,
        import_id: i64,
    ) -> rusqlite::Result<RowWriter<'a>> {
        let numbered = |i: usize| i + 2;
        let insert = format!(
            "{} ON CONFLICT (dataset_id, external_id) DO NOTHING",
            insert_into("incident")
        );
        let assigned = COLUMNS.iter().enumerate();
        let assigned: Vec<String> = assigned
            .map(|(i, name)| format!("{name} = ?{}", numbered(i)))
            .collect();
        let update = format!("UPDATE incident SET {} WHERE id = ?1", assigned.join(", "));
        Ok(RowWriter {
            dataset_id,
            import_id,
            insert: conn.prepare(&insert)?,
            update: conn.prepare(&update)?,
            delete_sources: conn.prepare("DELETE FROM source WHERE incident_id = ?1")?,
            add_source: conn.prepare(&source_into("source"))?,
            // A type already known is not forgotten for an unknown one; a later one corrects it.
            add_actor: conn.prepare(
                "INSERT INTO actor (name, type) VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET type = excluded.type \
                 WHERE excluded.type <> 'unknown'",
            )?,
            keep_type: conn.prepare(
                "INSERT INTO revision (row_id, import_id, line, superseded_by, row, table_name) \
                 SELECT id, ?3, 0, ?3, json_object('type', type), 'actor' FROM actor WHERE name = ?1 AND type <> ?2",
            )?,
            actors: HashMap::default(),
            names: Names::default(),
            text: String::new(),
            json: Vec::new(),
        })
    }

    /// Adds a row under `id`; `false`, and nothing done, where the dataset has one of its key.
    pub(super) fn insert(&mut self, id: i64, i: &Incident, hash: i64) -> rusqlite::Result<bool> {
        bind(
            &mut self.insert,
            [id, self.dataset_id, self.import_id, hash],
            i,
            Some(&mut self.names),
            (&mut self.text, &mut self.json),
        )?;
        if self.insert.raw_execute()? == 0 {
            return Ok(false);
        }
        self.write_parts(id, i)?;
        Ok(true)
    }

    /// Puts a row in the place of the one under `id`.
    pub(super) fn update(&mut self, id: i64, i: &Incident, hash: i64) -> rusqlite::Result<()> {
        bind(
            &mut self.update,
            [id, self.dataset_id, self.import_id, hash],
            i,
            Some(&mut self.names),
            (&mut self.text, &mut self.json),
        )?;
        self.update.raw_execute()?;
        self.delete_sources.execute([id])?;
        self.write_parts(id, i)
    }

    fn write_parts(&mut self, id: i64, i: &Incident) -> rusqlite::Result<()> {
        for actor in i.side_a.iter().chain(&i.side_b) {
            self.actor(actor)?;
        }
        write_sources(&mut self.add_source, id, i)
    }

    pub(super) fn actor(&mut self, actor: &Actor) -> rusqlite::Result<()> {
        let typed = actor.actor_type != ActorType::Unknown;
        match self.actors.get_mut(&actor.name) {
            Some(known) if *known || !typed => return Ok(()),
            Some(known) => *known = typed,
            None => _ = self.actors.insert(actor.name.clone(), typed),
        }
        if typed {
            self.keep_type(actor)?;
        }
        self.add_actor
            .execute([plain_name(&actor.name).as_str(), actor.actor_type.code()])?;
        Ok(())
    }
}

impl RowWriter<'_> {
    /// Keeps the type that the case has for an actor, where this import corrects it.
    fn keep_type(&mut self, actor: &Actor) -> rusqlite::Result<()> {
        let name = plain_name(&actor.name);
        let code = actor.actor_type.code();
        self.keep_type
            .execute(params![name, code, self.import_id])?;
        Ok(())
    }
}

/// Binds id and [`COLUMNS`]. `[id, dataset_id, import_id, hash]` are what the row does not say itself.
fn bind(
    s: &mut Statement<'_>,
    [id, dataset_id, import_id, hash]: [i64; 4],
    i: &Incident,
    names: Option<&mut Names>,
    (text, json): (&mut String, &mut Vec<u8>),
) -> rusqlite::Result<()> {
    let mut at = 0;
    macro_rules! put {
        ($($value:expr),+ $(,)?) => {$({
            at += 1;
            s.raw_bind_parameter(at, $value)?;
        })+};
    }
    put!(
        id,
        geometry::point_blob(i.position.lon, i.position.lat),
        dataset_id,
        i.external_id.as_str(),
        import_id,
        i.line as i64,
        i.kind.code(),
        i.kind.group().code(),
        some(&i.source_kind),
        i.title.text.as_str(),
        short::title_es(i.kind, &i.source_kind, &i.title.text, i.title.es.as_deref(),),
        date_text(i.when.start),
        date_text(i.when.end),
        i.when.precision.code(),
        i.when.instant.as_ref().map(|t| t.utc.to_string()),
        i.when.instant.as_ref().map(|t| t.zone.as_str()),
        i.position.precision.code(),
        i.position.radius_m,
        some(&i.places.place),
        some(&i.places.admin2),
        some(&i.places.admin1),
        some(&i.places.country),
        side_text(&i.side_a, text),
    );
    put!(side_text(&i.side_b, text));
    let grade = i.grade();
    text.clear();
    text.push_str(grade.reliability.code());
    text.push_str(grade.credibility.code());
    put!(
        i.deaths.low,
        i.deaths.best,
        i.deaths.high,
        some(&i.narrative.text),
        i.narrative.es.as_deref(),
        text.as_str(),
        i.credibility.map(Credibility::code),
        (!i.related.is_empty()).then(|| serde_json::Value::from(i.related.clone()).to_string()),
        match names.filter(|names| names.takes(&i.extra)) {
            Some(names) => names.written(&i.extra, json),
            None => extra_json(&i.extra, json),
        },
        hash,
        i.version,
    );
    Ok(())
}

pub(super) fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// `2025-02-03`
pub(super) fn date_text(date: Date) -> String {
    let (Ok(year @ 0..=9999), month, day) = (u16::try_from(date.year()), date.month(), date.day())
    else {
        return date.to_string();
    };
    let digit = |n: u16| char::from(b'0' + (n % 10) as u8);
    let (month, day) = (month.unsigned_abs().into(), day.unsigned_abs().into());
    let mut text = String::with_capacity(10);
    for n in [year / 1000, year / 100, year / 10, year] {
        text.push(digit(n));
    }
    for n in [month, day] {
        text.push('-');
        text.push(digit(n / 10));
        text.push(digit(n));
    }
    text
}

fn side_text<'t>(side: &[Actor], text: &'t mut String) -> Option<&'t str> {
    text.clear();
    for (n, actor) in side.iter().enumerate() {
        text.push_str(if n == 0 { "" } else { "; " });
        let from = text.len();
        text.push_str(&actor.name);
        if text[from..].contains(';') {
            text.truncate(from);
            text.push_str(&plain_name(&actor.name));
        }
    }
    (!side.is_empty()).then_some(text)
}

/// Sides are joined by `;`, so a name cannot hold one.
pub(super) fn plain_name(name: &str) -> String {
    name.replace(';', ",")
}

/// A JSON object in the order given.
pub(super) fn extra_json<'t>(extra: &[(String, String)], json: &'t mut Vec<u8>) -> Option<&'t str> {
    json.clear();
    for (name, value) in extra {
        json.push(if json.is_empty() { b'{' } else { b',' });
        // Writing to memory does not fail.
        let _ = serde_json::to_writer(&mut *json, name);
        json.push(b':');
        let _ = serde_json::to_writer(&mut *json, value);
    }
    json.push(b'}');
    std::str::from_utf8(json).ok().filter(|_| !extra.is_empty())
}
