/* SPDX-License-Identifier: Apache-2.0 */
/* Rows W01-W30: warp proofs and hand-overs, right and wrong (verification-rules H.4). */
#include "fixture.h"

#include "grandpa_builder.h"
#include "mote/bundle.h"
#include "mote/checkpoint.h"
#include "mote/limits.h"
#include "mote/warp.h"
#include "units.h"

#define VOTERS 4u

/* --- a small network: set i is voters 100 i ... 100 i + 3, and takes over with set id 7 + i --------------------------- */

static test_voter *set_voters(uint32_t index) {
    return test_voters(100 * (index + 1), VOTERS);
}

typedef struct link_of {
    uint32_t number;
    uint32_t set; /* that finalizes it */
    bool changes; /* to set + 1 */
    uint32_t delay;
    bool forced;
} link_of;

static test_block block_of(const link_of *of) {
    test_digest digest = {0};
    const mote_hash parent = {{(uint8_t)of->number}};
    if (of->forced)
        digest_add_forced_change(&digest, 1, set_voters(of->set + 1), VOTERS, of->delay);
    if (of->changes)
        digest_add_scheduled_change(&digest, set_voters(of->set + 1), VOTERS, of->delay);
    return test_block_at(&parent, of->number, 1, &digest);
}

static test_fragment fragment_of(const link_of *of) {
    test_block block = block_of(of);
    return (test_fragment){block.header, build_plain_justification(set_voters(of->set), VOTERS,
                                                                   &block, 3, 7 + of->set)};
}

static test_fragment handover(uint32_t number, uint32_t set) {
    const link_of of = {.number = number, .set = set, .changes = true};
    return fragment_of(&of);
}

static test_fragment plain(uint32_t number, uint32_t set) {
    const link_of of = {.number = number, .set = set};
    return fragment_of(&of);
}

/* --- following a proof ------------------------------------------------------------------------------------------------ */

typedef struct outcome {
    mote_status status;
    uint32_t links, fragments, index, head;
    size_t offset;
    uint64_t set_id;
    bool finished;
} outcome;

typedef struct setting {
    uint32_t number;
    uint64_t set_id;
    const mote_chain *chain;
    size_t max_fragment_size;
    uint32_t set;
    mote_hash hash; /* of the block it starts at; zeros: not known */
} setting;

static const setting usual = {.number = 10, .set_id = 7};

static void drive(mote_context *context, mote_warp *warp, test_units *units) {
    while (units != NULL && test_units_step(units, context, mote_warp_work(warp))) continue;
}

/* `units` NULL: everything on this thread. */
static outcome follow_with(mote_bytes proof, const setting *with, uint32_t threads,
                           test_units *units) {
    outcome out = {0};
    mote_warp *warp;
    mote_warp_link link;
    mote_finalized_header head;
    mote_context *context = fixture_context(24);
    mote_authority_set set = test_set(set_voters(with->set), VOTERS, with->set_id);
    const mote_warp_start start = {.hash = with->hash,
                                   .number = with->number,
                                   .set = &set,
                                   .chain = with->chain,
                                   .max_authorities = 64,
                                   .max_fragment_size = with->max_fragment_size,
                                   .threads = threads};
    assert_status(mote_warp_new(context, &warp, &start), MOTE_OK);
    for (size_t at = 0, consumed; at < proof.size; at += consumed) {
        mote_bytes rest = {proof.data + at, proof.size - at};
        if (mote_warp_feed(context, warp, &consumed, rest) != MOTE_OK) break;
        while (mote_warp_next(warp, &link)) out.links++;
        drive(context, warp, units);
    }
    drive(context, warp, units);
    out.status = mote_warp_finish(context, warp);
    out.index = context->fault.index;
    out.offset = context->fault.offset;
    while (mote_warp_next(warp, &link)) out.links++;
    out.fragments = mote_warp_fragments(warp);
    out.set_id = mote_warp_set(warp)->set_id;
    out.finished = mote_warp_is_finished(warp);
    out.head = mote_warp_head(warp, &head) ? head.number : 0;
    assert_int_equal(out.links, out.fragments);
    return out;
}

