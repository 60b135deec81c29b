//! What somebody chose to see: which layers, and how incidents are shown.

use serde::{Deserialize, Serialize};

/// Which layers are switched on, and how incidents are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LayerSet {
    pub off: Off,
    pub density: Density,
    /// What the colours of symbols say.
    pub color_by: ColorBy,
}

/// The layers that are switched off, a bit each in the order of [`super::layers::LAYERS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Off(pub(super) u32);

/// How incidents are to be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentStyle {
    /// As symbols, or as a raster where there are too many.
    #[default]
    Auto,
    Symbols,
    Density,
    Hexagons,
    Clusters,
}

/// What the colour of a count says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DensityColor {
    /// How many.
    #[default]
    Ramp,
    /// Of which marks, mixed by their shares; darker (in the dark, brighter) where more.
    Kind,
}

/// How counts become colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DensityScale {
    /// Ten times as many is always the same step.
    #[default]
    Log,
    /// Each colour covers as much of the map.
    EqualArea,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Density {
    pub style: IncidentStyle,
    pub color: DensityColor,
    pub scale: DensityScale,
}

/// What is drawn of incidents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    Symbols,
    Density,
    Hexagons,
    Clusters,
}

impl IncidentStyle {
    /// What is drawn; `few` says whether each incident in view can have its symbol.
    #[must_use]
    pub fn drawn(self, few: impl FnOnce() -> bool) -> Drawn {
        match self {
            IncidentStyle::Symbols => Drawn::Symbols,
            IncidentStyle::Density => Drawn::Density,
            IncidentStyle::Hexagons => Drawn::Hexagons,
            IncidentStyle::Clusters => Drawn::Clusters,
            IncidentStyle::Auto if few() => Drawn::Symbols,
            IncidentStyle::Auto => Drawn::Density,
        }
    }
}

/// What the colour of an incident's symbol says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColorBy {
    #[default]
    Kind,
    /// The actor on one side: the most frequent each have a colour, the rest share one.
    SideA,
    SideB,
    Deaths,
    Year,
    Dataset,
}

impl ColorBy {
    pub const ALL: [ColorBy; 6] = [
        ColorBy::Kind,
        ColorBy::SideA,
        ColorBy::SideB,
        ColorBy::Deaths,
        ColorBy::Year,
        ColorBy::Dataset,
    ];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            ColorBy::Kind => "kind",
            ColorBy::SideA => "side-a",
            ColorBy::SideB => "side-b",
            ColorBy::Deaths => "deaths",
            ColorBy::Year => "year",
            ColorBy::Dataset => "dataset",
        }
    }
}
