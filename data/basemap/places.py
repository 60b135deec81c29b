"""Names on the map: countries, states, cities, and from which zoom on each may be shown."""

import math
import re
import unicodedata
from collections import Counter, defaultdict

import numpy as np
import shapely

EARTH_PIXELS = 256  # width of the world at zoom 0
LAST_RANK = 12
DETAIL_STATES = {"TX", "NM", "AZ", "CA"}
DETAIL_BOX = (-123.75, 11.18, -84.37, 36.6)  # the region with tiles beyond zoom 6
LEAST_PEOPLE = {"detail": 1000, "region": 5000, "world": 15000}
SPACING = 36  # pixels between two cities of one country before the lesser one may be shown

RANK_BY_PEOPLE = [
    (8_000_000, 3), (3_000_000, 4), (1_000_000, 5), (350_000, 6), (120_000, 7), (50_000, 8),
    (15_000, 9), (6_000, 10), (2_500, 11), (0, 12)]
RANK_OF_CAPITALS = [(1_000_000, 4), (100_000, 5), (20_000, 6), (0, 7)]


def plain(text):
    """Without accents, lower case: for comparing."""
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text if not unicodedata.combining(c)).lower().strip()


def mercator(lon, lat):
    """0..1 from the north-west corner of the world."""
    y = math.asinh(math.tan(math.radians(max(-85.05, min(85.05, lat)))))
    return (lon + 180) / 360, (1 - y / math.pi) / 2


def place(kind, name, lon, lat, rank, **more):
    properties = {"class": kind, "name": name}
    properties.update({k: v for k, v in more.items() if v and not (k == "name_es" and v == name)})
    properties["rank"] = int(rank)
    return (lon, lat, properties)


# --- countries ----------------------------------------------------------------------------------

# Said shorter than CLDR does, as on maps
SHORT = {"HK": ("Hong Kong", "Hong Kong"), "MO": ("Macao", "Macao"), "PS": ("Palestine", "Palestina"),
         "MM": ("Myanmar", "Myanmar"), "CG": ("Republic of the Congo", "República del Congo"),
         "CD": ("DR Congo", "RD del Congo"), "FK": ("Falkland Islands", "Islas Malvinas"),
         "SX": ("Sint Maarten", "San Martín"), "TR": ("Turkey", "Turquía")}


def country_labels(records, english, spanish):
    """`records`: Natural Earth's countries, which know where and from which zoom on; the names
    are CLDR's."""
    out = []
    for shape, record in records:
        code = record["ISO_A2_EH"]
        own = record["ADM0_DIF"] == 0 or record["ISO_A2"] == code or code in ("FR", "NO", "XK")
        if len(code) != 2 or not own or record["TYPE"] in ("Lease", "Indeterminate"):
            continue
        if code in ("AU", "FR") and record["ADMIN"] not in ("Australia", "France"):
            continue  # territories that borrow the code of their owner
        name, name_es = SHORT.get(code) or (english.get(code), spanish.get(code))
        if not name:
            continue
        name = name.replace(" & ", " and ")
        label = area_label("country", name, shape, code, name_es, 2, LAST_RANK)
        if label:
            out.append(label)
    return out


# --- states -------------------------------------------------------------------------------------

# Width of a name in heights of its line, by letter: capitals as the program sets them close.
LETTER, PADDING = 0.7, 0.6
LINE_PIXELS = {"country": 13.0, "state": 11.5}
ROOMS, GRID = 3, 120
SCALE = 2 ** 22  # rooms are told in parts of the Mercator square


def rooms_for(polygon, names):
    """Where a name may stand, in one line or in two: rectangles of its proportions, wholly inside the area, those for
    one line first, each as (x, y, width, height) on the Mercator square; and the height of a line in the best."""
    most = max(map(len, names))
    rooms, best = [], 0.0
    for lines in (1, 2):
        letters = most if lines == 1 else max(longer_half(name) for name in names)
        if lines == 2 and letters == most:
            break
        aspect = (letters * LETTER + PADDING) / (1.15 * lines)
        flat = shapely.transform(polygon, lambda p: np.array([mercator(*q) for q in p]) / (aspect, 1.0))
        found = []
        for part in sorted(shapely.get_parts(flat), key=lambda part: -part.area)[:ROOMS]:
            found += squares_in(part)
        found.sort(key=lambda square: -square[2])
        rooms += [(x * aspect, y, side * aspect, side) for x, y, side in found[:ROOMS]]
        best = max([best] + [side / (1.15 * lines) for _, _, side in found])
    return rooms, best


