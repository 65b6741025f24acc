/* SPDX-License-Identifier: Apache-2.0 */
#include "walk.h"

#include <string.h>

static mote_status enter(mote_context *context, mote_trie_walk *walk, mote_bytes merkle,
                         mote_bytes encoding, mote_trie_node_place place, uint32_t entry) {
    mote_status status = mote_trie_node_decode(context, &walk->node, encoding, place, entry);
    walk->merkle = merkle;
    walk->entry = entry;
    return status;
}

mote_status mote_trie_walk_begin(mote_context *context, mote_trie_walk *out,
                                 const mote_trie_view *view) {
    memset(out, 0, sizeof *out);
    out->index = view->proof->index;
    out->entry = MOTE_NO_INDEX;
    if (view->absent || mote_hash_equal(&view->root, &mote_trie_empty_root)) return MOTE_OK;
    /* A root is named by its hash however short it is (polkadot spec, chap-state). */
    const mote_trie_proof_entry *entry = mote_trie_find(out->index, &view->root);
    if (entry == NULL) return mote_fail(context, MOTE_E_PROOF_INCOMPLETE, NULL, MOTE_NO_INDEX);
    mote_bytes merkle = {view->root.bytes, sizeof view->root.bytes};
    return enter(context, out, merkle, mote_trie_entry_bytes(entry), MOTE_NODE_NAMED,
                 entry->number);
}

mote_trie_turn mote_trie_walk_look(const mote_trie_walk *walk, mote_nibbles key, uint8_t *nibble,
                                   mote_bytes *merkle) {
    const mote_trie_node *node = &walk->node;
    mote_nibbles rest = mote_trie_nibbles_from(key, walk->depth);
    size_t common = mote_trie_nibbles_common(node->partial, rest);
    if (node->kind == MOTE_NODE_EMPTY) return MOTE_TURN_NOWHERE;
    if (common < node->partial.count) {
        return common == rest.count ? MOTE_TURN_INSIDE : MOTE_TURN_NOWHERE;
    }
    if (common == rest.count) return MOTE_TURN_HERE;
    *nibble = mote_trie_nibble(rest, common);
    return mote_trie_node_child(node, *nibble, merkle) ? MOTE_TURN_DOWN : MOTE_TURN_NOWHERE;
}

mote_status mote_trie_walk_down(mote_context *context, mote_trie_walk *walk, mote_bytes merkle) {
    size_t below = walk->depth + walk->node.partial.count + 1;
    mote_status status;
    if (merkle.size < MOTE_TRIE_HASH_SIZE) {
        status = enter(context, walk, merkle, merkle, MOTE_NODE_INLINE, walk->entry);
    } else {
        mote_hash hash;
        memcpy(hash.bytes, merkle.data, sizeof hash.bytes);
        const mote_trie_proof_entry *entry = mote_trie_find_node(walk->index, &hash);
        if (entry == NULL) {
            return mote_fail(context, MOTE_E_PROOF_INCOMPLETE, walk->node.encoding.data,
                             walk->entry);
        }
        status = enter(context, walk, merkle, mote_trie_entry_bytes(entry), MOTE_NODE_NAMED,
                       entry->number);
    }
    walk->depth = below;
    return status;
}

mote_status mote_trie_walk_to(mote_context *context, mote_trie_walk *walk, mote_trie_turn *turn,
                              mote_nibbles key) {
    /* Each step down takes a nibble of the key: there are at most key.count of them. */
    for (;;) {
        uint8_t nibble = 0;
        mote_bytes merkle = {NULL, 0};
        *turn = mote_trie_walk_look(walk, key, &nibble, &merkle);
        if (*turn != MOTE_TURN_DOWN) return MOTE_OK;
        mote_status status = mote_trie_walk_down(context, walk, merkle);
        if (status != MOTE_OK) return status;
    }
}

static mote_hash value_hash(const mote_trie_node *node) {
    mote_hash hash;
    memcpy(hash.bytes, node->value.data, sizeof hash.bytes);
    return hash;
}

bool mote_trie_value_bytes(mote_bytes *out, const mote_proof_index *index,
                           const mote_trie_node *node) {
    *out = node->value;
    if (node->value_kind != MOTE_NODE_HASHED_VALUE)
        return node->value_kind == MOTE_NODE_INLINE_VALUE;
    mote_hash hash = value_hash(node);
    const mote_trie_proof_entry *entry = mote_trie_find(index, &hash);
    if (entry != NULL) *out = mote_trie_entry_bytes(entry);
    return entry != NULL;
}

void mote_trie_value_at(mote_proven_value *out, const mote_proof_index *index,
                        const mote_trie_node *node) {
    mote_bytes bytes;
    if (node->value_kind == MOTE_NODE_NO_VALUE) {
        out->state = MOTE_VALUE_ABSENT;
    } else if (mote_trie_value_bytes(&bytes, index, node)) {
        out->state = MOTE_VALUE_PRESENT;
        out->value = bytes;
    } else {
        out->state = MOTE_VALUE_HASH_ONLY;
        out->value_hash = value_hash(node);
    }
}

mote_status mote_trie_view_check(mote_context *context, const mote_trie_view *view) {
    if (view->proof == NULL || view->proof->index == NULL ||
        mote_state_root_check(&view->proof->state) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    return MOTE_OK;
}

mote_status mote_trie_key_nibbles(mote_context *context, mote_nibbles *out, mote_bytes key) {
    if (key.size > MOTE_TRIE_KEY_CEILING) {
        return mote_fail(context, MOTE_E_LIMIT_SIZE, NULL, MOTE_NO_INDEX);
    }
    *out = mote_trie_nibbles_of(key);
    return MOTE_OK;
}