/* One outcome, whoever judges the signatures. */
static outcome follow(mote_bytes proof, const setting *with) {
    const outcome out = follow_with(proof, with, 0, NULL);
    for (uint32_t threads = 1; threads <= 3; threads++) {
        test_units units = {.lot = (uint32_t)proof.size + threads};
        const outcome other = follow_with(proof, with, threads, &units);
        test_units_forget(&units);
        assert_status(other.status, out.status);
        assert_int_equal(other.links, out.links);
        assert_int_equal(other.index, out.index);
        assert_int_equal(other.offset, out.offset);
        assert_int_equal(other.head, out.head);
        assert_true(other.set_id == out.set_id);
        assert_int_equal(other.finished, out.finished);
    }
    return out;
}

static outcome follow_fragments(const test_fragment *fragments, size_t count, bool finished) {
    return follow(build_warp_proof(fragments, count, finished), &usual);
}

#define FOLLOW(finished, ...)                                                                      \
    follow_fragments((const test_fragment[]){__VA_ARGS__},                                         \
                     sizeof((const test_fragment[]){__VA_ARGS__}) / sizeof(test_fragment),         \
                     finished)

/* --- rows --------------------------------------------------------------------------------------------------------------- */

static void W01_empty_and_finished_is_nothing_newer(void **state) {
    (void)state;
    outcome o = follow(fixture_hex("0001"), &usual);
    assert_status(o.status, MOTE_OK);
    assert_int_equal(o.fragments, 0);
    assert_true(o.finished);
    assert_true(o.set_id == 7);
}

static void W02_empty_and_unfinished(void **state) {
    (void)state;
    assert_status(follow(fixture_hex("0000"), &usual).status, MOTE_E_WARP_EMPTY);
}

static void W03_is_finished_of_two(void **state) {
    (void)state;
    assert_status(follow(fixture_hex("0002"), &usual).status, MOTE_E_BAD_OPTION);
    const test_fragment fragments[] = {handover(11, 0), plain(12, 1)};
    mote_bytes proof = build_warp_proof(fragments, 2, true);
    uint8_t *bytes = fixture_copy(proof);
    bytes[proof.size - 1] = 2;
    outcome o = follow((mote_bytes){bytes, proof.size}, &usual);
    free(bytes);
    assert_status(o.status, MOTE_E_BAD_OPTION);
    assert_int_equal(o.fragments, 1);
    assert_int_equal(o.offset, proof.size - 1);
}

static void W04_a_middle_fragment_without_change(void **state) {
    (void)state;
    outcome o = FOLLOW(true, handover(11, 0), plain(12, 1), handover(13, 1));
    assert_status(o.status, MOTE_E_HANDOVER_MISSING);
    assert_int_equal(o.index, 1);
    assert_int_equal(o.fragments, 1);
    assert_true(o.set_id == 8);
}

static void W05_the_last_one_without_change_unfinished(void **state) {
    (void)state;
    outcome o = FOLLOW(false, handover(11, 0), plain(12, 1));
    assert_status(o.status, MOTE_E_HANDOVER_MISSING);
    assert_int_equal(o.fragments, 1);
}

static void W06_the_last_one_without_change_finished(void **state) {
    (void)state;
    outcome o = FOLLOW(true, handover(11, 0), plain(12, 1));
    assert_status(o.status, MOTE_OK);
    assert_int_equal(o.fragments, 2);
    assert_int_equal(o.head, 12);
    assert_true(o.set_id == 8 && o.finished);
}

static void W07_a_justification_for_another_block(void **state) {
    (void)state;
    test_fragment fragment = {plain(11, 0).header, plain(12, 0).justification};
    assert_status(FOLLOW(true, fragment).status, MOTE_E_TARGET_MISMATCH);
}

