/* SPDX-License-Identifier: Apache-2.0 */
#include "naive_trie.h"

#include "fixture.h"

#include <sodium.h>

/* --- memory ----------------------------------------------------------------------------------- */

typedef struct chunk {
    struct chunk *before;
    size_t size;
    max_align_t bytes[];
} chunk;

static chunk *last_chunk;
static size_t chunk_used, chunk_size;

void naive_reset(void) {
    /* The first block is kept: most tests need no more. */
    while (last_chunk != NULL && last_chunk->before != NULL) {
        chunk *gone = last_chunk;
        last_chunk = gone->before;
        free(gone);
    }
    chunk_used = 0;
    chunk_size = last_chunk == NULL ? 0 : last_chunk->size;
}

void *naive_take(size_t size) {
    size = (size + 15) / 16 * 16;
    if (last_chunk == NULL || size > chunk_size - chunk_used) {
        size_t wanted = size > 1 << 22 ? size : 1 << 22;
        chunk *fresh = malloc(sizeof *fresh + wanted);
        if (fresh == NULL) abort();
        fresh->before = last_chunk;
        fresh->size = wanted;
        last_chunk = fresh;
        chunk_size = wanted;
        chunk_used = 0;
    }
    uint8_t *taken = (uint8_t *)last_chunk->bytes + chunk_used;
    chunk_used += size;
    memset(taken, 0, size);
    return taken;
}

mote_bytes naive_copy(mote_bytes bytes) {
    uint8_t *copy = naive_take(bytes.size);
    if (bytes.size > 0) memcpy(copy, bytes.data, bytes.size);
    return (mote_bytes){copy, bytes.size};
}

mote_bytes naive_hex(const char *hex) {
    char *dense = naive_take(strlen(hex) + 1);
    size_t size = 0;
    for (; *hex != '\0'; hex++) {
        if (*hex != ' ') dense[size++] = *hex;
    }
    return fixture_hex(dense);
}

mote_bytes naive_repeat(uint8_t byte, size_t count) {
    uint8_t *bytes = naive_take(count + 1);
    memset(bytes, byte, count);
    return (mote_bytes){bytes, count};
}

mote_bytes naive_concat(mote_bytes a, mote_bytes b) {
    uint8_t *both = naive_take(a.size + b.size + 1);
    if (a.size > 0) memcpy(both, a.data, a.size);
    if (b.size > 0) memcpy(both + a.size, b.data, b.size);
    return (mote_bytes){both, a.size + b.size};
}

mote_hash naive_hash(mote_bytes bytes) {
    static const uint8_t nothing[1];
    mote_hash hash;
    const uint8_t *data = bytes.size == 0 ? nothing : bytes.data;
    if (crypto_generichash(hash.bytes, sizeof hash.bytes, data, bytes.size, NULL, 0) != 0) abort();
    return hash;
}

static mote_bytes hash_bytes(mote_bytes bytes) {
    mote_hash hash = naive_hash(bytes);
    return naive_copy((mote_bytes){hash.bytes, sizeof hash.bytes});
}

static mote_bytes byte(unsigned value) {
    uint8_t one = (uint8_t)value;
    return naive_copy((mote_bytes){&one, 1});
}

static mote_bytes compact(size_t value) {
    uint8_t bytes[4];
    if (value < 64) return byte((unsigned)value << 2);
    size_t tagged = value << 2 | (value < 1 << 14 ? 1 : 2);
    for (unsigned i = 0; i < 4; i++) bytes[i] = (uint8_t)(tagged >> (8 * i));
    return naive_copy((mote_bytes){bytes, value < 1 << 14 ? 2 : 4});
}

mote_bytes naive_vec(mote_bytes bytes) {
    return naive_concat(compact(bytes.size), bytes);
}

/* --- sets of entries -------------------------------------------------------------------------- */

bool naive_has(const naive_list *list, mote_bytes item) {
    for (size_t i = 0; i < list->count; i++) {
        if (mote_bytes_equal(list->items[i], item)) return true;
    }
    return false;
}

void naive_append(naive_list *list, mote_bytes item) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 16 : 2 * list->capacity;
        mote_bytes *items = naive_take(capacity * sizeof *items);
        if (list->count > 0) memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = item;
}

void naive_add(naive_list *list, mote_bytes item) {
    if (!naive_has(list, item)) naive_append(list, item);
}

naive_list naive_without(const naive_list *list, size_t left_out) {
    naive_list rest = {NULL, 0, 0};
    for (size_t i = 0; i < list->count; i++) {
        if (i != left_out) naive_append(&rest, list->items[i]);
    }
    return rest;
}

