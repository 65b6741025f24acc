/* SPDX-License-Identifier: Apache-2.0 */
/* H.6, the tree of blocks: forks, floods and finality. */
#include "babe_world.h"

#include "../../core/block/tree.h"

#define AUTHORS 4u
#define NEXT_AUTHORS 20u

static mote_babe_position origin(void) {
    return test_position(0, AUTHORS, NEXT_AUTHORS);
}

static mote_block_tree *tree_of(uint32_t blocks, uint32_t lists, uint32_t per_slot) {
    mote_tree_limits limits = {blocks, lists, 8, per_slot};
    mote_babe_position at = origin();
    mote_block_tree *tree;
    mote_context *context = fixture_other_context(16);
    size_t before = mote_context_mark(context);
    assert_status(mote_block_tree_of_babe(context, &tree, &limits, &at), MOTE_OK);
    assert_true(mote_context_mark(context) - before <= mote_block_tree_memory(&limits));
    return tree;
}

static mote_status offer(mote_block_tree *tree, mote_import *out, const test_block *block) {
    mote_header header = test_header(block);
    return mote_block_tree_import(fixture_context(1), tree, out, &header, UINT64_MAX);
}

static mote_import add(mote_block_tree *tree, const test_block *block) {
    mote_import import;
    assert_status(offer(tree, &import, block), MOTE_OK);
    assert_int_equal(import.result, MOTE_IMPORT_ADDED);
    return import;
}

/* A right child of a block in the tree. */
static test_block child(const mote_block_tree *tree, const mote_hash *parent, mote_babe_claim claim,
                        uint32_t index, uint64_t slot, uint8_t salt) {
    mote_babe_position at;
    assert_true(mote_block_tree_babe_position(tree, &at, parent));
    return test_right_block(&at, claim, index, slot, salt);
}

static mote_hash root_hash(const mote_block_tree *tree) {
    return mote_block_tree_final(tree).hash;
}

/* `slots` ends with 0; the blocks are added, the last one returned. */
static test_block grow(mote_block_tree *tree, const mote_hash *parent, mote_babe_claim claim,
                       const uint64_t *slots, uint8_t salt) {
    test_block block = {0};
    mote_hash at = *parent;
    for (; *slots != 0; slots++) {
        block = child(tree, &at, claim, 1, *slots, salt);
        (void)add(tree, &block);
        at = block.hash;
    }
    return block;
}

static bool is_best(const mote_block_tree *tree, const test_block *block) {
    mote_tree_block best = mote_block_tree_best(tree);
    return mote_hash_equal(&best.hash, &block->hash);
}

/* --- fork choice ------------------------------------------------------------------------------------------ */
static void V25_heavier_fork_wins_though_shorter(void **state) {
    (void)state;
    static const uint64_t long_slots[] = {105, 106, 107, 108, 0};
    mote_block_tree *tree = tree_of(16, 4, 4);
    mote_hash root = root_hash(tree);
    test_block light = grow(tree, &root, MOTE_BABE_SECONDARY_VRF, long_slots, 1);
    assert_true(is_best(tree, &light));
    test_block heavy = child(tree, &root, MOTE_BABE_PRIMARY, 2, 106, 2);
    mote_import import = add(tree, &heavy);
    assert_true(import.is_best && import.reorganized);
    assert_true(is_best(tree, &heavy));
    assert_int_equal(mote_block_tree_best(tree).weight, 1);
    test_block longer = child(tree, &light.hash, MOTE_BABE_SECONDARY_VRF, 0, 109, 3);
    import = add(tree, &longer);
    assert_false(import.is_best || import.reorganized);
    test_block even = child(tree, &light.hash, MOTE_BABE_PRIMARY, 0, 109, 4);
    import = add(tree, &even); /* as many primary claims, and longer */
    assert_true(import.is_best && import.reorganized);
}

static void V26_equals_do_not_replace(void **state) {
    (void)state;
    mote_block_tree *tree = tree_of(16, 4, 4);
    mote_hash root = root_hash(tree);
    test_block first = child(tree, &root, MOTE_BABE_PRIMARY, 0, 106, 1);
    assert_true(add(tree, &first).is_best);
    for (uint32_t index = 1; index < AUTHORS; index++) {
        test_block other = child(tree, &root, MOTE_BABE_PRIMARY, index, 105, (uint8_t)index);
        assert_false(add(tree, &other).is_best);
    }
    assert_true(is_best(tree, &first));
}

