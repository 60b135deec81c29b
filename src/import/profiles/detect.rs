//! Whose file it is, by the names of its columns.

use super::profile::Profile;
use super::{acled, gdelt, gtd, own, places, sesnsp, ucdp_ged};
use crate::import::row::ColumnName;
use crate::locale::Problem;
use std::cmp::Reverse;
use std::path::Path;

static PROFILES: [Profile; 7] = [
    ucdp_ged::UCDP_GED,
    acled::ACLED,
    gdelt::GDELT,
    gtd::GTD,
    sesnsp::SESNSP,
    places::PLACES,
    own::OWN_TABLE,
];

/// Every profile; the last one takes any file.
#[must_use]
pub fn profiles() -> &'static [Profile] {
    &PROFILES
}

/// How well a profile fits a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub id: &'static str,
    /// 0..=100.
    pub score: u8,
    /// In words: which of its columns are there and which are missing.
    pub reason: Problem,
}

/// Of its columns, as many as these a publisher's file has to have, per cent: what an old export
/// with few columns still reaches. Those of `Profile::required` must be there anyway.
const LEAST_SCORE: u8 = 25;

/// What of a profile's columns a file has.
struct Fit {
    found: usize,
    of: usize,
    /// Of the columns it cannot do without.
    missing: Vec<&'static str>,
    score: u8,
}

impl Fit {
    fn new(profile: &Profile, names: &[ColumnName]) -> Fit {
        let has = |known: &str| names.iter().any(|n| n.is(known));
        let columns = (profile.columns)();
        let found = columns.iter().filter(|(_, c)| c.iter().any(|c| has(c)));
        let (found, of) = (found.count(), columns.len());
        let required = profile.required.iter().copied();
        Fit {
            found,
            of,
            missing: required.filter(|name| !has(name)).collect(),
            score: u8::try_from(found * 100 / of.max(1)).unwrap_or(100),
        }
    }

    fn is_whole(&self) -> bool {
        self.missing.is_empty() && self.score >= LEAST_SCORE
    }
}

/// The profiles that may read these columns: publishers' the best one first, then people's own,
/// which reads any, then those that nearly fit, each with what it misses.
pub fn ranked(_path: &Path, columns: &[String]) -> Vec<Candidate> {
    let names = ColumnName::all(columns);
    let (own, publishers) = split();
    let (mut whole, mut partly) = (Vec::new(), Vec::new());
    for profile in publishers {
        let fit = Fit::new(profile, &names);
        let mut reason = Problem::new(text!("profile-fit", known = fit.found, all = fit.of));
        if profile.is_on_request {
            if places::fits(&names) {
                partly.push(candidate(profile, 0, Problem::new(text!("profile-places"))));
            }
        } else if fit.is_whole() {
            whole.push(candidate(profile, fit.score, reason));
        } else if fit.missing.len() * 2 <= profile.required.len() {
            reason.key = "profile-fit-missing";
            let reason = reason.with("missing", fit.missing.join(", "));
            partly.push(candidate(profile, fit.score.min(LEAST_SCORE), reason));
        }
    }
    let known = |name: &&ColumnName| {
        let columns = (own.columns)();
        columns.iter().any(|(_, c)| c.iter().any(|c| name.is(c)))
    };
    let known = names.iter().filter(known).count();
    let score = u8::try_from(known * 100 / names.len().max(1)).unwrap_or(100);
    let reason = Problem::new(text!("profile-own", known = known, all = names.len()));
    whole.sort_by_key(|c| Reverse(c.score));
    partly.sort_by_key(|c| Reverse(c.score));
    whole.push(candidate(own, score, reason));
    whole.extend(partly);
    whole
}

fn candidate(profile: &Profile, score: u8, reason: Problem) -> Candidate {
    Candidate {
        id: profile.id,
        score,
        reason,
    }
}

/// People's own, which is the last and takes any file, and the publishers'.
fn split() -> (&'static Profile, &'static [Profile]) {
    let [publishers @ .., own] = &PROFILES;
    (own, publishers)
}

/// Names for the columns of a file that has none, by its first row: of the profile the user names,
/// else of any that knows it.
pub fn headerless(id: Option<&str>, first: &[String]) -> Option<&'static [&'static str]> {
    let asked = |p: &&Profile| id.is_none_or(|id| p.id == id);
    PROFILES
        .iter()
        .filter(asked)
        .find_map(|p| (p.headerless)(first))
}

/// The profile the user names, else the one that fits the columns best.
///
/// # Errors
/// There is no profile of that name, or the file is one that no profile can take.
pub fn choose(
    path: &Path,
    id: Option<&str>,
    columns: &[String],
) -> Result<&'static Profile, Problem> {
    if let Some(id) = id {
        return PROFILES.iter().find(|p| p.id == id).ok_or_else(|| {
            let known: Vec<&str> = PROFILES.iter().map(|p| p.id).collect();
            Problem::new(text!(
                "problem-profile-unknown",
                profile = id,
                known = known.join(", ")
            ))
        });
    }
    let names = ColumnName::all(columns);
    if acled::is_aggregate(&names) {
        return Err(Problem::new(text!(
            "problem-acled-aggregate",
            file = path.display()
        )));
    }
    // A publisher's own columns beat a mere likeness of names.
    let (own, publishers) = split();
    let fitting = publishers
        .iter()
        .filter(|p| !p.is_on_request)
        .map(|p| (Fit::new(p, &names), p))
        .filter(|(fit, _)| fit.is_whole());
    Ok(fitting
        .max_by_key(|(fit, _)| fit.score)
        .map_or(own, |(_, p)| p))
}
