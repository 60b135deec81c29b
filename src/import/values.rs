//! Numbers, codes and coordinates as files write them.

use super::field::{Field, normal};
use super::mapping::Row;
use super::report::Fault;
use crate::domain::{
    ActorType, Credibility, Deaths, Grade, Kind, PlacePrecision, Position, Reliability,
    TimePrecision,
};
use crate::locale::{Lang, tr};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The text, or nothing where it only says that there is no value.
pub fn given(text: &str) -> Option<&str> {
    let blank = ["", "na", "n/a", "null", "s/d", "n/d", "none", "-"];
    if text.len() > 4 {
        return Some(text);
    }
    (!blank.iter().any(|b| text.eq_ignore_ascii_case(b))).then_some(text)
}

/// A number with a decimal point or comma. Also `NaN`, so that the range check can name it.
pub fn decimal(text: &str) -> Option<f64> {
    // As nearly every row has it.
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let text = text.trim().replace('−', "-");
    let text = match text.contains('.') {
        true => text,
        false => text.replacen(',', ".", 1),
    };
    text.parse().ok()
}

/// A count: `12`, `12.0`, `1,286`.
pub fn count(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.bytes().all(|b| b.is_ascii_digit())
        && let Ok(number) = text.parse()
    {
        return Some(number);
    }
    let groups: Vec<&str> = text.split([',', ' ', '\u{a0}']).collect();
    let grouped = groups.len() > 1 && groups[1..].iter().all(|g| g.len() == 3);
    let text = if grouped {
        groups.concat()
    } else {
        text.to_owned()
    };
    let n = decimal(&text)?;
    // Every whole number up to u32::MAX is exact as f64.
    (n.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&n)).then_some(n as u32)
}

/// The number of persons in a column, `None` where it gives none.
pub fn persons(row: &Row, field: Field) -> Result<Option<u32>, Fault> {
    given(row.get(field))
        .map(|text| count(text).ok_or_else(|| row.fault(field, "bad_count")))
        .transpose()
}

/// Low, best and high as the row gives them, not yet held against each other.
pub fn persons_range(row: &Row) -> Result<[Option<u32>; 3], Fault> {
    Ok([
        persons(row, Field::DeathsLow)?,
        persons(row, Field::DeathsBest)?,
        persons(row, Field::DeathsHigh)?,
    ])
}

/// # Errors
/// A number cannot be read, or they are out of order.
pub fn deaths(row: &Row) -> Result<Deaths, Fault> {
    let [low, best, high] = persons_range(row)?;
    Deaths::new(low, best, high).ok_or_else(|| row.fault(Field::DeathsBest, "deaths_order"))
}

/// The position the row brings along, else that of its columns.
///
/// # Errors
/// There is none, or it is not on Earth. Nothing is mended: a swapped pair is named as such.
pub fn position(row: &Row, precision: PlacePrecision) -> Result<Position, Fault> {
    let (lon, lat) = match row.point() {
        Some(point) => point,
        None => (coordinate(row, Field::Lon)?, coordinate(row, Field::Lat)?),
    };
    if lon == 0.0 && lat == 0.0 {
        return Err(row.fault(Field::Lat, "no_position"));
    }
    let (lon_is_bad, lat_is_bad) = (
        !(-180.0..=180.0).contains(&lon),
        !(-90.0..=90.0).contains(&lat),
    );
    if lat_is_bad && (-180.0..=180.0).contains(&lat) && (-90.0..=90.0).contains(&lon) {
        return Err(row.fault(Field::Lat, "swapped"));
    }
    let at_fault = if lon_is_bad { Field::Lon } else { Field::Lat };
    Position::new(lon, lat, precision).ok_or_else(|| row.fault(at_fault, "out_of_range"))
}

fn coordinate(row: &Row, field: Field) -> Result<f64, Fault> {
    let text = given(row.get(field)).ok_or_else(|| row.fault(field, "no_position"))?;
    decimal(text).ok_or_else(|| row.fault(field, "bad_number"))
}

