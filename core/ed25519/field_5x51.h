/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Integers modulo p = 2^255 - 19 in five limbs of 51 bits, for machines with a 64x64 -> 128 bit product.
 *
 * Two sizes of limbs: *tight*, below 2^51 + 2^14, what multiplication gives; *loose*, below 2^54, what it takes. Sums
 * and differences are not carried: of two tight ones they stay below 2^53, of those once more below 2^54. Then the
 * largest column of a product is below 77 * 2^108 < 2^115, and every carry below 2^64.
 */
#ifndef MOTE_ED25519_FIELD_5X51_H
#define MOTE_ED25519_FIELD_5X51_H

#include <stdbool.h>
#include <stdint.h>

#define FIELD_LIMBS 5

typedef struct field {
    uint64_t limb[FIELD_LIMBS];
} field;

__extension__ typedef unsigned __int128 field_wide;

#define FIELD_MASK ((UINT64_C(1) << 51) - 1)

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

/* The number itself, below p. */
static inline void field_to_bytes(uint8_t bytes[32], const field *a) {
    uint64_t limb[FIELD_LIMBS];
    for (unsigned i = 0; i < FIELD_LIMBS; i++) limb[i] = a->limb[i];
    for (unsigned pass = 0; pass < 2; pass++) {
        for (unsigned i = 0; i < 4; i++) {
            limb[i + 1] += limb[i] >> 51;
            limb[i] &= FIELD_MASK;
        }
        limb[0] += 19 * (limb[4] >> 51);
        limb[4] &= FIELD_MASK;
    }
    /* Now below 2p. Adding 19 carries out of the top exactly when it is p or more; then subtracting p is adding 19. */
    uint64_t carry = (limb[0] + 19) >> 51;
    for (unsigned i = 1; i < FIELD_LIMBS; i++) carry = (limb[i] + carry) >> 51;
    limb[0] += 19 * carry;
    for (unsigned i = 0; i < 4; i++) {
        limb[i + 1] += limb[i] >> 51;
        limb[i] &= FIELD_MASK;
    }
    limb[4] &= FIELD_MASK;
    const uint64_t word[4] = {limb[0] | limb[1] << 51, limb[1] >> 13 | limb[2] << 38,
                              limb[2] >> 26 | limb[3] << 25, limb[3] >> 39 | limb[4] << 12};
    for (unsigned i = 0; i < 32; i++) bytes[i] = (uint8_t)(word[i / 8] >> (8 * (i % 8)));
}

static inline void field_set(field *out, uint32_t small) {
    *out = (field){{small, 0, 0, 0, 0}};
}

static inline void field_add(field *out, const field *a, const field *b) {
    for (unsigned i = 0; i < FIELD_LIMBS; i++) out->limb[i] = a->limb[i] + b->limb[i];
}

/* a - b + 2p, b tight */
static inline void field_subtract(field *out, const field *a, const field *b) {
    out->limb[0] = a->limb[0] + (UINT64_C(0xfffffffffffda)) - b->limb[0];
    for (unsigned i = 1; i < FIELD_LIMBS; i++)
        out->limb[i] = a->limb[i] + (UINT64_C(0xffffffffffffe)) - b->limb[i];
}

/* a - b + 4p, b a sum or difference of tight ones */
static inline void field_subtract_loose(field *out, const field *a, const field *b) {
    out->limb[0] = a->limb[0] + (UINT64_C(0x1fffffffffffb4)) - b->limb[0];
    for (unsigned i = 1; i < FIELD_LIMBS; i++)
        out->limb[i] = a->limb[i] + (UINT64_C(0x1ffffffffffffc)) - b->limb[i];
}

static inline void field_reduce_wide(field *out, field_wide r0, field_wide r1, field_wide r2,
                                     field_wide r3, field_wide r4) {
    r1 += (uint64_t)(r0 >> 51);
    r2 += (uint64_t)(r1 >> 51);
    r3 += (uint64_t)(r2 >> 51);
    r4 += (uint64_t)(r3 >> 51);
    uint64_t low = ((uint64_t)r0 & FIELD_MASK);
    field_wide folded = (field_wide)(uint64_t)(r4 >> 51) * 19 + low;
    out->limb[0] = (uint64_t)folded & FIELD_MASK;
    out->limb[1] = ((uint64_t)r1 & FIELD_MASK) + (uint64_t)(folded >> 51);
    out->limb[2] = (uint64_t)r2 & FIELD_MASK;
    out->limb[3] = (uint64_t)r3 & FIELD_MASK;
    out->limb[4] = (uint64_t)r4 & FIELD_MASK;
}

static inline void field_multiply(field *out, const field *a, const field *b) {
    uint64_t a0 = a->limb[0], a1 = a->limb[1], a2 = a->limb[2], a3 = a->limb[3], a4 = a->limb[4];
    uint64_t b0 = b->limb[0], b1 = b->limb[1], b2 = b->limb[2], b3 = b->limb[3], b4 = b->limb[4];
    uint64_t c1 = 19 * b1, c2 = 19 * b2, c3 = 19 * b3, c4 = 19 * b4;
    field_wide r0 = (field_wide)a0 * b0 + (field_wide)a1 * c4 + (field_wide)a2 * c3 +
                    (field_wide)a3 * c2 + (field_wide)a4 * c1;
    field_wide r1 = (field_wide)a0 * b1 + (field_wide)a1 * b0 + (field_wide)a2 * c4 +
                    (field_wide)a3 * c3 + (field_wide)a4 * c2;
    field_wide r2 = (field_wide)a0 * b2 + (field_wide)a1 * b1 + (field_wide)a2 * b0 +
                    (field_wide)a3 * c4 + (field_wide)a4 * c3;
    field_wide r3 = (field_wide)a0 * b3 + (field_wide)a1 * b2 + (field_wide)a2 * b1 +
                    (field_wide)a3 * b0 + (field_wide)a4 * c4;
    field_wide r4 = (field_wide)a0 * b4 + (field_wide)a1 * b3 + (field_wide)a2 * b2 +
                    (field_wide)a3 * b1 + (field_wide)a4 * b0;
    field_reduce_wide(out, r0, r1, r2, r3, r4);
}

static inline void field_square(field *out, const field *a) {
    uint64_t a0 = a->limb[0], a1 = a->limb[1], a2 = a->limb[2], a3 = a->limb[3], a4 = a->limb[4];
    uint64_t d0 = 2 * a0, d1 = 2 * a1, d2 = 2 * a2;
    uint64_t c3 = 19 * a3, c4 = 19 * a4, e4 = 2 * c4;
    field_wide r0 = (field_wide)a0 * a0 + (field_wide)d1 * c4 + (field_wide)d2 * c3;
    field_wide r1 = (field_wide)d0 * a1 + (field_wide)a2 * e4 + (field_wide)a3 * c3;
    field_wide r2 = (field_wide)d0 * a2 + (field_wide)a1 * a1 + (field_wide)a3 * e4;
    field_wide r3 = (field_wide)d0 * a3 + (field_wide)d1 * a2 + (field_wide)a4 * c4;
    field_wide r4 = (field_wide)d0 * a4 + (field_wide)d1 * a3 + (field_wide)a2 * a2;
    field_reduce_wide(out, r0, r1, r2, r3, r4);
}

#endif
