/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole state in memory: the trie of a chain's storage with its child tries, changed key by key,
 * with its root after every change and proofs of any part of it (polkadot spec, chap-state;
 * verification-rules D; sp-trie). What mote_trie_root computes once, this keeps.
 *
 * Memory: one block of the host's, 16-byte aligned, in which keys, values and nodes live; what is
 * freed is used again. A block that is full gives MOTE_E_LIMIT_MEMORY and leaves the state as it
 * was, usable. The host may then hand in a larger copy of the block (mote_state_extend): nothing in
 * it is a pointer, so the block may be moved, and a copy of it is a second state.
 *
 * State versions: each value keeps the form of the version it was last written with. Version 1
 * stores values of more than 32 bytes by their hash, version 0 inline. Writing the same bytes again
 * with another version changes the form (and so the root), as a migration of a chain does.
 *
 * Child tries: `child` names the default child trie of that key (without MOTE_CHILD_TRIE_PREFIX),
 * NULL the main trie. The main trie has the roots of child tries with content at their prefixed
 * keys, of itself. To write such a key by hand says that a child trie is known by its root only:
 * then its content cannot be asked for or changed (MOTE_E_PROOF_INCOMPLETE).
 *
 * Not checked: what keys and values mean. The caller's keys and values are copied. Spans that are
 * handed out point into the block and are valid until the next change, or until it moves.
 * Nothing is recursive; the cost of an operation is that of its key's path, that of a root grows
 * with what was changed since the last one. Nodes are hashed many at once, with the back end of the
 * context the state was opened with; for that a root borrows 16 KiB of the block where they are free.
 */
#ifndef MOTE_STATE_H
#define MOTE_STATE_H

#include "mote/bytes.h"
#include "mote/context.h"
#include "mote/scale.h"
#include "mote/trie.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MOTE_STATE_ALIGNMENT 16u
/* Keys must be shorter: E_LIMIT_SIZE. */
#define MOTE_STATE_KEY_CEILING (UINT32_C(1) << 24)

typedef struct mote_state mote_state;

/* An empty state in `memory`, which is MOTE_STATE_ALIGNMENT aligned (E_BAD_ARGUMENT) and large
 * enough for an empty one (E_LIMIT_MEMORY; about a kilobyte). What is beyond 32 GiB is not used. */
MOTE_MUST_USE mote_status mote_state_open(mote_context *context, mote_state **out, void *memory,
                                          size_t size);
/* The block that `state` is in, perhaps at another place now, has grown to `size` bytes. */
MOTE_MUST_USE mote_status mote_state_extend(mote_context *context, mote_state *state, size_t size);
/* Bytes that a state of so much content takes at most if it is written once; SIZE_MAX where no memory is so large. */
size_t mote_state_memory(size_t keys, size_t key_bytes, size_t value_bytes);

typedef struct mote_state_usage {
    uint64_t keys; /* of the main trie, without the roots of child tries, and of all child tries */
    uint64_t child_tries; /* with content */
    uint64_t bytes_used;
    uint64_t bytes_free;
} mote_state_usage;
mote_state_usage mote_state_usage_of(const mote_state *state);

/* --- content ---------------------------------------------------------------------------------- */
/* `*found` and the value. An empty value is found. A child trie that does not exist has no keys.
 * The key of a child trie's root has the root as it is now. */
MOTE_MUST_USE mote_status mote_state_get(mote_context *context, bool *found, mote_bytes *value,
                                         mote_state *state, const mote_bytes *child,
                                         mote_bytes key);
/* The smallest key greater than `key` that starts with `prefix` (as mote_trie_next_key); `key` NULL:
 * the smallest that starts with it. */
MOTE_MUST_USE mote_status mote_state_next(mote_context *context, bool *found, mote_bytes *out,
                                          const mote_state *state, const mote_bytes *child,
                                          const mote_bytes *key, mote_bytes prefix);
/* E_LIMIT_MEMORY; E_LIMIT_SIZE for keys beyond the ceiling and values of 2 GiB; at the key of a child
 * trie's root: E_CHILD_ROOT unless the value has 32 bytes, E_BAD_ARGUMENT if that child trie has content. */
MOTE_MUST_USE mote_status mote_state_put(mote_context *context, mote_state *state,
                                         const mote_bytes *child, mote_bytes key, mote_bytes value,
                                         mote_state_version version);
