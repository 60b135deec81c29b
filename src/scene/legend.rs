//! The key to a map: only what is drawn in the view.

use super::drawing::Color;
use super::layers::{incidents, territories};
use super::symbols::{self, INNER_FROM_PX};
use super::view::MapView;
use crate::domain::{Grade, Inner, Kind, Mark, PlacePrecision, Relation};
use std::collections::BTreeSet;

/// Deaths that may serve as samples of size.
const SAMPLES: [u32; 5] = [0, 5, 20, 50, 100];

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

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    /// Marks in view with their incidents, most first.
    pub marks: Vec<(Mark, u32)>,
    /// Kinds whose symbols in view carry a sign of their own.
    pub kinds: Vec<Kind>,
    /// Somewhere in view more died than the biggest symbol can show.
    pub capped: bool,
    /// Deaths and the radius of a symbol for so many, px; empty where no deaths are in view.
    pub sizes: Vec<(u32, f32)>,
    pub territories: Vec<TerritoryKey>,
    /// Some place in view is not exact.
    pub rings: bool,
    /// Some day in view is not known: lighter fills.
    pub lighter: bool,
    /// What the territory estimates want said, such as "illustrative, not an assessment".
    pub notes: Vec<String>,
}

impl Legend {
    /// Of what `view` draws.
    #[must_use]
    pub fn of(view: &MapView) -> Legend {
        let mut legend = Legend::default();
        if view.layers.incidents {
            legend.add_incidents(view);
        }
        legend.add_territories(view);
        legend
    }

    /// Incidents in view.
    #[must_use]
    pub fn incidents(&self) -> u32 {
        self.marks.iter().map(|(_, n)| n).sum()
    }

    fn add_incidents(&mut self, view: &MapView) {
        let columns = view.columns;
        let mut counts = [0_u32; Mark::ALL.len()];
        let mut most_deaths = 0;
        let mut kinds = BTreeSet::new();
        let projector = view.projector();
        for symbol in incidents::visible(view) {
            // A symbol that only reaches into the map has its place outside of it.
            let i = symbol.row as usize;
            if !projector.sees(projector.lon_lat(columns.lon[i], columns.lat[i]), 0.0) {
                continue;
            }
            let kind = columns.kind[i];
            if kind.inner() != Inner::Plain && symbol.radius_px >= INNER_FROM_PX {
                kinds.insert(kind);
            }
            counts[columns.kind[i].mark() as usize] += 1;
            most_deaths = most_deaths.max(columns.deaths(symbol.row).best.unwrap_or(0));
            self.rings |= view.layers.uncertainty_rings
                && columns.place_precision[i] != PlacePrecision::Exact;
            self.lighter |= !incidents::is_day_known(columns, symbol.row);
        }
        let counted = Mark::ALL.iter().map(|m| (*m, counts[*m as usize]));
        self.marks = counted.filter(|(_, n)| *n > 0).collect();
        self.marks
            .sort_by_key(|(mark, n)| (std::cmp::Reverse(*n), *mark));
        self.kinds = kinds.into_iter().collect();
        self.capped =
            most_deaths > 0 && symbols::symbol_radius_px(Some(most_deaths)) >= symbols::LARGEST_PX;
        if most_deaths > 0 {
            let sample = |deaths: &u32| (*deaths, view.symbol_radius_px(Some(*deaths)));
            self.sizes = SAMPLES
                .iter()
                .filter(|d| **d <= most_deaths.max(5))
                .map(sample)
                .collect();
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Deaths, Filter, Incident, Kind, TerritoryEstimate};
    use crate::locale::Lang;
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
            camera: Camera {
                lon: -99.5,
                lat: 27.5,
                zoom: 7.0,
            },
            size: [800.0, 600.0],
            pixel_ratio: 1.0,
            theme: &Theme::LIGHT,
            lang: Lang::Es,
            columns: &columns,
            selection: &selection,
            territories,
            from: None,
            to: None,
            selected: &[],
            layers,
            basemap: None,
            keep_clear: &[],
        })
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
        assert_eq!(found.incidents(), 3);
        assert_eq!(found.sizes.iter().map(|s| s.0).collect::<Vec<_>>(), [0, 5]);
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
