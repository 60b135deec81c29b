//! Numbers of persons as reporters write them: at least, at most, about, from and to.

use super::numbers::count;
use crate::domain::names::key;

/// Low, best and high, each `None` where a text does not say it.
pub type Estimate = [Option<u32>; 3];

/// Letters of a text that may be a number.
const LONGEST: usize = 120;

const LEAST: &[&str] = &[
    "al menos ",
    "at least ",
    "por lo menos ",
    "cuando menos ",
    "minimo ",
    "minimum ",
    "min ",
    "not less than ",
    "no menos de ",
    ">=",
    "≥",
    "mas o igual a ",
];
const MORE: &[&str] = &["mas de ", "more than ", "over ", "mayor a ", ">"];
const MOST: &[&str] = &[
    "hasta ",
    "up to ",
    "at most ",
    "maximo ",
    "maximum ",
    "no mas de ",
    "<=",
    "≤",
    "not more than ",
];
const LESS: &[&str] = &["menos de ", "less than ", "fewer than ", "under ", "<"];
const ABOUT: &[&str] = &[
    "~",
    "≈",
    "aprox. ",
    "aprox ",
    "aproximadamente ",
    "approx. ",
    "approx ",
    "approximately ",
    "about ",
    "unos ",
    "unas ",
    "circa ",
];
const OR_MORE: &[&str] = &["+", " o mas", " or more", " y mas", " and more", " plus"];
const FROM: &[&str] = &["entre ", "between ", "de ", "from "];
const TO: &[&str] = &[" a ", " to ", " y ", " and ", " o ", " or ", "-", "/"];
const PERSONS: &[&str] = &[
    "personas", "muertos", "muertas", "people", "dead", "killed", "victimas", "deaths", "or so",
];
/// As they begin, after the number of them.
const DEAD: &[&str] = &[
    " muert",
    " falleci",
    " dead",
    " killed",
    " deaths",
    " asesinad",
];
const NONE: &[&str] = &[
    "ninguno",
    "ninguna",
    "ningun muerto",
    "sin victimas",
    "sin muertos",
    "no fatalities",
    "no deaths",
    "nobody",
];
const LETTERS: [[&str; 2]; 13] = [
    ["cero", "zero"],
    ["uno", "one"],
    ["dos", "two"],
    ["tres", "three"],
    ["cuatro", "four"],
    ["cinco", "five"],
    ["seis", "six"],
    ["siete", "seven"],
    ["ocho", "eight"],
    ["nueve", "nine"],
    ["diez", "ten"],
    ["once", "eleven"],
    ["doce", "twelve"],
];

/// `3+` is three or more, `5-7` five to seven, `~10` about ten; what is in brackets explains. `None` for
/// what is no number, such as `several`.
pub fn estimate(text: &str) -> Option<Estimate> {
    if text.len() > LONGEST {
        return None;
    }
    let plain = key(text);
    let bare = plain.split(['(', '[']).next().unwrap_or_default().trim();
    bounded(bare)
        .or_else(|| Some([None, Some(of_dead(bare)?), None]))
        .or_else(|| {
            Some([
                None,
                Some(number(after(bare, ABOUT).unwrap_or(bare))?),
                None,
            ])
        })
        .or_else(|| range(bare))
}

fn after<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| text.strip_prefix(word))
}

/// A number that is the lowest or the highest one.
fn bounded(text: &str) -> Option<Estimate> {
    let least = |n| Some([Some(n), None, None]);
    let most = |n| Some([None, None, Some(n)]);
    if let Some(rest) = after(text, LEAST) {
        return least(number(rest)?);
    }
    if let Some(rest) = after(text, MORE) {
        return least(number(rest)?.saturating_add(1));
    }
    if let Some(rest) = after(text, MOST) {
        return most(number(rest)?);
    }
    if let Some(rest) = after(text, LESS) {
        return most(number(rest)?.checked_sub(1)?);
    }
    let rest = OR_MORE.iter().find_map(|end| text.strip_suffix(end))?;
    least(number(rest)?)
}

/// `4 muertos y 2 heridos`
fn of_dead(text: &str) -> Option<u32> {
    let first = text.split([',', ';']).next().unwrap_or_default();
    let split = [" y ", " and "]
        .iter()
        .find_map(|word| first.split_once(word));
    let first = split.map_or(first, |(first, _)| first);
    let at = DEAD.iter().find_map(|word| first.find(word))?;
    number(&first[..at])
}

fn range(text: &str) -> Option<Estimate> {
    let body = after(text, FROM).unwrap_or(text);
    let (low, high) = TO.iter().find_map(|word| body.split_once(word))?;
    let (low, high) = (number(low)?, number(high)?);
    (low <= high).then_some([Some(low), None, Some(high)])
}

/// A number in digits or letters, with a word for what it counts or none.
fn number(text: &str) -> Option<u32> {
    let text = text.trim().trim_end_matches(['?', '*']).trim_end();
    let bare = PERSONS.iter().find_map(|word| text.strip_suffix(word));
    let text = bare.unwrap_or(text).trim();
    count(text).or_else(|| in_letters(text))
}

fn in_letters(text: &str) -> Option<u32> {
    if NONE.contains(&text) {
        return Some(0);
    }
    if ["un", "una"].contains(&text) {
        return Some(1);
    }
    let at = LETTERS.iter().position(|words| words.contains(&text))?;
    u32::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_as_reporters_write_them() {
        for (text, range) in [
            ("3+", [Some(3), None, None]),
            ("al menos 4", [Some(4), None, None]),
            ("más de 10", [Some(11), None, None]),
            ("5-7", [Some(5), None, Some(7)]),
            ("entre 3 y 5", [Some(3), None, Some(5)]),
            ("2 o 3", [Some(2), None, Some(3)]),
            ("~10", [None, Some(10), None]),
            ("7 (no confirmado)", [None, Some(7), None]),
            ("dos", [None, Some(2), None]),
            ("hasta 5", [None, None, Some(5)]),
            ("menos de 5", [None, None, Some(4)]),
            ("1,200+", [Some(1200), None, None]),
            ("12 muertos", [None, Some(12), None]),
            ("4 muertos y 2 heridos", [None, Some(4), None]),
        ] {
            assert_eq!(estimate(text), Some(range), "{text}");
        }
        for text in [
            "varios", "several", "unknown", "7-5", "-3", "1.5", "", "+", "al menos", "1.000",
        ] {
            assert_eq!(estimate(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn bounds_are_in_order(text in "(al menos |más de |~|<)?[0-9]{0,3}( a |-|\\+| o )?[0-9]{0,3}( muertos)?") {
            if let Some([Some(low), _, Some(high)]) = estimate(&text) {
                prop_assert!(low <= high, "{text}");
            }
        }
    }
}
