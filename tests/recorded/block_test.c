/* SPDX-License-Identifier: Apache-2.0 */
/* Recorded blocks: bodies against their headers, attached justifications, whole chains through the tree. */
#include "recorded_blocks.h"

static const char *const files[] = {
    "blocks/westend-1-256.jsonl",
    "blocks/kusama-2857470-2857473.json",
    "blocks/blocks-misc.json.gz",
    "local/relay.blocks.jsonl.gz",
    "local/para-2000.blocks.jsonl.gz",
    "local/para-2001.blocks.jsonl.gz",
    "babe/relay-138-after-skipped-epochs.jsonl.gz",
};
#define FILES (sizeof files / sizeof files[0])

/* --- bodies ----------------------------------------------------------------------------------------------- */
static mote_status find_version(mote_state_version *version, const recorded_block *block,
                                const mote_bytes *extrinsics, size_t count) {
    return mote_body_find_version(fixture_context(4), version, &block->header, extrinsics, count);
}

static void bodies_of_all_blocks(void **state) {
    (void)state;
    size_t blocks = 0;
    for (size_t f = 0; f < FILES; f++) {
        recorded_chain chain = recorded_blocks_of(files[f]);
        for (size_t i = 0; i < chain.count; i++) {
            const recorded_block *block = &chain.blocks[i];
            mote_state_version version;
            assert_status(find_version(&version, block, block->extrinsics, block->extrinsic_count),
                          MOTE_OK);
            /* All of them are of runtimes whose extrinsics root is in the old format, new as some are. */
            assert_int_equal(version, MOTE_STATE_V0);
            blocks++;
        }
    }
    assert_int_equal(blocks, 128 + 4 + 7 + 138 + 67 + 67 + 47);
}

/* One less, one more, two changed over, a bit turned. */
static void bodies_changed(void **state) {
    (void)state;
    mote_state_version version;
    for (size_t f = 0; f < FILES; f++) {
        recorded_chain chain = recorded_blocks_of(files[f]);
        for (size_t i = 0; i < chain.count; i++) {
            const recorded_block *block = &chain.blocks[i];
            size_t count = block->extrinsic_count;
            if (count < 2) continue;
            mote_bytes *list = calloc(count + 1, sizeof *list);
            memcpy(list, block->extrinsics, count * sizeof *list);
            assert_status(find_version(&version, block, list, count - 1), MOTE_E_EXTRINSICS_ROOT);
            list[count] = list[0];
            assert_status(find_version(&version, block, list, count + 1), MOTE_E_EXTRINSICS_ROOT);
            list[0] = list[1];
            list[1] = list[count];
            assert_status(find_version(&version, block, list, count), MOTE_E_EXTRINSICS_ROOT);
            list[1] = list[0];
            uint8_t *changed = fixture_copy(block->extrinsics[0]);
            changed[i % block->extrinsics[0].size] ^= 4;
            list[0] = (mote_bytes){changed, block->extrinsics[0].size};
            assert_status(find_version(&version, block, list, count), MOTE_E_EXTRINSICS_ROOT);
            free(changed);
            free(list);
        }
    }
}

/* As one SCALE vector: the same spans, and nothing cut short. */
static void bodies_in_one_piece(void **state) {
    (void)state;
    recorded_chain chain = recorded_blocks_of("blocks/westend-1-256.jsonl");
    for (size_t i = 0; i < chain.count; i++) {
        const recorded_block *block = &chain.blocks[i];
        test_buffer whole = {0};
        mote_body body;
        append_compact(&whole, block->extrinsic_count);
        for (size_t k = 0; k < block->extrinsic_count; k++) {
            append_span(&whole, block->extrinsics[k].data, block->extrinsics[k].size);
        }
        mote_context *context = fixture_context(4);
        assert_status(mote_body_decode(context, &body, buffer_bytes(&whole)), MOTE_OK);
        assert_status(
            mote_body_check(context, &block->header, body.extrinsics, body.count, MOTE_STATE_V0),
            MOTE_OK);
        mote_bytes cut = {whole.data, whole.size - 1};
        assert_true(mote_body_decode(context, &body, cut) != MOTE_OK);
        mote_header by_hand = block->header;
        by_hand.extrinsics_root.bytes[i % 32] ^= 1;
        assert_status(
            mote_body_check(context, &by_hand, body.extrinsics, body.count, MOTE_STATE_V0),
            MOTE_E_NO_EVIDENCE);
        append_u8(&whole, 0);
        assert_status(mote_body_decode(context, &body, buffer_bytes(&whole)),
                      MOTE_E_TRAILING_BYTES);
        free(whole.data);
    }
}

/* --- justifications ------------------------------------------------------------------------------------------ */
static void kusama_with_its_justification(void **state) {
    (void)state;
    recorded_chain chain = recorded_blocks_of("blocks/kusama-2857470-2857473.json");
    mote_authority_set set =
        test_set_of_list(fixture_file("grandpa/authority-sets/kusama-set1101.bin"), 1101);
    size_t justified = 0;
    assert_int_equal(chain.count, 4);
    for (size_t i = 0; i < chain.count; i++) {
        const recorded_block *block = &chain.blocks[i];
        mote_finalized_header final;
        mote_context *context = fixture_context(16);
        if (i > 0) {
            assert_status(
                mote_header_check_parent(context, &block->header, &chain.blocks[i - 1].header),
                MOTE_OK);
        }
        if (block->justifications.size == 0) continue;
        justified++;
        assert_int_equal(block->number, 2857472);
        assert_status(mote_block_justification_verify(context, &final, NULL, &block->header, &set,
                                                      block->justifications),
                      MOTE_OK);
        assert_true(mote_hash_equal(&final.hash, &block->header.hash));
        assert_status(mote_block_justification_verify(context, &final, NULL,
                                                      &chain.blocks[i - 1].header, &set,
                                                      block->justifications),
                      MOTE_E_TARGET_MISMATCH);
    }
    assert_int_equal(justified, 1);
}

