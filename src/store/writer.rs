//! Imports: one transaction a file, so that a failure or a cancel leaves the case as it was.

use super::{Case, NewImport, geometry};
use crate::domain::{Actor, ActorType, Credibility, Incident, Reliability, TerritoryEstimate};
use crate::locale::Problem;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

/// `rows_read = added + updated + unchanged + rejected`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    pub rows_read: u64,
    pub added: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub rejected: u64,
}

/// A row of this dataset that the case already has.
struct Known {
    id: i64,
    row_hash: i64,
    /// Whether this import has met it.
    seen: bool,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowOutcome {
    Added,
    Updated,
    Unchanged,
    /// The same file has another row under the same key.
    DuplicateKey,
}

/// An import under way. Dropped without [`ImportWriter::commit`], it leaves no trace.
pub struct ImportWriter<'a> {
    tx: rusqlite::Transaction<'a>,
    path: std::path::PathBuf,
    import_id: i64,
    dataset_id: i64,
    sha256: String,
    incidents: HashMap<String, Known>,
    territories: HashMap<String, Known>,
    actors: HashSet<String>,
    counts: ImportCounts,
}

impl Case {
    /// Begins an import.
    pub fn begin_import(&mut self, import: &NewImport) -> Result<ImportWriter<'_>, Problem> {
        if let Some(why) = &self.read_only {
            return Err(why.clone());
        }
        if self.lock.is_none() {
            super::write_ahead(&self.conn);
        }
        let path = self.path.clone();
        let problem = |e: rusqlite::Error| super::sql_problem(&path, &e);
        let tx = self.conn.transaction().map_err(problem)?;
        let begun = (|| {
            let dataset_id = dataset_id(&tx, import)?;
            let mapping: serde_json::Map<String, serde_json::Value> = import
                .mapping
                .iter()
                .map(|(f, c)| (f.clone(), c.as_str().into()))
                .collect();
            tx.execute(
                "INSERT INTO import (dataset_id, file_name, sha256, size_bytes, format, profile, mapping, encoding, \
                 imported_at, rows_read, added, updated, unchanged, rejected) \
                 VALUES (?1,?2,?3,?4,?5,?6,?7,?8, strftime('%Y-%m-%dT%H:%M:%fZ','now'), 0,0,0,0,0)",
                params![
                    dataset_id,
                    import.file_name,
                    import.sha256,
                    import.size_bytes as i64,
                    import.format,
                    import.profile,
                    serde_json::Value::Object(mapping).to_string(),
                    import.encoding
                ],
            )?;
            Ok((
                tx.last_insert_rowid(),
                dataset_id,
                known_rows(&tx, "incident", dataset_id)?,
                known_rows(&tx, "territory", dataset_id)?,
            ))
        })();
        let (import_id, dataset_id, incidents, territories) = begun.map_err(problem)?;
        Ok(ImportWriter {
            tx,
            path,
            import_id,
            dataset_id,
            sha256: import.sha256.clone(),
            incidents,
            territories,
            actors: HashSet::new(),
            counts: ImportCounts::default(),
        })
    }

    /// Keeps a value under a key, such as the workspace.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<(), Problem> {
        if let Some(why) = &self.read_only {
            return Err(why.clone());
        }
        let sql = "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT(key) DO UPDATE SET value = excluded.value";
        self.conn
            .execute(sql, [key, value])
            .map_err(|e| self.problem(&e))?;
        Ok(())
    }
}

