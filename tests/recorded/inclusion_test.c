/* SPDX-License-Identifier: Apache-2.0 */
/* Extrinsics of recorded blocks under their headers' roots, each by a proof of its own; events under recorded states. */
#include "message_world.h"

#include "mote/header.h"
#include "mote/inclusion.h"
#include "mote/state.h"

#define MOST_EXTRINSICS 512u

static mote_bytes extrinsics[MOST_EXTRINSICS];
static size_t extrinsic_count;
static size_t blocks, proofs, with_several;
static mote_body_root previous;
static bool has_previous;

static mote_state *state_of_body(mote_context *context, mote_state_version version) {
    static _Alignas(16) uint8_t memory[8u << 20];
    mote_state *state;
    assert_status(mote_state_open(context, &state, memory, sizeof memory), MOTE_OK);
    for (size_t i = 0; i < extrinsic_count; i++) {
        uint8_t key[5];
        mote_writer writer = mote_writer_into(key, sizeof key);
        mote_write_compact(&writer, i);
        assert_status(mote_state_put(context, state, NULL, (mote_bytes){key, writer.size},
                                     extrinsics[i], version),
                      MOTE_OK);
    }
    return state;
}

static mote_bytes prove(mote_context *context, mote_state *state, size_t index) {
    static uint8_t bytes[4u << 20];
    uint8_t key[5];
    mote_writer name = mote_writer_into(key, sizeof key);
    mote_writer writer = mote_writer_into(bytes, sizeof bytes);
    mote_write_compact(&name, index);
    const mote_state_query query = {MOTE_QUERY_KEY, NULL, {key, name.size}};
    assert_status(mote_state_prove(context, &writer, state, &query, 1, MOTE_PROOF_NODES), MOTE_OK);
    assert_true(mote_writer_fits(&writer));
    return (mote_bytes){bytes, writer.size};
}

static void check_extrinsic(mote_context *context, const mote_body_root *body, mote_bytes proof,
                            uint32_t index) {
    mote_included included;
    assert_status(mote_extrinsic_read(context, &included, body, proof, index), MOTE_OK);
    assert_true(mote_bytes_equal(included.extrinsic, extrinsics[index]));
    assert_status(mote_state_root_check(&included.block), MOTE_OK);
    assert_status(mote_extrinsic_check(context, &included, body, proof, index, extrinsics[index]),
                  MOTE_OK);
    assert_int_equal(included.index, index);
    uint8_t *wrong = fixture_copy(extrinsics[index]);
    wrong[extrinsics[index].size - 1] ^= 1;
    assert_status(mote_extrinsic_check(context, &included, body, proof, index,
                                       (mote_bytes){wrong, extrinsics[index].size}),
                  MOTE_E_VALUE_MISMATCH);
    assert_status(mote_state_root_check(&included.block), MOTE_E_NO_EVIDENCE);
    free(wrong);
    if (has_previous && !mote_hash_equal(&previous.extrinsics_root, &body->extrinsics_root))
        assert_status(mote_extrinsic_read(context, &included, &previous, proof, index),
                      MOTE_E_ROOT_MISMATCH);
    proofs++;
}

static void check_body(const mote_header *header) {
    mote_context *context = fixture_context(32);
    const mote_finalized_header final = mote_finalized_header_assumed(header);
    const mote_body_root body = mote_body_of_relay(&final);
    mote_included included;
    assert_status(mote_extrinsics_check(context, &body, extrinsics, extrinsic_count, MOTE_STATE_V0),
                  MOTE_OK);
    mote_state *state = state_of_body(context, MOTE_STATE_V0);
    const mote_hash root = mote_state_root_of(state);
    assert_memory_equal(root.bytes, body.extrinsics_root.bytes, 32);
    for (uint32_t i = 0; i < extrinsic_count; i++)
        check_extrinsic(context, &body, prove(context, state, i), i);
    assert_status(mote_extrinsic_read(context, &included, &body,
                                      prove(context, state, extrinsic_count),
                                      (uint32_t)extrinsic_count),
                  MOTE_E_NOT_SHOWN);
    if (extrinsic_count > 0)
        assert_status(mote_extrinsics_check(context, &body, extrinsics + 1, extrinsic_count - 1,
                                            MOTE_STATE_V0),
                      MOTE_E_EXTRINSICS_ROOT);
    previous = body;
    has_previous = extrinsic_count > 0;
    blocks++;
    with_several += extrinsic_count > 1;
}

