/* SPDX-License-Identifier: Apache-2.0 */
/* The first byte says which headers of grandpa_world.h are known, the rest is a commit as gossiped. Whatever is made of
 * the voters' signatures, only blocks of the trunk become final; knowing more headers never unmakes that, unless they
 * show a vote to be elsewhere. */
#include "grandpa_world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static mote_status verify(mote_bytes commit, const mote_header *headers, size_t count,
                          mote_finalized_block *block) {
    const grandpa_world *world = the_grandpa_world();
    mote_context *context = fixture_context(1);
    mote_justification_report report;
    mote_status status =
        mote_commit_verify(context, block, &report, &world->set, commit, headers, count);
    world_require(context->used == 0);
    if (status == MOTE_OK) {
        world_require(world_is_trunk(&block->hash, block->number));
        world_require(report.counted_weight >= world->set.threshold);
    } else {
        world_require(mote_finalized_block_check(block) != MOTE_OK);
        world_require(context->fault.status == status);
    }
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    const grandpa_world *world = the_grandpa_world();
    const mote_bytes commit = {data + 1, size - 1};
    mote_header known[WORLD_TRUNK + WORLD_FORK];
    size_t count = 0;
    for (size_t i = 0; i < WORLD_TRUNK + WORLD_FORK; i++) {
        if (data[0] >> i & 1) known[count++] = world->headers[i];
    }
    mote_finalized_block some, all;
    mote_status with_some = verify(commit, known, count, &some);
    mote_status with_all = verify(commit, world->headers, WORLD_TRUNK + WORLD_FORK, &all);
    if (with_some == MOTE_OK && with_all == MOTE_OK) {
        world_require(mote_hash_equal(&some.hash, &all.hash));
    }
    if (with_some == MOTE_OK && with_all != MOTE_OK) {
        world_require(with_all == MOTE_E_VOTE_NOT_DESCENDANT || with_all == MOTE_E_ANCESTRY_NUMBER);
    }
    return 0;
}
