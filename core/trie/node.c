/* SPDX-License-Identifier: Apache-2.0 */
/* Decoding of nodes: docs/spec/trie.md section 1, in the order of the bytes. */
#include "node.h"

#include "quick.h"

#include <string.h>

typedef struct node_header {
    uint8_t kind; /* mote_trie_node_kind */
    uint8_t value_kind;
    uint8_t length_bits; /* 0: there is no such header */
} node_header;

/* By the four high bits. */
static const node_header headers[16] = {
    [1] = {MOTE_NODE_BRANCH, MOTE_NODE_HASHED_VALUE, 4},
    [2] = {MOTE_NODE_LEAF, MOTE_NODE_HASHED_VALUE, 5},
    [3] = {MOTE_NODE_LEAF, MOTE_NODE_HASHED_VALUE, 5},
    [4] = {MOTE_NODE_LEAF, MOTE_NODE_INLINE_VALUE, 6},
    [5] = {MOTE_NODE_LEAF, MOTE_NODE_INLINE_VALUE, 6},
    [6] = {MOTE_NODE_LEAF, MOTE_NODE_INLINE_VALUE, 6},
    [7] = {MOTE_NODE_LEAF, MOTE_NODE_INLINE_VALUE, 6},
    [8] = {MOTE_NODE_BRANCH, MOTE_NODE_NO_VALUE, 6},
    [9] = {MOTE_NODE_BRANCH, MOTE_NODE_NO_VALUE, 6},
    [10] = {MOTE_NODE_BRANCH, MOTE_NODE_NO_VALUE, 6},
    [11] = {MOTE_NODE_BRANCH, MOTE_NODE_NO_VALUE, 6},
    [12] = {MOTE_NODE_BRANCH, MOTE_NODE_INLINE_VALUE, 6},
    [13] = {MOTE_NODE_BRANCH, MOTE_NODE_INLINE_VALUE, 6},
    [14] = {MOTE_NODE_BRANCH, MOTE_NODE_INLINE_VALUE, 6},
    [15] = {MOTE_NODE_BRANCH, MOTE_NODE_INLINE_VALUE, 6},
};

/* The functions below are parts of one, and meant to be compiled as one: the cursor stays in registers. */
static inline void fail_at(mote_cursor *cursor, const uint8_t *at, mote_status status) {
    cursor->at = at;
    cursor->status = status;
}

static inline size_t left_of(const mote_cursor *cursor) {
    return (size_t)(cursor->end - cursor->at);
}

/* The length is unbounded by its encoding, so it is bounded by what could follow before anything
 * is added: a sum never exceeds twice the node's size by more than 255, and cannot wrap. */
static inline size_t read_partial_length(mote_cursor *cursor, uint8_t first, uint8_t bits) {
    size_t most = ((size_t)1 << bits) - 1;
    size_t length = first & most;
    if (length < most) return length;
    for (;;) {
        uint8_t more = mote_quick_u8(cursor);
        if (cursor->status != MOTE_OK) return 0;
        length += more;
        if (more < 255) return length;
        if (length / 2 > left_of(cursor)) {
            fail_at(cursor, cursor->at, MOTE_E_NODE_PARTIAL_TOO_LONG);
            return 0;
        }
    }
}

static inline mote_nibbles read_partial(mote_cursor *cursor, size_t length) {
    const mote_nibbles none = {NULL, 0, 0};
    size_t bytes = length / 2 + length % 2;
    if (cursor->status != MOTE_OK) return none;
    if (bytes > left_of(cursor)) {
        fail_at(cursor, cursor->at, MOTE_E_NODE_PARTIAL_TOO_LONG);
        return none;
    }
    if (length % 2 == 1 && *cursor->at >> 4 != 0) {
        fail_at(cursor, cursor->at, MOTE_E_NODE_PADDING);
        return none;
    }
    return (mote_nibbles){mote_quick_span(cursor, bytes).data, length % 2, length};
}

static inline bool is_single_bit(uint16_t bitmap) {
    return (bitmap & (bitmap - 1u)) == 0;
}

static inline uint16_t read_bitmap(mote_cursor *cursor, mote_trie_value_kind value_kind) {
    const uint8_t *start = cursor->at;
    const mote_bytes bytes = mote_quick_span(cursor, 2);
    if (cursor->status != MOTE_OK) return 0;
    const uint16_t bitmap = (uint16_t)(bytes.data[0] | bytes.data[1] << 8);
    if (bitmap == 0) {
        fail_at(cursor, start, MOTE_E_NODE_NO_CHILDREN);
    } else if (is_single_bit(bitmap) && value_kind == MOTE_NODE_NO_VALUE) {
        fail_at(cursor, start, MOTE_E_NODE_LONE_CHILD);
    }
    return bitmap;
}

static inline mote_bytes read_value(mote_cursor *cursor, mote_trie_value_kind value_kind) {
    if (value_kind == MOTE_NODE_INLINE_VALUE) return mote_quick_vec_u8(cursor);
    if (value_kind == MOTE_NODE_HASHED_VALUE) return mote_quick_span(cursor, MOTE_TRIE_HASH_SIZE);
    return (mote_bytes){NULL, 0};
}

