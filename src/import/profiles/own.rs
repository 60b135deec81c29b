//! Anybody's own table: columns by their names in English and Spanish, or as the user gives them.

use super::profile::{OWN, Profile, side, type_by_name};
use crate::domain::{
    Actor, ActorType, Incident, Kind, LocalText, PlacePrecision, Position, Record, Reliability,
    Source,
};
use crate::import::fault::Fault;
use crate::import::row::{Field, FieldColumns, Row, Tally, deaths, grade, located, radius, when};
use crate::import::values::kinds::kind_in_spanish;
use crate::import::values::{actor_type, date, kind, place_precision, time_precision};
use crate::locale::{Lang, tr};

pub const OWN_TABLE: Profile = Profile {
    has_total_rows: true,
    is_peoples_own: true,
    ..Profile::new(OWN, columns, draft)
};

fn columns() -> Vec<FieldColumns> {
    Field::ALL.iter().map(|f| (*f, f.synonyms())).collect()
}

fn draft(row: &Row, tally: &mut Tally) -> Result<Record, Fault> {
    let source_kind = row.text(Field::Kind);
    let kind = row.kind(&[&source_kind, row.get(Field::KindGroup)], kind, tally);
    let mut extra = row.extra();
    let (reliability, credibility) = grade(row, &mut extra, tally);
    let sources = source(row, reliability, &mut extra, tally);
    let precision = row.quality(Field::DatePrecision, time_precision, &mut extra, tally);
    let when = when(row, precision, tally)?;
    if when.instant.is_none() && row.get(Field::Start).contains(':') {
        // The clock time would be lost.
        row.keep(Field::Start, &mut extra);
    }
    Ok(Record::Incident(Box::new(Incident {
        external_id: row.text(Field::Id),
        kind,
        title: title(row, kind),
        when,
        // Who gives no precision does not claim to know the place to the metre.
        position: position(row, &mut extra, tally)?,
        places: row.places(),
        side_a: party(
            row,
            [Field::Actor1, Field::Actor1Type, Field::Actor1Allies],
            &mut extra,
            tally,
        ),
        side_b: party(
            row,
            [Field::Actor2, Field::Actor2Type, Field::Actor2Allies],
            &mut extra,
            tally,
        ),
        deaths: deaths(row, &mut extra, tally)?,
        narrative: local(row, Field::Narrative, Field::NarrativeEs),
        sources,
        credibility,
        related: row.list(Field::Related).map(str::to_owned).collect(),
        extra,
        version: row.version(),
        line: row.line(),
        source_kind,
    })))
}

fn position(
    row: &Row,
    extra: &mut Vec<(String, String)>,
    tally: &mut Tally,
) -> Result<Position, Fault> {
    let precision = row.quality(Field::PlacePrecision, place_precision, extra, tally);
    let mut position = located(row, precision.unwrap_or(PlacePrecision::Near), extra, tally)?;
    position.radius_m = radius(row, extra, tally);
    Ok(position)
}

fn local(row: &Row, text: Field, es: Field) -> LocalText {
    LocalText {
        text: row.text(text),
        es: Some(row.text(es)).filter(|t| !t.is_empty()),
    }
}

/// The title given, else what happened and where.
fn title(row: &Row, kind: Kind) -> LocalText {
    let title = local(row, Field::Title, Field::TitleEs);
    if !title.text.is_empty() {
        return title;
    }
    let places = [Field::Place, Field::Admin2, Field::Admin1, Field::Country];
    let place = places.iter().map(|f| row.get(*f)).find(|p| !p.is_empty());
    let with = |label: &str| place.map_or(label.to_owned(), |p| format!("{label}, {p}"));
    let label = match (kind, row.get(Field::Kind)) {
        (Kind::Other, label) if !label.is_empty() => Err(label),
        _ => Ok(tr(Lang::En, text!("kind-" + kind.code()))),
    };
    let spanish = label.is_ok().then(|| with(kind_in_spanish(kind)));
    LocalText {
        text: with(label.as_deref().unwrap_or_else(|own| own)),
        es: title.es.or(spanish),
    }
}

/// The actor of a side with its type, then those that stand with it.
fn party(
    row: &Row,
    [name, kind, allies]: [Field; 3],
    extra: &mut Vec<(String, String)>,
    tally: &mut Tally,
) -> Vec<Actor> {
    let by_name = |name: &str| type_by_name(name).unwrap_or(ActorType::Unknown);
    let mut actors = row.list(name);
    let actor = actors.next().unwrap_or_default();
    let stated = row.quality(kind, actor_type, extra, tally);
    let mut party = side(actor, stated.unwrap_or(by_name(actor)));
    party.extend(actors.map(|other| Actor::new(other, by_name(other))));
    party.extend(row.list(allies).map(|ally| Actor::new(ally, by_name(ally))));
    party
}

/// What is said of the source; a date that is no single day is kept as written.
fn source(
    row: &Row,
    reliability: Option<Reliability>,
    extra: &mut Vec<(String, String)>,
    tally: &mut Tally,
) -> Vec<Source> {
    let read = |text: &str| date(text, row.day_order()).ok();
    let dated = row.quality(Field::SourceDate, read, extra, tally);
    let day = dated.as_ref().filter(|d| d.start == d.end).map(|d| d.start);
    if dated.is_some() && day.is_none() {
        row.keep(Field::SourceDate, extra);
    }
    let source = Source {
        publisher: row.text(Field::Source),
        title: row.text(Field::SourceTitle),
        date: day,
        url: row.text(Field::SourceUrl),
        language: row.text(Field::SourceLanguage),
        reliability,
    };
    match source == Source::default() {
        true => Vec::new(),
        false => vec![source],
    }
}
