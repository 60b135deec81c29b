//! The search of the top bar: names from the lookup of the case, incidents from a job, both
//! turned into what the list shows.

use super::App;
use crate::domain::coordinates::{self, Unread};
use crate::domain::filter::{PATH, is_in_admin, words};
use crate::domain::when::date_of;
use crate::domain::{Filter, LocalText};
use crate::index::Row;
use crate::locale::{Lang, date_range, number, tr};
use crate::query::{Part, RowSet};
use crate::roads;
use crate::scene::Way;
use crate::session::{Command, Desk, Named};
use crate::view::search::{Entry, Group, field_id};
use std::sync::Arc;

/// Entries a group shows at most.
const MOST_NAMES: usize = 6;
const MOST_INCIDENTS: usize = 20;

impl App {
    /// Keeps the list of the search in line with what is typed.
    pub(super) fn refresh_search(&mut self, ctx: &egui::Context) {
        let Some(desk) = &mut self.desk else { return };
        let state = &mut self.shown.search;
        let is_empty = state.text.trim().is_empty();
        if !is_empty || ctx.memory(|m| m.has_focus(field_id())) {
            desk.search_for(&state.text);
        }
        if is_empty {
            state.entries.clear();
            self.listed = None;
            return;
        }
        let found = desk.found(&state.text);
        let from = (
            state.text.clone(),
            desk.generation(),
            self.lang,
            desk.lookup.is_some(),
            found.is_some(),
        );
        if self.listed.as_ref() == Some(&from) {
            return;
        }
        let list = List {
            lang: self.lang,
            desk,
        };
        state.entries = list.entries(&state.text, found.flatten());
        state.note = list.note(&state.text, from.4);
        self.listed = Some(from);
    }
}

/// Makes the entries of the list.
struct List<'a> {
    lang: Lang,
    desk: &'a Desk,
}

