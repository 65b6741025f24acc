/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Arithmetic of binary64 in integers. Everything goes through one sum of a product and a number, in 192 bits: both are
 * put at the top, the smaller is moved down with whatever falls out kept as one sticky bit, and the result is rounded
 * once. Sound because the product has at most 106 bits and the number 53: where a bit falls out, the two are at least
 * 86 places apart, so that at most one leading bit is cancelled and the sticky bit stays far below the rounded ones.
 */
#include "binary64.h"

#include <string.h>

#define SIGNIFICAND_BITS 53
#define HIDDEN_BIT (UINT64_C(1) << 52)
#define BIAS 1075 /* of an exponent for an integer significand */
#define WIDE_BITS 192
#define WIDE_TOP 189 /* the place of the leading bit: two above it for a carry */

typedef struct wide {
    uint64_t limb[3]; /* the lowest first */
} wide;

binary64 mote_babe_b64_of_bits(uint64_t bits) {
    binary64 out = {0, 0, (bits >> 63) != 0};
    int32_t exponent = (int32_t)((bits >> 52) & 0x7ff);
    if (exponent == 0) return out;
    out.significand = (bits & (HIDDEN_BIT - 1)) | HIDDEN_BIT;
    out.exponent = exponent - BIAS;
    return out;
}

uint64_t mote_babe_b64_bits(binary64 a) {
    uint64_t sign = a.negative ? UINT64_C(1) << 63 : 0;
    if (a.significand == 0) return sign;
    return sign | (uint64_t)(uint32_t)(a.exponent + BIAS) << 52 |
           (a.significand & (HIDDEN_BIT - 1));
}

/* --- 192 bits ------------------------------------------------------------------------------------------- */
static wide multiply_64(uint64_t a, uint64_t b) {
    uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
    uint64_t low = a0 * b0, middle = a1 * b0 + (low >> 32), other = a0 * b1 + (uint32_t)middle;
    wide out = {{other << 32 | (uint32_t)low, a1 * b1 + (middle >> 32) + (other >> 32), 0}};
    return out;
}

/* -1 for zero */
static int leading_bit(const wide *a) {
    for (int i = 2; i >= 0; i--) {
        int place = 63;
        if (a->limb[i] == 0) continue;
        while (a->limb[i] >> place == 0) place--;
        return i * 64 + place;
    }
    return -1;
}

static void shift_up(wide *a, int places) {
    for (; places >= 64; places -= 64) {
        a->limb[2] = a->limb[1];
        a->limb[1] = a->limb[0];
        a->limb[0] = 0;
    }
    if (places == 0) return;
    a->limb[2] = a->limb[2] << places | a->limb[1] >> (64 - places);
    a->limb[1] = a->limb[1] << places | a->limb[0] >> (64 - places);
    a->limb[0] <<= places;
}

/* What falls out leaves its mark in the lowest bit. */
static void shift_down_sticky(wide *a, int places) {
    bool lost = false;
    if (places >= WIDE_BITS) places = WIDE_BITS;
    for (; places >= 64; places -= 64) {
        lost |= a->limb[0] != 0;
        a->limb[0] = a->limb[1];
        a->limb[1] = a->limb[2];
        a->limb[2] = 0;
    }
    if (places != 0) {
        lost |= a->limb[0] << (64 - places) != 0;
        a->limb[0] = a->limb[0] >> places | a->limb[1] << (64 - places);
        a->limb[1] = a->limb[1] >> places | a->limb[2] << (64 - places);
        a->limb[2] >>= places;
    }
    if (lost) a->limb[0] |= 1;
}

static void add_wide(wide *a, const wide *b) {
    uint64_t carry = 0;
    for (int i = 0; i < 3; i++) {
        uint64_t sum = a->limb[i] + carry;
        carry = sum < carry;
        a->limb[i] = sum + b->limb[i];
        carry += a->limb[i] < sum;
    }
}

/* a - b for a >= b */
static void subtract_wide(wide *a, const wide *b) {
    uint64_t borrow = 0;
    for (int i = 0; i < 3; i++) {
        uint64_t taken = b->limb[i] + borrow;
        uint64_t next = (taken < borrow) | (a->limb[i] < taken);
        a->limb[i] -= taken;
        borrow = next;
    }
}

static bool below(const wide *a, const wide *b) {
    for (int i = 2; i >= 0; i--) {
        if (a->limb[i] != b->limb[i]) return a->limb[i] < b->limb[i];
    }
    return false;
}

