//! A movement or a place: what is said of it and by which line of which file; of a place what was
//! measured there, as bars and as a list that says where each number stands.

use super::card::when;
use super::{Context, Inspected, history, lines, series};
use crate::domain::{LocalText, Movement, Place};
use crate::locale::{number, number_f64};
use crate::scene::layers::{movements, places};
use crate::scene::{Way, Weight};
use crate::view::kit;
use crate::view::theme::BODY;
use egui::Ui;

/// Shows what is inspected; `false` where it is neither.
pub(super) fn show(ui: &mut Ui, cx: &mut Context<'_>, inspected: &Inspected) -> bool {
    let loaded = cx.loaded;
    let Some(way) = inspected.way else {
        return false;
    };
    let scroll = egui::ScrollArea::vertical()
        .id_salt(way)
        .auto_shrink([false, false]);
    match way {
        Way::Movement(id) => {
            let Some(stored) = loaded.movements.iter().find(|m| m.id == id) else {
                return false;
            };
            scroll.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                movement(ui, cx, way, &stored.movement);
                let m = &stored.movement;
                let from = (lines::import(cx, stored.import_id), (m.line, m.line));
                lines::from(ui, cx, (&stored.dataset, &m.external_id), [from]);
                history::show(ui, cx, &inspected.history);
                lines::other_columns(ui, cx, "", &m.extra);
                ui.add_space(16.0);
            });
        }
        Way::Place(id) => {
            let Some(stored) = loaded.places.iter().find(|p| p.id == id) else {
                return false;
            };
            scroll.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                place(ui, cx, way, &stored.place);
                for one in &inspected.series {
                    series::show(ui, cx, one);
                }
                let of = (&*stored.dataset, &*stored.place.external_id);
                let from = series::lines(&inspected.series).into_iter();
                let from = from.map(|(id, span)| (lines::import(cx, id), span));
                let from: Vec<_> = from.collect();
                lines::from(ui, cx, of, from);
                history::show(ui, cx, &inspected.history);
                ui.add_space(16.0);
            });
        }
    }
    true
}

fn head(ui: &mut Ui, cx: &mut Context<'_>, way: Way, name: &LocalText, what: &str) {
    let theme = kit::theme(ui);
    let name = name.in_language(cx.lang.is_spanish());
    let name = if name.is_empty() { what } else { name };
    let tracks = &cx.loaded.tracks;
    lines::head(ui, cx, name, what, |ui, rect| {
        let at = [rect.center().x, rect.center().y];
        let items = match way {
            Way::Place(_) => places::sign(&theme, at, places::HALF_PX, false),
            Way::Movement(id) => {
                let kind = tracks.iter().find(|t| t.id == id).map(|t| t.kind);
                let kind = kind.unwrap_or(crate::domain::MovementKind::Track);
                movements::sign(&theme, kind, [rect.left(), at[1]], rect.width())
            }
        };
        crate::view::replay::paint(ui, items);
    });
}

fn movement(ui: &mut Ui, cx: &mut Context<'_>, way: Way, m: &Movement) {
    let kind = cx.tr(text!("movement-" + m.kind.code()));
    head(ui, cx, way, &m.name, &kind);
    kit::field(ui, &cx.tr(text!("card-when")), |ui| match &m.when {
        Some(w) => when(ui, cx, w),
        None => lines::not_reported(ui, cx),
    });
    let track = cx.loaded.tracks.iter().find(|t| Way::Movement(t.id) == way);
    if let Some(track) = track {
        let points = m.path.0.iter().map(|line| line.0.len()).sum::<usize>();
        let km = number_f64(track.length_m / 1000.0, 1);
        let line = cx.tr(text!("way-length", km = km, n = number(points as u64)));
        kit::field(ui, &cx.tr(text!("card-where")), |ui| {
            kit::body(ui, line);
        });
    }
    kit::field(ui, &cx.tr(text!("card-who")), |ui| match &m.actor {
        Some(actor) => {
            let kind = cx.tr(text!("actor-" + actor.actor_type.code()));
            lines::two_tone(ui, &actor.name, &kind);
        }
        None => lines::not_reported(ui, cx),
    });
    kit::field(ui, &cx.tr(text!("way-amount")), |ui| match m.amount {
        Some(n) => {
            let line = format!("{} {}", series::value_words(n), m.unit);
            kit::body(ui, line.trim());
        }
        None => lines::not_reported(ui, cx),
    });
    let note = m.note.in_language(cx.lang.is_spanish());
    if !note.is_empty() {
        kit::section(ui, &cx.tr(text!("card-account")), |_| {});
        kit::body(ui, note);
    }
    lines::sources(ui, cx, m.sources.len());
    for source in &m.sources {
        if let Some(reliability) = source.reliability {
            let words = cx.tr(text!("reliability-" + reliability.code()));
            kit::text(ui, words, Weight::Medium, BODY, |t| t.text);
        }
        lines::source(ui, cx, source);
    }
}

fn place(ui: &mut Ui, cx: &mut Context<'_>, way: Way, p: &Place) {
    let what = match p.kind.is_empty() {
        true => cx.tr(text!("way-place")),
        false => p.kind.clone(),
    };
    head(ui, cx, way, &p.name, &what);
    kit::field(ui, &cx.tr(text!("card-where")), |ui| {
        if let Some(at) = p.position {
            let coordinates = crate::view::map::coordinates(cx.lang, at.lon, at.lat);
            let precision = cx.tr(text!("place-" + at.precision.code()));
            lines::two_tone(ui, &coordinates, &precision);
        } else {
            lines::not_reported(ui, cx);
        }
        lines::names(ui, &p.names);
    });
}
