//! Fingerprints of rows: what a row says, whatever line it stands on.

use super::geometry;
use crate::domain::when::day_number;
use crate::domain::{Actor, Incident, LocalText, TerritoryEstimate};
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
        self.date(Some(i.when.start));
        self.date(Some(i.when.end));
        self.text(i.when.precision.code());
        if let Some(instant) = &i.when.instant {
            self.0.extend(instant.utc.as_nanosecond().to_le_bytes());
            self.text(&instant.zone);
        }
        self.0.push(u8::from(i.when.instant.is_some()));
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
        self.count(i.sources.len());
        for s in &i.sources {
            for part in [&s.publisher, &s.title, &s.url, &s.language] {
                self.text(part);
            }
            self.date(s.date);
            self.text(s.reliability.map_or("", |r| r.code()));
        }
        self.text(i.credibility.map_or("", |c| c.code()));
        self.count(i.related.len());
        i.related.iter().for_each(|id| self.text(id));
        self.pairs(&i.extra);
        self.finish()
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