mote_bytes naive_scale(const naive_list *list) {
    mote_bytes head = compact(list->count);
    size_t size = head.size;
    for (size_t i = 0; i < list->count; i++) size += 4 + list->items[i].size;
    uint8_t *data = naive_take(size);
    memcpy(data, head.data, head.size);
    size = head.size;
    for (size_t i = 0; i < list->count; i++) {
        mote_bytes length = compact(list->items[i].size);
        memcpy(data + size, length.data, length.size);
        size += length.size;
        if (list->items[i].size > 0) memcpy(data + size, list->items[i].data, list->items[i].size);
        size += list->items[i].size;
    }
    return (mote_bytes){data, size};
}

/* --- the trie, from its definition ------------------------------------------------------------ */

static bool stored_by_hash(mote_bytes value, naive_version version) {
    switch (version) {
    case NAIVE_V0: return false;
    case NAIVE_V1: return value.size >= 33;
    case NAIVE_HASH_ALL: return true;
    case NAIVE_MIXED: return value.size > 0 && value.data[0] % 2 == 1;
    }
    return false;
}

static size_t common_prefix(const mote_trie_entry *entries, size_t count, size_t depth) {
    for (size_t n = depth;; n++) {
        for (size_t i = 0; i < count; i++) {
            if (entries[i].key.size == n || entries[i].key.data[n] != entries[0].key.data[n])
                return n;
        }
    }
}

/* Header (Def. "node header"), longest-field continuation, partial key. */
static mote_bytes head(unsigned variant, unsigned length_bits, const uint8_t *nibbles,
                       size_t count) {
    size_t largest = (1u << length_bits) - 1;
    mote_bytes out;
    if (count < largest) {
        out = byte(variant | (unsigned)count);
    } else {
        out = byte(variant | (unsigned)largest);
        size_t rest = count - largest;
        while (rest >= 255) {
            out = naive_concat(out, byte(255));
            rest -= 255;
        }
        out = naive_concat(out, byte((unsigned)rest));
    }
    size_t at = 0;
    if (count % 2 == 1) out = naive_concat(out, byte(nibbles[at++]));
    for (; at < count; at += 2) {
        out = naive_concat(out, byte((unsigned)nibbles[at] << 4 | nibbles[at + 1]));
    }
    return out;
}

static mote_bytes node_head(const naive_node *node, bool leaf, bool hashed) {
    if (leaf && hashed) return head(0x20, 5, node->partial, node->partial_size);
    if (leaf) return head(0x40, 6, node->partial, node->partial_size);
    if (hashed) return head(0x10, 4, node->partial, node->partial_size);
    if (node->has_value) return head(0xc0, 6, node->partial, node->partial_size);
    return head(0x80, 6, node->partial, node->partial_size);
}

mote_bytes naive_join(const naive_parts *parts) {
    mote_bytes out = parts->head;
    if (parts->bitmap >= 0) {
        out = naive_concat(out, byte((unsigned)parts->bitmap & 255));
        out = naive_concat(out, byte((unsigned)parts->bitmap >> 8));
    }
    return naive_concat(naive_concat(out, parts->value), parts->children);
}

mote_bytes naive_leaf(const uint8_t *nibbles, size_t count, mote_bytes value) {
    naive_parts parts = {head(0x40, 6, nibbles, count), -1, naive_vec(value), {NULL, 0}};
    return naive_join(&parts);
}

mote_bytes naive_branch(int bitmap, const mote_bytes *merkles, size_t count) {
    naive_parts parts = {head(0x80, 6, NULL, 0), bitmap, {NULL, 0}, {NULL, 0}};
    for (size_t i = 0; i < count; i++) {
        parts.children = naive_concat(parts.children, naive_vec(merkles[i]));
    }
    return naive_join(&parts);
}

static bool is_leaf(const naive_node *node) {
    for (int i = 0; i < 16; i++) {
        if (node->children[i] != NULL) return false;
    }
    return true;
}

static void encode(naive_node *node) {
    bool leaf = is_leaf(node);
    bool hashed = node->has_value && node->hashed;
    naive_parts parts = {node_head(node, leaf, hashed), leaf ? -1 : 0, {NULL, 0}, {NULL, 0}};
    if (hashed) {
        parts.value = hash_bytes(node->value);
    } else if (node->has_value) {
        parts.value = naive_vec(node->value);
    }
    for (int i = 0; i < 16; i++) {
        if (node->children[i] == NULL) continue;
        parts.bitmap |= 1 << i;
        parts.children = naive_concat(parts.children, naive_vec(node->children[i]->merkle));
    }
    node->encoding = naive_join(&parts);
    node->hash = naive_hash(node->encoding);
    node->merkle = node->encoding.size < 32
                       ? node->encoding
                       : naive_copy((mote_bytes){node->hash.bytes, sizeof node->hash.bytes});
}

