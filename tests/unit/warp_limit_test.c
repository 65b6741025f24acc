/* SPDX-License-Identifier: Apache-2.0 */
/* Limits of the warp decoder that its host sets. */
#include "fixture.h"

#include "grandpa_builder.h"
#include "mote/warp.h"

#define VOTERS 4u

static test_fragment handover(uint32_t number, uint32_t set) {
    test_digest digest = {0};
    const mote_hash parent = {{(uint8_t)number}};
    digest_add_scheduled_change(&digest, test_voters(100 * (set + 1), VOTERS), VOTERS, 0);
    test_block block = test_block_at(&parent, number, 1, &digest);
    return (test_fragment){block.header, build_plain_justification(test_voters(100 * set, VOTERS),
                                                                   VOTERS, &block, 3, 7 + set)};
}

static mote_status follow(uint32_t *verified, mote_bytes proof, size_t chunk, size_t largest) {
    mote_warp *warp;
    mote_context *context = fixture_context(16);
    mote_authority_set set = test_set(test_voters(0, VOTERS), VOTERS, 7);
    const mote_warp_start start = {
        .number = 10, .set = &set, .max_authorities = 64, .max_fragment_size = largest};
    assert_status(mote_warp_new(context, &warp, &start), MOTE_OK);
    for (size_t at = 0, consumed; at < proof.size; at += consumed) {
        size_t size = proof.size - at < chunk ? proof.size - at : chunk;
        if (mote_warp_feed(context, warp, &consumed, (mote_bytes){proof.data + at, size}) !=
            MOTE_OK)
            break;
    }
    mote_status status = mote_warp_finish(context, warp);
    *verified = mote_warp_fragments(warp);
    return status;
}

/* The last fragment is followed by is_finished, which is no part of it: the limit is the same for all. */
static void a_fragment_of_the_largest_size_first_and_last(void **state) {
    (void)state;
    uint32_t verified;
    const test_fragment fragments[] = {handover(11, 0), handover(12, 1)};
    const size_t size = fragments[0].header.size + fragments[0].justification.size;
    assert_int_equal(size, fragments[1].header.size + fragments[1].justification.size);
    mote_bytes proof = build_warp_proof(fragments, 2, true);
    for (size_t chunk = 1; chunk <= proof.size; chunk += 97) {
        assert_status(follow(&verified, proof, chunk, size), MOTE_OK);
        assert_int_equal(verified, 2);
        assert_status(follow(&verified, proof, chunk, size - 1), MOTE_E_LIMIT_SIZE);
        assert_int_equal(verified, 0);
    }
}

/* A limit that no memory could hold is the proof's own. */
static void a_largest_size_beyond_every_proof(void **state) {
    (void)state;
    uint32_t verified;
    const test_fragment fragment = handover(11, 0);
    mote_bytes proof = build_warp_proof(&fragment, 1, true);
    assert_status(follow(&verified, proof, proof.size, SIZE_MAX), MOTE_OK);
    assert_int_equal(verified, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fragment_of_the_largest_size_first_and_last),
        cmocka_unit_test(a_largest_size_beyond_every_proof),
    };
    return cmocka_run_group_tests_name("unit/warp_limit", tests, NULL, NULL);
}
