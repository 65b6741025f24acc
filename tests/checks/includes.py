#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Proves the layering by compiling: every module sees its own public headers and those it depends on, and an
include of any other module's header does not compile. So for evidence's issue.h, which only modules that issue
evidence see, and for what lies in a module's folder shared/: no user of the library sees those.

    includes.py CC CORE TABLE      TABLE: lines "module;include-folder;include-folder..." made by CMake
"""
import concurrent.futures
import pathlib
import subprocess
import sys


def compiles(compiler, folders, header):
    flags = [f"-I{folder}" for folder in folders]
    source = f'#include "{header}"\n'
    run = subprocess.run([compiler, "-std=c11", "-fsyntax-only", *flags, "-x", "c", "-"], input=source.encode(),
                         stderr=subprocess.PIPE, check=False)
    missing = b"No such file" in run.stderr or b"file not found" in run.stderr
    if run.returncode != 0 and not missing:
        raise SystemExit(f"{header} with {folders}:\n{run.stderr.decode()}")
    return run.returncode == 0


def main():
    compiler, core, table = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    headers = {f"mote/{path.name}": path.parent.parent for path in core.glob("*/include/mote/*.h")}
    headers["mote/issue.h"] = core / "evidence" / "issue"
    headers.update({path.name: path.parent for path in core.glob("*/shared/*.h")})
    questions = []
    with open(table, encoding="utf-8") as lines:
        for line in lines:
            module, *folders = [part for part in line.strip().split(";") if part]
            seen = {pathlib.Path(folder).resolve() for folder in folders}
            for header, home in headers.items():
                questions.append((module, header, sorted(map(str, seen)), home.resolve() in seen))
    wrong, refused = [], 0
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = pool.map(lambda q: compiles(compiler, q[2], q[1]), questions)
        for (module, header, _, expected), answer in zip(questions, answers):
            refused += not answer
            if answer != expected:
                wrong.append(f"{module}: #include \"{header}\" {'compiles' if answer else 'does not compile'}")
    # The upward includes that matter most, named, so that a broken table cannot make this pass.
    for module, header in (("base", "mote/scale.h"), ("scale", "mote/header.h"), ("trie", "mote/grandpa.h"),
                           ("grandpa", "mote/warp.h"), ("trie", "mote/issue.h"), ("user", "mote/issue.h"),
                           ("trie", "point.h"), ("user", "point.h")):
        found = [q for q in questions if q[0] == module and q[1] == header]
        if len(found) != 1 or compiles(compiler, found[0][2], header):
            wrong.append(f"{module}: #include \"{header}\" was not refused")
    print(f"{len(questions)} includes tried, {refused} refused")
    if wrong or refused == 0:
        raise SystemExit("\n".join(wrong) or "nothing was refused")


main()
