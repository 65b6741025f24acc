/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "mote/hash.h"
#include "mote/issue.h"
#include "mote/merkle.h"
#include "seals.h"

#define TWO_HASHES 64u

mote_status mote_beefy_leaf_check(const mote_beefy_leaf *leaf) {
    return leaf->seal == MOTE_BEEFY_LEAF_SEAL ? MOTE_OK : MOTE_E_NO_EVIDENCE;
}

/* The range after `block_number`; 0 where it has none yet. */
static uint64_t leaves_after(uint32_t block_number, uint32_t first_block) {
    return block_number < first_block ? 0 : (uint64_t)block_number - first_block + 1;
}

/* What a leaf says, once it is shown to be one: about the parent of the block that added it. */
static mote_status read_leaf(mote_context *context, mote_beefy_leaf *out,
                             const mote_beefy_finalized *finalized, uint32_t first_block,
                             mote_bytes bytes, uint64_t index) {
    mote_mmr_leaf leaf;
    memset(out, 0, sizeof *out);
    mote_status status = mote_mmr_leaf_decode(context, &leaf, bytes);
    if (status != MOTE_OK) return status;
    if ((uint64_t)leaf.parent_number + 1 != index + first_block) {
        return mote_fail(context, MOTE_E_LEAF_INDEX, bytes.data, MOTE_NO_INDEX);
    }
    *out = (mote_beefy_leaf){.seal = MOTE_BEEFY_LEAF_SEAL,
                             .index = index,
                             .parent_number = leaf.parent_number,
                             .parent_hash = leaf.parent_hash,
                             .next_set = leaf.next_set,
                             .has_heads_root = leaf.has_heads_root,
                             .heads_root = leaf.heads_root,
                             .final_number = finalized->block_number,
                             .set_id = finalized->set_id,
                             .assumed = finalized->assumed};
    return MOTE_OK;
}