/* The later of the two has the place in memory that comes first. */
static void V26_equals_after_the_best_is_gone(void **state) {
    (void)state;
    mote_block_tree *tree = tree_of(3, 4, 4);
    mote_hash root = root_hash(tree);
    test_block light = child(tree, &root, MOTE_BABE_SECONDARY_VRF, 0, 105, 1);
    test_block first = child(tree, &root, MOTE_BABE_PRIMARY, 1, 105, 2);
    test_block later = child(tree, &root, MOTE_BABE_PRIMARY, 2, 105, 3);
    (void)add(tree, &light);
    (void)add(tree, &first);
    test_block tip = child(tree, &first.hash, MOTE_BABE_PRIMARY, 0, 106, 4);
    (void)add(tree, &tip);
    assert_int_equal(add(tree, &later).dropped, 1);
    mote_babe_position at;
    assert_true(mote_block_tree_babe_position(tree, &at, &later.hash));
    test_block unseen = test_right_block(&at, MOTE_BABE_PRIMARY, 0, 107, 5);
    mote_finalized_block final = test_finalized(&unseen);
    mote_finality event;
    assert_status(mote_block_tree_finalize(fixture_context(1), tree, &event, &final), MOTE_OK);
    assert_int_equal(event.result, MOTE_FINALITY_AWAITED);
    assert_true(event.contradicted);
    assert_true(is_best(tree, &first));
}

/* Weights go on from where the position was. */
static void V25_weight_of_the_start(void **state) {
    (void)state;
    mote_tree_limits limits = {4, 4, 8, 2};
    mote_babe_position at = origin();
    mote_block_tree *tree;
    at.weight = 7;
    assert_status(mote_block_tree_of_babe(fixture_other_context(1), &tree, &limits, &at), MOTE_OK);
    assert_int_equal(mote_block_tree_best(tree).weight, 7);
    test_block block = child(tree, &at.hash, MOTE_BABE_PRIMARY, 0, 105, 1);
    (void)add(tree, &block);
    assert_int_equal(mote_block_tree_best(tree).weight, 8);
}

/* Two first blocks in different slots: each begins epoch 0 where it is, and so do its children see it. */
static void V21_tree_from_genesis(void **state) {
    (void)state;
    mote_tree_limits limits = {8, 8, 8, 2};
    mote_babe_position genesis, at;
    mote_block_tree *tree;
    mote_hash hash;
    mote_babe_epoch epoch = test_epoch(0, AUTHORS);
    mote_babe_configuration configuration = {.epoch_slots = TEST_EPOCH_SLOTS,
                                             .c_numerator = epoch.c_numerator,
                                             .c_denominator = epoch.c_denominator,
                                             .authorities = epoch.authorities,
                                             .allowed_slots = epoch.allowed_slots};
    memset(hash.bytes, 4, sizeof hash.bytes);
    assert_status(mote_babe_at_genesis(fixture_context(1), &genesis, &hash, &configuration),
                  MOTE_OK);
    assert_status(mote_block_tree_of_babe(fixture_other_context(1), &tree, &limits, &genesis),
                  MOTE_OK);
    test_block first[2];
    for (uint32_t i = 0; i < 2; i++) {
        first[i] = child(tree, &hash, MOTE_BABE_PRIMARY, i, 1000 + 3 * i, (uint8_t)i);
        (void)add(tree, &first[i]);
        assert_true(mote_block_tree_babe_position(tree, &at, &first[i].hash));
        assert_false(at.is_genesis);
        assert_int_equal(at.current.start_slot, 1000 + 3 * i);
        assert_int_equal(at.next.start_slot, 1010 + 3 * i);
        test_block second = child(tree, &first[i].hash, MOTE_BABE_PRIMARY, i, 1005, 7);
        (void)add(tree, &second);
    }
    mote_finalized_block final = test_finalized(&first[0]);
    mote_finality event;
    assert_status(mote_block_tree_finalize(fixture_context(1), tree, &event, &final), MOTE_OK);
    assert_true(mote_block_tree_babe_position(tree, &at, &first[0].hash));
    assert_false(at.is_genesis);
    assert_int_equal(event.dropped, 2);
}

/* --- what authors can do to an epoch ------------------------------------------------------------------------- */
/* The first block of an epoch announces what it likes: authorities of its author's own, randomness zero. Whoever follows
 * it is led astray until finality takes the other fork; then all of it is gone. */
