#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Sets up what is missing, builds everything and runs every suite: a line for each, the total last, in the form
# "N passed, N failed". Exits non-zero where something failed, or where a suite ran nothing.
#
#   scripts/test.sh [--long] [SUITE...]
# --long: every fuzz target gets six minutes of its own, and sampling suites do eight times as much.
# Suites: native sanitizers cross fuzz web demo e2e (nothing: all of them).
# Everything that a suite printed is in build/logs/.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

long=no
suites=()
for argument in "$@"; do
    case $argument in
    --long) long=yes ;;
    native | sanitizers | cross | fuzz | web | demo | e2e) suites+=("$argument") ;;
    *) fail "usage: scripts/test.sh [--long] [native] [sanitizers] [cross] [fuzz] [web] [demo] [e2e]" ;;
    esac
done
[ ${#suites[@]} -gt 0 ] || suites=(native sanitizers cross fuzz web demo e2e)

all_passed=0
all_failed=0
all_skipped=0
broken=0
begun=$SECONDS

# line NAME PASSED FAILED SKIPPED SECONDS
line() {
    local note=""
    if [ "$4" -gt 0 ]; then note=", $4 skipped"; fi
    if [ $(($2 + $3)) -eq 0 ]; then
        note="$note  (ran nothing: a failure)"
        broken=1
    fi
    printf '%-26s %6d passed, %d failed%s  (%d s)\n' "$1" "$2" "$3" "$note" "$5"
    all_passed=$((all_passed + $2))
    all_failed=$((all_failed + $3))
    all_skipped=$((all_skipped + $4))
}

# ctests NAME BUILD-FOLDER [OPTION OF CTEST...]: one line per label of the build's tests.
ctests() {
    local name=$1 folder=$2 label labels counts start
    shift 2
    labels=$(cd "$folder" && ctest --print-labels 2>/dev/null | sed -n 's/^  //p')
    [ -n "$labels" ] || line "$name" 0 0 0 0
    # A test without a label would be in no line.
    if ! (cd "$folder" && ctest -N -LE .) | grep -q '^Total Tests: 0$'; then
        say "$name: there are tests without a label"
        broken=1
    fi
    for label in $labels; do
        start=$SECONDS
        counts=$(cd "$folder" && ctest -V -j "$(nproc)" -L "^$label\$" "$@" 2>&1 |
            "$ROOT/scripts/ctest-summary.py" "$ROOT/build/logs/test-$name-$label.log") || true
        # shellcheck disable=SC2086
        line "$name $label" ${counts:-0 1 0} $((SECONDS - start))
    done
}

# npm_test FOLDER: the sum of what its runners say at their end.
npm_test() {
    local folder=$1 start=$SECONDS log="build/logs/test-$1.log" ok=0 counts
    if [ ! -f "$folder/package.json" ]; then
        line "$folder" 0 0 0 0
        return
    fi
    (cd "$folder" && npm test) >"$log" 2>&1 || ok=1
    counts=$(scripts/npm-summary.py "$log" $ok)
    # shellcheck disable=SC2086
    line "$folder" $counts $((SECONDS - start))
}

# The other BLAKE2b back end gives the same hashes.
with_libb2() {
    local start=$SECONDS counts
    quietly build/logs/configure-libb2.log cmake -S . -B build/libb2 -G Ninja -DMOTE_BLAKE2=libb2 \
        -DMOTE_CLI=OFF -DMOTE_CHECKS=OFF
    quietly build/logs/build-libb2.log cmake --build build/libb2 --target unit_hash_test seeds_blake2b
    counts=$(cd build/libb2 && ctest -V -R '^(unit/hash_test|fuzz/blake2b)$' 2>&1 |
        "$ROOT/scripts/ctest-summary.py" "$ROOT/build/logs/test-libb2.log") || true
    # shellcheck disable=SC2086
    line "native with libb2" ${counts:-0 1 0} $((SECONDS - start))
}

# The modules of full-node validation as wasm give the answers that they give natively.
oracle_as_wasm() {
    local start=$SECONDS counts="1 0 0"
    node tests/oracle/wasm.mjs >build/logs/test-oracle-wasm.log 2>&1 || counts="0 1 0"
    # shellcheck disable=SC2086
    line "oracle as wasm" $counts $((SECONDS - start))
}

# The arithmetic and the hashes in WebAssembly's vectors against the portable ones.
lanes_as_wasm() {
    local start=$SECONDS counts status=0
    node tests/wasm/lanes.mjs >build/logs/test-lanes-wasm.log 2>&1 || status=1
    counts=$(scripts/npm-summary.py build/logs/test-lanes-wasm.log $status)
    # shellcheck disable=SC2086
    line "lanes as wasm" $counts $((SECONDS - start))
}

# What pages fetch: a line for each module, and every function against the last release in build/logs/sizes.txt. And what
# things take in memory there, as docs/memory.md says.
sizes_as_wasm() {
    local start=$SECONDS status=0 log=build/logs/test-sizes.log
    node tests/checks/modules.mjs >$log 2>&1 || status=1
    node tests/checks/memory.mjs >>$log 2>&1 || status=1
    sed -n 's/^mote[a-z-]*\.wasm: /  &/p' $log
    # shellcheck disable=SC2046
    line "sizes as wasm" $(scripts/npm-summary.py $log $status) $((SECONDS - start))
}

# Recorded and made-up sessions of the live client give the same actions as wasm, in the module that ships, and natively.
sessions_as_wasm() {
    local start=$SECONDS counts status=0
    node tests/sim/sessions.mjs >build/logs/test-sessions-wasm.log 2>&1 || status=1
    counts=$(scripts/npm-summary.py build/logs/test-sessions-wasm.log $status)
    # shellcheck disable=SC2086
    line "sessions as wasm" $counts $((SECONDS - start))
}

# Everything live, and mote validate, against a real network where there is one (tests/e2e/README.md). It waits for blocks more
# than it computes, so it runs beside the other suites, from what they run with.
begin_real_network() {
    scripts/build.sh native wasm web demo
    network_begun=$SECONDS
    node tests/e2e/run.mjs >build/logs/test-e2e.log 2>&1 &
    network=$!
    trap 'kill $network 2>/dev/null || true' EXIT
    # Its nodes have to make blocks in time; everything else only takes longer.
    renice -n 10 -p $$ >/dev/null
}

end_real_network() {
    local log=build/logs/test-e2e.log ok=0
    wait $network || ok=1
    if grep '^real network: left out' "$log"; then return; fi
    # shellcheck disable=SC2046
    line "real network" $(scripts/npm-summary.py "$log" $ok) $((SECONDS - network_begun))
}

part() {
    case $1 in
    native)
        scripts/build.sh native
        ctests native build/release
        with_libb2
        ;;
    sanitizers)
        scripts/build.sh dev
        # Sweeps and models do a part of what they do natively, where every case is done.
        # The recordings once, with the best back end; the back ends' own tests have each.
        MOTE_TEST_EFFORT="${MOTE_TEST_EFFORT:-small}" ctests sanitizers build/dev -E '^recorded/.*_with_'
        ;;
    cross)
        local arch start counts
        for arch in i386 arm64 s390x; do
            start=$SECONDS
            counts=$(scripts/cross-test.sh $arch) || true
            # shellcheck disable=SC2086
            line ${counts:-$arch 0 1 0} $((SECONDS - start))
        done
        ;;
    fuzz)
        local start=$SECONDS counts each=()
        if [ $long = yes ]; then each=(--each 360); fi
        counts=$(scripts/fuzz.sh "${each[@]}" | tail -n 1) || true
        # shellcheck disable=SC2086
        line "fuzz targets" ${counts:-0 1 0} $((SECONDS - start))
        ;;
    web)
        scripts/build.sh native wasm web
        npm_test web
        sizes_as_wasm
        oracle_as_wasm
        lanes_as_wasm
        sessions_as_wasm
        ;;
    demo)
        scripts/build.sh native wasm web demo
        npm_test demo
        ;;
    esac
}

scripts/setup.sh
mkdir -p build/logs
# What failed is said when it fails, and once more at the end.
exec 2> >(tee build/logs/failures.log >&2)
if [ $long = yes ]; then export MOTE_TEST_EFFORT=long; fi
network=""
case " ${suites[*]} " in *" e2e "*) begin_real_network ;; esac
for suite in "${suites[@]}"; do part "$suite"; done
if [ -n "$network" ]; then end_real_network; fi

grep -E '^ +(failed:|not ok|FAIL|✖|\|)' build/logs/failures.log | head -n 60 || true
say "whole run: $((SECONDS - begun)) s"
skipped=""
if [ $all_skipped -gt 0 ]; then skipped=", $all_skipped skipped"; fi
say "$all_passed passed, $all_failed failed$skipped"
[ $all_failed -eq 0 ] && [ $broken -eq 0 ]
