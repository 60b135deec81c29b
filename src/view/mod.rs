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

use crate::locale::{Lang, tr, tr_args};
use crate::query::{Facets, Selection};
use crate::scene::Theme;
use crate::session::{Command, Loaded, Workspace};

/// What every panel may read, and where it puts what it asks for.
pub struct Context<'a> {
    pub lang: Lang,
    pub theme: &'a Theme,
    pub loaded: &'a Loaded,
    pub workspace: &'a Workspace,
    pub derived: &'a Derived,
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
    /// Changes whenever the others do.
    pub generation: u64,
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
