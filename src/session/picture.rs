//! The finished page of a case as it is looked at: for the window's button and for the command.

use super::{BasemapChoice, Loaded};
use crate::basemap::Basemap;
use crate::domain::{Bounds, Filter, Outline};
use crate::files::{self, Existing};
use crate::index::Wanted;
use crate::locale::{Lang, Problem};
use crate::query::{
    Answer, Ask, Compare, Compared, Judged, Reach, RowSet, Selection, Window, leading,
};
use crate::scene::coloring::MOST_NAMED;
use crate::scene::layers::{credits, incidents};
use crate::scene::page::{PageSpec, page};
use crate::scene::theme::{Theme, ThemeName};
use crate::scene::times::Times;
use crate::scene::{Camera, ColorBy, Document, LayerSet, MapView};
use crate::store::MbTiles;
use jiff::civil::Date;
use std::path::Path;
use std::sync::Arc;

/// What the picture is to be.
#[derive(Clone, Debug)]
pub struct Picture {
    pub size_px: [u32; 2],
    pub camera: Aim,
    pub title: Option<String>,
    pub filter: Filter,
    pub layers: LayerSet,
    /// Two times side by side instead of the incidents.
    pub compare: Option<Compare>,
    pub basemap: BasemapChoice,
    pub theme: ThemeName,
    pub lang: Lang,
}

/// The columns that every picture reads, beside those that its filter does.
pub const WANTED: Wanted = Wanted::CLOCK
    .and(Wanted::POSITION)
    .and(Wanted::PRECISION)
    .and(Wanted::KIND)
    .and(Wanted::DATASET)
    .and(Wanted::ADMIN);

/// Where the picture looks.
#[derive(Clone, Copy, Debug)]
pub enum Aim {
    /// At this, seen in a map of so many px.
    Camera(Camera, [f32; 2]),
    Bounds(Bounds),
    /// At degrees `[west, south, east, north]`, which may go beyond ±180.
    Extent([f64; 4]),
    /// At what passes the filter.
    Incidents,
}

/// Px of the frame that `Bounds` and `Incidents` are fitted into before the page has its own.
const FRAME_PX: [f32; 2] = [1000.0, 700.0];

/// What a page speaks of: its rows, the two times where they are compared, and its filter in words.
fn subject(
    loaded: &Loaded,
    picture: &Picture,
    found: Option<&Arc<RowSet>>,
) -> (Selection, Option<Times>, Filter) {
    let ask = Ask {
        filter: &picture.filter,
        found,
        links: Some(&loaded.links),
    };
    let judged = Judged::new(&loaded.columns, ask);
    let mut selection = Answer::selection(
        &loaded.columns,
        &judged,
        Window::of(&picture.filter),
        Vec::new(),
    );
    let area = picture.filter.area.as_ref();
    selection.inside = area.map(|area| Reach::new(&loaded.columns, area).counts(&judged));
    if matches!(picture.layers.color_by, ColorBy::SideA | ColorBy::SideB) {
        selection.leading = leading(&loaded.columns, &judged, MOST_NAMED);
    }
    let certain = picture.filter.certain;
    let compared = picture
        .compare
        .filter(|_| picture.layers.is_on(incidents::LAYER.id))
        .map(|windows| Times::new(Compared::of(&loaded.columns, &judged, certain, windows)));
    // The rows of that day are the ones loaded: the page is that of then, and says no more.
    let mut filter = Filter {
        known_on: None,
        ..picture.filter.clone()
    };
    // The page speaks of what is compared and of nothing else: these times take the place of the filter's.
    if let Some(compared) = &compared {
        filter = filter.any_time();
        let rows = compared.rows().into_iter();
        selection = Selection {
            leading: selection.leading,
            ..Selection::of(&loaded.columns, rows, Window::of(&filter))
        };
    }
    (selection, compared, filter)
}

