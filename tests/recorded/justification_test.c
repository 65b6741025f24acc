/* SPDX-License-Identifier: Apache-2.0 */
/* Every recorded justification. Of the 43 in grandpa/ 41 have their set and their target's header; polkadot-302592 is
 * verified with the genesis authorities; two have no recorded set, so there only the layout and the signatures speak.
 * The avail-* files have another chain's header format and are out. */
#include "grandpa_builder.h"

#include <sodium.h>

#include "mote/ed25519.h"
#include "mote/scale.h"

static const char *text_field(const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    assert_non_null(text);
    return text;
}

static uint64_t number_field(const json_t *object, const char *name) {
    const json_t *number = json_object_get(object, name);
    assert_true(json_is_integer(number));
    return (uint64_t)json_integer_value(number);
}

static mote_bytes grandpa_file(const char *name) {
    char path[256];
    snprintf(path, sizeof path, "grandpa/%s", name);
    return fixture_file(path);
}

static mote_bytes justification_of(const json_t *entry) {
    return grandpa_file(text_field(entry, "justification_file"));
}

static mote_header header_of(mote_bytes encoded) {
    mote_header header;
    assert_status(mote_header_decode(fixture_context(16), &header, encoded), MOTE_OK);
    return header;
}

static void check_report(const json_t *entry, const mote_justification_report *report) {
    assert_int_equal(report->round, number_field(entry, "round"));
    assert_hash_hex(&report->target_hash, text_field(entry, "target_hash"));
    assert_int_equal(report->target_number, number_field(entry, "target_number"));
    assert_int_equal(report->precommits, number_field(entry, "num_precommits"));
    assert_int_equal(report->ancestry_headers, number_field(entry, "votes_ancestries"));
}

/* --- with their sets ---------------------------------------------------------------------------------------- */

/* What holds for the right set holds for no other set id, and not for another header. */
static void check_counterparts(mote_authority_set set, mote_bytes justification,
                               const mote_header *header) {
    mote_finalized_block block;
    mote_header other = *header;
    set.set_id++;
    mote_context *context = fixture_context(16);
    assert_status(mote_justification_verify(context, &block, NULL, &set, justification, header),
                  MOTE_E_BAD_SIGNATURE);
    assert_int_equal(context->fault.index, 0);
    size_t count_size =
        justification.data[44] % 4 == 0 ? 1 : 2; /* of the compact number of precommits */
    assert_int_equal(mote_fault_offset(&context->fault, justification), 44 + count_size + 36);
    set.set_id--;
    other.hash.bytes[0] ^= 1;
    assert_status(
        mote_justification_verify(fixture_context(16), &block, NULL, &set, justification, &other),
        MOTE_E_TARGET_MISMATCH);
    assert_status(mote_finalized_block_check(&block), MOTE_E_NO_EVIDENCE);
}

static void check_whole(const json_t *entry) {
    mote_authority_set set = test_set_of_list(grandpa_file(text_field(entry, "authority_set_file")),
                                              number_field(entry, "set_id"));
    mote_bytes justification = justification_of(entry);
    mote_header header = header_of(fixture_hex_field(entry, "target_header"));
    mote_justification_report report;
    mote_finalized_block block;
    assert_int_equal(set.listed, number_field(entry, "authority_set_size"));
    assert_int_equal(set.threshold, number_field(entry, "supermajority"));
    assert_int_equal(set.forgeable, 0);
    assert_status(mote_justification_verify(fixture_context(16), &block, &report, &set,
                                            justification, &header),
                  MOTE_OK);
    check_report(entry, &report);
    assert_int_equal(report.counted_voters, number_field(entry, "signers_in_set"));
    assert_int_equal(report.equivocators, 0);
    assert_status(mote_finalized_block_check(&block), MOTE_OK);
    assert_true(mote_hash_equal(&block.hash, &header.hash));
    assert_int_equal(block.number, header.number);
    assert_int_equal(block.set_id, set.set_id);
    check_counterparts(set, justification, &header);
    free(set.voter);
}

