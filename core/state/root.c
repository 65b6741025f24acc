/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Merkle values, of dirty nodes only, children before their parents, and many at once: a node without dirty children is
 * put into a queue, and one from which the last of them goes, too. What is in the queue needs nothing of one another, so
 * it is hashed together. The queue, and how many children a node waits for, are where the node's own Merkle value will be.
 *
 * A node is dirty only if its parent is, and a child trie only if its place in the main trie is. So all dirty nodes are
 * reached from the main root through dirty ones; and a subtree of them can be hashed without a look at the others.
 */
#include "encode.h"

#include <string.h>

#define HASHED_AT_ONCE 32u
#define BYTES_AT_ONCE 16384u
/* Larger nodes do not wait for others, which they would make wait. */
#define LONGEST_IN_COMPANY 1024u
/* Nodes in the queue when some of them are hashed: where the walk is, their keys are still at hand. */
#define QUEUED 64u

/* What a dirty node has for a Merkle value. */
typedef struct pending {
    mote_arena_ref next;  /* in the queue */
    mote_arena_ref owner; /* of the root of a child trie: the node it hangs at */
    uint32_t children;    /* that are dirty, the root of a child trie among them */
} pending;
_Static_assert(sizeof(pending) <= MOTE_TREE_HASH_SIZE, "it is put there");

typedef struct hashing {
    mote_state *state;
    mote_backend backend;
    mote_arena_ref top;         /* nobody waits for it */
    mote_arena_ref first, last; /* of the queue */
    size_t queued;
    uint8_t *bytes;
    size_t size;
    size_t count;
    mote_arena_ref node[HASHED_AT_ONCE];
    mote_bytes message[HASHED_AT_ONCE];
} hashing;

static pending pending_of(const mote_tree_node *node) {
    pending out;
    memcpy(&out, node->merkle, sizeof out);
    return out;
}

static void set_pending(mote_tree_node *node, pending value) {
    memcpy(node->merkle, &value, sizeof value);
}

/* --- the queue -------------------------------------------------------------------------------- */

static void enqueue(hashing *h, mote_arena_ref ref) {
    if (h->queued++ == 0) {
        h->first = ref;
    } else {
        mote_tree_node *before = mote_tree_at(h->state, h->last);
        pending of = pending_of(before);
        of.next = ref;
        set_pending(before, of);
    }
    h->last = ref;
}

static mote_arena_ref dequeue(hashing *h) {
    const mote_arena_ref ref = h->first;
    h->first = pending_of(mote_tree_at(h->state, ref)).next;
    h->queued--;
    return ref;
}

static void one_less(hashing *h, mote_arena_ref ref) {
    mote_tree_node *node = mote_tree_at(h->state, ref);
    pending of = pending_of(node);
    of.children--;
    set_pending(node, of);
    if (of.children == 0) enqueue(h, ref);
}

/* --- hashing ---------------------------------------------------------------------------------- */

static void settle_child_trie(const mote_state *state, mote_arena_ref owner, mote_bytes root) {
    const mote_tree_node *node = mote_tree_at(state, owner);
    memcpy(mote_tree_value_at(state, node->value)->data, root.data, MOTE_TREE_HASH_SIZE);
}

/* A node has its Merkle value: its parent, or the node at which its trie hangs, waits for one less. */
static void settle(hashing *h, mote_arena_ref ref, mote_bytes merkle) {
    mote_tree_node *node = mote_tree_at(h->state, ref);
    const mote_arena_ref owner = pending_of(node).owner;
    memcpy(node->merkle, merkle.data, merkle.size);
    node->merkle_size = (uint8_t)merkle.size;
    if (owner != 0) settle_child_trie(h->state, owner, merkle);
    if (ref != h->top) one_less(h, owner != 0 ? owner : node->parent);
}

static void hash_alone(hashing *h, mote_arena_ref ref) {
    uint8_t buffer[512];
    mote_tree_sink sink = {.buffer = buffer, .room = sizeof buffer};
    mote_hash hash;
    mote_tree_encode(h->state, mote_tree_at(h->state, ref), &sink, NULL);
    if (sink.hashing) {
        mote_blake2b_update(&sink.hash, (mote_bytes){buffer, sink.waiting});
        mote_blake2b_final(&sink.hash, hash.bytes);
    } else {
        hash = mote_blake2b_256((mote_bytes){buffer, sink.size});
    }
    settle(h, ref, (mote_bytes){hash.bytes, sizeof hash.bytes});
}

