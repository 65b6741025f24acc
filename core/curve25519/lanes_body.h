/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decoding of lanes.h, a point in each lane, over the arithmetic that was included before this file: LANES, vec, lanes,
 * lanes_multiply, lanes_square, lanes_settle, LANES_JOIN_51, LANES_SPLIT_51, LANES_SPLAT_51, LANES_MASK. Sums are in
 * lanes_rows.h and lanes_windows.h.
 */
#include <string.h>

/* Not inlined: what it keeps on the stack is gone when it returns. */
#define LANES_APART __attribute__((noinline))
/* One copy of it in the code, whatever it is called with. */
#ifdef __clang__
#define LANES_ONCE __attribute__((noinline))
#else
#define LANES_ONCE __attribute__((noinline, noclone))
#endif

/* --- numbers ------------------------------------------------------------------------------------------------ */

static inline void lanes_add(lanes *out, const lanes *a, const lanes *b) {
    for (unsigned i = 0; i < 5; i++) out->limb[i] = a->limb[i] + b->limb[i];
    lanes_settle(out);
}

/* a - b + 2p; b of size 1 */
static inline void lanes_subtract(lanes *out, const lanes *a, const lanes *b) {
    for (unsigned i = 0; i < 5; i++)
        out->limb[i] = a->limb[i] + 2 * LANES_SPLAT_51(P_51(i)) - b->limb[i];
    lanes_settle(out);
}

static inline void lanes_from_field(lanes *out, const field *a) {
    for (unsigned i = 0; i < 5; i++) out->limb[i] = LANES_SPLAT_51(field_limb_51(a, i));
}

static inline void carry_51(vec limb[5]) {
    for (unsigned i = 0; i < 4; i++) {
        limb[i + 1] += limb[i] >> 51;
        limb[i] &= MASK_51;
    }
    const vec over = limb[4] >> 51;
    limb[0] += over + (over << 1) + (over << 4);
    limb[4] &= MASK_51;
}

static inline void join_limbs(vec limb[5], const lanes *a) {
    for (unsigned i = 0; i < 5; i++) limb[i] = LANES_JOIN_51(a->limb[i]);
}

/* Below p, as field_to_bytes. */
static inline void canonical_51(vec limb[5], const lanes *a) {
    join_limbs(limb, a);
    carry_51(limb);
    carry_51(limb);
    vec carry = (vec){0} + 19;
    for (unsigned i = 0; i < 5; i++) carry = (limb[i] + carry) >> 51;
    limb[0] += carry * 19;
    for (unsigned i = 0; i < 4; i++) limb[i + 1] += limb[i] >> 51;
    for (unsigned i = 0; i < 5; i++) limb[i] &= MASK_51;
}

static inline vec where_zero(const lanes *a) {
    vec limb[5];
    canonical_51(limb, a);
    return (vec)((limb[0] | limb[1] | limb[2] | limb[3] | limb[4]) == 0);
}

/* --- decoding ------------------------------------------------------------------------------------------------ */

/* Numbers side by side, so that one's products fill the time in which another's are waited for. */
typedef struct numbers {
    lanes at[DECODED_VECTORS];
} numbers;

static inline void multiply_all(numbers *out, const numbers *a, const numbers *b) {
    for (unsigned i = 0; i < DECODED_VECTORS; i++)
        lanes_multiply(&out->at[i], &a->at[i], &b->at[i]);
}

static void square_all(numbers *out, const numbers *a, unsigned times) {
    *out = *a;
    while (times-- > 0) {
        for (unsigned i = 0; i < DECODED_VECTORS; i++) lanes_square(&out->at[i], &out->at[i]);
    }
}

/* out = a^(2^(times)) * b. With every use its own copy, the power below would be more code than a processor keeps at hand. */
static LANES_ONCE void square_and_multiply(numbers *out, const numbers *a, unsigned times,
                                           const numbers *b) {
    numbers t;
    square_all(&t, a, times);
    multiply_all(out, &t, b);
}

