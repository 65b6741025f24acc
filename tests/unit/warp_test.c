/* SPDX-License-Identifier: Apache-2.0 */
/* The warp decoder's contract: where fragments end, what chunks change (nothing), what is reported when, memory. */
#include "fixture.h"

#include "fragment_scan.h"
#include "grandpa_builder.h"
#include "mote/limits.h"
#include "mote/warp.h"
#include "units.h"

#define VOTERS 4u
#define FIRST_SET_ID 7u

/* --- a network: set i is voters 100 (i + 1) and up; block 11 + i hands over from set i to the next ------------------- */

static test_voter *set_voters(uint32_t index) {
    return test_voters(100 * (index + 1), VOTERS);
}

static test_fragment fragment(uint32_t index, bool hands_over, size_t padding) {
    test_digest digest = {0};
    const mote_hash parent = {{(uint8_t)index}};
    uint8_t *zeros = calloc(padding + 1, 1);
    if (padding != 0) digest_add(&digest, MOTE_DIGEST_OTHER, NULL, (mote_bytes){zeros, padding});
    if (hands_over) digest_add_scheduled_change(&digest, set_voters(index + 1), VOTERS, 0);
    test_block block = test_block_at(&parent, 11 + index, 1, &digest);
    free(zeros);
    return (test_fragment){
        block.header,
        build_plain_justification(set_voters(index), VOTERS, &block, 3, FIRST_SET_ID + index)};
}

/* `count` fragments of which all but the last hand over. */
static mote_bytes proof_of(test_fragment *fragments, uint32_t count, size_t padding) {
    for (uint32_t i = 0; i < count; i++) fragments[i] = fragment(i, i + 1 < count, padding);
    return build_warp_proof(fragments, count, true);
}

static mote_bytes with_zeros_behind(mote_bytes proof, size_t size) {
    uint8_t *bytes = calloc(size, 1);
    memcpy(bytes, proof.data, proof.size);
    return (mote_bytes){bytes, size};
}

static mote_warp *begin(mote_context *context, size_t max_fragment_size, uint32_t threads) {
    mote_authority_set set = test_set(set_voters(0), VOTERS, FIRST_SET_ID);
    const mote_warp_start start = {.number = 10,
                                   .set = &set,
                                   .max_authorities = 64,
                                   .max_fragment_size = max_fragment_size,
                                   .threads = threads};
    mote_warp *warp;
    assert_status(mote_warp_new(context, &warp, &start), MOTE_OK);
    /* The decoder has its own copy. */
    memset(set.voter, 0xee, set.voters * sizeof *set.voter);
    free(set.voter);
    return warp;
}

typedef struct outcome {
    mote_status status;
    size_t offset;
    uint32_t index, links, fragments;
    bool finished;
} outcome;

static uint32_t drain(mote_warp *warp) {
    uint32_t links = 0;
    for (mote_warp_link link; mote_warp_next(warp, &link); links++) {
        assert_status(mote_finalized_header_check(&link.header), MOTE_OK);
    }
    return links;
}

static outcome follow_with(mote_bytes proof, size_t step, uint32_t threads, test_units *units) {
    outcome out = {0};
    mote_context *context = fixture_context(24);
    mote_warp *warp = begin(context, 2u << 20, threads);
    for (size_t at = 0, consumed; at < proof.size; at += consumed) {
        size_t left = proof.size - at;
        mote_bytes chunk = {proof.data + at, left < step ? left : step};
        if (mote_warp_feed(context, warp, &consumed, chunk) != MOTE_OK) break;
        uint32_t links = drain(warp);
        out.links += links;
        if (consumed > 0 || links > 0 || units == NULL) continue;
        assert_true(test_units_step(units, context, mote_warp_work(warp)));
    }
    if (units != NULL) (void)test_units_step(units, context, mote_warp_work(warp));
    out.status = mote_warp_finish(context, warp);
    out.offset = out.status == MOTE_OK ? 0 : context->fault.offset;
    out.index = out.status == MOTE_OK ? 0 : context->fault.index;
    out.links += drain(warp);
    out.fragments = mote_warp_fragments(warp);
    out.finished = mote_warp_is_finished(warp);
    assert_int_equal(out.links, out.fragments);
    return out;
}

