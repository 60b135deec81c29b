#!/usr/bin/env python3
"""Cuts the power in the midst of imports and undos, in thought, and looks whether the case is whole.

    tests/attacks/power.py target/release/atalaya [--images 1000] [--window TESTS] [--rows 1200] [--seed 1]

strace records what the program writes to the case's folder and when it asks for it to be safe (fsync). From that
come images of the disk as it may be after a power cut at any moment: what was asked to be safe is there; of all
else nothing, everything, some writes, or some sectors of 512 bytes of some writes, files grown with nothing but
zeros, files made, deleted or renamed or not yet so. In each, the case has to be entirely the one before or
entirely the one after, for Python's SQLite and for the program, and the one after once the program has said that
it is done; the same command again has to lead to the state after. With the binary of tests/program (`cargo test --test program
--no-run` names it) also imports beside an open window are cut. Some four images a second. Needs Python 3 and
strace.
"""

import argparse
import collections
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import cases

SECTOR = 512
CALLS = ("openat,creat,write,pwrite64,pwritev,lseek,fsync,fdatasync,sync_file_range,ftruncate,fallocate,"
         "rename,renameat,renameat2,link,linkat,unlink,unlinkat,copy_file_range,sendfile,mmap")
LINE = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+)(?:<(.*?)>)?")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
DESCRIPTOR = re.compile(r"^(\d+|AT_FDCWD)<(.*?)>")


def unhex(text):
    return bytes.fromhex(text.replace("\\x", ""))


def path_of(text):
    """A path as strace writes it, in hexadecimal or plain."""
    return (unhex(text) if text.startswith("\\x") else text.encode()).decode(errors="replace")


def whole_lines(trace):
    """The calls, those that were interrupted put together again, in the order of their ends."""
    begun = {}
    for line in trace:
        thread = line.split(" ", 1)[0]
        if line.rstrip().endswith("<unfinished ...>"):
            begun[thread] = line[: line.rindex("<unfinished ...>")]
            continue
        resumed = re.match(r"^\d+ +<\.\.\. \w+ resumed>(.*)$", line, re.DOTALL)
        yield begun.pop(thread) + resumed.group(1) if resumed else line


class Recorder:
    """Calls of the system as events on the files of one folder."""

    def __init__(self, folder, change):
        self.folder, self.change, self.at, self.events = str(folder), change, {}, []

    def name(self, path):
        """The name of a file of the case, None for all others."""
        inside = path.startswith(f"{self.folder}/{cases.CASE}") and not path.endswith((".lock", "-shm"))
        return path[len(self.folder) + 1:] if inside else None

    def read(self, line):
        call = LINE.match(line)
        if not call or int(call.group(4)) < 0:
            return
        _, name, args, result, opened = call.groups()
        if name in ("openat", "creat"):
            self.at[int(result)] = 0
            made = self.name(path_of(opened or ""))
            if made and ("O_CREAT" in args or name == "creat"):
                self.events.append(("make", made))
            if made and "O_TRUNC" in args:
                self.events.append(("cut", made, 0))
        elif name.startswith(("rename", "link", "unlink")):
            self.rename(name, [self.absolute(path) for path in TEXT.findall(args)])
        else:
            self.use(name, args, int(result))

    def absolute(self, text):
        path = unhex(text).decode()
        return path if path.startswith("/") else f"{self.folder}/{path}"

    def rename(self, call, paths):
        names = [self.name(path) for path in paths]
        if call.startswith("unlink") and names[0]:
            self.events.append(("delete", names[0]))
        elif not call.startswith("unlink") and any(names):
            raise SystemExit(f"{call} of {paths} is not yet told apart here")

    def use(self, call, args, result):
        descriptor = DESCRIPTOR.match(args)
        if not descriptor or descriptor.group(1) == "AT_FDCWD":
            return
        number, path = int(descriptor.group(1)), path_of(descriptor.group(2))
        if call == "write" and number == 1:
            if self.change.has_said_done(unhex(TEXT.search(args).group(1))):
                self.events.append(("done",))
            return
        if path == self.folder and call in ("fsync", "fdatasync"):
            self.events.append(("safe folder",))
        name = self.name(path)
        if not name:
            return
        rest = args[descriptor.end():]
        if call == "lseek":
            self.at[number] = result
        elif call in ("write", "pwrite64"):
            data = unhex(TEXT.search(rest).group(1))[:result]
            place = int(rest.rsplit(",", 1)[1]) if call == "pwrite64" else self.at[number]
            if call == "write":
                self.at[number] += result
            self.events.append(("write", name, place, data))
        elif call in ("fsync", "fdatasync"):
            self.events.append(("safe", name))
        elif call == "ftruncate":
            self.events.append(("cut", name, int(rest.rsplit(",", 1)[1])))
        elif call != "mmap" or "MAP_SHARED" in rest:
            raise SystemExit(f"{call} on {name} is not yet told apart here")


