//! Texts that repeat, held once each.

use crate::domain::names::key;

/// Which text of a [`Names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(pub u32);

/// A set of texts numbered in the order they came.
#[derive(Clone, Debug, Default)]
pub struct Names(indexmap::IndexSet<Box<str>, foldhash::fast::RandomState>);

impl Names {
    /// The number of `text`, given now if it has none.
    pub fn intern(&mut self, text: &str) -> NameId {
        if let Some(id) = self.find(text) {
            return id;
        }
        NameId(self.0.insert_full(text.into()).0 as u32)
    }

    #[must_use]
    pub fn find(&self, text: &str) -> Option<NameId> {
        self.0.get_index_of(text).map(|i| NameId(i as u32))
    }

    /// The texts that are this name however it is spelled: itself, else all of its key.
    #[must_use]
    pub fn find_spellings(&self, name: &str) -> Vec<NameId> {
        if let Some(id) = self.find(name) {
            return vec![id];
        }
        let wanted = key(name);
        let of_key = self.iter().filter(|(_, text)| key(text) == wanted);
        of_key.map(|(id, _)| id).collect()
    }

    /// Empty where there is no such text.
    #[must_use]
    pub fn get(&self, id: NameId) -> &str {
        self.0.get_index(id.0 as usize).map_or("", |t| t)
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (NameId, &str)> {
        let numbered = self.0.iter().enumerate();
        numbered.map(|(i, t)| (NameId(i as u32), t.as_ref()))
    }
}
