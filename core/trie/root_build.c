/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The root of a trie with given content (docs/spec/trie.md section 5). The trie is never in memory
 * as a whole: only the branches above the current key are open. Where two neighbouring keys have n
 * nibbles in common there is a branch at depth n, and it can be closed when a following key has
 * less than n in common with them.
 *
 * Nodes are hashed many at once: one that is complete waits, as bytes, for company, and a closed
 * branch waits for the children that do. Whatever waits is above some node that is complete, so
 * hashing those always leads on; only so many branches wait as there is memory for.
 */
#include "root_build.h"

#include "mote/hash.h"
#include "node.h"

#include <string.h>

#define MOST_CHILDREN 16u
/* Longer values are hashed where they are rather than copied into the encoding. */
#define LONGEST_COPIED_VALUE 1024u
#define HASHED_AT_ONCE 32u
#define BYTES_AT_ONCE 16384u
/* Branches that may wait for children. */
#define MOST_WAITING 64u

typedef struct branch {
    struct branch *parent;        /* the next branch nearer to the root */
    struct branch *next;          /* in a list of those that are ready, or that are free */
    mote_bytes key;               /* one below it; when it is closed */
    size_t depth;                 /* nibbles of its own key */
    const mote_trie_entry *entry; /* its value, or NULL */
    mote_hash value_hash;         /* of a value stored by hash */
    uint16_t bitmap;
    uint8_t waiting; /* children of which the Merkle value is not known */
    bool closed;
    mote_merkle_value children[MOST_CHILDREN];
} branch;

typedef struct builder {
    mote_context *context;
    const mote_trie_content *content;
    mote_merkle_value *out;
    branch *top; /* the lowest one that is open */
    branch *ready;
    branch *spare;
    size_t branches; /* taken from the context */
    size_t most_branches;
    /* Nodes that are complete. */
    uint8_t *bytes;
    size_t bytes_used, bytes_size;
    size_t longest_node; /* that is copied */
    size_t nodes;
    mote_bytes node[HASHED_AT_ONCE];
    branch *parent[HASHED_AT_ONCE];
    uint8_t nibble[HASHED_AT_ONCE];
    /* Hashes of the values from entry `hashed_from` on. */
    size_t hashed_from, hashed_end;
    mote_hash value_hashes[HASHED_AT_ONCE];
} builder;

/* --- what is entered -------------------------------------------------------------------------- */

typedef struct item {
    mote_nibbles key;                /* or one below it */
    const mote_trie_entry *entry;    /* or NULL */
    const mote_merkle_value *merkle; /* of a whole subtree */
} item;

static item item_at(const mote_trie_content *content, size_t at) {
    const mote_trie_part *part = content->parts == NULL ? NULL : &content->parts[at];
    const mote_trie_entry *entry = &content->entries[part == NULL ? at : part->first];
    if (part == NULL || part->is_key) return (item){mote_trie_nibbles_of(entry->key), entry, NULL};
    return (item){mote_trie_nibbles_of(entry->key), NULL, &part->merkle};
}

/* --- values ----------------------------------------------------------------------------------- */

static bool is_hashed(const builder *self, const mote_trie_entry *entry) {
    return self->content->version == MOTE_STATE_V1 &&
           entry->value.size > MOTE_TRIE_LONGEST_INLINE_VALUE;
}

/* Of this entry and some that follow it. */
static void hash_values(builder *self, size_t first) {
    const size_t left = self->content->count - first;
    const size_t count = left < HASHED_AT_ONCE ? left : HASHED_AT_ONCE;
    mote_bytes values[HASHED_AT_ONCE] = {{NULL, 0}};
    mote_hash hashes[HASHED_AT_ONCE];
    uint8_t of[HASHED_AT_ONCE];
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const mote_trie_entry *entry = &self->content->entries[first + i];
        if (!is_hashed(self, entry)) continue;
        if (entry->value.size > LONGEST_COPIED_VALUE) {
            self->value_hashes[i] = mote_blake2b_256(entry->value);
        } else {
            of[used] = (uint8_t)i;
            values[used++] = entry->value;
        }
    }
    mote_blake2b_256_many(self->context->backend, hashes, values, used);
    for (size_t i = 0; i < used; i++) self->value_hashes[of[i]] = hashes[i];
    self->hashed_from = first;
    self->hashed_end = first + count;
}

