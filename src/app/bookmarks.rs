//! Bookmarks of the open case: carried out, and kept in the case where it can be written to.

use super::App;
use super::Desk;
use super::upkeep::Due;
use crate::domain::filter::PATH;
use crate::index::NameId;
use crate::locale::{Lang, date_range, tr, tr_args};
use crate::session::{BOOKMARKS, Bookmarking, Bookmarks, Loaded, Workspace};

/// What the case keeps.
pub(super) fn of_case(loaded: &Loaded) -> Bookmarks {
    let kept = loaded.case.setting(BOOKMARKS).ok().flatten();
    kept.map(|json| Bookmarks::from_json(&json))
        .unwrap_or_default()
}

impl App {
    pub(super) fn bookmark(&mut self, asked: Bookmarking) {
        let lang = self.lang;
        let size = self.shown.map.size;
        let Some(desk) = &mut self.desk else { return };
        let bookmarks = &mut desk.bookmarks;
        match asked {
            Bookmarking::Go(at) => {
                if let Some(bookmark) = bookmarks.all.get(at) {
                    // Areas with a name belong to the case, not to a view of it.
                    let areas = std::mem::take(&mut desk.workspace.areas);
                    desk.workspace = bookmark.workspace.clone();
                    desk.workspace.areas = areas;
                    desk.loaded.columns.respell(&mut desk.workspace.filter);
                }
                return;
            }
            Bookmarking::Add(name) => {
                let name = name.unwrap_or_else(|| proposed_name(lang, desk, size));
                let bookmarks = &mut desk.bookmarks;
                let before = bookmarks.all.len();
                bookmarks.add(&name, without_areas(&desk.workspace));
                if let Some(added) = bookmarks.all.get(before) {
                    // At hand to be given another name.
                    self.shown.bookmarks.open = true;
                    self.shown.bookmarks.renaming = Some((before, added.name.clone(), false));
                }
            }
            Bookmarking::Rename(at, name) => bookmarks.rename(at, &name),
            Bookmarking::Update(at) => {
                if let Some(bookmark) = bookmarks.all.get_mut(at) {
                    bookmark.workspace = without_areas(&desk.workspace);
                }
            }
            Bookmarking::Delete(at) => bookmarks.delete(at),
            Bookmarking::PutBack => bookmarks.put_back(),
        }
        // The index of words is built in one transaction: it waits, not the window.
        if desk.upkeep.is_some() {
            desk.stop_upkeep();
            desk.upkeep_due = Some(Due {
                has_new_rows: false,
            });
        }
        let case = desk.present();
        if case.read_only().is_none()
            && let Err(problem) = case.set_setting(BOOKMARKS, &desk.bookmarks.to_json())
        {
            self.tell(&problem);
        }
    }
}

fn without_areas(workspace: &Workspace) -> Workspace {
    Workspace {
        areas: Vec::new(),
        ..workspace.clone()
    }
}

/// From what is filtered by, else from where most incidents in view are.
fn proposed_name(lang: Lang, desk: &Desk, size: [f32; 2]) -> String {
    let filter = &desk.workspace.filter;
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
    parts.extend(kinds.map(|k| tr(lang, &format!("kind-{}", k.code()))));
    if !filter.text.is_empty() {
        parts.push(tr_args(lang, "chip-text", &[("text", &filter.text)]));
    }
    if parts.is_empty() {
        parts.extend(most_frequent_place(desk, size));
    }
    if let (Some(from), Some(to)) = (filter.from, filter.to) {
        parts.push(date_range(lang, from, to));
    }
    if parts.is_empty() {
        tr(lang, "bookmark-unnamed")
    } else {
        parts.join(", ")
    }
}

fn most_frequent_place(desk: &Desk, size: [f32; 2]) -> Option<String> {
    let c = &desk.loaded.columns;
    let view = desk.workspace.camera.bounds(size);
    let mut counts = vec![0_u32; c.admins.len()];
    for row in &desk.derived.selection.rows {
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
