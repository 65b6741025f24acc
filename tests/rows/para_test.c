/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Catalogue H.10: parachains. R08-R12, of messages between them, are in message_test.c.
 */
#include "fixture.h"
#include "grandpa_builder.h"
#include "relay_state.h"

#include "mote/limits.h"
#include "mote/para.h"

static const mote_hash no_parent = {{0}};

/* A relay state with one parachain head, and its proof. */
static mote_status read_head(mote_para_head *out, uint32_t asked, uint32_t relay_number,
                             mote_bytes data, size_t mebibytes) {
    relay_state state;
    naive_reset();
    relay_state_open(&state);
    relay_state_put_head(&state, 2000, data);
    relay_state_close(&state, NAIVE_V0);
    const mote_bytes keys[] = {relay_paras_key(RELAY_HEADS, 2000),
                               relay_paras_key(RELAY_HEADS, asked)};
    mote_context *context = fixture_context(mebibytes);
    mote_proof proof = relay_state_load(context, &state, relay_number, keys, 2);
    mote_status status = mote_para_head_read(context, out, &proof, asked);
    if (status == MOTE_OK) assert_int_equal(context->fault.status, MOTE_OK);
    return status;
}

static void R01_head_under_a_relay_block_that_is_not_final(void **unused) {
    (void)unused;
    relay_state state;
    naive_reset();
    relay_state_open(&state);
    relay_state_put_head(&state, 2000, relay_para_header(&no_parent, 41, 3));
    relay_state_close(&state, NAIVE_V0);
    const mote_bytes key = relay_paras_key(RELAY_HEADS, 2000);
    const mote_bytes proof_bytes = relay_state_prove(&state, &key, 1);
    mote_context *context = fixture_context(1);
    /* Decoded, with the right root, and nothing that says it is final: no state to read under. */
    mote_header decoded;
    assert_status(mote_header_decode(context, &decoded, relay_state_header(&state, 77, 1)),
                  MOTE_OK);
    mote_finalized_header not_final;
    memset(&not_final, 0, sizeof not_final);
    not_final.hash = decoded.hash;
    not_final.number = decoded.number;
    not_final.state_root = decoded.state_root;
    const mote_state_root nothing = mote_state_of_relay(&not_final);
    mote_proof proof;
    assert_status(mote_proof_load(context, &proof, &nothing, proof_bytes, MOTE_PROOF_STRICT),
                  MOTE_E_NO_EVIDENCE);
    /* The caller may take it on his own account; the head then says so. */
    const mote_finalized_header assumed = mote_finalized_header_assumed(&decoded);
    const mote_state_root root = mote_state_of_relay(&assumed);
    assert_status(mote_proof_load(context, &proof, &root, proof_bytes, MOTE_PROOF_STRICT), MOTE_OK);
    mote_para_head head;
    assert_status(mote_para_head_read(context, &head, &proof, 2000), MOTE_OK);
    assert_int_equal(head.head.assumed, MOTE_ASSUMED_HEADER);
}

static void R02_head_data_is_not_a_header(void **unused) {
    (void)unused;
    mote_para_head head;
    const mote_bytes opaque = fixture_hex("68656c6c6f");
    assert_status(read_head(&head, 2000, 77, opaque, 1), MOTE_E_HEAD_NOT_HEADER);
    assert_int_equal(head.state, MOTE_PARA_HEAD_OPAQUE);
    assert_true(mote_bytes_equal(head.data, opaque));
    assert_status(mote_para_header_check(&head.head), MOTE_E_NO_EVIDENCE);

    assert_status(read_head(&head, 2000, 77, (mote_bytes){NULL, 0}, 1), MOTE_E_HEAD_NOT_HEADER);
    assert_int_equal(head.state, MOTE_PARA_HEAD_OPAQUE);
    assert_int_equal(head.data.size, 0);
}

static void R02_head_data_is_a_header_and_one_byte(void **unused) {
    (void)unused;
    test_buffer longer = {NULL, 0, 0};
    const mote_bytes header = relay_para_header(&no_parent, 41, 3);
    append_span(&longer, header.data, header.size);
    append_u8(&longer, 0);
    mote_para_head head;
    assert_status(read_head(&head, 2000, 77, header, 1), MOTE_OK);
    assert_status(read_head(&head, 2000, 77, buffer_bytes(&longer), 1), MOTE_E_HEAD_NOT_HEADER);
    assert_int_equal(head.state, MOTE_PARA_HEAD_OPAQUE);
    assert_int_equal(head.data.size, header.size + 1);
    assert_status(mote_para_header_check(&head.head), MOTE_E_NO_EVIDENCE);
}

