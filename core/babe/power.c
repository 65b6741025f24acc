/* SPDX-License-Identifier: Apache-2.0 */
/*
 * x to the power of y exactly as nodes get it from their C library.
 *
 * A node's threshold is an f64 from Rust's powf, which is the pow of the system: on Linux glibc, since 2.28, on
 * processors with fused multiply-add. That pow is not correctly rounded (one result in about 2300 is the neighbour), so
 * computing better would give other thresholds. It is deterministic, though: here are its operations in their order,
 * each rounded as the processor rounds it. docs/design-validation.md, "BABE", says how the order was found and checked.
 *
 * The algorithm and the coefficients of its polynomials are those of Arm Optimized Routines' pow
 * (MIT OR Apache-2.0 WITH LLVM-exception): log x as a table's entry and a polynomial, in two numbers; times y; exp as
 * another table's entry and a polynomial. Without the branches for what a threshold never has: x and y that are
 * negative, zero, infinite or so extreme that the result overflows or vanishes.
 */
#include "binary64.h"
#include "power_tables.h"

#define bits mote_babe_b64_of_bits
#define add mote_babe_b64_add
#define sub mote_babe_b64_subtract
#define mul mote_babe_b64_multiply
#define fma mote_babe_b64_fma
#define neg mote_babe_b64_negate

static const uint64_t log_coefficient[7] = {
    0xbfe0000000000000, 0xbfe5555555555560, 0x3fe0000000000006, 0x3fe999999959554e,
    0xbfe555555529a47a, 0xbff2495b9b4845e9, 0x3ff0002b8b263fc3};
static const uint64_t exp_coefficient[4] = {0x3fdffffffffffdbd, 0x3fc555555555543c,
                                            0x3fa55555cf172b91, 0x3f81111167a4d017};
static const uint64_t ln2_high = 0x3fe62e42fefa3800, ln2_low = 0x3d2ef35793c76730;
static const uint64_t inverse_ln2_128 = 0x40671547652b82fe; /* 128 / ln 2 */
static const uint64_t minus_ln2_128_high = 0xbf762e42fefa0000,
                      minus_ln2_128_low = 0xbd0cf79abc9e3b3a;
static const uint64_t shift_to_whole =
    0x4338000000000000; /* 1.5 * 2^52: a sum's low bits are whole */
static const uint64_t one_bits = 0x3ff0000000000000;

typedef struct pair {
    binary64 high, low;
} pair;

static binary64 log_polynomial(binary64 r, binary64 ar2) {
    const uint64_t *a = log_coefficient;
    binary64 highest = fma(r, bits(a[6]), bits(a[5]));
    binary64 middle = fma(ar2, highest, fma(r, bits(a[4]), bits(a[3])));
    return fma(ar2, middle, fma(r, bits(a[2]), bits(a[1])));
}

/* log x = k ln 2 + log c + log(z/c), x = 2^k z, r = z/c - 1 */
static pair logarithm(binary64 x) {
    uint64_t from_start = mote_babe_b64_bits(x) - POWER_START;
    unsigned i = (unsigned)(from_start >> 45) % POWER_INTERVALS;
    int32_t k = (int32_t)(from_start >> 52);
    if (k >= 2048) k -= 4096;
    binary64 whole = mote_babe_b64_of_int(k), z = x;
    z.exponent -= k;
    binary64 inverse = mote_babe_b64_of_u64(power_inverse[i]);
    inverse.exponent -= 8;
    binary64 r = fma(z, inverse, neg(bits(one_bits)));
    binary64 t1 = fma(whole, bits(ln2_high), bits(power_log_c[i]));
    binary64 t2 = add(t1, r);
    binary64 low1 = fma(whole, bits(ln2_low), bits(power_log_c_tail[i]));
    binary64 low2 = add(sub(t1, t2), r);
    binary64 ar = mul(bits(log_coefficient[0]), r), ar2 = mul(r, ar), ar3 = mul(r, ar2);
    binary64 high = add(t2, ar2);
    binary64 low3 = fma(ar, r, neg(ar2)), low4 = add(sub(t2, high), ar2);
    binary64 low = add(add(add(low1, low2), low3), low4);
    low = fma(ar3, log_polynomial(r, ar2), low);
    binary64 result = add(high, low);
    return (pair){result, add(sub(high, result), low)};
}

static binary64 exponential(pair x) {
    /* Below 2^-54 the result is 1 and what x adds is less than half a place of it. */
    if (x.high.significand == 0 || x.high.exponent + 52 < -54) return bits(one_bits);
    binary64 shifted = fma(bits(inverse_ln2_128), x.high, bits(shift_to_whole));
    uint64_t k = mote_babe_b64_bits(shifted);
    binary64 whole = sub(shifted, bits(shift_to_whole));
    binary64 r = fma(whole, bits(minus_ln2_128_low), fma(whole, bits(minus_ln2_128_high), x.high));
    r = add(r, x.low);
    unsigned i = (unsigned)(k % POWER_INTERVALS);
    binary64 scale = bits(power_exp_scale[i] + (k << 45)), r2 = mul(r, r);
    const uint64_t *c = exp_coefficient;
    binary64 sum = fma(r2, fma(r, bits(c[1]), bits(c[0])), add(bits(power_exp_tail[i]), r));
    sum = fma(mul(r2, r2), fma(r, bits(c[3]), bits(c[2])), sum);
    return fma(scale, sum, scale);
}

binary64 mote_babe_b64_power(binary64 x, binary64 y) {
    pair log_x = logarithm(x), product;
    product.high = mul(y, log_x.high);
    product.low = fma(y, log_x.low, fma(y, log_x.high, neg(product.high)));
    return exponential(product);
}
