//! Proposals of what may be the same event, with what was decided of them and why they are made.

use super::Loaded;
use crate::index::{Columns, Links, Row};
use crate::jobs::Progress;
use crate::locale::{Lang, distance, number, tr};
use crate::query::{Actors, Kinds, Naming, Near, Pair, Toll, duplicates};
use crate::store::{Link, Verdict};
use std::collections::HashMap;
use std::sync::Arc;

/// What the panel of duplicates asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Deciding {
    /// Look for pairs among what is filtered.
    Look(Near),
    /// End the looking.
    Stop,
    /// Say what two incidents are to each other, by primary key; `None` takes back what was said.
    Say(i64, i64, Option<Verdict>),
    /// Select both and fit the map to them.
    Show(i64, i64),
}

/// What was decided so far: looked up while pairs are looked for.
#[derive(Clone)]
pub struct Decided {
    verdicts: HashMap<(Row, Row), Verdict>,
    links: Arc<Links>,
}

impl Decided {
    #[must_use]
    pub fn new(columns: &Columns, verdicts: &[Link], links: &Arc<Links>) -> Decided {
        let rows = |link: &Link| {
            let (a, b) = (columns.row_of(link.a)?, columns.row_of(link.b)?);
            Some(((a.min(b), a.max(b)), link.verdict))
        };
        Decided {
            verdicts: verdicts.iter().filter_map(rows).collect(),
            links: links.clone(),
        }
    }

    #[must_use]
    pub fn of_case(loaded: &Loaded) -> Decided {
        Decided::new(&loaded.columns, &loaded.verdicts, &loaded.links)
    }

    /// Of two rows; linked through others is linked.
    #[must_use]
    pub fn of(&self, a: Row, b: Row) -> Option<Verdict> {
        let group = self.links.group_of(a);
        if group.is_some_and(|group| group.contains(&b)) {
            return Some(Verdict::Linked);
        }
        self.verdicts.get(&(a.min(b), a.max(b))).copied()
    }
}

/// The pairs among some rows that were not decided on, or all; best first. `None` where it was
/// cancelled.
#[must_use]
pub fn propose(
    columns: &Columns,
    among: &[Row],
    near: Near,
    left_out: Option<&Decided>,
    progress: &Progress,
) -> Option<Vec<Pair>> {
    let is_known = |a: Row, b: Row| left_out.is_some_and(|known| known.of(a, b).is_some());
    duplicates(columns, among, near, &is_known, &|done| {
        progress.set(done, among.len() as u64);
        !progress.is_cancelled()
    })
}

/// What speaks for and against a pair, in words, a phrase each.
#[must_use]
pub fn reason_words(lang: Lang, columns: &Columns, pair: &Pair) -> Vec<String> {
    let r = &pair.reasons;
    let mut words = vec![
        if r.distance_m < 1.0 {
            tr(lang, text!("duplicates-same-point"))
        } else {
            let distance = distance(r.distance_m);
            tr(lang, text!("duplicates-distance", distance = distance))
        },
        match u64::try_from(r.days_apart) {
            Ok(n) if n > 0 => tr(lang, text!("duplicates-days-apart", n = number(n))),
            _ => tr(lang, text!("duplicates-same-days")),
        },
        tr(
            lang,
            match r.kinds {
                Kinds::Same => text!("duplicates-same-kind"),
                Kinds::OfOneGroup => text!("duplicates-same-group"),
                Kinds::Unknown => text!("duplicates-kind-unknown"),
            },
        ),
    ];
    words.push(match r.actors {
        Actors::Shared(a, b) => {
            let (a, b) = (columns.actors.get(a), columns.actors.get(b));
            if a == b {
                tr(lang, text!("duplicates-same-actor", actor = a))
            } else {
                tr(lang, text!("duplicates-actor-as", actor = a, other = b))
            }
        }
        Actors::SameSort => tr(lang, text!("duplicates-actors-alike")),
        Actors::Unknown => tr(lang, text!("duplicates-actors-unknown")),
        Actors::Differ => tr(lang, text!("duplicates-actors-differ")),
    });
    words.push(match r.deaths {
        Toll::Same(n) => tr(lang, text!("duplicates-same-deaths", n = number(n))),
        Toll::Overlap => tr(lang, text!("duplicates-deaths-overlap")),
        Toll::Unknown => tr(lang, text!("duplicates-deaths-unknown")),
        Toll::Differ => tr(lang, text!("duplicates-deaths-differ")),
    });
    match r.place {
        Naming::SamePlace => {
            let place = columns.places.get(columns.place[pair.a as usize]);
            words.push(tr(lang, text!("duplicates-same-place", place = place)));
        }
        Naming::SameMunicipality => words.push(tr(lang, text!("duplicates-same-municipality"))),
        Naming::Other => {}
    }
    words
}
