/* SPDX-License-Identifier: Apache-2.0 */
/* Comparing what is proven with what somebody says. */
#include "mote/hash.h"
#include "walk.h"

#define STEPS_REMEMBERED 12u

static bool is_as_expected(const mote_proven_value *proven, const mote_expected_value *expected) {
    mote_hash hash;
    switch (proven->state) {
    case MOTE_VALUE_ABSENT: return expected->absent;
    case MOTE_VALUE_PRESENT:
        return !expected->absent && mote_bytes_equal(proven->value, expected->value);
    case MOTE_VALUE_HASH_ONLY:
        hash = mote_blake2b_256(expected->value);
        return !expected->absent && mote_hash_equal(&hash, &proven->value_hash);
    case MOTE_VALUE_UNKNOWN: break;
    }
    return false;
}

/* Nibbles that the key has in common with the one before it. */
static size_t common_with_last(const mote_expected_value *expected, size_t at) {
    return at == 0 ? 0
                   : mote_trie_nibbles_common(mote_trie_nibbles_of(expected[at - 1].key),
                                              mote_trie_nibbles_of(expected[at].key));
}

static mote_status expect_one(mote_context *context, mote_trie_way *way,
                              const mote_expected_value *expected, size_t at) {
    mote_proven_value proven;
    mote_trie_turn turn;
    mote_nibbles key;
    if (at > 0 && mote_bytes_compare(expected[at - 1].key, expected[at].key) >= 0) {
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, (uint32_t)at);
    }
    mote_status status = mote_trie_key_nibbles(context, &key, expected[at].key);
    if (status == MOTE_OK)
        status = mote_trie_way_to(context, way, &turn, key, common_with_last(expected, at));
    if (status != MOTE_OK) return status;
    mote_trie_value_of(&proven, &way->steps[way->used - 1], turn);
    if (is_as_expected(&proven, &expected[at])) return MOTE_OK;
    return mote_fail(context, MOTE_E_VALUE_MISMATCH, NULL, (uint32_t)at);
}

mote_status mote_trie_expect(mote_context *context, const mote_trie_view *view,
                             const mote_expected_value *expected, size_t count) {
    mote_trie_walk steps[STEPS_REMEMBERED];
    mote_trie_way way = {steps, 1, STEPS_REMEMBERED};
    mote_status status = mote_trie_view_check(context, view);
    if (status == MOTE_OK) status = mote_trie_walk_begin(context, &steps[0], view);
    for (size_t i = 0; i < count && status == MOTE_OK; i++)
        status = expect_one(context, &way, expected, i);
    if (status == MOTE_OK) mote_context_clear_fault(context);
    return status;
}
