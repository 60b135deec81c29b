#!/usr/bin/env python3
"""Check the files of this folder (territories.geojson if it is there). Standard library only."""
import csv
import io
import json
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
HEADER = (
    "id,title,title_es,kind,start,end,date_precision,lon,lat,place_precision,radius_m,place,admin1,admin2,country,"
    "actor1,actor1_type,actor2,actor2_type,deaths_low,deaths_best,deaths_high,narrative,narrative_es,source,"
    "source_title,source_date,source_url,source_language,reliability,credibility,related,claimant,predicate,subject,"
    "denominator,value_low,value_high,unit,stance"
).split(",")
KINDS = set(
    """gun_battle ambush attack_civilians homicide bodies_displayed car_bomb drone_strike grenade_mine explosion_other
    abduction disappearance extortion threat blockade arrest rescue raid seizure laboratory deployment recon_flight
    extradition protest riot prison_incident policy infrastructure statement other""".split()
)
ACTOR_TYPES = set(
    "cartel_or_gang military police government armed_civilians civilians foreign_state unknown".split()
)
NEEDED = """id title title_es kind start date_precision lon lat place_precision place narrative narrative_es source
    source_language reliability credibility""".split()
problems = []


def need(ok, where, what):
    if not ok:
        problems.append(f"{where}: {what}")


def check_row(r, ids):
    at = r["id"]
    for k in NEEDED:
        need(r[k], at, f"{k} is empty")
    need(all(v == v.strip() for v in r.values()), at, "a cell starts or ends with space")
    need(re.fullmatch(r"NL-\d{3}", at), at, "id is not NL-nnn")
    need(r["kind"] in KINDS, at, f"kind {r['kind']}")
    need(r["date_precision"] in {"day", "week", "month", "year"}, at, "date_precision")
    need(r["place_precision"] in {"exact", "near", "municipality", "state", "country"}, at, "place_precision")
    start = date.fromisoformat(r["start"])
    end = date.fromisoformat(r["end"]) if r["end"] else start
    need(start <= end, at, "end before start")
    need((r["date_precision"] == "day") == (not r["end"]), at, "an end goes with a precision coarser than a day")
    if r["source_date"]:
        need(end <= date.fromisoformat(r["source_date"]), at, "incident after its source")
    need(-180 <= float(r["lon"]) <= 180 and -90 <= float(r["lat"]) <= 90, at, "position")
    need(14 <= float(r["lat"]) <= 50 and -120 <= float(r["lon"]) <= -75, at, "not in Mexico or the United States")
    need(not r["radius_m"] or float(r["radius_m"]) > 0, at, "radius_m")
    for n in "12":
        need(bool(r[f"actor{n}"]) == bool(r[f"actor{n}_type"]), at, f"actor{n} without type, or the reverse")
        need(not r[f"actor{n}_type"] or r[f"actor{n}_type"] in ACTOR_TYPES, at, f"actor{n}_type")
    need(not any(r[k] for k in ("deaths_low", "deaths_best", "deaths_high")), at, "the sources report no deaths")
    need(re.fullmatch("[A-F]", r["reliability"]), at, "reliability")
    need(re.fullmatch("[1-6]", r["credibility"]), at, "credibility")
    for other in filter(None, r["related"].split(";")):
        need(other in ids and other != at, at, f"related {other}")
        need(other not in ids or at in ids[other]["related"].split(";"), at, f"{other} does not link back")
    need(r["stance"] in {"", "asserts", "denies", "qualifies"}, at, "stance")
    need(bool(r["claimant"]) == bool(r["stance"]), at, "claimant without stance, or the reverse")
    need(bool(r["value_low"]) == bool(r["value_high"]) == bool(r["unit"]), at, "value and unit go together")
    if r["value_low"]:
        need(float(r["value_low"]) <= float(r["value_high"]), at, "value_low above value_high")
    for k, v in r.items():
        need(k in ("lon", "lat") or not v.startswith(("=", "+", "-", "@", "\t", "\r")), at, f"{k} looks like a formula")


def rings(geometry):
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        for i, ring in enumerate(polygon):
            yield i == 0, ring


def check_territories(path):
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    need(len({f["properties"]["id"] for f in features}) == len(features), path.name, "ids not unique")
    for f in features:
        p = f["properties"]
        need(p["relation"] == "present" and p["actor_type"] in ACTOR_TYPES, p["id"], "relation or actor_type")
        need(p["note"] == "illustrative, not an assessment", p["id"], "note")
        need(p["note_es"] == "ilustrativo, no es una evaluación", p["id"], "note_es")
        need(date.fromisoformat(p["valid_from"]) <= date.fromisoformat(p["valid_to"]), p["id"], "valid time")
        for outer, ring in rings(f["geometry"]):
            need(len(ring) >= 4 and ring[0] == ring[-1], p["id"], "ring not closed")
            need(all(-118 < x < -86 and 14 < y < 33 for x, y in ring), p["id"], "point outside Mexico")
            area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:]))
            need((area > 0) == outer, p["id"], "ring winds the wrong way")
    print(f"{path.name}: {len(features)} features")


def check_movements(path, ids):
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    for f in features:
        p = f["properties"]
        need(p["id"] == f["id"] and p["id"] not in ids, p["id"], "id")
        need(p["kind"] in {"track", "deployment", "flow"} and p["actor_type"] in ACTOR_TYPES, p["id"], "kind or actor_type")
        need(date.fromisoformat(p["start"]) <= date.fromisoformat(p["end"]), p["id"], "end before start")
        need(p["name_es"] and p["note"] and p["note_es"], p["id"], "a text is missing")
        line = f["geometry"]["coordinates"]
        need(len(line) > 1 and all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in line), p["id"], "line")
    print(f"{path.name}: {len(features)} features")


def check_places(path, ids):
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8"), newline=""), strict=True))
    for r in rows:
        need(r["id"] not in ids and r["place"] and r["kind"] and r["source"], r["id"], "id, place, kind or source")
        figures = [r[k] for k in ("trucks_a_year", "trucks_a_day", "cars_a_day")]
        need(any(figures) and all(not f or float(f) > 0 for f in figures), r["id"], "figures")
    print(f"{path.name}: {len(rows)} rows")


def main():
    raw = (HERE / "incidents.csv").read_bytes()
    need(not raw.startswith(b"\xef\xbb\xbf"), "incidents.csv", "has a BOM")
    need(raw.count(b"\n") == raw.count(b"\r\n"), "incidents.csv", "a line does not end in CRLF")
    reader = csv.reader(io.StringIO(raw.decode("utf-8"), newline=""), strict=True)
    header = next(reader)
    need(header == HEADER, "incidents.csv", "header")
    table = list(reader)
    need(all(len(r) == len(HEADER) for r in table), "incidents.csv", "a row has another number of cells")
    rows = [dict(zip(HEADER, r)) for r in table]
    ids = {r["id"]: r for r in rows}
    need(len(ids) == len(rows), "incidents.csv", "ids not unique")
    for r in rows:
        check_row(r, ids)
    print(f"incidents.csv: {len(rows)} rows, " + ", ".join(f"{k} {n}" for k, n in sorted(Counter(r["kind"] for r in rows).items())))
    territories = HERE / "territories.geojson"
    if territories.exists():
        check_territories(territories)
    check_movements(HERE / "movements.geojson", ids)
    check_places(HERE / "places.csv", ids)
    for p in problems:
        print(p, file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
