/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Authority sets (finality-grandpa voter_set.rs, sc-consensus-grandpa authorities.rs; verification-rules B.2): refused
 * when empty, when a weight is zero, when the sum does not fit 64 bits; a key listed twice is one voter with both
 * weights.
 */
#include "mote/grandpa.h"

#include <string.h>

#include "mote/hash.h"
#include "mote/limits.h"

#define LIST_VERSION 1u /* of `:grandpa_authorities` */

/* --- sorting by key: heap sort, which has no bad input and needs no memory -------------------------------------- */

static bool key_less(const mote_voter *a, const mote_voter *b) {
    return memcmp(a->key, b->key, sizeof a->key) < 0;
}

static void swap(mote_voter *a, mote_voter *b) {
    mote_voter copy = *a;
    *a = *b;
    *b = copy;
}

static void sift_down(mote_voter *voter, uint32_t root, uint32_t end) {
    for (uint32_t child; (child = 2 * root + 1) < end; root = child) {
        if (child + 1 < end && key_less(&voter[child], &voter[child + 1])) child++;
        if (!key_less(&voter[root], &voter[child])) return;
        swap(&voter[root], &voter[child]);
    }
}

static void sort_by_key(mote_voter *voter, uint32_t count) {
    for (uint32_t i = count / 2; i > 0; i--) sift_down(voter, i - 1, count);
    for (uint32_t end = count; end > 1; end--) {
        swap(&voter[0], &voter[end - 1]);
        sift_down(voter, 0, end - 1);
    }
}

/* --- building -------------------------------------------------------------------------------------------- */

static mote_status copy_voters(mote_context *context, mote_authority_set *set,
                               const mote_authority_list *list) {
    for (uint32_t i = 0; i < list->count; i++) {
        const uint8_t *item = mote_authority_key(list, i);
        mote_voter *voter = &set->voter[i];
        memcpy(voter->key, item, sizeof voter->key);
        voter->weight = mote_authority_weight(list, i);
        if (voter->weight == 0 || voter->weight > UINT64_MAX - set->total) {
            return mote_fail(context, MOTE_E_AUTHORITIES_INVALID, item, i);
        }
        set->total += voter->weight;
    }
    return MOTE_OK;
}

/* No overflow: the sum over all entries fits. */
static void merge_duplicates(mote_authority_set *set) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < set->listed; i++) {
        if (kept > 0 && memcmp(set->voter[kept - 1].key, set->voter[i].key, 32) == 0) {
            set->voter[kept - 1].weight += set->voter[i].weight;
        } else {
            set->voter[kept++] = set->voter[i];
        }
    }
    set->voters = kept;
}

static uint64_t forgeable_weight(const mote_authority_set *set) {
    uint64_t weight = 0;
    for (uint32_t i = 0; i < set->voters; i++) {
        if (mote_ed25519_key_is_forgeable(set->voter[i].key)) weight += set->voter[i].weight;
    }
    return weight;
}

static mote_status build(mote_context *context, mote_authority_set *set, size_t capacity,
                         const mote_authority_list *list) {
    if (list->count == 0)
        return mote_fail(context, MOTE_E_AUTHORITIES_INVALID, list->items, MOTE_NO_INDEX);
    if (list->count > MOTE_MAX_AUTHORITIES)
        return mote_fail(context, MOTE_E_LIMIT_COUNT, list->items, MOTE_NO_INDEX);
    if (list->count > capacity)
        return mote_fail(context, MOTE_E_BUFFER_TOO_SMALL, NULL, MOTE_NO_INDEX);
    mote_status status = copy_voters(context, set, list);
    if (status != MOTE_OK) return status;
    set->listed = list->count;
    sort_by_key(set->voter, set->listed);
    merge_duplicates(set);
    set->threshold = set->total - (set->total - 1) / 3;
    set->forgeable = forgeable_weight(set);
    /* Up to total - threshold is the fault the protocol tolerates. More than that in keys that everybody can sign for,
     * and finality is not the set's to give. */
    if (set->forgeable > set->total - set->threshold) {
        return mote_fail(context, MOTE_E_UNTRUSTWORTHY_SET, list->items, MOTE_NO_INDEX);
    }
    return MOTE_OK;
}

mote_status mote_authority_set_build(mote_context *context, mote_authority_set *out,
                                     mote_voter *memory, size_t capacity,
                                     const mote_authority_list *list, uint64_t set_id,
                                     uint32_t assumed) {
    memset(out, 0, sizeof *out);
    mote_authority_set set;
    memset(&set, 0, sizeof set);
    set.voter = memory;
    set.set_id = set_id;
    set.assumed = assumed;
    mote_status status = build(context, &set, capacity, list);
    if (status != MOTE_OK) return status;
    mote_context_clear_fault(context);
    *out = set;
    return MOTE_OK;
}

static mote_status decode_list(mote_context *context, mote_authority_list *out, mote_bytes input,
                               bool versioned) {
    mote_cursor cursor = mote_cursor_over(input);
    if (versioned && mote_read_u8(&cursor) != LIST_VERSION) {
        cursor = mote_cursor_over(input);
        mote_cursor_fail(&cursor, MOTE_E_BAD_FORMAT);
    }
    mote_read_authority_list(&cursor, out);
    return mote_cursor_finish(context, &cursor);
}

/* No input is both. A plain list that starts with 01 has a two-byte count of 64 times the second byte, and its size is 2
 * modulo 40. With 01 as the version that takes a one-byte count, a quarter of the second byte. The sizes agree only for
 * zero, which is not a canonical two-byte count. */
mote_status mote_authority_list_decode(mote_context *context, mote_authority_list *out,
                                       mote_bytes input) {
    mote_status status = decode_list(context, out, input, true);
    const mote_fault fault = context->fault;
    if (status != MOTE_OK) status = decode_list(context, out, input, false);
    if (status == MOTE_OK) {
        mote_context_clear_fault(context);
        return MOTE_OK;
    }
    /* Of the two faults the one of the reading that came further. */
    if (fault.at > context->fault.at) context->fault = fault;
    memset(out, 0, sizeof *out);
    return context->fault.status;
}

uint32_t mote_authority_set_find(const mote_authority_set *set, const uint8_t key[32]) {
    uint32_t low = 0, high = set->voters;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = memcmp(set->voter[middle].key, key, 32);
        if (order == 0) return middle;
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return MOTE_NO_INDEX;
}

mote_hash mote_authority_set_digest(const mote_authority_set *set) {
    mote_blake2b_state state;
    mote_hash digest;
    uint8_t buffer[MOTE_AUTHORITY_ITEM_SIZE];
    mote_writer writer = mote_writer_into(buffer, sizeof buffer);
    mote_blake2b_init(&state, sizeof digest.bytes);
    mote_write_compact(&writer, set->voters);
    mote_blake2b_update(&state, (mote_bytes){buffer, writer.size});
    for (uint32_t i = 0; i < set->voters; i++) {
        writer = mote_writer_into(buffer, sizeof buffer);
        mote_write_span(&writer, set->voter[i].key, 32);
        mote_write_u64(&writer, set->voter[i].weight);
        mote_blake2b_update(&state, (mote_bytes){buffer, writer.size});
    }
    mote_blake2b_final(&state, digest.bytes);
    return digest;
}
