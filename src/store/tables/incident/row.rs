//! A row of incidents: its columns, what is bound to them, and what is read from them.

use super::super::columns::{self, columns};
use crate::domain::*;
use crate::store::cells::{
    coded, count, date, date_text, extra_json, instant, local, plain_name, some, text,
};
use crate::store::geometry;
use crate::store::short::{self, Names};
use rusqlite::Row;

/// What binding uses again from row to row, since a million rows come through.
#[derive(Default)]
pub(super) struct Buffers {
    /// Of further columns; without them a row carries the names itself.
    pub names: Option<Names>,
    pub text: String,
    pub json: Vec<u8>,
}

columns! {
    |i: &Incident, to, cx: Buffers| {
        "geom" => geometry::point_blob(i.position.lon, i.position.lat),
        "external_id" => i.external_id.as_str(),
        "line" => i.line as i64,
        "kind" => i.kind.code(),
        "kind_group" => i.kind.group().code(),
        "source_kind" => some(&i.source_kind),
        "title" => i.title.text.as_str(),
        "title_es" => short::title_es(i.kind, &i.source_kind, &i.title.text, i.title.es.as_deref()),
        "start_date" => date_text(i.when.start),
        "end_date" => date_text(i.when.end),
        "time_precision" => i.when.precision.code(),
        "instant_utc" => i.when.instant.as_ref().map(|t| t.utc.to_string()),
        "zone" => i.when.instant.as_ref().map(|t| t.zone.as_str()),
        "place_precision" => i.position.precision.code(),
        "radius_m" => i.position.radius_m,
        "place" => some(&i.places.place),
        "admin2" => some(&i.places.admin2),
        "admin1" => some(&i.places.admin1),
        "country" => some(&i.places.country),
        "side_a" => side_text(&i.side_a, &mut cx.text),
        "side_b" => side_text(&i.side_b, &mut cx.text),
        "deaths_low" => i.deaths.low,
        "deaths_best" => i.deaths.best,
        "deaths_high" => i.deaths.high,
        "narrative" => some(&i.narrative.text),
        "narrative_es" => i.narrative.es.as_deref(),
        "grade" => grade_text(i.grade(), &mut cx.text),
        "credibility" => i.credibility.map(Credibility::code),
        "related" => (!i.related.is_empty()).then(|| serde_json::Value::from(i.related.clone()).to_string()),
        "extra" => match &mut cx.names {
            Some(names) if names.takes(&i.extra) => names.written(&i.extra, &mut cx.json),
            _ => extra_json(&i.extra, &mut cx.json),
        },
        "version" => i.version,
    }
}

/// The columns of an incident `i` as [`read`] takes them.
pub(in crate::store) fn listed() -> String {
    let title_es = "told_es(i.kind, i.source_kind, i.title, i.title_es)";
    columns::listed("i", COLUMNS).replace("i.\"title_es\"", title_es)
}

/// How many those are.
pub(in crate::store) const WIDTH: usize = COLUMNS.len();

/// Further columns of a row as they are written, for [`short::extra_columns`].
pub(super) fn extra(r: &Row<'_>) -> rusqlite::Result<String> {
    text(r, const { at("extra") })
}

/// The grade of a row of [`listed`], which stands for those of its sources.
pub(in crate::store) fn grade(r: &Row<'_>) -> rusqlite::Result<Option<Grade>> {
    let grade = r.get_ref(const { at("grade") })?;
    Ok(grade.as_str().ok().and_then(Grade::parse))
}

/// Reads [`listed`], but for what columns in memory never hold: sources and further columns. `None` where
/// place or date are not usable.
pub(in crate::store) fn read(
    r: &Row<'_>,
    type_of: &dyn Fn(&str) -> ActorType,
) -> rusqlite::Result<Option<Incident>> {
    let point = r.get_ref(const { at("geom") })?.as_blob().ok();
    let (Some([lon, lat]), Some(start), Some(end)) = (
        point.and_then(geometry::read_point),
        date(r, const { at("start_date") })?,
        date(r, const { at("end_date") })?,
    ) else {
        return Ok(None);
    };
    let precision = coded(
        r,
        const { at("place_precision") },
        PlacePrecision::from_code,
    )?;
    let precision = precision.unwrap_or(PlacePrecision::Country);
    let Some(mut position) = Position::new(lon, lat, precision) else {
        return Ok(None);
    };
    position.radius_m = r
        .get::<_, Option<f64>>(const { at("radius_m") })?
        .filter(|m| m.is_finite() && *m >= 0.0);
    let precision = coded(r, const { at("time_precision") }, TimePrecision::from_code)?;
    let precision = precision.unwrap_or(TimePrecision::Year);
    let Some(mut when) = When::new(start, end, precision) else {
        return Ok(None);
    };
    let utc = text(r, const { at("instant_utc") })?;
    when.instant = instant(&utc, text(r, const { at("zone") })?);
    let deaths = Deaths::new(
        count(r, const { at("deaths_low") })?,
        count(r, const { at("deaths_best") })?,
        count(r, const { at("deaths_high") })?,
    );
    Ok(Some(Incident {
        external_id: text(r, const { at("external_id") })?,
        line: r.get::<_, i64>(const { at("line") })?.cast_unsigned(),
        kind: coded(r, const { at("kind") }, Kind::from_code)?.unwrap_or(Kind::Other),
        source_kind: text(r, const { at("source_kind") })?,
        title: local(r, const { at("title") })?,
        when,
        position,
        places: PlaceNames {
            place: text(r, const { at("place") })?,
            admin2: text(r, const { at("admin2") })?,
            admin1: text(r, const { at("admin1") })?,
            country: text(r, const { at("country") })?,
        },
        side_a: side(&text(r, const { at("side_a") })?, type_of),
        side_b: side(&text(r, const { at("side_b") })?, type_of),
        deaths: deaths.unwrap_or_default(),
        narrative: local(r, const { at("narrative") })?,
        sources: Vec::new(),
        credibility: coded(r, const { at("credibility") }, Credibility::from_code)?,
        related: serde_json::from_str(&text(r, const { at("related") })?).unwrap_or_default(),
        extra: Vec::new(),
        version: r.get_ref(const { at("version") })?.as_i64().ok(),
    }))
}

fn side(text: &str, type_of: &dyn Fn(&str) -> ActorType) -> Vec<Actor> {
    let names = text.split("; ").filter(|n| !n.is_empty());
    names.map(|n| Actor::new(n, type_of(n))).collect()
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

fn grade_text(grade: Grade, text: &mut String) -> &str {
    text.clear();
    text.push_str(grade.reliability.code());
    text.push_str(grade.credibility.code());
    text
}
