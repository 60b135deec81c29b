-- Version 3: movements, places with series, deliveries that retire rows, links between incidents.

-- columns: names of the file's columns, JSON array; options: what was decided about the file, JSON.
-- known_at: when the delivery was received, which --known-on goes by; else when it was loaded.
-- full: the file held the whole dataset, and what it lacked was retired: so many rows.
ALTER TABLE import ADD COLUMN columns TEXT;
ALTER TABLE import ADD COLUMN options TEXT;
ALTER TABLE import ADD COLUMN known_at DATETIME;
ALTER TABLE import ADD COLUMN "full" BOOLEAN NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN retired INTEGER NOT NULL DEFAULT 0;
-- Actors from this id on were not there before the import.
ALTER TABLE import ADD COLUMN first_actor INTEGER;

-- table_name: incident, territory, movement, series, link or actor; change: revised or retired. row of
-- an incident is that incident, of another table its columns; both as JSON. point and radius_m are the
-- incident's own, to the last bit.
ALTER TABLE revision RENAME COLUMN incident_id TO row_id;
ALTER TABLE revision ADD COLUMN table_name TEXT NOT NULL DEFAULT 'incident';
ALTER TABLE revision ADD COLUMN change TEXT NOT NULL DEFAULT 'revised';
ALTER TABLE revision ADD COLUMN row_hash INTEGER;
ALTER TABLE revision ADD COLUMN point BLOB;
ALTER TABLE revision ADD COLUMN radius_m DOUBLE;
CREATE INDEX revision_superseded ON revision(superseded_by);

ALTER TABLE incident ADD COLUMN version INTEGER;

CREATE TABLE movement (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTILINESTRING NOT NULL,
  dataset_id INTEGER NOT NULL REFERENCES dataset(id), external_id TEXT NOT NULL,
  import_id INTEGER NOT NULL REFERENCES import(id), line INTEGER NOT NULL,
  kind TEXT NOT NULL, name TEXT NOT NULL, name_es TEXT, actor TEXT, actor_type TEXT,
  start_date DATE, end_date DATE, time_precision TEXT, instant_utc DATETIME, zone TEXT,
  amount DOUBLE, unit TEXT, note TEXT, note_es TEXT, sources TEXT, extra TEXT, row_hash INTEGER NOT NULL,
  CONSTRAINT movement_key UNIQUE (dataset_id, external_id)
);

-- A place may be known by name only: geom is empty then.
CREATE TABLE place (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT,
  dataset_id INTEGER NOT NULL REFERENCES dataset(id), external_id TEXT NOT NULL,
  kind TEXT NOT NULL, name TEXT NOT NULL, name_es TEXT,
  place TEXT, admin2 TEXT, admin1 TEXT, country TEXT, place_precision TEXT, radius_m DOUBLE,
  CONSTRAINT place_key UNIQUE (dataset_id, external_id)
);

-- What one row of a file says of a place. "values" is JSON: a list of series, each with measure, unit
-- and its values over days from/to, null where none is given.
CREATE TABLE series (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, place_id INTEGER NOT NULL REFERENCES place(id),
  dataset_id INTEGER NOT NULL REFERENCES dataset(id), external_id TEXT NOT NULL,
  import_id INTEGER NOT NULL REFERENCES import(id), line INTEGER NOT NULL,
  "values" TEXT NOT NULL, extra TEXT, row_hash INTEGER NOT NULL,
  CONSTRAINT series_key UNIQUE (dataset_id, external_id)
);
CREATE INDEX series_place ON series(place_id);

-- What the user said of two incidents: linked (the same event, counted once) or dismissed.
CREATE TABLE link (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, a INTEGER NOT NULL REFERENCES incident(id),
  b INTEGER NOT NULL REFERENCES incident(id), verdict TEXT NOT NULL, decided_at DATETIME NOT NULL,
  CONSTRAINT link_pair UNIQUE (a, b)
);
CREATE INDEX link_b ON link(b);

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES
  ('movement', 'features', 'movement', 'Movements: tracks, deployments, flows', 4326),
  ('place', 'features', 'place', 'Places with what was measured there', 4326),
  ('series', 'attributes', 'series', 'What was measured at places', NULL),
  ('link', 'attributes', 'link', 'Incidents said to be the same event, or not', NULL);
INSERT INTO gpkg_geometry_columns VALUES
  ('movement', 'geom', 'MULTILINESTRING', 4326, 0, 0),
  ('place', 'geom', 'POINT', 4326, 0, 0);
