//! What is shown, as drawing instructions: camera and layers in, a [`Drawing`] out. The window,
//! the SVG and the PNG are replays of that list, so what is exported is what was seen.
//!
//! [`layers::overlay`] draws what lies above the basemap, [`layers::map`] all of it, and
//! [`page::page`] a finished page around it.

pub mod basemap_style;
pub mod camera;
pub mod cells;
pub mod clip;
pub mod coloring;
pub mod counted;
pub mod density;
#[cfg(test)]
mod density_tests;
pub mod dots;
pub mod drawing;
pub mod fonts;
pub mod hatch;
pub mod key;
pub mod lattice;
pub mod layers;
pub mod memo;
pub mod page;
pub mod pixels;
pub mod projector;
pub mod ramp;
pub mod ramp_key;
pub mod raster;
#[cfg(test)]
pub mod sample;
pub mod scale;
pub mod style;
pub mod symbols;
pub mod text;
pub mod theme;
pub mod times;
pub mod view;
pub mod ways;

pub use crate::query::area_words;
pub use camera::Camera;
pub use drawing::{Anchor, Color, Document, Drawing, Page, Primitive, Stroke, Weight};
pub use pixels::Pixels;
pub use style::{ColorBy, LayerSet};
pub use theme::Theme;
pub use view::MapView;
pub use ways::{Way, Ways};