def longer_half(name):
    """Letters of the longer line where a name is broken in two as evenly as can be."""
    words = name.split()
    return min((max(len(" ".join(words[:i])), len(" ".join(words[i:]))) for i in range(1, len(words))),
               default=len(name))


def squares_in(part):
    """The largest squares inside a polygon, none in another: (x, y, side)."""
    west, north, east, south = part.bounds
    step = max(east - west, south - north) / GRID
    xs = np.arange(west, east + step, step)
    ys = np.arange(north, south + step, step)
    shapely.prepare(part)
    corners = shapely.contains_xy(part, *np.meshgrid(xs, ys))
    free = corners[:-1, :-1] & corners[1:, :-1] & corners[:-1, 1:] & corners[1:, 1:]
    squares = []
    while len(squares) < ROOMS and free.any():
        side, row, column = largest_square(free)
        if side < 2 or (squares and side * step < squares[0][2] * 0.35):
            break
        x, y, size = xs[column], ys[row], side * step
        # A spit thinner than the grid may reach in.
        while not part.contains(shapely.box(x, y, x + size, y + size)) and size > step:
            x, y, size = x + size * 0.05, y + size * 0.05, size * 0.9
        squares.append((float(x), float(y), float(size)))
        free[row:row + side, column:column + side] = False
    return squares


def largest_square(free):
    """(cells a side, row, column) of the largest square of free cells; of several the middlemost."""
    side, fits = 1, free
    while True:
        more = fits[:-1, :-1] & fits[1:, :-1] & fits[:-1, 1:] & fits[1:, 1:]
        if not more.any():
            break
        side, fits = side + 1, more
    middle = np.argwhere(free).mean(axis=0) - side / 2
    row, column = min(np.argwhere(fits).tolist(), key=lambda at: math.dist(at, middle))
    return side, row, column


def area_label(kind, name, polygon, country, name_es, first, last):
    """A name with the rooms it may stand in, shown from the zoom at which it fits."""
    rooms, line = rooms_for(polygon, [name, name_es or name])
    if not rooms:
        return None
    x, y, width, height = rooms[0]
    zoom = math.log2(LINE_PIXELS[kind] / (line * EARTH_PIXELS))
    rank = max(first, math.floor(zoom - 0.2))
    if rank > last:
        return None
    lon, lat = degrees(x + width / 2, y + height / 2)
    told = ";".join(",".join(str(round(v * SCALE)) for v in room) for room in rooms)
    return place(kind, name, round(lon, 4), round(lat, 4), rank, name_es=name_es, country=country, rooms=told)


def degrees(x, y):
    return x * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))


def gather_states(polygons, cities):
    """{(country, admin-1 code): polygons}: each polygon goes to the code of the cities in it.

    Polygons with cities of several codes (a line is missing there) are left out, and so are
    codes most of whose cities fell elsewhere.
    """
    tree = shapely.STRtree(polygons)
    points = shapely.points([(c["longitude"], c["latitude"]) for c in cities])
    votes = defaultdict(Counter)
    for i, j in zip(*tree.query(points, predicate="within")):
        votes[j][(cities[i]["countrycode"], cities[i]["admin1code"])] += 1
    total = Counter((c["countrycode"], c["admin1code"]) for c in cities)
    won, states = Counter(), defaultdict(list)
    for j in sorted(votes):
        key, n = votes[j].most_common(1)[0]
        if n >= 0.9 * votes[j].total() and key[1]:
            won[key] += n
            states[key].append(j)
    return {key: members for key, members in states.items() if won[key] >= 0.75 * total[key]}


