/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lightSyncState of a chain spec (sc-sync-state-rpc LightSyncState): the node's own structures, SCALE-encoded.
 *
 *   ForkTree<D>   = roots: Vec<Node> ++ best_finalized_number: Option<u32>
 *   Node          = hash[32] ++ number u32 ++ D ++ children: Vec<Node>
 *   EpochChanges  = ForkTree<PersistedEpochHeader> ++ BTreeMap<(hash[32], number u32), PersistedEpoch> ++ (newer) gap
 *   AuthoritySet  = Vec<(key, weight)> ++ set_id u64 ++ ForkTree<PendingChange> ++ Vec<PendingChange> ++ (newer) Vec<..>
 *
 * (sc-consensus-epochs, sc-consensus-grandpa authorities.rs, fork-tree.) Trees are written in pre-order, so they are
 * read with a count of nodes to come instead of recursion. What newer nodes append is tolerated.
 */
#include <string.h>

#include "coherence.h"
#include "mote/limits.h"

#define SMALLEST_NODE 37u

/* --- BABE epochs --------------------------------------------------------------------------------------------- */

/* Layouts of an epoch over time: the oldest had no configuration. */
typedef enum epoch_layout { EPOCH_WITH_CONFIGURATION, EPOCH_WITHOUT_CONFIGURATION } epoch_layout;

typedef struct candidate {
    bool is_found;
    bool is_ambiguous; /* another one starts at the same slot and differs */
    mote_babe_epoch epoch;
} candidate;

typedef struct epochs_wanted {
    uint64_t slot;
    uint32_t number; /* of the header: only what was signalled up to it counts */
    candidate current, next;
} epochs_wanted;

static void read_epoch_header_tree(mote_cursor *cursor) {
    uint64_t nodes = mote_read_count(cursor, SMALLEST_NODE, UINT32_MAX);
    while (nodes > 0 && cursor->status == MOTE_OK) {
        (void)mote_read_span(cursor, 32 + 4);
        uint8_t kind = mote_read_u8(cursor); /* 0 Genesis: two headers, 1 Regular: one */
        if (kind > 1) mote_cursor_fail(cursor, MOTE_E_BAD_ENUM);
        (void)mote_read_span(cursor, kind == 0 ? 32 : 16);
        nodes += mote_read_count(cursor, SMALLEST_NODE, UINT32_MAX);
        nodes--;
    }
    if (mote_read_option(cursor)) (void)mote_read_u32(cursor);
}

static mote_babe_epoch read_epoch(mote_cursor *cursor, epoch_layout layout) {
    mote_babe_epoch epoch;
    memset(&epoch, 0, sizeof epoch);
    epoch.index = mote_read_u64(cursor);
    epoch.start_slot = mote_read_u64(cursor);
    epoch.duration = mote_read_u64(cursor);
    mote_read_authority_list(cursor, &epoch.authorities);
    mote_read_array(cursor, epoch.randomness, sizeof epoch.randomness);
    if (layout == EPOCH_WITHOUT_CONFIGURATION) return epoch;
    epoch.c_numerator = mote_read_u64(cursor);
    epoch.c_denominator = mote_read_u64(cursor);
    epoch.allowed_slots = mote_read_u8(cursor);
    if (epoch.allowed_slots > 2) mote_cursor_fail(cursor, MOTE_E_BAD_ENUM);
    return epoch;
}

static bool same_epoch(const mote_babe_epoch *a, const mote_babe_epoch *b) {
    return a->index == b->index && a->start_slot == b->start_slot && a->duration == b->duration &&
           a->authorities.count == b->authorities.count &&
           memcmp(a->authorities.items, b->authorities.items,
                  (size_t)a->authorities.count * MOTE_AUTHORITY_ITEM_SIZE) == 0 &&
           memcmp(a->randomness, b->randomness, sizeof a->randomness) == 0 &&
           a->c_numerator == b->c_numerator && a->c_denominator == b->c_denominator &&
           a->allowed_slots == b->allowed_slots;
}

/* Forks announce the same epoch more than once; mostly alike, since nothing on the fork went into it. */
static void propose(candidate *to, bool is_better, const mote_babe_epoch *epoch) {
    if (!to->is_found || is_better) {
        *to = (candidate){true, false, *epoch};
    } else if (to->epoch.start_slot == epoch->start_slot && !same_epoch(&to->epoch, epoch)) {
        to->is_ambiguous = true;
    }
}

/* The current epoch is the last that has begun by the header's slot (epochs may have been skipped), the next one the
 * first that has not. */
static void consider(epochs_wanted *wanted, const mote_babe_epoch *epoch, uint32_t number) {
    if (number > wanted->number) return;
    if (epoch->start_slot <= wanted->slot) {
        propose(&wanted->current, epoch->start_slot > wanted->current.epoch.start_slot, epoch);
    } else {
        propose(&wanted->next, epoch->start_slot < wanted->next.epoch.start_slot, epoch);
    }
}

static void read_epochs(mote_cursor *cursor, epochs_wanted *wanted, epoch_layout layout) {
    uint32_t entries = mote_read_count(cursor, SMALLEST_NODE, UINT32_MAX);
    for (uint32_t i = 0; i < entries && cursor->status == MOTE_OK; i++) {
        (void)mote_read_span(cursor, 32);
        uint32_t number = mote_read_u32(cursor);
        uint8_t kind = mote_read_u8(cursor);
        if (kind > 1) mote_cursor_fail(cursor, MOTE_E_BAD_ENUM);
        for (unsigned j = kind; j < 2 && cursor->status == MOTE_OK; j++) {
            mote_babe_epoch epoch = read_epoch(cursor, layout);
            if (cursor->status == MOTE_OK) consider(wanted, &epoch, number);
        }
    }
}

