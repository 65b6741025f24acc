#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds everything, verifies the bundled recordings natively link by link, and then
# serves the demo page until interrupted.
#
#   scripts/demo.sh          serves the page and prints its address
#   scripts/demo.sh --once   opens it in headless Chromium instead, leaves demo/screenshot-once.png, exits with
#                            the verdict: 0 where everything held that should hold and nothing else
#
# What it uses of demo/:
#   recordings/index.json    {"recordings": [{"name", "title", "bundle", "checkpoint", "now"}, ...]}: file names
#                            beside it, and the Unix time of the recording
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

mote=build/release/mote
verdict=0
list=$(node -e '
    const { recordings } = JSON.parse(require("fs").readFileSync("demo/recordings/index.json", "utf8"));
    for (const r of recordings) {
        console.log([r.bundle, r.checkpoint, r.now, r.title ?? r.name].join("\t"));
    }')
[ -n "$list" ] || fail "demo: no recordings"
while IFS=$'\t' read -r bundle checkpoint now title; do
    say ""
    say "== $title"
    say "   $mote verify demo/recordings/$bundle --checkpoint demo/recordings/$checkpoint --now $now"
    "$mote" verify "demo/recordings/$bundle" --checkpoint "demo/recordings/$checkpoint" --now "$now" || verdict=1
done <<<"$list"

# The same with one bit changed must be refused, at a link that the program names.
IFS=$'\t' read -r bundle checkpoint now title <<<"$(head -n 1 <<<"$list")"
forged=$(mktemp)
trap 'rm -f "$forged"' EXIT
node -e '
    const fs = require("fs");
    const bytes = fs.readFileSync(process.argv[1]);
    bytes[Math.floor(bytes.length * 0.9)] ^= 1;
    fs.writeFileSync(process.argv[2], bytes);' "demo/recordings/$bundle" "$forged"
say ""
say "== $title, forged: one bit of it changed"
if "$mote" verify "$forged" --checkpoint "demo/recordings/$checkpoint" --now "$now"; then
    say "demo: a forged recording was accepted"
    verdict=1
fi

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