static void V24_hijacked_epoch_is_rolled_back(void **state) {
    (void)state;
    mote_block_tree *tree = tree_of(32, 6, 4);
    mote_babe_position at;
    mote_hash root = root_hash(tree);
    test_block honest = child(tree, &root, MOTE_BABE_PRIMARY, 0, 111, 1);
    (void)add(tree, &honest);
    assert_true(mote_block_tree_babe_position(tree, &at, &root));
    test_claim claim = test_right_claim(&at, MOTE_BABE_PRIMARY, 1, 112, 2);
    test_digest hijack = {0};
    digest_add_next_epoch(&hijack, 60, 1, 0);
    claim.logs = &hijack;
    test_block hijacker = test_babe_block(&root, 51, &claim);
    (void)add(tree, &hijacker);
    test_block tip = hijacker;
    for (uint64_t slot = 120; slot < 125;
         slot++) { /* his key alone makes the next epoch's blocks */
        tip = child(tree, &tip.hash, MOTE_BABE_PRIMARY, 0, slot, 3);
        (void)add(tree, &tip);
    }
    assert_true(is_best(tree, &tip));
    mote_finality event;
    mote_finalized_block final = test_finalized(&honest);
    assert_status(mote_block_tree_finalize(fixture_context(1), tree, &event, &final), MOTE_OK);
    assert_int_equal(event.result, MOTE_FINALITY_ADVANCED);
    assert_true(event.contradicted);
    assert_true(mote_hash_equal(&event.was_best.hash, &tip.hash));
    assert_int_equal(event.dropped, 6);
    assert_int_equal(mote_block_tree_count(tree), 0);
    assert_true(is_best(tree, &honest));
    mote_import import;
    assert_status(offer(tree, &import, &tip), MOTE_E_PARENT_UNKNOWN);
    assert_status(offer(tree, &import, &hijacker), MOTE_E_NOT_ON_FINAL_CHAIN);
    test_block next = child(tree, &honest.hash, MOTE_BABE_PRIMARY, 0, 121, 5);
    (void)add(tree, &next); /* under what the honest one announced */
}

/* --- floods ----------------------------------------------------------------------------------------------------- */
static test_block sibling_of(const mote_babe_position *at, const mote_hash *root, uint32_t salt) {
    test_claim claim = test_right_claim(at, MOTE_BABE_PRIMARY, 2, 106, 1);
    test_digest logs = {0};
    digest_add(&logs, 0, NULL, (mote_bytes){(const uint8_t *)&salt, sizeof salt});
    claim.logs = &logs;
    test_block block = test_babe_block(root, 51, &claim);
    free(logs.items.data);
    return block;
}

static void V29_equivocation_spam(void **state) {
    (void)state;
    mote_block_tree *tree = tree_of(64, 4, 3);
    mote_hash root = root_hash(tree);
    mote_babe_position at;
    mote_import import;
    assert_true(mote_block_tree_babe_position(tree, &at, &root));
    test_block sibling = {0}, first = {0};
    for (uint32_t i = 0; i < 100; i++) {
        sibling = sibling_of(&at, &root, i);
        assert_status(offer(tree, &import, &sibling), i < 3 ? MOTE_OK : MOTE_E_LIMIT_EQUIVOCATIONS);
        if (i == 0) first = sibling;
        if (i < 3) assert_int_equal(import.equivocates, i > 0);
        if (i == 1) assert_true(mote_hash_equal(&import.other, &first.hash));
    }
    uint8_t *spam = fixture_copy(sibling.header); /* no signature of these is looked at */
    for (uint32_t i = 0; i < 100000; i++) {
        memcpy(spam + 40, &i, sizeof i);
        test_block block = {.header = {spam, sibling.header.size}};
        assert_status(offer(tree, &import, &block), MOTE_E_LIMIT_EQUIVOCATIONS);
    }
    assert_int_equal(mote_block_tree_count(tree), 3);
    test_block another = child(tree, &root, MOTE_BABE_PRIMARY, 1, 106, 1); /* others are let in */
    (void)add(tree, &another);
    another = child(tree, &root, MOTE_BABE_PRIMARY, 2, 107, 1);
    (void)add(tree, &another);
    free(spam);
}

/* A chain that is never final fills the tree and goes no further; what is lighter makes room for what is heavier. */
static void V30_chain_without_finality(void **state) {
    (void)state;
    const uint32_t capacity = 24;
    mote_block_tree *tree = tree_of(capacity, 24, 4);
    mote_hash root = root_hash(tree);
    test_block tip = {.hash = root}, block = {0};
    uint64_t slot = 105;
    mote_import import;
    for (uint32_t i = 0; i < capacity; i++, slot++) {
        tip = child(tree, &tip.hash, MOTE_BABE_SECONDARY_VRF, 0, slot, 1);
        (void)add(tree, &tip);
    }
    assert_int_equal(mote_block_tree_count(tree), capacity);
    mote_babe_position before, after;
    assert_true(mote_block_tree_babe_position(tree, &before, &tip.hash));
    for (uint32_t i = 0; i < 50; i++, slot++) {
        block = child(tree, &tip.hash, MOTE_BABE_PRIMARY, 0, slot, 1);
        assert_status(offer(tree, &import, &block), MOTE_E_LIMIT_FORKS);
        assert_int_equal(import.result, MOTE_IMPORT_NONE);
    }
    mote_header more = test_header(&block);
    mote_context *context = fixture_context(1);
    for (uint32_t i = 0; i < 1000000; i++) { /* no signature of these is looked at */
        memcpy(more.hash.bytes, &i, sizeof i);
        mote_status status = mote_block_tree_import(context, tree, &import, &more, UINT64_MAX);
        if (status != MOTE_E_LIMIT_FORKS) assert_status(status, MOTE_E_LIMIT_FORKS);
    }
    assert_int_equal(mote_block_tree_count(tree), capacity);
    assert_true(is_best(tree, &tip));
    assert_true(mote_block_tree_babe_position(tree, &after, &tip.hash));
    assert_memory_equal(&before, &after, sizeof before);
}

