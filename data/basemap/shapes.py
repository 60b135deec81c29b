"""Reads and mends the lines and areas: one world of land, lakes and boundaries that fit together.

All coordinates here are degrees. What leaves this module has no break at the antimeridian: land
runs on past +-180 by MARGIN degrees, so that no tile edge shows a seam and no coast follows it.
"""

import json
from pathlib import Path

import numpy as np
import shapefile
import shapely
import shapely.ops
from shapely.geometry import shape

SOUTH = -85.3  # a little beyond the edge of the Mercator square (85.0511)
MARGIN = 8.0  # degrees repeated on the other side; the buffer of the one tile of zoom 0 is 5.6
REACH = 0.025  # state lines of Natural Earth stop up to 0.02 degrees short of the coast
TOUCH = 1e-6  # ends meant to lie on a line miss it by some 1e-10: they get 10 m more
REACH_BORDER = 0.06  # and by more where the Rio Grande is replaced by the better Census line


def read_shapes(path):
    reader = shapefile.Reader(shp=open(f"{path}.shp", "rb"))
    shapes = [shape(s.__geo_interface__) for s in reader.iterShapes() if s.shapeType]
    return shapely.get_parts(np.array(shapes, dtype=object))


def read_records(path):
    """Whole features with their table, as (geometry, dict)."""
    reader = shapefile.Reader(str(path), encoding="utf-8")
    return [(shape(r.shape.__geo_interface__), r.record.as_dict()) for r in reader.iterShapeRecords()]


# --- areas --------------------------------------------------------------------------------------

def snap_to_antimeridian(geometry):
    """-179.99999999999991 is meant to be -180: else a hair of water stays after joining."""
    def fix(points):
        x = points[:, 0]
        x[np.abs(x + 180) < 1e-6] = -180.0
        x[np.abs(x - 180) < 1e-6] = 180.0
        return points
    return shapely.transform(geometry, fix)


def shift(geometry, degrees):
    return shapely.transform(geometry, lambda points: points + (degrees, 0))


def wrap_areas(polygons):
    """Adds what lies just beyond +-180 and joins it to its other half."""
    polygons = snap_to_antimeridian(polygons)
    polygons = shapely.intersection(polygons, shapely.box(-180, SOUTH, 180, 90))
    bounds = shapely.bounds(polygons)
    at_edge = (bounds[:, 0] < -180 + MARGIN) | (bounds[:, 2] > 180 - MARGIN)
    pieces = list(polygons[at_edge])
    for piece in polygons[at_edge]:
        pieces.append(shift(shapely.intersection(piece, shapely.box(180 - MARGIN, -90, 180, 90)), -360))
        pieces.append(shift(shapely.intersection(piece, shapely.box(-180, -90, MARGIN - 180, 90)), 360))
    joined = shapely.get_parts(shapely.union_all(pieces))
    joined = joined[shapely.get_type_id(joined) == 3]
    return np.concatenate([polygons[~at_edge], joined])


def load_land(natural_earth):
    land = wrap_areas(shapely.make_valid(read_shapes(natural_earth / "ne_10m_land")))
    return land[np.argsort(-shapely.area(land), kind="stable")]


def load_lakes(natural_earth):
    lakes = shapely.get_parts(shapely.make_valid(read_shapes(natural_earth / "ne_10m_lakes")))
    return lakes[shapely.get_type_id(lakes) == 3]


def coast_of(polygons):
    """Rings as lines. Ends of the wrapped world are no coast; they lie outside every tile."""
    rings = shapely.get_parts(shapely.boundary(polygons))
    return shapely.get_parts(shapely.clip_by_rect(
        rings, -180 - MARGIN + 1e-6, SOUTH + 1e-6, 180 + MARGIN - 1e-6, 90))


# --- lines --------------------------------------------------------------------------------------

# Kinds of country line that are no frontier on the ground
NO_FRONTIER = ("Overlay limit", "Lease limit")
AGREED = ("International boundary (verify)",)


def load_country_lines(records):
    """(lines, disputed flags)"""
    lines, disputed = [], []
    for geometry, record in records:
        kind = record["FEATURECLA"]
        if kind in NO_FRONTIER:
            continue
        for part in shapely.get_parts(shapely.line_merge(geometry)):
            lines.append(part)
            disputed.append(kind not in AGREED)
    return np.array(lines, dtype=object), np.array(disputed)


def load_state_lines(natural_earth):
    """The file holds them in 45,000 bits, some of them twice."""
    bits = shapely.normalize(read_shapes(natural_earth / "ne_10m_admin_1_states_provinces_lines"))
    once = {bit.wkb: bit for bit in bits}
    return shapely.get_parts(shapely.line_merge(shapely.multilinestrings(list(once.values()))))


