/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Marking, with a queue: an entry is put on it once, so the cost is linear however many parents
 * share a node, and what comes next is on its way from memory while others are looked at.
 *
 * The value at a key under the child trie prefix is a root, any other value is not. Where nodes
 * are shared, one node stands for several keys; so what lies under the prefix is marked first
 * and as such, which includes all that marking it as ordinary content would do, and the rest
 * afterwards.
 */
#include "proof_reach.h"

#include "walk.h"

#include <string.h>

/* How far ahead memory is asked for: the bytes of an entry, and before that where they are. */
#define BYTES_AHEAD 8u
#define ENTRIES_AHEAD 24u
#define LONGEST_BRANCH 576u /* as a rule */
#define CACHE_LINE 64u
/* Inline nodes below one node that wait for their turn: a node has 16 children at most, and what
 * is inside an inline node of at most 31 bytes is less than 16 nodes of two bytes. */
#define MOST_WAITING 32u

typedef struct reach {
    mote_context *context;
    mote_proof_index *index;
    uint32_t visited; /* of those in the queue */
    uint32_t queued;
    uint32_t linked;       /* links that are used */
    bool values_are_roots; /* we are under the child trie prefix */
} reach;

typedef struct waiting_nodes {
    mote_bytes nodes[MOST_WAITING];
    size_t count;
} waiting_nodes;

static void use_as_node(reach *self, uint32_t entry) {
    if (entry == MOTE_TRIE_NO_ENTRY || (self->index->marks[entry] & MOTE_MARK_NODE) != 0) return;
    self->index->marks[entry] |= MOTE_MARK_NODE;
    self->index->queue[self->queued++] = entry;
}

/* Whether it is a node; what is shorter would stand in its parent. */
static bool use_as_child(reach *self, uint32_t entry) {
    if (entry == MOTE_TRIE_NO_ENTRY || (self->index->marks[entry] & MOTE_MARK_SHORT) != 0)
        return false;
    use_as_node(self, entry);
    return true;
}

/* `number`: of the node's entry, or MOTE_TRIE_NO_ENTRY for one inside another. */
static void use_value(reach *self, const mote_trie_node *node, uint32_t number) {
    mote_proof_index *index = self->index;
    mote_bytes value = node->value;
    if (node->value_kind == MOTE_NODE_NO_VALUE) return;
    if (node->value_kind == MOTE_NODE_HASHED_VALUE) {
        const uint32_t entry = mote_trie_find(index, value.data);
        if (entry == MOTE_TRIE_NO_ENTRY) return;
        index->marks[entry] |= MOTE_MARK_VALUE;
        value = index->entries[entry];
        if (node->kind == MOTE_NODE_LEAF && number != MOTE_TRIE_NO_ENTRY)
            index->aside[number] = entry + 1;
    }
    if (!self->values_are_roots || value.size != MOTE_TRIE_HASH_SIZE) return;
    const uint32_t root = mote_trie_find(index, value.data);
    if (root != MOTE_TRIE_NO_ENTRY) index->marks[root] |= MOTE_MARK_CHILD_ROOT;
}

/* Most hashes are of nodes that the proof has no need of: first what may be there is sorted out, without branches, of all
 * children at once. */
static void use_hashes(reach *self, mote_trie_children children, uint32_t number) {
    mote_proof_index *index = self->index;
    uint64_t mixed[16];
    const unsigned count = mote_trie_children_count(children.bitmap);
    uint32_t known = 0;
    for (unsigned i = 0; i < count; i++) {
        mixed[i] = mote_trie_mix(index, children.at + MOTE_TRIE_HASH_CHILD_SIZE * i + 1);
        known |= mote_trie_may_be_known(index, mixed[i]) << i;
    }
    for (; known != 0; known &= known - 1) {
        const unsigned i = mote_trie_lowest_child(known);
        const uint8_t *hash = children.at + MOTE_TRIE_HASH_CHILD_SIZE * i + 1;
        const uint32_t entry = mote_trie_find_mixed(index, mixed[i], hash);
        if (use_as_child(self, entry) && index->links != NULL)
            index->links[self->linked + i] = entry + 1;
    }
    index->aside[number] = self->linked;
    self->linked += count;
}

static mote_status use_children(reach *self, waiting_nodes *waiting, const mote_trie_node *node) {
    mote_trie_children children = node->children;
    mote_bytes merkle;
    uint8_t nibble;
    while (mote_trie_children_next(&children, &nibble, &merkle)) {
        if (merkle.size == MOTE_TRIE_HASH_SIZE) {
            (void)use_as_child(self, mote_trie_find(self->index, merkle.data));
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
        use_value(self, &node, MOTE_TRIE_NO_ENTRY);
        status = use_children(self, waiting, &node);
        if (status != MOTE_OK) return status;
    }
    return MOTE_OK;
}

/* A node and all nodes inside it. */
static mote_status visit(reach *self, uint32_t entry) {
    waiting_nodes waiting;
    mote_trie_node node;
    mote_status status = mote_trie_node_decode(self->context, &node, self->index->entries[entry],
                                               MOTE_NODE_NAMED, entry);
    if (status != MOTE_OK) return status;
    use_value(self, &node, entry);
    if (node.plain) {
        self->index->marks[entry] |= MOTE_MARK_PLAIN;
        use_hashes(self, node.children, entry);
        return MOTE_OK;
    }
    if (node.children.bitmap == 0) return MOTE_OK;
    waiting.count = 0;
    status = use_children(self, &waiting, &node);
    return status == MOTE_OK ? visit_inside(self, &waiting, entry) : status;
}

static void look_ahead(const reach *self) {
    const mote_proof_index *index = self->index;
    const uint32_t bytes = self->visited + BYTES_AHEAD, entry = self->visited + ENTRIES_AHEAD;
    if (bytes < self->queued) {
        const mote_bytes next = index->entries[index->queue[bytes]];
        for (size_t at = 0; at < next.size && at < LONGEST_BRANCH; at += CACHE_LINE)
            mote_trie_fetch(next.data + at);
    }
    if (entry < self->queued) mote_trie_fetch(&index->entries[index->queue[entry]]);
}

static mote_status visit_queued(reach *self) {
    while (self->visited < self->queued) {
        look_ahead(self);
        mote_status status = visit(self, self->index->queue[self->visited++]);
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
    if (status == MOTE_OK) status = visit_queued(self);
    self->values_are_roots = false;
    return status;
}

static mote_status mark_tries(reach *self, const mote_hash *root) {
    use_as_node(self, mote_trie_find(self->index, root->bytes));
    for (uint32_t i = 0; i < self->index->count; i++) {
        if ((self->index->marks[i] & MOTE_MARK_CHILD_ROOT) != 0) use_as_node(self, i);
    }
    return visit_queued(self);
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
    reach self = {context, proof->index, 0, 0, 0, false};
    mote_trie_index_make_links(context, proof->index);
    mote_trie_view top = mote_proof_main(proof);
    mote_status status = mark_child_trie_roots(&self, &top);
    if (status == MOTE_OK) status = mark_tries(&self, &proof->state.root);
    return status == MOTE_OK ? refuse_unused(&self) : status;
}