static void W08_the_right_hash_with_another_number(void **state) {
    (void)state;
    const link_of of = {.number = 11};
    test_block block = block_of(&of);
    test_fragment fragment = {block.header, {NULL, 0}};
    block.number = 12;
    fragment.justification = build_plain_justification(set_voters(0), VOTERS, &block, 3, 7);
    assert_status(FOLLOW(true, fragment).status, MOTE_E_TARGET_NUMBER);
}

static void W09_swapped_repeated_decreasing(void **state) {
    (void)state;
    outcome swapped = FOLLOW(true, handover(12, 1), handover(11, 0));
    assert_status(swapped.status, MOTE_E_UNKNOWN_VOTER);
    assert_int_equal(swapped.fragments, 0);
    outcome repeated = FOLLOW(true, handover(11, 0), handover(11, 1));
    assert_status(repeated.status, MOTE_E_NOT_ABOVE_TRUSTED);
    assert_int_equal(repeated.fragments, 1);
    outcome decreasing = FOLLOW(true, handover(15, 0), plain(14, 1));
    assert_status(decreasing.status, MOTE_E_NOT_ABOVE_TRUSTED);
    assert_int_equal(decreasing.index, 1);
    assert_int_equal(decreasing.head, 15);
}

static void W10_starting_at_or_below_the_trusted_height(void **state) {
    (void)state;
    assert_status(FOLLOW(true, plain(10, 0)).status, MOTE_E_NOT_ABOVE_TRUSTED);
    assert_status(FOLLOW(true, plain(9, 0)).status, MOTE_E_NOT_ABOVE_TRUSTED);
}

static void W10_right_behind_another_block_than_the_trusted_one(void **state) {
    (void)state;
    const test_fragment fragments[] = {plain(11, 0), plain(12, 0)};
    setting with = usual;
    with.hash.bytes[0] = 11; /* block_of gives 11 this parent */
    assert_status(follow(build_warp_proof(fragments, 1, true), &with).status, MOTE_OK);
    with.hash.bytes[0] = 10;
    outcome o = follow(build_warp_proof(fragments, 1, true), &with);
    assert_status(o.status, MOTE_E_HEADER_LINK);
    assert_int_equal(o.index, 0);
    assert_int_equal(o.offset, 1); /* a header begins with its parent's hash */
    assert_int_equal(o.fragments, 0);
    /* Further up nothing says which block it comes from, but its finality. */
    assert_status(follow(build_warp_proof(&fragments[1], 1, true), &with).status, MOTE_OK);
}

static void W11_a_forced_change_alone(void **state) {
    (void)state;
    const link_of of = {.number = 11, .forced = true};
    outcome o = FOLLOW(true, fragment_of(&of));
    assert_status(o.status, MOTE_E_FORCED_CHANGE);
    assert_int_equal(o.fragments, 0);
}

static void W12_a_forced_and_a_scheduled_change(void **state) {
    (void)state;
    const link_of of = {.number = 11, .forced = true, .changes = true};
    assert_status(FOLLOW(true, fragment_of(&of)).status, MOTE_E_FORCED_CHANGE);
}

static void W13_a_delay_of_one(void **state) {
    (void)state;
    const link_of of = {.number = 11, .changes = true, .delay = 1};
    assert_status(FOLLOW(true, fragment_of(&of)).status, MOTE_E_DELAYED_CHANGE);
}

/* A hand-over to this list. */
static test_fragment handover_to(const test_voter *next, size_t count) {
    test_digest digest = {0};
    const mote_hash parent = {{11}};
    digest_add_scheduled_change(&digest, next, count, 0);
    test_block block = test_block_at(&parent, 11, 1, &digest);
    return (test_fragment){block.header,
                           build_plain_justification(set_voters(0), VOTERS, &block, 3, 7)};
}

