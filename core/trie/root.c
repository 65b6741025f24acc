/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Roots of given content: sorted, and built whole or in parts. A part is what begins with the same
 * nibbles, down to one more than the branch above it has: so it is a subtree, and its Merkle value
 * needs to know nothing of the others but how many nibbles those are.
 */
#include "mote/hash.h"
#include "nibble.h"
#include "root_build.h"

#include <string.h>

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

/* And each key once. */
static bool is_sorted(const mote_trie_entry *entries, size_t count) {
    for (size_t i = 1; i < count; i++) {
        if (!in_order(&entries[i - 1], &entries[i])) return false;
    }
    return true;
}

/* What comes out of a database comes in order already. E_BAD_ARGUMENT: a key is there twice. */
static mote_status sort(mote_context *context, mote_trie_entry *entries, size_t count) {
    if (is_sorted(entries, count)) return MOTE_OK;
    for (size_t i = count / 2; i > 0; i--) sift_down(entries, i - 1, count);
    for (size_t i = count; i > 1; i--) {
        swap(&entries[0], &entries[i - 1]);
        sift_down(entries, 0, i - 1);
    }
    for (size_t i = 1; i < count; i++) {
        if (mote_bytes_equal(entries[i - 1].key, entries[i].key))
            return mote_fail(context, MOTE_E_BAD_ARGUMENT, entries[i].key.data, MOTE_NO_INDEX);
    }
    return MOTE_OK;
}

/* --- whole --------------------------------------------------------------------------------------- */

static size_t longest_of(const mote_trie_entry *entries, size_t count) {
    size_t longest = 0;
    for (size_t i = 0; i < count; i++)
        if (entries[i].key.size > longest) longest = entries[i].key.size;
    return longest;
}

static mote_status sort_and_measure(mote_context *context, size_t *longest_key,
                                    mote_trie_entry *entries, size_t count) {
    *longest_key = longest_of(entries, count);
    if (*longest_key > MOTE_TRIE_KEY_CEILING)
        return mote_fail(context, MOTE_E_LIMIT_SIZE, NULL, MOTE_NO_INDEX);
    return sort(context, entries, count);
}

static mote_status check_version(mote_context *context, mote_state_version version) {
    if (version == MOTE_STATE_V0 || version == MOTE_STATE_V1) return MOTE_OK;
    return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
}

static mote_status build_whole(mote_context *context, mote_hash *out,
                               const mote_trie_content *content, size_t longest_key) {
    mote_merkle_value root = {{0}, 0};
    *out = mote_trie_empty_root;
    if (content->count == 0) return MOTE_OK;
    mote_status status = mote_trie_build(context, &root, content, longest_key);
    memcpy(out->bytes, root.bytes, sizeof out->bytes);
    if (status != MOTE_OK) memset(out, 0, sizeof *out);
    return status;
}

/* Gives back the memory that was taken. */
static mote_status end(mote_context *context, size_t mark, mote_status status) {
    mote_context_release(context, mark);
    if (status == MOTE_OK) mote_context_clear_fault(context);
    return status;
}

mote_status mote_trie_root(mote_context *context, mote_hash *out, mote_trie_entry *entries,
                           size_t count, mote_state_version version) {
    const mote_trie_content content = {entries, NULL, count, 0, true, version};
    const size_t mark = mote_context_mark(context);
    memset(out, 0, sizeof *out);
    size_t longest_key = 0;
    mote_status status = check_version(context, version);
    if (status == MOTE_OK) status = sort_and_measure(context, &longest_key, entries, count);
    if (status == MOTE_OK) status = build_whole(context, out, &content, longest_key);
    return end(context, mark, status);
}

/* --- in parts ------------------------------------------------------------------------------------ */

static mote_nibbles key_at(const mote_trie_entry *entries, size_t at) {
    return mote_trie_nibbles_of(entries[at].key);
}

/* Nibbles that all keys of a part have in common. */
static size_t common_of(const mote_trie_entry *entries, const mote_trie_part *part) {
    return mote_trie_nibbles_common(key_at(entries, part->first),
                                    key_at(entries, part->first + part->count - 1));
}

/* The work that a part is: about a block of a hash for each node, and one for each 128 bytes. */
static size_t weigh(const mote_trie_entry *entries, size_t first, size_t count) {
    size_t blocks = 2 * count;
    for (size_t i = first; i < first + count; i++) blocks += entries[i].value.size / 128;
    return blocks;
}

