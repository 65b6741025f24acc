/* SPDX-License-Identifier: Apache-2.0 */
#include "grandpa_builder.h"

#include "ancestry.h"
#include "mote/limits.h"
#include "votes.h"

#define ROUND 3u
#define SET_ID 7u

static const mote_hash no_hash;

/* --- authority sets ------------------------------------------------------------------------------------------- */

static void voters_are_sorted_and_found(void **state) {
    (void)state;
    enum { COUNT = 257 };
    test_voter *voters = test_voters(0, COUNT);
    for (uint32_t i = 0; i < COUNT; i++) voters[i].weight = i + 1;
    mote_authority_set set = test_set(voters, COUNT, SET_ID);
    assert_int_equal(set.voters, COUNT);
    assert_int_equal(set.total, COUNT * (COUNT + 1) / 2);
    for (uint32_t i = 0; i + 1 < COUNT; i++) {
        assert_true(memcmp(set.voter[i].key, set.voter[i + 1].key, 32) < 0);
    }
    for (uint32_t i = 0; i < COUNT; i++) {
        uint32_t index = mote_authority_set_find(&set, voters[i].public_key);
        assert_in_range(index, 0, COUNT - 1);
        assert_memory_equal(set.voter[index].key, voters[i].public_key, 32);
        assert_int_equal(set.voter[index].weight, i + 1);
    }
    static const uint8_t low[32], high[32] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    assert_int_equal(mote_authority_set_find(&set, low), MOTE_NO_INDEX);
    assert_int_equal(mote_authority_set_find(&set, high), MOTE_NO_INDEX);
}

static uint64_t threshold_of(uint64_t weight) {
    test_voter voter = test_voter_of(0, weight);
    mote_authority_set set = test_set(&voter, 1, 0);
    uint64_t threshold = set.threshold;
    free(set.voter);
    return threshold;
}

/* verification-rules B.2 */
static void thresholds(void **state) {
    (void)state;
    static const struct {
        uint64_t total, threshold;
    } table[] = {{1, 1},      {2, 2},
                 {3, 3},      {4, 3},
                 {5, 4},      {6, 5},
                 {7, 5},      {10, 7},
                 {100, 67},   {297, 199},
                 {300, 201},  {600, 401},
                 {1000, 667}, {UINT64_MAX, UINT64_C(0xaaaaaaaaaaaaaaab)}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        assert_true(threshold_of(table[i].total) == table[i].threshold);
    }
}

static void sets_that_are_refused(void **state) {
    (void)state;
    test_voter *voters = test_voters(0, 3);
    mote_bytes encoded = build_authority_list(voters, 3);
    mote_voter memory[3];
    mote_authority_list list;
    mote_authority_set set;
    mote_context *context = fixture_context(1);
    assert_status(mote_authority_list_decode(context, &list, encoded), MOTE_OK);
    memset(&set, 0xff, sizeof set);
    assert_status(mote_authority_set_build(context, &set, memory, 2, &list, 0, 0),
                  MOTE_E_BUFFER_TOO_SMALL);
    assert_null(set.voter);
    assert_status(
        mote_authority_set_build(context, &set, memory, 3, &list, 5, MOTE_ASSUMED_AUTHORITIES),
        MOTE_OK);
    assert_int_equal(context->fault.status, MOTE_OK);
    assert_int_equal(set.set_id, 5);
    assert_int_equal(set.assumed, MOTE_ASSUMED_AUTHORITIES);
    voters[1].weight = 0;
    encoded = build_authority_list(voters, 3);
    assert_status(mote_authority_list_decode(context, &list, encoded), MOTE_OK);
    assert_status(mote_authority_set_build(context, &set, memory, 3, &list, 0, 0),
                  MOTE_E_AUTHORITIES_INVALID);
    assert_int_equal(context->fault.index, 1);
    assert_int_equal(mote_fault_offset(&context->fault, encoded), 1 + 40);
}