impl ImportWriter<'_> {
    pub fn incident(&mut self, incident: &Incident) -> Result<RowOutcome, Problem> {
        let hash = incident_hash(incident);
        let known = self.incidents.get_mut(&incident.external_id);
        let (outcome, replaced) = judge(known, hash);
        if matches!(outcome, RowOutcome::Added | RowOutcome::Updated) {
            let id = self
                .write_incident(incident, hash, replaced)
                .map_err(|e| self.problem(&e))?;
            self.incidents.insert(
                incident.external_id.clone(),
                Known {
                    id,
                    row_hash: hash,
                    seen: true,
                },
            );
        }
        self.count(outcome);
        Ok(outcome)
    }

    pub fn territory(&mut self, estimate: &TerritoryEstimate) -> Result<RowOutcome, Problem> {
        let hash = territory_hash(estimate);
        let known = self.territories.get_mut(&estimate.external_id);
        let (outcome, replaced) = judge(known, hash);
        if matches!(outcome, RowOutcome::Added | RowOutcome::Updated) {
            let id = self
                .write_territory(estimate, hash, replaced)
                .map_err(|e| self.problem(&e))?;
            self.territories.insert(
                estimate.external_id.clone(),
                Known {
                    id,
                    row_hash: hash,
                    seen: true,
                },
            );
        }
        self.count(outcome);
        Ok(outcome)
    }

    /// Keeps a row that could not be used. `reason` is a code of the locale files.
    pub fn reject(
        &mut self,
        line: u64,
        column: &str,
        value: &str,
        reason: &str,
        raw: &str,
    ) -> Result<(), Problem> {
        self.counts.rows_read += 1;
        self.counts.rejected += 1;
        self.tx
            .prepare_cached("INSERT INTO reject (import_id, line, \"column\", value, reason, raw) VALUES (?1,?2,?3,?4,?5,?6)")
            .and_then(|mut s| s.execute(params![self.import_id, line as i64, column, value, reason, raw]))
            .map_err(|e| self.problem(&e))?;
        Ok(())
    }

    #[must_use]
    pub fn counts(&self) -> ImportCounts {
        self.counts
    }

    /// Makes it last. A file that changed nothing and was loaded before leaves the case as it
    /// was, without a second record of it.
    pub fn commit(self) -> Result<ImportCounts, Problem> {
        let counts = self.counts;
        let path = self.path.clone();
        let done = (|| {
            let nothing_new = counts.added + counts.updated == 0;
            if nothing_new && self.loaded_before()? {
                return self.tx.rollback();
            }
            self.tx.execute(
                "UPDATE import SET rows_read=?2, added=?3, updated=?4, unchanged=?5, rejected=?6 WHERE id=?1",
                params![self.import_id, counts.rows_read as i64, counts.added as i64, counts.updated as i64, counts.unchanged as i64, counts.rejected as i64],
            )?;
            update_contents(&self.tx)?;
            self.tx.commit()
        })();
        done.map_err(|e| super::sql_problem(&path, &e))?;
        Ok(counts)
    }

    fn loaded_before(&self) -> rusqlite::Result<bool> {
        self.tx.query_row(
            "SELECT count(*) > 0 FROM import WHERE sha256 = ?1 AND dataset_id = ?2 AND id <> ?3",
            params![self.sha256, self.dataset_id, self.import_id],
            |r| r.get(0),
        )
    }

    fn problem(&self, error: &rusqlite::Error) -> Problem {
        super::sql_problem(&self.path, error)
    }

    fn count(&mut self, outcome: RowOutcome) {
        match outcome {
            RowOutcome::Added => self.counts.added += 1,
            RowOutcome::Updated => self.counts.updated += 1,
            RowOutcome::Unchanged => self.counts.unchanged += 1,
            // Counted when the caller hands it in as a reject.
            RowOutcome::DuplicateKey => return,
        }
        self.counts.rows_read += 1;
    }

    fn write_incident(
        &mut self,
        i: &Incident,
        hash: i64,
        replaced: Option<i64>,
    ) -> rusqlite::Result<i64> {
        for actor in i.side_a.iter().chain(&i.side_b) {
            self.write_actor(actor)?;
        }
        let instant = i.when.instant.as_ref();
        let extra = extra_json(&i.extra);
        let related =
            (!i.related.is_empty()).then(|| serde_json::Value::from(i.related.clone()).to_string());
        let mut statement = self.tx.prepare_cached(
            "INSERT OR REPLACE INTO incident (id, geom, dataset_id, external_id, import_id, line, kind, kind_group, source_kind, \
             title, title_es, start_date, end_date, time_precision, instant_utc, zone, place_precision, radius_m, place, admin2, \
             admin1, country, side_a, side_b, deaths_low, deaths_best, deaths_high, narrative, narrative_es, grade, credibility, \
             related, extra, row_hash) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,\
             ?24,?25,?26,?27,?28,?29,?30,?31,?32,?33,?34)",
        )?;
        if let Some(id) = replaced {
            self.tx
                .prepare_cached("DELETE FROM source WHERE incident_id = ?1")?
                .execute([id])?;
        }
        let key = i.external_id.as_str();
        statement.execute(params![
            replaced,
            geometry::point_blob(i.position.lon, i.position.lat),
            self.dataset_id,
            key,
            self.import_id,
            i.line as i64,
            i.kind.code(),
            i.kind.group().code(),
            some(&i.source_kind),
            i.title.text,
            i.title.es,
            i.when.start.to_string(),
            i.when.end.to_string(),
            i.when.precision.code(),
            instant.map(|t| t.utc.to_string()),
            instant.map(|t| t.zone.as_str()),
            i.position.precision.code(),
            i.position.radius_m,
            some(&i.places.place),
            some(&i.places.admin2),
            some(&i.places.admin1),
            some(&i.places.country),
            side_text(&i.side_a),
            side_text(&i.side_b),
            i.deaths.low,
            i.deaths.best,
            i.deaths.high,
            some(&i.narrative.text),
            i.narrative.es,
            i.grade().to_string(),
            i.credibility.map(Credibility::code),
            related,
            extra,
            hash
        ])?;
        let id = self.tx.last_insert_rowid();
        let mut add_source = self.tx.prepare_cached(
            "INSERT INTO source (incident_id, publisher, title, date, url, language, reliability) VALUES (?1,?2,?3,?4,?5,?6,?7)",
        )?;
        for s in &i.sources {
            add_source.execute(params![
                id,
                some(&s.publisher),
                some(&s.title),
                s.date.map(|d| d.to_string()),
                some(&s.url),
                some(&s.language),
                s.reliability.map(Reliability::code)
            ])?;
        }
        Ok(id)
    }

    fn write_territory(
        &mut self,
        t: &TerritoryEstimate,
        hash: i64,
        replaced: Option<i64>,
    ) -> rusqlite::Result<i64> {
        self.write_actor(&t.actor)?;
        self.tx
            .prepare_cached(
                "INSERT OR REPLACE INTO territory (id, geom, dataset_id, external_id, import_id, line, name, name_es, actor, actor_type, \
                 relation, valid_from, valid_to, share_low, share_high, claimant, grade, note, note_es, extra, row_hash) \
                 VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21)",
            )?
            .execute(params![
                replaced,
                geometry::multi_polygon_blob(&t.area),
                self.dataset_id,
                t.external_id,
                self.import_id,
                t.line as i64,
                t.name.text,
                t.name.es,
                t.actor.name,
                t.actor.actor_type.code(),
                t.relation.code(),
                t.valid_from.map(|d| d.to_string()),
                t.valid_to.map(|d| d.to_string()),
                t.share_low,
                t.share_high,
                some(&t.claimant),
                t.grade.to_string(),
                some(&t.note.text),
                t.note.es,
                extra_json(&t.extra),
                hash
            ])?;
        Ok(self.tx.last_insert_rowid())
    }

    fn write_actor(&mut self, actor: &Actor) -> rusqlite::Result<()> {
        if self.actors.contains(&actor.name) {
            return Ok(());
        }
        // A type already known is not forgotten for an unknown one; a later one corrects it.
        self.tx
            .prepare_cached(
                "INSERT INTO actor (name, type) VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET type = excluded.type \
                 WHERE excluded.type <> 'unknown'",
            )?
            .execute([plain_name(&actor.name).as_str(), actor.actor_type.code()])?;
        if actor.actor_type != ActorType::Unknown {
            self.actors.insert(actor.name.clone());
        }
        Ok(())
    }
}

