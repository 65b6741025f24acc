/* SPDX-License-Identifier: Apache-2.0 */
/* Transcripts against published challenges and a naive STROBE; ristretto255 against RFC 9496 and libsodium; the
 * contracts of signatures, batches and VRF. */
#include "sr25519_cases.h"

#include <sodium.h>

#include "keccak.h"
#include "multiscalar.h"
#include "ristretto.h"
#include "scalar.h"

static const mote_bytes some_message = {(const uint8_t *)"a seal", 6};

static mote_bytes text(const char *characters) {
    return (mote_bytes){(const uint8_t *)characters, strlen(characters)};
}

static void random_bytes(uint8_t *out, size_t size, uint64_t *random) {
    for (size_t i = 0; i < size; i++) out[i] = (uint8_t)(fixture_random(random) >> 17);
}

/* --- transcripts ---------------------------------------------------------------------------------- */

static void merlin_simple(void **state) {
    (void)state;
    json_t *file = fixture_json("vectors/sr25519.json");
    mote_transcript t, fork;
    uint8_t drawn[32];
    mote_transcript_init(&t, "test protocol");
    mote_transcript_append(&t, "some label", text("some data"));
    fork = t;
    mote_transcript_challenge(&t, drawn, 32, "challenge");
    const json_t *published = json_object_get(file, "transcripts");
    assert_memory_equal(drawn, fixture_hex_field(published, "simple").data, 32);
    memset(drawn, 0, 32);
    mote_transcript_challenge(&fork, drawn, 32, "challenge"); /* a copy is a fork */
    assert_memory_equal(drawn, fixture_hex_field(published, "simple").data, 32);
    json_decref(file);
}

static void merlin_complex(void **state) {
    (void)state;
    json_t *file = fixture_json("vectors/sr25519.json");
    mote_transcript t;
    uint8_t drawn[32], data[1024];
    memset(data, 99, sizeof data);
    mote_transcript_init(&t, "test protocol");
    mote_transcript_append(&t, "step1", text("some data"));
    for (unsigned i = 0; i < 32; i++) {
        mote_transcript_challenge(&t, drawn, 32, "challenge");
        mote_transcript_append(&t, "bigdata", (mote_bytes){data, sizeof data});
        mote_transcript_append(&t, "challengedata", (mote_bytes){drawn, 32});
    }
    const json_t *published = json_object_get(file, "transcripts");
    assert_memory_equal(drawn, fixture_hex_field(published, "complex").data, 32);
    json_decref(file);
}

/* STROBE as its specification writes it: a state of bytes, every operation byte by byte. */
typedef struct naive_strobe {
    uint8_t state[200];
    size_t position, begin;
} naive_strobe;

static void naive_permute(naive_strobe *s) {
    uint64_t lane[25] = {0};
    for (unsigned i = 0; i < 200; i++) lane[i / 8] |= (uint64_t)s->state[i] << (8 * (i % 8));
    mote_keccak_permute(lane);
    for (unsigned i = 0; i < 200; i++) s->state[i] = (uint8_t)(lane[i / 8] >> (8 * (i % 8)));
}

static void naive_run(naive_strobe *s) {
    s->state[s->position] ^= (uint8_t)s->begin;
    s->state[s->position + 1] ^= 0x04;
    s->state[167] ^= 0x80;
    naive_permute(s);
    s->position = s->begin = 0;
}

static void naive_absorb(naive_strobe *s, mote_bytes data) {
    for (size_t i = 0; i < data.size; i++) {
        s->state[s->position++] ^= data.data[i];
        if (s->position == 166) naive_run(s);
    }
}

static void naive_begin(naive_strobe *s, uint8_t flags) {
    const uint8_t framing[2] = {(uint8_t)s->begin, flags};
    s->begin = s->position + 1;
    naive_absorb(s, (mote_bytes){framing, 2});
    if ((flags & 4) != 0 && s->position != 0) naive_run(s);
}

static void naive_frame(naive_strobe *s, const char *label, size_t size) {
    const uint8_t length[4] = {(uint8_t)size, (uint8_t)(size >> 8), (uint8_t)(size >> 16),
                               (uint8_t)(size >> 24)};
    naive_begin(s, 0x12);
    naive_absorb(s, text(label));
    naive_absorb(s, (mote_bytes){length, 4});
}

