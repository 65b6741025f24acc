# SPDX-License-Identifier: Apache-2.0
# Shared by the scripts here; source it. Sets ROOT, goes there, and puts a Node.js of at least 20 on the PATH
# where setup.sh has installed one.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"

NODE_HOME="$ROOT/third_party/node/node_modules/node"

node_major() {
    node --version 2>/dev/null | sed -n 's/^v\([0-9]*\)\..*/\1/p'
}

use_node() {
    if [ "$(node_major || true)" ] && [ "$(node_major)" -ge 20 ]; then return 0; fi
    if [ -x "$NODE_HOME/bin/node" ]; then export PATH="$NODE_HOME/bin:$PATH"; fi
}
use_node

# Debian's emscripten looks for its JavaScript libraries where Debian's own node would find them.
export NODE_PATH="/usr/share/nodejs${NODE_PATH:+:$NODE_PATH}"

say() {
    printf '%s\n' "$*"
}

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# quietly LOG COMMAND...: output goes to LOG, and its end to the terminal where the command fails.
quietly() {
    local log=$1
    shift
    mkdir -p "$(dirname "$log")"
    if ! "$@" >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        fail "failed: $* (whole output: $log)"
    fi
}
