/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tree of blocks as a script tells it, and the plain second one beside it (block_world.h). Bytes: capacity (from 128
 * on in the restless world), blocks of an author for a slot and room for epochs, then one a step: below 192 the block of
 * that number (modulo 48) comes in, from 240 on it comes in with a bit of its state root turned, between it is final.
 */
#include "block_world.h"
#include "grandpa_world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void import_both(naive_tree *naive, mote_block_tree *tree, uint32_t block) {
    mote_import expected, told;
    mote_status status = naive_import(naive, block, &expected);
    world_require(mote_block_tree_import(fixture_context(1), tree, &told,
                                         &world_blocks()[block].header, UINT64_MAX) == status);
    world_require(told.result == expected.result && told.dropped == expected.dropped);
    world_require(told.is_best == expected.is_best && told.reorganized == expected.reorganized);
    world_require(told.finality.contradicted == expected.finality.contradicted);
}

static void finalize_both(naive_tree *naive, mote_block_tree *tree, uint32_t block) {
    mote_finality expected, told;
    mote_status status = naive_finalize(naive, block, &expected);
    world_require(mote_block_tree_finalize(fixture_context(1), tree, &told,
                                           &world_blocks()[block].final) == status);
    world_require(told.result == expected.result && told.dropped == expected.dropped);
    world_require(told.contradicted == expected.contradicted);
}

/* Nobody has signed this one: whatever the reason, it does not get in. */
static void import_forged(mote_block_tree *tree, uint32_t block) {
    mote_import told;
    mote_header header;
    mote_bytes whole = world_blocks()[block].block.header;
    uint8_t *copy = fixture_copy(whole);
    copy[40] ^= 1;
    mote_context *context = fixture_context(1);
    world_require(mote_header_decode(context, &header, (mote_bytes){copy, whole.size}) == MOTE_OK);
    uint32_t before = mote_block_tree_count(tree);
    world_require(mote_block_tree_import(context, tree, &told, &header, UINT64_MAX) != MOTE_OK);
    world_require(mote_block_tree_count(tree) == before && told.result == MOTE_IMPORT_NONE);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) return 0;
    world_choose(data[0] < 128 ? WORLD_CALM : WORLD_RESTLESS);
    mote_tree_limits limits = {1u + data[0] % WORLD_BLOCKS, 3u + (data[1] / 4 + 5) % 16,
                               WORLD_AUTHORITIES, 1u + data[1] % 4};
    mote_babe_position start = world_start();
    mote_block_tree *tree;
    naive_tree naive = naive_tree_new(limits.blocks, limits.lists, limits.per_slot);
    world_require(mote_block_tree_of_babe(fixture_other_context(1), &tree, &limits, &start) ==
                  MOTE_OK);
    for (size_t i = 2; i < size && i < 128; i++) {
        uint32_t block = data[i] % WORLD_BLOCKS;
        if (data[i] < 192) {
            import_both(&naive, tree, block);
        } else if (data[i] < 240) {
            finalize_both(&naive, tree, block);
        } else {
            import_forged(tree, block);
        }
    }
    assert_same_tree(&naive, tree);
    return 0;
}