static void V30_heavier_blocks_push_out_lighter_tips(void **state) {
    (void)state;
    mote_block_tree *tree = tree_of(8, 12, 8);
    mote_hash root = root_hash(tree);
    mote_import import;
    test_block spam[8], tip = {.hash = root};
    for (uint32_t i = 0; i < 8; i++) { /* eight light siblings fill it */
        spam[i] = child(tree, &root, MOTE_BABE_SECONDARY_VRF, 0, 105 + i % 4, (uint8_t)i);
        (void)add(tree, &spam[i]);
    }
    test_block light = child(tree, &root, MOTE_BABE_SECONDARY_VRF, 0, 109, 9);
    assert_status(offer(tree, &import, &light), MOTE_E_LIMIT_FORKS); /* no heavier than they are */
    for (uint32_t i = 0; i < 7; i++) {
        tip = child(tree, &tip.hash, MOTE_BABE_PRIMARY, 1, 110 + i, 1);
        import = add(tree, &tip);
        assert_int_equal(import.dropped, 1);
        assert_true(import.is_best);
        assert_int_equal(mote_block_tree_count(tree), 8);
    }
    /* The first of the light ones was the best one, and so the last to go. */
    mote_tree_block found;
    assert_true(mote_block_tree_find(tree, &found, &spam[0].hash));
    for (uint32_t i = 1; i < 8; i++)
        assert_false(mote_block_tree_find(tree, &found, &spam[i].hash));
    tip = child(tree, &tip.hash, MOTE_BABE_PRIMARY, 1, 118, 1);
    assert_int_equal(add(tree, &tip).dropped, 1);
    tip = child(tree, &tip.hash, MOTE_BABE_PRIMARY, 1, 119, 1);
    assert_status(offer(tree, &import, &tip), MOTE_E_LIMIT_FORKS);
}

/* Forks at the border of an epoch announce others: only so many are kept. */
static void V30_different_epochs_at_a_time(void **state) {
    (void)state;
    mote_block_tree *tree = tree_of(32, 4, 8);
    mote_hash root = root_hash(tree);
    mote_import import;
    for (uint32_t i = 0; i < 4; i++) { /* two are taken by the start */
        test_block block = child(tree, &root, MOTE_BABE_PRIMARY, i, 110, (uint8_t)(7 * i));
        mote_status status = offer(tree, &import, &block);
        assert_status(status, i < 2 ? MOTE_OK : MOTE_E_LIMIT_FORKS);
    }
    test_block again = child(tree, &root, MOTE_BABE_PRIMARY, 2, 110, 0);
    (void)add(tree, &again); /* announces what another one has */
    test_block same = child(tree, &again.hash, MOTE_BABE_PRIMARY, 2, 111, 0);
    (void)add(tree, &same);
    assert_int_equal(mote_block_tree_count(tree), 4);
}

/* A tip makes room for a heavier block, whose two epochs need more room than the tip leaves: the tip stays, and so does
 * what it announced. */
