#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""House rules that a compiler does not know: an SPDX line on top of every source file; in the core no floating
point, no allocation, no alloca, only the few headers of C that are allowed. (symbols.sh looks at what the compiler
made of it: outside symbols, globals that can change.)

    source.py ROOT
"""
import pathlib
import re
import subprocess
import sys

ALLOWED_HEADERS = {"stdbool.h", "stddef.h", "stdint.h", "stdalign.h", "limits.h", "string.h"}
VECTORS = {"immintrin.h", "arm_neon.h", "wasm_simd128.h"}  # in the files lanes_*.h alone
CALLS = r"\b(malloc|calloc|realloc|free|alloca|setjmp|printf|time)\s*\("
FORBIDDEN = re.compile(CALLS + r"|\b(float|double|va_list|errno)\b")
COMMENT_OR_STRING = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.S)


def blank(match):
    return "".join("\n" if c == "\n" else " " for c in match.group(0))


def main():
    root = pathlib.Path(sys.argv[1])
    listed = subprocess.run(["git", "-C", root, "ls-files", "--cached", "--others", "--exclude-standard"],
                            stdout=subprocess.PIPE, check=True, text=True).stdout.split("\n")
    files = [root / name for name in listed
             if re.search(r"\.(c|h|ts|mjs|js|py|sh|cmake)$", name) and "vectors/" not in name and (root / name).exists()]
    wrong = []
    for path in files:
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(root)
        if "SPDX-License-Identifier: Apache-2.0" not in text[:300]:
            wrong.append(f"{name}: no SPDX line on top")
        if name.parts[0] == "core":
            wrong.extend(core_rules(name, text))
    print(f"{len(files)} files looked at")
    if not files or wrong:
        raise SystemExit("\n".join(wrong) or "no files found")


def core_rules(name, text):
    for header in re.findall(r"#include <([^>]+)>", text):
        if header in VECTORS and name.name.startswith("lanes_"):
            continue
        if header not in ALLOWED_HEADERS and not header.startswith("sodium/") and not header.startswith("secp256k1") and header != "blake2.h":
            yield f"{name}: #include <{header}>"
    code = COMMENT_OR_STRING.sub(blank, text)
    for number, line in enumerate(code.split("\n"), 1):
        match = FORBIDDEN.search(line)
        if match and not line.lstrip().startswith("#"):
            yield f"{name}:{number}: {match.group(0)}"


main()
