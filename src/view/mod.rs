//! The window's panels: state in, egui out, commands back. No file, thread or SQL here.

pub mod actions;
pub mod actors;
pub mod assistant;
pub mod bookmarks;
pub mod cards;
pub mod chips;
pub mod data_panel;
pub mod duplicates;
pub mod filter_panel;
pub mod icons;
pub mod inspector;
pub mod kit;
pub mod layers_panel;
pub mod legend;
pub mod map;
pub mod palette;
pub mod panels;
pub mod replay;
pub mod search;
pub mod table;
pub mod theme;
pub mod tiles;
pub mod timeline;
pub mod top_bar;

use crate::index::Row;
use crate::locale::{Lang, Text, tr, tr_args};
use crate::query::{Facets, Figure, Part};
use crate::scene::{Theme, Way};
use crate::session::{
    BasemapChoice, Command, Derived, Inspected, Loaded, Proposed, Rejects, Workspace,
};
use std::sync::Arc;

/// What every panel may read, and where it puts what it asks for.
pub struct Context<'a> {
    pub lang: Lang,
    pub theme: &'a Theme,
    pub loaded: &'a Loaded,
    pub workspace: &'a Workspace,
    pub derived: &'a Derived,
    /// The incidents that are selected, in the order they were found.
    pub selected: &'a Arc<[Row]>,
    /// Their primary keys.
    pub selected_ids: &'a Arc<[i64]>,
    /// The movement or place that is selected instead.
    pub way: Option<Way>,
    /// What the record card shows.
    pub inspected: &'a Inspected,
    pub rejects: &'a Rejects,
    /// Pairs that may be one event.
    pub proposed: &'a Proposed,
    /// The time window plays.
    pub playing: bool,
    /// Which of the panels beside the map are unfolded.
    pub left_open: bool,
    pub timeline_open: bool,
    /// What is chosen to lie below.
    pub basemap: &'a BasemapChoice,
    pub commands: &'a mut Vec<Command>,
}

impl<'a> Context<'a> {
    #[must_use]
    pub fn tr(&self, key: impl Into<Text>) -> String {
        tr(self.lang, key)
    }

    #[must_use]
    pub fn tr_args(&self, key: impl Into<Text>, args: &[(&'static str, &str)]) -> String {
        tr_args(self.lang, key, args)
    }

    /// What every option would give, in what is counted.
    #[must_use]
    pub fn facets(&self) -> &'a Facets {
        let derived = self.derived;
        derived.deaths.as_ref().unwrap_or(&derived.facets)
    }

    /// What counts of the filter's options follow from: they are to be made anew where this changes.
    #[must_use]
    pub fn counting(&self) -> (u64, Figure) {
        (self.derived.generation, self.workspace.figure)
    }

    /// As [`Judged::overlap`], in what is counted.
    #[must_use]
    pub fn overlap<T: Ord>(&self, part: Part, option: impl Fn(Row) -> Option<T>) -> u32 {
        let figure = self.workspace.figure;
        let n = |row: Row| figure.of(&self.loaded.columns, row);
        self.derived.judged.overlap_of(part, option, n)
    }

    /// `12 incidents` or `12 deaths`, by what is counted.
    #[must_use]
    pub fn counted(&self, n: &str) -> String {
        self.tr(text!("n-" + self.workspace.figure.code(), n = n))
    }

    /// Whether an incident, a movement or a place is selected.
    #[must_use]
    pub fn has_selected(&self) -> bool {
        !self.selected.is_empty() || self.way.is_some()
    }

    /// Selects rows.
    pub fn select(&mut self, rows: impl IntoIterator<Item = Row>) {
        let ids = self.loaded.columns.ids_of(rows);
        self.commands.push(Command::Select(ids));
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
