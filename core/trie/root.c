/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The root of a trie with given content (docs/spec/trie.md section 5). The keys are sorted, and
 * the trie is never in memory as a whole: only the branches above the current key are open.
 * Where two neighbouring keys have n nibbles in common there is a branch at depth n, and it can
 * be closed when a following key has less than n in common with them.
 */
#include "mote/hash.h"
#include "node.h"

#include <string.h>

#define MOST_CHILDREN 16u
/* Longer values are hashed where they are rather than copied into the encoding. */
#define LONGEST_COPIED_VALUE 1024u

typedef struct open_branch {
    struct open_branch *below;    /* the next branch nearer to the root */
    struct open_branch *above;    /* memory of a branch that was closed already */
    size_t depth;                 /* nibbles of its key */
    const mote_trie_entry *entry; /* its value, or NULL */
    uint16_t bitmap;
    mote_merkle_value children[MOST_CHILDREN];
} open_branch;

typedef struct root_builder {
    mote_context *context;
    mote_state_version version;
    open_branch *top;
    open_branch *spare;
    uint8_t *buffer; /* of one node's encoding without a long value */
    size_t buffer_size;
} root_builder;

/* --- sorting: heap sort, which has no bad input and needs no memory --------------------------- */

static bool in_order(const mote_trie_entry *a, const mote_trie_entry *b) {
    return mote_bytes_compare(a->key, b->key) < 0;
}

static void swap(mote_trie_entry *a, mote_trie_entry *b) {
    mote_trie_entry held = *a;
    *a = *b;
    *b = held;
}

static void sift_down(mote_trie_entry *entries, size_t at, size_t count) {
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= count) return;
        if (child + 1 < count && in_order(&entries[child], &entries[child + 1])) child++;
        if (!in_order(&entries[at], &entries[child])) return;
        swap(&entries[at], &entries[child]);
        at = child;
    }
}

static bool is_sorted(const mote_trie_entry *entries, size_t count) {
    for (size_t i = 1; i < count; i++) {
        if (!in_order(&entries[i - 1], &entries[i])) return false;
    }
    return true;
}

/* What comes out of a database comes in order already. */
static void sort(mote_trie_entry *entries, size_t count) {
    if (is_sorted(entries, count)) return;
    for (size_t i = count / 2; i > 0; i--) sift_down(entries, i - 1, count);
    for (size_t i = count; i > 1; i--) {
        swap(&entries[0], &entries[i - 1]);
        sift_down(entries, 0, i - 1);
    }
}

/* --- one node --------------------------------------------------------------------------------- */

static mote_trie_value_kind value_kind(const root_builder *self, const mote_trie_entry *entry) {
    if (entry == NULL) return MOTE_NODE_NO_VALUE;
    bool hashed =
        self->version == MOTE_STATE_V1 && entry->value.size > MOTE_TRIE_LONGEST_INLINE_VALUE;
    return hashed ? MOTE_NODE_HASHED_VALUE : MOTE_NODE_INLINE_VALUE;
}

static void write_children(mote_writer *writer, const open_branch *branch) {
    for (unsigned i = 0; i < MOST_CHILDREN; i++) {
        if ((branch->bitmap >> i & 1) == 0) continue;
        mote_write_vec_u8(writer,
                          (mote_bytes){branch->children[i].bytes, branch->children[i].size});
    }
}

/* A node in three pieces, of which the second, a value, may be anywhere. */
static mote_status name_node(mote_context *context, mote_merkle_value *out,
                             const mote_writer *writer, size_t split, mote_bytes value,
                             bool is_root) {
    size_t size = writer->size;
    if (!mote_writer_fits(writer)) {
        return mote_fail(context, MOTE_E_INTERNAL, NULL, MOTE_NO_INDEX);
    }
    if (value.size == 0 && size < MOTE_TRIE_HASH_SIZE && !is_root) {
        memcpy(out->bytes, writer->data, size);
        out->size = size;
        return MOTE_OK;
    }
    out->size = MOTE_TRIE_HASH_SIZE;
    if (value.size == 0) {
        mote_hash hash = mote_blake2b_256((mote_bytes){writer->data, size});
        memcpy(out->bytes, hash.bytes, sizeof hash.bytes);
        return MOTE_OK;
    }
    mote_blake2b_state state;
    mote_blake2b_init(&state, MOTE_TRIE_HASH_SIZE);
    mote_blake2b_update(&state, (mote_bytes){writer->data, split});
    mote_blake2b_update(&state, value);
    mote_blake2b_update(&state, (mote_bytes){writer->data + split, size - split});
    mote_blake2b_final(&state, out->bytes);
    return MOTE_OK;
}

