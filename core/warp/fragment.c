/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One fragment (client/consensus/grandpa/src/warp_proof.rs verify; verification-rules B.6, B.7). Sound because a
 * fragment's block is final under the set that is in office, and the scheduled change in that very block names the next
 * set: with delay 0 it takes office behind it.
 */
#include <string.h>

#include "mote/issue.h"
#include "warp_state.h"

static const mote_hard_fork *find_hard_fork(const mote_chain *chain, const mote_header *header) {
    if (chain == NULL) return NULL;
    for (size_t i = 0; i < chain->hard_fork_count; i++) {
        const mote_hard_fork *fork = &chain->hard_forks[i];
        if (fork->number == header->number && mote_hash_equal(&fork->hash, &header->hash))
            return fork;
    }
    return NULL;
}

static mote_status build_next_set(mote_context *context, mote_warp *warp, mote_pending_link *entry,
                                  const mote_authority_list *list, uint64_t set_id) {
    if (list->count > warp->max_authorities)
        return mote_fail(context, MOTE_E_LIMIT_COUNT, list->items, MOTE_NO_INDEX);
    if (list->count > warp->pool_size - warp->pool_used) {
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, list->items, MOTE_NO_INDEX);
    }
    mote_status status = mote_authority_set_build(
        context, &entry->set, warp->pool + warp->pool_used, warp->pool_size - warp->pool_used, list,
        set_id, warp->newest_set.assumed);
    if (status == MOTE_OK) entry->link.hands_over = true;
    return status;
}

static mote_status apply_hard_fork(mote_context *context, mote_warp *warp, mote_pending_link *entry,
                                   const mote_hard_fork *fork) {
    const mote_authority_list list = {warp->chain->hard_fork_authorities,
                                      (uint32_t)warp->chain->hard_fork_authority_count};
    entry->link.hard_fork = true;
    return build_next_set(context, warp, entry, &list, fork->set_id);
}

static mote_status apply_change(mote_context *context, mote_warp *warp, mote_pending_link *entry,
                                const mote_header *header) {
    mote_grandpa_log change;
    bool may_lack = warp->is_finished && warp->fragments_read + 1 == warp->fragments_claimed;
    if (mote_header_find_grandpa_log(header, &change, MOTE_GRANDPA_FORCED_CHANGE)) {
        return mote_fail(context, MOTE_E_FORCED_CHANGE, header->encoded.data, MOTE_NO_INDEX);
    }
    if (!mote_header_find_grandpa_log(header, &change, MOTE_GRANDPA_SCHEDULED_CHANGE)) {
        if (!may_lack)
            return mote_fail(context, MOTE_E_HANDOVER_MISSING, header->encoded.data, MOTE_NO_INDEX);
        entry->set = warp->newest_set;
        return MOTE_OK;
    }
    if (change.delay != 0)
        return mote_fail(context, MOTE_E_DELAYED_CHANGE, change.next.items, MOTE_NO_INDEX);
    if (warp->newest_set.set_id == UINT64_MAX) {
        return mote_fail(context, MOTE_E_SET_ID_OVERFLOW, header->encoded.data, MOTE_NO_INDEX);
    }
    return build_next_set(context, warp, entry, &change.next, warp->newest_set.set_id + 1);
}

static void fill_header(mote_finalized_header *out, const mote_header *header,
                        const mote_authority_set *set) {
    out->hash = header->hash;
    out->number = header->number;
    out->parent_hash = header->parent_hash;
    out->state_root = header->state_root;
    out->extrinsics_root = header->extrinsics_root;
    out->set_id = set->set_id;
    out->assumed = set->assumed;
}

/* An honest justification has at most two votes of each voter; what has more is not short of our memory. */
static mote_status no_room(mote_context *context, const mote_warp *warp, mote_bytes justification) {
    bool is_absurd = warp->scan.precommits > warp->batch_capacity &&
                     warp->scan.precommits / 2 > warp->max_authorities;
    return mote_fail(context, is_absurd ? MOTE_E_LIMIT_COUNT : MOTE_E_LIMIT_MEMORY,
                     justification.data, MOTE_NO_INDEX);
}

/* Above the block before; and the very child of where it starts names that as its parent. */
static mote_status check_place(mote_context *context, const mote_warp *warp,
                               const mote_header *header) {
    static const mote_hash unknown = {{0}};
    if (header->number <= warp->last_number) {
        return mote_fail(context, MOTE_E_NOT_ABOVE_TRUSTED, header->encoded.data, MOTE_NO_INDEX);
    }
    bool is_child = header->number - 1 == warp->last_number;
    if (!is_child || mote_hash_equal(&warp->start_hash, &unknown)) return MOTE_OK;
    if (mote_hash_equal(&header->parent_hash, &warp->start_hash)) return MOTE_OK;
    return mote_fail(context, MOTE_E_HEADER_LINK, header->encoded.data, MOTE_NO_INDEX);
}