static naive_node *build(const mote_trie_entry *entries, size_t count, size_t depth,
                         naive_version version) {
    if (count == 0) return NULL;
    naive_node *node = naive_take(sizeof *node);
    size_t end = common_prefix(entries, count, depth);
    node->partial_size = end - depth;
    node->partial = naive_take(node->partial_size + 1);
    memcpy(node->partial, entries[0].key.data + depth, node->partial_size);
    mote_trie_entry *group = naive_take(count * sizeof *group);
    for (unsigned nibble = 0; nibble < 16; nibble++) {
        size_t members = 0;
        for (size_t i = 0; i < count; i++) {
            if (entries[i].key.size > end && entries[i].key.data[end] == nibble)
                group[members++] = entries[i];
        }
        node->children[nibble] = build(group, members, end + 1, version);
    }
    for (size_t i = 0; i < count; i++) {
        if (entries[i].key.size != end) continue;
        node->has_value = true;
        node->value = entries[i].value;
        node->hashed = stored_by_hash(node->value, version);
    }
    encode(node);
    return node;
}

static mote_bytes to_nibbles(mote_bytes key) {
    uint8_t *nibbles = naive_take(2 * key.size + 1);
    for (size_t i = 0; i < key.size; i++) {
        nibbles[2 * i] = key.data[i] >> 4;
        nibbles[2 * i + 1] = key.data[i] & 15;
    }
    return (mote_bytes){nibbles, 2 * key.size};
}

naive_node *naive_trie_of_nibbles(const mote_trie_entry *entries, size_t count,
                                  naive_version version) {
    return build(entries, count, 0, version);
}

naive_node *naive_trie(const mote_trie_entry *entries, size_t count, naive_version version) {
    mote_trie_entry *split = naive_take((count + 1) * sizeof *split);
    for (size_t i = 0; i < count; i++) {
        split[i] = (mote_trie_entry){to_nibbles(entries[i].key), entries[i].value};
    }
    return build(split, count, 0, version);
}

mote_hash naive_root(const naive_node *root) {
    static const uint8_t empty[1] = {0};
    return root == NULL ? naive_hash((mote_bytes){empty, 1}) : root->hash;
}

/* --- proofs ----------------------------------------------------------------------------------- */

static void add_node(naive_list *out, const naive_node *node, bool is_root) {
    if (is_root || node->encoding.size >= 32) naive_add(out, node->encoding);
}

void naive_prove(naive_list *out, const naive_node *root, mote_bytes key) {
    mote_bytes nibbles = to_nibbles(key);
    size_t at = 0;
    for (const naive_node *node = root; node != NULL;) {
        add_node(out, node, node == root);
        if (nibbles.size - at < node->partial_size ||
            memcmp(nibbles.data + at, node->partial, node->partial_size) != 0) {
            return;
        }
        at += node->partial_size;
        if (at == nibbles.size) {
            if (node->has_value && node->hashed) naive_add(out, node->value);
            return;
        }
        node = node->children[nibbles.data[at++]];
    }
}

static void prove_below(naive_list *out, const naive_node *node, bool is_root) {
    if (node == NULL) return;
    add_node(out, node, is_root);
    if (node->has_value && node->hashed) naive_add(out, node->value);
    for (int i = 0; i < 16; i++) prove_below(out, node->children[i], false);
}

void naive_prove_all(naive_list *out, const naive_node *root) {
    prove_below(out, root, true);
}

/* trie_codec.rs: a child whose node is in the proof becomes an inline child of length 0; a
 * hashed value that is in the proof becomes an empty value of a node behind the escape byte,
 * followed by the value. */
static void compact_below(naive_list *out, const naive_node *node, const naive_list *proof,
                          bool inside) {
    bool leaf = is_leaf(node);
    bool value_follows = node->has_value && node->hashed && naive_has(proof, node->value);
    bool hashed = node->has_value && node->hashed && !value_follows;
    naive_parts parts = {node_head(node, leaf, hashed), leaf ? -1 : 0, {NULL, 0}, {NULL, 0}};
    if (hashed) {
        parts.value = hash_bytes(node->value);
    } else if (node->has_value) {
        parts.value = value_follows ? naive_vec((mote_bytes){NULL, 0}) : naive_vec(node->value);
    }
    for (int i = 0; i < 16; i++) {
        const naive_node *child = node->children[i];
        if (child == NULL) continue;
        parts.bitmap |= 1 << i;
        bool follows = child->encoding.size >= 32 && naive_has(proof, child->encoding);
        mote_bytes nothing = {NULL, 0};
        parts.children = naive_concat(parts.children, naive_vec(follows ? nothing : child->merkle));
    }
    if (!inside) {
        mote_bytes item = naive_join(&parts);
        naive_append(out, value_follows ? naive_concat(byte(1), item) : item);
        if (value_follows) naive_append(out, node->value);
    }
    for (int i = 0; i < 16; i++) {
        const naive_node *child = node->children[i];
        if (child == NULL || child->encoding.size < 32 || !naive_has(proof, child->encoding))
            continue;
        compact_below(out, child, proof, false);
    }
}

