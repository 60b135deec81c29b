//! The parts of a filter as tests of rows, each made ready for one set of columns.

use super::judge::{Ask, Part, RowSet, Window};
use crate::domain::inside::Prepared;
use crate::domain::{Credibility, Filter, Kind, PlacePrecision, Reliability};
use crate::gazetteer::{AskedAdmin, path_keys};
use crate::index::{Columns, NameId, Names, Row, RowActor, UNKNOWN_DEATHS};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One part made ready for one set of columns; names are looked up once.
pub(super) enum Test {
    Time {
        from: i32,
        to: i32,
        certain: bool,
    },
    Kind([bool; Kind::ALL.len()]),
    /// By `RowActor::bits`.
    Actors(Part, Vec<bool>),
    Dataset(Vec<bool>),
    Admin(Vec<bool>),
    Area(Box<Prepared>),
    Deaths(u32, u32),
    Precision(PlacePrecision),
    Grade(Reliability, Credibility),
    Text(Arc<RowSet>),
    /// The part is not asked for any more.
    Open(Part),
}

/// The tests of the parts in which `ask` differs from what was asked before.
pub(super) fn tests(
    columns: &Columns,
    old: &Filter,
    ask: Ask,
    found: Option<&Arc<RowSet>>,
) -> Vec<Test> {
    let new = ask.filter;
    let mut tests = Vec::new();
    let mut add = |changed: bool, part: Part, test: &dyn Fn() -> Option<Test>| {
        if changed {
            tests.push(test().unwrap_or(Test::Open(part)));
        }
    };
    let window = |f: &Filter| {
        (
            f.from,
            f.to,
            f.certain && (f.from.is_some() || f.to.is_some()),
        )
    };
    add(window(old) != window(new), Part::Time, &|| time_test(new));
    add(old.kinds != new.kinds, Part::Kind, &|| {
        let wanted = |i: usize| new.kinds.contains(&Kind::ALL[i]);
        (!new.kinds.is_empty()).then(|| Test::Kind(std::array::from_fn(wanted)))
    });
    for (part, old, new) in [
        (Part::Actor, &old.actors, &new.actors),
        (Part::SideA, &old.side_a, &new.side_a),
        (Part::SideB, &old.side_b, &new.side_b),
    ] {
        add(old != new, part, &|| {
            (!new.is_empty()).then(|| Test::Actors(part, wanted_actors(columns, part, new)))
        });
    }
    add(old.datasets != new.datasets, Part::Dataset, &|| {
        let datasets = || wanted(&columns.datasets, |name| new.datasets.contains(name));
        (!new.datasets.is_empty()).then(|| Test::Dataset(datasets()))
    });
    add(old.admin != new.admin, Part::Admin, &|| {
        (!new.admin.is_empty()).then(|| admin_test(columns, new))
    });
    add(old.area != new.area, Part::Area, &|| {
        let area = new.area.as_ref()?;
        Some(Test::Area(Box::new(Prepared::new(area))))
    });
    let deaths = |f: &Filter| (f.min_deaths, f.max_deaths);
    add(deaths(old) != deaths(new), Part::Deaths, &|| {
        let most = new.max_deaths.unwrap_or(u32::MAX).min(UNKNOWN_DEATHS - 1);
        let least = new.min_deaths.unwrap_or(0);
        (deaths(new) != (None, None)).then_some(Test::Deaths(least, most))
    });
    add(old.precision != new.precision, Part::Precision, &|| {
        new.precision.map(Test::Precision)
    });
    let grade = |f: &Filter| (f.reliability, f.credibility);
    add(grade(old) != grade(new), Part::Grade, &|| {
        let reliability = new.reliability.unwrap_or(Reliability::F);
        let credibility = new.credibility.unwrap_or(Credibility::Six);
        (grade(new) != (None, None)).then_some(Test::Grade(reliability, credibility))
    });
    let same = match (found, ask.found) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    add(!same, Part::Text, &|| ask.found.cloned().map(Test::Text));
    tests
}

fn admin_test(columns: &Columns, filter: &Filter) -> Test {
    let asked: Vec<AskedAdmin> = filter.admin.iter().map(|a| AskedAdmin::new(a)).collect();
    Test::Admin(wanted(&columns.admins, |path| {
        let levels = path_keys(path);
        asked.iter().any(|asked| asked.holds(&levels))
    }))
}

