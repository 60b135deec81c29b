//! The key of incidents: marks and kinds in view, sizes, and what counts and colours say.

use super::{LAYER, RINGS, counts, is_day_known, style_of, visible};
use crate::domain::{Inner, Kind, Mark, PlacePrecision};
use crate::locale::{Lang, TextKey, number, tr, tr_args};
use crate::scene::coloring::{Class, Coloring};
use crate::scene::drawing::{Color, Point, Primitive, Stroke};
use crate::scene::key::{KeyLine, KeyPart, KeyRow, Medium, Section, Sizes};
use crate::scene::ramp_key::{Counted, RampKey, listed, on_land};
use crate::scene::style::{ColorBy, DensityColor, Drawn};
use crate::scene::symbols::{self, INNER_FROM_PX};
use crate::scene::theme::Theme;
use crate::scene::view::MapView;
use crate::scene::{density, dots};
use std::collections::BTreeMap;

/// Deaths that may serve as samples of size.
const SAMPLES: [u32; 4] = [0, 10, 30, 100];

/// A line of the key of incidents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KindLine {
    pub mark: Mark,
    pub kind: Option<Kind>,
    pub n: u32,
    /// A part of the line before it.
    pub below: bool,
}

impl KindLine {
    #[must_use]
    pub fn name(&self, lang: Lang) -> String {
        let code = self.kind.map_or(self.mark.code(), Kind::code);
        tr(lang, text!("kind-" + code))
    }

    #[must_use]
    pub fn inner(&self) -> Inner {
        self.kind.map_or(Inner::Plain, Kind::inner)
    }
}

/// What is explained of incidents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IncidentKey {
    /// Incidents in view.
    pub total: u32,
    /// Where incidents are drawn as counts.
    pub density: Option<RampKey>,
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
    /// Some place in view is not exact.
    pub rings: bool,
    /// Some day in view is not known: lighter fills.
    pub lighter: bool,
}

impl IncidentKey {
    /// Of what `view` draws.
    #[must_use]
    pub fn of(view: &MapView) -> IncidentKey {
        let mut key = IncidentKey::default();
        if view.layers.is_on(LAYER.id) {
            match style_of(view) {
                Drawn::Symbols => key.add_symbols(view),
                drawn => key.add_counts(view, drawn),
            }
        }
        key
    }