/* One outcome, whoever judges the signatures. */
static outcome follow(mote_bytes proof, size_t step) {
    const outcome out = follow_with(proof, step, 0, NULL);
    for (uint32_t threads = 1; threads <= 4; threads += 3) {
        test_units units = {.lot = (uint32_t)(proof.size + step) + threads};
        const outcome other = follow_with(proof, step, threads, &units);
        test_units_forget(&units);
        assert_status(other.status, out.status);
        assert_int_equal(other.offset, out.offset);
        assert_int_equal(other.index, out.index);
        assert_int_equal(other.links, out.links);
        assert_int_equal(other.finished, out.finished);
    }
    return out;
}

static void assert_same_in_chunks(mote_bytes proof, mote_status status, size_t offset,
                                  uint32_t links) {
    const size_t steps[] = {proof.size, 1u << 20, 65537, 1000};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        outcome o = follow(proof, steps[i]);
        assert_status(o.status, status);
        assert_int_equal(o.offset, offset);
        assert_int_equal(o.links, links);
        assert_false(o.finished);
    }
}

/* --- where a fragment ends ---------------------------------------------------------------------------------------------- */

static mote_status scan_all(mote_fragment_scan *scan, mote_bytes bytes, size_t *fault,
                            size_t limit) {
    const uint8_t *at = bytes.data;
    mote_fragment_scan_begin(scan);
    for (size_t size = 0; size <= bytes.size; size++) {
        mote_status status =
            mote_fragment_scan_look(scan, &at, (mote_bytes){bytes.data, size}, limit);
        *fault = (size_t)(at - bytes.data);
        if (status != MOTE_OK || scan->stage == MOTE_SCAN_DONE) return status;
    }
    return MOTE_OK;
}

/* The block's two children got a vote each, so two ancestry headers are in it; every digest type is in its header. */
static test_fragment fragment_of_everything(void) {
    test_digest digest = {0};
    digest_add(&digest, MOTE_DIGEST_OTHER, NULL, fixture_hex("0102030405"));
    digest_add(&digest, MOTE_DIGEST_PRE_RUNTIME, "BABE", fixture_hex("03"));
    digest_add_scheduled_change(&digest, set_voters(1), VOTERS, 0);
    digest_add(&digest, MOTE_DIGEST_SEAL, "BABE", (mote_bytes){NULL, 0});
    /* 8, environment updated, is a type byte alone. */
    append_u8(&digest.items, MOTE_DIGEST_ENVIRONMENT_UPDATED);
    digest.count++;
    const mote_hash parent = {{1}};
    test_block block = test_block_at(&parent, 11, 1, &digest);
    test_block children[] = {test_block_at(&block.hash, 12, 1, NULL),
                             test_block_at(&block.hash, 12, 2, &digest)};
    test_voter *voters = set_voters(0);
    const test_vote votes[] = {test_precommit(&voters[0], &children[0], 3, FIRST_SET_ID),
                               test_precommit(&voters[1], &children[1], 3, FIRST_SET_ID),
                               test_precommit(&voters[2], &block, 3, FIRST_SET_ID)};
    const test_justification parts = {.round = 3,
                                      .target_hash = block.hash,
                                      .target_number = 11,
                                      .votes = votes,
                                      .vote_count = 3,
                                      .ancestry = children,
                                      .ancestry_count = 2};
    return (test_fragment){block.header, build_justification(&parts)};
}

static void a_fragments_end_is_found_byte_by_byte(void **state) {
    (void)state;
    test_fragment whole = fragment_of_everything();
    test_buffer bytes = {0};
    append_span(&bytes, whole.header.data, whole.header.size);
    append_span(&bytes, whole.justification.data, whole.justification.size);
    append_span(&bytes, "what comes next", 15);
    mote_fragment_scan scan;
    size_t fault;
    assert_status(scan_all(&scan, buffer_bytes(&bytes), &fault, 1u << 20), MOTE_OK);
    assert_int_equal(scan.stage, MOTE_SCAN_DONE);
    assert_int_equal(scan.header_size, whole.header.size);
    assert_int_equal(scan.done, whole.header.size + whole.justification.size);
    assert_int_equal(scan.precommits, 3);
    assert_int_equal(scan.precommits_at, whole.header.size + 8 + 36 + 1);
    assert_status(follow(build_warp_proof(&whole, 1, true), 1).status, MOTE_OK);
}