static void forty_one_verify_whole(void **state) {
    (void)state;
    json_t *index = fixture_json("grandpa/index.json"), *entry;
    size_t i, whole = 0, files;
    json_array_foreach(index, i, entry) {
        if (!json_is_string(json_object_get(entry, "authority_set_file"))) continue;
        if (strcmp(text_field(entry, "network"), "polkadot") == 0) continue;
        check_whole(entry);
        whole++;
    }
    fixture_list("grandpa", "", ".justification.bin", &files);
    assert_int_equal(i, files);
    assert_int_equal(files, 43);
    assert_int_equal(whole + 1, 41); /* and polkadot-302592, below */
    json_decref(index);
}

static const json_t *entry_of(const json_t *index, const char *file) {
    const json_t *entry;
    size_t i;
    json_array_foreach(index, i, entry) {
        if (strcmp(text_field(entry, "justification_file"), file) == 0) return entry;
    }
    fail_msg("%s is not in the index", file);
    return NULL;
}

static mote_bytes polkadot_genesis_authorities(void) {
    static const char *const key = "0x3a6772616e6470615f617574686f726974696573";
    json_t *genesis = fixture_json("genesis/polkadot.genesis.json.gz");
    json_t *top = json_object_get(genesis, "top");
    mote_bytes value = fixture_hex_field(top, key);
    json_decref(genesis);
    return value;
}

static void polkadot_302592_with_the_genesis_authorities(void **state) {
    (void)state;
    json_t *index = fixture_json("grandpa/index.json");
    const json_t *entry = entry_of(index, "polkadot-302592.justification.bin");
    mote_authority_set set = test_set_of_list(polkadot_genesis_authorities(), 0);
    mote_justification_report report;
    mote_finalized_block block;
    assert_status(mote_justification_verify(fixture_context(16), &block, &report, &set,
                                            justification_of(entry), NULL),
                  MOTE_OK);
    check_report(entry, &report);
    assert_int_equal(set.voters, 6);
    assert_int_equal(report.threshold, 5);
    assert_int_equal(report.counted_voters, 5);
    assert_hash_hex(&block.hash, text_field(entry, "target_hash"));
    json_decref(index);
}

/* --- without a set -------------------------------------------------------------------------------------------- */

/* The layout by hand: the decoder under test is not asked where the precommits are. */
static void check_signatures(const json_t *entry, size_t count_size) {
    mote_bytes justification = justification_of(entry);
    const uint8_t *precommit = justification.data + 8 + 36 + count_size;
    uint64_t count = number_field(entry, "num_precommits");
    for (uint64_t i = 0; i < count; i++, precommit += 132) {
        uint8_t message[53] = {1};
        memcpy(message + 1, precommit, 36);
        memcpy(message + 37, justification.data, 8);
        mote_store_u64(message + 45, number_field(entry, "set_id"));
        mote_bytes bytes = {message, sizeof message};
        assert_status(mote_ed25519_verify(precommit + 100, precommit + 36, bytes), MOTE_OK);
        message[45] ^= 1;
        assert_status(mote_ed25519_verify(precommit + 100, precommit + 36, bytes),
                      MOTE_E_BAD_SIGNATURE);
    }
    assert_ptr_equal(precommit + 1, justification.data + justification.size);
}

static void two_without_a_set_decode_and_their_signatures_hold(void **state) {
    (void)state;
    static const struct {
        const char *file;
        size_t count_size;
    } cases[] = {{"polkadot-4635975.justification.bin", 2},
                 {"rococo_v2_1-231157.justification.bin", 1}};
    json_t *index = fixture_json("grandpa/index.json");
    for (size_t i = 0; i < 2; i++) {
        const json_t *entry = entry_of(index, cases[i].file);
        mote_justification_report report;
        assert_status(
            mote_justification_decode(fixture_context(16), &report, justification_of(entry)),
            MOTE_OK);
        check_report(entry, &report);
        check_signatures(entry, cases[i].count_size);
    }
    json_decref(index);
}

