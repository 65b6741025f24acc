#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs the library, builds examples/finality outside of the tree by CMake package and by pkg-config, and lets
# both judge a recorded justification, true and changed.
#
#   install.sh BUILD SOURCE LIBDIR
set -euo pipefail
build=$1 source=$2 libdir=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/prefix" --component development >/dev/null
[ ! -e "$work/prefix/include/mote/issue.h" ] || { echo "issue.h must not be installed"; exit 1; }

cp -r "$source/examples/finality" "$work/by-cmake"
cmake -S "$work/by-cmake" -B "$work/by-cmake/build" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" >/dev/null
cmake --build "$work/by-cmake/build" >"$work/log" || { cat "$work/log"; exit 1; }

cp -r "$source/examples/finality" "$work/by-make"
PKG_CONFIG_PATH="$work/prefix/$libdir/pkgconfig" make -s -C "$work/by-make" finality

vectors="$source/tests/vectors/grandpa"
for program in "$work/by-cmake/build/finality" "$work/by-make/finality"; do
    said=$("$program" "$vectors/rococo-1238286.justification.bin" "$vectors/authority-sets/rococo-set2149.bin" 2149)
    echo "$said"
    case $said in "block 1238286 is final"*) ;; *) exit 1 ;; esac
    # Another set id signs other bytes: the same votes must not count.
    if said=$("$program" "$vectors/rococo-1238286.justification.bin" \
        "$vectors/authority-sets/rococo-set2149.bin" 2150); then
        echo "accepted for another set: $said"
        exit 1
    fi
    echo "$said"
done