/* Refused at its byte, before anything behind it has come. */
static void an_unknown_digest_type_is_refused_at_once(void **state) {
    (void)state;
    static const uint8_t unknown[] = {1, 2, 3, 7, 9, 255};
    const size_t type_at = 32 + 1 + 64 + 1;
    for (size_t i = 0; i < sizeof unknown; i++) {
        uint8_t *bytes = fixture_copy(fragment(0, true, 0).header);
        bytes[type_at] = unknown[i];
        mote_fragment_scan scan;
        size_t fault;
        assert_status(scan_all(&scan, (mote_bytes){bytes, type_at + 1}, &fault, 1u << 20),
                      MOTE_E_BAD_DIGEST_TYPE);
        assert_int_equal(fault, type_at);
        free(bytes);
    }
}

static mote_status scan_hex(const char *hex, size_t zeros_before, size_t limit) {
    test_buffer bytes = {0};
    for (size_t i = 0; i < zeros_before; i++) append_u8(&bytes, 0);
    mote_bytes tail = fixture_hex(hex);
    append_span(&bytes, tail.data, tail.size);
    mote_fragment_scan scan;
    size_t fault;
    return scan_all(&scan, buffer_bytes(&bytes), &fault, limit);
}

/* Counts and lengths that a stream only claims are refused where they are claimed. */
static void claims_beyond_the_limits_are_refused_at_once(void **state) {
    (void)state;
    const size_t limit = 1u << 20;
    /* 1024 digest items, and one more */
    assert_status(scan_hex("0110", 32 + 1 + 64, limit), MOTE_OK);
    assert_status(scan_hex("0510", 32 + 1 + 64, limit), MOTE_E_LIMIT_COUNT);
    /* one item of 2^30 - 1 bytes; of just the limit */
    assert_status(scan_hex("0400feffffff", 32 + 1 + 64, limit), MOTE_E_LIMIT_SIZE);
    assert_status(scan_hex("040002004000", 32 + 1 + 64, limit), MOTE_E_LIMIT_SIZE);
    /* no items; then 2^30 - 1 precommits; 65537 ancestry headers behind no precommits */
    assert_status(scan_hex("feffffff", 32 + 1 + 64 + 1 + 44, limit), MOTE_E_LIMIT_COUNT);
    assert_status(scan_hex("0006000400", 32 + 1 + 64 + 1 + 44, limit), MOTE_E_LIMIT_COUNT);
    /* and one precommit more than fits */
    assert_status(scan_hex("04", 32 + 1 + 64 + 1 + 44, 200), MOTE_E_LIMIT_SIZE);
}

/* --- chunks ----------------------------------------------------------------------------------------------------------------- */

static void too_long_a_proof_is_the_same_in_any_chunks(void **state) {
    (void)state;
    test_fragment fragments[10];
    mote_bytes proof = proof_of(fragments, 10, 1000000);
    assert_true(proof.size > MOTE_MAX_WARP_PROOF_SIZE);
    assert_same_in_chunks(proof, MOTE_E_LIMIT_SIZE, MOTE_MAX_WARP_PROOF_SIZE, 8);
}

static void trailing_bytes_are_the_same_in_any_chunks(void **state) {
    (void)state;
    test_fragment fragments[2];
    mote_bytes proof = proof_of(fragments, 2, 0);
    const size_t sizes[] = {proof.size + 1, proof.size + 5000,
                            (size_t)MOTE_MAX_WARP_PROOF_SIZE + 1};
    for (size_t i = 0; i < 3; i++) {
        mote_bytes longer = with_zeros_behind(proof, sizes[i]);
        assert_same_in_chunks(longer, MOTE_E_TRAILING_BYTES, proof.size, 2);
        free_bytes(longer);
    }
}

