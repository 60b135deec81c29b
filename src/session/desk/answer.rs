//! What follows from case and filter: brought up to date where either changed.

use super::Desk;
use crate::domain::Filter;
use crate::index::Columns;
use crate::jobs::Busy;
use crate::query::{
    self, Ask, Changes, Compared, Counted, Facets, Figure, Judged, Reach, RowSet, Selection,
    Unknown, Window, deaths_by_option,
};
use crate::scene::ColorBy;
use crate::scene::coloring::MOST_NAMED;
use crate::scene::times::Times;
use std::sync::Arc;

/// What follows from case and filter; computed when either changes.
#[derive(Default)]
pub struct Derived {
    /// The verdict on every row, for counts that leave a part of the filter out.
    pub judged: Judged,
    /// The tables behind selection, facets and unknown, to count on from.
    pub counted: Counted,
    /// What passes the filter.
    pub selection: Selection,
    pub facets: Facets,
    /// Of the filter's area, see [`crate::domain::outline::measure`].
    pub area_measure: f64,
    /// Which rows lie in it for certain and which may; `None` where there is none.
    pub reach: Option<Reach>,
    /// The same in deaths, where those are counted; follows [`super::Workspace::figure`] as well.
    pub deaths: Option<Facets>,
    /// How much of the selection is not known.
    pub unknown: Unknown,
    /// The two times that are compared; follows [`super::Workspace::compare`] as well.
    pub compare: Option<Times>,
    /// How much of what lies in either of them is not known.
    pub compare_unknown: Unknown,
    /// Words are being looked for: what is shown is of the words before.
    pub searching: bool,
    /// How far words are made ready to search, while they are; until then searching is slower.
    pub indexing: Option<f32>,
    /// One more whenever the others change.
    pub generation: u64,
}

impl Derived {
    /// Nothing, to be counted on from the generation of what was derived before.
    #[must_use]
    pub fn after(generation: u64) -> Derived {
        Derived {
            generation,
            ..Derived::default()
        }
    }

    /// What changed since a generation, for who counted then and would count on from there; `None`
    /// where all is to be counted anew.
    #[must_use]
    pub fn changes_since(&self, generation: u64) -> Option<&Changes> {
        let changes = self.judged.changes();
        changes.filter(|_| generation + 1 == self.generation)
    }

    fn answer(&mut self, columns: &Columns, ask: Ask) {
        self.judged.update(columns, ask);
        let rows = std::mem::take(&mut self.selection.rows);
        let window = Window::of(ask.filter);
        let answer = self.counted.answer(columns, &self.judged, window, rows);
        self.selection = answer.selection;
        let reach = self.reach.as_ref();
        self.selection.inside = reach.map(|reach| reach.counts(&self.judged));
        self.facets = answer.facets;
        self.unknown = answer.unknown;
        self.generation += 1;
        self.compare = None;
        self.deaths = None;
    }
}

/// A search that found nothing.
fn nothing() -> Option<Arc<RowSet>> {
    Some(Arc::new(RowSet::new(0, std::iter::empty())))
}

impl Desk {
    pub(super) fn refresh(&mut self) {
        let text = &self.workspace.filter.text;
        if self.jobs.words.look_for(text, &self.loaded) {
            self.derived_from = None;
        }
        if self.derived_from.as_ref() != Some(&self.workspace.filter) {
            self.derive();
        }
        self.count_deaths();
        self.find_leading();
        self.compare();
        self.derived.searching = self.jobs.words.is_busy();
    }

    fn derive(&mut self) {
        let filter = self.workspace.filter.clone();
        // Until the first words are found, and where they cannot be looked for, nothing passes them.
        let found = self.jobs.words.rows().cloned().unwrap_or_else(nothing);
        let columns = &self.loaded.columns;
        let area_of = |f: &Filter| f.area.clone();
        if self.derived_from.as_ref().and_then(area_of) != filter.area {
            let area = filter.area.as_ref();
            self.derived.area_measure = area.map_or(0.0, crate::domain::outline::measure);
            self.derived.reach = area.map(|area| Reach::new(columns, area));
        }
        let ask = Ask {
            filter: &filter,
            found: found.as_ref(),
            links: Some(&self.loaded.links),
        };
        self.derived.answer(columns, ask);
        self.derived_from = Some(filter);
    }

    pub(super) fn poll_words(&mut self) {
        if let Some(ended) = self.jobs.words.poll() {
            self.derived_from = None;
            if let Err(problem) = ended {
                self.tell(problem);
            }
        }
    }

    /// Finds the actors that have a colour of their own, where colours say actors: anew where something
    /// else than time is filtered, so that a colour stays while time moves on.
    fn find_leading(&mut self) {
        let by = self.workspace.layers.color_by;
        if !matches!(by, ColorBy::SideA | ColorBy::SideB) {
            self.leading = None;
            return;
        }
        let derived = &self.derived;
        match &mut self.leading {
            Some((of, _)) if *of == derived.generation => {}
            // Nothing but the time is another.
            Some((of, _)) if derived.changes_since(*of).is_some() => *of = derived.generation,
            leading => {
                let found = query::leading(&self.loaded.columns, &derived.judged, MOST_NAMED);
                *leading = Some((derived.generation, found));
            }
        }
        if let Some((_, found)) = &self.leading {
            self.derived.selection.leading.clone_from(found);
        }
    }

    /// Counts the deaths of every option where they are asked for.
    fn count_deaths(&mut self) {
        let derived = &mut self.derived;
        match self.workspace.figure {
            Figure::Incidents => derived.deaths = None,
            _ if derived.deaths.is_some() => {}
            _ => derived.deaths = Some(deaths_by_option(&self.loaded.columns, &derived.judged)),
        }
    }

    /// Brings the two times that are compared in line with what is asked for.
    fn compare(&mut self) {
        let wanted = self.workspace.compare;
        let (columns, derived) = (&self.loaded.columns, &mut self.derived);
        if derived.compare.as_ref().map(|c| c.windows) == wanted {
            return;
        }
        let certain = self.workspace.filter.certain;
        let of = |windows| Times::new(Compared::of(columns, &derived.judged, certain, windows));
        derived.compare = wanted.map(of);
        let rows = derived.compare.as_ref().map(|compared| compared.rows());
        let unknown = |rows: Vec<_>| Unknown::of(columns, &rows);
        derived.compare_unknown = rows.map_or_else(Unknown::default, unknown);
    }
}
