//! A drawing as a file: SVG text, and PNG made from it. The same drawing gives the same bytes.

mod png;
mod svg;

pub use png::png;
pub use svg::{standalone_svg, svg};
