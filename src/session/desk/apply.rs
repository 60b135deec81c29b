//! Each command, carried out.

use super::super::Command;
use super::{Desk, News};
use crate::scene::camera::ZOOM_RANGE;

impl Desk {
    /// Carries a command out. Those of the window alone change nothing here.
    pub fn apply(&mut self, command: Command) {
        match command {
            Command::SetFilter(filter) => self.workspace.filter = *filter,
            Command::SetCamera(camera) => self.workspace.camera = camera,
            Command::ZoomBy(levels) => {
                let zoom = &mut self.workspace.camera.zoom;
                *zoom = (*zoom + levels).clamp(*ZOOM_RANGE.start(), *ZOOM_RANGE.end());
            }
            Command::Home => self.go_home(),
            Command::GoToArea => self.go_to_area(),
            Command::SetLayers(layers) => self.workspace.layers = layers,
            Command::SetBasemap(choice) => self.basemap = choice,
            Command::SetTable(table) => self.workspace.table = table,
            Command::SetFigure(figure) => self.workspace.figure = figure,
            Command::SetAreas(areas) => self.workspace.areas = areas,
            Command::SetTimeline(timeline) => self.workspace.timeline = timeline,
            Command::SetCompare(compare) => self.workspace.compare = compare,
            Command::Play(on) => self.set_playing(on),
            Command::Step(steps) => self.step(steps),
            Command::Select(ids) => self.select(ids),
            Command::SelectWay(way) => self.select_way(way),
            Command::SelectNamed(named) => self.select_named(&named),
            Command::Inspect(id) => {
                self.inspect = Some(id);
                self.news.push(News::Inspecting);
                self.fetch_inspected();
            }
            Command::InspectStep(steps) => self.inspect_step(steps),
            Command::InspectAll => {
                self.inspect = None;
                self.fetch_inspected();
            }
            Command::GoToSelected => self.go_to_selected(),
            Command::Show(named) => self.show_named(&named),
            Command::GoTo(at) => self.go_to(at),
            Command::CopyRows(ids) => self.copy_rows(&ids),
            Command::ImportRoute(path) => self.import_route(path),
            Command::FilterAlong(route) => self.filter_along(&route),
            Command::Bookmark(asked) => self.bookmark(asked),
            Command::Duplicates(asked) => self.on_duplicates(asked),
            Command::UndoImport(id) => self.undo_import(id),
            Command::Undo => {
                let before = self.history.undo(&self.workspace);
                self.workspace = before.unwrap_or_else(|| self.workspace.clone());
            }
            Command::Redo => {
                let after = self.history.redo(&self.workspace);
                self.workspace = after.unwrap_or_else(|| self.workspace.clone());
            }
            // What only a window has or can ask for.
            Command::Take(_)
            | Command::Measure(_)
            | Command::ClearPin
            | Command::ChooseRoute
            | Command::SetTheme(_)
            | Command::SetLang(_)
            | Command::Fold(_)
            | Command::Open
            | Command::OpenPath(_)
            | Command::OpenExample(_)
            | Command::NewCase
            | Command::NewCaseAt(_)
            | Command::ForgetRecent
            | Command::Import
            | Command::ImportPaths(_)
            | Command::CancelJob
            | Command::SavePicture
            | Command::SavePictureAt(_)
            | Command::SaveRejects(_)
            | Command::SaveRejectsAt(..)
            | Command::ChooseBasemapFile
            | Command::Dismiss
            | Command::FocusSearch
            | Command::FocusKnownOn
            | Command::ToggleHelp
            | Command::TogglePalette => {}
        }
    }
}