/* --- the recorded network ------------------------------------------------------------------------------------ */

enum { LOCAL_BLOCKS = 138, LOCAL_SETS = 4 };

typedef struct local_network {
    mote_bytes header[LOCAL_BLOCKS];
    mote_bytes justification[LOCAL_BLOCKS]; /* empty where none was stored */
    mote_authority_set set[LOCAL_SETS];
} local_network;

static void keep_block(json_t *line, void *user) {
    local_network *network = user;
    uint64_t number = number_field(line, "number");
    assert_true(number < LOCAL_BLOCKS);
    network->header[number] = fixture_hex_field(line, "header");
    json_t *justifications = json_object_get(line, "justifications"), *entry;
    size_t i;
    json_array_foreach(justifications, i, entry) {
        if (strcmp(json_string_value(json_array_get(entry, 0)), "FRNK") != 0) continue;
        network->justification[number] = fixture_hex(json_string_value(json_array_get(entry, 1)));
    }
}

static mote_authority_set set_of_items(const mote_authority_list *list, uint64_t set_id) {
    test_buffer encoded = {0};
    append_compact(&encoded, list->count);
    append_span(&encoded, list->items, (size_t)list->count * MOTE_AUTHORITY_ITEM_SIZE);
    return test_set_of_list(buffer_bytes(&encoded), set_id);
}

/* What the header of the set's predecessor's last block hands over to. */
static mote_authority_set set_from_header(mote_bytes encoded, uint64_t set_id) {
    mote_header header = header_of(encoded);
    mote_grandpa_log log;
    assert_true(mote_header_find_grandpa_log(&header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE));
    return set_of_items(&log.next, set_id);
}

/* The node's light sync state was taken at the end: its current set, then its id. */
static mote_authority_set set_from_checkpoint(uint64_t set_id) {
    json_t *checkpoint = fixture_json("local/relay.light-sync-state.json");
    mote_bytes encoded = fixture_hex_field(checkpoint, "grandpaAuthoritySet");
    json_decref(checkpoint);
    mote_cursor cursor = mote_cursor_over(encoded);
    mote_authority_list list;
    mote_read_authority_list(&cursor, &list);
    assert_int_equal(mote_read_u64(&cursor), set_id);
    assert_int_equal(cursor.status, MOTE_OK);
    return set_of_items(&list, set_id);
}

/* Set 0 is what the state of block 1 says. */
static local_network load_local(void) {
    local_network network;
    memset(&network, 0, sizeof network);
    fixture_json_lines("local/relay.blocks.jsonl.gz", keep_block, &network);
    json_t *states = fixture_json("local/relay.read-proofs.json.gz");
    json_t *values = json_object_get(json_array_get(states, 0), "values");
    json_t *authorities = json_object_get(values, "Grandpa.Authorities");
    network.set[0] = test_set_of_list(fixture_hex_field(authorities, "value"), 0);
    json_decref(states);
    network.set[1] = set_from_header(network.header[61], 1);
    network.set[2] = set_from_header(network.header[121], 2);
    network.set[3] = set_from_checkpoint(3);
    return network;
}

/* relay.set-changes.json has the first two heights, the checkpoint's history all three. */
static const mote_authority_set *set_that_finalizes(const local_network *network, uint32_t number) {
    return &network->set[(number > 61) + (number > 121) + (number > 141)];
}

static void local_blocks(void **state) {
    (void)state;
    local_network network = load_local();
    size_t verified = 0;
    for (uint32_t number = 0; number < LOCAL_BLOCKS; number++) {
        mote_bytes justification = network.justification[number];
        if (justification.size == 0) continue;
        mote_header header = header_of(network.header[number]);
        mote_finalized_block block;
        const mote_authority_set *set = set_that_finalizes(&network, number);
        assert_status(mote_justification_verify(fixture_context(16), &block, NULL, set,
                                                justification, &header),
                      MOTE_OK);
        assert_int_equal(block.set_id, set->set_id);
        verified++;
        /* Another set's votes are nobody's, or signed for another set id. */
        const mote_authority_set *other = &network.set[(set->set_id + 1) % LOCAL_SETS];
        assert_status(mote_justification_verify(fixture_context(16), &block, NULL, other,
                                                justification, &header),
                      MOTE_E_UNKNOWN_VOTER);
    }
    assert_int_equal(verified, 3); /* the other stored ones are BEEFY's */
}

