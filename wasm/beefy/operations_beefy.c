/* SPDX-License-Identifier: Apache-2.0 */
/* Merkle trees, mountain ranges, and the finality that is over them: BEEFY. */
#include <string.h>

#include "mote/beefy.h"
#include "mote/hash.h"
#include "mote/merkle.h"
#include "operations.h"

/* --- trees ------------------------------------------------------------------------------------------------------------- */

OPERATION(merkle_verify) {
    ASK(merkle_verify);
    (void)b, (void)answer;
    return mote_merkle_verify(context, &q.root, q.leaf, q.index, q.count, q.items);
}

OPERATION(mmr_verify) {
    ASK(mmr_verify);
    (void)b;
    uint64_t leaf_count = 0;
    record_mmr_leaf record;
    status = mote_mmr_verify_leaves(context, &leaf_count, &q.root, q.leaves, q.proof);
    if (status != MOTE_OK) return status;
    mote_write_u64(answer, leaf_count);
    size_t place = protocol_begin_count(answer);
    uint32_t count = 0;
    mote_mmr_leaves leaves = mote_mmr_leaves_of(q.leaves, q.proof);
    while (mote_mmr_leaves_next(&leaves, &record.leaf, &record.index)) {
        write_mmr_leaf(answer, &record);
        count++;
    }
    protocol_end_count(answer, place, count);
    return MOTE_OK;
}

OPERATION(mmr_ancestry) {
    ASK(mmr_ancestry);
    (void)b;
    mote_mmr_ancestor ancestor;
    status = mote_mmr_verify_ancestry(context, &ancestor, &q.root, q.proof);
    if (status != MOTE_OK) return status;
    mote_write_hash(answer, &ancestor.root);
    mote_write_u64(answer, ancestor.leaf_count);
    mote_write_u64(answer, ancestor.of);
    return MOTE_OK;
}

/* --- evidence ---------------------------------------------------------------------------------------------------------- */

/* What the token of a set seals: the keys themselves cross in the clear. Without padding. */
typedef struct sealed_beefy_set {
    uint64_t set_id;
    mote_hash keys;
    uint64_t assumed;
} sealed_beefy_set;

static void write_set(const boundary *b, mote_writer *answer, const mote_beefy_set *set,
                      mote_bytes keys) {
    token seal;
    const sealed_beefy_set sealed = {set->id, mote_blake2b_256(keys), set->assumed};
    token_make(b, &seal, TOKEN_BEEFY_SET, &sealed, sizeof sealed);
    const record_beefy_set record = {set->id, set->count, set->assumed, keys, seal.span};
    write_beefy_set(answer, &record);
}

static mote_status choose_beefy_set(const boundary *b, mote_context *context, mote_beefy_set *out,
                                    mote_bytes keys, uint64_t set_id, mote_bytes seal) {
    uint32_t assumed = MOTE_ASSUMED_AUTHORITIES;
    memset(out, 0, sizeof *out);
    if (seal.size != 0) {
        sealed_beefy_set sealed;
        mote_status status = token_open(b, context, &sealed, sizeof sealed, TOKEN_BEEFY_SET, seal);
        if (status != MOTE_OK) return status;
        mote_hash hash = mote_blake2b_256(keys);
        if (!mote_hash_equal(&hash, &sealed.keys) || sealed.set_id != set_id)
            return mote_fail(context, MOTE_E_NO_EVIDENCE, seal.data, MOTE_NO_INDEX);
        assumed = (uint32_t)sealed.assumed;
    }
    return mote_beefy_set_decode(context, out, keys, set_id, assumed);
}

static void write_range(const boundary *b, mote_writer *answer, const mote_beefy_finalized *range) {
    token seal;
    bool has_set = range->set_id != MOTE_BEEFY_NO_SET;
    token_make(b, &seal, TOKEN_BEEFY_RANGE, range, sizeof *range);
    const record_beefy_range record = {range->mmr_root, range->block_number,
                                       has_set,         has_set ? range->set_id : 0,
                                       range->assumed,  seal.span};
    write_beefy_range(answer, &record);
}

static mote_status open_range(const boundary *b, mote_context *context, mote_beefy_finalized *out,
                              mote_bytes sealed) {
    return token_open(b, context, out, sizeof *out, TOKEN_BEEFY_RANGE, sealed);
}

