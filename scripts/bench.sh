#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures, side by side with peers in one run, and prints ratios; --keep writes them into docs/benchmarks.md.
# Ends with 1 where a goal is missed. Numbers of a busy machine mean little; ratios mean more.
#
#   scripts/bench.sh [--keep]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

keep=no
[ "${1:-}" != --keep ] || keep=yes
"$ROOT/scripts/setup.sh" build web browsers tests
"$ROOT/scripts/build.sh" wasm web

say "build: benchmarks"
quietly build/logs/configure-bench.log cmake -S . -B build/bench -G Ninja -DCMAKE_BUILD_TYPE=Release -DMOTE_BENCH=ON \
    -DMOTE_TESTS=OFF -DMOTE_CLI=OFF
quietly build/logs/build-bench.log cmake --build build/bench
# The peers that are crates: measured where Rust is.
oracle=build/oracle/release/oracle
if command -v cargo >/dev/null; then
    say "build: peers"
    quietly build/logs/oracle-cargo.log env -C tests/oracle CARGO_TARGET_DIR="$ROOT/build/oracle" \
        cargo build --release --locked
fi
quietly build/logs/configure-bench-wasm.log cmake --preset wasm -B build/bench-wasm -DMOTE_BENCH=ON
quietly build/logs/build-bench-wasm.log cmake --build build/bench-wasm

measure() {
    printf '## %s\n\n' "$1"
    shift
    "$@" || printf '\n**A goal is MISSED.**\n'
    printf '\n'
}

programs() { find build/bench build/bench-wasm -name "$1" -type f | head -n 1; }

report() {
    printf '# Benchmarks\n\nWritten by `scripts/bench.sh --keep`. Medians; each table is one run, its entries in turns. '
    printf 'Chromium is headless, one thread.\n'
    printf 'Natively it is processor time, and the back end the best of the machine where none is named.\n\n'
    measure "Signatures of a 667-authority justification" \
        node tests/bench/ed25519.mjs "$(programs ed25519_bench)" "$(programs ed25519_bench.wasm)" 21 \
        $(if [ -x $oracle ]; then echo $oracle; fi)
    if [ -x $oracle ]; then
        measure "sr25519: seals and VRF proofs of recorded headers" node tests/bench/sr25519.mjs \
            "$(programs sr25519_bench)" "$(programs sr25519_bench.wasm)" $oracle
        measure "A whole state, and BEEFY's recoveries" node tests/bench/peers.mjs \
            "$(programs state_bench)" "$(programs beefy_bench)" $oracle
    else
        printf 'sr25519, states and recoveries are measured beside crates: left out, there is no Rust (cargo) here.\n\n'
    fi
    measure "BLAKE2b-256 of trie nodes" node tests/bench/hash.mjs "$(programs hash_bench)" "$(programs hash_bench.wasm)"
    measure "In a page" node tests/bench/start.mjs
    printf '## Proofs of many keys: load, and read every key\n\n```json\n'
    "$(programs proof_bench)"
    printf '```\n\n## Answers of a node over JSON-RPC, from text to bytes: MB of text a second\n\n```json\n'
    "$(programs rpc_bench)"
    printf '```\n\n## The recorded Westend chain from genesis, one thread\n\n```json\n'
    "$(programs chain_bench)"
    printf '```\n'
}

mkdir -p build
report | tee build/benchmarks.md
[ $keep = no ] || cp build/benchmarks.md docs/benchmarks.md
! grep -q 'MISSED' build/benchmarks.md
