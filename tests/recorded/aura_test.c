/* SPDX-License-Identifier: Apache-2.0 */
/* The local network's parachains: every block's author, by authorities that proofs of their own states show, under a
 * relay block that is final. Chains of other consensus say so. */
#include "recorded_blocks.h"

#include "mote/para.h"

static const uint32_t paras[] = {2000, 2001};

static const char *blocks_of(uint32_t para) {
    return para == 2000 ? "local/para-2000.blocks.jsonl.gz" : "local/para-2001.blocks.jsonl.gz";
}

static const char *proofs_of(uint32_t para) {
    return para == 2000 ? "local/para-2000.read-proofs.json.gz"
                        : "local/para-2001.read-proofs.json.gz";
}

static const json_t *entry_of(const char *path, const mote_hash *hash) {
    json_t *entries = fixture_json(path);
    for (size_t i = 0; i < json_array_size(entries); i++) {
        const json_t *entry = json_array_get(entries, i);
        mote_hash at = fixture_hash(json_string_value(json_object_get(entry, "hash")));
        if (mote_hash_equal(&at, hash)) return entry;
    }
    return NULL;
}

static mote_proof load(mote_context *context, const json_t *entry, const mote_state_root *under) {
    const json_t *list = json_object_get(entry, "all_in_one");
    size_t count = json_array_size(list);
    mote_bytes *nodes = calloc(count + 1, sizeof *nodes);
    for (size_t i = 0; i < count; i++) {
        nodes[i] = fixture_hex(json_string_value(json_array_get(list, i)));
    }
    mote_proof proof;
    assert_status(mote_proof_load_nodes(context, &proof, under, nodes, count, MOTE_PROOF_STRICT),
                  MOTE_OK);
    free(nodes);
    return proof;
}

static mote_proven_value read_authorities(mote_context *context, const json_t *entry,
                                          const mote_state_root *under) {
    static mote_proof proof;
    uint8_t key[MOTE_AURA_KEY_SIZE];
    mote_proven_value value;
    mote_aura_authorities_key(key);
    proof = load(context, entry, under);
    mote_trie_view view = mote_proof_main(&proof);
    assert_status(mote_trie_read(context, &value, &view, (mote_bytes){key, sizeof key}), MOTE_OK);
    return value;
}

/* Relay block 121 is final by the justification of set 1; what is below it by parent hashes. */
static mote_finalized_header final_relay_header(uint32_t number) {
    recorded_chain relay = recorded_blocks_of("local/relay.blocks.jsonl.gz");
    mote_authority_set set = announced_set(&relay.blocks[61].header, 1);
    mote_finalized_header final;
    mote_context *context = fixture_context(4);
    assert_status(mote_block_justification_verify(context, &final, NULL, &relay.blocks[121].header,
                                                  &set, relay.blocks[121].justifications),
                  MOTE_OK);
    for (uint32_t at = 121; at > number; at--) {
        assert_status(mote_finalized_parent(context, &final, &final, &relay.blocks[at - 1].header),
                      MOTE_OK);
    }
    return final;
}

static mote_aura_position follow(const mote_aura_position *start, const recorded_chain *chain) {
    mote_aura_position at = *start;
    for (size_t i = 0; i < chain->count; i++) {
        mote_aura_authorship author;
        if (chain->blocks[i].number <= start->number) continue;
        assert_status(mote_aura_advance(fixture_context(1), &at, &author, &at,
                                        &chain->blocks[i].header, UINT64_MAX),
                      MOTE_OK);
        assert_int_equal(author.authority_index, author.slot % at.authorities.keys.count);
    }
    return at;
}