static void digest_names_a_set_in_any_order(void **state) {
    (void)state;
    test_voter *voters = test_voters(0, 5);
    test_voter turned[6] = {voters[3], voters[1], voters[4], voters[0], voters[2], voters[2]};
    mote_authority_set set = test_set(voters, 5, 1), same = test_set(turned, 5, 9);
    mote_authority_set heavier = test_set(turned, 6, 1);
    mote_hash digest = mote_authority_set_digest(&set), again = mote_authority_set_digest(&same);
    mote_hash other = mote_authority_set_digest(&heavier);
    assert_true(mote_hash_equal(&digest, &again));
    assert_false(mote_hash_equal(&digest, &other));
    /* By definition: the hash of the SCALE list in key order. */
    test_buffer sorted = {0};
    append_compact(&sorted, 5);
    for (size_t i = 0; i < 5; i++) {
        append_span(&sorted, set.voter[i].key, 32);
        append_u64(&sorted, 1);
    }
    mote_hash expected = libsodium_blake2b_256(buffer_bytes(&sorted));
    assert_true(mote_hash_equal(&digest, &expected));
}

static void lists_with_and_without_version(void **state) {
    (void)state;
    static const size_t counts[] = {0, 1, 2, 63, 64, 65, 256, 1000};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        mote_bytes plain = build_authority_list(test_voters(0, counts[i]), counts[i]);
        test_buffer versioned = {0};
        append_u8(&versioned, 1);
        append_span(&versioned, plain.data, plain.size);
        mote_context *context = fixture_context(1);
        mote_authority_list list;
        assert_status(mote_authority_list_decode(context, &list, plain), MOTE_OK);
        assert_int_equal(list.count, counts[i]);
        assert_status(mote_authority_list_decode(context, &list, buffer_bytes(&versioned)),
                      MOTE_OK);
        assert_int_equal(list.count, counts[i]);
        assert_int_equal(context->fault.status, MOTE_OK);
        append_u8(&versioned, 0);
        assert_int_not_equal(mote_authority_list_decode(context, &list, buffer_bytes(&versioned)),
                             MOTE_OK);
        versioned.size--;
        versioned.data[0] = 2; /* no version we know */
        assert_int_not_equal(mote_authority_list_decode(context, &list, buffer_bytes(&versioned)),
                             MOTE_OK);
    }
    assert_int_not_equal(mote_authority_list_decode(fixture_context(1), &(mote_authority_list){0},
                                                    (mote_bytes){NULL, 0}),
                         MOTE_OK);
}

/* --- ancestry ------------------------------------------------------------------------------------------------------ */

static void add(mote_context *context, mote_ancestry *ancestry, const test_block *block) {
    const mote_ancestor header = {block->hash, block->parent_hash, block->number,
                                  block->header.data, MOTE_ANCESTRY_UNSEEN};
    assert_status(mote_ancestry_add(context, ancestry, &header), MOTE_OK);
}

static mote_status walk(mote_ancestry *ancestry, const test_block *from, const test_block *to) {
    const mote_ancestor *culprit;
    mote_status status = mote_ancestry_walk(ancestry, &culprit, from->hash.bytes, from->number,
                                            to->hash.bytes, to->number);
    assert_true((culprit != NULL) == (status == MOTE_E_ANCESTRY_NUMBER));
    return status;
}