static void W14_next_sets_that_cannot_be(void **state) {
    (void)state;
    test_voter *next = set_voters(1);
    assert_status(FOLLOW(true, handover_to(next, 0)).status, MOTE_E_AUTHORITIES_INVALID);
    next[2].weight = 0;
    assert_status(FOLLOW(true, handover_to(next, VOTERS)).status, MOTE_E_AUTHORITIES_INVALID);
    next[2].weight = UINT64_MAX;
    assert_status(FOLLOW(true, handover_to(next, VOTERS)).status, MOTE_E_AUTHORITIES_INVALID);
    /* The limit here is 64 authorities; a million of them would be a header of 40 MB. */
    test_voter *many = calloc(65, sizeof *many);
    for (size_t i = 0; i < 65; i++) many[i] = set_voters(0)[i % VOTERS];
    assert_status(FOLLOW(true, handover_to(many, 65)).status, MOTE_E_LIMIT_COUNT);
    free(many);
    const setting wide = {.number = 10, .set_id = 7, .max_fragment_size = 3u << 20};
    test_voter *million = calloc(30000, sizeof *million);
    test_fragment fragment = handover_to(million, 30000);
    free(million);
    assert_status(follow(build_warp_proof(&fragment, 1, true), &wide).status, MOTE_E_LIMIT_SIZE);
}

static void W15_set_ids_that_overflow(void **state) {
    (void)state;
    const link_of of = {.number = 11, .changes = true};
    test_block block = block_of(&of);
    const setting last = {.number = 10, .set_id = UINT64_MAX};
    test_fragment fragment = {
        block.header, build_plain_justification(set_voters(0), VOTERS, &block, 3, UINT64_MAX)};
    assert_status(follow(build_warp_proof(&fragment, 1, true), &last).status,
                  MOTE_E_SET_ID_OVERFLOW);
    const setting one_before = {.number = 10, .set_id = UINT64_MAX - 1};
    fragment.justification =
        build_plain_justification(set_voters(0), VOTERS, &block, 3, UINT64_MAX - 1);
    assert_status(follow(build_warp_proof(&fragment, 1, true), &one_before).status, MOTE_OK);
}

/* --- hard forks: a chain that lists block 11 -------------------------------------------------------------------------- */

/* Set 5 replaces whatever the block's header says, as set id 99. */
static mote_chain forking_chain(mote_hard_fork *fork, const mote_hash *hash, uint32_t number) {
    *fork = (mote_hard_fork){99, number, *hash};
    mote_bytes list = build_authority_list(set_voters(5), VOTERS);
    mote_chain chain = *mote_chain_default();
    chain.hard_forks = fork;
    chain.hard_fork_count = 1;
    chain.hard_fork_authorities = list.data + 1; /* behind Compact(4) */
    chain.hard_fork_authority_count = VOTERS;
    return chain;
}

/* Block 11 with a justification by nobody's votes, then block 12 by the listed set. */
static mote_bytes proof_across_fork(const test_block *block, bool justified) {
    const link_of after = {.number = 12};
    test_block next = block_of(&after);
    const test_voter *votes_of = set_voters(justified ? 0 : 9);
    const test_fragment fragments[] = {
        {block->header, build_plain_justification(votes_of, VOTERS, block, 3, 7)},
        {next.header, build_plain_justification(set_voters(5), VOTERS, &next, 3, 99)},
    };
    return build_warp_proof(fragments, 2, true);
}

