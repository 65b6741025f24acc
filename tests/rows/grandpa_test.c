/* SPDX-License-Identifier: Apache-2.0 */
/* H.3: GRANDPA justifications, commits and equivocation proofs. Four voters of weight 1 (threshold 3) where a row does
 * not say otherwise; the target is block 10. */
#include "grandpa_builder.h"

#include <time.h>

#include "mote/limits.h"

#define ROUND 3u
#define SET_ID 7u
#define MEBIBYTES 64u

static const mote_hash no_hash;

typedef struct scene {
    test_voter *voters;
    mote_authority_set set;
    test_block below;   /* 9: the target's parent */
    test_block target;  /* 10 */
    test_block sibling; /* 10, beside the target */
    test_block *above;  /* 11, 12, 13 on the target */
    test_block *fork;   /* 11, 12, 13 on the target as well */
} scene;

static scene make_scene(size_t voters) {
    scene s;
    s.voters = test_voters(0, voters);
    s.set = test_set(s.voters, voters, SET_ID);
    s.below = test_block_at(&no_hash, 9, 1, NULL);
    s.target = test_block_at(&s.below.hash, 10, 1, NULL);
    s.sibling = test_block_at(&s.below.hash, 10, 2, NULL);
    s.above = test_chain(&s.target, 3, 1);
    s.fork = test_chain(&s.target, 3, 2);
    return s;
}

static test_vote vote_of(const scene *s, size_t voter, const test_block *block) {
    return test_precommit(&s->voters[voter], block, ROUND, SET_ID);
}

static test_justification message(const test_block *target, const test_vote *votes, size_t count,
                                  const test_block *ancestry, size_t ancestry_count) {
    return (test_justification){ROUND, target->hash, target->number, votes,
                                count, ancestry,     ancestry_count};
}

/* What mote says, and that it hands out evidence with MOTE_OK and only then. */
static mote_status judge_bytes(const mote_authority_set *set, mote_bytes justification,
                               mote_justification_report *report, const mote_header *header) {
    mote_finalized_block block;
    mote_status status = mote_justification_verify(fixture_context(MEBIBYTES), &block, report, set,
                                                   justification, header);
    assert_int_equal(mote_finalized_block_check(&block),
                     status == MOTE_OK ? MOTE_OK : MOTE_E_NO_EVIDENCE);
    if (status == MOTE_OK) assert_int_equal(block.set_id, set->set_id);
    return status;
}

static mote_status judge(const scene *s, const test_justification *parts,
                         mote_justification_report *report) {
    mote_bytes justification = build_justification(parts);
    return judge_bytes(&s->set, justification, report, NULL);
}

static mote_status judge_votes(const scene *s, const test_vote *votes, size_t count,
                               const test_block *ancestry, size_t ancestry_count) {
    const test_justification parts = message(&s->target, votes, count, ancestry, ancestry_count);
    mote_justification_report report;
    return judge(s, &parts, &report);
}

/* --- enough of them ---------------------------------------------------------------------------------------- */

static void G01_no_precommits(void **state) {
    (void)state;
    scene s = make_scene(4);
    assert_status(judge_votes(&s, NULL, 0, NULL, 0), MOTE_E_NO_PRECOMMITS);
}

static void G02_less_than_the_threshold_exactly_and_all(void **state) {
    (void)state;
    scene s = make_scene(4);
    test_vote *votes = test_precommits(s.voters, 4, &s.target, ROUND, SET_ID);
    assert_status(judge_votes(&s, votes, 2, NULL, 0), MOTE_E_BELOW_THRESHOLD);
    assert_status(judge_votes(&s, votes, 3, NULL, 0), MOTE_OK);
    assert_status(judge_votes(&s, votes, 4, NULL, 0), MOTE_OK);
}

/* --- where the votes lead ------------------------------------------------------------------------------------ */

static void G03_relabelled_target(void **state) {
    (void)state;
    scene s = make_scene(4);
    test_vote *votes = test_precommits(s.voters, 4, &s.target, ROUND, SET_ID);
    test_block beside = test_block_at(&no_hash, 10, 66, NULL);
    test_block lower = test_block_at(&no_hash, 5, 66, NULL);
    test_block higher = test_block_at(&no_hash, 11, 66, NULL);
    mote_justification_report report;
    test_justification parts = message(&beside, votes, 4, NULL, 0);
    assert_status(judge(&s, &parts, &report), MOTE_E_VOTE_BELOW_TARGET);
    parts = message(&lower, votes, 4, NULL, 0);
    assert_status(judge(&s, &parts, &report), MOTE_E_VOTE_NOT_DESCENDANT);
    parts = message(&higher, votes, 4, NULL, 0);
    assert_status(judge(&s, &parts, &report), MOTE_E_VOTE_BELOW_TARGET);
    /* Nor by bringing the forged header along. */
    mote_header header = test_header(&beside);
    parts = message(&beside, votes, 4, &beside, 1);
    assert_status(judge_bytes(&s.set, build_justification(&parts), NULL, &header),
                  MOTE_E_VOTE_BELOW_TARGET);
}

static void G04_relabelled_with_ancestry_to_the_true_parent(void **state) {
    (void)state;
    scene s = make_scene(4);
    test_vote *votes = test_precommits(s.voters, 4, &s.above[1], ROUND, SET_ID);
    test_block forged = test_block_at(&no_hash, 10, 66, NULL);
    const test_justification parts = message(&forged, votes, 4, s.above, 2);
    mote_justification_report report;
    assert_status(judge(&s, &parts, &report), MOTE_E_VOTE_NOT_DESCENDANT);
}

