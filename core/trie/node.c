/* SPDX-License-Identifier: Apache-2.0 */
/* Decoding of nodes: docs/spec/trie.md section 1, in the order of the bytes. */
#include "node.h"

#include "quick.h"

#include <string.h>

typedef struct node_header {
    mote_trie_node_kind kind;
    mote_trie_value_kind value_kind;
    uint8_t length_bits;
} node_header;

static bool header_of(node_header *out, uint8_t byte) {
    static const node_header leaf = {MOTE_NODE_LEAF, MOTE_NODE_INLINE_VALUE, 6};
    static const node_header branch = {MOTE_NODE_BRANCH, MOTE_NODE_NO_VALUE, 6};
    static const node_header branch_with_value = {MOTE_NODE_BRANCH, MOTE_NODE_INLINE_VALUE, 6};
    static const node_header leaf_hashed = {MOTE_NODE_LEAF, MOTE_NODE_HASHED_VALUE, 5};
    static const node_header branch_hashed = {MOTE_NODE_BRANCH, MOTE_NODE_HASHED_VALUE, 4};
    if (byte >> 6 == 1) {
        *out = leaf;
    } else if (byte >> 6 == 2) {
        *out = branch;
    } else if (byte >> 6 == 3) {
        *out = branch_with_value;
    } else if (byte >> 5 == 1) {
        *out = leaf_hashed;
    } else if (byte >> 4 == 1) {
        *out = branch_hashed;
    } else {
        return false;
    }
    return true;
}

/* The length is unbounded by its encoding, so it is bounded by what could follow before anything
 * is added: a sum never exceeds twice the node's size by more than 255, and cannot wrap. */
static size_t read_partial_length(mote_cursor *cursor, uint8_t first, uint8_t bits) {
    size_t most = ((size_t)1 << bits) - 1;
    size_t length = first & most;
    if (length < most) return length;
    for (;;) {
        uint8_t more = mote_quick_u8(cursor);
        if (cursor->status != MOTE_OK) return 0;
        length += more;
        if (more < 255) return length;
        if (length / 2 > mote_cursor_left(cursor)) {
            mote_cursor_fail(cursor, MOTE_E_NODE_PARTIAL_TOO_LONG);
            return 0;
        }
    }
}

static mote_nibbles read_partial(mote_cursor *cursor, size_t length) {
    const mote_nibbles none = {NULL, 0, 0};
    size_t bytes = length / 2 + length % 2;
    if (cursor->status != MOTE_OK) return none;
    if (bytes > mote_cursor_left(cursor)) {
        mote_cursor_fail(cursor, MOTE_E_NODE_PARTIAL_TOO_LONG);
        return none;
    }
    if (length % 2 == 1 && *cursor->at >> 4 != 0) {
        mote_cursor_fail(cursor, MOTE_E_NODE_PADDING);
        return none;
    }
    return (mote_nibbles){mote_quick_span(cursor, bytes).data, length % 2, length};
}

static bool is_single_bit(uint16_t bitmap) {
    return (bitmap & (bitmap - 1u)) == 0;
}

static uint16_t read_bitmap(mote_cursor *cursor, mote_trie_value_kind value_kind) {
    const uint8_t *start = cursor->at;
    const mote_bytes bytes = mote_quick_span(cursor, 2);
    if (cursor->status != MOTE_OK) return 0;
    const uint16_t bitmap = (uint16_t)(bytes.data[0] | bytes.data[1] << 8);
    if (bitmap == 0) {
        cursor->at = start;
        mote_cursor_fail(cursor, MOTE_E_NODE_NO_CHILDREN);
    } else if (is_single_bit(bitmap) && value_kind == MOTE_NODE_NO_VALUE) {
        cursor->at = start;
        mote_cursor_fail(cursor, MOTE_E_NODE_LONE_CHILD);
    }
    return bitmap;
}

static mote_bytes read_value(mote_cursor *cursor, mote_trie_value_kind value_kind) {
    if (value_kind == MOTE_NODE_INLINE_VALUE) return mote_quick_vec_u8(cursor);
    if (value_kind == MOTE_NODE_HASHED_VALUE) return mote_quick_span(cursor, MOTE_TRIE_HASH_SIZE);
    return (mote_bytes){NULL, 0};
}

/* Lengths up to 32 take one byte; the general reader is only asked to name what is wrong with
 * another. */
static size_t read_child_length(mote_cursor *cursor) {
    const uint8_t *start = cursor->at;
    uint32_t length = mote_read_compact_u32(cursor);
    if (cursor->status != MOTE_OK || length <= MOTE_TRIE_HASH_SIZE) return length;
    cursor->at = start;
    mote_cursor_fail(cursor, MOTE_E_NODE_CHILD_LENGTH);
    return 0;
}

