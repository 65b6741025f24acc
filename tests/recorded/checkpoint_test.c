/* SPDX-License-Identifier: Apache-2.0 */
/* Every recorded lightSyncState, of all networks and years, against what was recorded about it. */
#define _POSIX_C_SOURCE 200809L
#include "fixture.h"

#include "mote/checkpoint.h"
#include "mote/scale.h"

typedef struct expected {
    uint32_t number;
    mote_hash hash;
    uint64_t slot;
    uint64_t set_id;
    uint32_t authorities;
} expected;

static size_t epochs_found, largest_plain, largest_with_babe;

static void check_round_trip(const mote_checkpoint *checkpoint, bool with_babe, size_t *largest) {
    static uint8_t encoded[1 << 20];
    mote_writer writer = mote_writer_into(encoded, sizeof encoded);
    mote_checkpoint_encode(&writer, checkpoint, with_babe);
    assert_true(mote_writer_fits(&writer));
    if (writer.size > *largest) *largest = writer.size;
    mote_checkpoint again;
    mote_context *context = fixture_other_context(4);
    assert_status(mote_checkpoint_decode(context, &again, (mote_bytes){encoded, writer.size}),
                  MOTE_OK);
    assert_true(mote_hash_equal(&again.header.hash, &checkpoint->header.hash));
    assert_int_equal(again.authorities.count, checkpoint->authorities.count);
    assert_memory_equal(again.authorities.items, checkpoint->authorities.items,
                        40 * (size_t)again.authorities.count);
    assert_int_equal(again.set.set_id, checkpoint->set.set_id);
    assert_int_equal(again.epoch_count, with_babe ? checkpoint->epoch_count : 0);
    for (uint32_t i = 0; i < again.epoch_count; i++) {
        assert_int_equal(again.epoch[i].index, checkpoint->epoch[i].index);
        assert_memory_equal(again.epoch[i].randomness, checkpoint->epoch[i].randomness, 32);
        assert_int_equal(again.epoch[i].authorities.count, checkpoint->epoch[i].authorities.count);
    }
    mote_hash first = mote_checkpoint_digest(checkpoint), second = mote_checkpoint_digest(&again);
    assert_true(mote_hash_equal(&first, &second));
}

static void check(mote_bytes header, mote_bytes epochs, mote_bytes set, const expected *want,
                  const mote_chain *chain) {
    mote_checkpoint checkpoint;
    mote_context *context = fixture_context(4);
    assert_status(
        mote_checkpoint_from_light_sync_state(context, &checkpoint, header, epochs, set, chain),
        MOTE_OK);
    assert_int_equal(checkpoint.header.number, want->number);
    assert_true(mote_hash_equal(&checkpoint.header.hash, &want->hash));
    assert_true(checkpoint.has_slot);
    assert_true(checkpoint.slot == want->slot);
    assert_true(checkpoint.set.set_id == want->set_id);
    assert_int_equal(checkpoint.authorities.count, want->authorities);
    assert_status(mote_finalized_header_check(&checkpoint.finalized), MOTE_OK);
    epochs_found += checkpoint.epoch_count == 2;
    check_round_trip(&checkpoint, false, &largest_plain);
    check_round_trip(&checkpoint, true, &largest_with_babe);
}

/* --- the compressed collections: an object a line -------------------------------------------------------------- */

static void check_line(const char *text, size_t size, const mote_chain *chain) {
    json_error_t error;
    json_t *line = json_loadb(text, size, 0, &error);
    assert_non_null(line);
    expected want = {(uint32_t)json_integer_value(json_object_get(line, "number")),
                     fixture_hash(json_string_value(json_object_get(line, "hash"))),
                     (uint64_t)json_integer_value(json_object_get(line, "slot")),
                     (uint64_t)json_integer_value(json_object_get(line, "set_id")),
                     (uint32_t)json_integer_value(json_object_get(line, "num_authorities"))};
    mote_bytes header = fixture_hex_field(line, "header"),
               epochs = fixture_hex_field(line, "babe_epoch_changes"),
               set = fixture_hex_field(line, "grandpa_authority_set");
    check(header, epochs, set, &want, chain);
    free((void *)(uintptr_t)header.data);
    free((void *)(uintptr_t)epochs.data);
    free((void *)(uintptr_t)set.data);
    json_decref(line);
}

static size_t check_collection(const char *id) {
    char command[1024];
    const char *root = getenv("MOTE_TEST_VECTORS_DIR");
    snprintf(command, sizeof command, "xz -dc '%s/checkpoints/%s.jsonl.xz'",
             root == NULL ? MOTE_TEST_VECTORS : root, id);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    char *text = NULL;
    size_t capacity = 0, lines = 0;
    for (ssize_t size; (size = getline(&text, &capacity, pipe)) > 1; lines++) {
        check_line(text, (size_t)size, mote_chain_by_id(id));
    }
    free(text);
    assert_int_equal(pclose(pipe), 0);
    return lines;
}

static void every_recorded_checkpoint(void **state) {
    (void)state;
    static const struct {
        const char *id;
        size_t count;
    } collections[] = {{"polkadot", 224},   {"rococo_tokyo_relay", 1}, {"rococo_v1", 1},
                       {"rococo_v2_1", 13}, {"rococo_v2_2", 154},      {"westend", 2},
                       {"westend2", 288}};
    for (size_t i = 0; i < sizeof collections / sizeof collections[0]; i++) {
        assert_int_equal(check_collection(collections[i].id), collections[i].count);
    }
    print_message("%zu with both epochs\n", epochs_found);
}

/* --- files of their own: as they stand in chain specs ----------------------------------------------------------- */

static void check_spec(const char *path) {
    json_t *file = fixture_json(path);
    json_t *sync = json_object_get(file, "lightSyncState"),
           *decoded = json_object_get(file, "decoded");
    expected want = {(uint32_t)json_integer_value(json_object_get(decoded, "number")),
                     fixture_hash(json_string_value(json_object_get(decoded, "hash"))),
                     (uint64_t)json_integer_value(json_object_get(decoded, "slot")),
                     (uint64_t)json_integer_value(json_object_get(decoded, "grandpa_set_id")),
                     (uint32_t)json_integer_value(json_object_get(decoded, "grandpa_authorities"))};
    check(fixture_hex_field(sync, "finalizedBlockHeader"),
          fixture_hex_field(sync, "babeEpochChanges"),
          fixture_hex_field(sync, "grandpaAuthoritySet"), &want,
          mote_chain_by_id(json_string_value(json_object_get(file, "id"))));
    json_decref(file);
}

static void checkpoints_of_chain_specs(void **state) {
    (void)state;
    size_t count;
    char **files = fixture_list("checkpoints", "", ".json", &count);
    for (size_t i = 0; i < count; i++) check_spec(files[i]);
    assert_int_equal(count, 15);
}

/* 1000 authorities are in the set of ksmcc3-last. */
static void compact_form_is_small(void **state) {
    (void)state;
    print_message("largest: %zu bytes without BABE, %zu with\n", largest_plain, largest_with_babe);
    assert_in_range(largest_plain, 1, 60 * 1024);
    assert_in_range(largest_with_babe, 1, 130 * 1024);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_recorded_checkpoint),
        cmocka_unit_test(checkpoints_of_chain_specs),
        cmocka_unit_test(compact_form_is_small),
    };
    return cmocka_run_group_tests_name("recorded/checkpoint", tests, NULL, NULL);
}
