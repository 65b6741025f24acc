/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compact proofs (docs/spec/trie.md section 4; primitives/trie/src/trie_codec.rs). The items are
 * nodes in the order of a walk that visits a node before its children. A child of length 0 is
 * the next node that follows; a node led by the escape byte has an empty value in place of the
 * next item's hash. So what is left out is exactly what can be computed: each node is rebuilt as
 * its children become complete, and the root must come out. What needs no other's hash is hashed
 * together, then what needs only those, and so on: each node has a height above its lowest item.
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

#define NONE UINT32_MAX
/* Items that are hashed together. */
#define HASHED_AT_ONCE 64u

/* A rebuilt node whose children did not all follow yet. */
typedef struct open_node {
    uint32_t start; /* of its bytes; all such offsets are in what is rebuilt */
    uint32_t size;
    uint32_t place;  /* the first for a hash; a place has the offset of the next one until then */
    uint32_t places; /* for items that did not follow yet */
    uint32_t number; /* of its item */
    uint32_t height; /* more than that of any item below it so far */
} open_node;

/* An item whose bytes are known, all but hashes of lower ones. */
typedef struct finished_item {
    uint32_t place; /* where its hash goes; NONE: a root */
    uint32_t next;  /* of the same height */
} finished_item;

typedef struct compact_reader {
    mote_context *context;
    const mote_proof *proof;
    mote_cursor cursor; /* over the items; their form was checked when they were counted */
    uint32_t count;
    uint32_t next; /* number of the next item */
    mote_writer rebuilt;
    finished_item *items;
    uint32_t *lists; /* by height: the number of the first item */
    uint32_t heights;
    open_node *open;
    uint32_t open_count;
    uint32_t places_left; /* for which no item was read yet */
} compact_reader;

static size_t rebuilt_size(size_t count, size_t size) {
    /* An item adds at most one hash for its value, and fills one place in its parent. */
    return size + count * (2 * MOTE_TRIE_HASH_SIZE);
}

