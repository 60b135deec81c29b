//! What is selected, how it follows the filter, and what is read of it from the case.

use super::super::changes::{Told, tell};
use super::Desk;
use crate::domain::Incident;
use crate::index::{Columns, Row};
use crate::locale::{Lang, Problem};
use crate::scene::Way;
use crate::store::{Case, RowKind, StoredIncident, StoredSeries};
use std::sync::Arc;

/// Related rows that are read for the record of one incident: a case may come from anybody.
const MOST_RELATED: usize = 100;

/// Rows that are followed in every step of playing at most.
const MOST_FOLLOWED: usize = 50_000;

/// What is shown in full of what is selected.
#[derive(Default)]
pub struct Inspected {
    /// The incident shown in full.
    pub incident: Option<StoredIncident>,
    /// Incidents of the same dataset that it names as related, with their primary keys.
    pub related: Vec<(i64, Incident)>,
    /// The rows said to be the same event, itself among them; empty where there are none.
    pub linked: Vec<Row>,
    /// How what is shown became what it is.
    pub history: Told,
    /// Its place among the selected.
    pub place: Option<usize>,
    /// The movement or place shown instead of incidents.
    pub way: Option<Way>,
    /// What was measured at the place.
    pub series: Vec<StoredSeries>,
}

/// Incidents that are selected, in the order they were found.
#[derive(Clone, Default)]
pub struct Selected {
    /// Primary keys: what is selected, whatever becomes of the rows.
    pub ids: Arc<[i64]>,
    /// Their rows in the columns on show, one a key.
    pub rows: Arc<[Row]>,
}

impl Selected {
    /// Those of `ids` that are there.
    pub(super) fn of(columns: &Columns, ids: Arc<[i64]>) -> Selected {
        let rows: Arc<[Row]> = columns.rows_of(&ids).into();
        let ids = match rows.len() == ids.len() {
            true => ids,
            false => rows.iter().map(|row| columns.id[*row as usize]).collect(),
        };
        Selected { ids, rows }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

impl Desk {
    pub(super) fn select(&mut self, ids: Arc<[i64]>) {
        self.chosen = Selected::of(&self.loaded.columns, ids);
        self.selected_under = self.derived.generation;
        self.show_selected(self.chosen.clone());
    }

    fn show_selected(&mut self, selected: Selected) {
        self.inspect = match *selected.ids {
            [id] => Some(id),
            _ => None,
        };
        self.selected = selected;
        self.fetch_inspected();
    }

    pub(super) fn select_way(&mut self, way: Way) {
        // Asked for in the frame before another case came.
        if self.loaded.has(way) {
            self.inspect = None;
            (self.selected, self.chosen) = Default::default();
            self.fetch_way(way);
        }
    }

    /// Finds what is selected among other rows of the case.
    pub(super) fn find_selected(&mut self) {
        let columns = &self.loaded.columns;
        for selected in [&mut self.chosen, &mut self.selected] {
            *selected = Selected::of(columns, std::mem::take(&mut selected.ids));
        }
        self.inspect = self.inspect.filter(|id| columns.row_of(*id).is_some());
        match self.inspected.way.filter(|way| self.loaded.has(*way)) {
            Some(way) => self.fetch_way(way),
            None => self.fetch_inspected(),
        }
    }

    /// Of several incidents those stay selected that the filter lets through; all that were selected come back with
    /// a filter that does. One alone is being read: it stays, and its card says that it is not on the map.
    pub(super) fn selection_follows(&mut self) {
        if self.selected_under == self.derived.generation {
            return;
        }
        // A great many are held against the filter when it has come to rest.
        if self.playing_since.is_some() && self.chosen.len() > MOST_FOLLOWED {
            return;
        }
        self.selected_under = self.derived.generation;
        if self.chosen.len() < 2 {
            return;
        }
        let judged = &self.derived.judged;
        let chosen = self
            .chosen
            .ids
            .iter()
            .copied()
            .zip(self.chosen.rows.iter().copied());
        let passing = chosen.filter(|(_, row)| judged.lets_through(*row as usize));
        let (ids, rows): (Vec<i64>, Vec<Row>) = passing.unzip();
        if *rows == *self.selected.rows {
            return;
        }
        let selected = Selected {
            ids: ids.into(),
            rows: rows.into(),
        };
        if self
            .inspect
            .is_some_and(|id| selected.len() > 1 && selected.ids.contains(&id))
        {
            self.selected = selected;
            return self.fetch_inspected();
        }
        self.show_selected(selected);
    }

    /// Shows the one of the selected that comes `steps` after the one shown; at the ends it stays.
    pub(super) fn inspect_step(&mut self, steps: i32) {
        let last = self.selected.len() as i64 - 1;
        let to = match self.inspected.place {
            Some(at) => (at as i64 + i64::from(steps)).clamp(0, last.max(0)),
            None if steps > 0 => 0,
            None => last,
        };
        let id = usize::try_from(to)
            .ok()
            .and_then(|to| self.selected.ids.get(to));
        if let Some(id) = id {
            self.inspect = Some(*id);
            self.fetch_inspected();
        }
    }

    /// Reads the incident to be shown in full, with those it names as related.
    pub(super) fn fetch_inspected(&mut self) {
        match self.read_inspected() {
            Ok(inspected) => self.inspected = inspected,
            Err(problem) => self.tell(problem),
        }
    }

    fn read_inspected(&self) -> Result<Inspected, Problem> {
        let Some(id) = self.inspect else {
            return Ok(Inspected::default());
        };
        let case = &self.loaded.case;
        let incident = case.incident(id)?;
        let mut related = Vec::new();
        if let Some(stored) = &incident {
            for external_id in stored.incident.related.iter().take(MOST_RELATED) {
                if let Some(id) = case.incident_id(&stored.dataset, external_id)?
                    && let Some(other) = case.incident(id)?
                {
                    related.push((id, other.incident));
                }
            }
        }
        let row = self.loaded.columns.row_of(id);
        let linked = row.and_then(|row| self.loaded.links.group_of(row));
        Ok(Inspected {
            incident,
            related,
            linked: linked.unwrap_or_default().to_vec(),
            history: tell(self.lang, &case.history(RowKind::Incident, id)?),
            place: self.selected.ids.iter().position(|other| *other == id),
            ..Inspected::default()
        })
    }

    /// Reads what is shown of a movement or a place.
    fn fetch_way(&mut self, way: Way) {
        match inspect_way(&self.loaded.case, way, self.lang) {
            Ok(inspected) => self.inspected = inspected,
            Err(problem) => self.tell(problem),
        }
    }

    /// What earlier files said is kept in words of one language.
    pub fn set_lang(&mut self, lang: Lang) {
        self.lang = lang;
        match self.inspected.way {
            Some(way) => self.fetch_way(way),
            None => self.fetch_inspected(),
        }
    }
}

fn inspect_way(case: &Case, way: Way, lang: Lang) -> Result<Inspected, Problem> {
    let (series, history) = match way {
        Way::Place(id) => (case.place_series(id)?, case.history(RowKind::Place, id)?),
        Way::Movement(id) => (Vec::new(), case.history(RowKind::Movement, id)?),
    };
    Ok(Inspected {
        way: Some(way),
        series,
        history: tell(lang, &history),
        ..Inspected::default()
    })
}
