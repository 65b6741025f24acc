/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Proofs out of the trie. The nodes on the way to what is asked are marked; their hashes, and those of the values,
 * are the proof as a set. Its entries are written in the order of keys, a node before its children: each once
 * (nodes), or wherever the walk through the set comes to it (compact), as the reader of a set of nodes would find
 * them (primitives/trie/src/trie_codec.rs).
 */
#include <string.h>

#include "encode.h"

/* --- the set ---------------------------------------------------------------------------------- */

typedef struct entry {
    const uint8_t *hash;
    mote_arena_ref node; /* the first with this hash */
    bool is_value;
} entry;

typedef struct proof_set {
    mote_state *state;
    mote_writer *out;
    entry *entries;
    uint32_t count;
    uint32_t *slots; /* number of an entry + 1, or 0 */
    size_t slot_mask;
    uint64_t items; /* of a compact proof */
    bool writing;
} proof_set;

/* Hashes of what the host has put in: nobody can aim at slots without finding hashes for it, and whoever makes a
 * proof is not the one who is asked. */
static size_t slot_of(const proof_set *set, const uint8_t *hash) {
    return (size_t)mote_load_u64(hash) & set->slot_mask;
}

static bool find(const proof_set *set, const uint8_t *hash, size_t *slot) {
    size_t at = slot_of(set, hash);
    while (set->slots[at] != 0) {
        *slot = at;
        if (memcmp(set->entries[set->slots[at] - 1].hash, hash, MOTE_TREE_HASH_SIZE) == 0)
            return true;
        at = (at + 1) & set->slot_mask;
    }
    *slot = at;
    return false;
}

static bool contains(const proof_set *set, const uint8_t *hash) {
    size_t slot;
    return find(set, hash, &slot);
}

static void add(proof_set *set, const uint8_t *hash, mote_arena_ref node, bool is_value) {
    size_t slot;
    if (find(set, hash, &slot)) return;
    set->entries[set->count++] = (entry){hash, node, is_value};
    set->slots[slot] = set->count;
}

static bool make_set(mote_context *context, proof_set *set, size_t most) {
    size_t slots = 4;
    while (slots / 2 < most) slots *= 2;
    set->entries = mote_context_take(context, most, sizeof *set->entries);
    set->slots = mote_context_take(context, slots, sizeof *set->slots);
    set->slot_mask = slots - 1;
    return set->entries != NULL && set->slots != NULL;
}

/* --- marking ---------------------------------------------------------------------------------- */

static void mark_up(mote_state *state, mote_arena_ref node) {
    while (node != 0 && (mote_tree_at(state, node)->flags & MOTE_TREE_PROVEN) == 0) {
        mote_tree_at(state, node)->flags |= MOTE_TREE_PROVEN;
        node = mote_tree_at(state, node)->parent;
    }
}

static void mark_value(mote_state *state, mote_arena_ref node) {
    mote_tree_node *at = mote_tree_at(state, node);
    if (at->value != 0) at->flags |= MOTE_TREE_VALUE_PROVEN;
}

static mote_tree_found mark_path(mote_tree tree, mote_bytes key) {
    mote_tree_found found = mote_tree_find(tree, key);
    if (found.turn != MOTE_TREE_NOWHERE) mark_up(tree.state, found.node);
    return found;
}

static void mark_subtree(mote_tree tree, mote_bytes prefix) {
    mote_state *state = tree.state;
    mote_tree_found found = mark_path(tree, prefix);
    if (found.turn != MOTE_TREE_HERE && found.turn != MOTE_TREE_INSIDE) return;
    for (mote_arena_ref at = found.node; at != 0;
         at = mote_tree_next_node(state, found.node, at, true)) {
        mote_tree_at(state, at)->flags |= MOTE_TREE_PROVEN;
        mark_value(state, at);
    }
}

static void mark_next(mote_tree tree, mote_bytes key) {
    static const mote_bytes any = {NULL, 0};
    (void)mark_path(tree, key);
    mote_arena_ref next = mote_tree_next_value(tree, &key, any);
    if (next != 0) mark_up(tree.state, next);
}

