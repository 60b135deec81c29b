//! A case that is worked on: what is shown of it, what was done to that, and what is under way. It
//! needs no window: whoever shows it passes commands on, polls it between frames and reads its news.

mod answer;
mod apply;
mod bookmarks;
mod copy;
mod duplicates;
mod imports;
mod inspect;
mod names;
mod places;
mod play;
mod recall;
mod rejects;
mod upkeep;
mod words;

#[cfg(test)]
mod tests;

pub use answer::Derived;
pub use duplicates::{Found, Proposed};
pub use inspect::{Inspected, Selected};
pub use rejects::{OfImport, Rejects};

use super::{
    BasemapChoice, Bookmarks, Delivery, History, LoadReport, Loaded, Lookup, WORKSPACE, Workspace,
};
use crate::domain::Filter;
use crate::domain::area::LonLat;
use crate::import::Options;
use crate::import::route::Route;
use crate::index::NameId;
use crate::jobs::{Busy, Progress, Slot, Wake};
use crate::locale::{Lang, Problem};
use crate::query::Pair;
use crate::store::Case;
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;
use words::WordSearch;

/// An open case, with how it is looked at.
pub struct Desk {
    /// Of what is read from the case and put in words.
    pub lang: Lang,
    pub loaded: Loaded,
    /// The case as it is today, while what is on show is its past.
    present: Option<Case>,
    pub workspace: Workspace,
    /// What lies below: chosen anew for each opening, never by a file or by undo.
    pub basemap: BasemapChoice,
    pub history: History<Workspace>,
    pub derived: Derived,
    /// The filter that `derived` follows from; `None` where it is to be made anew.
    derived_from: Option<Filter>,
    /// The names of the case, once somebody looks for one.
    pub lookup: Option<Lookup>,
    /// Work on the open case that is to begin.
    upkeep_due: Option<Due>,
    pub selected: Selected,
    /// All that were selected, whatever the filter lets through.
    chosen: Selected,
    /// The generation of the filter that they were last held against.
    selected_under: u64,
    /// The actors that have a colour of their own.
    leading: Option<Leading>,
    /// The one shown in full, where not the only one.
    pub inspect: Option<i64>,
    pub inspected: Inspected,
    pub rejects: Rejects,
    /// They are to be read anew.
    rejects_due: bool,
    pub bookmarks: Bookmarks,
    /// Pairs that may be one event.
    pub proposed: Proposed,
    /// Size of the map, px.
    pub map_size: [f32; 2],
    /// The camera is to be fitted once that is known.
    pub needs_home: bool,
    /// The time now, and that of the last step while the time window plays; seconds of any clock.
    now: f64,
    pub playing_since: Option<f64>,
    jobs: Jobs,
    news: Vec<News>,
}

/// Of each side, with the generation of the filter that they were counted for.
type Leading = (u64, [Vec<NameId>; 2]);

/// What whoever shows the desk is to say or do.
pub enum News {
    Problem(Problem),
    /// The rows are others: what was kept of them is void.
    Rows,
    Imported {
        /// Of the files that were loaded.
        reports: Vec<LoadReport>,
        /// Why the next one was not.
        problem: Option<Problem>,
    },
    /// So many rows as text for the clipboard.
    Copied(u64, String),
    /// The area of the filter is the way along a road: its width and the other ways are to be seen.
    Along,
    /// A place is marked, degrees.
    Pin(LonLat),
    /// A route was read, with so many points left out.
    RouteCut(u64),
    /// The bookmark at this place is new.
    Bookmarked(usize),
    /// Other pairs are looked for.
    Looking,
    /// An incident was asked for, to be seen.
    Inspecting,
}

/// A file to be loaded, and what was decided about it.
pub struct Order {
    pub path: PathBuf,
    pub options: Options,
    pub delivery: Delivery,
}

/// What became of an import of one or more files.
struct Imported {
    reports: Vec<LoadReport>,
    /// Why the next one was not loaded.
    problem: Option<Problem>,
    /// The case with the new rows, where there are any.
    loaded: Option<Loaded>,
}

/// Work on the open case that is to begin.
#[derive(Clone, Copy)]
struct Due {
    has_new_rows: bool,
}

/// All that can be under way, a slot each.
struct Jobs {
    /// The search for the words of the filter, and for those of the search box.
    words: WordSearch,
    found: WordSearch,
    names: Slot<(), Lookup>,
    hexes: Slot<(), ()>,
    upkeep: Slot<(), ()>,
    recall: Slot<Option<Date>, Option<Loaded>>,
    import: Slot<(), Imported>,
    rejects: Slot<(), HashMap<i64, OfImport>>,
    duplicates: Slot<Filter, Vec<Pair>>,
    route: Slot<(), Route>,
    copy: Slot<u64, Option<String>>,
}

impl Jobs {
    fn new(wake: &Wake) -> Jobs {
        Jobs {
            words: WordSearch::new("search", wake),
            found: WordSearch::new("find", wake),
            names: Slot::new("names", wake),
            hexes: Slot::new("hexagons", wake),
            upkeep: Slot::new("upkeep", wake),
            recall: Slot::new("recall", wake),
            import: Slot::new("import", wake),
            rejects: Slot::new("list-rejects", wake),
            duplicates: Slot::new("duplicates", wake),
            route: Slot::new("route", wake),
            copy: Slot::new("copy", wake),
        }
    }

