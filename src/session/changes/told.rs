//! How a row became what it is, put in words once, before it is shown.

use super::{FieldChange, compare};
use crate::locale::Lang;
use crate::store::RowHistory;

/// Fields after which no older change is told: a row of figures may have a thousand.
const ENOUGH_FIELDS: usize = 1_000;

/// Newest change first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub steps: Vec<Step>,
    /// There are older changes, which are left out.
    pub is_cut: bool,
    /// Import and line, 1-based, of the version that all of `steps` began with. Of a place, of which
    /// many rows tell, there is no such.
    pub first: Option<(i64, u64)>,
}

/// A change of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub import_id: i64,
    /// Of the import's file, 1-based; a place is of none.
    pub line: Option<u64>,
    /// The row had been retired and was in a file again.
    pub came_back: bool,
    pub fields: Vec<FieldChange>,
}

#[must_use]
pub fn tell(lang: Lang, history: &RowHistory) -> Told {
    let (mut steps, mut n_fields) = (Vec::new(), 0);
    for changed in &history.changes {
        if n_fields >= ENOUGH_FIELDS {
            break;
        }
        let fields = compare(lang, &changed.before, &changed.after);
        n_fields += fields.len();
        steps.push(Step {
            import_id: changed.import_id,
            line: changed.after.row().line(),
            came_back: changed.retired,
            fields,
        });
    }
    let is_cut = history.is_cut || steps.len() < history.changes.len();
    let oldest = history.changes.last().filter(|oldest| {
        let row = (oldest.after.kind(), oldest.id);
        let mut rows = history.changes.iter().map(|c| (c.after.kind(), c.id));
        !is_cut && rows.all(|r| r == row)
    });
    let first = oldest.and_then(|c| Some((c.from_import, c.before.row().line()?)));
    Told {
        steps,
        is_cut,
        first,
    }
}
