//! Where from: datasets by name.

use crate::domain::Filter;
use crate::index::{Columns, NameId, Wanted};
use crate::locale::Problem;
use crate::query::control::{Boxes, Control, Panel};
use crate::query::flags::{Flag, Given, Takes};
use crate::query::part::{FilterPart, HasOptions, Options, Verdict, has_name, wanted};
use crate::query::wording::chip;

pub const PART: FilterPart = FilterPart {
    needs: Wanted::DATASET,
    verdict: Some(Verdict {
        same: |a, b| a.filter.datasets == b.filter.datasets,
        test: |columns, ask| {
            let names = &ask.filter.datasets;
            let wanted = || wanted(&columns.datasets, |name| names.contains(name));
            (!names.is_empty()).then(|| has_name(wanted(), |c| &c.dataset))
        },
    }),
    options: Some(Options::of::<Dataset>()),
    is_set: |f| !f.datasets.is_empty(),
    clear: |f| f.datasets.clear(),
    chips: |w| {
        let label = w.named(&w.filter.datasets, text!("chip-datasets"; n));
        chip(label, |f| f.datasets.clear())
    },
    sentences: |w| {
        w.say_of(
            text!("page-method-datasets"; value),
            w.filter.datasets.iter().cloned(),
        )
    },
    panel: Some(Panel {
        open: None,
        has_any: |columns| columns.datasets.len() > 1,
        ..Panel::new(
            text!("filter-datasets"),
            Control::Boxes(Boxes {
                groups: None,
                name: |columns, _, id| name(columns, id).to_owned(),
                symbol: |_| None,
                has: |f, columns, id| f.datasets.contains(name(columns, id)),
                put: |f, columns, id, on| {
                    match on {
                        true => f.datasets.insert(name(columns, id).to_owned()),
                        false => f.datasets.remove(name(columns, id)),
                    };
                },
            }),
        )
    }),
    flags: &[Flag::new(
        50,
        "dataset",
        Takes::Listed("NAME,…"),
        "Datasets by name",
    )],
    read,
};

struct Dataset;

impl HasOptions for Dataset {
    fn len(c: &Columns) -> usize {
        c.datasets.len()
    }

    fn each(c: &Columns, row: usize, mut put: impl FnMut(usize)) {
        put(c.dataset[row].0 as usize);
    }
}

fn name(columns: &Columns, id: usize) -> &str {
    columns.datasets.get(NameId(id as u32))
}

fn read(given: &Given, columns: &Columns, f: &mut Filter) -> Result<(), Problem> {
    for name in given.all("dataset") {
        if columns.datasets.find(name).is_none() {
            let known: Vec<&str> = columns.datasets.iter().map(|(_, n)| n).collect();
            return Err(Problem::new(text!(
                "problem-no-such-dataset",
                name = name,
                known = known.join(", ")
            )));
        }
        f.datasets.insert(name.to_owned());
    }
    Ok(())
}