static void write_leaf(const boundary *b, mote_writer *answer, const mote_beefy_leaf *leaf) {
    token seal;
    token_make(b, &seal, TOKEN_BEEFY_LEAF, leaf, sizeof *leaf);
    const record_beefy_leaf record = {leaf->index,          leaf->parent_number,
                                      leaf->parent_hash,    leaf->next_set.id,
                                      leaf->next_set.count, leaf->next_set.root,
                                      leaf->has_heads_root, leaf->heads_root,
                                      leaf->assumed,        seal.span};
    write_beefy_leaf(answer, &record);
}

static mote_status open_leaf(const boundary *b, mote_context *context, mote_beefy_leaf *out,
                             mote_bytes sealed) {
    return token_open(b, context, out, sizeof *out, TOKEN_BEEFY_LEAF, sealed);
}

static mote_status open_header(const boundary *b, mote_context *context, mote_finalized_header *out,
                               mote_bytes sealed, mote_header *header, mote_bytes encoded) {
    mote_status status = token_open(b, context, out, sizeof *out, TOKEN_HEADER, sealed);
    return status == MOTE_OK ? mote_header_decode(context, header, encoded) : status;
}

/* --- sets and roots ---------------------------------------------------------------------------------------------------- */

OPERATION(beefy_set_of_header) {
    ASK(beefy_set_of_header);
    mote_finalized_header evidence;
    mote_header header;
    mote_beefy_set set;
    mote_beefy_digest digest;
    status = open_header(b, context, &evidence, q.token, &header, q.header);
    if (status == MOTE_OK) status = mote_beefy_set_of_header(context, &set, &evidence, &header);
    if (status != MOTE_OK) return status;
    mote_beefy_digest_read(&digest, &header);
    write_set(b, answer, &set, digest.keys);
    return MOTE_OK;
}

OPERATION(beefy_root_of_header) {
    ASK(beefy_root_of_header);
    mote_finalized_header evidence;
    mote_header header;
    mote_beefy_finalized range;
    status = open_header(b, context, &evidence, q.token, &header, q.header);
    if (status == MOTE_OK) status = mote_beefy_root_of_header(context, &range, &evidence, &header);
    if (status == MOTE_OK) write_range(b, answer, &range);
    return status;
}

OPERATION(beefy_assume_root) {
    ASK(beefy_assume_root);
    mote_beefy_finalized range = mote_beefy_root_assumed(&q.root, q.block_number);
    write_range(b, answer, &range);
    return MOTE_OK;
}

OPERATION(beefy_verify) {
    ASK(beefy_verify);
    mote_beefy_set set;
    mote_beefy_finalized range;
    mote_beefy_report report;
    status = choose_beefy_set(b, context, &set, q.keys, q.set_id, q.token);
    if (status == MOTE_OK) status = mote_beefy_verify(context, &range, &report, &set, q.proof);
    if (status != MOTE_OK) return status;
    write_range(b, answer, &range);
    mote_write_u32(answer, report.validators);
    mote_write_u32(answer, report.threshold);
    mote_write_u32(answer, report.signatures);
    mote_write_u32(answer, report.counted);
    return MOTE_OK;
}

OPERATION(beefy_hand_over) {
    ASK(beefy_hand_over);
    mote_beefy_finalized range;
    mote_beefy_leaf newest;
    mote_beefy_set set;
    status = open_range(b, context, &range, q.range);
    if (status == MOTE_OK) status = open_leaf(b, context, &newest, q.leaf);
    if (status == MOTE_OK) status = mote_beefy_hand_over(context, &set, &range, &newest, q.keys);
    if (status == MOTE_OK) write_set(b, answer, &set, q.keys);
    return status;
}

/* --- below a root ------------------------------------------------------------------------------------------------------ */

