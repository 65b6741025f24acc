#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A generated file is what its generator prints now: same_as.sh FILE GENERATOR...
# Where it is not: cmake --build --preset release --target generate
set -euo pipefail
file=$1
shift
"$@" | diff -u "$file" - || { echo "$file is not up to date"; exit 1; }