static void G05_target_below_all_votes(void **state) {
    (void)state;
    scene s = make_scene(4);
    test_vote *votes = test_precommits(s.voters, 4, &s.above[0], ROUND, SET_ID);
    assert_status(judge_votes(&s, votes, 4, s.above, 1), MOTE_OK);
}

static void G06_vote_below_the_target(void **state) {
    (void)state;
    scene s = make_scene(4);
    mote_justification_report report;
    test_vote votes[5] = {vote_of(&s, 0, &s.target), vote_of(&s, 1, &s.target),
                          vote_of(&s, 2, &s.target), vote_of(&s, 3, &s.below)};
    assert_status(judge_votes(&s, votes, 3, NULL, 0), MOTE_OK);
    assert_status(judge_votes(&s, votes, 4, NULL, 0), MOTE_E_VOTE_BELOW_TARGET);
    /* The headers down to the lowest vote, as a full node would add them, change nothing. */
    assert_status(judge_votes(&s, votes, 4, &s.target, 1), MOTE_E_VOTE_BELOW_TARGET);
    /* Its voter equivocates and both signatures hold: for everything, and reported. */
    votes[4] = vote_of(&s, 3, &s.target);
    test_justification parts = message(&s.target, votes, 5, NULL, 0);
    assert_status(judge(&s, &parts, &report), MOTE_OK);
    assert_int_equal(report.equivocators, 1);
    assert_memory_equal(report.equivocator[0], s.voters[3].public_key, 32);
    parts = message(&s.target, votes, 5, &s.target, 1);
    assert_status(judge(&s, &parts, &report), MOTE_OK);
    /* One of them does not hold. */
    votes[4].signature[3] ^= 1;
    assert_status(judge_votes(&s, votes, 5, NULL, 0), MOTE_E_BAD_SIGNATURE);
    votes[4].signature[3] ^= 1;
    votes[3].signature[3] ^= 1;
    assert_status(judge_votes(&s, votes, 5, NULL, 0), MOTE_E_BAD_SIGNATURE);
}

static void G07_target_hash_with_another_number(void **state) {
    (void)state;
    scene s = make_scene(4);
    for (uint32_t number = 9; number <= 11; number++) {
        test_vote votes[4] = {vote_of(&s, 0, &s.target), vote_of(&s, 1, &s.target),
                              vote_of(&s, 2, &s.target)};
        votes[3] =
            test_vote_in(TEST_STAGE_PRECOMMIT, &s.voters[3], &s.target.hash, number, ROUND, SET_ID);
        assert_status(judge_votes(&s, votes, 4, NULL, 0),
                      number == 10 ? MOTE_OK : MOTE_E_TARGET_NUMBER);
    }
}

static void G08_target_number_is_not_the_header_s(void **state) {
    (void)state;
    scene s = make_scene(4);
    test_block lie = s.target;
    lie.number = 11;
    test_vote *votes = test_precommits(s.voters, 4, &lie, ROUND, SET_ID);
    test_justification parts = message(&lie, votes, 4, NULL, 0);
    mote_header header = test_header(&s.target), other = test_header(&s.sibling);
    assert_status(judge_bytes(&s.set, build_justification(&parts), NULL, &header),
                  MOTE_E_TARGET_NUMBER);
    mote_bytes good = build_plain_justification(s.voters, 4, &s.target, ROUND, SET_ID);
    assert_status(judge_bytes(&s.set, good, NULL, &header), MOTE_OK);
    assert_status(judge_bytes(&s.set, good, NULL, &other), MOTE_E_TARGET_MISMATCH);
    /* Without a header at hand the number is the voters' word, and the header's own is compared later. */
    mote_finalized_block block;
    mote_finalized_header final;
    assert_status(mote_justification_verify(fixture_context(MEBIBYTES), &block, NULL, &s.set,
                                            build_justification(&parts), NULL),
                  MOTE_OK);
    assert_status(mote_finalized_header_of(fixture_context(MEBIBYTES), &final, &block, &header),
                  MOTE_E_TARGET_NUMBER);
}

static void G09_header_missing_in_the_middle(void **state) {
    (void)state;
    scene s = make_scene(4);
    test_vote *votes = test_precommits(s.voters, 4, &s.above[2], ROUND, SET_ID);
    test_block whole[3] = {s.above[2], s.above[0], s.above[1]}; /* any order */
    assert_status(judge_votes(&s, votes, 4, whole, 3), MOTE_OK);
    for (size_t left_out = 0; left_out < 3; left_out++) {
        test_block ancestry[2] = {s.above[(left_out + 1) % 3], s.above[(left_out + 2) % 3]};
        assert_status(judge_votes(&s, votes, 4, ancestry, 2), MOTE_E_VOTE_NOT_DESCENDANT);
    }
    assert_status(judge_votes(&s, votes, 4, NULL, 0), MOTE_E_VOTE_NOT_DESCENDANT);
}

static void G10_unused_duplicate_and_the_target_s_own_header(void **state) {
    (void)state;
    scene s = make_scene(4);
    test_vote *votes = test_precommits(s.voters, 4, &s.above[0], ROUND, SET_ID);
    test_block unused[2] = {s.above[0], s.above[1]};
    test_block beside[2] = {s.above[0], s.fork[0]};
    test_block twice[2] = {s.above[0], s.above[0]};
    test_block target[2] = {s.above[0], s.target};
    assert_status(judge_votes(&s, votes, 4, unused, 1), MOTE_OK);
    assert_status(judge_votes(&s, votes, 4, unused, 2), MOTE_E_ANCESTRY_UNUSED);
    assert_status(judge_votes(&s, votes, 4, beside, 2), MOTE_E_ANCESTRY_UNUSED);
    assert_status(judge_votes(&s, votes, 4, twice, 2), MOTE_E_ANCESTRY_DUPLICATE);
    assert_status(judge_votes(&s, votes, 4, target, 2), MOTE_E_ANCESTRY_UNUSED);
    votes = test_precommits(s.voters, 4, &s.target, ROUND, SET_ID);
    assert_status(judge_votes(&s, votes, 4, &s.target, 1), MOTE_E_ANCESTRY_UNUSED);
}

