/* SPDX-License-Identifier: Apache-2.0 */
#include "block_world.h"

/* --- the universe ------------------------------------------------------------------------------------------------ */
static world_kind chosen;

/* First blocks of the restless world, in two slots: some share the epoch they are in and not the one announced. */
#define RESTLESS_FIRST 12u

void world_choose(world_kind kind) {
    chosen = kind;
}

mote_babe_position world_start(void) {
    static mote_babe_position at[2];
    mote_babe_position *start = &at[chosen];
    if (start->number != 0) return *start;
    *start = test_position(0, WORLD_AUTHORITIES, 0);
    memset(start->next.randomness, 0x5a, sizeof start->next.randomness);
    start->is_genesis = chosen == WORLD_RESTLESS;
    return *start;
}

static mote_babe_position positions[2][WORLD_BLOCKS];

/* What the first block of an epoch announces. */
static void announce(test_digest *logs, uint64_t choice) {
    if (chosen == WORLD_CALM) {
        digest_add_next_epoch(logs, 0, WORLD_AUTHORITIES, 0x5a);
        return;
    }
    uint32_t count = WORLD_AUTHORITIES + (choice % 13 == 0);
    digest_add_next_epoch(logs, 0, count, (uint8_t)(choice / 16 % 3));
}

static uint64_t slots_ahead(uint32_t parent) {
    if (chosen == WORLD_CALM) return 3;
    return parent == WORLD_NONE ? 2 : 6;
}

static void make(world_block *blocks, uint32_t index, uint32_t parent, uint64_t *random) {
    mote_babe_position start = world_start();
    const mote_babe_position *at = parent == WORLD_NONE ? &start : &positions[chosen][parent];
    uint64_t slot = at->slot + 1 + fixture_random(random) % slots_ahead(parent);
    mote_babe_claim claim =
        fixture_random(random) % 3 == 0 ? MOTE_BABE_SECONDARY_VRF : MOTE_BABE_PRIMARY;
    uint32_t author = (uint32_t)(fixture_random(random) % 2);
    test_claim right = test_right_claim(at, claim, author, slot, (uint8_t)index);
    test_digest logs = {0};
    if (right.logs != NULL) announce(&logs, chosen == WORLD_CALM ? 0 : fixture_random(random));
    right.logs = &logs;
    world_block *out = &blocks[index];
    out->block = test_babe_block(&at->hash, at->number + 1, &right);
    out->header = test_header(&out->block);
    out->parent = parent;
    out->number = at->number + 1;
    out->weight = at->weight + (claim == MOTE_BABE_PRIMARY);
    out->author = right.index;
    out->slot = slot;
    out->final = test_finalized(&out->block);
    assert_status(mote_babe_advance(fixture_context(1), &positions[chosen][index], NULL, at,
                                    &out->header, UINT64_MAX),
                  MOTE_OK);
}

const world_block *world_blocks(void) {
    static world_block worlds[2][WORLD_BLOCKS];
    static bool made[2];
    world_block *blocks = worlds[chosen];
    uint64_t random = 11;
    for (uint32_t i = 0; i < WORLD_BLOCKS && !made[chosen]; i++) {
        /* Half of the time on the newest block, else anywhere. */
        uint64_t choice = fixture_random(&random);
        uint32_t parent = WORLD_NONE;
        if (i > 0 && choice % 2 == 0) parent = i - 1;
        if (i > 0 && choice % 2 == 1) parent = (uint32_t)(choice / 2 % (i + 1));
        bool is_first = chosen == WORLD_RESTLESS && i < RESTLESS_FIRST;
        if (parent == i || is_first) parent = WORLD_NONE;
        make(blocks, i, parent, &random);
    }
    made[chosen] = true;
    return blocks;
}

/* --- the second implementation ---------------------------------------------------------------------------------- */
naive_tree naive_tree_new(uint32_t capacity, uint32_t lists, uint32_t per_slot) {
    naive_tree tree;
    memset(&tree, 0, sizeof tree);
    tree.capacity = capacity;
    tree.lists = lists;
    tree.per_slot = per_slot;
    tree.final = tree.best = tree.awaited = WORLD_NONE;
    return tree;
}

