#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every public header compiles by itself, as C11 and as C++11, without a warning.
#
#   headers.sh CORE
set -euo pipefail
core=$1
folders=()
for folder in "$core"/*/include; do folders+=("-I$folder"); done
count=0
for header in "$core"/*/include/mote/*.h; do
    name=mote/$(basename "$header")
    printf '#include "%s"\n#include "%s"\ntypedef int done;\n' "$name" "$name" |
        cc -std=c11 -Wall -Wextra -Wpedantic -Wconversion -Werror -fsyntax-only "${folders[@]}" -x c -
    printf '#include "%s"\n' "$name" |
        c++ -std=c++11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only "${folders[@]}" -x c++ -
    count=$((count + 1))
done
echo "$count headers stand alone"
[ $count -gt 0 ]
