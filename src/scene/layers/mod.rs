//! One file a layer. To add one: a file, a line in [`LAYERS`], its switch in `LayerSet`, and its
//! name in the locale files.

pub mod area;
pub mod basemap;
pub mod compare;
pub mod counts;
pub mod incidents;
pub mod labels;
pub mod movements;
pub mod places;
pub mod reference;
pub mod rings;
pub mod selected;
pub mod territories;

use super::drawing::Primitive;
use super::view::{LayerSet, MapView};

pub struct Layer {
    pub id: &'static str,
    /// Key of its name in the locale files.
    pub name_key: &'static str,
    pub is_on: fn(&LayerSet) -> bool,
    pub draw: fn(&MapView) -> Vec<Primitive>,
}

/// What lies above the basemap, lowest first.
pub const LAYERS: &[Layer] = &[
    Layer {
        id: "reference",
        name_key: "layer-reference",
        is_on: |on| on.reference,
        draw: reference::draw,
    },
    Layer {
        id: "territories",
        name_key: "layer-territories",
        is_on: |on| on.territories,
        draw: territories::draw,
    },
    // Shown whenever there is one: what is filtered is never hidden.
    Layer {
        id: "area",
        name_key: "layer-area",
        is_on: |_| true,
        draw: area::draw,
    },
    Layer {
        id: "uncertainty_rings",
        name_key: "layer-uncertainty_rings",
        is_on: |on| on.uncertainty_rings && on.incidents,
        draw: rings::draw,
    },
    Layer {
        id: "movements",
        name_key: "layer-movements",
        is_on: |on| on.movements,
        draw: movements::draw,
    },
    Layer {
        id: "places",
        name_key: "layer-places",
        is_on: |on| on.places,
        draw: places::draw,
    },
    Layer {
        id: "compare",
        name_key: "layer-compare",
        // Two times are compared or they are not: no switch of its own.
        is_on: |_| true,
        draw: compare::draw,
    },
    Layer {
        id: "incidents",
        name_key: "layer-incidents",
        is_on: |on| on.incidents,
        draw: incidents::draw,
    },
    Layer {
        id: "selected",
        name_key: "layer-selected",
        is_on: |on| on.incidents,
        draw: selected::draw,
    },
    Layer {
        id: "labels",
        name_key: "layer-labels",
        is_on: |on| on.labels,
        draw: labels::draw,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Lang, has};

    #[test]
    fn layers_have_names_and_ids_of_their_own() {
        for (i, layer) in LAYERS.iter().enumerate() {
            assert!(LAYERS[..i].iter().all(|other| other.id != layer.id));
            for lang in Lang::ALL {
                assert!(has(lang, layer.name_key), "{}", layer.name_key);
            }
        }
    }
}
