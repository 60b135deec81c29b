//! One file a layer: switch, drawing, key, picking, credit and name. To add one: a file, a line in
//! [`LAYERS`], and its name in the locale files.

pub mod area;
pub mod basemap;
pub mod compare;
pub mod incidents;
pub mod labels;
mod layer;
pub mod movements;
pub mod places;
pub mod reference;
pub mod rings;
pub mod selected;
pub mod territories;

pub use layer::{Found, Layer, What};

use super::drawing::{Drawing, Point, Primitive};
use super::key::{KeyPart, Medium, Section};
use super::style::LayerSet;
use super::view::MapView;
use crate::locale::{TextKey, tr};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::collections::{BTreeMap, BTreeSet};

/// What lies above the basemap, lowest first.
pub const LAYERS: &[Layer] = &[
    reference::LAYER,
    territories::LAYER,
    area::LAYER,
    rings::LAYER,
    movements::LAYER,
    places::LAYER,
    compare::LAYER,
    incidents::LAYER,
    selected::LAYER,
    labels::LAYER,
];

const _: () = assert!(LAYERS.len() <= u32::BITS as usize);

fn bit(id: &str) -> u32 {
    let place = LAYERS.iter().position(|l| l.id == id);
    place.map_or(0, |place| 1 << place)
}

impl LayerSet {
    /// Whether a layer is not switched off.
    #[must_use]
    pub fn is_on(&self, id: &str) -> bool {
        self.off.0 & bit(id) == 0
    }

    pub fn set(&mut self, id: &str, on: bool) {
        match on {
            true => self.off.0 &= !bit(id),
            false => self.off.0 |= bit(id),
        }
    }

    /// The same with a layer switched off.
    #[must_use]
    pub fn without(mut self, id: &str) -> LayerSet {
        self.set(id, false);
        self
    }
}

fn shown(view: &MapView) -> impl DoubleEndedIterator<Item = &'static Layer> + use<> {
    let layers = view.layers;
    LAYERS.iter().filter(move |layer| layer.is_on(&layers))
}

/// What lies topmost under a point of the map, px; more incidents than `most` are counted and not
/// looked up.
#[must_use]
pub fn pick(view: &MapView, at: Point, most: usize) -> Option<Found> {
    shown(view).rev().find_map(|l| (l.pick)(view, at, most))
}

/// The key of what the map shows, in the order of the window's.
#[must_use]
pub fn key(view: &MapView, medium: Medium) -> Vec<KeyPart> {
    let parts = LAYERS.iter().filter_map(|l| (l.key)(view, medium));
    let mut parts: Vec<KeyPart> = parts.collect();
    parts.sort_by_key(|part| part.section);
    parts.dedup_by(|next, kept| {
        let below_movements = (kept.section, next.section) == (Section::Movements, Section::Also);
        let joins = kept.section == next.section || below_movements;
        if joins {
            kept.rows.append(&mut next.rows);
        }
        joins
    });
    parts
}

/// Names of the datasets that the map is made of.
#[must_use]
pub fn credits<'a>(view: &MapView<'a>) -> BTreeSet<&'a str> {
    LAYERS.iter().flat_map(|l| (l.credit)(view)).collect()
}

/// Everything above the basemap's areas and lines, labels included: what the window replays over
/// its tiles.
#[must_use]
pub fn overlay(view: &MapView) -> Drawing {
    Drawing {
        size: view.size,
        items: shown(view).flat_map(|l| (l.draw)(view)).collect(),
    }
}

/// The whole map, for print.
#[must_use]
pub fn map(view: &MapView) -> Drawing {
    let group = |name, name_key: TextKey, items| Primitive::Group {
        name,
        alt: tr(view.lang, name_key),
        items,
    };
    let layer = |l: &Layer| group(l.id, l.name_key, (l.draw)(view));
    let ground = group("basemap", text!("layers-basemap"), basemap::draw(view));
    let items = std::iter::once(ground)
        .chain(shown(view).map(layer))
        .collect();
    let rect = [0.0, 0.0, view.size[0], view.size[1]];
    Drawing {
        size: view.size,
        items: vec![Primitive::Clipped { rect, items }],
    }
}

/// Each switch by the id of its layer, beside how incidents are shown.
impl Serialize for LayerSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for layer in LAYERS.iter().filter(|l| l.has_switch) {
            map.serialize_entry(layer.id, &self.is_on(layer.id))?;
        }
        map.serialize_entry("density", &self.density)?;
        map.serialize_entry("color_by", &self.color_by)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for LayerSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<LayerSet, D::Error> {
        let mut written = BTreeMap::<String, serde_json::Value>::deserialize(deserializer)?;
        let mut set = LayerSet::default();
        if let Some(density) = written.remove("density") {
            set.density = serde_json::from_value(density).map_err(D::Error::custom)?;
        }
        if let Some(color_by) = written.remove("color_by") {
            set.color_by = serde_json::from_value(color_by).map_err(D::Error::custom)?;
        }
        for layer in LAYERS.iter().filter(|l| l.has_switch) {
            if let Some(on) = written.remove(layer.id) {
                let on = serde_json::from_value(on).map_err(D::Error::custom)?;
                set.set(layer.id, on);
            }
        }
        Ok(set)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_have_ids_of_their_own() {
        for (i, layer) in LAYERS.iter().enumerate() {
            assert!(LAYERS[..i].iter().all(|other| other.id != layer.id));
        }
    }

    #[test]
    fn switches_are_saved_by_the_ids_of_layers() {
        let saved = r#"{"reference":true,"territories":false,"movements":true,"places":true,
            "uncertainty_rings":true,"incidents":false,"labels":true,
            "density":{"style":"hexagons","color":"ramp","scale":"log"},"color_by":"side-a"}"#;
        let read: LayerSet = serde_json::from_str(saved).unwrap();
        assert!(!read.is_on("territories") && !read.is_on("incidents") && read.is_on("labels"));
        let written: serde_json::Value = serde_json::from_str(saved).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), written);
        // What a file does not say is as at first; what a newer version says is not looked at.
        let part = r#"{"places":false,"heat":7}"#;
        let read: LayerSet = serde_json::from_str(part).unwrap();
        assert_eq!(read, LayerSet::default().without("places"));
        assert!(serde_json::from_str::<LayerSet>(r#"{"places":3}"#).is_err());
    }
}