static void V30_epochs_that_do_not_fit_change_none(void **state) {
    (void)state;
    mote_babe_position genesis = origin(), before, after;
    mote_block_tree *tree;
    mote_import import;
    mote_tree_limits limits = {2, 4, AUTHORS, 4};
    genesis.is_genesis = true;
    assert_status(mote_block_tree_of_babe(fixture_other_context(1), &tree, &limits, &genesis),
                  MOTE_OK);
    test_block best = child(tree, &genesis.hash, MOTE_BABE_PRIMARY, 0, 1000, 1);
    test_block light = child(tree, &genesis.hash, MOTE_BABE_SECONDARY_VRF, 0, 1000, 2);
    (void)add(tree, &best);
    (void)add(tree, &light); /* of the same slot, and so of the same first epoch */
    assert_true(mote_block_tree_babe_position(tree, &before, &light.hash));
    mote_bytes keys = {before.next.authorities.items, AUTHORS * MOTE_AUTHORITY_ITEM_SIZE};
    uint8_t *next_keys = fixture_copy(keys);
    test_block heavy = child(tree, &genesis.hash, MOTE_BABE_PRIMARY, 1, 1001, 3);
    test_digest logs = {0};
    digest_add_next_epoch(&logs, 60, AUTHORS + 1, 0);
    test_claim claim = test_right_claim(&genesis, MOTE_BABE_PRIMARY, 1, 1001, 4);
    claim.logs = &logs;
    test_block long_list = test_babe_block(&genesis.hash, 51, &claim);
    for (int i = 0; i < 2; i++) {
        assert_status(offer(tree, &import, i == 0 ? &heavy : &long_list),
                      i == 0 ? MOTE_E_LIMIT_FORKS : MOTE_E_LIMIT_COUNT);
        assert_int_equal(import.result, MOTE_IMPORT_NONE);
        assert_int_equal(mote_block_tree_count(tree), 2);
        assert_true(mote_block_tree_babe_position(tree, &after, &light.hash));
        assert_memory_equal(&before, &after, sizeof before);
        assert_memory_equal(after.next.authorities.items, next_keys, keys.size);
    }
    heavy = child(tree, &genesis.hash, MOTE_BABE_PRIMARY, 1, 1000, 3);
    assert_int_equal(add(tree, &heavy).dropped, 1); /* its first epoch is there: one is enough */
    free(next_keys);
    free(logs.items.data);
}

/* The order of arrival is a number that does not come round. */
static void V30_more_arrivals_than_a_word_holds(void **state) {
    (void)state;
    static const uint64_t slots[] = {105, 106, 107, 108, 0};
    mote_block_tree *tree = tree_of(8, 4, 4);
    mote_hash root = root_hash(tree);
    mote_tree_block found;
    tree->arrivals = UINT32_MAX - 2;
    test_block tip = grow(tree, &root, MOTE_BABE_PRIMARY, slots, 1);
    assert_int_equal(mote_block_tree_count(tree), 4);
    for (uint32_t i = 0; i < 5; i++) assert_true(mote_block_tree_at(tree, &found, i));
    assert_true(mote_block_tree_descends(tree, &tip.hash, &root));
}

/* --- coming in --------------------------------------------------------------------------------------------------- */
static void V19_deferred_leaves_no_trace(void **state) {
    (void)state;
    mote_block_tree *tree = tree_of(8, 4, 2);
    mote_hash root = root_hash(tree);
    test_block block = child(tree, &root, MOTE_BABE_PRIMARY, 0, 106, 1);
    mote_header header = test_header(&block);
    mote_import import;
    for (int i = 0; i < 3; i++) {
        assert_status(mote_block_tree_import(fixture_context(1), tree, &import, &header, 105),
                      MOTE_OK);
        assert_int_equal(import.result, MOTE_IMPORT_DEFERRED);
        assert_int_equal(mote_block_tree_count(tree), 0);
    }
    assert_status(mote_block_tree_import(fixture_context(1), tree, &import, &header, 106), MOTE_OK);
    assert_int_equal(import.result, MOTE_IMPORT_ADDED);
    assert_status(mote_block_tree_import(fixture_context(1), tree, &import, &header, 106), MOTE_OK);
    assert_int_equal(import.result, MOTE_IMPORT_KNOWN);
    assert_int_equal(mote_block_tree_count(tree), 1);
}

static void D21_blocks_that_hang_nowhere(void **state) {
    (void)state;
    mote_block_tree *tree = tree_of(8, 4, 2);
    mote_hash root = root_hash(tree), nowhere;
    memset(nowhere.bytes, 9, sizeof nowhere.bytes);
    mote_babe_position at = origin();
    mote_import import;
    test_claim claim = test_right_claim(&at, MOTE_BABE_PRIMARY, 0, 106, 1);
    test_block stray = test_babe_block(&nowhere, 51, &claim);
    assert_status(offer(tree, &import, &stray), MOTE_E_PARENT_UNKNOWN);
    test_block too_high = test_babe_block(&root, 52, &claim);
    assert_status(offer(tree, &import, &too_high), MOTE_E_HEADER_NUMBER);
    test_block beside = test_babe_block(&nowhere, 50, &claim);
    assert_status(offer(tree, &import, &beside), MOTE_E_NOT_ON_FINAL_CHAIN);
    test_block below = test_babe_block(&nowhere, 3, &claim);
    assert_status(offer(tree, &import, &below), MOTE_E_NOT_ON_FINAL_CHAIN);
    test_block forged = test_babe_block(&root, 51, &claim);
    ((uint8_t *)(uintptr_t)forged.header.data)[40] ^= 1;
    assert_status(offer(tree, &import, &forged), MOTE_E_BAD_SIGNATURE);
    assert_int_equal(mote_block_tree_count(tree), 0);
}

