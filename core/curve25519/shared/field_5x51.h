/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Integers modulo p = 2^255 - 19 in five limbs of 51 bits, for machines with a 64x64 -> 128 bit product.
 *
 * Size 1: limbs below 2^51 + 2^16. With factors whose sizes multiply to 30 the largest column of a product is below
 * 30 * 77 * (2^51 + 2^16)^2 < 2^114, so what is carried out of it fits 64 bits; out of the last column, which has no
 * factors of 19, it is below 2^59, and 19 times that fits as well.
 */
#ifndef MOTE_CURVE25519_FIELD_5X51_H
#define MOTE_CURVE25519_FIELD_5X51_H

#include <stdbool.h>
#include <stdint.h>

#define FIELD_LIMBS 5

typedef struct field {
    uint64_t limb[FIELD_LIMBS];
} field;

__extension__ typedef unsigned __int128 field_wide;

#define FIELD_MASK ((UINT64_C(1) << 51) - 1)

/* The number of these 64-bit words, the lowest first, as an initializer. */
#define FIELD_CONSTANT(w0, w1, w2, w3)                                                             \
    {                                                                                              \
        {                                                                                          \
            UINT64_C(w0) & FIELD_MASK, (UINT64_C(w0) >> 51 | UINT64_C(w1) << 13) & FIELD_MASK,     \
                (UINT64_C(w1) >> 38 | UINT64_C(w2) << 26) & FIELD_MASK,                            \
                (UINT64_C(w2) >> 25 | UINT64_C(w3) << 39) & FIELD_MASK,                            \
                UINT64_C(w3) >> 12 & FIELD_MASK                                                    \
        }                                                                                          \
    }

static inline uint64_t field_load_u64(const uint8_t *bytes) {
    uint64_t value = 0;
    for (unsigned i = 0; i < 8; i++) value |= (uint64_t)bytes[i] << (8 * i);
    return value;
}

/* The top bit is not part of the number; numbers from p to 2^255 - 1 are taken as they are (ZIP-215). */
static inline void field_from_bytes(field *out, const uint8_t bytes[32]) {
    uint64_t word[4];
    for (unsigned i = 0; i < 4; i++) word[i] = field_load_u64(bytes + 8 * i);
    out->limb[0] = word[0] & FIELD_MASK;
    out->limb[1] = (word[0] >> 51 | word[1] << 13) & FIELD_MASK;
    out->limb[2] = (word[1] >> 38 | word[2] << 26) & FIELD_MASK;
    out->limb[3] = (word[2] >> 25 | word[3] << 39) & FIELD_MASK;
    out->limb[4] = word[3] >> 12 & FIELD_MASK;
}

static inline void field_carry(field *a) {
    uint64_t *limb = a->limb;
    for (unsigned i = 0; i < 4; i++) {
        limb[i + 1] += limb[i] >> 51;
        limb[i] &= FIELD_MASK;
    }
    limb[0] += 19 * (limb[4] >> 51);
    limb[4] &= FIELD_MASK;
}

/* The number itself, below p. */
static inline void field_to_bytes(uint8_t bytes[32], const field *a) {
    field b = *a;
    field_carry(&b);
    field_carry(&b);
    /* Now below 2p. Adding 19 carries out of the top exactly when it is p or more; then subtracting p is adding 19 and
     * leaving out the top bit. */
    uint64_t carry = 19;
    for (unsigned i = 0; i < FIELD_LIMBS; i++) carry = (b.limb[i] + carry) >> 51;
    b.limb[0] += 19 * carry;
    for (unsigned i = 0; i < 4; i++) b.limb[i + 1] += b.limb[i] >> 51;
    for (unsigned i = 0; i < FIELD_LIMBS; i++) b.limb[i] &= FIELD_MASK;
    const uint64_t word[4] = {b.limb[0] | b.limb[1] << 51, b.limb[1] >> 13 | b.limb[2] << 38,
                              b.limb[2] >> 26 | b.limb[3] << 25, b.limb[3] >> 39 | b.limb[4] << 12};
    for (unsigned i = 0; i < 32; i++) bytes[i] = (uint8_t)(word[i / 8] >> (8 * (i % 8)));
}

/* Limb i of five of 51 bits. */
static inline uint64_t field_limb_51(const field *a, unsigned i) {
    return a->limb[i];
}

static inline void field_set_limb_51(field *a, unsigned i, uint64_t limb) {
    a->limb[i] = limb;
}

static inline void field_add(field *out, const field *a, const field *b) {
    for (unsigned i = 0; i < FIELD_LIMBS; i++) out->limb[i] = a->limb[i] + b->limb[i];
}

