/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "mote/hash.h"
#include "mote/merkle.h"
#include "seals.h"

uint32_t mote_beefy_threshold(uint32_t validators) {
    return validators == 0 ? 0 : validators - (validators - 1) / 3;
}

mote_status mote_beefy_set_decode(mote_context *context, mote_beefy_set *out, mote_bytes keys,
                                  uint64_t id, uint32_t assumed) {
    mote_cursor cursor = mote_cursor_over(keys);
    memset(out, 0, sizeof *out);
    uint32_t count = mote_read_count(&cursor, MOTE_BEEFY_KEY_SIZE, MOTE_BEEFY_MAX_VALIDATORS);
    mote_bytes list = mote_read_span(&cursor, (size_t)count * MOTE_BEEFY_KEY_SIZE);
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) return status;
    if (count == 0) {
        return mote_fail(context, MOTE_E_AUTHORITIES_INVALID, keys.data, MOTE_NO_INDEX);
    }
    *out = (mote_beefy_set){MOTE_BEEFY_SET_SEAL, id, count, list.data, assumed};
    mote_context_clear_fault(context);
    return MOTE_OK;
}

#define TOGETHER 16u

/* Hashes of the addresses of some keys; of one that is no point by the convention: zeros, or nothing. */
static void hash_leaves(mote_backend backend, mote_hash *out, const uint8_t *keys, unsigned count,
                        mote_beefy_convention convention) {
    static const uint8_t zeros[MOTE_BEEFY_ADDRESS_SIZE] = {0};
    uint8_t point[TOGETHER][MOTE_BEEFY_POINT_SIZE];
    mote_hash hash[TOGETHER];
    mote_bytes message[TOGETHER] = {{0}};
    bool is_point[TOGETHER];
    for (unsigned i = 0; i < count; i++) {
        is_point[i] = mote_beefy_point_of(point[i], keys + (size_t)i * MOTE_BEEFY_KEY_SIZE);
        message[i] = (mote_bytes){point[i], sizeof point[i]};
    }
    mote_keccak_256_many(backend, hash, message, count);
    for (unsigned i = 0; i < count; i++) {
        const bool empty = !is_point[i] && convention == MOTE_BEEFY_EMPTY_LEAF;
        message[i] = (mote_bytes){is_point[i] ? hash[i].bytes + 12 : zeros,
                                  empty ? 0 : MOTE_BEEFY_ADDRESS_SIZE};
    }
    mote_keccak_256_many(backend, out, message, count);
}

mote_status mote_beefy_set_root(mote_context *context, mote_hash *out, const mote_beefy_set *set,
                                mote_beefy_convention convention) {
    memset(out, 0, sizeof *out);
    if (set->seal != MOTE_BEEFY_SET_SEAL) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    size_t mark = mote_context_mark(context);
    mote_hash *hashes = mote_context_take(context, set->count, sizeof *hashes);
    if (hashes == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    for (uint32_t i = 0; i < set->count; i += TOGETHER) {
        const uint32_t left = set->count - i;
        hash_leaves(context->backend, hashes + i, set->keys + (size_t)i * MOTE_BEEFY_KEY_SIZE,
                    left < TOGETHER ? left : TOGETHER, convention);
    }
    *out = mote_merkle_root(context->backend, hashes, set->count);
    mote_context_release(context, mark);
    return MOTE_OK;
}

static mote_status check_newest(mote_context *context, const mote_beefy_finalized *finalized,
                                const mote_beefy_leaf *newest) {
    if (mote_beefy_finalized_check(finalized) != MOTE_OK ||
        mote_beefy_leaf_check(newest) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    if (newest->final_number != finalized->block_number ||
        (uint64_t)newest->parent_number + 1 != finalized->block_number) {
        return mote_fail(context, MOTE_E_LEAF_INDEX, NULL, MOTE_NO_INDEX);
    }
    /* At a session's end runtimes have put the set before the change here: nothing to take over (F.2). */
    if (finalized->set_id == MOTE_BEEFY_NO_SET || newest->next_set.id != finalized->set_id + 1) {
        return mote_fail(context, MOTE_E_HANDOVER_MISSING, NULL, MOTE_NO_INDEX);
    }
    if (newest->next_set.count == 0 || newest->next_set.count > MOTE_BEEFY_MAX_VALIDATORS) {
        return mote_fail(context, MOTE_E_AUTHORITIES_INVALID, NULL, MOTE_NO_INDEX);
    }
    return MOTE_OK;
}

static mote_status check_root(mote_context *context, const mote_beefy_set *set,
                              const mote_hash *expected) {
    static const mote_beefy_convention conventions[] = {MOTE_BEEFY_ZERO_ADDRESS,
                                                        MOTE_BEEFY_EMPTY_LEAF};
    for (size_t i = 0; i < 2; i++) {
        mote_hash root;
        mote_status status = mote_beefy_set_root(context, &root, set, conventions[i]);
        if (status != MOTE_OK) return status;
        if (mote_hash_equal(&root, expected)) return MOTE_OK;
    }
    return mote_fail(context, MOTE_E_ROOT_MISMATCH, set->keys, MOTE_NO_INDEX);
}

mote_status mote_beefy_hand_over(mote_context *context, mote_beefy_set *out,
                                 const mote_beefy_finalized *finalized,
                                 const mote_beefy_leaf *newest, mote_bytes keys) {
    mote_beefy_set set;
    memset(out, 0, sizeof *out);
    mote_status status = check_newest(context, finalized, newest);
    if (status == MOTE_OK) {
        status = mote_beefy_set_decode(context, &set, keys, newest->next_set.id, newest->assumed);
    }
    if (status != MOTE_OK) return status;
    if (set.count != newest->next_set.count) {
        return mote_fail(context, MOTE_E_SET_SIZE, keys.data, MOTE_NO_INDEX);
    }
    status = check_root(context, &set, &newest->next_set.root);
    if (status != MOTE_OK) return status;
    *out = set;
    mote_context_clear_fault(context);
    return MOTE_OK;
}
