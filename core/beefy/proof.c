/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "seals.h"

static bool bit_at(mote_bytes bitfield, size_t place) {
    return (bitfield.data[place / 8] >> (7 - place % 8) & 1) != 0;
}

bool mote_beefy_proof_signed_by(const mote_beefy_proof *proof, uint32_t validator) {
    return validator < proof->set_size && bit_at(proof->bitfield, validator);
}

/* A byte for eight validators; nodes add one of zeros where eight divides their count (commitment.rs pack). */
static bool bitfield_fits(const mote_beefy_proof *proof) {
    size_t bytes = proof->set_size / 8 + (proof->set_size % 8 != 0);
    bool padded = proof->set_size % 8 == 0 && proof->bitfield.size == bytes + 1;
    if (proof->bitfield.size != bytes && !padded) return false;
    for (size_t i = proof->set_size; i < 8 * proof->bitfield.size; i++) {
        if (bit_at(proof->bitfield, i)) return false;
    }
    return true;
}

static uint32_t bits_set(const mote_beefy_proof *proof) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < proof->set_size; i++) count += bit_at(proof->bitfield, i);
    return count;
}

mote_status mote_beefy_proof_decode(mote_context *context, mote_beefy_proof *out,
                                    mote_bytes input) {
    mote_cursor cursor = mote_cursor_over(input);
    mote_beefy_proof proof;
    memset(out, 0, sizeof *out);
    memset(&proof, 0, sizeof proof);
    if (mote_read_u8(&cursor) != 1 && cursor.status == MOTE_OK) {
        cursor.at = input.data;
        mote_cursor_fail(&cursor, MOTE_E_VERSION);
    }
    mote_read_beefy_commitment(&cursor, &proof.commitment);
    proof.bitfield = mote_read_vec_u8(&cursor);
    proof.set_size = mote_read_u32(&cursor);
    if (cursor.status == MOTE_OK && proof.set_size > MOTE_BEEFY_MAX_VALIDATORS) {
        mote_cursor_fail(&cursor, MOTE_E_LIMIT_COUNT);
    }
    proof.signature_count =
        mote_read_count(&cursor, MOTE_BEEFY_SIGNATURE_SIZE, MOTE_BEEFY_MAX_VALIDATORS);
    mote_bytes signatures =
        mote_read_span(&cursor, (size_t)proof.signature_count * MOTE_BEEFY_SIGNATURE_SIZE);
    proof.signatures = signatures.data;
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) return status;
    if (!bitfield_fits(&proof)) {
        return mote_fail(context, MOTE_E_BITFIELD, proof.bitfield.data, MOTE_NO_INDEX);
    }
    if (bits_set(&proof) != proof.signature_count) {
        return mote_fail(context, MOTE_E_COMMIT_LENGTHS, proof.signatures, MOTE_NO_INDEX);
    }
    *out = proof;
    mote_context_clear_fault(context);
    return MOTE_OK;
}

/* --- finality --------------------------------------------------------------------------------------------- */
mote_status mote_beefy_finalized_check(const mote_beefy_finalized *finalized) {
    return finalized->seal == MOTE_BEEFY_FINALIZED_SEAL ? MOTE_OK : MOTE_E_NO_EVIDENCE;
}

mote_beefy_finalized mote_beefy_root_assumed(const mote_hash *mmr_root, uint32_t block_number) {
    return (mote_beefy_finalized){MOTE_BEEFY_FINALIZED_SEAL, *mmr_root, block_number,
                                  MOTE_BEEFY_NO_SET, MOTE_ASSUMED_ROOT};
}

static mote_status check_set(mote_context *context, const mote_beefy_set *set,
                             const mote_beefy_proof *proof) {
    if (set->seal != MOTE_BEEFY_SET_SEAL) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    if (proof->commitment.set_id != set->id) {
        return mote_fail(context, MOTE_E_OTHER_SET, proof->commitment.encoded.data, MOTE_NO_INDEX);
    }
    if (proof->set_size != set->count) {
        return mote_fail(context, MOTE_E_SET_SIZE, proof->bitfield.data, MOTE_NO_INDEX);
    }
    return MOTE_OK;
}

/* Each bit is one validator, and each signature is asked of the key at its own place: nobody counts twice. */
static void count_votes(mote_beefy_report *report, const mote_beefy_set *set,
                        const mote_beefy_proof *proof) {
    const uint8_t *signature = proof->signatures;
    for (uint32_t i = 0; i < proof->set_size; i++) {
        if (!bit_at(proof->bitfield, i)) continue;
        const uint8_t *key = set->keys + (size_t)i * MOTE_BEEFY_KEY_SIZE;
        if (mote_beefy_check_signature(key, &proof->commitment.hash, signature) == MOTE_OK) {
            report->counted++;
        } else if (report->first_bad == MOTE_NO_INDEX) {
            report->first_bad = i;
        }
        signature += MOTE_BEEFY_SIGNATURE_SIZE;
    }
}

mote_status mote_beefy_verify(mote_context *context, mote_beefy_finalized *out,
                              mote_beefy_report *report, const mote_beefy_set *set,
                              mote_bytes input) {
    mote_beefy_proof proof;
    mote_beefy_report own;
    if (report == NULL) report = &own;
    memset(out, 0, sizeof *out);
    *report = (mote_beefy_report){0, 0, 0, 0, MOTE_NO_INDEX};
    mote_status status = mote_beefy_proof_decode(context, &proof, input);
    if (status == MOTE_OK) status = check_set(context, set, &proof);
    if (status != MOTE_OK) return status;
    report->validators = set->count;
    report->threshold = mote_beefy_threshold(set->count);
    report->signatures = proof.signature_count;
    /* Too few signatures are too few, whatever they are worth. */
    if (report->signatures >= report->threshold) count_votes(report, set, &proof);
    if (report->counted < report->threshold) {
        return mote_fail(context, MOTE_E_BELOW_THRESHOLD, proof.signatures, report->first_bad);
    }
    *out = (mote_beefy_finalized){MOTE_BEEFY_FINALIZED_SEAL, proof.commitment.mmr_root,
                                  proof.commitment.block_number, set->id, set->assumed};
    mote_context_clear_fault(context);
    return MOTE_OK;
}

mote_status mote_beefy_advances(mote_context *context, const mote_beefy_finalized *older,
                                const mote_beefy_finalized *newer) {
    if (mote_beefy_finalized_check(older) != MOTE_OK ||
        mote_beefy_finalized_check(newer) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    bool without_sets = older->set_id == MOTE_BEEFY_NO_SET || newer->set_id == MOTE_BEEFY_NO_SET;
    bool later_set = without_sets || newer->set_id >= older->set_id;
    if (newer->block_number > older->block_number && later_set) return MOTE_OK;
    return mote_fail(context, MOTE_E_NOT_ABOVE_TRUSTED, NULL, MOTE_NO_INDEX);
}
