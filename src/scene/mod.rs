//! What is shown, as drawing instructions: camera and layers in, a [`Drawing`] out. The window,
//! the SVG and the PNG are replays of that list, so what is exported is what was seen.
//!
//! [`view::overlay`] draws what lies above the basemap, [`view::map`] all of it, and
//! [`page::page`] a finished page around it.

pub mod area_words;
pub mod basemap_style;
pub mod camera;
pub mod clip;
pub mod coloring;
pub mod density;
#[cfg(test)]
mod density_tests;
pub mod dots;
pub mod drawing;
pub mod fonts;
pub mod hatch;
pub mod lattice;
pub mod layers;
pub mod legend;
pub mod memo;
pub mod page;
pub mod pixels;
pub mod ramp;
pub mod raster;
#[cfg(test)]
pub mod sample;
pub mod scale;
pub mod symbols;
pub mod text;
pub mod theme;
pub mod view;
pub mod ways;

pub use camera::Camera;
pub use coloring::ColorBy;
pub use drawing::{Anchor, Color, Drawing, Primitive, Stroke, Weight};
pub use legend::Legend;
pub use pixels::Pixels;
pub use theme::Theme;
pub use view::{LayerSet, MapView};
pub use ways::{Way, Ways};
