/* SPDX-License-Identifier: Apache-2.0 */
#include "recorded_blocks.h"

static const char *text_or_null(const json_t *object, const char *name) {
    return json_string_value(json_object_get(object, name));
}

static mote_bytes read_justifications(const json_t *block) {
    const json_t *list = json_object_get(block, "justifications");
    const char *alone = text_or_null(block, "grandpa_justification");
    test_buffer out = {0};
    if (alone != NULL) {
        append_compact(&out, 1);
        append_span(&out, "FRNK", 4);
        append_vec_u8(&out, fixture_hex(alone));
    } else if (json_is_array(list)) {
        append_compact(&out, json_array_size(list));
        for (size_t i = 0; i < json_array_size(list); i++) {
            const json_t *pair = json_array_get(list, i);
            append_span(&out, json_string_value(json_array_get(pair, 0)), 4);
            append_vec_u8(&out, fixture_hex(json_string_value(json_array_get(pair, 1))));
        }
    }
    return buffer_bytes(&out);
}

static void add_block(json_t *line, void *user) {
    recorded_chain *chain = user;
    const json_t *extrinsics = json_object_get(line, "extrinsics");
    chain->blocks = realloc(chain->blocks, (chain->count + 1) * sizeof *chain->blocks);
    if (chain->blocks == NULL) abort();
    recorded_block *block = &chain->blocks[chain->count++];
    memset(block, 0, sizeof *block);
    const char *network = text_or_null(line, "network");
    block->network = network == NULL ? "" : network;
    block->encoded = fixture_hex_field(line, "header");
    assert_status(mote_header_decode(fixture_context(1), &block->header, block->encoded), MOTE_OK);
    assert_hash_hex(&block->header.hash, text_or_null(line, "hash"));
    block->number = block->header.number;
    block->extrinsic_count = json_array_size(extrinsics);
    block->extrinsics = calloc(block->extrinsic_count + 1, sizeof *block->extrinsics);
    for (size_t i = 0; i < block->extrinsic_count; i++) {
        block->extrinsics[i] = fixture_hex(json_string_value(json_array_get(extrinsics, i)));
    }
    block->justifications = read_justifications(line);
}

recorded_chain recorded_blocks_of(const char *path) {
    recorded_chain chain = {NULL, 0};
    if (strstr(path, ".jsonl") != NULL) {
        fixture_json_lines(path, add_block, &chain);
        return chain;
    }
    json_t *array = fixture_json(path);
    for (size_t i = 0; i < json_array_size(array); i++) add_block(json_array_get(array, i), &chain);
    return chain;
}

static mote_babe_position genesis_of(const mote_hash *hash, mote_babe_configuration *constants,
                                     const mote_trie_entry *entries, size_t count) {
    mote_babe_position at;
    mote_context *context = fixture_other_context(1);
    assert_status(mote_babe_configuration_from_state(context, constants, entries, count), MOTE_OK);
    assert_status(mote_babe_at_genesis(context, &at, hash, constants), MOTE_OK);
    return at;
}

mote_babe_position westend_genesis(void) {
    json_t *file = fixture_json("genesis/westend2.genesis.json.gz");
    json_t *top = json_object_get(file, "top"), *value;
    mote_trie_entry *entries = calloc(json_object_size(top) + 1, sizeof *entries);
    size_t count = 0;
    const char *key;
    json_object_foreach(top, key, value) {
        entries[count++] =
            (mote_trie_entry){fixture_hex(key), fixture_hex(json_string_value(value))};
    }
    mote_hash hash = fixture_hash(json_string_value(json_object_get(file, "genesis_hash_v0")));
    /* Constants of its first runtime: epochs of an hour, c = 1/4, secondary plain slots. */
    mote_babe_configuration constants = {.slot_milliseconds = 6000,
                                         .epoch_slots = 600,
                                         .c_numerator = 1,
                                         .c_denominator = 4,
                                         .allowed_slots = MOTE_BABE_AND_SECONDARY_PLAIN};
    mote_babe_position at = genesis_of(&hash, &constants, entries, count);
    free(entries);
    return at;
}

static mote_bytes local_value(uint32_t number, const char *name, mote_bytes *key) {
    json_t *blocks = fixture_json("local/relay.read-proofs.json.gz");
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        const json_t *block = json_array_get(blocks, i);
        if (json_integer_value(json_object_get(block, "number")) != number) continue;
        const json_t *value = json_object_get(json_object_get(block, "values"), name);
        if (key != NULL) *key = fixture_hex_field(value, "key");
        return fixture_hex_field(value, "value");
    }
    fail_msg("no such block");
    return (mote_bytes){NULL, 0};
}

mote_babe_position local_genesis(void) {
    mote_trie_entry entries[2];
    /* The authorities of block 1's state are genesis': none changes before the second session. The configuration is in
     * its chain spec. */
    entries[0].value = local_value(1, "Babe.Authorities", &entries[0].key);
    entries[1].key =
        fixture_hex("1cb6f36e027abb2091cfb5110ab5087fdc6b171b77304263c292cc3ea5ed31ef");
    entries[1].value = fixture_hex("0100000000000000040000000000000002");
    recorded_chain chain = recorded_blocks_of("local/relay.blocks.jsonl.gz");
    mote_babe_configuration constants = {.slot_milliseconds = 6000, .epoch_slots = 20};
    mote_babe_position at = genesis_of(&chain.blocks[0].header.hash, &constants, entries, 2);
    free(chain.blocks);
    return at;
}

mote_authority_set announced_set(const mote_header *header, uint64_t set_id) {
    mote_grandpa_log log;
    test_buffer list = {0};
    assert_true(mote_header_find_grandpa_log(header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE));
    append_compact(&list, log.next.count);
    append_span(&list, log.next.items, (size_t)log.next.count * MOTE_AUTHORITY_ITEM_SIZE);
    return test_set_of_list(buffer_bytes(&list), set_id);
}

mote_authority_set local_first_set(void) {
    return test_set_of_list(local_value(1, "Grandpa.Authorities", NULL), 0);
}