/* --- finality ----------------------------------------------------------------------------------------------------- */
static void G37_V24_finality_of_a_block_still_to_come(void **state) {
    (void)state;
    static const uint64_t slots[] = {105, 106, 107, 0};
    mote_block_tree *tree = tree_of(16, 4, 4);
    mote_hash root = root_hash(tree);
    mote_finality event;
    mote_import import;
    test_block tip = grow(tree, &root, MOTE_BABE_PRIMARY, slots, 1);
    /* The final one: second on another fork, which the tree has not seen. */
    mote_babe_position at = origin(), next;
    test_block a = test_right_block(&at, MOTE_BABE_SECONDARY_VRF, 0, 105, 50);
    mote_header header = test_header(&a);
    assert_status(mote_babe_advance(fixture_context(1), &next, NULL, &at, &header, UINT64_MAX),
                  MOTE_OK);
    test_block b = test_right_block(&next, MOTE_BABE_SECONDARY_VRF, 0, 106, 50);
    test_block beside = test_right_block(&next, MOTE_BABE_SECONDARY_VRF, 0, 107, 51);
    mote_finalized_block final = test_finalized(&b);
    assert_status(mote_block_tree_finalize(fixture_context(1), tree, &event, &final), MOTE_OK);
    assert_int_equal(event.result, MOTE_FINALITY_AWAITED);
    assert_true(event.contradicted && mote_hash_equal(&event.was_best.hash, &tip.hash));
    assert_int_equal(event.dropped, 2);
    assert_int_equal(mote_block_tree_count(tree), 1);
    assert_int_equal(add(tree, &a).finality.result, MOTE_FINALITY_NONE);
    assert_status(offer(tree, &import, &beside), MOTE_E_NOT_ON_FINAL_CHAIN);
    import = add(tree, &b);
    assert_int_equal(import.finality.result, MOTE_FINALITY_ADVANCED);
    assert_true(import.finality.contradicted && import.is_best && import.reorganized);
    assert_int_equal(mote_block_tree_count(tree), 0);
    assert_int_equal(mote_block_tree_final(tree).number, 52);
}

/* What an author can fill the tree with, below the height of a block that is final and has yet to come: it is let in
 * whatever there is. */
static mote_block_tree *full_tree(uint32_t blocks, uint32_t lists, uint32_t per_slot,
                                  test_block *final_block, uint64_t slot) {
    mote_block_tree *tree = tree_of(blocks, lists, per_slot);
    mote_hash root = root_hash(tree);
    test_block parent = child(tree, &root, MOTE_BABE_SECONDARY_VRF, 0, 105, 1);
    (void)add(tree, &parent);
    *final_block = child(tree, &parent.hash, MOTE_BABE_SECONDARY_VRF, 0, slot, 2);
    mote_finalized_block final = test_finalized(final_block);
    mote_finality event;
    assert_status(mote_block_tree_finalize(fixture_context(1), tree, &event, &final), MOTE_OK);
    assert_int_equal(event.result, MOTE_FINALITY_AWAITED);
    return tree;
}

static void assert_let_in(mote_block_tree *tree, const test_block *block, uint32_t dropped) {
    mote_import import = add(tree, block);
    assert_int_equal(import.finality.result, MOTE_FINALITY_ADVANCED);
    assert_int_equal(import.finality.dropped, dropped);
    assert_int_equal(import.dropped, 0);
    assert_true(import.is_best && is_best(tree, block));
    assert_int_equal(mote_block_tree_count(tree), 0);
}

static void V29_G37_final_block_of_an_equivocating_author(void **state) {
    (void)state;
    test_block final, spam;
    mote_import import;
    mote_block_tree *tree = full_tree(16, 4, 2, &final, 107);
    mote_hash root = root_hash(tree);
    mote_babe_position at = origin();
    test_claim claim = test_right_claim(&at, MOTE_BABE_SECONDARY_VRF, 0, 107, 0);
    for (uint8_t salt = 10; salt < 13; salt++) { /* of the same author, on another block */
        claim.salt = salt;
        spam = test_babe_block(&root, 51, &claim);
        assert_status(offer(tree, &import, &spam),
                      salt < 12 ? MOTE_OK : MOTE_E_LIMIT_EQUIVOCATIONS);
    }
    assert_let_in(tree, &final, 2);
}