static void empty_chunks_change_nothing(void **state) {
    (void)state;
    test_fragment fragments[2];
    mote_bytes proof = proof_of(fragments, 2, 0);
    mote_context *context = fixture_context(24);
    mote_warp *warp = begin(context, 0, 0);
    size_t consumed = 99;
    assert_status(mote_warp_feed(context, warp, &consumed, (mote_bytes){NULL, 0}), MOTE_OK);
    assert_int_equal(consumed, 0);
    assert_status(mote_warp_feed(context, warp, &consumed, proof), MOTE_OK);
    assert_int_equal(consumed, proof.size);
    assert_status(mote_warp_feed(context, warp, &consumed, (mote_bytes){NULL, 0}), MOTE_OK);
    assert_int_equal(consumed, 0);
    assert_status(mote_warp_finish(context, warp), MOTE_OK);
    assert_int_equal(drain(warp), 2);
}

/* --- links -------------------------------------------------------------------------------------------------------------------- */

static void feeding_stops_until_links_are_fetched(void **state) {
    (void)state;
    enum { COUNT = 40 };
    test_fragment fragments[COUNT];
    mote_bytes proof = proof_of(fragments, COUNT, 0);
    mote_context *context = fixture_context(24);
    mote_warp *warp = begin(context, 0, 0);
    size_t consumed, again, at = 0;
    assert_status(mote_warp_feed(context, warp, &consumed, proof), MOTE_OK);
    assert_true(consumed > 0 && consumed < proof.size);
    mote_bytes rest = {proof.data + consumed, proof.size - consumed};
    assert_status(mote_warp_feed(context, warp, &again, rest), MOTE_OK);
    assert_int_equal(again, 0);
    uint32_t links = 0;
    for (at = consumed; at < proof.size; at += consumed) {
        for (mote_warp_link link; mote_warp_next(warp, &link); links++) {
            assert_int_equal(link.index, links);
            assert_int_equal(link.header.number, 11 + links);
            assert_true(link.header.set_id == FIRST_SET_ID + links);
            assert_true(link.next_set_id == FIRST_SET_ID + links + (links + 1 < COUNT));
            assert_int_equal(link.hands_over, links + 1 < COUNT);
            assert_int_equal(link.report.counted_voters, VOTERS);
        }
        rest = (mote_bytes){proof.data + at, proof.size - at};
        assert_status(mote_warp_feed(context, warp, &consumed, rest), MOTE_OK);
    }
    assert_status(mote_warp_finish(context, warp), MOTE_OK);
    assert_int_equal(links + drain(warp), COUNT);
}

/* Whichever vote is forged, in whichever fragment: what comes before that fragment is verified, nothing else is, and
 * the fault names fragment and byte. */
static void a_forged_vote_is_named_wherever_it_is(void **state) {
    (void)state;
    enum { COUNT = 20 };
    test_fragment fragments[COUNT];
    mote_bytes proof = proof_of(fragments, COUNT, 0);
    size_t start = 1;
    for (uint32_t i = 0; i < COUNT; i++) {
        size_t votes = start + fragments[i].header.size + 8 + 36 + 1;
        for (uint32_t vote = 0; vote < VOTERS; vote++) {
            uint8_t *bytes = fixture_copy(proof);
            size_t signature = votes + vote * 132 + 36;
            bytes[signature + 40] ^= 1; /* in S */
            outcome o = follow((mote_bytes){bytes, proof.size}, proof.size);
            assert_status(o.status, MOTE_E_BAD_SIGNATURE);
            assert_int_equal(o.index, i);
            assert_int_equal(o.offset, signature);
            assert_int_equal(o.fragments, i);
            free(bytes);
        }
        start += fragments[i].header.size + fragments[i].justification.size;
    }
}

/* A forged vote comes before what is wrong with the layout behind it. */
static void the_first_failure_is_the_one_reported(void **state) {
    (void)state;
    test_fragment fragments[] = {fragment(0, true, 0), fragment(1, true, 0), fragment(1, true, 0)};
    mote_bytes proof = build_warp_proof(fragments, 3, true);
    uint8_t *bytes = fixture_copy(proof);
    outcome o = follow(proof, proof.size);
    assert_status(o.status, MOTE_E_NOT_ABOVE_TRUSTED);
    assert_int_equal(o.index, 2);
    bytes[1 + fragments[0].header.size + fragments[0].justification.size +
          fragments[1].header.size + 8 + 36 + 1 + 36 + 40] ^= 1;
    o = follow((mote_bytes){bytes, proof.size}, proof.size);
    assert_status(o.status, MOTE_E_BAD_SIGNATURE);
    assert_int_equal(o.index, 1);
    free(bytes);
}