static void W16_a_listed_hard_fork_needs_no_justification(void **state) {
    (void)state;
    mote_hard_fork fork;
    const link_of of = {.number = 11, .changes = true};
    test_block block = block_of(&of);
    mote_chain chain = forking_chain(&fork, &block.hash, 11);
    const setting forking = {.number = 10, .set_id = 7, .chain = &chain};
    outcome o = follow(proof_across_fork(&block, false), &forking);
    assert_status(o.status, MOTE_OK);
    assert_int_equal(o.fragments, 2);
    assert_true(o.set_id == 99);
    assert_status(follow(proof_across_fork(&block, false), &usual).status, MOTE_E_UNKNOWN_VOTER);
    /* And the list of the one chain that has one is as its nodes have it. */
    const mote_chain *kusama = mote_chain_by_name("ksmcc3");
    json_t *recorded = fixture_json("grandpa/kusama-hard-forks.json");
    assert_int_equal(kusama->hard_fork_count,
                     json_array_size(json_object_get(recorded, "hard_forks")));
    for (size_t i = 0; i < kusama->hard_fork_count; i++) {
        const json_t *entry = json_array_get(json_object_get(recorded, "hard_forks"), i);
        assert_true(kusama->hard_forks[i].set_id ==
                    (uint64_t)json_integer_value(json_object_get(entry, "set_id")));
        assert_int_equal(kusama->hard_forks[i].number,
                         json_integer_value(json_object_get(entry, "block_number")));
        assert_hash_hex(&kusama->hard_forks[i].hash,
                        json_string_value(json_object_get(entry, "block_hash")));
    }
    json_t *authorities = json_object_get(recorded, "authorities");
    assert_int_equal(kusama->hard_fork_authority_count, json_array_size(authorities));
    for (size_t i = 0; i < kusama->hard_fork_authority_count; i++) {
        mote_bytes key = fixture_hex(json_string_value(json_array_get(authorities, i)));
        assert_memory_equal(kusama->hard_fork_authorities + 40 * i, key.data, 32);
        assert_true(mote_load_u64(kusama->hard_fork_authorities + 40 * i + 32) == 1);
    }
    json_decref(recorded);
}

static void W17_another_block_at_the_hard_forks_height(void **state) {
    (void)state;
    mote_hard_fork fork;
    const mote_hash other = {{0xee}};
    const link_of of = {.number = 11, .changes = true};
    test_block block = block_of(&of);
    mote_chain chain = forking_chain(&fork, &other, 11);
    const setting forking = {.number = 10, .set_id = 7, .chain = &chain};
    assert_status(follow(proof_across_fork(&block, false), &forking).status, MOTE_E_UNKNOWN_VOTER);
}

static void W30_across_a_hard_fork_the_list_wins(void **state) {
    (void)state;
    mote_hard_fork fork;
    const link_of of = {.number = 11, .changes = true};
    test_block block = block_of(&of);
    mote_chain chain = forking_chain(&fork, &block.hash, 11);
    const setting forking = {.number = 10, .set_id = 7, .chain = &chain};
    /* The old set's signatures are good, and its header names set 1: the chain's list says set 5 all the same. */
    outcome o = follow(proof_across_fork(&block, true), &forking);
    assert_status(o.status, MOTE_OK);
    assert_true(o.set_id == 99);
    /* Where the chain lists nothing, the header's set 1 is in office and set 5's votes are strangers'. */
    outcome unlisted = follow(proof_across_fork(&block, true), &usual);
    assert_status(unlisted.status, MOTE_E_UNKNOWN_VOTER);
    assert_int_equal(unlisted.fragments, 1);
    assert_true(unlisted.set_id == 8);
}

/* --- sizes --------------------------------------------------------------------------------------------------------------- */

/* A hand-over whose header is filled up with `padding` bytes. */
static test_fragment padded(uint32_t number, uint32_t set, size_t padding) {
    test_digest digest = {0};
    const mote_hash parent = {{(uint8_t)number}};
    uint8_t *zeros = calloc(padding + 1, 1);
    digest_add(&digest, 0, NULL, (mote_bytes){zeros, padding});
    digest_add_scheduled_change(&digest, set_voters(set + 1), VOTERS, 0);
    test_block block = test_block_at(&parent, number, 1, &digest);
    free(zeros);
    return (test_fragment){block.header,
                           build_plain_justification(set_voters(set), VOTERS, &block, 3, 7 + set)};
}

static mote_bytes proof_of_size(size_t size) {
    enum { FRAGMENTS = 9 };
    const size_t each = 1000000;
    test_fragment fragments[FRAGMENTS];
    for (uint32_t i = 0; i < FRAGMENTS; i++)
        fragments[i] = padded(11 + i, i, i + 1 < FRAGMENTS ? each : 100000);
    mote_bytes proof = build_warp_proof(fragments, FRAGMENTS, true);
    fragments[FRAGMENTS - 1] = padded(10 + FRAGMENTS, FRAGMENTS - 1, 100000 + (size - proof.size));
    return build_warp_proof(fragments, FRAGMENTS, true);
}

