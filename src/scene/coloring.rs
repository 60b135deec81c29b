//! What the colours of symbols say: kinds, or what somebody chose instead. Shapes stay those of kinds.

use super::drawing::Color;
use super::style::ColorBy;
use super::theme::Theme;
use super::view::MapView;
use crate::domain::when::date_of;
use crate::index::{Columns, NameId, Row, RowActor};
use crate::locale::{Lang, tr};
use crate::query::{DEATH_CLASSES, class_of};

/// Actors and datasets with a colour of their own: more could not be told apart.
pub const MOST_NAMED: usize = 8;
/// Classes of years at most.
const MOST_YEARS: i32 = 6;

/// The classes of a colouring, in the order of the key, and which one a row is of.
pub struct Coloring {
    pub classes: Vec<Class>,
    of: Of,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    pub name: String,
    pub color: Color,
}

/// How a row finds its class.
enum Of {
    /// Class by name; two more follow: of other actors, and of none.
    Side(Vec<NameId>, fn(RowActor) -> bool),
    Deaths,
    /// Years a class, from the year of the first.
    Year {
        first: i32,
        step: i32,
    },
    Dataset(usize),
}

impl Coloring {
    /// `None` where colours say kinds.
    #[must_use]
    pub fn of(view: &MapView) -> Option<Coloring> {
        let (theme, lang, c) = (view.theme, view.lang, view.columns);
        let [side_a, side_b] = &view.selection.leading;
        Some(match view.layers.color_by {
            ColorBy::Kind => return None,
            ColorBy::SideA => sides(theme, lang, c, side_a, RowActor::on_a),
            ColorBy::SideB => sides(theme, lang, c, side_b, RowActor::on_b),
            ColorBy::Deaths => deaths(theme, lang),
            ColorBy::Year => years(theme, c),
            ColorBy::Dataset => datasets(theme, lang, c),
        })
    }

    /// The number of a row's class.
    #[must_use]
    pub fn class(&self, c: &Columns, row: Row) -> usize {
        let at = row as usize;
        match &self.of {
            Of::Side(named, stands) => {
                let mut those = c.actors_of(row).iter().filter(|a| stands(**a)).peekable();
                if those.peek().is_none() {
                    return named.len() + 1;
                }
                // Of several the most frequent.
                let places = those.filter_map(|a| named.iter().position(|n| *n == a.actor()));
                places.min().unwrap_or(named.len())
            }
            Of::Deaths => class_of(c.deaths_best[at]),
            Of::Year { first, step } => {
                let year = i32::from(date_of(c.start_day[at]).year());
                let class = (year - first).div_euclid(*step).max(0) as usize;
                class.min(self.classes.len() - 1)
            }
            Of::Dataset(named) => (c.dataset[at].0 as usize).min(*named),
        }
    }

    #[must_use]
    pub fn color(&self, c: &Columns, row: Row) -> Color {
        let class = self.classes.get(self.class(c, row));
        class.map_or(Color::hex(0), |class| class.color)
    }
}

fn sides(
    theme: &Theme,
    lang: Lang,
    c: &Columns,
    leading: &[NameId],
    stands: fn(RowActor) -> bool,
) -> Coloring {
    let named: Vec<NameId> = leading.iter().copied().take(MOST_NAMED).collect();
    let names = named.iter().map(|id| c.actors.get(*id).to_owned());
    let mut classes: Vec<Class> = names
        .enumerate()
        .map(|(i, name)| Class {
            name,
            color: theme.category(i),
        })
        .collect();
    classes.push(Class {
        name: tr(lang, text!("color-others")),
        color: theme.other(),
    });
    classes.push(Class {
        name: tr(lang, text!("color-no-actor")),
        color: theme.faint,
    });
    Coloring {
        classes,
        of: Of::Side(named, stands),
    }
}