static void read_child(mote_cursor *cursor, mote_trie_node_place place) {
    const uint8_t *start = cursor->at;
    bool short_form =
        mote_cursor_left(cursor) > 0 && (*start & 3) == 0 && *start >> 2 <= MOTE_TRIE_HASH_SIZE;
    size_t length = short_form ? (size_t)(*start >> 2) : read_child_length(cursor);
    if (short_form) cursor->at++;
    if (cursor->status != MOTE_OK) return;
    if (length == 0 && place != MOTE_NODE_IN_COMPACT) {
        cursor->at = start;
        mote_cursor_fail(cursor, MOTE_E_NODE_CHILD_LENGTH);
        return;
    }
    (void)mote_quick_span(cursor, length);
}

#define HASH_CHILD_SIZE (1u + MOTE_TRIE_HASH_SIZE)
#define HASH_CHILD_LENGTH (MOTE_TRIE_HASH_SIZE << 2)

/* So many children, and each of them a hash. */
static bool are_hashes(mote_bytes children) {
    for (size_t at = 0; at < children.size; at += HASH_CHILD_SIZE) {
        if (children.data[at] != HASH_CHILD_LENGTH) return false;
    }
    return true;
}

/* Whether all are hashes; that is how most branches are. */
static bool read_children(mote_cursor *cursor, mote_trie_children *out, uint16_t bitmap,
                          mote_trie_node_place place) {
    const size_t plain_size = HASH_CHILD_SIZE * mote_trie_children_count(bitmap);
    *out = (mote_trie_children){cursor->at, bitmap};
    if (cursor->status == MOTE_OK && plain_size <= (size_t)(cursor->end - cursor->at) &&
        (place == MOTE_NODE_PLAIN || are_hashes((mote_bytes){cursor->at, plain_size}))) {
        cursor->at += plain_size;
        return true;
    }
    for (uint32_t left = bitmap; left != 0 && cursor->status == MOTE_OK; left &= left - 1) {
        read_child(cursor, place);
    }
    return false;
}

static void read_node(mote_cursor *cursor, mote_trie_node *out, mote_trie_node_place place) {
    const uint8_t *start = cursor->at;
    uint8_t first = mote_quick_u8(cursor);
    node_header header;
    if (cursor->status != MOTE_OK) return;
    if (first == 0) {
        out->kind = MOTE_NODE_EMPTY;
        if (place != MOTE_NODE_INLINE) return;
        cursor->at = start;
        mote_cursor_fail(cursor, MOTE_E_NODE_EMPTY_BELOW_ROOT);
        return;
    }
    if (!header_of(&header, first)) {
        cursor->at = start;
        mote_cursor_fail(cursor, MOTE_E_NODE_HEADER);
        return;
    }
    out->kind = header.kind;
    out->value_kind = header.value_kind;
    out->partial = read_partial(cursor, read_partial_length(cursor, first, header.length_bits));
    uint16_t bitmap = header.kind == MOTE_NODE_BRANCH ? read_bitmap(cursor, header.value_kind) : 0;
    out->value = read_value(cursor, header.value_kind);
    if (bitmap != 0) out->plain = read_children(cursor, &out->children, bitmap, place);
}

mote_status mote_trie_node_decode(mote_context *context, mote_trie_node *out, mote_bytes encoding,
                                  mote_trie_node_place place, uint32_t entry) {
    mote_cursor cursor = mote_cursor_over(encoding);
    memset(out, 0, sizeof *out);
    out->encoding = encoding;
    read_node(&cursor, out, place);
    if (cursor.status == MOTE_OK && cursor.at == cursor.end) return MOTE_OK;
    mote_cursor_fail(&cursor, MOTE_E_TRAILING_BYTES);
    memset(out, 0, sizeof *out);
    return mote_fail(context, cursor.status, cursor.at, entry);
}

bool mote_trie_children_next(mote_trie_children *children, uint8_t *nibble, mote_bytes *merkle) {
    if (children->bitmap == 0) return false;
    *nibble = mote_trie_lowest_child(children->bitmap);
    *merkle = (mote_bytes){children->at + 1, (size_t)(*children->at >> 2)};
    children->at = merkle->data + merkle->size;
    children->bitmap = (uint16_t)(children->bitmap & (children->bitmap - 1u));
    return true;
}

bool mote_trie_node_child(const mote_trie_node *node, uint8_t nibble, mote_bytes *merkle) {
    mote_trie_children children = node->children;
    uint8_t at = 0;
    if ((children.bitmap >> nibble & 1) == 0) return false;
    if (node->plain) {
        const unsigned before = mote_trie_children_count(children.bitmap & ((1u << nibble) - 1));
        *merkle = (mote_bytes){children.at + HASH_CHILD_SIZE * before + 1, MOTE_TRIE_HASH_SIZE};
        return true;
    }
    while (mote_trie_children_next(&children, &at, merkle)) {
        if (at == nibble) return true;
    }
    return false;
}
