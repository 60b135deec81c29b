"""Writes vector tiles (MVT 2.1) and packs them into one PMTiles v3 file.

Own code instead of a library, because both outputs must be the same bytes on every run: the
usual gzip call puts the time of day into its header.
"""

import gzip
import hashlib
import json
import struct

EXTENT = 4096
POINT, LINE, POLYGON = 1, 2, 3


# --- protobuf -----------------------------------------------------------------------------------

def varint(n):
    out = bytearray()
    while n > 0x7F:
        out.append((n & 0x7F) | 0x80)
        n >>= 7
    out.append(n)
    return bytes(out)


def zigzag(n):
    return (n << 1) if n >= 0 else ((-n << 1) - 1)


def field_bytes(number, payload):
    return varint(number << 3 | 2) + varint(len(payload)) + payload


def field_varint(number, n):
    return varint(number << 3) + varint(n)


def packed(number, numbers):
    return field_bytes(number, b"".join(map(varint, numbers)))


# --- MVT ----------------------------------------------------------------------------------------

def encode_value(value):
    if isinstance(value, bool):
        return field_varint(7, int(value))
    if isinstance(value, int):
        return field_varint(5, value)  # uint: no property here is negative
    return field_bytes(1, value.encode("utf-8"))


def encode_paths(paths, closed):
    """MoveTo/LineTo/ClosePath commands; `paths` are lists of integer points."""
    least = 3 if closed else 2
    assert paths and all(len(path) >= least for path in paths), "a feature without geometry"
    out, cx, cy = [], 0, 0
    for path in paths:
        x, y = path[0]
        out += [1 | 1 << 3, zigzag(x - cx), zigzag(y - cy)]
        out.append(2 | (len(path) - 1) << 3)
        cx, cy = x, y
        for x, y in path[1:]:
            out += [zigzag(x - cx), zigzag(y - cy)]
            cx, cy = x, y
        if closed:
            out.append(15)
    return out


def encode_point(point):
    return [1 | 1 << 3, zigzag(point[0]), zigzag(point[1])]


def encode_layer(name, features):
    """`features`: (geometry type, command list, properties)."""
    keys, values, body = {}, {}, []
    for kind, commands, properties in features:
        # one empty feature makes readers reject its whole layer
        assert commands, f"a feature without geometry in layer {name}"
        tags = []
        for key, value in properties.items():
            tags.append(keys.setdefault(key, len(keys)))
            # True == 1 in Python: the type belongs into the key
            tags.append(values.setdefault((type(value), value), len(values)))
        feature = (packed(2, tags) if tags else b"") + field_varint(3, kind) + packed(4, commands)
        body.append(field_bytes(2, feature))
    layer = field_bytes(1, name.encode()) + b"".join(body)
    layer += b"".join(field_bytes(3, key.encode()) for key in keys)
    layer += b"".join(field_bytes(4, encode_value(value)) for _, value in values)
    layer += field_varint(5, EXTENT) + field_varint(15, 2)
    return field_bytes(3, layer)


def encode_tile(layers):
    return b"".join(encode_layer(name, features) for name, features in layers if features)


# --- PMTiles ------------------------------------------------------------------------------------

def tile_id(z, x, y):
    """Position of a tile on the Hilbert curve through all zooms."""
    number = ((1 << 2 * z) - 1) // 3
    for bit in range(z - 1, -1, -1):
        side = 1 << bit
        right, low = int(bool(x & side)), int(bool(y & side))
        number += side * side * ((3 * right) ^ low)
        if not low:
            if right:
                x, y = side - 1 - (x & (side - 1)), side - 1 - (y & (side - 1))
            x, y = y, x
    return number


def squeeze(data):
    return gzip.compress(data, 9, mtime=0)


def encode_directory(entries):
    """`entries`: (tile id, run length, offset, length), sorted."""
    out, last = [varint(len(entries))], 0
    for number, _, _, _ in entries:
        out.append(varint(number - last))
        last = number
    out += [varint(run) for _, run, _, _ in entries]
    out += [varint(length) for _, _, _, length in entries]
    end = None
    for _, _, offset, length in entries:
        out.append(varint(0 if offset == end else offset + 1))
        end = offset + length
    return squeeze(b"".join(out))


def join_runs(entries):
    out = []
    for number, run, offset, length in entries:
        if out:
            n, r, o, _ = out[-1]
            if o == offset and n + r == number:
                out[-1] = (n, r + 1, o, length)
                continue
        out.append((number, run, offset, length))
    return out


ROOT_LIMIT = 16384 - 127  # the format wants header and root directory in the first 16 KiB
LEAF_ENTRIES = 2048


def write_pmtiles(path, tiles, metadata, bounds, zooms, centre):
    """`tiles`: {(z, x, y): MVT bytes}. Equal tiles are stored once."""
    data, places, entries = bytearray(), {}, []
    for number, content in sorted((tile_id(*key), content) for key, content in tiles.items()):
        digest = hashlib.sha256(content).digest()
        if digest not in places:
            blob = squeeze(content)
            places[digest] = (len(data), len(blob))
            data += blob
        entries.append((number, 1, *places[digest]))
    entries = join_runs(entries)
    root, leaves = encode_directory(entries), b""
    if len(root) > ROOT_LIMIT:
        pointers = []
        for start in range(0, len(entries), LEAF_ENTRIES):
            leaf = encode_directory(entries[start:start + LEAF_ENTRIES])
            pointers.append((entries[start][0], 0, len(leaves), len(leaf)))
            leaves += leaf
        root = encode_directory(pointers)
    meta = squeeze(json.dumps(metadata, ensure_ascii=False, sort_keys=True).encode())
    root_at = 127
    meta_at = root_at + len(root)
    leaves_at = meta_at + len(meta)
    data_at = leaves_at + len(leaves)
    e7 = lambda degrees: round(degrees * 1e7)
    header = b"PMTiles\x03" + struct.pack(
        "<11Q", root_at, len(root), meta_at, len(meta), leaves_at, len(leaves), data_at, len(data),
        len(tiles), len(entries), len(places))
    header += bytes([1, 2, 2, 1, *zooms])  # clustered; gzip directories; gzip tiles; MVT
    header += struct.pack("<4i", *map(e7, bounds))
    header += struct.pack("<B2i", centre[0], e7(centre[1]), e7(centre[2]))
    assert len(header) == 127
    path.write_bytes(header + root + meta + leaves + data)
    return {"tiles": len(tiles), "distinct": len(places), "bytes": data_at + len(data)}