/* Lengths up to 32 take one byte; the general reader is only asked to name what is wrong with
 * another. */
static inline size_t read_child_length(mote_cursor *cursor) {
    const uint8_t *start = cursor->at;
    mote_cursor slow = *cursor;
    const uint32_t length = mote_read_compact_u32(&slow);
    *cursor = slow;
    if (cursor->status != MOTE_OK || length <= MOTE_TRIE_HASH_SIZE) return length;
    fail_at(cursor, start, MOTE_E_NODE_CHILD_LENGTH);
    return 0;
}

static inline void read_child(mote_cursor *cursor, mote_trie_node_place place) {
    const uint8_t *start = cursor->at;
    bool short_form =
        left_of(cursor) > 0 && (*start & 3) == 0 && *start >> 2 <= MOTE_TRIE_HASH_SIZE;
    size_t length = short_form ? (size_t)(*start >> 2) : read_child_length(cursor);
    if (short_form) cursor->at++;
    if (cursor->status != MOTE_OK) return;
    if (length == 0 && place != MOTE_NODE_IN_COMPACT) {
        fail_at(cursor, start, MOTE_E_NODE_CHILD_LENGTH);
        return;
    }
    (void)mote_quick_span(cursor, length);
}

#define HASH_CHILD_LENGTH (MOTE_TRIE_HASH_SIZE << 2)

/* So many children, and each of them a hash. */
static inline bool are_hashes(mote_bytes children) {
    for (size_t at = 0; at < children.size; at += MOTE_TRIE_HASH_CHILD_SIZE) {
        if (children.data[at] != HASH_CHILD_LENGTH) return false;
    }
    return true;
}

/* Whether all are hashes; that is how most branches are. */
static inline bool read_children(mote_cursor *cursor, uint16_t bitmap, mote_trie_node_place place) {
    const size_t plain_size = MOTE_TRIE_HASH_CHILD_SIZE * mote_trie_children_count(bitmap);
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

/* What is written is written once: a node is decoded for every step of a walk. */
static inline void read_parts(mote_cursor *cursor, mote_trie_node *out, uint8_t first,
                              mote_trie_node_place place) {
    const node_header header = headers[first >> 4];
    const mote_trie_value_kind value_kind = (mote_trie_value_kind)header.value_kind;
    out->kind = (mote_trie_node_kind)header.kind;
    out->value_kind = value_kind;
    out->partial = read_partial(cursor, read_partial_length(cursor, first, header.length_bits));
    const uint16_t bitmap = header.kind == MOTE_NODE_BRANCH ? read_bitmap(cursor, value_kind) : 0;
    out->value = read_value(cursor, value_kind);
    out->children = (mote_trie_children){cursor->at, bitmap};
    out->plain = bitmap != 0 && read_children(cursor, bitmap, place);
}

static inline void read_node(mote_cursor *cursor, mote_trie_node *out, mote_trie_node_place place) {
    const uint8_t *start = cursor->at;
    const uint8_t first = mote_quick_u8(cursor);
    out->plain = false;
    if (cursor->status == MOTE_OK && headers[first >> 4].length_bits != 0) {
        read_parts(cursor, out, first, place);
        return;
    }
    const mote_bytes encoding = out->encoding;
    memset(out, 0, sizeof *out);
    out->encoding = encoding;
    if (cursor->status != MOTE_OK) return;
    if (first != 0) fail_at(cursor, start, MOTE_E_NODE_HEADER);
    if (first == 0 && place == MOTE_NODE_INLINE)
        fail_at(cursor, start, MOTE_E_NODE_EMPTY_BELOW_ROOT);
}

/* All of the encoding is a node; if not, the cursor has the status and the place. */
static inline bool read_whole(mote_cursor *cursor, mote_trie_node *out, mote_bytes encoding,
                              mote_trie_node_place place) {
    *cursor = (mote_cursor){encoding.data, encoding.data + encoding.size, MOTE_OK};
    if (encoding.size == 0) *cursor = mote_cursor_over(encoding);
    out->encoding = encoding;
    read_node(cursor, out, place);
    if (cursor->status == MOTE_OK && cursor->at != cursor->end)
        cursor->status = MOTE_E_TRAILING_BYTES;
    return cursor->status == MOTE_OK;
}

bool mote_trie_node_is(mote_trie_node *out, mote_bytes encoding) {
    mote_cursor cursor;
    return read_whole(&cursor, out, encoding, MOTE_NODE_NAMED);
}

mote_status mote_trie_node_decode(mote_context *context, mote_trie_node *out, mote_bytes encoding,
                                  mote_trie_node_place place, uint32_t entry) {
    mote_cursor cursor;
    if (read_whole(&cursor, out, encoding, place)) return MOTE_OK;
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

bool mote_trie_children_find(mote_trie_children children, uint8_t nibble, mote_bytes *merkle) {
    uint8_t at = 0;
    while (mote_trie_children_next(&children, &at, merkle)) {
        if (at == nibble) return true;
    }
    return false;
}