/* a - b + 2p */
static inline void field_subtract(field *out, const field *a, const field *b) {
    out->limb[0] = a->limb[0] + (2 * FIELD_MASK - 36) - b->limb[0];
    for (unsigned i = 1; i < FIELD_LIMBS; i++) {
        out->limb[i] = a->limb[i] + 2 * FIELD_MASK - b->limb[i];
    }
}

/* a - b + 4p */
static inline void field_subtract_loose(field *out, const field *a, const field *b) {
    out->limb[0] = a->limb[0] + (4 * FIELD_MASK - 72) - b->limb[0];
    for (unsigned i = 1; i < FIELD_LIMBS; i++) {
        out->limb[i] = a->limb[i] + 4 * FIELD_MASK - b->limb[i];
    }
}

/* Carries all columns at once, twice: no column waits for the one below it. */
static inline void field_reduce_wide(field *out, field_wide r0, field_wide r1, field_wide r2,
                                     field_wide r3, field_wide r4) {
    const uint64_t once0 = ((uint64_t)r0 & FIELD_MASK) + 19 * (uint64_t)(r4 >> 51);
    const uint64_t once1 = ((uint64_t)r1 & FIELD_MASK) + (uint64_t)(r0 >> 51);
    const uint64_t once2 = ((uint64_t)r2 & FIELD_MASK) + (uint64_t)(r1 >> 51);
    const uint64_t once3 = ((uint64_t)r3 & FIELD_MASK) + (uint64_t)(r2 >> 51);
    const uint64_t once4 = ((uint64_t)r4 & FIELD_MASK) + (uint64_t)(r3 >> 51);
    out->limb[0] = (once0 & FIELD_MASK) + 19 * (once4 >> 51);
    out->limb[1] = (once1 & FIELD_MASK) + (once0 >> 51);
    out->limb[2] = (once2 & FIELD_MASK) + (once1 >> 51);
    out->limb[3] = (once3 & FIELD_MASK) + (once2 >> 51);
    out->limb[4] = (once4 & FIELD_MASK) + (once3 >> 51);
}

static inline void field_multiply(field *out, const field *a, const field *b) {
    const uint64_t a0 = a->limb[0], a1 = a->limb[1], a2 = a->limb[2], a3 = a->limb[3];
    const uint64_t b0 = b->limb[0], b1 = b->limb[1], b2 = b->limb[2], b3 = b->limb[3];
    const uint64_t a4 = a->limb[4], b4 = b->limb[4];
    const uint64_t c1 = 19 * b1, c2 = 19 * b2, c3 = 19 * b3, c4 = 19 * b4;
    const field_wide r0 = (field_wide)a0 * b0 + (field_wide)a1 * c4 + (field_wide)a2 * c3 +
                          (field_wide)a3 * c2 + (field_wide)a4 * c1;
    const field_wide r1 = (field_wide)a0 * b1 + (field_wide)a1 * b0 + (field_wide)a2 * c4 +
                          (field_wide)a3 * c3 + (field_wide)a4 * c2;
    const field_wide r2 = (field_wide)a0 * b2 + (field_wide)a1 * b1 + (field_wide)a2 * b0 +
                          (field_wide)a3 * c4 + (field_wide)a4 * c3;
    const field_wide r3 = (field_wide)a0 * b3 + (field_wide)a1 * b2 + (field_wide)a2 * b1 +
                          (field_wide)a3 * b0 + (field_wide)a4 * c4;
    const field_wide r4 = (field_wide)a0 * b4 + (field_wide)a1 * b3 + (field_wide)a2 * b2 +
                          (field_wide)a3 * b1 + (field_wide)a4 * b0;
    field_reduce_wide(out, r0, r1, r2, r3, r4);
}

static inline void field_square(field *out, const field *a) {
    const uint64_t a0 = a->limb[0], a1 = a->limb[1], a2 = a->limb[2], a3 = a->limb[3];
    const uint64_t a4 = a->limb[4], d0 = 2 * a0, d1 = 2 * a1, d2 = 2 * a2;
    const uint64_t c3 = 19 * a3, c4 = 19 * a4, e4 = 2 * c4;
    const field_wide r0 = (field_wide)a0 * a0 + (field_wide)d1 * c4 + (field_wide)d2 * c3;
    const field_wide r1 = (field_wide)d0 * a1 + (field_wide)a2 * e4 + (field_wide)a3 * c3;
    const field_wide r2 = (field_wide)d0 * a2 + (field_wide)a1 * a1 + (field_wide)a3 * e4;
    const field_wide r3 = (field_wide)d0 * a3 + (field_wide)d1 * a2 + (field_wide)a4 * c4;
    const field_wide r4 = (field_wide)d0 * a4 + (field_wide)d1 * a3 + (field_wide)a2 * a2;
    field_reduce_wide(out, r0, r1, r2, r3, r4);
}

#endif
