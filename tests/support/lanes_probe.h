/* SPDX-License-Identifier: Apache-2.0 */
/* A look inside a back end of core/curve25519: operations on as many numbers as it has lanes, number by number, each
 * number's limbs as the back end keeps them. */
#ifndef MOTE_TEST_LANES_PROBE_H
#define MOTE_TEST_LANES_PROBE_H

#include "mote/backend.h"
#include "point.h"

#define MOST_LANES 8

typedef struct lane_number {
    uint64_t limb[5];
} lane_number;

typedef struct lanes_probe {
    mote_backend backend;
    unsigned lanes;
    /* A limb as large as it may be: of a first factor, of a second and of what is squared, of a number of size 1. */
    uint64_t largest_first, largest_second, largest_1;
    uint64_t (*split)(uint64_t limb_of_51_bits);
    uint64_t (*join)(uint64_t limb);
    void (*multiply)(lane_number *out, const lane_number *a, const lane_number *b);
    void (*square)(lane_number *out, const lane_number *a);
    void (*add)(lane_number *out, const lane_number *a, const lane_number *b);
    void (*subtract)(lane_number *out, const lane_number *a, const lane_number *b);
    void (*canonical)(uint64_t (*limb)[5], const lane_number *a); /* of 51 bits */
    void (*is_zero)(uint64_t *mask, const lane_number *a);
} lanes_probe;

/* Those that were compiled in. */
extern const lanes_probe mote_probe_avx2, mote_probe_avx512, mote_probe_neon, mote_probe_simd128;

#endif
