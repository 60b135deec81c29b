//! An area with properties as a territory estimate. Its columns have fixed names in English and
//! Spanish, whatever the profile.

use super::cells::{Cell, Cells};
use super::dates::date;
use super::field::normal;
use super::mapping::Row;
use super::report::Fault;
use super::values::{actor_type, decimal, given};
use crate::domain::{
    Actor, ActorType, Credibility, Grade, Relation, Reliability, TerritoryEstimate,
};
use crate::locale::{Lang, tr};
use geo::MultiPolygon;
use jiff::civil::Date;

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
) -> Result<TerritoryEstimate, Fault> {
    let mut cells = Cells::of(row);
    let actor = cells.take(&["actor", "actor1", "grupo", "group"]);
    if actor.text.is_empty() {
        return Err(actor.fault("no_actor"));
    }
    let kind = cells.take(&["actortype", "actor1type", "tipoactor", "tipodeactor"]);
    let kind = kind.read("unknown_code", actor_type)?;
    let relation = cells.take(&["relation", "relacion", "predicate"]);
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
        grade: grade(&mut cells)?,
        note,
        area,
        extra: cells.left(),
        line: row.line(),
    })
}

fn relation_by_word(word: &str) -> Option<Relation> {
    let word = normal(word);
    Relation::ALL.iter().copied().find(|relation| {
        let named = |lang| normal(&tr(lang, &format!("relation-{}", relation.code()))) == word;
        normal(relation.code()) == word
            || Lang::ALL.into_iter().any(named)
            || words(*relation).contains(&word.as_str())
    })
}

/// Further words that people write, as [`normal`] does.
fn words(relation: Relation) -> &'static [&'static str] {
    match relation {
        Relation::Controls => &["control", "controlled", "dominio", "domina"],
        Relation::Contests => &["contested", "disputed", "disputado", "endisputa"],
        Relation::Present => &["presence", "presencia"],
        Relation::Influences => &["influence", "influencia"],
        Relation::Ungoverned => &["ungoverned", "singobierno"],
    }
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

fn grade(cells: &mut Cells) -> Result<Grade, Fault> {
    let upper = |text: &str| text.to_ascii_uppercase();
    let both = cells
        .take(&["grade", "grado"])
        .read("bad_grade", |t| Grade::parse(&upper(t)))?;
    let reliability = cells
        .take(&["reliability", "confiabilidad"])
        .read("bad_grade", |t| Reliability::from_code(&upper(t)))?;
    let credibility = cells
        .take(&["credibility", "credibilidad"])
        .read("bad_grade", Credibility::from_code)?;
    let base = both.unwrap_or(Grade::UNJUDGED);
    Ok(Grade {
        reliability: reliability.unwrap_or(base.reliability),
        credibility: credibility.unwrap_or(base.credibility),
    })
}