static void W18_eight_mebibytes_and_one_byte_more(void **state) {
    (void)state;
    const setting large = {.number = 10, .set_id = 7, .max_fragment_size = 2u << 20};
    mote_bytes proof = proof_of_size(MOTE_MAX_WARP_PROOF_SIZE);
    assert_int_equal(proof.size, MOTE_MAX_WARP_PROOF_SIZE);
    outcome o = follow(proof, &large);
    assert_status(o.status, MOTE_OK);
    assert_int_equal(o.fragments, 9);
    proof = proof_of_size(MOTE_MAX_WARP_PROOF_SIZE + 1);
    assert_int_equal(proof.size, MOTE_MAX_WARP_PROOF_SIZE + 1);
    assert_status(follow(proof, &large).status, MOTE_E_LIMIT_SIZE);
    uint8_t *twice = calloc(2, MOTE_MAX_WARP_PROOF_SIZE);
    memcpy(twice, proof.data, proof.size);
    assert_status(follow((mote_bytes){twice, 2 * (size_t)MOTE_MAX_WARP_PROOF_SIZE}, &large).status,
                  MOTE_E_LIMIT_SIZE);
    free(twice);
}

static void W19_good_fragments_before_a_bad_one_are_kept(void **state) {
    (void)state;
    const test_fragment fragments[] = {handover(11, 0), handover(12, 1), handover(13, 2),
                                       plain(14, 3)};
    mote_bytes proof = build_warp_proof(fragments, 4, true);
    size_t third = 1 + fragments[0].header.size + fragments[0].justification.size +
                   fragments[1].header.size + fragments[1].justification.size +
                   fragments[2].header.size;
    uint8_t *bytes = fixture_copy(proof);
    /* Round, target, count, then the first precommit: its signature begins 36 bytes in. */
    size_t signature = third + 8 + 36 + 1 + 36;
    bytes[signature + 5] ^= 1;
    outcome o = follow((mote_bytes){bytes, proof.size}, &usual);
    free(bytes);
    assert_status(o.status, MOTE_E_BAD_SIGNATURE);
    assert_int_equal(o.index, 2);
    assert_int_equal(o.offset, signature);
    assert_int_equal(o.fragments, 2);
    assert_int_equal(o.head, 12);
    assert_true(o.set_id == 9);
}

static void W20_a_proof_of_another_chain_with_the_same_keys(void **state) {
    (void)state;
    /* The proof itself names no chain. What does is the bundle around it and the checkpoint under it. */
    test_block first = block_of(&(link_of){.number = 10});
    mote_bytes list = build_authority_list(set_voters(0), VOTERS);
    mote_context *context = fixture_context(8);
    mote_checkpoint checkpoint;
    assert_status(mote_checkpoint_from_parts(context, &checkpoint, first.header, list, 7,
                                             mote_chain_by_name("polkadot")),
                  MOTE_OK);
    const test_fragment fragment = plain(11, 0);
    mote_bundle_parts parts = {.chain = "kusama", .warp = build_warp_proof(&fragment, 1, true)};
    parts.genesis = mote_chain_by_name("kusama")->genesis;
    uint8_t encoded[4096];
    mote_writer writer = mote_writer_into(encoded, sizeof encoded);
    mote_bundle_encode(&writer, &parts);
    mote_bundle bundle;
    mote_bundle_walk *walk;
    mote_link link;
    bool more;
    assert_status(mote_bundle_open(context, &bundle, (mote_bytes){encoded, writer.size}), MOTE_OK);
    assert_status(mote_bundle_begin(context, &walk, &bundle, &checkpoint, 0), MOTE_OK);
    assert_status(mote_bundle_next(context, walk, &link, &more), MOTE_E_GENESIS_MISMATCH);
}

/* --- time ------------------------------------------------------------------------------------------------------------------ */