mote_status mote_beefy_leaf_verify(mote_context *context, mote_beefy_leaf *out,
                                   const mote_beefy_finalized *finalized, uint32_t first_block,
                                   mote_bytes leaf, uint64_t index, mote_bytes items) {
    memset(out, 0, sizeof *out);
    if (mote_beefy_finalized_check(finalized) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    if (leaf.size == TWO_HASHES) {
        return mote_fail(context, MOTE_E_LEAF_SIZE, leaf.data, MOTE_NO_INDEX);
    }
    const mote_mmr_entry entry = {index, mote_keccak_256(leaf)};
    uint64_t count = leaves_after(finalized->block_number, first_block);
    mote_status status = mote_mmr_verify(context, &finalized->mmr_root, &entry, 1, count, items);
    if (status != MOTE_OK) return status;
    return read_leaf(context, out, finalized, first_block, leaf, index);
}

mote_status mote_beefy_leaves_verify(mote_context *context, mote_beefy_leaf *out, size_t capacity,
                                     size_t *count, const mote_beefy_finalized *finalized,
                                     uint32_t first_block, mote_bytes leaves, mote_bytes proof) {
    uint64_t leaf_count, index;
    mote_bytes leaf;
    *count = 0;
    if (mote_beefy_finalized_check(finalized) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    mote_status status =
        mote_mmr_verify_leaves(context, &leaf_count, &finalized->mmr_root, leaves, proof);
    if (status != MOTE_OK) return status;
    if (leaf_count != leaves_after(finalized->block_number, first_block)) {
        return mote_fail(context, MOTE_E_LEAF_COUNT, proof.data, MOTE_NO_INDEX);
    }
    mote_mmr_leaves shown = mote_mmr_leaves_of(leaves, proof);
    while (mote_mmr_leaves_next(&shown, &leaf, &index)) {
        if (*count == capacity) {
            return mote_fail(context, MOTE_E_BUFFER_TOO_SMALL, leaf.data, (uint32_t)*count);
        }
        status = read_leaf(context, &out[*count], finalized, first_block, leaf, index);
        if (status != MOTE_OK) return status;
        ++*count;
    }
    return MOTE_OK;
}

/* --- what a leaf leads to --------------------------------------------------------------------------------- */
mote_status mote_beefy_header(mote_context *context, mote_finalized_header *out,
                              const mote_beefy_leaf *leaf, const mote_header *header) {
    memset(out, 0, sizeof *out);
    if (mote_beefy_leaf_check(leaf) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    mote_status status = mote_header_check(context, header);
    if (status != MOTE_OK) return status;
    if (!mote_hash_equal(&header->hash, &leaf->parent_hash)) {
        return mote_fail(context, MOTE_E_HEADER_HASH, header->encoded.data, MOTE_NO_INDEX);
    }
    if (header->number != leaf->parent_number) {
        return mote_fail(context, MOTE_E_HEADER_NUMBER, header->encoded.data, MOTE_NO_INDEX);
    }
    out->hash = header->hash;
    out->number = header->number;
    out->parent_hash = header->parent_hash;
    out->state_root = header->state_root;
    out->extrinsics_root = header->extrinsics_root;
    out->set_id = leaf->set_id;
    out->assumed = leaf->assumed;
    mote_issue_finalized_header(out);
    mote_context_clear_fault(context);
    return MOTE_OK;
}

/* The leaf (para_id u32, Vec<u8>) without a copy of the head: hashed piece by piece is not what Keccak here does, so it is
 * put together in the context's memory. */
static mote_status verify_head(mote_context *context, const mote_beefy_leaf *leaf, uint32_t para_id,
                               mote_bytes head, uint32_t index, uint32_t count, mote_bytes items) {
    size_t mark = mote_context_mark(context);
    size_t room = head.size + 16;
    uint8_t *memory = mote_context_take(context, room, 1);
    if (memory == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    mote_writer writer = mote_writer_into(memory, room);
    mote_write_u32(&writer, para_id);
    mote_write_compact(&writer, head.size);
    mote_write_span(&writer, head.data, head.size);
    mote_status status = mote_merkle_verify(context, &leaf->heads_root,
                                            (mote_bytes){memory, writer.size}, index, count, items);
    mote_context_release(context, mark);
    /* Not a byte of memory that is given back. */
    if (status != MOTE_OK) return mote_fail(context, status, head.data, index);
    return MOTE_OK;
}

mote_status mote_beefy_para_head(mote_context *context, mote_para_header *out, mote_header *header,
                                 const mote_beefy_leaf *leaf, uint32_t para_id, mote_bytes head,
                                 uint32_t index, uint32_t count, mote_bytes items) {
    memset(out, 0, sizeof *out);
    memset(header, 0, sizeof *header);
    if (mote_beefy_leaf_check(leaf) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    if (!leaf->has_heads_root) {
        return mote_fail(context, MOTE_E_HEADS_ROOT, NULL, MOTE_NO_INDEX);
    }
    mote_status status = verify_head(context, leaf, para_id, head, index, count, items);
    if (status != MOTE_OK) return status;
    if (mote_header_decode(context, header, head) != MOTE_OK) {
        return mote_fail(context, MOTE_E_HEAD_NOT_HEADER, head.data, MOTE_NO_INDEX);
    }
    out->para_id = para_id;
    out->hash = header->hash;
    out->number = header->number;
    out->parent_hash = header->parent_hash;
    out->state_root = header->state_root;
    out->extrinsics_root = header->extrinsics_root;
    out->relay_hash = leaf->parent_hash;
    out->relay_number = leaf->parent_number;
    out->assumed = leaf->assumed;
    mote_issue_para_header(out);
    return MOTE_OK;
}

mote_status mote_beefy_agrees(mote_context *context, const mote_finalized_header *a,
                              const mote_finalized_header *b) {
    if (mote_finalized_header_check(a) != MOTE_OK || mote_finalized_header_check(b) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    if (a->number != b->number) return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    if (mote_hash_equal(&a->hash, &b->hash)) return MOTE_OK;
    return mote_fail(context, MOTE_E_FINALITY_CONFLICT, NULL, MOTE_NO_INDEX);
}
