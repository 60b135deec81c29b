//! Bookmarks of the open case: carried out, and kept in the case where it can be written to.

use super::super::{BOOKMARKS, Bookmarking, Workspace};
use super::{Desk, News};
use crate::domain::filter::PATH;
use crate::index::NameId;
use crate::locale::{date_range, tr};

impl Desk {
    pub(super) fn bookmark(&mut self, asked: Bookmarking) {
        let bookmarks = &mut self.bookmarks;
        match asked {
            Bookmarking::Go(at) => {
                if let Some(bookmark) = bookmarks.all.get(at) {
                    // Areas with a name belong to the case, not to a view of it.
                    let areas = std::mem::take(&mut self.workspace.areas);
                    self.workspace = bookmark.workspace.clone();
                    self.workspace.areas = areas;
                    self.loaded.columns.respell(&mut self.workspace.filter);
                }
                return;
            }
            Bookmarking::Add(name) => {
                let name = name.unwrap_or_else(|| self.proposed_name());
                let before = self.bookmarks.all.len();
                self.bookmarks.add(&name, without_areas(&self.workspace));
                if self.bookmarks.all.len() > before {
                    self.news.push(News::Bookmarked(before));
                }
            }
            Bookmarking::Rename(at, name) => bookmarks.rename(at, &name),
            Bookmarking::Update(at) => {
                if let Some(bookmark) = bookmarks.all.get_mut(at) {
                    bookmark.workspace = without_areas(&self.workspace);
                }
            }
            Bookmarking::Delete(at) => bookmarks.delete(at),
            Bookmarking::PutBack => bookmarks.put_back(),
        }
        self.pause_upkeep();
        let case = self.present();
        if case.read_only().is_none()
            && let Err(problem) = case.set_setting(BOOKMARKS, &self.bookmarks.to_json())
        {
            self.tell(problem);
        }
    }

    /// From what is filtered by, else from where most incidents in view are.
    fn proposed_name(&self) -> String {
        let (lang, filter) = (self.lang, &self.workspace.filter);
        let mut parts: Vec<String> = Vec::new();
        let actors = filter
            .actors
            .iter()
            .chain(&filter.side_a)
            .chain(&filter.side_b);
        parts.extend(actors.take(2).cloned());
        let places = filter
            .admin
            .iter()
            .filter_map(|path| path.rsplit(PATH).next());
        parts.extend(places.take(2).map(str::to_owned));
        if !filter.area_name.is_empty() {
            parts.push(filter.area_name.clone());
        }
        let kinds = filter.kinds.iter().take(2);
        parts.extend(kinds.map(|k| tr(lang, text!("kind-" + k.code()))));
        if !filter.text.is_empty() {
            parts.push(tr(lang, text!("chip-text", text = filter.text)));
        }
        if parts.is_empty() {
            parts.extend(self.most_frequent_place());
        }
        if let (Some(from), Some(to)) = (filter.from, filter.to) {
            parts.push(date_range(lang, from, to));
        }
        if parts.is_empty() {
            tr(lang, text!("bookmark-unnamed"))
        } else {
            parts.join(", ")
        }
    }

    fn most_frequent_place(&self) -> Option<String> {
        let c = &self.loaded.columns;
        let view = self.workspace.camera.bounds(self.map_size);
        let mut counts = vec![0_u32; c.admins.len()];
        for row in &self.derived.selection.rows {
            let i = *row as usize;
            if view.contains(c.lon[i], c.lat[i]) {
                counts[c.admin[i].0 as usize] += 1;
            }
        }
        let most = (0..counts.len()).max_by_key(|i| counts[*i]);
        let path = c
            .admins
            .get(NameId(most.filter(|i| counts[*i] > 0)? as u32));
        let named = path.rsplit(PATH).find(|level| !level.is_empty());
        named.map(str::to_owned)
    }
}

fn without_areas(workspace: &Workspace) -> Workspace {
    Workspace {
        areas: Vec::new(),
        ..workspace.clone()
    }
}