/* MOTE_OK whether the key was there or not. Never short of memory. E_BAD_ARGUMENT for the root of a child
 * trie with content: that goes with its last key. */
MOTE_MUST_USE mote_status mote_state_remove(mote_context *context, mote_state *state,
                                            const mote_bytes *child, mote_bytes key);
/* Removes every key that starts with `prefix`, with an empty one a whole trie. Never short of memory. In
 * the main trie E_BAD_ARGUMENT where roots of child tries may be among them and there are any with content. */
MOTE_MUST_USE mote_status mote_state_clear_prefix(mote_context *context, mote_state *state,
                                                  uint64_t *removed, const mote_bytes *child,
                                                  mote_bytes prefix);

/* What a block changes. All of it or, with an error, nothing: the fault's index is the change's.
 * A key that occurs twice is changed twice. Takes 16 bytes of the context's memory a change, and holds what it
 * replaces until the end. Changes are read again when all are made: they do not point into the block of the state. */
typedef struct mote_state_change {
    const mote_bytes *child; /* NULL: the main trie */
    mote_bytes key;
    bool remove;
    mote_bytes value; /* unless removed */
} mote_state_change;
MOTE_MUST_USE mote_status mote_state_apply(mote_context *context, mote_state *state,
                                           const mote_state_change *changes, size_t count,
                                           mote_state_version version);

/* --- root ------------------------------------------------------------------------------------- */
/* The root of the main trie, after the roots of all changed child tries. */
mote_hash mote_state_root_of(mote_state *state);
/* The root of a child trie; that of the empty trie where there is none. */
MOTE_MUST_USE mote_status mote_state_child_root(mote_context *context, mote_hash *out,
                                                mote_state *state, mote_bytes child);
/* The same on several threads: what has to be hashed is split into at most `room` subtrees, of which each can be hashed
 * by whoever likes, in any order; mote_state_root_of does what is left, be it above them, or units that nobody has done.
 * Returns how many there are: 0 where nothing has changed, 1 where splitting is not worth it; rooms of less than 18 may
 * split nothing. Until the last one is hashed nothing else may be done with the state, and no unit twice at the same
 * time. mote_state_unit_hash takes 16 KiB of the context's memory, if there is so much: a context for each thread. */
typedef struct mote_state_unit {
    uint32_t node, owner; /* private */
    uint32_t weight;      /* about how many nodes: those with the most are best begun first */
} mote_state_unit;
size_t mote_state_units(mote_state *state, mote_state_unit *units, size_t room);
void mote_state_unit_hash(mote_context *context, mote_state *state, const mote_state_unit *unit);
/* Hash of the block 0 whose state this is. */
mote_hash mote_state_genesis_hash(mote_state *state);

/* --- proofs ----------------------------------------------------------------------------------- */
typedef enum mote_state_query_kind {
    MOTE_QUERY_KEY,    /* the value, or that there is none */
    MOTE_QUERY_PREFIX, /* all keys that start with `key`, and their values */
    MOTE_QUERY_NEXT_KEY /* the smallest key greater than `key`, or that there is none (not its value) */
} mote_state_query_kind;
typedef struct mote_state_query {
    mote_state_query_kind kind;
    const mote_bytes *child;
    mote_bytes key;
} mote_state_query;
typedef enum mote_proof_form {
    MOTE_PROOF_NODES, /* SCALE Vec<Vec<u8>> of nodes and values, each once: light/2, state_getReadProof */
    MOTE_PROOF_COMPACT /* sp-trie's compact form: what can be computed is left out */
} mote_proof_form;
/* Exactly what answers the queries, under the root as it is now: mote_proof_load (strict) or
 * mote_proof_load_compact accepts it. Nothing is proven of an empty state but its root: no entries.
 * Context memory while it runs: at most 80 bytes for each node on the way. MOTE_OK also where `out` is too
 * small: mote_writer_fits says so, and out->size how much it takes. E_PROOF_INCOMPLETE for a child trie known by its root only. */
MOTE_MUST_USE mote_status mote_state_prove(mote_context *context, mote_writer *out,
                                           mote_state *state, const mote_state_query *queries,
                                           size_t count, mote_proof_form form);

#ifdef __cplusplus
}
#endif
#endif
