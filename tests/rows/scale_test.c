/* SPDX-License-Identifier: Apache-2.0 */
/* H.1: SCALE, by itself and at every entry point through which bytes from a network come in. */
#include "fixture.h"

#include "mote/bundle.h"
#include "mote/checkpoint.h"
#include "mote/grandpa.h"
#include "mote/header.h"
#include "mote/limits.h"
#include "mote/scale.h"
#include "mote/trie.h"
#include "mote/warp.h"

/* --- compact integers and vectors ------------------------------------------------------------------------ */

static mote_status compact_u64(const char *hex) {
    mote_cursor cursor = mote_cursor_over(fixture_hex(hex));
    uint64_t value = mote_read_compact_u64(&cursor);
    mote_status status = mote_cursor_finish(fixture_context(1), &cursor);
    if (status != MOTE_OK) assert_true(value == 0);
    return status;
}

static mote_status compact_u32(const char *hex) {
    mote_cursor cursor = mote_cursor_over(fixture_hex(hex));
    uint32_t value = mote_read_compact_u32(&cursor);
    mote_status status = mote_cursor_finish(fixture_context(1), &cursor);
    if (status != MOTE_OK) assert_true(value == 0);
    return status;
}

static void S01_zero_in_longer_modes(void **state) {
    (void)state;
    static const char *const zeros[] = {"0100", "02000000", "0300000000", "070000000000"};
    for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++) {
        assert_status(compact_u64(zeros[i]), MOTE_E_COMPACT_NOT_CANONICAL);
        assert_status(compact_u32(zeros[i]), MOTE_E_COMPACT_NOT_CANONICAL);
    }
}

static void S02_largest_of_a_mode_in_the_next_one(void **state) {
    (void)state;
    assert_status(compact_u64("fd00"), MOTE_E_COMPACT_NOT_CANONICAL);       /* 63 in two bytes */
    assert_status(compact_u64("feff0000"), MOTE_E_COMPACT_NOT_CANONICAL);   /* 16383 in four */
    assert_status(compact_u64("03ffffff3f"), MOTE_E_COMPACT_NOT_CANONICAL); /* 2^30 - 1, big */
    assert_status(compact_u64("fc"), MOTE_OK);
    assert_status(compact_u64("fdff"), MOTE_OK);
    assert_status(compact_u64("feffffff"), MOTE_OK);
    assert_status(compact_u64("0300000040"), MOTE_OK);
}

static void S03_big_integer_with_zero_on_top(void **state) {
    (void)state;
    assert_status(compact_u64("07ffffffff00"), MOTE_E_COMPACT_NOT_CANONICAL);
    assert_status(compact_u64("13ffffffffffffff00"), MOTE_E_COMPACT_NOT_CANONICAL);
    assert_status(compact_u64("17ffffffffffffffff00"), MOTE_E_COMPACT_NOT_CANONICAL);
    assert_status(compact_u64("07ffffffff01"), MOTE_OK);
}

static void S04_u32_of_two_to_the_32(void **state) {
    (void)state;
    assert_status(compact_u32("070000000001"), MOTE_E_COMPACT_TOO_LARGE);
    assert_status(compact_u32("03ffffffff"), MOTE_OK);
    assert_status(compact_u64("070000000001"), MOTE_OK);
    assert_status(compact_u64("17000000000000000001"), MOTE_E_COMPACT_TOO_LARGE); /* 2^64 */
}

static void S05_big_integer_of_67_bytes(void **state) {
    (void)state;
    uint8_t bytes[68];
    memset(bytes, 0xff, sizeof bytes);
    mote_cursor cursor = mote_cursor_over((mote_bytes){bytes, sizeof bytes});
    (void)mote_read_compact_u64(&cursor);
    mote_context *context = fixture_context(1);
    assert_status(mote_cursor_finish(context, &cursor), MOTE_E_COMPACT_TOO_LARGE);
    assert_int_equal(mote_fault_offset(&context->fault, (mote_bytes){bytes, sizeof bytes}), 0);
}

