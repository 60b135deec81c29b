//! Fingerprints of rows: what a row says, whatever line it stands on.

use super::geometry;
use crate::domain::when::day_number;
use crate::domain::{
    Actor, Incident, LocalText, Movement, Place, PlaceSeries, Source, TerritoryEstimate, When,
};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::xxh3_64;

/// The setting of a case that has rows with [`incident_hash_v1`].
pub(super) const KEEPS_V1: &str = "row_hash_v1";

/// Feeds fields, each with its length, so that no two rows run together to the same bytes. Holds
/// its memory from row to row.
#[derive(Default)]
pub(super) struct Hasher(Vec<u8>);

impl Hasher {
    /// Stored in the case: what is fed, and in which order, stays as it is.
    pub(super) fn incident(&mut self, i: &Incident) -> i64 {
        self.0.clear();
        self.text(&i.external_id);
        self.text(i.kind.code());
        self.text(&i.source_kind);
        self.local(&i.title);
        self.when(&i.when);
        self.real(Some(i.position.lon));
        self.real(Some(i.position.lat));
        self.text(i.position.precision.code());
        self.real(i.position.radius_m);
        let p = &i.places;
        for name in [&p.place, &p.admin2, &p.admin1, &p.country] {
            self.text(name);
        }
        self.actors(&i.side_a);
        self.actors(&i.side_b);
        for n in [i.deaths.low, i.deaths.best, i.deaths.high] {
            self.0.push(u8::from(n.is_some()));
            self.0.extend(n.unwrap_or(0).to_le_bytes());
        }
        self.local(&i.narrative);
        self.sources(&i.sources);
        self.text(i.credibility.map_or("", |c| c.code()));
        self.count(i.related.len());
        i.related.iter().for_each(|id| self.text(id));
        self.pairs(&i.extra);
        self.finish()
    }

    /// Stored in the case, as that of an incident.
    pub(super) fn movement(&mut self, m: &Movement) -> i64 {
        self.0.clear();
        self.text(m.kind.code());
        self.local(&m.name);
        self.actors(m.actor.as_slice());
        self.0.push(u8::from(m.when.is_some()));
        m.when.iter().for_each(|when| self.when(when));
        self.real(m.amount);
        self.text(&m.unit);
        self.local(&m.note);
        self.sources(&m.sources);
        self.pairs(&m.extra);
        self.0.extend(geometry::multi_line_blob(&m.path));
        self.finish()
    }

    /// Stored in the case, as that of an incident.
    pub(super) fn series(&mut self, row: &PlaceSeries) -> i64 {
        self.0.clear();
        self.push_place(&row.place);
        self.count(row.series.len());
        for series in &row.series {
            self.text(&series.measure);
            self.text(&series.unit);
            self.count(series.values.len());
            for value in &series.values {
                self.date(Some(value.from));
                self.date(Some(value.to));
                self.real(value.value);
            }
        }
        self.pairs(&row.extra);
        self.finish()
    }

    pub(super) fn place(&mut self, place: &Place) -> i64 {
        self.0.clear();
        self.push_place(place);
        self.finish()
    }

    fn push_place(&mut self, place: &Place) {
        self.text(&place.external_id);
        self.text(&place.kind);
        self.local(&place.name);
        let p = &place.names;
        for name in [&p.place, &p.admin2, &p.admin1, &p.country] {
            self.text(name);
        }
        let at = place.position;
        self.real(at.map(|p| p.lon));
        self.real(at.map(|p| p.lat));
        self.text(at.map_or("", |p| p.precision.code()));
        self.real(at.and_then(|p| p.radius_m));
    }

    fn when(&mut self, when: &When) {
        self.date(Some(when.start));
        self.date(Some(when.end));
        self.text(when.precision.code());
        if let Some(instant) = &when.instant {
            self.0.extend(instant.utc.as_nanosecond().to_le_bytes());
            self.text(&instant.zone);
        }
        self.0.push(u8::from(when.instant.is_some()));
    }

    fn sources(&mut self, sources: &[Source]) {
        self.count(sources.len());
        for s in sources {
            for part in [&s.publisher, &s.title, &s.url, &s.language] {
                self.text(part);
            }
            self.date(s.date);
            self.text(s.reliability.map_or("", |r| r.code()));
        }
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn count(&mut self, n: usize) {
        self.0.extend((n as u32).to_le_bytes());
    }

    fn local(&mut self, text: &LocalText) {
        self.text(&text.text);
        self.0.push(u8::from(text.es.is_some()));
        self.text(text.es.as_deref().unwrap_or_default());
    }

    fn date(&mut self, date: Option<Date>) {
        self.0
            .extend(date.map_or(i32::MIN, day_number).to_le_bytes());
    }

    /// No number that a row holds is NaN, which stands for none.
    fn real(&mut self, n: Option<f64>) {
        self.0.extend(n.unwrap_or(f64::NAN).to_bits().to_le_bytes());
    }

    fn actors(&mut self, side: &[Actor]) {
        self.count(side.len());
        for actor in side {
            self.text(&actor.name);
            self.text(actor.actor_type.code());
        }
    }

    fn pairs(&mut self, pairs: &[(String, String)]) {
        self.count(pairs.len());
        for (name, value) in pairs {
            self.text(name);
            self.text(value);
        }
    }

    fn finish(&self) -> i64 {
        xxh3_64(&self.0).cast_signed()
    }
}

/// The fingerprint that schema version 1 kept. Rows of such a case keep theirs until they change,
/// so that a file loaded again after the upgrade says the same.
pub(super) fn incident_hash_v1(incident: &Incident) -> i64 {
    let mut value = serde_json::to_value(incident).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.remove("line");
        // Which it did not know of yet.
        object.remove("version");
    }
    sha_fingerprint(&value.to_string())
}

pub(super) fn territory_hash(t: &TerritoryEstimate) -> i64 {
    let fields = serde_json::json!([
        t.name,
        t.actor,
        t.relation,
        t.valid_from,
        t.valid_to,
        t.share_low,
        t.share_high,
        t.claimant,
        t.grade,
        t.note,
        t.extra,
        geometry::multi_polygon_blob(&t.area)
    ]);
    sha_fingerprint(&fields.to_string())
}

fn sha_fingerprint(text: &str) -> i64 {
    let digest = Sha256::digest(text.as_bytes());
    let mut head = [0; 8];
    head.copy_from_slice(&digest[..8]);
    i64::from_le_bytes(head)
}
