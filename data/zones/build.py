"""Writes assets/zones/zones.tsv: the time zones of the world by country and a place in each.

    python build.py [zone.tab]

The table is that of the IANA tz database, by default the one of this machine.
"""

import pathlib
import re
import sys

OUT = pathlib.Path(__file__).resolve().parent.parent.parent / "assets" / "zones"
TABLE = "/usr/share/zoneinfo/zone.tab"
# ISO 6709: degrees and minutes, or degrees, minutes and seconds.
PLACE = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?([+-])(\d\d\d)(\d\d)(\d\d)?")


def degrees(sign, whole, minutes, seconds):
    size = int(whole) + int(minutes) / 60 + int(seconds or 0) / 3600
    return -size if sign == "-" else size


def main():
    table = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else TABLE)
    rows = []
    for line in table.read_text(encoding="ascii").splitlines():
        if not line or line.startswith("#"):
            continue
        country, place, zone = line.split("\t")[:3]
        parts = PLACE.fullmatch(place)
        assert parts and re.fullmatch("[A-Z]{2}", country), line
        lat, lon = degrees(*parts.group(1, 2, 3, 4)), degrees(*parts.group(5, 6, 7, 8))
        assert abs(lat) <= 90 and abs(lon) <= 180, line
        rows.append((country, zone, f"{lat:.4f}", f"{lon:.4f}"))
    assert len({zone for _, zone, _, _ in rows}) == len(rows)
    rows.sort()
    OUT.mkdir(parents=True, exist_ok=True)
    text = "country\tzone\tlat\tlon\n" + "".join("\t".join(row) + "\n" for row in rows)
    (OUT / "zones.tsv").write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(rows)} zones of {len({row[0] for row in rows})} countries")


if __name__ == "__main__":
    main()