static void naive_append(naive_strobe *s, const char *label, mote_bytes message) {
    naive_frame(s, label, message.size);
    naive_begin(s, 0x02);
    naive_absorb(s, message);
}

static void naive_challenge(naive_strobe *s, uint8_t *out, size_t size, const char *label) {
    naive_frame(s, label, size);
    naive_begin(s, 0x07);
    for (size_t i = 0; i < size; i++) {
        out[i] = s->state[s->position];
        s->state[s->position++] = 0;
        if (s->position == 166) naive_run(s);
    }
}

static void naive_init(naive_strobe *s, const char *label) {
    static const uint8_t start[18] = {1,   168, 1,   0,   1,   96,  'S', 'T', 'R',
                                      'O', 'B', 'E', 'v', '1', '.', '0', '.', '2'};
    memset(s, 0, sizeof *s);
    memcpy(s->state, start, sizeof start);
    naive_permute(s);
    naive_begin(s, 0x12);
    naive_absorb(s, text("Merlin v1.0"));
    naive_append(s, "dom-sep", text(label));
}

static void transcripts_are_those_of_a_naive_strobe(void **state) {
    (void)state;
    uint64_t random = 128;
    for (size_t round = 0; round < fixture_times(400); round++) {
        mote_transcript t;
        naive_strobe s;
        mote_transcript_init(&t, "test");
        naive_init(&s, "test");
        for (unsigned step = 0; step < 12; step++) {
            uint8_t data[400], drawn[400], expected[400];
            const size_t size = (size_t)(fixture_random(&random) % sizeof data);
            random_bytes(data, size, &random);
            switch (fixture_random(&random) % 3) {
            case 0:
                mote_transcript_append(&t, "message", (mote_bytes){data, size});
                naive_append(&s, "message", (mote_bytes){data, size});
                break;
            case 1:
                mote_transcript_append_u64(&t, "", UINT64_C(0x0807060504030201));
                naive_append(&s, "", (mote_bytes){(const uint8_t *)"\1\2\3\4\5\6\7\10", 8});
                break;
            default:
                mote_transcript_challenge(&t, drawn, size, "draw");
                naive_challenge(&s, expected, size, "draw");
                assert_memory_equal(drawn, expected, size);
            }
        }
        uint8_t drawn[32], expected[32];
        mote_transcript_challenge(&t, drawn, 32, "last");
        naive_challenge(&s, expected, 32, "last");
        assert_memory_equal(drawn, expected, 32);
    }
}

/* --- ristretto255 --------------------------------------------------------------------------------- */

static void assert_encoded(const point *a, const uint8_t expected[32]) {
    uint8_t bytes[32];
    ristretto_encode(bytes, a);
    assert_memory_equal(bytes, expected, 32);
}

static void multiples_of_the_generator(void **state) {
    (void)state;
    json_t *file = fixture_json("vectors/sr25519.json");
    point sum;
    point_set_identity(&sum);
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(file, "multiples_of_generator"), index, entry) {
        const mote_bytes encoding = fixture_hex(json_string_value(entry));
        affine_point decoded;
        assert_encoded(&sum, encoding.data);
        assert_int_equal(ristretto_is_zero(&sum), index == 0);
        assert_true(ristretto_decode(&decoded, encoding.data));
        point difference;
        point_subtract_affine(&difference, &sum, &decoded);
        assert_true(ristretto_is_zero(&difference));
        point_add_affine(&sum, &sum, &affine_point_base);
    }
    assert_int_equal(index, 16);
    json_decref(file);
}

static void bad_encodings(void **state) {
    (void)state;
    json_t *file = fixture_json("vectors/sr25519.json");
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(file, "bad_encodings"), index, entry) {
        affine_point decoded;
        const mote_bytes encoding = fixture_hex_field(entry, "encoding");
        assert_false(ristretto_decode(&decoded, encoding.data));
        assert_false(mote_sr25519_key_is_valid(encoding.data));
    }
    assert_int_equal(index, 29);
    json_decref(file);
}

