//! The filter flags, the same for every command that takes a filter.

use super::area_args::AreaArgs;
use super::output::told_of;
use crate::domain::names::key;
use crate::domain::{Credibility, Filter, Grade, Kind, KindGroup, PlacePrecision, Reliability};
use crate::gazetteer::{AskedAdmin, path_keys};
use crate::index::{Columns, Wanted};
use crate::jobs::Progress;
use crate::locale::{Lang, Problem};
use crate::session::{Asked, Loaded};
use crate::store::Case;
use clap::Args;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::Path;

#[derive(Args, Debug, Default, Clone)]
#[command(next_help_heading = "Filter")]
pub struct FilterArgs {
    /// First day: 2023-01-15, or 2023-01 or 2023 for its first day
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day, included: 2023-12-31, or 2023-12 or 2023 for its last day
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Kinds or groups by code, such as gun_battle,state_action
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    pub kind: Vec<String>,
    /// Actors by name or part of it, on either side
    #[arg(long, value_name = "NAME,…")]
    pub actor: Vec<String>,
    /// The same on the first side alone, as the source orders them
    #[arg(long, value_name = "NAME,…")]
    pub side_a: Vec<String>,
    /// And on the second side
    #[arg(long, value_name = "NAME,…")]
    pub side_b: Vec<String>,
    /// Countries, states and municipalities by name, or as "Mexico / Tamaulipas"
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub admin: Vec<String>,
    #[command(flatten)]
    pub area: AreaArgs,
    /// Words that must all occur in title, account, place or actor
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
    /// At least so many deaths by the best estimate
    #[arg(long, value_name = "N")]
    pub min_deaths: Option<u32>,
    /// At most so many deaths by the best estimate
    #[arg(long, value_name = "N")]
    pub max_deaths: Option<u32>,
    /// Grade at least: B for the source, 2 for the information, B2 for both
    #[arg(long, value_name = "GRADE")]
    pub grade: Option<String>,
    /// At least this precise: exact, near, municipality, state or country
    #[arg(long, value_name = "PRECISION")]
    pub precision: Option<String>,
    /// Datasets by name
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub dataset: Vec<String>,
    /// As the case was known at the end of this day (UTC): deliveries received later do not count
    #[arg(long, value_name = "DATE")]
    pub known_on: Option<String>,
    /// Leave out incidents whose dates only possibly lie in the window
    #[arg(long)]
    pub certain: bool,
}

