//! Anybody's own table: columns by their names in English and Spanish, or as the user gives them.

use super::{FieldColumns, Profile, side, type_by_name};
use crate::domain::{
    Actor, ActorType, Incident, Kind, LocalText, PlacePrecision, Position, Reliability, Source,
};
use crate::import::dates::{date, when};
use crate::import::field::{Field, normal};
use crate::import::mapping::Row;
use crate::import::report::{Draft, Fault, Tally};
use crate::import::values::{
    actor_type, code, deaths, decimal, given, grade, kind, located, place_precision,
    time_precision, version,
};
use crate::locale::{Lang, tr};
use std::path::Path;

pub struct Own;

impl Profile for Own {
    fn id(&self) -> &'static str {
        "own"
    }

    fn columns(&self) -> Vec<FieldColumns> {
        Field::ALL.iter().map(|f| (*f, f.synonyms())).collect()
    }

    fn required(&self) -> &'static [&'static str] {
        &[]
    }

    /// The name of the file in lower case and hyphens.
    fn dataset(&self, path: &Path) -> String {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let words: Vec<String> = stem
            .split(|c: char| !c.is_alphanumeric())
            .map(normal)
            .filter(|word| !word.is_empty())
            .collect();
        if words.is_empty() {
            "own".to_owned()
        } else {
            words.join("-")
        }
    }

    fn draft(&self, row: &Row, tally: &mut Tally) -> Result<Draft, Fault> {
        let source_kind = row.text(Field::Kind);
        let kind = row.kind(&[&source_kind, row.get(Field::KindGroup)], kind, tally);
        let (reliability, credibility) = grade(row)?;
        let mut extra = row.extra();
        let sources = source(row, reliability, &mut extra)?;
        let given_precision = code(row, Field::DatePrecision, time_precision)?;
        let when = when(row, given_precision, tally)?;
        if when.instant.is_none() && row.get(Field::Start).contains(':') {
            // The clock time would be lost.
            extra.extend(row.kept(Field::Start));
        }
        Ok(Draft::Incident(Box::new(Incident {
            external_id: row.text(Field::Id),
            kind,
            title: title(row, kind),
            when,
            // Who gives no precision does not claim to know the place to the metre.
            position: position(row, &mut extra, tally)?,
            places: row.places(),
            side_a: party(row, Field::Actor1, Field::Actor1Type, Field::Actor1Allies)?,
            side_b: party(row, Field::Actor2, Field::Actor2Type, Field::Actor2Allies)?,
            deaths: deaths(row)?,
            narrative: local(row, Field::Narrative, Field::NarrativeEs),
            sources,
            credibility,
            related: row.list(Field::Related).map(str::to_owned).collect(),
            extra,
            version: version(row),
            line: row.line(),
            source_kind,
        })))
    }
}

fn position(
    row: &Row,
    extra: &mut Vec<(String, String)>,
    tally: &mut Tally,
) -> Result<Position, Fault> {
    let precision = code(row, Field::PlacePrecision, place_precision)?;
    let precision = precision.unwrap_or(PlacePrecision::Near);
    let mut position = located(row, precision, extra, tally)?;
    position.radius_m = given(row.get(Field::RadiusM))
        .map(|text| {
            decimal(text)
                .filter(|m| m.is_finite() && *m >= 0.0)
                .ok_or_else(|| row.fault(Field::RadiusM, "bad_number"))
        })
        .transpose()?;
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
    let key = format!("kind-{}", kind.code());
    let label = match (kind, row.get(Field::Kind)) {
        (Kind::Other, label) if !label.is_empty() => Err(label),
        _ => Ok(tr(Lang::En, &key)),
    };
    let spanish = label.is_ok().then(|| with(&tr(Lang::Es, &key)));
    LocalText {
        text: with(label.as_deref().unwrap_or_else(|own| own)),
        es: title.es.or(spanish),
    }
}

fn party(row: &Row, name: Field, kind: Field, allies: Field) -> Result<Vec<Actor>, Fault> {
    let by_name = |name: &str| type_by_name(name).unwrap_or(ActorType::Unknown);
    let actor = row.get(name);
    let mut party = side(
        actor,
        code(row, kind, actor_type)?.unwrap_or(by_name(actor)),
    );
    party.extend(row.list(allies).map(|ally| Actor::new(ally, by_name(ally))));
    Ok(party)
}

/// What is said of the source; a date that is no single day is kept as written.
fn source(
    row: &Row,
    reliability: Option<Reliability>,
    extra: &mut Vec<(String, String)>,
) -> Result<Vec<Source>, Fault> {
    let dated = given(row.get(Field::SourceDate))
        .map(|text| date(text, row.day_order()).map_err(|r| row.fault(Field::SourceDate, r)))
        .transpose()?;
    let day = dated.as_ref().filter(|d| d.start == d.end).map(|d| d.start);
    if dated.is_some() && day.is_none() {
        extra.extend(row.kept(Field::SourceDate));
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
        true => Ok(Vec::new()),
        false => Ok(vec![source]),
    }
}
