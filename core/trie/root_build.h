/* SPDX-License-Identifier: Apache-2.0 */
/* The builder of roots: what it is given, in order, and how much memory it takes. */
#ifndef MOTE_TRIE_ROOT_BUILD_H
#define MOTE_TRIE_ROOT_BUILD_H

#include "mote/context.h"
#include "mote/trie.h"

/* Entries in order, each key once; or, with `parts`, what they were split into, computed but for
 * the keys that are parts of their own. */
typedef struct mote_trie_content {
    const mote_trie_entry *entries;
    const mote_trie_part *parts; /* or NULL */
    size_t count;                /* of either */
    size_t depth; /* nibbles that all keys have in common and that are above the top node */
    bool is_root; /* the top node is a root: named by its hash however short it is */
    mote_state_version version;
} mote_trie_content;

/* The Merkle value of the top node; `longest_key` in bytes. */
MOTE_MUST_USE mote_status mote_trie_build(mote_context *context, mote_merkle_value *out,
                                          const mote_trie_content *content, size_t longest_key);
/* Memory that it takes at most. */
size_t mote_trie_build_memory(size_t count, size_t longest_key);

#endif
