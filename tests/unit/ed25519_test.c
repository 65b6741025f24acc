/* SPDX-License-Identifier: Apache-2.0 */
/* The field against schoolbook arithmetic on bytes, points and sums against libsodium's, then the contracts of batches
 * and of the cache of keys. */
#include "ed25519_cases.h"

#include <limits.h>
#include <sodium.h>

#include "keys.h"
#include "multiscalar.h"
#include "scalar.h"

/* --- numbers modulo p, slowly: 32 little-endian bytes ------------------------------------------- */

typedef struct number {
    uint8_t byte[32];
} number;

/* wide, of 64 bytes, modulo p = 2^255 - 19: 2^256 = 38, then the top bit. */
static number reduced(const uint8_t wide[64]) {
    number out;
    uint32_t column[33] = {0};
    for (unsigned i = 0; i < 32; i++) column[i] = wide[i] + 38u * wide[i + 32];
    for (unsigned pass = 0; pass < 4; pass++) {
        for (unsigned i = 0; i < 32; i++) {
            column[i + 1] += column[i] >> 8;
            column[i] &= 255;
        }
        column[0] += 38 * column[32] + 19 * (column[31] >> 7);
        column[31] &= 127;
        column[32] = 0;
    }
    /* Below 2^255 now; p or more only where adding 19 reaches 2^255. */
    uint32_t carry = 19;
    for (unsigned i = 0; i < 32; i++) carry = (column[i] + carry) >> (i < 31 ? 8 : 7);
    column[0] += 19 * carry;
    for (unsigned i = 0; i < 32; i++) {
        out.byte[i] = (uint8_t)column[i];
        column[i + 1] += column[i] >> 8;
    }
    out.byte[31] &= 127;
    return out;
}

static number plus(const number *a, const number *b) {
    uint8_t wide[64] = {0};
    unsigned carry = 0;
    for (unsigned i = 0; i < 33; i++) {
        if (i < 32) carry += (unsigned)a->byte[i] + b->byte[i];
        wide[i] = (uint8_t)carry;
        carry >>= 8;
    }
    return reduced(wide);
}

static number times(const number *a, const number *b) {
    uint32_t column[65] = {0};
    uint8_t wide[64];
    for (unsigned i = 0; i < 32; i++) {
        for (unsigned j = 0; j < 32; j++) column[i + j] += (uint32_t)a->byte[i] * b->byte[j];
    }
    for (unsigned i = 0; i < 64; i++) {
        wide[i] = (uint8_t)column[i];
        column[i + 1] += column[i] >> 8;
    }
    return reduced(wide);
}

static number small(uint32_t value) {
    number out = {{0}};
    for (unsigned i = 0; i < 4; i++) out.byte[i] = (uint8_t)(value >> (8 * i));
    return out;
}

static number minus(const number *a) {
    number p_minus_1 = {{0xec}}; /* = -1 */
    for (unsigned i = 1; i < 32; i++) p_minus_1.byte[i] = i < 31 ? 0xff : 0x7f;
    return times(a, &p_minus_1);
}

/* a^(p-2) */
static number inverse(const number *a) {
    number out = small(1);
    for (unsigned i = 255; i > 0; i--) {
        out = times(&out, &out);
        if (i - 1 != 2 && i - 1 != 4)
            out = times(&out, a); /* p - 2 = 2^255 - 21: bits 2 and 4 are 0 */
    }
    return out;
}

static number number_of(const field *a) {
    number out;
    field_to_bytes(out.byte, a);
    return out;
}

static field field_of(const number *a) {
    field out;
    field_from_bytes(&out, a->byte);
    return out;
}

#define assert_number(actual, expected)                                                            \
    do {                                                                                           \
        const number left_ = (actual), right_ = (expected);                                        \
        assert_memory_equal(left_.byte, right_.byte, 32);                                          \
    } while (0)

static number random_number(uint64_t *random) {
    uint8_t wide[64] = {0};
    for (unsigned i = 0; i < 32; i++) wide[i] = (uint8_t)fixture_random(random);
    switch (fixture_random(random) % 8) {
    case 0: memset(wide, 0, 31); break;
    case 1: memset(wide, 0xff, 31); break;
    case 2: memset(wide + 1, 0xff, 31); break;
    default: break;
    }
    wide[31] &= 127;
    return reduced(wide);
}

