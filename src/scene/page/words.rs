//! The page's sentences, from the counts.

use super::super::density::SYMBOLS_UP_TO;
use super::super::style::{DensityScale, Drawn};
use super::super::view::MapView;
use super::spec::PageSpec;
use crate::domain::filter::{PATH, state_of};
use crate::domain::outline::measure;
use crate::domain::when::day_number;
use crate::domain::{Filter, Kind, Mark, PlacePrecision};
use crate::index::Columns;
use crate::locale::{Lang, TextKey, date_range, month_short, number, number_f64, tr, tr_args};
use crate::query::{Part, Selection, Words, period};
use jiff::civil::Date;
use std::collections::HashMap;

/// What is on the map: whom and where the filter asks for, how many, of what, when; and which state has most.
pub fn headline(view: &MapView, spec: &PageSpec) -> String {
    let (lang, columns, selection) = (view.lang, view.columns, view.selection);
    let Some(leading) = Leading::of(columns, selection) else {
        return tr(lang, text!("page-headline-none"));
    };
    let n = number(selection.len() as u64);
    let period = shown_period(view, spec.filter)
        .map(|(from, to)| coarse_period(lang, from, to))
        .unwrap_or_default();
    let subject = subject(spec.filter);
    let what = leading.name(lang);
    // Within a sentence names of kinds begin small.
    let within = lower_first(&what);
    let share = 100.0 * leading.n as f64 / selection.len() as f64;
    let share = format!("{}\u{A0}%", number_f64(share.min(99.0), 0));
    let mut args = vec![("n", n.as_str()), ("period", &period), ("share", &share)];
    // "Other" says nothing of what something is.
    let says_what = leading.mark != Mark::Context || leading.kind.is_some_and(|k| k != Kind::Other);
    let (key, subject) = match leading.n == selection.len() {
        true if !says_what => (text!("page-headline-plain"; n, period), subject),
        true if selection.len() == 1 => {
            args.push(("what", &what));
            (text!("page-headline-one"; period, what), subject)
        }
        true if subject.is_empty() => {
            args.push(("what", &what));
            (text!("page-headline-only"; n, period, what), subject)
        }
        true => (
            text!("page-headline-plain"; n, period),
            format!("{subject}, {within}"),
        ),
        // That most rows are background is no finding.
        false if leading.mark == Mark::Context => {
            (text!("page-headline-plain"; n, period), subject)
        }
        false => {
            args.push(("what", &within));
            (
                text!("page-headline-mixed"; n, period, share, what),
                subject,
            )
        }
    };
    let finding = tr_args(lang, key, &args);
    let filter = spec.filter;
    let is_somewhere = filter.area.is_some() || !filter.admin.is_empty();
    let finding = match leading_state(columns, selection).filter(|_| !is_somewhere) {
        Some((state, share)) if selection.len() > 1 => {
            let args = [
                ("finding", finding.as_str()),
                ("share", &share),
                ("state", state),
            ];
            tr_args(
                lang,
                text!("page-headline-state"; finding, share, state),
                &args,
            )
        }
        _ => finding,
    };
    if subject.is_empty() {
        finding
    } else {
        format!("{subject}: {finding}")
    }
}

/// Whom and where a filter asks for, where that is few.
fn subject(filter: &Filter) -> String {
    const MOST: usize = 2;
    let actors = filter
        .actors
        .iter()
        .chain(&filter.side_a)
        .chain(&filter.side_b);
    let actors: Vec<&str> = actors.map(String::as_str).collect();
    let last = |path: &'_ String| path.rsplit(PATH).next().unwrap_or_default().to_owned();
    let places: Vec<String> = filter.admin.iter().map(last).collect();
    let mut parts = Vec::new();
    if (1..=MOST).contains(&actors.len()) {
        parts.push(actors.join(", "));
    }
    if (1..=MOST).contains(&places.len()) {
        parts.push(places.join(", "));
    }
    if !filter.area_name.is_empty() {
        parts.push(filter.area_name.clone());
    }
    parts.join(", ")
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_lowercase);
    first.chain(chars).collect()
}

/// What most of the incidents are: one kind where all are, else a mark.
struct Leading {
    mark: Mark,
    kind: Option<Kind>,
    n: usize,
}