static mote_status vec_u8(mote_bytes input) {
    mote_cursor cursor = mote_cursor_over(input);
    mote_bytes vec = mote_read_vec_u8(&cursor);
    mote_status status =
        mote_cursor_finish(fixture_context(0), &cursor); /* and no memory to take */
    if (status != MOTE_OK) assert_int_equal(vec.size, 0);
    return status;
}

static void S06_gossamer_2629(void **state) {
    (void)state;
    /* 07 announces five bytes of length: 0x4000100908. */
    assert_status(vec_u8(fixture_hex("070809100040")), MOTE_E_COMPACT_TOO_LARGE);
}

static void S07_length_beyond_the_input(void **state) {
    (void)state;
    assert_status(vec_u8(fixture_hex("feffffff00010203040506070809")), MOTE_E_LENGTH_BEYOND_INPUT);
    assert_status(vec_u8(fixture_hex("2c00010203040506070809")), MOTE_E_LENGTH_BEYOND_INPUT);
    assert_status(vec_u8(fixture_hex("2800010203040506070809")), MOTE_OK);
}

static void S09_options_booleans_enums(void **state) {
    (void)state;
    for (unsigned value = 0; value < 256; value++) {
        uint8_t byte = (uint8_t)value;
        const mote_bytes input = {&byte, 1};
        mote_cursor option = mote_cursor_over(input), boolean = mote_cursor_over(input);
        assert_int_equal(mote_read_option(&option), value == 1);
        assert_int_equal(mote_read_bool(&boolean), value == 1);
        mote_status expected = value <= 1 ? MOTE_OK : MOTE_E_BAD_OPTION;
        assert_status(mote_cursor_finish(fixture_context(1), &option), expected);
        assert_status(mote_cursor_finish(fixture_context(1), &boolean), expected);
    }
    /* An equivocation proof is an enum of prevote and precommit. */
    uint8_t equivocation[8 + 1 + 8 + 32 + 2 * (32 + 4 + 64)] = {0};
    equivocation[8] = 2;
    mote_context *context = fixture_context(8);
    mote_voter voter;
    mote_authority_set set;
    mote_equivocation out;
    const uint8_t item[40] = {9, [32] = 1};
    const mote_authority_list list = {item, 1};
    assert_status(mote_authority_set_build(context, &set, &voter, 1, &list, 0, 0), MOTE_OK);
    mote_bytes proof = {equivocation, sizeof equivocation};
    assert_status(mote_equivocation_verify(context, &out, &set, proof), MOTE_E_BAD_ENUM);
}

/* Lengths at which `offset + length` would wrap a 32-bit size, and what they are in 64 bits. */
static void S13_lengths_that_wrap_an_offset(void **state) {
    (void)state;
    static const char *const lengths[] = {"03ffffffff", "03fbffffff", "0300000080", "03feffff7f"};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        uint8_t bytes[64] = {0};
        mote_bytes length = fixture_hex(lengths[i]);
        memcpy(bytes, length.data, length.size);
        assert_status(vec_u8((mote_bytes){bytes, sizeof bytes}), MOTE_E_LENGTH_BEYOND_INPUT);
        mote_cursor cursor = mote_cursor_over((mote_bytes){bytes, sizeof bytes});
        assert_int_equal(mote_read_count(&cursor, 40, UINT32_MAX), 0); /* count * 40 wraps too */
        assert_status(cursor.status, MOTE_E_LENGTH_BEYOND_INPUT);
        cursor = mote_cursor_over((mote_bytes){bytes, sizeof bytes});
        assert_null(mote_read_span(&cursor, SIZE_MAX).data);
        assert_status(cursor.status, MOTE_E_TRUNCATED);
    }
}

/* --- every entry point ------------------------------------------------------------------------------------ */

static mote_authority_set *set_of(const char *path, uint64_t set_id) {
    static mote_voter voters[MOTE_MAX_AUTHORITIES];
    static mote_authority_set set;
    mote_authority_list list;
    mote_context *context = fixture_other_context(1);
    assert_status(mote_authority_list_decode(context, &list, fixture_file(path)), MOTE_OK);
    assert_status(mote_authority_set_build(context, &set, voters, MOTE_MAX_AUTHORITIES, &list,
                                           set_id, MOTE_ASSUMED_AUTHORITIES),
                  MOTE_OK);
    return &set;
}