static void slow_arithmetic_is_right(void **state) {
    (void)state;
    number p = {{0xed}}, zero = small(0), three = small(3), third;
    for (unsigned i = 1; i < 32; i++) p.byte[i] = i < 31 ? 0xff : 0x7f;
    assert_number(plus(&p, &zero), zero);
    assert_number(minus(&zero), zero);
    third = inverse(&three);
    assert_number(times(&third, &three), small(1));
    number minus_three = minus(&three);
    assert_number(plus(&minus_three, &three), zero);
}

/* --- the field ------------------------------------------------------------------------------------ */

static void field_constants_are_what_they_are_called(void **state) {
    (void)state;
    number a = small(121665), b = small(121666), d = number_of(&field_d), t;
    t = times(&d, &b);
    assert_number(t, minus(&a)); /* d = -121665 / 121666 */
    assert_number(number_of(&field_d2), plus(&d, &d));
    number inverse_d = number_of(&field_inverse_d), root = number_of(&field_sqrt_m1);
    assert_number(times(&inverse_d, &d), small(1));
    number one = small(1);
    assert_number(times(&root, &root), minus(&one));
    assert_number(number_of(&field_one), one);
}

static void field_bytes(void **state) {
    (void)state;
    for (unsigned i = 0; i < 19; i++) { /* p to 2^255 - 1 are taken, and written below p */
        for (unsigned top = 0; top < 2; top++) {
            number from_p = {{(uint8_t)(0xed + i)}};
            for (unsigned j = 1; j < 32; j++) from_p.byte[j] = 0xff;
            from_p.byte[31] = top != 0 ? 0xff : 0x7f;
            field a = field_of(&from_p);
            assert_number(number_of(&a), small(i));
            assert_int_equal(field_is_zero(&a), i == 0);
            assert_int_equal(field_is_odd(&a), i % 2);
        }
    }
    for (unsigned bit = 0; bit < 255; bit++) {
        number power = {{0}};
        power.byte[bit / 8] = (uint8_t)(1u << (bit % 8));
        field a = field_of(&power);
        assert_number(number_of(&a), power);
        assert_false(field_is_zero(&a));
    }
}

/* A number of the size asked for with limbs as large as that size allows, and what it is. */
static field largest(unsigned size) {
    field a;
#ifdef MOTE_CURVE25519_FIELD_10X26_H
    for (unsigned i = 0; i < FIELD_LIMBS; i++) {
        a.limb[i] = size * ((i % 2 == 0 ? 1u << 26 : 1u << 25) + (1u << 17) - 1);
    }
#else
    for (unsigned i = 0; i < FIELD_LIMBS; i++) {
        a.limb[i] = size * ((UINT64_C(1) << 51) + (1u << 16) - 1);
    }
#endif
    return a;
}

/* Limbs of size 1: what every operation promises where its header says so. */
static void assert_size_1(const field *a) {
    const field bound = largest(1);
    for (unsigned i = 0; i < FIELD_LIMBS; i++) assert_true(a->limb[i] <= bound.limb[i]);
}

static void field_operations_at_their_bounds(void **state) {
    (void)state;
    for (unsigned left = 1; left <= 8; left++) {
        for (unsigned right = 1; left * right <= 30 && right <= 8; right++) {
            field a = largest(left), b = largest(right), out;
            number slow_a = number_of(&a), slow_b = number_of(&b);
            field_multiply(&out, &a, &b);
            assert_size_1(&out);
            assert_number(number_of(&out), times(&slow_a, &slow_b));
        }
        field a = largest(left), one = largest(1), three = largest(3), out;
        number slow = number_of(&a), slow_one = number_of(&one), slow_three = number_of(&three);
        number minus_one = minus(&slow_one), minus_three = minus(&slow_three);
        if (left <= 5) {
            field_square(&out, &a);
            assert_size_1(&out);
            assert_number(number_of(&out), times(&slow, &slow));
        }
        if (left <= 6) {
            field_subtract(&out, &a, &one);
            assert_number(number_of(&out), plus(&slow, &minus_one));
        }
        if (left <= 4) {
            field_subtract_loose(&out, &a, &three);
            assert_number(number_of(&out), plus(&slow, &minus_three));
        }
        out = a;
        field_carry(&out);
        assert_size_1(&out);
        assert_number(number_of(&out), slow);
    }
}

