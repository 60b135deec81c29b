#!/usr/bin/env python3
"""Kills the program in the midst of imports and undos, and looks whether the case is whole.

    tests/attacks/kills.py target/release/atalaya [--kills 1000] [--window TESTS] [--rows 1200] [--seed 1]

A third of the kills falls anywhere in the run, a third while there is a journal, a third during the commit, when
the journal is hot. After each, the case has to be entirely the one before or entirely the one after: for Python's
SQLite, for `count` and for `check`, with nothing left in the folder for temporary files; and the same command
again has to lead to the state after. With the binary of tests/program (`cargo test --test program --no-run` names it)
also imports beside an open window are killed. Takes about a second a kill on two cores. Needs Python 3 alone.
"""

import argparse
import collections
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

import cases

AIMS = ("anywhere", "journal", "commit")


def reached(aim, folder):
    """Whether the run has come to where the clock of an aim starts."""
    if aim == "journal":
        return os.path.exists(Path(folder) / f"{cases.CASE}-journal")
    return aim == "anywhere" or cases.is_hot(folder)


def calibrate(program, change, root):
    """How long each part of an undisturbed run lasts, seconds; the longest of a few."""
    longest = dict.fromkeys(AIMS, 0.0)
    for attempt in range(4):
        folder = root / f"calibrate {change.name} {attempt}"
        change.lay_out(folder)
        child = program.start(change, folder)
        first, last = {}, {}
        while child.poll() is None:
            now = time.monotonic()
            for aim in AIMS:
                if reached(aim, folder):
                    first.setdefault(aim, now)
                    last[aim] = now
        for aim in first:
            longest[aim] = max(longest[aim], last[aim] - first[aim])
        shutil.rmtree(folder)
    return longest


def kill_one(program, change, folder, aim, delay):
    """Whether it was killed before it came to its end by itself."""
    child = program.start(change, folder)
    while child.poll() is None and not reached(aim, folder):
        pass
    due = time.monotonic() + delay
    while child.poll() is None and time.monotonic() < due:
        pass
    child.kill()
    return child.wait() < 0


def leftovers(folder, inputs):
    return sorted(set(os.listdir(folder)) - inputs - {cases.CASE})


def inspect(program, change, folder, tally):
    """The faults of a case whose program was killed."""
    faults = []
    states = change.states()
    inputs = {"a.csv", "b.csv"}
    tally["hot journals"] += cases.is_hot(folder)
    allowed = {f"{cases.CASE}{end}" for end in ("-journal", "-wal", "-shm", ".lock")}
    strange = set(leftovers(folder, inputs)) - allowed
    if strange or os.listdir(program.temp):
        faults.append(f"left behind: {sorted(strange)} {os.listdir(program.temp)}")
    found = cases.content(folder / cases.CASE)
    state = states.get(found)
    tally[f"state {state}"] += 1
    if state is None:
        return [*faults, f"neither before nor after: {found}"]
    if state in ("before", "after") and found != "no file":
        faults += answers(program, change, folder, found, tally)
    if not (change.name == "undo" and state == "after"):
        done = program.run(change.args, folder)
        if done.returncode != 0:
            faults.append(f"the next {change.name} fails: {done.stderr.strip()}")
    again = cases.content(folder / cases.CASE)
    if again != change.after:
        faults.append(f"the next {change.name} does not lead to the state after: {states.get(again, again)}")
    left = leftovers(folder, inputs)
    if left and change.name != "undo":
        faults.append(f"left behind in the end: {left}")
    return faults


def answers(program, change, folder, found, tally):
    """What the program says of the case, which is sound."""
    faults = []
    with_journal = os.path.exists(folder / f"{cases.CASE}-journal")
    for args in (cases.COUNT, ["check", cases.CASE]):
        done = program.run(args, folder)
        if done.returncode == 0:
            if args is cases.COUNT and done.stdout != change.counts[found]:
                faults.append(f"count says {done.stdout}")
        elif with_journal and done.stderr.count("\n") == 1:
            # It may leave a journal to whoever writes next, and say so.
            tally["reads refused beside a journal"] += 1
        else:
            faults.append(f"{args[0]} fails: {done.stderr.strip() or done.stdout}")
        now = cases.content(folder / cases.CASE)
        if now != found:
            faults.append(f"{args[0]} changed the case: {now}")
    return faults


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cases.add_options(options)
    options.add_argument("--kills", type=int, default=1000)
    options = options.parse_args()
    chance = random.Random(options.seed)
    tally, failed = collections.Counter(), 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as root:
        root = Path(root)
        program = cases.Program(options.program, root / "temp")
        changes = cases.changes(program, root, options)
        lengths = {change.name: calibrate(program, change, root) for change in changes}
        for name, length in lengths.items():
            print(f"{name}: " + ", ".join(f"{aim} {length[aim] * 1e3:.0f} ms" for aim in AIMS), flush=True)
        turn = 0
        while tally["killed"] < options.kills:
            change, aim = changes[turn % len(changes)], AIMS[turn // len(changes) % len(AIMS)]
            turn += 1
            folder = root / "trial"
            change.lay_out(folder)
            delay = chance.uniform(0, lengths[change.name][aim])
            if not kill_one(program, change, folder, aim, delay):
                tally["ended before the kill"] += 1
            else:
                tally["killed"] += 1
                tally[f"killed in {change.name}"] += 1
                kept = root / "kept"
                shutil.copytree(folder, kept)
                faults = inspect(program, change, folder, tally)
                if faults:
                    failed += 1
                    place = tempfile.mkdtemp(prefix="atalaya-kill-")
                    shutil.copytree(kept, place, dirs_exist_ok=True)
                    print(f"kill {tally['killed']} in {change.name} ({aim}, {delay * 1e3:.1f} ms), kept in {place}")
                    print("\n".join(f"  {fault}" for fault in faults), flush=True)
                shutil.rmtree(kept)
                if tally["killed"] % 100 == 0:
                    print(f"{tally['killed']} kills, {tally['hot journals']} hot journals, {failed} faults", flush=True)
            shutil.rmtree(folder)
    for name, n in sorted(tally.items()):
        print(f"{name}: {n}")
    print(f"{failed} faults, {time.monotonic() - began:.0f} s")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
