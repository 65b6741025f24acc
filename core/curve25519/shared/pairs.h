/* SPDX-License-Identifier: Apache-2.0 */
/*
 * a A + b B for many pairs of points, of which none depends on another: what proofs ask for that show hashes of points
 * instead of the points, so that no sum of them all says anything. With vectors a pair is in each lane. Of the signature
 * modules only.
 */
#ifndef MOTE_CURVE25519_PAIRS_H
#define MOTE_CURVE25519_PAIRS_H

#define point_pairs_multiply mote_curve25519_point_pairs_multiply

#include <stddef.h>

#include "mote/backend.h"
#include "point.h"

typedef struct point_pair {
    const point *A, *B;   /* B: NULL for the base point */
    uint8_t a[32], b[32]; /* canonical */
    point *sum;
} point_pair;

/* What the vectors work in, of the caller's. */
#define PAIR_LANES 8u
#define PAIR_MULTIPLES 8u
typedef struct pair_memory {
    uint64_t limb[2][PAIR_MULTIPLES][4][5][PAIR_LANES];
    uint64_t alignment[PAIR_LANES];
} pair_memory;

void point_pairs_multiply(mote_backend backend, point_pair *pairs, size_t count,
                          pair_memory *memory);

#endif
