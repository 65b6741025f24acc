/* SPDX-License-Identifier: Apache-2.0 */
#include "one_value.h"

#include "mote/state.h"

mote_proof one_value_proof(mote_context *context, mote_bytes key, mote_bytes value) {
    static _Alignas(16) uint8_t memory[1u << 19];
    static uint8_t bytes[1u << 19];
    mote_state *state;
    mote_proof proof;
    mote_writer writer = mote_writer_into(bytes, sizeof bytes);
    const mote_state_query query = {MOTE_QUERY_KEY, NULL, key};
    if (mote_state_open(context, &state, memory, sizeof memory) != MOTE_OK) abort();
    if (mote_state_put(context, state, NULL, key, value, MOTE_STATE_V1) != MOTE_OK) abort();
    if (mote_state_prove(context, &writer, state, &query, 1, MOTE_PROOF_NODES) != MOTE_OK) abort();
    const mote_hash root = mote_state_root_of(state);
    const mote_state_root under = mote_state_assumed(&root);
    const mote_bytes scale = {bytes, writer.size};
    if (!mote_writer_fits(&writer)) abort();
    if (mote_proof_load(context, &proof, &under, scale, MOTE_PROOF_STRICT) != MOTE_OK) abort();
    return proof;
}