/* How old the last header of a proof is, seen from `now`: the proof does not say, its slot does. */
static mote_freshness freshness_of_slot(uint64_t slot, uint64_t now) {
    test_digest digest = {0};
    const mote_hash parent = {{1}};
    digest_add_babe_slot(&digest, 0, slot);
    test_block block = test_block_at(&parent, 11, 1, &digest);
    mote_bytes list = build_authority_list(set_voters(0), VOTERS);
    mote_checkpoint checkpoint;
    assert_status(mote_checkpoint_from_parts(fixture_context(8), &checkpoint, block.header, list, 7,
                                             mote_chain_by_name("polkadot")),
                  MOTE_OK);
    mote_age age = mote_checkpoint_age(&checkpoint, now);
    return age.freshness;
}

static void W21_ending_at_a_slot_in_the_future(void **state) {
    (void)state;
    assert_int_equal(freshness_of_slot(1000000000, 5999990000 / 1), MOTE_FROM_FUTURE);
}

static void W22_ending_weeks_in_the_past(void **state) {
    (void)state;
    assert_int_equal(freshness_of_slot(1000000000, 6000000000 + 8 * 86400), MOTE_STALE);
}

static void W23_a_checkpoint_older_than_the_window(void **state) {
    (void)state;
    assert_int_equal(freshness_of_slot(1000000000, 6000000000 + 28 * 86400), MOTE_EXPIRED);
}

/* --- many, and strange ------------------------------------------------------------------------------------------------------ */

/* It claims 2^30 - 1 fragments and keeps sending good ones. How long to wait is the host's; how much to take is not. */
static void W25_a_stream_that_never_ends(void **state) {
    (void)state;
    const setting large = {.number = 10, .set_id = 7, .max_fragment_size = 2u << 20};
    test_buffer stream = {0};
    append_compact(&stream, (1u << 30) - 1);
    for (uint32_t i = 0; i < 9; i++) {
        test_fragment next = padded(11 + i, i, 1000000);
        append_span(&stream, next.header.data, next.header.size);
        append_span(&stream, next.justification.data, next.justification.size);
        free_bytes(next.header);
        free_bytes(next.justification);
    }
    outcome o = follow(buffer_bytes(&stream), &large);
    assert_status(o.status, MOTE_E_LIMIT_SIZE);
    assert_int_equal(o.offset, MOTE_MAX_WARP_PROOF_SIZE);
    assert_int_equal(o.fragments, 8);
    assert_false(o.finished);
}

static void W26_a_set_change_in_every_block(void **state) {
    (void)state;
    const size_t count = fixture_times(2000);
    test_buffer proof = {0};
    append_compact(&proof, count);
    for (uint32_t i = 0; i < count; i++) {
        test_digest digest = {0};
        test_voter now = test_voter_of(i % 16, 1), next = test_voter_of((i + 1) % 16, 1);
        const mote_hash parent = {{(uint8_t)i}};
        digest_add_scheduled_change(&digest, &next, 1, 0);
        test_block block = test_block_at(&parent, i + 1, 1, &digest);
        append_span(&proof, block.header.data, block.header.size);
        mote_bytes justification = build_plain_justification(&now, 1, &block, 3, i);
        append_span(&proof, justification.data, justification.size);
        free_bytes(block.header);
        free_bytes(justification);
    }
    append_u8(&proof, 1);
    mote_context *context = fixture_context(24);
    test_voter first = test_voter_of(0, 1);
    mote_authority_set set = test_set(&first, 1, 0);
    const mote_warp_start start = {.set = &set, .max_authorities = 64};
    mote_warp *warp;
    assert_status(mote_warp_new(context, &warp, &start), MOTE_OK);
    size_t memory = context->used;
    mote_bytes bytes = buffer_bytes(&proof);
    for (size_t at = 0, consumed; at < bytes.size; at += consumed) {
        mote_warp_link link;
        assert_status(mote_warp_feed(context, warp, &consumed,
                                     (mote_bytes){bytes.data + at, bytes.size - at}),
                      MOTE_OK);
        while (mote_warp_next(warp, &link)) assert_true(link.hands_over);
    }
    assert_status(mote_warp_finish(context, warp), MOTE_OK);
    assert_int_equal(mote_warp_fragments(warp), count);
    assert_true(mote_warp_set(warp)->set_id == count);
    assert_int_equal(context->used, memory); /* independent of the number of fragments */
}

