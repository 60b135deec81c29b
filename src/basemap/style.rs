//! How the basemap is painted: rules from `assets/basemap/style.json`, read by print and, turned
//! into a MapLibre style, by the window.

use super::Feature;
use serde::Deserialize;
use std::sync::LazyLock;

/// A colour by its name in the theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Token {
    Land,
    Water,
    Coast,
    Urban,
    River,
    Rail,
    RoadMinor,
    RoadCase,
    Road,
    Motorway,
    CountryBorder,
    StateBorder,
    CountyBorder,
}

/// One thing to paint. Has a `fill` or a `line`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub id: String,
    /// Layer names of the tiles; the first that a tile has counts.
    pub layers: Vec<String>,
    /// Only features of these classes; all where empty.
    #[serde(default)]
    pub classes: Vec<String>,
    pub fill: Option<Token>,
    pub line: Option<Token>,
    /// Line width, px, by map zoom, ascending; straight between stops.
    #[serde(default)]
    pub width: Vec<(f32, f32)>,
    /// Dash and gap in line widths.
    pub dash: Option<[f32; 2]>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Style {
    /// In painting order.
    pub rules: Vec<Rule>,
}

static BUILT_IN: LazyLock<Style> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../assets/basemap/style.json")).unwrap_or_default()
});

impl Style {
    /// The one style there is; a test holds that it reads.
    #[must_use]
    pub fn built_in() -> &'static Style {
        &BUILT_IN
    }
}

impl Rule {
    #[must_use]
    pub fn takes(&self, feature: &Feature) -> bool {
        feature.is_area == self.fill.is_some()
            && (self.classes.is_empty() || self.classes.contains(&feature.class))
    }

    /// Line width at a map zoom, px.
    #[must_use]
    pub fn width_px(&self, zoom: f64) -> f32 {
        let zoom = zoom as f32;
        let Some((first, last)) = self.width.first().zip(self.width.last()) else {
            return 1.0;
        };
        if zoom <= first.0 {
            return first.1;
        }
        let between = self.width.windows(2).find(|w| zoom <= w[1].0);
        between.map_or(last.1, |w| {
            let t = (zoom - w[0].0) / (w[1].0 - w[0].0).max(f32::EPSILON);
            w[0].1 + t * (w[1].1 - w[0].1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_reads_and_makes_sense() {
        let rules = &Style::built_in().rules;
        assert!(rules.len() >= 5);
        for rule in rules {
            assert!(rule.fill.is_some() != rule.line.is_some(), "{}", rule.id);
            assert!(rule.width.is_sorted_by(|a, b| a.0 < b.0), "{}", rule.id);
        }
    }

    #[test]
    fn widths_run_straight_between_stops() {
        let mut rule = Style::built_in().rules[0].clone();
        rule.width = vec![(4.0, 1.0), (6.0, 2.0), (8.0, 6.0)];
        for (zoom, width) in [(0.0, 1.0), (4.0, 1.0), (5.0, 1.5), (7.0, 4.0), (20.0, 6.0)] {
            assert!((rule.width_px(zoom) - width).abs() < 1e-6, "{zoom}");
        }
    }
}
