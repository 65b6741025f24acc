/* SPDX-License-Identifier: Apache-2.0 */
/* A chain that exists only in tests: a mountain range over made-up blocks, validators with keys of their own, and whatever
 * they sign. libsecp256k1 signs; leaves, ranges and trees are put together here. */
#ifndef MOTE_TEST_BEEFY_WORLD_H
#define MOTE_TEST_BEEFY_WORLD_H

#include "fixture.h"

#include "mote/beefy.h"
#include "mote/scale.h"

#define BEEFY_WORLD_BLOCKS 40u
#define BEEFY_WORLD_MOST 64u

typedef struct beefy_world {
    uint32_t validators;
    uint64_t set_id;
    uint8_t keys[2 + BEEFY_WORLD_MOST * 33]; /* SCALE */
    mote_bytes key_list;
    mote_hash nodes[2 * BEEFY_WORLD_BLOCKS];
    uint8_t leaves[BEEFY_WORLD_BLOCKS][113];
    mote_hash heads_root; /* under every leaf: of five parachains, 1000 to 1004 */
} beefy_world;

/* Block 1 adds leaf 0. The newest leaf hands over to a set of the same keys with the next id. */
void beefy_world_make(beefy_world *out, uint32_t validators, uint64_t set_id);
mote_hash beefy_world_root(const beefy_world *world, uint32_t block);
mote_beefy_set beefy_world_set(const beefy_world *world);

/* 65 bytes of validator `who`. */
void beefy_world_sign(uint8_t *signature, uint32_t who, const mote_hash *hash);
void beefy_world_key(uint8_t *key, uint32_t who);

/* A commitment to a root after a block. */
size_t beefy_world_commitment(uint8_t *out, const mote_hash *root, uint32_t block, uint64_t set_id);

/* A finality proof by those whose bits are set (validator 0 is bit 0). */
size_t beefy_world_proof(uint8_t *out, const beefy_world *world, mote_bytes commitment,
                         uint64_t signers);

/* The head data of a parachain, and its proof. Returns the size of the proof in bytes. */
mote_bytes beefy_world_head(uint32_t para_id);
size_t beefy_world_head_proof(uint8_t *items, uint32_t index);
#define BEEFY_WORLD_PARAS 5u

#endif