void naive_compact(naive_list *out, const naive_node *root, const naive_list *proof) {
    static const uint8_t empty[1] = {0};
    if (root == NULL) {
        naive_append(out, (mote_bytes){empty, 1});
    } else {
        compact_below(out, root, proof, false);
    }
}

/* --- what a proof can say --------------------------------------------------------------------- */

static void tell_value(mote_proven_value *out, const naive_node *node, const naive_list *proof) {
    if (!node->has_value) {
        out->state = MOTE_VALUE_ABSENT;
    } else if (!node->hashed || naive_has(proof, node->value)) {
        out->state = MOTE_VALUE_PRESENT;
        out->value = node->value;
    } else {
        out->state = MOTE_VALUE_HASH_ONLY;
        out->value_hash = naive_hash(node->value);
    }
}

static bool known(const naive_node *node, const naive_list *proof, bool is_root) {
    return (!is_root && node->encoding.size < 32) || naive_has(proof, node->encoding);
}

mote_status naive_read(mote_proven_value *out, const naive_node *root, const naive_list *proof,
                       mote_bytes key) {
    mote_bytes nibbles = to_nibbles(key);
    size_t at = 0;
    memset(out, 0, sizeof *out);
    for (const naive_node *node = root; node != NULL;) {
        if (!known(node, proof, node == root)) return MOTE_E_PROOF_INCOMPLETE;
        if (nibbles.size - at < node->partial_size ||
            memcmp(nibbles.data + at, node->partial, node->partial_size) != 0) {
            break;
        }
        at += node->partial_size;
        if (at == nibbles.size) {
            tell_value(out, node, proof);
            return MOTE_OK;
        }
        node = node->children[nibbles.data[at++]];
    }
    out->state = MOTE_VALUE_ABSENT;
    return MOTE_OK;
}

mote_bytes naive_merkle(const naive_node *root, mote_bytes nibbles) {
    size_t at = 0;
    for (const naive_node *node = root; node != NULL;) {
        size_t left = nibbles.size - at;
        size_t shared = left < node->partial_size ? left : node->partial_size;
        if (memcmp(nibbles.data + at, node->partial, shared) != 0) break;
        if (left <= node->partial_size) {
            return node == root ? (mote_bytes){node->hash.bytes, 32} : node->merkle;
        }
        at += node->partial_size;
        node = node->children[nibbles.data[at++]];
    }
    return (mote_bytes){NULL, 0};
}

typedef struct scan_job {
    const naive_list *proof;
    mote_bytes prefix; /* nibbles */
    naive_told *told;
    void *user;
} scan_job;

static mote_status scan_below(const scan_job *job, const naive_node *node, mote_bytes above,
                              bool is_root) {
    if (node == NULL) return MOTE_OK;
    size_t shared = above.size < job->prefix.size ? above.size : job->prefix.size;
    if (memcmp(above.data, job->prefix.data, shared) != 0) return MOTE_OK;
    if (!known(node, job->proof, is_root)) return MOTE_E_PROOF_INCOMPLETE;
    mote_bytes here = naive_concat(above, (mote_bytes){node->partial, node->partial_size});
    if (node->has_value && here.size % 2 == 0 && mote_bytes_starts_with(here, job->prefix)) {
        uint8_t *key = naive_take(here.size / 2 + 1);
        for (size_t i = 0; i < here.size; i++)
            key[i / 2] = (uint8_t)(key[i / 2] << 4 | here.data[i]);
        mote_proven_value value;
        memset(&value, 0, sizeof value);
        tell_value(&value, node, job->proof);
        job->told(job->user, (mote_bytes){key, here.size / 2}, &value);
    }
    for (unsigned i = 0; i < 16; i++) {
        mote_status status = scan_below(job, node->children[i], naive_concat(here, byte(i)), false);
        if (status != MOTE_OK) return status;
    }
    return MOTE_OK;
}

mote_status naive_scan(const naive_node *root, const naive_list *proof, mote_bytes prefix,
                       naive_told *told, void *user) {
    scan_job job = {proof, to_nibbles(prefix), told, user};
    return scan_below(&job, root, (mote_bytes){naive_take(1), 0}, true);
}