static mote_cursor read_epoch_changes(epochs_wanted *wanted, mote_bytes input,
                                      const mote_checkpoint *checkpoint, epoch_layout layout) {
    mote_cursor cursor = mote_cursor_over(input);
    memset(wanted, 0, sizeof *wanted);
    wanted->slot = checkpoint->slot;
    wanted->number = checkpoint->header.number;
    read_epoch_header_tree(&cursor);
    read_epochs(&cursor, wanted, layout);
    return cursor;
}

/* The oldest layout was the last of its input: nothing newer ever followed it. */
static bool is_without_configuration(epochs_wanted *wanted, const mote_checkpoint *checkpoint,
                                     mote_bytes input) {
    mote_cursor older = read_epoch_changes(wanted, input, checkpoint, EPOCH_WITHOUT_CONFIGURATION);
    return older.status == MOTE_OK && mote_cursor_left(&older) == 0;
}

static mote_status take_epochs(mote_context *context, mote_checkpoint *out, mote_bytes input) {
    epochs_wanted wanted;
    if (input.size == 0 || !out->has_slot) return MOTE_OK;
    mote_cursor cursor = read_epoch_changes(&wanted, input, out, EPOCH_WITH_CONFIGURATION);
    if (cursor.status != MOTE_OK) {
        mote_status status = mote_cursor_check(context, &cursor);
        /* Without a configuration an epoch cannot be used: it is well formed, and left out. */
        return is_without_configuration(&wanted, out, input) ? MOTE_OK : status;
    }
    /* Epochs are known and all begin after the header: they are not those of its chain. */
    if (wanted.next.is_found && !wanted.current.is_found)
        return mote_fail(context, MOTE_E_CHECKPOINT_INCOHERENT, input.data, MOTE_NO_INDEX);
    if (!wanted.current.is_found || !wanted.next.is_found) return MOTE_OK;
    /* Which of two forks is the header's is not told: rather none. */
    if (wanted.current.is_ambiguous || wanted.next.is_ambiguous) return MOTE_OK;
    out->epoch[0] = wanted.current.epoch;
    out->epoch[1] = wanted.next.epoch;
    out->epoch_count = 2;
    return mote_checkpoint_check_epochs(context, out);
}

/* --- GRANDPA ---------------------------------------------------------------------------------------------------- */

/* *effective: the block the change takes effect at, in 64 bits; forced ones follow the best chain, not finality. */
static void read_pending_change(mote_cursor *cursor, uint64_t *effective) {
    mote_authority_list next;
    mote_read_authority_list(cursor, &next);
    uint32_t delay = mote_read_u32(cursor);
    *effective = (uint64_t)mote_read_u32(cursor) + delay;
    (void)mote_read_span(cursor, 32);
    uint8_t kind = mote_read_u8(cursor); /* 0 Finalized, 1 Best { median_last_finalized } */
    if (kind > 1) mote_cursor_fail(cursor, MOTE_E_BAD_ENUM);
    if (kind == 1) (void)mote_read_u32(cursor);
}

/* A standard change that finality has passed would have been applied: the checkpoint would contradict itself. */
static void read_pending_changes(mote_cursor *cursor, const mote_header *header) {
    uint64_t nodes = mote_read_count(cursor, SMALLEST_NODE, UINT32_MAX), effective;
    while (nodes > 0 && cursor->status == MOTE_OK) {
        (void)mote_read_span(cursor, 32 + 4);
        read_pending_change(cursor, &effective);
        if (effective <= header->number) mote_cursor_fail(cursor, MOTE_E_CHECKPOINT_INCOHERENT);
        nodes += mote_read_count(cursor, SMALLEST_NODE, UINT32_MAX);
        nodes--;
    }
    if (mote_read_option(cursor)) (void)mote_read_u32(cursor);
    uint32_t forced = mote_read_count(cursor, SMALLEST_NODE, UINT32_MAX);
    for (uint32_t i = 0; i < forced && cursor->status == MOTE_OK; i++)
        read_pending_change(cursor, &effective);
}

/* The blocks at which earlier sets ended: nothing here needs them, but what is cut off among them is not whole. The oldest
 * layout had none. */
static void read_past_changes(mote_cursor *cursor) {
    if (cursor->status != MOTE_OK || mote_cursor_left(cursor) == 0) return;
    const size_t size = 8 + 4;
    (void)mote_read_span(cursor, size * mote_read_count(cursor, size, UINT32_MAX));
}

mote_status mote_checkpoint_from_light_sync_state(mote_context *context, mote_checkpoint *out,
                                                  mote_bytes header, mote_bytes epoch_changes,
                                                  mote_bytes authority_set,
                                                  const mote_chain *chain) {
    mote_cursor cursor = mote_cursor_over(authority_set);
    memset(out, 0, sizeof *out);
    mote_read_authority_list(&cursor, &out->authorities);
    uint64_t set_id = mote_read_u64(&cursor);
    mote_status status = mote_cursor_check(context, &cursor);
    if (status == MOTE_OK) status = mote_checkpoint_complete(context, out, header, set_id, chain);
    if (status == MOTE_OK) {
        read_pending_changes(&cursor, &out->header);
        read_past_changes(&cursor);
        status = mote_cursor_check(context, &cursor);
    }
    if (status == MOTE_OK) status = take_epochs(context, out, epoch_changes);
    if (status != MOTE_OK) memset(out, 0, sizeof *out);
    return status;
}
