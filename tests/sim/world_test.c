/* SPDX-License-Identifier: Apache-2.0 */
/* The world itself: that it is a chain as real ones are, by the verifiers and by looking at it. */
#include "world.h"

#include "mote/grandpa.h"
#include "mote/header.h"
#include "mote/para.h"

static mote_finalized_block verified(const sim_world *world, const sim_round *round) {
    const sim_set *set = sim_set_of(world, round->number);
    mote_authority_set against = test_set(set->voters, set->count, set->id);
    mote_bytes justification = sim_justification((sim_world *)(uintptr_t)world, round);
    mote_context *context = fixture_context(8);
    mote_finalized_block block;
    assert_status(mote_justification_verify(context, &block, NULL, &against, justification, NULL),
                  MOTE_OK);
    free(against.voter);
    return block;
}

static void every_round_convinces(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        sim_shape shape = sim_shape_plain(seed);
        shape.authorities = (uint32_t)(1 + 7 * (seed - 1));
        shape.weights_vary = seed % 2 == 0;
        shape.fork_period = 7;
        sim_world *world = sim_world_new(&shape);
        assert_true(world->set_count > 3 && world->round_count > 40);
        for (size_t i = 1; i < world->round_count; i++) {
            mote_finalized_block block = verified(world, &world->rounds[i]);
            const sim_block *shown = sim_line_block(&world->relay, world->rounds[i].number);
            assert_true(mote_hash_equal(&block.hash, &shown->hash));
        }
        sim_world_free(world);
    }
}

static void headers_hang_together(void **state) {
    (void)state;
    sim_shape shape = sim_shape_plain(3);
    sim_world *world = sim_world_new(&shape);
    mote_context *context = fixture_context(1);
    mote_header parent = {0}, header;
    for (uint32_t i = 0; i < world->relay.line_count; i++) {
        const sim_block *block = sim_line_block(&world->relay, i);
        uint64_t slot;
        assert_status(mote_header_decode(context, &header, block->header), MOTE_OK);
        assert_true(mote_hash_equal(&header.hash, &block->hash));
        assert_true(sim_block_by_hash(&world->relay, &header.hash) == block);
        if (i > 0) {
            assert_status(mote_header_check_parent(context, &header, &parent), MOTE_OK);
            assert_true(mote_header_babe_slot(&header, &slot) && slot == block->slot);
            mote_grandpa_log log;
            bool announces =
                mote_header_find_grandpa_log(&header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE);
            assert_true(announces == (sim_set_of(world, i)->to == i));
        }
        parent = header;
    }
    sim_world_free(world);
}

/* Each cell's value, and some keys that are not there, from a proof under the block's root. */
static void assert_state_proven(sim_chain *chain, const sim_block *block) {
    static uint8_t memory[1 << 20];
    mote_context *context = fixture_context(4);
    mote_state *state = sim_state_of(chain, block);
    mote_state_root root = mote_state_assumed(&block->state_root);
    for (uint32_t i = 0; i < chain->cell_count; i++) {
        const sim_cell *cell = &chain->cells[i];
        size_t mark = mote_context_mark(context);
        mote_writer writer = mote_writer_into(memory, sizeof memory);
        mote_state_query query = {MOTE_QUERY_KEY, cell->in_child ? &cell->child : NULL, cell->key};
        assert_status(mote_state_prove(context, &writer, state, &query, 1, MOTE_PROOF_NODES),
                      MOTE_OK);
        mote_proof proof;
        assert_status(mote_proof_load(context, &proof, &root, (mote_bytes){memory, writer.size},
                                      MOTE_PROOF_STRICT),
                      MOTE_OK);
        mote_trie_view view = mote_proof_main(&proof);
        if (cell->in_child)
            assert_status(mote_proof_child(context, &view, &proof, cell->child), MOTE_OK);
        mote_proven_value value;
        assert_status(mote_trie_read(context, &value, &view, cell->key), MOTE_OK);
        uint8_t expected[SIM_MAX_VALUE];
        size_t size;
        bool there = sim_value(chain, query.child, cell->key, block->content, expected, &size);
        assert_int_equal(value.state, there ? MOTE_VALUE_PRESENT : MOTE_VALUE_ABSENT);
        if (there) assert_true(mote_bytes_equal(value.value, (mote_bytes){expected, size}));
        mote_context_release(context, mark);
    }
}

static void states_are_what_the_tables_say(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        sim_shape shape = sim_shape_plain(seed);
        shape.version = seed % 2 == 0 ? MOTE_STATE_V0 : MOTE_STATE_V1;
        shape.paras = 3;
        sim_world *world = sim_world_new(&shape);
        for (uint32_t i = 0; i < world->relay.line_count; i += 11) {
            assert_state_proven(&world->relay, sim_line_block(&world->relay, i));
        }
        for (size_t i = 0; i < world->paras[1].block_count; i += 5) {
            assert_state_proven(&world->paras[1], &world->paras[1].blocks[i]);
        }
        sim_world_free(world);
    }
}

