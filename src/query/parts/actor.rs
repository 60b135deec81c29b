//! Who: actors by name, on either side or on one of the two.

use crate::domain::Filter;
use crate::domain::names::key;
use crate::index::{Columns, Row, RowActor, Wanted};
use crate::locale::{Problem, TextKey, tr};
use crate::query::control::{Control, List, Panel};
use crate::query::flags::{Flag, Takes};
use crate::query::part::{FilterPart, HasOptions, Options, Shared, Test, Verdict};
use crate::query::wording::{Words, chip};
use std::collections::BTreeSet;

/// In what the three parts differ.
trait Side {
    const FLAGS: &'static [Flag];
    const SENTENCE: TextKey;
    const TAB: TextKey;
    fn names(filter: &Filter) -> &BTreeSet<String>;
    fn names_mut(filter: &mut Filter) -> &mut BTreeSet<String>;
    fn stands(actor: RowActor) -> bool;
    fn label(words: &Words, name: String) -> String;
}

struct Either;
struct A;
struct B;

pub const EITHER: FilterPart = part::<Either>();
pub const SIDE_A: FilterPart = part::<A>();
pub const SIDE_B: FilterPart = part::<B>();

const fn part<S: Side>() -> FilterPart {
    FilterPart {
        needs: Wanted::ACTORS,
        verdict: Some(Verdict {
            same: |a, b| S::names(a.filter) == S::names(b.filter),
            test: |columns, ask| test::<S>(columns, S::names(ask.filter)),
        }),
        options: Some(Options::of::<S>().shared(Shared::Actors, |bits| {
            let actor = RowActor::from_bits(bits as u32);
            S::stands(actor).then_some(actor.actor().0 as usize)
        })),
        is_set: |f| !S::names(f).is_empty(),
        clear: |f| S::names_mut(f).clear(),
        chips: |w| {
            let name = w.named(S::names(w.filter), text!("chip-actors"; n));
            chip(name.map(|name| S::label(w, name)), |f| {
                S::names_mut(f).clear();
            })
        },
        sentences: |w| w.say_of(S::SENTENCE, S::names(w.filter).iter().cloned()),
        panel: Some(Panel {
            has_any: |columns| !columns.actors.is_empty(),
            ..Panel::new(
                text!("filter-who"),
                Control::List(List {
                    tab: S::TAB,
                    names: |columns| &columns.actors,
                    chosen: S::names,
                    chosen_mut: S::names_mut,
                    about: |columns, lang, id| {
                        let kind = columns.actor_types.get(id);
                        kind.map_or(String::new(), |t| tr(lang, text!("actor-" + t.code())))
                    },
                    hint: text!("filter-actor-hint"),
                    none: text!("filter-no-actor"),
                }),
            )
        }),
        flags: S::FLAGS,
        read: |given, columns, f| {
            let typed = S::FLAGS.iter().flat_map(|flag| given.all(flag.name));
            *S::names_mut(f) = found(columns, typed)?;
            Ok(())
        },
    }
}

impl Side for Either {
    const FLAGS: &'static [Flag] = &[Flag::new(
        3,
        "actor",
        Takes::Many("NAME,…"),
        "Actors by name or part of it, on either side",
    )];
    const SENTENCE: TextKey = text!("page-method-actors"; value);
    const TAB: TextKey = text!("filter-side-either");

    fn names(filter: &Filter) -> &BTreeSet<String> {
        &filter.actors
    }

    fn names_mut(filter: &mut Filter) -> &mut BTreeSet<String> {
        &mut filter.actors
    }

    fn stands(_: RowActor) -> bool {
        true
    }

    fn label(_: &Words, name: String) -> String {
        name
    }
}

impl Side for A {
    const FLAGS: &'static [Flag] = &[Flag::new(
        4,
        "side-a",
        Takes::Many("NAME,…"),
        "The same on the first side alone, as the source orders them",
    )];
    const SENTENCE: TextKey = text!("page-method-side-a"; value);
    const TAB: TextKey = text!("filter-side-a");

    fn names(filter: &Filter) -> &BTreeSet<String> {
        &filter.side_a
    }

    fn names_mut(filter: &mut Filter) -> &mut BTreeSet<String> {
        &mut filter.side_a
    }

    fn stands(actor: RowActor) -> bool {
        actor.on_a()
    }

    fn label(words: &Words, name: String) -> String {
        words.tr(text!("chip-side-a", name = name))
    }
}

impl Side for B {
    const FLAGS: &'static [Flag] = &[Flag::new(
        5,
        "side-b",
        Takes::Many("NAME,…"),
        "And on the second side",
    )];
    const SENTENCE: TextKey = text!("page-method-side-b"; value);
    const TAB: TextKey = text!("filter-side-b");

    fn names(filter: &Filter) -> &BTreeSet<String> {
        &filter.side_b
    }

    fn names_mut(filter: &mut Filter) -> &mut BTreeSet<String> {
        &mut filter.side_b
    }

    fn stands(actor: RowActor) -> bool {
        actor.on_b()
    }

    fn label(words: &Words, name: String) -> String {
        words.tr(text!("chip-side-b", name = name))
    }
}

impl<S: Side> HasOptions for S {
    fn len(c: &Columns) -> usize {
        c.actors.len()
    }

    fn each(c: &Columns, row: usize, put: impl FnMut(usize)) {
        let those = c.actors_of(row as Row).iter().filter(|a| S::stands(**a));
        those.map(|a| a.actor().0 as usize).for_each(put);
    }
}

fn test<S: Side>(columns: &Columns, asked: &BTreeSet<String>) -> Option<Test> {
    let names = asked.iter();
    let ids = names.flat_map(|name| columns.actors.find_spellings(name));
    // By `RowActor::bits`.
    let mut wanted = vec![false; columns.actors.len() * 4];
    for id in ids {
        for sides in 0..4 {
            let actor = RowActor::new(id, sides & 1 != 0, sides & 2 != 0);
            wanted[actor.bits() as usize] = S::stands(actor);
        }
    }
    (!asked.is_empty()).then(|| -> Test {
        Box::new(move |c, marks| {
            let has = |a: &RowActor| wanted.get(a.bits() as usize) == Some(&true);
            let any = |row| c.actors_of(row as Row).iter().any(has);
            let rows = marks.rows();
            marks.set(rows.map(any));
        })
    })
}

/// A name in full, else comma-separated names; each in full, else every actor that holds it.
fn found<'a>(
    columns: &Columns,
    typed: impl Iterator<Item = &'a str>,
) -> Result<BTreeSet<String>, Problem> {
    let keyed: Vec<(String, &str)> = columns.actors.iter().map(|(_, n)| (key(n), n)).collect();
    let like = |is: &dyn Fn(&str) -> bool| -> Vec<String> {
        let those = keyed.iter().filter(|(key, _)| is(key));
        those.map(|(_, name)| (*name).to_owned()).collect()
    };
    let mut found = BTreeSet::new();
    for given in typed {
        let whole = key(given.trim());
        let parts: Vec<&str> = match keyed.iter().any(|(key, _)| *key == whole) {
            true => vec![given],
            false => given.split(',').collect(),
        };
        for part in parts.iter().map(|p| p.trim()).filter(|p| !p.is_empty()) {
            let wanted = key(part);
            let mut names = like(&|key| key == wanted);
            if names.is_empty() {
                names = like(&|key| key.contains(&wanted));
            }
            if names.is_empty() {
                return Err(Problem::new(text!("problem-no-such-actor", name = part)));
            }
            found.extend(names);
        }
    }
    Ok(found)
}
