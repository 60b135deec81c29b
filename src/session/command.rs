//! Everything a person can ask for. Panels push commands; the state changes in one place.

use super::{BasemapChoice, Timeline};
use crate::domain::Filter;
use crate::locale::Lang;
use crate::scene::theme::ThemeName;
use crate::scene::{Camera, LayerSet};
use std::path::PathBuf;

/// The panels around the map that can be folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    Left,
    Inspector,
    Timeline,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    SetFilter(Box<Filter>),
    SetCamera(Camera),
    SetLayers(LayerSet),
    SetBasemap(BasemapChoice),
    SetTimeline(Timeline),
    /// Select these incidents, by primary key.
    Select(Vec<i64>),
    /// Show one of the selected in full.
    Inspect(i64),
    /// Show the list of the selected again.
    InspectAll,
    /// Move the map to a selected incident.
    GoToSelected,
    /// Fit the map to the incidents that pass the filter.
    Home,
    ZoomBy(f64),
    /// Let the next drag on the map select a box.
    DrawBox(bool),
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
    OpenDemo,
    /// Ask for a name and make a case there.
    NewCase,
    NewCaseAt(PathBuf),
    /// Ask for files and load them.
    Import,
    ImportPaths(Vec<PathBuf>),
    CancelJob,
    /// Ask for a name and draw the page there.
    SavePicture,
    SavePictureAt(PathBuf),
    /// Ask for a file of tiles.
    ChooseBasemapFile,
    Dismiss,
    FocusSearch,
    ToggleHelp,
}
