/* SPDX-License-Identifier: Apache-2.0 */
/* Every recorded header: hash, links, slot and change of set as the recordings say; decode and encode are inverse. */
#include "fixture.h"

#include "babe_log.h"
#include "mote/header.h"

#define EMPTY_EXTRINSICS_ROOT "0x03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314"

static mote_header decode_whole(mote_bytes encoded) {
    mote_header header;
    assert_status(mote_header_decode(fixture_context(1), &header, encoded), MOTE_OK);
    uint8_t *again = malloc(encoded.size);
    mote_writer writer = mote_writer_into(again, encoded.size);
    mote_write_header(&writer, &header);
    assert_true(mote_writer_fits(&writer));
    assert_int_equal(writer.size, encoded.size);
    assert_memory_equal(again, encoded.data, encoded.size);
    free(again);
    return header;
}

static const char *text_field(const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    assert_non_null(text);
    return text;
}

static json_int_t number_field(const json_t *object, const char *name) {
    const json_t *number = json_object_get(object, name);
    assert_true(json_is_integer(number));
    return json_integer_value(number);
}

/* --- runs of linked headers ------------------------------------------------------------------------------ */

static size_t count_next_epochs(const mote_header *header) {
    size_t count = 0;
    mote_digest_item item;
    for (mote_digest_iterator items = mote_digest_items(header); mote_digest_next(&items, &item);) {
        if (item.kind != MOTE_DIGEST_CONSENSUS || memcmp(item.engine, "BABE", 4) != 0) continue;
        count += mote_header_babe_log(item.payload).kind == MOTE_BABE_LOG_NEXT_EPOCH;
    }
    return count;
}

static void check_run(const json_t *entry) {
    char path[256];
    size_t count, changes = 0, epochs = 0;
    snprintf(path, sizeof path, "headers/%s", text_field(entry, "file"));
    mote_bytes *lines = fixture_hex_lines(path, &count);
    assert_int_equal(count, number_field(entry, "count"));
    mote_header before, header;
    for (size_t i = 0; i < count; i++) {
        mote_grandpa_log log;
        header = decode_whole(lines[i]);
        assert_int_equal(header.number, number_field(entry, "first") + (json_int_t)i);
        if (i == 0) assert_hash_hex(&header.hash, text_field(entry, "first_hash"));
        if (i > 0)
            assert_status(mote_header_check_parent(fixture_context(1), &header, &before), MOTE_OK);
        changes += mote_header_find_grandpa_log(&header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE);
        epochs += count_next_epochs(&header);
        before = header;
    }
    assert_hash_hex(&header.hash, text_field(entry, "last_hash"));
    assert_int_equal(header.number, number_field(entry, "last"));
    assert_int_equal(changes, number_field(entry, "grandpa_scheduled_changes"));
    assert_int_equal(epochs, number_field(entry, "babe_next_epoch"));
}

static void runs_of_headers_link(void **state) {
    (void)state;
    json_t *index = fixture_json("headers/index.json"), *entry;
    size_t i, files;
    json_array_foreach(index, i, entry) check_run(entry);
    fixture_list("headers", "", ".hex", &files);
    assert_int_equal(i, files); /* the index names every file */
    json_decref(index);
}

/* --- single ones ------------------------------------------------------------------------------------------ */

static void kusama_s_900_authorities(void **state) {
    (void)state;
    mote_header header = decode_whole(fixture_file("headers/kusama-7472481.header.bin"));
    mote_grandpa_log log;
    assert_int_equal(header.number, 7472481);
    assert_true(mote_header_find_grandpa_log(&header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE));
    assert_int_equal(log.next.count, 900);
    assert_int_equal(log.delay, 0);
    assert_int_equal(mote_grandpa_log_height(&log, header.number), 7472481);
    for (uint32_t i = 0; i < log.next.count; i++) {
        assert_int_equal(mote_authority_weight(&log.next, i), 1);
    }
    assert_int_equal(mote_header_oddities(&header), 0);
}

static void check_sidecar(json_t *line, void *user) {
    (void)user;
    mote_header header = decode_whole(fixture_hex_field(line, "header"));
    assert_hash_hex(&header.hash, text_field(line, "hash"));
    assert_int_equal(header.number, number_field(line, "number"));
    json_t *engines = json_object_get(line, "engines");
    size_t next = 0;
    mote_digest_item item;
    for (mote_digest_iterator items = mote_digest_items(&header);
         mote_digest_next(&items, &item);) {
        if (item.kind == MOTE_DIGEST_OTHER || item.kind == MOTE_DIGEST_ENVIRONMENT_UPDATED)
            continue;
        const char *engine = json_string_value(json_array_get(engines, next++));
        assert_non_null(engine);
        assert_memory_equal(item.engine, engine, 4);
    }
    assert_int_equal(next, json_array_size(engines));
}