/* --- rounding ------------------------------------------------------------------------------------------- */
typedef struct unrounded {
    wide value;
    int32_t exponent; /* of the lowest bit */
    bool negative;
} unrounded;

static binary64 round_to_even(unrounded a) {
    binary64 out = {0, 0, false};
    int top = leading_bit(&a.value);
    if (top < 0) return out;
    /* The leading bit goes to WIDE_BITS - 1: the significand and a bit below it fill the highest limb's top. */
    shift_up(&a.value, WIDE_BITS - 1 - top);
    uint64_t high = a.value.limb[2];
    bool rest = (high & 0x3ff) != 0 || a.value.limb[1] != 0 || a.value.limb[0] != 0;
    uint64_t significand = high >> 11;
    if ((high & 0x400) != 0 && (rest || (significand & 1) != 0)) significand++;
    out.negative = a.negative;
    out.exponent = a.exponent + top - (SIGNIFICAND_BITS - 1);
    if (significand >> SIGNIFICAND_BITS != 0) {
        significand >>= 1;
        out.exponent++;
    }
    out.significand = significand;
    return out;
}

static unrounded at_the_top(wide value, int32_t exponent, bool negative) {
    unrounded out = {value, exponent, negative};
    int places = WIDE_TOP - leading_bit(&value);
    shift_up(&out.value, places);
    out.exponent -= places;
    return out;
}

static binary64 sum(unrounded a, unrounded b) {
    if (a.exponent < b.exponent) {
        unrounded swap = a;
        a = b;
        b = swap;
    }
    int32_t apart = a.exponent - b.exponent;
    shift_down_sticky(&b.value, apart > WIDE_BITS ? WIDE_BITS : apart);
    if (a.negative == b.negative) {
        add_wide(&a.value, &b.value);
    } else if (below(&a.value, &b.value)) {
        subtract_wide(&b.value, &a.value);
        a.value = b.value;
        a.negative = b.negative;
    } else {
        subtract_wide(&a.value, &b.value);
    }
    return round_to_even(a);
}

/* --- operations ------------------------------------------------------------------------------------------ */
binary64 mote_babe_b64_of_u64(uint64_t value) {
    unrounded whole = {{{value, 0, 0}}, 0, false};
    return round_to_even(whole);
}

binary64 mote_babe_b64_of_int(int32_t value) {
    uint32_t magnitude = value < 0 ? 0u - (uint32_t)value : (uint32_t)value;
    binary64 out = mote_babe_b64_of_u64(magnitude);
    out.negative = value < 0;
    return out;
}

binary64 mote_babe_b64_negate(binary64 a) {
    a.negative = !a.negative;
    return a;
}

binary64 mote_babe_b64_fma(binary64 a, binary64 b, binary64 c) {
    wide product = multiply_64(a.significand, b.significand), number = {{c.significand, 0, 0}};
    bool negative = a.negative != b.negative;
    int32_t exponent = a.exponent + b.exponent;
    if (a.significand == 0 || b.significand == 0) return c;
    if (c.significand == 0) return round_to_even((unrounded){product, exponent, negative});
    return sum(at_the_top(product, exponent, negative), at_the_top(number, c.exponent, c.negative));
}

static const binary64 one = {HIDDEN_BIT, -52, false};
static const binary64 zero = {0, 0, false};

binary64 mote_babe_b64_add(binary64 a, binary64 b) {
    return a.significand == 0 ? b : mote_babe_b64_fma(a, one, b);
}

binary64 mote_babe_b64_subtract(binary64 a, binary64 b) {
    return mote_babe_b64_add(a, mote_babe_b64_negate(b));
}

binary64 mote_babe_b64_multiply(binary64 a, binary64 b) {
    return mote_babe_b64_fma(a, b, zero);
}

/* 63 bits of the quotient, the last one sticky: ten more than are kept. */
binary64 mote_babe_b64_divide(binary64 a, binary64 b) {
    uint64_t quotient = 0, rest = a.significand;
    for (int i = 0; i < 62; i++) {
        quotient <<= 1;
        if (rest >= b.significand) {
            rest -= b.significand;
            quotient |= 1;
        }
        rest <<= 1;
    }
    quotient = quotient << 1 | (rest != 0);
    unrounded whole = {{{quotient, 0, 0}}, a.exponent - b.exponent - 62, a.negative != b.negative};
    return round_to_even(whole);
}