def admin1_names(cities, old_rows, subdivisions, corrected):
    """{(country, code): name}. The codes come with the cities, the names with an older extract
    of the same source (no codes, no accents), the accents from ISO 3166-2."""
    by_name = defaultdict(list)
    for row in old_rows:
        by_name[(row["cc"], plain(row["name"]))].append(row)
    votes = defaultdict(Counter)
    for city in cities:
        for row in by_name[(city["countrycode"], plain(city["name"]))]:
            near = abs(float(row["lat"]) - city["latitude"]) + abs(float(row["lon"]) - city["longitude"])
            if near < 0.1 and row["admin1"]:
                votes[(city["countrycode"], city["admin1code"])][row["admin1"]] += 1
    accents = {}
    for subdivision in sorted(subdivisions, key=lambda s: s.code):
        name = re.sub(r"s? län$", "", subdivision.name)  # Swedish: "Västra Götalands län"
        accents.setdefault((subdivision.country_code, folded(name)), name)
    names = {}
    for key in sorted(votes):
        name, n = votes[key].most_common(1)[0]
        if n >= 0.7 * votes[key].total():
            name = re.sub(r" (Sheng|Shi|\w+ Zizhiqu|Voivodeship|Prefecture)$", "", name)
            name = accents.get((key[0], folded(name)), name)
            if key[0] == "IN":
                name = without_macrons(name)
            names[key] = corrected.get(key[0], {}).get(name, name)
    return names


def folded(name):
    """Equal for "Joenkoeping" and "Jönköping", "Aydin" and "Aydın"."""
    name = plain(name).replace("ı", "i")
    return re.sub("(a|o|u)e", r"\1", name)


def without_macrons(name):
    marks = unicodedata.normalize("NFD", name).replace("\u0304", "")
    return unicodedata.normalize("NFC", marks)


# --- cities -------------------------------------------------------------------------------------

def is_spanish(word):
    """Letters of Spanish only: GeoNames has macrons and the like in a few spellings."""
    return all(ord(c) < 128 or c in "áéíóúüñÁÉÍÓÚÜÑ" for c in word)


def accent_habits(cities):
    """{unaccented word: accented word} for words that Mexico writes with accent nearly always."""
    forms = defaultdict(Counter)
    for city in cities:
        for word in re.findall(r"\w+", city["name"]):
            if is_spanish(word):
                forms[plain(word)][word] += 1
    habits = {}
    for word, counter in forms.items():
        best, n = counter.most_common(1)[0]
        if plain(best) != best.lower() and n >= 3 and n >= 0.7 * counter.total():
            habits[word] = best
    return habits


def accent_of_nahuatl(word, alternates):
    """"Teziutlan" is Teziutlán if an alternate name says so; other guesses of theirs are wrong."""
    if plain(word) == word.lower() and word.endswith(("an", "in", "on")):
        better = word[:-2] + {"a": "á", "i": "í", "o": "ó"}[word[-2]] + "n"
        if any(better in re.findall(r"\w+", alternate) for alternate in alternates):
            return better
    return word


def mexican_name(name, alternates, habits, renamed):
    """(name on the map, full name): accents that GeoNames left out, titles of honour taken off."""
    if not is_spanish(name):
        name = "".join(c if is_spanish(c) else unicodedata.normalize("NFKD", c)[0] for c in name)
    if plain(name) == name.lower() and name not in renamed:
        name = re.sub(r"\w+", lambda m: habits.get(plain(m[0]), m[0]), name)
        name = re.sub(r"\w+", lambda m: accent_of_nahuatl(m[0], alternates), name)
    short = re.sub(r"^(H[eé]r[oó]ica )?(Ciudad de )?", "", name)
    return renamed.get(name) or renamed.get(short) or short, name


# Housing estates and the like, not towns
ESTATE = re.compile(r"(Fraccionamiento|Colonia|Conjunto|Unidad|Parque|Centro|Hacienda|Jardines|Real|"
                    r"Residencial|Ampliación|Alborada|Villas?|Paseos?|Privadas?|Misión|Valle) "
                    r"(?!Hidalgo|Guerrero|de (Álvarez|Arriaga|Reyes|Santiago|Bravo|Ramos|Cos|García))")


def inside(box, lon, lat):
    return box[0] <= lon <= box[2] and box[1] <= lat <= box[3]


def wanted(city):
    country, people = city["countrycode"], city["population"]
    if country == "MX" or (country == "US" and city["admin1code"] in DETAIL_STATES):
        return people >= LEAST_PEOPLE["detail"]
    if inside(DETAIL_BOX, city["longitude"], city["latitude"]):
        return people >= LEAST_PEOPLE["region"]
    return people >= LEAST_PEOPLE["world"]


