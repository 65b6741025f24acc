#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every file of tests/vectors has a line in its LICENSES.md, every line has a file, and no published package takes
anything from tests/.

    licences.py ROOT
"""
import fnmatch
import json
import pathlib
import re
import sys

LINE = re.compile(r"^\| `([^`]+)` \| (.+?) \| (.+?) \| (free|tests only) \|$")


def main():
    root = pathlib.Path(sys.argv[1])
    vectors = root / "tests" / "vectors"
    patterns = [match.group(1) for line in (vectors / "LICENSES.md").read_text(encoding="utf-8").splitlines()
                if (match := LINE.match(line))]
    used, wrong, count = set(), [], 0
    for path in sorted(vectors.rglob("*")):
        if not path.is_file():
            continue
        count += 1
        name = str(path.relative_to(vectors))
        first = next((pattern for pattern in patterns if fnmatch.fnmatchcase(name, pattern)), None)
        used.add(first)
        if first is None:
            wrong.append(f"tests/vectors/{name}: no licence said")
    wrong += [f"LICENSES.md: no file is like {pattern}" for pattern in patterns if pattern not in used]
    for package in sorted(root.glob("*/package.json")):
        wrong += published(package)
    print(f"{count} files, {len(patterns)} lines")
    if wrong or count == 0:
        raise SystemExit("\n".join(wrong) or "no files")


def published(path):
    package = json.loads(path.read_text(encoding="utf-8"))
    if package.get("private"):
        return
    if not package.get("files"):
        yield f"{path}: says not which files it publishes"
    for name in package.get("files", []):
        if "test" in name or "vectors" in name or "recordings" in name or name.startswith(".."):
            yield f"{path}: publishes {name}"


main()