static mote_hash value_hash(builder *self, const mote_trie_entry *entry) {
    const mote_hash none = {{0}};
    if (entry == NULL || !is_hashed(self, entry)) return none;
    if (self->content->parts != NULL) return mote_blake2b_256(entry->value);
    const size_t at = (size_t)(entry - self->content->entries);
    if (at >= self->hashed_end) hash_values(self, at);
    return self->value_hashes[at - self->hashed_from];
}

/* --- branches --------------------------------------------------------------------------------- */

static void give(builder *self, branch *done) {
    done->next = self->spare;
    self->spare = done;
}

/* A Merkle value becomes known. */
static void deliver(builder *self, branch *parent, uint8_t nibble, mote_bytes merkle) {
    mote_merkle_value *out = parent == NULL ? self->out : &parent->children[nibble];
    out->size = merkle.size;
    memcpy(out->bytes, merkle.data, merkle.size);
    if (parent == NULL || --parent->waiting != 0 || !parent->closed) return;
    parent->next = self->ready;
    self->ready = parent;
}

static bool has_room(const builder *self) {
    return self->nodes < HASHED_AT_ONCE &&
           self->bytes_size - self->bytes_used >= self->longest_node;
}

/* A node in three pieces, of which the second, a value, is where it was. */
static void hash_pieces(builder *self, branch *parent, uint8_t nibble, const mote_writer *writer,
                        size_t split, mote_bytes value) {
    mote_blake2b_state state;
    mote_hash hash;
    mote_blake2b_init(&state, sizeof hash.bytes);
    mote_blake2b_update(&state, (mote_bytes){writer->data, split});
    mote_blake2b_update(&state, value);
    mote_blake2b_update(&state, (mote_bytes){writer->data + split, writer->size - split});
    mote_blake2b_final(&state, hash.bytes);
    deliver(self, parent, nibble, (mote_bytes){hash.bytes, sizeof hash.bytes});
}

static void name_node(builder *self, branch *parent, uint8_t nibble, const mote_writer *writer) {
    const mote_bytes node = {writer->data, writer->size};
    if (node.size < MOTE_TRIE_HASH_SIZE && (parent != NULL || !self->content->is_root)) {
        deliver(self, parent, nibble, node);
        return;
    }
    self->node[self->nodes] = node;
    self->parent[self->nodes] = parent;
    self->nibble[self->nodes++] = nibble;
    self->bytes_used += node.size;
}

/* `apart`: bytes of a value that is not copied. */
static void write_value(builder *self, mote_writer *writer, mote_bytes *apart,
                        const mote_trie_entry *entry, const mote_hash *hash) {
    if (is_hashed(self, entry)) {
        mote_write_hash(writer, hash);
        return;
    }
    mote_write_compact(writer, entry->value.size);
    if (entry->value.size > LONGEST_COPIED_VALUE) {
        *apart = entry->value;
    } else {
        mote_write_span(writer, entry->value.data, entry->value.size);
    }
}

static void write_children(mote_writer *writer, const branch *of) {
    for (uint32_t left = of->bitmap; left != 0; left &= left - 1) {
        const mote_merkle_value *child = &of->children[mote_trie_lowest_child(left)];
        mote_write_vec_u8(writer, (mote_bytes){child->bytes, child->size});
    }
}

static mote_trie_value_kind value_kind(const builder *self, const mote_trie_entry *entry) {
    if (entry == NULL) return MOTE_NODE_NO_VALUE;
    return is_hashed(self, entry) ? MOTE_NODE_HASHED_VALUE : MOTE_NODE_INLINE_VALUE;
}

