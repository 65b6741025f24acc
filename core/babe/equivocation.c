/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Equivocation proofs (sp_consensus_babe check_equivocation_proof): one author, one slot, two blocks.
 */
#include <string.h>

#include "mote/babe.h"
#include "mote/sr25519.h"

/* A failure names the header by index. */
static mote_status relabel(mote_context *context, mote_status status, uint32_t index) {
    if (status != MOTE_OK) context->fault.index = index;
    return status;
}

static mote_status check_seal(mote_context *context, const uint8_t offender[32],
                              const mote_babe_digest *digest, uint32_t index) {
    const mote_bytes message = {digest->pre_hash.bytes, sizeof digest->pre_hash.bytes};
    mote_status status = mote_sr25519_verify(offender, digest->seal, message);
    return status == MOTE_OK ? MOTE_OK : mote_fail(context, status, digest->seal, index);
}

static mote_status check_offender(mote_context *context, const mote_babe_equivocation *claim,
                                  const mote_babe_epoch *epoch, mote_bytes proof) {
    if (epoch == NULL) return MOTE_OK;
    if (claim->authority_index >= epoch->authorities.count) {
        return mote_fail(context, MOTE_E_AUTHOR_INDEX, proof.data, MOTE_NO_INDEX);
    }
    const uint8_t *key = mote_authority_key(&epoch->authorities, claim->authority_index);
    if (memcmp(key, claim->offender, sizeof claim->offender) == 0) return MOTE_OK;
    return mote_fail(context, MOTE_E_WRONG_AUTHOR, proof.data, MOTE_NO_INDEX);
}

static bool contradict(const mote_babe_equivocation *claim, const mote_babe_pre_digest *first,
                       const mote_babe_pre_digest *second) {
    return !mote_hash_equal(&claim->first_hash, &claim->second_hash) &&
           first->slot == claim->slot && second->slot == claim->slot &&
           first->authority_index == second->authority_index;
}

mote_status mote_babe_equivocation_verify(mote_context *context, mote_babe_equivocation *out,
                                          mote_bytes proof, const mote_babe_epoch *epoch) {
    mote_cursor cursor = mote_cursor_over(proof);
    mote_babe_equivocation claim;
    mote_header header[2];
    mote_babe_digest digest[2];
    memset(&claim, 0, sizeof claim);
    memset(out, 0, sizeof *out);
    mote_read_array(&cursor, claim.offender, sizeof claim.offender);
    claim.slot = mote_read_u64(&cursor);
    for (uint32_t i = 0; i < 2; i++) mote_read_header(&cursor, &header[i]);
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) return status;
    for (uint32_t i = 0; i < 2; i++) {
        status = relabel(context, mote_babe_digest_read(context, &digest[i], &header[i]), i);
        if (status != MOTE_OK) return status;
    }
    claim.authority_index = digest[0].pre_digest.authority_index;
    claim.first_hash = header[0].hash;
    claim.second_hash = header[1].hash;
    claim.first_number = header[0].number;
    claim.second_number = header[1].number;
    if (!contradict(&claim, &digest[0].pre_digest, &digest[1].pre_digest)) {
        return mote_fail(context, MOTE_E_NOT_EQUIVOCATION, proof.data, MOTE_NO_INDEX);
    }
    status = check_offender(context, &claim, epoch, proof);
    for (uint32_t i = 0; i < 2 && status == MOTE_OK; i++) {
        status = check_seal(context, claim.offender, &digest[i], i);
    }
    if (status != MOTE_OK) return status;
    mote_context_clear_fault(context);
    *out = claim;
    return MOTE_OK;
}
