//! Whether a table of people's own is a new delivery of a dataset that the case has: it has its columns
//! and rows of it. Rows without ids that were corrected are found again by what did not change.

use crate::domain::{Actor, Incident, Record};
use crate::import::{self, CONTENT_ID, FileFacts, Item, Options};
use crate::jobs::Progress;
use crate::locale::Problem;
use crate::store::{Case, KnownRows};
use jiff::civil::Date;
use std::collections::HashSet;
use std::path::Path;

/// What of a file a dataset has already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    pub dataset: String,
    /// Rows of the file that are there just as they are.
    pub shared: u64,
    pub rows: u64,
    /// Whether so many are shared that the file is a delivery of the dataset.
    pub is_delivery: bool,
}

/// What was found out of a file before it is loaded.
#[derive(Default)]
pub struct Found {
    pub fit: Option<Fit>,
    /// Ids of the rows of the file that are made of their content.
    ids: HashSet<String>,
    /// First and last day on which rows of the file begin.
    days: Option<(Date, Date)>,
    /// Incidents that the dataset has.
    known: u64,
}

/// What a case has of a file already, to be said before it is loaded.
///
/// # Errors
/// As [`import::open`], or the case cannot be read.
pub fn fit_of(
    case: &Path,
    path: &Path,
    options: &Options,
    progress: &Progress,
) -> Result<Option<Fit>, Problem> {
    let case = Case::open_read_only(case)?;
    let facts = import::open(path, options)?.facts().clone();
    let found = look_up(&case, path, options, &facts, None, progress)?;
    Ok(found.and_then(|found| found.fit))
}

impl Found {
    /// Whether the file is a delivery that may stand for the whole dataset: it has half of its rows.
    #[must_use]
    pub fn may_be_whole(&self) -> bool {
        self.fit
            .as_ref()
            .is_some_and(|fit| fit.shared * 2 >= self.known)
    }
}

/// Reads a file as it would be loaded, where the case has datasets of its columns, and holds its rows
/// against these, or against `dataset` alone where the user names it. `None` where it was cancelled.
///
/// # Errors
/// As [`import::open`], or the case cannot be read.
pub fn look_up(
    case: &Case,
    path: &Path,
    options: &Options,
    facts: &FileFacts,
    dataset: Option<&str>,
    progress: &Progress,
) -> Result<Option<Found>, Problem> {
    let mut known = known(case, facts, dataset)?;
    let mut found = Found::default();
    if known.is_empty() {
        return Ok(Some(found));
    }
    let mut rows = 0_u64;
    for item in import::open(path, options)? {
        let Item::Row(Record::Incident(incident)) = item? else {
            continue;
        };
        rows += 1;
        let day = incident.when.start;
        let (first, last) = found.days.unwrap_or((day, day));
        found.days = Some((first.min(day), last.max(day)));
        for (_, known, shared) in &mut known {
            *shared += u64::from(known.has(&incident));
        }
        if incident.external_id.starts_with(CONTENT_ID) {
            found.ids.insert(incident.external_id.clone());
        }
        if rows.is_multiple_of(512) && progress.is_cancelled() {
            return Ok(None);
        }
    }
    let best = known
        .iter()
        .max_by_key(|(name, _, shared)| (*shared, *name == facts.default_dataset));
    found.known = best.map_or(0, |(_, known, _)| known.len() as u64);
    found.fit = best
        .filter(|(_, _, shared)| *shared > 0)
        .map(|(name, known, shared)| Fit {
            dataset: name.clone(),
            shared: *shared,
            rows,
            // Of the smaller of the two, half.
            is_delivery: *shared * 2 >= rows.min(known.len() as u64),
        });
    Ok(Some(found))
}

/// The datasets that a file may be a delivery of, with their rows and a count of those met.
fn known(
    case: &Case,
    facts: &FileFacts,
    dataset: Option<&str>,
) -> Result<Vec<(String, KnownRows, u64)>, Problem> {
    // Only people's own tables go by the name of their file.
    if facts.profile != import::OWN {
        return Ok(Vec::new());
    }
    let of_file = |name: &&String| !name.starts_with(import::OWN_COLUMNS);
    let columns: Vec<String> = facts.columns.iter().filter(of_file).cloned().collect();
    let mut names = match dataset {
        Some(name) => vec![name.to_owned()],
        None => case.datasets_of_columns(&columns)?,
    };
    if dataset.is_none() && !names.contains(&facts.default_dataset) {
        names.push(facts.default_dataset.clone());
    }
    let mut known = Vec::new();
    for name in names {
        let rows = case.known_rows(&name)?;
        if !rows.is_empty() {
            known.push((name, rows, 0));
        }
    }
    Ok(known)
}

