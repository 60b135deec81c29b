-- Version 4: what every row of a file says alike is written once.

-- Names of the columns that incident.extra tells by their number, from 0: a JSON array. extra of a row
-- is then a JSON array of numbers, each followed by its value; where it is an object it has the names itself.
-- An empty incident.title_es is the name of the kind in Spanish with what follows source_kind in title.
ALTER TABLE import ADD COLUMN extra_names TEXT;
