/* SPDX-License-Identifier: Apache-2.0 */
/* Input: the items of a compact proof as length (u16, little-endian) and bytes. The root it
 * should have is computed by a second, recursive rebuilding of the nodes; with it the proof is
 * accepted and says what the rebuilt nodes say as a plain proof, and with another root it is
 * refused. */
#include "fixture.h"

#include "naive_trie.h"
#include "node.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST_ITEMS 200u
#define MOST_LEVELS 60u

static void require(bool holds) {
    if (!holds) abort();
}

static void read_items(naive_list *out, mote_bytes input) {
    while (input.size >= 2 && out->count < MOST_ITEMS) {
        size_t length = (size_t)(input.data[0] | input.data[1] << 8);
        input = (mote_bytes){input.data + 2, input.size - 2};
        if (length > input.size) length = input.size;
        naive_append(out, (mote_bytes){input.data, length});
        input = (mote_bytes){input.data + length, input.size - length};
    }
}

static mote_bytes hash_of(mote_bytes bytes) {
    mote_hash hash = naive_hash(bytes);
    return naive_copy((mote_bytes){hash.bytes, 32});
}

static mote_bytes head_of(const mote_trie_node *node, bool value_follows) {
    size_t capacity = mote_trie_head_size(node->partial.count);
    mote_writer writer = mote_writer_into(naive_take(capacity), capacity);
    mote_trie_value_kind value = value_follows ? MOTE_NODE_HASHED_VALUE : node->value_kind;
    if (node->kind == MOTE_NODE_EMPTY) return naive_hex("00");
    mote_trie_write_head(&writer, node->kind, value, node->partial);
    return (mote_bytes){writer.data, writer.size};
}

static bool is_well_formed_inside(mote_bytes inline_node) {
    mote_trie_node node;
    mote_context *context = fixture_other_context(1);
    if (mote_trie_node_decode(context, &node, inline_node, MOTE_NODE_INLINE, 0) != MOTE_OK)
        return false;
    mote_trie_children children = node.children;
    mote_bytes merkle;
    uint8_t nibble;
    while (mote_trie_children_next(&children, &nibble, &merkle)) {
        if (merkle.size < 32 && !is_well_formed_inside(merkle)) return false;
    }
    return true;
}

/* The node whose item is next, rebuilt; the nodes and values are added to `out`. False: no
 * compact proof. */
static bool rebuild(naive_list *out, mote_bytes *rebuilt, const naive_list *items, size_t *next,
                    unsigned level) {
    mote_trie_node node;
    if (*next == items->count || level == MOST_LEVELS) return false;
    mote_bytes item = items->items[(*next)++];
    bool value_follows = item.size > 0 && item.data[0] == 1;
    if (value_follows) item = (mote_bytes){item.data + 1, item.size - 1};
    if (mote_trie_node_decode(fixture_other_context(1), &node, item, MOTE_NODE_IN_COMPACT, 0) !=
        MOTE_OK)
        return false;
    if (node.kind == MOTE_NODE_EMPTY && level > 0) return false;
    naive_parts parts = {head_of(&node, value_follows), -1, {NULL, 0}, {NULL, 0}};
    if (node.kind == MOTE_NODE_BRANCH) parts.bitmap = node.children.bitmap;
    if (value_follows) {
        if (node.value_kind != MOTE_NODE_INLINE_VALUE || node.value.size > 0) return false;
        if (*next == items->count) return false;
        mote_bytes value = items->items[(*next)++];
        naive_add(out, value);
        parts.value = hash_of(value);
    } else if (node.value_kind == MOTE_NODE_HASHED_VALUE) {
        parts.value = node.value;
    } else if (node.value_kind == MOTE_NODE_INLINE_VALUE) {
        parts.value = naive_vec(node.value);
    }
    mote_trie_children children = node.children;
    mote_bytes merkle, child;
    uint8_t nibble;
    while (mote_trie_children_next(&children, &nibble, &merkle)) {
        if (merkle.size == 0) {
            if (!rebuild(out, &child, items, next, level + 1) || child.size < 32) return false;
            merkle = hash_of(child);
        } else if (merkle.size < 32 && !is_well_formed_inside(merkle)) {
            return false;
        }
        parts.children = naive_concat(parts.children, naive_vec(merkle));
    }
    *rebuilt = naive_join(&parts);
    naive_add(out, *rebuilt);
    return true;
}

static size_t count_keys(mote_context *context, const mote_proof *proof, const mote_proof *other) {
    mote_trie_view view = mote_proof_main(proof), other_view = mote_proof_main(other);
    mote_trie_scan *scan;
    size_t keys = 0;
    if (mote_trie_scan_begin(context, &scan, &view, (mote_bytes){NULL, 0}) != MOTE_OK) return 0;
    for (bool more = true; more && keys < 300; keys += more) {
        mote_bytes key;
        mote_proven_value value, same;
        if (mote_trie_scan_next(context, scan, &more, &key, &value) != MOTE_OK) break;
        if (!more) break;
        require(mote_trie_read(context, &same, &other_view, key) == MOTE_OK);
        require(value.state == same.state && mote_bytes_equal(value.value, same.value));
    }
    return keys;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    naive_list items = {NULL, 0, 0}, nodes = {NULL, 0, 0};
    mote_bytes root_node = {NULL, 0};
    size_t next = 0, bytes = 0;
    naive_reset();
    read_items(&items, (mote_bytes){data, size});
    for (size_t i = 0; i < items.count; i++) bytes += items.items[i].size;
    bool is_compact = rebuild(&nodes, &root_node, &items, &next, 0);
    mote_hash root = naive_hash(root_node);
    mote_state_root state = mote_state_assumed(&root);
    mote_bytes scale = naive_scale(&items);
    mote_context *context = fixture_context(4);
    mote_proof compact, plain;
    mote_status status = mote_proof_load_compact(context, &compact, &state, scale);
    require(context->most_used <= mote_proof_memory(items.count, bytes));
    require(status == MOTE_OK ||
            (compact.index == NULL && context->used == 0 && context->fault.status == status));
    if (!is_compact) {
        require(status != MOTE_OK);
    } else if (next == items.count) {
        require(status == MOTE_OK);
        require(mote_proof_load_nodes(context, &plain, &state, nodes.items, nodes.count,
                                      MOTE_PROOF_LENIENT) == MOTE_OK);
        require(count_keys(context, &compact, &plain) == count_keys(context, &plain, &compact));
    }
    state.root.bytes[31] ^= 1;
    require(mote_proof_load_compact(context, &compact, &state, scale) != MOTE_OK);
    return 0;
}
