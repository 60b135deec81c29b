//! Persons and judgements that a row tells of: the dead, and how good its source is.

use super::field::Field;
use super::mapped::Row;
use super::tally::Tally;
use crate::domain::{Credibility, Deaths, Grade, Reliability};
use crate::import::fault::Fault;
use crate::import::values::{count, estimate, given};

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
            row.count(field, text!("note-counts-read"; column, n, words), tally);
            range
        }
        None => {
            row.count(field, text!("note-counts-unread"; column, n, words), tally);
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
