//! Rows in the order of one of their fields, as a table shows them.

use crate::domain::coded_enum;
use crate::domain::filter::{PATH, fold};
use crate::index::{Columns, NO_MINUTE, Names, Row, RowActor};
use rayon::prelude::*;

coded_enum! {
    /// What a table can show of an incident, a column each.
    Field {
        Date = "date",
        Kind = "kind",
        Title = "title",
        Place = "place",
        Municipality = "municipality",
        State = "state",
        Country = "country",
        SideA = "side_a",
        SideB = "side_b",
        Deaths = "deaths",
        Precision = "precision",
        Grade = "grade",
        Dataset = "dataset",
        Id = "id",
        File = "file",
        Line = "line",
    }
}

impl Field {
    /// Whether rows can be put in its order: texts that stay in the case are read row by row.
    #[must_use]
    pub const fn is_sortable(self) -> bool {
        !matches!(self, Field::Title | Field::Id | Field::File | Field::Line)
    }
}

/// What a row has no value for comes last, in either direction.
const MISSING: u64 = u64::MAX;

type Key<'a> = Box<dyn Fn(usize) -> u64 + Sync + 'a>;

/// All rows in the order of `field`: names by alphabet without regard to case and accents, kinds as
/// they are listed to people, actors by the first on that side. Rows that are equal in it, and all
/// of them where it cannot be sorted by, stay in their own order.
#[must_use]
pub fn ordered(columns: &Columns, field: Field, descending: bool) -> Vec<Row> {
    let Some(key) = key(columns, field) else {
        return (0..columns.len() as Row).collect();
    };
    let keyed = |row: usize| match key(row) {
        MISSING => (MISSING, row as Row),
        key if descending => (MISSING - 1 - key, row as Row),
        key => (key, row as Row),
    };
    let mut rows: Vec<(u64, Row)> = (0..columns.len()).into_par_iter().map(keyed).collect();
    rows.par_sort_unstable();
    rows.into_par_iter().map(|(_, row)| row).collect()
}

/// A number for each row that is smaller where it comes first.
fn key(columns: &Columns, field: Field) -> Option<Key<'_>> {
    let c = columns;
    Some(match field {
        Field::Date => {
            let first = c.start_day.first().copied().unwrap_or(0);
            // What has no clock time comes after what has one on that day: NO_MINUTE is the biggest.
            Box::new(move |row| {
                let days = i64::from(c.start_day[row]) - i64::from(first);
                days as u64 * (u64::from(NO_MINUTE) + 1) + u64::from(c.minute[row])
            })
        }
        Field::Kind => Box::new(|row| c.kind[row] as u64),
        Field::Place => {
            let ranks = ranks(c.places.iter().map(|(_, name)| name));
            Box::new(move |row| ranks[c.place[row].0 as usize])
        }
        Field::Country => admin(c, 0),
        Field::State => admin(c, 1),
        Field::Municipality => admin(c, 2),
        Field::SideA => actor(c, RowActor::on_a),
        Field::SideB => actor(c, RowActor::on_b),
        Field::Deaths => Box::new(|row| {
            let deaths = c.deaths(row as Row);
            if deaths.is_unknown() {
                MISSING
            } else {
                deaths.in_sums()[1]
            }
        }),
        Field::Precision => Box::new(|row| c.place_precision[row] as u64),
        Field::Grade => Box::new(|row| c.reliability[row] as u64 * 8 + c.credibility[row] as u64),
        Field::Dataset => {
            let ranks = names(&c.datasets);
            Box::new(move |row| ranks[c.dataset[row].0 as usize])
        }
        Field::Title | Field::Id | Field::File | Field::Line => return None,
    })
}

/// By one level of the admin path, 0 the country.
fn admin(c: &Columns, level: usize) -> Key<'_> {
    let levels = c.admins.iter();
    let ranks = ranks(levels.map(|(_, path)| path.split(PATH).nth(level).unwrap_or_default()));
    Box::new(move |row| ranks[c.admin[row].0 as usize])
}

fn actor(c: &Columns, on_side: fn(RowActor) -> bool) -> Key<'_> {
    let ranks = names(&c.actors);
    Box::new(move |row| {
        let first = c.actors_of(row as Row).iter().find(|a| on_side(**a));
        first.map_or(MISSING, |a| ranks[a.actor().0 as usize])
    })
}

fn names(names: &Names) -> Vec<u64> {
    ranks(names.iter().map(|(_, name)| name))
}

/// The place of each text in the alphabet; the same for the same text, [`MISSING`] for none.
fn ranks<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<u64> {
    let mut sorted: Vec<(String, &str, usize)> = texts
        .enumerate()
        .map(|(i, text)| (fold(text), text, i))
        .collect();
    sorted.par_sort_unstable();
    let mut ranks = vec![MISSING; sorted.len()];
    let mut rank = 0;
    for (i, (_, text, at)) in sorted.iter().enumerate() {
        if i > 0 && sorted[i - 1].1 != *text {
            rank += 1;
        }
        if !text.is_empty() {
            ranks[*at] = rank;
        }
    }
    ranks
}
