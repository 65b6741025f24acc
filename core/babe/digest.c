/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BABE's digest items (sp_consensus_babe digests.rs; verification-rules A.3, A.4), read as nodes read them: an item that
 * does not decode is none, bytes after what decodes are nobody's.
 */
#include <string.h>

#include "log.h"
#include "mote/babe.h"
#include "mote/seal.h"
#include "mote/sr25519.h"

const char *mote_babe_claim_name(mote_babe_claim claim) {
    switch (claim) {
    case MOTE_BABE_PRIMARY: return "primary";
    case MOTE_BABE_SECONDARY_PLAIN: return "secondary-plain";
    case MOTE_BABE_SECONDARY_VRF: return "secondary-vrf";
    }
    return "none";
}

bool mote_babe_pre_digest_decode(mote_babe_pre_digest *out, mote_bytes payload) {
    mote_cursor cursor = mote_cursor_over(payload);
    memset(out, 0, sizeof *out);
    uint8_t claim = mote_read_u8(&cursor);
    if (claim < MOTE_BABE_PRIMARY || claim > MOTE_BABE_SECONDARY_VRF) return false;
    out->claim = (mote_babe_claim)claim;
    out->authority_index = mote_read_u32(&cursor);
    out->slot = mote_read_u64(&cursor);
    if (claim != MOTE_BABE_SECONDARY_PLAIN) {
        mote_read_array(&cursor, out->vrf_pre_output, sizeof out->vrf_pre_output);
        mote_read_array(&cursor, out->vrf_proof, sizeof out->vrf_proof);
    }
    /* A node's types of VRF signatures refuse scalars that are not canonical (sp_core sr25519 VrfProof). */
    if (cursor.status == MOTE_OK && mote_sr25519_vrf_proof_decodes(out->vrf_proof)) return true;
    memset(out, 0, sizeof *out);
    return false;
}

/* How many of a kind decode. */
typedef struct census {
    uint32_t pre_digests, next_epochs, next_configs;
} census;

static void count_pre_digest(census *found, mote_babe_digest *out, mote_bytes payload) {
    mote_babe_pre_digest pre_digest;
    if (!mote_babe_pre_digest_decode(&pre_digest, payload)) return;
    if (found->pre_digests++ == 0) out->pre_digest = pre_digest;
}

static void count_log(census *found, mote_babe_digest *out, mote_bytes payload) {
    mote_babe_digest log;
    switch (mote_babe_log_decode(&log, payload)) {
    case MOTE_BABE_LOG_IS_NEXT_EPOCH:
        if (found->next_epochs++ > 0) break;
        out->has_next_epoch = true;
        out->next_authorities = log.next_authorities;
        memcpy(out->next_randomness, log.next_randomness, sizeof out->next_randomness);
        break;
    case MOTE_BABE_LOG_IS_NEXT_CONFIG:
        if (found->next_configs++ > 0) break;
        out->has_next_config = true;
        out->next_c_numerator = log.next_c_numerator;
        out->next_c_denominator = log.next_c_denominator;
        out->next_allowed_slots = log.next_allowed_slots;
        break;
    case MOTE_BABE_LOG_IS_DISABLED:
        if (out->has_disabled) break;
        out->has_disabled = true;
        out->disabled_index = log.disabled_index;
        break;
    case MOTE_BABE_LOG_IS_NONE: break;
    }
}

static census walk(mote_babe_digest *out, const mote_header *header) {
    census found = {0, 0, 0};
    mote_digest_iterator items = mote_digest_items(header);
    mote_digest_item item;
    while (mote_digest_next(&items, &item)) {
        if (memcmp(item.engine, "BABE", 4) != 0) continue;
        if (item.kind == MOTE_DIGEST_PRE_RUNTIME) count_pre_digest(&found, out, item.payload);
        if (item.kind == MOTE_DIGEST_CONSENSUS) count_log(&found, out, item.payload);
    }
    return found;
}

static mote_status read(mote_context *context, mote_babe_digest *out, const mote_header *header) {
    mote_seal seal;
    census found = walk(out, header);
    if (found.pre_digests != 1) {
        bool none = found.pre_digests == 0;
        return mote_fail(context, none ? MOTE_E_NO_PRE_DIGEST : MOTE_E_SEVERAL_PRE_DIGESTS,
                         header->encoded.data, MOTE_NO_INDEX);
    }
    mote_status status = mote_seal_read(context, &seal, header, "BABE");
    if (status != MOTE_OK) return status;
    if (found.next_epochs > 1 || found.next_configs > 1) {
        return mote_fail(context, MOTE_E_SEVERAL_EPOCHS, header->encoded.data, MOTE_NO_INDEX);
    }
    out->seal = seal.signature;
    out->pre_hash = seal.pre_hash;
    return MOTE_OK;
}

mote_status mote_babe_digest_read(mote_context *context, mote_babe_digest *out,
                                  const mote_header *header) {
    memset(out, 0, sizeof *out);
    mote_status status = read(context, out, header);
    if (status != MOTE_OK) {
        memset(out, 0, sizeof *out);
        return status;
    }
    mote_context_clear_fault(context);
    return MOTE_OK;
}
