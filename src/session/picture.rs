//! The finished page of a case as it is looked at: for the window's button and for the command.

use super::{BasemapChoice, Loaded};
use crate::basemap::Basemap;
use crate::domain::{Bounds, Filter};
use crate::locale::{Lang, Problem};
use crate::query::select;
use crate::scene::page::{PageSpec, page};
use crate::scene::theme::{Theme, ThemeName};
use crate::scene::{Camera, Drawing, LayerSet, MapView};
use crate::store::{MbTiles, MbTilesSource};
use jiff::civil::Date;
use std::path::Path;

/// What the picture is to be.
#[derive(Clone, Debug)]
pub struct Picture {
    pub size_px: [u32; 2],
    pub camera: Aim,
    pub title: Option<String>,
    pub filter: Filter,
    pub layers: LayerSet,
    pub basemap: BasemapChoice,
    pub theme: ThemeName,
    pub lang: Lang,
}

/// Where the picture looks.
#[derive(Clone, Copy, Debug)]
pub enum Aim {
    /// At this, seen in a map of so many px.
    Camera(Camera, [f32; 2]),
    Bounds(Bounds),
    /// At what passes the filter.
    Incidents,
}

/// Px of the frame that `Bounds` and `Incidents` are fitted into before the page has its own.
const FRAME_PX: [f32; 2] = [1000.0, 700.0];

/// Draws the page.
pub fn draw(loaded: &Loaded, picture: &Picture) -> Result<Drawing, Problem> {
    let selection = select(&loaded.columns, &picture.filter);
    let (camera, size) = match picture.camera {
        Aim::Camera(camera, size) => (camera, size),
        Aim::Bounds(bounds) => (Camera::fitting(bounds, FRAME_PX, 0.0), FRAME_PX),
        Aim::Incidents => (loaded.fitting(&selection.rows, FRAME_PX), FRAME_PX),
    };
    let opened;
    let basemap = match &picture.basemap {
        BasemapChoice::Builtin => Basemap::built_in(),
        BasemapChoice::File(path) => {
            opened = open_basemap(path)?;
            Some(&opened)
        }
        // Pictures are made without the network: what was seen online is not fetched again.
        BasemapChoice::Online(_) => Basemap::built_in(),
        BasemapChoice::None => None,
    };
    let theme = Theme::named(picture.theme);
    let view = MapView {
        camera,
        size,
        pixel_ratio: 1.0,
        theme: &theme,
        lang: picture.lang,
        columns: &loaded.columns,
        selection: &selection,
        territories: &loaded.territories,
        from: picture.filter.from,
        to: picture.filter.to,
        selected: &[],
        layers: picture.layers,
        basemap,
        keep_clear: &[],
    };
    let attributions: Vec<String> = loaded
        .datasets
        .iter()
        .map(|d| {
            if d.attribution.is_empty() {
                d.name.clone()
            } else {
                format!("{} {}", d.attribution, d.licence)
            }
        })
        .collect();
    let spec = PageSpec {
        size_px: picture.size_px,
        title: picture.title.as_deref(),
        filter: &picture.filter,
        attributions: &attributions,
        data_date: data_date(loaded),
    };
    Ok(page(&view, &spec))
}

/// The day of the last import, in UTC.
fn data_date(loaded: &Loaded) -> Option<Date> {
    let stamps = loaded
        .imports
        .iter()
        .filter_map(|i| i.imported_at.get(..10));
    stamps.filter_map(|t| t.parse().ok()).max()
}

/// A local file of vector tiles, by its ending.
pub fn open_basemap(path: &Path) -> Result<Basemap, Problem> {
    if is_mbtiles(path) {
        Ok(Basemap::new(Box::new(MbTilesSource(MbTiles::open(path)?))))
    } else {
        Basemap::open_pmtiles(path)
    }
}

#[must_use]
pub fn is_mbtiles(path: &Path) -> bool {
    path.extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("mbtiles"))
}

/// Writes a drawing as PNG or SVG, by the ending of the name; nothing half-written stays.
pub fn write(drawing: &Drawing, path: &Path, title: &str) -> Result<(), Problem> {
    let ending = path
        .extension()
        .map(|e| e.to_string_lossy().to_ascii_lowercase());
    let bytes = match ending.as_deref() {
        Some("png") => crate::render::png(drawing)?,
        Some("svg") => crate::render::standalone_svg(drawing, title)?.into_bytes(),
        _ => return Err(Problem::file("problem-picture-ending", path)),
    };
    // Beside the target, so that the last step is a rename on one disk.
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = std::path::PathBuf::from(part);
    let written = std::fs::write(&part, bytes).and_then(|()| std::fs::rename(&part, path));
    written.map_err(|e| {
        let _ = std::fs::remove_file(&part);
        Problem::io(path, &e)
    })
}
