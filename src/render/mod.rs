//! A drawing as a file: SVG text, and PNG made from it. The same drawing gives the same bytes.

mod letters;
mod png;
mod shaped;
mod svg;

pub use letters::missing_letters;
pub use png::png;
pub use svg::{standalone_svg, svg};
