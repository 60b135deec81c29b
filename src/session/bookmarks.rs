//! Views of a case that are kept by name: filter, camera, layers and timeline.

use super::{Loaded, Workspace};
use crate::domain::filter::sound_name;
use serde::{Deserialize, Serialize};

/// The setting of the case that holds them.
pub const BOOKMARKS: &str = "bookmarks";

/// More are not read: a file may say anything.
const MOST: usize = 1_000;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bookmark {
    pub name: String,
    #[serde(flatten)]
    pub workspace: Workspace,
}

/// What is asked for with a bookmark, by its place in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bookmarking {
    /// Keep the view under this name, or under one made from it.
    Add(Option<String>),
    Go(usize),
    Rename(usize, String),
    /// Let it be the view of now.
    Update(usize),
    Delete(usize),
    /// Undo the last deletion.
    PutBack,
}

/// The bookmarks of a case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bookmarks {
    pub all: Vec<Bookmark>,
    /// The one deleted last, with its place.
    pub deleted: Option<(usize, Bookmark)>,
}

impl Bookmarks {
    /// What the case keeps.
    #[must_use]
    pub fn of_case(loaded: &Loaded) -> Bookmarks {
        let kept = loaded.case.setting(BOOKMARKS).ok().flatten();
        kept.map(|json| Bookmarks::from_json(&json))
            .unwrap_or_default()
    }

    /// What a case keeps. It may come from anybody: what is not understood or does not make sense is
    /// left out.
    #[must_use]
    pub fn from_json(json: &str) -> Bookmarks {
        let values: Vec<serde_json::Value> = serde_json::from_str(json).unwrap_or_default();
        let read = |value: serde_json::Value| {
            let bookmark: Bookmark = serde_json::from_value(value).ok()?;
            Some(Bookmark {
                name: sound_name(&bookmark.name)?,
                workspace: bookmark.workspace.put_right()?,
            })
        };
        Bookmarks {
            all: values.into_iter().filter_map(read).take(MOST).collect(),
            deleted: None,
        }
    }

    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.all).unwrap_or_default()
    }

    /// Adds the view under a name; at its end a number tells it from one that is there.
    pub fn add(&mut self, name: &str, workspace: Workspace) {
        let Some(name) = sound_name(name).filter(|_| self.all.len() < MOST) else {
            return;
        };
        let taken = |name: &str| self.all.iter().any(|b| b.name == name);
        let mut free = name.clone();
        let mut n = 2;
        while taken(&free) {
            free = format!("{name} {n}");
            n += 1;
        }
        self.all.push(Bookmark {
            name: free,
            workspace,
        });
    }

    /// An empty name leaves the one it has.
    pub fn rename(&mut self, at: usize, name: &str) {
        if let (Some(bookmark), Some(name)) = (self.all.get_mut(at), sound_name(name)) {
            bookmark.name = name;
        }
    }

    pub fn delete(&mut self, at: usize) {
        if at < self.all.len() {
            self.deleted = Some((at, self.all.remove(at)));
        }
    }

    pub fn put_back(&mut self) {
        if let Some((at, bookmark)) = self.deleted.take() {
            self.all.insert(at.min(self.all.len()), bookmark);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Camera;

    fn view(lon: f64) -> Workspace {
        Workspace::at(Camera {
            lon,
            lat: 27.5,
            zoom: 7.0,
        })
    }

    #[test]
    fn what_is_kept_is_read_back() {
        let mut kept = Bookmarks::default();
        kept.add("Border", view(-99.5));
        kept.add("Border", view(-100.0));
        kept.add("  \n ", view(0.0));
        let names = |b: &Bookmarks| b.all.iter().map(|b| b.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&kept), ["Border", "Border 2"]);
        assert_eq!(Bookmarks::from_json(&kept.to_json()), kept);
        kept.delete(0);
        assert_eq!(names(&kept), ["Border 2"]);
        kept.rename(0, "\tBridge ");
        kept.put_back();
        kept.put_back();
        kept.delete(9);
        assert_eq!(names(&kept), ["Border", "Bridge"]);
    }

    #[test]
    fn what_a_stranger_wrote_is_put_right_or_left_out() {
        let mut kept = Bookmarks::default();
        kept.add("Good", view(-99.5));
        let good = kept.to_json();
        let good = good.trim_start_matches('[').trim_end_matches(']');
        let bent = good.replace("Good", "Bent").replace("-99.5", "-9e9");
        let nameless = good.replace("Good", "");
        let json = format!("[{bent},{nameless},{{\"name\":\"No view\"}},17,{good}]");
        let read = Bookmarks::from_json(&json);
        let names: Vec<&str> = read.all.iter().map(|b| b.name.as_str()).collect();
        assert_eq!(names, ["Bent", "Good"]);
        assert_eq!(read.all[0].workspace.camera.lon, -180.0);
        for broken in ["", "{}", "[", "null"] {
            assert_eq!(Bookmarks::from_json(broken), Bookmarks::default());
        }
    }
}
