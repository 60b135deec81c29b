//! How many died, by the best estimate.

use crate::domain::Filter;
use crate::index::{Columns, UNKNOWN_DEATHS, Wanted};
use crate::locale::{Lang, Problem, number, tr, tr_args};
use crate::query::control::{Control, NumberRange, Panel};
use crate::query::flags::{Flag, Given, Takes};
use crate::query::part::{FilterPart, HasOptions, Options, Test, Verdict};
use crate::query::wording::{Words, chip};

/// Lower ends of the classes of deaths that are counted; the option after them is not reported.
pub const DEATH_CLASSES: [u32; 8] = [0, 1, 2, 5, 10, 25, 50, 100];

pub const PART: FilterPart = FilterPart {
    needs: Wanted::LEAST,
    verdict: Some(Verdict {
        same: |a, b| bounds(a.filter) == bounds(b.filter),
        test: |_, ask| {
            let (least, most) = bounds(ask.filter);
            let is_bound = least.is_some() || most.is_some();
            let most = most.unwrap_or(u32::MAX).min(UNKNOWN_DEATHS - 1);
            let least = least.unwrap_or(0);
            is_bound.then(|| -> Test {
                Box::new(move |c, marks| {
                    let best = c.deaths_best[marks.rows()].iter();
                    marks.set(best.map(|n| (*n >= least) & (*n <= most)));
                })
            })
        },
    }),
    options: Some(Options::of::<Class>()),
    is_set: |f| bounds(f) != (None, None),
    clear: |f| (f.min_deaths, f.max_deaths) = (None, None),
    chips: |w| {
        let label = label(w.lang, bounds(w.filter));
        chip(label, |f| (f.min_deaths, f.max_deaths) = (None, None))
    },
    sentences,
    panel: Some(Panel::new(
        text!("filter-deaths"),
        Control::Range(NumberRange {
            get: bounds,
            set: |f, range| (f.min_deaths, f.max_deaths) = range,
            classes: &DEATH_CLASSES,
            name,
            unknown_about: text!("filter-deaths-unknown-about"),
            labels: [
                [text!("filter-deaths-from"), text!("filter-min-deaths")],
                [text!("filter-deaths-to"), text!("filter-max-deaths")],
            ],
        }),
    )),
    flags: &[
        Flag::new(
            21,
            "min-deaths",
            Takes::Number("N"),
            "At least so many deaths by the best estimate",
        ),
        Flag::new(
            22,
            "max-deaths",
            Takes::Number("N"),
            "At most so many deaths by the best estimate",
        ),
    ],
    read,
};

struct Class;

impl HasOptions for Class {
    fn len(_: &Columns) -> usize {
        DEATH_CLASSES.len() + 1
    }

    fn each(c: &Columns, row: usize, mut put: impl FnMut(usize)) {
        put(class_of(c.deaths_best[row]));
    }
}

/// The class of [`DEATH_CLASSES`] of a best estimate.
#[must_use]
pub fn class_of(best: u32) -> usize {
    if best == UNKNOWN_DEATHS {
        return DEATH_CLASSES.len();
    }
    let least = DEATH_CLASSES.iter().skip(1);
    least.map(|least| usize::from(*least <= best)).sum()
}

type Bounds = (Option<u32>, Option<u32>);

fn bounds(f: &Filter) -> Bounds {
    (f.min_deaths, f.max_deaths)
}

fn label(lang: Lang, bounds: Bounds) -> Option<String> {
    let n = |n: u32| number(u64::from(n));
    let say = |key, count: u32| Some(tr_args(lang, key, &[("n", &n(count))]));
    match bounds {
        (None, None) => None,
        (Some(least), None) => say(text!("chip-min-deaths"; n), least),
        (None | Some(0), Some(most)) => say(text!("chip-max-deaths"; n), most),
        (Some(least), Some(most)) if least == most => say(text!("n-deaths"; n), least),
        (Some(least), Some(most)) => {
            let range = format!("{}–{}", n(least), n(most));
            Some(tr(lang, text!("filter-deaths-range", range = range)))
        }
    }
}

/// Of a class.
fn name(lang: Lang, class: usize) -> String {
    let next = DEATH_CLASSES.get(class + 1).map(|next| next - 1);
    match (DEATH_CLASSES.get(class), next) {
        (None, _) => tr(lang, text!("filter-deaths-unknown")),
        (_, Some(0)) => tr(lang, text!("filter-deaths-none")),
        (least, most) => label(lang, (least.copied(), most)).unwrap_or_default(),
    }
}

fn sentences(w: &Words) -> Vec<String> {
    let (least, most) = bounds(w.filter);
    let say = |key, n: Option<u32>| n.map(|n| w.say(key, &number(u64::from(n))));
    let least = say(text!("page-method-deaths"; value), least);
    let most = say(text!("page-method-deaths-most"; value), most);
    least.into_iter().chain(most).collect()
}

fn read(given: &Given, _: &Columns, f: &mut Filter) -> Result<(), Problem> {
    (f.min_deaths, f.max_deaths) = (given.number("min-deaths"), given.number("max-deaths"));
    match bounds(f) {
        (Some(least), Some(most)) if least > most => Err(Problem::new(text!(
            "problem-max-deaths",
            least = least,
            most = most
        ))),
        _ => Ok(()),
    }
}