#define SET_2149 "grandpa/authority-sets/rococo-set2149.bin"

static mote_bytes written(mote_writer *writer) {
    assert_true(mote_writer_fits(writer));
    return (mote_bytes){writer->data, writer->size};
}

static mote_writer big_writer(size_t capacity) {
    uint8_t *data = malloc(capacity);
    assert_non_null(data);
    return mote_writer_into(data, capacity);
}

static mote_bytes header_bytes(void) {
    size_t count;
    return fixture_hex_lines("headers/rococo-1115042-1115042.hex", &count)[0];
}

static mote_status try_header(mote_context *context, mote_bytes input) {
    mote_header header;
    return mote_header_decode(context, &header, input);
}

static mote_bytes authorities_bytes(void) {
    return fixture_file(SET_2149);
}

static mote_status try_authorities(mote_context *context, mote_bytes input) {
    mote_authority_list list;
    return mote_authority_list_decode(context, &list, input);
}

static mote_bytes justification_bytes(void) {
    return fixture_file("grandpa/rococo-1238286.justification.bin");
}

static mote_status try_justification(mote_context *context, mote_bytes input) {
    mote_finalized_block block;
    mote_justification_report report;
    return mote_justification_verify(context, &block, &report, set_of(SET_2149, 2149), input, NULL);
}

static mote_status try_decoding_justification(mote_context *context, mote_bytes input) {
    mote_justification_report report;
    return mote_justification_decode(context, &report, input);
}

/* The recorded justification's commit, in the order in which it is gossiped. */
static mote_bytes commit_bytes(void) {
    mote_bytes whole = justification_bytes();
    mote_cursor cursor = mote_cursor_over(whole);
    mote_writer writer = big_writer(whole.size + 64);
    mote_write_u64(&writer, mote_read_u64(&cursor)); /* round */
    mote_write_u64(&writer, 2149);
    mote_bytes target = mote_read_span(&cursor, 36);
    mote_write_span(&writer, target.data, target.size);
    uint32_t count = mote_read_count(&cursor, 132, MOTE_MAX_AUTHORITIES);
    const uint8_t *votes = mote_read_span(&cursor, (size_t)count * 132).data;
    assert_non_null(votes);
    mote_write_compact(&writer, count);
    for (uint32_t i = 0; i < count; i++) mote_write_span(&writer, votes + 132 * i, 36);
    mote_write_compact(&writer, count);
    for (uint32_t i = 0; i < count; i++) mote_write_span(&writer, votes + 132 * i + 36, 96);
    return written(&writer);
}

static mote_status try_commit(mote_context *context, mote_bytes input) {
    mote_finalized_block block;
    mote_justification_report report;
    return mote_commit_verify(context, &block, &report, set_of(SET_2149, 2149), input, NULL, 0);
}

static mote_bytes warp_bytes(void) {
    return fixture_file("warp/rococo-set2149-to-2150-1238286-1238699.warpproof.bin");
}

static mote_status try_warp(mote_context *context, mote_bytes input) {
    mote_warp *warp;
    const mote_warp_start start = {.set = set_of(SET_2149, 2149), .max_authorities = 512};
    mote_status status = mote_warp_new(context, &warp, &start);
    assert_status(status, MOTE_OK);
    while (status == MOTE_OK && input.size > 0) {
        size_t consumed = 0;
        mote_warp_link link;
        status = mote_warp_feed(context, warp, &consumed, input);
        while (mote_warp_next(warp, &link)) {
        }
        assert_true(status != MOTE_OK || consumed > 0);
        input.data += consumed;
        input.size -= consumed;
    }
    return status == MOTE_OK ? mote_warp_finish(context, warp) : status;
}

static json_t *para_head_recording(void) {
    static json_t *recording = NULL;
    if (recording == NULL) {
        recording = fixture_json("proofs/rococo-1754631-parahead-basilisk-2090.json");
    }
    return recording;
}

