/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can be said of a checkpoint by looking at it alone (verification-rules G.5, K04): very little. That its header
 * and set belong together shows with the first justification.
 */
#include "coherence.h"

#include <string.h>

#include "mote/issue.h"

static mote_status incoherent(mote_context *context, const uint8_t *at) {
    return mote_fail(context, MOTE_E_CHECKPOINT_INCOHERENT, at, MOTE_NO_INDEX);
}

static mote_status build_set(mote_context *context, mote_checkpoint *out, uint64_t set_id) {
    const mote_authority_list *list = &out->authorities;
    mote_voter *voters = mote_context_take(context, list->count, sizeof *voters);
    if (voters == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, list->items, MOTE_NO_INDEX);
    mote_status status =
        mote_authority_set_build(context, &out->set, voters, list->count, list, set_id, 0);
    /* A set that cannot be is not a source's lie here but a wrong starting point. */
    return status == MOTE_E_AUTHORITIES_INVALID ? incoherent(context, list->items) : status;
}

static void issue(mote_checkpoint *out) {
    mote_finalized_header *finalized = &out->finalized;
    finalized->hash = out->header.hash;
    finalized->number = out->header.number;
    finalized->parent_hash = out->header.parent_hash;
    finalized->state_root = out->header.state_root;
    finalized->extrinsics_root = out->header.extrinsics_root;
    finalized->set_id = out->set.set_id;
    mote_issue_finalized_header(finalized);
}

bool mote_checkpoint_is_known(const mote_hash *genesis) {
    static const mote_hash unknown = {{0}};
    return !mote_hash_equal(genesis, &unknown);
}

static mote_status check_block_zero(mote_context *context, const mote_checkpoint *checkpoint,
                                    uint64_t set_id, const mote_chain *chain) {
    const mote_header *header = &checkpoint->header;
    if (header->number != 0) return MOTE_OK;
    if (set_id != 0) return incoherent(context, header->encoded.data);
    if (chain == NULL || !mote_checkpoint_is_known(&chain->genesis)) return MOTE_OK;
    if (mote_hash_equal(&header->hash, &chain->genesis)) return MOTE_OK;
    return mote_fail(context, MOTE_E_GENESIS_MISMATCH, header->encoded.data, MOTE_NO_INDEX);
}

mote_status mote_checkpoint_complete(mote_context *context, mote_checkpoint *out, mote_bytes header,
                                     uint64_t set_id, const mote_chain *chain) {
    mote_status status = mote_header_decode(context, &out->header, header);
    if (status != MOTE_OK) return status;
    status = build_set(context, out, set_id);
    if (status != MOTE_OK) return status;
    status = check_block_zero(context, out, set_id, chain);
    if (status != MOTE_OK) return status;
    out->has_slot = mote_header_babe_slot(&out->header, &out->slot);
    out->chain = chain;
    if (chain != NULL) out->genesis = chain->genesis;
    issue(out);
    return MOTE_OK;
}

static bool epoch_is_sound(const mote_babe_epoch *epoch) {
    return epoch->duration != 0 && epoch->authorities.count != 0 && epoch->c_denominator != 0 &&
           epoch->c_numerator <= epoch->c_denominator && epoch->allowed_slots <= 2;
}

mote_status mote_checkpoint_check_epochs(mote_context *context, const mote_checkpoint *checkpoint) {
    for (uint32_t i = 0; i < checkpoint->epoch_count; i++) {
        const mote_babe_epoch *epoch = &checkpoint->epoch[i];
        if (!epoch_is_sound(epoch)) return incoherent(context, epoch->authorities.items);
    }
    if (checkpoint->epoch_count == 0 || !checkpoint->has_slot) return MOTE_OK;
    bool current_has_begun = checkpoint->epoch[0].start_slot <= checkpoint->slot;
    bool next_has_not =
        checkpoint->epoch_count < 2 || checkpoint->epoch[1].start_slot > checkpoint->slot;
    return current_has_begun && next_has_not ? MOTE_OK
                                             : incoherent(context, checkpoint->header.encoded.data);
}
