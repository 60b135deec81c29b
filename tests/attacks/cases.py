"""What the attacks share: files to import, the program run on a case, and what a case holds.

Cases are read by Python's own SQLite, so that the program is not its own witness.
"""

import csv
import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

CASE = "case.gpkg"
DATASET = ["--dataset", "log"]
COUNT = ["count", CASE, "--by", "kind", "--format", "json"]
# Says when something was written, which differs from run to run.
CLOCKS = {"imported_at", "known_at", "last_change", "decided_at"}
# What the first eight bytes of a journal are once it is to be played back.
JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")

HEADER = ["id", "title", "kind", "start", "lon", "lat", "place", "country", "actor1", "deaths_best", "narrative"]


def write_log(path, rows, seed=1, revised=False):
    """A log of incidents; the revised one changes every third row and goes on a little."""
    chance = random.Random(seed)
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        for n in range(rows + rows // 10 if revised else rows):
            lon, lat = chance.uniform(-104, -98), chance.uniform(20, 27)
            deaths = chance.randrange(9)
            if revised and n % 3 == 0:
                deaths += 10
            day = f"20{chance.randrange(10, 25)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
            out.writerow([f"L-{n}", f"Incident {n} as reported", "gun_battle", day, f"{lon:.5f}", f"{lat:.5f}",
                          f"Place {n % 97}", "Mexico", f"Group {n % 41}", deaths, f"Account {n}. " * (1 + n % 9)])


class Program:
    """The program, with a folder for temporary files of its own."""

    def __init__(self, path, temp):
        self.path = str(Path(path).resolve())
        self.temp = Path(temp)
        self.temp.mkdir(exist_ok=True)
        unset = ("LC_ALL", "LC_MESSAGES", "LANG")
        self.env = {k: v for k, v in os.environ.items() if k not in unset}
        self.env["TMPDIR"] = str(temp)

    def start(self, change, folder):
        return subprocess.Popen(change.command(self), cwd=folder, env=self.env,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def run(self, args, folder):
        return subprocess.run([self.path, *args], cwd=folder, env=self.env, capture_output=True, text=True, check=False)

    def must(self, args, folder):
        done = self.run(args, folder)
        if done.returncode != 0:
            raise SystemExit(f"{args} failed: {done.stderr}")
        return done.stdout


def content(case):
    """A digest of all tables and of the schema, or what SQLite says is wrong. Leaves the files as they are."""
    case = Path(case)
    if not case.exists():
        return "no file"
    if case.stat().st_size == 0:
        return "empty file"
    with tempfile.TemporaryDirectory() as folder:
        for name in os.listdir(case.parent):
            if name.startswith(case.name) and not name.endswith((".lock", "-shm")):
                shutil.copy(case.parent / name, folder)
        conn = sqlite3.connect(Path(folder) / case.name)
        try:
            sound = conn.execute("PRAGMA integrity_check").fetchone()[0]
            if sound != "ok":
                return f"not sound: {sound}"
            return stage(conn) or digest(conn)
        except sqlite3.DatabaseError as error:
            return f"not readable: {error}"
        finally:
            conn.close()


def stage(conn):
    """How far the making of a case has come; None where it has rows."""
    if conn.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'import'").fetchone()[0] == 0:
        return "no tables"
    rows = conn.execute("SELECT EXISTS (SELECT 1 FROM import) OR EXISTS (SELECT 1 FROM incident)").fetchone()[0]
    return None if rows else "no imports"


def digest(conn):
    conn.text_factory = bytes
    total = hashlib.sha256()
    schema = conn.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    total.update(repr(sorted(schema, key=repr)).encode())
    tables = [name.decode() for kind, name, sql in schema
              if kind == b"table" and not (sql or b"").upper().startswith(b"CREATE VIRTUAL")]
    for table in sorted(tables):
        columns = [row[1].decode() for row in conn.execute(f'PRAGMA table_info("{table}")')]
        chosen = ", ".join(f'"{c}"' for c in columns if c not in CLOCKS)
        rows = sorted(repr(row) for row in conn.execute(f'SELECT {chosen} FROM "{table}"'))
        total.update(f"{table} {len(rows)}\n".encode())
        total.update("\n".join(rows).encode())
    return total.hexdigest()


def is_hot(folder):
    """Whether a journal lies there that is to be played back."""
    try:
        with open(Path(folder) / f"{CASE}-journal", "rb") as journal:
            return journal.read(8) == JOURNAL_MAGIC
    except FileNotFoundError:
        return False


class Change:
    """Something done to a case: the case before it, and what it holds before and after."""

    def __init__(self, name, args, folder):
        self.name, self.args = name, args
        self.folder = Path(folder)
        self.before = content(self.folder / CASE)
        self.after = None
        # What `count` says of the case in each state.
        self.counts = {}
        # A case that is made for the import may also be there without its rows.
        self.between = set()

    def command(self, program):
        return [program.path, *self.args]

    def has_said_done(self, written):
        """Whether what was written to the terminal says that the change is in the case."""
        return bool(written)

    def lay_out(self, folder):
        """The case before and the files to import, in an empty folder."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)

    def states(self):
        return {self.before: "before", self.after: "after"} | {state: "made" for state in self.between}


class WindowImport(Change):
    """The same as an import, beside an open window: `tests/program/window_import.rs`, as a test binary."""

    def __init__(self, of, binary):
        super().__init__("window import", of.args, of.folder)
        self.after, self.counts, self.binary = of.after, of.counts, str(Path(binary).resolve())

    def command(self, _):
        return [self.binary, "--ignored", "--exact", "--nocapture", "window_import::imports_as_a_window_does"]

    def has_said_done(self, written):
        return b"imported" in written


def add_options(parser):
    parser.add_argument("program")
    parser.add_argument("--window", metavar="TESTS", help="the binary of tests/program, for imports beside a window")
    parser.add_argument("--rows", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=1)


def changes(program, root, options):
    """An import into a case, a delivery that revises it, its undo, and an import that makes the case."""
    root = Path(root)
    first = ["import", CASE, "a.csv", *DATASET]
    second = ["import", CASE, "b.csv", *DATASET]

    def laid_out(name, *steps):
        folder = root / name
        folder.mkdir()
        write_log(folder / "a.csv", options.rows)
        write_log(folder / "b.csv", options.rows, revised=True)
        for step in steps:
            program.must(step, folder)
        return folder

    demo = ["demo", CASE]
    all_changes = [
        Change("import", first, laid_out("import", demo)),
        Change("delivery", second, laid_out("delivery", demo, first)),
        Change("undo", ["undo", CASE, "--yes"], laid_out("undo", demo, first, second)),
        Change("new case", first, laid_out("new")),
    ]
    for change in all_changes:
        done = root / f"{change.name} done"
        change.lay_out(done)
        if change.before != "no file":
            change.counts[change.before] = program.must(COUNT, done)
        program.must(change.args, done)
        change.after = content(done / CASE)
        change.counts[change.after] = program.must(COUNT, done)
        if change.after == change.before:
            raise SystemExit(f"{change.name} changes nothing")
    all_changes[3].between = {"empty file", "no tables", "no imports"}
    if options.window:
        all_changes.append(WindowImport(all_changes[0], options.window))
    return all_changes
