//! What: kinds of incidents, by group.

use crate::domain::{Kind, KindGroup};
use crate::index::{Columns, Traits, Wanted};
use crate::locale::{Lang, Problem, number, tr};
use crate::query::control::{Boxes, Control, Panel};
use crate::query::flags::{Flag, Given, Takes};
use crate::query::part::{FilterPart, HasOptions, Options, Shared, Test, Verdict};
use crate::query::wording::{Chip, Words, chip};
use std::collections::BTreeSet;

pub const PART: FilterPart = FilterPart {
    needs: Wanted::KIND,
    verdict: Some(Verdict {
        same: |a, b| a.filter.kinds == b.filter.kinds,
        test: |_, ask| {
            let kinds = &ask.filter.kinds;
            let wanted: [bool; Kind::ALL.len()] =
                std::array::from_fn(|i| kinds.contains(&Kind::ALL[i]));
            (!kinds.is_empty()).then(|| -> Test {
                Box::new(move |c, marks| {
                    let of_rows = c.kind[marks.rows()].iter();
                    marks.set(of_rows.map(|k| wanted[*k as usize]));
                })
            })
        },
    }),
    options: Some(
        Options::of::<Kind>().shared(Shared::Traits, |bits| Some(Traits::of(bits as u16).kind)),
    ),
    is_set: |f| !f.kinds.is_empty(),
    clear: |f| f.kinds.clear(),
    chips,
    sentences: |w| {
        let name = |k: &Kind| kind_name(w.lang, *k).to_lowercase();
        w.say_of(
            text!("page-method-kinds"; value),
            w.filter.kinds.iter().map(name),
        )
    },
    panel: Some(Panel::new(
        text!("filter-what"),
        Control::Boxes(Boxes {
            groups: Some(|lang| {
                let groups = KindGroup::ALL.iter();
                let name = |g: &KindGroup| tr(lang, text!("kind-" + g.code()));
                let kinds = |g: &KindGroup| g.kinds().map(|k| k as usize).collect();
                groups.map(|g| (name(g), kinds(g))).collect()
            }),
            name: |_, lang, kind| kind_name(lang, Kind::ALL[kind]),
            symbol: |kind| Some((Kind::ALL[kind].mark(), Kind::ALL[kind].inner())),
            has: |f, _, kind| f.kinds.contains(&Kind::ALL[kind]),
            put: |f, _, kind, on| {
                match on {
                    true => f.kinds.insert(Kind::ALL[kind]),
                    false => f.kinds.remove(&Kind::ALL[kind]),
                };
            },
        }),
    )),
    flags: &[Flag::new(
        2,
        "kind",
        Takes::Listed("CODE,…"),
        "Kinds or groups by code, such as gun_battle,state_action",
    )],
    read: |given, _, f| {
        f.kinds = parse(given)?;
        Ok(())
    },
};

impl HasOptions for Kind {
    fn len(_: &Columns) -> usize {
        Kind::ALL.len()
    }

    fn each(c: &Columns, row: usize, mut put: impl FnMut(usize)) {
        put(c.kind[row] as usize);
    }
}

fn kind_name(lang: Lang, kind: Kind) -> String {
    tr(lang, text!("kind-" + kind.code()))
}

fn chips(w: &Words) -> Vec<Chip> {
    let kinds = &w.filter.kinds;
    let label = match kinds.first() {
        None => None,
        Some(kind) if kinds.len() == 1 => Some(kind_name(w.lang, *kind)),
        Some(_) => Some(w.tr(text!("chip-kinds", n = number(kinds.len() as u64)))),
    };
    let mut chips = chip(label, |f| f.kinds.clear());
    for chip in &mut chips {
        let marks: BTreeSet<_> = kinds.iter().map(|k| k.mark()).collect();
        chip.marks.extend(marks);
    }
    chips
}

fn parse(given: &Given) -> Result<BTreeSet<Kind>, Problem> {
    let mut kinds = BTreeSet::new();
    for code in given.names("kind") {
        if let Some(kind) = Kind::from_code(code) {
            kinds.insert(kind);
        } else if let Some(group) = KindGroup::from_code(code) {
            kinds.extend(group.kinds());
        } else {
            let known = KindGroup::ALL
                .iter()
                .map(|g| g.code())
                .chain(Kind::ALL.iter().map(|k| k.code()));
            return Err(Problem::new(text!(
                "problem-no-such-kind",
                value = code,
                known = known.collect::<Vec<_>>().join(", ")
            )));
        }
    }
    Ok(kinds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_stands_for_its_kinds() {
        let kinds = |codes: &[&str]| {
            let mut given = Given::default();
            given.insert("kind", codes.iter().map(Into::into).collect());
            parse(&given)
        };
        assert_eq!(kinds(&["unrest", "arrest"]).unwrap().len(), 4);
        assert!(kinds(&["riots"]).is_err());
    }
}
