/* SPDX-License-Identifier: Apache-2.0 */
/* The first link: the trusted checkpoint is the one the bundle was made for, and young enough to be trusted. */
#include "walk.h"

#include <string.h>

static bool is_zero(const mote_hash *hash) {
    static const mote_hash zero = {{0}};
    return mote_hash_equal(hash, &zero);
}

static const uint8_t *genesis_at(const mote_bundle *bundle) {
    return bundle->encoded.data + bundle->head_size - MOTE_BUNDLE_HEAD_TAIL;
}

static mote_status check_chain(mote_context *context, const mote_bundle_walk *walk) {
    const mote_bundle *bundle = &walk->bundle;
    const mote_checkpoint *checkpoint = walk->checkpoint;
    bool both_say = !is_zero(&bundle->genesis) && !is_zero(&checkpoint->genesis);
    if (both_say && !mote_hash_equal(&bundle->genesis, &checkpoint->genesis)) {
        return mote_fail(context, MOTE_E_GENESIS_MISMATCH, genesis_at(bundle), MOTE_NO_INDEX);
    }
    /* People will read the name: where it can be judged it must not be another chain's. */
    if (bundle->chain[0] != 0 && checkpoint->chain != NULL &&
        mote_chain_by_name(bundle->chain) != checkpoint->chain) {
        const uint8_t *at = genesis_at(bundle) - strlen(bundle->chain);
        return mote_fail(context, MOTE_E_GENESIS_MISMATCH, at, MOTE_NO_INDEX);
    }
    return MOTE_OK;
}

static mote_status check_digest(mote_context *context, const mote_bundle_walk *walk) {
    const mote_bundle *bundle = &walk->bundle;
    if (is_zero(&bundle->checkpoint_digest)) return MOTE_OK;
    const mote_hash digest = mote_checkpoint_digest(walk->checkpoint);
    if (mote_hash_equal(&bundle->checkpoint_digest, &digest)) return MOTE_OK;
    return mote_fail(context, MOTE_E_CHECKPOINT_MISMATCH, genesis_at(bundle) + 32, MOTE_NO_INDEX);
}

static mote_status check_head(mote_context *context, const mote_bundle *bundle) {
    const size_t size = bundle->head_size - MOTE_BUNDLE_CHECK_SIZE;
    const uint8_t *head = bundle->encoded.data;
    return mote_bundle_check(context, (mote_bytes){head, size}, head + size);
}

static mote_status check_age(mote_context *context, mote_bundle_walk *walk, mote_link *link) {
    link->age = mote_checkpoint_age(walk->checkpoint, walk->now);
    if (link->age.freshness == MOTE_AGE_UNKNOWN) {
        walk->assumed |= MOTE_ASSUMED_CHECKPOINT_AGE;
        return MOTE_OK;
    }
    mote_status status = mote_age_status(&link->age);
    if (status == MOTE_OK) return MOTE_OK;
    /* The bundle has no byte that says it: its first one stands for all. */
    return mote_fail(context, status, walk->bundle.encoded.data, MOTE_NO_INDEX);
}

static void start_from(mote_bundle_walk *walk) {
    const mote_checkpoint *checkpoint = walk->checkpoint;
    walk->set = checkpoint->set;
    walk->set.assumed |= walk->assumed;
    mote_bundle_reach(walk, &checkpoint->finalized);
    walk->assumed |= checkpoint->finalized.assumed | checkpoint->set.assumed;
}

mote_status mote_bundle_step_checkpoint(mote_context *context, mote_bundle_walk *walk,
                                        mote_link *link, bool *made) {
    if (walk->opened) return MOTE_OK;
    walk->opened = true;
    const mote_checkpoint *checkpoint = walk->checkpoint;
    link->hash = checkpoint->header.hash;
    link->number = checkpoint->header.number;
    link->state_root = checkpoint->header.state_root;
    link->set_id = checkpoint->set.set_id;
    link->authorities = checkpoint->set.listed;
    mote_bundle_piece(walk, link, walk->bundle.encoded.data + walk->bundle.head_size);
    mote_status status = check_chain(context, walk);
    if (status == MOTE_OK) status = check_digest(context, walk);
    if (status == MOTE_OK) status = check_head(context, &walk->bundle);
    if (status == MOTE_OK) status = check_age(context, walk, link);
    if (status != MOTE_OK) return status;
    start_from(walk);
    *made = true;
    return MOTE_OK;
}
