/* SPDX-License-Identifier: Apache-2.0 */
/* The first byte says where the node stands, but not that it was decoded before. What is accepted is inside the input, and
 * encoded again it is the same bytes: there is one encoding of a node. */
#include "fixture.h"

#include "node.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) abort();
}

static void write_again(mote_writer *writer, const mote_trie_node *node) {
    mote_trie_children children = node->children;
    mote_bytes merkle;
    uint8_t nibble;
    if (node->kind == MOTE_NODE_EMPTY) {
        mote_write_u8(writer, 0);
        return;
    }
    mote_trie_write_head(writer, node->kind, node->value_kind, node->partial);
    require(writer->size <= mote_trie_head_size(node->partial.count));
    if (node->kind == MOTE_NODE_BRANCH) mote_write_u16(writer, children.bitmap);
    if (node->value_kind == MOTE_NODE_INLINE_VALUE) mote_write_vec_u8(writer, node->value);
    if (node->value_kind == MOTE_NODE_HASHED_VALUE) {
        mote_write_span(writer, node->value.data, node->value.size);
    }
    while (mote_trie_children_next(&children, &nibble, &merkle)) mote_write_vec_u8(writer, merkle);
}

static void check_children(const mote_trie_node *node, mote_trie_node_place place) {
    unsigned found = 0;
    for (uint8_t nibble = 0; nibble < 16; nibble++) {
        mote_bytes merkle = {NULL, 0};
        bool has = mote_trie_node_child(node, nibble, &merkle);
        require(has == ((node->children.bitmap >> nibble & 1) != 0));
        if (!has) continue;
        found++;
        require(merkle.size <= 32 && (merkle.size > 0 || place == MOTE_NODE_IN_COMPACT));
        require(merkle.data >= node->encoding.data);
        require(merkle.data + merkle.size <= node->encoding.data + node->encoding.size);
    }
    require(node->kind != MOTE_NODE_BRANCH || found > 1 || node->value_kind != MOTE_NODE_NO_VALUE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1) return 0;
    mote_context *context = fixture_context(1);
    mote_trie_node_place place = (mote_trie_node_place)(data[0] % 3);
    mote_bytes encoding = {data + 1, size - 1};
    mote_trie_node node;
    if (mote_trie_node_decode(context, &node, encoding, place, 7) != MOTE_OK) {
        require(context->fault.index == 7);
        require(encoding.size == 0 ||
                mote_fault_offset(&context->fault, encoding) <= encoding.size);
        require(node.encoding.data == NULL);
        return 0;
    }
    uint8_t *again = malloc(encoding.size + 1);
    if (again == NULL) abort();
    mote_writer writer = mote_writer_into(again, encoding.size);
    write_again(&writer, &node);
    require(writer.size == encoding.size && memcmp(again, encoding.data, encoding.size) == 0);
    check_children(&node, place);
    free(again);
    return 0;
}
