//! The key of territory estimates: actors, grades, and ground that is contested.

use super::fill_opacity;
use crate::domain::{Grade, Relation};
use crate::locale::{TextKey, number, tr};
use crate::scene::drawing::{Color, Point, Primitive, Stroke, rectangle};
use crate::scene::hatch;
use crate::scene::key::{KeyLine, KeyPart, KeyRow, Medium, Section};
use crate::scene::theme::Theme;
use crate::scene::view::MapView;
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq)]
struct TerritoryKey {
    actor: String,
    relation: Relation,
    grade: Grade,
    color: Color,
    /// Low grade.
    dashed: bool,
    /// By relation, or because another actor's estimate overlaps.
    contested: bool,
}

/// Of the estimates in view, and what they want said, such as "illustrative, not an assessment".
fn keys_of(view: &MapView) -> (Vec<TerritoryKey>, Vec<String>) {
    let mut keys: Vec<TerritoryKey> = Vec::new();
    let mut notes = BTreeSet::new();
    for shown in super::shown(view) {
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
        match keys.iter_mut().find(same) {
            Some(known) => known.contested |= key.contested,
            None => keys.push(key),
        }
        let note = t.note.in_language(view.lang.is_spanish()).trim();
        if !note.is_empty() {
            notes.insert(note.to_owned());
        }
    }
    keys.sort_by(|a, b| {
        (&a.actor, a.relation, a.grade.to_string()).cmp(&(
            &b.actor,
            b.relation,
            b.grade.to_string(),
        ))
    });
    (keys, notes.into_iter().collect())
}

pub(super) fn part(view: &MapView, medium: Medium) -> Option<KeyPart> {
    /// Lines of a page at most.
    const MOST: usize = 8;
    let (keys, notes) = keys_of(view);
    let say = |key: TextKey| tr(view.lang, key);
    let most = medium.pick(usize::MAX, MOST);
    let mut rows: Vec<KeyRow> = keys
        .iter()
        .take(most)
        .map(|k| row(view, k, medium))
        .collect();
    let rivals: Vec<Color> = keys
        .iter()
        .filter(|k| k.contested)
        .map(|k| k.color)
        .collect();
    if let (Some(first), Some(last)) = (rivals.first().copied(), rivals.last().copied()) {
        let second = rivals.get(1).copied();
        let sign = move |theme: &Theme, at| match medium {
            Medium::Window => contested_in_window(at, [Some(first), second]),
            Medium::Page => contested_on_page(theme, at, [first, last]),
        };
        let name = say(medium.pick(text!("legend-contested"), text!("page-key-contested")));
        rows.push(KeyRow::Line(KeyLine::new(sign, name, String::new())));
    }
    let hidden = keys.len().saturating_sub(most);
    if hidden > 0 {
        let more = tr(view.lang, text!("page-key-more", n = number(hidden as u64)));
        rows.push(KeyRow::Note(more, 1));
    }
    if medium == Medium::Page {
        rows.extend([
            KeyRow::Gap(3.0),
            KeyRow::Note(say(text!("page-key-grade")), 2),
        ]);
    }
    rows.extend(notes.into_iter().map(|note| KeyRow::Note(note, 3)));
    if medium == Medium::Window {
        rows.push(KeyRow::Gap(6.0));
    }
    (!keys.is_empty()).then(|| KeyPart {
        section: Section::Territories,
        head: say(medium.pick(text!("legend-territory"), text!("page-key-territories"))),
        rows,
    })
}