static void headers_of_sidecar(void **state) {
    (void)state;
    assert_int_equal(fixture_json_lines("headers/sidecar-headers.jsonl", check_sidecar, NULL), 93);
}

static void check_babe(json_t *line, void *user) {
    size_t *plain = user;
    mote_header header = decode_whole(fixture_hex_field(line, "header"));
    uint64_t slot;
    assert_hash_hex(&header.hash, text_field(line, "hash"));
    assert_int_equal(header.number, number_field(line, "number"));
    assert_true(mote_header_babe_slot(&header, &slot));
    assert_int_equal(slot, number_field(line, "slot"));
    assert_false(mote_header_aura_slot(&header, &slot));
    assert_int_equal(mote_header_oddities(&header), 0);
    *plain += strcmp(text_field(line, "kind"), "secondary-plain") == 0;
}

static void slots_of_babe(void **state) {
    (void)state;
    size_t plain = 0;
    size_t count =
        fixture_json_lines("headers/babe-verification-vectors.jsonl", check_babe, &plain);
    assert_int_equal(count, 520);
    assert_in_range(plain, 1, 519); /* both sizes of pre-digest occur */
}

/* Block 0 has no parent, no digest, and the root of no extrinsics: its hash follows from the state root. */
static void genesis_headers(void **state) {
    (void)state;
    static const char *const roots[] = {"state_root_v0", "state_root_v1"};
    static const char *const hashes[] = {"genesis_hash_v0", "genesis_hash_v1"};
    mote_hash none = fixture_hash(EMPTY_EXTRINSICS_ROOT);
    size_t files;
    char **paths = fixture_list("genesis", "", ".json.gz", &files);
    for (size_t i = 0; i < files; i++) {
        json_t *genesis = fixture_json(paths[i]);
        for (size_t version = 0; version < 2; version++) {
            uint8_t encoded[32 + 1 + 32 + 32 + 1] = {0};
            mote_hash root = fixture_hash(text_field(genesis, roots[version]));
            memcpy(encoded + 33, root.bytes, 32);
            memcpy(encoded + 65, none.bytes, 32);
            mote_header header = decode_whole((mote_bytes){encoded, sizeof encoded});
            assert_hash_hex(&header.hash, text_field(genesis, hashes[version]));
            assert_int_equal(header.number, 0);
        }
        json_decref(genesis);
    }
    assert_int_equal(files, 20);
}

/* --- the recorded network ----------------------------------------------------------------------------------- */

typedef struct chain_walk {
    mote_header before;
    size_t seen;
    size_t changes;
    size_t dated;
    bool parachain;
} chain_walk;

static void check_local(json_t *line, void *user) {
    chain_walk *walk = user;
    mote_header header = decode_whole(fixture_hex_field(line, "header"));
    mote_grandpa_log log;
    uint64_t slot;
    assert_hash_hex(&header.hash, text_field(line, "hash"));
    assert_int_equal(header.number, number_field(line, "number"));
    if (walk->seen++ > 0) {
        assert_status(mote_header_check_parent(fixture_context(1), &header, &walk->before),
                      MOTE_OK);
    }
    if (mote_header_find_grandpa_log(&header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE)) {
        json_t *heights = fixture_json("local/relay.set-changes.json");
        assert_int_equal(header.number,
                         json_integer_value(json_array_get(heights, walk->changes++)));
        json_decref(heights);
    }
    walk->dated += walk->parachain ? mote_header_aura_slot(&header, &slot)
                                   : mote_header_babe_slot(&header, &slot);
    assert_int_equal(mote_header_oddities(&header), 0);
    walk->before = header;
}

static void local_relay_chain(void **state) {
    (void)state;
    chain_walk walk = {.parachain = false};
    assert_int_equal(fixture_json_lines("local/relay.blocks.jsonl.gz", check_local, &walk), 138);
    assert_int_equal(walk.changes, 2);
    assert_int_equal(walk.dated, 137); /* all but genesis */
}

static void local_parachains(void **state) {
    (void)state;
    static const char *const files[] = {"local/para-2000.blocks.jsonl.gz",
                                        "local/para-2001.blocks.jsonl.gz"};
    for (size_t i = 0; i < 2; i++) {
        chain_walk walk = {.parachain = true};
        size_t count = fixture_json_lines(files[i], check_local, &walk);
        assert_true(count > 60);
        assert_int_equal(walk.dated, count - 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_of_headers_link), cmocka_unit_test(kusama_s_900_authorities),
        cmocka_unit_test(headers_of_sidecar),   cmocka_unit_test(slots_of_babe),
        cmocka_unit_test(genesis_headers),      cmocka_unit_test(local_relay_chain),
        cmocka_unit_test(local_parachains),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
