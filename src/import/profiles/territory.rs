//! An area with properties as a territory estimate. Its columns have fixed names in English and
//! Spanish, whatever the profile.

use crate::domain::{
    Actor, ActorType, Credibility, Grade, LocalText, Relation, Reliability, TerritoryEstimate,
};
use crate::import::fault::Fault;
use crate::import::row::{ACTOR_COLUMNS, Cell, Cells, RELATION_COLUMNS, Row, Tally};
use crate::import::values::{Words, actor_type, date, decimal, given, normal, words};
use geo::MultiPolygon;
use jiff::civil::Date;
use std::sync::LazyLock;

const KEY: [&str; 3] = ["id", "externalid", "clave"];

/// The id of a row with an area, also of one that cannot be taken; empty where it has none.
pub fn key(row: &Row) -> String {
    Cells::of(row).take(&KEY).text.to_owned()
}

/// What a row with an area tells.
///
/// # Errors
/// No actor or no relation, or a date, share, type or grade that cannot be read.
pub fn draft(
    row: &Row,
    area: MultiPolygon<f64>,
    dataset: &str,
    tally: &mut Tally,
) -> Result<TerritoryEstimate, Fault> {
    let mut cells = Cells::of(row);
    let actor = cells.take(&ACTOR_COLUMNS);
    if actor.text.is_empty() && !row.gives_estimates() {
        tally.add(text!("note-reference-areas"; n));
        return Ok(reference(row, cells, area, dataset));
    }
    if actor.text.is_empty() {
        return Err(actor.fault("no_actor"));
    }
    let kind = cells.take(&["actortype", "actor1type", "tipoactor", "tipodeactor"]);
    let kind = kind.quality(&mut cells, actor_type, tally);
    let relation = cells.take(&RELATION_COLUMNS);
    let found = relation.read("unknown_relation", relation_by_word)?;
    let (valid_from, valid_to) = validity(row, &mut cells)?;
    let (share_low, share_high) = shares(&mut cells)?;
    let name = cells.local(
        &["name", "nombre", "title", "titulo"],
        &["namees", "nombrees", "titlees"],
    );
    let note = cells.local(&["note", "nota", "notes", "notas"], &["notees", "notaes"]);
    Ok(TerritoryEstimate {
        dataset: dataset.to_owned(),
        external_id: cells.take(&KEY).text.to_owned(),
        name,
        actor: Actor::new(actor.text, kind.unwrap_or(ActorType::Unknown)),
        relation: found.ok_or_else(|| relation.fault("unknown_relation"))?,
        valid_from,
        valid_to,
        share_low,
        share_high,
        claimant: cells
            .take(&["claimant", "segun", "source", "fuente"])
            .text
            .to_owned(),
        grade: grade(&mut cells, tally),
        note,
        area,
        extra: cells.left(),
        line: row.line(),
    })
}

/// An area of a file that says of none who is there: municipalities, districts. Its name is the first
/// text that looks like one.
fn reference(
    row: &Row,
    mut cells: Cells,
    area: MultiPolygon<f64>,
    dataset: &str,
) -> TerritoryEstimate {
    let names = [
        "name",
        "nombre",
        "nomgeo",
        "title",
        "titulo",
        "municipio",
        "municipality",
        "nommun",
        "distrito",
        "district",
        "estado",
        "state",
        "nomenti",
        "entidad",
        "region",
        "county",
        "condado",
        "colonia",
        "sector",
        "zona",
    ];
    let name = names.iter().find_map(|name| {
        let cell = cells.take(&[name]);
        (!cell.text.is_empty()).then(|| cell.text.to_owned())
    });
    let name = name.unwrap_or_else(|| {
        let is_name = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() > 2;
        let first = row
            .properties()
            .find(|(_, text)| is_name(text) && text.len() < 80);
        first.map_or_else(String::new, |(_, text)| text.to_owned())
    });
    TerritoryEstimate {
        dataset: dataset.to_owned(),
        external_id: cells.take(&KEY).text.to_owned(),
        name: LocalText::new(&name),
        actor: Actor::new("", ActorType::Unknown),
        relation: Relation::Reference,
        valid_from: None,
        valid_to: None,
        share_low: None,
        share_high: None,
        claimant: String::new(),
        grade: Grade::UNJUDGED,
        note: LocalText::default(),
        area,
        extra: cells.left(),
        line: row.line(),
    }
}

fn relation_by_word(word: &str) -> Option<Relation> {
    use Relation::*;
    static WORDS: LazyLock<Words<Relation>> = LazyLock::new(|| {
        let more = [
            ("control", Controls),
            ("controlled", Controls),
            ("dominio", Controls),
            ("domina", Controls),
            ("contested", Contests),
            ("disputed", Contests),
            ("disputado", Contests),
            ("endisputa", Contests),
            ("presence", Present),
            ("presencia", Present),
            ("influence", Influences),
            ("influencia", Influences),
            ("ungoverned", Ungoverned),
            ("singobierno", Ungoverned),
            ("boundary", Relation::Reference),
            ("limite", Relation::Reference),
            ("referencia", Relation::Reference),
        ];
        words(
            Relation::ALL,
            Relation::code,
            |w| text!("relation-" + w.code()),
            &more,
        )
    });
    WORDS.get(&normal(word)).copied()
}

/// First and last day, each to the outer end of what is written.
fn validity(row: &Row, cells: &mut Cells) -> Result<(Option<Date>, Option<Date>), Fault> {
    let dated = |cell: &Cell| {
        given(cell.text)
            .map(|text| date(text, row.day_order()).map_err(|reason| cell.fault(reason)))
            .transpose()
    };
    let from = dated(&cells.take(&["validfrom", "start", "desde", "date", "fecha"]))?;
    let to_cell = cells.take(&["validto", "end", "hasta"]);
    let to = dated(&to_cell)?;
    let (from, to) = (from.map(|d| d.start), to.map(|d| d.end));
    match (from, to) {
        (Some(a), Some(b)) if a > b => Err(to_cell.fault("end_before_start")),
        pair => Ok(pair),
    }
}

/// Per cent, 0..=100.
fn shares(cells: &mut Cells) -> Result<(Option<f64>, Option<f64>), Fault> {
    let percent = |text: &str| decimal(text.trim_end_matches(['%', ' ']));
    let in_range = |text: &str| percent(text).filter(|p| (0.0..=100.0).contains(p));
    let low = cells.take(&["sharelow"]).read("bad_number", in_range)?;
    let high_cell = cells.take(&["sharehigh"]);
    let high = high_cell.read("bad_number", in_range)?;
    match (low, high) {
        (Some(a), Some(b)) if a > b => Err(high_cell.fault("share_order")),
        pair => Ok(pair),
    }
}

fn grade(cells: &mut Cells, tally: &mut Tally) -> Grade {
    let upper = |text: &str| text.to_ascii_uppercase();
    let both = cells.take(&["grade", "grado"]);
    let both = both.quality(cells, |t| Grade::parse(&upper(t)), tally);
    let reliability = cells.take(&["reliability", "confiabilidad"]);
    let reliability = reliability.quality(cells, |t| Reliability::from_code(&upper(t)), tally);
    let credibility = cells.take(&["credibility", "credibilidad"]);
    let credibility = credibility.quality(cells, Credibility::from_code, tally);
    let base = both.unwrap_or(Grade::UNJUDGED);
    Grade {
        reliability: reliability.unwrap_or(base.reliability),
        credibility: credibility.unwrap_or(base.credibility),
    }
}
