/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Slots and authorities along a chain of Aura's blocks (pallet_aura on_initialize; verification-rules C.4).
 */
#include <string.h>

#include "mote/aura.h"
#include "mote/limits.h"

mote_status mote_aura_at(mote_context *context, mote_aura_position *out,
                         const mote_aura_authorities *authorities, const mote_header *header,
                         mote_aura_pace pace) {
    memset(out, 0, sizeof *out);
    if (authorities->keys.count == 0) {
        return mote_fail(context, MOTE_E_AUTHORITIES_INVALID, NULL, MOTE_NO_INDEX);
    }
    if (header != NULL) {
        mote_status status = mote_header_check(context, header);
        if (status != MOTE_OK) return status;
        if (!mote_hash_equal(&header->hash, &authorities->block_hash)) {
            return mote_fail(context, MOTE_E_HEADER_HASH, header->encoded.data, MOTE_NO_INDEX);
        }
        out->has_slot = mote_header_aura_slot(header, &out->slot);
    }
    out->hash = authorities->block_hash;
    out->number = authorities->block_number;
    out->pace = pace;
    out->authorities = *authorities;
    return MOTE_OK;
}

static mote_status check_link(mote_context *context, const mote_aura_position *parent,
                              const mote_header *header) {
    mote_header above;
    memset(&above, 0, sizeof above);
    above.hash = parent->hash;
    above.number = parent->number;
    mote_status status = mote_header_check_parent(context, header, &above);
    if (status == MOTE_OK) return mote_header_check(context, header);
    return mote_fail(context, status, header->encoded.data, MOTE_NO_INDEX);
}

static bool in_order(const mote_aura_position *parent, uint64_t slot) {
    if (!parent->has_slot) return true;
    return parent->pace == MOTE_AURA_SEVERAL_BLOCKS_A_SLOT ? slot >= parent->slot
                                                           : slot > parent->slot;
}

static mote_status change_authorities(mote_context *context, mote_aura_position *at,
                                      const mote_aura_digest *digest) {
    if (!digest->has_change) return MOTE_OK;
    if (digest->next.count == 0) {
        return mote_fail(context, MOTE_E_AUTHORITIES_INVALID, digest->seal, MOTE_NO_INDEX);
    }
    if (digest->next.count > MOTE_MAX_AUTHORITIES) {
        return mote_fail(context, MOTE_E_LIMIT_COUNT, digest->seal, MOTE_NO_INDEX);
    }
    at->authorities.keys = digest->next;
    return MOTE_OK;
}

/* Everything that is judged before the seal. */
static mote_status follow(mote_context *context, mote_aura_digest *digest,
                          const mote_aura_position *parent, const mote_header *header) {
    mote_status status = check_link(context, parent, header);
    if (status != MOTE_OK) return status;
    status = mote_aura_digest_read(context, digest, header);
    if (status != MOTE_OK) return status;
    if (in_order(parent, digest->slot)) return MOTE_OK;
    return mote_fail(context, MOTE_E_SLOT_ORDER, digest->seal, MOTE_NO_INDEX);
}

/* And what the block changes. */
static mote_status step(mote_context *context, mote_aura_position *at,
                        const mote_aura_digest *digest, const mote_header *header) {
    mote_status status = change_authorities(context, at, digest);
    if (status != MOTE_OK) return status;
    at->hash = at->authorities.block_hash = header->hash;
    at->number = at->authorities.block_number = header->number;
    at->has_slot = true;
    at->slot = digest->slot;
    return MOTE_OK;
}

mote_status mote_aura_advance_unverified(mote_context *context, mote_aura_position *out,
                                         mote_aura_digest *digest, const mote_aura_position *parent,
                                         const mote_header *header) {
    mote_aura_position at = *parent;
    if (out != parent) memset(out, 0, sizeof *out);
    mote_status status = follow(context, digest, parent, header);
    if (status == MOTE_OK) status = step(context, &at, digest, header);
    if (status != MOTE_OK) {
        memset(digest, 0, sizeof *digest);
        return status;
    }
    *out = at;
    return MOTE_OK;
}

mote_status mote_aura_advance(mote_context *context, mote_aura_position *out,
                              mote_aura_authorship *authorship, const mote_aura_position *parent,
                              const mote_header *header, uint64_t slot_now) {
    mote_aura_authorship author;
    mote_aura_digest digest;
    mote_aura_position at = *parent;
    if (authorship != NULL) memset(authorship, 0, sizeof *authorship);
    if (out != parent) memset(out, 0, sizeof *out);
    mote_status status = follow(context, &digest, parent, header);
    if (status != MOTE_OK) return status;
    status = mote_aura_verify(context, &author, &digest, &at.authorities, slot_now);
    if (status != MOTE_OK) return status;
    status = step(context, &at, &digest, header);
    if (status != MOTE_OK) return status;
    if (authorship != NULL) *authorship = author;
    *out = at;
    return MOTE_OK;
}
