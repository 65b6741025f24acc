/* SPDX-License-Identifier: Apache-2.0 */
/* Parachains: keys against published ones, heads of every kind, ancestors, lifecycle, code. */
#include "fixture.h"
#include "grandpa_builder.h"
#include "relay_state.h"

#include "mote/limits.h"
#include "mote/para.h"

static const mote_hash no_parent = {{0}};

static void heads_keys_are_the_published_ones(void **unused) {
    (void)unused;
    /* verification-rules E.1; 2000, 2001, 2002: asked of a live node, tests/vectors/local. */
    static const struct {
        uint32_t id;
        const char *suffix;
    } known[] = {{1000, "b6ff6f7d467b87a9e8030000"},
                 {1004, "cafa6fcc550ffd86ec030000"},
                 {2000, "63f5a4efb16ffa83d0070000"},
                 {2001, "4e6de0c642f36091d1070000"},
                 {2002, "70bd9a93e85e3ce1d2070000"}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        uint8_t key[MOTE_PARA_KEY_SIZE];
        const mote_bytes prefix = fixture_hex(RELAY_HEADS);
        const mote_bytes suffix = fixture_hex(known[i].suffix);
        mote_para_head_key(key, known[i].id);
        assert_memory_equal(key, prefix.data, 32);
        assert_memory_equal(key + 32, suffix.data, 12);
        mote_para_lifecycle_key(key, known[i].id);
        assert_memory_equal(key, fixture_hex(RELAY_LIFECYCLES).data, 32);
        assert_memory_equal(key + 32, suffix.data, 12);
        mote_para_code_hash_key(key, known[i].id);
        assert_memory_equal(key, fixture_hex(RELAY_CODE_HASH).data, 32);
        assert_memory_equal(key + 32, suffix.data, 12);
    }
}

/* Reads the head of parachain 2000 where it is `data`. */
static mote_status read_head(mote_para_head *out, mote_bytes data) {
    relay_state state;
    naive_reset();
    relay_state_open(&state);
    relay_state_put_head(&state, 2000, data);
    relay_state_close(&state, NAIVE_V0);
    const mote_bytes key = relay_paras_key(RELAY_HEADS, 2000);
    mote_context *context = fixture_context(8);
    mote_proof proof = relay_state_load(context, &state, 77, &key, 1);
    return mote_para_head_read(context, out, &proof, 2000);
}

static void head_is_a_final_header(void **unused) {
    (void)unused;
    const mote_bytes header = relay_para_header(&no_parent, 41, 3);
    const mote_hash hash = libsodium_blake2b_256(header);
    mote_para_head head;
    assert_status(read_head(&head, header), MOTE_OK);
    assert_int_equal(head.state, MOTE_PARA_HEAD_HEADER);
    assert_true(mote_bytes_equal(head.data, header));
    assert_status(mote_para_header_check(&head.head), MOTE_OK);
    assert_int_equal(head.head.para_id, 2000);
    assert_int_equal(head.head.number, 41);
    assert_int_equal(head.head.relay_number, 77);
    assert_int_equal(head.head.assumed, MOTE_ASSUMED_HEADER);
    assert_memory_equal(head.head.hash.bytes, hash.bytes, 32);
    assert_memory_equal(head.header.hash.bytes, hash.bytes, 32);
    const mote_state_root root = mote_state_of_parachain(&head.head);
    assert_int_equal(root.origin, MOTE_STATE_OF_PARACHAIN);
    assert_int_equal(root.para_id, 2000);
    assert_int_equal(root.block_number, 41);
}

static void larger_numbers_are_refused_by_name(void **unused) {
    (void)unused;
    test_buffer header = {NULL, 0, 0};
    const mote_bytes small = relay_para_header(&no_parent, 41, 3);
    append_span(&header, small.data, 32);
    append_compact(&header, UINT64_C(1) << 33);
    append_span(&header, small.data + 33, small.size - 33);
    mote_para_head head;
    assert_status(read_head(&head, buffer_bytes(&header)), MOTE_E_LARGE_BLOCK_NUMBER);
    assert_int_equal(head.state, MOTE_PARA_HEAD_OPAQUE);
    assert_int_equal(head.data.size, header.size);
    assert_status(mote_para_header_check(&head.head), MOTE_E_NO_EVIDENCE);
}

static void value_that_is_no_head_data_is_malformed(void **unused) {
    (void)unused;
    static const struct {
        const char *value;
        mote_status expected;
    } cases[] = {{"", MOTE_E_TRUNCATED},
                 {"0811", MOTE_E_LENGTH_BEYOND_INPUT},
                 {"041122", MOTE_E_TRAILING_BYTES},
                 {"050011", MOTE_E_COMPACT_NOT_CANONICAL}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        relay_state state;
        naive_reset();
        relay_state_open(&state);
        const mote_bytes key = relay_paras_key(RELAY_HEADS, 2000);
        relay_state_put(&state, key, fixture_hex(cases[i].value));
        relay_state_close(&state, NAIVE_V1);
        mote_context *context = fixture_context(1);
        mote_proof proof = relay_state_load(context, &state, 77, &key, 1);
        mote_para_head head;
        assert_status(mote_para_head_read(context, &head, &proof, 2000), cases[i].expected);
        assert_int_equal(head.state, MOTE_PARA_HEAD_UNKNOWN);
    }
}

