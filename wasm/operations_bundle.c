/* SPDX-License-Identifier: Apache-2.0 */
/* Making a bundle of parts. It judges nothing: walk what comes out. */
#include <string.h>

#include "operations.h"

/* A question: kind u8, child key, key, expected value, each of these with its length. */
static mote_status read_questions(mote_context *context, mote_bundle_query **out,
                                  protocol_list *list) {
    *out = mote_context_take(context, (size_t)list->count + 1, sizeof **out);
    if (*out == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    for (uint32_t i = 0; i < list->count; i++) {
        mote_cursor cursor = mote_cursor_over(protocol_next(list));
        mote_bundle_query *query = &(*out)[i];
        query->question = (mote_question)mote_read_u8(&cursor);
        query->child_key = protocol_read_bytes(&cursor);
        query->key = protocol_read_bytes(&cursor);
        query->expected = protocol_read_bytes(&cursor);
        mote_status status = mote_cursor_finish(context, &cursor);
        if (status != MOTE_OK) return status;
    }
    return MOTE_OK;
}

static mote_status read_list(mote_context *context, const mote_bytes **out, size_t *count,
                             protocol_list *list) {
    mote_bytes *items = mote_context_take(context, (size_t)list->count + 1, sizeof *items);
    if (items == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    for (uint32_t i = 0; i < list->count; i++) items[i] = protocol_next(list);
    *out = items;
    *count = list->count;
    return MOTE_OK;
}

static mote_status read_parts(mote_context *context, mote_bundle_parts *parts,
                              ask_bundle_encode *q) {
    mote_bundle_query *relay, *para;
    mote_status status = read_questions(context, &relay, &q->relay_questions);
    if (status == MOTE_OK) status = read_questions(context, &para, &q->para_questions);
    if (status == MOTE_OK) {
        status = read_list(context, &parts->headers, &parts->header_count, &q->headers);
    }
    if (status == MOTE_OK) {
        status =
            read_list(context, &parts->para_headers, &parts->para_header_count, &q->para_headers);
    }
    if (status != MOTE_OK) return status;
    parts->genesis = q->genesis;
    parts->checkpoint_digest = q->checkpoint_digest;
    parts->warp = q->warp;
    parts->justification = q->justification;
    parts->relay_proof = q->relay_proof;
    parts->relay_queries = relay;
    parts->relay_query_count = q->relay_questions.count;
    parts->has_para = q->has_para;
    parts->para_id = q->para_id;
    parts->para_proof = q->para_proof;
    parts->para_state_proof = q->para_state_proof;
    parts->para_queries = para;
    parts->para_query_count = q->para_questions.count;
    return MOTE_OK;
}

OPERATION(bundle_encode) {
    ASK(bundle_encode);
    (void)b;
    char chain[33] = {0};
    mote_bundle_parts parts;
    memset(&parts, 0, sizeof parts);
    if (q.chain.size >= sizeof chain)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, q.chain.data, MOTE_NO_INDEX);
    if (q.chain.size != 0) memcpy(chain, q.chain.data, q.chain.size);
    parts.chain = chain;
    status = read_parts(context, &parts, &q);
    if (status != MOTE_OK) return status;
    mote_writer size = mote_writer_into(NULL, 0);
    mote_bundle_encode(&size, &parts);
    uint8_t *bundle = mote_context_take(context, size.size, 1);
    if (bundle == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    mote_writer writer = mote_writer_into(bundle, size.size);
    mote_bundle_encode(&writer, &parts);
    protocol_write_bytes(answer, (mote_bytes){bundle, writer.size});
    return MOTE_OK;
}
