#!/usr/bin/env python3
"""Build the bundled fonts in assets/fonts/ from two pinned npm packages.

    pip install -r data/fonts/requirements.txt
    python3 data/fonts/build.py            # packages are fetched with npm pack
    python3 data/fonts/build.py --cache D  # reuse the .tgz files that lie in folder D
    python3 data/fonts/build.py --check    # only check what lies in assets/fonts/

The output is a pure function of the packages and this file: running it twice gives
the same bytes.
"""
import argparse, hashlib, io, json, subprocess, sys, tarfile, tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

OUT = Path(__file__).resolve().parents[2] / "assets" / "fonts"

INTER = ("inter-ui@4.1.1", "inter-ui-4.1.1.tgz", "e392e4d71f18a7c1f23dfecd833d68fa05eeab41862686584e80fd2b5d87e9c0")
PHOSPHOR = ("@phosphor-icons/web@2.1.2", "phosphor-icons-web-2.1.2.tgz", "40e3096099ca818c047979cece6a3764944d5200c67b64092f7bcd8bcd1d2b08")

FAMILY = "Atalaya Sans"
ICON_FAMILY = "Atalaya Icons"
VERSION = "1.000"
# head.created / head.modified: a fixed instant (2025-02-07 00:00 UTC, in seconds since 1904).
STAMP = 3821731200

WEIGHTS = [("Regular", 400), ("Medium", 500), ("SemiBold", 600)]
DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]

# Code points kept where Inter has them.
RANGES = [
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A
    (0x0192, 0x0192), (0x0218, 0x021B), (0x0237, 0x0237),
    (0x02BB, 0x02BC), (0x02C6, 0x02C7), (0x02D8, 0x02DD),
    (0x0300, 0x0304), (0x0306, 0x030C), (0x0323, 0x0323), (0x0326, 0x0328),
    (0x0370, 0x03FF),  # Greek (without the Coptic that Inter lacks)
    (0x0400, 0x045F), (0x0490, 0x0491),  # Cyrillic, basic
    (0x1E9E, 0x1E9E),
    (0x2000, 0x206F),  # general punctuation and its spaces
    (0x2070, 0x209F),  # super- and subscripts
    (0x20A0, 0x20C0),  # currency
    (0x2100, 0x214F),  # letterlike: №, ™, Ω
    (0x2150, 0x215E),  # fractions
    (0x2190, 0x2199), (0x21A9, 0x21AA), (0x21B5, 0x21B5), (0x21D0, 0x21D5),
    (0x21E4, 0x21E7), (0x21EA, 0x21EA),
    (0x2200, 0x2265),  # mathematical: −, ×-like, ∞, ≈, ≠, ≤, ≥
    (0x2303, 0x2303), (0x2318, 0x2318), (0x2325, 0x2326), (0x232B, 0x232B), (0x23CE, 0x23CE),
    (0x25A0, 0x25FF),  # ■ ▲ ◆ ○ ●
    (0x2605, 0x2606), (0x2713, 0x2713), (0x2717, 0x2717), (0x2726, 0x2726), (0x2B22, 0x2B22),
    (0xFFFD, 0xFFFD),
]
REQUIRED = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    "ÑÁÉÍÓÚÜñáéíóúü¿¡ÀÂÃÄÅÆÇÈÊËŒœßłŁžŽőŐığș"
    "ΑΒΓΔΩαβγδω АБВЯабвяЁёіїєґ"
    "→←↑↓×−–—…·•±≤≥≠≈°′″«»„“”‘’№€₽²³¹‰§©®™\u00a0\u2007\u2009\u2011\u202f"
)

ICONS = """magnifying-glass arrow-u-up-left arrow-u-up-right plus minus stack pencil-simple play pause
skip-back skip-forward x caret-down caret-right caret-up caret-left sun moon funnel list table map-trifold
folder-open upload-simple download-simple image export house corners-out crosshair selection cursor hand
globe warning warning-circle info check circle square eye eye-slash lock-simple copy calendar-blank clock
users-three map-pin file-text link-simple gear question keyboard chart-bar database arrows-out arrow-right
trash dots-three translate binoculars sidebar-simple wifi-slash""".split()
FILL = ["play", "pause"]
FILL_OFFSET = 0x1000  # fill icons lie this far above their regular sisters, still in the BMP private area


def fetch(pin, cache):
    spec, name, want = pin
    path = cache / name
    if not path.exists():
        subprocess.run(["npm", "pack", "--silent", spec], cwd=cache, check=True, stdout=subprocess.DEVNULL)
    data = path.read_bytes()
    got = hashlib.sha256(data).hexdigest()
    if got != want:
        sys.exit(f"{spec}: SHA-256 is {got}, expected {want}")
    return tarfile.open(fileobj=io.BytesIO(data))