static void field_operations_on_random_numbers(void **state) {
    (void)state;
    uint64_t random = 25519;
    for (size_t i = 0; i < fixture_times(4000); i++) {
        number x = random_number(&random), y = random_number(&random), minus_y = minus(&y);
        field a = field_of(&x), b = field_of(&y), out, difference;
        field_multiply(&out, &a, &b);
        assert_number(number_of(&out), times(&x, &y));
        field_square(&out, &a);
        assert_number(number_of(&out), times(&x, &x));
        field_sum_difference(&out, &difference, &a, &b);
        assert_number(number_of(&out), plus(&x, &y));
        assert_number(number_of(&difference), plus(&x, &minus_y));
        field_negate(&out, &b);
        assert_size_1(&out);
        assert_number(number_of(&out), minus_y);
        field_multiply(&a, &a, &a); /* out may be both factors */
        assert_number(number_of(&a), times(&x, &x));
    }
}

/* (a^((p-5)/8))^8 a^5 = a^p = a */
static void field_power(void **state) {
    (void)state;
    uint64_t random = 58;
    for (size_t i = 0; i < fixture_times(40); i++) {
        number x = random_number(&random), power, slow = small(1);
        field a = field_of(&x);
        field_power_p58(&a, &a);
        power = number_of(&a);
        for (unsigned j = 0; j < 8; j++) slow = times(&slow, &power);
        for (unsigned j = 0; j < 5; j++) slow = times(&slow, &x);
        assert_number(slow, x);
    }
}

/* --- points ----------------------------------------------------------------------------------------- */

static void encode(uint8_t out[32], const point *a) {
    number z = number_of(&a->Z), x = number_of(&a->X), y = number_of(&a->Y);
    number t = number_of(&a->T), invert = inverse(&z);
    assert_number(times(&x, &y), times(&z, &t));
    x = times(&x, &invert);
    y = times(&y, &invert);
    memcpy(out, y.byte, 32);
    out[31] |= (uint8_t)(x.byte[0] << 7);
}

static void assert_point(const point *a, const uint8_t expected[32]) {
    uint8_t bytes[32];
    encode(bytes, a);
    assert_memory_equal(bytes, expected, 32);
}

static void random_scalar(uint8_t scalar[32], uint64_t *random) {
    uint8_t wide[64];
    for (unsigned i = 0; i < 64; i++) wide[i] = (uint8_t)fixture_random(random);
    crypto_core_ed25519_scalar_reduce(scalar, wide);
}

/* A point of prime order, as libsodium writes it, and decoded. */
static affine_point random_point(uint8_t bytes[32], uint64_t *random) {
    uint8_t scalar[32];
    affine_point out;
    random_scalar(scalar, random);
    assert_int_equal(crypto_scalarmult_ed25519_base_noclamp(bytes, scalar), 0);
    assert_true(affine_point_decode(&out, bytes));
    return out;
}

static void base_point(void **state) {
    (void)state;
    number four = small(4), five = small(5), fifth = inverse(&five), y = times(&four, &fifth);
    affine_point decoded;
    assert_true(affine_point_decode(&decoded, y.byte)); /* its x is even: the sign bit is 0 */
    assert_number(number_of(&decoded.y_plus_x), number_of(&affine_point_base.y_plus_x));
    assert_number(number_of(&decoded.y_minus_x), number_of(&affine_point_base.y_minus_x));
    assert_number(number_of(&decoded.xy2d), number_of(&affine_point_base.xy2d));
}

