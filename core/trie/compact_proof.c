/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compact proofs (docs/spec/trie.md section 4; primitives/trie/src/trie_codec.rs). The items are
 * nodes in the order of a walk that visits a node before its children. A child of length 0 is
 * the next node that follows; a node led by the escape byte has an empty value in place of the
 * next item's hash. So what is left out is exactly what can be computed: each node is rebuilt as
 * its children become complete, and the root must come out.
 *
 * The rebuilt nodes are entries like those of any proof. Every one was asked for by its parent,
 * so there is nothing unreachable to look for; what is left over at the end refuses the proof.
 */
#include "mote/hash.h"
#include "node.h"
#include "proof_index.h"
#include "proof_load.h"
#include "proof_reach.h"
#include "scan.h"

#include <string.h>

#define ESCAPE_BYTE 0x01u
#define HASH_CHILD_LENGTH ((uint8_t)(MOTE_TRIE_HASH_SIZE << 2))

/* A rebuilt node that waits for hashes of its children. A place for a hash holds the offset of
 * the next such place until the hash is known. */
typedef struct open_node {
    uint8_t *data;
    uint32_t size;
    uint32_t place; /* offset of the first open place */
    uint32_t places;
    uint32_t number; /* of its item */
} open_node;

typedef struct compact_reader {
    mote_context *context;
    const mote_proof *proof;
    mote_cursor cursor; /* over the items; their form was checked when they were counted */
    uint32_t count;
    uint32_t next; /* number of the next item */
    mote_writer rebuilt;
    open_node *open;
    uint32_t open_count;
    uint32_t places_left; /* for which no item was read yet */
} compact_reader;

static size_t rebuilt_size(size_t count, size_t size) {
    /* An item adds at most one hash for its value, and fills one place in its parent. */
    return size + count * (2 * MOTE_TRIE_HASH_SIZE);
}

size_t mote_proof_memory(size_t count, size_t size) {
    const size_t alignment = 3 * 16;
    /* More is refused before memory is taken. */
    if (count > MOTE_MAX_PROOF_NODES) count = MOTE_MAX_PROOF_NODES;
    if (size > MOTE_MAX_PROOF_SIZE) size = MOTE_MAX_PROOF_SIZE;
    return mote_trie_index_memory(count) + rebuilt_size(count, size) + count * sizeof(open_node) +
           mote_trie_scan_memory(count) + alignment;
}

static mote_status refuse(const compact_reader *self, const uint8_t *at, uint32_t number) {
    return mote_fail(self->context, MOTE_E_COMPACT_PROOF, at, number);
}

static mote_status next_item(compact_reader *self, mote_bytes *item, uint32_t *number) {
    if (self->next == self->count) return refuse(self, self->cursor.at, self->next);
    *number = self->next++;
    *item = mote_read_vec_u8(&self->cursor);
    return MOTE_OK;
}

static void add(const compact_reader *self, mote_bytes bytes, const mote_hash *hash,
                uint32_t number) {
    /* Equal subtries occur in a state; each is spelled out where it occurs, and known once. */
    (void)mote_trie_index_add(self->proof->index, bytes, hash, number);
}

/* The next item is the value that `node` stands for: its hash goes into the node. */
static mote_status take_value(compact_reader *self, mote_hash *hash, const mote_trie_node *node) {
    mote_bytes value;
    uint32_t number = 0;
    if (node->value_kind != MOTE_NODE_INLINE_VALUE || node->value.size != 0) {
        return refuse(self, node->encoding.data, self->next - 1);
    }
    mote_status status = next_item(self, &value, &number);
    if (status != MOTE_OK) return status;
    *hash = mote_blake2b_256(value);
    add(self, value, hash, number);
    return MOTE_OK;
}

/* Places are linked in the order in which the children follow. */
static void write_place(mote_writer *writer, open_node *node, uint8_t **last_place) {
    static const uint8_t unknown[MOTE_TRIE_HASH_SIZE] = {0};
    mote_write_u8(writer, HASH_CHILD_LENGTH);
    uint32_t place = (uint32_t)(writer->size - (size_t)(node->data - writer->data));
    if (node->places++ == 0) {
        node->place = place;
    } else {
        mote_store_u32(*last_place, place);
    }
    *last_place = node->data + place;
    mote_write_span(writer, unknown, sizeof unknown);
}

