"""Roads: lines for the tiles, and a network that routes are found on.

Source: data/basemap/roads/ne_roads_world.geojson.gz (Natural Earth 1:10 m; README.md says how it came
about). Its lines end anywhere and cross without a common point: here they are cut at their crossings, and
ends that stop short of another road are lengthened to it.
"""

import gzip
import json
import math
from collections import defaultdict

import numpy as np
import shapely

from tiles import varint, zigzag

# Drawn and driven on; ferries and tracks are neither.
CLASSES = ("motorway", "major", "secondary", "road")
REACHES = (0.012, 0.03, 0.06)  # degrees, by pass: first the near ends, then those still cut off
GRID = 1e-3  # degrees, as the source has them
LEAST_NETWORK = 2.0  # degrees of road: a network smaller than this leads nowhere


class Road:
    def __init__(self, line, kind, ref, shield, zoom):
        self.line, self.kind, self.ref, self.shield, self.zoom = line, kind, ref, shield, zoom


def read(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        features = json.load(file)["features"]
    roads = []
    for feature in features:
        p = feature["properties"]
        if p.get("class") not in CLASSES:
            continue
        ref, shield = name_of(p)
        for line in shapely.get_parts(shapely.geometry.shape(feature["geometry"])):
            if line.length > 0:
                roads.append(Road(line, p["class"], ref, shield, float(p["min_zoom"])))
    return roads


def name_of(p):
    """(number as signs show it, kind of sign)"""
    ref, level, country = p.get("ref"), p.get("level"), p.get("iso3")
    if not ref:
        return "", ""
    if (ref, level, country, p["class"]) == ("85", "Federal", "USA", "motorway"):
        return "I-35", "interstate"  # the source gives its last 25 km, at Laredo, the number across the border
    if level == "E":
        return f"E{ref}", "e"
    if country == "USA" and level == "Interstate":
        return f"I-{ref}", "interstate"
    if country == "USA" and level == "Federal":
        return f"US {ref}", "us"
    return ref, "mx" if country == "MEX" else "other"


# --- tiles ------------------------------------------------------------------------------------------

def first_zoom(road):
    """Tile zoom from which on it is in the tiles: a tile is 512 points wide, a zoom of the source 256."""
    zoom = max(3, math.ceil(road.zoom - 1.01))
    return max(zoom, {"motorway": 3, "major": 4, "secondary": 5, "road": 5}[road.kind])


def for_tiles(roads):
    """[(first zoom, properties, lines)], the lesser roads first, as they are painted."""
    groups = defaultdict(list)
    for road in roads:
        groups[(road.kind, road.ref, road.shield, first_zoom(road))].append(road.line)
    order = {kind: i for i, kind in enumerate(reversed(CLASSES))}
    out = []
    for key in sorted(groups, key=lambda k: (order[k[0]], k)):
        kind, ref, shield, zoom = key
        properties = {"class": kind}
        if ref:
            properties.update(ref=ref, shield=shield)
        out.append((zoom, properties, np.array(groups[key], dtype=object)))
    return out


# --- the network ------------------------------------------------------------------------------------

def network(roads):
    """(nodes, edges): points, and (from, to, points, class, ref) of each stretch between two."""
    lines = np.array([road.line for road in roads], dtype=object)
    joins = []
    for reach in REACHES:
        joins += bridges(np.concatenate([lines, np.array(joins, dtype=object)]) if joins else lines, reach)
    everything = np.concatenate([lines, np.array(joins, dtype=object)])
    # Cut at every crossing: at this scale bridges and junctions look the same.
    pieces = shapely.get_parts(shapely.node(shapely.set_precision(shapely.multilinestrings(list(everything)), GRID)))
    owner = owners(pieces, lines)
    return contract(pieces, owner, roads)


def ends_of(lines):
    """Ends that no other line shares: [(line, point, direction outwards)]"""
    seen = defaultdict(list)
    for i, line in enumerate(lines):
        points = shapely.get_coordinates(line)
        for tip, before in ((points[0], points[1]), (points[-1], points[-2])):
            seen[tuple(np.round(tip, 4))].append((i, tip, tip - before))
    return [found[0] for found in seen.values() if len(found) == 1]


def bridges(lines, reach):
    """Short lines from loose ends to the road they nearly meet, straight on before aside."""
    tree, out = shapely.STRtree(lines), []
    for i, tip, way in ends_of(lines):
        point = shapely.Point(tip)
        best = None
        for j in sorted(tree.query(point, predicate="dwithin", distance=reach)):
            if j == i:
                continue
            to = shapely.get_coordinates(shapely.shortest_line(point, lines[j]))[1]
            step = to - tip
            length = float(np.hypot(*step))
            if length < 1e-6:
                best = None
                break
            ahead = float(step @ way) / (length * max(float(np.hypot(*way)), 1e-9))
            cost = length * (1.6 - 0.6 * ahead)
            if best is None or cost < best[0]:
                best = (cost, to + step / length * 2 * GRID)
        if best is not None:
            out.append(shapely.LineString([tip, best[1]]))
    return out


def owners(pieces, lines):
    """The road that each piece is of: the nearest to its middle; -1 for a bridge."""
    tree = shapely.STRtree(lines)
    middles = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    found = np.full(len(pieces), -1)
    indexes, distance = tree.query_nearest(middles, max_distance=4 * GRID, return_distance=True, all_matches=False)
    found[indexes[0]] = indexes[1]
    return found


RANK = {kind: i for i, kind in enumerate(CLASSES)}


def contract(pieces, owner, roads):
    """Joins pieces at points where nothing branches off and the road stays the same."""
    def key(point):
        return (round(point[0] / GRID), round(point[1] / GRID))

    best = {}
    for piece, own in zip(pieces, owner):
        points = [key(p) for p in shapely.get_coordinates(piece)]
        points = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
        if len(points) < 2:
            continue
        what = ("road", "") if own < 0 else (roads[own].kind, roads[own].ref)
        same = min(tuple(points), tuple(reversed(points)))
        # One line twice is one road: the better, and the one with a number.
        old = best.get(same)
        if old is None or (RANK[what[0]], what[1] == "") < (RANK[old[0]], old[1] == ""):
            best[same] = what
    edges = {i: (list(points), *what) for i, (points, what) in enumerate(sorted(best.items()))}
    at = defaultdict(set)
    for i, (points, _, _) in edges.items():
        at[points[0]].add(i)
        at[points[-1]].add(i)
    for node in sorted(at):
        if len(at[node]) != 2:
            continue
        a, b = sorted(at[node])
        (p, kind, ref), (q, kind_b, ref_b) = edges[a], edges[b]
        if (kind, ref) != (kind_b, ref_b) or p[0] == p[-1] or q[0] == q[-1]:
            continue
        p = p if p[-1] == node else p[::-1]
        q = q if q[0] == node else q[::-1]
        if p[0] == q[-1]:
            continue  # a loop
        edges[a] = (p + q[1:], kind, ref)
        del edges[b], at[node]
        at[q[-1]].discard(b)
        at[q[-1]].add(a)
    return drop_islands(list(edges.values()))


def drop_islands(edges):
    """Networks too short to lead anywhere are left out."""
    parent = {}

    def find(x):
        while parent.setdefault(x, x) != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for points, _, _ in edges:
        parent[find(points[0])] = find(points[-1])
    length = defaultdict(float)
    for points, _, _ in edges:
        length[find(points[0])] += sum(math.dist(a, b) for a, b in zip(points, points[1:])) * GRID
    return sorted(e for e in edges if length[find(e[0][0])] >= LEAST_NETWORK)


def write_network(path, edges):
    """`RDS1`, then gzip of: numbers of refs; each a length and UTF-8; number of edges; each: class, ref,
    number of points, and the points as differences to the one before, in thousandths of a degree. All
    numbers are LEB128, signed ones zigzag. Edges meet where their first or last points are equal."""
    refs = sorted({ref for _, _, ref in edges})
    number = {ref: i for i, ref in enumerate(refs)}
    out = bytearray(varint(len(refs)))
    for ref in refs:
        text = ref.encode()
        out += varint(len(text)) + text
    out += varint(len(edges))
    last = (0, 0)
    for points, kind, ref in edges:
        out += varint(RANK[kind]) + varint(number[ref]) + varint(len(points))
        for point in points:
            out += varint(zigzag(point[0] - last[0])) + varint(zigzag(point[1] - last[1]))
            last = point
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"RDS1" + gzip.compress(bytes(out), 9, mtime=0))
    return path.stat().st_size