static void points_add_like_libsodium(void **state) {
    (void)state;
    uint64_t random = 8032;
    for (size_t i = 0; i < fixture_times(100); i++) {
        uint8_t p_bytes[32], q_bytes[32], expected[32];
        affine_point p = random_point(p_bytes, &random), q = random_point(q_bytes, &random);
        point a, b, out;
        addend step;
        point_from_affine(&a, &p, false);
        assert_point(&a, p_bytes);
        point_from_affine(&b, &q, false);
        point_to_addend(&step, &b);
        assert_int_equal(crypto_core_ed25519_add(expected, p_bytes, q_bytes), 0);
        point_add(&out, &a, &step);
        assert_point(&out, expected);
        point_add_affine(&out, &a, &q);
        assert_point(&out, expected);
        assert_int_equal(crypto_core_ed25519_sub(expected, p_bytes, q_bytes), 0);
        point_subtract(&out, &a, &step);
        assert_point(&out, expected);
        point_subtract_affine(&out, &a, &q);
        assert_point(&out, expected);
        point_from_affine(&b, &q, true);
        point_to_addend(&step, &b);
        point_add(&out, &a, &step);
        assert_point(&out, expected);
        assert_int_equal(crypto_core_ed25519_add(expected, p_bytes, p_bytes), 0);
        point_double_times(&out, &a, 1);
        assert_point(&out, expected);
        point_add_affine(&out, &a, &p); /* the formulas know no special cases */
        assert_point(&out, expected);
        assert_false(point_is_small_order(&out));
        assert_int_equal(crypto_core_ed25519_add(expected, expected, expected), 0);
        point_double_times(&out, &a, 2);
        assert_point(&out, expected);
    }
}

static void points_of_small_order(void **state) {
    (void)state;
    static const char *const order_8 =
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a";
    static const uint8_t identity[32] = {1};
    affine_point torsion;
    point sum;
    assert_true(affine_point_decode(&torsion, fixture_hex(order_8).data));
    point_set_identity(&sum);
    for (unsigned i = 0; i < 8; i++) {
        uint8_t bytes[32];
        encode(bytes, &sum);
        assert_int_equal(memcmp(bytes, identity, 32) == 0, i == 0);
        assert_true(point_is_small_order(&sum));
        assert_true(mote_ed25519_key_is_forgeable(bytes));
        point_add_affine(&sum, &sum, &torsion);
    }
    assert_point(&sum, identity);
    for (unsigned i = 0; i < 16; i++) {
        signed_message honest = signed_by(i, (mote_bytes){NULL, 0});
        assert_false(mote_ed25519_key_is_forgeable(honest.key));
    }
}

/* --- sums ------------------------------------------------------------------------------------------- */

/* sum of scalar * point, by libsodium. Scalars are not 0 here and sums not the identity: it refuses those. */
static void add_product(uint8_t sum[32], bool *any, const uint8_t scalar[32],
                        const uint8_t bytes[32]) {
    uint8_t product[32];
    assert_int_equal(crypto_scalarmult_ed25519_noclamp(product, scalar, bytes), 0);
    if (*any) assert_int_equal(crypto_core_ed25519_add(product, product, sum), 0);
    memcpy(sum, product, 32);
    *any = true;
}

static void two_products(void **state) {
    (void)state;
    uint64_t random = 2;
    for (size_t i = 0; i < fixture_times(50); i++) {
        uint8_t p_bytes[32], q_bytes[32], a[32], b[32], expected[32];
        bool any = false;
        const affine_point p_affine = random_point(p_bytes, &random);
        const affine_point q_affine = random_point(q_bytes, &random);
        point p, q, out;
        point_from_affine(&p, &p_affine, false);
        point_from_affine(&q, &q_affine, false);
        random_scalar(a, &random);
        random_scalar(b, &random);
        if (i % 8 == 1) memset(a + 1, 0, 31);
        if (i % 8 == 2) crypto_core_ed25519_scalar_negate(b, b);
        add_product(expected, &any, a, p_bytes);
        add_product(expected, &any, b, q_bytes);
        point_multiply_two(&out, &p, a, &q, b);
        assert_point(&out, expected);
    }
}

/* Scalars at the edges of balanced digits: all ones, all zeros, one bit, the largest. */
static void edge_scalar(uint8_t scalar[32], size_t size, uint64_t *random) {
    random_scalar(scalar, random);
    memset(scalar + size, 0, 32 - size);
    switch (fixture_random(random) % 8) {
    case 0: memset(scalar, 0xff, size == 32 ? 31 : size); break;
    case 1:
        memset(scalar, 0, size);
        scalar[fixture_random(random) % size] = (uint8_t)(1u << (fixture_random(random) % 4));
        break;
    case 2:
        if (size == 32) { /* l - 1 */
            uint8_t one[32] = {1};
            crypto_core_ed25519_scalar_negate(scalar, one);
        }
        break;
    default: break;
    }
    scalar[0] |= 1;
    if (size == 32) scalar[31] &= 0x10;
    if (size == 32 && scalar[31] == 0x10) {
        uint8_t one[32] = {2};
        crypto_core_ed25519_scalar_negate(scalar, one);
    }
}

