//! Numbers, codes and coordinates as files write them.

use super::estimate::estimate;
use super::field::{Field, normal};
use super::mapping::Row;
use super::profiles::kinds;
use super::report::{Fault, Tally};
use crate::domain::coordinates::{Unread, parse, parse_one};
use crate::domain::filter::{fold, is_mark};
use crate::domain::{
    ActorType, Credibility, Deaths, Grade, Kind, PlaceNames, PlacePrecision, Position, Reliability,
    TimePrecision,
};
use crate::gazetteer::{self, City, Match};
use crate::locale::{Lang, tr};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The words for "no value" of programs and people, for all fields; in small letters.
const NO_VALUE: [&str; 45] = [
    "#n/d",
    "se desconoce",
    "sin especificar",
    "no especificado",
    "no especificada",
    "unspecified",
    "por confirmar",
    "tbd",
    "na",
    "n/a",
    "n.a.",
    "#n/a",
    "nan",
    "nat",
    "null",
    "(null)",
    "<null>",
    "none",
    "nil",
    "\\n",
    "undefined",
    "s/d",
    "s.d.",
    "n/d",
    "n.d.",
    "nd",
    "s/i",
    "s/n",
    "sin dato",
    "sin datos",
    "sin informacion",
    "no disponible",
    "no data",
    "not available",
    "no aplica",
    "#ref!",
    "#value!",
    "#div/0!",
    "#name?",
    "#num!",
    "#null!",
    "#¡ref!",
    "#¡valor!",
    "-",
    "--",
];
const LONGEST_NO_VALUE: usize = 20;

/// The text, or nothing where it only says that there is no value.
pub fn given(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    // The first letter rules out nearly every cell.
    let may_be_none = matches!(
        first,
        b'n' | b'N'
            | b'#'
            | b'('
            | b'<'
            | b'\\'
            | b's'
            | b'S'
            | b'u'
            | b'U'
            | b't'
            | b'T'
            | b'p'
            | b'P'
            | b'-'
            | b'.'
            | 0xe2
    );
    if !may_be_none || bytes.len() > LONGEST_NO_VALUE {
        return Some(text);
    }
    let folded = fold(text);
    let is_none = NO_VALUE.contains(&folded.as_str())
        || text.chars().all(|c| matches!(c, '.' | '–' | '—' | '-'));
    (!is_none).then_some(text)
}

/// A number with a decimal point or comma. Also `NaN`, so that the range check can name it.
pub fn decimal(text: &str) -> Option<f64> {
    // As nearly every row has it.
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let text: String = text.trim().replace('−', "-");
    let text: String = text.chars().filter(|c| !is_mark(*c)).collect();
    let text = match text.contains('.') {
        true => text,
        false => text.replacen(',', ".", 1),
    };
    text.parse().ok()
}

/// A number as people write them in tables: `1,286`, `1 286.5`, `3,5`. A comma parts thousands where
/// three digits follow each, else it is the decimal one.
pub fn grouped(text: &str) -> Option<f64> {
    const BLANKS: [char; 3] = [' ', '\u{a0}', '\u{202f}'];
    let text = text.trim();
    let digits = |part: &str| part.bytes().take_while(u8::is_ascii_digit).count();
    let mut parts = text.split(BLANKS).skip(1);
    let joined = match parts.all(|part| digits(part) == 3) {
        true => text.replace(BLANKS, ""),
        false => text.to_owned(),
    };
    let (whole, fraction) = joined.split_at(joined.find('.').unwrap_or(joined.len()));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default().trim_start_matches('-');
    let first = match first.starts_with('0') {
        true => 0,
        false => digits(first),
    };
    let are_thousands = (1..=3).contains(&first) && groups.all(|g| g.len() == 3 && digits(g) == 3);
    match are_thousands {
        true => decimal(&format!("{}{fraction}", whole.replace(',', ""))),
        false => decimal(&joined),
    }
}

/// A count: `12`, `12.0`, `1,286`.
pub fn count(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.bytes().all(|b| b.is_ascii_digit())
        && let Ok(number) = text.parse()
    {
        return Some(number);
    }
    // `1.000` may be one or a thousand: nobody is to guess at the dead.
    if is_point_grouped(text) {
        return None;
    }
    let n = grouped(text)?;
    // Every whole number up to u32::MAX is exact as f64.
    (n.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&n)).then_some(n as u32)
}