static void the_first_failure_stays(void **state) {
    (void)state;
    test_fragment fragments[] = {fragment(0, true, 0), fragment(0, true, 0)};
    mote_bytes proof = build_warp_proof(fragments, 2, true);
    mote_context *context = fixture_context(24);
    mote_warp *warp = begin(context, 0, 0);
    size_t consumed = 99;
    assert_status(mote_warp_feed(context, warp, &consumed, proof), MOTE_E_NOT_ABOVE_TRUSTED);
    assert_int_equal(consumed, 0);
    const mote_fault fault = context->fault;
    for (unsigned i = 0; i < 2; i++) {
        mote_context_clear_fault(context);
        assert_status(mote_warp_feed(context, warp, &consumed, proof), MOTE_E_NOT_ABOVE_TRUSTED);
        assert_int_equal(context->fault.offset, fault.offset);
        assert_int_equal(context->fault.index, 1);
        assert_status(mote_warp_finish(context, warp), MOTE_E_NOT_ABOVE_TRUSTED);
    }
    mote_finalized_header head;
    assert_true(mote_warp_head(warp, &head));
    assert_int_equal(head.number, 11);
    assert_status(mote_finalized_header_check(&head), MOTE_OK);
    assert_true(mote_warp_set(warp)->set_id == FIRST_SET_ID + 1);
    assert_int_equal(drain(warp), 1);
}

static void finished_only_when_all_of_it_is_verified(void **state) {
    (void)state;
    test_fragment fragments[2];
    mote_bytes proof = proof_of(fragments, 2, 0);
    mote_context *context = fixture_context(24);
    mote_warp *warp = begin(context, 0, 0);
    mote_finalized_header head;
    size_t consumed;
    assert_false(mote_warp_head(warp, &head));
    assert_status(mote_finalized_header_check(&head), MOTE_E_NO_EVIDENCE);
    assert_int_equal(mote_warp_fragments(warp), 0);
    assert_status(mote_warp_feed(context, warp, &consumed, proof), MOTE_OK);
    assert_false(mote_warp_is_finished(warp)); /* signatures wait */
    assert_status(mote_warp_finish(context, warp), MOTE_OK);
    assert_true(mote_warp_is_finished(warp));
    uint8_t *bytes = fixture_copy(proof);
    bytes[proof.size - 200] ^= 1; /* in the last fragment */
    outcome o = follow((mote_bytes){bytes, proof.size}, proof.size);
    free(bytes);
    assert_int_not_equal(o.status, MOTE_OK);
    assert_int_equal(o.fragments, 1);
    assert_false(o.finished);
    assert_false(follow(build_warp_proof(fragments, 1, false), 1000).finished);
}

/* What the caller only assumed is still an assumption after any number of hand-overs. */
static void an_assumed_set_stays_assumed(void **state) {
    (void)state;
    test_fragment fragments[3];
    mote_bytes proof = proof_of(fragments, 3, 0);
    mote_context *context = fixture_context(24);
    mote_authority_set set = test_set(set_voters(0), VOTERS, FIRST_SET_ID);
    set.assumed = MOTE_ASSUMED_AUTHORITIES;
    const mote_warp_start start = {.number = 10, .set = &set, .max_authorities = 64};
    mote_warp *warp;
    mote_warp_link link;
    size_t consumed;
    assert_status(mote_warp_new(context, &warp, &start), MOTE_OK);
    assert_status(mote_warp_feed(context, warp, &consumed, proof), MOTE_OK);
    assert_status(mote_warp_finish(context, warp), MOTE_OK);
    for (unsigned i = 0; i < 3; i++) {
        assert_true(mote_warp_next(warp, &link));
        assert_int_equal(link.header.assumed, MOTE_ASSUMED_AUTHORITIES);
    }
    assert_int_equal(mote_warp_set(warp)->assumed, MOTE_ASSUMED_AUTHORITIES);
    free(set.voter);
}

/* --- limits and memory ----------------------------------------------------------------------------------------------------- */

