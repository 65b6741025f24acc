/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every back end against the portable code: arithmetic at its bounds and on random numbers, decoding of every encoding
 * near an edge and of random ones, sums of all sizes, hashes of all sizes. (That the portable code is right is
 * unit/ed25519's and unit/hash's to show.) A back end that this machine cannot run is skipped, and says so.
 */
#include "lanes_probe.h"

#include <sodium.h>

#include "ed25519_cases.h"
#include "fixture.h"
#include "many.h"
#include "multiscalar.h"

/* The back end that a test is about, or the test ends as skipped. */
static mote_backend backend_of(void **state) {
    const mote_backend backend = *(const mote_backend *)*state;
    if (!mote_backend_runs_here(backend)) {
        print_message("back end %s: not run here\n", mote_backend_name(backend));
        skip();
    }
    return backend;
}

static const lanes_probe *probe_of(mote_backend backend) {
    switch (backend) {
#ifdef MOTE_WITH_AVX512
    case MOTE_BACKEND_AVX512: return &mote_probe_avx512;
#endif
#ifdef MOTE_WITH_AVX2
    case MOTE_BACKEND_AVX2: return &mote_probe_avx2;
#endif
#ifdef MOTE_WITH_NEON
    case MOTE_BACKEND_NEON: return &mote_probe_neon;
#endif
#ifdef MOTE_WITH_SIMD128
    case MOTE_BACKEND_SIMD128: return &mote_probe_simd128;
#endif
    default: return NULL;
    }
}

/* --- numbers ------------------------------------------------------------------------------------------------- */

static void bytes_of(uint8_t bytes[32], const lanes_probe *probe, const lane_number *a) {
    field joined;
    for (unsigned i = 0; i < 5; i++) field_set_limb_51(&joined, i, probe->join(a->limb[i]));
    field_carry(&joined);
    field_to_bytes(bytes, &joined);
}

static field field_of(const lanes_probe *probe, const lane_number *a) {
    uint8_t bytes[32];
    field out;
    bytes_of(bytes, probe, a);
    field_from_bytes(&out, bytes);
    return out;
}

static void assert_same_number(const lanes_probe *probe, const lane_number *a, const field *b) {
    uint8_t left[32], right[32];
    bytes_of(left, probe, a);
    field_to_bytes(right, b);
    assert_memory_equal(left, right, 32);
}

/* No part of a limb above what a number of size 1 may have. */
static void assert_size_1(const lanes_probe *probe, const lane_number *a) {
    for (unsigned i = 0; i < 5; i++) {
        if (probe->split(UINT64_MAX >> 13) >> 32 == UINT64_MAX >> 45) {
            assert_true(a->limb[i] <= probe->largest_1);
        } else {
            assert_true((uint32_t)a->limb[i] <= (uint32_t)probe->largest_1);
            assert_true(a->limb[i] >> 32 <= probe->largest_1 >> 32);
        }
    }
}

/* Everything that is done with two numbers, all lanes with the same or each with its own. */
static void assert_arithmetic(const lanes_probe *probe, const lane_number *a,
                              const lane_number *b) {
    lane_number product[MOST_LANES], square[MOST_LANES], sum[MOST_LANES], difference[MOST_LANES];
    uint64_t canonical[MOST_LANES][5], zero[MOST_LANES];
    probe->multiply(product, a, b);
    probe->square(square, b);
    probe->add(sum, a, b);
    probe->subtract(difference, a, product); /* what is taken away is of size 1 */
    probe->canonical(canonical, a);
    probe->is_zero(zero, a);
    for (unsigned j = 0; j < probe->lanes; j++) {
        const field left = field_of(probe, &a[j]), right = field_of(probe, &b[j]);
        field expected, whole;
        uint8_t bytes[32], own[32];
        field_multiply(&whole, &left, &right);
        assert_same_number(probe, &product[j], &whole);
        assert_size_1(probe, &product[j]);
        field_square(&expected, &right);
        assert_same_number(probe, &square[j], &expected);
        assert_size_1(probe, &square[j]);
        field_add(&expected, &left, &right);
        assert_same_number(probe, &sum[j], &expected);
        field_subtract(&expected, &left, &whole);
        assert_same_number(probe, &difference[j], &expected);
        field_to_bytes(bytes, &left);
        for (unsigned i = 0; i < 5; i++) {
            assert_true(canonical[j][i] >> 51 == 0);
            field_set_limb_51(&expected, i, canonical[j][i]);
        }
        field_to_bytes(own, &expected);
        assert_memory_equal(own, bytes, 32);
        assert_int_equal(zero[j] != 0, field_is_zero(&left));
        assert_true(zero[j] == 0 || zero[j] == UINT64_MAX);
    }
}

