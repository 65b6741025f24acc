#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts the single cases in the output of `ctest -V`: those that cmocka printed, one for every check that is a
program of its own. A program that crashed, or that ran no case, counts as one failure and is named; one that cannot run here, as one
that was skipped.

    ctest -V | ctest-summary.py LOG-OUT      prints "PASSED FAILED SKIPPED", failures to standard error with what was said
                                             of them (LOG-OUT is test-NAME.log, which names the build)
"""
import collections
import pathlib
import re
import sys

CASES_RUN = re.compile(r"\[==========\] (\d+) test\(s\) run\.")
CASES_PASSED = re.compile(r"\[  PASSED  \] (\d+) test\(s\)\.")
CASES_SKIPPED = re.compile(r"\[  SKIPPED \] (\d+) test\(s\)")
CASE_FAILED = re.compile(r"\[  FAILED  \] (?!\d+ test)(\S+)")
OUTPUT = re.compile(r"^(\d+): (.*)$")
CASE_ENDS = re.compile(r"\[( +OK|  FAILED|  SKIPPED|  PASSED) +\]")
RESULT = re.compile(r"^\s*\d+/\d+ Test\s+#(\d+): (\S+) \.*\s*(.*?)\s+[\d.]+ sec")


class Program:
    def __init__(self):
        self.run = self.passed = self.skipped = 0
        self.cases = False
        self.failed_cases = {}
        self.said = collections.deque(maxlen=4)


def main():
    programs, total, failures = {}, [0, 0, 0], []
    build = pathlib.Path(sys.argv[1]).stem.removeprefix("test-")
    with open(sys.argv[1], "w", encoding="utf-8", errors="replace") as log:
        for line in sys.stdin.buffer:
            line = line.decode("utf-8", "replace")
            log.write(line)
            result = RESULT.match(line)
            if result:
                number, name, verdict = result.groups()
                finish(name, verdict, programs.get(number, Program()), total, failures)
                continue
            output = OUTPUT.match(line.rstrip("\n"))
            if output:
                read(programs.setdefault(output.group(1), Program()), output.group(2))
    for failure, said in failures:
        print("    failed:", build, failure, file=sys.stderr)
        for text in said:
            print("      |", text[:300], file=sys.stderr)
    print(*total)


def read(program, text):
    for pattern, field in ((CASES_RUN, "run"), (CASES_PASSED, "passed"), (CASES_SKIPPED, "skipped")):
        match = pattern.search(text)
        if match:
            setattr(program, field, getattr(program, field) + int(match.group(1)))
            program.cases = True
    match = CASE_FAILED.search(text)
    if match and match.group(1) not in program.failed_cases:
        program.failed_cases[match.group(1)] = list(program.said)
    if CASE_ENDS.search(text):
        program.said.clear()
    elif text.strip():
        program.said.append(text)


def finish(name, verdict, program, total, failures):
    if "Skipped" in verdict:  # a program that said that it cannot run here
        total[2] += 1
        return
    passed = verdict == "Passed"
    whole = name.startswith("checks/")  # a check is one case
    if not program.cases and whole:
        total[0 if passed else 1] += 1
        if not passed:
            failures.append((name, program.said))
        return
    failed = max(program.run - program.passed - program.skipped, 0)
    if passed and program.run == 0:
        failures.append((f"{name}: ran no case", program.said))
        failed = 1
    elif not passed and failed == 0:
        failures.append((f"{name}: {verdict.strip('*')}", program.said))
        failed = 1
    failures.extend((f"{name}: {case}", said) for case, said in program.failed_cases.items())
    total[0] += program.passed
    total[1] += failed
    total[2] += program.skipped


main()