static void G11_hashes_fit_and_numbers_do_not(void **state) {
    (void)state;
    scene s = make_scene(4);
    test_block jump = test_block_at(&s.target.hash, 15, 1, NULL);
    test_block on_it = test_block_at(&jump.hash, 12, 1, NULL);
    test_block path[2] = {jump, on_it};
    test_vote *votes = test_precommits(s.voters, 4, &on_it, ROUND, SET_ID);
    assert_status(judge_votes(&s, votes, 4, path, 2), MOTE_E_ANCESTRY_NUMBER);
    votes =
        test_precommits(s.voters, 4, &jump, ROUND, SET_ID); /* claims 15, four above its parent */
    assert_status(judge_votes(&s, votes, 4, &jump, 1), MOTE_E_VOTE_NOT_DESCENDANT);
    test_block claimed = s.above[0]; /* the vote's number is not its header's */
    claimed.number = 12;
    votes = test_precommits(s.voters, 4, &claimed, ROUND, SET_ID);
    assert_status(judge_votes(&s, votes, 4, s.above, 1), MOTE_E_ANCESTRY_NUMBER);
}

static void G12_two_forks_that_end_at_the_target(void **state) {
    (void)state;
    scene s = make_scene(4);
    test_block both[5] = {s.above[0], s.above[1], s.fork[0], s.fork[1], s.fork[2]};
    test_vote votes[4] = {vote_of(&s, 0, &s.above[1]), vote_of(&s, 1, &s.fork[2]),
                          vote_of(&s, 2, &s.target), vote_of(&s, 3, &s.fork[0])};
    assert_status(judge_votes(&s, votes, 4, both, 5), MOTE_OK);
}

/* --- one voter, several votes --------------------------------------------------------------------------------- */

static void G13_same_vote_and_signature_twice(void **state) {
    (void)state;
    scene s = make_scene(4);
    mote_justification_report report;
    test_vote votes[5] = {vote_of(&s, 0, &s.target), vote_of(&s, 0, &s.target),
                          vote_of(&s, 1, &s.target), vote_of(&s, 1, &s.target),
                          vote_of(&s, 2, &s.target)};
    test_justification parts = message(&s.target, votes, 4, NULL, 0);
    assert_status(judge(&s, &parts, &report), MOTE_E_BELOW_THRESHOLD);
    assert_int_equal(report.counted_weight, 2);
    parts = message(&s.target, votes, 5, NULL, 0);
    assert_status(judge(&s, &parts, &report), MOTE_OK);
    assert_int_equal(report.counted_voters, 3);
    assert_int_equal(report.equivocators, 0);
}

static void G14_two_votes_of_one_voter(void **state) {
    (void)state;
    scene s = make_scene(4);
    mote_justification_report report;
    const test_block *others[] = {&s.sibling, &s.below, &s.above[0]};
    for (size_t i = 0; i < 3; i++) {
        test_vote votes[4] = {vote_of(&s, 0, &s.target), vote_of(&s, 0, others[i]),
                              vote_of(&s, 1, &s.target), vote_of(&s, 2, &s.target)};
        test_justification parts = message(&s.target, votes, 4, NULL, 0);
        assert_status(judge(&s, &parts, &report), MOTE_OK);
        assert_int_equal(report.counted_voters, 3);
        assert_int_equal(report.counted_weight, 3);
        assert_int_equal(report.equivocators, 1);
        assert_memory_equal(report.equivocator[0], s.voters[0].public_key, 32);
        parts = message(&s.target, votes, 3, NULL, 0); /* once, not twice */
        assert_status(judge(&s, &parts, &report), MOTE_E_BELOW_THRESHOLD);
    }
    /* For everything: even where neither of the two is near the target. */
    test_vote votes[4] = {vote_of(&s, 0, &s.sibling), vote_of(&s, 0, &s.below),
                          vote_of(&s, 1, &s.target), vote_of(&s, 2, &s.target)};
    assert_status(judge_votes(&s, votes, 4, NULL, 0), MOTE_OK);
}

static void G15_one_vote_with_two_signatures(void **state) {
    (void)state;
    scene s = make_scene(4);
    mote_justification_report report;
    test_vote votes[4] = {vote_of(&s, 0, &s.target), vote_of(&s, 0, &s.target),
                          vote_of(&s, 1, &s.target), vote_of(&s, 2, &s.target)};
    test_resign(&votes[1], &s.voters[0], ROUND, SET_ID);
    assert_memory_not_equal(votes[0].signature, votes[1].signature, 64);
    test_justification parts = message(&s.target, votes, 4, NULL, 0);
    assert_status(judge(&s, &parts, &report), MOTE_OK);
    assert_int_equal(report.counted_voters, 3);
    assert_int_equal(report.equivocators, 1);
}

static void G16_third_vote_of_one_voter(void **state) {
    (void)state;
    scene s = make_scene(4);
    mote_justification_report report;
    test_vote votes[5] = {vote_of(&s, 0, &s.target), vote_of(&s, 0, &s.sibling),
                          vote_of(&s, 0, &s.below), vote_of(&s, 1, &s.target),
                          vote_of(&s, 2, &s.target)};
    test_justification parts = message(&s.target, votes, 5, NULL, 0);
    assert_status(judge(&s, &parts, &report), MOTE_OK);
    assert_int_equal(report.equivocators, 1);
    assert_int_equal(report.counted_voters, 3);
    votes[2].signature[40] ^= 1; /* ignored, not unchecked */
    assert_status(judge(&s, &parts, &report), MOTE_E_BAD_SIGNATURE);
    assert_int_equal(report.equivocators, 0); /* nobody is accused on the word of a forger */
}