impl FilterArgs {
    /// The filter they ask for; names are looked up in the case, so that a misspelt one is an
    /// error and not an empty answer.
    pub fn resolve(&self, case: &Case, columns: &Columns, lang: Lang) -> Result<Filter, Problem> {
        let from = self
            .from
            .as_deref()
            .map(|t| parse_date(t, false))
            .transpose()?;
        let to = self
            .to
            .as_deref()
            .map(|t| parse_date(t, true))
            .transpose()?;
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            return Err(Problem::new("problem-dates-reversed")
                .with("from", from)
                .with("to", to));
        }
        let names = |given: &[String]| actors(columns, given);
        let (reliability, credibility) = match &self.grade {
            Some(text) => parse_grade(text)?,
            None => (None, None),
        };
        if let (Some(least), Some(most)) = (self.min_deaths, self.max_deaths)
            && least > most
        {
            return Err(Problem::new("problem-max-deaths")
                .with("least", least)
                .with("most", most));
        }
        let area = self.area.resolve(case, lang)?;
        let (area, area_name) = area.map_or_else(Default::default, |a| (Some(a.area), a.name));
        Ok(Filter {
            from,
            to,
            certain: self.certain,
            kinds: parse_kinds(&self.kind)?,
            actors: names(&self.actor)?,
            side_a: names(&self.side_a)?,
            side_b: names(&self.side_b)?,
            area,
            area_name,
            admin: admins(columns, &self.admin)?,
            text: self.text.clone().unwrap_or_default(),
            min_deaths: self.min_deaths,
            max_deaths: self.max_deaths,
            reliability,
            credibility,
            precision: self.precision.as_deref().map(parse_precision).transpose()?,
            datasets: self.datasets(columns)?,
            known_on: self.day_known()?,
        })
    }

    /// The case as it is asked for: as it was known on a day, or all of it.
    pub fn open(&self, case: &Path, lang: Lang) -> Result<Loaded, Problem> {
        let loaded = Loaded::open_known_on(case, self.day_known()?, &Progress::default())?;
        let loaded = loaded.ok_or_else(|| Problem::file("problem-cancelled", case))?;
        told_of(&loaded.case, lang);
        Ok(loaded)
    }

    /// The same with no more columns than the flags and `wanted` need.
    pub fn open_wanted(&self, case: &Path, wanted: Wanted, lang: Lang) -> Result<Loaded, Problem> {
        let loaded = Loaded::open_wanted(case, self.day_known()?, wanted.and(self.wanted()?))?;
        told_of(&loaded.case, lang);
        Ok(loaded)
    }

    /// The same, to be asked once.
    pub fn ask(&self, case: &Path, wanted: Wanted, lang: Lang) -> Result<Asked, Problem> {
        let asked = Asked::open(case, self.day_known()?, wanted.and(self.wanted()?))?;
        told_of(&asked.case, lang);
        Ok(asked)
    }

    /// The columns that the flags need.
    fn wanted(&self) -> Result<Wanted, Problem> {
        let actors = [&self.actor, &self.side_a, &self.side_b];
        Ok(Wanted::LEAST
            .and_if(!self.kind.is_empty(), Wanted::KIND)
            .and_if(actors.iter().any(|a| !a.is_empty()), Wanted::ACTORS)
            .and_if(!self.admin.is_empty(), Wanted::ADMIN)
            .and_if(
                self.area.is_given(),
                Wanted::POSITION.and(Wanted::PRECISION),
            )
            .and_if(self.text.is_some(), Wanted::KEYS)
            .and_if(self.grade.is_some(), Wanted::GRADE)
            .and_if(self.precision.is_some(), Wanted::PRECISION)
            .and_if(!self.dataset.is_empty(), Wanted::DATASET))
    }

    fn day_known(&self) -> Result<Option<Date>, Problem> {
        let day = self.known_on.as_deref();
        day.map(|t| parse_date(t, true)).transpose()
    }

    fn datasets(&self, columns: &Columns) -> Result<BTreeSet<String>, Problem> {
        for name in &self.dataset {
            if columns.datasets.find(name).is_none() {
                let known: Vec<&str> = columns.datasets.iter().map(|(_, n)| n).collect();
                return Err(Problem::new("problem-no-such-dataset")
                    .with("name", name)
                    .with("known", known.join(", ")));
            }
        }
        Ok(self.dataset.iter().cloned().collect())
    }
}

/// A name in full, else comma-separated names; each in full, else every actor that holds it.
fn actors(columns: &Columns, asked: &[String]) -> Result<BTreeSet<String>, Problem> {
    let keyed: Vec<(String, &str)> = columns.actors.iter().map(|(_, n)| (key(n), n)).collect();
    let mut found = BTreeSet::new();
    for given in asked {
        let whole = key(given.trim());
        let parts: Vec<&str> = if keyed.iter().any(|(k, _)| *k == whole) {
            vec![given.as_str()]
        } else {
            given.split(',').collect()
        };
        for part in parts.iter().map(|p| p.trim()).filter(|p| !p.is_empty()) {
            let wanted = key(part);
            let exact: Vec<&str> = keyed
                .iter()
                .filter(|(k, _)| *k == wanted)
                .map(|(_, n)| *n)
                .collect();
            let like = || {
                keyed
                    .iter()
                    .filter(|(k, _)| k.contains(&wanted))
                    .map(|(_, n)| *n)
                    .collect()
            };
            let names: Vec<&str> = if exact.is_empty() { like() } else { exact };
            if names.is_empty() {
                return Err(Problem::new("problem-no-such-actor").with("name", part));
            }
            found.extend(names.into_iter().map(str::to_owned));
        }
    }
    Ok(found)
}

