//! What is shown: one value for screen, export and command line.

use super::area::DEFAULT_WIDTH_M;
use super::{Area, Credibility, Kind, PlaceNames, PlacePrecision, Reliability};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Degrees on WGS 84. `west > east` crosses the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

impl Bounds {
    /// `None` where a number is out of range, not a number, or south is above north.
    #[must_use]
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Option<Bounds> {
        let lon = -180.0..=180.0;
        let lat = -90.0..=90.0;
        (lon.contains(&west)
            && lon.contains(&east)
            && lat.contains(&south)
            && lat.contains(&north)
            && south <= north)
            .then_some(Bounds {
                west,
                south,
                east,
                north,
            })
    }

    #[must_use]
    pub fn contains(&self, lon: f64, lat: f64) -> bool {
        let in_lon = if self.west <= self.east {
            (self.west..=self.east).contains(&lon)
        } else {
            lon >= self.west || lon <= self.east
        };
        in_lon && (self.south..=self.north).contains(&lat)
    }
}

/// Every part narrows; an absent part (`None`, empty) lets all through.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// First and last day of the time window, both included.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// Only incidents that certainly lie in the window; else all that possibly overlap it.
    pub certain: bool,
    pub kinds: BTreeSet<Kind>,
    /// Names, on either side.
    pub actors: BTreeSet<String>,
    /// Names on the first side, and on the second, as the source orders them.
    pub side_a: BTreeSet<String>,
    pub side_b: BTreeSet<String>,
    pub area: Option<Area>,
    /// What people call that area; empty where it has no name.
    pub area_name: String,
    /// Countries, states and municipalities, each by its name or by a path of names from the top,
    /// `Mexico / Tamaulipas / Nuevo Laredo`; see [`admin_path`].
    pub admin: BTreeSet<String>,
    /// Every word must begin a word of title, narrative, place, actor or the row's own id, without
    /// regard to case or accents.
    pub text: String,
    /// At least and at most so many deaths by the best estimate; what is unknown passes neither.
    pub min_deaths: Option<u32>,
    pub max_deaths: Option<u32>,
    /// At least this precise.
    pub precision: Option<PlacePrecision>,
    /// A source at least this reliable, information at least this credible; what cannot be judged
    /// (F, 6) passes only where it is asked for.
    pub reliability: Option<Reliability>,
    pub credibility: Option<Credibility>,
    pub datasets: BTreeSet<String>,
    /// The case as it was known at the end of this day (UTC): what was imported later does not count.
    /// It chooses which rows are loaded; no row is judged by it.
    pub known_on: Option<Date>,
}

impl Filter {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    /// How wide a corridor is to be, m: as the one now, or as at first.
    #[must_use]
    pub fn corridor_width_m(&self) -> f64 {
        match &self.area {
            Some(Area::Corridor { width_m, .. }) => *width_m,
            _ => DEFAULT_WIDTH_M,
        }
    }

    /// Filters by an area, or by none, and forgets the name of the one before.
    pub fn set_area(&mut self, area: Option<Area>, name: &str) {
        self.area_name = match area {
            Some(_) => sound_name(name).unwrap_or_default(),
            None => String::new(),
        };
        self.area = area;
    }

    /// Without its time window.
    #[must_use]
    pub fn any_time(&self) -> Filter {
        Filter {
            from: None,
            to: None,
            ..self.clone()
        }
    }
}

/// Letters of a name that people give.
const LONGEST_NAME: usize = 120;