static void G17_equivocation_with_one_bad_signature(void **state) {
    (void)state;
    scene s = make_scene(4);
    for (size_t bad = 0; bad < 2; bad++) {
        test_vote votes[4] = {vote_of(&s, 0, &s.target), vote_of(&s, 0, &s.sibling),
                              vote_of(&s, 1, &s.target), vote_of(&s, 2, &s.target)};
        votes[bad].signature[0] ^= 1;
        assert_status(judge_votes(&s, votes, 4, NULL, 0), MOTE_E_BAD_SIGNATURE);
    }
}

/* --- who votes ------------------------------------------------------------------------------------------------- */

static void G18_G19_unknown_voter(void **state) {
    (void)state;
    scene s = make_scene(4);
    test_voter stranger = test_voter_of(99, 1);
    test_vote votes[4] = {vote_of(&s, 0, &s.target), vote_of(&s, 1, &s.target),
                          vote_of(&s, 2, &s.target),
                          test_precommit(&stranger, &s.target, ROUND, SET_ID)};
    assert_status(judge_votes(&s, votes, 3, NULL, 0), MOTE_OK);
    assert_status(judge_votes(&s, votes, 4, NULL, 0), MOTE_E_UNKNOWN_VOTER);
    votes[3].signature[0] ^= 1;
    assert_status(judge_votes(&s, votes, 4, NULL, 0), MOTE_E_UNKNOWN_VOTER);
}

static void G20_key_listed_twice(void **state) {
    (void)state;
    scene s = make_scene(4);
    test_voter listed[4] = {s.voters[0], s.voters[1], s.voters[0], s.voters[2]};
    mote_authority_set set = test_set(listed, 4, SET_ID);
    assert_int_equal(set.voters, 3);
    assert_int_equal(set.listed, 4);
    assert_int_equal(set.total, 4);
    assert_int_equal(set.threshold, 3);
    mote_bytes two = build_plain_justification(listed, 2, &s.target, ROUND, SET_ID);
    mote_justification_report report;
    assert_status(judge_bytes(&set, two, &report, NULL), MOTE_OK);
    assert_int_equal(report.counted_voters, 2);
    assert_int_equal(report.counted_weight, 3);
    mote_bytes one = build_plain_justification(listed, 1, &s.target, ROUND, SET_ID);
    assert_status(judge_bytes(&set, one, &report, NULL), MOTE_E_BELOW_THRESHOLD);
    assert_int_equal(report.counted_weight, 2);
}

static mote_status build_set(const test_voter *voters, size_t count) {
    mote_voter memory[8];
    mote_authority_list list;
    mote_authority_set set;
    mote_context *context = fixture_context(1);
    assert_status(mote_authority_list_decode(context, &list, build_authority_list(voters, count)),
                  MOTE_OK);
    return mote_authority_set_build(context, &set, memory, 8, &list, 0, MOTE_ASSUMED_NOTHING);
}

static void G21_weights_past_64_bits(void **state) {
    (void)state;
    test_voter voters[2] = {test_voter_of(0, UINT64_C(1) << 63),
                            test_voter_of(1, UINT64_C(1) << 63)};
    assert_status(build_set(voters, 2), MOTE_E_AUTHORITIES_INVALID);
    voters[1].weight--;
    assert_status(build_set(voters, 2), MOTE_OK);
    voters[1] = voters[0]; /* of one key as well */
    assert_status(build_set(voters, 2), MOTE_E_AUTHORITIES_INVALID);
}

static void G22_weight_zero(void **state) {
    (void)state;
    test_voter voters[2] = {test_voter_of(0, 1), test_voter_of(1, 0)};
    assert_status(build_set(voters, 2), MOTE_E_AUTHORITIES_INVALID);
    assert_status(build_set(voters, 1), MOTE_OK);
    assert_status(build_set(voters, 0), MOTE_E_AUTHORITIES_INVALID);
}

static void G23_G24_weights_not_heads(void **state) {
    (void)state;
    scene s = make_scene(4);
    s.voters[0].weight = 100;
    mote_authority_set set = test_set(s.voters, 4, SET_ID);
    mote_bytes heavy = build_plain_justification(s.voters, 1, &s.target, ROUND, SET_ID);
    mote_bytes light = build_plain_justification(s.voters + 1, 3, &s.target, ROUND, SET_ID);
    assert_status(judge_bytes(&set, heavy, NULL, NULL), MOTE_OK);
    assert_status(judge_bytes(&set, light, NULL, NULL), MOTE_E_BELOW_THRESHOLD);
}

/* --- what is signed --------------------------------------------------------------------------------------------- */

static mote_status judge_signed_as(uint8_t stage, uint64_t round, uint64_t set_id) {
    scene s = make_scene(4);
    test_vote votes[4];
    for (size_t i = 0; i < 4; i++) {
        bool odd_one = i == 3;
        votes[i] =
            test_vote_in(odd_one ? stage : TEST_STAGE_PRECOMMIT, &s.voters[i], &s.target.hash, 10,
                         odd_one ? round : ROUND, odd_one ? set_id : SET_ID);
    }
    return judge_votes(&s, votes, 4, NULL, 0);
}

static void G25_prevote_and_proposal(void **state) {
    (void)state;
    assert_status(judge_signed_as(TEST_STAGE_PREVOTE, ROUND, SET_ID), MOTE_E_BAD_SIGNATURE);
    assert_status(judge_signed_as(TEST_STAGE_PRECOMMIT, ROUND, SET_ID), MOTE_OK);
    assert_status(judge_signed_as(TEST_STAGE_PROPOSE, ROUND, SET_ID), MOTE_E_BAD_SIGNATURE);
}

