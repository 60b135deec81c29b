//! How a part of a filter is set by hand: the kinds of controls that the panel has.

use crate::domain::{Filter, Inner, Mark};
use crate::index::{Columns, Names};
use crate::locale::{Lang, TextKey};
use std::collections::BTreeSet;

/// A section of the panel of filters. Parts with the same title share one.
pub struct Panel {
    pub title: TextKey,
    /// Unfolded as long as nobody says otherwise; `None` where it cannot be folded.
    pub open: Option<bool>,
    /// Whether there is anything to choose.
    pub has_any: fn(&Columns) -> bool,
    pub control: Control,
}

impl Panel {
    pub const fn new(title: TextKey, control: Control) -> Panel {
        Panel {
            title,
            open: Some(true),
            has_any: |_| true,
            control,
        }
    }

    pub const fn folded(self) -> Panel {
        let open = Some(false);
        Panel { open, ..self }
    }
}

pub enum Control {
    Boxes(Boxes),
    List(List),
    /// The same of names within names, as paths.
    Tree(List),
    Choice(Choice),
    Range(NumberRange),
    Area,
    Day,
}

/// Options that are all let through until one is taken off.
pub struct Boxes {
    /// Groups by name with their options; those that no row has are left out. `None` where options
    /// are not in groups.
    pub groups: Option<fn(Lang) -> Vec<Group>>,
    pub name: fn(&Columns, Lang, usize) -> String,
    pub symbol: fn(usize) -> Option<(Mark, Inner)>,
    pub has: fn(&Filter, &Columns, usize) -> bool,
    /// Puts one in or takes it out.
    pub put: fn(&mut Filter, &Columns, usize, bool),
}

/// The name of a group and its options.
pub type Group = (String, Vec<usize>);

/// Names of which some may be chosen; options are their ids.
pub struct List {
    /// Which of several lists of a section it is.
    pub tab: TextKey,
    pub names: fn(&Columns) -> &Names,
    pub chosen: fn(&Filter) -> &BTreeSet<String>,
    pub chosen_mut: fn(&mut Filter) -> &mut BTreeSet<String>,
    /// More about one.
    pub about: fn(&Columns, Lang, usize) -> String,
    /// What stands in the line to search in, and where nothing is found.
    pub hint: TextKey,
    pub none: TextKey,
}

/// At least so much on each of a few scales.
pub struct Choice {
    pub scales: &'static [Scale],
    /// A box below them.
    pub switch: Option<Switch>,
}

/// One of a few steps, the first of them any.
pub struct Scale {
    pub title: Option<TextKey>,
    pub any: TextKey,
    pub steps: &'static [usize],
    pub name: fn(Lang, usize) -> String,
    /// The step of an option: those at least as good as a step are up to it.
    pub step: fn(usize) -> usize,
    pub get: fn(&Filter) -> Option<usize>,
    pub set: fn(&mut Filter, Option<usize>),
}

pub struct Switch {
    pub label: TextKey,
    pub get: fn(&Filter) -> bool,
    pub set: fn(&mut Filter, bool),
}

/// A least and a most number.
pub struct NumberRange {
    pub get: fn(&Filter) -> (Option<u32>, Option<u32>),
    pub set: fn(&mut Filter, (Option<u32>, Option<u32>)),
    /// Lower ends of the classes to choose; the option after them is what is not known.
    pub classes: &'static [u32],
    pub name: fn(Lang, usize) -> String,
    pub unknown_about: TextKey,
    /// Before the two numbers, and what these are called.
    pub labels: [[TextKey; 2]; 2],
}
