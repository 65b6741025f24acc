/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Equivocation proofs (sp_consensus_grandpa EquivocationProof, check_equivocation_proof; verification-rules B.8): one
 * voter, one stage, one round, one set, two targets. Equal targets with two signatures are no evidence.
 */
#include "mote/grandpa.h"

#include <string.h>

#include "votes.h"

static void read_vote(mote_cursor *cursor, mote_hash *hash, uint32_t *number,
                      const uint8_t **signature) {
    *hash = mote_read_hash(cursor);
    *number = mote_read_u32(cursor);
    *signature = mote_read_span(cursor, 64).data;
}

static mote_status verify_vote(mote_context *context, const mote_equivocation *claim,
                               const mote_hash *hash, uint32_t number, const uint8_t *signature,
                               uint32_t index) {
    uint8_t message[MOTE_VOTE_MESSAGE_SIZE];
    uint8_t stage = claim->is_precommit ? MOTE_STAGE_PRECOMMIT : MOTE_STAGE_PREVOTE;
    mote_vote_message(message, stage, hash->bytes, number, claim->round, claim->set_id);
    mote_status status =
        mote_ed25519_verify(claim->key, signature, (mote_bytes){message, sizeof message});
    return status == MOTE_OK ? MOTE_OK : mote_fail(context, status, signature, index);
}

mote_status mote_equivocation_verify(mote_context *context, mote_equivocation *out,
                                     const mote_authority_set *set, mote_bytes proof) {
    mote_cursor cursor = mote_cursor_over(proof);
    const uint8_t *first_signature, *second_signature;
    mote_equivocation claim;
    memset(&claim, 0, sizeof claim);
    memset(out, 0, sizeof *out);
    claim.set_id = mote_read_u64(&cursor);
    uint8_t stage = mote_read_u8(&cursor);
    if (stage > MOTE_STAGE_PRECOMMIT) mote_cursor_fail(&cursor, MOTE_E_BAD_ENUM);
    claim.is_precommit = stage == MOTE_STAGE_PRECOMMIT;
    claim.round = mote_read_u64(&cursor);
    mote_read_array(&cursor, claim.key, sizeof claim.key);
    read_vote(&cursor, &claim.first_hash, &claim.first_number, &first_signature);
    read_vote(&cursor, &claim.second_hash, &claim.second_number, &second_signature);
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) return status;
    if (claim.set_id != set->set_id)
        return mote_fail(context, MOTE_E_OTHER_SET, proof.data, MOTE_NO_INDEX);
    if (mote_authority_set_find(set, claim.key) == MOTE_NO_INDEX) {
        return mote_fail(context, MOTE_E_UNKNOWN_VOTER, proof.data + 17, MOTE_NO_INDEX);
    }
    bool same = mote_hash_equal(&claim.first_hash, &claim.second_hash) &&
                claim.first_number == claim.second_number;
    if (same) return mote_fail(context, MOTE_E_NOT_EQUIVOCATION, proof.data + 49, MOTE_NO_INDEX);
    status =
        verify_vote(context, &claim, &claim.first_hash, claim.first_number, first_signature, 0);
    if (status != MOTE_OK) return status;
    status =
        verify_vote(context, &claim, &claim.second_hash, claim.second_number, second_signature, 1);
    if (status != MOTE_OK) return status;
    mote_context_clear_fault(context);
    *out = claim;
    return MOTE_OK;
}