/* The Merkle value of a leaf (branch == NULL) or a branch. */
static mote_status close_node(const root_builder *self, mote_merkle_value *out,
                              const mote_trie_entry *entry, const open_branch *branch,
                              mote_nibbles partial, bool is_root) {
    mote_writer writer = mote_writer_into(self->buffer, self->buffer_size);
    mote_trie_node_kind kind = branch == NULL ? MOTE_NODE_LEAF : MOTE_NODE_BRANCH;
    mote_trie_value_kind value = value_kind(self, entry);
    mote_bytes apart = {NULL, 0};
    mote_trie_write_head(&writer, kind, value, partial);
    if (branch != NULL) mote_write_u16(&writer, branch->bitmap);
    if (value == MOTE_NODE_HASHED_VALUE) {
        mote_hash hash = mote_blake2b_256(entry->value);
        mote_write_hash(&writer, &hash);
    } else if (value == MOTE_NODE_INLINE_VALUE) {
        mote_write_compact(&writer, entry->value.size);
        if (entry->value.size > LONGEST_COPIED_VALUE) {
            apart = entry->value;
        } else {
            mote_write_span(&writer, entry->value.data, entry->value.size);
        }
    }
    size_t split = writer.size;
    if (branch != NULL) write_children(&writer, branch);
    return name_node(self->context, out, &writer, split, apart, is_root);
}

/* --- the open branches ------------------------------------------------------------------------ */