/// One to three digits, not nought, and a point before three more.
fn is_point_grouped(text: &str) -> bool {
    let Some((whole, rest)) = text.split_once('.') else {
        return false;
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&whole.len())
        && !whole.starts_with('0')
        && digits(whole)
        && rest.len() == 3
        && digits(rest)
}

/// Low, best and high of a column of persons. What is no plain number stays with the row as written.
fn persons(
    row: &Row,
    field: Field,
    extra: &mut Vec<(String, String)>,
    tally: &mut Tally,
) -> [Option<u32>; 3] {
    let Some(text) = given(row.get(field)) else {
        return [None; 3];
    };
    if let Some(n) = count(text) {
        return [None, Some(n), None];
    }
    row.keep(field, extra);
    match estimate(text) {
        Some(range) => {
            tally.word("note-counts-read", row, field);
            range
        }
        None => {
            tally.word("note-counts-unread", row, field);
            [None; 3]
        }
    }
}

/// Low, best and high as the row gives them, not yet held against each other.
pub fn persons_range(
    row: &Row,
    extra: &mut Vec<(String, String)>,
    tally: &mut Tally,
) -> [Option<u32>; 3] {
    let [of_low, of_best, of_high] = [Field::DeathsLow, Field::DeathsBest, Field::DeathsHigh]
        .map(|field| persons(row, field, extra, tally));
    let [low, best, high] = of_best;
    [
        of_low[1].or(of_low[0]).or(low),
        best,
        of_high[1].or(of_high[2]).or(high),
    ]
}

/// # Errors
/// The numbers are out of order.
pub fn deaths(
    row: &Row,
    extra: &mut Vec<(String, String)>,
    tally: &mut Tally,
) -> Result<Deaths, Fault> {
    let [low, best, high] = persons_range(row, extra, tally);
    Deaths::new(low, best, high).ok_or_else(|| row.fault(Field::DeathsBest, "deaths_order"))
}

/// Of a publisher that gives one number: all three where it is one.
pub fn deaths_exactly(row: &Row, extra: &mut Vec<(String, String)>, tally: &mut Tally) -> Deaths {
    match persons(row, Field::DeathsBest, extra, tally) {
        [None, Some(n), None] if count(row.get(Field::DeathsBest)).is_some() => Deaths::exactly(n),
        [low, best, high] => Deaths::new(low, best, high).unwrap_or(Deaths::UNKNOWN),
    }
}

/// The position the row brings along, else that of its columns.
///
/// # Errors
/// There is none, or it is not on Earth. Nothing is mended: a swapped pair is named as such.
pub fn position(row: &Row, precision: PlacePrecision) -> Result<Position, Fault> {
    let (lon, lat) = lon_lat(row)?;
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
    // Degrees do not come in thousands: they have lost their point where others are degrees, and else
    // are metres of some projection.
    if [lon, lat].iter().any(|n| (1e3..1e12).contains(&n.abs())) {
        let is_degree = |n: f64| n.abs() <= 180.0 && n.fract() != 0.0;
        // Web Mercator, the widest of projections, ends there, and none puts the Americas just west of its
        // middle.
        const WIDEST_M: f64 = 20_037_509.0;
        let is_wide = (lon < 0.0 && lon.abs() < 1e6 && lat.abs() < 1e6)
            || lon.abs() > WIDEST_M
            || lat.abs() > WIDEST_M;
        // What has lost its point has none.
        let has_point = [lon, lat]
            .iter()
            .any(|n| n.abs() >= 1e3 && n.fract() != 0.0);
        let lost = !has_point && (is_wide || row.has_degrees() || is_degree(lon) || is_degree(lat));
        let at_fault = if lon.abs() >= 1e3 {
            Field::Lon
        } else {
            Field::Lat
        };
        return Err(row.fault(at_fault, if lost { "lost_point" } else { "projected" }));
    }
    Position::new(lon, lat, precision).ok_or_else(|| row.fault(at_fault, "out_of_range"))
}

