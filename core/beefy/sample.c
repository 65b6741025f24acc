/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "mote/merkle.h"
#include "seals.h"

/* v as sp_core has it: Ethereum adds 27. */
static uint8_t native_form(uint8_t v) {
    return v == 27 || v == 28 ? (uint8_t)(v - 27) : v;
}

/* A recovery that fails is a failure, never the zero address, which may stand in the tree (C.5). */
static mote_status check_signer(const mote_beefy_sample *sample, const mote_hash *hash) {
    uint8_t signature[MOTE_BEEFY_SIGNATURE_SIZE], key[MOTE_BEEFY_KEY_SIZE];
    uint8_t address[MOTE_BEEFY_ADDRESS_SIZE];
    memcpy(signature, sample->signature, sizeof signature);
    signature[64] = native_form(signature[64]);
    mote_status status = mote_beefy_recover(key, hash, signature);
    if (status == MOTE_OK) status = mote_beefy_address(address, key);
    if (status != MOTE_OK) return status;
    bool same = memcmp(address, sample->address, sizeof address) == 0;
    return same ? MOTE_OK : MOTE_E_BAD_SIGNATURE;
}

mote_status mote_beefy_sample_verify(mote_context *context, mote_beefy_sampled *out,
                                     const mote_mmr_authority_set *set, mote_bytes commitment,
                                     const mote_beefy_sample *samples, size_t count) {
    mote_beefy_commitment parsed;
    memset(out, 0, sizeof *out);
    mote_status status = mote_beefy_commitment_decode(context, &parsed, commitment);
    if (status != MOTE_OK) return status;
    if (parsed.set_id != set->id) {
        return mote_fail(context, MOTE_E_OTHER_SET, commitment.data, MOTE_NO_INDEX);
    }
    if (count == 0) return mote_fail(context, MOTE_E_NO_LEAVES, NULL, MOTE_NO_INDEX);
    for (size_t i = 0; i < count; i++) {
        const mote_beefy_sample *sample = &samples[i];
        if (i > 0 && sample->index <= samples[i - 1].index) {
            return mote_fail(context, MOTE_E_LEAF_INDEX, NULL, (uint32_t)i);
        }
        status = mote_merkle_verify(context, &set->root,
                                    (mote_bytes){sample->address, sizeof sample->address},
                                    sample->index, set->count, sample->items);
        if (status == MOTE_OK) status = check_signer(sample, &parsed.hash);
        if (status != MOTE_OK) return mote_fail(context, status, NULL, (uint32_t)i);
    }
    *out = (mote_beefy_sampled){parsed.mmr_root, parsed.block_number, parsed.set_id, set->count,
                                (uint32_t)count};
    mote_context_clear_fault(context);
    return MOTE_OK;
}
