#!/usr/bin/env python3
"""Imports the same CSV with Atalaya and with DuckDB in turn and prints the ratios of CPU time, wall time
and file size: python3 benches/duckdb_pair.py PROGRAM DATA.csv [--rounds 3] [--before PROGRAM]

DuckDB reads the table, with a unique ART index on the id and an R-tree on the points, as Atalaya's case has
both. Needs from PyPI: duckdb, duckdb-extension-spatial. Data: gen_acled.py 1000000 FILE --seed 7.
--before measures an earlier build of Atalaya in the same turns. Exit 1 where CPU or wall time exceed 0.7 of DuckDB's, or
the case 1.4 of the CSV.
"""
import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DUCKDB = """
import glob, os, sys
import duckdb, duckdb_extension_spatial
con = duckdb.connect(sys.argv[2], config={"allow_unsigned_extensions": "true"})
folder = os.path.dirname(duckdb_extension_spatial.__file__)
for file in glob.glob(os.path.join(folder, "**", "*.duckdb_extension"), recursive=True):
    con.load_extension(file)
con.execute("CREATE TABLE incident AS SELECT *, ST_Point(longitude, latitude) AS geom FROM read_csv(?)", [sys.argv[1]])
con.execute("CREATE UNIQUE INDEX incident_key ON incident(event_id_cnty)")
con.execute("CREATE INDEX incident_geom ON incident USING RTREE (geom)")
con.execute("CHECKPOINT")
con.close()
"""


def cost(command):
    """CPU seconds and wall seconds of a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, errors = process.communicate()
    wall = time.monotonic() - start
    if process.returncode:
        sys.exit(f"{command[0]}: {errors.decode()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, wall


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("data", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--before")
    args = parser.parse_args()
    programs = {"atalaya": args.program, "duckdb": None}
    if args.before:
        programs["before"] = args.before
    figures = {name: [] for name in programs}
    sizes = {}
    with tempfile.TemporaryDirectory(prefix="atalaya-bench-") as folder:
        for _ in range(args.rounds):
            for name, program in programs.items():
                out = Path(folder) / (name + (".duckdb" if program is None else ".gpkg"))
                out.unlink(missing_ok=True)
                if program is None:
                    command = [sys.executable, "-c", DUCKDB, args.data, out]
                else:
                    command = [program, "import", out, args.data]
                figures[name].append(cost([str(c) for c in command]))
                sizes[name] = out.stat().st_size
                out.unlink()
    csv = args.data.stat().st_size
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in figures.items()}
    for name, (cpu, wall) in medians.items():
        print(f"{name}: {cpu:.1f} CPU-s, {wall:.1f} s, {sizes[name] / 1e6:.0f} MB")
    ratios = {
        "CPU time of DuckDB's": (medians["atalaya"][0] / medians["duckdb"][0], 0.7),
        "wall time of DuckDB's": (medians["atalaya"][1] / medians["duckdb"][1], 0.7),
        "case of the CSV": (sizes["atalaya"] / csv, 1.4),
    }
    for name, (ratio, limit) in ratios.items():
        print(f"{name}: {ratio:.2f} (limit {limit})")
    if args.before:
        print(f"CPU time of the earlier build's: {medians['atalaya'][0] / medians['before'][0]:.2f}")
    return any(ratio > limit for ratio, limit in ratios.values())


if __name__ == "__main__":
    sys.exit(main())