/* From the subscription, above the last recorded block: without headers, across a change of set. */
static void local_justifications(void **state) {
    (void)state;
    local_network network = load_local();
    json_t *list = fixture_json("local/relay.justifications.json"), *entry;
    size_t i;
    json_array_foreach(list, i, entry) {
        mote_bytes justification = fixture_hex(json_string_value(entry));
        mote_justification_report report;
        mote_finalized_block block;
        assert_status(mote_justification_decode(fixture_context(16), &report, justification),
                      MOTE_OK);
        assert_int_equal(report.target_number, 138 + i);
        const mote_authority_set *set = set_that_finalizes(&network, report.target_number);
        assert_status(mote_justification_verify(fixture_context(16), &block, &report, set,
                                                justification, NULL),
                      MOTE_OK);
        assert_int_equal(report.counted_voters, 2);
        assert_int_equal(block.set_id, i < 4 ? 2 : 3);
    }
    assert_int_equal(i, 6);
    json_decref(list);
}

/* FinalityProof = block ++ justification: Vec<u8> ++ unknown_headers: Vec<Header>: the headers above the asked block
 * up to the justified one, in which the asked one's descent shows. */
static void check_finality_proof(const local_network *network, uint32_t asked, mote_bytes proof) {
    mote_cursor cursor = mote_cursor_over(proof);
    mote_hash hash = mote_read_hash(&cursor);
    mote_bytes justification = mote_read_vec_u8(&cursor);
    uint32_t count = mote_read_count(&cursor, 98, 1000);
    mote_header last = header_of(network->header[asked]);
    for (uint32_t i = 0; i < count; i++) {
        mote_header next;
        mote_read_header(&cursor, &next);
        assert_status(mote_header_check_parent(fixture_context(16), &next, &last), MOTE_OK);
        last = next;
    }
    assert_status(mote_cursor_finish(fixture_context(16), &cursor), MOTE_OK);
    assert_true(mote_hash_equal(&last.hash, &hash));
    mote_finalized_block block;
    assert_status(mote_justification_verify(fixture_context(16), &block, NULL,
                                            set_that_finalizes(network, last.number), justification,
                                            &last),
                  MOTE_OK);
    mote_finalized_header final;
    assert_status(mote_finalized_header_of(fixture_context(16), &final, &block, &last), MOTE_OK);
    for (uint32_t number = last.number; number-- > asked;) {
        mote_header parent = header_of(network->header[number]);
        assert_status(mote_finalized_parent(fixture_context(16), &final, &final, &parent), MOTE_OK);
    }
    assert_int_equal(final.number, asked);
}

static void local_finality_proofs(void **state) {
    (void)state;
    local_network network = load_local();
    json_t *proofs = fixture_json("local/relay.prove-finality.json.gz"), *value;
    const char *asked;
    size_t count = 0;
    json_object_foreach(proofs, asked, value) {
        if (!json_is_string(value)) continue;
        check_finality_proof(&network, (uint32_t)strtoul(asked, NULL, 10),
                             fixture_hex(json_string_value(value)));
        count++;
    }
    assert_true(count > 5);
    json_decref(proofs);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forty_one_verify_whole),
        cmocka_unit_test(polkadot_302592_with_the_genesis_authorities),
        cmocka_unit_test(two_without_a_set_decode_and_their_signatures_hold),
        cmocka_unit_test(local_blocks),
        cmocka_unit_test(local_justifications),
        cmocka_unit_test(local_finality_proofs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
