//! How exactly the place is to be known.

use crate::domain::PlacePrecision;
use crate::index::{Columns, Traits, Wanted};
use crate::locale::{Problem, tr};
use crate::query::control::{Choice, Control, Panel, Scale, Switch};
use crate::query::flags::{Flag, Takes};
use crate::query::part::{FilterPart, HasOptions, Options, Shared, Test, Verdict};
use crate::query::wording::chip;

pub const PART: FilterPart = FilterPart {
    needs: Wanted::PRECISION,
    verdict: Some(Verdict {
        same: |a, b| a.filter.precision == b.filter.precision,
        test: |_, ask| {
            let worst = ask.filter.precision?;
            let test: Test = Box::new(move |c, marks| {
                let precisions = c.place_precision[marks.rows()].iter();
                marks.set(precisions.map(|p| *p <= worst));
            });
            Some(test)
        },
    }),
    options: Some(
        Options::of::<PlacePrecision>().shared(Shared::Traits, |bits| {
            Some(Traits::of(bits as u16).precision)
        }),
    ),
    is_set: |f| f.precision.is_some() || f.certain,
    clear: |f| (f.precision, f.certain) = (None, false),
    chips: |w| {
        let precision = w.filter.precision;
        let label = precision.map(|p| w.tr(text!("chip-precision-" + p.code())));
        chip(label, |f| f.precision = None)
    },
    sentences: |w| {
        let precision = w.filter.precision;
        let words = precision.map(|p| w.tr(text!("place-" + p.code())));
        let said = words.map(|words| w.say(text!("page-method-precision"; value), &words));
        said.into_iter().collect()
    },
    panel: Some(Panel::new(
        text!("filter-how-sure"),
        Control::Choice(Choice {
            scales: &SCALES,
            switch: Some(Switch {
                label: text!("filter-uncertain-dates"),
                get: |f| !f.certain,
                set: |f, on| f.certain = !on,
            }),
        }),
    )),
    flags: &[Flag::new(
        31,
        "precision",
        Takes::One("PRECISION"),
        "At least this precise: exact, near, municipality, state or country",
    )],
    read: |given, _, f| {
        let read = |code| {
            PlacePrecision::from_code(code)
                .ok_or_else(|| Problem::new(text!("problem-precision-argument", value = code)))
        };
        f.precision = given.one("precision").map(read).transpose()?;
        Ok(())
    },
};

const SCALES: [Scale; 1] = [Scale {
    title: None,
    any: text!("filter-precision-any"),
    steps: &[
        PlacePrecision::State as usize,
        PlacePrecision::Municipality as usize,
        PlacePrecision::Near as usize,
        PlacePrecision::Exact as usize,
    ],
    name: |lang, step| {
        let code = PlacePrecision::ALL[step].code();
        tr(lang, text!("chip-precision-" + code))
    },
    step: |option| option,
    // What is known to the country at least is all there is.
    get: |f| {
        let precision = f.precision.map(|p| p as usize);
        precision.filter(|p| *p != PlacePrecision::Country as usize)
    },
    set: |f, step| f.precision = step.map(|step| PlacePrecision::ALL[step]),
}];

impl HasOptions for PlacePrecision {
    fn len(_: &Columns) -> usize {
        PlacePrecision::ALL.len()
    }

    fn each(c: &Columns, row: usize, mut put: impl FnMut(usize)) {
        put(c.place_precision[row] as usize);
    }
}