impl List<'_> {
    fn entries(&self, text: &str, found: Option<&RowSet>) -> Vec<Entry> {
        let mut entries = Vec::new();
        if let Ok(at) = coordinates::parse(text) {
            entries.push(Entry {
                group: Group::Coordinates,
                name: crate::view::map::coordinates(self.lang, at[0], at[1]),
                detail: String::new(),
                trailing: coordinates::grid(at).unwrap_or_default(),
                commands: vec![Command::GoTo(at)],
                also: None,
            });
        }
        // Much that is no route has a dash or a "to" in it.
        if roads::is_route(text) && roads::stops(text).is_ok() {
            let route = text.trim();
            entries.push(Entry {
                group: Group::Road,
                name: route.to_owned(),
                detail: tr(self.lang, text!("search-along-what")),
                trailing: String::new(),
                commands: vec![Command::FilterAlong(route.to_owned())],
                also: None,
            });
        }
        if let Some(lookup) = &self.desk.lookup {
            let matches = lookup.find(text, MOST_NAMES);
            let actors = matches.actors.iter().map(|id| self.actor(*id)).collect();
            let places = self.places(&matches.places);
            let groups: [Vec<Entry>; 2] = if matches.places_lead {
                [places, actors]
            } else {
                [actors, places]
            };
            entries.extend(groups.into_iter().flatten());
        }
        entries.extend(self.ways(text));
        if !words(text).is_empty() {
            let counts = found.map(|rows| self.found(rows));
            let rows = counts.as_ref().map_or(&[][..], |(rows, _)| rows);
            entries.extend(rows.iter().map(|row| self.incident(*row)));
            entries.push(self.by_text(text, counts.map(|(_, n)| n)));
        }
        entries
    }

    /// That the search goes on, or how coordinates may be written.
    fn note(&self, text: &str, is_done: bool) -> Option<String> {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        match coordinates::parse(text) {
            Err(Unread::OffEarth) => return Some(tr(self.lang, text!("search-off-earth"))),
            Err(Unread::Unclear) if digits > 3 => {
                return Some(tr(self.lang, text!("search-unclear")));
            }
            _ => {}
        }
        (!is_done || self.desk.lookup.is_none()).then(|| tr(self.lang, text!("search-busy")))
    }

    fn with_filter(&self, change: impl FnOnce(&mut Filter)) -> Command {
        let mut filter = self.desk.workspace.filter.clone();
        change(&mut filter);
        Command::SetFilter(Box::new(filter))
    }

    fn n_incidents(&self, n: usize) -> String {
        tr(self.lang, text!("n-incidents", n = number(n as u64)))
    }

    fn actor(&self, id: crate::index::NameId) -> Entry {
        let name = self.desk.loaded.columns.actors.get(id).to_owned();
        // Of the rows that pass all else: what choosing it leaves.
        let facet = self.desk.derived.facets.of(Part::Actor).get(id.0 as usize);
        Entry {
            group: Group::Actors,
            detail: String::new(),
            trailing: self.n_incidents(facet.copied().unwrap_or_default() as usize),
            commands: vec![self.with_filter(|f| f.actors = [name.clone()].into())],
            also: None,
            name,
        }
    }

    fn places(&self, places: &[Named]) -> Vec<Entry> {
        let c = &self.desk.loaded.columns;
        let facets = self.desk.derived.facets.of(Part::Admin);
        let mut of_place = vec![0_usize; c.places.len()];
        if places.iter().any(|p| matches!(p, Named::Place(_))) {
            for row in &self.desk.derived.selection.rows {
                of_place[c.place[*row as usize].0 as usize] += 1;
            }
        }
        let one = |named: &Named| {
            let go = Command::Show(named.clone());
            let (name, detail, trailing, also) = match named {
                Named::Admin(path) => {
                    let inside = c.admins.iter().filter(|(_, p)| is_in_admin(p, path));
                    let n: u32 = inside.filter_map(|(id, _)| facets.get(id.0 as usize)).sum();
                    let in_it = |row| {
                        let id = c.admin[row as usize];
                        is_in_admin(c.admins.get(id), path).then_some(id.0)
                    };
                    let n = n - self.desk.derived.judged.overlap(Part::Admin, in_it);
                    let (around, name) = path.rsplit_once(PATH).unwrap_or(("", path));
                    let mut around: Vec<&str> =
                        around.split(PATH).filter(|a| !a.is_empty()).collect();
                    around.reverse();
                    let filter = self.with_filter(|f| f.admin = [path.clone()].into());
                    let also = (
                        tr(self.lang, text!("search-filter")),
                        vec![filter, go.clone()],
                    );
                    (
                        name.to_owned(),
                        around.join(", "),
                        self.n_incidents(n as usize),
                        Some(also),
                    )
                }
                Named::Place(id) => {
                    let n = of_place[id.0 as usize];
                    let select = vec![Command::SelectNamed(named.clone())];
                    let also = (n > 0).then(|| (tr(self.lang, text!("search-select")), select));
                    (
                        c.places.get(*id).to_owned(),
                        String::new(),
                        self.n_incidents(n),
                        also,
                    )
                }
                Named::Town(name, _) => (
                    name.clone(),
                    tr(self.lang, text!("search-on-map")),
                    String::new(),
                    None,
                ),
                Named::Actor(_) => return None,
            };
            Some(Entry {
                group: Group::Places,
                name,
                detail,
                trailing,
                commands: vec![go],
                also,
            })
        };
        places.iter().filter_map(one).collect()
    }

    /// Movements and places with figures in whose names every word begins a word. They are few beside
    /// incidents, and looked through one by one.
    fn ways(&self, text: &str) -> Vec<Entry> {
        let wanted = words(text);
        let fits = |name: &LocalText| {
            let both = format!("{} {}", name.text, name.es.as_deref().unwrap_or_default());
            let names = words(&both);
            let begun = |w: &String| names.iter().any(|n| n.starts_with(w.as_str()));
            !wanted.is_empty() && wanted.iter().all(begun)
        };
        let entry = |name: &LocalText, what: String, trailing: String, way: Way| Entry {
            group: Group::Ways,
            name: name.in_language(self.lang.is_spanish()).to_owned(),
            detail: what,
            trailing,
            commands: vec![Command::SelectWay(way), Command::GoToSelected],
            also: None,
        };
        let loaded = &self.desk.loaded;
        let movements = loaded.movements.iter().map(|m| (m.id, &m.movement));
        let movements = movements.filter(|(_, m)| fits(&m.name)).map(|(id, m)| {
            let what = tr(self.lang, text!("movement-" + m.kind.code()));
            let days = m.when.as_ref();
            let days = days.map(|w| date_range(self.lang, w.start, w.end));
            entry(&m.name, what, days.unwrap_or_default(), Way::Movement(id))
        });
        let places = loaded.places.iter().filter(|p| fits(&p.place.name));
        let places = places.map(|p| {
            let (names, what) = (&p.place.names, tr(self.lang, text!("way-series")));
            entry(&p.place.name, what, names.admin1.clone(), Way::Place(p.id))
        });
        let places = places.take(MOST_NAMES);
        movements.take(MOST_NAMES).chain(places).collect()
    }

    /// The incidents to be listed, those that pass the filter and the latest first, and how many the
    /// filter would leave with these words.
    fn found(&self, rows: &RowSet) -> (Vec<Row>, usize) {
        let all = self.desk.loaded.columns.len();
        let judged = &self.desk.derived.judged;
        let (mut listed, mut others, mut n) = (Vec::new(), Vec::new(), 0);
        for row in (0..all).rev().filter(|row| rows.contains(*row)) {
            if judged.passes_but(row, Part::Text.bit()) {
                n += 1;
                if listed.len() < MOST_INCIDENTS {
                    listed.push(row as Row);
                }
            } else if others.len() < MOST_INCIDENTS {
                others.push(row as Row);
            }
        }
        listed.extend(others);
        listed.truncate(MOST_INCIDENTS);
        (listed, n)
    }

    fn incident(&self, row: Row) -> Entry {
        let c = &self.desk.loaded.columns;
        let i = row as usize;
        let passes = self.desk.derived.judged.passes_but(i, 0);
        Entry {
            group: Group::Incidents,
            name: self
                .desk
                .loaded
                .title(row, self.lang.is_spanish())
                .to_string(),
            detail: if passes {
                String::new()
            } else {
                tr(self.lang, text!("search-outside"))
            },
            trailing: date_range(self.lang, date_of(c.start_day[i]), date_of(c.end_day[i])),
            commands: vec![Command::Select(Arc::from([c.id[i]])), Command::GoToSelected],
            also: None,
        }
    }

    fn by_text(&self, text: &str, n: Option<usize>) -> Entry {
        let text = text.trim();
        Entry {
            group: Group::Text,
            name: tr(self.lang, text!("search-by-text", text = text)),
            detail: String::new(),
            trailing: n.map(|n| self.n_incidents(n)).unwrap_or_default(),
            commands: vec![self.with_filter(|f| text.clone_into(&mut f.text))],
            also: None,
        }
    }
}