static void check_sum(size_t shorts, size_t longs, size_t room, uint64_t *random) {
    mote_context *context = fixture_context(16);
    size_t before = context->used;
    affine_point *points = malloc((shorts + longs) * sizeof *points);
    assert_non_null(points);
    multiscalar sum;
    assert_true(multiscalar_new(context, &sum, shorts + room, longs + room));
    assert_true(context->used - before <= multiscalar_memory(shorts + room, longs + room));
    multiscalar_begin(&sum, shorts, longs);
    uint8_t expected[32];
    bool any = false;
    for (size_t i = 0; i < shorts + longs; i++) {
        uint8_t bytes[32], scalar[32];
        points[i] = random_point(bytes, random);
        edge_scalar(scalar, i < shorts ? 16 : 32, random);
        if (i < shorts)
            multiscalar_add_short(&sum, &points[i], scalar);
        else
            multiscalar_add_long(&sum, &points[i], scalar);
        add_product(expected, &any, scalar, bytes);
    }
    point total;
    multiscalar_finish(&sum, &total);
    assert_point(&total, expected);
    free(points);
}

static void long_sums(void **state) {
    (void)state;
    uint64_t random = 1976;
    for (size_t shorts = 0; shorts < 12; shorts++) {
        for (size_t longs = 1; longs < 12; longs++) check_sum(shorts, longs, 0, &random);
    }
    check_sum(100, 3, 0, &random);
    check_sum(3, 100, 0, &random);
    check_sum(5, 5, 1000, &random); /* a small part of what there is room for */
    check_sum(fixture_times(700), fixture_times(600), 0, &random);
}

/* Parts of a batch are summed up in the memory of the whole: more terms never make fewer buckets. */
static void windows_widen_with_the_terms(void **state) {
    (void)state;
    multiscalar sum;
    unsigned low = UINT_MAX, high = UINT_MAX;
    memset(&sum, 0, sizeof sum);
    for (size_t terms = 1; terms < 20000; terms++) {
        multiscalar_begin(&sum, terms, terms);
        assert_true(sum.layout.low <= low && sum.layout.high <= high);
        low = sum.layout.low;
        high = sum.layout.high;
    }
    assert_in_range(130 / low, 9, 12);
    assert_in_range(124 / high, 9, 12);
}

/* --- scalars ---------------------------------------------------------------------------------------- */

static void canonical_scalars(void **state) {
    (void)state;
    uint8_t scalar[32] = {0}, one[32] = {1};
    assert_true(scalar_is_canonical(scalar));
    crypto_core_ed25519_scalar_negate(scalar, one); /* l - 1 */
    assert_true(scalar_is_canonical(scalar));
    scalar[0]++; /* l */
    assert_false(scalar_is_canonical(scalar));
    scalar[0]++;
    assert_false(scalar_is_canonical(scalar));
    memset(scalar, 0xff, 32);
    assert_false(scalar_is_canonical(scalar));
    memset(scalar, 0xff, 31);
    scalar[31] = 0x0f; /* 2^252 - 1 */
    assert_true(scalar_is_canonical(scalar));
}

static void sums_of_products(void **state) {
    (void)state;
    uint64_t random = 512;
    scalar_sum sum;
    uint8_t expected[32] = {0}, product[32], out[32];
    memset(&sum, 0, sizeof sum);
    for (size_t i = 0; i < 20000; i++) {
        uint8_t a[32] = {0}, b[32];
        random_scalar(b, &random);
        if (i % 3 != 0) {
            memset(b, 0xff, 31);
            b[31] = 0x0f;
        }
        if (i % 3 == 1)
            memset(a, 0xff, 16);
        else
            memcpy(a, b, 16);
        scalar_sum_add(&sum, a, b);
        crypto_core_ed25519_scalar_mul(product, a, b);
        crypto_core_ed25519_scalar_add(expected, expected, product);
        if (i % 1000 != 0) continue;
        scalar_sum_reduce(out, &sum);
        assert_memory_equal(out, expected, 32);
    }
}

/* --- the cache of keys ------------------------------------------------------------------------------ */

