/* SPDX-License-Identifier: Apache-2.0 */
/* What nodes answer and notify: the form of each method's result. */
#include <string.h>

#include "in_place.h"
#include "mote/source.h"

/* --- results ---------------------------------------------------------------------------------------------- */
static mote_status read_hash(const mote_in_place *place, mote_reply *out, mote_json result) {
    if (mote_json_hash(result, &out->hash)) return MOTE_OK;
    return mote_in_place_refuse(place, result, MOTE_NO_INDEX);
}

/* sc_rpc_api ReadProof: {at, proof}; `at` is what was asked for, and the proof is under its root or it is not. */
static mote_status read_proof(const mote_in_place *place, mote_reply *out, mote_json result) {
    return mote_in_place_strings(place, &out->bytes, mote_json_field(result, "proof"));
}

/* OpaqueExtrinsic: its bytes with their length in front, as in the body. */
static mote_status check_extrinsics(mote_context *context, mote_bytes list) {
    mote_cursor cursor = mote_cursor_over(list);
    uint32_t count = mote_read_count(&cursor, 1, UINT32_MAX);
    for (uint32_t i = 0; i < count && cursor.status == MOTE_OK; i++) {
        (void)mote_read_vec_u8(&cursor);
    }
    return mote_cursor_finish(context, &cursor);
}

/* SignedBlock: {block: {header, extrinsics}, justifications}. */
static mote_status read_block(const mote_in_place *place, mote_reply *out, mote_json result) {
    static const char *const names[] = {"block", "justifications"};
    static const char *const block_names[] = {"header", "extrinsics"};
    mote_json field[2], block[2];
    if (!mote_json_fields(result, field, names, 2) ||
        !mote_json_fields(field[0], block, block_names, 2)) {
        return mote_in_place_refuse(place, result, MOTE_NO_INDEX);
    }
    mote_status status = mote_in_place_header(place, &out->bytes, block[0]);
    if (status == MOTE_OK) status = mote_in_place_values(place, &out->extrinsics, block[1]);
    if (status == MOTE_OK) status = check_extrinsics(place->context, out->extrinsics);
    bool has_none = field[1].kind == MOTE_JSON_NULL || field[1].kind == MOTE_JSON_NONE;
    if (status != MOTE_OK || has_none) return status;
    return mote_in_place_justifications(place, &out->justifications, field[1]);
}

static mote_status read_name(const mote_in_place *place, mote_reply *out, mote_json result) {
    if (result.kind != MOTE_JSON_STRING && result.kind != MOTE_JSON_NUMBER) {
        return mote_in_place_refuse(place, result, MOTE_NO_INDEX);
    }
    out->subscription = result.text;
    return MOTE_OK;
}

static bool may_be_none(mote_request_kind kind) {
    return kind == MOTE_REQUEST_BLOCK_HASH || kind == MOTE_REQUEST_HEADER ||
           kind == MOTE_REQUEST_FINALITY || kind == MOTE_REQUEST_BLOCK;
}

static mote_status read_result(const mote_in_place *place, mote_reply *out, mote_request_kind kind,
                               mote_json result) {
    out->present = result.kind != MOTE_JSON_NULL;
    if (!out->present && may_be_none(kind)) return MOTE_OK;
    switch (kind) {
    case MOTE_REQUEST_BLOCK_HASH:
    case MOTE_REQUEST_FINALIZED: return read_hash(place, out, result);
    case MOTE_REQUEST_HEADER: return mote_in_place_header(place, &out->bytes, result);
    case MOTE_REQUEST_FINALITY: return mote_in_place_hex(place, &out->bytes, result);
    case MOTE_REQUEST_BLOCK: return read_block(place, out, result);
    case MOTE_REQUEST_READ: return read_proof(place, out, result);
    case MOTE_REQUEST_KEYS: return mote_in_place_strings(place, &out->bytes, result);
    case MOTE_REQUEST_BLOCK_HASHES: return mote_in_place_hashes(place, &out->bytes, result);
    case MOTE_REQUEST_SUBMIT:
    case MOTE_REQUEST_JUSTIFICATIONS:
    case MOTE_REQUEST_FINAL_HEADS:
    case MOTE_REQUEST_NEW_HEADS: return read_name(place, out, result);
    default: return mote_fail(place->context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    }
}

static mote_status read_notified(const mote_in_place *place, mote_reply *out,
                                 mote_request_kind kind, mote_json result) {
    out->present = true;
    switch (kind) {
    case MOTE_REQUEST_JUSTIFICATIONS: return mote_in_place_hex(place, &out->bytes, result);
    case MOTE_REQUEST_FINAL_HEADS:
    case MOTE_REQUEST_NEW_HEADS: return mote_in_place_header(place, &out->bytes, result);
    default: return mote_fail(place->context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    }
}

/* --- messages --------------------------------------------------------------------------------------------- */
/* The result is in that memory, with the name of its member in front. */
static bool is_inside(mote_json result, const uint8_t *text, size_t size) {
    const uint8_t *data = result.text.data;
    return data != NULL && data > text && (size_t)(data - text) < size &&
           result.text.size <= size - (size_t)(data - text);
}

static mote_status conclude(mote_context *context, mote_reply *out, mote_status status) {
    if (status == MOTE_OK) {
        mote_context_clear_fault(context);
    } else {
        memset(out, 0, sizeof *out);
    }
    return status;
}

mote_status mote_reply_read(mote_context *context, mote_reply *out, mote_request_kind kind,
                            uint8_t *text, size_t text_size, const mote_rpc_message *message) {
    const mote_in_place place = {context, text};
    memset(out, 0, sizeof *out);
    if (message->kind != MOTE_RPC_RESULT || !is_inside(message->result, text, text_size)) {
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    }
    return conclude(context, out, read_result(&place, out, kind, message->result));
}

mote_status mote_notice_read(mote_context *context, mote_reply *out, mote_request_kind kind,
                             uint8_t *text, size_t text_size, const mote_rpc_message *message) {
    const mote_in_place place = {context, text};
    memset(out, 0, sizeof *out);
    if (message->kind != MOTE_RPC_NOTIFICATION || !is_inside(message->result, text, text_size)) {
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    }
    return conclude(context, out, read_notified(&place, out, kind, message->result));
}
