#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Records tests/vectors/live-sessions/native-host: the native host with the network of tests/vectors/local (or one started
# from its chain specs), which has to run. Needed again whenever the client asks for other things than it did, for a
# session answers what was asked then (docs/simulation.md).
#
#   scripts/record-session.sh SECONDS relay=URL... PARA-ID=URL...
#   scripts/record-session.sh 70 relay=ws://127.0.0.1:31001 relay=ws://127.0.0.1:31101 \
#                                2000=ws://127.0.0.1:32001 2001=ws://127.0.0.1:32101
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

[ $# -ge 2 ] || fail "usage: scripts/record-session.sh SECONDS relay=URL... PARA-ID=URL..."
build=${MOTE_BUILD:-build/release}
out=tests/vectors/live-sessions/native-host
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cmake --build "$build" --target mote_cli session_live >/dev/null
mkdir "$folder/state"
"$build/mote" checkpoint tests/vectors/local/relay.spec.json.gz -o "$folder/genesis.chk" >/dev/null
"$build/tests/sim/session_live" "$folder/genesis.chk" "$folder/state" "$folder/session" "$folder/log" "$@"
gzip -9nc "$folder/session" >"$out.session.gz"
gzip -9nc "$folder/log" >"$out.log.gz"
ls -l "$out".*