static uint32_t number_of(uint32_t block) {
    return block == WORLD_NONE ? 50 : world_blocks()[block].number;
}

static uint32_t weight_of(uint32_t block) {
    return block == WORLD_NONE ? 0 : world_blocks()[block].weight;
}

static bool better(uint32_t a, uint32_t b) {
    if (weight_of(a) != weight_of(b)) return weight_of(a) > weight_of(b);
    return number_of(a) > number_of(b);
}

static bool is_or_above(uint32_t block, uint32_t ancestor) {
    while (block != ancestor && block != WORLD_NONE) block = world_blocks()[block].parent;
    return block == ancestor;
}

static bool is_there(const naive_tree *tree, uint32_t block) {
    return block == tree->final || (block != WORLD_NONE && tree->present[block] != 0);
}

uint32_t naive_count(const naive_tree *tree) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < WORLD_BLOCKS; i++) count += tree->present[i] != 0 && i != tree->final;
    return count;
}

static bool is_leaf(const naive_tree *tree, uint32_t block) {
    for (uint32_t i = 0; i < WORLD_BLOCKS; i++) {
        if (tree->present[i] != 0 && world_blocks()[i].parent == block) return false;
    }
    return true;
}

static uint32_t lightest(const naive_tree *tree, uint32_t except) {
    uint32_t found = WORLD_NONE;
    for (uint32_t i = 0; i < WORLD_BLOCKS; i++) {
        if (tree->present[i] == 0 || i == tree->final || i == tree->best || i == except) continue;
        if (!is_leaf(tree, i)) continue;
        if (found == WORLD_NONE || better(found, i) ||
            (!better(i, found) && tree->present[i] > tree->present[found])) {
            found = i;
        }
    }
    return found;
}

static uint32_t drop_where_not(naive_tree *tree, const bool keep[WORLD_BLOCKS]) {
    uint32_t dropped = 0;
    for (uint32_t i = 0; i < WORLD_BLOCKS; i++) {
        if (tree->present[i] == 0 || keep[i]) continue;
        tree->present[i] = 0;
        dropped++;
    }
    if (tree->best == tree->final || (tree->best != WORLD_NONE && tree->present[tree->best] != 0)) {
        return dropped;
    }
    tree->best = tree->final;
    for (uint32_t i = 0; i < WORLD_BLOCKS; i++) {
        if (tree->present[i] == 0) continue;
        bool equal = !better(i, tree->best) && !better(tree->best, i) && i != tree->best;
        if (better(i, tree->best) || (equal && tree->present[i] < tree->present[tree->best])) {
            tree->best = i;
        }
    }
    return dropped;
}

static void tell_best(mote_finality *out, const naive_tree *tree, uint32_t was_best) {
    out->contradicted =
        was_best != WORLD_NONE && was_best != tree->final && tree->present[was_best] == 0;
    if (out->contradicted) out->was_best.hash = world_blocks()[was_best].block.hash;
}

static void make_final(naive_tree *tree, uint32_t block, mote_finality *out) {
    bool keep[WORLD_BLOCKS];
    uint32_t was_best = tree->best, passed = 0;
    for (uint32_t i = 0; i < WORLD_BLOCKS; i++) {
        keep[i] = is_or_above(i, block);
        passed += tree->present[i] != 0 && !keep[i] && is_or_above(block, i) && i != tree->final;
    }
    /* The old final block is in `present` unless it was the start. */
    uint32_t old = tree->final;
    tree->final = block;
    uint32_t dropped = drop_where_not(tree, keep);
    if (old != WORLD_NONE) dropped--;
    out->result = MOTE_FINALITY_ADVANCED;
    out->dropped = dropped - passed;
    tell_best(out, tree, was_best);
}

/* --- epochs ----------------------------------------------------------------------------------------------------- */
static mote_babe_position position_of(uint32_t block) {
    return block == WORLD_NONE ? world_start() : positions[chosen][block];
}