def member(tar, name):
    return tar.extractfile("package/" + name).read()


def set_names(font, family, style, weight, copyright_, licence, licence_url, designer, about):
    """Windows/en-US names only: ID 1/2 style-linked, 16/17 typographic, so that a
    family look-up for `family` with a weight finds every style."""
    table = font["name"]
    table.names = []
    plain = style == "Regular"
    full = family if plain and family == ICON_FAMILY else f"{family} {style}"
    ps = f"{family.replace(' ', '')}-{style}"
    rows = {
        0: copyright_,
        1: family if plain else f"{family} {style}",
        2: "Regular",
        3: f"{VERSION};ATLY;{ps}",
        4: full,
        5: f"Version {VERSION}",
        6: ps,
        9: designer,
        10: about,
        13: licence,
        14: licence_url,
        16: family,
        17: style,
    }
    for name_id, text in rows.items():
        table.setName(text, name_id, 3, 1, 0x409)
    os2 = font["OS/2"]
    os2.usWeightClass = weight
    os2.usWidthClass = 5
    os2.achVendID = "ATLY"
    os2.fsType = 0
    # REGULAR bit on the regular only; USE_TYPO_METRICS (bit 7) where the table version has it.
    os2.fsSelection = (0x40 if plain else 0) | (0x80 if os2.version >= 4 else 0)
    font["head"].macStyle = 0
    font["head"].fontRevision = float(VERSION)
    font["head"].created = font["head"].modified = STAMP
    font["post"].formatType = 3.0


def save(font, name):
    font.recalcTimestamp = False
    path = OUT / name
    font.save(path, reorderTables=True)
    return path


def build_sans(tar):
    wanted = {c for a, b in RANGES for c in range(a, b + 1)}
    for style, weight in WEIGHTS:
        font = TTFont(io.BytesIO(member(tar, f"web/Inter-{style}.woff2")), recalcTimestamp=False)
        font.flavor = None
        # Tabular digits by default: the glyphs of `tnum` take the digits' places in the cmap, so
        # that a renderer that knows no OpenType features (egui's) draws them too.
        for sub in font["cmap"].tables:
            if sub.isUnicode():
                for code, digit in enumerate(DIGITS, 0x30):
                    assert digit + ".tf" in font["hmtx"].metrics
                    sub.cmap[code] = digit + ".tf"
        options = subset.Options()
        options.layout_features = ["kern", "mark", "mkmk", "ccmp"]
        options.hinting = False
        options.notdef_outline = True
        options.glyph_names = False
        options.legacy_kern = False
        options.name_IDs = ["*"]
        options.recalc_timestamp = False
        options.drop_tables += ["DSIG", "STAT", "meta"]
        s = subset.Subsetter(options)
        s.populate(unicodes=wanted)
        s.subset(font)
        # A figure space as wide as a digit, for padding columns.
        digit_width = font["hmtx"][font.getBestCmap()[0x30]][0]
        cmap = font.getBestCmap()
        if 0x2007 in cmap and cmap[0x2007] not in (cmap.get(0x20), cmap.get(0xA0)):
            font["hmtx"][cmap[0x2007]] = (digit_width, 0)
        set_names(
            font, FAMILY, style, weight,
            "Copyright 2016 The Inter Project Authors (https://github.com/rsms/inter)",
            "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
            "https://openfontlicense.org",
            "Rasmus Andersson (Inter)",
            "A subset of Inter 4.1 with tabular digits by default, renamed. See LICENSE-OFL.txt.",
        )
        save(font, f"AtalayaSans-{style}.ttf")
    (OUT / "LICENSE-OFL.txt").write_bytes(member(tar, "LICENSE.txt"))


def icon_codes(tar, style):
    data = json.loads(member(tar, f"src/{style}/selection.json"))
    codes = {}
    for icon in data["icons"]:
        for name in icon["properties"]["name"].split(","):
            codes[name.strip()] = icon["properties"]["code"]
    return codes