#define EDGES 32u

/* Numbers near 0, p and 2^255, single bits, and limbs as small and as large as they may be. */
static size_t edges(lane_number out[EDGES], const lanes_probe *probe, uint64_t largest) {
    static const uint64_t lowest[] = {0, 1, 2, 18, 19, 20, 37, 38, 39};
    const uint64_t all = (UINT64_C(1) << 51) - 1;
    size_t count = 0;
    memset(out, 0, EDGES * sizeof *out);
    for (size_t i = 0; i < sizeof lowest / sizeof lowest[0]; i++) {
        out[count++].limb[0] = probe->split(lowest[i]);
        for (unsigned k = 0; k < 5; k++) out[count].limb[k] = probe->split(all);
        out[count++].limb[0] = probe->split(all - lowest[i]); /* p is all - 18 */
    }
    for (unsigned k = 0; k < 5; k++) {
        out[count++].limb[k] = largest;
        out[count++].limb[k] = probe->split(UINT64_C(1) << 50);
    }
    for (unsigned k = 0; k < 5; k++) out[count].limb[k] = largest;
    count++;
    for (unsigned k = 0; k < 5; k++) out[count].limb[k] = probe->largest_1;
    count++;
    assert_true(count <= EDGES);
    return count;
}

static void arithmetic_at_its_bounds(void **state) {
    const lanes_probe *probe = probe_of(backend_of(state));
    lane_number first[EDGES], second[EDGES], a[MOST_LANES], b[MOST_LANES];
    const size_t firsts = edges(first, probe, probe->largest_first);
    const size_t seconds = edges(second, probe, probe->largest_second);
    for (size_t x = 0; x < firsts; x++) {
        for (size_t y = 0; y < seconds; y++) {
            for (unsigned j = 0; j < probe->lanes; j++) {
                a[j] = first[(x + j) % firsts]; /* every lane its own */
                b[j] = second[(y + 5 * j) % seconds];
            }
            assert_arithmetic(probe, a, b);
        }
    }
}

/* Limbs of any size that is allowed; one number in eight near an edge. */
static lane_number random_number(const lanes_probe *probe, uint64_t largest, uint64_t *random) {
    lane_number out, edge[EDGES];
    if (fixture_random(random) % 8 == 0) {
        const size_t count = edges(edge, probe, largest);
        return edge[fixture_random(random) % count];
    }
    for (unsigned i = 0; i < 5; i++) {
        const uint64_t bits = fixture_random(random);
        out.limb[i] = probe->split(bits >> 13);
    }
    return out;
}

/* Ten million operations with MOTE_TEST_EFFORT=long: five on each pair. */
static void arithmetic_on_random_numbers(void **state) {
    const lanes_probe *probe = probe_of(backend_of(state));
    uint64_t random = 255;
    const size_t pairs = fixture_times(250000);
    for (size_t done = 0; done < pairs; done += probe->lanes) {
        lane_number a[MOST_LANES], b[MOST_LANES];
        for (unsigned j = 0; j < probe->lanes; j++) {
            a[j] = random_number(probe, probe->largest_first, &random);
            b[j] = random_number(probe, probe->largest_second, &random);
        }
        assert_arithmetic(probe, a, b);
    }
}

/* --- points -------------------------------------------------------------------------------------------------- */

static void assert_same_field(const field *a, const field *b) {
    uint8_t left[32], right[32];
    field_to_bytes(left, a);
    field_to_bytes(right, b);
    assert_memory_equal(left, right, 32);
}

/* The whole block by the back end says what each encoding alone says. */
static void assert_decodes(mote_backend backend, uint8_t (*bytes)[32], unsigned count) {
    decode_block block;
    affine_point out[DECODED_AT_ONCE];
    block.count = count;
    for (unsigned i = 0; i < count; i++) {
        block.bytes[i] = bytes[i];
        block.out[i] = &out[i];
    }
    affine_points_decode(backend, &block);
    for (unsigned i = 0; i < count; i++) {
        affine_point expected;
        assert_int_equal(block.ok[i], affine_point_decode(&expected, bytes[i]));
        if (!block.ok[i]) continue;
        assert_same_field(&out[i].y_plus_x, &expected.y_plus_x);
        assert_same_field(&out[i].y_minus_x, &expected.y_minus_x);
        assert_same_field(&out[i].xy2d, &expected.xy2d);
    }
}

