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

/* Entries between the one that is visited and those of which memory is asked for: where they are, and what is compared. */
#define AHEAD 8u
#define FAR_AHEAD 16u
/* Inline nodes below one node that wait for their turn: a node has 16 children at most, and what
 * is inside an inline node of at most 31 bytes is less than 16 nodes of two bytes. */
#define MOST_WAITING 32u

typedef struct reach {
    mote_context *context;
    mote_proof_index *index;
    uint32_t visited; /* of those in the queue */
    uint32_t prepared;
    uint32_t queued;
    uint16_t known[AHEAD]; /* of prepared branches, the children that may be there */
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

/* Of a leaf that has its value's hash, which is the end of it. */
static void use_leaf(reach *self, uint32_t leaf) {
    mote_proof_index *index = self->index;
    const mote_bytes bytes = index->entries[leaf];
    const uint8_t *hash = bytes.data + bytes.size - MOTE_TRIE_HASH_SIZE;
    const uint32_t entry = mote_trie_find_mixed(index, index->aside[leaf], hash);
    index->aside[leaf] = entry + 1;
    if (entry != MOTE_TRIE_NO_ENTRY) index->marks[entry] |= MOTE_MARK_VALUE;
}

/* The first child of a plain branch: the children are the end of it. */
static const uint8_t *children_of(const mote_proof_index *index, uint32_t branch) {
    const mote_bytes bytes = index->entries[branch];
    return bytes.data + bytes.size -
           MOTE_TRIE_HASH_CHILD_SIZE * mote_trie_link_count(index, branch);
}

/* `known`: the children that may be there. */
static void use_links(reach *self, uint32_t branch, uint32_t known) {
    const mote_proof_index *index = self->index;
    const uint8_t *children = children_of(index, branch);
    const uint32_t count = mote_trie_link_count(index, branch);
    uint32_t mixed[16], *links = mote_trie_links_of(index, branch);
    for (uint32_t i = 0; i < count; i++) {
        mixed[i] = links[i];
        links[i] = 0;
    }
    for (; known != 0; known &= known - 1) {
        const unsigned i = mote_trie_lowest_child(known);
        const uint8_t *hash = children + MOTE_TRIE_HASH_CHILD_SIZE * i + 1;
        const uint32_t entry = mote_trie_find_mixed(index, mixed[i], hash);
        if (use_as_child(self, entry)) links[i] = entry + 1;
    }
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
        use_value(self, &node);
        status = use_children(self, waiting, &node);
        if (status != MOTE_OK) return status;
    }
    return MOTE_OK;
}

/* A node and all nodes inside it, decoded so that what is wrong with it has a name. */
static mote_status visit_decoded(reach *self, uint32_t entry, uint32_t known) {
    waiting_nodes waiting;
    mote_trie_node node;
    mote_status status = mote_trie_node_decode(self->context, &node, self->index->entries[entry],
                                               MOTE_NODE_NAMED, entry);
    if (status != MOTE_OK) return status;
    waiting.count = 0;
    use_value(self, &node);
    if ((self->index->marks[entry] & MOTE_MARK_PLAIN) != 0) {
        use_links(self, entry, known);
        return MOTE_OK;
    }
    status = use_children(self, &waiting, &node);
    return status == MOTE_OK ? visit_inside(self, &waiting, entry) : status;
}

/* Most nodes were decoded before and found to be well formed: their bytes are not looked at again. */
static mote_status visit(reach *self, uint32_t entry, uint32_t known) {
    const unsigned marks = self->index->marks[entry];
    const bool leaf = (marks & MOTE_MARK_LEAF) != 0, hashed = (marks & MOTE_MARK_HASHED) != 0;
    if (leaf && hashed) use_leaf(self, entry);
    if (self->values_are_roots || (!leaf && ((marks & MOTE_MARK_PLAIN) == 0 || hashed)))
        return visit_decoded(self, entry, known);
    if (!leaf) use_links(self, entry, known);
    return MOTE_OK;
}

static void fetch_hash(const mote_proof_index *index, uint32_t mixed, const uint8_t *hash) {
    const uint32_t slot = index->slots[mixed & index->slot_mask];
    mote_trie_fetch(hash);
    mote_trie_fetch(hash + MOTE_TRIE_HASH_SIZE - 1);
    if (slot != 0) mote_trie_fetch(&index->hashes[(slot & MOTE_TRIE_SLOT_NUMBER) - 1]);
}

/* Most children are nodes that the proof has no need of. What may be there is sorted out, without branches, of all
 * children at once; and what those will be compared with is asked for. */
static uint32_t prepare_branch(const mote_proof_index *index, uint32_t branch) {
    const uint32_t *mixed = mote_trie_links_of(index, branch);
    const uint32_t count = mote_trie_link_count(index, branch);
    const uint8_t *children = children_of(index, branch);
    uint32_t known = 0;
    for (uint32_t i = 0; i < count; i++) known |= mote_trie_may_be_known(index, mixed[i]) << i;
    for (uint32_t left = known; left != 0; left &= left - 1) {
        const unsigned i = mote_trie_lowest_child(left);
        fetch_hash(index, mixed[i], children + MOTE_TRIE_HASH_CHILD_SIZE * i + 1);
    }
    return known;
}

static uint32_t prepare(const mote_proof_index *index, uint32_t entry) {
    const unsigned marks = index->marks[entry], hashed_leaf = MOTE_MARK_LEAF | MOTE_MARK_HASHED;
    const mote_bytes bytes = index->entries[entry];
    if ((marks & MOTE_MARK_PLAIN) != 0) return prepare_branch(index, entry);
    if ((marks & hashed_leaf) == hashed_leaf)
        fetch_hash(index, index->aside[entry], bytes.data + bytes.size - MOTE_TRIE_HASH_SIZE);
    return 0;
}

static void look_ahead(reach *self) {
    const mote_proof_index *index = self->index;
    for (; self->prepared < self->queued && self->prepared < self->visited + AHEAD;
         self->prepared++) {
        const uint32_t further = self->prepared + FAR_AHEAD - AHEAD;
        self->known[self->prepared % AHEAD] =
            (uint16_t)prepare(index, index->queue[self->prepared]);
        if (further >= self->queued) continue;
        const uint32_t entry = index->queue[further];
        mote_trie_fetch(&index->entries[entry]);
        if ((index->marks[entry] & MOTE_MARK_PLAIN) != 0)
            mote_trie_fetch(mote_trie_links_of(index, entry));
    }
}

static mote_status visit_queued(reach *self) {
    for (; self->visited < self->queued; self->visited++) {
        look_ahead(self);
        mote_status status =
            visit(self, self->index->queue[self->visited], self->known[self->visited % AHEAD]);
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
    reach self = {.context = context, .index = proof->index};
    mote_trie_view top = mote_proof_main(proof);
    mote_status status = mark_child_trie_roots(&self, &top);
    if (status == MOTE_OK) status = mark_tries(&self, &proof->state.root);
    if (status == MOTE_OK) status = refuse_unused(&self);
    proof->index->is_linked = status == MOTE_OK;
    return status;
}
