/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Epochs along a chain (sc_consensus_babe BabeBlockImport, sc_consensus_epochs; verification-rules C.4).
 *
 * A block is judged under the last announced epoch that has begun by its slot. Two are enough to know at any block: the
 * one it is in, and the one announced by that one's first block, for the next announcement comes only with a block in
 * the latter.
 */
#include <string.h>

#include "mote/babe.h"

bool mote_babe_is_better(uint32_t weight, uint32_t number, uint32_t best_weight,
                         uint32_t best_number) {
    return weight != best_weight ? weight > best_weight : number > best_number;
}

/* The epoch after the one that `slot` lies in, which may be some after `epoch`. */
static mote_status epoch_after(mote_context *context, mote_babe_epoch *out,
                               const mote_babe_epoch *epoch, uint64_t slot) {
    uint64_t index;
    mote_status status = mote_babe_epoch_index(context, &index, epoch, slot);
    if (status != MOTE_OK) return status;
    uint64_t skipped = index - epoch->index;
    /* Not past the slot, and so not past 2^64; one epoch more may be. */
    uint64_t start = epoch->start_slot + skipped * epoch->duration;
    if (index == UINT64_MAX || start > UINT64_MAX - epoch->duration) {
        return mote_fail(context, MOTE_E_SLOT_OVERFLOW, NULL, MOTE_NO_INDEX);
    }
    *out = *epoch;
    out->index = index + 1;
    out->start_slot = start + epoch->duration;
    return MOTE_OK;
}

static mote_status announce(mote_context *context, mote_babe_epoch *next,
                            const mote_babe_epoch *epoch, const mote_babe_digest *digest) {
    mote_status status = epoch_after(context, next, epoch, digest->pre_digest.slot);
    if (status != MOTE_OK) return status;
    next->authorities = digest->next_authorities;
    memcpy(next->randomness, digest->next_randomness, sizeof next->randomness);
    if (digest->has_next_config) {
        next->c_numerator = digest->next_c_numerator;
        next->c_denominator = digest->next_c_denominator;
        next->allowed_slots = digest->next_allowed_slots;
    }
    return mote_babe_epoch_check(context, next);
}

static mote_status check_announcements(const mote_babe_digest *digest, bool is_first) {
    if (is_first) return digest->has_next_epoch ? MOTE_OK : MOTE_E_EPOCH_MISSING;
    if (digest->has_next_epoch) return MOTE_E_EPOCH_UNEXPECTED;
    return digest->has_next_config ? MOTE_E_CONFIG_UNEXPECTED : MOTE_OK;
}

/* The position with its epochs turned to `slot`. Returns whether the block is its epoch's first. */
static bool turn_to(mote_babe_position *at, uint64_t slot) {
    if (at->is_genesis) {
        at->is_genesis = false;
        at->current.start_slot = slot;
        return true;
    }
    if (slot < at->next.start_slot) return false;
    at->current = at->next;
    return true;
}

static mote_status check_link(mote_context *context, const mote_babe_position *parent,
                              const mote_header *header) {
    mote_header above;
    memset(&above, 0, sizeof above);
    above.hash = parent->hash;
    above.number = parent->number;
    mote_status status = mote_header_check_parent(context, header, &above);
    if (status == MOTE_OK) return mote_header_check(context, header);
    return mote_fail(context, status, header->encoded.data, MOTE_NO_INDEX);
}

/* Everything that is judged without signatures: time, and epochs. */
static mote_status step(mote_context *context, mote_babe_position *at,
                        const mote_babe_digest *digest, uint64_t slot_now) {
    uint64_t slot = digest->pre_digest.slot;
    if (slot <= at->slot) return mote_fail(context, MOTE_E_SLOT_ORDER, digest->seal, MOTE_NO_INDEX);
    if (slot > slot_now) {
        return mote_fail(context, MOTE_E_SLOT_IN_FUTURE, digest->seal, MOTE_NO_INDEX);
    }
    bool is_first = turn_to(at, slot);
    mote_status status = check_announcements(digest, is_first);
    if (status != MOTE_OK) return mote_fail(context, status, digest->seal, MOTE_NO_INDEX);
    if (is_first) {
        status = announce(context, &at->next, &at->current, digest);
        if (status != MOTE_OK) return status;
    }
    at->slot = slot;
    if (digest->pre_digest.claim == MOTE_BABE_PRIMARY) at->weight++;
    return MOTE_OK;
}

static mote_status follow(mote_context *context, mote_babe_position *at, mote_babe_digest *digest,
                          const mote_header *header, uint64_t slot_now) {
    mote_status status = check_link(context, at, header);
    if (status != MOTE_OK) return status;
    status = mote_babe_digest_read(context, digest, header);
    if (status != MOTE_OK) return status;
    status = step(context, at, digest, slot_now);
    if (status != MOTE_OK) return status;
    at->hash = header->hash;
    at->number = header->number;
    return MOTE_OK;
}

mote_status mote_babe_advance_unverified(mote_context *context, mote_babe_position *out,
                                         mote_babe_digest *digest, const mote_babe_position *parent,
                                         const mote_header *header, uint64_t slot_now) {
    mote_babe_position at = *parent;
    if (out != parent) memset(out, 0, sizeof *out);
    mote_status status = follow(context, &at, digest, header, slot_now);
    if (status != MOTE_OK) {
        memset(digest, 0, sizeof *digest);
        return status;
    }
    *out = at;
    return MOTE_OK;
}

mote_status mote_babe_advance(mote_context *context, mote_babe_position *out,
                              mote_babe_authorship *authorship, const mote_babe_position *parent,
                              const mote_header *header, uint64_t slot_now) {
    mote_babe_authorship author;
    mote_babe_digest digest;
    mote_babe_position at = *parent;
    if (authorship != NULL) memset(authorship, 0, sizeof *authorship);
    if (out != parent) memset(out, 0, sizeof *out);
    mote_status status = follow(context, &at, &digest, header, slot_now);
    if (status != MOTE_OK) return status;
    status = mote_babe_verify(context, &author, &digest, &at.current, slot_now);
    if (status != MOTE_OK) return status;
    if (authorship != NULL) *authorship = author;
    *out = at;
    return MOTE_OK;
}