static void G26_other_round_and_other_set_id(void **state) {
    (void)state;
    assert_status(judge_signed_as(TEST_STAGE_PRECOMMIT, ROUND + 1, SET_ID), MOTE_E_BAD_SIGNATURE);
    assert_status(judge_signed_as(TEST_STAGE_PRECOMMIT, ROUND - 1, SET_ID), MOTE_E_BAD_SIGNATURE);
    assert_status(judge_signed_as(TEST_STAGE_PRECOMMIT, ROUND, SET_ID + 1), MOTE_E_BAD_SIGNATURE);
    assert_status(judge_signed_as(TEST_STAGE_PRECOMMIT, ROUND, SET_ID - 1), MOTE_E_BAD_SIGNATURE);
}

static void G27_thresholds_of_small_sets(void **state) {
    (void)state;
    static const size_t threshold[] = {0, 1, 2, 3, 3, 4, 5, 5};
    for (size_t voters = 1; voters <= 7; voters++) {
        scene s = make_scene(voters);
        test_vote *votes = test_precommits(s.voters, voters, &s.target, ROUND, SET_ID);
        assert_int_equal(s.set.threshold, threshold[voters]);
        for (size_t count = 1; count <= voters; count++) {
            assert_status(judge_votes(&s, votes, count, NULL, 0),
                          count >= threshold[voters] ? MOTE_OK : MOTE_E_BELOW_THRESHOLD);
        }
    }
}

/* The all-zero key is a point of order 4: R the identity and S zero verify for every message. */
static test_vote zero_key_vote(const test_block *block) {
    test_vote vote = {.hash = block->hash, .number = block->number};
    vote.signature[0] = 1;
    return vote;
}

static void G28_all_zero_key(void **state) {
    (void)state;
    scene s = make_scene(4);
    memset(s.voters[3].public_key, 0, 32);
    s.set = test_set(s.voters, 4, SET_ID);
    assert_int_equal(s.set.forgeable, 1);
    test_vote votes[3] = {vote_of(&s, 0, &s.target), vote_of(&s, 1, &s.target),
                          zero_key_vote(&s.target)};
    assert_status(judge_votes(&s, votes, 2, NULL, 0), MOTE_E_BELOW_THRESHOLD);
    assert_status(judge_votes(&s, votes, 3, NULL, 0), MOTE_OK);
}

static void G29_more_forgeable_weight_than_tolerated(void **state) {
    (void)state;
    test_voter *voters = test_voters(0, 6);
    for (size_t i = 2; i < 6; i++)
        memset(voters[i].public_key, 0, 32); /* Darwinia Crab's: 4 of 6 */
    assert_status(build_set(voters, 6), MOTE_E_UNTRUSTWORTHY_SET);
    assert_status(build_set(voters + 2, 4), MOTE_E_UNTRUSTWORTHY_SET);
    assert_status(build_set(voters, 4), MOTE_E_UNTRUSTWORTHY_SET); /* 2 of 4, one is tolerated */
    voters[5] = test_voter_of(50, 4);
    assert_status(build_set(voters, 6), MOTE_E_UNTRUSTWORTHY_SET); /* 3 of 9, two are tolerated */
    voters[5].weight = 5;
    assert_status(build_set(voters, 6), MOTE_OK); /* 3 of 10 */
}

static void G30_votes_of_the_previous_set(void **state) {
    (void)state;
    scene s = make_scene(4);
    mote_bytes justification = build_plain_justification(s.voters, 4, &s.target, ROUND, SET_ID - 1);
    assert_status(judge_bytes(&s.set, justification, NULL, NULL), MOTE_E_BAD_SIGNATURE);
    test_voter *previous = test_voters(100, 4);
    justification = build_plain_justification(previous, 4, &s.target, ROUND, SET_ID - 1);
    assert_status(judge_bytes(&s.set, justification, NULL, NULL), MOTE_E_UNKNOWN_VOTER);
}

/* --- how much work ------------------------------------------------------------------------------------------------ */

/* Best of three, without the signatures. */
static double seconds_of_structure(const scene *s, mote_bytes justification, mote_status expected) {
    double best = 1e9;
    for (int i = 0; i < 3; i++) {
        mote_context *context = fixture_context(MEBIBYTES);
        mote_work *work = mote_work_new(context, 1, 2000, MOTE_VOTE_SIZE);
        assert_true(work != NULL && mote_work_open(work));
        mote_unsigned_block block;
        mote_justification_report report;
        clock_t start = clock();
        assert_status(
            mote_justification_check(context, &block, &report, work, &s->set, justification, NULL),
            expected);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (seconds < best) best = seconds;
    }
    return best;
}

static void G31_thousand_votes_on_the_deepest_of_8000_headers(void **state) {
    (void)state;
    enum { VOTERS = 1000, DEPTH = 8000 };
    scene s = make_scene(VOTERS);
    test_block *chain = test_chain(&s.target, DEPTH, 1);
    test_vote *deep = test_precommits(s.voters, VOTERS, &chain[DEPTH - 1], ROUND, SET_ID);
    test_justification parts = message(&s.target, deep, VOTERS, chain, DEPTH);
    mote_bytes justification = build_justification(&parts);
    mote_justification_report report;
    assert_status(judge_bytes(&s.set, justification, &report, NULL), MOTE_OK);
    assert_int_equal(report.ancestry_headers, DEPTH);
    assert_int_equal(report.counted_voters, VOTERS);
    /* The same with one deep vote: each of the others would walk 8000 headers if nothing were remembered. */
    test_vote *flat = test_precommits(s.voters, VOTERS, &s.target, ROUND, SET_ID);
    flat[0] = deep[0];
    parts.votes = flat;
    double one = seconds_of_structure(&s, build_justification(&parts), MOTE_OK);
    double all = seconds_of_structure(&s, justification, MOTE_OK);
    assert_true(all < 5 * one + 0.02);
}

