#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The suites as 32-bit x86, aarch64 and big-endian s390x, under qemu-user (32-bit x86 runs as it is where the
# kernel can). Sweeps do a part of what they do natively: see fixture_effort in tests/support/fixture.h.
#
#   scripts/cross-test.sh [i386] [arm64] [s390x]      (nothing: all three)
# Prints a line for each: "ARCH PASSED FAILED SKIPPED".
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

architectures=("$@")
[ ${#architectures[@]} -gt 0 ] || architectures=(i386 arm64 s390x)

runs_natively() { # 32-bit programs, where the kernel has not been built without them
    local probe
    probe=$(mktemp)
    echo 'int main(void) { return 0; }' | i686-linux-gnu-gcc -static -x c - -o "$probe" &&
        "$probe" 2>/dev/null
    local result=$?
    rm -f "$probe"
    return $result
}

status=0
for arch in "${architectures[@]}"; do
    native=OFF
    if [ "$arch" = i386 ] && runs_natively; then native=ON; fi
    quietly build/logs/configure-$arch.log cmake -S . -B "build/cross-$arch" -G Ninja \
        -DCMAKE_TOOLCHAIN_FILE="$ROOT/cmake/MoteCross.cmake" -DMOTE_CROSS="$arch" \
        -DMOTE_CROSS_NATIVE=$native -DMOTE_CLI=OFF -DMOTE_CHECKS=OFF
    quietly build/logs/build-$arch.log cmake --build "build/cross-$arch" --parallel "$(nproc)"
    # Each suite with the back end that is best there; with every one forced they run natively. What is about logic and not
    # about words, bytes or vectors, the two others look at: aarch64 is like x86-64 there, and qemu is slow.
    leave_out='_with_(portable|neon|avx2|avx512)$'
    if [ "$arch" = arm64 ]; then leave_out="$leave_out|^(model|sweep)/"; fi
    counts=$(cd "build/cross-$arch" &&
        MOTE_TEST_EFFORT=${MOTE_TEST_EFFORT:-small} ctest -V -j "$(nproc)" -E "$leave_out" --timeout 900 2>&1 |
        "$ROOT/scripts/ctest-summary.py" "$ROOT/build/logs/test-$arch.log") || true
    say "$arch $counts"
    read -r passed failed _ <<<"$counts"
    if [ "${passed:-0}" -eq 0 ] || [ "$failed" -ne 0 ]; then status=1; fi
done
exit $status