/* As field_power_p58: runs of ones are doubled in length until 250 of them stand, then 01. */
static LANES_APART void power_p58(numbers *out, const numbers *a) {
    numbers run, longer;
    square_and_multiply(&run, a, 1, a);                 /* 2^2 - 1 */
    square_and_multiply(&longer, &run, 1, a);           /* 2^3 - 1 */
    square_and_multiply(&run, &longer, 2, &run);        /* 2^5 - 1 */
    square_and_multiply(&run, &run, 5, &run);           /* 2^10 - 1 */
    square_and_multiply(&longer, &run, 10, &run);       /* 2^20 - 1 */
    square_and_multiply(&longer, &longer, 20, &longer); /* 2^40 - 1 */
    square_and_multiply(&run, &longer, 10, &run);       /* 2^50 - 1 */
    square_and_multiply(&longer, &run, 50, &run);       /* 2^100 - 1 */
    square_and_multiply(&longer, &longer, 100, &longer);
    square_and_multiply(&longer, &longer, 50, &run); /* 2^250 - 1 */
    square_and_multiply(out, &longer, 2, a);         /* 2^252 - 3 */
}

/* What the equation x^2 = u / v is about, of one vector of points. */
typedef struct ratio {
    lanes u, v;
} ratio;

/* y^2 - 1 and d y^2 + 1 */
static inline void ratio_of(ratio *r, const lanes *y) {
    lanes one, d;
    lanes_from_field(&one, &field_one);
    lanes_from_field(&d, &field_d);
    lanes_square(&r->v, y);
    lanes_subtract(&r->u, &r->v, &one);
    lanes_multiply(&r->v, &r->v, &d);
    lanes_add(&r->v, &r->v, &one);
}

/* u v^3 and u v^7 */
static inline void root_factors(lanes *uv3, lanes *uv7, const ratio *r) {
    lanes t;
    lanes_square(&t, &r->v);
    lanes_multiply(&t, &t, &r->v);
    lanes_multiply(uv3, &r->u, &t);
    lanes_square(&t, &t);
    lanes_multiply(&t, &t, &r->v);
    lanes_multiply(uv7, &r->u, &t);
}

/* x is a root of u/v or of -u/v, or there is none (mask 0); becomes the first. */
static inline vec settle_root(lanes *x, const ratio *r) {
    lanes t, sum, difference, other, root;
    lanes_square(&t, x);
    lanes_multiply(&t, &t, &r->v);
    lanes_add(&sum, &t, &r->u);
    lanes_subtract(&difference, &r->u, &t);
    const vec is_root = where_zero(&difference), is_other = where_zero(&sum);
    const vec as_is = LANES_MASK(is_root);
    lanes_from_field(&root, &field_sqrt_m1);
    lanes_multiply(&other, x, &root);
    for (unsigned i = 0; i < 5; i++) {
        x->limb[i] = select_where(as_is, x->limb[i], other.limb[i]);
    }
    return is_root | is_other;
}

/* x or -x: the one that is odd where the sign is 1. */
static inline void fit_sign(lanes *x, vec sign) {
    vec limb[5], negative[5];
    canonical_51(limb, x);
    for (unsigned i = 0; i < 5; i++) negative[i] = 2 * P_51(i) - limb[i];
    carry_51(negative);
    const vec mask = -((limb[0] ^ sign) & 1);
    for (unsigned i = 0; i < 5; i++) {
        x->limb[i] = LANES_SPLIT_51(select_where(mask, negative[i], limb[i]));
    }
}

/* --- to and from memory --- */

static uint64_t load_u64(const uint8_t *bytes) {
    uint64_t word = 0;
    for (unsigned i = 0; i < 8; i++) word |= (uint64_t)bytes[i] << (8 * i);
    return word;
}

/* Points [from, from + LANES) of the block; where there are fewer the first stands in. */
static void load_encodings(lanes *y, vec *sign, const decode_block *block, unsigned from) {
    uint64_t word[4][LANES];
    vec w[4], limb[5];
    for (unsigned j = 0; j < LANES; j++) {
        const uint8_t *bytes = block->bytes[from + j < block->count ? from + j : 0];
        for (unsigned i = 0; i < 4; i++) word[i][j] = load_u64(bytes + 8 * i);
    }
    memcpy(w, word, sizeof w);
    limb[0] = w[0] & MASK_51;
    limb[1] = (w[0] >> 51 | w[1] << 13) & MASK_51;
    limb[2] = (w[1] >> 38 | w[2] << 26) & MASK_51;
    limb[3] = (w[2] >> 25 | w[3] << 39) & MASK_51;
    limb[4] = w[3] >> 12 & MASK_51;
    for (unsigned i = 0; i < 5; i++) y->limb[i] = LANES_SPLIT_51(limb[i]);
    *sign = w[3] >> 63;
}

