//! When: the days of the window, and whether incidents are to lie in it for certain.

use crate::domain::Filter;
use crate::index::{Columns, Wanted};
use crate::locale::{Problem, date, date_range};
use crate::query::ask::{Ask, Window};
use crate::query::flags::{Flag, Given, Takes};
use crate::query::part::{FilterPart, Test, Verdict};
use crate::query::wording::{Chip, Words, chip};

pub const PART: FilterPart = FilterPart {
    needs: Wanted::LEAST,
    verdict: Some(Verdict {
        same: |a, b| asked(a.filter) == asked(b.filter),
        test,
    }),
    options: None,
    is_set: |f| f.from.is_some() || f.to.is_some() || f.certain,
    clear: |f| (f.from, f.to, f.certain) = (None, None, false),
    chips,
    sentences,
    panel: None,
    flags: &[
        Flag::new(
            0,
            "from",
            Takes::One("DATE"),
            "First day: 2023-01-15, or 2023-01 or 2023 for its first day",
        ),
        Flag::new(
            1,
            "to",
            Takes::One("DATE"),
            "Last day, included: 2023-12-31, or 2023-12 or 2023 for its last day",
        ),
        Flag::new(
            99,
            "certain",
            Takes::Nothing,
            "Leave out incidents whose dates only possibly lie in the window",
        ),
    ],
    read,
};

type Asked = (Option<jiff::civil::Date>, Option<jiff::civil::Date>, bool);

fn asked(f: &Filter) -> Asked {
    let is_bound = f.from.is_some() || f.to.is_some();
    (f.from, f.to, f.certain && is_bound)
}

fn test(_: &Columns, ask: &Ask) -> Option<Test> {
    let f = ask.filter;
    let Window { from, to } = Window::of(f);
    (f.from.is_some() || f.to.is_some()).then(|| -> Test {
        match f.certain {
            true => Box::new(move |c, marks| {
                let days = c.start_day[marks.rows()]
                    .iter()
                    .zip(&c.end_day[marks.rows()]);
                marks.set(days.map(|(s, e)| (*s >= from) & (*e <= to)));
            }),
            false => Box::new(move |c, marks| {
                let days = c.start_day[marks.rows()]
                    .iter()
                    .zip(&c.end_day[marks.rows()]);
                marks.set(days.map(|(s, e)| (*s <= to) & (*e >= from)));
            }),
        }
    })
}

fn chips(w: &Words) -> Vec<Chip> {
    let day = |key, day| w.tr_args(key, &[("date", &date(w.lang, day))]);
    let period = match (w.filter.from, w.filter.to) {
        (None, None) => None,
        (Some(a), Some(b)) => Some(date_range(w.lang, a, b)),
        (Some(a), None) => Some(day(text!("time-from"; date), a)),
        (None, Some(b)) => Some(day(text!("time-until"; date), b)),
    };
    let certain = w.filter.certain.then(|| w.tr(text!("chip-certain")));
    let mut chips = chip(period, |f| (f.from, f.to) = (None, None));
    chips.extend(chip(certain, |f| f.certain = false));
    chips
}

fn sentences(w: &Words) -> Vec<String> {
    let period = match (w.filter.from, w.filter.to) {
        (None, None) => return Vec::new(),
        (Some(a), Some(b)) => w.say(
            text!("page-method-period"; value),
            &date_range(w.lang, a, b),
        ),
        (Some(a), None) => w.say(text!("page-method-from"; value), &date(w.lang, a)),
        (None, Some(b)) => w.say(text!("page-method-to"; value), &date(w.lang, b)),
    };
    let sure = match w.filter.certain {
        true => w.say(text!("page-method-certain"; value), ""),
        false => w.say(text!("page-method-possible"; value), ""),
    };
    vec![period, sure]
}

fn read(given: &Given, _: &Columns, f: &mut Filter) -> Result<(), Problem> {
    (f.from, f.to) = (given.day("from", false)?, given.day("to", true)?);
    f.certain = given.has("certain");
    match (f.from, f.to) {
        (Some(from), Some(to)) if from > to => Err(Problem::new(text!(
            "problem-dates-reversed",
            from = from,
            to = to
        ))),
        _ => Ok(()),
    }
}
