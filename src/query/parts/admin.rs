//! Where: countries, states and municipalities by name.

use crate::domain::Filter;
use crate::domain::filter::PATH;
use crate::gazetteer::{AskedAdmin, path_keys};
use crate::index::{Columns, Wanted};
use crate::locale::Problem;
use crate::query::control::{Control, List, Panel};
use crate::query::flags::{Flag, Given, Takes};
use crate::query::part::{FilterPart, HasOptions, Options, Verdict, has_name, wanted};
use crate::query::wording::chip;
use std::collections::BTreeSet;

pub const PART: FilterPart = FilterPart {
    needs: Wanted::ADMIN,
    verdict: Some(Verdict {
        same: |a, b| a.filter.admin == b.filter.admin,
        test: |columns, ask| {
            let names = &ask.filter.admin;
            let asked: Vec<AskedAdmin> = names.iter().map(|a| AskedAdmin::new(a)).collect();
            let is = |path: &str| {
                let levels = path_keys(path);
                asked.iter().any(|asked| asked.holds(&levels))
            };
            let wanted = || wanted(&columns.admins, is);
            (!names.is_empty()).then(|| has_name(wanted(), |c| &c.admin))
        },
    }),
    options: Some(Options::of::<Admin>()),
    is_set: |f| !f.admin.is_empty(),
    clear: |f| f.admin.clear(),
    chips: |w| {
        let last = |path: &String| path.rsplit(PATH).next().unwrap_or_default().to_owned();
        let names: BTreeSet<String> = w.filter.admin.iter().map(last).collect();
        let label = w.named(&names, text!("chip-admins"; n));
        chip(label, |f| f.admin.clear())
    },
    sentences: |w| {
        w.say_of(
            text!("page-method-admin"; value),
            w.filter.admin.iter().cloned(),
        )
    },
    panel: Some(Panel {
        has_any: |columns| columns.admins.iter().any(|(_, path)| !path.is_empty()),
        ..Panel::new(
            text!("filter-admin"),
            Control::Tree(List {
                tab: text!("filter-admin"),
                names: |columns| &columns.admins,
                chosen: |f| &f.admin,
                chosen_mut: |f| &mut f.admin,
                about: |columns, _, id| {
                    columns
                        .admins
                        .get(crate::index::NameId(id as u32))
                        .to_owned()
                },
                hint: text!("filter-admin-hint"),
                none: text!("filter-no-admin"),
            }),
        )
    }),
    flags: &[Flag::new(
        6,
        "admin",
        Takes::Listed("NAME,…"),
        "Countries, states and municipalities by name, or as \"Mexico / Tamaulipas\"",
    )],
    read,
};

/// Options are ids of `Columns::admins`.
struct Admin;

impl HasOptions for Admin {
    fn len(c: &Columns) -> usize {
        c.admins.len()
    }

    fn each(c: &Columns, row: usize, mut put: impl FnMut(usize)) {
        put(c.admin[row].0 as usize);
    }
}

/// Each a place of the case: by its name or by its path, however it is spelled.
fn read(given: &Given, columns: &Columns, f: &mut Filter) -> Result<(), Problem> {
    let keyed = |(_, path)| (path, path_keys(path));
    let known: Vec<(&str, Vec<String>)> = columns.admins.iter().map(keyed).collect();
    for name in given.names("admin") {
        let place = AskedAdmin::new(name);
        let mut shown = known
            .iter()
            .filter_map(|(path, levels)| place.shown(path, levels));
        let shown = shown.next();
        f.admin.insert(
            shown.ok_or_else(|| Problem::new(text!("problem-no-such-admin", name = name)))?,
        );
    }
    Ok(())
}