/* Encodes a node for which there is room. */
static size_t put_into_company(hashing *h, mote_arena_ref ref, size_t used) {
    const mote_tree_node *node = mote_tree_at(h->state, ref);
    mote_tree_sink sink;
    sink.writer = NULL;
    sink.buffer = h->bytes + used;
    sink.room = h->size - used;
    mote_tree_encode(h->state, node, &sink, NULL);
    const mote_bytes bytes = {sink.buffer, sink.size};
    if (bytes.size < MOTE_TREE_HASH_SIZE && node->parent != 0) {
        settle(h, ref, bytes);
        return used;
    }
    h->node[h->count] = ref;
    h->message[h->count++] = bytes;
    return used + bytes.size;
}

static void hash_some(hashing *h) {
    mote_hash hashes[HASHED_AT_ONCE];
    size_t used = 0;
    h->count = 0;
    while (h->queued != 0 && h->count < HASHED_AT_ONCE) {
        const size_t most = mote_tree_encoded_size(h->state, mote_tree_at(h->state, h->first));
        if (most > h->size - used && most <= LONGEST_IN_COMPANY && h->count != 0) break;
        const mote_arena_ref ref = dequeue(h);
        if (most > LONGEST_IN_COMPANY || most > h->size) {
            hash_alone(h, ref);
        } else {
            used = put_into_company(h, ref, used);
        }
    }
    mote_blake2b_256_many(h->backend, hashes, h->message, h->count);
    for (size_t i = 0; i < h->count; i++)
        settle(h, h->node[i], (mote_bytes){hashes[i].bytes, sizeof hashes[i].bytes});
}

/* --- the walk --------------------------------------------------------------------------------- */

static bool is_dirty(const mote_state *state, mote_arena_ref ref) {
    return mote_tree_at(state, ref)->merkle_size == 0;
}

/* The first dirty child from a nibble on, or 0. */
static mote_arena_ref dirty_child(const mote_state *state, const mote_tree_node *node,
                                  unsigned from) {
    for (uint32_t left = node->bitmap & 0xffffu << from; left != 0; left &= left - 1) {
        const mote_arena_ref child = node->children[mote_trie_lowest_child(left)];
        if (is_dirty(state, child)) return child;
    }
    return 0;
}

/* The root of the child trie that hangs at a node, if it is dirty; or 0. */
static mote_arena_ref dirty_child_trie(mote_state *state, mote_arena_ref owner) {
    if (!mote_tree_has_child_trie(state, owner)) return 0;
    const mote_arena_ref root = mote_tree_root((mote_tree){state, owner});
    return is_dirty(state, root) ? root : 0;
}

/* The walk has come to a dirty node. `owner`: of the child trie that it is the root of, or 0. */
static void arrive(hashing *h, mote_arena_ref ref, mote_arena_ref owner) {
    mote_tree_node *node = mote_tree_at(h->state, ref);
    pending of = {0, node->parent == 0 ? owner : 0, dirty_child_trie(h->state, ref) != 0};
    for (uint32_t left = node->bitmap; left != 0; left &= left - 1)
        of.children += is_dirty(h->state, node->children[mote_trie_lowest_child(left)]);
    set_pending(node, of);
    if (of.children == 0) enqueue(h, ref);
}

/* The dirty node after `at` that the walk has not come to, inside the top's subtree and the child tries at it; or 0. */
static mote_arena_ref next_dirty(const hashing *h, mote_arena_ref at, mote_arena_ref *owner) {
    mote_state *state = h->state;
    mote_arena_ref next = dirty_child_trie(state, at);
    if (next != 0) {
        *owner = at;
        return next;
    }
    next = dirty_child(state, mote_tree_at(state, at), 0);
    while (next == 0 && at != h->top) {
        const mote_tree_node *node = mote_tree_at(state, at);
        unsigned from = 0;
        if (node->parent != 0) {
            from = mote_tree_place(state, node) + 1u;
            at = node->parent;
        } else {
            at = *owner;
            *owner = 0;
        }
        next = dirty_child(state, mote_tree_at(state, at), from);
    }
    return next;
}

static void hash_subtree(hashing *h, mote_arena_ref owner) {
    for (mote_arena_ref at = h->top; at != 0; at = next_dirty(h, at, &owner)) {
        arrive(h, at, owner);
        while (h->queued >= QUEUED) hash_some(h);
    }
    while (h->queued != 0) hash_some(h);
}

static hashing hashing_of(mote_state *state, mote_backend backend, mote_arena_ref top,
                          uint8_t *bytes, size_t size) {
    return (hashing){.state = state, .backend = backend, .top = top, .bytes = bytes, .size = size};
}