static void W27_a_justification_for_the_block_after_a_delayed_change(void **state) {
    (void)state;
    /* The signal was in block 11 with delay 1; the fragment is block 12, whose header has no digest. */
    outcome o = FOLLOW(true, plain(12, 0), plain(13, 1));
    assert_status(o.status, MOTE_E_HANDOVER_MISSING);
    assert_int_equal(o.index, 0);
    assert_int_equal(o.fragments, 0);
}

static void W28_a_set_id_that_is_not_the_voters(void **state) {
    (void)state;
    const test_fragment fragment = plain(11, 0);
    const setting drifted = {.number = 10, .set_id = 8};
    outcome o = follow(build_warp_proof(&fragment, 1, true), &drifted);
    assert_status(o.status, MOTE_E_BAD_SIGNATURE);
    assert_int_equal(o.fragments, 0);
}

static void W29_the_layout_with_descendant_headers(void **state) {
    (void)state;
    const test_fragment fragment = handover(11, 0);
    test_buffer with_headers = {0};
    append_span(&with_headers, fragment.header.data, fragment.header.size);
    append_compact(&with_headers, 0); /* no descendants: the mildest difference */
    test_fragment other = {buffer_bytes(&with_headers), fragment.justification};
    outcome o = FOLLOW(true, other);
    /* Read one byte off, the counts are parts of hashes, beyond every limit. */
    assert_status(o.status, MOTE_E_LIMIT_COUNT);
    assert_int_equal(o.fragments, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(W01_empty_and_finished_is_nothing_newer),
        cmocka_unit_test(W02_empty_and_unfinished),
        cmocka_unit_test(W03_is_finished_of_two),
        cmocka_unit_test(W04_a_middle_fragment_without_change),
        cmocka_unit_test(W05_the_last_one_without_change_unfinished),
        cmocka_unit_test(W06_the_last_one_without_change_finished),
        cmocka_unit_test(W07_a_justification_for_another_block),
        cmocka_unit_test(W08_the_right_hash_with_another_number),
        cmocka_unit_test(W09_swapped_repeated_decreasing),
        cmocka_unit_test(W10_starting_at_or_below_the_trusted_height),
        cmocka_unit_test(W10_right_behind_another_block_than_the_trusted_one),
        cmocka_unit_test(W11_a_forced_change_alone),
        cmocka_unit_test(W12_a_forced_and_a_scheduled_change),
        cmocka_unit_test(W13_a_delay_of_one),
        cmocka_unit_test(W14_next_sets_that_cannot_be),
        cmocka_unit_test(W15_set_ids_that_overflow),
        cmocka_unit_test(W16_a_listed_hard_fork_needs_no_justification),
        cmocka_unit_test(W17_another_block_at_the_hard_forks_height),
        cmocka_unit_test(W18_eight_mebibytes_and_one_byte_more),
        cmocka_unit_test(W19_good_fragments_before_a_bad_one_are_kept),
        cmocka_unit_test(W20_a_proof_of_another_chain_with_the_same_keys),
        cmocka_unit_test(W21_ending_at_a_slot_in_the_future),
        cmocka_unit_test(W22_ending_weeks_in_the_past),
        cmocka_unit_test(W23_a_checkpoint_older_than_the_window),
        cmocka_unit_test(W25_a_stream_that_never_ends),
        cmocka_unit_test(W26_a_set_change_in_every_block),
        cmocka_unit_test(W27_a_justification_for_the_block_after_a_delayed_change),
        cmocka_unit_test(W28_a_set_id_that_is_not_the_voters),
        cmocka_unit_test(W29_the_layout_with_descendant_headers),
        cmocka_unit_test(W30_across_a_hard_fork_the_list_wins),
    };
    return cmocka_run_group_tests_name("rows/warp", tests, NULL, NULL);
}
