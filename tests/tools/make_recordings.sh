#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the files of demo/recordings again from tests/vectors.
#
#   tests/tools/make_recordings.sh [BUILD_FOLDER]
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${1:-build/release}
MOTE_WRITE_RECORDINGS=demo/recordings "$build/tests/recorded_recordings_test"