/* From a final relay block to the parachain's head in it, to the authorities in that head's state, to all blocks above. */
static void check_para(uint32_t para) {
    recorded_chain chain = recorded_blocks_of(blocks_of(para));
    mote_context *context = fixture_other_context(8);
    mote_finalized_header relay = final_relay_header(107);
    mote_state_root relay_state = mote_state_of_relay(&relay);
    mote_proof proof =
        load(context, entry_of("local/relay.read-proofs.json.gz", &relay.hash), &relay_state);
    mote_para_head head;
    assert_status(mote_para_head_read(context, &head, &proof, para), MOTE_OK);
    const json_t *entry = entry_of(proofs_of(para), &head.head.hash);
    assert_non_null(entry);
    mote_state_root state = mote_state_of_parachain(&head.head);
    mote_proven_value value = read_authorities(context, entry, &state);
    mote_aura_authorities authorities;
    assert_status(
        mote_aura_authorities_read(context, &authorities, &value, &head.head, MOTE_AURA_SR25519),
        MOTE_OK);
    assert_int_equal(authorities.para_id, para);
    assert_int_equal(authorities.assumed, MOTE_ASSUMED_NOTHING);
    mote_aura_position start;
    assert_status(
        mote_aura_at(context, &start, &authorities, &head.header, MOTE_AURA_SEVERAL_BLOCKS_A_SLOT),
        MOTE_OK);
    mote_aura_position end = follow(&start, &chain);
    assert_true(start.number < 60 && end.number == 66);
    /* Evidence of another block's state is no evidence of this one's. */
    mote_para_header other = head.head;
    other.hash.bytes[0] ^= 1;
    assert_status(
        mote_aura_authorities_read(context, &authorities, &value, &other, MOTE_AURA_SR25519),
        MOTE_E_HEADER_HASH);
    assert_status(
        mote_aura_authorities_read(context, &authorities, &value, NULL, MOTE_AURA_SR25519),
        MOTE_E_BAD_ARGUMENT);
    other = head.head;
    other.seal = 0;
    assert_status(
        mote_aura_authorities_read(context, &authorities, &value, &other, MOTE_AURA_SR25519),
        MOTE_E_NO_EVIDENCE);
    mote_state_root said = mote_state_assumed(&state.root);
    value = read_authorities(context, entry, &said);
    assert_status(
        mote_aura_authorities_read(context, &authorities, &value, &head.head, MOTE_AURA_SR25519),
        MOTE_OK);
    assert_int_equal(authorities.assumed, MOTE_ASSUMED_ROOT);
    other = head.head;
    other.state_root.bytes[5] ^= 1;
    assert_status(
        mote_aura_authorities_read(context, &authorities, &value, &other, MOTE_AURA_SR25519),
        MOTE_E_HEADER_HASH);
    /* Nor does a relay chain's state say who makes a parachain's blocks. */
    value.under = relay_state;
    other = head.head;
    other.state_root = relay_state.root;
    assert_status(
        mote_aura_authorities_read(context, &authorities, &value, &other, MOTE_AURA_SR25519),
        MOTE_E_BAD_ARGUMENT);
}

static void authorities_of_a_final_head(void **state) {
    (void)state;
    for (size_t i = 0; i < 2; i++) check_para(paras[i]);
}

/* All blocks from 2 on, by block 1's state. */
static void whole_parachains(void **state) {
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        recorded_chain chain = recorded_blocks_of(blocks_of(paras[i]));
        const mote_header *first = &chain.blocks[1].header;
        mote_context *context = fixture_other_context(8);
        const json_t *entry = entry_of(proofs_of(paras[i]), &first->hash);
        mote_state_root state_root = mote_state_assumed(&first->state_root);
        mote_aura_authorities authorities;
        mote_aura_position start;
        mote_proven_value value = read_authorities(context, entry, &state_root);
        assert_status(
            mote_aura_authorities_read(context, &authorities, &value, NULL, MOTE_AURA_SR25519),
            MOTE_OK);
        assert_int_equal(authorities.assumed, MOTE_ASSUMED_ROOT);
        authorities.block_hash = first->hash;
        authorities.block_number = first->number;
        assert_status(
            mote_aura_at(context, &start, &authorities, first, MOTE_AURA_SEVERAL_BLOCKS_A_SLOT),
            MOTE_OK);
        assert_int_equal(follow(&start, &chain).number, 66);
        /* These chains do have several blocks for a slot. */
        start.pace = MOTE_AURA_ONE_BLOCK_A_SLOT;
        mote_aura_position next;
        assert_status(
            mote_aura_advance(context, &next, NULL, &start, &chain.blocks[2].header, UINT64_MAX),
            MOTE_E_SLOT_ORDER);
    }
}

