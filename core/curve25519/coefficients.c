/* SPDX-License-Identifier: Apache-2.0 */
#include "signature_batch.h"

#include <string.h>

#include "mote/hash.h"

#define DRAWN_AT_ONCE 4u

/* Key, R, S and k of every member in order; k is a hash that binds the message. All are of fixed size, so what is
 * hashed can be read in one way only. */
static void digest_of_batch(uint8_t digest[64], const uint8_t seed[32],
                            const signature_batch *batch) {
    mote_blake2b_state state;
    mote_blake2b_init(&state, 64);
    mote_blake2b_update(&state, (mote_bytes){seed, 32});
    for (size_t i = 0; i < batch->count; i++) {
        const batch_item *item = &batch->item[i];
        mote_blake2b_update(&state, (mote_bytes){batch->key[item->key].bytes, 32});
        mote_blake2b_update(&state, (mote_bytes){item->R, 32});
        mote_blake2b_update(&state, (mote_bytes){item->S, 32});
        mote_blake2b_update(&state, (mote_bytes){item->k, 32});
    }
    mote_blake2b_final(&state, digest);
}

void draw_coefficients(uint8_t (*z)[COEFFICIENT_SIZE], const uint8_t seed[32],
                       const signature_batch *batch) {
    uint8_t block[64 + 4], drawn[DRAWN_AT_ONCE * COEFFICIENT_SIZE];
    digest_of_batch(block, seed, batch);
    for (size_t i = 0; i < batch->count; i++) {
        size_t draw = i / DRAWN_AT_ONCE, part = i % DRAWN_AT_ONCE;
        for (unsigned b = 0; b < 4; b++) block[64 + b] = (uint8_t)(draw >> (8 * b));
        if (part == 0) mote_blake2b(drawn, sizeof drawn, (mote_bytes){block, sizeof block});
        memcpy(z[i], drawn + COEFFICIENT_SIZE * part, COEFFICIENT_SIZE);
    }
}
