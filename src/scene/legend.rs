//! The key to a map: only what is drawn in the view.

use super::coloring::{Class, ColorBy, Coloring};
use super::density::{self, DensityColor, DensityScale, Drawn};
use super::dots;
use super::drawing::Color;
use super::layers::compare::Lean;
use super::layers::{counts, incidents, movements, places, reference, territories};
use super::ramp::Scale;
use super::symbols::{self, INNER_FROM_PX};
use super::theme::ThemeName;
use super::view::MapView;
use crate::domain::{Grade, Inner, Kind, Mark, MovementKind, PlacePrecision, Relation};
use crate::locale::{Lang, number, number_f64, tr, tr_args};
use crate::query::Compare;
use std::collections::{BTreeMap, BTreeSet};

/// Deaths that may serve as samples of size.
const SAMPLES: [u32; 4] = [0, 10, 30, 100];

#[derive(Clone, Debug, PartialEq)]
pub struct TerritoryKey {
    pub actor: String,
    pub relation: Relation,
    pub grade: Grade,
    pub color: Color,
    /// Low grade.
    pub dashed: bool,
    /// By relation, or because another actor's estimate overlaps.
    pub contested: bool,
}

/// The key to two times side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct CompareKey {
    pub windows: Compare,
    /// Incidents in the hexagons in view.
    pub a: u32,
    pub b: u32,
    /// By which of the two had more: hexagons, and incidents of A and of B in them.
    pub leans: Vec<(Lean, [u32; 3])>,
}

impl CompareKey {
    fn of(view: &MapView) -> Option<CompareKey> {
        let compared = view.compare?;
        let cells = compared.cells(view);
        let of = |lean: Lean| {
            let mut sums = [0; 3];
            for cell in cells.iter().filter(|c| c.lean == lean) {
                for (sum, n) in sums.iter_mut().zip([1, cell.a, cell.b]) {
                    *sum += n;
                }
            }
            (lean, sums)
        };
        let leans: Vec<_> = Lean::ALL.into_iter().map(of).collect();
        Some(CompareKey {
            windows: compared.windows,
            a: leans.iter().map(|(_, n)| n[1]).sum(),
            b: leans.iter().map(|(_, n)| n[2]).sum(),
            leans: leans.into_iter().filter(|(_, n)| n[0] > 0).collect(),
        })
    }
}

/// What the colours of counts say.
#[derive(Clone, Debug, PartialEq)]
pub struct DensityKey {
    pub of: Counted,
    /// Counts on the map and their places along the ramp, 0..=1: the fewest, round numbers, the most.
    pub counts: Vec<(u32, f32)>,
    /// Colours along the ramp as they look on land, evenly spaced up to that of the most; empty
    /// where colours say which marks.
    pub ramp: Vec<Color>,
}

/// A line of the key of incidents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeyLine {
    pub mark: Mark,
    pub kind: Option<Kind>,
    pub n: u32,
    /// A part of the line before it.
    pub below: bool,
}

impl KeyLine {
    #[must_use]
    pub fn name(&self, lang: Lang) -> String {
        let code = self.kind.map_or(self.mark.code(), Kind::code);
        tr(lang, &format!("kind-{code}"))
    }

    #[must_use]
    pub fn inner(&self) -> Inner {
        self.kind.map_or(Inner::Plain, Kind::inner)
    }
}

/// What is counted together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Counted {
    /// What lies in a dot so wide, metres in the middle of the map.
    Dot {
        width_m: f64,
    },
    /// What lies in a hexagon, about so wide, metres.
    Hexagon {
        width_m: f64,
    },
    Cluster,
}

impl DensityKey {
    /// What is counted, in a sentence.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match self.of {
            Counted::Dot { width_m } => {
                let args = [("width", &*rounded_distance(width_m))];
                tr_args(lang, "density-key-dot", &args)
            }
            Counted::Hexagon { width_m } => {
                let args = [("width", &*rounded_distance(width_m))];
                tr_args(lang, "density-key-hexagon", &args)
            }
            Counted::Cluster => tr(lang, "density-key-cluster"),
        }
    }
}

/// A count below the ramp.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub text: String,
    /// Where its colour is, px from the ramp's left end, and where the middle of its text stands.
    pub at_px: f32,
    pub text_px: f32,
}