static void R02_head_data_of_one_mebibyte_and_one_more(void **unused) {
    (void)unused;
    mote_para_head head;
    uint8_t *longer = malloc(MOTE_MAX_HEAD_DATA_SIZE + 1);
    assert_non_null(longer);
    memset(longer, 10, MOTE_MAX_HEAD_DATA_SIZE + 1);
    assert_status(read_head(&head, 2000, 77, (mote_bytes){longer, MOTE_MAX_HEAD_DATA_SIZE}, 16),
                  MOTE_E_HEAD_NOT_HEADER);
    assert_int_equal(head.state, MOTE_PARA_HEAD_OPAQUE);
    assert_int_equal(head.data.size, MOTE_MAX_HEAD_DATA_SIZE);
    assert_status(read_head(&head, 2000, 77, (mote_bytes){longer, MOTE_MAX_HEAD_DATA_SIZE + 1}, 16),
                  MOTE_E_LIMIT_SIZE);
    assert_int_equal(head.state, MOTE_PARA_HEAD_UNKNOWN);
    assert_null(head.data.data);
    free(longer);
}

static mote_para_header final_head(uint32_t relay_number, mote_bytes header) {
    mote_para_head head;
    assert_status(read_head(&head, 2000, relay_number, header, 1), MOTE_OK);
    return head.head;
}

static mote_para_progress progress(const mote_para_header *earlier, const mote_para_header *later) {
    mote_para_progress out;
    assert_status(mote_para_progress_of(fixture_other_context(1), &out, earlier, later), MOTE_OK);
    return out;
}

static void R03_head_goes_back_or_beside(void **unused) {
    (void)unused;
    const mote_bytes first = relay_para_header(&no_parent, 40, 1);
    const mote_hash first_hash = libsodium_blake2b_256(first);
    const mote_bytes second = relay_para_header(&first_hash, 41, 2);
    const mote_bytes beside = relay_para_header(&no_parent, 41, 9);
    const mote_para_header at_40 = final_head(77, first);
    const mote_para_header at_41 = final_head(78, second);
    assert_int_equal(progress(&at_40, &at_40), MOTE_PARA_PROGRESS_NONE);
    assert_int_equal(progress(&at_40, &at_41), MOTE_PARA_PROGRESS_CHILD);
    /* Back. Two relay blocks say it, the later one counts. */
    const mote_para_header back = final_head(79, first);
    assert_int_equal(progress(&at_41, &back), MOTE_PARA_PROGRESS_REPLACED);
    /* Another block of the same height, and one above that does not build on it. */
    const mote_para_header other = final_head(79, beside);
    assert_int_equal(progress(&at_41, &other), MOTE_PARA_PROGRESS_REPLACED);
    assert_int_equal(progress(&at_40, &other), MOTE_PARA_PROGRESS_REPLACED);
    /* Asked the wrong way round, of different parachains, or of no evidence: no answer. */
    mote_para_progress out = MOTE_PARA_PROGRESS_NONE;
    mote_context *context = fixture_other_context(1);
    assert_status(mote_para_progress_of(context, &out, &at_41, &at_40), MOTE_E_BAD_ARGUMENT);
    mote_para_header foreign = at_41;
    foreign.para_id = 2001;
    assert_status(mote_para_progress_of(context, &out, &at_40, &foreign), MOTE_E_BAD_ARGUMENT);
    memset(&foreign, 0, sizeof foreign);
    assert_status(mote_para_progress_of(context, &out, &at_40, &foreign), MOTE_E_NO_EVIDENCE);
}

static void R04_no_head(void **unused) {
    (void)unused;
    mote_para_head head;
    assert_status(read_head(&head, 2001, 77, relay_para_header(&no_parent, 41, 3), 1), MOTE_OK);
    assert_int_equal(head.state, MOTE_PARA_HEAD_ABSENT);
    assert_status(mote_para_header_check(&head.head), MOTE_E_NO_EVIDENCE);
    assert_int_equal(head.data.size, 0);
}

