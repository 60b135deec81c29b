//! Two versions of a row held against each other, field by field, in words: for the record of what
//! is looked at and for the list of what deliveries changed.

mod fields;
mod told;

use crate::domain::{Deaths, PlaceSeries, Record};
use crate::import::in_words;
use crate::locale::{Lang, TextKey, number, number_f64, period, tr, tr_args};
pub use fields::kind_words;
use fields::{Corner, Say};
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
pub use told::{Step, Told, tell};

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Its name in words; a column of the file goes by its own.
    pub field: String,
    /// What it said, empty for nothing.
    pub before: String,
    pub after: String,
}

/// Every field in which two versions of one row differ.
#[must_use]
pub fn compare(lang: Lang, before: &Record, after: &Record) -> Vec<FieldChange> {
    let mut found = Found(Vec::new());
    fields::differing(&mut found, lang, before, after);
    found.columns(lang, before.row().extra(), after.row().extra());
    found.0
}

/// Deaths in words: one number, or low, best and high.
#[must_use]
pub fn deaths_words(lang: Lang, deaths: Deaths) -> String {
    let show = |n: Option<u32>| n.map_or_else(|| "?".to_owned(), |n| number(u64::from(n)));
    if deaths.is_unknown() {
        tr(lang, text!("card-not-reported"))
    } else if deaths.low == deaths.high && (deaths.low.is_none() || deaths.low == deaths.best) {
        show(deaths.best)
    } else {
        tr(
            lang,
            text!(
                "card-deaths-range",
                low = show(deaths.low),
                best = show(deaths.best),
                high = show(deaths.high)
            ),
        )
    }
}

/// A number of whatever unit to its last digit.
pub(super) fn figure(value: f64) -> String {
    if value >= 0.0 && value.fract() == 0.0 && value < 1e15 {
        return number(value as u64);
    }
    let decimals = value.to_string();
    let decimals = decimals.split_once('.').map_or(0, |(_, d)| d.len());
    number_f64(value, decimals)
}

/// Words of an optional date, number and the like.
fn or_empty<T>(value: Option<T>, say: impl FnOnce(T) -> String) -> String {
    value.map_or_else(String::new, say)
}

/// What differs, as it is found.
struct Found(Vec<FieldChange>);

impl Found {
    fn put(&mut self, field: String, before: String, after: String) {
        if before != after {
            self.0.push(FieldChange {
                field,
                before,
                after,
            });
        }
    }

    fn fields<T>(&mut self, lang: Lang, fields: &[(TextKey, Say<T>)], before: &T, after: &T) {
        for (key, say) in fields {
            self.put(tr(lang, *key), say(lang, before), say(lang, after));
        }
    }

    /// Columns that no field took.
    fn columns(&mut self, lang: Lang, before: &[(String, String)], after: &[(String, String)]) {
        let names: IndexSet<&String> = after.iter().chain(before).map(|(name, _)| name).collect();
        let value = |columns: &[(String, String)], name: &String| {
            let found = columns.iter().find(|(n, _)| n == name);
            or_empty(found, |(name, value)| in_words(lang, name, value).1)
        };
        for name in names {
            let named = in_words(lang, name, "").0;
            self.put(named, value(before, name), value(after, name));
        }
    }

    /// A line or an area, which may have a million points: how many, and the first that is another.
    fn shape<I: Iterator<Item = Corner> + Clone>(&mut self, lang: Lang, before: I, after: I) {
        let both = before.clone().zip(after.clone());
        let first = both.take_while(|(b, a)| b == a).count();
        let say = |mut points: I| {
            let n = points.clone().count();
            let at = match points.nth(first) {
                None => tr(lang, text!("card-history-nothing")),
                Some((of, [lon, lat])) => {
                    let at = fields::lat_lon(lang, lon, lat);
                    match of {
                        [0, 0] => at,
                        // Of another part than the first.
                        [part, 0] => format!("{at} / {}", part + 1),
                        // Of a hole.
                        [part, ring] => format!("{at} / {} / {}", part + 1, ring + 1),
                    }
                }
            };
            let (n, nth) = (number(n as u64), number(first as u64 + 1));
            let args = [("n", n.as_str()), ("nth", &nth), ("at", &at)];
            tr_args(lang, text!("change-points"; at, n, nth), &args)
        };
        self.put(tr(lang, text!("card-where")), say(before), say(after));
    }

    /// Each value that is another, under what was counted and when. A row may give several values for
    /// the same.
    fn figures(&mut self, lang: Lang, before: &PlaceSeries, after: &PlaceSeries) {
        let (before, after) = (by_period(before), by_period(after));
        let keys: IndexSet<_> = after.keys().chain(before.keys()).collect();
        let said = |value: &Option<f64>| match value {
            Some(value) => figure(*value),
            None => tr(lang, text!("card-not-reported")),
        };
        for key in keys {
            let (b, a) = (before.get(key), after.get(key));
            if b == a {
                continue;
            }
            let (measure, unit, from, to) = *key;
            let when = period(lang, from, to);
            let name = fields::joined(&[measure, unit, &when], " · ");
            let all = |values: Option<&Vec<Option<f64>>>| {
                let values: Vec<String> = values.into_iter().flatten().map(said).collect();
                values.join("; ")
            };
            self.put(name, all(b), all(a));
        }
    }
}

/// What was counted, its unit, and the first and last day.
type Counted<'a> = (&'a str, &'a str, Date, Date);

fn by_period(row: &PlaceSeries) -> IndexMap<Counted<'_>, Vec<Option<f64>>> {
    let mut found: IndexMap<_, Vec<_>> = IndexMap::new();
    for s in &row.series {
        for v in &s.values {
            let of = (s.measure.as_str(), s.unit.as_str(), v.from, v.to);
            found.entry(of).or_default().push(v.value);
        }
    }
    found
}

#[cfg(test)]
mod tests;
