//! Incidents in any order → [`Columns`] sorted by start day.

use super::{Columns, NO_MINUTE, NameId, Names, Row, RowActor, UNKNOWN_DEATHS};
use crate::domain::filter::admin_path;
use crate::domain::when::day_number;
use crate::domain::{Actor, ActorType, Incident, TimePrecision};
use std::collections::{HashMap, HashSet};

/// Collects incidents; [`Builder::finish`] sorts them.
#[derive(Default)]
pub struct Builder {
    columns: Columns,
    /// Actors of all rows as they came, and where those of each row end.
    row_actors: Vec<RowActor>,
    actor_end: Vec<u32>,
    /// Rows that are not to be in the end.
    taken_out: HashSet<Row>,
}

impl Builder {
    /// Goes on from columns that were finished before.
    #[must_use]
    pub fn resume(mut columns: Columns) -> Builder {
        Builder {
            row_actors: std::mem::take(&mut columns.row_actors),
            actor_end: columns
                .actor_start
                .split_off(1.min(columns.actor_start.len())),
            columns,
            taken_out: HashSet::new(),
        }
    }

    /// Takes an incident out that was there at [`Builder::resume`].
    pub fn take_out(&mut self, id: i64) {
        self.taken_out.extend(self.columns.row_of(id));
    }

    /// Adds one incident with its primary key and the name of its dataset.
    pub fn push(&mut self, id: i64, dataset: &str, incident: &Incident) {
        let c = &mut self.columns;
        c.id.push(id);
        c.start_day.push(day_number(incident.when.start));
        c.end_day.push(day_number(incident.when.end));
        c.time_precision.push(incident.when.precision);
        c.minute.push(minute_of(incident));
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
        c.admin.push(c.admins.intern(&admin_path(&incident.places)));
        c.place.push(c.places.intern(&incident.places.place));
        let first = self.row_actors.len();
        let sides = [(&incident.side_a, true), (&incident.side_b, false)];
        // A case from elsewhere may name any number: these are not to be compared each with each.
        const FEW: usize = 16;
        let is_many = incident.side_a.len() + incident.side_b.len() > FEW;
        let mut places: HashMap<NameId, usize> = HashMap::new();
        for (actors, on_a) in sides {
            for actor in actors {
                let id = intern_actor(&mut c.actors, &mut c.actor_types, actor);
                let known = match is_many {
                    true => places.get(&id).copied(),
                    false => self.row_actors[first..]
                        .iter()
                        .position(|a| a.actor() == id)
                        .map(|at| first + at),
                };
                match known.and_then(|at| self.row_actors.get_mut(at)) {
                    Some(a) => *a = RowActor::new(id, a.on_a() || on_a, a.on_b() || !on_a),
                    None => {
                        if is_many {
                            places.insert(id, self.row_actors.len());
                        }
                        self.row_actors.push(RowActor::new(id, on_a, !on_a));
                    }
                }
            }
        }
        self.actor_end.push(self.row_actors.len() as u32);
    }

    /// Sorts by start day, then primary key.
    #[must_use]
    pub fn finish(mut self) -> Columns {
        let mut order: Vec<Row> = (0..self.columns.id.len() as Row).collect();
        if !self.taken_out.is_empty() {
            order.retain(|row| !self.taken_out.contains(row));
        }
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
        reorder(&mut c.admin, &order);
        reorder(&mut c.place, &order);
        reorder(&mut c.minute, &order);
        c.actor_start = Vec::with_capacity(order.len() + 1);
        c.actor_start.push(0);
        c.row_actors = Vec::with_capacity(self.row_actors.len());
        for i in &order {
            let i = *i as usize;
            let first = i.checked_sub(1).map_or(0, |before| self.actor_end[before]);
            let actors = first as usize..self.actor_end[i] as usize;
            c.row_actors.extend_from_slice(&self.row_actors[actors]);
            c.actor_start.push(c.row_actors.len() as u32);
        }
        self.columns.derive();
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

/// The clock time where it happened, in minutes of the day, where one is known.
fn minute_of(incident: &Incident) -> u16 {
    let told = incident.when.instant.as_ref();
    let local = told.and_then(|t| t.utc.in_tz(&t.zone).ok());
    match local {
        Some(t) if incident.when.precision <= TimePrecision::Hour => {
            t.hour() as u16 * 60 + t.minute() as u16
        }
        _ => NO_MINUTE,
    }
}