static void head_by_hash_alone_is_not_enough(void **unused) {
    (void)unused;
    relay_state state;
    naive_reset();
    relay_state_open(&state);
    relay_state_put_head(&state, 2000, relay_para_header(&no_parent, 41, 3));
    relay_state_close(&state, NAIVE_HASH_ALL);
    const mote_bytes key = relay_paras_key(RELAY_HEADS, 2000);
    naive_list nodes;
    memset(&nodes, 0, sizeof nodes);
    naive_prove(&nodes, state.trie, key);
    size_t value = nodes.count;
    for (size_t i = 0; i < nodes.count; i++) {
        if (mote_bytes_equal(nodes.items[i], state.entries[4].value)) value = i;
    }
    assert_true(value < nodes.count);
    const naive_list rest = naive_without(&nodes, value);
    const mote_finalized_header final = relay_state_final(&state, 77, 1);
    const mote_state_root root = mote_state_of_relay(&final);
    mote_context *context = fixture_context(1);
    mote_proof proof;
    assert_status(mote_proof_load(context, &proof, &root, naive_scale(&rest), MOTE_PROOF_STRICT),
                  MOTE_OK);
    mote_para_head head;
    assert_status(mote_para_head_read(context, &head, &proof, 2000), MOTE_E_VALUE_NOT_IN_PROOF);
    assert_int_equal(head.state, MOTE_PARA_HEAD_UNKNOWN);
}

static void only_a_relay_state_is_read(void **unused) {
    (void)unused;
    relay_state state;
    naive_reset();
    relay_state_open(&state);
    relay_state_put_head(&state, 2000, relay_para_header(&no_parent, 41, 3));
    relay_state_close(&state, NAIVE_V0);
    const mote_bytes key = relay_paras_key(RELAY_HEADS, 2000);
    const mote_hash bare = naive_root(state.trie);
    mote_context *context = fixture_context(1);
    mote_para_head head;

    mote_state_root root = mote_state_assumed(&bare);
    mote_proof proof;
    assert_status(mote_proof_load(context, &proof, &root, relay_state_prove(&state, &key, 1),
                                  MOTE_PROOF_STRICT),
                  MOTE_OK);
    assert_status(mote_para_head_read(context, &head, &proof, 2000), MOTE_OK);
    assert_int_equal(head.head.assumed, MOTE_ASSUMED_ROOT);

    proof.state.origin =
        MOTE_STATE_OF_PARACHAIN; /* a parachain that stores what looks like heads */
    assert_status(mote_para_head_read(context, &head, &proof, 2000), MOTE_E_BAD_ARGUMENT);
    mote_para_lifecycle lifecycle;
    assert_status(mote_para_lifecycle_read(context, &lifecycle, &proof, 2000), MOTE_E_BAD_ARGUMENT);
    proof.state.seal = 0;
    assert_status(mote_para_head_read(context, &head, &proof, 2000), MOTE_E_NO_EVIDENCE);
    assert_int_equal(head.state, MOTE_PARA_HEAD_UNKNOWN);
}

static void incomplete_proof_says_so(void **unused) {
    (void)unused;
    relay_state state;
    naive_reset();
    relay_state_open(&state);
    relay_state_put_head(&state, 2000, relay_para_header(&no_parent, 41, 3));
    relay_state_close(&state, NAIVE_V0);
    const mote_bytes other =
        fixture_hex("26aa394eea5630e07c48ae0c9558cef702a5c1b19ab7a04f536c519aca4983ac");
    mote_context *context = fixture_context(1);
    mote_proof proof = relay_state_load(context, &state, 77, &other, 1);
    mote_para_head head;
    assert_status(mote_para_head_read(context, &head, &proof, 2000), MOTE_E_PROOF_INCOMPLETE);
}

