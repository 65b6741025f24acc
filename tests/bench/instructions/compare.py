#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts the instructions of work.c's works with callgrind and compares them with baseline.json: more than 3 % above is a
failure, with every compiler whose counts are written down there. With another compiler, another kind of build, without
valgrind, or where the back end cannot run, there is nothing to compare with: that is said, and the end is 77 (skipped),
never 0.

    compare.py --compiler NAME --build TYPE --program FILE --folder FOLDER [--valgrind FILE] BACKEND
    compare.py --accept ...  BACKEND...      writes today's counts down as that compiler's baseline
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

TOLERANCE = 0.03
BASELINE = pathlib.Path(__file__).with_name("baseline.json")
COUNTED = re.compile(r"^\s*([\d,]+) \([^)]*\)\s+\S*?:counted_(\w+) \[")
SKIPPED = 77


def skip(why):
    print(f"not compared: {why}")
    raise SystemExit(SKIPPED)


def count(options, backend):
    """{work: instructions}"""
    out = pathlib.Path(options.folder) / f"callgrind.{backend}.out"
    run = subprocess.run([options.valgrind, "--tool=callgrind", f"--callgrind-out-file={out}", "--collect-atstart=no",
                          "--toggle-collect=counted_*", options.program],
                         env=os.environ | {"MOTE_TEST_BACKEND": backend}, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, text=True, errors="replace")
    if run.returncode == SKIPPED:
        skip(f"the back end {backend} is not run here")
    if run.returncode != 0:
        raise SystemExit(f"{run.stdout}\ncallgrind ended with {run.returncode}")
    listed = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", out], check=True,
                            stdout=subprocess.PIPE, text=True, errors="replace").stdout
    counts = {}
    for line in listed.splitlines():
        found = COUNTED.match(line)
        if found:
            counts[found.group(2)] = int(found.group(1).replace(",", ""))
    if not counts:
        raise SystemExit(f"{out}: no counted function in it")
    print(f"whole profile: callgrind_annotate {out}")
    return counts


def compare(backend, counts, expected):
    """Prints a table; the names of the works that regressed, or that one side has not."""
    wrong = [f"{name}: in the baseline only" for name in expected.keys() - counts.keys()]
    print(f"{backend + ': instructions':34} {'baseline':>13} {'now':>13} {'change':>8}")
    for name, now in counts.items():
        if name not in expected:
            wrong.append(f"{name}: not in the baseline")
            continue
        change = now / expected[name] - 1
        verdict = ""
        if change > TOLERANCE:
            verdict = "  REGRESSION"
            wrong.append(f"{name}: {change:+.1%}")
        elif change < -TOLERANCE:
            verdict = "  better: accept it, that it may not be lost again"
        print(f"{name:34} {expected[name]:13,} {now:13,} {change:+8.1%}{verdict}")
    return wrong


def read_baseline():
    return json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}


def main():
    parser = argparse.ArgumentParser()
    for name in ("compiler", "build", "program", "folder"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--valgrind")
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("backends", nargs="+")
    options = parser.parse_args()
    if options.valgrind is None:
        skip("there is no valgrind (scripts/setup.sh tests installs it)")
    if options.build != "Release":
        skip(f"a {options.build} build; the baseline is of Release builds")
    baseline = read_baseline()
    if options.accept:
        baseline[options.compiler] = {backend: count(options, backend) for backend in options.backends}
        BASELINE.write_text(json.dumps(baseline, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        print(f"written down as the baseline of {options.compiler}: {BASELINE}")
        return
    wrong = []
    for backend in options.backends:
        counts = count(options, backend)
        expected = baseline.get(options.compiler, {}).get(backend)
        if expected is None:
            print(json.dumps(counts, indent=2))
            skip(f"there is no baseline of {options.compiler}, only of {', '.join(baseline) or 'none'}: another compiler "
                 "makes other instructions of the same source. `ninja instructions_accept` makes one.")
        wrong += compare(backend, counts, expected)
    if wrong:
        print("\n".join(["", *wrong, "Where that is the price of something wanted: ninja instructions_accept, and say why in "
                         "the commit."]))
        sys.exit(1)


main()