/// Draws the page.
pub fn draw(loaded: &Loaded, picture: &Picture) -> Result<Document, Problem> {
    let found = loaded.found(&picture.filter.text)?;
    let (selection, compared, filter) = subject(loaded, picture, found.as_ref());
    let (camera, size) = aimed(loaded, picture.camera, &selection);
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
    let theme = Theme {
        plain_marks: picture.layers.color_by != ColorBy::Kind,
        ..Theme::named(picture.theme)
    };
    let outline = picture.filter.area.as_ref().map(Outline::of);
    let view = MapView {
        layers: picture.layers,
        area: outline.as_ref(),
        basemap,
        ..MapView::new(
            camera,
            size,
            &theme,
            picture.lang,
            &loaded.columns,
            &selection,
        )
    };
    let view = loaded.on_map(view, &picture.filter, compared.as_ref());
    let attributions = attributions(loaded, &view);
    let spec = PageSpec {
        size_px: picture.size_px,
        title: picture.title.as_deref(),
        filter: &filter,
        found: found.as_ref(),
        links: Some(&loaded.links),
        attributions: &attributions,
        data_date: data_date(loaded),
    };
    Ok(Document::of(page(&view, &spec)))
}

/// The camera, and the size of the map that it is for, px.
fn aimed(loaded: &Loaded, aim: Aim, selection: &Selection) -> (Camera, [f32; 2]) {
    match aim {
        Aim::Camera(camera, size) => (camera, size),
        Aim::Bounds(bounds) => (Camera::fitting(bounds, FRAME_PX, 0.0), FRAME_PX),
        // What is drawn around an area is not to touch the frame.
        Aim::Extent(extent) => (Camera::fitting_extent(extent, FRAME_PX, 24.0), FRAME_PX),
        Aim::Incidents => (loaded.fitting(&selection.rows, FRAME_PX), FRAME_PX),
    }
}

/// How the publishers of what the map shows want to be named.
fn attributions(loaded: &Loaded, view: &MapView) -> Vec<String> {
    let shown = credits(view);
    loaded
        .datasets
        .iter()
        .filter(|d| shown.contains(d.name.as_str()))
        .map(|d| {
            if d.attribution.is_empty() {
                d.name.clone()
            } else {
                format!("{} {}", d.attribution, d.licence)
            }
        })
        .collect()
}

/// The day the last delivery was received, in UTC.
fn data_date(loaded: &Loaded) -> Option<Date> {
    let stamps = loaded.imports.iter().filter_map(|i| i.known_at.get(..10));
    stamps.filter_map(|t| t.parse().ok()).max()
}

/// Says that some letters of a picture stand as empty boxes.
#[must_use]
pub fn no_font(letters: &[char]) -> Problem {
    const MOST: usize = 12;
    let some: String = letters.iter().take(MOST).collect();
    Problem::new(text!("note-no-font", letters = some))
}

/// A local file of vector tiles, by its ending.
pub fn open_basemap(path: &Path) -> Result<Basemap, Problem> {
    if is_mbtiles(path) {
        let file = MbTiles::open(path)?;
        if file.is_raster() {
            return Err(Problem::new(text!(
                "problem-basemap-raster",
                file = path.display()
            )));
        }
        Ok(Basemap::new(Box::new(file)))
    } else {
        Basemap::open_pmtiles(path)
    }
}

#[must_use]
pub fn is_mbtiles(path: &Path) -> bool {
    path.extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("mbtiles"))
}

/// Writes the first page as PNG or SVG, by the ending of the name. `inputs` are the files that it shows.
pub fn write(
    document: &Document,
    path: &Path,
    title: &str,
    inputs: &[&Path],
) -> Result<(), Problem> {
    let drawing = &document.first.drawing;
    let ending = path
        .extension()
        .map(|e| e.to_string_lossy().to_ascii_lowercase());
    let bytes = match ending.as_deref() {
        Some("png") => crate::render::png(drawing)?,
        Some("svg") => crate::render::standalone_svg(drawing, title)?.into_bytes(),
        _ => {
            return Err(Problem::new(text!(
                "problem-picture-ending",
                file = path.display()
            )));
        }
    };
    files::write(path, &bytes, Existing::Replaced, inputs)
}
