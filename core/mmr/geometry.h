/* SPDX-License-Identifier: Apache-2.0 */
/* Mountains, and the climb to their peaks, for verifying, measuring and making proofs alike. */
#ifndef MOTE_MMR_GEOMETRY_H
#define MOTE_MMR_GEOMETRY_H

#include "mote/mmr.h"

#define MOTE_MMR_MAX_PEAKS 41u /* of MOTE_MMR_MAX_LEAVES leaves */

/* One of the perfect trees, left to right. Begin with {0, 64} and the count; false after the last. */
typedef struct mote_mmr_mountain {
    uint64_t first; /* leaf */
    uint32_t height;
} mote_mmr_mountain;
bool mote_mmr_next_mountain(mote_mmr_mountain *mountain, uint64_t leaf_count);

mote_hash mote_mmr_join(const mote_hash *left, const mote_hash *right);
/* The peaks, left to right, into one; `count` is not 0. */
mote_hash mote_mmr_bag(const mote_hash *peaks, size_t count);
/* The peaks from `mountain` on. */
mote_hash mote_mmr_bag_from(const mote_hash *nodes, mote_mmr_mountain mountain,
                            uint64_t leaf_count);

/* Where the items of a proof come from or go to: given ones are read, or made ones are written from all nodes, or they
 * are only counted. */
typedef struct mote_mmr_items {
    mote_backend backend; /* that joins given ones */
    const uint8_t *given;
    mote_hash *made;
    const mote_hash *nodes;
    uint64_t taken;
} mote_mmr_items;

/* Climbs every mountain. `row`: the entries, ascending and below the count, used up. The root where items are given. */
mote_hash mote_mmr_climb(mote_mmr_items *items, mote_mmr_entry *row, size_t count,
                         uint64_t leaf_count);

#endif
