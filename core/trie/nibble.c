/* SPDX-License-Identifier: Apache-2.0 */
#include "nibble.h"

mote_nibbles mote_trie_nibbles_of(mote_bytes key) {
    return (mote_nibbles){key.data, 0, key.size * 2};
}

uint8_t mote_trie_nibble(mote_nibbles run, size_t at) {
    size_t place = run.first + at;
    uint8_t byte = run.data[place / 2];
    return place % 2 == 0 ? byte >> 4 : byte & 0x0f;
}

mote_nibbles mote_trie_nibbles_from(mote_nibbles run, size_t skipped) {
    return (mote_nibbles){run.data, run.first + skipped, run.count - skipped};
}

mote_nibbles mote_trie_nibbles_between(mote_nibbles run, size_t begin, size_t end) {
    return (mote_nibbles){run.data, run.first + begin, end - begin};
}

/* Two runs that start in the same half of a byte are compared by whole bytes as far as these
 * agree. */
static size_t common_by_bytes(mote_nibbles a, mote_nibbles b, size_t from, size_t limit) {
    const uint8_t *left = a.data + (a.first + from) / 2;
    const uint8_t *right = b.data + (b.first + from) / 2;
    size_t bytes = (limit - from) / 2;
    size_t i = 0;
    while (i < bytes && left[i] == right[i]) i++;
    return from + 2 * i;
}

size_t mote_trie_nibbles_common(mote_nibbles a, mote_nibbles b) {
    size_t limit = a.count < b.count ? a.count : b.count;
    size_t common = 0;
    if (limit == 0) return 0;
    if (a.first % 2 == b.first % 2) {
        if (a.first % 2 == 1 && mote_trie_nibble(a, 0) != mote_trie_nibble(b, 0)) return 0;
        common = common_by_bytes(a, b, a.first % 2, limit);
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