/* Nor does it help to have headers walked that lead nowhere, by voters who may vote for anything. */
static void G31_headers_that_lead_nowhere(void **state) {
    (void)state;
    enum { VOTERS = 1000, DEPTH = 8000 };
    scene s = make_scene(VOTERS);
    test_block *loose = test_chain(&s.target, DEPTH + 1, 1),
               *astray = test_chain(&s.sibling, DEPTH, 2);
    test_vote *votes = calloc(2 * VOTERS, sizeof *votes);
    const struct {
        const test_block *chain;
        size_t above; /* the lowest header that is there */
    } cases[] = {{loose, 1}, {astray, 0}};
    for (size_t i = 0; i < 2; i++) {
        const test_block *top = &cases[i].chain[cases[i].above + DEPTH - 1];
        for (size_t v = 0; v < VOTERS; v++) {
            votes[2 * v] = test_precommit(&s.voters[v], &s.target, ROUND, SET_ID);
            votes[2 * v + 1] =
                v == 0 ? test_precommit(&s.voters[v], top, ROUND, SET_ID) : votes[2 * v];
        }
        test_justification parts =
            message(&s.target, votes, 2 * VOTERS, &cases[i].chain[cases[i].above], DEPTH);
        double one = seconds_of_structure(&s, build_justification(&parts), MOTE_E_ANCESTRY_UNUSED);
        for (size_t v = 1; v < VOTERS; v++) {
            votes[2 * v + 1] = test_precommit(&s.voters[v], top, ROUND, SET_ID);
        }
        double all = seconds_of_structure(&s, build_justification(&parts), MOTE_E_ANCESTRY_UNUSED);
        assert_true(all < 5 * one + 0.02);
    }
    free(votes);
}

static void G32_sixty_thousand_headers_for_one_vote(void **state) {
    (void)state;
    enum { DEPTH = MOTE_MAX_ANCESTRY_HEADERS + 1 };
    scene s = make_scene(1);
    test_block *chain = test_chain(&s.target, DEPTH, 1);
    test_vote vote = vote_of(&s, 0, &chain[60000 - 1]);
    assert_status(judge_votes(&s, &vote, 1, chain, 60000), MOTE_OK);
    vote = vote_of(&s, 0, &chain[DEPTH - 1]);
    assert_status(judge_votes(&s, &vote, 1, chain, DEPTH), MOTE_E_LIMIT_COUNT);
    test_buffer padded = {0};
    static const uint8_t zeros[1024];
    while (padded.size <= MOTE_MAX_JUSTIFICATION_SIZE) append_span(&padded, zeros, sizeof zeros);
    assert_status(judge_bytes(&s.set, buffer_bytes(&padded), NULL, NULL), MOTE_E_LIMIT_SIZE);
    free(padded.data);
}

static void G33_votes_of_63000_unknown_voters(void **state) {
    (void)state;
    enum { COUNT = 63000 };
    scene s = make_scene(4);
    test_vote *votes = calloc(COUNT, sizeof *votes);
    for (uint32_t i = 0; i < COUNT; i++) {
        votes[i].hash = s.target.hash;
        votes[i].number = s.target.number;
        memcpy(votes[i].key, &i, sizeof i);
    }
    const test_justification parts = message(&s.target, votes, COUNT, NULL, 0);
    mote_bytes justification = build_justification(&parts);
    mote_context *context = fixture_context(MEBIBYTES);
    mote_finalized_block block;
    assert_status(mote_justification_verify(context, &block, NULL, &s.set, justification, NULL),
                  MOTE_E_LIMIT_COUNT);
    assert_int_equal(context->most_used, 0); /* before anything was done with them */
    free(votes);
}

static void G34_all_signatures_invalid(void **state) {
    (void)state;
    enum { VOTERS = 100 };
    scene s = make_scene(VOTERS);
    test_vote *votes = test_precommits(s.voters, VOTERS, &s.target, ROUND, SET_ID);
    for (size_t i = 0; i < VOTERS; i++) votes[i].signature[33] ^= 1;
    const test_justification parts = message(&s.target, votes, VOTERS, NULL, 0);
    mote_bytes justification = build_justification(&parts);
    mote_context *context = fixture_context(MEBIBYTES);
    mote_finalized_block block;
    assert_status(mote_justification_verify(context, &block, NULL, &s.set, justification, NULL),
                  MOTE_E_BAD_SIGNATURE);
    assert_int_equal(context->fault.index, 0);
    assert_int_equal(mote_fault_offset(&context->fault, justification), 8 + 36 + 2 + 36);
}

/* --- commits ------------------------------------------------------------------------------------------------------- */

static mote_status judge_commit(const scene *s, mote_bytes commit, const test_block *known,
                                size_t count, mote_justification_report *report) {
    mote_header headers[8];
    mote_finalized_block block;
    assert_in_range(count, 0, 8);
    for (size_t i = 0; i < count; i++) headers[i] = test_header(&known[i]);
    mote_status status = mote_commit_verify(fixture_context(MEBIBYTES), &block, report, &s->set,
                                            commit, headers, count);
    assert_int_equal(mote_finalized_block_check(&block),
                     status == MOTE_OK ? MOTE_OK : MOTE_E_NO_EVIDENCE);
    if (status == MOTE_OK) assert_true(mote_hash_equal(&block.hash, &s->target.hash));
    return status;
}

