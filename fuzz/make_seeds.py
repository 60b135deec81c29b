#!/usr/bin/env python3
"""Makes seeds/ for the fuzz targets from the fixtures of the tests: fuzz/make_seeds.py"""
import pathlib, shutil, zipfile

HERE = pathlib.Path(__file__).parent
FIXTURES = HERE.parent / "tests" / "fixtures"
MARK = b"\n~~~~\n"  # as in src/lib.rs
DATES = ["2025-02-03", "3 de febrero de 2025", "02/2025", "9-May-20", "03 December 2020", "2025",
         "2025-02-03T22:15:00-06:00", "2025-02-03 10:15 p. m.", "20250203", "Feb 3rd, 2025",
         "3-5 de febrero de 2025", "2025-02-03/2025-02-05", "Ene-24", "2025-W06",
         "lunes, 3 de febrero de 2025", "Mon, 3 Feb 2025 14:30:00 -0600", "2025:02:03 14:30:12", "1738605600000",
         "Mon Feb 03 2025 14:30:00 GMT-0600 (Central Standard Time)", "2025/02/10 9:12:04 AM CST", "2025-02-03 24:00",
         "2025-02-03 1430", "3/2/2025 14h30", "del 3 al 5 de febrero de 2025", "Feb 3 to 5, 2025", "2568-02-03",
         "Wed, 01/02/2019 - 12:00", "13-15/02/2025", "1.7386056E+12", "Mon Feb  3 14:30:00 CST 2025"]
COORDINATES = ["27.5, -99.5", "27,5; -99,5", "27°30'15.5\"N 99°30'00\"O", "POINT (-99.5 27.5)",
               "-99.5 27.5", "N27 30.5 W99 30.5", "POINT Z (-99.5 27.5 100)", "14R 449500 3041000",
               "498213.4", "27°30'", "99,5 O", "27.4763 -99.5164 130.2 4.8", "[-99.5, 27.5]", "27 deg 28' 34.68\" N",
               "https://www.google.com/maps/place/X/@27.4,-99.5,15z/data=!8m2!3d27.49!4d-99.50",
               "https://www.google.com/maps/dir/26.0,-98.2/27.4,-99.5", "https://maps.google.com/?q=loc:27.4,-99.5"]


def put(target, name, data):
    folder = HERE / "seeds" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def parts(archive, names):
    with zipfile.ZipFile(archive) as zipped:
        known = set(zipped.namelist())
        return MARK.join(zipped.read(n) if n in known else b"" for n in names)


shutil.rmtree(HERE / "seeds", ignore_errors=True)
for i, text in enumerate(DATES):
    put("dates", str(i), text)
for i, text in enumerate(COORDINATES):
    put("coordinates", str(i), text)
for file in sorted(FIXTURES.rglob("*")):
    data = file.read_bytes() if file.is_file() else b""
    targets = {".csv": ["csv", "profiles"], ".CSV": ["csv", "profiles"], ".geojson": ["geojson"],
               ".geojsonl": ["geojsonl"], ".geojsons": ["geojsonl"], ".kml": ["kml", "kmz"], ".kmz": ["kmz"],
               ".gpx": ["gpx"], ".xlsx": ["xlsx"], ".ods": ["ods"], ".gpkg": ["geopackage"],
               ".fgb": ["flatgeobuf"]}.get(file.suffix, [])
    for target in targets:
        put(target, file.name, data)
    if file.suffix == ".xlsx":
        names = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
        put("xlsx", file.name + ".parts", parts(file, names))
    if file.suffix == ".ods":
        put("ods", file.name + ".xml", parts(file, ["content.xml"]))
    if file.suffix == ".shp":
        beside = [file.with_suffix(s) for s in (".shp", ".dbf", ".prj", ".cpg")]
        put("shapefile", file.name, MARK.join(p.read_bytes() if p.exists() else b"" for p in beside))
