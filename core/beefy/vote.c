/* SPDX-License-Identifier: Apache-2.0 */
/* Proofs of votes that no honest validator casts (sp_consensus_beefy: DoubleVotingProof, FutureBlockVotingProof,
 * ForkVotingProof). */
#include <string.h>

#include "seals.h"

typedef struct signed_vote {
    mote_beefy_commitment commitment;
    const uint8_t *key;
    const uint8_t *signature;
} signed_vote;

static void read_vote(mote_cursor *cursor, signed_vote *out) {
    mote_read_beefy_voted(cursor, &out->commitment);
    out->key = mote_read_span(cursor, MOTE_BEEFY_KEY_SIZE).data;
    out->signature = mote_read_span(cursor, MOTE_BEEFY_SIGNATURE_SIZE).data;
}

static uint32_t place_of(const mote_beefy_set *set, const uint8_t *key) {
    for (uint32_t i = 0; i < set->count; i++) {
        const uint8_t *other = set->keys + (size_t)i * MOTE_BEEFY_KEY_SIZE;
        if (memcmp(other, key, MOTE_BEEFY_KEY_SIZE) == 0) return i;
    }
    return MOTE_NO_INDEX;
}

static mote_status check_vote(mote_context *context, uint32_t *validator, const mote_beefy_set *set,
                              const signed_vote *vote) {
    if (set->seal != MOTE_BEEFY_SET_SEAL) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    if (vote->commitment.set_id != set->id) {
        return mote_fail(context, MOTE_E_OTHER_SET, vote->commitment.encoded.data, MOTE_NO_INDEX);
    }
    *validator = place_of(set, vote->key);
    if (*validator == MOTE_NO_INDEX) {
        return mote_fail(context, MOTE_E_UNKNOWN_VOTER, vote->key, MOTE_NO_INDEX);
    }
    mote_status status =
        mote_beefy_check_signature(vote->key, &vote->commitment.hash, vote->signature);
    if (status == MOTE_OK) return MOTE_OK;
    *validator = MOTE_NO_INDEX;
    return mote_fail(context, status, vote->signature, MOTE_NO_INDEX);
}

/* Evidence that fails names nobody. */
static mote_status verdict(mote_context *context, uint32_t *validator, mote_status status,
                           const uint8_t *at) {
    if (status == MOTE_OK) {
        mote_context_clear_fault(context);
        return MOTE_OK;
    }
    *validator = MOTE_NO_INDEX;
    return mote_fail(context, status, at, MOTE_NO_INDEX);
}

static bool contradict(const signed_vote *a, const signed_vote *b) {
    return a->commitment.block_number == b->commitment.block_number &&
           a->commitment.set_id == b->commitment.set_id &&
           memcmp(a->key, b->key, MOTE_BEEFY_KEY_SIZE) == 0 &&
           !mote_hash_equal(&a->commitment.hash, &b->commitment.hash);
}

mote_status mote_beefy_double_vote_verify(mote_context *context, uint32_t *validator,
                                          const mote_beefy_set *set, mote_bytes proof) {
    signed_vote first, second;
    mote_cursor cursor = mote_cursor_over(proof);
    *validator = MOTE_NO_INDEX;
    read_vote(&cursor, &first);
    read_vote(&cursor, &second);
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) return status;
    if (!contradict(&first, &second)) {
        return mote_fail(context, MOTE_E_NOT_EQUIVOCATION, proof.data, MOTE_NO_INDEX);
    }
    status = check_vote(context, validator, set, &first);
    if (status == MOTE_OK) status = check_vote(context, validator, set, &second);
    if (status != MOTE_OK) return status;
    return verdict(context, validator, MOTE_OK, NULL);
}

static mote_status read_whole_vote(mote_context *context, uint32_t *validator, signed_vote *out,
                                   const mote_beefy_set *set, mote_bytes input) {
    mote_cursor cursor = mote_cursor_over(input);
    *validator = MOTE_NO_INDEX;
    read_vote(&cursor, out);
    mote_status status = mote_cursor_finish(context, &cursor);
    return status == MOTE_OK ? check_vote(context, validator, set, out) : status;
}

mote_status mote_beefy_future_vote_verify(mote_context *context, uint32_t *validator,
                                          const mote_beefy_set *set, uint32_t final_number,
                                          mote_bytes proof) {
    signed_vote vote;
    mote_status status = read_whole_vote(context, validator, &vote, set, proof);
    if (status != MOTE_OK) return status;
    bool future = vote.commitment.block_number >= final_number;
    return verdict(context, validator, future ? MOTE_OK : MOTE_E_NOT_EQUIVOCATION, proof.data);
}

mote_status mote_beefy_fork_vote_verify(mote_context *context, uint32_t *validator,
                                        const mote_beefy_set *set,
                                        const mote_beefy_finalized *finalized, uint32_t first_block,
                                        mote_bytes input, mote_bytes ancestry) {
    signed_vote vote;
    mote_mmr_ancestor older;
    mote_status status = read_whole_vote(context, validator, &vote, set, input);
    if (status != MOTE_OK) return status;
    status = mote_beefy_finalized_check(finalized);
    if (status != MOTE_OK) return verdict(context, validator, status, NULL);
    status = mote_mmr_verify_ancestry(context, &older, &finalized->mmr_root, ancestry);
    if (status != MOTE_OK) {
        *validator = MOTE_NO_INDEX;
        return status;
    }
    bool bound = older.of + first_block == (uint64_t)finalized->block_number + 1 &&
                 older.leaf_count + first_block == (uint64_t)vote.commitment.block_number + 1;
    if (!bound) return verdict(context, validator, MOTE_E_LEAF_COUNT, ancestry.data);
    bool same = mote_beefy_names_root(&vote.commitment, &older.root);
    return verdict(context, validator, same ? MOTE_E_NOT_EQUIVOCATION : MOTE_OK, input.data);
}