OPERATION(beefy_leaves) {
    ASK(beefy_leaves);
    mote_beefy_finalized range;
    size_t count = 0;
    /* No leaf takes fewer bytes than that, so that the room is bounded by what came. */
    const size_t capacity = q.leaves.size / 81 + 1;
    status = open_range(b, context, &range, q.range);
    if (status != MOTE_OK) return status;
    mote_beefy_leaf *leaves = mote_context_take(context, capacity, sizeof *leaves);
    if (leaves == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    status = mote_beefy_leaves_verify(context, leaves, capacity, &count, &range, q.first_block,
                                      q.leaves, q.proof);
    if (status != MOTE_OK) return status;
    mote_write_u32(answer, (uint32_t)count);
    for (size_t i = 0; i < count; i++) write_leaf(b, answer, &leaves[i]);
    return MOTE_OK;
}

OPERATION(beefy_header) {
    ASK(beefy_header);
    mote_beefy_leaf leaf;
    mote_header header;
    mote_finalized_header final;
    header_tokens tokens;
    status = open_leaf(b, context, &leaf, q.leaf);
    if (status == MOTE_OK) status = mote_header_decode(context, &header, q.header);
    if (status == MOTE_OK) status = mote_beefy_header(context, &final, &leaf, &header);
    if (status != MOTE_OK) return status;
    record_finalized_header record = finalized_header_record(b, &tokens, &final);
    write_finalized_header(answer, &record);
    return MOTE_OK;
}

OPERATION(beefy_para_head) {
    ASK(beefy_para_head);
    mote_beefy_leaf leaf;
    mote_header header;
    mote_para_header para;
    header_tokens tokens;
    status = open_leaf(b, context, &leaf, q.leaf);
    if (status == MOTE_OK) {
        status = mote_beefy_para_head(context, &para, &header, &leaf, q.para_id, q.head, q.index,
                                      q.count, q.items);
    }
    if (status != MOTE_OK) return status;
    record_para_header record = para_header_record(b, &tokens, &para);
    write_para_header(answer, &record);
    return MOTE_OK;
}

/* --- samples and faults -------------------------------------------------------------------------------------------------- */

/* signature[65] ++ address[20] ++ index u32 ++ the proof's items */
static mote_status read_samples(mote_context *context, mote_beefy_sample **out,
                                protocol_list *list) {
    *out = mote_context_take(context, (size_t)list->count + 1, sizeof **out);
    if (*out == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    for (uint32_t i = 0; i < list->count; i++) {
        mote_cursor cursor = mote_cursor_over(protocol_next(list));
        mote_beefy_sample *sample = &(*out)[i];
        mote_read_array(&cursor, sample->signature, sizeof sample->signature);
        mote_read_array(&cursor, sample->address, sizeof sample->address);
        sample->index = mote_read_u32(&cursor);
        sample->items = mote_read_span(&cursor, mote_cursor_left(&cursor));
        mote_status status = mote_cursor_finish(context, &cursor);
        if (status != MOTE_OK) return status;
    }
    return MOTE_OK;
}

OPERATION(beefy_sample) {
    ASK(beefy_sample);
    (void)b;
    mote_beefy_sample *samples;
    mote_beefy_sampled sampled;
    const mote_mmr_authority_set set = {q.set_id, q.validators, q.root};
    status = read_samples(context, &samples, &q.samples);
    if (status == MOTE_OK)
        status = mote_beefy_sample_verify(context, &sampled, &set, q.commitment, samples,
                                          q.samples.count);
    if (status != MOTE_OK) return status;
    mote_write_hash(answer, &sampled.mmr_root);
    mote_write_u32(answer, sampled.block_number);
    mote_write_u32(answer, sampled.sampled);
    return MOTE_OK;
}

OPERATION(beefy_double_vote) {
    ASK(beefy_double_vote);
    mote_beefy_set set;
    uint32_t validator = 0;
    status = choose_beefy_set(b, context, &set, q.keys, q.set_id, q.token);
    if (status == MOTE_OK)
        status = mote_beefy_double_vote_verify(context, &validator, &set, q.proof);
    if (status == MOTE_OK) mote_write_u32(answer, validator);
    return status;
}

OPERATION(beefy_future_vote) {
    ASK(beefy_future_vote);
    mote_beefy_set set;
    uint32_t validator = 0;
    status = choose_beefy_set(b, context, &set, q.keys, q.set_id, q.token);
    if (status == MOTE_OK)
        status = mote_beefy_future_vote_verify(context, &validator, &set, q.final_number, q.vote);
    if (status == MOTE_OK) mote_write_u32(answer, validator);
    return status;
}

OPERATION(beefy_fork_vote) {
    ASK(beefy_fork_vote);
    mote_beefy_set set;
    mote_beefy_finalized range;
    uint32_t validator = 0;
    status = choose_beefy_set(b, context, &set, q.keys, q.set_id, q.token);
    if (status == MOTE_OK) status = open_range(b, context, &range, q.range);
    if (status == MOTE_OK)
        status = mote_beefy_fork_vote_verify(context, &validator, &set, &range, q.first_block,
                                             q.vote, q.ancestry);
    if (status == MOTE_OK) mote_write_u32(answer, validator);
    return status;
}