static void R05_hash_of_the_id_right_and_the_id_behind_it_wrong(void **unused) {
    (void)unused;
    relay_state state;
    naive_reset();
    relay_state_open(&state);
    /* twox_64 of 2000, and behind it 2001: a key that no honest runtime writes. */
    const mote_bytes forged = fixture_hex(RELAY_HEADS "63f5a4efb16ffa83"
                                                      "d1070000");
    test_buffer value = {NULL, 0, 0};
    append_vec_u8(&value, relay_para_header(&no_parent, 41, 3));
    relay_state_put(&state, forged, buffer_bytes(&value));
    relay_state_close(&state, NAIVE_V0);
    const mote_bytes keys[] = {relay_paras_key(RELAY_HEADS, 2000),
                               relay_paras_key(RELAY_HEADS, 2001), forged};
    mote_context *context = fixture_context(1);
    mote_proof proof = relay_state_load(context, &state, 77, keys, 3);
    for (uint32_t id = 2000; id <= 2001; id++) {
        mote_para_head head;
        assert_status(mote_para_head_read(context, &head, &proof, id), MOTE_OK);
        assert_int_equal(head.state, MOTE_PARA_HEAD_ABSENT);
    }
}

static void R06_two_peers_show_different_heads_for_one_state(void **unused) {
    (void)unused;
    const mote_bytes truth = relay_para_header(&no_parent, 41, 3);
    const mote_bytes lie = relay_para_header(&no_parent, 41, 4);
    relay_state honest;
    relay_state forged;
    naive_reset();
    relay_state_open(&honest);
    relay_state_open(&forged);
    relay_state_put_head(&honest, 2000, truth);
    relay_state_put_head(&forged, 2000, lie);
    relay_state_close(&honest, NAIVE_V0);
    relay_state_close(&forged, NAIVE_V0);
    const mote_bytes key = relay_paras_key(RELAY_HEADS, 2000);
    const mote_finalized_header final = relay_state_final(&honest, 77, 1);
    const mote_state_root root = mote_state_of_relay(&final);
    mote_context *context = fixture_context(1);
    mote_proof proof;
    assert_status(mote_proof_load(context, &proof, &root, relay_state_prove(&forged, &key, 1),
                                  MOTE_PROOF_STRICT),
                  MOTE_E_ROOT_MISMATCH);
    assert_int_equal(mote_status_blame(MOTE_E_ROOT_MISMATCH), MOTE_BLAME_SOURCE);
    /* Both at once: the honest nodes lead past the liar's, which nothing reaches. */
    naive_list both;
    memset(&both, 0, sizeof both);
    naive_prove(&both, honest.trie, key);
    naive_prove(&both, forged.trie, key);
    assert_status(mote_proof_load(context, &proof, &root, naive_scale(&both), MOTE_PROOF_STRICT),
                  MOTE_E_PROOF_UNREACHABLE_NODE);
    assert_status(mote_proof_load(context, &proof, &root, naive_scale(&both), MOTE_PROOF_LENIENT),
                  MOTE_OK);
    mote_para_head head;
    assert_status(mote_para_head_read(context, &head, &proof, 2000), MOTE_OK);
    assert_true(mote_bytes_equal(head.data, truth));
}

static void R07_number_jumps_by_a_hundred(void **unused) {
    (void)unused;
    const mote_para_header before = final_head(77, relay_para_header(&no_parent, 40, 1));
    const mote_para_header after = final_head(78, relay_para_header(&no_parent, 140, 2));
    assert_int_equal(after.number, 140);
    assert_int_equal(progress(&before, &after), MOTE_PARA_PROGRESS_AHEAD);
}

static void R13_proof_from_another_block(void **unused) {
    (void)unused;
    /* What a call reads is a storage proof: recorded at relay block 136, shown as 137's. */
    json_t *blocks = fixture_json("local/relay.read-proofs.json.gz");
    const json_t *older = json_array_get(blocks, json_array_size(blocks) - 2);
    const json_t *newer = json_array_get(blocks, json_array_size(blocks) - 1);
    assert_int_equal(json_integer_value(json_object_get(older, "number")), 136);
    assert_int_equal(json_integer_value(json_object_get(newer, "number")), 137);
    naive_list nodes;
    memset(&nodes, 0, sizeof nodes);
    const json_t *list = json_object_get(older, "all_in_one");
    for (size_t i = 0; i < json_array_size(list); i++) {
        naive_append(&nodes, fixture_hex(json_string_value(json_array_get(list, i))));
    }
    const mote_bytes proof_bytes = naive_scale(&nodes);
    mote_context *context = fixture_context(4);
    mote_proof proof;
    const mote_hash right = fixture_hash(json_string_value(json_object_get(older, "state_root")));
    const mote_hash wrong = fixture_hash(json_string_value(json_object_get(newer, "state_root")));
    mote_state_root root = mote_state_assumed(&right);
    assert_status(mote_proof_load(context, &proof, &root, proof_bytes, MOTE_PROOF_STRICT), MOTE_OK);
    root = mote_state_assumed(&wrong);
    assert_status(mote_proof_load(context, &proof, &root, proof_bytes, MOTE_PROOF_STRICT),
                  MOTE_E_ROOT_MISMATCH);
}