/* A leaf (of == NULL) or a branch, whose key is the first `depth` nibbles of `key`. There is room. */
static mote_status encode(builder *self, branch *parent, const mote_trie_entry *entry,
                          const mote_hash *hash, const branch *of, mote_nibbles key, size_t depth) {
    mote_writer writer =
        mote_writer_into(self->bytes + self->bytes_used, self->bytes_size - self->bytes_used);
    const size_t above = parent == NULL ? self->content->depth : parent->depth + 1;
    const uint8_t nibble = parent == NULL ? 0 : mote_trie_nibble(key, parent->depth);
    mote_bytes apart = {NULL, 0};
    mote_trie_write_head(&writer, of == NULL ? MOTE_NODE_LEAF : MOTE_NODE_BRANCH,
                         value_kind(self, entry), mote_trie_nibbles_between(key, above, depth));
    if (of != NULL) mote_write_u16(&writer, of->bitmap);
    if (entry != NULL) write_value(self, &writer, &apart, entry, hash);
    const size_t split = writer.size;
    if (of != NULL) write_children(&writer, of);
    if (!mote_writer_fits(&writer))
        return mote_fail(self->context, MOTE_E_INTERNAL, NULL, MOTE_NO_INDEX);
    if (apart.size != 0) {
        hash_pieces(self, parent, nibble, &writer, split, apart);
    } else {
        name_node(self, parent, nibble, &writer);
    }
    return MOTE_OK;
}

static mote_status encode_branch(builder *self, branch *of) {
    mote_status status = encode(self, of->parent, of->entry, &of->value_hash, of,
                                mote_trie_nibbles_of(of->key), of->depth);
    give(self, of);
    return status;
}

/* --- what waits ------------------------------------------------------------------------------- */

static void hash_nodes(builder *self) {
    mote_hash hashes[HASHED_AT_ONCE];
    const size_t count = self->nodes;
    mote_blake2b_256_many(self->context->backend, hashes, self->node, count);
    self->nodes = 0;
    self->bytes_used = 0;
    for (size_t i = 0; i < count; i++) {
        deliver(self, self->parent[i], self->nibble[i],
                (mote_bytes){hashes[i].bytes, sizeof hashes[i].bytes});
    }
}

static mote_status encode_ready(builder *self) {
    mote_status status = MOTE_OK;
    while (status == MOTE_OK && self->ready != NULL && has_room(self)) {
        branch *of = self->ready;
        self->ready = of->next;
        status = encode_branch(self, of);
    }
    return status;
}

/* All that is complete is hashed, and what can be encoded then is. */
static mote_status hash_and_go_on(builder *self) {
    hash_nodes(self);
    return encode_ready(self);
}

static mote_status make_room(builder *self) {
    mote_status status = encode_ready(self);
    while (status == MOTE_OK && !has_room(self)) status = hash_and_go_on(self);
    return status;
}

static branch *new_branch(builder *self) {
    branch *taken = self->spare;
    if (taken != NULL) {
        self->spare = taken->next;
    } else if (self->branches < self->most_branches) {
        taken = mote_context_take(self->context, 1, sizeof *taken);
        self->branches += taken != NULL;
    }
    return taken;
}

