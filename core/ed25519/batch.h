/* SPDX-License-Identifier: Apache-2.0 */
/* What a batch holds, and its coefficients. Private to the module ed25519. */
#ifndef MOTE_ED25519_BATCH_H
#define MOTE_ED25519_BATCH_H

#include "names.h"

#include "mote/ed25519.h"

typedef struct batch_item {
    uint8_t R[32];
    uint8_t S[32];
    uint8_t k[32];
    uint32_t key;    /* index of a distinct key */
    uint8_t refused; /* S is not below l, or R or A is no point */
} batch_item;

typedef struct batch_key {
    uint8_t bytes[32];
    uint8_t is_point;
} batch_key;

struct mote_ed25519_batch {
    size_t capacity;
    size_t count;
    size_t key_count;
    size_t slots; /* a power of two, twice the capacity or more */
    batch_item *item;
    batch_key *key;
    uint32_t *slot; /* index of a key plus one */
    uint64_t salt;
};

#define COEFFICIENT_SIZE 16u

/* One a member: bytes of BLAKE2b-512 over a digest of the seed and of every member, so that nobody knows them who
 * has not fixed the whole batch, whatever the seed. */
void draw_coefficients(uint8_t (*z)[COEFFICIENT_SIZE], const uint8_t seed[32],
                       const mote_ed25519_batch *batch);

#endif