static void walks(void **state) {
    (void)state;
    mote_context *context = fixture_context(1);
    mote_ancestry ancestry;
    test_block base = test_block_at(&no_hash, 10, 1, NULL),
               other = test_block_at(&no_hash, 10, 2, NULL);
    test_block *chain = test_chain(&base, 4, 1), *fork = test_chain(&other, 4, 2);
    assert_status(mote_ancestry_new(context, &ancestry, 6, NULL), MOTE_OK);
    for (size_t i = 0; i < 3; i++) add(context, &ancestry, &chain[i]);
    add(context, &ancestry, &fork[0]);
    add(context, &ancestry, &fork[1]);
    assert_ptr_equal(mote_ancestry_find(&ancestry, chain[1].hash.bytes), &ancestry.header[1]);
    assert_null(mote_ancestry_find(&ancestry, chain[3].hash.bytes));
    assert_ptr_equal(mote_ancestry_unused(&ancestry), &ancestry.header[0]);
    assert_status(walk(&ancestry, &base, &base), MOTE_OK);
    assert_status(walk(&ancestry, &chain[1], &base), MOTE_OK);
    assert_ptr_equal(mote_ancestry_unused(&ancestry), &ancestry.header[2]);
    assert_status(walk(&ancestry, &chain[2], &base), MOTE_OK);
    assert_status(walk(&ancestry, &chain[3], &base), MOTE_E_UNKNOWN_BLOCK);
    assert_status(walk(&ancestry, &other, &base), MOTE_E_VOTE_BELOW_TARGET);
    assert_status(walk(&ancestry, &fork[1], &base), MOTE_E_VOTE_NOT_DESCENDANT);
    assert_status(walk(&ancestry, &fork[0], &base), MOTE_E_VOTE_NOT_DESCENDANT);
    assert_ptr_equal(mote_ancestry_unused(&ancestry), &ancestry.header[3]);
    /* To another base those may lead. */
    mote_ancestry_forget_failures(&ancestry);
    assert_status(walk(&ancestry, &fork[1], &other), MOTE_OK);
    assert_null(mote_ancestry_unused(&ancestry));
    test_block misnumbered = chain[2];
    misnumbered.number = 14;
    assert_status(walk(&ancestry, &misnumbered, &base), MOTE_E_ANCESTRY_NUMBER);
    misnumbered = base;
    misnumbered.number = 11;
    assert_status(walk(&ancestry, &misnumbered, &base), MOTE_E_TARGET_NUMBER);
}

static void loose_headers_stay_loose(void **state) {
    (void)state;
    mote_context *context = fixture_context(1);
    mote_ancestry ancestry;
    test_block base = test_block_at(&no_hash, 10, 1, NULL);
    test_block *chain = test_chain(&base, 4, 1);
    assert_status(mote_ancestry_new(context, &ancestry, 3, NULL), MOTE_OK);
    for (size_t i = 1; i < 4; i++) add(context, &ancestry, &chain[i]); /* without the lowest */
    assert_status(walk(&ancestry, &chain[2], &base), MOTE_E_UNKNOWN_BLOCK);
    assert_int_equal(ancestry.header[0].state, MOTE_ANCESTRY_LOOSE);
    assert_status(walk(&ancestry, &chain[3], &base), MOTE_E_UNKNOWN_BLOCK);
    assert_int_equal(ancestry.header[2].state, MOTE_ANCESTRY_LOOSE);
}

static void ancestry_limits(void **state) {
    (void)state;
    mote_context *context = fixture_context(1);
    mote_ancestry ancestry;
    test_block block = test_block_at(&no_hash, 10, 1, NULL);
    const mote_ancestor header = {block.hash, block.parent_hash, 10, block.header.data,
                                  MOTE_ANCESTRY_UNSEEN};
    assert_status(mote_ancestry_new(context, &ancestry, 1u << 20, block.header.data),
                  MOTE_E_LIMIT_MEMORY);
    assert_status(mote_ancestry_new(fixture_context(1), &ancestry, 0, NULL), MOTE_OK);
    assert_null(mote_ancestry_find(&ancestry, block.hash.bytes));
    assert_null(mote_ancestry_unused(&ancestry));
    assert_status(mote_ancestry_add(context, &ancestry, &header), MOTE_E_INTERNAL);
    assert_status(mote_ancestry_new(context, &ancestry, 2, NULL), MOTE_OK);
    assert_status(mote_ancestry_add(context, &ancestry, &header), MOTE_OK);
    assert_status(mote_ancestry_add(context, &ancestry, &header), MOTE_E_ANCESTRY_DUPLICATE);
    assert_int_equal(context->fault.index, 1);
}

/* --- votes ------------------------------------------------------------------------------------------------------------ */