/// Earlier rows without ids that a delivery lacks, to be met again by rows that differ in one respect.
#[derive(Default)]
pub struct Corrections {
    missing: Vec<Incident>,
    /// Ids of all earlier rows.
    earlier: HashSet<String>,
    pub taken: u64,
}

/// Earlier rows that are held against each new one.
const MOST_MISSING: usize = 500;

impl Corrections {
    /// Of a file that is a delivery of the dataset.
    ///
    /// # Errors
    /// The case cannot be read.
    pub fn new(case: &Case, dataset: &str, found: &Found) -> Result<Corrections, Problem> {
        let known: KnownRows = case.known_rows(dataset)?;
        let mut corrections = Corrections::default();
        let mut keys = Vec::new();
        for (id, key) in known.beginning(CONTENT_ID) {
            corrections.earlier.insert(id.to_owned());
            if !found.ids.contains(id) {
                keys.push(key);
            }
        }
        keys.sort_unstable();
        if keys.len() <= MOST_MISSING {
            for key in keys {
                let stored = case.incident(key)?.map(|stored| stored.incident);
                // What lies before or after the days of the file was left out and not corrected.
                let is_of_days = |i: &Incident| {
                    found
                        .days
                        .is_some_and(|(first, last)| (first..=last).contains(&i.when.start))
                };
                corrections.missing.extend(stored.filter(is_of_days));
            }
        }
        Ok(corrections)
    }

    /// Gives a new row the id of the earlier one that it corrects: the only one that differs in one respect.
    pub fn meet(&mut self, incident: &mut Incident) {
        let is_new = incident.external_id.starts_with(CONTENT_ID)
            && !self.earlier.contains(&incident.external_id);
        if !is_new || self.missing.is_empty() {
            return;
        }
        let mut near = self.missing.iter().enumerate().filter_map(|(i, earlier)| {
            let n = differences(earlier, incident);
            (n <= 1).then_some((n, i))
        });
        let Some(first) = near.next() else {
            return;
        };
        let best = near.try_fold(first, |best, next| match next.0.cmp(&best.0) {
            std::cmp::Ordering::Less => Some(next),
            std::cmp::Ordering::Greater => Some(best),
            // Two that are as near: which one is corrected is not known.
            std::cmp::Ordering::Equal => None,
        });
        if let Some((n, i)) = best {
            incident.external_id = self.missing.swap_remove(i).external_id;
            self.taken += u64::from(n > 0);
        }
    }
}

/// In how many respects two rows differ; what is made of others does not count by itself.
fn differences(a: &Incident, b: &Incident) -> usize {
    let place = |i: &Incident| [i.position.lon.to_bits(), i.position.lat.to_bits()];
    let same_title = a.title == b.title
        || a.kind != b.kind
        || a.places != b.places
        || a.source_kind != b.source_kind;
    let differ =
        |a: &[Actor], b: &[Actor]| !a.iter().map(|a| &a.name).eq(b.iter().map(|b| &b.name));
    let parts = [
        (a.when.start, a.when.end) != (b.when.start, b.when.end),
        place(a) != place(b),
        a.kind != b.kind || a.source_kind != b.source_kind,
        a.places != b.places,
        differ(&a.side_a, &b.side_a),
        differ(&a.side_b, &b.side_b),
        a.deaths != b.deaths,
        a.narrative != b.narrative,
        a.sources != b.sources,
        a.extra != b.extra,
        !same_title,
    ];
    parts.iter().filter(|differs| **differs).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Deaths, Kind};
    use crate::scene::sample;

    fn row(id: &str, day: i8, deaths: u32) -> Incident {
        let mut row = sample::incident(-99.5, 27.5, Kind::Arrest);
        row.external_id = format!("{CONTENT_ID}{id}");
        row.when = crate::domain::When::day(Date::constant(2025, 2, day));
        row.deaths = Deaths::exactly(deaths);
        row
    }

    #[test]
    fn a_corrected_row_is_met_again() {
        let with = |missing: Vec<Incident>| Corrections {
            missing,
            ..Corrections::default()
        };
        let met = |mut corrections: Corrections, mut new: Incident| {
            corrections.meet(&mut new);
            new.external_id
        };
        assert_eq!(
            met(with(vec![row("a", 3, 1), row("b", 4, 7)]), row("c", 3, 2)),
            "row-a"
        );
        // Two respects; two rows as near; the row is there as it is.
        assert_eq!(met(with(vec![row("a", 3, 1)]), row("c", 4, 2)), "row-c");
        assert_eq!(
            met(with(vec![row("a", 3, 1), row("b", 3, 4)]), row("c", 3, 2)),
            "row-c"
        );
        let mut there = with(vec![row("a", 3, 1)]);
        there.earlier.insert("row-c".to_owned());
        assert_eq!(met(there, row("c", 3, 2)), "row-c");
    }
}