static mote_ed25519_keys *new_cache(size_t capacity, uint8_t seed_byte) {
    uint8_t seed[32];
    memset(seed, seed_byte, sizeof seed);
    size_t size = mote_ed25519_keys_size(capacity);
    void *memory = malloc(size);
    assert_non_null(memory);
    memset(memory, 0xa5, size);
    mote_ed25519_keys *keys = mote_ed25519_keys_init(memory, size, capacity, seed);
    assert_non_null(keys);
    return keys;
}

static void assert_same_affine(const affine_point *a, const affine_point *b) {
    assert_number(number_of(&a->y_plus_x), number_of(&b->y_plus_x));
    assert_number(number_of(&a->y_minus_x), number_of(&b->y_minus_x));
    assert_number(number_of(&a->xy2d), number_of(&b->xy2d));
}

/* Whatever is asked for and however full it is, a cached key is what decoding gives. */
static void cache_changes_no_point(void **state) {
    (void)state;
    static const size_t capacities[] = {0, 1, 5, 16, 300};
    uint64_t random = 4;
    for (size_t c = 0; c < sizeof capacities / sizeof capacities[0]; c++) {
        mote_ed25519_keys *keys = new_cache(capacities[c], (uint8_t)c);
        for (size_t i = 0; i < fixture_times(2000); i++) {
            uint8_t bytes[32] = {0};
            bytes[0] = (uint8_t)(fixture_random(&random) % 100);
            affine_point cached, decoded;
            decode_block block = {{bytes}, {&cached}, {false}, 1};
            bool is_point = affine_point_decode(&decoded, bytes);
            keys_decode(keys, mote_backend_chosen(MOTE_BACKEND_BEST), &block);
            assert_int_equal(block.ok[0], is_point);
            if (is_point) assert_same_affine(&cached, &decoded);
            if (i % 500 == 499) mote_ed25519_keys_clear(keys);
        }
        free(keys);
    }
}

static void cache_refuses_bad_memory(void **state) {
    (void)state;
    static const uint8_t seed[32] = {1};
    size_t size = mote_ed25519_keys_size(10);
    uint8_t *memory = malloc(size + 16);
    assert_non_null(memory);
    assert_null(mote_ed25519_keys_init(NULL, size, 10, seed));
    assert_null(mote_ed25519_keys_init(memory, size - 1, 10, seed));
    assert_null(mote_ed25519_keys_init(memory + 1, size + 15, 10, seed));
    assert_null(mote_ed25519_keys_init(memory, size, SIZE_MAX / 2, seed));
    assert_int_equal(mote_ed25519_keys_size(SIZE_MAX), SIZE_MAX);
    assert_non_null(mote_ed25519_keys_init(memory, size, 10, seed));
    free(memory);
}

/* A batch made with a cache says what one without says, keys that are no points included. */
static void batches_with_a_cache(void **state) {
    (void)state;
    mote_ed25519_keys *keys = new_cache(20, 1);
    uint64_t random = 7;
    for (unsigned round = 0; round < 20; round++) {
        signed_message *all = signed_by_many(round * 3, 30);
        uint8_t bad[30], bad_cached[30];
        for (unsigned i = 0; i < round % 4; i++) {
            all[fixture_random(&random) % 30].key[fixture_random(&random) % 32] ^= 1;
        }
        mote_status expected = judge_together(all, 30, bad, NULL);
        mote_context *context = fixture_other_context(4);
        context->keys = keys;
        mote_ed25519_batch *batch = mote_ed25519_batch_new(context, 30);
        assert_non_null(batch);
        for (unsigned i = 0; i < 30; i++) {
            assert_status(
                mote_ed25519_batch_add(batch, all[i].key, all[i].signature, all[i].message),
                MOTE_OK);
        }
        assert_status(mote_ed25519_batch_verify(context, bad_cached, batch), expected);
        assert_memory_equal(bad, bad_cached, 30);
        free(all);
    }
    free(keys);
}

/* --- batches ------------------------------------------------------------------------------------------ */

