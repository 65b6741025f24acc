#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs suites of the command line and prints their cases the way cmocka does, so that one script counts all.

    run.py MOTE [SUITE...]      (nothing: all of them)
"""
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))


class Cases(unittest.TestResult):
    def addSuccess(self, test):
        print(f"[       OK ] {test.id()}")

    def report(self, test, trace):
        print(f"{trace}\n[  FAILED  ] {test.id()}")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.report(test, self._exc_info_to_string(err, test))

    def addError(self, test, err):
        super().addError(test, err)
        self.report(test, self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        print(f"[  SKIPPED ] {test.id()}: {reason}")


def main():
    import support
    support.MOTE = str(pathlib.Path(sys.argv[1]).resolve())
    names = sys.argv[2:] or sorted(path.stem[len("test_"):] for path in HERE.glob("test_*.py"))
    suite = unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromName(f"test_{name}") for name in names)
    result = Cases()
    suite.run(result)
    bad = len(result.failures) + len(result.errors)
    print(f"[==========] {result.testsRun} test(s) run.")
    print(f"[  PASSED  ] {result.testsRun - bad - len(result.skipped)} test(s).")
    if result.skipped:
        print(f"[  SKIPPED ] {len(result.skipped)} test(s)")
    raise SystemExit(1 if bad or result.testsRun == 0 else 0)


main()
