/* SPDX-License-Identifier: Apache-2.0 */
/* XXH64 (xxhash_spec.md, version 0.2.0) and Substrate's Twox hashes made of it. */
#include "mote/hash.h"

#include "hash_bytes.h"

#define PRIME_1 UINT64_C(0x9e3779b185ebca87)
#define PRIME_2 UINT64_C(0xc2b2ae3d27d4eb4f)
#define PRIME_3 UINT64_C(0x165667b19e3779f9)
#define PRIME_4 UINT64_C(0x85ebca77c2b2ae63)
#define PRIME_5 UINT64_C(0x27d4eb2f165667c5)
#define STRIPE_SIZE 32u

static uint64_t absorb_lane(uint64_t lane, uint64_t word) {
    return rotate_left(lane + word * PRIME_2, 31) * PRIME_1;
}

static uint64_t merge_lane(uint64_t sum, uint64_t lane) {
    return (sum ^ absorb_lane(0, lane)) * PRIME_1 + PRIME_4;
}

/* Steps 1-3 for inputs of at least one stripe; moves `input` behind the stripes. */
static uint64_t absorb_stripes(mote_bytes *input, uint64_t seed) {
    uint64_t lanes[4] = {seed + PRIME_1 + PRIME_2, seed + PRIME_2, seed, seed - PRIME_1};
    for (; input->size >= STRIPE_SIZE; input->data += STRIPE_SIZE, input->size -= STRIPE_SIZE) {
        for (unsigned i = 0; i < 4; i++) {
            lanes[i] = absorb_lane(lanes[i], load_word(input->data + 8 * i));
        }
    }
    uint64_t sum = rotate_left(lanes[0], 1) + rotate_left(lanes[1], 7) + rotate_left(lanes[2], 12) +
                   rotate_left(lanes[3], 18);
    for (unsigned i = 0; i < 4; i++) sum = merge_lane(sum, lanes[i]);
    return sum;
}

static uint64_t absorb_rest(uint64_t sum, mote_bytes rest) {
    for (; rest.size >= 8; rest.data += 8, rest.size -= 8) {
        sum ^= absorb_lane(0, load_word(rest.data));
        sum = rotate_left(sum, 27) * PRIME_1 + PRIME_4;
    }
    if (rest.size >= 4) {
        uint64_t word = (uint64_t)rest.data[0] | (uint64_t)rest.data[1] << 8 |
                        (uint64_t)rest.data[2] << 16 | (uint64_t)rest.data[3] << 24;
        sum = rotate_left(sum ^ word * PRIME_1, 23) * PRIME_2 + PRIME_3;
        rest.data += 4;
        rest.size -= 4;
    }
    for (; rest.size > 0; rest.data++, rest.size--) {
        sum = rotate_left(sum ^ *rest.data * PRIME_5, 11) * PRIME_1;
    }
    return sum;
}

static uint64_t avalanche(uint64_t sum) {
    sum = (sum ^ sum >> 33) * PRIME_2;
    sum = (sum ^ sum >> 29) * PRIME_3;
    return sum ^ sum >> 32;
}

uint64_t mote_xxh64(mote_bytes input, uint64_t seed) {
    size_t size = input.size;
    uint64_t sum = size >= STRIPE_SIZE ? absorb_stripes(&input, seed) : seed + PRIME_5;
    return avalanche(absorb_rest(sum + size, input));
}

static void twox(uint8_t *out, unsigned words, mote_bytes input) {
    for (unsigned seed = 0; seed < words; seed++) {
        store_word(out + 8 * seed, mote_xxh64(input, seed));
    }
}

void mote_twox_64(uint8_t out[8], mote_bytes input) {
    twox(out, 1, input);
}

void mote_twox_128(uint8_t out[16], mote_bytes input) {
    twox(out, 2, input);
}

void mote_twox_256(uint8_t out[32], mote_bytes input) {
    twox(out, 4, input);
}