/* y from 0 on, and down from 2^255 - 1, through the encodings that are not canonical and p; both signs. */
static void decoding_near_the_edges(void **state) {
    const mote_backend backend = backend_of(state);
    uint8_t bytes[DECODED_AT_ONCE][32];
    for (unsigned i = 0; i < 2048; i++) {
        uint8_t *own = bytes[i % DECODED_AT_ONCE];
        memset(own, i % 2 == 0 ? 0 : 0xff, 32);
        own[0] = i % 2 == 0 ? (uint8_t)(i / 4) : (uint8_t)(0xff - i / 4);
        own[31] = i % 2 == 0 ? 0 : 0x7f;
        if (i / 2 % 2 != 0) own[31] |= 0x80;
        if (i % DECODED_AT_ONCE == DECODED_AT_ONCE - 1) {
            assert_decodes(backend, bytes, DECODED_AT_ONCE);
        }
    }
}

static void decoding_of_random_encodings(void **state) {
    const mote_backend backend = backend_of(state);
    uint64_t random = 32;
    for (size_t i = 0; i < fixture_times(20000); i += DECODED_AT_ONCE) {
        uint8_t bytes[DECODED_AT_ONCE][32];
        for (unsigned j = 0; j < DECODED_AT_ONCE; j++) {
            for (unsigned k = 0; k < 32; k++) bytes[j][k] = (uint8_t)fixture_random(&random);
        }
        assert_decodes(backend, bytes, 1 + (unsigned)(fixture_random(&random) % DECODED_AT_ONCE));
    }
}

static void powers_like_the_portable_ones(void **state) {
    const mote_backend backend = backend_of(state);
    uint64_t random = 58;
    for (size_t round = 0; round < fixture_times(400); round++) {
        const unsigned count = (unsigned)(fixture_random(&random) % (DECODED_AT_ONCE + 1));
        field all[DECODED_AT_ONCE], expected;
        uint8_t bytes[DECODED_AT_ONCE][32];
        for (unsigned i = 0; i < count; i++) {
            const bool edge = fixture_random(&random) % 4 == 0;
            for (unsigned k = 0; k < 32; k++) bytes[i][k] = (uint8_t)fixture_random(&random);
            if (edge) memset(bytes[i] + 1, fixture_random(&random) % 2 == 0 ? 0 : 0xff, 31);
            field_from_bytes(&all[i], bytes[i]);
        }
        field_powers_p58(backend, all, count);
        for (unsigned i = 0; i < count; i++) {
            field_from_bytes(&expected, bytes[i]);
            field_power_p58(&expected, &expected);
            assert_same_field(&all[i], &expected);
        }
    }
}

/* --- sums ---------------------------------------------------------------------------------------------------- */

/* Any point, those of small order among them. */
static affine_point random_point(uint64_t *random) {
    affine_point out;
    uint8_t bytes[32];
    do {
        for (unsigned i = 0; i < 32; i++) bytes[i] = (uint8_t)fixture_random(random);
        if (fixture_random(random) % 4 == 0) {
            memset(bytes, 0, 31);
            bytes[0] = (uint8_t)(fixture_random(random) % 2);
            bytes[31] = (uint8_t)(fixture_random(random) & 0x80);
        }
    } while (!affine_point_decode(&out, bytes));
    return out;
}

/* Below 2^128 or below l; digits at their bounds among them. */
static void random_scalar(uint8_t scalar[32], bool is_short, uint64_t *random) {
    uint8_t wide[64];
    const unsigned kind = (unsigned)(fixture_random(random) % 6);
    for (unsigned i = 0; i < 64; i++) wide[i] = (uint8_t)fixture_random(random);
    if (kind == 0) memset(wide, 0, sizeof wide);
    if (kind == 1) memset(wide, 0xff, sizeof wide);
    if (kind == 2) memset(wide, 0x80, sizeof wide);
    if (kind == 3) memset(wide, 0x7f, sizeof wide);
    if (kind == 4) memset(wide + 1, 0, sizeof wide - 1);
    if (is_short) {
        memset(wide + 16, 0, 48);
    } else {
        wide[31] &= 0x0f; /* below 2^252 */
        memset(wide + 32, 0, 32);
    }
    memcpy(scalar, wide, 32);
}

typedef struct term {
    affine_point point;
    uint8_t scalar[32];
} term;

