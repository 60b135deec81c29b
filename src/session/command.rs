//! Everything a person can ask for. Panels push commands; the state changes in one place.

use super::{BasemapChoice, Bookmarking, Deciding, Example, Named, NamedArea, TableSpec, Timeline};
use crate::domain::Filter;
use crate::domain::area::LonLat;
use crate::locale::{Lang, TextKey};
use crate::query::{Compare, Figure};
use crate::scene::theme::ThemeName;
use crate::scene::{Camera, LayerSet, Way};
use std::path::PathBuf;
use std::sync::Arc;

/// The panels around the map that can be folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    Left,
    Inspector,
    Timeline,
    Table,
    /// The key of the map.
    Legend,
    /// One that lies over the map, by the key of its name.
    Card(TextKey),
}

/// What a click or drag on the map draws.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    #[default]
    None,
    Box,
    Polygon,
    Circle,
    Corridor,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    SetFilter(Box<Filter>),
    SetCamera(Camera),
    SetLayers(LayerSet),
    SetBasemap(BasemapChoice),
    SetTimeline(Timeline),
    /// Two windows of time side by side, or one again.
    SetCompare(Option<Compare>),
    SetTable(TableSpec),
    /// Count incidents, or deaths.
    SetFigure(Figure),
    /// The areas that have a name.
    SetAreas(Vec<NamedArea>),
    /// Select these incidents, by primary key.
    Select(Arc<[i64]>),
    /// Show a movement or a place instead of incidents.
    SelectWay(Way),
    /// Show one of the selected in full.
    Inspect(i64),
    /// Show the one that many places after it among the selected.
    InspectStep(i32),
    /// Show the list of the selected again.
    InspectAll,
    /// Copy these incidents as the table shows them.
    CopyRows(Arc<[i64]>),
    /// Move the map to a selected incident.
    GoToSelected,
    /// Fit the map to the incidents that pass the filter.
    Home,
    ZoomBy(f64),
    /// Take something in hand to draw an area to filter by.
    Take(Tool),
    /// Ask for a file with a route and filter by what lies along it.
    ChooseRoute,
    ImportRoute(PathBuf),
    /// Filter by the way along the roads between places, `Monterrey – Nuevo Laredo`.
    FilterAlong(String),
    /// Fit the map to the area of the filter.
    GoToArea,
    Undo,
    Redo,
    Play(bool),
    /// Move the time window by so many steps.
    Step(i32),
    SetTheme(ThemeName),
    SetLang(Lang),
    Fold(Panel),
    /// Ask for a file and open it.
    Open,
    OpenPath(PathBuf),
    OpenExample(Example),
    /// Ask for a name and make a case there.
    NewCase,
    NewCaseAt(PathBuf),
    /// Clear the list of cases opened lately.
    ForgetRecent,
    /// Ask for files, and how they are to be read, and load them.
    Import,
    ImportPaths(Vec<PathBuf>),
    /// Take an import of the open case back.
    UndoImport(i64),
    CancelJob,
    /// Ask for a name and draw the page there.
    SavePicture,
    SavePictureAt(PathBuf),
    /// Ask for a name and write the rejected rows of this import there.
    SaveRejects(i64),
    SaveRejectsAt(i64, PathBuf),
    /// Ask for a file of tiles.
    ChooseBasemapFile,
    Dismiss,
    FocusSearch,
    /// Go to where the day is typed on which the case was known as it is to be shown.
    FocusKnownOn,
    ToggleHelp,
    /// The list of everything that can be asked for.
    TogglePalette,
    /// Mark a place and move the map there.
    GoTo(LonLat),
    ClearPin,
    /// Fit the map to what has a name.
    Show(Named),
    /// Select what passes the filter and has this name.
    SelectNamed(Named),
    /// Begin or end measuring on the map.
    Measure(bool),
    Bookmark(Bookmarking),
    Duplicates(Deciding),
}
