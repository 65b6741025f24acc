/* SPDX-License-Identifier: Apache-2.0 */
#include "node.h"

typedef struct header_form {
    uint8_t bits; /* the kind, in the high bits */
    uint8_t
        longest; /* largest length that the low bits hold; itself says "and the following bytes" */
} header_form;

static header_form form_of(mote_trie_node_kind kind, mote_trie_value_kind value) {
    bool leaf = kind == MOTE_NODE_LEAF;
    if (value == MOTE_NODE_HASHED_VALUE) {
        return leaf ? (header_form){0x20, 31} : (header_form){0x10, 15};
    }
    if (leaf) return (header_form){0x40, 63};
    return value == MOTE_NODE_INLINE_VALUE ? (header_form){0xc0, 63} : (header_form){0x80, 63};
}

void mote_trie_write_head(mote_writer *writer, mote_trie_node_kind kind, mote_trie_value_kind value,
                          mote_nibbles partial) {
    header_form form = form_of(kind, value);
    if (partial.count < form.longest) {
        mote_write_u8(writer, (uint8_t)(form.bits | partial.count));
    } else {
        size_t left = partial.count - form.longest;
        mote_write_u8(writer, (uint8_t)(form.bits | form.longest));
        for (; left >= 255; left -= 255) mote_write_u8(writer, 255);
        mote_write_u8(writer, (uint8_t)left);
    }
    mote_trie_write_partial(writer, partial);
}

size_t mote_trie_head_size(size_t nibbles) {
    return 2 + nibbles / 255 + (nibbles + 1) / 2;
}