static bool same_epoch(const mote_babe_epoch *a, const mote_babe_epoch *b) {
    return a->index == b->index && a->start_slot == b->start_slot &&
           memcmp(a->randomness, b->randomness, 32) == 0 &&
           a->authorities.count == b->authorities.count &&
           memcmp(a->authorities.items, b->authorities.items,
                  (size_t)a->authorities.count * MOTE_AUTHORITY_ITEM_SIZE) == 0;
}

static uint32_t with_epoch(mote_babe_epoch *known, uint32_t count, const mote_babe_epoch *epoch) {
    for (uint32_t i = 0; i < count; i++) {
        if (same_epoch(&known[i], epoch)) return count;
    }
    known[count] = *epoch;
    return count + 1;
}

/* How many different ones the blocks of the tree would refer to with that block among them. */
static uint32_t epochs_with(const naive_tree *tree, uint32_t block) {
    mote_babe_epoch known[2 * WORLD_BLOCKS + 2];
    uint32_t count = 0;
    for (uint32_t i = 0; i <= WORLD_BLOCKS; i++) {
        uint32_t at = i == WORLD_BLOCKS ? WORLD_NONE : i;
        if (!is_there(tree, at) && at != block) continue;
        mote_babe_position position = position_of(at);
        count = with_epoch(known, count, &position.current);
        if (!position.is_genesis) count = with_epoch(known, count, &position.next);
    }
    return count;
}

/* What the tree says to the epochs of a block, with the tip gone that makes room for it. */
static mote_status naive_room(const naive_tree *tree, uint32_t block) {
    mote_babe_position position = position_of(block);
    if (position.next.authorities.count > WORLD_AUTHORITIES) return MOTE_E_LIMIT_COUNT;
    return epochs_with(tree, block) > tree->lists ? MOTE_E_LIMIT_FORKS : MOTE_OK;
}

static void add_block(naive_tree *tree, uint32_t block, mote_import *out) {
    out->result = MOTE_IMPORT_ADDED;
    tree->present[block] = ++tree->arrivals;
    if (!better(block, tree->best)) return;
    out->is_best = true;
    out->reorganized = !is_or_above(block, tree->best);
    tree->best = block;
}

/* Whatever is in the tree, there is room for a block that is final. */
static mote_status import_awaited(naive_tree *tree, uint32_t block, mote_import *out) {
    mote_babe_position position = position_of(block);
    if (position.next.authorities.count > WORLD_AUTHORITIES) return MOTE_E_LIMIT_COUNT;
    uint32_t was_best = tree->best;
    add_block(tree, block, out);
    tree->awaited = WORLD_NONE;
    make_final(tree, block, &out->finality);
    if (!is_or_above(block, was_best)) tell_best(&out->finality, tree, was_best);
    out->is_best = tree->best == block;
    out->reorganized |= out->finality.contradicted;
    return MOTE_OK;
}

static mote_status import_other(naive_tree *tree, uint32_t block, mote_import *out) {
    uint32_t leaf = WORLD_NONE;
    if (naive_count(tree) == tree->capacity) {
        leaf = lightest(tree, world_blocks()[block].parent);
        if (leaf == WORLD_NONE || !better(block, leaf)) return MOTE_E_LIMIT_FORKS;
    }
    naive_tree without = *tree;
    if (leaf != WORLD_NONE) without.present[leaf] = 0;
    mote_status status = naive_room(&without, block);
    if (status != MOTE_OK) return status;
    *tree = without;
    out->dropped = leaf != WORLD_NONE;
    add_block(tree, block, out);
    return MOTE_OK;
}

static uint32_t count_alternatives(const naive_tree *tree, const world_block *new) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < WORLD_BLOCKS; i++) {
        const world_block *other = &world_blocks()[i];
        if (tree->present[i] == 0 || i == tree->final) continue;
        count += other->slot == new->slot && other->author == new->author;
    }
    return count;
}