/// Each a place of the case: by its name or by its path, however it is spelled.
fn admins(columns: &Columns, asked: &[String]) -> Result<BTreeSet<String>, Problem> {
    let known: Vec<(&str, Vec<String>)> = columns
        .admins
        .iter()
        .map(|(_, path)| (path, path_keys(path)))
        .collect();
    let mut found = BTreeSet::new();
    for name in asked.iter().map(|n| n.trim()).filter(|n| !n.is_empty()) {
        let place = AskedAdmin::new(name);
        let shown = known
            .iter()
            .find_map(|(path, levels)| place.shown(path, levels));
        let shown =
            shown.ok_or_else(|| Problem::new("problem-no-such-admin").with("name", name))?;
        found.insert(shown);
    }
    Ok(found)
}

/// `B`, `2` or `B2`.
fn parse_grade(text: &str) -> Result<(Option<Reliability>, Option<Credibility>), Problem> {
    let upper = text.trim().to_ascii_uppercase();
    let both = Grade::parse(&upper).map(|g| (Some(g.reliability), Some(g.credibility)));
    let source = || Reliability::from_code(&upper).map(|r| (Some(r), None));
    let information = || Credibility::from_code(&upper).map(|c| (None, Some(c)));
    both.or_else(source)
        .or_else(information)
        .ok_or_else(|| Problem::new("problem-grade-argument").with("value", text))
}

/// A day, or the first or last one of a month or year.
pub(super) fn parse_date(text: &str, last: bool) -> Result<Date, Problem> {
    let bad = || Problem::new("problem-date-argument").with("value", text);
    let padded = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return Err(bad()),
    };
    let date: Date = padded.parse().map_err(|_| bad())?;
    Ok(match (text.len(), last) {
        (4, true) => date.last_of_year(),
        (7, true) => date.last_of_month(),
        _ => date,
    })
}

fn parse_kinds(codes: &[String]) -> Result<BTreeSet<Kind>, Problem> {
    let mut kinds = BTreeSet::new();
    for code in codes.iter().map(|c| c.trim()).filter(|c| !c.is_empty()) {
        if let Some(kind) = Kind::from_code(code) {
            kinds.insert(kind);
        } else if let Some(group) = KindGroup::from_code(code) {
            kinds.extend(group.kinds());
        } else {
            let known = KindGroup::ALL
                .iter()
                .map(|g| g.code())
                .chain(Kind::ALL.iter().map(|k| k.code()));
            return Err(Problem::new("problem-no-such-kind")
                .with("value", code)
                .with("known", known.collect::<Vec<_>>().join(", ")));
        }
    }
    Ok(kinds)
}

fn parse_precision(code: &str) -> Result<PlacePrecision, Problem> {
    PlacePrecision::from_code(code)
        .ok_or_else(|| Problem::new("problem-precision-argument").with("value", code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_dates_mean_their_ends() {
        let date = |t: &str, last| parse_date(t, last).unwrap().to_string();
        assert_eq!(date("2024", false), "2024-01-01");
        assert_eq!(date("2024", true), "2024-12-31");
        assert_eq!(date("2024-02", true), "2024-02-29");
        assert_eq!(date("2024-02-10", true), "2024-02-10");
        for bad in [
            "",
            "24",
            "2023-02-29",
            "2023-13",
            "20230101",
            "yesterday",
            "2023-1-1",
        ] {
            assert!(parse_date(bad, false).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_group_stands_for_its_kinds() {
        let kinds = parse_kinds(&["unrest".into(), "arrest".into()]).unwrap();
        assert_eq!(kinds.len(), 4);
        assert!(parse_kinds(&["riots".into()]).is_err());
    }

    #[test]
    fn a_grade_may_be_half_of_one() {
        let grade = |t: &str| {
            let (r, c) = parse_grade(t).unwrap();
            (r.map(Reliability::code), c.map(Credibility::code))
        };
        assert_eq!(grade("B2"), (Some("B"), Some("2")));
        assert_eq!(grade("b"), (Some("B"), None));
        assert_eq!(grade("3"), (None, Some("3")));
        for bad in ["", "G", "7", "2B", "B22"] {
            assert!(parse_grade(bad).is_err(), "{bad}");
        }
    }
}