def build_icons(tar):
    codes, fill_codes = icon_codes(tar, "regular"), icon_codes(tar, "fill")
    font = TTFont(io.BytesIO(member(tar, "src/regular/Phosphor.ttf")), recalcTimestamp=False)
    fill = TTFont(io.BytesIO(member(tar, "src/fill/Phosphor-Fill.ttf")))
    assert font["head"].unitsPerEm == fill["head"].unitsPerEm == 1024
    fill_cmap, rows = fill.getBestCmap(), {n: codes[n] for n in ICONS}
    extra = {}
    for name in FILL:
        glyph = f"{name}.fill"
        source = fill_cmap[fill_codes.get(name) or fill_codes[name + "-fill"]]
        order = font.getGlyphOrder() + [glyph]
        outline = fill["glyf"][source]
        assert not outline.isComposite()
        font["glyf"].glyphs[glyph] = outline
        font["hmtx"].metrics[glyph] = fill["hmtx"][source]
        font.setGlyphOrder(order)
        font["glyf"].setGlyphOrder(order)
        code = codes[name] + FILL_OFFSET
        assert code not in font.getBestCmap()
        extra[code], rows[name + "-fill"] = glyph, code
    for sub in font["cmap"].tables:
        if sub.isUnicode():
            sub.cmap.update(extra)
    options = subset.Options()
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "gasp"]
    options.glyph_names = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    s = subset.Subsetter(options)
    s.populate(unicodes=set(rows.values()) | {0x20})
    s.subset(font)
    set_names(
        font, ICON_FAMILY, "Regular", 400,
        "Copyright (c) 2020-2021 Phosphor Icons", "MIT License", "https://opensource.org/license/mit",
        "Phosphor Icons (Helena Zhang, Tobias Fried)",
        "A subset of Phosphor Icons 2.1 (web), regular, with two fill icons. See LICENSE-Phosphor.txt.",
    )
    save(font, "AtalayaIcons.ttf")
    for name, code in rows.items():
        assert 0xE000 <= code <= 0xF8FF, name
    assert len(set(rows.values())) == len(rows)
    text = "".join(f"{n}\t{c:04X}\n" for n, c in sorted(rows.items()))
    (OUT / "icons.tsv").write_text(text, encoding="utf-8", newline="\n")
    (OUT / "LICENSE-Phosphor.txt").write_bytes(member(tar, "LICENSE"))


def check():
    for style, weight in WEIGHTS:
        path = OUT / f"AtalayaSans-{style}.ttf"
        font = TTFont(path)
        cmap, hmtx, name = font.getBestCmap(), font["hmtx"], font["name"]
        missing = [c for c in REQUIRED if ord(c) not in cmap]
        assert not missing, (style, missing)
        widths = {hmtx[cmap[c]][0] for c in list(range(0x30, 0x3A)) + [0x2007]}
        assert len(widths) == 1, (style, widths)
        assert "glyf" in font and font["OS/2"].usWeightClass == weight
        assert (name.getDebugName(16), name.getDebugName(17)) == (FAMILY, style)
        assert "Inter" not in "".join(name.getDebugName(i) for i in (1, 4, 6, 16))
        # No pair adjustment between two digits, or columns would not line up.
        digits = {cmap[c] for c in range(0x30, 0x3A)}
        for lookup in font["GPOS"].table.LookupList.Lookup:
            for st in lookup.SubTable:
                st = getattr(st, "ExtSubTable", st)
                if st.LookupType == 2:
                    both = digits & set(st.Coverage.glyphs)
                    if st.Format == 1:
                        for g, ps in zip(st.Coverage.glyphs, st.PairSet):
                            assert g not in both or not any(r.SecondGlyph in digits for r in ps.PairValueRecord)
                    else:
                        for g in both:
                            row = st.Class1Record[st.ClassDef1.classDefs.get(g, 0)].Class2Record
                            for d in digits:
                                v = row[st.ClassDef2.classDefs.get(d, 0)].Value1
                                assert v is None or not getattr(v, "XAdvance", 0), (style, g, d)
        feats = {r.FeatureTag for r in font["GPOS"].table.FeatureList.FeatureRecord}
        print(f"{path.name}: {path.stat().st_size} bytes, {len(cmap)} code points, "
              f"digits {widths.pop()} units, GPOS {sorted(feats)}")
    path = OUT / "AtalayaIcons.ttf"
    cmap = TTFont(path).getBestCmap()
    rows = [line.split("\t") for line in (OUT / "icons.tsv").read_text(encoding="utf-8").splitlines()]
    assert rows == sorted(rows) and len(rows) == len(ICONS) + len(FILL)
    assert all(int(code, 16) in cmap for _, code in rows)
    print(f"{path.name}: {path.stat().st_size} bytes, {len(rows)} icons")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, help="folder with (or for) the two .tgz files")
    parser.add_argument("--check", action="store_true", help="check the built files only")
    args = parser.parse_args()
    if not args.check:
        OUT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as tmp:
            cache = (args.cache or Path(tmp)).resolve()
            cache.mkdir(parents=True, exist_ok=True)
            build_sans(fetch(INTER, cache))
            build_icons(fetch(PHOSPHOR, cache))
    check()


if __name__ == "__main__":
    main()
