/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks imported many at a time into one tree and one by one into another: the same comes of each, whatever they are
 * (forks, equivocations, false seals, unknown parents, slots to come) and whatever limits and memory there are.
 */
#include <sodium.h>

#include "block_world.h"

#define MOST 80u

static void assert_same_block(const mote_tree_block *a, const mote_tree_block *b) {
    assert_true(mote_hash_equal(&a->hash, &b->hash));
    assert_true(mote_hash_equal(&a->parent_hash, &b->parent_hash));
    assert_int_equal(a->number, b->number);
    assert_int_equal(a->slot, b->slot);
    assert_int_equal(a->weight, b->weight);
    assert_int_equal(a->author_index, b->author_index);
}

static void assert_same_import(const mote_import *a, const mote_import *b) {
    assert_int_equal(a->result, b->result);
    assert_int_equal(a->is_best, b->is_best);
    assert_int_equal(a->reorganized, b->reorganized);
    assert_int_equal(a->equivocates, b->equivocates);
    assert_true(mote_hash_equal(&a->other, &b->other));
    assert_int_equal(a->dropped, b->dropped);
    assert_int_equal(a->finality.result, b->finality.result);
    assert_int_equal(a->finality.dropped, b->finality.dropped);
    assert_int_equal(a->finality.contradicted, b->finality.contradicted);
    assert_same_block(&a->finality.was_best, &b->finality.was_best);
}

static void assert_same_trees(const mote_block_tree *a, const mote_block_tree *b) {
    mote_tree_block left = mote_block_tree_best(a), right = mote_block_tree_best(b);
    assert_same_block(&left, &right);
    left = mote_block_tree_final(a), right = mote_block_tree_final(b);
    assert_same_block(&left, &right);
    assert_int_equal(mote_block_tree_count(a), mote_block_tree_count(b));
    for (uint32_t i = 0; mote_block_tree_at(a, &left, i); i++) {
        assert_true(mote_block_tree_find(b, &right, &left.hash));
        assert_same_block(&left, &right);
    }
}

typedef struct both {
    mote_context *one, *other; /* one by one; many at a time */
    mote_block_tree *first, *second;
} both;

/* What the second tree's context has left for judging: nothing, or enough. */
static both trees_of(const mote_tree_limits *limits, bool scarce) {
    static uint8_t memory[1u << 22];
    static mote_context context;
    static const uint8_t seed[32] = {3};
    mote_babe_position start = world_start();
    both out = {fixture_context(4), &context, NULL, NULL};
    mote_context_init(&context, memory,
                      mote_block_tree_memory(limits) + (scarce ? 64 : MOTE_BABE_MANY_MEMORY), seed);
    context.backend = fixture_backend();
    assert_status(mote_block_tree_of_babe(out.one, &out.first, limits, &start), MOTE_OK);
    assert_status(mote_block_tree_of_babe(out.other, &out.second, limits, &start), MOTE_OK);
    return out;
}

static void import_both(both *trees, const mote_header *headers, size_t count, uint64_t slot_now) {
    static mote_import alone[MOST], together[MOST];
    mote_status first = MOTE_OK;
    size_t good = 0, imported = 77;
    memset(alone, 0, sizeof alone);
    memset(together, 0xaa, sizeof together);
    for (; good < count; good++) {
        first = mote_block_tree_import(trees->one, trees->first, &alone[good], &headers[good],
                                       slot_now);
        if (first != MOTE_OK) break;
    }
    assert_status(mote_block_tree_import_many(trees->other, trees->second, together, &imported,
                                              headers, count, slot_now),
                  first);
    assert_int_equal(imported, good);
    for (size_t i = 0; i < count; i++) assert_same_import(&together[i], &alone[i]);
    if (first != MOTE_OK) {
        assert_ptr_equal(trees->one->fault.at, trees->other->fault.at);
        assert_int_equal(trees->one->fault.index, trees->other->fault.index);
    }
    assert_same_trees(trees->first, trees->second);
}

/* Some blocks of the world, mostly in their order, one or another with a false seal. */
static size_t choose(mote_header out[MOST], uint64_t *random) {
    const world_block *world = world_blocks();
    const size_t skips = 1 + fixture_random(random) % 12;
    size_t count = 0;
    for (uint32_t i = 0; i < WORLD_BLOCKS; i++) {
        const uint64_t kind = fixture_random(random);
        const uint32_t at = kind % 25 == 0 ? (uint32_t)(kind / 25 % WORLD_BLOCKS) : i;
        if (fixture_random(random) % skips == 1) continue;
        out[count] = world[at].header;
        if (kind % 25 == 1) {
            uint8_t *copy = malloc(world[at].block.header.size);
            assert_non_null(copy);
            memcpy(copy, world[at].block.header.data, world[at].block.header.size);
            copy[world[at].block.header.size - 40] ^= 1;
            const mote_bytes damaged = {copy, world[at].block.header.size};
            mote_context context;
            static const uint8_t seed[32] = {0};
            mote_context_init(&context, NULL, 0, seed);
            assert_status(mote_header_decode(&context, &out[count], damaged), MOTE_OK);
        }
        count++;
    }
    return count;
}

static void many_like_one_by_one(void **state) {
    static mote_header headers[MOST];
    const world_kind kind = *(const world_kind *)*state;
    uint64_t random = 6000 + (uint64_t)kind;
    world_choose(kind);
    (void)world_blocks(); /* made now: that takes the contexts of fixtures */
    for (size_t round = 0; round < fixture_times(200); round++) {
        const mote_tree_limits limits = {4 + (uint32_t)(fixture_random(&random) % 60),
                                         3 + (uint32_t)(fixture_random(&random) % 8),
                                         WORLD_AUTHORITIES,
                                         1 + (uint32_t)(fixture_random(&random) % 3)};
        both trees = trees_of(&limits, fixture_random(&random) % 3 == 0);
        for (unsigned part = 0; part < 4; part++) {
            const size_t count = choose(headers, &random);
            const bool soon = fixture_random(&random) % 4 == 0;
            const uint64_t slot_now =
                soon ? world_blocks()[fixture_random(&random) % WORLD_BLOCKS].slot : UINT64_MAX;
            size_t from = 0;
            while (from < count) { /* those that are refused are left out, and it goes on */
                const size_t size = 1 + fixture_random(&random) % (count - from);
                import_both(&trees, headers + from, size, slot_now);
                from += size;
            }
            const world_block *final = &world_blocks()[fixture_random(&random) % WORLD_BLOCKS];
            mote_finality one, other;
            if (part % 2 == 0) continue;
            const mote_status status =
                mote_block_tree_finalize(trees.one, trees.first, &one, &final->final);
            assert_status(
                mote_block_tree_finalize(trees.other, trees.second, &other, &final->final), status);
            assert_int_equal(one.result, other.result);
            assert_same_trees(trees.first, trees.second);
        }
    }
}

int main(void) {
    static world_kind calm = WORLD_CALM, restless = WORLD_RESTLESS;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(many_like_one_by_one, &calm),
        cmocka_unit_test_prestate(many_like_one_by_one, &restless),
    };
    assert_true(sodium_init() >= 0);
    return cmocka_run_group_tests_name("unit/block_many", tests, NULL, NULL);
}
