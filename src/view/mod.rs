//! The window's panels: state in, egui out, commands back. No file, thread or SQL here.

pub mod cards;
pub mod chips;
pub mod data_panel;
pub mod filter_panel;
pub mod icons;
pub mod inspector;
pub mod layers_panel;
pub mod legend;
pub mod map;
pub mod replay;
pub mod theme;
pub mod tiles;
pub mod timeline;
pub mod top_bar;
pub mod widgets;

use crate::domain::{PlacePrecision, Reliability};
use crate::index::Columns;
use crate::locale::{Lang, tr, tr_args};
use crate::query::{Facets, Selection};
use crate::scene::Theme;
use crate::session::{BasemapChoice, Command, Loaded, Workspace};

/// What every panel may read, and where it puts what it asks for.
pub struct Context<'a> {
    pub lang: Lang,
    pub theme: &'a Theme,
    pub loaded: &'a Loaded,
    pub workspace: &'a Workspace,
    pub derived: &'a Derived,
    /// Which of the panels beside the map are unfolded.
    pub left_open: bool,
    pub timeline_open: bool,
    /// What is chosen to lie below.
    pub basemap: &'a BasemapChoice,
    pub commands: &'a mut Vec<Command>,
}

/// What follows from case and filter; computed when either changes.
#[derive(Default)]
pub struct Derived {
    /// What passes the filter.
    pub selection: Selection,
    /// What passes it at any time: the bars outside of the time window.
    pub any_time: Selection,
    pub facets: Facets,
    /// How much of the selection is not known.
    pub unknown: Unknown,
    /// Changes whenever the others do.
    pub generation: u64,
}

/// Incidents of which something is not known.
#[derive(Clone, Copy, Default)]
pub struct Unknown {
    /// The day.
    pub day: u64,
    /// The place, more narrowly than the municipality.
    pub place: u64,
    pub deaths: u64,
    /// The reliability of the source.
    pub grade: u64,
}

impl Unknown {
    #[must_use]
    pub fn of(columns: &Columns, selection: &Selection) -> Unknown {
        let count = |what: &dyn Fn(usize) -> bool| {
            let rows = selection.rows.iter();
            rows.filter(|r| what(**r as usize)).count() as u64
        };
        Unknown {
            day: count(&|r| columns.start_day[r] != columns.end_day[r]),
            place: count(&|r| columns.place_precision[r] >= PlacePrecision::Municipality),
            deaths: u64::from(selection.deaths_unknown),
            grade: count(&|r| columns.reliability[r] == Reliability::F),
        }
    }
}

impl Context<'_> {
    #[must_use]
    pub fn tr(&self, key: &str) -> String {
        tr(self.lang, key)
    }

    #[must_use]
    pub fn tr_args(&self, key: &str, args: &[(&str, &str)]) -> String {
        tr_args(self.lang, key, args)
    }

    /// Asks for a changed filter.
    pub fn set_filter(&mut self, change: impl FnOnce(&mut crate::domain::Filter)) {
        let mut filter = self.workspace.filter.clone();
        change(&mut filter);
        if filter != self.workspace.filter {
            self.commands.push(Command::SetFilter(Box::new(filter)));
        }
    }
}
