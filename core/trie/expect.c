/* SPDX-License-Identifier: Apache-2.0 */
/* Comparing what is proven with what somebody says. */
#include "mote/hash.h"
#include "mote/trie.h"

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

mote_status mote_trie_expect(mote_context *context, const mote_trie_view *view,
                             const mote_expected_value *expected, size_t count) {
    for (size_t i = 0; i < count; i++) {
        mote_proven_value proven;
        if (i > 0 && mote_bytes_compare(expected[i - 1].key, expected[i].key) >= 0) {
            return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, (uint32_t)i);
        }
        mote_status status = mote_trie_read(context, &proven, view, expected[i].key);
        if (status != MOTE_OK) return status;
        if (!is_as_expected(&proven, &expected[i])) {
            return mote_fail(context, MOTE_E_VALUE_MISMATCH, NULL, (uint32_t)i);
        }
    }
    mote_context_clear_fault(context);
    return MOTE_OK;
}