/* Over many seasons, everything that may happen to a parachain does. */
static void parachains_live(void **state) {
    (void)state;
    sim_shape shape = sim_shape_plain(5);
    shape.history = 3000;
    shape.paras = 2;
    sim_world *world = sim_world_new(&shape);
    uint32_t away = 0, opaque = 0, back = 0, still = 0, two = 0;
    for (uint32_t i = 1; i < world->relay.line_count; i++) {
        const sim_para *now = sim_para_at(world, 1, i), *before = sim_para_at(world, 1, i - 1);
        const sim_block *blocks = world->paras[1].blocks;
        away += now->block == SIM_NONE;
        opaque += now->opaque;
        if (now->block == SIM_NONE || before->block == SIM_NONE) continue;
        uint32_t number = blocks[now->block].number, last = blocks[before->block].number;
        back += number < last;
        still += number == last;
        two += number == last + 2;
    }
    assert_true(away > 0 && opaque > 0 && back > 0 && still > 0 && two > 0);
    sim_world_free(world);
}

static void a_hundred_thousand_blocks(void **state) {
    (void)state;
    sim_shape shape = sim_shape_plain(9);
    shape.history = 100000;
    shape.session_slots = 2400;
    shape.calm = 64;
    shape.authorities = 100;
    sim_world *world = sim_world_new(&shape);
    assert_true(world->relay.line_count > 99000 && world->set_count > 40);
    verified(world, sim_round_for(world, world->sets[20].to));
    assert_state_proven(&world->relay, sim_line_block(&world->relay, 77777));
    sim_world_free(world);
}

static void equal_shapes_are_equal_worlds(void **state) {
    (void)state;
    sim_shape shape = sim_shape_plain(11);
    shape.empty_slots = 20;
    sim_world *one = sim_world_new(&shape), *two;
    shape.other = 1;
    shape.other_from = 50;
    two = sim_world_new(&shape);
    for (uint32_t i = 0; i < 60; i++) {
        const mote_hash *a = &sim_line_block(&one->relay, i)->hash,
                        *b = &sim_line_block(&two->relay, i)->hash;
        assert_true(mote_hash_equal(a, b) == (i < 50));
    }
    sim_world_free(one);
    sim_world_free(two);
}

static void a_forced_change_breaks_the_chain_of_sets(void **state) {
    (void)state;
    sim_shape shape = sim_shape_plain(12);
    shape.forced_at = 50;
    sim_world *world = sim_world_new(&shape);
    const sim_set *before = sim_set_of(world, 40), *after = sim_set_of(world, 52);
    assert_true(after->id == before->id + 1 && before->to < 50);
    for (size_t i = 1; i < world->round_count; i++) verified(world, &world->rounds[i]);
    assert_true(world->finalized > 80);
    sim_world_free(world);
}

/* A verifier of authorship goes along it, from what the state of a block says. */
static void authors_take_their_turns(void **state) {
    (void)state;
    static uint8_t memory[1 << 16];
    sim_shape shape = sim_shape_plain(14);
    shape.authored = true;
    shape.empty_slots = 10;
    shape.fork_period = 7;
    sim_world *world = sim_world_new(&shape);
    mote_context *context = fixture_context(4);
    const sim_block *first = sim_line_block(&world->relay, 30);
    mote_state_query queries[MOTE_BABE_STATE_KEYS];
    uint8_t keys[MOTE_BABE_STATE_KEYS][MOTE_BABE_STATE_KEY_SIZE];
    mote_babe_state_keys(keys);
    for (uint32_t i = 0; i < MOTE_BABE_STATE_KEYS; i++) {
        queries[i] = (mote_state_query){MOTE_QUERY_KEY, NULL, {keys[i], MOTE_BABE_STATE_KEY_SIZE}};
    }
    mote_writer writer = mote_writer_into(memory, sizeof memory);
    assert_status(mote_state_prove(context, &writer, sim_state_of(&world->relay, first), queries,
                                   MOTE_BABE_STATE_KEYS, MOTE_PROOF_NODES),
                  MOTE_OK);
    test_block as_test = {.hash = first->hash, .number = 30, .header = first->header};
    mote_header header = test_header(&as_test);
    mote_finalized_header final = mote_finalized_header_assumed(&header);
    mote_state_root root = mote_state_of_relay(&final);
    mote_proof proof;
    mote_babe_position position;
    assert_status(mote_proof_load(context, &proof, &root, (mote_bytes){memory, writer.size},
                                  MOTE_PROOF_STRICT),
                  MOTE_OK);
    assert_status(mote_babe_at_state(context, &position, &proof, shape.session_slots), MOTE_OK);
    for (uint32_t number = 31; number < world->relay.line_count; number++) {
        const sim_block *block = sim_line_block(&world->relay, number);
        as_test.header = block->header;
        header = test_header(&as_test);
        assert_status(
            mote_babe_advance(context, &position, NULL, &position, &header, block->slot + 1),
            MOTE_OK);
    }
    assert_true(world->fork_count > 5);
    sim_world_free(world);
}

static void checkpoints_decode(void **state) {
    (void)state;
    sim_shape shape = sim_shape_plain(13);
    sim_world *world = sim_world_new(&shape);
    assert_true(sim_checkpoint(world, 30).size > 100 && sim_checkpoint(world, 0).size > 100);
    sim_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_round_convinces),
        cmocka_unit_test(headers_hang_together),
        cmocka_unit_test(states_are_what_the_tables_say),
        cmocka_unit_test(parachains_live),
        cmocka_unit_test(a_hundred_thousand_blocks),
        cmocka_unit_test(equal_shapes_are_equal_worlds),
        cmocka_unit_test(a_forced_change_breaks_the_chain_of_sets),
        cmocka_unit_test(authors_take_their_turns),
        cmocka_unit_test(checkpoints_decode),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
