//! The cells of one row.

use super::shape::Shape;
use crate::locale::formula;
use xxhash_rust::xxh3::xxh3_64;

/// The cells of one row: one text, and where in it each cell ends.
#[derive(Clone, Default)]
pub struct Record {
    /// Line of the file the row starts on, 1-based; for GeoJSON the number of the feature.
    pub line: u64,
    pub(super) text: String,
    pub(super) ends: Vec<usize>,
    /// Columns that the file has in this row only.
    pub further: Vec<(String, String)>,
    pub shape: Shape,
}

impl Record {
    /// Bytes of text it holds.
    pub fn size_bytes(&self) -> usize {
        let further = self.further.iter().map(|(k, v)| k.len() + v.len());
        self.text.len() + further.sum::<usize>()
    }

    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.further.clear();
        self.shape = Shape::None;
    }

    /// Takes back the apostrophes that keep a spreadsheet from running a cell as a formula.
    pub fn unescape_formulas(&mut self) {
        if !self.text.contains('\'') {
            return;
        }
        let cells: Vec<String> = self
            .cells()
            .map(|c| formula::unescape(c).to_owned())
            .collect();
        self.text.clear();
        self.ends.clear();
        cells.iter().for_each(|cell| self.push(cell));
    }

    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// A fingerprint of all that the row says.
    pub fn content_hash(&self) -> u64 {
        let mut hash = xxh3_64(self.text.as_bytes());
        for (name, value) in &self.further {
            hash = hash.rotate_left(7)
                ^ xxh3_64(name.as_bytes())
                ^ xxh3_64(value.as_bytes()).rotate_left(1);
        }
        match &self.shape {
            Shape::Point { lon, lat } => hash ^ lon.to_bits().rotate_left(13) ^ lat.to_bits(),
            _ => hash,
        }
    }

    /// How many replacement characters it holds.
    pub fn lost_letters(&self) -> u64 {
        let further = self.further.iter().map(|(_, value)| value.as_str());
        std::iter::once(self.text.as_str())
            .chain(further)
            .map(|text| text.matches('\u{fffd}').count() as u64)
            .sum()
    }

    /// Makes cells of those further columns that the file has.
    pub fn settle(&mut self, columns: &[String]) {
        let further = self.further.drain(..);
        let mut left: indexmap::IndexMap<String, Option<String>> =
            further.map(|(name, value)| (name, Some(value))).collect();
        for column in columns {
            let value = left.get_mut(column).and_then(Option::take);
            self.push(value.as_deref().unwrap_or_default());
        }
        let left = left.into_iter();
        self.further = left
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Leaves the first `len` cells.
    pub fn truncate(&mut self, len: usize) {
        self.ends.truncate(len);
        self.text.truncate(self.ends.last().copied().unwrap_or(0));
    }

    /// Empty where the row has no such cell.
    pub fn get(&self, index: usize) -> &str {
        let Some(end) = self.ends.get(index) else {
            return "";
        };
        let start = index.checked_sub(1).map_or(0, |i| self.ends[i]);
        self.text.get(start..*end).unwrap_or_default()
    }

    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|i| self.get(i))
    }
}