def find_capitals(countries, cities):
    """GeoNames ids of the national capitals."""
    by_country = defaultdict(list)
    for city in cities:
        by_country[city["countrycode"]].append(city)
    found = set()
    for code in sorted(countries):
        name = plain(countries[code]["capital"])
        own = by_country[code]
        same = [c for c in own if plain(c["name"]) == name] or [
            c for c in own if name in map(plain, c["alternatenames"])]
        if name and same:
            found.add(max(same, key=lambda c: c["population"])["geonameid"])
    return found


def city_labels(cities, capitals, names, admin1):
    """Cities with ranks: by population first, then pushed back while a bigger one is too near."""
    mexican = [c for c in cities if c["countrycode"] == "MX"]
    habits = accent_habits(mexican)
    chosen = []
    for city in cities:
        if not (wanted(city) or city["geonameid"] in capitals):
            continue
        country, code = city["countrycode"], city["admin1code"]
        name = long_name = city["name"]
        if country == "MX":
            name, long_name = mexican_name(
                name, city["alternatenames"], habits, names["mx_city_names"])
        national = city["geonameid"] in capitals
        regional = is_state_capital(country, code, name, names)
        fixed = names["fixed_ranks"].get(f"{country}/{code}/{name}")
        rank = next(r for people, r in RANK_BY_PEOPLE if city["population"] >= people)
        if national:
            rank = min(rank, next(r for people, r in RANK_OF_CAPITALS if city["population"] >= people))
        elif regional:
            rank = min(rank, 6)
        # a state capital stands before its bigger suburb
        weight = city["population"] * (6 if national else 3 if regional or fixed else 1)
        if name in names["lesser"].get(country, ()) or (
                country == "MX" and city["population"] < 60_000 and ESTATE.match(name)):
            rank, weight = 11, weight / 10
        elif regional and fixed is None:
            fixed = rank  # shown from zoom 6 even if crowded: who is shown, the program decides
        properties = dict(
            name_es=names["city_es"].get(country, {}).get(name), population=city["population"],
            name_long=long_name if long_name != name else None, capital=national,
            admin1=admin1.get((country, code)), country=country)
        chosen.append((weight, city["geonameid"], fixed, rank, city, name, properties))
    # largest first; one name twice at one spot is a double of GeoNames (town and municipality)
    chosen.sort(key=lambda c: (-(c[2] is not None), -c[0], c[1]))
    chosen = space_out(drop_doubles(chosen))
    return [place("city", name, city["longitude"], city["latitude"], rank, **properties)
            for rank, city, name, properties in chosen]


def is_state_capital(country, code, name, names):
    if country == "MX":
        return names["mx_states"].get(code, [None] * 3)[2] == name
    return country == "US" and names["us_capitals"].get(code) == name


def drop_doubles(chosen, near=0.1):
    seen, out = defaultdict(list), []
    for item in chosen:
        city, name = item[4], item[5]
        others = seen[(city["countrycode"], plain(name))]
        spot = (city["longitude"], city["latitude"])
        if any(abs(x - spot[0]) + abs(y - spot[1]) < near for x, y in others):
            continue
        others.append(spot)
        out.append(item)
    return out


def space_out(chosen):
    """Walks from the weightiest to the least; a city waits for the zoom at which no weightier
    one of its country is nearer than SPACING. Twins across a border may thus stand together.
    This also keeps boroughs and suburbs, which GeoNames lists as cities, out of small maps."""
    taken = [defaultdict(list) for _ in range(LAST_RANK + 1)]
    out = []
    for _, _, fixed, rank, city, name, properties in chosen:
        country = city["countrycode"]
        x, y = mercator(city["longitude"], city["latitude"])
        if fixed is not None:
            rank = fixed
        else:
            if country == "MX" and city["admin1code"] == "09":
                rank = max(rank, 10)  # the boroughs of Mexico City
            while rank < LAST_RANK and crowded(taken[rank], country, x, y, rank):
                rank += 1
        for zoom in range(rank, LAST_RANK + 1):
            size = cell_size(zoom)
            taken[zoom][(country, int(x / size), int(y / size))].append((x, y))
        out.append((rank, city, name, properties))
    return out


def cell_size(zoom):
    return SPACING / (EARTH_PIXELS * 2 ** zoom)


def crowded(taken, country, x, y, zoom):
    size = cell_size(zoom)
    column, row = int(x / size), int(y / size)
    for i in (column - 1, column, column + 1):
        for j in (row - 1, row, row + 1):
            for a, b in taken.get((country, i, j), ()):
                if math.hypot(a - x, b - y) < size:
                    return True
    return False
