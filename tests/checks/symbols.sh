#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fails where the core uses anything outside of allowed-symbols.txt, defines a global without mote's prefix, or
# has a variable that can change.
#
#   symbols.sh LIBRARY ALLOWED NM OBJDUMP [LIBRARY-BELOW]
set -euo pipefail
library=$1 allowed=$2 nm=$3 objdump=$4 below=${5:-}
names() { awk '{print $NF}' | sed '/:$/d; /^$/d' | sort -u; }

defined=$("$nm" --defined-only --extern-only "$library" 2>/dev/null | awk 'NF >= 3' | names)
used=$("$nm" --undefined-only "$library" 2>/dev/null | awk '$1 == "U"' | names)
[ -n "$defined" ] && [ -n "$used" ] || { echo "no symbols found in $library"; exit 1; }

offered=$defined
if [ -n "$below" ]; then
    offered=$(printf '%s\n' "$defined" "$("$nm" --defined-only --extern-only "$below" 2>/dev/null | awk 'NF >= 3' | names)")
fi

foreign=$(comm -23 <(echo "$used") <(printf '%s\n' "$offered" $(sed 's/#.*//' "$allowed") | sort -u))
unprefixed=$(echo "$defined" | grep -v '^mote_' || true)
# Tables of pointers are constant after relocation: .data.rel.ro.
mutable=$("$objdump" -h "$library" |
    awk '$2 ~ /^\.(t?data|t?bss)(\.|$)/ && $2 !~ /^\.data\.rel\.ro/ && $3 != "00000000" { print $2 }')
echo "uses outside of itself: $(comm -23 <(echo "$used") <(echo "$offered" | sort -u) | tr '\n' ' ')"
if [ -n "$foreign" ]; then echo "not allowed: $foreign"; fi
if [ -n "$unprefixed" ]; then echo "globals without mote_: $unprefixed"; fi
if [ -n "$mutable" ]; then echo "can change: $mutable"; fi
[ -z "$foreign" ] && [ -z "$unprefixed" ] && [ -z "$mutable" ]
