//! The basemap's style in the colours of a theme: as MapLibre's JSON for the window.

use super::drawing::Color;
use super::theme::Theme;
use crate::basemap::{Rule, Style, Token};
use serde_json::{Value, json};

impl Theme {
    /// The colour that a rule of the basemap's style names.
    #[must_use]
    pub const fn token(&self, token: Token) -> Color {
        match token {
            Token::Land => self.land,
            Token::Water => self.water,
            Token::Coast => self.coast,
            Token::Urban => self.urban,
            Token::River => self.river,
            Token::Rail => self.rail,
            Token::RoadMinor => self.road_minor,
            Token::RoadCase => self.road_case,
            Token::Road => self.road,
            Token::Motorway => self.motorway,
            Token::CountryBorder => self.country_border,
            Token::StateBorder => self.state_border,
            Token::CountyBorder => self.county_border,
        }
    }
}

/// A MapLibre style of fills and lines, in the subset that `walkers` reads. Its zooms are those of
/// tiles drawn 512 px wide, one less than the map's: evaluate it with the tile's own zoom. There is
/// no background layer: paint the canvas with `theme.water` first.
#[must_use]
pub fn maplibre_json(theme: &Theme) -> Value {
    let layers: Vec<Value> = Style::built_in()
        .rules
        .iter()
        .map(|rule| layer(rule, theme))
        .collect();
    json!({ "version": 8, "sources": {}, "layers": layers })
}

fn layer(rule: &Rule, theme: &Theme) -> Value {
    let css = |token: Token| {
        let c = theme.token(token);
        format!("#{:02x}{:02x}{:02x}", c.r, c.g, c.b)
    };
    let mut paint = serde_json::Map::new();
    if let Some(fill) = rule.fill {
        paint.insert("fill-color".into(), json!(css(fill)));
    }
    if let Some(line) = rule.line {
        paint.insert("line-color".into(), json!(css(line)));
        let mut width = vec![json!("interpolate"), json!(["linear"]), json!(["zoom"])];
        width.extend(
            rule.width
                .iter()
                .flat_map(|(zoom, px)| [json!(zoom - 1.0), json!(px)]),
        );
        if !rule.width.is_empty() {
            paint.insert("line-width".into(), Value::Array(width));
        }
        if let Some(dash) = rule.dash {
            paint.insert("line-dasharray".into(), json!(dash));
        }
    }
    let kind = if rule.fill.is_some() { "fill" } else { "line" };
    let mut layer =
        json!({ "id": rule.id, "type": kind, "source-layer": rule.layers, "paint": paint });
    if !rule.classes.is_empty() {
        // `match` and not `==`: walkers takes a text on either side of `==` for a property first.
        let class = json!(["coalesce", ["get", "class"], ["get", "kind"]]);
        layer["filter"] = json!(["match", class, rule.classes, true, false]);
    }
    layer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_becomes_a_layer_in_the_theme_s_colours() {
        let style = maplibre_json(&Theme::DARK);
        let layers = style["layers"].as_array().unwrap();
        assert_eq!(layers.len(), Style::built_in().rules.len());
        assert_eq!(layers[0]["paint"]["fill-color"], "#182229");
        let border = layers.iter().find(|l| l["id"] == "country-border").unwrap();
        assert_eq!(border["filter"][2], json!(["country"]));
        assert_eq!(border["paint"]["line-width"][3], json!(1.0));
    }

    #[cfg(feature = "gui")]
    #[test]
    fn walkers_reads_the_style_and_draws_with_it() {
        let style: walkers::Style = serde_json::from_value(maplibre_json(&Theme::LIGHT)).unwrap();
        let tile = crate::basemap::Basemap::built_in()
            .unwrap()
            .tile_bytes((5, 7, 13))
            .unwrap();
        let walkers::Tile::Vector { drawables, .. } =
            walkers::Tile::from_mvt(&tile, &style, 5, 512).unwrap()
        else {
            panic!("not a vector tile")
        };
        // Land, coast, state lines, country lines: fills and lines in turn.
        assert!(drawables.len() >= 2, "{}", drawables.len());
    }
}