static mote_bytes commit_of_lengths(const scene *s, size_t targets, size_t signers) {
    test_buffer commit = {0};
    append_u64(&commit, ROUND);
    append_u64(&commit, SET_ID);
    append_span(&commit, s->target.hash.bytes, 32);
    append_u32(&commit, 10);
    append_compact(&commit, targets);
    for (size_t i = 0; i < targets; i++) {
        append_span(&commit, s->target.hash.bytes, 32);
        append_u32(&commit, 10);
    }
    append_compact(&commit, signers);
    for (size_t i = 0; i < signers; i++) {
        test_vote vote = vote_of(s, i, &s->target);
        append_span(&commit, vote.signature, 64);
        append_span(&commit, vote.key, 32);
    }
    return buffer_bytes(&commit);
}

static void G38_commit_of_unequal_lengths(void **state) {
    (void)state;
    scene s = make_scene(4);
    mote_justification_report report;
    for (size_t targets = 3; targets <= 4; targets++) {
        for (size_t signers = 2; signers <= 4; signers++) {
            mote_status expected = targets == signers ? MOTE_OK : MOTE_E_COMMIT_LENGTHS;
            mote_bytes commit = commit_of_lengths(&s, targets, signers);
            assert_status(judge_commit(&s, commit, NULL, 0, &report), expected);
            test_buffer gossip = {0}; /* the same with the index byte of the gossip message */
            append_u8(&gossip, 1);
            append_span(&gossip, commit.data, commit.size);
            assert_status(judge_commit(&s, buffer_bytes(&gossip), NULL, 0, &report), expected);
        }
    }
    assert_status(judge_commit(&s, commit_of_lengths(&s, 0, 0), NULL, 0, &report),
                  MOTE_E_NO_PRECOMMITS);
}

static void G39_threshold_only_with_unknown_blocks(void **state) {
    (void)state;
    scene s = make_scene(4);
    mote_justification_report report;
    test_vote votes[4] = {vote_of(&s, 0, &s.target), vote_of(&s, 1, &s.target),
                          vote_of(&s, 2, &s.above[1]), vote_of(&s, 3, &s.fork[0])};
    test_justification parts = message(&s.target, votes, 4, NULL, 0);
    mote_bytes commit = build_commit(&parts, SET_ID);
    assert_status(judge_commit(&s, commit, NULL, 0, &report), MOTE_E_UNKNOWN_BLOCK);
    assert_int_equal(report.counted_weight, 2);
    assert_status(judge_commit(&s, commit, &s.above[1], 1, &report), MOTE_E_UNKNOWN_BLOCK);
    test_block known[4] = {s.above[1], s.below, s.above[0], s.above[0]};
    assert_status(judge_commit(&s, commit, known, 4, &report), MOTE_OK);
    assert_int_equal(report.counted_weight, 3);
    /* Known to be elsewhere is not unknown. */
    votes[3] = vote_of(&s, 3, &s.sibling);
    assert_status(judge_commit(&s, build_commit(&parts, SET_ID), known, 4, &report),
                  MOTE_E_VOTE_BELOW_TARGET);
    test_block *beside = test_chain(&s.sibling, 1, 1);
    votes[3] = vote_of(&s, 3, beside);
    assert_status(judge_commit(&s, build_commit(&parts, SET_ID), known, 4, &report), MOTE_OK);
    assert_status(judge_commit(&s, build_commit(&parts, SET_ID), beside, 1, &report),
                  MOTE_E_VOTE_NOT_DESCENDANT);
    /* Unknown does not excuse a bad signature, nor too few voters. */
    votes[3] = vote_of(&s, 3, &s.fork[0]);
    votes[3].signature[0] ^= 1;
    assert_status(judge_commit(&s, build_commit(&parts, SET_ID), NULL, 0, &report),
                  MOTE_E_BAD_SIGNATURE);
    parts = message(&s.target, votes + 1, 2, NULL, 0);
    assert_status(judge_commit(&s, build_commit(&parts, SET_ID), NULL, 0, &report),
                  MOTE_E_BELOW_THRESHOLD);
}

static void G40_commit_heavier_than_the_set_and_its_faults(void **state) {
    (void)state;
    scene s = make_scene(4);
    mote_justification_report report;
    test_vote votes[6] = {vote_of(&s, 0, &s.target),  vote_of(&s, 1, &s.target),
                          vote_of(&s, 2, &s.target),  vote_of(&s, 3, &s.target),
                          vote_of(&s, 3, &s.sibling), vote_of(&s, 2, &s.sibling)};
    test_justification parts = message(&s.target, votes, 5, NULL, 0);
    assert_status(judge_commit(&s, build_commit(&parts, SET_ID), NULL, 0, &report), MOTE_OK);
    assert_int_equal(report.equivocators, 1);
    parts = message(&s.target, votes, 6, NULL, 0);
    assert_status(judge_commit(&s, build_commit(&parts, SET_ID), NULL, 0, &report),
                  MOTE_E_COMMIT_OVERWEIGHT);
}

static void G41_first_and_last_round(void **state) {
    (void)state;
    scene s = make_scene(4);
    static const uint64_t rounds[] = {0, 1, UINT64_MAX};
    for (size_t i = 0; i < 3; i++) {
        mote_justification_report report;
        mote_bytes justification =
            build_plain_justification(s.voters, 4, &s.target, rounds[i], SET_ID);
        assert_status(judge_bytes(&s.set, justification, &report, NULL), MOTE_OK);
        assert_true(report.round == rounds[i]);
        mote_authority_set last = test_set(s.voters, 4, UINT64_MAX);
        justification = build_plain_justification(s.voters, 4, &s.target, rounds[i], UINT64_MAX);
        assert_status(judge_bytes(&last, justification, &report, NULL), MOTE_OK);
    }
}