static mote_status judge(mote_context *context, mote_warp *warp, mote_pending_link *entry,
                         const mote_header *header, mote_bytes justification) {
    mote_status placed = check_place(context, warp, header);
    if (placed != MOTE_OK) return placed;
    const mote_hard_fork *fork = find_hard_fork(warp->chain, header);
    if (fork != NULL) {
        mote_justification_report unused;
        mote_status status = mote_justification_decode(context, &unused, justification);
        return status != MOTE_OK ? status : apply_hard_fork(context, warp, entry, fork);
    }
    mote_unsigned_block block;
    size_t waiting = mote_ed25519_batch_count(warp->batch);
    /* The batch takes all of a justification or nothing: whether it has room is known beforehand. */
    if (warp->scan.precommits > warp->batch_capacity - waiting)
        return no_room(context, warp, justification);
    mote_status status = apply_change(context, warp, entry, header);
    if (status != MOTE_OK) return status;
    return mote_justification_check(context, &block, &entry->link.report, warp->batch,
                                    &warp->newest_set, justification, header);
}

mote_status mote_warp_judge_fragment(mote_context *context, mote_warp *warp, mote_bytes fragment) {
    mote_header header;
    mote_pending_link *entry =
        &warp->link[(warp->first + warp->verified + warp->pending) % MOTE_WARP_LINKS];
    memset(entry, 0, sizeof *entry);
    mote_bytes justification = {fragment.data + warp->scan.header_size,
                                fragment.size - warp->scan.header_size};
    mote_status status =
        mote_header_decode(context, &header, (mote_bytes){fragment.data, warp->scan.header_size});
    if (status != MOTE_OK) return status;
    entry->link.index = warp->fragments_read;
    entry->first_signature = mote_ed25519_batch_count(warp->batch);
    entry->precommits_offset = warp->fragment_offset + warp->scan.precommits_at;
    fill_header(&entry->link.header, &header, &warp->newest_set);
    status = judge(context, warp, entry, &header, justification);
    if (status != MOTE_OK) return status;
    entry->link.next_set_id = entry->set.set_id;
    entry->link.next_authorities = entry->set.listed;
    if (entry->link.hands_over) warp->pool_used += entry->set.voters;
    warp->newest_set = entry->set;
    warp->last_number = header.number;
    memset(&warp->start_hash, 0, sizeof warp->start_hash);
    warp->pending++;
    return MOTE_OK;
}

/* --- signatures of what waits ------------------------------------------------------------------------------------ */

static void accept_first_pending(mote_warp *warp) {
    mote_pending_link *entry = &warp->link[(warp->first + warp->verified) % MOTE_WARP_LINKS];
    mote_issue_finalized_header(&entry->link.header);
    warp->head = entry->link.header;
    warp->verified_set = entry->set;
    warp->fragments_verified++;
    warp->verified++;
    warp->pending--;
}

/* Only the verified set is needed from now on. */
static void compact_pool(mote_warp *warp) {
    memmove(warp->pool, warp->verified_set.voter, warp->verified_set.voters * sizeof *warp->pool);
    warp->verified_set.voter = warp->pool;
    warp->pool_used = warp->verified_set.voters;
    warp->newest_set = warp->verified_set;
    mote_ed25519_batch_clear(warp->batch);
}

/* The waiting fragment that holds this signature, counted from the first waiting one. */
static uint32_t fragment_of_signature(const mote_warp *warp, size_t signature) {
    uint32_t found = 0;
    for (uint32_t i = 0; i < warp->pending; i++) {
        const mote_pending_link *entry =
            &warp->link[(warp->first + warp->verified + i) % MOTE_WARP_LINKS];
        if (entry->first_signature <= signature) found = i;
    }
    return found;
}

mote_status mote_warp_verify_pending(mote_context *context, mote_warp *warp, uint32_t *failing) {
    *failing = MOTE_NO_INDEX;
    if (warp->pending == 0) return MOTE_OK;
    mote_status status = mote_ed25519_batch_verify(context, NULL, warp->batch);
    uint32_t accepted = warp->pending;
    if (status != MOTE_OK) {
        uint32_t signature = context->fault.index;
        accepted = signature == MOTE_NO_INDEX ? 0 : fragment_of_signature(warp, signature);
        const mote_pending_link *entry =
            &warp->link[(warp->first + warp->verified + accepted) % MOTE_WARP_LINKS];
        size_t precommit = signature == MOTE_NO_INDEX ? 0 : signature - entry->first_signature;
        *failing = entry->link.index;
        context->fault =
            (mote_fault){status, NULL, entry->precommits_offset + precommit * 132 + 36, *failing};
    }
    for (uint32_t i = 0; i < accepted; i++) accept_first_pending(warp);
    warp->pending = 0;
    compact_pool(warp);
    return status;
}