static void V30_G37_final_block_for_a_full_tree(void **state) {
    (void)state;
    test_block final, spam;
    mote_block_tree *tree = full_tree(3, 4, 8, &final, 107);
    mote_hash root = root_hash(tree);
    for (uint32_t i = 0; i < 2; i++) { /* heavier than the final one */
        spam = child(tree, &root, MOTE_BABE_PRIMARY, i, 106, (uint8_t)i);
        (void)add(tree, &spam);
    }
    assert_let_in(tree, &final, 2);
}

static void V30_G37_final_block_where_epochs_are_many(void **state) {
    (void)state;
    test_block final, spam;
    mote_import import;
    mote_block_tree *tree = full_tree(16, 3, 8, &final, 115); /* the first of its epoch */
    mote_hash root = root_hash(tree);
    for (uint8_t salt = 0; salt < 2; salt++) {
        spam = child(tree, &root, MOTE_BABE_PRIMARY, 0, 111, salt);
        assert_status(offer(tree, &import, &spam), salt < 1 ? MOTE_OK : MOTE_E_LIMIT_FORKS);
    }
    assert_let_in(tree, &final, 1);
    mote_babe_position at;
    assert_true(mote_block_tree_babe_position(tree, &at, &final.hash));
    assert_int_equal(at.next.start_slot, 120);
}

static void G35_G36_V24_two_final_blocks_of_one_height(void **state) {
    (void)state;
    mote_block_tree *tree = tree_of(16, 4, 4);
    mote_hash root = root_hash(tree);
    mote_finality event;
    mote_import import;
    test_block a = child(tree, &root, MOTE_BABE_PRIMARY, 0, 105, 1);
    test_block b = child(tree, &root, MOTE_BABE_PRIMARY, 0, 106, 2);
    (void)add(tree, &a);
    (void)add(tree, &b);
    mote_finalized_block final = test_finalized(&a), again = test_finalized(&b), by_hand = final;
    by_hand.seal = 0;
    mote_context *context = fixture_context(1);
    assert_status(mote_block_tree_finalize(context, tree, &event, &by_hand), MOTE_E_NO_EVIDENCE);
    assert_status(mote_block_tree_finalize(context, tree, &event, &final), MOTE_OK);
    assert_int_equal(event.dropped, 1);
    assert_status(mote_block_tree_finalize(context, tree, &event, &final), MOTE_OK);
    assert_int_equal(event.result, MOTE_FINALITY_NOTHING_NEW);
    test_block c = child(tree, &a.hash, MOTE_BABE_PRIMARY, 0, 107, 3);
    assert_status(mote_block_tree_finalize(context, tree, &event, &again),
                  MOTE_E_FINALITY_CONFLICT);
    /* From here on it takes nothing. */
    assert_status(offer(tree, &import, &c), MOTE_E_FINALITY_CONFLICT);
    assert_status(mote_block_tree_finalize(context, tree, &event, &final),
                  MOTE_E_FINALITY_CONFLICT);
}

/* --- creation ---------------------------------------------------------------------------------------------------- */
static void V30_limits_and_memory(void **state) {
    (void)state;
    static uint8_t memory[1 << 16];
    static const uint8_t seed[32];
    mote_babe_position at = origin();
    mote_block_tree *tree;
    mote_tree_limits limits = {16, 4, 8, 2};
    static const mote_tree_limits wrong[] = {{0, 4, 8, 2},  {MOTE_MAX_TREE_BLOCKS + 1, 4, 8, 2},
                                             {16, 1, 8, 2}, {16, MOTE_MAX_TREE_LISTS + 1, 8, 2},
                                             {16, 4, 0, 2}, {16, 4, 4097, 2},
                                             {16, 4, 8, 0}};
    mote_context context;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        mote_context_init(&context, memory, sizeof memory, seed);
        assert_int_equal(mote_block_tree_memory(&wrong[i]), 0);
        assert_status(mote_block_tree_of_babe(&context, &tree, &wrong[i], &at),
                      MOTE_E_BAD_ARGUMENT);
        assert_null(tree);
    }
    size_t enough = mote_block_tree_memory(&limits);
    assert_true(enough < sizeof memory);
    for (size_t size = 0; size < enough; size += 97) {
        mote_context_init(&context, memory, size, seed);
        mote_status status = mote_block_tree_of_babe(&context, &tree, &limits, &at);
        if (status == MOTE_OK) continue; /* the bound is for any alignment */
        assert_status(status, MOTE_E_LIMIT_MEMORY);
        assert_int_equal(mote_context_mark(&context), 0);
    }
    mote_context_init(&context, memory, enough, seed);
    assert_status(mote_block_tree_of_babe(&context, &tree, &limits, &at), MOTE_OK);
    limits.lists = 2; /* no room for an epoch after the two of the final block */
    mote_context_init(&context, memory, sizeof memory, seed);
    assert_status(mote_block_tree_of_babe(&context, &tree, &limits, &at), MOTE_E_BAD_ARGUMENT);
    limits.lists = 3;
    limits.authorities = AUTHORS - 1;
    mote_context_init(&context, memory, sizeof memory, seed);
    assert_status(mote_block_tree_of_babe(&context, &tree, &limits, &at), MOTE_E_LIMIT_COUNT);
    limits = mote_tree_default_limits();
    assert_true(mote_block_tree_memory(&limits) > 0);
}

