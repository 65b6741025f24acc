#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Records tests/vectors/live-sessions anew: the native host and the web client with the network of tests/vectors/local (or one
# started from its chain specs), which has to run. Needed whenever the client asks for other things than it did, for a
# session answers what was asked then (docs/simulation.md). Needs what scripts/build.sh native wasm web builds.
#
#   scripts/record-session.sh SECONDS relay=URL... PARA-ID=URL...
#   scripts/record-session.sh 70 relay=ws://127.0.0.1:31001 relay=ws://127.0.0.1:31101 \
#                                2000=ws://127.0.0.1:32001 2001=ws://127.0.0.1:32101
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

[ $# -ge 2 ] || fail "usage: scripts/record-session.sh SECONDS relay=URL... PARA-ID=URL..."
seconds=$1
shift
build=${MOTE_BUILD:-build/release}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# keep NAME: the session and the log that was made of it.
keep() {
    gzip -9nc "$folder/session" >"tests/vectors/live-sessions/$1.session.gz"
    gzip -9nc "$folder/log" >"tests/vectors/live-sessions/$1.log.gz"
}

cmake --build "$build" --target mote_cli session_live sim_session_test >/dev/null
mkdir "$folder/state"
"$build/mote" checkpoint tests/vectors/local/relay.spec.json.gz -o "$folder/genesis.chk" >/dev/null
"$build/tests/sim/session_live" "$folder/genesis.chk" "$folder/state" "$folder/session" "$folder/log" "$seconds" "$@"
keep native-host
node tests/sim/record-web.mjs "$folder/genesis.chk" "$folder/session" $((seconds / 2)) "$@"
"$build/tests/sim/sim_session_test" play "$folder/session" "$folder/log"
keep web-client
ls -l tests/vectors/live-sessions
