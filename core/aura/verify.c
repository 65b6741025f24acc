/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One block's author and seal, and one block after the other (sc_consensus_aura standalone.rs; pallet_aura for the order
 * of slots).
 */
#include <string.h>

#include "claim.h"
#include "mote/ed25519.h"
#include "mote/limits.h"
#include "mote/sr25519.h"

static mote_status check_seal(const mote_aura_authorship *author, const mote_aura_digest *digest,
                              mote_aura_scheme scheme) {
    const mote_bytes message = {digest->pre_hash.bytes, sizeof digest->pre_hash.bytes};
    if (scheme == MOTE_AURA_ED25519) {
        return mote_ed25519_verify(author->authority, digest->seal, message);
    }
    return mote_sr25519_verify(author->authority, digest->seal, message);
}

static bool is_forgeable(const uint8_t key[32], mote_aura_scheme scheme) {
    return scheme == MOTE_AURA_ED25519 ? mote_ed25519_key_is_forgeable(key)
                                       : mote_sr25519_key_is_forgeable(key);
}

mote_status mote_aura_claim(mote_aura_authorship *out, const mote_aura_digest *digest,
                            const mote_aura_authorities *authorities) {
    uint32_t count = authorities->keys.count;
    memset(out, 0, sizeof *out);
    if (count == 0) return MOTE_E_AUTHORITIES_INVALID;
    out->slot = digest->slot;
    out->authority_index = (uint32_t)(digest->slot % count);
    memcpy(out->authority, authorities->keys.items + (size_t)out->authority_index * 32, 32);
    out->forgeable = is_forgeable(out->authority, authorities->scheme);
    return MOTE_OK;
}

/* The claim without its time: equivocations are as old as they are. */
static mote_status verify_claim(mote_aura_authorship *out, const mote_aura_digest *digest,
                                const mote_aura_authorities *authorities) {
    const mote_status status = mote_aura_claim(out, digest, authorities);
    return status == MOTE_OK ? check_seal(out, digest, authorities->scheme) : status;
}

mote_status mote_aura_verify(mote_context *context, mote_aura_authorship *out,
                             const mote_aura_digest *digest,
                             const mote_aura_authorities *authorities, uint64_t slot_now) {
    mote_aura_authorship author;
    memset(&author, 0, sizeof author);
    memset(out, 0, sizeof *out);
    if (digest->seal == NULL) return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    mote_status status = digest->slot > slot_now ? MOTE_E_SLOT_IN_FUTURE
                                                 : verify_claim(&author, digest, authorities);
    if (status != MOTE_OK) return mote_fail(context, status, digest->seal, MOTE_NO_INDEX);
    mote_context_clear_fault(context);
    *out = author;
    return MOTE_OK;
}

mote_status mote_aura_equivocation_verify(mote_context *context, mote_aura_authorship *out,
                                          const mote_header *first, const mote_header *second,
                                          const mote_aura_authorities *authorities) {
    const mote_header *header[2] = {first, second};
    mote_aura_digest digest[2];
    mote_aura_authorship author;
    memset(&author, 0, sizeof author);
    memset(out, 0, sizeof *out);
    for (uint32_t i = 0; i < 2; i++) {
        mote_status status = mote_header_check(context, header[i]);
        if (status == MOTE_OK) status = mote_aura_digest_read(context, &digest[i], header[i]);
        if (status == MOTE_OK) continue;
        context->fault.index = i;
        return status;
    }
    if (digest[0].slot != digest[1].slot || mote_hash_equal(&first->hash, &second->hash)) {
        return mote_fail(context, MOTE_E_NOT_EQUIVOCATION, first->encoded.data, MOTE_NO_INDEX);
    }
    for (uint32_t i = 0; i < 2; i++) {
        mote_status status = verify_claim(&author, &digest[i], authorities);
        if (status != MOTE_OK) return mote_fail(context, status, digest[i].seal, i);
    }
    mote_context_clear_fault(context);
    *out = author;
    return MOTE_OK;
}
