/* SPDX-License-Identifier: Apache-2.0 */
#include "nibble.h"

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
