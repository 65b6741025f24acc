/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bodies (sp_runtime OpaqueExtrinsic, frame_system extrinsics root; verification-rules A.2). The root is that of a trie
 * of index to extrinsic, so it names their bytes and their order.
 */
#include <string.h>

#include "mote/block.h"

static mote_bytes read_extrinsic(mote_cursor *cursor) {
    const uint8_t *start = cursor->at;
    (void)mote_read_vec_u8(cursor);
    return (mote_bytes){start, (size_t)(cursor->at - start)};
}

mote_status mote_body_decode(mote_context *context, mote_body *out, mote_bytes input) {
    mote_cursor cursor = mote_cursor_over(input);
    memset(out, 0, sizeof *out);
    size_t mark = mote_context_mark(context);
    uint32_t count = mote_read_count(&cursor, 1, MOTE_MAX_EXTRINSICS);
    mote_status status = mote_cursor_check(context, &cursor);
    if (status != MOTE_OK) return status;
    mote_bytes *extrinsics = mote_context_take(context, count, sizeof *extrinsics);
    if (extrinsics == NULL) {
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, input.data, MOTE_NO_INDEX);
    }
    for (uint32_t i = 0; i < count && cursor.status == MOTE_OK; i++) {
        extrinsics[i] = read_extrinsic(&cursor);
    }
    status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) {
        mote_context_release(context, mark);
        return status;
    }
    mote_context_clear_fault(context);
    *out = (mote_body){extrinsics, count};
    return MOTE_OK;
}

static mote_status compare(mote_context *context, bool *same, const mote_header *header,
                           const mote_bytes *extrinsics, size_t count, mote_state_version version) {
    mote_hash root;
    *same = false;
    if (count > MOTE_MAX_EXTRINSICS) {
        return mote_fail(context, MOTE_E_LIMIT_COUNT, NULL, MOTE_NO_INDEX);
    }
    mote_status status = mote_header_check(context, header);
    if (status != MOTE_OK) return status;
    status = mote_ordered_trie_root(context, &root, extrinsics, count, version);
    if (status != MOTE_OK) return status;
    *same = mote_hash_equal(&root, &header->extrinsics_root);
    return MOTE_OK;
}

mote_status mote_body_check(mote_context *context, const mote_header *header,
                            const mote_bytes *extrinsics, size_t count,
                            mote_state_version version) {
    bool same;
    mote_status status = compare(context, &same, header, extrinsics, count, version);
    if (status != MOTE_OK) return status;
    if (!same) {
        return mote_fail(context, MOTE_E_EXTRINSICS_ROOT, header->encoded.data, MOTE_NO_INDEX);
    }
    mote_context_clear_fault(context);
    return MOTE_OK;
}

mote_status mote_body_find_version(mote_context *context, mote_state_version *out,
                                   const mote_header *header, const mote_bytes *extrinsics,
                                   size_t count) {
    *out = MOTE_STATE_V0;
    mote_status status = mote_body_check(context, header, extrinsics, count, MOTE_STATE_V0);
    if (status != MOTE_E_EXTRINSICS_ROOT) return status;
    status = mote_body_check(context, header, extrinsics, count, MOTE_STATE_V1);
    if (status == MOTE_OK) *out = MOTE_STATE_V1;
    return status;
}