/// A name that people give: printable, trimmed and not too long; `None` where nothing is left.
#[must_use]
pub fn sound_name(name: &str) -> Option<String> {
    // Marks that turn the order of letters around would make it look like another.
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let printable = name.chars().filter(|c| !c.is_control() && !turns(*c));
    let name: String = printable.take(LONGEST_NAME).collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Between the names of a path.
pub const PATH: &str = " / ";

/// Country, state and municipality as one path; a level that is not given is empty, and empty ones
/// at the end are left off.
#[must_use]
pub fn admin_path(places: &PlaceNames) -> String {
    let levels = [&places.country, &places.admin1, &places.admin2];
    let given = levels
        .iter()
        .rposition(|l| !l.is_empty())
        .map_or(0, |i| i + 1);
    let levels: Vec<&str> = levels[..given].iter().map(|l| l.as_str()).collect();
    levels.join(PATH)
}

/// The state or province of a path, empty where it has none.
#[must_use]
pub fn state_of(path: &str) -> &str {
    path.split(PATH).nth(1).unwrap_or_default()
}

/// Whether a path lies in the country, state or municipality asked for.
#[must_use]
pub fn is_in_admin(path: &str, asked: &str) -> bool {
    let below = |rest: &str| rest.is_empty() || rest.starts_with(PATH);
    path.strip_prefix(asked).is_some_and(below) || path.split(PATH).any(|level| level == asked)
}

/// Text as it is compared: lower case, without accents, in one form of Unicode and without marks
/// that are not seen, so that "Nuevo León" finds "nuevo leon" however it was typed.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.chars()
        .for_each(|c| push_folded(c, &mut |c| folded.push(c)));
    folded
}

fn push_folded(c: char, put: &mut impl FnMut(char)) {
    if c.is_ascii() {
        return put(c.to_ascii_lowercase());
    }
    unicode_normalization::char::decompose_compatible(c, |part| {
        // Letters that are no letter with an accent to Unicode.
        match part {
            'ø' | 'Ø' => put('o'),
            'ł' | 'Ł' => put('l'),
            'đ' | 'Đ' => put('d'),
            'ı' => put('i'),
            'ß' | 'ẞ' => "ss".chars().for_each(&mut *put),
            'æ' | 'Æ' => "ae".chars().for_each(&mut *put),
            'œ' | 'Œ' => "oe".chars().for_each(&mut *put),
            part if is_unseen(part) => {}
            part => part
                .to_lowercase()
                .filter(|c| !is_unseen(*c))
                .for_each(&mut *put),
        }
    });
}

/// Accents that stand as characters of their own, and marks of direction and width that programs
/// leave in what is copied from them.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}') || is_mark(c)
}

/// Marks of direction, joiners and blanks of no width: they are not seen and say nothing.
#[must_use]
pub const fn is_mark(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The words of a text, folded: what stands between characters that are neither letter nor digit.
pub fn words(text: &str) -> Vec<String> {
    let mut folded = String::with_capacity(text.len());
    push_words(text, &mut folded);
    folded.split_ascii_whitespace().map(str::to_owned).collect()
}

/// Adds the [`words`] of a text to `out`, with one blank before each word and at most one after the last.
pub fn push_words(text: &str, out: &mut String) {
    let mut put = |c: char| match c.is_alphanumeric() {
        true => out.push(c),
        false if out.ends_with(' ') => {}
        false => out.push(' '),
    };
    put(' ');
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' => put(c),
            c if c.is_ascii() => put(c.to_ascii_lowercase()),
            c => push_folded(c, &mut put),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_may_cross_the_antimeridian() {
        let fiji = Bounds::new(177.0, -20.0, -178.0, -15.0).unwrap();
        assert!(fiji.contains(179.0, -17.0) && fiji.contains(-179.0, -17.0));
        assert!(!fiji.contains(0.0, -17.0));
        assert!(Bounds::new(0.0, 10.0, 1.0, 9.0).is_none());
        assert!(Bounds::new(f64::NAN, 0.0, 1.0, 9.0).is_none());
    }

    #[test]
    fn folds_case_and_accents() {
        assert_eq!(
            fold("Cártel del NORESTE, Nuevo León"),
            "cartel del noreste, nuevo leon"
        );
        assert_eq!(fold("Leo\u{301}n"), "leon");
    }
}
