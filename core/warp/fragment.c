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
    bool is_absurd = warp->scan.precommits > warp->unit_capacity &&
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
    /* A unit takes all of a justification or nothing: whether it has room is known beforehand. */
    if (warp->scan.precommits > mote_work_room(warp->work))
        return no_room(context, warp, justification);
    mote_status status = apply_change(context, warp, entry, header);
    if (status != MOTE_OK) return status;
    return mote_justification_check(context, &block, &entry->link.report, warp->work,
                                    &warp->newest_set, justification, header);
}

static void queue(mote_warp *warp, const mote_pending_link *entry, const mote_header *header) {
    if (entry->link.hands_over) warp->pool_used += entry->set.voters;
    warp->newest_set = entry->set;
    warp->last_number = header->number;
    memset(&warp->start_hash, 0, sizeof warp->start_hash);
    warp->pending++;
    if (++warp->open_fragments == warp->unit_fragments) mote_work_close(warp->work);
}

mote_status mote_warp_judge_fragment(mote_context *context, mote_warp *warp, mote_bytes fragment) {
    mote_header header;
    mote_pending_link *entry = mote_warp_waiting(warp, warp->pending);
    memset(entry, 0, sizeof *entry);
    mote_bytes justification = {fragment.data + warp->scan.header_size,
                                fragment.size - warp->scan.header_size};
    mote_status status =
        mote_header_decode(context, &header, (mote_bytes){fragment.data, warp->scan.header_size});
    if (status != MOTE_OK) return status;
    if (!mote_work_is_open(warp->work)) {
        if (!mote_work_open(warp->work))
            return mote_fail(context, MOTE_E_LIMIT_MEMORY, justification.data, MOTE_NO_INDEX);
        warp->open_fragments = 0;
    }
    entry->unit = mote_work_number(warp->work);
    entry->link.index = warp->fragments_read;
    entry->first_signature = mote_work_count(warp->work);
    entry->precommits_offset = warp->fragment_offset + warp->scan.precommits_at;
    fill_header(&entry->link.header, &header, &warp->newest_set);
    status = judge(context, warp, entry, &header, justification);
    if (status != MOTE_OK) return status;
    entry->link.next_set_id = entry->set.set_id;
    entry->link.next_authorities = entry->set.listed;
    queue(warp, entry, &header);
    return MOTE_OK;
}

/* --- signatures of what waits ------------------------------------------------------------------------------------ */

static void accept_first_pending(mote_warp *warp) {
    mote_pending_link *entry = mote_warp_waiting(warp, 0);
    mote_issue_finalized_header(&entry->link.header);
    warp->head = entry->link.header;
    warp->verified_set = entry->set;
    warp->fragments_verified++;
    warp->verified++;
    warp->pending--;
}

/* Sets before the verified one are not needed any more. */
static void compact_pool(mote_warp *warp) {
    const size_t gone = (size_t)(warp->verified_set.voter - warp->pool);
    if (gone == 0) return;
    warp->pool_used -= gone;
    memmove(warp->pool, warp->pool + gone, warp->pool_used * sizeof *warp->pool);
    warp->verified_set.voter -= gone;
    warp->newest_set.voter -= gone;
    for (uint32_t i = 0; i < warp->pending; i++) mote_warp_waiting(warp, i)->set.voter -= gone;
}

/* Nothing behind the verified set counts. */
static void drop_pending(mote_warp *warp) {
    warp->pending = 0;
    warp->is_blocked = false;
    warp->newest_set = warp->verified_set;
    warp->pool_used = (size_t)(warp->verified_set.voter - warp->pool) + warp->verified_set.voters;
    mote_work_clear(warp->work);
}

/* The fragments of the unit, counted from the first waiting one. */
static uint32_t fragments_of_unit(const mote_warp *warp, uint64_t unit) {
    uint32_t count = 0;
    while (count < warp->pending && mote_warp_waiting(warp, count)->unit == unit) count++;
    return count;
}

/* The waiting fragment that holds this signature of the first unit. */
static uint32_t fragment_of_signature(const mote_warp *warp, uint32_t fragments, size_t signature) {
    uint32_t found = 0;
    for (uint32_t i = 0; i < fragments; i++) {
        if (mote_warp_waiting(warp, i)->first_signature <= signature) found = i;
    }
    return found;
}

/* `signature` of the waiting fragment, or MOTE_NO_INDEX. */
static mote_fault fault_at(const mote_warp *warp, mote_status status, uint32_t fragment,
                           uint32_t signature) {
    const mote_pending_link *entry = mote_warp_waiting(warp, fragment);
    size_t precommit = signature == MOTE_NO_INDEX ? 0 : signature - entry->first_signature;
    return (mote_fault){status, NULL, entry->precommits_offset + precommit * 132 + 36,
                        entry->link.index};
}

static mote_status fail_pending(mote_context *context, mote_warp *warp, mote_fault fault) {
    context->fault = fault;
    drop_pending(warp);
    compact_pool(warp);
    return fault.status;
}

static mote_status take_verdict(mote_context *context, mote_warp *warp,
                                const mote_work_verdict *verdict) {
    const uint32_t fragments = fragments_of_unit(warp, verdict->number);
    uint32_t accepted = fragments;
    mote_fault fault = {MOTE_OK, NULL, MOTE_NO_OFFSET, MOTE_NO_INDEX};
    if (verdict->status != MOTE_OK) {
        accepted = fragment_of_signature(warp, fragments, verdict->index);
        fault = fault_at(warp, verdict->status, accepted, verdict->index);
    }
    for (uint32_t i = 0; i < accepted; i++) accept_first_pending(warp);
    return fault.status == MOTE_OK ? MOTE_OK : fail_pending(context, warp, fault);
}

mote_status mote_warp_settle(mote_context *context, mote_warp *warp) {
    mote_work_verdict verdict;
    bool any = false;
    while (mote_work_settle(warp->work, &verdict)) {
        mote_status status = take_verdict(context, warp, &verdict);
        if (status != MOTE_OK) return status;
        any = true;
    }
    if (any) compact_pool(warp);
    return MOTE_OK;
}

mote_status mote_warp_flush(mote_context *context, mote_warp *warp) {
    mote_status status = mote_warp_settle(context, warp);
    mote_warp_close_unit(warp);
    while (status == MOTE_OK && mote_work_waiting(warp->work) > 0) {
        status = mote_work_judge_oldest(context, warp->work);
        if (status != MOTE_OK) {
            return fail_pending(context, warp, fault_at(warp, status, 0, MOTE_NO_INDEX));
        }
        status = mote_warp_settle(context, warp);
    }
    return status;
}
