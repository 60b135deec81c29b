//! What every layer says of itself: its switch, and what it adds to map, key, pointer and credits.

use super::super::drawing::{Point, Primitive};
use super::super::key::{KeyPart, Medium};
use super::super::style::LayerSet;
use super::super::view::MapView;
use super::super::ways::Way;
use crate::index::Row;
use crate::locale::TextKey;

pub struct Layer {
    pub id: &'static str,
    /// Key of its name in the locale files.
    pub name_key: TextKey,
    /// Whether people can switch it off.
    pub has_switch: bool,
    /// Ids of layers without which it shows nothing.
    pub needs: &'static [&'static str],
    pub draw: fn(&MapView) -> Vec<Primitive>,
    /// What lies under a point of the map, px. More incidents than so many are counted, not looked up.
    pub pick: fn(&MapView, Point, usize) -> Option<Found>,
    /// What it explains in the key.
    pub key: fn(&MapView, Medium) -> Option<KeyPart>,
    /// Names of the datasets that are to be credited for what it shows.
    pub credit: for<'a> fn(&MapView<'a>) -> Vec<&'a str>,
}

/// What lies under a point of the map, with the words to name it by where it has its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub what: What,
    pub words: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Incidents, topmost first.
    Rows(Vec<Row>),
    /// Incidents that were not looked up.
    Many,
    Way(Way),
}

impl Layer {
    /// With a switch and nothing but a drawing.
    #[must_use]
    pub const fn new(
        id: &'static str,
        name_key: TextKey,
        draw: fn(&MapView) -> Vec<Primitive>,
    ) -> Layer {
        Layer {
            id,
            name_key,
            has_switch: true,
            needs: &[],
            draw,
            pick: |_, _, _| None,
            key: |_, _| None,
            credit: |_| Vec::new(),
        }
    }

    #[must_use]
    pub fn is_on(&self, on: &LayerSet) -> bool {
        on.is_on(self.id) && self.needs.iter().all(|id| on.is_on(id))
    }
}