impl DensityKey {
    /// Counts that find room below a ramp of `width_px`; `text_px` measures a text.
    #[must_use]
    pub fn ticks(&self, width_px: f32, text_px: impl Fn(&str) -> f32) -> Vec<Tick> {
        const GAP_PX: f32 = 8.0;
        let top = self.counts.last().map_or(0.0, |(_, place)| *place);
        let tick = |(n, place): &(u32, f32)| {
            let text = number(u64::from(*n));
            let at_px = if top > 0.0 { place / top } else { 0.0 } * width_px;
            let half = text_px(&text) / 2.0;
            let text_px = at_px.clamp(half, (width_px - half).max(half));
            (
                Tick {
                    text,
                    at_px,
                    text_px,
                },
                half,
            )
        };
        let all: Vec<(Tick, f32)> = self.counts.iter().map(tick).collect();
        // The fewest and the most first, then what finds room between.
        let order = (0..all.len()).take(1).chain((1..all.len()).rev().take(1));
        let between = (1..all.len().max(2) - 1).map(|i| (!is_ten(self.counts[i].0), i));
        let mut between: Vec<(bool, usize)> = between.collect();
        between.sort_unstable();
        let order = order.chain(between.into_iter().map(|(_, i)| i));
        let mut taken: Vec<&(Tick, f32)> = Vec::new();
        for i in order {
            let (tick, half) = &all[i];
            let free = |(other, other_half): &&(Tick, f32)| {
                (tick.text_px - other.text_px).abs() >= half + other_half + GAP_PX
            };
            if taken.iter().all(free) {
                taken.push(&all[i]);
            }
        }
        taken.iter().map(|(tick, _)| tick.clone()).collect()
    }

    /// What is counted and what the colours say, in sentences.
    #[must_use]
    pub fn sentences(&self, lang: Lang, theme: ThemeName) -> Vec<String> {
        let mut told = vec![self.words(lang)];
        if self.ramp.is_empty() && self.of != Counted::Cluster {
            told.push(tr(lang, "density-key-mixed"));
            let key = match theme {
                ThemeName::Light => "density-key-deeper-light",
                ThemeName::Dark => "density-key-deeper-dark",
            };
            let [least, most] = [self.counts.first(), self.counts.last()]
                .map(|c| number(u64::from(c.map_or(0, |c| c.0))));
            told.push(tr_args(lang, key, &[("least", &least), ("most", &most)]));
        }
        told
    }
}

/// One with noughts.
fn is_ten(n: u32) -> bool {
    n.checked_ilog10().is_some_and(|tens| n == 10_u32.pow(tens))
}