/// The position as [`position`] finds it, else, where the user wants that, the one of the place
/// that the row names: at the precision of a municipality, with what it was located by in `extra`.
///
/// # Errors
/// As [`position`], or the place is not in the gazetteer or there several times.
pub fn located(
    row: &Row,
    precision: PlacePrecision,
    extra: &mut Vec<(String, String)>,
    tally: &mut Tally,
) -> Result<Position, Fault> {
    match position(row, precision) {
        Err(fault) if fault.reason == "no_position" && row.by_gazetteer() => {
            let city = named_city(row, &row.places(), fault)?;
            extra.push(("located by".to_owned(), city.label()));
            tally.add("note-located");
            let position = Position::new(city.lon, city.lat, PlacePrecision::Municipality);
            position.ok_or_else(|| row.fault(Field::Place, "place_unknown"))
        }
        found => found,
    }
}

/// # Errors
/// `nameless` where no place is named; the names where none or several are known by them.
pub fn named_city(row: &Row, names: &PlaceNames, nameless: Fault) -> Result<&'static City, Fault> {
    let column = match row.get(Field::Place) {
        "" => Field::Admin2,
        _ => Field::Place,
    };
    if names.place.is_empty() && names.admin2.is_empty() {
        return Err(nameless);
    }
    let named = row.fault(column, "place_unknown");
    match gazetteer::find(names) {
        Match::One(city) => Ok(city),
        Match::None => Err(named),
        Match::Several(cities) => {
            let labels: Vec<String> = cities.iter().map(|c| c.label()).collect();
            let value = format!("{}: {}", named.value, labels.join("; "));
            Err(Fault::new("place_ambiguous", &named.column, &value))
        }
    }
}

/// Longitude and latitude as the row has them, degrees, exchanged where the user says so; whether
/// they are on Earth is not yet asked.
///
/// # Errors
/// There are none, or they are no numbers.
pub fn lon_lat(row: &Row) -> Result<(f64, f64), Fault> {
    let (lon, lat) = match (row.point(), given(row.get(Field::Coordinates))) {
        // Exchanged already, as lines and areas are.
        (Some(point), _) => return Ok(point),
        (None, Some(text)) if given(row.get(Field::Lat)).is_none() => both(row, text)?,
        _ => {
            let [lon, lat] = [Field::Lon, Field::Lat].map(|field| given(row.get(field)));
            if lon.is_none() && lat.is_none() {
                let columns = [row.column(Field::Lat), row.column(Field::Lon)].join(", ");
                return Err(Fault::new("no_position", &columns, ""));
            }
            (coordinate(row, Field::Lon)?, coordinate(row, Field::Lat)?)
        }
    };
    Ok(if row.is_swapped() {
        (lat, lon)
    } else {
        (lon, lat)
    })
}

/// Both coordinates from one cell. Without letters the latitude comes first, unless only the other
/// order lies on Earth.
fn both(row: &Row, text: &str) -> Result<(f64, f64), Fault> {
    let bad = |reason| row.fault(Field::Coordinates, reason);
    let bare = !text.contains(char::is_alphabetic);
    match parse(text) {
        // `lonlat` says which comes first, where the numbers leave it open.
        Ok([a, b]) if bare && row.is_lon_first() && a.abs().max(b.abs()) <= 90.0 => Ok((b, a)),
        Ok([lon, lat]) => Ok((lon, lat)),
        Err(Unread::OffEarth) if has_thousands(text) => Err(bad("projected")),
        Err(Unread::OffEarth) => Err(bad("out_of_range")),
        Err(Unread::NotCoordinates | Unread::Unclear) => Err(bad("bad_coordinates")),
    }
}

/// Whether a number of a thousand or more is in it, which no degree is.
fn has_thousands(text: &str) -> bool {
    let numbers = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    numbers
        .filter_map(|n| n.parse().ok())
        .any(|n: f64| n >= 1e3)
}