static void store_limbs(uint64_t limb[5][LANES], const lanes *a) {
    vec joined[5];
    join_limbs(joined, a);
    carry_51(joined);
    memcpy(limb, joined, sizeof joined);
}

static void store_points(decode_block *block, unsigned from, const lanes *x, const lanes *y) {
    lanes t, d2;
    uint64_t plus[5][LANES], minus[5][LANES], xy2d[5][LANES];
    lanes_add(&t, y, x);
    store_limbs(plus, &t);
    lanes_subtract(&t, y, x);
    store_limbs(minus, &t);
    lanes_multiply(&t, x, y);
    lanes_from_field(&d2, &field_d2);
    lanes_multiply(&t, &t, &d2);
    store_limbs(xy2d, &t);
    for (unsigned j = 0; j < LANES && from + j < block->count; j++) {
        affine_point *out = block->out[from + j];
        for (unsigned i = 0; i < 5; i++) {
            field_set_limb_51(&out->y_plus_x, i, plus[i][j]);
            field_set_limb_51(&out->y_minus_x, i, minus[i][j]);
            field_set_limb_51(&out->xy2d, i, xy2d[i][j]);
        }
    }
}

static LANES_APART void finish_points(decode_block *block, unsigned from, const lanes *root) {
    lanes x = *root, y;
    vec sign;
    ratio r;
    uint64_t ok[LANES];
    load_encodings(&y, &sign, block, from);
    ratio_of(&r, &y);
    const vec is_point = settle_root(&x, &r);
    fit_sign(&x, sign);
    memcpy(ok, &is_point, sizeof ok);
    for (unsigned j = 0; j < LANES && from + j < block->count; j++) {
        block->ok[from + j] = ok[j] != 0;
    }
    store_points(block, from, &x, &y);
}

static LANES_APART void begin_points(lanes *uv3, lanes *uv7, const decode_block *block,
                                     unsigned from) {
    lanes y;
    vec sign;
    ratio r;
    load_encodings(&y, &sign, block, from);
    ratio_of(&r, &y);
    root_factors(uv3, uv7, &r);
}

/* x = u v^3 (u v^7)^((p-5)/8). What is cheap is computed again rather than kept. */
static void decode_some(decode_block *block, unsigned from) {
    numbers uv3, uv7;
    for (unsigned i = 0; i < DECODED_VECTORS; i++) {
        begin_points(&uv3.at[i], &uv7.at[i], block, from + LANES * i);
    }
    power_p58(&uv7, &uv7);
    multiply_all(&uv7, &uv7, &uv3);
    for (unsigned i = 0; i < DECODED_VECTORS; i++) {
        finish_points(block, from + LANES * i, &uv7.at[i]);
    }
}

void LANES_NAME(decode)(decode_block *block) {
    for (unsigned from = 0; from < block->count; from += LANES * DECODED_VECTORS) {
        decode_some(block, from);
    }
}

/* --- powers alone --- */

static void load_fields(lanes *out, const field *all, unsigned from, unsigned count) {
    uint64_t limb[5][LANES];
    vec loaded[5];
    for (unsigned j = 0; j < LANES; j++) {
        const field *a = &all[from + j < count ? from + j : 0];
        for (unsigned i = 0; i < 5; i++) limb[i][j] = field_limb_51(a, i);
    }
    memcpy(loaded, limb, sizeof loaded);
    for (unsigned i = 0; i < 5; i++) out->limb[i] = LANES_SPLIT_51(loaded[i]);
}

static void store_fields(field *all, unsigned from, unsigned count, const lanes *a) {
    uint64_t limb[5][LANES];
    store_limbs(limb, a);
    for (unsigned j = 0; j < LANES && from + j < count; j++) {
        for (unsigned i = 0; i < 5; i++) field_set_limb_51(&all[from + j], i, limb[i][j]);
    }
}

void LANES_NAME(powers)(field *all, unsigned count) {
    for (unsigned from = 0; from < count; from += LANES * DECODED_VECTORS) {
        numbers some;
        for (unsigned i = 0; i < DECODED_VECTORS; i++) {
            load_fields(&some.at[i], all, from + LANES * i, count);
        }
        power_p58(&some, &some);
        for (unsigned i = 0; i < DECODED_VECTORS; i++) {
            store_fields(all, from + LANES * i, count, &some.at[i]);
        }
    }
}