/* Every set of failing members, small; then random ones, large: exactly they are marked. */
static void bisection_names_exactly_the_failing(void **state) {
    (void)state;
    signed_message *all = signed_by_many(0, 300);
    for (unsigned set = 0; set < 1u << 7; set++) {
        signed_message some[7];
        for (unsigned i = 0; i < 7; i++) {
            some[i] = all[i];
            if ((set >> i & 1) != 0) some[i].signature[33 + i] ^= 1;
        }
        assert_batch_agrees(some, 7);
    }
    uint64_t random = 12;
    for (size_t round = 0; round < fixture_times(20); round++) {
        signed_message some[300];
        memcpy(some, all, sizeof some);
        size_t failing = (size_t)1 << (fixture_random(&random) % 8);
        for (size_t i = 0; i < failing; i++) {
            signed_message *c = &some[fixture_random(&random) % 300];
            switch (fixture_random(&random) % 4) {
            case 0: c->key[fixture_random(&random) % 32] ^= 2; break;
            case 1: c->signature[63] |= 0x80; break;
            case 2: c->signature[fixture_random(&random) % 32] ^= 2; break;
            default: c->signature[32 + fixture_random(&random) % 31] ^= 2; break;
            }
        }
        assert_batch_agrees(some, 1 + (size_t)(fixture_random(&random) % 300));
    }
    for (size_t i = 0; i < 64; i++) all[i].signature[32] ^= 1;
    assert_batch_agrees(all, 64); /* all of them */
    free(all);
}

static void fill(mote_ed25519_batch *batch, const signed_message *all, size_t count) {
    for (size_t i = 0; i < count; i++) {
        assert_status(mote_ed25519_batch_add(batch, all[i].key, all[i].signature, all[i].message),
                      MOTE_OK);
    }
    assert_int_equal(mote_ed25519_batch_count(batch), count);
}

static void batch_is_full_cleared_and_used_again(void **state) {
    (void)state;
    signed_message *all = signed_by_many(0, 20);
    mote_context *context = fixture_context(4);
    mote_ed25519_batch *batch = mote_ed25519_batch_new(context, 10);
    assert_non_null(batch);
    assert_status(mote_ed25519_batch_verify(context, NULL, batch), MOTE_OK); /* empty */
    for (unsigned round = 0; round < 3; round++) {
        fill(batch, all + round, 10);
        assert_status(mote_ed25519_batch_add(batch, all[0].key, all[0].signature, all[0].message),
                      MOTE_E_LIMIT_COUNT);
        assert_int_equal(mote_ed25519_batch_count(batch), 10);
        for (unsigned again = 0; again < 2; again++) { /* judging changes nothing */
            size_t used = context->used;
            assert_status(mote_ed25519_batch_verify(context, NULL, batch), MOTE_OK);
            assert_int_equal(context->used, used);
        }
        mote_ed25519_batch_clear(batch);
        assert_int_equal(mote_ed25519_batch_count(batch), 0);
        signed_message wrong = all[15];
        wrong.signature[0] ^= 1;
        fill(batch, &wrong, 1);
        for (unsigned again = 0; again < 2; again++) {
            size_t used = context->used;
            assert_status(mote_ed25519_batch_verify(context, NULL, batch), MOTE_E_BAD_SIGNATURE);
            assert_int_equal(context->used, used);
        }
        mote_ed25519_batch_clear(batch);
    }
    mote_ed25519_batch *none = mote_ed25519_batch_new(context, 0);
    assert_non_null(none);
    assert_status(mote_ed25519_batch_add(none, all[0].key, all[0].signature, all[0].message),
                  MOTE_E_LIMIT_COUNT);
    assert_status(mote_ed25519_batch_verify(context, NULL, none), MOTE_OK);
    free(all);
}

/* What is added is copied: the caller may reuse his bytes. */
static void batch_keeps_no_reference(void **state) {
    (void)state;
    mote_context *context = fixture_context(4);
    mote_ed25519_batch *batch = mote_ed25519_batch_new(context, 10);
    assert_non_null(batch);
    signed_message *all = signed_by_many(0, 10);
    for (unsigned i = 0; i < 10; i++) {
        uint8_t *text = fixture_copy(all[i].message);
        signed_message one = all[i];
        one.message.data = text;
        assert_status(mote_ed25519_batch_add(batch, one.key, one.signature, one.message), MOTE_OK);
        memset(&one, 0xee, sizeof one);
        free(text);
    }
    assert_status(mote_ed25519_batch_verify(context, NULL, batch), MOTE_OK);
    free(all);
}