/* --- Aura in the same tree ----------------------------------------------------------------------------------------- */
static void V29_aura_siblings_and_slots_of_several_blocks(void **state) {
    (void)state;
    mote_hash genesis;
    memset(genesis.bytes, 0x21, sizeof genesis.bytes);
    mote_aura_authorities authorities;
    mote_aura_position at;
    mote_context *context = fixture_other_context(4);
    mote_tree_limits limits = {16, 2, 8, 2};
    mote_block_tree *tree;
    mote_import import;
    assert_status(mote_aura_authorities_assume(context, &authorities, MOTE_AURA_SR25519,
                                               build_aura_list(0, 3), &genesis, 7),
                  MOTE_OK);
    assert_status(mote_aura_at(context, &at, &authorities, NULL, MOTE_AURA_SEVERAL_BLOCKS_A_SLOT),
                  MOTE_OK);
    mote_aura_position empty = at;
    empty.authorities.keys.count = 0;
    assert_status(mote_block_tree_of_aura(context, &tree, &limits, &empty),
                  MOTE_E_AUTHORITIES_INVALID);
    assert_null(tree);
    assert_status(mote_block_tree_of_aura(context, &tree, &limits, &at), MOTE_OK);
    test_block tip = {.hash = genesis, .number = 7};
    for (uint32_t i = 0; i < 3; i++) { /* three for one slot, one above the other */
        tip = test_aura_block(&tip.hash, tip.number + 1, 31, 1, 1, NULL);
        import = add(tree, &tip);
        assert_true(import.is_best && !import.equivocates);
    }
    test_block sibling = test_aura_block(&genesis, 8, 31, 1, 2, NULL);
    assert_true(add(tree, &sibling).equivocates);
    sibling = test_aura_block(&genesis, 8, 31, 1, 3, NULL);
    assert_status(offer(tree, &import, &sibling), MOTE_E_LIMIT_EQUIVOCATIONS);
    sibling = test_aura_block(&genesis, 8, 32, 1, 3, NULL);
    assert_status(offer(tree, &import, &sibling), MOTE_E_BAD_SIGNATURE);
    assert_true(is_best(tree, &tip));
    mote_finalized_block final = test_finalized(&tip);
    mote_finality event;
    assert_status(mote_block_tree_finalize(fixture_context(1), tree, &event, &final), MOTE_OK);
    assert_int_equal(event.dropped, 1);
    assert_true(mote_block_tree_aura_position(tree, &at, &tip.hash));
    assert_int_equal(at.slot, 31);
    assert_false(mote_block_tree_babe_position(tree, &(mote_babe_position){0}, &tip.hash));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(V25_heavier_fork_wins_though_shorter),
        cmocka_unit_test(V26_equals_do_not_replace),
        cmocka_unit_test(V26_equals_after_the_best_is_gone),
        cmocka_unit_test(V25_weight_of_the_start),
        cmocka_unit_test(V21_tree_from_genesis),
        cmocka_unit_test(V24_hijacked_epoch_is_rolled_back),
        cmocka_unit_test(V29_equivocation_spam),
        cmocka_unit_test(V30_chain_without_finality),
        cmocka_unit_test(V30_heavier_blocks_push_out_lighter_tips),
        cmocka_unit_test(V30_different_epochs_at_a_time),
        cmocka_unit_test(V30_epochs_that_do_not_fit_change_none),
        cmocka_unit_test(V30_more_arrivals_than_a_word_holds),
        cmocka_unit_test(V19_deferred_leaves_no_trace),
        cmocka_unit_test(D21_blocks_that_hang_nowhere),
        cmocka_unit_test(G37_V24_finality_of_a_block_still_to_come),
        cmocka_unit_test(V29_G37_final_block_of_an_equivocating_author),
        cmocka_unit_test(V30_G37_final_block_for_a_full_tree),
        cmocka_unit_test(V30_G37_final_block_where_epochs_are_many),
        cmocka_unit_test(G35_G36_V24_two_final_blocks_of_one_height),
        cmocka_unit_test(V30_limits_and_memory),
        cmocka_unit_test(V29_aura_siblings_and_slots_of_several_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