static mote_bytes proof_bytes(void) {
    json_t *nodes = json_object_get(para_head_recording(), "nodes");
    mote_writer writer = big_writer(1 << 16);
    mote_write_compact(&writer, json_array_size(nodes));
    size_t index;
    json_t *node;
    json_array_foreach(nodes, index, node) {
        mote_write_vec_u8(&writer, fixture_hex(json_string_value(node)));
    }
    return written(&writer);
}

static mote_status try_proof(mote_context *context, mote_bytes input) {
    mote_hash root =
        fixture_hash(json_string_value(json_object_get(para_head_recording(), "state_root")));
    mote_state_root state = mote_state_assumed(&root);
    mote_proof proof;
    return mote_proof_load(context, &proof, &state, input, MOTE_PROOF_STRICT);
}

static mote_bytes checkpoint_bytes(void) {
    mote_context *context = fixture_context(8);
    mote_checkpoint checkpoint;
    assert_status(mote_checkpoint_from_parts(context, &checkpoint, header_bytes(),
                                             authorities_bytes(), 2149,
                                             mote_chain_by_name("rococo")),
                  MOTE_OK);
    mote_writer writer = big_writer(1 << 16);
    mote_checkpoint_encode(&writer, &checkpoint, false);
    return written(&writer);
}

static mote_status try_checkpoint(mote_context *context, mote_bytes input) {
    mote_checkpoint checkpoint;
    return mote_checkpoint_decode(context, &checkpoint, input);
}

static mote_bytes bundle_bytes(void) {
    const mote_bytes header = header_bytes();
    mote_bundle_parts parts = {.chain = "rococo", .headers = &header, .header_count = 1};
    parts.justification = justification_bytes();
    mote_writer writer = big_writer(1 << 20);
    mote_bundle_encode(&writer, &parts);
    return written(&writer);
}

static mote_status try_bundle(mote_context *context, mote_bytes input) {
    mote_bundle bundle;
    return mote_bundle_open(context, &bundle, input);
}

static const struct entry_point {
    const char *name;
    mote_bytes (*valid)(void);
    mote_status (*try)(mote_context *context, mote_bytes input);
    mote_status with_trailing_byte;
} entry_points[] = {
    {"header", header_bytes, try_header, MOTE_E_TRAILING_BYTES},
    {"authorities", authorities_bytes, try_authorities, MOTE_E_TRAILING_BYTES},
    {"justification", justification_bytes, try_justification, MOTE_E_TRAILING_BYTES},
    {"justification, decoded only", justification_bytes, try_decoding_justification,
     MOTE_E_TRAILING_BYTES},
    {"commit", commit_bytes, try_commit, MOTE_E_TRAILING_BYTES},
    {"warp proof", warp_bytes, try_warp, MOTE_E_TRAILING_BYTES},
    {"storage proof", proof_bytes, try_proof, MOTE_E_TRAILING_BYTES},
    {"compact checkpoint", checkpoint_bytes, try_checkpoint, MOTE_E_TRAILING_BYTES},
    {"bundle", bundle_bytes, try_bundle, MOTE_E_TRAILING_BYTES},
};
#define ENTRY_POINTS (sizeof entry_points / sizeof entry_points[0])

static mote_status attempt(const struct entry_point *entry, mote_bytes input) {
    uint8_t *exact = fixture_copy(input);
    mote_status status = entry->try(fixture_context(24), (mote_bytes){exact, input.size});
    free(exact);
    return status;
}

static void S10_one_byte_too_many_everywhere(void **state) {
    (void)state;
    for (size_t i = 0; i < ENTRY_POINTS; i++) {
        print_message("%s\n", entry_points[i].name);
        mote_bytes valid = entry_points[i].valid();
        assert_status(attempt(&entry_points[i], valid), MOTE_OK);
        uint8_t *longer = malloc(valid.size + 1);
        assert_non_null(longer);
        memcpy(longer, valid.data, valid.size);
        for (unsigned extra = 0; extra < 256; extra += 51) {
            longer[valid.size] = (uint8_t)extra;
            assert_status(attempt(&entry_points[i], (mote_bytes){longer, valid.size + 1}),
                          entry_points[i].with_trailing_byte);
        }
        free(longer);
    }
}

