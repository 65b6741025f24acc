#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures everything, side by side with its peers in one run, and writes one report: build/benchmarks/ has it as Markdown, as JSON
# and as charts (SVG). Ends with 1 where something required was missed. Numbers of a busy machine mean little; ratios mean more.
# A quarter of an hour, with --short two minutes, and the builds before.
#
#   scripts/bench.sh [--short] [--keep] [--only SECTION[,SECTION]]
# --keep: the report becomes docs/benchmarks.md and what belongs to it.
# MOTE_TEST_NODE and MOTE_TEST_PARA (tests/e2e/README.md) name a network: then the live client is measured beside smoldot as well.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

keep=no
options=()
while [ $# -gt 0 ]; do
    case $1 in
    --keep) keep=yes ;;
    --short) options+=(--short) ;;
    --only)
        [ $# -gt 1 ] || fail "usage: scripts/bench.sh [--short] [--keep] [--only SECTION[,SECTION]]"
        options+=(--only "$2")
        shift
        ;;
    *) fail "usage: scripts/bench.sh [--short] [--keep] [--only SECTION[,SECTION]]" ;;
    esac
    shift
done
case "$keep ${options[*]-}" in "yes "*--only*) fail "a part of the report cannot be kept as the whole" ;; esac
scripts/setup.sh build web browsers tests
scripts/build.sh wasm web

say "build: benchmarks"
quietly build/logs/configure-bench.log cmake -S . -B build/bench -G Ninja -DCMAKE_BUILD_TYPE=Release -DMOTE_BENCH=ON \
    -DMOTE_TESTS=OFF -DMOTE_CLI=OFF
quietly build/logs/build-bench.log cmake --build build/bench
for preset in wasm wasm-simd; do
    grep -q "\"name\": \"$preset\"" CMakePresets.json || continue
    quietly "build/logs/configure-bench-$preset.log" cmake --preset $preset -B build/bench-$preset -DMOTE_BENCH=ON
    quietly "build/logs/build-bench-$preset.log" cmake --build build/bench-$preset \
        --target ed25519_bench_wasm hash_bench_wasm sr25519_bench_wasm
done

# The peers that are crates: measured where Rust is.
if command -v cargo >/dev/null; then
    say "build: peers"
    quietly build/logs/oracle-cargo.log env -C tests/oracle CARGO_TARGET_DIR="$ROOT/build/oracle" \
        cargo build --release --locked
    quietly build/logs/peers-cargo.log env -C tests/bench/peers CARGO_TARGET_DIR="$ROOT/build/peers" \
        cargo build --release --locked
else
    say "no Rust (cargo) here: its crates are left out"
fi
if [ ! -d tests/bench/live/node_modules ]; then
    (cd tests/bench/live && quietly "$ROOT/build/logs/npm-bench-live.log" npm ci --no-audit --no-fund)
fi

missed=0
node tests/bench/report/run.mjs build/benchmarks ${options[@]+"${options[@]}"} || missed=1
if [ -n "${MOTE_TEST_NODE:-}" ]; then
    say "the live client, beside smoldot"
    scripts/build.sh native
    quietly build/logs/build-bench-serve.log cmake --build build/release --target live_serve_many
    MOTE_BENCH_SERVE=$ROOT/$(find build/release -name live_serve_many -type f) \
        node tests/bench/live/run.mjs --write "$ROOT/build/benchmarks/benchmarks.md" || missed=1
fi
say "the report: build/benchmarks/benchmarks.md"
if [ $keep = yes ]; then
    cp build/benchmarks/benchmarks.md build/benchmarks/benchmarks.json build/benchmarks/*.svg docs/
    say "kept: docs/benchmarks.md, .json, .svg, growth-*.svg"
fi
exit $missed
