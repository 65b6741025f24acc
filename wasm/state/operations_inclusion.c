/* SPDX-License-Identifier: Apache-2.0 */
/* What is in a block, and the events it left. */
#include "mote/inclusion.h"
#include "state/state.h"

static mote_status open_body(const boundary *b, mote_context *context, mote_body_root *out,
                             bool is_parachain, mote_bytes sealed) {
    mote_finalized_header relay;
    mote_para_header para;
    mote_status status = is_parachain
                             ? token_open(b, context, &para, sizeof para, TOKEN_PARA_HEADER, sealed)
                             : token_open(b, context, &relay, sizeof relay, TOKEN_HEADER, sealed);
    if (status != MOTE_OK) return status;
    *out = is_parachain ? mote_body_of_parachain(&para) : mote_body_of_relay(&relay);
    return MOTE_OK;
}

OPERATION(extrinsic_read) {
    ASK(extrinsic_read);
    mote_body_root body;
    mote_included included;
    status = open_body(b, context, &body, q.is_parachain, q.header);
    if (status == MOTE_OK)
        status = q.has_extrinsic ? mote_extrinsic_check(context, &included, &body, q.proof, q.index,
                                                        q.extrinsic)
                                 : mote_extrinsic_read(context, &included, &body, q.proof, q.index);
    if (status == MOTE_OK) protocol_write_bytes(answer, included.extrinsic);
    return status;
}

OPERATION(extrinsics_check) {
    ASK(extrinsics_check);
    (void)answer;
    mote_body_root body;
    if (q.version > MOTE_STATE_V1)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    status = open_body(b, context, &body, q.is_parachain, q.header);
    if (status != MOTE_OK) return status;
    uint32_t count = q.extrinsics.count;
    mote_bytes *items = mote_context_take(context, (size_t)count + 1, sizeof *items);
    if (items == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    for (uint32_t i = 0; i < count; i++) items[i] = protocol_next(&q.extrinsics);
    return mote_extrinsics_check(context, &body, items, count, (mote_state_version)q.version);
}

OPERATION(events) {
    ASK(events);
    mote_proof proof;
    mote_events events;
    status = load_state(b, context, &proof, STATE_SOURCE(q));
    if (status == MOTE_OK) status = mote_events_read(context, &events, &proof);
    if (status != MOTE_OK) return status;
    mote_write_u8(answer, events.present);
    mote_write_u32(answer, events.count);
    protocol_write_bytes(answer, events.raw);
    return MOTE_OK;
}