def census_border(counties, rough):
    """The US-Mexico border as the US Census draws it: 0.2 km from the river, not 0.8 (4 at worst).

    `rough` is the same border from Natural Earth; it says where on the outline of the counties
    the border begins and ends.
    """
    outline = max(shapely.get_parts(shapely.union_all(counties)), key=lambda p: p.area).exterior
    ends = sorted((shapely.Point(p) for p in outer_points(rough)), key=lambda p: p.x)
    a, b = outline.project(ends[0]), outline.project(ends[-1])
    a, b = min(a, b), max(a, b)
    inner = shapely.ops.substring(outline, a, b)
    rest = shapely.ops.linemerge([
        shapely.ops.substring(outline, b, outline.length), shapely.ops.substring(outline, 0, a)])
    return min((inner, rest), key=lambda line: line.hausdorff_distance(rough))


def outer_points(lines):
    merged = shapely.line_merge(shapely.union_all(lines))
    points = shapely.get_coordinates(merged)
    return [points[np.argmin(points[:, 0])], points[np.argmax(points[:, 0])]]


def replace_mexican_border(lines, disputed, records, counties):
    """Swaps Natural Earth's US-Mexico line for the Census one."""
    rough = [g for g, r in records if {r["ADM0_A3_L"], r["ADM0_A3_R"]} == {"USA", "MEX"}]
    better = census_border(counties, shapely.union_all(rough))
    old = set(part.wkb for geometry in rough
              for part in shapely.get_parts(shapely.line_merge(geometry)))
    keep = np.array([line.wkb not in old for line in lines])
    assert (~keep).any()
    return np.append(lines[keep], [better]), np.append(disputed[keep], False), better


def loose_ends(lines):
    """(index of line, end point, unit direction outwards) of each end no other line shares."""
    count = {}
    tips = []
    for i, line in enumerate(lines):
        points = shapely.get_coordinates(line)
        for tip, before in ((points[0], points[1]), (points[-1], points[-2])):
            key = tuple(np.round(tip, 7))
            count[key] = count.get(key, 0) + 1
            tips.append((i, key, tip, tip - before))
    for i, key, tip, way in tips:
        length = np.hypot(*way)
        if count[key] == 1 and length > 0:
            yield i, tip, way / length


def connect(lines, targets, reach):
    """Lengthens loose ends to the first of `targets` or other line within `reach`, straight on
    if possible, else by the shortest way. Ends with nothing near stay as they are."""
    everything = np.concatenate([lines, targets])
    tree = shapely.STRtree(everything)
    added = []
    for i, tip, way in loose_ends(lines):
        point = shapely.Point(tip)
        near = [j for j in tree.query(point, predicate="dwithin", distance=reach) if j != i]
        if not near:
            continue
        other = shapely.union_all(everything[sorted(near)])
        if other.distance(point) < TOUCH:
            added.append(shapely.LineString([tip, tip + way * 1e-4]))
            continue
        ray = shapely.LineString([tip, tip + way * reach])
        hits = ray.intersection(other)
        if not hits.is_empty:
            hit = shapely.get_coordinates(shapely.shortest_line(point, hits))[1]
        else:
            hit = shapely.get_coordinates(shapely.shortest_line(point, other))[1]
        step = hit - tip
        # a hair further than the target, so that both certainly cross when cut at crossings
        added.append(shapely.LineString([tip, hit + step / np.hypot(*step) * 1e-6]))
    return np.array(added, dtype=object)


def mend_state_lines(state, country, border, coast):
    """State lines that reach coast and country line, and stop there."""
    near = shapely.dwithin(state, border, REACH_BORDER)
    trimmed = cut_stumps(state[near], border)
    state = np.concatenate([state[~near], trimmed])
    additions = [
        connect(trimmed, np.array([border], dtype=object), REACH_BORDER),
        connect(state, np.concatenate([country, coast]), REACH)]
    return shapely.get_parts(shapely.line_merge(shapely.union_all(
        np.concatenate([state, *additions]))))


def cut_stumps(lines, border):
    """Cuts `lines` where they cross `border` and drops the short ends beyond it."""
    pieces = shapely.get_parts(shapely.node(shapely.union_all([*lines, border])))
    middle = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    pieces = pieces[shapely.distance(middle, border) > 1e-9]
    loose = {i for i, tip, _ in loose_ends(pieces) if border.distance(shapely.Point(tip)) > 1e-9}
    keep = [not (i in loose and line.length < REACH_BORDER and line.distance(border) < 1e-9)
            for i, line in enumerate(pieces)]
    return pieces[np.array(keep, dtype=bool)]


def polygonize(state, country, coast):
    """Areas enclosed by state lines, country lines and coast."""
    noded = shapely.union_all(np.concatenate([state, country, coast]))
    return shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))


def read_us_states(topology_path):
    """{name: polygon} from us-atlas (TopoJSON, quantised)."""
    topology = json.loads(Path(topology_path).read_text(encoding="utf-8"))
    scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(arc, axis=0) * scale + move for arc in topology["arcs"]]

    def ring(indices):
        pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        return np.concatenate([pieces[0]] + [piece[1:] for piece in pieces[1:]])

    states = {}
    for item in topology["objects"]["states"]["geometries"]:
        groups = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
        parts = [shapely.Polygon(ring(g[0]), [ring(hole) for hole in g[1:]]) for g in groups]
        states[item["properties"]["name"]] = shapely.make_valid(shapely.MultiPolygon(parts))
    return states
