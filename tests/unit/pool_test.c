/* SPDX-License-Identifier: Apache-2.0 */
/* The command line's threads (native/work_pool.h): one verdict with any number of them. Meant for ThreadSanitizer as well. */
#include "fixture.h"

#include "grandpa_builder.h"
#include "work_pool.h"
#include "warp_run.h"

#define VOTERS 20u
#define FRAGMENTS 60u

static test_fragment fragments[FRAGMENTS];

static mote_bytes proof_of(uint32_t count) {
    test_voter *voters = test_voters(0, VOTERS);
    for (uint32_t i = 0; i < count; i++) {
        test_digest digest = {0};
        const mote_hash parent = {{(uint8_t)i}};
        digest_add_scheduled_change(&digest, voters, VOTERS, 0);
        test_block block = test_block_at(&parent, 11 + i, 1, &digest);
        fragments[i] = (test_fragment){block.header,
                                       build_plain_justification(voters, VOTERS, &block, 3, 7 + i)};
    }
    return build_warp_proof(fragments, count, true);
}

typedef struct outcome {
    mote_status status;
    size_t offset;
    uint32_t links;
    bool finished;
} outcome;

static uint32_t drain(mote_warp *warp) {
    uint32_t links = 0;
    for (mote_warp_link link; mote_warp_next(warp, &link);) links++;
    return links;
}

static mote_status feed(mote_context *context, mote_warp *warp, pool *pool, mote_bytes proof,
                        uint32_t *links) {
    mote_work *work = mote_warp_work(warp);
    mote_status status = MOTE_OK;
    for (size_t at = 0, consumed; at < proof.size && status == MOTE_OK; at += consumed) {
        const size_t left = proof.size - at;
        const mote_bytes chunk = {proof.data + at, left < 9000 ? left : 9000};
        status = mote_warp_feed(context, warp, &consumed, chunk);
        *links += drain(warp);
        if (status != MOTE_OK) return status;
        if (consumed == 0) status = pool_wait(pool, context, work);
        pool_offer(pool, context, work);
    }
    while (status == MOTE_OK && mote_work_waiting(work) > 0) {
        status = pool_wait(pool, context, work);
    }
    return mote_warp_finish(context, warp);
}

static outcome follow(mote_bytes proof, uint32_t threads) {
    outcome out = {0};
    mote_context *context = fixture_context(24);
    mote_authority_set set = test_set(test_voters(0, VOTERS), VOTERS, 7);
    const mote_warp_start start = {
        .number = 10, .set = &set, .max_authorities = VOTERS, .threads = threads < 2 ? 0 : threads};
    mote_warp *warp;
    pool *pool = pool_open(threads);
    assert_int_equal(pool != NULL, threads > 1);
    assert_status(mote_warp_new(context, &warp, &start), MOTE_OK);
    out.status = feed(context, warp, pool, proof, &out.links);
    if (out.status != MOTE_OK) out.offset = context->fault.offset;
    pool_close(pool);
    out.links += drain(warp);
    out.finished = mote_warp_is_finished(warp);
    return out;
}

static outcome same_with_threads(mote_bytes proof) {
    const outcome alone = follow(proof, 1);
    for (uint32_t threads = 2; threads <= 5; threads++) {
        const outcome shared = follow(proof, threads);
        assert_status(shared.status, alone.status);
        assert_int_equal(shared.offset, alone.offset);
        assert_int_equal(shared.links, alone.links);
        assert_int_equal(shared.finished, alone.finished);
    }
    return alone;
}

static void warp_proofs(void **state) {
    (void)state;
    mote_bytes proof = proof_of(FRAGMENTS);
    const outcome whole = same_with_threads(proof);
    assert_status(whole.status, MOTE_OK);
    assert_int_equal(whole.links, FRAGMENTS);
    assert_true(whole.finished);
    size_t start = 1;
    for (uint32_t i = 0; i < FRAGMENTS; i++) {
        if (i % 11 == 3) {
            uint8_t *bytes = fixture_copy(proof);
            const size_t signature = start + fragments[i].header.size + 8 + 36 + 1 + 132 * 5 + 36;
            bytes[signature + 40] ^= 1;
            if (i % 2 == 0) bytes[proof.size - 3] ^= 1; /* and something behind it */
            const outcome bad = same_with_threads((mote_bytes){bytes, proof.size});
            assert_status(bad.status, MOTE_E_BAD_SIGNATURE);
            assert_int_equal(bad.links, i);
            assert_int_equal(bad.offset, signature);
            free(bytes);
        }
        start += fragments[i].header.size + fragments[i].justification.size;
    }
    (void)same_with_threads((mote_bytes){proof.data, proof.size / 2});
}