/* A value that is not there, or of a relay chain's state. */
static void no_authorities(void **state) {
    (void)state;
    mote_context *context = fixture_other_context(8);
    mote_finalized_header relay = final_relay_header(107);
    mote_state_root under = mote_state_of_relay(&relay);
    const json_t *entry = entry_of("local/relay.read-proofs.json.gz", &relay.hash);
    mote_proof proof = load(context, entry, &under);
    mote_trie_view view = mote_proof_main(&proof);
    mote_proven_value value;
    mote_aura_authorities authorities;
    mote_bytes key =
        fixture_hex("1cb6f36e027abb2091cfb5110ab5087f5e0621c4869aa60c02be9adcc98a0d1d");
    assert_status(mote_trie_read(context, &value, &view, key), MOTE_OK);
    assert_status(
        mote_aura_authorities_read(context, &authorities, &value, NULL, MOTE_AURA_SR25519),
        MOTE_E_BAD_ARGUMENT);
    under = mote_state_assumed(&relay.state_root);
    proof = load(context, entry, &under);
    view = mote_proof_main(&proof);
    /* A relay chain has no parachain 9999, to stand for a key that is not there. */
    uint8_t absent[MOTE_PARA_KEY_SIZE];
    mote_para_head_key(absent, 2002);
    assert_status(mote_trie_read(context, &value, &view, (mote_bytes){absent, sizeof absent}),
                  MOTE_OK);
    assert_int_equal(value.state, MOTE_VALUE_ABSENT);
    assert_status(
        mote_aura_authorities_read(context, &authorities, &value, NULL, MOTE_AURA_SR25519),
        MOTE_E_CONSENSUS_UNKNOWN);
    mote_proven_value by_hand;
    memset(&by_hand, 0, sizeof by_hand);
    assert_status(
        mote_aura_authorities_read(context, &authorities, &by_hand, NULL, MOTE_AURA_SR25519),
        MOTE_E_NO_EVIDENCE);
}

/* --- which consensus ------------------------------------------------------------------------------------------- */
static size_t count_consensus(const char *path, mote_consensus expected) {
    recorded_chain chain = recorded_blocks_of(path);
    size_t count = 0;
    for (size_t i = 0; i < chain.count; i++) {
        mote_consensus consensus = mote_consensus_of(&chain.blocks[i].header);
        if (chain.blocks[i].number == 0) assert_int_equal(consensus, MOTE_CONSENSUS_UNKNOWN);
        count += consensus == expected;
    }
    return count;
}

static void consensus_of_recorded_headers(void **state) {
    (void)state;
    mote_context *context = fixture_context(1);
    assert_int_equal(count_consensus("local/para-2000.blocks.jsonl.gz", MOTE_CONSENSUS_AURA), 66);
    assert_int_equal(count_consensus("local/relay.blocks.jsonl.gz", MOTE_CONSENSUS_BABE), 137);
    assert_int_equal(count_consensus("blocks/westend-1-256.jsonl", MOTE_CONSENSUS_BABE), 128);
    assert_int_equal(count_consensus("blocks/blocks-misc.json.gz", MOTE_CONSENSUS_BABE), 5);
    assert_int_equal(count_consensus("blocks/blocks-misc.json.gz", MOTE_CONSENSUS_AURA), 2);
    /* Moonbeam #11728459, with the digests of Nimbus, its randomness and Frontier. */
    assert_int_equal(count_consensus("headers/sidecar-headers.jsonl", MOTE_CONSENSUS_NIMBUS), 1);
    assert_status(mote_consensus_check(context, MOTE_CONSENSUS_BABE), MOTE_OK);
    assert_status(mote_consensus_check(context, MOTE_CONSENSUS_AURA), MOTE_OK);
    assert_status(mote_consensus_check(context, MOTE_CONSENSUS_NIMBUS), MOTE_E_CONSENSUS_UNKNOWN);
    assert_status(mote_consensus_check(context, MOTE_CONSENSUS_UNKNOWN), MOTE_E_CONSENSUS_UNKNOWN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(authorities_of_a_final_head),
        cmocka_unit_test(whole_parachains),
        cmocka_unit_test(no_authorities),
        cmocka_unit_test(consensus_of_recorded_headers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