static mote_status open_and_mark(mote_context *context, mote_tree *tree, bool *exists,
                                 mote_state *state, const mote_bytes *child) {
    mote_tree_found path;
    if (child == NULL) return mote_tree_open(context, tree, exists, state, NULL);
    mote_status status = mote_tree_open_path(context, tree, exists, &path, state, *child);
    if (status == MOTE_OK && path.turn != MOTE_TREE_NOWHERE) mark_up(state, path.node);
    return status;
}

static mote_status mark_query(mote_context *context, mote_state *state,
                              const mote_state_query *query) {
    mote_tree tree;
    bool exists;
    if (query->key.size >= MOTE_STATE_KEY_CEILING)
        return mote_fail(context, MOTE_E_LIMIT_SIZE, NULL, MOTE_NO_INDEX);
    mote_status status = open_and_mark(context, &tree, &exists, state, query->child);
    if (status != MOTE_OK || !exists) return status;
    if (query->kind == MOTE_QUERY_PREFIX) {
        mark_subtree(tree, query->key);
    } else if (query->kind == MOTE_QUERY_NEXT_KEY) {
        mark_next(tree, query->key);
    } else {
        mote_tree_found found = mark_path(tree, query->key);
        if (found.turn == MOTE_TREE_HERE) mark_value(state, found.node);
    }
    return MOTE_OK;
}

/* --- walking through what is marked ----------------------------------------------------------- */

typedef void visit_node(proof_set *set, mote_arena_ref node);

static bool is_proven(const mote_state *state, mote_arena_ref node) {
    return (mote_tree_at(state, node)->flags & MOTE_TREE_PROVEN) != 0;
}

/* The marked nodes of one trie, or, of the main one, of all tries: a child trie after the node at which it
 * hangs. A node is marked only if its parent is. */
static void each_in_child(proof_set *set, mote_arena_ref owner, visit_node *visit) {
    const mote_arena_ref top = mote_tree_root((mote_tree){set->state, owner});
    for (mote_arena_ref at = top; at != 0;) {
        bool proven = is_proven(set->state, at);
        if (proven) visit(set, at);
        at = mote_tree_next_node(set->state, top, at, proven);
    }
}

static void each_proven(proof_set *set, visit_node *visit) {
    const mote_arena_ref top = set->state->root;
    for (mote_arena_ref at = top; at != 0;) {
        bool proven = is_proven(set->state, at);
        if (proven) visit(set, at);
        if (proven && mote_tree_has_child_trie(set->state, at)) each_in_child(set, at, visit);
        at = mote_tree_next_node(set->state, top, at, proven);
    }
}

/* The value is an item of its own. */
static const mote_tree_value *value_apart(const mote_state *state, const mote_tree_node *node) {
    if (node->value == 0) return NULL;
    const mote_tree_value *value = mote_tree_value_at(state, node->value);
    return value->kind == MOTE_TREE_HASHED ? value : NULL;
}

static void count_node(proof_set *set, mote_arena_ref node) {
    (void)node;
    set->count += 2;
}

static void clear_marks(proof_set *set, mote_arena_ref node) {
    const unsigned marks = MOTE_TREE_PROVEN | MOTE_TREE_VALUE_PROVEN;
    mote_tree_at(set->state, node)->flags &= (uint8_t)~marks;
}

/* A node of less than 32 bytes is inside its parent; but for a root, which is named by its hash. */
static void add_node(proof_set *set, mote_arena_ref ref) {
    const mote_tree_node *node = mote_tree_at(set->state, ref);
    const mote_tree_value *value = value_apart(set->state, node);
    if (node->merkle_size == MOTE_TREE_HASH_SIZE) add(set, node->merkle, ref, false);
    if (value != NULL && (node->flags & MOTE_TREE_VALUE_PROVEN) != 0)
        add(set, value->data, ref, true);
}

/* --- writing ---------------------------------------------------------------------------------- */

