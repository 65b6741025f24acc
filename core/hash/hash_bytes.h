/* SPDX-License-Identifier: Apache-2.0 */
/* Little-endian words and rotations: what all hash functions here are made of. */
#ifndef MOTE_HASH_BYTES_H
#define MOTE_HASH_BYTES_H

#include <stdint.h>

/* Written by shifts: right on every byte order and alignment, and one load where the machine allows it. */
static inline uint64_t load_word(const uint8_t bytes[8]) {
    return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 |
           (uint64_t)bytes[3] << 24 | (uint64_t)bytes[4] << 32 | (uint64_t)bytes[5] << 40 |
           (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56;
}

static inline void store_word(uint8_t bytes[8], uint64_t word) {
    for (unsigned i = 0; i < 8; i++) bytes[i] = (uint8_t)(word >> (8 * i));
}

static inline uint64_t rotate_left(uint64_t word, unsigned bits) {
    return word << bits | word >> (64 - bits);
}

static inline uint64_t rotate_right(uint64_t word, unsigned bits) {
    return word >> bits | word << (64 - bits);
}

#endif
