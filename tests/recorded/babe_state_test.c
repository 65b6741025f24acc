/* SPDX-License-Identifier: Apache-2.0 */
/* Where a block stands by its own state: judged by the blocks that the network made behind it, over session ends. */
#include "fixture.h"

#include "mote/babe.h"

#define KEY(list, i) json_string_value(json_array_get(list, i))

static void load(mote_proof *proof, const json_t *block) {
    static mote_bytes nodes[64];
    mote_header header;
    const json_t *list = json_object_get(block, "proof");
    const mote_bytes first = fixture_hex(KEY(json_object_get(block, "headers"), 0));
    mote_context *context = fixture_context(4);
    size_t count = json_array_size(list);
    assert_in_range(count, 1, 64);
    for (size_t i = 0; i < count; i++) nodes[i] = fixture_hex(KEY(list, i));
    assert_status(mote_header_decode(context, &header, first), MOTE_OK);
    assert_hash_hex(&header.hash, json_string_value(json_object_get(block, "hash")));
    const mote_finalized_header final = mote_finalized_header_assumed(&header);
    const mote_state_root root = mote_state_of_relay(&final);
    assert_status(mote_proof_load_nodes(context, proof, &root, nodes, count, MOTE_PROOF_STRICT),
                  MOTE_OK);
}

static void judge_what_follows(const json_t *block, uint64_t epoch_slots) {
    mote_proof proof;
    mote_babe_position position;
    mote_header header;
    uint32_t epochs = 0;
    const json_t *headers = json_object_get(block, "headers");
    load(&proof, block);
    mote_context *context = fixture_other_context(4);
    assert_status(mote_babe_at_state(context, &position, &proof, epoch_slots), MOTE_OK);
    assert_int_equal(position.number, json_integer_value(json_object_get(block, "number")));
    for (size_t i = 1; i < json_array_size(headers); i++) {
        uint64_t before = position.current.index;
        assert_status(mote_header_decode(context, &header, fixture_hex(KEY(headers, i))), MOTE_OK);
        assert_status(mote_babe_advance(context, &position, NULL, &position, &header, UINT64_MAX),
                      MOTE_OK);
        epochs += position.current.index != before;
    }
    assert_true(epochs >= 2);
}

static void blocks_behind_a_proven_state_are_judged(void **unused) {
    (void)unused;
    const json_t *file = fixture_json("local/babe-state.json");
    const json_t *blocks = json_object_get(file, "blocks");
    uint64_t slots = (uint64_t)json_integer_value(json_object_get(file, "epoch_slots"));
    assert_int_equal(json_array_size(blocks), 3);
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        judge_what_follows(json_array_get(blocks, i), slots);
    }
}

static void keys_are_those_that_were_asked_for(void **unused) {
    (void)unused;
    uint8_t keys[MOTE_BABE_STATE_KEYS][MOTE_BABE_STATE_KEY_SIZE];
    static const char *const names[] = {"GenesisSlot",    "CurrentSlot",     "EpochIndex",
                                        "Authorities",    "NextAuthorities", "Randomness",
                                        "NextRandomness", "EpochConfig",     "NextEpochConfig"};
    const json_t *block =
        json_array_get(json_object_get(fixture_json("local/babe-state.json"), "blocks"), 0);
    mote_babe_state_keys(keys);
    for (size_t i = 0; i < MOTE_BABE_STATE_KEYS; i++) {
        const mote_bytes key = fixture_hex_field(json_object_get(block, "keys"), names[i]);
        assert_true(mote_bytes_equal((mote_bytes){keys[i], sizeof keys[i]}, key));
    }
}

/* The length of a session is the runtime's: with another one the state contradicts itself. */
static void a_wrong_session_is_refused(void **unused) {
    (void)unused;
    mote_proof proof;
    mote_babe_position position;
    const json_t *block =
        json_array_get(json_object_get(fixture_json("local/babe-state.json"), "blocks"), 2);
    load(&proof, block);
    mote_context *context = fixture_other_context(4);
    assert_status(mote_babe_at_state(context, &position, &proof, 600), MOTE_E_SLOT_ORDER);
    assert_status(mote_babe_at_state(context, &position, &proof, 0), MOTE_E_SLOT_OVERFLOW);
    assert_status(mote_babe_at_state(context, &position, &proof, UINT64_MAX), MOTE_E_SLOT_OVERFLOW);
    assert_int_equal(position.number, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_behind_a_proven_state_are_judged),
        cmocka_unit_test(keys_are_those_that_were_asked_for),
        cmocka_unit_test(a_wrong_session_is_refused),
    };
    return cmocka_run_group_tests_name("recorded/babe_state", tests, NULL, NULL);
}
