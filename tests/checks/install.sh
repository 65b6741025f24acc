#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs the libraries, builds examples/finality and, with the libraries they need, examples/beefy, examples/head and examples/message outside of the tree
# by CMake package and by pkg-config, and lets them judge recorded proofs, true and changed.
#
#   install.sh BUILD SOURCE LIBDIR
set -euo pipefail
build=$1 source=$2 libdir=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/prefix" --component development >/dev/null
[ ! -e "$work/prefix/include/mote/issue.h" ] || { echo "issue.h must not be installed"; exit 1; }

# build_example NAME: leaves $work/NAME-by-cmake/build/NAME and $work/NAME-by-make/NAME
build_example() {
    cp -r "$source/examples/$1" "$work/$1-by-cmake"
    cmake -S "$work/$1-by-cmake" -B "$work/$1-by-cmake/build" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" >/dev/null
    cmake --build "$work/$1-by-cmake/build" >"$work/log" || { cat "$work/log"; exit 1; }
    cp -r "$source/examples/$1" "$work/$1-by-make"
    PKG_CONFIG_PATH="$work/prefix/$libdir/pkgconfig" make -s -C "$work/$1-by-make" "$1"
}
build_example finality
build_example beefy
# The host library is there where the command line is built; what it does the live suites show.
if [ -e "$work/prefix/include/mote_host.h" ]; then
    build_example head
    for program in "$work/head-by-cmake/build/head" "$work/head-by-make/head"; do
        if said=$("$program" /dev/null 0x ws://127.0.0.1:9); then
            echo "accepted no checkpoint: $said"
            exit 1
        fi
    done
    build_example message
    for program in "$work/message-by-cmake/build/message" "$work/message-by-make/message"; do
        if "$program" /dev/null ws://127.0.0.1:9 1=ws://127.0.0.1:9 2=ws://127.0.0.1:9 0x 2>"$work/log"; then exit 1; fi
    done
fi

vectors="$source/tests/vectors/grandpa"
for program in "$work/finality-by-cmake/build/finality" "$work/finality-by-make/finality"; do
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

proof="$source/tests/vectors/beefy/polkadot-22774809-set1350.versioned-finality-proof.bin"
{ printf '\002'; tail -c +2 "$proof"; } >"$work/changed"
for program in "$work/beefy-by-cmake/build/beefy" "$work/beefy-by-make/beefy"; do
    said=$("$program" "$proof")
    echo "$said"
    [ "$said" = "block 22774809, set 1350: 267 signatures of 400 validators, 267 keys recovered" ] || exit 1
    if said=$("$program" "$work/changed"); then
        echo "accepted in another version: $said"
        exit 1
    fi
    echo "$said"
done
