/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every back end's a A + b B against the portable code's: any points, those of small order among them, scalars and digits
 * at their bounds, any number of pairs. A back end that this machine cannot run is skipped, and says so.
 */
#include "pairs.h"

#include <sodium.h>

#include "fixture.h"

#define MOST 40u

static mote_backend backend_of(void **state) {
    const mote_backend backend = *(const mote_backend *)*state;
    if (!mote_backend_runs_here(backend)) {
        print_message("back end %s: not run here\n", mote_backend_name(backend));
        skip();
    }
    return backend;
}

static void random_bytes(uint8_t *out, size_t size, uint64_t *random) {
    for (size_t i = 0; i < size; i++) out[i] = (uint8_t)fixture_random(random);
}

/* In any coordinates; one in four of small order. */
static point random_point(uint64_t *random) {
    affine_point decoded;
    uint8_t bytes[32];
    point out;
    do {
        random_bytes(bytes, sizeof bytes, random);
        if (fixture_random(random) % 4 == 0) {
            memset(bytes, 0, sizeof bytes);
            bytes[0] = (uint8_t)(fixture_random(random) % 2);
        }
    } while (!affine_point_decode(&decoded, bytes));
    point_from_affine(&out, &decoded, fixture_random(random) % 2 == 0);
    if (fixture_random(random) % 2 == 0) {
        point_double_times(&out, &out, 1 + (unsigned)(fixture_random(random) % 3));
    }
    return out;
}

/* Below l; digits of 0, 7, 8 and 15 throughout, few bits, l - 1. */
static void random_scalar(uint8_t scalar[32], uint64_t *random) {
    static const uint8_t largest[32] = {0xec, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58,
                                        0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
                                        0,    0,    0,    0,    0,    0,    0,    0,
                                        0,    0,    0,    0,    0,    0,    0,    0x10};
    static const uint8_t all[] = {0, 0x77, 0x88, 0xff, 0x78, 0x87};
    const uint64_t kind = fixture_random(random) % 12;
    random_bytes(scalar, 32, random);
    if (kind < sizeof all) memset(scalar, all[kind], 32);
    if (kind == sizeof all) memset(scalar + 1, 0, 31);
    scalar[31] &= 0x0f;
    if (kind == sizeof all + 1) memcpy(scalar, largest, 32);
}

static void assert_same_field(const field *a, const field *b) {
    uint8_t left[32], right[32];
    field_to_bytes(left, a);
    field_to_bytes(right, b);
    assert_memory_equal(left, right, 32);
}

/* X / Z, Y / Z and X Y = Z T */
static void assert_same_point(const point *a, const point *b) {
    field left, right;
    field_multiply(&left, &a->X, &b->Z);
    field_multiply(&right, &b->X, &a->Z);
    assert_same_field(&left, &right);
    field_multiply(&left, &a->Y, &b->Z);
    field_multiply(&right, &b->Y, &a->Z);
    assert_same_field(&left, &right);
    field_multiply(&left, &a->X, &a->Y);
    field_multiply(&right, &a->Z, &a->T);
    assert_same_field(&left, &right);
    assert_false(field_is_zero(&a->Z));
}

static void pairs_like_the_portable_ones(void **state) {
    const mote_backend backend = backend_of(state);
    static point points[2 * MOST], expected[MOST], sums[MOST];
    static point_pair pairs[MOST];
    static pair_memory memory;
    uint64_t random = 25519;
    for (size_t round = 0; round < fixture_times(300); round++) {
        const size_t count = fixture_random(&random) % (MOST + 1);
        for (size_t i = 0; i < count; i++) {
            const bool base = fixture_random(&random) % 3 == 0;
            points[2 * i] = random_point(&random);
            points[2 * i + 1] = random_point(&random);
            pairs[i].A = &points[2 * i];
            pairs[i].B = base ? NULL : &points[2 * i + 1];
            pairs[i].sum = &expected[i];
            random_scalar(pairs[i].a, &random);
            random_scalar(pairs[i].b, &random);
        }
        point_pairs_multiply(MOTE_BACKEND_PORTABLE, pairs, count, &memory);
        for (size_t i = 0; i < count; i++) pairs[i].sum = &sums[i];
        point_pairs_multiply(backend, pairs, count, &memory);
        for (size_t i = 0; i < count; i++) assert_same_point(&sums[i], &expected[i]);
    }
}

int main(void) {
    static mote_backend neon = MOTE_BACKEND_NEON, avx2 = MOTE_BACKEND_AVX2,
                        avx512 = MOTE_BACKEND_AVX512;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(pairs_like_the_portable_ones, &neon),
        cmocka_unit_test_prestate(pairs_like_the_portable_ones, &avx2),
        cmocka_unit_test_prestate(pairs_like_the_portable_ones, &avx512),
    };
    assert_true(sodium_init() >= 0);
    return cmocka_run_group_tests_name("unit/pairs", tests, NULL, NULL);
}