    /// The lines of incidents: each mark, and below it the kinds whose sign can be seen. Where all of
    /// a mark are of one kind, the line is that of the kind.
    #[must_use]
    pub fn lines(&self) -> Vec<KindLine> {
        let mut lines = Vec::new();
        for (mark, n) in &self.marks {
            let mut of_it: Vec<_> = self.kinds.iter().filter(|k| k.0.mark() == *mark).collect();
            of_it.sort_by_key(|(_, n, _)| std::cmp::Reverse(*n));
            let only = match of_it[..] {
                [(kind, ..)] => Some(*kind),
                _ => None,
            };
            lines.push(KindLine {
                mark: *mark,
                kind: only,
                n: *n,
                below: false,
            });
            let below = of_it.iter().filter(|k| only.is_none() && k.2);
            lines.extend(below.map(|(kind, n, _)| KindLine {
                mark: *mark,
                kind: Some(*kind),
                n: *n,
                below: true,
            }));
        }
        lines
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
        self.density = Some(RampKey {
            of,
            counts: listed(&scale, view.layers.density.scale),
            ramp: match by_mark {
                true => Vec::new(),
                false => on_land(view.theme, &scale, opacity),
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
        let has_rings = view.layers.is_on(RINGS);
        for symbol in visible(view) {
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
            self.rings |= has_rings && columns.place_precision[i] != PlacePrecision::Exact;
            self.lighter |= !is_day_known(columns, symbol.row);
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
}

pub(super) fn part(view: &MapView, medium: Medium) -> Option<KeyPart> {
    let say = |key: TextKey| tr(view.lang, key);
    let key = match view.compare {
        Some(_) => return None,
        None => IncidentKey::of(view),
    };
    let section = Section::Incidents;
    if key.total == 0 {
        return (medium == Medium::Page).then(|| KeyPart {
            section,
            head: say(text!("page-key-incidents")),
            rows: vec![KeyRow::Says(say(text!("page-key-none")), 2)],
        });
    }
    let mut head = key.head(view, medium);
    let mut rows = key.class_rows(medium);
    if !rows.is_empty() {
        let by = tr(view.lang, text!("color-by-" + key.color_by.code()));
        match medium {
            Medium::Window => {
                let head = std::mem::replace(&mut head, by);
                rows.extend([KeyRow::Gap(6.0), KeyRow::Head(head)]);
            }
            Medium::Page => {
                let says = tr(view.lang, text!("color-says", what = by.to_lowercase()));
                rows.insert(0, KeyRow::Says(says, 1));
                rows.push(KeyRow::Says(say(text!("color-shapes")), 1));
            }
        }
    }
    rows.extend(key.kind_rows(view, medium));
    rows.extend(match key.density {
        Some(_) => key.count_rows(view, medium),
        None => key.symbol_rows(view, medium),
    });
    Some(KeyPart {
        section,
        head,
        rows,
    })
}

impl IncidentKey {
    fn head(&self, view: &MapView, medium: Medium) -> String {
        let [n, all] = [u64::from(self.total), view.selection.len() as u64].map(number);
        let args = [("n", n.as_str()), ("all", &all)];
        match (&self.density, medium) {
            (Some(key), Medium::Page) if !key.ramp.is_empty() => {
                tr(view.lang, text!("page-key-counts"))
            }
            (_, Medium::Page) => tr(view.lang, text!("page-key-incidents")),
            (Some(_), _) => tr_args(view.lang, text!("legend-incidents-total"; n), &args[..1]),
            (None, _) if n == all => tr(view.lang, text!("legend-incidents")),
            // The others lie beside the map, or stand for ones that do.
            (None, _) => tr_args(view.lang, text!("legend-incidents-of"; all, n), &args),
        }
    }

    /// What lighter fills, rings and sizes mean.
    fn symbol_rows(self, view: &MapView, medium: Medium) -> Vec<KeyRow> {
        let say = |window, page| tr(view.lang, medium.pick(window, page));
        let lead = self.marks.first().map_or(Mark::Context, |(mark, _)| *mark);
        let middle = medium.sign_px();
        let rings = self.rings.then(|| {
            let sign = move |theme: &Theme, [x, y]: Point| {
                let (radius, pen) = match medium {
                    Medium::Window => (7.0, Stroke::dashed(theme.muted, 1.2, [3.0, 2.5])),
                    Medium::Page => (7.5, Stroke::dashed(theme.mark(lead), 1.0, [3.0, 2.4])),
                };
                vec![Primitive::circle([x + middle, y], radius, None, Some(pen))]
            };
            plain(sign, say(text!("legend-ring"), text!("page-key-rings")))
        });
        let lighter = self.lighter.then(|| {
            let sign = move |theme: &Theme, [x, y]: Point| {
                let (at, ink) = ([x + middle, y], theme.mark(lead));
                let pen = Stroke::solid(ink.with_alpha(0.7), 1.0);
                vec![match medium {
                    Medium::Window => {
                        Primitive::circle(at, 5.5, Some(ink.with_alpha(0.25)), Some(pen))
                    }
                    Medium::Page => sample(theme, lead, at, 6.2, 0.26),
                }]
            };
            plain(
                sign,
                say(text!("legend-lighter"), text!("page-key-lighter")),
            )
        });
        let has_sizes = !self.sizes.is_empty();
        let sizes = has_sizes.then_some(KeyRow::Sizes(Sizes {
            samples: self.sizes,
            is_capped: self.capped,
            sign: Box::new(move |theme, at, radius| {
                let (ink, pen) = (
                    theme.mark(lead).with_alpha(0.6),
                    Stroke::solid(theme.hairline, 1.0),
                );
                match medium {
                    Medium::Window => Primitive::circle(at, radius, Some(ink), Some(pen)),
                    Medium::Page => sample(theme, lead, at, radius, 0.6),
                }
            }),
        }));
        let in_window = medium == Medium::Window && has_sizes;
        let gap = in_window.then_some(KeyRow::Gap(6.0));
        let head =
            in_window.then(|| KeyRow::Head(say(text!("legend-deaths"), text!("legend-deaths"))));
        let rows = match medium {
            Medium::Window => [rings, lighter, gap, head, sizes],
            Medium::Page => [sizes, lighter, rings, None, None],
        };
        rows.into_iter().flatten().collect()
    }

    /// What counts on the map count, and what their colours say.
    fn count_rows(self, view: &MapView, medium: Medium) -> Vec<KeyRow> {
        let total = (medium == Medium::Page).then(|| {
            let total = number(u64::from(self.total));
            KeyRow::Total(tr(view.lang, text!("density-key-total")), total)
        });
        let Some(key) = self.density else {
            return Vec::new();
        };
        let sentences = key.sentences(view.lang, view.theme.name);
        let ramp = (!key.ramp.is_empty()).then_some(KeyRow::Ramp(key));
        let rows = total.into_iter().chain(ramp);
        rows.chain(sentences.into_iter().map(|s| KeyRow::Note(s, 3)))
            .collect()
    }

    /// What colours say where that is not kinds; what follows says what shapes do.
    fn class_rows(&self, medium: Medium) -> Vec<KeyRow> {
        let (radius, opacity) = medium.pick((5.5, 1.0), (6.2, 0.75));
        let row = |(class, n): &(Class, u32)| {
            let ink = class.color.with_alpha(opacity);
            let sign = move |_: &Theme, [x, y]: Point| {
                let at = [x + medium.sign_px(), y];
                vec![Primitive::circle(at, radius, Some(ink), None)]
            };
            KeyRow::Line(KeyLine::new(
                sign,
                class.name.clone(),
                number(u64::from(*n)),
            ))
        };
        self.classes.iter().map(row).collect()
    }

    fn kind_rows(&self, view: &MapView, medium: Medium) -> Vec<KeyRow> {
        let row = |line: KindLine| {
            let sign = move |theme: &Theme, [x, y]: Point| {
                let at = [x + medium.sign_px(), y];
                let (mark, inner, ink) = (line.mark, line.inner(), theme.mark(line.mark));
                let radius = if inner == Inner::Plain { 5.5 } else { 7.0 };
                // As on the map but opaque; the outline's colour is that of the sign inside.
                let none = Stroke::solid(theme.panel, 0.0);
                let pen = Stroke::solid(theme.background, 0.8);
                vec![match (medium, line.kind) {
                    (Medium::Window, _) => symbol(mark, inner, at, radius, ink, none),
                    (Medium::Page, Some(_)) => {
                        symbol(mark, inner, at, 7.0, ink.with_alpha(0.75), pen)
                    }
                    (Medium::Page, None) => sample(theme, mark, at, 6.2, 0.75),
                }]
            };
            KeyRow::Line(KeyLine {
                indent_px: if line.below {
                    medium.pick(14.0, 18.0)
                } else {
                    0.0
                },
                ..KeyLine::new(sign, line.name(view.lang), number(u64::from(line.n)))
            })
        };
        self.lines().into_iter().map(row).collect()
    }
}

fn plain(sign: impl Fn(&Theme, Point) -> Vec<Primitive> + 'static, name: String) -> KeyRow {
    KeyRow::Line(KeyLine::new(sign, name, String::new()))
}

/// A symbol with a fill of its mark's colour.
fn symbol(
    mark: Mark,
    inner: Inner,
    center: Point,
    radius_px: f32,
    fill: Color,
    outline: Stroke,
) -> Primitive {
    Primitive::Mark {
        center,
        radius_px,
        shape: mark.shape(),
        inner,
        fill,
        outline,
    }
}

fn sample(theme: &Theme, mark: Mark, center: Point, radius_px: f32, opacity: f32) -> Primitive {
    // The sign inside belongs to a kind; the key is of marks.
    let plain = Kind::ALL.iter().find(|k| k.mark() == mark);
    let inner = plain.map_or(Inner::Plain, |k| k.inner());
    let (fill, pen) = (theme.mark(mark), Stroke::solid(theme.background, 0.8));
    symbol(
        mark,
        inner,
        center,
        radius_px,
        fill.with_alpha(opacity),
        pen,
    )
}

#[cfg(test)]
mod tests;