fn row(view: &MapView, key: &TerritoryKey, medium: Medium) -> KeyRow {
    let relation = tr(view.lang, text!("relation-" + key.relation.code()));
    let reliability = tr(
        view.lang,
        text!("reliability-" + key.grade.reliability.code()),
    );
    let credibility = tr(
        view.lang,
        text!("credibility-" + key.grade.credibility.code()),
    );
    let (ink, is_dashed, relation_of) = (key.color, key.dashed, key.relation);
    let sign = move |_: &Theme, [x, y]: Point| {
        let (half, opacity, width_px, dash_px, left) = match medium {
            Medium::Window => (6.0, 0.16, 1.4, [4.0, 2.5], x + 1.0),
            Medium::Page => (6.5, fill_opacity(relation_of) + 0.04, 1.2, [4.0, 2.6], x),
        };
        vec![Primitive::area(
            vec![swatch(left, y, half)],
            Some(ink.with_alpha(opacity)),
            Some(match is_dashed {
                true => Stroke::dashed(ink, width_px, dash_px),
                false => Stroke::solid(ink, width_px),
            }),
        )]
    };
    KeyRow::Line(KeyLine {
        tip: Some(format!("{}: {reliability}, {credibility}", key.grade)),
        ..KeyLine::new(
            sign,
            format!("{}, {relation}", key.actor),
            key.grade.to_string(),
        )
    })
}

fn swatch(left: f32, y: f32, half: f32) -> Vec<Point> {
    rectangle([left, y - half, left + 20.0, y + half])
}

/// Hatch lines of a colour over a swatch.
fn lines(ring: &[Vec<Point>], color: Color, [step, phase, width]: [f32; 3]) -> Vec<Primitive> {
    let line = |ends: [Point; 2]| Primitive::Line {
        points: ends.to_vec(),
        stroke: Stroke::solid(color, width),
    };
    let found = hatch::lines(&[ring], step, phase).into_iter();
    found.map(line).collect()
}

fn contested_in_window([x, y]: Point, colors: [Option<Color>; 2]) -> Vec<Primitive> {
    let ring = [swatch(x + 1.0, y, 6.0)];
    let colors = colors.into_iter().flatten().enumerate();
    let hatch =
        |(i, ink): (usize, Color)| lines(&ring, ink.with_alpha(0.75), [7.0, i as f32 * 3.5, 1.6]);
    colors.flat_map(hatch).collect()
}

fn contested_on_page(theme: &Theme, [x, y]: Point, [a, b]: [Color; 2]) -> Vec<Primitive> {
    let ring = vec![swatch(x, y, 6.5)];
    let other = if a == b { theme.state_label } else { b };
    let mut items = lines(&ring, a.with_alpha(0.55), [9.0, 0.0, 2.0]);
    items.extend(lines(&ring, other.with_alpha(0.55), [9.0, 4.5, 2.0]));
    items.push(Primitive::area(
        ring,
        None,
        Some(Stroke::solid(theme.faint, 0.8)),
    ));
    items
}

#[cfg(test)]
mod tests {
    use super::super::LAYER;
    use super::*;
    use crate::domain::TerritoryEstimate;
    use crate::index::Columns;
    use crate::locale::Lang;
    use crate::query::Selection;
    use crate::scene::{Camera, LayerSet, sample};

    fn keys(
        territories: &[TerritoryEstimate],
        layers: LayerSet,
    ) -> (Vec<TerritoryKey>, Vec<String>) {
        let (columns, selection) = (Columns::default(), Selection::default());
        keys_of(&MapView {
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
    fn territories_in_view_with_grade_note_and_contest() {
        let a = sample::territory("A", Relation::Present, "C3", &square(-100.0, 27.0));
        let b = sample::territory("B", Relation::Present, "D4", &square(-99.5, 27.2));
        let neighbour = sample::territory("C", Relation::Controls, "B2", &square(-99.0, 26.0));
        let far = sample::territory("D", Relation::Present, "B2", &square(10.0, 50.0));
        let found = keys(&[a.clone(), b, neighbour.clone(), far], LayerSet::default());
        let said: Vec<_> = found
            .0
            .iter()
            .map(|k| (k.actor.as_str(), k.dashed, k.contested))
            .collect();
        assert_eq!(
            said,
            [("A", false, true), ("B", true, true), ("C", false, false)]
        );
        assert_eq!(found.1, ["ilustrativo, no es una evaluación"]);
        // The same actor keeps its colour whoever else is shown.
        assert_ne!(found.0[0].color, found.0[1].color);
        let off = LayerSet::default().without(LAYER.id);
        assert!(keys(&[a], off).0.is_empty());
    }
}