/* The first entry from `first` on, before `end`, of which the key has another nibble at `depth`: all have one. */
static size_t end_of_nibble(const mote_trie_entry *entries, size_t first, size_t end,
                            size_t depth) {
    const uint8_t nibble = mote_trie_nibble(key_at(entries, first), depth);
    size_t low = first + 1, high = end;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (mote_trie_nibble(key_at(entries, middle), depth) == nibble) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

typedef struct part_list {
    const mote_trie_entry *entries;
    mote_trie_part *parts;
    size_t count, room;
} part_list;

static void set_part(const part_list *list, mote_trie_part *out, size_t first, size_t count,
                     size_t depth) {
    memset(out, 0, sizeof *out);
    out->first = first;
    out->count = count;
    out->depth = depth;
    out->weight = weigh(list->entries, first, count);
}

/* What a part is made of below its top branch: the key that ends there, and at most 16 subtrees. */
static size_t cut(const part_list *list, mote_trie_part pieces[17], const mote_trie_part *part) {
    const size_t depth = common_of(list->entries, part);
    const size_t end = part->first + part->count;
    size_t count = 0, at = part->first;
    if (key_at(list->entries, at).count == depth) {
        set_part(list, &pieces[count], at++, 1, depth);
        pieces[count++].is_key = true;
    }
    while (at < end) {
        const size_t next = end_of_nibble(list->entries, at, end, depth);
        set_part(list, &pieces[count++], at, next - at, depth + 1);
        at = next;
    }
    return count;
}

static void replace(part_list *list, size_t at, const mote_trie_part *pieces, size_t count) {
    memmove(&list->parts[at + count], &list->parts[at + 1],
            (list->count - at - 1) * sizeof *list->parts);
    memcpy(&list->parts[at], pieces, count * sizeof *pieces);
    list->count += count - 1;
}

/* The heaviest one that can be cut; `count` where there is none. */
static size_t heaviest(const part_list *list) {
    size_t found = list->count;
    for (size_t i = 0; i < list->count; i++) {
        if (list->parts[i].count < 2) continue;
        if (found == list->count || list->parts[i].weight > list->parts[found].weight) found = i;
    }
    return found;
}

mote_status mote_trie_root_split(mote_context *context, mote_trie_part *parts, size_t *part_count,
                                 mote_trie_entry *entries, size_t count) {
    part_list list = {entries, parts, 1, *part_count};
    size_t longest_key = 0;
    *part_count = 0;
    if (list.room == 0) return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    mote_status status = sort_and_measure(context, &longest_key, entries, count);
    if (status != MOTE_OK) return status;
    mote_context_clear_fault(context);
    if (count == 0) return MOTE_OK;
    set_part(&list, &parts[0], 0, count, 0);
    for (size_t at = 0; at < list.count;) {
        mote_trie_part pieces[17];
        at = heaviest(&list);
        if (at == list.count || list.count + 16 > list.room) break;
        replace(&list, at, pieces, cut(&list, pieces, &parts[at]));
    }
    *part_count = list.count;
    return MOTE_OK;
}

mote_status mote_trie_root_part(mote_context *context, mote_trie_part *part,
                                const mote_trie_entry *entries, mote_state_version version) {
    const mote_trie_content content = {entries + part->first, NULL,   part->count, part->depth,
                                       part->depth == 0,      version};
    const size_t mark = mote_context_mark(context);
    mote_status status = check_version(context, version);
    if (status != MOTE_OK || part->is_key) return status;
    status = mote_trie_build(context, &part->merkle, &content,
                             longest_of(content.entries, content.count));
    if (status != MOTE_OK) part->merkle.size = 0;
    return end(context, mark, status);
}

static mote_status check_parts(mote_context *context, const mote_trie_part *parts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!parts[i].is_key && parts[i].merkle.size == 0)
            return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, (uint32_t)i);
    }
    return MOTE_OK;
}

mote_status mote_trie_root_join(mote_context *context, mote_hash *out, const mote_trie_part *parts,
                                size_t part_count, const mote_trie_entry *entries,
                                mote_state_version version) {
    const mote_trie_content content = {entries, parts, part_count, 0, true, version};
    const size_t mark = mote_context_mark(context);
    size_t longest_key = 0;
    memset(out, 0, sizeof *out);
    mote_status status = check_version(context, version);
    if (status == MOTE_OK) status = check_parts(context, parts, part_count);
    if (status != MOTE_OK) return status;
    for (size_t i = 0; i < part_count; i++) {
        const size_t size = entries[parts[i].first].key.size;
        if (size > longest_key) longest_key = size;
    }
    return end(context, mark, build_whole(context, out, &content, longest_key));
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
    return count * (sizeof(mote_trie_entry) + sizeof(index_key)) +
           mote_trie_build_memory(count, longest_key) + 3 * alignment;
}
