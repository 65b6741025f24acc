/* SPDX-License-Identifier: Apache-2.0 */
#include "encode.h"

#include <string.h>

#define ESCAPE_BYTE 0x01u /* sp-trie ESCAPE_COMPACT_HEADER */

static void put(mote_tree_sink *sink, const uint8_t *data, size_t size) {
    sink->size += size;
    if (size == 0) return;
    if (sink->writer != NULL) {
        mote_write_span(sink->writer, data, size);
        return;
    }
    if (size <= sink->room - sink->waiting) {
        memcpy(sink->buffer + sink->waiting, data, size);
        sink->waiting += size;
        return;
    }
    if (!sink->hashing) mote_blake2b_init(&sink->hash, MOTE_TREE_HASH_SIZE);
    sink->hashing = true;
    mote_blake2b_update(&sink->hash, (mote_bytes){sink->buffer, sink->waiting});
    mote_blake2b_update(&sink->hash, (mote_bytes){data, size});
    sink->waiting = 0;
}

static void put_byte(mote_tree_sink *sink, unsigned byte) {
    const uint8_t data = (uint8_t)byte;
    put(sink, &data, 1);
}

static void put_compact(mote_tree_sink *sink, size_t value) {
    uint8_t bytes[9];
    mote_writer writer = mote_writer_into(bytes, sizeof bytes);
    mote_write_compact(&writer, value);
    put(sink, bytes, writer.size);
}

typedef struct header {
    uint8_t bits;
    uint8_t most; /* this length and more goes on in the following bytes */
} header;

static header header_of(bool branch, bool with_value, bool hashed) {
    if (hashed) return branch ? (header){0x10, 15} : (header){0x20, 31};
    if (!branch) return (header){0x40, 63};
    return with_value ? (header){0xc0, 63} : (header){0x80, 63};
}

static void put_header(mote_tree_sink *sink, header kind, uint32_t nibbles) {
    if (nibbles < kind.most) {
        put_byte(sink, kind.bits | nibbles);
        return;
    }
    put_byte(sink, kind.bits | kind.most);
    uint32_t left = nibbles - kind.most;
    for (; left >= 255; left -= 255) put_byte(sink, 255);
    put_byte(sink, left);
}

/* An odd number of nibbles is led by a zero one; so the run ends with a byte of the key or between two. */
static void put_partial(mote_tree_sink *sink, const uint8_t *key, uint32_t from, uint32_t end) {
    if ((end - from) % 2 == 1) put_byte(sink, mote_tree_nibble(key, from++));
    if (from % 2 == 0) {
        put(sink, key + from / 2, (end - from) / 2);
        return;
    }
    for (; from < end; from += 2)
        put_byte(sink,
                 (unsigned)mote_tree_nibble(key, from) << 4 | mote_tree_nibble(key, from + 1));
}

static void put_value(mote_tree_sink *sink, const mote_tree_value *value, bool left_out) {
    if (value->kind == MOTE_TREE_HASHED) {
        if (left_out) {
            put_byte(sink, 0);
        } else {
            put(sink, value->data, MOTE_TREE_HASH_SIZE);
        }
        return;
    }
    put_compact(sink, value->size);
    put(sink, value->data, value->size);
}

static void put_children(mote_tree_sink *sink, const mote_state *state, const mote_tree_node *node,
                         uint32_t left_out) {
    for (uint32_t left = node->bitmap; left != 0; left &= left - 1) {
        unsigned nibble = mote_trie_lowest_child(left);
        const mote_tree_node *child = mote_tree_at(state, node->children[nibble]);
        bool omitted = (left_out >> nibble & 1) != 0;
        unsigned size = omitted ? 0 : child->merkle_size;
        put_byte(sink, size << 2);
        put(sink, child->merkle, size);
    }
}

static size_t value_size(const mote_tree_value *value) {
    return value->kind == MOTE_TREE_HASHED ? MOTE_TREE_HASH_SIZE : 5 + (size_t)value->size;
}

size_t mote_tree_encoded_size(const mote_state *state, const mote_tree_node *node) {
    const uint32_t nibbles = node->end - mote_tree_depth(state, node);
    const size_t head = 2 + nibbles / 255 + (nibbles + 1) / 2;
    const size_t value = node->value == 0 ? 0 : value_size(mote_tree_value_at(state, node->value));
    const size_t children = MOTE_TREE_CHILDREN * (1 + MOTE_TREE_HASH_SIZE);
    return head + value + (node->bitmap == 0 ? 0 : 2 + children);
}

void mote_tree_encode(const mote_state *state, const mote_tree_node *node, mote_tree_sink *sink,
                      const mote_tree_omission *omission) {
    const mote_tree_value *value = node->value == 0 ? NULL : mote_tree_value_at(state, node->value);
    const bool left_out = omission != NULL && omission->value;
    const bool hashed = value != NULL && value->kind == MOTE_TREE_HASHED && !left_out;
    const uint32_t from = mote_tree_depth(state, node);
    sink->size = 0;
    sink->waiting = 0;
    sink->hashing = false;
    if (left_out) put_byte(sink, ESCAPE_BYTE);
    put_header(sink, header_of(node->bitmap != 0, value != NULL, hashed), node->end - from);
    put_partial(sink, mote_tree_key_at(state, node->key)->bytes, from, node->end);
    if (node->bitmap != 0) {
        put_byte(sink, node->bitmap & 0xffu);
        put_byte(sink, node->bitmap >> 8);
    }
    if (value != NULL) put_value(sink, value, left_out);
    put_children(sink, state, node, omission == NULL ? 0 : omission->children);
}