    /// All of them: one that is missing does not compile.
    fn all(&self) -> [&dyn Busy; 11] {
        let Jobs {
            words,
            found,
            names,
            hexes,
            upkeep,
            recall,
            import,
            rejects,
            duplicates,
            route,
            copy,
        } = self;
        [
            words, found, names, hexes, upkeep, recall, import, rejects, duplicates, route, copy,
        ]
    }
}

impl Desk {
    /// The case with the view that was saved in it. `after` is the generation of the desk before.
    #[must_use]
    pub fn new(loaded: Loaded, lang: Lang, map_size: [f32; 2], after: u64, wake: &Wake) -> Desk {
        let saved = loaded.case.setting(WORKSPACE).ok().flatten();
        let saved = saved.and_then(|json| Workspace::from_json(&json));
        let needs_home = saved.is_none();
        let mut workspace = saved.unwrap_or_else(|| Workspace::at(loaded.home(map_size)));
        loaded.columns.respell(&mut workspace.filter);
        Desk {
            lang,
            bookmarks: Bookmarks::of_case(&loaded),
            loaded,
            present: None,
            history: History::new(workspace.clone()),
            workspace,
            basemap: BasemapChoice::default(),
            derived: Derived::after(after),
            derived_from: None,
            lookup: None,
            upkeep_due: Some(Due {
                has_new_rows: false,
            }),
            selected: Selected::default(),
            chosen: Selected::default(),
            selected_under: 0,
            leading: None,
            inspect: None,
            inspected: Inspected::default(),
            rejects: Rejects::default(),
            rejects_due: true,
            proposed: Proposed::default(),
            map_size,
            needs_home,
            now: 0.0,
            playing_since: None,
            jobs: Jobs::new(wake),
            news: Vec::new(),
        }
    }

    /// Takes what jobs came to.
    pub fn poll(&mut self) {
        self.poll_words();
        self.poll_names();
        self.poll_upkeep();
        self.poll_recall();
        self.poll_import();
        self.poll_rejects();
        self.poll_duplicates();
        self.poll_route();
        self.poll_copy();
        if let Some((_, Err(problem))) = self.jobs.hexes.poll() {
            self.tell(problem);
        }
    }

    /// Brings what follows from the workspace up to date. To be called after the commands of a frame.
    pub fn update(&mut self) {
        self.recall();
        self.list_rejects();
        self.begin_upkeep();
        self.refresh();
        self.selection_follows();
    }

    /// A step of undo is kept when hands are off the controls and what they did has arrived.
    pub fn settle(&mut self) {
        if self.playing_since.is_none() {
            self.history.settle(&self.workspace);
        }
    }

    /// After which time there is something to poll or to be seen, though nobody does anything.
    #[must_use]
    pub fn next_look(&self) -> Option<Duration> {
        let jobs = &self.jobs;
        let seen = [
            jobs.rejects.is_busy(),
            jobs.import.is_busy(),
            jobs.duplicates.is_busy(),
            self.long_copying().is_some(),
        ];
        let seen = seen.contains(&true).then_some(Duration::from_millis(100));
        // The next frame comes after the first one is on the screen.
        let due = self.upkeep_due.map(|_| Duration::ZERO);
        let indexing = jobs.upkeep.is_busy().then_some(Duration::from_millis(500));
        [seen, due, indexing, self.next_step()]
            .into_iter()
            .flatten()
            .min()
    }

    /// What happened since this was asked last.
    pub fn take_news(&mut self) -> Vec<News> {
        std::mem::take(&mut self.news)
    }

    fn tell(&mut self, problem: Problem) {
        self.news.push(News::Problem(problem));
    }

    /// How far the import is that is under way.
    #[must_use]
    pub fn importing(&self) -> Option<&Progress> {
        self.jobs.import.progress()
    }

    /// Ends what may be ended by whoever waits for it.
    pub fn cancel(&self) {
        let jobs = [self.importing(), self.long_copying()];
        jobs.into_iter().flatten().for_each(Progress::cancel);
    }

    /// The case is left: it is saved how it was looked at, silently not where it is read-only.
    pub fn keep_workspace(&mut self) {
        self.stop_upkeep();
        let case = self.present();
        if case.read_only().is_none() {
            let _ = case.set_setting(WORKSPACE, &self.workspace.to_json());
        }
    }

    /// The generation of what is derived: see [`Derived::generation`].
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.derived.generation
    }

    /// Works out hexagons of a size that was not looked at before: of a million rows they take a
    /// second.
    pub fn work_out_hexes(&mut self, resolution: u8) {
        if self.jobs.hexes.is_busy() || self.loaded.spatial.has_hexes(resolution) {
            return;
        }
        let (spatial, columns) = (self.loaded.spatial.clone(), self.loaded.columns.clone());
        self.jobs.hexes.start((), move |_| {
            let _ = spatial.hexes(&columns, resolution);
            Ok(())
        });
    }
}

impl Busy for Desk {
    fn is_busy(&self) -> bool {
        self.jobs.all().iter().any(|slot| slot.is_busy())
    }
}
