/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Marking, with a work list that is threaded through the entries: an entry is put on it once, so
 * the cost is linear however many parents share a node.
 *
 * The value at a key under the child trie prefix is a root, any other value is not. Where nodes
 * are shared, one node stands for several keys; so what lies under the prefix is marked first
 * and as such, which includes all that marking it as ordinary content would do, and the rest
 * afterwards.
 */
#include "proof_reach.h"

#include "walk.h"

#include <string.h>

#define LIST_END UINT32_MAX
/* Inline nodes below one node that wait for their turn: a node has 16 children at most, and what
 * is inside an inline node of at most 31 bytes is less than 16 nodes of two bytes. */
#define MOST_WAITING 32u

typedef struct reach {
    mote_context *context;
    mote_proof_index *index;
    uint32_t list;
    bool values_are_roots; /* we are under the child trie prefix */
} reach;

typedef struct waiting_nodes {
    mote_bytes nodes[MOST_WAITING];
    size_t count;
} waiting_nodes;

static void use_as_node(reach *self, uint32_t entry) {
    if (entry == MOTE_TRIE_NO_ENTRY || (self->index->marks[entry] & MOTE_MARK_NODE) != 0) return;
    self->index->marks[entry] |= MOTE_MARK_NODE;
    self->index->next[entry] = self->list;
    self->list = entry;
}

static void use_value(reach *self, const mote_trie_node *node) {
    mote_proof_index *index = self->index;
    mote_bytes value = node->value;
    if (node->value_kind == MOTE_NODE_NO_VALUE) return;
    if (node->value_kind == MOTE_NODE_HASHED_VALUE) {
        const uint32_t entry = mote_trie_find(index, value.data);
        if (entry == MOTE_TRIE_NO_ENTRY) return;
        index->marks[entry] |= MOTE_MARK_VALUE;
        value = index->entries[entry];
    }
    if (!self->values_are_roots || value.size != MOTE_TRIE_HASH_SIZE) return;
    const uint32_t root = mote_trie_find(index, value.data);
    if (root != MOTE_TRIE_NO_ENTRY) index->marks[root] |= MOTE_MARK_CHILD_ROOT;
}

static mote_status use_children(reach *self, waiting_nodes *waiting, const mote_trie_node *node) {
    mote_trie_children children = node->children;
    mote_bytes merkle;
    uint8_t nibble;
    while (mote_trie_children_next(&children, &nibble, &merkle)) {
        if (merkle.size == MOTE_TRIE_HASH_SIZE) {
            use_as_node(self, mote_trie_find_node(self->index, merkle.data));
        } else if (waiting->count < MOST_WAITING) {
            waiting->nodes[waiting->count++] = merkle;
        } else {
            return mote_fail(self->context, MOTE_E_INTERNAL, merkle.data, MOTE_NO_INDEX);
        }
    }
    return MOTE_OK;
}

/* Nodes inside other nodes. */
static mote_status visit_inside(reach *self, waiting_nodes *waiting, uint32_t entry) {
    while (waiting->count > 0) {
        mote_trie_node node;
        mote_bytes next = waiting->nodes[--waiting->count];
        mote_status status =
            mote_trie_node_decode(self->context, &node, next, MOTE_NODE_INLINE, entry);
        if (status != MOTE_OK) return status;
        use_value(self, &node);
        status = use_children(self, waiting, &node);
        if (status != MOTE_OK) return status;
    }
    return MOTE_OK;
}

/* A node and all nodes inside it. */
static mote_status visit(reach *self, uint32_t entry) {
    waiting_nodes waiting;
    mote_trie_node node;
    waiting.count = 0;
    mote_status status = mote_trie_node_decode(self->context, &node, self->index->entries[entry],
                                               MOTE_NODE_NAMED, entry);
    if (status != MOTE_OK) return status;
    if (node.plain) self->index->marks[entry] |= MOTE_MARK_PLAIN;
    use_value(self, &node);
    status = use_children(self, &waiting, &node);
    return status == MOTE_OK ? visit_inside(self, &waiting, entry) : status;
}

static mote_status work_off_list(reach *self) {
    while (self->list != LIST_END) {
        const uint32_t entry = self->list;
        self->list = self->index->next[entry];
        mote_status status = visit(self, entry);
        if (status != MOTE_OK) return status;
    }
    return MOTE_OK;
}

/* Finds the smallest subtree with everything under the child trie prefix, and marks it. */
static mote_status mark_child_trie_roots(reach *self, const mote_trie_view *top) {
    const uint8_t prefix[] = MOTE_CHILD_TRIE_PREFIX;
    mote_trie_walk walk;
    mote_trie_turn turn = MOTE_TURN_NOWHERE;
    mote_status status = mote_trie_walk_begin(self->context, &walk, top);
    if (status == MOTE_OK) {
        status = mote_trie_walk_to(self->context, &walk, &turn,
                                   mote_trie_nibbles_of((mote_bytes){prefix, sizeof prefix - 1}));
    }
    if (status == MOTE_E_PROOF_INCOMPLETE) return MOTE_OK;
    if (status != MOTE_OK || turn == MOTE_TURN_NOWHERE) return status;
    self->values_are_roots = true;
    if (walk.merkle.size < MOTE_TRIE_HASH_SIZE) {
        waiting_nodes waiting = {{walk.node.encoding}, 1};
        status = visit_inside(self, &waiting, walk.entry);
    } else {
        use_as_node(self, walk.entry);
    }
    if (status == MOTE_OK) status = work_off_list(self);
    self->values_are_roots = false;
    return status;
}

static mote_status mark_tries(reach *self, const mote_hash *root) {
    use_as_node(self, mote_trie_find(self->index, root->bytes));
    for (uint32_t i = 0; i < self->index->count; i++) {
        if ((self->index->marks[i] & MOTE_MARK_CHILD_ROOT) != 0) use_as_node(self, i);
    }
    return work_off_list(self);
}

static mote_status refuse_unused(const reach *self) {
    for (uint32_t i = 0; i < self->index->count; i++) {
        if ((self->index->marks[i] & (MOTE_MARK_NODE | MOTE_MARK_VALUE | MOTE_MARK_TWIN)) != 0)
            continue;
        return mote_fail(self->context, MOTE_E_PROOF_UNREACHABLE_NODE, self->index->entries[i].data,
                         i);
    }
    return MOTE_OK;
}

mote_status mote_trie_check_reachable(mote_context *context, const mote_proof *proof) {
    reach self = {context, proof->index, LIST_END, false};
    mote_trie_view top = mote_proof_main(proof);
    mote_status status = mark_child_trie_roots(&self, &top);
    if (status == MOTE_OK) status = mark_tries(&self, &proof->state.root);
    return status == MOTE_OK ? refuse_unused(&self) : status;
}
