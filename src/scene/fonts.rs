//! The letters of maps and pages: bundled, so that text looks and measures the same everywhere.

use super::drawing::Weight;

/// Family name of the bundled fonts.
pub const FAMILY: &str = "Atalaya Sans";

/// The TrueType file of each weight.
pub const FILES: [(Weight, &[u8]); 3] = [
    (
        Weight::Regular,
        include_bytes!("../../assets/fonts/AtalayaSans-Regular.ttf"),
    ),
    (
        Weight::Medium,
        include_bytes!("../../assets/fonts/AtalayaSans-Medium.ttf"),
    ),
    (
        Weight::SemiBold,
        include_bytes!("../../assets/fonts/AtalayaSans-SemiBold.ttf"),
    ),
];

/// As CSS counts weights.
#[must_use]
pub const fn css_weight(weight: Weight) -> u16 {
    match weight {
        Weight::Regular => 400,
        Weight::Medium => 500,
        Weight::SemiBold => 600,
    }
}

/// Height of a capital letter, in sizes of the font. `Primitive::Text::at` is its middle.
pub const CAP_HEIGHT: f32 = 0.727;