static void write_children(mote_writer *writer, open_node *out, mote_trie_children children) {
    uint8_t *last_place = NULL;
    mote_bytes merkle;
    uint8_t nibble;
    while (mote_trie_children_next(&children, &nibble, &merkle)) {
        if (merkle.size == 0) {
            write_place(writer, out, &last_place);
        } else {
            mote_write_vec_u8(writer, merkle);
        }
    }
}

/* The node as the trie has it, with places for the hashes of the children that are left out.
 * `hash`: of the value that was left out, or NULL. */
static mote_status rebuild(compact_reader *self, const mote_trie_node *node, const mote_hash *hash,
                           uint32_t number) {
    mote_writer *writer = &self->rebuilt;
    open_node *out = &self->open[self->open_count++];
    *out = (open_node){writer->data + writer->size, 0, 0, 0, number};
    size_t start = writer->size;
    if (node->kind == MOTE_NODE_EMPTY) {
        mote_write_u8(writer, 0);
    } else {
        mote_trie_write_head(writer, node->kind,
                             hash != NULL ? MOTE_NODE_HASHED_VALUE : node->value_kind,
                             node->partial);
    }
    if (node->kind == MOTE_NODE_BRANCH) mote_write_u16(writer, node->children.bitmap);
    if (hash != NULL || node->value_kind == MOTE_NODE_HASHED_VALUE) {
        mote_write_span(writer, hash != NULL ? hash->bytes : node->value.data, MOTE_TRIE_HASH_SIZE);
    } else if (node->value_kind == MOTE_NODE_INLINE_VALUE) {
        mote_write_vec_u8(writer, node->value);
    }
    write_children(writer, out, node->children);
    out->size = (uint32_t)(writer->size - start);
    if (mote_writer_fits(writer)) return MOTE_OK;
    return mote_fail(self->context, MOTE_E_INTERNAL, node->encoding.data, number);
}

/* Each place needs an item of its own: more places than items left are never filled, and get no
 * memory. */
static mote_status count_places(compact_reader *self, const mote_trie_node *node, uint32_t number) {
    mote_trie_children children = node->children;
    mote_bytes merkle;
    uint8_t nibble;
    while (mote_trie_children_next(&children, &nibble, &merkle))
        self->places_left += merkle.size == 0;
    if (self->places_left <= self->count - self->next) return MOTE_OK;
    return refuse(self, node->encoding.data, number);
}

static mote_status open_next(compact_reader *self) {
    mote_bytes item;
    uint32_t number = 0;
    mote_trie_node node;
    mote_hash hash;
    mote_status status = next_item(self, &item, &number);
    if (status != MOTE_OK) return status;
    if (self->open_count > 0) self->places_left--;
    bool escaped = item.size > 0 && item.data[0] == ESCAPE_BYTE;
    if (escaped) item = (mote_bytes){item.data + 1, item.size - 1};
    status = mote_trie_node_decode(self->context, &node, item, MOTE_NODE_IN_COMPACT, number);
    if (status == MOTE_OK && node.kind == MOTE_NODE_EMPTY && self->open_count > 0) {
        status = mote_fail(self->context, MOTE_E_NODE_EMPTY_BELOW_ROOT, item.data, number);
    }
    if (status == MOTE_OK && escaped) status = take_value(self, &hash, &node);
    if (status == MOTE_OK) status = count_places(self, &node, number);
    if (status != MOTE_OK) return status;
    return rebuild(self, &node, escaped ? &hash : NULL, number);
}

/* The top node is complete: its hash takes its place in its parent, or is the root. */
static mote_status close_top(compact_reader *self, mote_hash *root) {
    const open_node *closed = &self->open[--self->open_count];
    mote_bytes bytes = {closed->data, closed->size};
    *root = mote_blake2b_256(bytes);
    add(self, bytes, root, closed->number);
    if (self->open_count == 0) return MOTE_OK;
    /* A shorter node is never named by its hash: it would stand in its parent. */
    if (closed->size < MOTE_TRIE_HASH_SIZE) return refuse(self, self->cursor.at, closed->number);
    open_node *parent = &self->open[self->open_count - 1];
    uint8_t *place = parent->data + parent->place;
    parent->place = mote_load_u32(place);
    parent->places--;
    memcpy(place, root->bytes, sizeof root->bytes);
    return MOTE_OK;
}

/* One trie: from its root node to the last node below it. */
static mote_status read_trie(compact_reader *self, mote_hash *root) {
    do {
        mote_status status = open_next(self);
        if (status != MOTE_OK) return status;
        while (self->open_count > 0 && self->open[self->open_count - 1].places == 0) {
            status = close_top(self, root);
            if (status != MOTE_OK) return status;
        }
    } while (self->open_count > 0);
    return MOTE_OK;
}