fn deaths(theme: &Theme, lang: Lang) -> Coloring {
    let last = DEATH_CLASSES.len() - 1;
    let classes = DEATH_CLASSES.iter().enumerate().map(|(i, least)| Class {
        name: match DEATH_CLASSES.get(i + 1) {
            Some(next) if *next == least + 1 => least.to_string(),
            Some(next) => format!("{least}–{}", next - 1),
            None => format!("{least}+"),
        },
        color: match i {
            0 => theme.other(),
            _ => theme.density((i - 1) as f32 / (last - 1) as f32),
        },
    });
    let unknown = Class {
        name: tr(lang, text!("color-deaths-unknown")),
        color: theme.faint,
    };
    Coloring {
        classes: classes.chain([unknown]).collect(),
        of: Of::Deaths,
    }
}

/// Even classes over the years of the whole case, so that a year keeps its colour whatever is filtered.
fn years(theme: &Theme, c: &Columns) -> Coloring {
    let (first, last) = c.day_extent().unwrap_or_default();
    let (first, last) = (date_of(first).year(), date_of(last).year());
    let (first, last) = (i32::from(first), i32::from(last));
    let fits = |step: &i32| last.div_euclid(*step) - first.div_euclid(*step) < MOST_YEARS;
    let step = [1, 2, 5, 10, 20, 50, 100, 500, 1_000, 5_000, 20_000]
        .into_iter()
        .find(fits)
        .unwrap_or(20_000);
    let start = first.div_euclid(step) * step;
    let n = (last - start).div_euclid(step) + 1;
    let classes = (0..n).map(|i| {
        let from = start + i * step;
        Class {
            name: match (from.max(first), (from + step - 1).min(last)) {
                (a, b) if a == b => a.to_string(),
                (a, b) => format!("{a}–{b}"),
            },
            color: theme.density(if n > 1 {
                i as f32 / (n - 1) as f32
            } else {
                0.0
            }),
        }
    });
    Coloring {
        classes: classes.collect(),
        of: Of::Year { first: start, step },
    }
}

fn datasets(theme: &Theme, lang: Lang, c: &Columns) -> Coloring {
    let mut classes: Vec<Class> = c
        .datasets
        .iter()
        .take(MOST_NAMED)
        .enumerate()
        .map(|(i, (_, name))| Class {
            name: name.to_owned(),
            color: theme.category(i),
        })
        .collect();
    let named = classes.len();
    classes.push(Class {
        name: tr(lang, text!("color-others")),
        color: theme.other(),
    });
    Coloring {
        classes,
        of: Of::Dataset(named),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Actor, ActorType, Deaths, Incident, Kind};
    use crate::scene::{LayerSet, sample};

    fn names(incidents: &[Incident], by: ColorBy) -> Vec<String> {
        let columns = sample::columns(incidents);
        sample::with_rows(&columns, |view| {
            let layers = LayerSet {
                color_by: by,
                ..view.layers
            };
            let coloring = Coloring::of(&MapView { layers, ..*view }).unwrap();
            let rows = 0..columns.len() as Row;
            rows.map(|row| coloring.classes[coloring.class(&columns, row)].name.clone())
                .collect()
        })
    }

    fn on(date: &str, deaths: Deaths, actor: Option<&str>) -> Incident {
        Incident {
            when: crate::domain::When::day(date.parse().unwrap()),
            deaths,
            side_a: actor
                .map(|a| Actor::new(a, ActorType::CartelOrGang))
                .into_iter()
                .collect(),
            ..sample::incident(-99.5, 27.5, Kind::GunBattle)
        }
    }

    #[test]
    fn each_row_finds_its_class() {
        let rows = [
            on("1989-05-01", Deaths::UNKNOWN, Some("A")),
            on("2003-01-01", Deaths::exactly(0), None),
            on("2010-07-01", Deaths::exactly(12), Some("A")),
            on("2023-12-31", Deaths::exactly(400), Some("B")),
        ];
        assert_eq!(
            names(&rows, ColorBy::Year),
            ["1989", "2000–2009", "2010–2019", "2020–2023"]
        );
        assert_eq!(
            names(&rows, ColorBy::Deaths),
            ["not reported", "0", "10–24", "100+"]
        );
        assert_eq!(names(&rows, ColorBy::SideA), ["A", "not named", "A", "B"]);
        assert_eq!(names(&rows, ColorBy::Dataset), ["test"; 4]);
    }
}