/// Two figures are enough: `1.2 km`, `35 km`, `480 m`.
fn rounded_distance(metres: f64) -> String {
    let two = |v: f64| {
        let digits = (1.0 - v.max(1e-6).log10().floor()).max(0.0) as usize;
        let step = 10_f64.powf(v.max(1e-6).log10().floor() - 1.0);
        number_f64((v / step).round() * step, digits)
    };
    if metres >= 1_000.0 {
        format!("{} km", two(metres / 1_000.0))
    } else {
        format!("{} m", two(metres))
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    /// Incidents in view.
    pub total: u32,
    /// Where incidents are drawn as counts.
    pub density: Option<DensityKey>,
    /// Marks in view with their incidents, most first; empty where nothing drawn tells them apart.
    pub marks: Vec<(Mark, u32)>,
    /// What colours say where that is not kinds, with the incidents of each class in view.
    pub color_by: ColorBy,
    pub classes: Vec<(Class, u32)>,
    /// Kinds in view with their incidents, and whether a symbol of it is big enough for its sign.
    pub kinds: Vec<(Kind, u32, bool)>,
    /// Somewhere in view more died than the biggest symbol can show.
    pub capped: bool,
    /// Deaths and the radius of a symbol for so many, px; empty where no deaths are in view.
    pub sizes: Vec<(u32, f32)>,
    pub territories: Vec<TerritoryKey>,
    /// Kinds of movement in view, with how many.
    pub movements: Vec<(MovementKind, u32)>,
    /// Places in view of which something was measured.
    pub places: u32,
    /// Areas that nobody is said to hold are outlined in view.
    pub outlines: bool,
    /// Some place in view is not exact.
    pub rings: bool,
    /// Some day in view is not known: lighter fills.
    pub lighter: bool,
    /// Where two times are compared: what the hexagons in view hold.
    pub compare: Option<CompareKey>,
    /// What the territory estimates want said, such as "illustrative, not an assessment".
    pub notes: Vec<String>,
}

impl Legend {
    /// Of what `view` draws.
    #[must_use]
    pub fn of(view: &MapView) -> Legend {
        let mut legend = Legend::default();
        if view.layers.incidents {
            match incidents::style_of(view) {
                Drawn::Symbols => legend.add_symbols(view),
                drawn => legend.add_counts(view, drawn),
            }
        }
        legend.compare = CompareKey::of(view);
        legend.add_territories(view);
        legend.add_ways(view);
        legend.outlines = reference::is_drawn(view);
        legend
    }

    /// The lines of incidents: each mark, and below it the kinds whose sign can be seen. Where all of
    /// a mark are of one kind, the line is that of the kind.
    #[must_use]
    pub fn lines(&self) -> Vec<KeyLine> {
        let mut lines = Vec::new();
        for (mark, n) in &self.marks {
            let mut of_it: Vec<_> = self.kinds.iter().filter(|k| k.0.mark() == *mark).collect();
            of_it.sort_by_key(|(_, n, _)| std::cmp::Reverse(*n));
            let only = match of_it[..] {
                [(kind, ..)] => Some(*kind),
                _ => None,
            };
            lines.push(KeyLine {
                mark: *mark,
                kind: only,
                n: *n,
                below: false,
            });
            let below = of_it.iter().filter(|k| only.is_none() && k.2);
            lines.extend(below.map(|(kind, n, _)| KeyLine {
                mark: *mark,
                kind: Some(*kind),
                n: *n,
                below: true,
            }));
        }
        lines
    }

    /// The name of the group of movements, places and outlines; `None` where there are none.
    #[must_use]
    pub fn ways_heading(&self) -> Option<&'static str> {
        match (self.movements.is_empty() && self.places == 0, self.outlines) {
            (false, _) => Some("legend-ways"),
            (true, true) => Some("legend-also"),
            (true, false) => None,
        }
    }

    fn add_counts(&mut self, view: &MapView, drawn: Drawn) {
        let in_view = density::in_view(view);
        self.total = in_view.incidents();
        if self.total == 0 {
            return;
        }
        let by_mark = drawn == Drawn::Clusters || view.layers.density.color == DensityColor::Kind;
        if by_mark {
            self.set_marks(&in_view.marks);
        }
        let (of, scale, opacity) = match drawn {
            Drawn::Density => {
                let raster = dots::raster(view);
                let width_m = f64::from(raster.dot_px) * view.camera.metres_per_px(view.camera.lat);
                let of = Counted::Dot { width_m };
                (of, raster.scale.clone(), dots::OPACITY)
            }
            _ => {
                let found = density::cells(view);
                let of = match drawn {
                    Drawn::Clusters => Counted::Cluster,
                    _ => Counted::Hexagon {
                        width_m: found.width_m,
                    },
                };
                (of, found.scale.clone(), counts::HEXAGON)
            }
        };
        let on_land = |i: usize| {
            let t = scale.place(scale.most) * i as f32 / (RAMP_STEPS - 1) as f32;
            view.theme.land.mix(view.theme.density(t), opacity)
        };
        self.density = Some(DensityKey {
            of,
            counts: listed(&scale, view.layers.density.scale),
            ramp: if by_mark {
                Vec::new()
            } else {
                (0..RAMP_STEPS).map(on_land).collect()
            },
        });
    }

    fn set_marks(&mut self, counts: &[u32; Mark::ALL.len()]) {
        let counted = Mark::ALL.iter().map(|m| (*m, counts[*m as usize]));
        self.marks = counted.filter(|(_, n)| *n > 0).collect();
        self.marks
            .sort_by_key(|(mark, n)| (std::cmp::Reverse(*n), *mark));
    }

    fn add_symbols(&mut self, view: &MapView) {
        let columns = view.columns;
        let mut counts = [0_u32; Mark::ALL.len()];
        let mut most_deaths = 0;
        let mut kinds = BTreeMap::<Kind, (u32, bool)>::new();
        let coloring = Coloring::of(view);
        let mut classes = vec![0_u32; coloring.as_ref().map_or(0, |c| c.classes.len())];
        let window = view.projector().window();
        for symbol in incidents::visible(view) {
            // A symbol that only reaches into the map has its place outside of it.
            let i = symbol.row as usize;
            if !window.holds(columns.world_x[i], columns.world_y[i]) {
                continue;
            }
            let kind = columns.kind[i];
            let (n, is_signed) = kinds.entry(kind).or_insert((0, false));
            *n += 1;
            *is_signed |= kind.inner() != Inner::Plain && symbol.radius_px >= INNER_FROM_PX;
            counts[columns.kind[i].mark() as usize] += 1;
            if let Some(coloring) = &coloring {
                classes[coloring.class(columns, symbol.row)] += 1;
            }
            most_deaths = most_deaths.max(columns.deaths(symbol.row).best.unwrap_or(0));
            self.rings |= view.layers.uncertainty_rings
                && columns.place_precision[i] != PlacePrecision::Exact;
            self.lighter |= !incidents::is_day_known(columns, symbol.row);
        }
        self.total = counts.iter().sum();
        self.set_marks(&counts);
        self.color_by = view.layers.color_by;
        let named = coloring.into_iter().flat_map(|c| c.classes);
        self.classes = named.zip(classes).filter(|(_, n)| *n > 0).collect();
        let kinds = kinds.into_iter();
        self.kinds = kinds.map(|(kind, (n, signed))| (kind, n, signed)).collect();
        self.capped =
            most_deaths > 0 && symbols::symbol_radius_px(Some(most_deaths)) >= symbols::LARGEST_PX;
        if most_deaths > 0 {
            let sample = |deaths: &u32| (*deaths, view.symbol_radius_px(Some(*deaths)));
            self.sizes = SAMPLES
                .iter()
                .filter(|d| **d <= most_deaths.max(10))
                .map(sample)
                .collect();
        }
    }

    fn add_ways(&mut self, view: &MapView) {
        let shown = movements::shown(view);
        let of = |kind: MovementKind| shown.iter().filter(|s| s.track.kind == kind).count() as u32;
        let counted = MovementKind::ALL.iter().map(|kind| (*kind, of(*kind)));
        self.movements = counted.filter(|(_, n)| *n > 0).collect();
        self.places = places::shown(view).len() as u32;
    }

    fn add_territories(&mut self, view: &MapView) {
        let mut notes = BTreeSet::new();
        for shown in territories::shown(view) {
            let t = shown.estimate;
            let key = TerritoryKey {
                actor: t.actor.name.clone(),
                relation: t.relation,
                grade: t.grade,
                color: shown.color,
                dashed: t.grade.is_low(),
                contested: shown.is_contested(),
            };
            let same = |k: &&mut TerritoryKey| {
                (&k.actor, k.relation, k.grade) == (&key.actor, key.relation, key.grade)
            };
            match self.territories.iter_mut().find(same) {
                Some(known) => known.contested |= key.contested,
                None => self.territories.push(key),
            }
            let note = t.note.in_language(view.lang.is_spanish()).trim();
            if !note.is_empty() {
                notes.insert(note.to_owned());
            }
        }
        self.territories.sort_by(|a, b| {
            (&a.actor, a.relation, a.grade.to_string()).cmp(&(
                &b.actor,
                b.relation,
                b.grade.to_string(),
            ))
        });
        self.notes = notes.into_iter().collect();
    }
}