size_t mote_proof_memory(size_t count, size_t size) {
    const size_t alignment = 5 * 16;
    /* More is refused before memory is taken. */
    if (count > MOTE_MAX_PROOF_NODES) count = MOTE_MAX_PROOF_NODES;
    if (size > MOTE_MAX_PROOF_SIZE) size = MOTE_MAX_PROOF_SIZE;
    return mote_trie_index_memory(count, rebuilt_size(count, size)) + rebuilt_size(count, size) +
           count * (sizeof(open_node) + sizeof(finished_item) + sizeof(uint32_t)) +
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

/* The bytes of an item are known, but for hashes of lower ones. */
static void finish_item(compact_reader *self, uint32_t number, mote_bytes bytes, uint32_t place,
                        uint32_t height) {
    self->proof->index->entries[number] = bytes;
    while (self->heights <= height) self->lists[self->heights++] = NONE;
    self->items[number] = (finished_item){place, self->lists[height]};
    self->lists[height] = number;
}

/* The next item is the value that `node` stands for: its hash goes into the node. */
static mote_status take_value(compact_reader *self, mote_bytes *value, uint32_t *number,
                              const mote_trie_node *node) {
    if (node->value_kind != MOTE_NODE_INLINE_VALUE || node->value.size != 0) {
        return refuse(self, node->encoding.data, self->next - 1);
    }
    return next_item(self, value, number);
}

static void write_unknown_hash(mote_writer *writer) {
    static const uint8_t unknown[MOTE_TRIE_HASH_SIZE] = {0};
    mote_write_span(writer, unknown, sizeof unknown);
}

/* Places are linked in the order in which the children follow. */
static void write_children(mote_writer *writer, open_node *out, mote_trie_children children) {
    size_t last = 0;
    mote_bytes merkle;
    uint8_t nibble;
    while (mote_trie_children_next(&children, &nibble, &merkle)) {
        if (merkle.size != 0) {
            mote_write_vec_u8(writer, merkle);
            continue;
        }
        mote_write_u8(writer, HASH_CHILD_LENGTH);
        if (out->places++ == 0) {
            out->place = (uint32_t)writer->size;
        } else {
            mote_store_u32(writer->data + last, (uint32_t)writer->size);
        }
        last = writer->size;
        write_unknown_hash(writer);
    }
}

/* What stands before the children. `*place`: of the hash of a value that was left out. */
static void write_before_children(mote_writer *writer, uint32_t *place, const mote_trie_node *node,
                                  bool value_left_out) {
    if (node->kind == MOTE_NODE_EMPTY) {
        mote_write_u8(writer, 0);
    } else {
        mote_trie_write_head(writer, node->kind,
                             value_left_out ? MOTE_NODE_HASHED_VALUE : node->value_kind,
                             node->partial);
    }
    if (node->kind == MOTE_NODE_BRANCH) mote_write_u16(writer, node->children.bitmap);
    *place = (uint32_t)writer->size;
    if (value_left_out) {
        write_unknown_hash(writer);
    } else if (node->value_kind == MOTE_NODE_HASHED_VALUE) {
        mote_write_span(writer, node->value.data, MOTE_TRIE_HASH_SIZE);
    } else if (node->value_kind == MOTE_NODE_INLINE_VALUE) {
        mote_write_vec_u8(writer, node->value);
    }
}

/* The node as the trie has it, with places for the hashes that are left out. `*place`: of that of
 * its value. */
static mote_status rebuild(compact_reader *self, uint32_t *place, const mote_trie_node *node,
                           bool value_left_out, uint32_t number) {
    mote_writer *writer = &self->rebuilt;
    open_node *out = &self->open[self->open_count++];
    *out = (open_node){(uint32_t)writer->size, 0, 0, 0, number, value_left_out ? 1 : 0};
    write_before_children(writer, place, node, value_left_out);
    write_children(writer, out, node->children);
    out->size = (uint32_t)writer->size - out->start;
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
    mote_bytes item, value = {NULL, 0};
    uint32_t number = 0, value_number = 0, place = 0;
    mote_trie_node node;
    mote_status status = next_item(self, &item, &number);
    if (status != MOTE_OK) return status;
    if (self->open_count > 0) self->places_left--;
    bool escaped = item.size > 0 && item.data[0] == ESCAPE_BYTE;
    if (escaped) item = (mote_bytes){item.data + 1, item.size - 1};
    status = mote_trie_node_decode(self->context, &node, item, MOTE_NODE_IN_COMPACT, number);
    if (status == MOTE_OK && node.kind == MOTE_NODE_EMPTY && self->open_count > 0) {
        status = mote_fail(self->context, MOTE_E_NODE_EMPTY_BELOW_ROOT, item.data, number);
    }
    if (status == MOTE_OK && escaped) status = take_value(self, &value, &value_number, &node);
    if (status == MOTE_OK) status = count_places(self, &node, number);
    if (status == MOTE_OK) status = rebuild(self, &place, &node, escaped, number);
    if (status == MOTE_OK && escaped) finish_item(self, value_number, value, place, 0);
    return status;
}

/* All below the top node has followed: it takes the next place of its parent, or is the root. */
static mote_status close_top(compact_reader *self) {
    const open_node *closed = &self->open[--self->open_count];
    const mote_bytes bytes = {self->rebuilt.data + closed->start, closed->size};
    uint32_t place = NONE;
    if (self->open_count > 0) {
        /* A shorter node is never named by its hash: it would stand in its parent. */
        if (bytes.size < MOTE_TRIE_HASH_SIZE) return refuse(self, self->cursor.at, closed->number);
        open_node *parent = &self->open[self->open_count - 1];
        place = parent->place;
        parent->place = mote_load_u32(self->rebuilt.data + place);
        parent->places--;
        if (parent->height <= closed->height) parent->height = closed->height + 1;
    }
    finish_item(self, closed->number, bytes, place, closed->height);
    return MOTE_OK;
}

static void hash_some(const compact_reader *self, const uint32_t *numbers, size_t count) {
    mote_bytes bytes[HASHED_AT_ONCE] = {{NULL, 0}};
    mote_hash hashes[HASHED_AT_ONCE];
    for (size_t i = 0; i < count; i++) bytes[i] = self->proof->index->entries[numbers[i]];
    mote_blake2b_256_many(self->context->backend, hashes, bytes, count);
    for (size_t i = 0; i < count; i++) {
        const uint32_t place = self->items[numbers[i]].place;
        self->proof->index->hashes[numbers[i]] = hashes[i];
        if (place != NONE)
            memcpy(self->rebuilt.data + place, hashes[i].bytes, sizeof hashes[i].bytes);
    }
}

/* From the lowest items to the root. */
static void hash_items(compact_reader *self) {
    uint32_t numbers[HASHED_AT_ONCE];
    for (uint32_t height = 0; height < self->heights; height++) {
        uint32_t number = self->lists[height];
        while (number != NONE) {
            size_t count = 0;
            for (; number != NONE && count < HASHED_AT_ONCE; number = self->items[number].next)
                numbers[count++] = number;
            hash_some(self, numbers, count);
        }
    }
    self->heights = 0;
}

/* One trie: from its root node to the last node below it. */
static mote_status read_trie(compact_reader *self, mote_hash *root) {
    const uint32_t first = self->next;
    mote_proof_index *index = self->proof->index;
    do {
        mote_status status = open_next(self);
        if (status != MOTE_OK) return status;
        while (self->open_count > 0 && self->open[self->open_count - 1].places == 0) {
            status = close_top(self);
            if (status != MOTE_OK) return status;
        }
    } while (self->open_count > 0);
    hash_items(self);
    *root = index->hashes[first];
    for (uint32_t i = first; i < self->next; i++) index->bytes += index->entries[i].size;
    /* Equal subtries occur in a state; each is spelled out where it occurs, and known once. */
    for (uint32_t i = first; (i = mote_trie_index_add(index, i, self->next)) < self->next; i++)
        index->marks[i] |= MOTE_MARK_TWIN;
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
    compact_reader self = {.context = context, .proof = proof, .cursor = mote_cursor_over(scale)};
    size_t capacity = rebuilt_size(count, size);
    self.count = mote_read_count(&self.cursor, 1, MOTE_MAX_PROOF_NODES);
    self.rebuilt = mote_writer_into(mote_context_take(context, 1, capacity), capacity);
    size_t mark = mote_context_mark(context);
    self.open = mote_context_take(context, count, sizeof *self.open);
    self.items = mote_context_take(context, count, sizeof *self.items);
    self.lists = mote_context_take(context, count, sizeof *self.lists);
    if (self.rebuilt.data == NULL || self.open == NULL || self.items == NULL ||
        self.lists == NULL) {
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
        status = mote_trie_load_begin(context, out, state, MOTE_PROOF_STRICT, NULL, count);
    if (status == MOTE_OK) {
        status = read_items(context, out, scale, count, size);
    }
    if (status == MOTE_OK) {
        mote_trie_index_make_links(context, out->index);
        mote_trie_index_decode(out->index, 0, count);
    }
    /* All are reachable; this looks at what is inside them. */
    if (status == MOTE_OK) status = mote_trie_check_reachable(context, out);
    return mote_trie_load_end(context, out, mark, status);
}
