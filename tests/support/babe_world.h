/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Chains of BABE and Aura made up for tests: authors from numbers, claims, seals and VRFs made with libsodium's
 * ristretto255, headers right or wrong as the test wants them.
 */
#ifndef MOTE_TEST_BABE_WORLD_H
#define MOTE_TEST_BABE_WORLD_H

#include "grandpa_builder.h"

#include "mote/aura.h"
#include "mote/babe.h"
#include "mote/block.h"

/* --- sr25519 ------------------------------------------------------------------------------------------------ */
typedef struct test_author {
    uint8_t secret[32];
    uint8_t key[32];
} test_author;

test_author test_author_of(uint32_t number); /* the same number is the same author in every test */
void test_sr25519_sign(uint8_t signature[64], const test_author *author, mote_bytes message);
/* What the author's VRF says in that slot; the score is computed by libsodium as well. */
typedef struct test_vrf {
    uint8_t pre_output[32];
    uint8_t proof[64];
    mote_babe_score score;
} test_vrf;
test_vrf test_babe_vrf(const test_author *author, uint64_t slot, uint64_t epoch_index,
                       const uint8_t randomness[32]);

/* --- epochs --------------------------------------------------------------------------------------------------- */
#define TEST_EPOCH_SLOTS 10u
/* `count` authors, first, first + 1, ..., of weight 1; c so near 1 that every primary claim wins, and secondary VRF slots.
 * Index 5 from slot 100 on. Memory stays. */
mote_babe_epoch test_epoch(uint32_t first, uint32_t count);
void append_babe_authorities(test_buffer *buffer, uint32_t first, uint32_t count);
/* At a made-up block 50 in slot 104 of that epoch; the next epoch has the authors of `next_first`. */
mote_babe_position test_position(uint32_t first, uint32_t count, uint32_t next_first);

/* --- blocks --------------------------------------------------------------------------------------------------- */
typedef struct test_claim {
    mote_babe_claim claim;
    uint32_t index;  /* in the epoch */
    uint32_t author; /* whose keys sign: the number for test_author_of */
    uint64_t slot;
    uint64_t epoch_index; /* of the VRF */
    uint8_t randomness[32];
    uint8_t salt;
    const test_digest *logs; /* after the pre-digest; may be NULL */
} test_claim;

mote_bytes build_pre_digest(const test_claim *claim);
/* NextEpochData with `count` authors of weight 1 from `first` on and that byte 32 times as randomness. */
void digest_add_next_epoch(test_digest *digest, uint32_t first, uint32_t count, uint8_t randomness);
void digest_add_next_config(test_digest *digest, uint64_t c_numerator, uint64_t c_denominator,
                            uint8_t allowed_slots);
/* Appends the seal of what is there so far. */
test_block test_sealed(const mote_hash *parent, uint32_t number, uint8_t salt,
                       const test_digest *digest, const test_author *author, const char *engine);
test_block test_babe_block(const mote_hash *parent, uint32_t number, const test_claim *claim);

/* A claim that holds in that position's epoch for that slot (skipped epochs counted): primary by the index given, or
 * secondary by whose turn it is. Announces a next epoch where one is due. */
test_claim test_right_claim(const mote_babe_position *at, mote_babe_claim claim, uint32_t index,
                            uint64_t slot, uint8_t salt);
/* The number of the author who has that index in the epoch that the slot is judged under. */
uint32_t test_author_number(const mote_babe_epoch *epoch, uint32_t index);
test_block test_right_block(const mote_babe_position *at, mote_babe_claim claim, uint32_t index,
                            uint64_t slot, uint8_t salt);

/* --- Aura ----------------------------------------------------------------------------------------------------- */
/* A block for that slot sealed by that author; `logs` may be NULL. */
test_block test_aura_block(const mote_hash *parent, uint32_t number, uint64_t slot, uint32_t author,
                           uint8_t salt, const test_digest *logs);
mote_bytes build_aura_list(uint32_t first, uint32_t count); /* SCALE Vec<key> */

/* Evidence that a block is final, as a verifier would issue it: by a justification of one voter. */
mote_finalized_block test_finalized(const test_block *block);

#endif
