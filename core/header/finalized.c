/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a final block to its header and on to its ancestors. Sound because the hash names the whole header, and a
 * header names its parent: nobody can offer another one with the same name.
 */
#include "mote/header.h"

#include <string.h>

#include "mote/issue.h"

static void fill(mote_finalized_header *out, const mote_header *header, uint64_t set_id,
                 uint32_t assumed) {
    out->hash = header->hash;
    out->number = header->number;
    out->parent_hash = header->parent_hash;
    out->state_root = header->state_root;
    out->extrinsics_root = header->extrinsics_root;
    out->set_id = set_id;
    out->assumed = assumed;
    mote_issue_finalized_header(out);
}

mote_status mote_finalized_header_of(mote_context *context, mote_finalized_header *out,
                                     const mote_finalized_block *block, const mote_header *header) {
    const uint8_t *at = header->encoded.data;
    memset(out, 0, sizeof *out);
    if (mote_finalized_block_check(block) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    mote_status status = mote_header_check(context, header);
    if (status != MOTE_OK) return status;
    if (!mote_hash_equal(&block->hash, &header->hash)) {
        return mote_fail(context, MOTE_E_HEADER_HASH, at, MOTE_NO_INDEX);
    }
    if (block->number != header->number) {
        return mote_fail(context, MOTE_E_TARGET_NUMBER, at, MOTE_NO_INDEX);
    }
    mote_context_clear_fault(context);
    fill(out, header, block->set_id, block->assumed);
    return MOTE_OK;
}

mote_status mote_finalized_parent(mote_context *context, mote_finalized_header *out,
                                  const mote_finalized_header *child, const mote_header *parent) {
    const mote_finalized_header below = *child; /* `out` may be `child` */
    memset(out, 0, sizeof *out);
    if (mote_finalized_header_check(&below) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    mote_status status = mote_header_check(context, parent);
    if (status != MOTE_OK) return status;
    mote_header link;
    memset(&link, 0, sizeof link);
    link.parent_hash = below.parent_hash;
    link.number = below.number;
    status = mote_header_check_parent(context, &link, parent);
    if (status != MOTE_OK) return status;
    fill(out, parent, below.set_id, below.assumed);
    return MOTE_OK;
}

mote_finalized_header mote_finalized_header_assumed(const mote_header *header) {
    mote_finalized_header out;
    memset(&out, 0, sizeof out);
    fill(&out, header, 0, MOTE_ASSUMED_HEADER);
    return out;
}
