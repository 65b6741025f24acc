#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every C file of ours, generated ones aside, is as .clang-format says (clang-format 14, Debian's). `format.sh ROOT --fix` makes it so.
set -euo pipefail
cd "$1"
mapfile -t files < <(git ls-files --cached --others --exclude-standard '*.c' '*.h' | grep -v '\.gen\.h$' | sort -u | xargs ls 2>/dev/null)
[ ${#files[@]} -gt 0 ] || { echo "no files"; exit 1; }
if [ "${2:-}" = --fix ]; then
    clang-format-14 -i "${files[@]}"
else
    clang-format-14 --dry-run -Werror "${files[@]}"
    echo "${#files[@]} files are formatted"
fi