static point sum_of(mote_backend backend, const term *terms, size_t shorts, size_t longs) {
    mote_context *context = fixture_context(16);
    multiscalar sum;
    point out;
    context->backend = backend;
    assert_true(multiscalar_new(context, &sum, shorts, longs));
    multiscalar_begin(&sum, shorts, longs);
    for (size_t i = 0; i < shorts; i++) {
        multiscalar_add_short(&sum, &terms[i].point, terms[i].scalar);
    }
    for (size_t i = shorts; i < shorts + longs; i++) {
        multiscalar_add_long(&sum, &terms[i].point, terms[i].scalar);
    }
    multiscalar_finish(&sum, &out);
    return out;
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

static void sums_of_all_sizes(void **state) {
    const mote_backend backend = backend_of(state);
    static const size_t sizes[] = {0, 1, 2, 3, 5, 8, 17, 63, 64, 65, 130, 400, 3000};
    uint64_t random = 1;
    term *terms = malloc(6000 * sizeof *terms);
    assert_non_null(terms);
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        for (size_t l = 0; l < sizeof sizes / sizeof sizes[0]; l++) {
            if (fixture_effort() == FIXTURE_SMALL && (sizes[s] > 130 || sizes[l] > 130)) continue;
            const size_t count = sizes[s] + sizes[l];
            for (size_t i = 0; i < count; i++) {
                const bool copies = i > 0 && fixture_random(&random) % 8 == 0;
                terms[i].point = copies ? terms[i - 1].point : random_point(&random);
                random_scalar(terms[i].scalar, i < sizes[s], &random);
            }
            point sum = sum_of(backend, terms, sizes[s], sizes[l]);
            point expected = sum_of(MOTE_BACKEND_PORTABLE, terms, sizes[s], sizes[l]);
            assert_same_point(&sum, &expected);
        }
    }
    free(terms);
}

/* --- batches ------------------------------------------------------------------------------------------------- */

/* Which members are bad, the first of them and why: as the portable code says, for batches of all sizes with anything
 * wrong in them. */
static void batches_are_judged_the_same(void **state) {
    const mote_backend backend = backend_of(state);
    uint64_t random = 2;
    signed_message *all = signed_by_many(0, 200);
    for (size_t round = 0; round < fixture_times(60); round++) {
        const size_t count = fixture_random(&random) % 200;
        signed_message *some = malloc((count + 1) * sizeof *some);
        uint8_t bad[2][200];
        mote_status status[2];
        uint32_t first[2];
        assert_non_null(some);
        for (size_t i = 0; i < count; i++) {
            some[i] = all[fixture_random(&random) % 200];
            const uint64_t harm = fixture_random(&random);
            if (harm % 40 == 0) some[i].signature[harm / 40 % 64] ^= 1u << (harm / 4096 % 8);
            if (harm % 40 == 1) some[i].key[harm / 40 % 32] ^= 1u << (harm / 4096 % 8);
        }
        for (unsigned k = 0; k < 2; k++) {
            mote_context *context = fixture_context(16);
            context->backend = k == 0 ? MOTE_BACKEND_PORTABLE : backend;
            mote_ed25519_batch *batch = mote_ed25519_batch_new(context, count);
            assert_non_null(batch);
            for (size_t i = 0; i < count; i++) {
                assert_status(
                    mote_ed25519_batch_add(batch, some[i].key, some[i].signature, some[i].message),
                    MOTE_OK);
            }
            status[k] = mote_ed25519_batch_verify(context, bad[k], batch);
            first[k] = context->fault.index;
        }
        assert_status(status[1], status[0]);
        if (status[0] != MOTE_OK) assert_int_equal(first[0], first[1]);
        assert_memory_equal(bad[0], bad[1], count);
        free(some);
    }
    free(all);
}

/* --- hashes -------------------------------------------------------------------------------------------------- */

#define LARGEST_MESSAGE 1200u
#define MOST_MESSAGES 40u

static void assert_hashes(mote_backend backend, const mote_bytes *message, size_t count) {
    static uint8_t out[2][MOST_MESSAGES * 64];
    for (unsigned k = 0; k < 2; k++) {
        memset(out[k], 0, sizeof out[k]);
        mote_hash_sha512_many(k == 0 ? MOTE_BACKEND_PORTABLE : backend, out[k], message, count);
    }
    assert_memory_equal(out[0], out[1], sizeof out[0]);
    for (unsigned k = 0; k < 2; k++) {
        memset(out[k], 0, sizeof out[k]);
        mote_blake2b_256_many(k == 0 ? MOTE_BACKEND_PORTABLE : backend, (mote_hash *)out[k],
                              message, count);
    }
    assert_memory_equal(out[0], out[1], sizeof out[0]);
}