/// Compares a row with what the case has under its key.
fn judge(known: Option<&mut Known>, hash: i64) -> (RowOutcome, Option<i64>) {
    match known {
        None => (RowOutcome::Added, None),
        Some(k) if k.row_hash == hash => {
            k.seen = true;
            (RowOutcome::Unchanged, None)
        }
        // Two different rows under one key in one file would replace each other at every load.
        Some(k) if k.seen => (RowOutcome::DuplicateKey, None),
        Some(k) => (RowOutcome::Updated, Some(k.id)),
    }
}

fn dataset_id(conn: &Connection, import: &NewImport) -> rusqlite::Result<i64> {
    let known = conn
        .query_row(
            "SELECT id FROM dataset WHERE name = ?1",
            [&import.dataset],
            |r| r.get(0),
        )
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    conn.execute(
        "INSERT INTO dataset (name, licence, attribution) VALUES (?1, ?2, ?3)",
        [&import.dataset, &import.licence, &import.attribution],
    )?;
    Ok(conn.last_insert_rowid())
}

fn known_rows(
    conn: &Connection,
    table: &str,
    dataset_id: i64,
) -> rusqlite::Result<HashMap<String, Known>> {
    let mut statement = conn.prepare(&format!(
        "SELECT external_id, id, row_hash FROM {table} WHERE dataset_id = ?1"
    ))?;
    let rows = statement.query_map([dataset_id], |r| {
        Ok((
            r.get(0)?,
            Known {
                id: r.get(1)?,
                row_hash: r.get(2)?,
                seen: false,
            },
        ))
    })?;
    rows.collect()
}