/* --- equivocation proofs --------------------------------------------------------------------------------------------- */

static mote_status judge_proof(const scene *s, const test_vote *first, const test_vote *second,
                               uint8_t stage, uint64_t set_id) {
    mote_equivocation equivocation;
    mote_status status =
        mote_equivocation_verify(fixture_context(1), &equivocation, &s->set,
                                 build_equivocation(first, second, stage, ROUND, set_id));
    if (status == MOTE_OK) {
        assert_memory_equal(equivocation.key, first->key, 32);
        assert_true(mote_hash_equal(&equivocation.second_hash, &second->hash));
        assert_int_equal(equivocation.is_precommit, stage);
    } else {
        static const mote_equivocation none;
        assert_memory_equal(&equivocation, &none, sizeof none);
    }
    return status;
}

static void G44_what_is_no_equivocation(void **state) {
    (void)state;
    scene s = make_scene(4);
    test_voter stranger = test_voter_of(99, 1);
    test_vote first = vote_of(&s, 0, &s.target), second = vote_of(&s, 0, &s.sibling);
    assert_status(judge_proof(&s, &first, &second, 1, SET_ID), MOTE_OK);
    assert_status(judge_proof(&s, &first, &first, 1, SET_ID), MOTE_E_NOT_EQUIVOCATION);
    test_vote again = first;
    test_resign(&again, &s.voters[0], ROUND, SET_ID);
    assert_status(judge_proof(&s, &first, &again, 1, SET_ID), MOTE_E_NOT_EQUIVOCATION);
    test_vote other_round = test_precommit(&s.voters[0], &s.sibling, ROUND + 1, SET_ID);
    assert_status(judge_proof(&s, &first, &other_round, 1, SET_ID), MOTE_E_BAD_SIGNATURE);
    assert_status(judge_proof(&s, &first, &second, 0, SET_ID), MOTE_E_BAD_SIGNATURE);
    assert_status(judge_proof(&s, &first, &second, 2, SET_ID), MOTE_E_BAD_ENUM);
    assert_status(judge_proof(&s, &first, &second, 1, SET_ID + 1), MOTE_E_OTHER_SET);
    test_vote of_another = vote_of(&s, 1, &s.sibling);
    assert_status(judge_proof(&s, &first, &of_another, 1, SET_ID), MOTE_E_BAD_SIGNATURE);
    test_vote strange[2] = {test_precommit(&stranger, &s.target, ROUND, SET_ID),
                            test_precommit(&stranger, &s.sibling, ROUND, SET_ID)};
    assert_status(judge_proof(&s, &strange[0], &strange[1], 1, SET_ID), MOTE_E_UNKNOWN_VOTER);
    test_vote prevotes[2];
    for (size_t i = 0; i < 2; i++) {
        const mote_hash *hash = i == 0 ? &s.target.hash : &s.sibling.hash;
        prevotes[i] = test_vote_in(TEST_STAGE_PREVOTE, &s.voters[2], hash, 10, ROUND, SET_ID);
    }
    assert_status(judge_proof(&s, &prevotes[0], &prevotes[1], 0, SET_ID), MOTE_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(G01_no_precommits),
        cmocka_unit_test(G02_less_than_the_threshold_exactly_and_all),
        cmocka_unit_test(G03_relabelled_target),
        cmocka_unit_test(G04_relabelled_with_ancestry_to_the_true_parent),
        cmocka_unit_test(G05_target_below_all_votes),
        cmocka_unit_test(G06_vote_below_the_target),
        cmocka_unit_test(G07_target_hash_with_another_number),
        cmocka_unit_test(G08_target_number_is_not_the_header_s),
        cmocka_unit_test(G09_header_missing_in_the_middle),
        cmocka_unit_test(G10_unused_duplicate_and_the_target_s_own_header),
        cmocka_unit_test(G11_hashes_fit_and_numbers_do_not),
        cmocka_unit_test(G12_two_forks_that_end_at_the_target),
        cmocka_unit_test(G13_same_vote_and_signature_twice),
        cmocka_unit_test(G14_two_votes_of_one_voter),
        cmocka_unit_test(G15_one_vote_with_two_signatures),
        cmocka_unit_test(G16_third_vote_of_one_voter),
        cmocka_unit_test(G17_equivocation_with_one_bad_signature),
        cmocka_unit_test(G18_G19_unknown_voter),
        cmocka_unit_test(G20_key_listed_twice),
        cmocka_unit_test(G21_weights_past_64_bits),
        cmocka_unit_test(G22_weight_zero),
        cmocka_unit_test(G23_G24_weights_not_heads),
        cmocka_unit_test(G25_prevote_and_proposal),
        cmocka_unit_test(G26_other_round_and_other_set_id),
        cmocka_unit_test(G27_thresholds_of_small_sets),
        cmocka_unit_test(G28_all_zero_key),
        cmocka_unit_test(G29_more_forgeable_weight_than_tolerated),
        cmocka_unit_test(G30_votes_of_the_previous_set),
        cmocka_unit_test(G31_thousand_votes_on_the_deepest_of_8000_headers),
        cmocka_unit_test(G31_headers_that_lead_nowhere),
        cmocka_unit_test(G32_sixty_thousand_headers_for_one_vote),
        cmocka_unit_test(G33_votes_of_63000_unknown_voters),
        cmocka_unit_test(G34_all_signatures_invalid),
        cmocka_unit_test(G38_commit_of_unequal_lengths),
        cmocka_unit_test(G39_threshold_only_with_unknown_blocks),
        cmocka_unit_test(G40_commit_heavier_than_the_set_and_its_faults),
        cmocka_unit_test(G41_first_and_last_round),
        cmocka_unit_test(G44_what_is_no_equivocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