static void take(const json_t *list) {
    extrinsic_count = json_array_size(list);
    assert_true(extrinsic_count <= MOST_EXTRINSICS);
    for (size_t i = 0; i < extrinsic_count; i++)
        extrinsics[i] = fixture_hex(json_string_value(json_array_get(list, i)));
}

static void local_block(json_t *line, void *unused) {
    (void)unused;
    mote_header header;
    take(json_object_get(line, "extrinsics"));
    assert_status(
        mote_header_decode(fixture_other_context(1), &header, fixture_hex_field(line, "header")),
        MOTE_OK);
    check_body(&header);
}

static void extrinsics_of_the_recorded_network(void **unused) {
    (void)unused;
    static const char *const chains[] = {"relay", "para-2000", "para-2001"};
    for (size_t c = 0; c < 3; c++) {
        char path[64];
        snprintf(path, sizeof path, "local/%s.blocks.jsonl.gz", chains[c]);
        (void)fixture_json_lines(path, local_block, NULL);
    }
    print_message("%zu blocks, %zu with several extrinsics, %zu proofs\n", blocks, with_several,
                  proofs);
    assert_true(blocks > 250 && with_several > 200);
}

/* The extrinsics root of version 1, which hashes what is long: a proof without the bytes themselves is enough for who has
 * them. The root is that of real extrinsics, but of no recorded block. */
static void root_of_version_1(void **unused) {
    (void)unused;
    mote_context *context = fixture_context(32);
    mote_state *state = state_of_body(context, MOTE_STATE_V1);
    const mote_hash root = mote_state_root_of(state);
    mote_header header;
    memset(&header, 0, sizeof header);
    header.extrinsics_root = root;
    const mote_finalized_header final = mote_finalized_header_assumed(&header);
    const mote_body_root body = mote_body_of_relay(&final);
    mote_included included;
    assert_status(mote_extrinsics_check(context, &body, extrinsics, extrinsic_count, MOTE_STATE_V1),
                  MOTE_OK);
    assert_status(mote_extrinsics_check(context, &body, extrinsics, extrinsic_count, MOTE_STATE_V0),
                  MOTE_E_EXTRINSICS_ROOT);
    for (uint32_t i = 0; i < extrinsic_count; i++) {
        mote_bytes whole = prove(context, state, i);
        check_extrinsic(context, &body, whole, i);
        if (extrinsics[i].size <= 32) continue;
        /* The same entries without the value. */
        uint8_t *bytes = malloc(whole.size);
        assert_non_null(bytes);
        mote_writer writer = mote_writer_into(bytes, whole.size);
        mote_cursor cursor = mote_cursor_over(whole);
        const uint32_t entries = mote_read_count(&cursor, 1, UINT32_MAX);
        mote_write_compact(&writer, entries - 1);
        for (uint32_t e = 0; e < entries; e++) {
            const mote_bytes entry = mote_read_vec_u8(&cursor);
            if (!mote_bytes_equal(entry, extrinsics[i])) mote_write_vec_u8(&writer, entry);
        }
        const mote_bytes shorter = {bytes, writer.size};
        assert_status(mote_extrinsic_read(context, &included, &body, shorter, i),
                      MOTE_E_VALUE_NOT_IN_PROOF);
        assert_status(mote_extrinsic_check(context, &included, &body, shorter, i, extrinsics[i]),
                      MOTE_OK);
        free(bytes);
    }
}

