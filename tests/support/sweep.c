/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"

enum { LARGE = 65536, EDGE = 4096, SAMPLE = 1000 };
#define SEED UINT64_C(0x6d6f7465)

static void cut(mote_bytes whole, size_t size, sweep_case *judge, void *user) {
    uint8_t *copy = fixture_copy((mote_bytes){whole.data, size});
    judge((mote_bytes){copy, size}, user);
    free(copy);
}

void sweep_cuts(mote_bytes whole, sweep_case *judge, void *user) {
    bool large = whole.size > LARGE;
    size_t step = fixture_effort() == FIXTURE_SMALL ? 17 : 1;
    uint64_t state = SEED;
    for (size_t size = 0; size < whole.size; size += step) {
        if (large && size >= EDGE && size < whole.size - EDGE) size = whole.size - EDGE;
        cut(whole, size, judge, user);
    }
    for (size_t i = 0; large && i < SAMPLE / step; i++) {
        cut(whole, (size_t)(fixture_random(&state) % whole.size), judge, user);
    }
}

static void flip(uint8_t *copy, size_t size, size_t bit, sweep_case *judge, void *user) {
    copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
    judge((mote_bytes){copy, size}, user);
    copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
}

void sweep_flips(mote_bytes whole, size_t at_most, sweep_case *judge, void *user) {
    uint8_t *copy = fixture_copy(whole);
    size_t bits = 8 * whole.size;
    uint64_t state = SEED;
    for (size_t i = 0; i < bits && i < at_most; i++) {
        size_t bit = bits <= at_most ? i : (size_t)(fixture_random(&state) % bits);
        flip(copy, whole.size, bit, judge, user);
    }
    free(copy);
}