/// Words for a member of a coded list: its code, its names in both languages and further ones.
type Words<T> = HashMap<String, T>;

fn words<T: Copy>(
    all: &[T],
    code: fn(T) -> &'static str,
    prefix: &str,
    more: &[(&str, T)],
) -> Words<T> {
    let mut words = HashMap::new();
    for item in all {
        words.insert(normal(code(*item)), *item);
        for lang in Lang::ALL {
            words.insert(
                normal(&tr(lang, &format!("{prefix}-{}", code(*item)))),
                *item,
            );
        }
    }
    words.extend(more.iter().map(|(word, item)| (normal(word), *item)));
    words
}

/// The kind a label names, in English or Spanish.
pub fn kind(label: &str) -> Option<Kind> {
    static WORDS: LazyLock<Words<Kind>> =
        LazyLock::new(|| words(Kind::ALL, Kind::code, "kind", KIND_WORDS));
    WORDS.get(&normal(label)).copied()
}

const KIND_WORDS: &[(&str, Kind)] = &[
    ("shootout", Kind::GunBattle),
    ("armed clash", Kind::GunBattle),
    ("enfrentamiento", Kind::GunBattle),
    ("enfrentamiento armado", Kind::GunBattle),
    ("balacera", Kind::GunBattle),
    ("tiroteo", Kind::GunBattle),
    ("emboscada", Kind::Ambush),
    ("attack", Kind::AttackCivilians),
    ("ataque", Kind::AttackCivilians),
    ("murder", Kind::Homicide),
    ("killing", Kind::Homicide),
    ("asesinato", Kind::Homicide),
    ("ejecución", Kind::Homicide),
    ("homicidio doloso", Kind::Homicide),
    ("coche bomba", Kind::CarBomb),
    ("carro bomba", Kind::CarBomb),
    ("drone attack", Kind::DroneStrike),
    ("ataque con dron", Kind::DroneStrike),
    ("explosion", Kind::ExplosionOther),
    ("explosión", Kind::ExplosionOther),
    ("kidnapping", Kind::Abduction),
    ("secuestro", Kind::Abduction),
    ("levantón", Kind::Abduction),
    ("desaparición", Kind::Disappearance),
    ("extorsión", Kind::Extortion),
    ("amenaza", Kind::Threat),
    ("narcomanta", Kind::Threat),
    ("roadblock", Kind::Blockade),
    ("narcobloqueo", Kind::Blockade),
    ("bloqueo", Kind::Blockade),
    ("detención", Kind::Arrest),
    ("arresto", Kind::Arrest),
    ("rescate", Kind::Rescue),
    ("cateo", Kind::Raid),
    ("operativo", Kind::Raid),
    ("decomiso", Kind::Seizure),
    ("incautación", Kind::Seizure),
    ("aseguramiento", Kind::Seizure),
    ("narcolaboratorio", Kind::Laboratory),
    ("despliegue", Kind::Deployment),
    ("extradición", Kind::Extradition),
    ("protesta", Kind::Protest),
    ("manifestación", Kind::Protest),
    ("motín", Kind::PrisonIncident),
    ("disturbio", Kind::Riot),
    ("declaración", Kind::Statement),
    ("otro", Kind::Other),
];

pub fn actor_type(word: &str) -> Option<ActorType> {
    use ActorType::*;
    static WORDS: LazyLock<Words<ActorType>> = LazyLock::new(|| {
        let more = [
            ("cartel", CartelOrGang),
            ("gang", CartelOrGang),
            ("crimen organizado", CartelOrGang),
            ("army", Military),
            ("ejército", Military),
            ("marina", Military),
            ("militares", Military),
            ("policía", Police),
            ("gobierno", Government),
            ("autodefensas", ArmedCivilians),
            ("civiles", Civilians),
            ("desconocido", Unknown),
        ];
        words(ActorType::ALL, ActorType::code, "actor", &more)
    });
    WORDS.get(&normal(word)).copied()
}