static void ancestors_follow_by_hash_and_number(void **unused) {
    (void)unused;
    const mote_bytes grandparent = relay_para_header(&no_parent, 39, 1);
    const mote_hash grandparent_hash = libsodium_blake2b_256(grandparent);
    const mote_bytes parent = relay_para_header(&grandparent_hash, 40, 2);
    const mote_hash parent_hash = libsodium_blake2b_256(parent);
    mote_para_head head;
    assert_status(read_head(&head, relay_para_header(&parent_hash, 41, 3)), MOTE_OK);
    mote_context *context = fixture_other_context(1);
    mote_header decoded;
    mote_para_header ancestor;
    assert_status(mote_header_decode(context, &decoded, parent), MOTE_OK);
    assert_status(mote_para_parent(context, &ancestor, &head.head, &decoded), MOTE_OK);
    assert_int_equal(ancestor.number, 40);
    assert_int_equal(ancestor.para_id, 2000);
    assert_int_equal(ancestor.relay_number, 77);
    assert_int_equal(ancestor.assumed, MOTE_ASSUMED_HEADER);
    assert_memory_equal(ancestor.relay_hash.bytes, head.head.relay_hash.bytes, 32);
    /* In place, and a header that is not the parent. */
    mote_header lower;
    assert_status(mote_header_decode(context, &lower, grandparent), MOTE_OK);
    mote_para_header untouched;
    assert_status(mote_para_parent(context, &untouched, &head.head, &lower), MOTE_E_HEADER_LINK);
    assert_status(mote_para_header_check(&untouched), MOTE_E_NO_EVIDENCE);
    assert_status(mote_para_parent(context, &ancestor, &ancestor, &lower), MOTE_OK);
    assert_int_equal(ancestor.number, 39);
    memset(&untouched, 0, sizeof untouched);
    assert_status(mote_para_parent(context, &ancestor, &untouched, &lower), MOTE_E_NO_EVIDENCE);
}

static void parent_of_another_number_is_refused(void **unused) {
    (void)unused;
    static const uint32_t wrong[] = {39, 41, 42, 0};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const mote_bytes parent = relay_para_header(&no_parent, wrong[i], 2);
        const mote_hash hash = libsodium_blake2b_256(parent);
        mote_para_head head;
        assert_status(read_head(&head, relay_para_header(&hash, 41, 3)), MOTE_OK);
        mote_context *context = fixture_other_context(1);
        mote_header decoded;
        mote_para_header out;
        assert_status(mote_header_decode(context, &decoded, parent), MOTE_OK);
        assert_status(mote_para_parent(context, &out, &head.head, &decoded), MOTE_E_HEADER_NUMBER);
    }
}

static void lifecycle_is_read_or_absent(void **unused) {
    (void)unused;
    static const char *const names[] = {"onboarding",
                                        "parathread",
                                        "parachain",
                                        "upgrading",
                                        "downgrading",
                                        "offboarding-parathread",
                                        "offboarding-parachain"};
    for (unsigned value = 0; value < 256; value++) {
        relay_state state;
        naive_reset();
        relay_state_open(&state);
        const uint8_t byte = (uint8_t)value;
        const mote_bytes keys[] = {relay_paras_key(RELAY_LIFECYCLES, 2000),
                                   relay_paras_key(RELAY_LIFECYCLES, 2001)};
        relay_state_put(&state, keys[0], (mote_bytes){&byte, 1});
        relay_state_close(&state, NAIVE_V0);
        mote_context *context = fixture_context(1);
        mote_proof proof = relay_state_load(context, &state, 77, keys, 2);
        mote_para_lifecycle lifecycle;
        mote_status status = mote_para_lifecycle_read(context, &lifecycle, &proof, 2000);
        assert_status(status, value < 7 ? MOTE_OK : MOTE_E_BAD_ENUM);
        if (value < 7) assert_string_equal(mote_para_lifecycle_name(lifecycle), names[value]);
        assert_status(mote_para_lifecycle_read(context, &lifecycle, &proof, 2001), MOTE_OK);
        assert_int_equal(lifecycle, MOTE_PARA_NOT_REGISTERED);
    }
    assert_string_equal(mote_para_lifecycle_name(MOTE_PARA_NOT_REGISTERED), "not-registered");
    assert_string_equal(mote_para_lifecycle_name((mote_para_lifecycle)99), "unknown");
}

static void progress_has_names(void **unused) {
    (void)unused;
    assert_string_equal(mote_para_progress_name(MOTE_PARA_PROGRESS_NONE), "none");
    assert_string_equal(mote_para_progress_name(MOTE_PARA_PROGRESS_CHILD), "child");
    assert_string_equal(mote_para_progress_name(MOTE_PARA_PROGRESS_AHEAD), "ahead");
    assert_string_equal(mote_para_progress_name(MOTE_PARA_PROGRESS_REPLACED), "replaced");
    assert_string_equal(mote_para_progress_name((mote_para_progress)9), "unknown");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads_keys_are_the_published_ones),
        cmocka_unit_test(head_is_a_final_header),
        cmocka_unit_test(larger_numbers_are_refused_by_name),
        cmocka_unit_test(value_that_is_no_head_data_is_malformed),
        cmocka_unit_test(head_by_hash_alone_is_not_enough),
        cmocka_unit_test(only_a_relay_state_is_read),
        cmocka_unit_test(incomplete_proof_says_so),
        cmocka_unit_test(ancestors_follow_by_hash_and_number),
        cmocka_unit_test(parent_of_another_number_is_refused),
        cmocka_unit_test(lifecycle_is_read_or_absent),
        cmocka_unit_test(progress_has_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