static void lists_of_justifications(void **state) {
    (void)state;
    mote_context *context = fixture_context(1);
    bool found;
    mote_bytes out, none = fixture_hex("00"), two = fixture_hex("0842454546040146524e4b080203"),
                    again = fixture_hex("0846524e4b040146524e4b080203");
    assert_status(mote_block_justification_find(context, &found, &out, none, "FRNK"), MOTE_OK);
    assert_false(found);
    assert_status(mote_block_justification_find(context, &found, &out, two, "FRNK"), MOTE_OK);
    assert_true(found && out.size == 2 && out.data[0] == 2);
    assert_status(mote_block_justification_find(context, &found, &out, two, "BEEF"), MOTE_OK);
    assert_true(found && out.size == 1);
    assert_status(mote_block_justification_find(context, &found, &out, two, "nmbs"), MOTE_OK);
    assert_false(found);
    assert_status(mote_block_justification_find(context, &found, &out, again, "FRNK"), MOTE_OK);
    assert_true(found && out.size == 1);
    for (size_t size = 0; size < two.size; size++) {
        mote_bytes cut = {two.data, size};
        assert_true(mote_block_justification_find(context, &found, &out, cut, "FRNK") != MOTE_OK);
        assert_false(found);
    }
}

/* --- through the tree ------------------------------------------------------------------------------------------ */
static mote_finalized_block block_evidence(const mote_finalized_header *header,
                                           const recorded_block *block,
                                           const mote_authority_set *set) {
    mote_finalized_block final;
    mote_bytes justification;
    bool found;
    mote_context *context = fixture_context(4);
    assert_status(mote_block_justification_find(context, &found, &justification,
                                                block->justifications, "FRNK"),
                  MOTE_OK);
    assert_status(mote_justification_verify(context, &final, NULL, set, justification, NULL),
                  MOTE_OK);
    assert_true(mote_hash_equal(&final.hash, &header->hash));
    return final;
}

/* The local relay chain from genesis: all blocks, finality by the justifications attached to them, three sets. */
static void local_relay_chain_in_a_tree(void **state) {
    (void)state;
    recorded_chain chain = recorded_blocks_of("local/relay.blocks.jsonl.gz");
    mote_babe_position genesis = local_genesis();
    mote_authority_set set = local_first_set();
    mote_tree_limits limits = {.blocks = 64, .lists = 8, .authorities = 16, .per_slot = 2};
    mote_block_tree *tree;
    mote_context *tree_context = fixture_other_context(1);
    uint32_t finalized = 0;
    assert_status(mote_block_tree_of_babe(tree_context, &tree, &limits, &genesis), MOTE_OK);
    for (size_t i = 1; i < chain.count; i++) {
        const recorded_block *block = &chain.blocks[i];
        mote_import import;
        mote_context *context = fixture_context(4);
        bool found;
        mote_bytes justification;
        mote_status status =
            mote_block_tree_import(context, tree, &import, &block->header, UINT64_MAX);
        if (status != MOTE_OK) print_error("block %u\n", (unsigned)block->number);
        assert_status(status, MOTE_OK);
        assert_int_equal(import.result, MOTE_IMPORT_ADDED);
        assert_true(import.is_best && !import.reorganized && !import.equivocates);
        if (block->justifications.size == 0) continue;
        assert_status(mote_block_justification_find(context, &found, &justification,
                                                    block->justifications, "FRNK"),
                      MOTE_OK);
        if (!found) continue;
        mote_finalized_header final;
        mote_finality event;
        assert_status(mote_block_justification_verify(context, &final, NULL, &block->header, &set,
                                                      block->justifications),
                      MOTE_OK);
        mote_finalized_block evidence = block_evidence(&final, block, &set);
        assert_status(mote_block_tree_finalize(context, tree, &event, &evidence), MOTE_OK);
        assert_int_equal(event.result, MOTE_FINALITY_ADVANCED);
        assert_int_equal(event.dropped, 0);
        assert_false(event.contradicted);
        assert_int_equal(mote_block_tree_final(tree).number, block->number);
        finalized++;
        mote_grandpa_log log;
        if (mote_header_find_grandpa_log(&block->header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE)) {
            set = announced_set(&block->header, set.set_id + 1);
        }
    }
    assert_int_equal(finalized, 3);
    assert_int_equal(set.set_id, 2);
    assert_int_equal(mote_block_tree_best(tree).number, 137);
    assert_int_equal(mote_block_tree_count(tree), 137 - 121);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bodies_of_all_blocks),    cmocka_unit_test(bodies_changed),
        cmocka_unit_test(bodies_in_one_piece),     cmocka_unit_test(kusama_with_its_justification),
        cmocka_unit_test(lists_of_justifications), cmocka_unit_test(local_relay_chain_in_a_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
