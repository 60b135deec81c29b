//! Incidents that somebody said are the same event, in groups: what is linked to what is linked
//! counts as linked. Each group has a fixed order, so that of any of its rows the same one comes
//! first: the best graded, then the most precisely placed, then the lowest primary key.

use super::{Columns, Row};
use std::collections::HashMap;

/// The groups of one set of columns, beside them: links change while columns stay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Two rows or more each, in the order of standing.
    groups: Vec<Vec<Row>>,
    of: HashMap<Row, u32>,
    /// A bit a row: most are in no group, and are known for it without a look into `of`.
    is_linked: Vec<u64>,
}

impl Links {
    /// From pairs of primary keys; pairs of which the columns lack one are left out.
    #[must_use]
    pub fn new(columns: &Columns, pairs: impl Iterator<Item = (i64, i64)>) -> Links {
        let mut parents: HashMap<Row, Row> = HashMap::new();
        for (a, b) in pairs {
            let (Some(a), Some(b)) = (columns.row_of(a), columns.row_of(b)) else {
                continue;
            };
            let (a, b) = (root(&mut parents, a), root(&mut parents, b));
            // The lower one leads, so that the order of the pairs does not matter.
            parents.insert(a.max(b), a.min(b));
        }
        let mut rows: Vec<Row> = parents.keys().copied().collect();
        rows.sort_unstable();
        let mut by_root: HashMap<Row, Vec<Row>> = HashMap::new();
        for row in rows {
            let root = root(&mut parents, row);
            by_root.entry(root).or_default().push(row);
        }
        let mut groups: Vec<Vec<Row>> = by_root.into_values().filter(|g| g.len() > 1).collect();
        groups.sort_unstable();
        let standing = |row: &Row| {
            let i = *row as usize;
            (
                columns.reliability[i],
                columns.credibility[i],
                columns.place_precision[i],
                columns.id[i],
            )
        };
        groups
            .iter_mut()
            .for_each(|group| group.sort_unstable_by_key(standing));
        let mut links = Links {
            is_linked: vec![
                0;
                if groups.is_empty() {
                    0
                } else {
                    columns.len().div_ceil(64)
                }
            ],
            ..Links::default()
        };
        for (i, group) in groups.iter().enumerate() {
            for row in group {
                links.of.insert(*row, i as u32);
                links.is_linked[*row as usize / 64] |= 1 << (row % 64);
            }
        }
        links.groups = groups;
        links
    }

    #[must_use]
    pub fn groups(&self) -> &[Vec<Row>] {
        &self.groups
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The rows of the same event, this one among them, in the order of standing; `None` where it
    /// is linked to none.
    #[must_use]
    pub fn group_of(&self, row: Row) -> Option<&[Row]> {
        let word = self.is_linked.get(row as usize / 64)?;
        if word >> (row % 64) & 1 == 0 {
            return None;
        }
        let group = self.groups.get(*self.of.get(&row)? as usize)?;
        Some(group)
    }
}

/// The leader of a row's group, the way to it made short.
fn root(parents: &mut HashMap<Row, Row>, row: Row) -> Row {
    let mut at = row;
    loop {
        let parent = *parents.entry(at).or_insert(at);
        if parent == at {
            break;
        }
        at = parent;
    }
    parents.insert(row, at);
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Credibility, PlacePrecision, Reliability};

    /// Rows 0..6 with keys 10, 20, …, all alike.
    fn six() -> Columns {
        let n = 6;
        Columns {
            id: (1..=n as i64).map(|i| i * 10).collect(),
            start_day: vec![0; n],
            end_day: vec![0; n],
            lon: vec![0.0; n],
            lat: vec![0.0; n],
            kind: vec![crate::domain::Kind::Homicide; n],
            place_precision: vec![PlacePrecision::Near; n],
            reliability: vec![Reliability::F; n],
            credibility: vec![Credibility::Six; n],
            by_id: (0..n as Row).collect(),
            ..Columns::default()
        }
    }

    #[test]
    fn links_reach_through_and_stand_in_a_fixed_order() {
        let mut columns = six();
        columns.reliability[4] = Reliability::B;
        columns.place_precision[2] = PlacePrecision::Exact;
        let pairs = [(50, 60), (10, 30), (30, 50), (20, 99), (40, 40)];
        let links = Links::new(&columns, pairs.into_iter());
        assert_eq!(links.groups(), [vec![4, 2, 0, 5]]);
        for row in [0, 2, 4, 5] {
            assert_eq!(links.group_of(row), Some(&[4, 2, 0, 5][..]));
        }
        for row in [1, 3, 6, 640] {
            assert_eq!(links.group_of(row), None);
        }
        let mut turned = pairs;
        turned.reverse();
        let turned = turned.into_iter().map(|(a, b)| (b, a));
        assert_eq!(Links::new(&columns, turned), links);
        assert!(Links::new(&columns, std::iter::empty()).is_empty());
    }
}
