/* SPDX-License-Identifier: Apache-2.0 */
#include "walk.h"

#include <string.h>

/* Part of each loop that calls it: a walk of ten thousand keys is not much more than this. */
#ifdef __GNUC__
#define STEP static inline __attribute__((always_inline))
#else
#define STEP static inline
#endif

STEP mote_status enter(mote_context *context, mote_trie_walk *walk, mote_bytes merkle,
                       mote_bytes encoding, mote_trie_node_place place) {
    walk->merkle = merkle;
    return mote_trie_node_decode(context, &walk->node, encoding, place, walk->entry);
}

STEP mote_status enter_entry(mote_context *context, mote_trie_walk *walk, mote_bytes merkle,
                             uint32_t entry) {
    const bool plain = (walk->index->marks[entry] & MOTE_MARK_PLAIN) != 0;
    walk->entry = entry;
    return enter(context, walk, merkle, walk->index->entries[entry],
                 plain ? MOTE_NODE_PLAIN : MOTE_NODE_NAMED);
}

mote_status mote_trie_walk_begin(mote_context *context, mote_trie_walk *out,
                                 const mote_trie_view *view) {
    memset(out, 0, sizeof *out);
    out->index = view->proof->index;
    out->entry = MOTE_NO_INDEX;
    if (view->absent || mote_hash_equal(&view->root, &mote_trie_empty_root)) return MOTE_OK;
    /* A root is named by its hash however short it is (polkadot spec, chap-state). */
    const uint32_t entry = mote_trie_find(out->index, view->root.bytes);
    if (entry == MOTE_TRIE_NO_ENTRY)
        return mote_fail(context, MOTE_E_PROOF_INCOMPLETE, NULL, MOTE_NO_INDEX);
    return enter_entry(context, out, (mote_bytes){view->root.bytes, sizeof view->root.bytes},
                       entry);
}

STEP mote_trie_turn look(const mote_trie_walk *walk, mote_nibbles key, uint8_t *nibble,
                         mote_bytes *merkle) {
    const mote_trie_node *node = &walk->node;
    if (node->kind == MOTE_NODE_EMPTY) return MOTE_TURN_NOWHERE;
    const mote_nibbles rest = mote_trie_nibbles_from(key, walk->depth);
    const size_t common = mote_trie_nibbles_common(node->partial, rest);
    if (common < node->partial.count) {
        return common == rest.count ? MOTE_TURN_INSIDE : MOTE_TURN_NOWHERE;
    }
    if (common == rest.count) return MOTE_TURN_HERE;
    *nibble = mote_trie_nibble(rest, common);
    return mote_trie_node_child(node, *nibble, merkle) ? MOTE_TURN_DOWN : MOTE_TURN_NOWHERE;
}

mote_trie_turn mote_trie_walk_look(const mote_trie_walk *walk, mote_nibbles key, uint8_t *nibble,
                                   mote_bytes *merkle) {
    return look(walk, key, nibble, merkle);
}

/* Whether what a node leads to is known since loading: not of entries that were no nodes then. */
STEP bool is_linked(const mote_proof_index *index, uint32_t entry) {
    return index->is_linked && (index->marks[entry] & MOTE_MARK_NODE) != 0;
}

/* The entry that a link leads to. Links save the search, never the proof: what a parent names by its hash is what has that
 * hash, and nothing else, whatever became of the link. */
STEP bool follow_link(const mote_proof_index *index, uint32_t *entry, uint32_t link,
                      const uint8_t *hash) {
    *entry = link - 1;
    return link == 0 || (*entry < index->count &&
                         memcmp(index->hashes[*entry].bytes, hash, MOTE_TRIE_HASH_SIZE) == 0);
}

/* Which entry a child is. */
STEP uint32_t find_child(const mote_trie_walk *from, const uint8_t *hash) {
    const mote_proof_index *index = from->index;
    const bool has_links = from->node.plain && (index->marks[from->entry] & MOTE_MARK_PLAIN) != 0 &&
                           is_linked(index, from->entry);
    const size_t which = (size_t)(hash - from->node.children.at) / MOTE_TRIE_HASH_CHILD_SIZE;
    uint32_t entry;
    if (has_links &&
        follow_link(index, &entry, mote_trie_links_of(index, from->entry)[which], hash))
        return entry;
    return mote_trie_find_node(index, hash);
}

