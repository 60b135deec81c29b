//! The case as it was known on a day. It chooses which rows are loaded; no row is judged by it.

use crate::index::Wanted;
use crate::locale::date;
use crate::query::control::{Control, Panel};
use crate::query::flags::{Flag, Takes};
use crate::query::part::FilterPart;
use crate::query::wording::chip;

pub const PART: FilterPart = FilterPart {
    needs: Wanted::LEAST,
    verdict: None,
    options: None,
    is_set: |f| f.known_on.is_some(),
    clear: |f| f.known_on = None,
    chips: |w| {
        let day = w.filter.known_on.map(|day| date(w.lang, day));
        let label = day.map(|day| w.tr(text!("chip-known-on", date = day)));
        chip(label, |f| f.known_on = None)
    },
    sentences: |_| Vec::new(),
    panel: Some(Panel::new(text!("filter-known"), Control::Day).folded()),
    flags: &[Flag::new(
        60,
        "known-on",
        Takes::One("DATE"),
        "As the case was known at the end of this day (UTC): deliveries received later do not count",
    )],
    read: |given, _, f| {
        f.known_on = given.day("known-on", true)?;
        Ok(())
    },
};