/* A relay state with the code hash `current`, and `future` where an upgrade is scheduled. */
static mote_para_code read_code(const mote_hash *current, const mote_hash *future) {
    relay_state state;
    naive_reset();
    relay_state_open(&state);
    uint8_t key[MOTE_PARA_KEY_SIZE];
    uint8_t future_key[MOTE_PARA_KEY_SIZE];
    mote_para_code_hash_key(key, 2000);
    mote_para_future_code_hash_key(future_key, 2000);
    if (current != NULL) {
        relay_state_put(&state, (mote_bytes){key, sizeof key}, (mote_bytes){current->bytes, 32});
    }
    if (future != NULL) {
        relay_state_put(&state, (mote_bytes){future_key, sizeof future_key},
                        (mote_bytes){future->bytes, 32});
    }
    relay_state_close(&state, NAIVE_V0);
    const mote_bytes keys[] = {{key, sizeof key}, {future_key, sizeof future_key}};
    mote_context *context = fixture_context(1);
    mote_proof proof = relay_state_load(context, &state, 77, keys, 2);
    mote_para_code code;
    assert_status(mote_para_code_read(context, &code, &proof, 2000), MOTE_OK);
    return code;
}

static void R14_code_upgrade_pending(void **unused) {
    (void)unused;
    const mote_bytes today = fixture_hex("0061736d01");
    const mote_bytes tomorrow = fixture_hex("0061736d02");
    const mote_hash current = libsodium_blake2b_256(today);
    const mote_hash future = libsodium_blake2b_256(tomorrow);
    mote_para_code code = read_code(&current, NULL);
    assert_true(code.registered);
    assert_false(code.upgrade_pending);
    code = read_code(&current, &future);
    assert_true(code.upgrade_pending);
    assert_memory_equal(code.future.bytes, future.bytes, 32);
    /* The runtime that is to come is not the one that wrote this state. */
    assert_status(mote_para_code_check(fixture_context(1), &code, tomorrow), MOTE_E_VALUE_MISMATCH);
    assert_status(mote_para_code_check(fixture_context(1), &code, today), MOTE_OK);
}

static void R15_code_is_not_the_one_its_hash_names(void **unused) {
    (void)unused;
    const mote_bytes right = fixture_hex("0061736d010000");
    const mote_hash hash = libsodium_blake2b_256(right);
    const mote_para_code code = read_code(&hash, NULL);
    mote_context *context = fixture_context(1);
    assert_status(mote_para_code_check(context, &code, right), MOTE_OK);
    for (size_t i = 0; i < right.size; i++) {
        uint8_t *wrong = fixture_copy(right);
        wrong[i] ^= 1;
        assert_status(mote_para_code_check(context, &code, (mote_bytes){wrong, right.size}),
                      MOTE_E_VALUE_MISMATCH);
        free(wrong);
    }
    assert_status(mote_para_code_check(context, &code, (mote_bytes){right.data, right.size - 1}),
                  MOTE_E_VALUE_MISMATCH);
    const mote_para_code none = read_code(NULL, NULL);
    assert_false(none.registered);
    assert_status(mote_para_code_check(context, &none, right), MOTE_E_BAD_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(R01_head_under_a_relay_block_that_is_not_final),
        cmocka_unit_test(R02_head_data_is_not_a_header),
        cmocka_unit_test(R02_head_data_is_a_header_and_one_byte),
        cmocka_unit_test(R02_head_data_of_one_mebibyte_and_one_more),
        cmocka_unit_test(R03_head_goes_back_or_beside),
        cmocka_unit_test(R04_no_head),
        cmocka_unit_test(R05_hash_of_the_id_right_and_the_id_behind_it_wrong),
        cmocka_unit_test(R06_two_peers_show_different_heads_for_one_state),
        cmocka_unit_test(R07_number_jumps_by_a_hundred),
        cmocka_unit_test(R13_proof_from_another_block),
        cmocka_unit_test(R14_code_upgrade_pending),
        cmocka_unit_test(R15_code_is_not_the_one_its_hash_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