static void hashes_of_all_sizes(void **state) {
    const mote_backend backend = backend_of(state);
    uint64_t random = 3;
    uint8_t *data = malloc(LARGEST_MESSAGE);
    mote_bytes message[MOST_MESSAGES];
    assert_non_null(data);
    for (unsigned i = 0; i < LARGEST_MESSAGE; i++) data[i] = (uint8_t)fixture_random(&random);
    for (size_t size = 0; size <= 520;
         size++) { /* one alone, then as many as there are of one size */
        for (size_t i = 0; i < 17; i++) message[i] = (mote_bytes){data + i, size};
        assert_hashes(backend, message, 1);
        assert_hashes(backend, message, 17);
    }
    for (size_t round = 0; round < fixture_times(2000); round++) {
        const size_t count = fixture_random(&random) % (MOST_MESSAGES + 1);
        for (size_t i = 0; i < count; i++) {
            const size_t size = fixture_random(&random) % LARGEST_MESSAGE;
            message[i] = (mote_bytes){size == 0 ? NULL : data + (LARGEST_MESSAGE - size), size};
        }
        assert_hashes(backend, message, count);
    }
    free(data);
}

static void long_messages_among_others(void **state) {
    const mote_backend backend = backend_of(state);
    enum { SHORTEST = 16383, MORE = 7000, SOME = 5, SIZE = SHORTEST + SOME * MORE };
    uint64_t random = 4;
    uint8_t *data = malloc(SIZE);
    mote_bytes message[SOME];
    assert_non_null(data);
    for (unsigned i = 0; i < SIZE; i++) data[i] = (uint8_t)fixture_random(&random);
    for (unsigned which = 0; which < 1u << SOME; which++) {
        for (unsigned i = 0; i < SOME; i++) {
            const size_t size = (which >> i & 1) != 0 ? SHORTEST + MORE * i : 100 + i;
            message[i] = (mote_bytes){data, size};
        }
        for (unsigned count = 0; count <= SOME; count++) {
            mote_hash out[SOME + 1];
            memset(out, 0, sizeof out);
            mote_blake2b_256_many(backend, out, message, count);
            for (unsigned i = 0; i < count; i++) {
                const mote_hash alone = mote_blake2b_256(message[i]);
                assert_memory_equal(out[i].bytes, alone.bytes, 32);
            }
            for (unsigned i = 0; i < 32; i++) assert_int_equal(out[count].bytes[i], 0);
        }
    }
    free(data);
}

/* --- which ---------------------------------------------------------------------------------------------------- */

static void the_portable_one_stands_in(void **state) {
    (void)state;
    assert_true(mote_backend_runs_here(MOTE_BACKEND_BEST));
    assert_true(mote_backend_runs_here(MOTE_BACKEND_PORTABLE));
    assert_false(mote_backend_runs_here(MOTE_BACKENDS));
    for (mote_backend backend = MOTE_BACKEND_BEST; backend <= MOTE_BACKENDS; backend++) {
        const mote_backend chosen = mote_backend_chosen(backend);
        assert_true(chosen != MOTE_BACKEND_BEST && mote_backend_runs_here(chosen));
        if (backend != MOTE_BACKEND_BEST && mote_backend_runs_here(backend)) {
            assert_int_equal(chosen, backend);
        }
        if (!mote_backend_runs_here(backend)) assert_int_equal(chosen, MOTE_BACKEND_PORTABLE);
    }
    assert_string_equal(mote_backend_name(MOTE_BACKEND_AVX512), "avx512");
    assert_string_equal(mote_backend_name(MOTE_BACKENDS), "unknown");
}

int main(void) {
    static mote_backend neon = MOTE_BACKEND_NEON, avx2 = MOTE_BACKEND_AVX2,
                        avx512 = MOTE_BACKEND_AVX512, simd128 = MOTE_BACKEND_SIMD128;
#define WITH(backend)                                                                              \
    cmocka_unit_test_prestate(arithmetic_at_its_bounds, &backend),                                 \
        cmocka_unit_test_prestate(arithmetic_on_random_numbers, &backend),                         \
        cmocka_unit_test_prestate(decoding_near_the_edges, &backend),                              \
        cmocka_unit_test_prestate(decoding_of_random_encodings, &backend),                         \
        cmocka_unit_test_prestate(powers_like_the_portable_ones, &backend),                        \
        cmocka_unit_test_prestate(sums_of_all_sizes, &backend),                                    \
        cmocka_unit_test_prestate(batches_are_judged_the_same, &backend),                          \
        cmocka_unit_test_prestate(hashes_of_all_sizes, &backend),                                  \
        cmocka_unit_test_prestate(long_messages_among_others, &backend)
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_portable_one_stands_in), WITH(neon),
                                       WITH(avx2), WITH(avx512), WITH(simd128)};
    assert_true(sodium_init() >= 0);
    return cmocka_run_group_tests_name("unit/lanes", tests, NULL, NULL);
}