static void roles(void **state) {
    (void)state;
    test_voter *voters = test_voters(0, 3);
    mote_authority_set set = test_set(voters, 3, SET_ID);
    test_block a = test_block_at(&no_hash, 10, 1, NULL), b = test_block_at(&no_hash, 10, 2, NULL);
    const test_vote cast[7] = {test_precommit(&voters[0], &a, ROUND, SET_ID),
                               test_precommit(&voters[1], &a, ROUND, SET_ID),
                               test_precommit(&voters[0], &a, ROUND, SET_ID),
                               test_precommit(&voters[1], &b, ROUND, SET_ID),
                               test_precommit(&voters[1], &b, ROUND, SET_ID),
                               test_precommit(&voters[1], &a, ROUND, SET_ID),
                               test_precommit(&voters[1], &a, ROUND + 1, SET_ID)};
    static const mote_vote_role expected[7] = {
        MOTE_VOTE_FIRST,    MOTE_VOTE_FIRST,    MOTE_VOTE_REPEATED, MOTE_VOTE_SECOND,
        MOTE_VOTE_REPEATED, MOTE_VOTE_REPEATED, MOTE_VOTE_LATER};
    mote_context *context = fixture_context(1);
    mote_votes votes;
    assert_status(mote_votes_new(context, &votes, 7, &set, NULL), MOTE_OK);
    for (size_t i = 0; i < 7; i++) {
        votes.vote[i].hash = cast[i].hash.bytes;
        votes.vote[i].number = cast[i].number;
        votes.vote[i].signature = cast[i].signature;
        votes.vote[i].key = cast[i].key;
    }
    assert_status(mote_votes_assign(context, &votes, &set), MOTE_OK);
    uint32_t distinct;
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(votes.vote[i].role, expected[i]);
        assert_int_equal(votes.vote[i].equivocates, i != 0 && i != 2);
    }
    assert_int_equal(mote_votes_weight(&votes, &set, NULL, &distinct), 2);
    assert_int_equal(distinct, 2);
    /* The same hash and signature with another number is another vote. */
    votes.vote[2].number++;
    assert_status(mote_votes_assign(context, &votes, &set), MOTE_OK);
    assert_int_equal(votes.vote[2].role, MOTE_VOTE_SECOND);
    votes.vote[2].number--;
    assert_status(mote_votes_assign(context, &votes, &set), MOTE_OK);
    static const bool none[7];
    assert_int_equal(mote_votes_weight(&votes, &set, none, &distinct), 1); /* the equivocator */
}

static void as_many_votes_as_a_set_can_cast(void **state) {
    (void)state;
    mote_authority_set set = test_set(test_voters(0, 5), 5, SET_ID);
    mote_votes votes;
    const uint32_t most = 5 * MOTE_MAX_VOTES_PER_VOTER + MOTE_MAX_VOTES_PER_VOTER - 1;
    assert_status(mote_votes_new(fixture_context(1), &votes, 0, &set, NULL), MOTE_E_NO_PRECOMMITS);
    assert_status(mote_votes_new(fixture_context(1), &votes, most, &set, NULL), MOTE_OK);
    assert_status(mote_votes_new(fixture_context(1), &votes, most + 1, &set, NULL),
                  MOTE_E_LIMIT_COUNT);
    assert_status(mote_votes_new(fixture_context(1), &votes, UINT32_MAX, &set, NULL),
                  MOTE_E_LIMIT_COUNT);
}

/* --- justifications --------------------------------------------------------------------------------------------------- */

static void reported_equivocators(void **state) {
    (void)state;
    enum { VOTERS = 80, DOUBLE = MOTE_REPORTED_EQUIVOCATORS + 4 };
    test_voter *voters = test_voters(0, VOTERS);
    mote_authority_set set = test_set(voters, VOTERS, SET_ID);
    test_block a = test_block_at(&no_hash, 10, 1, NULL), b = test_block_at(&no_hash, 10, 2, NULL);
    test_vote votes[VOTERS + DOUBLE];
    for (size_t i = 0; i < VOTERS; i++) votes[i] = test_precommit(&voters[i], &a, ROUND, SET_ID);
    for (size_t i = 0; i < DOUBLE; i++) {
        votes[VOTERS + i] = test_precommit(&voters[i], &b, ROUND, SET_ID);
    }
    const test_justification parts = {ROUND, a.hash, 10, votes, VOTERS + DOUBLE, NULL, 0};
    mote_justification_report report;
    mote_finalized_block block;
    assert_status(mote_justification_verify(fixture_context(1), &block, &report, &set,
                                            build_justification(&parts), NULL),
                  MOTE_OK);
    assert_int_equal(report.equivocators, DOUBLE);
    assert_int_equal(report.counted_voters, VOTERS);
    assert_int_equal(report.precommits, VOTERS + DOUBLE);
    for (size_t i = 0; i < MOTE_REPORTED_EQUIVOCATORS; i++) {
        assert_memory_equal(report.equivocator[i], voters[i].public_key, 32);
    }
}

