//! What lies in the filter's area for certain and what possibly does. A place is known to some metres: an incident
//! lies in the area for certain where the whole circle around its point does, and possibly where a part of the circle
//! does. The filter itself goes by the point, the best that is known.

use super::ask::RowSet;
use super::judge::Judged;
use super::parts::Part;
use crate::domain::Area;
use crate::domain::margin::Margins;
use crate::index::{Columns, Row};
use rayon::prelude::*;

/// How many incidents lie in an area, as [`Reach`] tells them apart; the best is the selection itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inside {
    pub certain: u32,
    pub possible: u32,
}

/// The rows that lie in an area for certain, and those that may, whatever else is filtered.
#[derive(Debug)]
pub struct Reach {
    certain: RowSet,
    possible: RowSet,
}

impl Reach {
    #[must_use]
    pub fn new(columns: &Columns, area: &Area) -> Reach {
        let margins = Margins::new(area);
        let of = |row: usize| {
            let radius = f64::from(columns.radius_m[row]).max(0.0);
            let depth = margins.depth_m(columns.lon[row], columns.lat[row], radius + 1.0);
            (depth >= radius && depth >= 0.0, depth >= -radius)
        };
        let rows: Vec<(bool, bool)> = (0..columns.len()).into_par_iter().map(of).collect();
        let set = |is: fn(&(bool, bool)) -> bool| {
            let those = rows.iter().enumerate().filter(|(_, row)| is(row));
            RowSet::new(rows.len(), those.map(|(row, _)| row as Row))
        };
        Reach {
            certain: set(|row| row.0),
            possible: set(|row| row.1),
        }
    }

    /// The rows that pass the filter and lie in its area for certain, ascending.
    #[must_use]
    pub fn certain(&self, judged: &Judged) -> Vec<Row> {
        judged.rows_having(Part::Area, |row| self.certain.contains(row as usize))
    }

    /// The rows that pass all of the filter but its area and may lie in that, ascending.
    #[must_use]
    pub fn possible(&self, judged: &Judged) -> Vec<Row> {
        judged.rows_having(Part::Area, |row| self.possible.contains(row as usize))
    }

    #[must_use]
    pub fn counts(&self, judged: &Judged) -> Inside {
        let count =
            |set: &RowSet| judged.count_having(Part::Area, |row| set.contains(row as usize)) as u32;
        Inside {
            certain: count(&self.certain),
            possible: count(&self.possible),
        }
    }
}