void mote_tree_hash(mote_state *state) {
    uint8_t little[LONGEST_IN_COMPANY];
    if (state->root == 0 || !is_dirty(state, state->root)) return;
    /* Where the state's memory is all taken, nodes have less company. */
    const mote_arena_ref lent = mote_arena_take(&state->arena, BYTES_AT_ONCE);
    uint8_t *bytes = lent == 0 ? little : mote_arena_at(&state->arena, lent);
    hashing h = hashing_of(state, (mote_backend)state->backend, state->root, bytes,
                           lent == 0 ? sizeof little : BYTES_AT_ONCE);
    hash_subtree(&h, 0);
    if (lent != 0) mote_arena_give(&state->arena, lent);
}

mote_hash mote_state_root_of(mote_state *state) {
    mote_hash root;
    if (state->root == 0) return mote_trie_empty_root;
    mote_tree_hash(state);
    memcpy(root.bytes, mote_tree_at(state, state->root)->merkle, sizeof root.bytes);
    return root;
}

/* --- units of work ---------------------------------------------------------------------------- */

#define PROBES 4u
#define STEPS_OF_A_PROBE 24u
/* Dirty nodes that are not worth being split. */
#define LIGHT 256u

static uint32_t dirty_children(mote_state *state, mote_arena_ref ref, mote_arena_ref children[17]) {
    const mote_tree_node *node = mote_tree_at(state, ref);
    uint32_t count = 0;
    children[0] = dirty_child_trie(state, ref);
    if (children[0] != 0) count++;
    for (uint32_t left = node->bitmap; left != 0; left &= left - 1) {
        const mote_arena_ref child = node->children[mote_trie_lowest_child(left)];
        if (is_dirty(state, child)) children[count++] = child;
    }
    return count;
}

/* What a way down from a node, with every step standing for all that could have been taken, says about how many dirty
 * nodes there are (Knuth, 1975). */
static uint64_t probe(mote_state *state, mote_arena_ref at, uint32_t *random) {
    uint64_t sum = 0, stands_for = 1;
    for (unsigned step = 0; step < STEPS_OF_A_PROBE && stands_for <= UINT32_MAX; step++) {
        mote_arena_ref children[17];
        const uint32_t count = dirty_children(state, at, children);
        sum += stands_for;
        if (count == 0) break;
        stands_for *= count;
        *random = *random * UINT32_C(1664525) + UINT32_C(1013904223);
        at = children[(*random >> 16) % count];
    }
    return sum;
}

/* Decides about speed only. */
static uint32_t weigh(mote_state *state, mote_arena_ref top) {
    uint32_t random = top;
    uint64_t sum = 0;
    for (unsigned i = 0; i < PROBES; i++) sum += probe(state, top, &random);
    return sum / PROBES > UINT32_MAX ? UINT32_MAX : (uint32_t)(sum / PROBES);
}

static size_t heaviest(const mote_state_unit *units, size_t count) {
    size_t found = 0;
    for (size_t i = 1; i < count; i++)
        if (units[i].weight > units[found].weight) found = i;
    return found;
}

size_t mote_tree_units(mote_state *state, mote_state_unit *units, size_t room, uint32_t light) {
    size_t count = 1;
    if (room == 0 || state->root == 0 || !is_dirty(state, state->root)) return 0;
    units[0] = (mote_state_unit){state->root, 0, weigh(state, state->root)};
    for (;;) {
        mote_arena_ref children[17];
        mote_state_unit *unit = &units[heaviest(units, count)];
        if (unit->weight < light) return count;
        const mote_arena_ref top = unit->node;
        const uint32_t pieces = dirty_children(state, top, children);
        if (pieces == 0 || count + pieces - 1 > room) return count;
        for (uint32_t i = 0; i < pieces; i++) {
            const bool is_child_trie = mote_tree_at(state, children[i])->parent == 0;
            mote_state_unit *next = i == 0 ? unit : &units[count++];
            *next =
                (mote_state_unit){children[i], is_child_trie ? top : 0, weigh(state, children[i])};
        }
    }
}

size_t mote_state_units(mote_state *state, mote_state_unit *units, size_t room) {
    return mote_tree_units(state, units, room, LIGHT);
}

void mote_state_unit_hash(mote_context *context, mote_state *state, const mote_state_unit *unit) {
    const size_t mark = mote_context_mark(context);
    uint8_t little[LONGEST_IN_COMPANY];
    uint8_t *bytes = mote_context_take(context, BYTES_AT_ONCE, 1);
    if (is_dirty(state, unit->node)) {
        hashing h = hashing_of(state, context->backend, unit->node, bytes == NULL ? little : bytes,
                               bytes == NULL ? sizeof little : BYTES_AT_ONCE);
        hash_subtree(&h, unit->owner);
    }
    mote_context_release(context, mark);
}
