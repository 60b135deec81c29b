-- A case: an OGC GeoPackage 1.4. The gpkg_* tables follow the standard to the letter; the others
-- are the case's own and registered in gpkg_contents, so that QGIS and GDAL list them all.

CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT
);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326,
   'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
   'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');

CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);

CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);

CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);

-- Key and value pairs of the case itself: schema_version, workspace (JSON).
CREATE TABLE setting (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL
);

CREATE TABLE dataset (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name TEXT NOT NULL UNIQUE,
  licence TEXT NOT NULL DEFAULT '', attribution TEXT NOT NULL DEFAULT ''
);

-- One load of one file. rows_read = added + updated + unchanged + rejected.
CREATE TABLE import (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, dataset_id INTEGER NOT NULL REFERENCES dataset(id),
  file_name TEXT NOT NULL, sha256 TEXT NOT NULL, size_bytes INTEGER NOT NULL,
  format TEXT NOT NULL, profile TEXT NOT NULL, mapping TEXT NOT NULL, encoding TEXT NOT NULL,
  imported_at DATETIME NOT NULL, rows_read INTEGER NOT NULL, added INTEGER NOT NULL,
  updated INTEGER NOT NULL, unchanged INTEGER NOT NULL, rejected INTEGER NOT NULL
);

CREATE TABLE reject (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, import_id INTEGER NOT NULL REFERENCES import(id),
  line INTEGER NOT NULL, "column" TEXT NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL,
  raw TEXT NOT NULL
);
CREATE INDEX reject_import ON reject(import_id);

CREATE TABLE actor (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name TEXT NOT NULL UNIQUE, type TEXT NOT NULL
);

-- incident and source have no AUTOINCREMENT: it looks up a counter and writes it at each row, which
-- costs as much as the row does.
-- Dates are civil dates where it happened; instant_utc only where a clock time is known. Sides are
-- actor names joined by '; '. related and extra are JSON. row_hash tells a changed row.
CREATE TABLE incident (
  id INTEGER PRIMARY KEY NOT NULL, geom POINT NOT NULL,
  dataset_id INTEGER NOT NULL REFERENCES dataset(id), external_id TEXT NOT NULL,
  import_id INTEGER NOT NULL REFERENCES import(id), line INTEGER NOT NULL,
  kind TEXT NOT NULL, kind_group TEXT NOT NULL, source_kind TEXT,
  title TEXT NOT NULL, title_es TEXT,
  start_date DATE NOT NULL, end_date DATE NOT NULL, time_precision TEXT NOT NULL,
  instant_utc DATETIME, zone TEXT,
  place_precision TEXT NOT NULL, radius_m DOUBLE,
  place TEXT, admin2 TEXT, admin1 TEXT, country TEXT,
  side_a TEXT, side_b TEXT,
  deaths_low INTEGER, deaths_best INTEGER, deaths_high INTEGER,
  narrative TEXT, narrative_es TEXT, grade TEXT NOT NULL, credibility TEXT,
  related TEXT, extra TEXT, row_hash INTEGER NOT NULL,
  CONSTRAINT incident_key UNIQUE (dataset_id, external_id)
);

CREATE TABLE source (
  id INTEGER PRIMARY KEY NOT NULL, incident_id INTEGER NOT NULL REFERENCES incident(id),
  publisher TEXT, title TEXT, date DATE, url TEXT, language TEXT, reliability TEXT
);
CREATE INDEX source_incident ON source(incident_id);

CREATE TABLE territory (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON NOT NULL,
  dataset_id INTEGER NOT NULL REFERENCES dataset(id), external_id TEXT NOT NULL,
  import_id INTEGER NOT NULL REFERENCES import(id), line INTEGER NOT NULL,
  name TEXT NOT NULL, name_es TEXT, actor TEXT NOT NULL, actor_type TEXT NOT NULL, relation TEXT NOT NULL,
  valid_from DATE, valid_to DATE, share_low DOUBLE, share_high DOUBLE,
  claimant TEXT, grade TEXT NOT NULL, note TEXT, note_es TEXT, extra TEXT, row_hash INTEGER NOT NULL,
  CONSTRAINT territory_key UNIQUE (dataset_id, external_id)
);

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES
  ('incident', 'features', 'incident', 'Incidents: what happened, when, where, who, and who says so', 4326),
  ('territory', 'features', 'territory', 'Territory estimates: which actor is said to be where', 4326),
  ('setting', 'attributes', 'setting', 'Settings of the case', NULL),
  ('dataset', 'attributes', 'dataset', 'Where rows come from, licence and attribution', NULL),
  ('import', 'attributes', 'import', 'Files loaded, with their hash and counts', NULL),
  ('reject', 'attributes', 'reject', 'Rows that could not be used, with the reason', NULL),
  ('actor', 'attributes', 'actor', 'Parties to incidents', NULL),
  ('source', 'attributes', 'source', 'Who reports an incident', NULL);

INSERT INTO gpkg_geometry_columns VALUES
  ('incident', 'geom', 'POINT', 4326, 0, 0),
  ('territory', 'geom', 'MULTIPOLYGON', 4326, 0, 0);