impl Leading {
    fn of(columns: &Columns, selection: &Selection) -> Option<Leading> {
        let mut kinds = [0; Kind::ALL.len()];
        for row in &selection.rows {
            kinds[columns.kind[*row as usize] as usize] += 1;
        }
        let of_mark = |mark: Mark| -> usize {
            let those = Kind::ALL.iter().filter(|k| k.mark() == mark);
            those.map(|k| kinds[*k as usize]).sum()
        };
        let marks = Mark::ALL.iter().copied();
        let mark = marks.max_by_key(|m| (of_mark(*m), std::cmp::Reverse(*m)))?;
        let n = of_mark(mark);
        let all = |k: &&Kind| kinds[**k as usize] == selection.len();
        (n > 0).then_some(Leading {
            mark,
            kind: Kind::ALL.iter().find(all).copied(),
            n,
        })
    }

    fn name(&self, lang: Lang) -> String {
        let code = self.kind.map_or(self.mark.code(), Kind::code);
        tr(lang, text!("kind-" + code))
    }
}

/// The state with most incidents and its share; `None` where the data names no or one state only.
fn leading_state<'a>(columns: &'a Columns, selection: &Selection) -> Option<(&'a str, String)> {
    let mut by_path = vec![0_usize; columns.admins.len()];
    for row in &selection.rows {
        by_path[columns.admin[*row as usize].0 as usize] += 1;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for ((_, path), n) in columns.admins.iter().zip(by_path).filter(|(_, n)| *n > 0) {
        *counts.entry(state_of(path)).or_default() += n;
    }
    let named = counts.into_iter().filter(|(name, _)| !name.is_empty());
    let (name, n) = named.max_by_key(|(name, n)| (*n, std::cmp::Reverse(*name)))?;
    let share = 100.0 * n as f64 / selection.len().max(1) as f64;
    (share >= 8.0).then(|| (name, format!("{}\u{A0}%", number_f64(share, 0))))
}

/// What the filter asks for, else what the selection spans.
fn shown_period(view: &MapView, filter: &Filter) -> Option<(Date, Date)> {
    let (first, last) = period(view.columns, view.selection)?;
    Some((filter.from.unwrap_or(first), filter.to.unwrap_or(last)))
}

/// `1989–2023`, `Oct 2010 – Sep 2011`, or days where it is shorter than two months.
fn coarse_period(lang: Lang, from: Date, to: Date) -> String {
    // No-break spaces: a headline must not break within a month.
    let month = |d: Date| format!("{}\u{A0}{}", month_short(lang, d.month()), d.year());
    match day_number(to) - day_number(from) {
        ..=62 => date_range(lang, from, to),
        63..=900 => format!("{}\u{A0}– {}", month(from), month(to)),
        _ => format!("{}–{}", from.year(), to.year()),
    }
}

/// What is counted.
pub fn deck(view: &MapView, spec: &PageSpec) -> String {
    let (lang, selection) = (view.lang, view.selection);
    let all = number(view.columns.len() as u64);
    let n = number(selection.len() as u64);
    let key = match selection.len() {
        0 => text!("page-deck-none"; all),
        n if n == view.columns.len() => text!("page-deck-all"; n, when),
        _ => text!("page-deck"; all, n, when),
    };
    let when = shown_period(view, spec.filter)
        .map(|(from, to)| date_range(lang, from, to))
        .unwrap_or_default();
    let mut parts = vec![tr_args(
        lang,
        key,
        &[("n", &n), ("all", &all), ("when", &when)],
    )];
    if !selection.is_empty() {
        let [low, best, high] = [
            selection.deaths_low,
            selection.deaths_best,
            selection.deaths_high,
        ]
        .map(number);
        let range = if low == high {
            low
        } else {
            format!("{low}–{high}")
        };
        let all_unknown = selection.deaths_unknown as usize == selection.len();
        parts.push(if all_unknown {
            tr(lang, text!("page-deck-deaths-unknown"))
        } else {
            tr(lang, text!("page-deck-deaths", range = range, best = best))
        });
    }
    parts.join(" ")
}

/// Who is to be named.
pub fn sources(view: &MapView, spec: &PageSpec) -> String {
    let mut all: Vec<String> = spec.attributions.iter().map(|a| sentence(a)).collect();
    if let Some(map) = view.basemap {
        let attribution = map.attribution();
        let text = if attribution.is_empty() {
            tr(view.lang, text!("page-basemap"))
        } else {
            attribution
        };
        all.push(tr(
            view.lang,
            text!("page-basemap-from", source = sentence(&text)),
        ));
    }
    all.join(" ")
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with('.') {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// The filter in words, and how incidents are drawn.
pub fn method(view: &MapView, spec: &PageSpec) -> String {
    let (lang, filter) = (view.lang, spec.filter);
    let words = Words {
        lang,
        filter,
        area_measure: filter.area.as_ref().map_or(0.0, measure),
    };
    let all = filter
        .is_empty()
        .then(|| words.say(text!("page-method-all"; value), ""));
    let declared = Part::ALL.iter().map(|part| part.declared());
    let asked = declared.flat_map(|part| (part.sentences)(&words));
    let sentences = all.into_iter().chain(asked).chain(drawing(view));
    sentences.collect::<Vec<_>>().join(" ")
}

/// A sentence about a value.
fn said(lang: Lang, key: TextKey, value: &str) -> String {
    tr_args(lang, key, &[("value", value)])
}

fn drawing(view: &MapView) -> Vec<String> {
    let say = |key: TextKey| said(view.lang, key, "");
    if view.compare.is_some() {
        return vec![say(text!("page-method-compare"; value))];
    }
    // On a page all that is selected is in view.
    let style = view.layers.density.style;
    let drawn = style.drawn(|| view.selection.len() <= SYMBOLS_UP_TO);
    let how = match drawn {
        Drawn::Symbols => text!("page-method-symbols"; value),
        Drawn::Density => text!("page-method-raster"; value),
        Drawn::Hexagons => text!("page-method-hexagons"; value),
        Drawn::Clusters => text!("page-method-clusters"; value),
    };
    let mut parts = vec![say(how)];
    if matches!(drawn, Drawn::Density | Drawn::Hexagons) {
        parts.push(say(match view.layers.density.scale {
            DensityScale::Log => text!("page-method-log"; value),
            DensityScale::EqualArea => text!("page-method-equal-area"; value),
        }));
    }
    parts.push(say(text!("page-method-deaths-best"; value)));
    parts
}

/// What the map leaves open, a sentence each; `outside` selected incidents do not lie in it.
pub fn unknowns(view: &MapView, outside: usize) -> Vec<String> {
    let (lang, columns, selection) = (view.lang, view.columns, view.selection);
    let rows = || selection.rows.iter().map(|r| *r as usize);
    let say =
        |key: TextKey, n: usize| (n > 0).then(|| tr_args(lang, key, &[("n", &number(n as u64))]));
    let place = |p: PlacePrecision| rows().filter(|r| columns.place_precision[*r] == p).count();
    let no_day = selection
        .rows
        .iter()
        .filter(|r| !super::super::layers::incidents::is_day_known(columns, **r))
        .count();
    let mut found = vec![
        say(text!("page-unknown-dates"; n), no_day),
        say(
            text!("page-unknown-period"; n),
            if view.from.is_some() || view.to.is_some() {
                selection.uncertain_dates as usize
            } else {
                0
            },
        ),
    ];
    let vague = [
        (
            text!("page-unknown-municipality"; n),
            PlacePrecision::Municipality,
        ),
        (text!("page-unknown-state"; n), PlacePrecision::State),
        (text!("page-unknown-country"; n), PlacePrecision::Country),
    ];
    let vague: Vec<String> = vague
        .into_iter()
        .filter_map(|(key, p)| say(key, place(p)))
        .collect();
    if !vague.is_empty() {
        found.push(Some(tr(
            lang,
            text!("page-unknown-places", list = vague.join(", ")),
        )));
    }
    if let Some(inside) = selection.inside {
        let shown = selection.len();
        found.push(say(
            text!("page-unknown-area-out"; n),
            shown.saturating_sub(inside.certain as usize),
        ));
        found.push(say(
            text!("page-unknown-area-in"; n),
            (inside.possible as usize).saturating_sub(shown),
        ));
    }
    found.push(say(
        text!("page-unknown-deaths"; n),
        selection.deaths_unknown as usize,
    ));
    found.push(say(text!("page-unknown-outside"; n), outside));
    found.into_iter().flatten().collect()
}