static mote_status open_at(root_builder *self, size_t depth, const mote_trie_entry *entry) {
    open_branch *branch = self->spare;
    if (branch != NULL) {
        self->spare = branch->above;
    } else {
        branch = mote_context_take(self->context, 1, sizeof *branch);
        if (branch == NULL)
            return mote_fail(self->context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    }
    branch->below = self->top;
    branch->depth = depth;
    branch->entry = entry;
    branch->bitmap = 0;
    self->top = branch;
    return MOTE_OK;
}

/* Closes a node whose key is the first `depth` nibbles of `key`, and puts it into the top
 * branch; the last one, with no branch open, is the root. */
static mote_status attach(root_builder *self, mote_merkle_value *root, const mote_trie_entry *entry,
                          const open_branch *branch, mote_nibbles key, size_t depth) {
    open_branch *parent = self->top;
    if (parent == NULL)
        return close_node(self, root, entry, branch, mote_trie_nibbles_between(key, 0, depth),
                          true);
    uint8_t nibble = mote_trie_nibble(key, parent->depth);
    parent->bitmap = (uint16_t)(parent->bitmap | 1u << nibble);
    return close_node(self, &parent->children[nibble], entry, branch,
                      mote_trie_nibbles_between(key, parent->depth + 1, depth), false);
}

/* Closes the branches below which the next key, with `common` nibbles in common with this one,
 * is not. */
static mote_status close_branches(root_builder *self, mote_merkle_value *root, mote_nibbles key,
                                  size_t common, bool is_last) {
    while (self->top != NULL && (is_last || self->top->depth > common)) {
        open_branch *closed = self->top;
        self->top = closed->below;
        if (!is_last && (self->top == NULL || self->top->depth < common)) {
            mote_status status = open_at(self, common, NULL);
            if (status != MOTE_OK) return status;
        }
        mote_status status = attach(self, root, closed->entry, closed, key, closed->depth);
        if (status != MOTE_OK) return status;
        closed->above = self->spare;
        self->spare = closed;
    }
    return MOTE_OK;
}

/* Enters one key; `following` is the next one in order, or NULL. */
static mote_status enter_key(root_builder *self, mote_merkle_value *root,
                             const mote_trie_entry *entry, const mote_trie_entry *following) {
    mote_nibbles key = mote_trie_nibbles_of(entry->key);
    size_t common = 0;
    mote_status status = MOTE_OK;
    if (following != NULL) {
        common = mote_trie_nibbles_common(key, mote_trie_nibbles_of(following->key));
        if (self->top == NULL || self->top->depth < common) {
            status = open_at(self, common, common == key.count ? entry : NULL);
        }
    }
    if (status == MOTE_OK && (following == NULL || common < key.count)) {
        status = attach(self, root, entry, NULL, key, key.count);
    }
    if (status != MOTE_OK) return status;
    return close_branches(self, root, key, common, following == NULL);
}

static mote_status enter_all(root_builder *self, mote_merkle_value *root,
                             const mote_trie_entry *entries, size_t count) {
    for (size_t i = 0; i < count; i++) {
        mote_status status =
            enter_key(self, root, &entries[i], i + 1 < count ? &entries[i + 1] : NULL);
        if (status != MOTE_OK) return status;
    }
    return MOTE_OK;
}

static size_t node_buffer_size(size_t longest_key) {
    return mote_trie_head_size(2 * longest_key) + 2 + 9 + LONGEST_COPIED_VALUE +
           MOST_CHILDREN * (1 + MOTE_TRIE_HASH_SIZE);
}

static mote_status check_entries(mote_context *context, const mote_trie_entry *entries,
                                 size_t count, size_t *longest_key) {
    *longest_key = 0;
    for (size_t i = 0; i < count; i++) {
        if (entries[i].key.size > MOTE_TRIE_KEY_CEILING) {
            return mote_fail(context, MOTE_E_LIMIT_SIZE, NULL, MOTE_NO_INDEX);
        }
        if (entries[i].key.size > *longest_key) *longest_key = entries[i].key.size;
        if (i > 0 && mote_bytes_equal(entries[i - 1].key, entries[i].key)) {
            return mote_fail(context, MOTE_E_BAD_ARGUMENT, entries[i].key.data, MOTE_NO_INDEX);
        }
    }
    return MOTE_OK;
}

static mote_status build(mote_context *context, mote_hash *out, const mote_trie_entry *entries,
                         size_t count, mote_state_version version) {
    root_builder self = {context, version, NULL, NULL, NULL, 0};
    mote_merkle_value root;
    size_t longest_key = 0;
    mote_status status = check_entries(context, entries, count, &longest_key);
    if (status != MOTE_OK) return status;
    self.buffer_size = node_buffer_size(longest_key);
    self.buffer = mote_context_take(context, 1, self.buffer_size);
    if (self.buffer == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    status = enter_all(&self, &root, entries, count);
    if (status == MOTE_OK) memcpy(out->bytes, root.bytes, sizeof out->bytes);
    return status;
}

mote_status mote_trie_root(mote_context *context, mote_hash *out, mote_trie_entry *entries,
                           size_t count, mote_state_version version) {
    size_t mark = mote_context_mark(context);
    mote_status status = MOTE_OK;
    memset(out, 0, sizeof *out);
    if (version != MOTE_STATE_V0 && version != MOTE_STATE_V1) {
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    }
    if (count == 0) {
        *out = mote_trie_empty_root;
    } else {
        sort(entries, count);
        status = build(context, out, entries, count, version);
    }
    mote_context_release(context, mark);
    if (status == MOTE_OK) mote_context_clear_fault(context);
    return status;
}

/* --- the ordered trie ------------------------------------------------------------------------- */

typedef struct index_key {
    uint8_t bytes[9];
} index_key;

mote_status mote_ordered_trie_root(mote_context *context, mote_hash *out, const mote_bytes *items,
                                   size_t count, mote_state_version version) {
    size_t mark = mote_context_mark(context);
    mote_trie_entry *entries = mote_context_take(context, count, sizeof *entries);
    index_key *keys = mote_context_take(context, count, sizeof *keys);
    mote_status status = MOTE_E_LIMIT_MEMORY;
    memset(out, 0, sizeof *out);
    if (entries == NULL || keys == NULL) {
        status = mote_fail(context, status, NULL, MOTE_NO_INDEX);
    } else {
        for (size_t i = 0; i < count; i++) {
            mote_writer writer = mote_writer_into(keys[i].bytes, sizeof keys[i].bytes);
            mote_write_compact(&writer, i);
            entries[i] = (mote_trie_entry){{keys[i].bytes, writer.size}, items[i]};
        }
        status = mote_trie_root(context, out, entries, count, version);
    }
    mote_context_release(context, mark);
    return status;
}

size_t mote_trie_root_memory(size_t count, size_t longest_key) {
    const size_t alignment = 16;
    size_t deepest = count < 2 * longest_key + 1 ? count : 2 * longest_key + 1;
    return count * (sizeof(mote_trie_entry) + sizeof(index_key)) +
           deepest * (sizeof(open_branch) + alignment) + node_buffer_size(longest_key) +
           3 * alignment;
}