static mote_status child_root(const compact_reader *self, mote_hash *out,
                              const mote_proven_value *value) {
    if (value->state != MOTE_VALUE_PRESENT) return MOTE_OK;
    if (value->value.size != sizeof out->bytes) {
        return mote_fail(self->context, MOTE_E_CHILD_ROOT, value->value.data, MOTE_NO_INDEX);
    }
    memcpy(out->bytes, value->value.data, sizeof out->bytes);
    return MOTE_OK;
}

/* The child tries follow in the order of their roots' keys; any of them may be missing.
 * `*pending`: one was read whose root is not yet found. */
static mote_status read_child_tries(compact_reader *self, mote_trie_scan *roots, bool *pending) {
    mote_hash trie = {{0}};
    for (;;) {
        mote_proven_value value;
        mote_bytes key;
        mote_hash root = {{0}};
        bool more = false;
        mote_status status = mote_trie_scan_next(self->context, roots, &more, &key, &value);
        if (status == MOTE_OK && more) status = child_root(self, &root, &value);
        if (status == MOTE_OK && more && !*pending && self->next < self->count) {
            status = read_trie(self, &trie);
            *pending = true;
        }
        if (status != MOTE_OK || !more) return status;
        if (*pending && mote_hash_equal(&root, &trie)) *pending = false;
    }
}

static mote_status read_after_main(compact_reader *self) {
    const uint8_t prefix[] = MOTE_CHILD_TRIE_PREFIX;
    bool pending = false;
    mote_trie_scan *roots = NULL;
    mote_trie_view top = mote_proof_main(self->proof);
    if (self->next == self->count) return MOTE_OK;
    mote_status status = mote_trie_scan_present(self->context, &roots, &top,
                                                (mote_bytes){prefix, sizeof prefix - 1});
    if (status == MOTE_OK) status = read_child_tries(self, roots, &pending);
    if (status != MOTE_OK) return status;
    if (pending) return refuse(self, self->cursor.at, self->next - 1);
    return self->next == self->count ? MOTE_OK : refuse(self, self->cursor.at, self->next);
}

static mote_status read_tries(compact_reader *self) {
    const mote_hash *expected = &self->proof->state.root;
    mote_hash root;
    mote_status status;
    if (self->count == 0) {
        if (mote_hash_equal(expected, &mote_trie_empty_root)) return MOTE_OK;
        return mote_fail(self->context, MOTE_E_PROOF_INCOMPLETE, NULL, MOTE_NO_INDEX);
    }
    status = read_trie(self, &root);
    if (status != MOTE_OK) return status;
    if (!mote_hash_equal(&root, expected)) {
        return mote_fail(self->context, MOTE_E_ROOT_MISMATCH, NULL, MOTE_NO_INDEX);
    }
    return read_after_main(self);
}

/* The rebuilt nodes stay with the proof; the rest is needed while reading only. */
static mote_status read_items(mote_context *context, const mote_proof *proof, mote_bytes scale,
                              uint32_t count, size_t size) {
    compact_reader self = {context, proof, mote_cursor_over(scale), 0, 0, {NULL, 0, 0}, NULL, 0, 0};
    size_t capacity = rebuilt_size(count, size);
    self.count = mote_read_count(&self.cursor, 1, MOTE_MAX_PROOF_NODES);
    self.rebuilt = mote_writer_into(mote_context_take(context, 1, capacity), capacity);
    size_t mark = mote_context_mark(context);
    self.open = mote_context_take(context, count, sizeof *self.open);
    if (self.rebuilt.data == NULL || self.open == NULL) {
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    }
    mote_status status = read_tries(&self);
    mote_context_release(context, mark);
    return status;
}

mote_status mote_proof_load_compact(mote_context *context, mote_proof *out,
                                    const mote_state_root *state, mote_bytes scale) {
    size_t mark = mote_context_mark(context);
    uint32_t count = 0;
    size_t size = 0;
    memset(out, 0, sizeof *out);
    mote_status status = mote_trie_count_items(context, &count, &size, scale);
    if (status == MOTE_OK)
        status = mote_trie_load_begin(context, out, state, MOTE_PROOF_STRICT, count);
    if (status == MOTE_OK) status = read_items(context, out, scale, count, size);
    /* All are reachable; this looks at what is inside them. */
    if (status == MOTE_OK) status = mote_trie_check_reachable(context, out);
    return mote_trie_load_end(context, out, mark, status);
}