/* One after another in one pool, left in the middle: nothing of the one before is joined. */
static void proofs_that_are_left(void **state) {
    (void)state;
    mote_bytes proof = proof_of(FRAGMENTS);
    pool *pool = pool_open(3);
    mote_authority_set set = test_set(test_voters(0, VOTERS), VOTERS, 7);
    for (uint32_t i = 0; i < 6; i++) {
        mote_context *context = fixture_context(24);
        const mote_warp_start start = {
            .number = 10, .set = &set, .max_authorities = VOTERS, .threads = 3};
        mote_warp *warp;
        uint32_t links = 0;
        assert_status(mote_warp_new(context, &warp, &start), MOTE_OK);
        if (i % 2 == 0) {
            size_t consumed;
            assert_status(mote_warp_feed(context, warp, &consumed, proof), MOTE_OK);
            pool_offer(pool, context, mote_warp_work(warp));
        } else {
            assert_status(feed(context, warp, pool, proof, &links), MOTE_OK);
            assert_int_equal(links + drain(warp), FRAGMENTS);
        }
        pool_forget(pool);
    }
    pool_close(pool);
}

static void justifications(void **state) {
    (void)state;
    const mote_hash parent = {{1}};
    test_voter *voters = test_voters(0, 90);
    test_block block = test_block_at(&parent, 11, 1, NULL);
    mote_bytes good = build_plain_justification(voters, 90, &block, 3, 7);
    mote_authority_set set = test_set(voters, 90, 7);
    for (uint32_t bad = 0; bad <= 90; bad += 15) {
        uint8_t *bytes = fixture_copy(good);
        for (uint32_t i = bad; i < 90; i++) bytes[8 + 36 + 2 + i * 132 + 36 + 40] ^= 1;
        const mote_bytes justification = {bytes, good.size};
        mote_finalized_block alone, shared;
        mote_justification_report report, other;
        mote_status expected = mote_justification_verify(fixture_context(4), &alone, &report, &set,
                                                         justification, NULL);
        assert_status(expected, bad < 90 ? MOTE_E_BAD_SIGNATURE : MOTE_OK);
        for (uint32_t threads = 1; threads <= 4; threads++) {
            mote_context *context = fixture_context(4);
            mote_split_justification *split;
            pool *pool = pool_open(threads);
            assert_status(mote_justification_split(context, &split, &other, &set, justification,
                                                   NULL, threads),
                          MOTE_OK);
            mote_work *work = mote_justification_work(split);
            pool_offer(pool, context, work);
            while (mote_work_waiting(work) > 0)
                assert_status(pool_wait(pool, context, work), MOTE_OK);
            assert_status(mote_justification_join(context, &shared, split), expected);
            if (bad < 90) {
                assert_int_equal(context->fault.index, bad);
                assert_ptr_equal(context->fault.at, bytes + 8 + 36 + 2 + bad * 132 + 36);
            } else {
                assert_memory_equal(&shared, &alone, sizeof alone);
                assert_memory_equal(&other, &report, sizeof report);
                assert_status(mote_justification_join(context, &shared, split),
                              MOTE_E_BAD_ARGUMENT);
                assert_status(mote_finalized_block_check(&shared), MOTE_E_NO_EVIDENCE);
            }
            pool_close(pool);
        }
        free(bytes);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(warp_proofs),
        cmocka_unit_test(proofs_that_are_left),
        cmocka_unit_test(justifications),
    };
    return cmocka_run_group_tests_name("unit/pool", tests, NULL, NULL);
}