/* Far more votes than voters are no honest message; the reason is not the caller's memory. */
static void absurdly_many_votes(void **state) {
    (void)state;
    const mote_hash parent = {{1}};
    test_block block = test_block_at(&parent, 11, 1, NULL);
    const size_t count = MOTE_ED25519_MAX_BATCH + 1;
    test_vote *votes = calloc(count, sizeof *votes);
    test_voter *voters = set_voters(0);
    for (size_t i = 0; i < count; i++)
        votes[i] = i < VOTERS ? test_precommit(&voters[i], &block, 3, FIRST_SET_ID) : votes[0];
    const test_justification parts = {.round = 3,
                                      .target_hash = block.hash,
                                      .target_number = 11,
                                      .votes = votes,
                                      .vote_count = count};
    test_fragment fragment_of_many = {block.header, build_justification(&parts)};
    free(votes);
    outcome o = follow(build_warp_proof(&fragment_of_many, 1, true), 1u << 20);
    assert_status(o.status, MOTE_E_LIMIT_SIZE);
    mote_context *context = fixture_context(24);
    mote_warp *warp = begin(context, 4u << 20, 0);
    mote_bytes proof = build_warp_proof(&fragment_of_many, 1, true);
    size_t consumed;
    assert_status(mote_warp_feed(context, warp, &consumed, proof), MOTE_E_LIMIT_COUNT);
}

/* As much as mote_warp_memory says is enough, whatever the alignment of the block. */
static void the_memory_it_says_is_enough(void **state) {
    (void)state;
    static const uint8_t seed[32] = {1};
    enum { COUNT = 20 };
    test_fragment fragments[COUNT];
    mote_bytes proof = proof_of(fragments, COUNT, 0);
    for (size_t shift = 0; shift < 16; shift += 5) {
        size_t size = mote_warp_memory(VOTERS, 4096);
        uint8_t *memory = malloc(size + shift);
        mote_context context;
        mote_context_init(&context, memory + shift, size, seed);
        mote_authority_set set = test_set(set_voters(0), VOTERS, FIRST_SET_ID);
        const mote_warp_start start = {
            .number = 10, .set = &set, .max_authorities = VOTERS, .max_fragment_size = 4096};
        mote_warp *warp;
        uint32_t links = 0;
        assert_status(mote_warp_new(&context, &warp, &start), MOTE_OK);
        for (size_t at = 0, consumed; at < proof.size; at += consumed) {
            mote_bytes rest = {proof.data + at, proof.size - at};
            assert_status(mote_warp_feed(&context, warp, &consumed, rest), MOTE_OK);
            links += drain(warp);
        }
        assert_status(mote_warp_finish(&context, warp), MOTE_OK);
        assert_int_equal(links + drain(warp), COUNT);
        free(memory);
        free(set.voter);
    }
}

static void starting_without_a_set(void **state) {
    (void)state;
    mote_warp *warp;
    mote_authority_set empty = {0};
    const mote_warp_start none = {.number = 10}, of_nobody = {.number = 10, .set = &empty};
    assert_status(mote_warp_new(fixture_context(24), &warp, &none), MOTE_E_NO_EVIDENCE);
    assert_null(warp);
    assert_status(mote_warp_new(fixture_context(24), &warp, &of_nobody), MOTE_E_NO_EVIDENCE);
    assert_null(warp);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fragments_end_is_found_byte_by_byte),
        cmocka_unit_test(an_unknown_digest_type_is_refused_at_once),
        cmocka_unit_test(claims_beyond_the_limits_are_refused_at_once),
        cmocka_unit_test(too_long_a_proof_is_the_same_in_any_chunks),
        cmocka_unit_test(trailing_bytes_are_the_same_in_any_chunks),
        cmocka_unit_test(empty_chunks_change_nothing),
        cmocka_unit_test(feeding_stops_until_links_are_fetched),
        cmocka_unit_test(a_forged_vote_is_named_wherever_it_is),
        cmocka_unit_test(the_first_failure_is_the_one_reported),
        cmocka_unit_test(the_first_failure_stays),
        cmocka_unit_test(finished_only_when_all_of_it_is_verified),
        cmocka_unit_test(an_assumed_set_stays_assumed),
        cmocka_unit_test(absurdly_many_votes),
        cmocka_unit_test(the_memory_it_says_is_enough),
        cmocka_unit_test(starting_without_a_set),
    };
    return cmocka_run_group_tests_name("unit/warp", tests, NULL, NULL);
}
