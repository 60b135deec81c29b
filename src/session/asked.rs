//! A case that is opened for one question, as by `count` and `list`: of millions of rows only the
//! columns that it needs are read, and nothing else of the case.

use super::loaded::{TO_LINK, find, known_on, links_of};
use crate::domain::Filter;
use crate::index::{Columns, Links, Row, Wanted};
use crate::locale::Problem;
use crate::query::{Answer, Ask, Judged, Reach, Selection, Window};
use crate::store::Case;
use jiff::civil::Date;
use std::path::Path;
use std::sync::Arc;

pub struct Asked {
    pub case: Case,
    /// Those that were wanted; others may be empty.
    pub columns: Columns,
    links: Arc<Links>,
}

impl Asked {
    /// Opens a case as it is, or as it was known at the end of a day.
    pub fn open(path: &Path, day: Option<Date>, wanted: Wanted) -> Result<Asked, Problem> {
        let case = known_on(path, day)?;
        let verdicts = case.links()?;
        let wanted = wanted.and_if(!verdicts.is_empty(), TO_LINK);
        let columns = case.columns_wanted(wanted, |_| true)?;
        let columns = columns
            .ok_or_else(|| Problem::new(text!("problem-cancelled", file = path.display())))?;
        Ok(Asked {
            links: Arc::new(links_of(&columns, &verdicts)),
            case,
            columns,
        })
    }

    /// What passes the filter, its text included; of a filter that reads none but the wanted columns.
    pub fn select(&self, filter: &Filter) -> Result<Selection, Problem> {
        Ok(self.selection(&self.judged(filter)?, filter))
    }

    #[must_use]
    pub fn selection(&self, judged: &Judged, filter: &Filter) -> Selection {
        Answer::selection(&self.columns, judged, Window::of(filter), Vec::new())
    }

    /// What passes and lies in the filter's area for certain, and what passes but for the area and may lie in it;
    /// `None` where it has no area.
    #[must_use]
    pub fn reach(&self, judged: &Judged, filter: &Filter) -> Option<[Selection; 2]> {
        let reach = Reach::new(&self.columns, filter.area.as_ref()?);
        let of =
            |rows: Vec<Row>| Selection::of(&self.columns, rows.into_iter(), Window::of(filter));
        Some([reach.certain(judged), reach.possible(judged)].map(of))
    }

    /// The verdict on every row.
    pub fn judged(&self, filter: &Filter) -> Result<Judged, Problem> {
        let found = find(&self.case, &self.columns, &filter.text, &|| false)?;
        let ask = Ask {
            filter,
            found: found.as_ref(),
            links: Some(&self.links),
        };
        Ok(Judged::new(&self.columns, ask))
    }
}
