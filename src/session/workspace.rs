//! How the case is looked at: saved in the case, undoable by gesture.

use super::TableSpec;
use crate::domain::filter::sound_name;
use crate::domain::{Area, Filter};
use crate::query::{BinWidth, Compare, Figure};
use crate::scene::camera::{MAX_LAT, ZOOM_RANGE};
use crate::scene::{Camera, LayerSet};
use serde::{Deserialize, Serialize};

/// What lies under everything. Chosen anew for each opening: it is no part of [`Workspace`], so no
/// file and no undo can choose it. Only `Online` makes a connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BasemapChoice {
    #[default]
    Builtin,
    None,
    /// A `.pmtiles` or `.mbtiles` file.
    File(std::path::PathBuf),
    /// An address with `{z}`, `{x}` and `{y}`.
    Online(String),
}

impl BasemapChoice {
    #[must_use]
    pub fn file(&self) -> Option<&std::path::Path> {
        match self {
            BasemapChoice::File(path) => Some(path),
            _ => None,
        }
    }
}

/// How the time window moves when it plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeMode {
    /// Both ends move.
    #[default]
    Window,
    /// Only the end moves.
    Cumulative,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Timeline {
    pub mode: TimeMode,
    /// What one step is.
    pub step: Step,
    /// Steps a second.
    pub speed: u8,
}

/// A step of the time window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// As long as the window is.
    Window,
    Day,
    Week,
    Month,
    Year,
}

impl Step {
    pub const ALL: [Step; 5] = [Step::Window, Step::Day, Step::Week, Step::Month, Step::Year];

    /// `None` for [`Step::Window`].
    #[must_use]
    pub const fn width(self) -> Option<BinWidth> {
        match self {
            Step::Window => None,
            Step::Day => Some(BinWidth::Day),
            Step::Week => Some(BinWidth::Week),
            Step::Month => Some(BinWidth::Month),
            Step::Year => Some(BinWidth::Year),
        }
    }

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self.width() {
            Some(width) => width.code(),
            None => "window",
        }
    }
}

impl Default for Timeline {
    fn default() -> Self {
        Timeline {
            mode: TimeMode::Window,
            step: Step::Window,
            speed: 2,
        }
    }
}

/// The setting of the case that holds the workspace.
pub const WORKSPACE: &str = "workspace";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Workspace {
    pub filter: Filter,
    pub camera: Camera,
    #[serde(default)]
    pub layers: LayerSet,
    #[serde(default)]
    pub timeline: Timeline,
    /// Two windows of time that are compared.
    #[serde(default)]
    pub compare: Option<Compare>,
    #[serde(default)]
    pub table: TableSpec,
    /// Areas that somebody gave a name, to filter by again.
    #[serde(default)]
    pub areas: Vec<NamedArea>,
    /// What bars, facets and summaries count.
    #[serde(default)]
    pub figure: Figure,
    /// Whether the key of the map is open, as somebody left it; else by the room there is.
    #[serde(default)]
    pub legend: Option<bool>,
}

/// An area by what somebody calls it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedArea {
    pub name: String,
    pub area: Area,
}

/// Named areas of a case at most.
pub const MOST_AREAS: usize = 200;

impl Workspace {
    #[must_use]
    pub fn at(camera: Camera) -> Workspace {
        Workspace {
            filter: Filter::default(),
            camera,
            layers: LayerSet::default(),
            timeline: Timeline::default(),
            compare: None,
            table: TableSpec::default(),
            areas: Vec::new(),
            figure: Figure::default(),
            legend: None,
        }
    }

    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// A saved workspace; `None` where it is not understood. The file may be anybody's: what does
    /// not fit is put right, and nothing in it opens a file or an online map.
    #[must_use]
    pub fn from_json(json: &str) -> Option<Workspace> {
        serde_json::from_str::<Workspace>(json).ok()?.put_right()
    }

    /// With its numbers in range; `None` where that cannot be.
    #[must_use]
    pub fn put_right(mut self) -> Option<Workspace> {
        let c = &mut self.camera;
        if ![c.lon, c.lat, c.zoom].iter().all(|v| v.is_finite()) {
            return None;
        }
        c.lon = c.lon.clamp(-180.0, 180.0);
        c.lat = c.lat.clamp(-MAX_LAT, MAX_LAT);
        c.zoom = c.zoom.clamp(*ZOOM_RANGE.start(), *ZOOM_RANGE.end());
        let named = std::mem::take(&mut self.filter.area_name);
        let area = self.filter.area.take().filter(Area::is_sound);
        self.filter.set_area(area, &named);
        let named = std::mem::take(&mut self.areas).into_iter();
        let sound = named.filter_map(|a| {
            Some(NamedArea {
                name: sound_name(&a.name)?,
                area: a.area,
            })
        });
        let sound = sound.filter(|a| a.area.is_sound());
        self.areas = sound.take(MOST_AREAS).collect();
        self.compare = self.compare.filter(Compare::is_sound);
        self.table = self.table.sound();
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_never_chooses_the_map_below() {
        let mut workspace = Workspace::at(Camera {
            lon: -99.5,
            lat: 27.5,
            zoom: 7.0,
        });
        workspace.filter.text = "puente".into();
        assert_eq!(
            Workspace::from_json(&workspace.to_json()),
            Some(workspace.clone())
        );
        let forged = workspace.to_json().replacen(
            '{',
            r#"{"basemap":{"source":"online","at":"https://tiles.example/{z}/{x}/{y}"},"#,
            1,
        );
        assert_eq!(Workspace::from_json(&forged), Some(workspace));
        assert_eq!(Workspace::from_json("{}"), None);
    }

    #[test]
    fn a_hostile_camera_is_put_right() {
        let json = r#"{"filter":{"area":{"shape":"box","west":-900.0,"south":0.0,"east":0.0,"north":1.0}},"camera":{"lon":1e9,"lat":-1e9,"zoom":-1000.0},"compare":{"a":["2011-01-01","2010-01-01"],"b":["2012-01-01","2012-01-02"]}}"#;
        let read = Workspace::from_json(json).unwrap();
        assert_eq!(
            (read.camera.lon, read.camera.zoom),
            (180.0, *ZOOM_RANGE.start())
        );
        assert_eq!(read.filter.area, None);
        assert_eq!(read.compare, None);
    }
}
