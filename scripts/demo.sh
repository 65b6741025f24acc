#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds everything, verifies the bundled recordings natively link by link, and then
# serves the demo page until interrupted.
#
#   scripts/demo.sh          serves the page and prints its address
#   scripts/demo.sh --once   opens it in headless Chromium instead, leaves demo/screenshot-once.png, exits with
#                            the verdict: 0 where everything held that should hold, and nothing else
#
# What it uses of demo/:
#   recordings/index.json    see the README beside it
#   scripts/serve.mjs        serves demo/dist and prints the address
#   scripts/once.mjs         drives the page in Chromium; one argument, where the screenshot goes; exit code
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

once=no
case "${1:-}" in
"") ;;
--once) once=yes ;;
*) fail "usage: scripts/demo.sh [--once]" ;;
esac

scripts/setup.sh build web browsers
scripts/build.sh native wasm web demo

mote="$ROOT/build/release/mote"
verdict=0

# index.json as lines of words separated by tabs: what is expected, title, arguments of mote.
recordings() {
    node -e '
        const index = JSON.parse(require("fs").readFileSync("index.json", "utf8"));
        const bundle = (r) => ["verify", r.bundle, "--checkpoint", r.checkpoint, "--now", r.time];
        const proof = (r) => ["proof", r.proof, "--root", r.root, ...r.keys.flatMap(({ key }) => ["--key", key])];
        const show = (expected, title, words) => console.log([expected, title, ...words].join("\t"));
        for (const r of index.recordings) show("true", r.title, bundle(r));
        for (const r of index.assumed ?? []) show("true", r.title, proof(r));
        for (const r of index.forged ?? []) show("false", r.title, bundle(r));'
}

natively() {
    local expected title words code
    while IFS=$'\t' read -r -a words; do
        expected=${words[0]} title=${words[1]}
        say ""
        say "== $title"
        say "   mote ${words[*]:2}"
        code=0
        "$mote" "${words[@]:2}" || code=$?
        case $expected-$code in
        true-0 | false-1) ;;
        *)
            say "demo: exit code $code is not what this recording gives"
            verdict=1
            ;;
        esac
    done
}

cd demo/recordings
list=$(recordings)
[ -n "$list" ] || fail "demo: no recordings"
natively <<<"$list"
cd "$ROOT"

if [ $once = yes ]; then
    say ""
    say "== the page, in headless Chromium"
    node demo/scripts/once.mjs demo/screenshot-once.png || verdict=1
    if [ $verdict -eq 0 ]; then say "demo: everything holds"; else say "demo: FAILED"; fi
    exit $verdict
fi
[ $verdict -eq 0 ] || fail "demo: the native part failed"
say ""
exec node demo/scripts/serve.mjs
