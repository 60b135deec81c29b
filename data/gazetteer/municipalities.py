"""Writes assets/gazetteer/municipalities.tsv.gz: Mexico's municipalities, by name and code.

    python municipalities.py mx_municipalities.csv

The table has the columns cvegeo, name, state, pop2020, lon and lat; see README.md for where it is
from. States are spelled as in cities.tsv.gz, which has to be there.
"""

import csv
import gzip
import pathlib
import sys

ASSETS = pathlib.Path(__file__).resolve().parent.parent.parent / "assets" / "gazetteer"
STATES = {"México": "Estado de México"}  # as cities.tsv.gz has it, where that differs


def states_of_cities():
    text = gzip.decompress((ASSETS / "cities.tsv.gz").read_bytes()).decode()
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {row[2] for row in rows if row[3] == "MX"}


def main():
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows.sort(key=lambda row: row["cvegeo"])
    assert len({row["cvegeo"] for row in rows}) == len(rows)
    lines = ["cvegeo\tname\tstate\tlat\tlon\tpopulation"]
    for row in rows:
        # INEGI tells the second San Juan Mixtepec of Oaxaca from the first by a full stop.
        name = row["name"].strip().removesuffix(".")
        state = STATES.get(row["state"], row["state"])
        lat, lon = float(row["lat"]), float(row["lon"])
        assert len(row["cvegeo"]) == 5 and row["cvegeo"].isdigit(), row
        assert name and not any(c in name for c in "\t\r\n"), row
        assert 14 < lat < 33 and -119 < lon < -86, row
        lines.append("\t".join(
            [row["cvegeo"], name, state, f"{lat:.4f}", f"{lon:.4f}", str(int(row["pop2020"]))]))
    states = {line.split("\t")[2] for line in lines[1:]}
    assert states == states_of_cities(), states ^ states_of_cities()
    text = "\n".join(lines) + "\n"
    packed = gzip.compress(text.encode(), compresslevel=9, mtime=0)
    (ASSETS / "municipalities.tsv.gz").write_bytes(packed)
    print(f"{len(rows)} municipalities, {len(packed)} bytes")


if __name__ == "__main__":
    main()