pub fn place_precision(word: &str) -> Option<PlacePrecision> {
    use PlacePrecision::*;
    static WORDS: LazyLock<Words<PlacePrecision>> = LazyLock::new(|| {
        let more = [
            ("exacto", Exact),
            ("exacta", Exact),
            ("cerca", Near),
            ("cercano", Near),
            ("aproximado", Near),
            ("approximate", Near),
            ("municipio", Municipality),
            ("estado", State),
            ("país", Country),
        ];
        words(PlacePrecision::ALL, PlacePrecision::code, "place", &more)
    });
    WORDS.get(&normal(word)).copied()
}

pub fn time_precision(word: &str) -> Option<TimePrecision> {
    use TimePrecision::*;
    static WORDS: LazyLock<Words<TimePrecision>> = LazyLock::new(|| {
        let more = [
            ("minuto", Minute),
            ("hora", Hour),
            ("día", Day),
            ("semana", Week),
            ("mes", Month),
            ("año", Year),
        ];
        words(TimePrecision::ALL, TimePrecision::code, "time", &more)
    });
    WORDS.get(&normal(word)).copied()
}

/// The code in a column, `None` where it gives none.
///
/// # Errors
/// `unknown_code` where `read` does not know it.
pub fn code<T>(
    row: &Row,
    field: Field,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Fault> {
    given(row.get(field))
        .map(|text| read(text).ok_or_else(|| row.fault(field, "unknown_code")))
        .transpose()
}

/// Both halves of the Admiralty code, from columns of their own or from one for both.
pub fn grade(row: &Row) -> Result<(Option<Reliability>, Option<Credibility>), Fault> {
    let half = |field: Field| given(row.get(field)).map(str::to_ascii_uppercase);
    let bad = |field: Field| row.fault(field, "bad_grade");
    let both = half(Field::Grade)
        .map(|text| Grade::parse(&text).ok_or_else(|| bad(Field::Grade)))
        .transpose()?;
    let reliability = half(Field::Reliability)
        .map(|text| Reliability::from_code(&text).ok_or_else(|| bad(Field::Reliability)))
        .transpose()?;
    let credibility = half(Field::Credibility)
        .map(|text| Credibility::from_code(&text).ok_or_else(|| bad(Field::Credibility)))
        .transpose()?;
    Ok((
        reliability.or(both.map(|g| g.reliability)),
        credibility.or(both.map(|g| g.credibility)),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (text, n) in [
            ("27.476", 27.476),
            ("27,476", 27.476),
            ("−99.5", -99.5),
            (" 3 ", 3.0),
        ] {
            assert_eq!(decimal(text), Some(n), "{text}");
        }
        assert!(decimal("nan").is_some_and(f64::is_nan));
        assert_eq!(decimal("27°28'N"), None);
        for (text, n) in [
            ("12", 12),
            ("12.0", 12),
            ("1,286", 1286),
            ("1 286", 1286),
            ("12,0", 12),
        ] {
            assert_eq!(count(text), Some(n), "{text}");
        }
        for text in ["-1", "1.5", "some", "", "5000000000", "NaN"] {
            assert_eq!(count(text), None, "{text}");
        }
    }

    #[test]
    fn labels_in_both_languages() {
        assert_eq!(kind("Gun battle"), Some(Kind::GunBattle));
        assert_eq!(kind("gun_battle"), Some(Kind::GunBattle));
        assert_eq!(kind("DETENCION"), Some(Kind::Arrest));
        assert_eq!(kind("something else"), None);
        assert_eq!(actor_type("Policía"), Some(ActorType::Police));
        assert_eq!(
            place_precision("Municipio"),
            Some(PlacePrecision::Municipality)
        );
        assert_eq!(time_precision("mes"), Some(TimePrecision::Month));
    }
}