static mote_status judge_within(size_t memory_size, const signed_message *all, size_t count,
                                size_t *most_used) {
    static const uint8_t seed[32] = {3};
    uint8_t *memory = malloc(memory_size + 1);
    assert_non_null(memory);
    mote_context context;
    mote_context_init(&context, memory, memory_size, seed);
    mote_ed25519_batch *batch = mote_ed25519_batch_new(&context, count);
    mote_status status = MOTE_E_LIMIT_MEMORY;
    if (batch != NULL) {
        fill(batch, all, count);
        status = mote_ed25519_batch_verify(&context, NULL, batch);
    }
    if (status != MOTE_OK) assert_status(context.fault.status, status);
    *most_used = context.most_used;
    free(memory);
    return status;
}

/* batch_memory is enough, not wasteful, and whatever is less gives E_LIMIT_MEMORY or the right verdict. */
static void batch_memory_is_enough(void **state) {
    (void)state;
    static const size_t sizes[] = {0, 1, 2, 3, 4, 5, 8, 33, 100, 667};
    signed_message *all = signed_by_many(0, 667);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        size_t enough = mote_ed25519_batch_memory(sizes[i]), used;
        assert_status(judge_within(enough, all, sizes[i], &used), MOTE_OK);
        if (sizes[i] >= 8) assert_true(used + used / 8 + 2048 > enough);
    }
    size_t enough = mote_ed25519_batch_memory(33), refused = 0, used;
    for (size_t less = 0; less <= enough; less += 61) {
        mote_status status = judge_within(enough - less, all, 33, &used);
        if (status != MOTE_OK) assert_status(status, MOTE_E_LIMIT_MEMORY);
        refused += status != MOTE_OK;
    }
    assert_true(refused > enough / 61 / 2);
    assert_int_equal(mote_ed25519_batch_memory(SIZE_MAX),
                     mote_ed25519_batch_memory(MOTE_ED25519_MAX_BATCH));
    free(all);
}

/* The verdict does not depend on the seed. */
static void verdict_does_not_depend_on_the_seed(void **state) {
    (void)state;
    signed_message *all = signed_by_many(0, 12);
    for (unsigned seed = 0; seed < 64; seed++) {
        for (unsigned wrong = 0; wrong < 2; wrong++) {
            mote_context *context = fixture_context(4);
            memset(context->seed, (int)(seed * 5), sizeof context->seed);
            mote_ed25519_batch *batch = mote_ed25519_batch_new(context, 12);
            assert_non_null(batch);
            all[7].signature[45] ^= (uint8_t)wrong;
            fill(batch, all, 12);
            all[7].signature[45] ^= (uint8_t)wrong;
            assert_status(mote_ed25519_batch_verify(context, NULL, batch),
                          wrong != 0 ? MOTE_E_BAD_SIGNATURE : MOTE_OK);
            if (wrong != 0) assert_int_equal(context->fault.index, 7);
        }
    }
    free(all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slow_arithmetic_is_right),
        cmocka_unit_test(field_constants_are_what_they_are_called),
        cmocka_unit_test(field_bytes),
        cmocka_unit_test(field_operations_at_their_bounds),
        cmocka_unit_test(field_operations_on_random_numbers),
        cmocka_unit_test(field_power),
        cmocka_unit_test(base_point),
        cmocka_unit_test(points_add_like_libsodium),
        cmocka_unit_test(points_of_small_order),
        cmocka_unit_test(two_products),
        cmocka_unit_test(long_sums),
        cmocka_unit_test(windows_widen_with_the_terms),
        cmocka_unit_test(canonical_scalars),
        cmocka_unit_test(sums_of_products),
        cmocka_unit_test(cache_changes_no_point),
        cmocka_unit_test(cache_refuses_bad_memory),
        cmocka_unit_test(batches_with_a_cache),
        cmocka_unit_test(bisection_names_exactly_the_failing),
        cmocka_unit_test(batch_is_full_cleared_and_used_again),
        cmocka_unit_test(batch_keeps_no_reference),
        cmocka_unit_test(batch_memory_is_enough),
        cmocka_unit_test(verdict_does_not_depend_on_the_seed),
    };
    assert_true(sodium_init() >= 0);
    return cmocka_run_group_tests_name("unit/ed25519", tests, NULL, NULL);
}
