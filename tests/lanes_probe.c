/* SPDX-License-Identifier: Apache-2.0 */
/* Compiled for each back end, with its flags: LANES_HEADER is its arithmetic, PROBED what is made here. */
#include "lanes_probe.h"

#include "lanes.h"

#include LANES_HEADER

/* The functions of lanes_body.h are there a second time, under names of their own. */
#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)
#undef LANES_NAME
#define LANES_NAME(name) JOIN(PROBE, name)
void LANES_NAME(decode)(decode_block *block);
void LANES_NAME(powers)(field *all, unsigned count);
void LANES_NAME(row)(lane_row *out, const affine_point *a);
void LANES_NAME(put)(lane_row *const bucket[MOST_WINDOWS], const lane_row *row,
                     const digit_block *digits);
void LANES_NAME(sum)(point out[MOST_WINDOWS], lane_row *const bucket[MOST_WINDOWS], size_t buckets);
#include "lanes_body.h"
#if LANES == 2
#include "lanes_windows.h"
#else
#include "lanes_rows.h"
#endif

/* What the arithmetic's header promises. */
#ifdef MOTE_WITH_AVX512
#define PROBED_BACKEND MOTE_BACKEND_AVX512
#define LARGEST_FIRST ((UINT64_C(1) << 52) - 1)
#define LARGEST_SECOND ((UINT64_C(1) << 52) - 1)
#define LARGEST_1 ((UINT64_C(1) << 51) + (1u << 16) - 1)
#else
#if defined(MOTE_WITH_SIMD128)
#define PROBED_BACKEND MOTE_BACKEND_SIMD128
#elif defined(MOTE_WITH_AVX2)
#define PROBED_BACKEND MOTE_BACKEND_AVX2
#else
#define PROBED_BACKEND MOTE_BACKEND_NEON
#endif
#define OF_SIZE(n)                                                                                 \
    ((n) * ((UINT64_C(1) << 26) + (1u << 17) - 1) | (n) * ((UINT64_C(1) << 25) + (1u << 17) - 1)   \
                                                        << 32)
#define LARGEST_FIRST OF_SIZE(10)
#define LARGEST_SECOND OF_SIZE(LANES == 2 ? 2 : 3)
#define LARGEST_1 OF_SIZE(1)
#endif

#if LANES == 2
/* As numbers lie in memory. */
static void load(lanes *out, const lane_number *in) {
    field a[LANES];
    memcpy(a[0].limb, in[0].limb, sizeof a[0].limb);
    memcpy(a[1].limb, in[1].limb, sizeof a[1].limb);
    load_two(out, &a[0], &a[1]);
}

static void store(lane_number *out, const lanes *in) {
    field a[LANES];
    store_two(&a[0], &a[1], in);
    memcpy(out[0].limb, a[0].limb, sizeof a[0].limb);
    memcpy(out[1].limb, a[1].limb, sizeof a[1].limb);
}

static uint64_t split(uint64_t limb) {
    return (limb & MASK_26) | limb >> 26 << 32;
}

static uint64_t join(uint64_t limb) {
    return (limb & UINT32_MAX) + (limb >> 32 << 26);
}
#else
static void load(lanes *out, const lane_number *in) {
    uint64_t limb[5][LANES];
    for (unsigned j = 0; j < LANES; j++) {
        for (unsigned i = 0; i < 5; i++) limb[i][j] = in[j].limb[i];
    }
    memcpy(out->limb, limb, sizeof limb);
}

static void store(lane_number *out, const lanes *in) {
    uint64_t limb[5][LANES];
    memcpy(limb, in->limb, sizeof limb);
    for (unsigned j = 0; j < LANES; j++) {
        for (unsigned i = 0; i < 5; i++) out[j].limb[i] = limb[i][j];
    }
}

static uint64_t split(uint64_t limb) {
    return LANES_SPLIT_51(limb);
}

static uint64_t join(uint64_t limb) {
    return LANES_JOIN_51(limb);
}
#endif

static void multiply(lane_number *out, const lane_number *a, const lane_number *b) {
    lanes left, right;
    load(&left, a);
    load(&right, b);
    lanes_multiply(&left, &left, &right);
    store(out, &left);
}

static void square(lane_number *out, const lane_number *a) {
    lanes t;
    load(&t, a);
    lanes_square(&t, &t);
    store(out, &t);
}

static void add(lane_number *out, const lane_number *a, const lane_number *b) {
    lanes left, right;
    load(&left, a);
    load(&right, b);
    lanes_add(&left, &left, &right);
    store(out, &left);
}

static void subtract(lane_number *out, const lane_number *a, const lane_number *b) {
    lanes left, right;
    load(&left, a);
    load(&right, b);
    lanes_subtract(&left, &left, &right);
    store(out, &left);
}

static void canonical(uint64_t (*out)[5], const lane_number *a) {
    lanes t;
    vec limb[5];
    uint64_t stored[5][LANES];
    load(&t, a);
    canonical_51(limb, &t);
    memcpy(stored, limb, sizeof stored);
    for (unsigned j = 0; j < LANES; j++) {
        for (unsigned i = 0; i < 5; i++) out[j][i] = stored[i][j];
    }
}

static void is_zero(uint64_t *mask, const lane_number *a) {
    lanes t;
    load(&t, a);
    const vec zero = where_zero(&t);
    memcpy(mask, &zero, sizeof zero);
}

const lanes_probe PROBED = {.backend = PROBED_BACKEND,
                            .lanes = LANES,
                            .largest_first = LARGEST_FIRST,
                            .largest_second = LARGEST_SECOND,
                            .largest_1 = LARGEST_1,
                            .split = split,
                            .join = join,
                            .multiply = multiply,
                            .square = square,
                            .add = add,
                            .subtract = subtract,
                            .canonical = canonical,
                            .is_zero = is_zero};
