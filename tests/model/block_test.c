/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of blocks against a second one that is slow and plain: random imports and finalities of a universe of 48
 * blocks, in trees of every small capacity, for blocks and for the epochs they announce. */
#include "block_world.h"

static size_t added, dropped, advanced, awaited, contradicted, conflicts, without_room;

static void import_both(naive_tree *naive, mote_block_tree *tree, uint32_t block) {
    mote_import expected, told;
    mote_status status = naive_import(naive, block, &expected);
    assert_status(mote_block_tree_import(fixture_context(1), tree, &told,
                                         &world_blocks()[block].header, UINT64_MAX),
                  status);
    assert_int_equal(told.result, expected.result);
    assert_int_equal(told.is_best, expected.is_best);
    assert_int_equal(told.reorganized, expected.reorganized);
    assert_int_equal(told.equivocates, expected.equivocates);
    assert_int_equal(told.dropped, expected.dropped);
    assert_int_equal(told.finality.result, expected.finality.result);
    assert_int_equal(told.finality.contradicted, expected.finality.contradicted);
    assert_int_equal(told.finality.dropped, expected.finality.dropped);
    assert_memory_equal(&told.finality.was_best.hash, &expected.finality.was_best.hash,
                        sizeof(mote_hash));
    added += told.result == MOTE_IMPORT_ADDED;
    dropped += told.dropped;
    without_room += status == MOTE_E_LIMIT_FORKS && naive_count(naive) < naive->capacity;
}

static void finalize_both(naive_tree *naive, mote_block_tree *tree, uint32_t block) {
    mote_finality expected, told;
    mote_status status = naive_finalize(naive, block, &expected);
    assert_status(
        mote_block_tree_finalize(fixture_context(1), tree, &told, &world_blocks()[block].final),
        status);
    assert_int_equal(told.result, expected.result);
    assert_int_equal(told.dropped, expected.dropped);
    assert_int_equal(told.contradicted, expected.contradicted);
    assert_memory_equal(&told.was_best.hash, &expected.was_best.hash, sizeof(mote_hash));
    advanced += told.result == MOTE_FINALITY_ADVANCED;
    awaited += told.result == MOTE_FINALITY_AWAITED;
    contradicted += told.contradicted;
    conflicts += status == MOTE_E_FINALITY_CONFLICT;
}

static void one_history(uint32_t capacity, uint32_t lists, uint32_t per_slot, uint64_t seed) {
    mote_tree_limits limits = {capacity, lists, WORLD_AUTHORITIES, per_slot};
    mote_babe_position start = world_start();
    mote_block_tree *tree;
    naive_tree naive = naive_tree_new(capacity, lists, per_slot);
    uint64_t random = seed;
    assert_status(mote_block_tree_of_babe(fixture_other_context(1), &tree, &limits, &start),
                  MOTE_OK);
    /* Mostly forwards, so that trees get tall; finality is rare, and rarer of what is not there. */
    for (uint32_t i = 0; i < 3 * WORLD_BLOCKS; i++) {
        uint64_t choice = fixture_random(&random);
        uint32_t any = (uint32_t)(choice / 8 % WORLD_BLOCKS);
        uint32_t block = choice % 3 == 0 ? any : (i + (uint32_t)(choice / 8 % 3)) % WORLD_BLOCKS;
        bool finality = choice / 4096 % 8 == 0;
        if (finality && naive.present[any] == 0 && choice / 65536 % 16 != 0) finality = false;
        if (finality) {
            finalize_both(&naive, tree, any);
        } else {
            import_both(&naive, tree, block);
        }
        assert_same_tree(&naive, tree);
    }
}

static void random_histories(void **state) {
    (void)state;
    uint64_t seed = 20261121;
    world_choose(WORLD_CALM);
    for (uint32_t capacity = 1; capacity <= 12; capacity++) {
        for (size_t i = 0; i < fixture_times(120); i++) {
            one_history(capacity == 12 ? WORLD_BLOCKS : capacity, 8, 1 + (uint32_t)(i % 3),
                        fixture_random(&seed));
        }
    }
    print_message("%zu added, %zu made room, final: %zu, awaited: %zu, contradictions: %zu, "
                  "conflicts: %zu\n",
                  added, dropped, advanced, awaited, contradicted, conflicts);
    assert_true(added > 100 && dropped > 0 && advanced > 0);
}

/* From genesis on, where a block can bring two epochs with it: every room for blocks with every room for epochs, from the
 * least one of both. */
static void histories_short_of_epochs(void **state) {
    (void)state;
    uint64_t seed = 20261122;
    world_choose(WORLD_RESTLESS);
    added = dropped = advanced = without_room = 0;
    for (uint32_t capacity = 1; capacity <= 12; capacity++) {
        for (uint32_t lists = 3; lists <= 12; lists++) {
            for (size_t i = 0; i < fixture_times(20); i++) {
                one_history(capacity == 12 ? WORLD_BLOCKS : capacity, lists, 1 + (uint32_t)(i % 3),
                            fixture_random(&seed));
            }
        }
    }
    print_message("%zu added, %zu made room, final: %zu, without room for epochs: %zu\n", added,
                  dropped, advanced, without_room);
    assert_true(added > 100 && dropped > 0 && advanced > 0 && without_room > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_histories),
                                       cmocka_unit_test(histories_short_of_epochs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