fn time_test(filter: &Filter) -> Option<Test> {
    (filter.from.is_some() || filter.to.is_some()).then(|| {
        let window = Window::of(filter);
        Test::Time {
            from: window.from,
            to: window.to,
            certain: filter.certain,
        }
    })
}

fn wanted(names: &Names, is: impl Fn(&str) -> bool) -> Vec<bool> {
    names.iter().map(|(_, name)| is(name)).collect()
}

fn wanted_actors(columns: &Columns, part: Part, asked: &BTreeSet<String>) -> Vec<bool> {
    let mut flags = vec![false; columns.actors.len() * 4];
    for id in asked
        .iter()
        .flat_map(|name| columns.actors.find_spellings(name))
    {
        for sides in 0..4 {
            let on = RowActor::new(id, sides & 1 != 0, sides & 2 != 0);
            flags[on.bits() as usize] = match part {
                Part::SideA => on.on_a(),
                Part::SideB => on.on_b(),
                _ => true,
            };
        }
    }
    flags
}

impl Test {
    /// Whether it is on the time window.
    pub fn is_time(&self) -> bool {
        matches!(self, Test::Time { .. } | Test::Open(Part::Time))
    }

    /// Sets or clears the part's bit of the rows from `first` on.
    pub fn mark(&self, c: &Columns, first: usize, failed: &mut [u16]) {
        let rows = first..first + failed.len();
        match self {
            Test::Time { from, to, certain } => {
                let intervals = c.start_day[rows.clone()].iter().zip(&c.end_day[rows]);
                if *certain {
                    set(
                        failed,
                        Part::Time,
                        intervals.map(|(s, e)| (s >= from) & (e <= to)),
                    );
                } else {
                    set(
                        failed,
                        Part::Time,
                        intervals.map(|(s, e)| (s <= to) & (e >= from)),
                    );
                }
            }
            Test::Kind(wanted) => {
                let kinds = c.kind[rows].iter();
                set(failed, Part::Kind, kinds.map(|k| wanted[*k as usize]));
            }
            Test::Actors(part, wanted) => {
                let has = |a: &RowActor| wanted.get(a.bits() as usize) == Some(&true);
                let any = |row| c.actors_of(row as Row).iter().any(has);
                set(failed, *part, rows.map(any));
            }
            Test::Dataset(wanted) => {
                let ids = c.dataset[rows].iter();
                set(failed, Part::Dataset, ids.map(|id| is(wanted, *id)));
            }
            Test::Admin(wanted) => {
                let ids = c.admin[rows].iter();
                set(failed, Part::Admin, ids.map(|id| is(wanted, *id)));
            }
            Test::Area(area) => {
                let places = c.lon[rows.clone()].iter().zip(&c.lat[rows]);
                set(
                    failed,
                    Part::Area,
                    places.map(|(lon, lat)| area.contains(*lon, *lat)),
                );
            }
            Test::Deaths(least, most) => {
                let best = c.deaths_best[rows].iter();
                set(
                    failed,
                    Part::Deaths,
                    best.map(|n| (n >= least) & (n <= most)),
                );
            }
            Test::Precision(worst) => {
                let precisions = c.place_precision[rows].iter();
                set(failed, Part::Precision, precisions.map(|p| p <= worst));
            }
            Test::Grade(reliability, credibility) => {
                let grades = c.reliability[rows.clone()].iter().zip(&c.credibility[rows]);
                set(
                    failed,
                    Part::Grade,
                    grades.map(|(r, k)| (r <= reliability) & (k <= credibility)),
                );
            }
            Test::Text(found) => set(failed, Part::Text, rows.map(|row| found.contains(row))),
            Test::Open(part) => failed.iter_mut().for_each(|f| *f &= !(*part as u16)),
        }
    }
}

fn is(wanted: &[bool], id: NameId) -> bool {
    wanted.get(id.0 as usize) == Some(&true)
}

fn set(failed: &mut [u16], part: Part, passes: impl Iterator<Item = bool>) {
    let bit = part as u16;
    for (f, passes) in failed.iter_mut().zip(passes) {
        *f = (*f & !bit) | (u16::from(!passes) * bit);
    }
}