mote_status naive_import(naive_tree *tree, uint32_t block, mote_import *out) {
    const world_block *new = &world_blocks()[block];
    const bool awaited = block == tree->awaited;
    memset(out, 0, sizeof *out);
    if (tree->in_conflict) return MOTE_E_FINALITY_CONFLICT;
    if (is_there(tree, block)) {
        out->result = MOTE_IMPORT_KNOWN;
        return MOTE_OK;
    }
    if (new->number <= number_of(tree->final)) return MOTE_E_NOT_ON_FINAL_CHAIN;
    if (tree->awaited != WORLD_NONE && new->number == number_of(tree->awaited) && !awaited) {
        return MOTE_E_NOT_ON_FINAL_CHAIN;
    }
    if (!is_there(tree, new->parent)) return MOTE_E_PARENT_UNKNOWN;
    uint32_t alternatives = count_alternatives(tree, new);
    if (!awaited && alternatives >= tree->per_slot) return MOTE_E_LIMIT_EQUIVOCATIONS;
    mote_import done;
    memset(&done, 0, sizeof done);
    done.equivocates = alternatives > 0;
    mote_status status =
        awaited ? import_awaited(tree, block, &done) : import_other(tree, block, &done);
    if (status == MOTE_OK) *out = done;
    return status;
}

mote_status naive_finalize(naive_tree *tree, uint32_t block, mote_finality *out) {
    uint32_t number = number_of(block);
    memset(out, 0, sizeof *out);
    bool beside_final = number == number_of(tree->final) && block != tree->final;
    bool beside_awaited =
        tree->awaited != WORLD_NONE && number == number_of(tree->awaited) && block != tree->awaited;
    if (beside_final || beside_awaited) tree->in_conflict = true;
    if (tree->in_conflict) return MOTE_E_FINALITY_CONFLICT;
    if (number <= number_of(tree->final)) {
        out->result = MOTE_FINALITY_NOTHING_NEW;
        return MOTE_OK;
    }
    if (is_there(tree, block)) {
        make_final(tree, block, out);
        return MOTE_OK;
    }
    bool keep[WORLD_BLOCKS];
    uint32_t was_best = tree->best;
    if (tree->awaited == WORLD_NONE || number > number_of(tree->awaited)) tree->awaited = block;
    for (uint32_t i = 0; i < WORLD_BLOCKS; i++) keep[i] = number_of(i) < number;
    out->result = MOTE_FINALITY_AWAITED;
    out->dropped = drop_where_not(tree, keep);
    tell_best(out, tree, was_best);
    return MOTE_OK;
}

/* --- comparing --------------------------------------------------------------------------------------------------- */
static mote_hash hash_of(uint32_t block) {
    return block == WORLD_NONE ? world_start().hash : world_blocks()[block].block.hash;
}

void assert_same_tree(const naive_tree *naive, const mote_block_tree *tree) {
    mote_hash final = hash_of(naive->final), best = hash_of(naive->best);
    mote_tree_block told_final = mote_block_tree_final(tree),
                    told_best = mote_block_tree_best(tree);
    assert_memory_equal(&told_final.hash, &final, sizeof final);
    assert_memory_equal(&told_best.hash, &best, sizeof best);
    assert_int_equal(mote_block_tree_count(tree), naive_count(naive));
    for (uint32_t i = 0; i < WORLD_BLOCKS; i++) {
        mote_tree_block found;
        mote_babe_position at;
        mote_hash hash = hash_of(i);
        bool there = is_there(naive, i);
        assert_int_equal(mote_block_tree_find(tree, &found, &hash), there);
        assert_int_equal(mote_block_tree_babe_position(tree, &at, &hash), there);
        if (!there) continue;
        assert_int_equal(found.number, number_of(i));
        assert_int_equal(found.weight, weight_of(i));
        assert_int_equal(found.slot, world_blocks()[i].slot);
        assert_true(same_epoch(&at.current, &positions[chosen][i].current));
        assert_true(same_epoch(&at.next, &positions[chosen][i].next));
        assert_int_equal(mote_block_tree_descends(tree, &hash, &best), is_or_above(i, naive->best));
    }
}