STEP mote_status go_down(mote_context *context, mote_trie_walk *out, const mote_trie_walk *from,
                         mote_bytes merkle) {
    const size_t below = from->depth + from->node.partial.count + 1;
    uint32_t entry = from->entry;
    if (merkle.size == MOTE_TRIE_HASH_SIZE) {
        entry = find_child(from, merkle.data);
        if (entry == MOTE_TRIE_NO_ENTRY) {
            return mote_fail(context, MOTE_E_PROOF_INCOMPLETE, from->node.encoding.data,
                             from->entry);
        }
    }
    out->index = from->index;
    out->depth = below;
    if (merkle.size == MOTE_TRIE_HASH_SIZE) return enter_entry(context, out, merkle, entry);
    out->entry = entry;
    return enter(context, out, merkle, merkle, MOTE_NODE_INLINE);
}

mote_status mote_trie_walk_down(mote_context *context, mote_trie_walk *out,
                                const mote_trie_walk *from, mote_bytes merkle) {
    return go_down(context, out, from, merkle);
}

mote_status mote_trie_walk_to(mote_context *context, mote_trie_walk *walk, mote_trie_turn *turn,
                              mote_nibbles key) {
    /* Each step down takes a nibble of the key: there are at most key.count of them. */
    for (;;) {
        uint8_t nibble = 0;
        mote_bytes merkle = {NULL, 0};
        *turn = look(walk, key, &nibble, &merkle);
        if (*turn != MOTE_TURN_DOWN) return MOTE_OK;
        mote_status status = go_down(context, walk, walk, merkle);
        if (status != MOTE_OK) return status;
    }
}

mote_status mote_trie_way_to(mote_context *context, mote_trie_way *way, mote_trie_turn *turn,
                             mote_nibbles key, size_t common) {
    while (way->used > 1 && way->steps[way->used - 1].depth > common) way->used--;
    for (;;) {
        mote_trie_walk *at = &way->steps[way->used - 1];
        uint8_t nibble = 0;
        mote_bytes merkle = {NULL, 0};
        *turn = look(at, key, &nibble, &merkle);
        if (*turn != MOTE_TURN_DOWN) return MOTE_OK;
        /* Without room the last step is taken from where it is: what is above it stays a way to it. */
        mote_trie_walk *next = way->used < way->room ? at + 1 : at;
        mote_status status = go_down(context, next, at, merkle);
        if (status != MOTE_OK) {
            if (next == at && status != MOTE_E_PROOF_INCOMPLETE) way->used--;
            return status;
        }
        way->used += next != at;
    }
}

/* The entry that is the value of a node which has its hash. That of a leaf may be known since loading: no leaf inside
 * another node has room for a hash. */
static uint32_t find_value(const mote_trie_walk *walk) {
    const mote_proof_index *index = walk->index;
    const uint8_t *hash = walk->node.value.data;
    const bool has_link = walk->node.kind == MOTE_NODE_LEAF && is_linked(index, walk->entry) &&
                          index->aside[walk->entry] != 0;
    uint32_t entry;
    if (has_link && follow_link(index, &entry, index->aside[walk->entry], hash)) return entry;
    return mote_trie_find(index, hash);
}

void mote_trie_value_at(mote_proven_value *out, const mote_trie_walk *walk) {
    const mote_trie_node *node = &walk->node;
    uint32_t entry = MOTE_TRIE_NO_ENTRY;
    memset(out->value_hash.bytes, 0, sizeof out->value_hash.bytes);
    out->state = node->value_kind == MOTE_NODE_NO_VALUE ? MOTE_VALUE_ABSENT : MOTE_VALUE_PRESENT;
    out->value = node->value;
    if (node->value_kind != MOTE_NODE_HASHED_VALUE) return;
    entry = find_value(walk);
    if (entry != MOTE_TRIE_NO_ENTRY) {
        out->value = walk->index->entries[entry];
        return;
    }
    out->state = MOTE_VALUE_HASH_ONLY;
    out->value = (mote_bytes){NULL, 0};
    memcpy(out->value_hash.bytes, node->value.data, sizeof out->value_hash.bytes);
}

void mote_trie_value_of(mote_proven_value *out, const mote_trie_walk *walk, mote_trie_turn turn) {
    if (turn == MOTE_TURN_HERE) {
        mote_trie_value_at(out, walk);
        return;
    }
    out->state = MOTE_VALUE_ABSENT;
    out->value = (mote_bytes){NULL, 0};
    memset(out->value_hash.bytes, 0, sizeof out->value_hash.bytes);
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