def record(program, change, folder, root):
    """What a run does to the case, in order."""
    trace = root / "trace"
    command = ["strace", "-f", "-y", "-xx", "-s", "10000000", "-e", f"trace={CALLS}", "-o", str(trace)]
    done = subprocess.run([*command, *change.command(program)], cwd=folder, env=program.env, capture_output=True,
                          text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{change.args} fails under strace: {done.stderr}")
    recorder = Recorder(folder.resolve(), change)
    with open(trace, encoding="ascii") as lines:
        for line in whole_lines(lines):
            recorder.read(line)
    return recorder.events


class File:
    """What is safe on the disk, and what was written since."""

    def __init__(self, safe=b""):
        self.safe, self.since = safe, []

    def image(self, survive):
        data = bytearray(self.safe)
        for event in self.since:
            for piece in survive(event):
                apply(data, piece)
        return bytes(data)


def apply(data, event):
    kind, *rest = event
    if kind in ("cut", "grow"):
        if kind == "cut":
            del data[rest[0]:]
        data.extend(bytes(max(0, rest[0] - len(data))))
    else:
        place, written = rest
        data.extend(bytes(max(0, place + len(written) - len(data))))
        data[place:place + len(written)] = written


class Disk:
    """A folder whose power may be cut after any event."""

    def __init__(self, folder):
        self.names = {p.name: File(p.read_bytes()) for p in Path(folder).iterdir() if p.name == cases.CASE}
        # What the disk has for certain of the names, and what became of them since.
        self.safe_names, self.since = dict(self.names), []
        self.done = False

    def happen(self, event):
        kind, *rest = event
        if kind == "done":
            self.done = True
        elif kind == "safe folder":
            self.safe_names, self.since = dict(self.names), []
        elif kind == "make":
            if rest[0] not in self.names:
                self.names[rest[0]] = File()
                self.since.append((rest[0], self.names[rest[0]]))
        elif kind == "delete":
            del self.names[rest[0]]
            self.since.append((rest[0], None))
        elif kind == "safe":
            file = self.names[rest[0]]
            file.safe, file.since = file.image(lambda event: [event]), []
        else:
            self.names[rest[0]].since.append((kind, *rest[1:]))

    def image(self, mode, chance):
        """The files after a power cut."""
        how_many = {"nothing": 0, "everything": len(self.since)}.get(mode, chance.randint(0, len(self.since)))
        names = dict(self.safe_names)
        for name, file in self.since[:how_many]:
            names.pop(name, None)
            if file:
                names[name] = file
        share = chance.random()
        survivors = {
            "nothing": lambda event: [],
            "everything": lambda event: [event],
            "some writes": lambda event: [event] if chance.random() < share else [],
            "some sectors": lambda event: torn(event, share, chance),
            "zeros": lambda event: [event] if chance.random() < share else emptied(event),
        }
        return {name: file.image(survivors[mode]) for name, file in names.items()}


MODES = ("nothing", "everything", "some writes", "some sectors", "zeros")


def torn(event, share, chance):
    if event[0] == "cut":
        return [event] if chance.random() < share else []
    _, place, data = event
    first = -place % SECTOR
    edges = [0, *range(first or SECTOR, len(data), SECTOR), len(data)]
    pieces = [("write", place + a, data[a:b]) for a, b in zip(edges, edges[1:])]
    return [piece for piece in pieces if chance.random() < share]


def emptied(event):
    """A file that has its new size and not yet what is to be there."""
    return [("grow", event[1] if event[0] == "cut" else event[1] + len(event[2]))]


def moments(events, wanted, chance):
    """How many events have happened at the cut: around each that settles something, and anywhere."""
    telling = {i + d for i, event in enumerate(events) if event[0] != "write" for d in (0, 1)}
    chosen = sorted(telling)
    while len(chosen) < wanted:
        chosen.append(chance.randint(0, len(events)))
    chance.shuffle(chosen)
    return chosen[:wanted]


def inspect(program, change, folder, is_done, with_repeat):
    """The state an image is in, and its faults."""
    found = cases.content(folder / cases.CASE)
    state = change.states().get(found)
    faults = []
    if state is None:
        return state, [f"neither before nor after: {found}"]
    if is_done and state != "after":
        faults.append(f"it had said that it was done, and the case is {state}")
    if state in ("before", "after") and found != "no file":
        with_journal = (folder / f"{cases.CASE}-journal").exists()
        for args in (cases.COUNT, ["check", cases.CASE]):
            done = program.run(args, folder)
            refused = with_journal and done.returncode == 1 and done.stderr.count("\n") == 1
            if done.returncode != 0 and not refused:
                faults.append(f"{args[0]} fails: {done.stderr.strip() or done.stdout}")
            elif done.returncode == 0 and args is cases.COUNT and done.stdout != change.counts[found]:
                faults.append(f"count says {done.stdout}")
        now = cases.content(folder / cases.CASE)
        if now != found:
            faults.append(f"the program made something else of the case: {now}")
    if with_repeat and not (change.name == "undo" and state == "after"):
        done = program.run(change.args, folder)
        if done.returncode != 0:
            faults.append(f"the same again fails: {done.stderr.strip()}")
        elif cases.content(folder / cases.CASE) != change.after:
            faults.append("the same again does not lead to the state after")
    return state, faults


def cut(program, change, events, options, chance, tally):
    """Cuts the power of one change many times; returns how many images are at fault."""
    start, failed = options.root / "start", 0
    shutil.rmtree(start, ignore_errors=True)
    change.lay_out(start)
    for number, moment in enumerate(sorted(moments(events, options.images, chance))):
        disk = Disk(start)
        for event in events[:moment]:
            disk.happen(event)
        mode = MODES[number % len(MODES)]
        folder = options.root / "image"
        folder.mkdir()
        for log in ("a.csv", "b.csv"):
            shutil.copy(start / log, folder)
        for name, data in disk.image(mode, chance).items():
            (folder / name).write_bytes(data)
        kept = options.root / "kept"
        shutil.copytree(folder, kept)
        tally["hot journals"] += cases.is_hot(folder)
        state, faults = inspect(program, change, folder, disk.done, number % 3 == 0)
        tally[f"state {state}"] += 1
        tally[f"survives: {mode}"] += 1
        tally["images"] += 1
        if faults:
            failed += 1
            place = tempfile.mkdtemp(prefix="atalaya-power-")
            shutil.copytree(kept, place, dirs_exist_ok=True)
            print(f"{change.name}, after event {moment} of {len(events)}, {mode} survives, kept in {place}")
            print("\n".join(f"  {fault}" for fault in faults), flush=True)
        shutil.rmtree(kept)
        shutil.rmtree(folder)
    return failed


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cases.add_options(options)
    options.add_argument("--images", type=int, default=1000)
    options = options.parse_args()
    chance = random.Random(options.seed)
    tally, failed, began = collections.Counter(), 0, time.monotonic()
    with tempfile.TemporaryDirectory() as root:
        options.root = Path(root).resolve()
        program = cases.Program(options.program, options.root / "temp")
        changes = cases.changes(program, options.root, options)
        options.images //= len(changes)
        for change in changes:
            folder = options.root / f"{change.name} recorded"
            change.lay_out(folder)
            events = record(program, change, folder, options.root)
            kinds = collections.Counter(event[0] for event in events)
            print(f"{change.name}: " + ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items())), flush=True)
            failed += cut(program, change, events, options, chance, tally)
    for name, n in sorted(tally.items()):
        print(f"{name}: {n}")
    print(f"{failed} faults, {time.monotonic() - began:.0f} s")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
