/* SPDX-License-Identifier: Apache-2.0 */
/* From a relay chain's state to a parachain's final header (verification-rules E.1). */
#include "mote/para.h"
#include "mote/issue.h"
#include "mote/limits.h"
#include "para_value.h"

#include <string.h>

/* HeadData: Vec<u8>. */
static mote_status decode_head_data(mote_context *context, mote_bytes *out, mote_bytes value) {
    mote_cursor cursor = mote_cursor_over(value);
    const mote_bytes data = mote_read_vec_u8(&cursor);
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) return status;
    if (data.size > MOTE_MAX_HEAD_DATA_SIZE) {
        return mote_fail(context, MOTE_E_LIMIT_SIZE, value.data, MOTE_NO_INDEX);
    }
    *out = data;
    return MOTE_OK;
}

static mote_para_header head_of(const mote_header *header, const mote_state_root *under,
                                uint32_t para_id) {
    mote_para_header head;
    memset(&head, 0, sizeof head);
    head.para_id = para_id;
    head.hash = header->hash;
    head.number = header->number;
    head.parent_hash = header->parent_hash;
    head.state_root = header->state_root;
    head.extrinsics_root = header->extrinsics_root;
    head.relay_hash = under->block_hash;
    head.relay_number = under->block_number;
    head.assumed = under->assumed;
    mote_issue_para_header(&head);
    return head;
}

/* What the relay chain stores is opaque to it: only a whole header may be used as one. */
static mote_status read_as_header(mote_context *context, mote_para_head *out,
                                  const mote_proof *proof, uint32_t para_id) {
    out->state = MOTE_PARA_HEAD_OPAQUE;
    mote_status status = mote_header_decode(context, &out->header, out->data);
    if (status == MOTE_E_LARGE_BLOCK_NUMBER) return status;
    if (status != MOTE_OK) {
        const uint8_t *at = context->fault.at;
        return mote_fail(context, MOTE_E_HEAD_NOT_HEADER, at, MOTE_NO_INDEX);
    }
    out->state = MOTE_PARA_HEAD_HEADER;
    out->head = head_of(&out->header, &proof->state, para_id);
    return MOTE_OK;
}

mote_status mote_para_head_read(mote_context *context, mote_para_head *out, const mote_proof *proof,
                                uint32_t para_id) {
    memset(out, 0, sizeof *out);
    uint8_t key[MOTE_PARA_KEY_SIZE];
    mote_para_head_key(key, para_id);
    bool present;
    mote_bytes value;
    mote_status status =
        mote_para_value(context, &present, &value, proof, (mote_bytes){key, sizeof key});
    if (status != MOTE_OK) return status;
    if (!present) {
        out->state = MOTE_PARA_HEAD_ABSENT;
        return MOTE_OK;
    }
    status = decode_head_data(context, &out->data, value);
    if (status != MOTE_OK) return status;
    return read_as_header(context, out, proof, para_id);
}

mote_status mote_para_parent(mote_context *context, mote_para_header *out,
                             const mote_para_header *child, const mote_header *parent) {
    const mote_para_header below = *child; /* `out` may be `child` */
    memset(out, 0, sizeof *out);
    mote_status status = mote_para_header_check(&below);
    if (status != MOTE_OK) return mote_fail(context, status, NULL, MOTE_NO_INDEX);
    mote_header link;
    memset(&link, 0, sizeof link);
    link.parent_hash = below.parent_hash;
    link.number = below.number;
    status = mote_header_check_parent(context, &link, parent);
    if (status != MOTE_OK) return status;
    const mote_state_root under = {.block_hash = below.relay_hash,
                                   .block_number = below.relay_number,
                                   .assumed = below.assumed};
    *out = head_of(parent, &under, below.para_id);
    return MOTE_OK;
}
