/* SPDX-License-Identifier: Apache-2.0 */
/* A whole state in memory: its root, and proofs out of it. */
#include "mote/state.h"
#include "state/state.h"

static size_t bytes_of(protocol_list list) {
    size_t size = 0;
    for (uint32_t i = 0; i < list.count; i++) size += protocol_next(&list).size;
    return size;
}

static mote_status open_state(mote_context *context, mote_state **out, const ask_state_prove *q) {
    size_t size = mote_state_memory(q->keys.count, bytes_of(q->keys), bytes_of(q->values));
    if (size > MAX_MEMORY) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    uint8_t *memory = mote_context_take(context, size + MOTE_STATE_ALIGNMENT, 1);
    if (memory == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    memory +=
        (MOTE_STATE_ALIGNMENT - (uintptr_t)memory % MOTE_STATE_ALIGNMENT) % MOTE_STATE_ALIGNMENT;
    return mote_state_open(context, out, memory, size);
}

static mote_status put_all(mote_context *context, mote_state *state, ask_state_prove *q) {
    for (uint32_t i = 0; i < q->keys.count; i++) {
        mote_bytes key = protocol_next(&q->keys), value = protocol_next(&q->values);
        mote_status status =
            mote_state_put(context, state, NULL, key, value, (mote_state_version)q->version);
        if (status != MOTE_OK) {
            context->fault.index = i;
            return status;
        }
    }
    return MOTE_OK;
}

static mote_status prove(mote_context *context, mote_writer *out, mote_state *state,
                         ask_state_prove *q) {
    size_t count = q->wanted.count;
    mote_state_query *queries = mote_context_take(context, count + 1, sizeof *queries);
    if (queries == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    for (size_t i = 0; i < count; i++)
        queries[i] = (mote_state_query){MOTE_QUERY_KEY, NULL, protocol_next(&q->wanted)};
    const mote_proof_form form = q->compact ? MOTE_PROOF_COMPACT : MOTE_PROOF_NODES;
    /* Once for its size. */
    mote_status status = mote_state_prove(context, out, state, queries, count, form);
    if (status != MOTE_OK) return status;
    uint8_t *bytes = mote_context_take(context, out->size + 1, 1);
    if (bytes == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    *out = mote_writer_into(bytes, out->size + 1);
    return mote_state_prove(context, out, state, queries, count, form);
}

OPERATION(state_prove) {
    ASK(state_prove);
    (void)b;
    mote_state *state;
    mote_writer proof = mote_writer_into(NULL, 0);
    if (q.keys.count != q.values.count || q.version > MOTE_STATE_V1)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    status = open_state(context, &state, &q);
    if (status == MOTE_OK) status = put_all(context, state, &q);
    if (status == MOTE_OK) status = prove(context, &proof, state, &q);
    if (status != MOTE_OK) return status;
    const mote_hash root = mote_state_root_of(state);
    mote_write_hash(answer, &root);
    protocol_write_bytes(answer, (mote_bytes){proof.data, proof.size});
    return MOTE_OK;
}
