/* SPDX-License-Identifier: Apache-2.0 */
/* Every recorded proof of a parachain's head: Rococo's, and those of a network of our own. */
#include "chains.h"
#include "fixture.h"

#include "mote/para.h"

static uint32_t number_field(const json_t *object, const char *name) {
    const json_t *field = json_object_get(object, name);
    assert_true(json_is_integer(field));
    return (uint32_t)json_integer_value(field);
}

static mote_finalized_header assume_header(mote_bytes encoded) {
    mote_header header;
    assert_status(mote_header_decode(fixture_other_context(1), &header, encoded), MOTE_OK);
    return mote_finalized_header_assumed(&header);
}

/* The value of Paras::Heads among the file's own list of what the proof holds. */
static mote_bytes expected_head_value(const json_t *file, const uint8_t key[MOTE_PARA_KEY_SIZE]) {
    const json_t *entries = json_object_get(file, "entries");
    for (size_t i = 0; i < json_array_size(entries); i++) {
        const json_t *entry = json_array_get(entries, i);
        const mote_bytes entry_key = fixture_hex_field(entry, "key");
        if (entry_key.size == MOTE_PARA_KEY_SIZE &&
            memcmp(entry_key.data, key, MOTE_PARA_KEY_SIZE) == 0) {
            return fixture_hex_field(entry, "value");
        }
    }
    fail_msg("no head in the file");
    return (mote_bytes){NULL, 0};
}

static void check_ancestors(mote_context *context, const json_t *file, mote_para_header head) {
    const json_t *headers = json_object_get(file, "parachain_headers");
    const json_t *hashes = json_object_get(file, "parachain_header_hashes");
    assert_true(json_array_size(headers) != 0);
    for (size_t i = 0; i < json_array_size(headers); i++) {
        mote_header parent;
        const mote_bytes bytes = fixture_hex(json_string_value(json_array_get(headers, i)));
        assert_status(mote_header_decode(context, &parent, bytes), MOTE_OK);
        assert_status(mote_para_parent(context, &head, &head, &parent), MOTE_OK);
        assert_hash_hex(&head.hash, json_string_value(json_array_get(hashes, i)));
    }
}

static void check_rococo_file(const char *path) {
    json_t *file = fixture_json(path);
    const char *last_dash = strrchr(path, '-');
    const uint32_t para_id = (uint32_t)strtoul(last_dash + 1, NULL, 10);
    const mote_finalized_header relay = assume_header(fixture_hex_field(file, "relay_header"));
    assert_int_equal(relay.number, number_field(file, "relay_block_number"));
    const mote_state_root state = mote_state_of_relay(&relay);
    assert_hash_hex(&state.root, json_string_value(json_object_get(file, "state_root")));

    mote_context *context = fixture_context(4);
    mote_proof proof;
    assert_status(mote_proof_load(context, &proof, &state,
                                  chain_proof(json_object_get(file, "nodes")), MOTE_PROOF_STRICT),
                  MOTE_OK);
    mote_para_head head;
    assert_status(mote_para_head_read(context, &head, &proof, para_id), MOTE_OK);
    assert_int_equal(head.state, MOTE_PARA_HEAD_HEADER);
    assert_int_equal(head.head.para_id, para_id);
    assert_int_equal(head.head.relay_number, relay.number);

    uint8_t key[MOTE_PARA_KEY_SIZE];
    mote_para_head_key(key, para_id);
    const mote_bytes value = expected_head_value(file, key);
    assert_true(value.size > head.data.size);
    assert_memory_equal(value.data + value.size - head.data.size, head.data.data, head.data.size);
    check_ancestors(context, file, head.head);
    /* The proof is of one parachain: of another it says nothing, and does not say "absent". */
    mote_status status = mote_para_head_read(context, &head, &proof, para_id + 1);
    if (status == MOTE_OK) {
        assert_int_equal(head.state, MOTE_PARA_HEAD_ABSENT);
    } else {
        assert_status(status, MOTE_E_PROOF_INCOMPLETE);
    }
}

static void rococo_heads_and_their_ancestors(void **unused) {
    (void)unused;
    size_t count;
    char **files = fixture_list("proofs", "rococo-", ".json", &count);
    assert_true(count >= 10);
    for (size_t i = 0; i < count; i++) check_rococo_file(files[i]);
    print_message("%zu heads\n", count);
}

/* --- local ----------------------------------------------------------------------------------------------- */

static const char *value_hex(const json_t *block, const char *name, uint32_t para_id) {
    char full[64];
    (void)snprintf(full, sizeof full, "%s(%u)", name, (unsigned)para_id);
    const json_t *entry = json_object_get(json_object_get(block, "values"), full);
    if (entry == NULL) return NULL;
    const json_t *value = json_object_get(entry, "value");
    return json_is_null(value) ? "" : json_string_value(value);
}

static size_t check_local_head(const json_t *block, uint32_t para_id) {
    const char *expected = value_hex(block, "Paras.Heads", para_id);
    if (expected == NULL) return 0;
    mote_context *context = fixture_context(4);
    const mote_hash root = fixture_hash(json_string_value(json_object_get(block, "state_root")));
    const mote_state_root state = mote_state_assumed(&root);
    mote_proof proof;
    assert_status(mote_proof_load(context, &proof, &state,
                                  chain_proof(json_object_get(block, "all_in_one")),
                                  MOTE_PROOF_STRICT),
                  MOTE_OK);
    mote_para_head head;
    assert_status(mote_para_head_read(context, &head, &proof, para_id), MOTE_OK);
    if (expected[0] == 0) {
        assert_int_equal(head.state, MOTE_PARA_HEAD_ABSENT);
        return 1;
    }
    const mote_bytes value = fixture_hex(expected);
    assert_int_equal(head.state, MOTE_PARA_HEAD_HEADER);
    assert_memory_equal(value.data + value.size - head.data.size, head.data.data, head.data.size);
    assert_int_equal(head.head.assumed, MOTE_ASSUMED_ROOT);
    return 1;
}

static void local_heads_and_absent_parachains(void **unused) {
    (void)unused;
    json_t *blocks = fixture_json("local/relay.read-proofs.json.gz");
    size_t checked = 0;
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        for (uint32_t id = 2000; id <= 2002; id++) {
            checked += check_local_head(json_array_get(blocks, i), id);
        }
    }
    assert_true(checked >= 3 * 16);
    print_message("%zu heads\n", checked);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rococo_heads_and_their_ancestors),
        cmocka_unit_test(local_heads_and_absent_parachains),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
