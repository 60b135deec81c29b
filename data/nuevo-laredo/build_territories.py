#!/usr/bin/env python3
"""Write territories.geojson: four illustrative territory estimates at state level.

    pip install -r data/nuevo-laredo/requirements.txt
    python3 data/nuevo-laredo/build_territories.py

The shapes are whole states of data/basemap/mx-states.geojson (public-domain Natural Earth
lines), simplified together so that neighbours keep a common edge, and rounded to four
decimals. They show how the program draws presence and contest. They are no assessment.
"""
import json
import unicodedata
from pathlib import Path

import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.polygon import orient

HERE = Path(__file__).resolve().parent
STATES = HERE.parent / "basemap" / "mx-states.geojson"
OUT = HERE / "territories.geojson"

TOLERANCE_DEG = 0.01
SMALLEST_PART_DEG2 = 0.002  # islets and bars under about 20 km² only cost bytes here
NOTE = "illustrative, not an assessment"
NOTE_ES = "ilustrativo, no es una evaluación"

CDN = ("Cártel del Noreste", "Cártel del Noreste")
GULF = ("Gulf Cartel", "Cártel del Golfo")
ESTIMATES = [  # id, actor (en, es), state
    ("NL-T01", CDN, "Tamaulipas"),
    ("NL-T02", CDN, "Nuevo León"),
    ("NL-T03", CDN, "Coahuila"),
    ("NL-T04", GULF, "Tamaulipas"),
]


def plain(name):
    text = unicodedata.normalize("NFD", name)
    return "".join(c for c in text if not unicodedata.combining(c)).lower()


def load_states(names):
    """The polygons of `names`; 'Coahuila' also finds 'Coahuila de Zaragoza'."""
    features = json.loads(STATES.read_text(encoding="utf-8"))["features"]
    found = {}
    for name in names:
        hits = [f for f in features if plain(f["properties"]["name"]) == plain(name)]
        hits = hits or [f for f in features if plain(f["properties"]["name"]).startswith(plain(name) + " ")]
        if len(hits) != 1:
            raise SystemExit(f"{name}: {len(hits)} states of that name in {STATES.name}")
        found[name] = shape(hits[0]["geometry"])
    return found


def tidy(geometry):
    """Drop tiny parts, round to four decimals, wind per RFC 7946 (outer ring counter-clockwise)."""
    parts = list(geometry.geoms) if geometry.geom_type == "MultiPolygon" else [geometry]
    big = [p for p in parts if p.area >= SMALLEST_PART_DEG2] or [max(parts, key=lambda p: p.area)]

    def ring(coords):
        rounded = [(round(x, 4), round(y, 4)) for x, y in (c[:2] for c in coords)]
        return [p for i, p in enumerate(rounded) if i == 0 or p != rounded[i - 1]]

    done = []
    for part in big:
        holes = [h for h in part.interiors if Polygon(h).area >= SMALLEST_PART_DEG2]
        polygon = Polygon(ring(part.exterior.coords), [ring(h.coords) for h in holes])
        if not polygon.is_valid:
            raise SystemExit("a polygon is not valid after rounding")
        done.append(orient(polygon, 1.0))
    done.sort(key=lambda p: -p.area)
    return done[0] if len(done) == 1 else MultiPolygon(done)


def main():
    names = sorted({state for _, _, state in ESTIMATES})
    states = load_states(names)
    simple = shapely.coverage_simplify([states[n] for n in names], TOLERANCE_DEG)
    shapes = {n: tidy(g) for n, g in zip(names, simple)}
    features = []
    for id_, (actor, actor_es), state in ESTIMATES:
        properties = {
            "id": id_,
            "name": f"{actor}: present in {state}",
            "name_es": f"{actor_es}: presente en {state}",
            "actor": actor,
            "actor_type": "cartel_or_gang",
            "relation": "present",
            "valid_from": "2025-02-01",
            "valid_to": "2025-02-28",
            "reliability": "E",
            "credibility": "5",
            "claimant": "Atalaya example",
            "note": NOTE,
            "note_es": NOTE_ES,
            "source": "Made for this example; outline of the state from Natural Earth (public domain)",
        }
        features.append({"type": "Feature", "id": id_, "properties": properties, "geometry": mapping(shapes[state])})
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    OUT.write_text('{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", encoding="utf-8", newline="\n")
    for n, g in shapes.items():
        print(f"{n}: {shapely.get_num_coordinates(g)} points, area kept {g.area / states[n].area:.4f}, "
              f"box {tuple(round(v, 2) for v in g.bounds)}")
    print(f"{OUT.name}: {len(features)} features, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
