/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Block 0 (sc-chain-spec genesis_block.rs): parent zero, number 0, the root of the whole state, no extrinsics, no digest.
 */
#include <string.h>

#include "mote/checkpoint.h"
#include "mote/hash.h"

static const char child_prefix[] = ":child_storage:default:";

static mote_bytes text(const char *string) {
    return (mote_bytes){(const uint8_t *)string, strlen(string)};
}

void mote_genesis_write_header(mote_writer *writer, const mote_hash *state_root,
                               mote_state_version version) {
    (void)version; /* the root of no extrinsics is the empty trie's in both */
    static const mote_hash no_parent = {{0}};
    mote_write_hash(writer, &no_parent);
    mote_write_compact(writer, 0);
    mote_write_hash(writer, state_root);
    mote_write_hash(writer, &mote_trie_empty_root);
    mote_write_compact(writer, 0);
}

/* A child trie shows in the main one as its root under its prefixed key; an empty one does not show. */
static mote_status add_child_root(mote_context *context, mote_trie_entry *entry,
                                  const mote_child_trie *child, mote_state_version version) {
    mote_bytes prefix = text(child_prefix);
    uint8_t *key = mote_context_take(context, prefix.size + child->child_key.size, 1);
    mote_hash *root = mote_context_take(context, 1, sizeof *root);
    if (key == NULL || root == NULL)
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    memcpy(key, prefix.data, prefix.size);
    if (child->child_key.size != 0)
        memcpy(key + prefix.size, child->child_key.data, child->child_key.size);
    entry->key = (mote_bytes){key, prefix.size + child->child_key.size};
    entry->value = (mote_bytes){root->bytes, sizeof root->bytes};
    return mote_trie_root(context, root, child->entries, child->count, version);
}

static void find_authorities(mote_context *context, mote_genesis *out,
                             const mote_trie_entry *entries, size_t count) {
    uint8_t pallet_key[32];
    mote_bytes well_known = text(":grandpa_authorities");
    mote_storage_prefix(pallet_key, text("Grandpa"), text("Authorities"));
    for (size_t i = 0; i < count && !out->has_authorities; i++) {
        bool found = mote_bytes_equal(entries[i].key, well_known) ||
                     mote_bytes_equal(entries[i].key, (mote_bytes){pallet_key, sizeof pallet_key});
        if (!found) continue;
        out->has_authorities =
            mote_authority_list_decode(context, &out->authorities, entries[i].value) == MOTE_OK;
    }
    mote_context_clear_fault(context);
}

/* The caller's own entries stay; what was added for the child tries lies in memory that the context gets back. */
static void remove_added(mote_trie_entry *entries, size_t count, const mote_context *context,
                         size_t mark) {
    const uintptr_t from = (uintptr_t)context->memory + mark;
    const uintptr_t to = (uintptr_t)context->memory + context->used;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const uintptr_t key = (uintptr_t)entries[i].key.data;
        if (key < from || key >= to) entries[kept++] = entries[i];
    }
    if (kept < count) memset(&entries[kept], 0, (count - kept) * sizeof *entries);
}

mote_status mote_genesis_from_state(mote_context *context, mote_genesis *out,
                                    mote_trie_entry *entries, size_t count,
                                    mote_child_trie *children, size_t child_count,
                                    mote_state_version version) {
    size_t mark = mote_context_mark(context);
    mote_status status = MOTE_OK;
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < child_count && status == MOTE_OK; i++) {
        if (children[i].count != 0)
            status = add_child_root(context, &entries[count++], &children[i], version);
    }
    if (status == MOTE_OK)
        status = mote_trie_root(context, &out->state_root, entries, count, version);
    if (status == MOTE_OK) find_authorities(context, out, entries, count);
    remove_added(entries, count, context, mark);
    mote_context_release(context, mark);
    if (status != MOTE_OK) {
        memset(out, 0, sizeof *out);
        return status;
    }
    uint8_t header[128];
    mote_writer writer = mote_writer_into(header, sizeof header);
    mote_genesis_write_header(&writer, &out->state_root, version);
    out->hash = mote_blake2b_256((mote_bytes){header, writer.size});
    return MOTE_OK;
}
