/* SPDX-License-Identifier: Apache-2.0 */
#include "para_value.h"

/* A parachain has keys of its own choice: one that looks like Paras::Heads would mean nothing. */
static mote_status check_origin(mote_context *context, const mote_state_root *state,
                                mote_state_origin wanted) {
    if (mote_state_root_check(state) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    if (state->origin != wanted && state->origin != MOTE_STATE_ASSUMED) {
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    }
    return MOTE_OK;
}

static mote_status read_value(mote_context *context, bool *present, mote_bytes *value,
                              const mote_proof *proof, mote_bytes key, mote_state_origin origin) {
    *present = false;
    *value = (mote_bytes){NULL, 0};
    mote_status status = check_origin(context, &proof->state, origin);
    if (status != MOTE_OK) return status;
    const mote_trie_view view = mote_proof_main(proof);
    mote_proven_value proven;
    status = mote_trie_read(context, &proven, &view, key);
    if (status != MOTE_OK) return status;
    if (proven.state == MOTE_VALUE_HASH_ONLY) {
        return mote_fail(context, MOTE_E_VALUE_NOT_IN_PROOF, NULL, MOTE_NO_INDEX);
    }
    *present = proven.state == MOTE_VALUE_PRESENT;
    *value = proven.value;
    return MOTE_OK;
}

mote_status mote_para_value(mote_context *context, bool *present, mote_bytes *value,
                            const mote_proof *proof, mote_bytes key) {
    return read_value(context, present, value, proof, key, MOTE_STATE_OF_RELAY);
}

mote_status mote_para_own_value(mote_context *context, bool *present, mote_bytes *value,
                                const mote_proof *proof, mote_bytes key) {
    return read_value(context, present, value, proof, key, MOTE_STATE_OF_PARACHAIN);
}
