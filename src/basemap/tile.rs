//! One decoded vector tile.

use geo::{Geometry, LineString, Polygon};
use mvt_reader::Reader;
use mvt_reader::feature::Value;
use std::collections::HashMap;

/// Points in tile units, 0..=1 from the tile's top left corner, a little more in its buffer.
pub type Path = Vec<[f32; 2]>;

/// Lines or polygon rings (under the even-odd rule) of one feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// `class`, or `kind` as Protomaps calls it; empty where there is neither.
    pub class: String,
    /// Of a road, as its signs show it, such as `85D` or `I-35`; empty where there is none.
    pub number: String,
    pub is_area: bool,
    /// For an area one polygon: its outline, then its holes. Else one line each.
    pub paths: Vec<Path>,
}

/// What a label names, most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceClass {
    Country,
    State,
    City,
    /// A port of entry, where a road crosses the border.
    Crossing,
    /// By its IATA code.
    Airport,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub class: PlaceClass,
    pub name: String,
    /// Empty where it is the same.
    pub name_es: String,
    /// Smallest map zoom (world 256·2^z px wide) at which the name is considered.
    pub rank: u8,
    pub population: u64,
    pub capital: bool,
    /// ISO 3166-1 code of the country, where known.
    pub country: String,
    /// Rectangles inside a country or state in which its name may stand, `[x, y, width, height]` on the unit square,
    /// best first; none where the tiles do not say.
    pub rooms: Vec<[f64; 4]>,
    /// Degrees.
    pub lon_lat: [f64; 2],
    /// On the unit square.
    pub world: [f64; 2],
}

/// All a tile holds, by layer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tile {
    layers: Vec<(String, Vec<Feature>)>,
    pub places: Vec<Place>,
}

impl Tile {
    /// `None` where the bytes are no vector tile. A layer that cannot be read is left out.
    #[must_use]
    pub fn decode((z, x, y): super::TileKey, bytes: Vec<u8>) -> Option<Tile> {
        let reader = Reader::new(bytes).ok()?;
        let mut tile = Tile::default();
        for layer in reader.get_layer_metadata().ok()? {
            let features = reader.get_features(layer.layer_index).unwrap_or_default();
            let unit = 1.0 / layer.extent.max(1) as f32;
            if matches!(layer.name.as_str(), "place" | "places") {
                let side = f64::from(1_u32 << z.min(30));
                let world = |p: [f32; 2]| {
                    [
                        (f64::from(x) + f64::from(p[0])) / side,
                        (f64::from(y) + f64::from(p[1])) / side,
                    ]
                };
                tile.places
                    .extend(features.iter().filter_map(|f| place(f, unit, world)));
            } else {
                let decoded = features.into_iter().flat_map(|f| drawn(f, unit)).collect();
                tile.layers.push((layer.name, decoded));
            }
        }
        Some(tile)
    }

    /// The features of a layer, none where the tile lacks it.
    #[must_use]
    pub fn layer(&self, name: &str) -> &[Feature] {
        self.layers
            .iter()
            .find(|(n, _)| n == name)
            .map_or(&[], |(_, features)| features)
    }
}

fn drawn(feature: mvt_reader::feature::Feature, unit: f32) -> Vec<Feature> {
    let properties = feature.properties.unwrap_or_default();
    let class = text(&properties, "class")
        .or_else(|| text(&properties, "kind"))
        .unwrap_or_default();
    let number = text(&properties, "ref")
        .or_else(|| text(&properties, "shield_text"))
        .unwrap_or_default();
    let path = |line: &LineString<f32>| -> Path {
        line.0.iter().map(|c| [c.x * unit, c.y * unit]).collect()
    };
    let area = |polygon: &Polygon<f32>| Feature {
        class: class.clone(),
        number: String::new(),
        is_area: true,
        paths: std::iter::once(polygon.exterior())
            .chain(polygon.interiors())
            .map(path)
            .collect(),
    };
    let lines = |paths: Vec<Path>| Feature {
        class: class.clone(),
        number: number.clone(),
        is_area: false,
        paths,
    };
    match &feature.geometry {
        Geometry::Polygon(polygon) => vec![area(polygon)],
        Geometry::MultiPolygon(all) => all.iter().map(area).collect(),
        Geometry::LineString(line) => vec![lines(vec![path(line)])],
        Geometry::MultiLineString(all) => vec![lines(all.iter().map(path).collect())],
        _ => Vec::new(),
    }
}

fn place(
    feature: &mvt_reader::feature::Feature,
    unit: f32,
    world: impl Fn([f32; 2]) -> [f64; 2],
) -> Option<Place> {
    let p = feature.properties.as_ref()?;
    let at = match &feature.geometry {
        Geometry::Point(point) => *point,
        Geometry::MultiPoint(points) => *points.0.first()?,
        _ => return None,
    };
    // Names in a tile's buffer belong to its neighbour, which has them too.
    let at = [at.x() * unit, at.y() * unit];
    if !at.iter().all(|v| (0.0..1.0).contains(v)) {
        return None;
    }
    let class = match text(p, "class").or_else(|| text(p, "kind"))?.as_str() {
        "country" => PlaceClass::Country,
        "state" | "region" => PlaceClass::State,
        "city" | "locality" => PlaceClass::City,
        "crossing" => PlaceClass::Crossing,
        "airport" => PlaceClass::Airport,
        _ => return None,
    };
    let world = world(at);
    let rank = number(p, "rank")
        .or_else(|| number(p, "min_zoom"))
        .unwrap_or(4.0);
    Some(Place {
        class,
        name: text(p, "name")?,
        name_es: text(p, "name_es")
            .or_else(|| text(p, "name:es"))
            .unwrap_or_default(),
        rank: rank.clamp(0.0, 22.0) as u8,
        population: number(p, "population").unwrap_or(0.0).max(0.0) as u64,
        capital: matches!(p.get("capital"), Some(Value::Bool(true))),
        country: text(p, "country").unwrap_or_default(),
        rooms: rooms(&text(p, "rooms").unwrap_or_default()),
        lon_lat: lon_lat_from_world(world),
        world,
    })
}

/// `x,y,width,height;…` in 2^-22 of the unit square.
fn rooms(told: &str) -> Vec<[f64; 4]> {
    const MOST: usize = 8;
    let number = |text: &str| Some(text.parse::<u32>().ok()? as f64 / 4_194_304.0);
    let room = |text: &str| {
        let mut numbers = text.split(',').map(number);
        let mut next = || numbers.next().flatten();
        Some([next()?, next()?, next()?, next()?])
    };
    told.split(';').take(MOST).filter_map(room).collect()
}

fn lon_lat_from_world([x, y]: [f64; 2]) -> [f64; 2] {
    let lat = (std::f64::consts::PI * (1.0 - 2.0 * y))
        .sinh()
        .atan()
        .to_degrees();
    [(x - 0.5) * 360.0, lat]
}

fn text(properties: &HashMap<String, Value>, key: &str) -> Option<String> {
    match properties.get(key) {
        Some(Value::String(s)) if !s.is_empty() => Some(s.clone()),
        _ => None,
    }
}

fn number(properties: &HashMap<String, Value>, key: &str) -> Option<f64> {
    match properties.get(key)? {
        Value::Float(n) => Some(f64::from(*n)),
        Value::Double(n) => Some(*n),
        Value::Int(n) | Value::SInt(n) => Some(*n as f64),
        Value::UInt(n) => Some(*n as f64),
        _ => None,
    }
}
