#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sums what the runners of `npm test` say at their end: node's own, vitest, and the plain "N passed, N failed".

    npm-summary.py LOG EXIT-CODE      prints "PASSED FAILED SKIPPED", failures to standard error
"""
import re
import sys

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
BEGINS = re.compile(r"^\s*(not ok \d|FAIL|\u2716)")
BORING = re.compile(r"^\s*($|---$|(duration_ms|type|location|failureType|code|operator|name|expected|actual)\b)")


def told_of(lines):
    """What failed, each with what its runner says of it, but for where in the runner that was; or else the end."""
    out, inside = [], 0
    for line in lines:
        if BEGINS.match(line):
            out.append(line)
            inside = 12
        elif line.strip() == "...":
            inside = 0
        elif inside > 0 and not BORING.match(line):
            out.append(f"      | {line.strip()}")
            inside -= 1
    return out[:60] if out else lines[-40:]


def main():
    with open(sys.argv[1], encoding="utf-8", errors="replace") as log:
        lines = [ESCAPES.sub("", line.rstrip("\n")) for line in log]
    passed = failed = skipped = 0
    for line in lines:
        node = re.match(r"^(?:#|\u2139) (pass|fail|cancelled|skipped) (\d+)$", line)
        if node:
            count = int(node.group(2))
            passed += count if node.group(1) == "pass" else 0
            failed += count if node.group(1) in ("fail", "cancelled") else 0
            skipped += count if node.group(1) == "skipped" else 0
        elif re.match(r"^\s+Tests\s+.*\(\d+\)", line):
            for count, word in re.findall(r"(\d+) (passed|failed|skipped)", line):
                passed += int(count) if word == "passed" else 0
                failed += int(count) if word == "failed" else 0
                skipped += int(count) if word == "skipped" else 0
        else:
            plain = re.match(r"^(?:\w+: )?(\d+) passed, (\d+) failed(?:, (\d+) skipped)?", line)
            if plain:
                passed += int(plain.group(1))
                failed += int(plain.group(2))
                skipped += int(plain.group(3) or 0)
    if sys.argv[2] != "0" and failed == 0:
        failed = 1
    if failed:
        for line in told_of(lines):
            print("   ", line, file=sys.stderr)
    print(passed, failed, skipped)


main()
