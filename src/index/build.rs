//! Incidents in any order → [`Columns`] sorted by start day.

use super::{Columns, NameId, Names, RowActor, UNKNOWN_DEATHS};
use crate::domain::filter::fold;
use crate::domain::when::day_number;
use crate::domain::{Actor, ActorType, Incident, Side};

/// Collects incidents; [`Builder::finish`] sorts them.
#[derive(Default)]
pub struct Builder {
    columns: Columns,
    rows: Vec<Vec<RowActor>>,
}

impl Builder {
    /// Adds one incident with its primary key and the name of its dataset.
    pub fn push(&mut self, id: i64, dataset: &str, incident: &Incident) {
        let c = &mut self.columns;
        c.id.push(id);
        c.start_day.push(day_number(incident.when.start));
        c.end_day.push(day_number(incident.when.end));
        c.time_precision.push(incident.when.precision);
        c.lon.push(incident.position.lon);
        c.lat.push(incident.position.lat);
        c.place_precision.push(incident.position.precision);
        c.radius_m
            .push(incident.position.radius_or_default_m() as f32);
        c.kind.push(incident.kind);
        let or_unknown = |n: Option<u32>| n.unwrap_or(UNKNOWN_DEATHS);
        c.deaths_low.push(or_unknown(incident.deaths.low));
        c.deaths_best.push(or_unknown(incident.deaths.best));
        c.deaths_high.push(or_unknown(incident.deaths.high));
        let grade = incident.grade();
        c.reliability.push(grade.reliability);
        c.credibility.push(grade.credibility);
        c.dataset.push(c.datasets.intern(dataset));
        c.admin1.push(c.admin1s.intern(&incident.places.admin1));
        c.place.push(c.places.intern(&incident.places.place));
        c.title
            .push(c.titles.intern(incident.title.in_language(false)));
        c.title_es
            .push(c.titles.intern(incident.title.in_language(true)));
        let sides = incident.side_a.iter().map(|a| (a, Side::A));
        let sides = sides.chain(incident.side_b.iter().map(|a| (a, Side::B)));
        let actors = sides
            .map(|(actor, side)| RowActor {
                actor: intern_actor(&mut c.actors, &mut c.actor_types, actor),
                side,
            })
            .collect();
        self.rows.push(actors);
        c.search_text.push(search_text(incident).into());
    }

    /// Sorts by start day, then primary key.
    #[must_use]
    pub fn finish(mut self) -> Columns {
        let mut order: Vec<u32> = (0..self.columns.id.len() as u32).collect();
        let key = |i: &u32| {
            let i = *i as usize;
            (self.columns.start_day[i], self.columns.id[i])
        };
        order.sort_unstable_by_key(key);
        let c = &mut self.columns;
        reorder(&mut c.id, &order);
        reorder(&mut c.start_day, &order);
        reorder(&mut c.end_day, &order);
        reorder(&mut c.time_precision, &order);
        reorder(&mut c.lon, &order);
        reorder(&mut c.lat, &order);
        reorder(&mut c.place_precision, &order);
        reorder(&mut c.radius_m, &order);
        reorder(&mut c.kind, &order);
        reorder(&mut c.deaths_low, &order);
        reorder(&mut c.deaths_best, &order);
        reorder(&mut c.deaths_high, &order);
        reorder(&mut c.reliability, &order);
        reorder(&mut c.credibility, &order);
        reorder(&mut c.dataset, &order);
        reorder(&mut c.admin1, &order);
        reorder(&mut c.place, &order);
        reorder(&mut c.title, &order);
        reorder(&mut c.title_es, &order);
        reorder(&mut c.search_text, &order);
        c.actor_start = Vec::with_capacity(order.len() + 1);
        c.actor_start.push(0);
        for i in &order {
            c.row_actors.append(&mut self.rows[*i as usize]);
            c.actor_start.push(c.row_actors.len() as u32);
        }
        let lengths = c.start_day.iter().zip(&c.end_day).map(|(s, e)| e - s);
        c.longest_days = lengths.max().unwrap_or(0);
        self.columns
    }
}

fn reorder<T: Clone>(column: &mut Vec<T>, order: &[u32]) {
    *column = order.iter().map(|i| column[*i as usize].clone()).collect();
}

fn intern_actor(names: &mut Names, types: &mut Vec<ActorType>, actor: &Actor) -> NameId {
    let id = names.intern(&actor.name);
    match types.get_mut(id.0 as usize) {
        // A type told by one row is kept when another does not know it.
        Some(known) if *known == ActorType::Unknown => *known = actor.actor_type,
        Some(_) => {}
        None => types.push(actor.actor_type),
    }
    id
}

/// Everything the text filter looks in, folded; parts are kept apart by a line break so that no
/// word runs across two of them.
fn search_text(incident: &Incident) -> String {
    let p = &incident.places;
    let mut text = String::new();
    let mut add = |part: &str| {
        if !part.is_empty() {
            text.push_str(part);
            text.push('\n');
        }
    };
    add(&incident.external_id);
    add(&incident.title.text);
    add(incident.title.es.as_deref().unwrap_or(""));
    add(&incident.narrative.text);
    add(incident.narrative.es.as_deref().unwrap_or(""));
    add(&p.place);
    add(&p.admin2);
    add(&p.admin1);
    add(&p.country);
    for actor in incident.side_a.iter().chain(&incident.side_b) {
        add(&actor.name);
    }
    fold(&text)
}
