//! A drawing as a file: SVG text, and PNG made from it. The same drawing gives the same bytes.

mod letters;
mod png;
mod shaped;
mod svg;
mod tree;

pub use letters::missing_letters;
pub use png::png;
pub use svg::{grouped_svg, svg};
pub use tree::standalone_svg;
