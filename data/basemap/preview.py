#!/usr/bin/env python3
"""Draws a part of the base map as a picture, to look at what build.py made.

    python3 data/basemap/preview.py WEST SOUTH EAST NORTH ZOOM OUT.png [--edges] [--tiles FILE]

ZOOM is the map zoom (256-pixel tiles). Reads with the `pmtiles` and `mapbox_vector_tile`
libraries, not with the code that wrote the file, so that it also checks the encoding. Run it with
the Python that build.py made (FOLDER/venv/bin/python).
"""

import argparse
import gzip
import math
from pathlib import Path

import mapbox_vector_tile
import numpy as np
from PIL import Image, ImageDraw, ImageFont
from pmtiles.reader import MmapSource, Reader

DEFAULT = Path(__file__).resolve().parent.parent.parent / "assets" / "basemap" / "world.pmtiles"
WATER, LAND, LAKE, SHORE = "#CFE1EA", "#F5F2EB", "#CFE1EA", "#9DB9C6"
COUNTRY, STATE, DISPUTED = "#8F8478", "#C9BFB1", "#C0703A"
TILE = 512
FINE = 2  # drawn at twice the size, then reduced: smooth edges


def world_point(lon, lat):
    lat = max(-85.0511, min(85.0511, lat))
    return (lon + 180) / 360, (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2


def read_tile(reader, z, x, y):
    """The tile, or the nearest parent that exists, with the zoom and place it really has."""
    while True:
        blob = reader.get(z, x % (1 << z), y)
        if blob is not None:
            options = {"y_coord_down": True}
            return mapbox_vector_tile.decode(gzip.decompress(blob), default_options=options), z, x, y
        z, x, y = z - 1, x >> 1, y >> 1


def label_font(size):
    try:
        return ImageFont.truetype("DejaVuSans.ttf", round(size * 0.9))
    except OSError:
        return ImageFont.load_default(size=size)  # lacks accented letters


def area_mask(rings, size):
    """Even-odd fill, row by row: Pillow's own draws stray rows across concave shapes."""
    width, height = size
    flips = np.zeros((height, width + 1), dtype=np.int32)
    for ring in rings:
        a = np.array(ring)
        b = np.roll(a, -1, axis=0)
        low, high = np.minimum(a[:, 1], b[:, 1]), np.maximum(a[:, 1], b[:, 1])
        first = np.clip(np.ceil(low - 0.5), 0, height).astype(int)
        count = np.clip(np.ceil(high - 0.5), 0, height).astype(int) - first
        edge = np.repeat(np.arange(len(a)), count)
        row = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + first[edge]
        share = (row + 0.5 - a[edge, 1]) / (b[edge, 1] - a[edge, 1])
        column = a[edge, 0] + share * (b[edge, 0] - a[edge, 0])
        np.add.at(flips, (row, np.clip(np.round(column), 0, width).astype(int)), 1)
    inside = np.cumsum(flips, axis=1)[:, :width] % 2
    return Image.fromarray((inside * 255).astype(np.uint8))


class Picture:
    def __init__(self, west, south, east, north, zoom):
        self.scale = 256 * 2 ** zoom * FINE
        x0, y0 = world_point(west, north)
        x1, y1 = world_point(east, south)
        self.left, self.top = x0 * self.scale, y0 * self.scale
        size = (max(1, round((x1 - x0) * self.scale)), max(1, round((y1 - y0) * self.scale)))
        self.image = Image.new("RGB", size, WATER)
        self.zoom = zoom
        self.labels = []

    def tiles(self):
        z = max(0, round(self.zoom - 1))
        side = self.scale / 2 ** z
        for x in range(int(self.left // side), int((self.left + self.image.width - 1) // side) + 1):
            for y in range(max(0, int(self.top // side)),
                           min(2 ** z - 1, int((self.top + self.image.height - 1) // side)) + 1):
                yield z, x, y

    def draw_tile(self, tile, z, x, y, view, edges):
        """Draws only what lies in `view` (z, x, y), as a renderer that cuts at the tile does."""
        side = self.scale / 2 ** z
        vside = self.scale / 2 ** view[0]
        box = [round(view[1] * vside - self.left), round(view[2] * vside - self.top),
               round((view[1] + 1) * vside - self.left), round((view[2] + 1) * vside - self.top)]
        part = Image.new("RGB", (box[2] - box[0], box[3] - box[1]), WATER)
        pen = ImageDraw.Draw(part)

        def at(p):
            return (p[0] / 4096 * side + x * side - self.left - box[0],
                    p[1] / 4096 * side + y * side - self.top - box[1])

        def parts(feature, single, multi):
            g = feature["geometry"]
            return [g["coordinates"]] if g["type"] == single else g["coordinates"] if g["type"] == multi else []

        for name, fill in (("land", LAND), ("lake", LAKE)):
            for feature in tile.get(name, {}).get("features", []):
                for polygon in parts(feature, "Polygon", "MultiPolygon"):
                    part.paste(fill, mask=area_mask([[at(p) for p in r] for r in polygon], part.size))
        for name in ("coast", "boundary"):
            for feature in tile.get(name, {}).get("features", []):
                q = feature["properties"]
                colour = SHORE if name == "coast" else STATE if q["class"] == "state" else (
                    DISPUTED if q.get("disputed") else COUNTRY)
                width = 2 if name == "coast" or q["class"] == "state" else 4
                for line in parts(feature, "LineString", "MultiLineString"):
                    pen.line([at(p) for p in line], fill=colour, width=width)
        self.image.paste(part, (box[0], box[1]))
        if edges:
            ImageDraw.Draw(self.image).rectangle(box, outline="#FF00FF")
        for feature in tile.get("place", {}).get("features", []):
            q, (px, py) = feature["properties"], at(feature["geometry"]["coordinates"])
            spot = (px + box[0], py + box[1])
            if q["rank"] <= self.zoom and box[0] <= spot[0] < box[2] and box[1] <= spot[1] < box[3]:
                self.labels.append((q["rank"], -q.get("population", 0), q["name"], spot, q))

    def write_labels(self):
        pen, taken = ImageDraw.Draw(self.image), []
        for _, _, name, spot, q in sorted(self.labels, key=lambda item: item[:3]):
            kind = q["class"]
            font = label_font({"country": 26, "state": 20, "city": 22}[kind])
            text = name.upper() if kind != "city" else name
            box = pen.textbbox(spot, text, font=font, anchor="lm" if kind == "city" else "mm")
            box = (box[0] - 4, box[1] - 2, box[2] + 14, box[3] + 2)
            if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
                continue
            taken.append(box)
            colour = {"country": "#6A6F76", "state": "#A79D90", "city": "#55504A"}[kind]
            if kind == "city":
                pen.ellipse((spot[0] - 4, spot[1] - 4, spot[0] + 4, spot[1] + 4), fill=colour)
                spot = (spot[0] + 10, spot[1])
            pen.text(spot, text, font=font, fill=colour, anchor="lm" if kind == "city" else "mm",
                     stroke_width=3, stroke_fill="#FFFFFF")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("west", "south", "east", "north", "zoom"):
        parser.add_argument(name, type=float)
    parser.add_argument("out", type=Path)
    parser.add_argument("--edges", action="store_true", help="show the tiles' edges")
    parser.add_argument("--tiles", type=Path, default=DEFAULT)
    options = parser.parse_args()
    picture = Picture(options.west, options.south, options.east, options.north, options.zoom)
    with open(options.tiles, "rb") as file:
        reader = Reader(MmapSource(file))
        for view in picture.tiles():
            picture.draw_tile(*read_tile(reader, *view), view, options.edges)
    picture.write_labels()
    size = (picture.image.width // FINE, picture.image.height // FINE)
    picture.image.resize(size, Image.LANCZOS).save(options.out)
    print(options.out, size, len(picture.labels), "labels considered")


if __name__ == "__main__":
    main()
