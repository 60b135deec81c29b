-- Version 2: what incidents said before, and the columns kept with the rows.

-- What an incident said before an import changed it. row is the incident as JSON; import_id is the
-- import it was from, superseded_by the one that changed it.
CREATE TABLE revision (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, incident_id INTEGER NOT NULL,
  import_id INTEGER NOT NULL REFERENCES import(id), line INTEGER NOT NULL,
  superseded_by INTEGER NOT NULL REFERENCES import(id), row TEXT NOT NULL
);
CREATE INDEX revision_incident ON revision(incident_id);

-- What was drawn from the rows and can be drawn again, such as the columns. Any edit of the rows
-- empties it by trigger: what is here is true.
CREATE TABLE cache (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name TEXT NOT NULL UNIQUE, value BLOB NOT NULL
);

INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES
  ('revision', 'attributes', 'revision', 'What incidents said before an import changed them'),
  ('cache', 'attributes', 'cache', 'Drawn from the rows; emptied by any edit of them');
