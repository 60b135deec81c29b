"""Rivers, railways, built-up areas, municipalities and counties, airports and border crossings, from the files in data/basemap/ground."""

import csv
import gzip
import json
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import shape

import places
import shapes

FOLDER = Path(__file__).resolve().parent / "ground"
EL_PASO = -106.53  # west of it the border leaves the river
BESIDE = 0.09  # degrees: the source's Rio Grande runs this near to the border


def read(name):
    with gzip.open(FOLDER / name, "rt", encoding="utf-8") as file:
        return json.load(file)


def features(name):
    return [(shape(f["geometry"]), f["properties"]) for f in read(name)["features"]]


def rivers(border):
    """[(first tile zoom, lines)]. Where the border is the river, the river is the border: the two sources differ by
    up to 4 km, and a crossing would lie on dry land."""
    by_zoom = {}
    strip = shapely.buffer(border, BESIDE)
    for name in ("rivers_americas.geojson.gz", "rivers_north_america_supplement.geojson.gz"):
        for line, p in features(name):
            zoom = max(4, round(p["min_zoom"]) - (0 if p["scalerank"] < 7 else -1))
            if p.get("name") == "Rio Grande":
                line = shapely.difference(line, strip)
            by_zoom.setdefault(min(zoom, 9), []).extend(shapely.get_parts(line))
    river = shapely.clip_by_rect(border, EL_PASO, 20, -90, 40)
    by_zoom.setdefault(4, []).extend(shapely.get_parts(river))
    return [(zoom, np.array(lines, dtype=object)) for zoom, lines in sorted(by_zoom.items())]


def railways():
    lines = [part for line, _ in features("railroads_mexico_and_north_america.geojson.gz")
             for part in shapely.get_parts(line)]
    return np.array(lines, dtype=object)


def built_up():
    areas = shapely.make_valid([area for area, _ in features("urban_areas_50m_americas.geojson.gz")])
    parts = shapely.get_parts(areas)
    return parts[shapely.get_type_id(parts) == 3]


def inner_lines(name, layer):
    """The lines that two units share: their outer ones are coast or border, which others draw better."""
    topology = read(name)
    scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
    used = {}

    def walk(arcs, unit):
        for arc in arcs:
            if isinstance(arc, list):
                walk(arc, unit)
            else:
                used.setdefault(arc if arc >= 0 else ~arc, set()).add(unit)

    for i, item in enumerate(topology["objects"][layer]["geometries"]):
        walk(item.get("arcs", []), i)
    lines = []
    for number, units in sorted(used.items()):
        if len(units) > 1:
            points = np.cumsum(topology["arcs"][number], axis=0) * scale + move
            if len(points) > 1:
                lines.append(shapely.LineString(points))
    return np.array(lines, dtype=object)


def municipalities(state, border):
    """Lines between municipalities and between counties, without those that are state lines too."""
    lines = np.concatenate([inner_lines("mx_municipalities.topojson.gz", "municipalities"),
                            inner_lines("us_border_state_counties.topojson.gz", "counties")])
    drawn = np.append(state, border)
    near = shapely.STRtree(drawn)
    middles = shapely.line_interpolate_point(lines, [[0.2], [0.5], [0.8]], normalized=True)
    beside = np.zeros(len(lines), dtype=int)
    for row in middles:
        found = near.query(row, predicate="dwithin", distance=0.02)
        beside[np.unique(found[0])] += 1
    return lines[beside < 3]


def airports():
    """Large ones are named from map zoom 8 on, the others from 9."""
    out = []
    for point, p in features("airports_americas.geojson.gz"):
        code = p.get("iata_code")
        if code and p.get("type"):
            rank = 8 if "major" in p["type"] else 9
            out.append(places.place("airport", code, point.x, point.y, rank))
    return out


def crossings(border):
    """Ports of entry, by the name of their town: on the border, where the road crosses it."""
    out = []
    with open(FOLDER / "us-mexico-ports-2018.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            point = shapely.Point(float(row["lon"]), float(row["lat"]))
            at = shapely.get_coordinates(shapely.shortest_line(point, border))[1]
            busy = int(row["trucks_2018"]) > 50_000
            out.append(places.place("crossing", row["port"], round(float(at[0]), 5), round(float(at[1]), 5), 8 if busy else 9))
    return out
