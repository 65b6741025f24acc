/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Integers modulo p = 2^255 - 19 in ten limbs of 26 and 25 bits in turn, for machines whose largest product has 64 bits
 * (wasm, 32-bit). Multiplication is in field_10x26.c.
 *
 * Size 1: limbs below 2^26 + 2^17 where even, 2^25 + 2^17 where odd.
 */
#ifndef MOTE_CURVE25519_FIELD_10X26_H
#define MOTE_CURVE25519_FIELD_10X26_H

#include <stdbool.h>
#include <stdint.h>

#define FIELD_LIMBS 10

typedef struct field {
    uint32_t limb[FIELD_LIMBS];
} field;

#define FIELD_MASK_26 ((1u << 26) - 1)
#define FIELD_MASK_25 ((1u << 25) - 1)

/* Limb i begins at bit (51 i + 1) / 2. */
static inline unsigned field_limb_bits(unsigned i) {
    return i % 2 == 0 ? 26 : 25;
}

static inline uint32_t field_limb_mask(unsigned i) {
    return i % 2 == 0 ? FIELD_MASK_26 : FIELD_MASK_25;
}

/* The number of these 64-bit words, the lowest first, as an initializer. */
#define FIELD_CONSTANT(w0, w1, w2, w3)                                                             \
    {                                                                                              \
        {                                                                                          \
            UINT64_C(w0) & FIELD_MASK_26, UINT64_C(w0) >> 26 & FIELD_MASK_25,                      \
                (UINT64_C(w0) >> 51 | UINT64_C(w1) << 13) & FIELD_MASK_26,                         \
                UINT64_C(w1) >> 13 & FIELD_MASK_25, UINT64_C(w1) >> 38,                            \
                UINT64_C(w2) & FIELD_MASK_25, UINT64_C(w2) >> 25 & FIELD_MASK_26,                  \
                (UINT64_C(w2) >> 51 | UINT64_C(w3) << 13) & FIELD_MASK_25,                         \
                UINT64_C(w3) >> 12 & FIELD_MASK_26, UINT64_C(w3) >> 38 & FIELD_MASK_25             \
        }                                                                                          \
    }

static inline uint32_t field_load_u32(const uint8_t *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

/* The top bit is not part of the number; numbers from p to 2^255 - 1 are taken as they are (ZIP-215). Four bytes hold
 * a limb: at most 6 bits before it are in its first byte. */
static inline void field_from_bytes(field *out, const uint8_t bytes[32]) {
    for (unsigned i = 0; i < FIELD_LIMBS; i++) {
        unsigned from = (51 * i + 1) / 2;
        out->limb[i] = field_load_u32(bytes + from / 8) >> (from % 8) & field_limb_mask(i);
    }
}

static inline void field_carry(field *a) {
    uint32_t *limb = a->limb;
    for (unsigned i = 0; i < 9; i++) {
        limb[i + 1] += limb[i] >> field_limb_bits(i);
        limb[i] &= field_limb_mask(i);
    }
    limb[0] += 19 * (limb[9] >> 25);
    limb[9] &= FIELD_MASK_25;
}

/* The number itself, below p. */
static inline void field_to_bytes(uint8_t bytes[32], const field *a) {
    field b = *a;
    field_carry(&b);
    field_carry(&b);
    /* Now below 2p. Adding 19 carries out of the top exactly when it is p or more; then subtracting p is adding 19 and
     * leaving out the top bit. */
    uint32_t carry = 19;
    for (unsigned i = 0; i < FIELD_LIMBS; i++) carry = (b.limb[i] + carry) >> field_limb_bits(i);
    b.limb[0] += 19 * carry;
    for (unsigned i = 0; i < 9; i++) b.limb[i + 1] += b.limb[i] >> field_limb_bits(i);
    for (unsigned i = 0; i < FIELD_LIMBS; i++) b.limb[i] &= field_limb_mask(i);
    for (unsigned i = 0; i < 32; i++) bytes[i] = 0;
    for (unsigned i = 0; i < FIELD_LIMBS; i++) {
        unsigned from = (51 * i + 1) / 2;
        uint64_t shifted = (uint64_t)b.limb[i] << (from % 8);
        for (unsigned j = 0; j < 4; j++) bytes[from / 8 + j] |= (uint8_t)(shifted >> (8 * j));
    }
}

/* Limb i of five of 51 bits. */
static inline uint64_t field_limb_51(const field *a, unsigned i) {
    return a->limb[2 * i] + ((uint64_t)a->limb[2 * i + 1] << 26);
}

static inline void field_set_limb_51(field *a, unsigned i, uint64_t limb) {
    a->limb[2 * i] = (uint32_t)limb & FIELD_MASK_26;
    a->limb[2 * i + 1] = (uint32_t)(limb >> 26);
}

static inline void field_add(field *out, const field *a, const field *b) {
    for (unsigned i = 0; i < FIELD_LIMBS; i++) out->limb[i] = a->limb[i] + b->limb[i];
}

/* a - b + 2p */
static inline void field_subtract(field *out, const field *a, const field *b) {
    out->limb[0] = a->limb[0] + (2 * FIELD_MASK_26 - 36) - b->limb[0];
    for (unsigned i = 1; i < FIELD_LIMBS; i++) {
        out->limb[i] = a->limb[i] + 2 * field_limb_mask(i) - b->limb[i];
    }
}

/* a - b + 4p */
static inline void field_subtract_loose(field *out, const field *a, const field *b) {
    out->limb[0] = a->limb[0] + (4 * FIELD_MASK_26 - 72) - b->limb[0];
    for (unsigned i = 1; i < FIELD_LIMBS; i++) {
        out->limb[i] = a->limb[i] + 4 * field_limb_mask(i) - b->limb[i];
    }
}

void field_multiply(field *out, const field *a, const field *b);
void field_square(field *out, const field *a);

#endif