static void no_evidence(void **unused) {
    (void)unused;
    mote_finalized_header nothing;
    mote_para_header no_para;
    mote_included included;
    mote_context *context = fixture_context(1);
    memset(&nothing, 0, sizeof nothing);
    memset(&no_para, 0, sizeof no_para);
    mote_body_root body = mote_body_of_relay(&nothing);
    assert_status(mote_extrinsic_read(context, &included, &body, fixture_hex("00"), 0),
                  MOTE_E_NO_EVIDENCE);
    body = mote_body_of_parachain(&no_para);
    assert_status(mote_extrinsics_check(context, &body, NULL, 0, MOTE_STATE_V0),
                  MOTE_E_NO_EVIDENCE);
}

/* --- events ----------------------------------------------------------------------------------- */

static void check_events(mote_context *context, const mote_proof *proof, mote_bytes recorded) {
    mote_events events;
    assert_status(mote_events_read(context, &events, proof), MOTE_OK);
    assert_true(events.present);
    assert_true(mote_bytes_equal(events.raw, recorded));
    assert_int_equal(events.count, recorded.data[0] % 4 == 0
                                       ? recorded.data[0] / 4u
                                       : (recorded.data[0] | recorded.data[1] << 8) / 4u);
}

static void events_of_the_recorded_network(void **unused) {
    (void)unused;
    static const uint32_t relay[] = {1, 5, 45, 61, 104, 137}, para[] = {1, 5, 22, 49, 65};
    for (size_t i = 0; i < 6; i++) {
        mote_context *context = fixture_context(8);
        mote_proof proof = message_world_relay(context, relay[i]);
        check_events(context, &proof, message_world_value("relay", relay[i], "System.Events"));
    }
    for (size_t i = 0; i < 5; i++) {
        mote_context *context = fixture_context(8);
        mote_proof proof = message_world_para(context, 2000, para[i]);
        check_events(context, &proof, message_world_value("para-2000", para[i], "System.Events"));
    }
}

static void events_of_live_networks(void **unused) {
    (void)unused;
    size_t files, read = 0;
    char **paths = fixture_list("proofs", "events-", ".json", &files);
    uint8_t key[MOTE_EVENTS_KEY_SIZE];
    mote_events_key(key);
    for (size_t f = 0; f < files; f++) {
        const json_t *file = fixture_json(paths[f]);
        const json_t *nodes = json_object_get(file, "nodes");
        const json_t *entries = json_object_get(file, "entries");
        size_t count = json_array_size(nodes);
        mote_bytes *list = calloc(count, sizeof *list);
        assert_non_null(list);
        for (size_t i = 0; i < count; i++)
            list[i] = fixture_hex(json_string_value(json_array_get(nodes, i)));
        const mote_hash root = fixture_hash(json_string_value(json_object_get(file, "state_root")));
        const mote_state_root under = mote_state_assumed(&root);
        mote_context *context = fixture_context(8);
        mote_proof proof;
        assert_status(
            mote_proof_load_nodes(context, &proof, &under, list, count, MOTE_PROOF_LENIENT),
            MOTE_OK);
        for (size_t i = 0; i < json_array_size(entries); i++) {
            const json_t *entry = json_array_get(entries, i);
            if (!mote_bytes_equal(fixture_hex_field(entry, "key"), (mote_bytes){key, sizeof key}))
                continue;
            check_events(context, &proof, fixture_hex_field(entry, "value"));
            read++;
        }
        free(list);
    }
    print_message("%zu files, %zu with events\n", files, read);
    assert_true(files >= 12 && read == files);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(extrinsics_of_the_recorded_network),
        cmocka_unit_test(root_of_version_1),
        cmocka_unit_test(no_evidence),
        cmocka_unit_test(events_of_the_recorded_network),
        cmocka_unit_test(events_of_live_networks),
    };
    return cmocka_run_group_tests_name("recorded/inclusion", tests, NULL, NULL);
}
