#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs every libFuzzer target: its seeds first, then for its share of the time.
#
#   scripts/fuzz.sh [SECONDS for all targets together; 150] [--each SECONDS]
# What it finds stays in build/fuzz/found/<target>/; inputs that reach new code in build/fuzz/corpus/<target>/.
# Prints "PASSED FAILED 0" (targets) as its last line.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

total=150
each=""
while [ $# -gt 0 ]; do
    case $1 in
    --each)
        each=$2
        shift
        ;;
    *) total=$1 ;;
    esac
    shift
done

sources=(tests/fuzz/fuzz_*.c)
[ -f "${sources[0]}" ] || fail "fuzz: no targets"
scripts/build.sh fuzz >&2
share=${each:-$((total / ${#sources[@]}))}
[ "$share" -ge 1 ] || share=1

one() {
    local target=$1 share=$2
    local name=${target#fuzz_}
    local program="build/fuzz/tests/fuzz/$target"
    local log="build/logs/$target.log"
    [ -d "tests/fuzz/seeds/$name" ] && [ -n "$(ls "tests/fuzz/seeds/$name")" ] || {
        echo "    failed: $target has no seeds" >&2
        return 1
    }
    mkdir -p "build/fuzz/corpus/$name" "build/fuzz/found/$name"
    "$program" -max_total_time="$share" -timeout=25 -rss_limit_mb=2048 -detect_leaks=0 \
        -artifact_prefix="build/fuzz/found/$name/" -print_final_stats=1 \
        "build/fuzz/corpus/$name" "tests/fuzz/seeds/$name" >"$log" 2>&1 && return 0
    echo "    failed: $target, see $log and build/fuzz/found/$name/" >&2
    grep -m 3 -E "ERROR|SUMMARY|deadly" "$log" >&2 || true
    return 1
}
export -f one

mkdir -p build/logs
failed=0
passed=0
printf '%s\n' "${sources[@]}" | xargs -n 1 basename | sed 's/\.c$//' |
    xargs -P "$(nproc)" -I '{}' bash -c "one {} $share && echo ok {} || echo bad {}" >build/logs/fuzz.txt
passed=$(grep -c '^ok ' build/logs/fuzz.txt || true)
failed=$(grep -c '^bad ' build/logs/fuzz.txt || true)
echo "$passed $failed 0"
[ "$failed" -eq 0 ] && [ "$passed" -eq ${#sources[@]} ]
