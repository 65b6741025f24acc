#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Stack use of the core, from gcc's -fcallgraph-info=su: every function's own frame, and for every public function
the deepest chain of calls below it. Fails on a frame above 4 KiB, on one whose size is not known when compiling,
on recursion, on a call through a pointer that is not listed here, and on a chain above 16 KiB.

    stack.py REPORT FOLDER-OF-OBJECTS
"""
import pathlib
import re
import sys

FRAME_LIMIT = 4096
CHAIN_LIMIT = 16 * 1024
# libsodium's and libc's frames are not in these files: their largest (SHA-512's 80 words and a block) is allowed for.
OUTSIDE = 1024

# Calls through a constant table: who calls, and what is in it.
SCHEMES = re.compile(r"decode_key|mote_curve25519_(affine_point_decode|point_is_small_order)|mote_ed25519_equation_holds|"
                     r"mote_sr25519_(ristretto_decode|ristretto_is_zero|schnorr_holds)")
TABLES = {"mote_bundle_next": re.compile(r"mote_bundle_step_\w+"), "mote_curve25519_signature_batch_verify": SCHEMES}
TABLES.update((f"signature_batch.c:{caller}", SCHEMES) for caller in (
    "judge", "decode_points", "find_failing", "find_one_by_one", "member_holds", "range_holds"))

NODE = re.compile(r'node: \{ title: "([^"]+)" label: "([^"]*)"')
EDGE = re.compile(r'edge: \{ sourcename: "([^"]+)" targetname: "([^"]+)"')


def main():
    report, files = sys.argv[1], sorted(pathlib.Path(sys.argv[2]).rglob("*.ci"))
    frames, calls, wrong = {}, {}, []
    for name in files:
        with open(name, encoding="utf-8") as lines:
            read(lines.read(), frames, calls, wrong)
    if not frames:
        raise SystemExit("no function found: was the core compiled with -fcallgraph-info=su?")
    for caller, found in calls.items():
        members = TABLES.get(pathlib.PurePath(caller).name)
        if members is not None and "__indirect_call" in found:
            calls[caller] = found - {"__indirect_call"} | {f for f in frames if members.fullmatch(short(f))}
    depths = {}
    for function in frames:
        deepest(function, frames, calls, depths, wrong)
    public = sorted(((depths[f][0], f) for f in frames if re.fullmatch(r"mote_\w+", f)), reverse=True)
    largest = sorted(((size, f) for f, size in frames.items()), reverse=True)
    wrong += [f"{short(f)}: frame of {size} bytes" for size, f in largest if size > FRAME_LIMIT]
    wrong += [f"{f}: a chain of calls takes {size} bytes" for size, f in public if size > CHAIN_LIMIT]
    with open(report, "w", encoding="utf-8") as out:
        write(out, largest, public, depths)
    print(f"{len(frames)} functions; largest frame {largest[0][0]} ({short(largest[0][1])}); "
          f"deepest chain {public[0][0]} ({public[0][1]}); no recursion" if not wrong else "")
    if wrong:
        raise SystemExit("\n".join(sorted(set(wrong))))


def read(text, frames, calls, wrong):
    for title, label in NODE.findall(text):
        size = re.search(r"\\n(\d+) bytes \((\w+)", label)
        if size:
            frames[title] = int(size.group(1))
            if size.group(2) != "static" and "bounded" not in label:
                wrong.append(f"{short(title)}: frame of unknown size")
    for source, target in EDGE.findall(text):
        calls.setdefault(source, set()).add(target)


def deepest(start, frames, calls, depths, wrong):
    """Depth first with a stack of our own; a function met while it is still open is recursion."""
    open_functions, stack = set(), [(start, None)]
    while stack:
        function, pending = stack.pop()
        if pending is None:
            if function in depths:
                continue
            open_functions.add(function)
            pending = [t for t in sorted(calls.get(function, ())) if t in frames]
            if "__indirect_call" in calls.get(function, ()):
                wrong.append(f"{short(function)}: calls through a pointer")
        if pending:
            target = pending.pop()
            stack.append((function, pending))
            if target in open_functions:
                wrong.append(f"{short(function)}: recursion into {short(target)}")
            elif target not in depths:
                stack.append((target, None))
            continue
        below = [(depths[t][0], t) for t in calls.get(function, ()) if t in depths and t != function]
        below.append((OUTSIDE if calls.get(function, set()) - set(frames) else 0, ""))
        depth, via = max(below)
        depths[function] = (frames[function] + depth, via)
        open_functions.discard(function)


def chain(function, depths):
    names = []
    while function:
        names.append(short(function))
        function = depths[function][1]
    return " > ".join(names)


def short(function):
    return function.split(":")[-1]


def write(out, largest, public, depths):
    out.write("Stack of the core in bytes, by the compiler of this build.\n\nLargest frames:\n")
    for size, function in largest[:20]:
        out.write(f"{size:8} {short(function)}\n")
    out.write("\nPublic functions with the deepest chain of calls below them:\n")
    for size, function in public:
        out.write(f"{size:8} {chain(function, depths)}\n")


main()
