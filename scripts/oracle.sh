#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Compares mote with the crates that Polkadot's nodes are built of, on cases made now (docs/oracle.md). Needs Rust.
#
#   scripts/oracle.sh [CASES; 1000000] [SEED; of the clock]
#   scripts/oracle.sh --write      the committed cases, tests/oracle/cases.bin.gz, anew
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

command -v cargo >/dev/null || fail "oracle: needs Rust (cargo) on the PATH"
COMMITTED_CASES=20800
COMMITTED_SEED=1

say "oracle: building"
quietly build/logs/oracle-cargo.log env CARGO_TARGET_DIR="$ROOT/build/oracle" \
    cargo build --release --locked --manifest-path tests/oracle/Cargo.toml
oracle=build/oracle/release/oracle

if [ "${1:-}" = --write ]; then
    # What the crates print of the panics that are caught is not for the reader.
    "$oracle" cases $COMMITTED_SEED $COMMITTED_CASES 2>build/logs/oracle.log | gzip -9n >tests/oracle/cases.bin.gz
    say "oracle: $COMMITTED_CASES cases of seed $COMMITTED_SEED written"
    exit
fi

cases=${1:-1000000}
seed=${2:-$(date +%s)}
quietly build/logs/configure-release.log cmake --preset release
quietly build/logs/build-oracle-run.log cmake --build build/release --target oracle_run
say "oracle: $cases cases of seed $seed"
"$oracle" cases "$seed" "$cases" 2>build/logs/oracle.log | "$(find build/release -name oracle_run -type f)" -