/// Steps that a ramp is drawn in.
const RAMP_STEPS: usize = 48;

/// One, ten, a hundred and so on up to the most there are, and that; with two and five of each
/// where colours go by rank, as tens may lie far apart there.
fn listed(scale: &Scale, by: DensityScale) -> Vec<(u32, f32)> {
    let steps: &[u32] = match by {
        DensityScale::Log => &[1],
        DensityScale::EqualArea => &[1, 2, 5],
    };
    let round = (0..9).flat_map(|i| steps.iter().map(move |k| k * 10_u32.pow(i)));
    let mut counts: Vec<u32> = round.take_while(|n| *n <= scale.most).collect();
    if counts.last().is_some_and(|n| *n < scale.most) {
        counts.push(scale.most);
    }
    counts.iter().map(|n| (*n, scale.place(*n))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Deaths, Filter, Incident, Kind, TerritoryEstimate};
    use crate::query::select;
    use crate::scene::{Camera, LayerSet, Theme, sample};

    fn legend(
        incidents: &[Incident],
        territories: &[TerritoryEstimate],
        layers: LayerSet,
    ) -> Legend {
        let columns = sample::columns(incidents);
        let selection = select(&columns, &Filter::default());
        Legend::of(&MapView {
            territories,
            layers,
            ..MapView::new(
                Camera {
                    lon: -99.5,
                    lat: 27.5,
                    zoom: 7.0,
                },
                [800.0, 600.0],
                &Theme::LIGHT,
                Lang::Es,
                &columns,
                &selection,
            )
        })
    }

    #[test]
    fn colours_that_say_years_are_listed_with_their_incidents() {
        let on = |date: &str| {
            let mut incident = sample::incident(-99.5, 27.5, Kind::GunBattle);
            incident.when = crate::domain::When::day(date.parse().unwrap());
            incident
        };
        let by_year = LayerSet {
            color_by: ColorBy::Year,
            ..LayerSet::default()
        };
        let rows = [on("2023-05-01"), on("2025-02-03"), on("2025-02-03")];
        let found = legend(&rows, &[], by_year);
        let classes = found.classes.iter().map(|(c, n)| (c.name.as_str(), *n));
        assert_eq!(classes.collect::<Vec<_>>(), [("2023", 1), ("2025", 2)]);
        assert_ne!(found.classes[0].0.color, found.classes[1].0.color);
        // The shapes still say kinds: all of one are one line.
        let lines = found.lines();
        assert_eq!((lines.len(), lines[0].kind), (1, Some(Kind::GunBattle)));
    }

    fn square(lon: f64, lat: f64) -> [(f64, f64); 5] {
        [
            (lon, lat),
            (lon + 1.0, lat),
            (lon + 1.0, lat + 1.0),
            (lon, lat + 1.0),
            (lon, lat),
        ]
    }

    #[test]
    fn it_lists_only_what_is_in_view() {
        let here = |kind| sample::incident(-99.5, 27.5, kind);
        let mut deadly = here(Kind::GunBattle);
        deadly.deaths = Deaths::exactly(12);
        let far = sample::incident(10.0, 50.0, Kind::Protest);
        let mut vague = here(Kind::Seizure);
        vague.position.precision = PlacePrecision::Municipality;
        let all = LayerSet::default();
        let found = legend(
            &[
                deadly.clone(),
                here(Kind::Homicide),
                far.clone(),
                here(Kind::Raid),
            ],
            &[],
            all,
        );
        assert_eq!(
            found.marks,
            [(Mark::ArmedViolence, 2), (Mark::StateAction, 1)]
        );
        assert_eq!(found.total, 3);
        assert_eq!(found.sizes.iter().map(|s| s.0).collect::<Vec<_>>(), [0, 10]);
        assert!(!found.rings && !found.lighter);
        assert!(legend(&[vague.clone()], &[], all).rings);
        assert!(legend(&[far], &[], all).marks.is_empty());
        assert_eq!(
            legend(
                &[deadly],
                &[],
                LayerSet {
                    incidents: false,
                    ..all
                }
            ),
            Legend::default()
        );
    }

    #[test]
    fn movements_and_places_in_view_are_explained() {
        use crate::scene::ways::{Spot, Track, Ways};
        let line: &[(f64, f64)] = &[(-99.5, 27.0), (-99.0, 28.0)];
        let mut flow = sample::movement(&[line]);
        flow.kind = MovementKind::Flow;
        let far: &[(f64, f64)] = &[(10.0, 50.0), (11.0, 50.0)];
        let tracks = [
            Track::new(1, "test", &flow),
            Track::new(2, "test", &sample::movement(&[far])),
        ];
        let spot = |lon, lat| Spot {
            id: 1,
            name: crate::domain::LocalText::new("Bridge"),
            dataset: "test".to_owned(),
            lon_lat: [lon, lat],
        };
        let spots = [spot(-99.5, 27.5), spot(10.0, 50.0)];
        let ways = Ways {
            tracks: &tracks,
            spots: &spots,
            ..Ways::default()
        };
        let found = sample::with_view(ways, Legend::of);
        assert_eq!(found.movements, [(MovementKind::Flow, 1)]);
        assert_eq!(found.places, 1);
    }

    #[test]
    fn territories_in_view_with_grade_note_and_contest() {
        let a = sample::territory("A", Relation::Present, "C3", &square(-100.0, 27.0));
        let b = sample::territory("B", Relation::Present, "D4", &square(-99.5, 27.2));
        let neighbour = sample::territory("C", Relation::Controls, "B2", &square(-99.0, 26.0));
        let far = sample::territory("D", Relation::Present, "B2", &square(10.0, 50.0));
        let found = legend(
            &[],
            &[a.clone(), b, neighbour.clone(), far],
            LayerSet::default(),
        );
        let keys: Vec<_> = found
            .territories
            .iter()
            .map(|k| (k.actor.as_str(), k.dashed, k.contested))
            .collect();
        assert_eq!(
            keys,
            [("A", false, true), ("B", true, true), ("C", false, false)]
        );
        assert_eq!(found.notes, ["ilustrativo, no es una evaluación"]);
        // The same actor keeps its colour whoever else is shown.
        assert_ne!(found.territories[0].color, found.territories[1].color);
        assert!(
            legend(
                &[],
                &[a],
                LayerSet {
                    territories: false,
                    ..LayerSet::default()
                }
            )
            .territories
            .is_empty()
        );
    }
}
