/* SPDX-License-Identifier: Apache-2.0 */
#include "nibble.h"

#include <string.h>

static bool differ(const uint8_t a[8], const uint8_t b[8]) {
    uint64_t left, right;
    memcpy(&left, a, sizeof left);
    memcpy(&right, b, sizeof right);
    return left != right;
}

/* Whole bytes that two runs have in common which start in the same half of a byte. */
static size_t common_bytes(const uint8_t *a, const uint8_t *b, size_t limit) {
    size_t i = 0;
    while (limit - i >= 8 && !differ(a + i, b + i)) i += 8;
    while (i < limit && a[i] == b[i]) i++;
    return i;
}

size_t mote_trie_nibbles_common(mote_nibbles a, mote_nibbles b) {
    size_t limit = a.count < b.count ? a.count : b.count;
    size_t common = 0;
    if (limit == 0) return 0;
    if (a.first % 2 == b.first % 2) {
        if (a.first % 2 == 1 && mote_trie_nibble(a, 0) != mote_trie_nibble(b, 0)) return 0;
        common = a.first % 2;
        common += 2 * common_bytes(a.data + (a.first + common) / 2, b.data + (b.first + common) / 2,
                                   (limit - common) / 2);
    }
    while (common < limit && mote_trie_nibble(a, common) == mote_trie_nibble(b, common)) common++;
    return common;
}

void mote_trie_nibble_put(uint8_t *packed, size_t at, uint8_t nibble) {
    uint8_t *byte = packed + at / 2;
    unsigned changed = at % 2 == 0 ? (unsigned)nibble << 4 : (*byte & 0xf0u) | nibble;
    *byte = (uint8_t)changed;
}

void mote_trie_write_partial(mote_writer *writer, mote_nibbles partial) {
    size_t at = partial.count % 2;
    if (at == 1) mote_write_u8(writer, mote_trie_nibble(partial, 0));
    if ((partial.first + at) % 2 == 0) {
        if (at < partial.count) {
            mote_write_span(writer, partial.data + (partial.first + at) / 2,
                            (partial.count - at) / 2);
        }
        return;
    }
    for (; at < partial.count; at += 2) {
        uint8_t high = mote_trie_nibble(partial, at);
        mote_write_u8(writer, (uint8_t)(high << 4 | mote_trie_nibble(partial, at + 1)));
    }
}
