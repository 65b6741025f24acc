/* SPDX-License-Identifier: Apache-2.0 */
/* What the back ends with vector instructions offer for pairs.c. Private to the module curve25519. */
#ifndef MOTE_CURVE25519_PAIRS_BACKENDS_H
#define MOTE_CURVE25519_PAIRS_BACKENDS_H

#include "lanes.h"
#include "shared/pairs.h"

/* The first `count` pairs, at most as many as the back end has lanes. */
#define PAIRS_BACKEND(name)                                                                        \
    void mote_curve25519_##name##_pairs(point_pair *pairs, unsigned count, pair_memory *memory)
PAIRS_BACKEND(avx512);
PAIRS_BACKEND(avx2);
PAIRS_BACKEND(neon);
#undef PAIRS_BACKEND

#endif