static bool refuses(mote_status status) {
    mote_status_class class_ = mote_status_class_of(status);
    return class_ == MOTE_CLASS_MALFORMED || class_ == MOTE_CLASS_FALSE ||
           class_ == MOTE_CLASS_INCOMPLETE;
}

/* Every position; where signatures have to be verified before the end is noticed, a sample of the later ones. */
static void S11_cut_at_every_byte(void **state) {
    (void)state;
    for (size_t i = 0; i < ENTRY_POINTS; i++) {
        print_message("%s\n", entry_points[i].name);
        mote_bytes valid = entry_points[i].valid();
        bool verifies_on_the_way = entry_points[i].try == try_warp;
        size_t dense = verifies_on_the_way ? 512 : valid.size;
        size_t stride = 1 + valid.size / fixture_times(100);
        for (size_t size = 0; size < valid.size; size += size < dense ? 1 : stride) {
            mote_status status = attempt(&entry_points[i], (mote_bytes){valid.data, size});
            if (!refuses(status))
                print_error("cut at byte %zu: %s\n", size, mote_status_name(status));
            assert_true(refuses(status));
        }
    }
}

static void S12_nothing_at_all(void **state) {
    (void)state;
    for (size_t i = 0; i < ENTRY_POINTS; i++) {
        print_message("%s\n", entry_points[i].name);
        mote_status status = entry_points[i].try(fixture_context(24), (mote_bytes){NULL, 0});
        assert_true(refuses(status));
    }
}

/* Counts whose items would each be tiny: refused by number before any is looked at, or by what they are. */
static void S08_a_million_empty_items(void **state) {
    (void)state;
    const size_t items = 1u << 20;
    mote_writer writer = big_writer(items + 64);
    mote_write_compact(&writer, items);
    for (size_t i = 0; i < items; i++) mote_write_u8(&writer, 0);
    assert_status(try_proof(fixture_context(64), written(&writer)), MOTE_E_LIMIT_COUNT);

    writer.size = 0; /* the same as digest items: Other, each of no bytes */
    uint8_t front[32 + 1 + 32 + 32] = {0};
    mote_write_span(&writer, front, sizeof front);
    mote_write_compact(&writer, items / 2 - 128);
    for (size_t i = 0; i < items / 2 - 128; i++) mote_write_u16(&writer, 0);
    assert_status(try_header(fixture_context(1), written(&writer)), MOTE_E_LIMIT_COUNT);
    free(writer.data);
}

/* No type here contains itself, so there is no depth to limit: a prefix that a recursive decoder would descend
 * into is refused at its place, in the stack that any input takes. */
static void S14_ten_thousand_levels(void **state) {
    (void)state;
    uint8_t nested[20000];
    for (unsigned byte = 0; byte < 256; byte += 4) {
        memset(nested, (int)byte,
               sizeof nested); /* 04: a vector of one, holding a vector of one, ... */
        for (size_t i = 0; i < ENTRY_POINTS; i++) {
            mote_status status =
                entry_points[i].try(fixture_context(24), (mote_bytes){nested, sizeof nested});
            assert_int_not_equal(status, MOTE_OK);
            assert_int_not_equal(mote_status_class_of(status), MOTE_CLASS_INTERNAL);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(S01_zero_in_longer_modes),
        cmocka_unit_test(S02_largest_of_a_mode_in_the_next_one),
        cmocka_unit_test(S03_big_integer_with_zero_on_top),
        cmocka_unit_test(S04_u32_of_two_to_the_32),
        cmocka_unit_test(S05_big_integer_of_67_bytes),
        cmocka_unit_test(S06_gossamer_2629),
        cmocka_unit_test(S07_length_beyond_the_input),
        cmocka_unit_test(S08_a_million_empty_items),
        cmocka_unit_test(S09_options_booleans_enums),
        cmocka_unit_test(S10_one_byte_too_many_everywhere),
        cmocka_unit_test(S11_cut_at_every_byte),
        cmocka_unit_test(S12_nothing_at_all),
        cmocka_unit_test(S13_lengths_that_wrap_an_offset),
        cmocka_unit_test(S14_ten_thousand_levels),
    };
    return cmocka_run_group_tests_name("rows/scale", tests, NULL, NULL);
}
