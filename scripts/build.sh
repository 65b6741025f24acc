#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds what it is told: native (build/release), dev (build/dev), fuzz (build/fuzz), wasm (build/wasm and, with
# vector instructions, build/wasm-simd), web, demo.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

preset() {
    say "build: $1"
    quietly build/logs/configure-$1.log cmake --preset "$1"
    quietly build/logs/build-$1.log cmake --build --preset "$1" --parallel "$(nproc)"
}

package() {
    [ -f "$1/package.json" ] || fail "build: no $1/package.json"
    say "build: $1"
    (cd "$1" && quietly "$ROOT/build/logs/build-$1.log" npm run --silent build)
}

for part in "$@"; do
    case $part in
    native) preset release ;;
    dev | fuzz) preset "$part" ;;
    wasm)
        preset wasm
        preset wasm-simd
        ;;
    web | demo) package "$part" ;;
    *) fail "build: nothing is called '$part' (native, dev, fuzz, wasm, web, demo)" ;;
    esac
done