static void write_node(mote_writer *out, const mote_state *state, const mote_tree_node *node,
                       const mote_tree_omission *omission) {
    mote_tree_sink sink;
    mote_writer count = mote_writer_into(NULL, 0);
    sink.writer = &count;
    mote_tree_encode(state, node, &sink, omission);
    mote_write_compact(out, count.size);
    sink.writer = out;
    mote_tree_encode(state, node, &sink, omission);
}

static void write_nodes(const proof_set *set) {
    mote_write_compact(set->out, set->count);
    for (uint32_t i = 0; i < set->count; i++) {
        const mote_tree_node *node = mote_tree_at(set->state, set->entries[i].node);
        if (set->entries[i].is_value) {
            mote_write_vec_u8(set->out,
                              mote_tree_value_bytes(mote_tree_value_at(set->state, node->value)));
        } else {
            write_node(set->out, set->state, node, NULL);
        }
    }
}

static bool in_set(const proof_set *set, mote_arena_ref ref) {
    const mote_tree_node *node = mote_tree_at(set->state, ref);
    return node->merkle_size == MOTE_TREE_HASH_SIZE && contains(set, node->merkle);
}

static uint16_t children_in_set(const proof_set *set, const mote_tree_node *node) {
    unsigned in = 0;
    for (uint32_t left = node->bitmap; left != 0; left &= left - 1) {
        unsigned nibble = mote_trie_lowest_child(left);
        if (in_set(set, node->children[nibble])) in |= 1u << nibble;
    }
    return (uint16_t)in;
}

static void write_item(proof_set *set, const mote_tree_node *node) {
    const mote_tree_value *value = value_apart(set->state, node);
    const bool apart = value != NULL && contains(set, value->data);
    set->items += apart ? 2 : 1;
    if (!set->writing) return;
    const mote_tree_omission omission = {apart, children_in_set(set, node)};
    write_node(set->out, set->state, node, &omission);
    if (apart) mote_write_vec_u8(set->out, mote_tree_value_bytes(value));
}

static void write_trie(proof_set *set, mote_arena_ref top) {
    for (mote_arena_ref at = top; at != 0;) {
        bool in = in_set(set, at);
        if (in) write_item(set, mote_tree_at(set->state, at));
        at = mote_tree_next_node(set->state, top, at, in);
    }
}

/* The child tries whose roots can be seen in the part of the main trie that is proven. */
static void write_child_tries(proof_set *set) {
    const mote_arena_ref top = set->state->root;
    for (mote_arena_ref at = top; at != 0;) {
        bool in = in_set(set, at);
        if (in && mote_tree_has_child_trie(set->state, at))
            write_trie(set, mote_tree_root((mote_tree){set->state, at}));
        at = mote_tree_next_node(set->state, top, at, in);
    }
}

static void write_compact(proof_set *set) {
    for (int pass = 0; pass < 2; pass++) {
        set->writing = pass == 1;
        if (set->writing) mote_write_compact(set->out, set->items);
        write_trie(set, set->state->root);
        write_child_tries(set);
    }
}

static mote_status mark_all(mote_context *context, mote_state *state,
                            const mote_state_query *queries, size_t count) {
    mote_status status = MOTE_OK;
    for (size_t i = 0; i < count && status == MOTE_OK; i++) {
        status = mark_query(context, state, &queries[i]);
        if (status != MOTE_OK) context->fault.index = (uint32_t)i;
    }
    return status;
}

mote_status mote_state_prove(mote_context *context, mote_writer *out, mote_state *state,
                             const mote_state_query *queries, size_t count, mote_proof_form form) {
    size_t mark = mote_context_mark(context);
    proof_set set = {state, out, NULL, 0, NULL, 0, 0, false};
    mote_tree_hash(state);
    mote_status status = mark_all(context, state, queries, count);
    if (status == MOTE_OK) {
        each_proven(&set, count_node);
        if (!make_set(context, &set, set.count))
            status = mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
        set.count = 0;
    }
    if (status == MOTE_OK) each_proven(&set, add_node);
    each_proven(&set, clear_marks);
    if (status == MOTE_OK) {
        if (form == MOTE_PROOF_COMPACT) {
            write_compact(&set);
        } else {
            write_nodes(&set);
        }
    }
    mote_context_release(context, mark);
    return status;
}