/* Where there is no memory for another one, those that wait are brought to an end. */
static mote_status take_branch(builder *self, branch **out) {
    mote_status status = MOTE_OK;
    *out = new_branch(self);
    while (status == MOTE_OK && *out == NULL && (self->nodes != 0 || self->ready != NULL)) {
        status = hash_and_go_on(self);
        *out = new_branch(self);
    }
    if (status == MOTE_OK && *out == NULL)
        status = mote_fail(self->context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    return status;
}

/* --- the open branches ------------------------------------------------------------------------ */

static mote_status open_at(builder *self, size_t depth, const mote_trie_entry *entry) {
    branch *opened = NULL;
    mote_status status = take_branch(self, &opened);
    if (status != MOTE_OK) return status;
    opened->parent = self->top;
    opened->depth = depth;
    opened->entry = entry;
    opened->value_hash = value_hash(self, entry);
    opened->bitmap = 0;
    opened->waiting = 0;
    opened->closed = false;
    self->top = opened;
    return MOTE_OK;
}

/* The top branch gets a child at this key. */
static void add_child(const builder *self, mote_nibbles key) {
    branch *parent = self->top;
    if (parent == NULL) return;
    parent->bitmap = (uint16_t)(parent->bitmap | 1u << mote_trie_nibble(key, parent->depth));
    parent->waiting++;
}

static mote_status attach(builder *self, const item *what) {
    add_child(self, what->key);
    if (what->merkle != NULL) {
        const uint8_t nibble =
            self->top == NULL ? 0 : mote_trie_nibble(what->key, self->top->depth);
        deliver(self, self->top, nibble, (mote_bytes){what->merkle->bytes, what->merkle->size});
        return MOTE_OK;
    }
    const mote_hash hash = value_hash(self, what->entry);
    mote_status status = make_room(self);
    if (status != MOTE_OK) return status;
    return encode(self, self->top, what->entry, &hash, NULL, what->key, what->key.count);
}

/* The branch was on top, and the key is below it. */
static mote_status close(builder *self, branch *closed, mote_nibbles key) {
    add_child(self, key);
    closed->parent = self->top;
    closed->key = (mote_bytes){key.data, key.count / 2};
    closed->closed = true;
    if (closed->waiting != 0) return MOTE_OK;
    mote_status status = make_room(self);
    return status == MOTE_OK ? encode_branch(self, closed) : status;
}

/* Closes the branches below which the next key, with `common` nibbles in common with this one, is
 * not. */
static mote_status close_branches(builder *self, mote_nibbles key, size_t common, bool is_last) {
    while (self->top != NULL && (is_last || self->top->depth > common)) {
        branch *closed = self->top;
        self->top = closed->parent;
        mote_status status = MOTE_OK;
        if (!is_last && (self->top == NULL || self->top->depth < common))
            status = open_at(self, common, NULL);
        if (status == MOTE_OK) status = close(self, closed, key);
        if (status != MOTE_OK) return status;
    }
    return MOTE_OK;
}

static mote_status enter(builder *self, const item *what, const item *following) {
    size_t common = 0;
    mote_status status = MOTE_OK;
    if (following != NULL) {
        common = mote_trie_nibbles_common(what->key, following->key);
        if (self->top == NULL || self->top->depth < common)
            status = open_at(self, common, common == what->key.count ? what->entry : NULL);
    }
    if (status == MOTE_OK && (following == NULL || common < what->key.count))
        status = attach(self, what);
    if (status != MOTE_OK) return status;
    return close_branches(self, what->key, common, following == NULL);
}

static mote_status enter_all(builder *self) {
    const size_t count = self->content->count;
    mote_status status = MOTE_OK;
    item next = item_at(self->content, 0);
    for (size_t i = 0; i < count && status == MOTE_OK; i++) {
        const item what = next;
        if (i + 1 < count) next = item_at(self->content, i + 1);
        status = enter(self, &what, i + 1 < count ? &next : NULL);
    }
    while (status == MOTE_OK && (self->nodes != 0 || self->ready != NULL))
        status = hash_and_go_on(self);
    return status;
}

/* --- memory ----------------------------------------------------------------------------------- */

static size_t longest_node(size_t longest_key) {
    return mote_trie_head_size(2 * longest_key) + 2 + 9 + LONGEST_COPIED_VALUE +
           MOST_CHILDREN * (1 + MOTE_TRIE_HASH_SIZE);
}

static size_t bytes_for(size_t count, size_t longest_key) {
    const size_t most = BYTES_AT_ONCE / HASHED_AT_ONCE;
    return longest_node(longest_key) + (count < HASHED_AT_ONCE ? count * most : BYTES_AT_ONCE);
}

/* As deep as the keys are long; and, of those, what may wait. */
static size_t branches_for(size_t count, size_t longest_key) {
    const size_t most = 2 * longest_key + 1 + MOST_WAITING;
    return count < most ? count : most;
}

size_t mote_trie_build_memory(size_t count, size_t longest_key) {
    const size_t alignment = 16;
    return sizeof(builder) + bytes_for(count, longest_key) + 2 * alignment +
           branches_for(count, longest_key) * (sizeof(branch) + alignment);
}

mote_status mote_trie_build(mote_context *context, mote_merkle_value *out,
                            const mote_trie_content *content, size_t longest_key) {
    builder *self = mote_context_take(context, 1, sizeof *self);
    if (self == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    self->context = context;
    self->content = content;
    self->out = out;
    self->most_branches = branches_for(content->count, longest_key);
    self->longest_node = longest_node(longest_key);
    self->bytes_size = bytes_for(content->count, longest_key);
    self->bytes = mote_context_take(context, 1, self->bytes_size);
    if (self->bytes == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    return enter_all(self);
}