static void elements_from_uniform_bytes(void **state) {
    (void)state;
    json_t *file = fixture_json("vectors/sr25519.json");
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(file, "uniform"), index, entry) {
        point made;
        ristretto_from_uniform(&made, fixture_hex_field(entry, "input").data);
        assert_encoded(&made, fixture_hex_field(entry, "output").data);
    }
    assert_int_equal(index, 11);
    json_decref(file);
}

/* A point and the same with one of order 4 or 8 added: equal the first time, another the second. */
static void torsion_of_order_four_is_divided_out(void **state) {
    (void)state;
    affine_point order_8;
    point torsion, four[5];
    assert_true(affine_point_decode(
        &order_8,
        fixture_hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a").data));
    point_from_affine(&torsion, &order_8, false);
    assert_false(ristretto_is_zero(&torsion));
    point_double_times(&torsion, &torsion, 1);
    point_set_identity(&four[0]);
    addend step;
    point_to_addend(&step, &torsion);
    for (unsigned i = 0; i < 4; i++) {
        assert_true(ristretto_is_zero(&four[i]));
        point_add(&four[i + 1], &four[i], &step);
    }
    uint64_t random = 4;
    for (size_t round = 0; round < fixture_times(100); round++) {
        uint8_t uniform[64], expected[32], other[32];
        point made, moved;
        random_bytes(uniform, sizeof uniform, &random);
        ristretto_from_uniform(&made, uniform);
        ristretto_encode(expected, &made);
        for (unsigned i = 0; i < 4; i++) {
            point_to_addend(&step, &four[i]);
            point_add(&moved, &made, &step);
            assert_encoded(&moved, expected);
        }
        point_add_affine(&moved, &made, &order_8);
        ristretto_encode(other, &moved);
        assert_memory_not_equal(other, expected, 32);
    }
}

/* Random numbers, small ones, ones around p, and valid encodings with a bit turned: libsodium says the same of all. */
static void decodes_what_libsodium_decodes(void **state) {
    (void)state;
    uint64_t random = 9496;
    size_t valid = 0;
    for (size_t round = 0; round < fixture_times(6000); round++) {
        uint8_t encoding[32], uniform[64];
        random_bytes(uniform, sizeof uniform, &random);
        memcpy(encoding, uniform, 32);
        switch (round % 6) {
        case 0: encoding[31] &= 0x7f; break;
        case 1: encoding[31] &= 0x7f, encoding[0] &= 0xfe; break;
        case 2: memset(encoding + 1, 0, 31); break;
        case 3: memset(encoding + 1, 0xff, 30), encoding[31] = 0x7f; break;
        case 4: crypto_core_ristretto255_from_hash(encoding, uniform); break;
        default:
            crypto_core_ristretto255_from_hash(encoding, uniform);
            encoding[uniform[0] % 32] ^= (uint8_t)(1u << (uniform[1] % 8));
        }
        affine_point decoded;
        const bool is_valid = ristretto_decode(&decoded, encoding);
        /* libsodium 1.0.18 looks past bit 255, which makes a number not canonical. */
        const bool fits = (encoding[31] & 0x80) == 0;
        assert_int_equal(is_valid, fits && crypto_core_ristretto255_is_valid_point(encoding) == 1);
        valid += is_valid;
        if (!is_valid) continue;
        point back;
        point_from_affine(&back, &decoded, false);
        assert_encoded(&back, encoding);
    }
    assert_true(valid > 0);
}

static void maps_like_libsodium(void **state) {
    (void)state;
    uint64_t random = 64;
    for (size_t round = 0; round < fixture_times(1500); round++) {
        uint8_t uniform[64], expected[32];
        point made;
        random_bytes(uniform, sizeof uniform, &random);
        if (round % 4 == 1) memset(uniform, 0, 31);
        if (round % 4 == 2) memset(uniform + 33, 0xff, 31);
        if (round % 8 == 3) memcpy(uniform, uniform + 32, 32);
        crypto_core_ristretto255_from_hash(expected, uniform);
        ristretto_from_uniform(&made, uniform);
        assert_encoded(&made, expected);
    }
}

/* Encoded from their halves, all at once, or one by one from themselves: the same. Among them points of order 1, 2, 4
 * and 8, whose doubles are the identity of the group. */
static void doubles_are_encoded_alike(void **state) {
    (void)state;
    enum { MOST = 40 };
    ristretto_doubled all[MOST];
    affine_point order_8;
    uint64_t random = 2;
    assert_true(affine_point_decode(
        &order_8,
        fixture_hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a").data));
    for (size_t round = 0; round < fixture_times(60); round++) {
        const size_t count = (size_t)(fixture_random(&random) % (MOST + 1));
        point torsion;
        point_set_identity(&torsion);
        for (size_t i = 0; i < count; i++) {
            uint8_t uniform[64];
            random_bytes(uniform, sizeof uniform, &random);
            ristretto_from_uniform(&all[i].half, uniform);
            if (uniform[0] % 4 != 0) continue;
            all[i].half = torsion; /* of all eight in turn; those of order 8 double to order 4 */
            point_add_affine(&torsion, &torsion, &order_8);
        }
        ristretto_encode_doubled(all, count);
        for (size_t i = 0; i < count; i++) {
            point doubled;
            point_double_times(&doubled, &all[i].half, 1);
            assert_encoded(&doubled, all[i].bytes);
        }
    }
}

/* --- multiples ------------------------------------------------------------------------------------ */

static void assert_same_number(const field *a, const field *b) {
    uint8_t left[32], right[32];
    field_to_bytes(left, a);
    field_to_bytes(right, b);
    assert_memory_equal(left, right, 32);
}

static void table_of_the_base_point(void **state) {
    (void)state;
    for (unsigned i = 0; i < BASE_ODD_MULTIPLES; i++) {
        const uint8_t scalar[32] = {(uint8_t)(2 * i + 1)};
        uint8_t encoding[32];
        affine_point expected;
        assert_int_equal(crypto_scalarmult_ed25519_base_noclamp(encoding, scalar), 0);
        assert_true(affine_point_decode(&expected, encoding));
        assert_same_number(&affine_point_base_odd[i].y_plus_x, &expected.y_plus_x);
        assert_same_number(&affine_point_base_odd[i].y_minus_x, &expected.y_minus_x);
        assert_same_number(&affine_point_base_odd[i].xy2d, &expected.xy2d);
    }
}

/* 0, 1, l - 1, one bit, all ones, random. */
static void odd_scalar(uint8_t scalar[32], uint64_t *random) {
    uint8_t wide[64];
    random_bytes(wide, sizeof wide, random);
    const unsigned kind = (unsigned)(fixture_random(random) % 8), bit = wide[0] % 252;
    crypto_core_ristretto255_scalar_reduce(scalar, wide);
    if (kind > 4) return;
    memset(scalar, 0, 32);
    if (kind == 1) scalar[0] = 1;
    if (kind == 2) {
        memcpy(scalar, sr25519_order, 32);
        scalar[0]--;
    }
    if (kind == 3) scalar[bit / 8] = (uint8_t)(1u << (bit % 8));
    if (kind == 4) memset(scalar, 0xff, 31);
}

static void products_with_the_base_point(void **state) {
    (void)state;
    uint64_t random = 255;
    for (size_t round = 0; round < fixture_times(400); round++) {
        uint8_t uniform[64], A_bytes[32], a[32], b[32], left[32], right[32], expected[32];
        affine_point A_affine;
        point A, base, out;
        random_bytes(uniform, sizeof uniform, &random);
        crypto_core_ristretto255_from_hash(A_bytes, uniform);
        odd_scalar(a, &random);
        odd_scalar(b, &random);
        /* -1: it is the identity, and written all the same. */
        assert_int_equal(crypto_scalarmult_ristretto255(left, a, A_bytes), -sodium_is_zero(a, 32));
        assert_int_equal(crypto_scalarmult_ristretto255_base(right, b), -sodium_is_zero(b, 32));
        assert_int_equal(crypto_core_ristretto255_add(expected, left, right), 0);
        assert_true(ristretto_decode(&A_affine, A_bytes));
        point_from_affine(&A, &A_affine, false);
        point_multiply_and_base(&out, &A, a, b);
        assert_encoded(&out, expected);
        point_from_affine(&base, &affine_point_base, false);
        point_multiply_two(&out, &A, a, &base, b);
        assert_encoded(&out, expected);
    }
}

static void halves_of_scalars(void **state) {
    (void)state;
    uint64_t random = 3;
    for (size_t round = 0; round < fixture_times(1000); round++) {
        uint8_t a[32], half[32], sum[32];
        odd_scalar(a, &random);
        scalar_halve(half, a);
        assert_true(scalar_is_canonical(half));
        crypto_core_ristretto255_scalar_add(sum, half, half);
        assert_memory_equal(sum, a, 32);
    }
}

/* --- batches ---------------------------------------------------------------------------------------- */

static void damage(sr25519_signed *c, uint64_t *random) {
    switch (fixture_random(random) % 6) {
    case 0: c->key[fixture_random(random) % 32] ^= 2; break;
    case 1: c->signature[63] &= 0x7f; break;
    case 2: c->signature[63] |= 0x70; break;
    case 3: c->signature[fixture_random(random) % 32] ^= 2; break;
    case 4: crypto_core_ristretto255_random(c->signature); break;
    default: c->signature[32 + fixture_random(random) % 31] ^= 2; break;
    }
}

/* Every set of failing members, small; then random ones, large: exactly they are marked. */
static void batches_name_exactly_the_failing(void **state) {
    (void)state;
    sr25519_signed *all = sr25519_signed_by_many(0, 300);
    for (unsigned set = 0; set < 1u << 7; set++) {
        sr25519_signed some[7];
        for (unsigned i = 0; i < 7; i++) {
            some[i] = all[i];
            if ((set >> i & 1) != 0) some[i].signature[33 + i] ^= 1;
        }
        assert_sr25519_batch_agrees(some, 7);
    }
    uint64_t random = 25519;
    for (size_t round = 0; round < fixture_times(20); round++) {
        sr25519_signed some[300];
        memcpy(some, all, sizeof some);
        const size_t failing = (size_t)1 << (fixture_random(&random) % 8);
        for (size_t i = 0; i < failing; i++) damage(&some[fixture_random(&random) % 300], &random);
        assert_sr25519_batch_agrees(some, 1 + (size_t)(fixture_random(&random) % 300));
    }
    for (size_t i = 0; i < 64; i++) all[i].signature[32] ^= 1;
    assert_sr25519_batch_agrees(all, 64); /* all of them */
    free(all);
}

/* s + e and s' - e: their sum is right, they are not. */
static void errors_that_cancel(void **state) {
    (void)state;
    for (uint32_t round = 0; round < 32; round++) {
        sr25519_signed *all = sr25519_signed_by_many(100 * round, 8);
        uint8_t error[32], bad[8];
        sr25519_secret(error, round + 7);
        for (unsigned i = 0; i < 2; i++) {
            uint8_t *s = all[2 + 3 * i].signature + 32;
            s[31] &= 0x7f;
            if (i == 0) crypto_core_ristretto255_scalar_add(s, s, error);
            if (i == 1) crypto_core_ristretto255_scalar_sub(s, s, error);
            s[31] |= 0x80;
        }
        uint32_t first;
        assert_status(sr25519_judge_together(all, 8, bad, &first), MOTE_E_BAD_SIGNATURE);
        assert_int_equal(first, 2);
        for (unsigned i = 0; i < 8; i++) assert_int_equal(bad[i], i == 2 || i == 5);
        free(all);
    }
}

static void fill(mote_sr25519_batch *batch, const sr25519_signed *all, size_t count) {
    for (size_t i = 0; i < count; i++) {
        assert_status(mote_sr25519_batch_add(batch, all[i].key, all[i].signature, all[i].message),
                      MOTE_OK);
    }
    assert_int_equal(mote_sr25519_batch_count(batch), count);
}

static void batch_is_full_cleared_and_used_again(void **state) {
    (void)state;
    sr25519_signed *all = sr25519_signed_by_many(0, 20);
    mote_context *context = fixture_context(4);
    mote_sr25519_batch *batch = mote_sr25519_batch_new(context, 10);
    assert_non_null(batch);
    assert_status(mote_sr25519_batch_verify(context, NULL, batch), MOTE_OK); /* empty */
    for (unsigned round = 0; round < 3; round++) {
        fill(batch, all + round, 10);
        assert_status(mote_sr25519_batch_add(batch, all[0].key, all[0].signature, all[0].message),
                      MOTE_E_LIMIT_COUNT);
        for (unsigned again = 0; again < 2; again++) { /* judging changes nothing */
            const size_t used = context->used;
            assert_status(mote_sr25519_batch_verify(context, NULL, batch), MOTE_OK);
            assert_int_equal(context->used, used);
        }
        mote_sr25519_batch_clear(batch);
        assert_int_equal(mote_sr25519_batch_count(batch), 0);
        sr25519_signed wrong = all[15];
        wrong.signature[40] ^= 1;
        fill(batch, &wrong, 1);
        assert_status(mote_sr25519_batch_verify(context, NULL, batch), MOTE_E_BAD_SIGNATURE);
        mote_sr25519_batch_clear(batch);
    }
    assert_null(mote_sr25519_batch_new(context, MOTE_SR25519_MAX_BATCH + 1));
    assert_status(context->fault.status, MOTE_E_LIMIT_COUNT);
    free(all);
}

static void contexts_within_a_batch(void **state) {
    (void)state;
    mote_context *context = fixture_context(1);
    mote_sr25519_batch *batch = mote_sr25519_batch_new(context, 4);
    assert_non_null(batch);
    uint8_t secret[32], bad[4];
    sr25519_signed made = sr25519_signed_by(9, some_message), other = made;
    sr25519_secret(secret, 9);
    assert_int_equal(crypto_scalarmult_ristretto255_base(other.signature, secret), 0);
    sr25519_complete(&other, "elsewhere", secret, secret);
    static const char *const contexts[] = {"substrate", "elsewhere", "elsewhere", "substrate"};
    for (unsigned i = 0; i < 4; i++) { /* 0 and 2 by the substrate's, 1 and 3 by the other */
        const sr25519_signed *one = i % 2 == 0 ? &made : &other;
        assert_status(mote_sr25519_batch_add_in_context(batch, text(contexts[i]), one->key,
                                                        one->signature, one->message),
                      MOTE_OK);
    }
    assert_status(mote_sr25519_batch_verify(context, bad, batch), MOTE_E_BAD_SIGNATURE);
    for (unsigned i = 0; i < 4; i++) assert_int_equal(bad[i], i > 1);
    assert_int_equal(context->fault.index, 2);
}

static void batch_memory_is_enough(void **state) {
    (void)state;
    static const size_t sizes[] = {0, 1, 3, 4, 33, 300};
    static const uint8_t seed[32] = {3};
    sr25519_signed *all = sr25519_signed_by_many(0, 300);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        const size_t enough = mote_sr25519_batch_memory(sizes[i]);
        for (size_t less = 0; less <= enough; less += 1 + enough / 37) {
            uint8_t *memory = malloc(enough - less + 1);
            assert_non_null(memory);
            mote_context context;
            mote_context_init(&context, memory, enough - less, seed);
            mote_sr25519_batch *batch = mote_sr25519_batch_new(&context, sizes[i]);
            mote_status status = MOTE_E_LIMIT_MEMORY;
            if (batch != NULL) {
                fill(batch, all, sizes[i]);
                status = mote_sr25519_batch_verify(&context, NULL, batch);
            }
            if (less == 0) assert_status(status, MOTE_OK);
            if (status != MOTE_OK) assert_status(status, MOTE_E_LIMIT_MEMORY);
            free(memory);
        }
    }
    free(all);
}

/* --- the VRF -------------------------------------------------------------------------------------- */

static void outputs_depend_on_what_they_are_for(void **state) {
    (void)state;
    static const uint8_t randomness[32] = {1};
    const mote_transcript t = sr25519_babe_transcript(5, 6, randomness);
    const mote_transcript before = t;
    const sr25519_proven made = sr25519_proven_by(1, &t, true);
    mote_sr25519_vrf vrf;
    assert_status(sr25519_judge_proof(&vrf, &made, &t), MOTE_OK);
    assert_memory_equal(t.lane, before.lane, sizeof t.lane); /* the transcript is the caller's */
    uint8_t score[16], same[16], longer[32], other[16];
    mote_sr25519_vrf_make_bytes(score, sizeof score, &vrf, "substrate-babe-vrf");
    mote_sr25519_vrf_make_bytes(same, sizeof same, &vrf, "substrate-babe-vrf");
    mote_sr25519_vrf_make_bytes(longer, sizeof longer, &vrf, "substrate-babe-vrf");
    mote_sr25519_vrf_make_bytes(other, sizeof other, &vrf, "BabeVRFInOutContext");
    assert_memory_equal(score, same, 16);
    assert_memory_not_equal(score, other, 16);
    assert_memory_not_equal(score, longer, 16); /* the length is part of what is drawn */
}

/* Another input, another output. */
static void outputs_depend_on_the_input(void **state) {
    (void)state;
    static const uint8_t randomness[32] = {1};
    for (uint32_t number = 0; number < 20; number++) {
        mote_sr25519_vrf first, second;
        const mote_transcript t = sr25519_babe_transcript(number, 6, randomness);
        sr25519_proven made = sr25519_proven_by(number, &t, true);
        assert_status(sr25519_judge_proof(&first, &made, &t), MOTE_OK);
        const mote_transcript u = sr25519_babe_transcript(number + 1, 6, randomness);
        made = sr25519_proven_by(number, &u, true);
        assert_status(sr25519_judge_proof(&second, &made, &u), MOTE_OK);
        assert_memory_not_equal(first.input, second.input, 32);
        assert_memory_not_equal(first.pre_output, second.pre_output, 32);
    }
}

/* Proofs of many sorts, for and against: together each has the verdict and the output it has alone. */
static void many_proofs_are_judged_as_each_alone(void **state) {
    (void)state;
    enum { MOST = 150 };
    static const uint8_t randomness[32] = {9};
    static sr25519_proven made[MOST];
    static mote_transcript transcript[MOST];
    static mote_sr25519_vrf_claim claim[MOST];
    static mote_sr25519_vrf out[MOST];
    uint8_t bad[MOST];
    uint64_t random = 77;
    for (unsigned i = 0; i < MOST; i++) {
        transcript[i] = sr25519_babe_transcript(i, 1, randomness);
        if (i % 7 == 0) { /* transcripts need not be as far as each other */
            mote_transcript_append(&transcript[i], "more", (mote_bytes){randomness, i % 32});
        }
        claim[i] = (mote_sr25519_vrf_claim){made[i].key, &transcript[i], made[i].pre_output,
                                            made[i].proof};
    }
    static const size_t counts[] = {0, 1, 2, 63, 64, 65, 128, 150};
    for (size_t round = 0; round < sizeof counts / sizeof counts[0]; round++) {
        const size_t count = counts[round];
        mote_status first = MOTE_OK;
        uint32_t first_index = 0;
        for (uint32_t i = 0; i < count; i++) {
            uint8_t *parts[] = {made[i].key, made[i].pre_output, made[i].proof, made[i].proof + 32};
            made[i] = sr25519_proven_by(i, &transcript[i], true);
            const uint64_t kind = fixture_random(&random) % 12;
            if (kind < 4) parts[kind][fixture_random(&random) % 32] ^= 4;
            if (kind == 4) memset(made[i].pre_output, 0, 32);
        }
        mote_context *context = fixture_context(1);
        const mote_status together = mote_sr25519_vrf_verify_many(context, out, bad, claim, count);
        for (uint32_t i = (uint32_t)count; i > 0; i--) {
            mote_sr25519_vrf alone;
            const mote_status status =
                sr25519_judge_proof(&alone, &made[i - 1], &transcript[i - 1]);
            assert_int_equal(bad[i - 1], status != MOTE_OK);
            assert_memory_equal(&out[i - 1], &alone, sizeof alone);
            if (status == MOTE_OK) continue;
            first = status;
            first_index = i - 1;
        }
        assert_status(together, first);
        if (first != MOTE_OK) assert_int_equal(context->fault.index, first_index);
        assert_int_equal(context->used, 0);
        assert_status(mote_sr25519_vrf_verify_many(context, out, NULL, claim, count), first);
    }
}

/* Messages of equal sizes are hashed together, those of others, long ones and other contexts by themselves. */
static void messages_of_any_sizes_in_one_batch(void **state) {
    (void)state;
    enum { MOST = 120 };
    static const uint8_t text[200] = {7, 1, 2};
    static sr25519_signed all[MOST];
    uint8_t bad[MOST];
    uint64_t random = 5;
    for (size_t round = 0; round < fixture_times(20); round++) {
        const size_t count = 1 + fixture_random(&random) % MOST;
        mote_context *context = fixture_context(1);
        mote_sr25519_batch *batch = mote_sr25519_batch_new(context, count);
        assert_non_null(batch);
        for (size_t i = 0; i < count; i++) {
            const uint64_t kind = fixture_random(&random);
            const size_t size = kind % 3 == 0 ? kind / 3 % sizeof text : 32 + kind / 3 % 2;
            const mote_bytes message = {size == 0 ? NULL : text, size};
            all[i] = sr25519_signed_by((uint32_t)(kind % 9), message);
            if (kind / 9 % 10 == 0) all[i].signature[kind / 90 % 64] ^= 1;
            assert_status(
                kind / 9 % 10 == 1
                    ? mote_sr25519_batch_add_in_context(
                          batch, (mote_bytes){(const uint8_t *)"substrate", 9}, all[i].key,
                          all[i].signature, message)
                    : mote_sr25519_batch_add(batch, all[i].key, all[i].signature, message),
                MOTE_OK);
        }
        mote_status first = MOTE_OK;
        for (size_t i = count; i > 0; i--) {
            const mote_status alone = sr25519_judge_alone(&all[i - 1]);
            if (alone != MOTE_OK) first = alone;
        }
        assert_status(mote_sr25519_batch_verify(context, bad, batch), first);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(bad[i], sr25519_judge_alone(&all[i]) != MOTE_OK);
        }
    }
}

static void many_proofs_need_memory(void **state) {
    (void)state;
    static const uint8_t randomness[32] = {9}, seed[32] = {1};
    static const mote_sr25519_vrf nothing;
    static mote_sr25519_vrf out[100];
    static mote_sr25519_vrf_claim claim[100];
    static uint8_t memory[64 * 1024];
    const mote_transcript t = sr25519_babe_transcript(1, 1, randomness);
    const sr25519_proven made = sr25519_proven_by(1, &t, true);
    for (unsigned i = 0; i < 100; i++) {
        claim[i] = (mote_sr25519_vrf_claim){made.key, &t, made.pre_output, made.proof};
    }
    mote_context context;
    mote_context_init(&context, memory, sizeof memory, seed);
    assert_status(mote_sr25519_vrf_verify_many(&context, out, NULL, claim, 100), MOTE_OK);
    mote_context_init(&context, memory, 1024, seed);
    assert_status(mote_sr25519_vrf_verify_many(&context, out, NULL, claim, 100),
                  MOTE_E_LIMIT_MEMORY);
    assert_status(context.fault.status, MOTE_E_LIMIT_MEMORY);
    for (unsigned i = 0; i < 100; i++) assert_memory_equal(&out[i], &nothing, sizeof nothing);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merlin_simple),
        cmocka_unit_test(merlin_complex),
        cmocka_unit_test(transcripts_are_those_of_a_naive_strobe),
        cmocka_unit_test(multiples_of_the_generator),
        cmocka_unit_test(bad_encodings),
        cmocka_unit_test(elements_from_uniform_bytes),
        cmocka_unit_test(torsion_of_order_four_is_divided_out),
        cmocka_unit_test(decodes_what_libsodium_decodes),
        cmocka_unit_test(maps_like_libsodium),
        cmocka_unit_test(doubles_are_encoded_alike),
        cmocka_unit_test(table_of_the_base_point),
        cmocka_unit_test(products_with_the_base_point),
        cmocka_unit_test(halves_of_scalars),
        cmocka_unit_test(batches_name_exactly_the_failing),
        cmocka_unit_test(errors_that_cancel),
        cmocka_unit_test(batch_is_full_cleared_and_used_again),
        cmocka_unit_test(contexts_within_a_batch),
        cmocka_unit_test(batch_memory_is_enough),
        cmocka_unit_test(outputs_depend_on_what_they_are_for),
        cmocka_unit_test(outputs_depend_on_the_input),
        cmocka_unit_test(many_proofs_are_judged_as_each_alone),
        cmocka_unit_test(many_proofs_need_memory),
        cmocka_unit_test(messages_of_any_sizes_in_one_batch),
    };
    assert_true(sodium_init() >= 0);
    return cmocka_run_group_tests_name("unit/sr25519", tests, NULL, NULL);
}