/* The headers of an equivocator's votes are used where they lead to the target, and where one of his votes is below it,
 * where they lead down to that one. */
static void headers_of_equivocators(void **state) {
    (void)state;
    test_voter *voters = test_voters(0, 4);
    mote_authority_set set = test_set(voters, 4, SET_ID);
    test_block below = test_block_at(&no_hash, 9, 1, NULL),
               target = test_block_at(&below.hash, 10, 1, NULL);
    test_block *above = test_chain(&target, 2, 1), *fork = test_chain(&below, 3, 2);
    const struct {
        const test_block *first, *second;
        test_block ancestry[4];
        size_t count;
        mote_status expected;
    } cases[] = {
        {&above[1], &fork[2], {above[0], above[1]}, 2, MOTE_OK},
        {&above[1], &fork[2], {above[1]}, 1, MOTE_E_ANCESTRY_UNUSED},
        {&above[1], &fork[2], {fork[2], fork[1], fork[0]}, 3, MOTE_E_ANCESTRY_UNUSED},
        {&below, &above[0], {above[0]}, 1, MOTE_OK},
        {&below, &above[0], {above[0], target}, 2, MOTE_OK},
        {&below, &above[0], {above[0], above[1]}, 2, MOTE_E_ANCESTRY_UNUSED},
        {&below, &fork[2], {fork[2], fork[1], fork[0]}, 3, MOTE_OK},
        {&below, &fork[2], {fork[2], fork[1], fork[0], target}, 4, MOTE_OK},
        {&below, &fork[2], {fork[2], fork[1]}, 2, MOTE_E_ANCESTRY_UNUSED},
        {&below, &fork[1], {fork[2], fork[1], fork[0]}, 3, MOTE_E_ANCESTRY_UNUSED},
        {&below, &above[0], {below, target}, 2, MOTE_E_ANCESTRY_UNUSED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const test_vote votes[4] = {test_precommit(&voters[0], &target, ROUND, SET_ID),
                                    test_precommit(&voters[1], &target, ROUND, SET_ID),
                                    test_precommit(&voters[3], cases[i].first, ROUND, SET_ID),
                                    test_precommit(&voters[3], cases[i].second, ROUND, SET_ID)};
        const test_justification parts = {
            ROUND, target.hash, 10, votes, 4, cases[i].ancestry, cases[i].count};
        mote_finalized_block block;
        assert_status(mote_justification_verify(fixture_context(1), &block, NULL, &set,
                                                build_justification(&parts), NULL),
                      cases[i].expected);
    }
}

static void fault_names_the_bad_precommit(void **state) {
    (void)state;
    enum { VOTERS = 40 };
    test_voter *voters = test_voters(0, VOTERS);
    mote_authority_set set = test_set(voters, VOTERS, SET_ID);
    test_block block = test_block_at(&no_hash, 10, 1, NULL);
    for (uint32_t bad = 0; bad < VOTERS; bad += 13) {
        test_vote *votes = test_precommits(voters, VOTERS, &block, ROUND, SET_ID);
        votes[bad].signature[63] ^= 1;
        const test_justification parts = {ROUND, block.hash, 10, votes, VOTERS, NULL, 0};
        mote_bytes justification = build_justification(&parts);
        mote_context *context = fixture_context(1);
        mote_finalized_block out;
        assert_status(mote_justification_verify(context, &out, NULL, &set, justification, NULL),
                      MOTE_E_BAD_SIGNATURE);
        assert_int_equal(context->fault.index, bad);
        assert_int_equal(mote_fault_offset(&context->fault, justification),
                         8 + 36 + 1 + 132 * bad + 36);
        free(votes);
    }
}

static void as_much_memory_as_it_says(void **state) {
    (void)state;
    enum { VOTERS = 60, DEPTH = 300 };
    test_voter *voters = test_voters(0, VOTERS);
    mote_authority_set set = test_set(voters, VOTERS, SET_ID);
    test_block target = test_block_at(&no_hash, 10, 1, NULL);
    test_block *chain = test_chain(&target, DEPTH, 1);
    test_vote *votes = test_precommits(voters, VOTERS, &chain[DEPTH - 1], ROUND, SET_ID);
    const test_justification parts = {ROUND, target.hash, 10, votes, VOTERS, chain, DEPTH};
    mote_bytes justification = build_justification(&parts);
    size_t enough = mote_justification_memory(justification.size, VOTERS);
    uint8_t *memory = malloc(enough + 1);
    static const uint8_t seed[32] = {1};
    size_t accepted = 0;
    for (size_t size = 0; size <= enough;
         size = size + 997 < enough || size == enough ? size + 997 : enough) {
        mote_context context;
        mote_finalized_block out;
        mote_context_init(&context, memory + 1, size, seed); /* of no particular alignment */
        mote_status status =
            mote_justification_verify(&context, &out, NULL, &set, justification, NULL);
        assert_true(status == MOTE_OK || status == MOTE_E_LIMIT_MEMORY);
        assert_int_equal(context.used, 0);
        accepted += status == MOTE_OK;
        if (size == enough) assert_status(status, MOTE_OK);
    }
    assert_true(accepted >= 1);
    free(memory);
}

static void justification_inside_something_larger(void **state) {
    (void)state;
    test_voter *voters = test_voters(0, 4);
    test_block target = test_block_at(&no_hash, 10, 1, NULL);
    test_block *chain = test_chain(&target, 2, 1);
    test_vote *votes = test_precommits(voters, 4, &chain[1], ROUND, SET_ID);
    const test_justification parts = {ROUND, target.hash, 10, votes, 4, chain, 2};
    test_buffer message = {0};
    append_justification(&message, &parts);
    size_t size = message.size;
    append_span(&message, "tail", 4);
    mote_cursor cursor = mote_cursor_over(buffer_bytes(&message));
    mote_bytes span = mote_read_justification(&cursor);
    assert_int_equal(cursor.status, MOTE_OK);
    assert_ptr_equal(span.data, message.data);
    assert_int_equal(span.size, size);
    cursor = mote_cursor_over((mote_bytes){message.data, size - 1});
    span = mote_read_justification(&cursor);
    assert_null(span.data);
    assert_int_not_equal(cursor.status, MOTE_OK);
    mote_justification_report report;
    mote_context *context = fixture_context(1);
    assert_status(mote_justification_decode(context, &report, buffer_bytes(&message)),
                  MOTE_E_TRAILING_BYTES);
    assert_status(mote_justification_decode(context, &report, (mote_bytes){message.data, size}),
                  MOTE_OK);
    assert_int_equal(report.ancestry_headers, 2);
    assert_int_equal(report.precommits, 4);
    assert_int_equal(report.target_number, 10);
}

/* Several justifications, one batch: the warp module's way. */
static void two_in_one_batch(void **state) {
    (void)state;
    test_voter *voters = test_voters(0, 4);
    mote_authority_set set = test_set(voters, 4, SET_ID);
    test_block first = test_block_at(&no_hash, 10, 1, NULL),
               second = test_block_at(&no_hash, 11, 1, NULL);
    for (size_t bad = 0; bad < 2; bad++) {
        mote_context *context = fixture_context(1);
        mote_work *work = mote_work_new(context, 1, 8, MOTE_VOTE_SIZE);
        mote_work_verdict verdict;
        assert_true(mote_work_open(work));
        mote_justification_report report;
        mote_unsigned_block block;
        assert_status(mote_justification_check(
                          context, &block, &report, work, &set,
                          build_plain_justification(voters, 4, &first, ROUND, SET_ID), NULL),
                      MOTE_OK);
        assert_true(mote_hash_equal(&block.hash, &first.hash));
        assert_status(mote_justification_check(
                          context, &block, &report, work, &set,
                          build_plain_justification(voters, 4, &second, ROUND, SET_ID + bad), NULL),
                      MOTE_OK);
        assert_int_equal(block.number, 11);
        assert_int_equal(block.set_id, SET_ID);
        assert_int_equal(mote_work_count(work), 8);
        /* Full. */
        assert_status(mote_justification_check(
                          context, &block, &report, work, &set,
                          build_plain_justification(voters, 4, &first, ROUND, SET_ID), NULL),
                      MOTE_E_LIMIT_COUNT);
        static const mote_unsigned_block none;
        assert_memory_equal(&block, &none, sizeof none);
        mote_work_close(work);
        assert_status(mote_work_judge_oldest(context, work), MOTE_OK);
        assert_true(mote_work_settle(work, &verdict));
        assert_status(verdict.status, bad ? MOTE_E_BAD_SIGNATURE : MOTE_OK);
        assert_int_equal(verdict.index, bad ? 4 : MOTE_NO_INDEX);
    }
}

static void success_clears_the_last_fault(void **state) {
    (void)state;
    test_voter *voters = test_voters(0, 4);
    mote_authority_set set = test_set(voters, 4, SET_ID);
    test_block block = test_block_at(&no_hash, 10, 1, NULL);
    mote_bytes good = build_plain_justification(voters, 4, &block, ROUND, SET_ID);
    mote_bytes bad = build_plain_justification(voters, 2, &block, ROUND, SET_ID);
    mote_context *context = fixture_context(1);
    mote_finalized_block out;
    mote_justification_report report;
    assert_status(mote_justification_verify(context, &out, &report, &set, bad, NULL),
                  MOTE_E_BELOW_THRESHOLD);
    assert_int_equal(report.counted_weight, 2); /* told, so that "2 of 3" can be said */
    assert_int_equal(report.threshold, 3);
    assert_int_equal(context->fault.status, MOTE_E_BELOW_THRESHOLD);
    assert_status(mote_justification_verify(context, &out, &report, &set, good, NULL), MOTE_OK);
    assert_int_equal(context->fault.status, MOTE_OK);
    assert_int_equal(out.assumed, MOTE_ASSUMED_NOTHING);
}

/* --- commits ------------------------------------------------------------------------------------------------------------ */

static void commit_of_another_set(void **state) {
    (void)state;
    test_voter *voters = test_voters(0, 4);
    mote_authority_set set = test_set(voters, 4, SET_ID);
    test_block block = test_block_at(&no_hash, 10, 1, NULL);
    test_vote *votes = test_precommits(voters, 4, &block, ROUND, SET_ID + 1);
    const test_justification parts = {ROUND, block.hash, 10, votes, 4, NULL, 0};
    mote_bytes commit = build_commit(&parts, SET_ID + 1);
    mote_context *context = fixture_context(1);
    mote_finalized_block out;
    assert_status(mote_commit_verify(context, &out, NULL, &set, commit, NULL, 0), MOTE_E_OTHER_SET);
    assert_int_equal(mote_fault_offset(&context->fault, commit), 8);
}

/* A round of 1 modulo 256 makes a commit without index byte start like one with it. */
static void commit_that_starts_like_a_gossip_message(void **state) {
    (void)state;
    test_voter *voters = test_voters(0, 4);
    mote_authority_set set = test_set(voters, 4, SET_ID);
    test_block block = test_block_at(&no_hash, 10, 1, NULL);
    for (uint64_t round = 1; round < 1000; round += 256) {
        test_vote *votes = test_precommits(voters, 4, &block, round, SET_ID);
        const test_justification parts = {round, block.hash, 10, votes, 4, NULL, 0};
        test_buffer gossip = {0};
        append_u8(&gossip, 1);
        append_commit(&gossip, &parts, SET_ID);
        mote_justification_report report;
        mote_finalized_block out;
        assert_status(mote_commit_verify(fixture_context(1), &out, &report, &set,
                                         build_commit(&parts, SET_ID), NULL, 0),
                      MOTE_OK);
        assert_int_equal(report.round, round);
        assert_status(mote_commit_verify(fixture_context(1), &out, &report, &set,
                                         buffer_bytes(&gossip), NULL, 0),
                      MOTE_OK);
        assert_int_equal(report.round, round);
        gossip.data[0] = 0; /* a vote message, not a commit */
        assert_int_not_equal(mote_commit_verify(fixture_context(1), &out, &report, &set,
                                                buffer_bytes(&gossip), NULL, 0),
                             MOTE_OK);
        free(votes);
    }
}

static test_voter voter_whose_key_ends_in(uint8_t last) {
    for (uint32_t number = 1000;; number++) {
        test_voter voter = test_voter_of(number, 1);
        if (voter.public_key[31] == last) return voter;
    }
}

static test_block block_whose_hash_starts_with(uint8_t first) {
    for (uint32_t number = 10;; number++) {
        test_block block = test_block_at(&no_hash, number, 1, NULL);
        if (block.hash.bytes[0] == first) return block;
    }
}

/* 64 votes for a block 02.., the 24th by a key ..a0, in round 1: read with an index byte in front it has 128 targets and
 * 40 signers, to the last byte. It is what makes sense. */
static void commit_that_reads_both_ways(void **state) {
    (void)state;
    test_voter *voters = test_voters(0, 64);
    voters[23] = voter_whose_key_ends_in(0xa0);
    mote_authority_set set = test_set(voters, 64, SET_ID);
    test_block block = block_whose_hash_starts_with(0x02);
    test_vote *votes = test_precommits(voters, 64, &block, 1, SET_ID);
    const test_justification parts = {1, block.hash, block.number, votes, 64, NULL, 0};
    mote_bytes commit = build_commit(&parts, SET_ID);
    assert_int_equal(commit.data[53] | commit.data[54] << 8, 128 << 2 | 1);
    assert_int_equal(commit.data[55 + 128 * 36], 40 << 2);
    assert_int_equal(commit.size, 56 + 128 * 36 + 40 * 96);
    mote_finalized_block out;
    assert_status(mote_commit_verify(fixture_context(1), &out, NULL, &set, commit, NULL, 0),
                  MOTE_OK);
}

static void commit_with_headers_filled_by_hand(void **state) {
    (void)state;
    test_voter *voters = test_voters(0, 4);
    mote_authority_set set = test_set(voters, 4, SET_ID);
    test_block forged = test_block_at(&no_hash, 10, 66, NULL),
               genuine = test_block_at(&no_hash, 11, 1, NULL);
    test_vote *votes = test_precommits(voters, 4, &genuine, ROUND, SET_ID);
    const test_justification parts = {ROUND, forged.hash, 10, votes, 4, NULL, 0};
    mote_header header = test_header(&genuine);
    mote_finalized_block out;
    mote_bytes commit = build_commit(&parts, SET_ID);
    assert_status(mote_commit_verify(fixture_context(1), &out, NULL, &set, commit, &header, 1),
                  MOTE_E_VOTE_NOT_DESCENDANT);
    header.parent_hash = forged.hash; /* the bytes say otherwise */
    assert_status(mote_commit_verify(fixture_context(1), &out, NULL, &set, commit, &header, 1),
                  MOTE_E_NO_EVIDENCE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(voters_are_sorted_and_found),
        cmocka_unit_test(thresholds),
        cmocka_unit_test(sets_that_are_refused),
        cmocka_unit_test(digest_names_a_set_in_any_order),
        cmocka_unit_test(lists_with_and_without_version),
        cmocka_unit_test(walks),
        cmocka_unit_test(loose_headers_stay_loose),
        cmocka_unit_test(ancestry_limits),
        cmocka_unit_test(roles),
        cmocka_unit_test(as_many_votes_as_a_set_can_cast),
        cmocka_unit_test(reported_equivocators),
        cmocka_unit_test(headers_of_equivocators),
        cmocka_unit_test(fault_names_the_bad_precommit),
        cmocka_unit_test(as_much_memory_as_it_says),
        cmocka_unit_test(justification_inside_something_larger),
        cmocka_unit_test(two_in_one_batch),
        cmocka_unit_test(success_clears_the_last_fault),
        cmocka_unit_test(commit_of_another_set),
        cmocka_unit_test(commit_that_starts_like_a_gossip_message),
        cmocka_unit_test(commit_that_reads_both_ways),
        cmocka_unit_test(commit_with_headers_filled_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