fn coordinate(row: &Row, field: Field) -> Result<f64, Fault> {
    let text = given(row.get(field)).ok_or_else(|| row.fault(field, "no_position"))?;
    if let Some(number) = decimal(text) {
        return Ok(number);
    }
    // `26.092.200`: a spreadsheet took the degrees for thousands.
    let digits = text.strip_prefix('-').unwrap_or(text);
    let groups: Vec<&str> = digits.split(['.', ',']).collect();
    if groups.len() > 2
        && groups
            .iter()
            .all(|g| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err(row.fault(field, "lost_point"));
    }
    // With degree signs and letters, whose axis is that of the column unless the two are exchanged.
    let is_latitude = (field == Field::Lat) != row.is_swapped();
    parse_one(text, is_latitude).map_err(|_| row.fault(field, "bad_number"))
}

/// Which delivery of the row is newer; `None` where the file does not say, or not by a number.
pub fn version(row: &Row) -> Option<i64> {
    row.get(Field::Version).parse().ok()
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
        LazyLock::new(|| words(Kind::ALL, Kind::code, "kind", &kinds::OWN.all()));
    WORDS.get(&normal(label)).copied()
}

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
            ("militar", Military),
            ("soldados", Military),
            ("armed forces", Military),
            ("policías", Police),
            ("guardia nacional", Military),
            ("banda criminal", CartelOrGang),
            ("grupo criminal", CartelOrGang),
            ("delincuencia organizada", CartelOrGang),
            ("civil", Civilians),
            ("población civil", Civilians),
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

/// Both halves of the Admiralty code, from columns of their own or from one for both.
pub fn grade(
    row: &Row,
    extra: &mut Vec<(String, String)>,
    tally: &mut Tally,
) -> (Option<Reliability>, Option<Credibility>) {
    let upper = |text: &str| text.to_ascii_uppercase();
    // `B-2` and `B 2` are B2, and B alone is half of it.
    let halves = |text: &str| -> Option<(Option<Reliability>, Option<Credibility>)> {
        let bare: String = upper(text)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        let both = Grade::parse(&bare).map(|g| (Some(g.reliability), Some(g.credibility)));
        let source = || Some((Some(Reliability::from_code(&bare)?), None));
        let information = || Some((None, Some(Credibility::from_code(&bare)?)));
        both.or_else(source).or_else(information)
    };
    let both = row
        .quality(Field::Grade, halves, extra, tally)
        .unwrap_or_default();
    let reliability = |t: &str| Reliability::from_code(&upper(t));
    let credibility = |t: &str| Credibility::from_code(&upper(t));
    let reliability = row.quality(Field::Reliability, reliability, extra, tally);
    let credibility = row.quality(Field::Credibility, credibility, extra, tally);
    (reliability.or(both.0), credibility.or(both.1))
}

/// Metres around the point, where the row gives them: also with their unit.
pub fn radius(row: &Row, extra: &mut Vec<(String, String)>, tally: &mut Tally) -> Option<f64> {
    row.quality(Field::RadiusM, metres, extra, tally)
}

/// `250`, `250 m`, `2.5 km`.
pub fn metres(text: &str) -> Option<f64> {
    let text = text.trim().to_ascii_lowercase();
    let about = [
        "aprox.", "aprox", "approx.", "approx", "~", "unos", "about", "±",
    ]
    .iter();
    let text = about
        .fold(text.as_str(), |text, word| {
            text.strip_prefix(word).unwrap_or(text)
        })
        .trim();
    let kilometres = text.strip_suffix("km").map(|t| (t, 1e3));
    let metres = || text.strip_suffix('m').map(|t| (t, 1.0));
    let (number, unit) = kilometres.or_else(metres).unwrap_or((text, 1.0));
    decimal(number.trim())
        .filter(|m| m.is_finite() && *m >= 0.0)
        .map(|m| m * unit)
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
        for (text, n) in [
            ("3,5", 3.5),
            ("0,500", 0.5),
            (",500", 0.5),
            ("1,286", 1286.0),
            ("1,286,000.5", 1_286_000.5),
            ("1 286,5", 1286.5),
            ("-1,286", -1286.0),
            ("1234,567", 1234.567),
        ] {
            assert_eq!(grouped(text), Some(n), "{text}");
        }
        assert_eq!(grouped("1,2,3"), None);
        for text in [
            "-1",
            "1.5",
            "some",
            "",
            "5000000000",
            "NaN",
            "1.000",
            "12.000",
        ] {
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