/// What GDAL and QGIS show without reading the layer: extent and date of change.
fn update_contents(conn: &Connection) -> rusqlite::Result<()> {
    for table in super::rtree::FEATURE_TABLES {
        // The triggers keep the index tight to the nearest 32-bit float; the extent is taken from it.
        conn.execute_batch(&format!(
            "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now'), \
               (min_x, min_y, max_x, max_y) = (SELECT min(ST_MinX(geom)), min(ST_MinY(geom)), max(ST_MaxX(geom)), max(ST_MaxY(geom)) FROM {table}) \
             WHERE table_name = '{table}'"
        ))?;
    }
    Ok(())
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn side_text(side: &[Actor]) -> Option<String> {
    (!side.is_empty()).then(|| {
        side.iter()
            .map(|a| plain_name(&a.name))
            .collect::<Vec<_>>()
            .join("; ")
    })
}

/// Sides are joined by `;`, so a name cannot hold one.
fn plain_name(name: &str) -> String {
    name.replace(';', ",")
}

fn extra_json(extra: &[(String, String)]) -> Option<String> {
    (!extra.is_empty()).then(|| {
        let object: serde_json::Map<String, serde_json::Value> = extra
            .iter()
            .map(|(k, v)| (k.clone(), v.as_str().into()))
            .collect();
        serde_json::Value::Object(object).to_string()
    })
}

/// A fingerprint of what the row says, whatever line it stands on.
fn incident_hash(incident: &Incident) -> i64 {
    let mut value = serde_json::to_value(incident).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.remove("line");
    }
    fingerprint(&value.to_string())
}

fn territory_hash(t: &TerritoryEstimate) -> i64 {
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
    fingerprint(&fields.to_string())
}

fn fingerprint(text: &str) -> i64 {
    let digest = Sha256::digest(text.as_bytes());
    let mut head = [0; 8];
    head.copy_from_slice(&digest[..8]);
    i64::from_le_bytes(head)
}
