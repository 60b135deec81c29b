-- Version 4: what every row of a file says alike is written once.

-- What incident.extra refers to by number, from 0: a JSON array of names, and of names with one of the
-- first values of their column (["iso","484"]). extra of a row is then a JSON array of numbers, that of a name
-- followed by its value; where extra is an object it has the names itself.
-- An empty incident.title_es is the name of the kind in Spanish with what follows source_kind in title.
ALTER TABLE import ADD COLUMN extra_names TEXT;
