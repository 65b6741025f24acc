/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Storage proofs of the base-16 Patricia trie, and roots computed from whole content
 * (docs/spec/trie.md; polkadot spec chap-state; sp-trie node_codec).
 *
 * A proof is an unordered set of entries. Verification walks down from a trusted root and uses an
 * entry only where a hash in the walk names it; whether it is a node or a value is decided by where
 * the walk needs it, never by what it looks like. Results are four different things: a value (empty
 * ones too), an absence, a hash whose value is not in the proof, and "the proof does not say"
 * (E_PROOF_INCOMPLETE), which is never an absence.
 *
 * Checked: that the root is the hash of an entry; every node that is used, byte for byte (E_NODE_*,
 * E_TRAILING_BYTES and the statuses of SCALE, with entry and byte in the fault); every hash on the
 * way to a value, and the value's own. An entry shorter than 32 bytes is a node only as the root of
 * a trie: below it, such a node stands in its parent.
 * Not checked: where the root comes from (that is what the evidence in `under` says), what a value
 * means, that a hashed value is long enough to be hashed (no reading depends on it).
 *
 * Both node formats (V0, V1) and their mixture are read alike: there is no version to choose.
 *
 * Strict mode refuses the whole proof for one entry that is there twice or that no walk from the
 * root, through the child tries whose roots it contains too, can use; all nodes are decoded when it
 * is loaded, each once. Lenient mode ignores such entries without decoding them, and finds a broken
 * node when it is needed. Reachable and not asked for is fine in both.
 *
 * Costs: hashing every entry once, then a table lookup and a decoded node for each step down. Nodes
 * may be shared, so a small proof can unfold to a trie with any number of keys: loading and single
 * reads do not unfold it, enumerations have a budget (MOTE_SCAN_WORK). Nothing is recursive; the
 * hash table is keyed by the context's seed.
 */
#ifndef MOTE_TRIE_H
#define MOTE_TRIE_H

#include "mote/bytes.h"
#include "mote/context.h"
#include "mote/evidence.h"
#include "mote/limits.h"
#include "mote/scale.h"

#ifdef __cplusplus
extern "C" {
#endif

/* BLAKE2b-256(0x00): the root of a trie without content. */
extern const mote_hash mote_trie_empty_root;

/* The main trie keeps the root of the default child trie `k` at this prefix followed by `k`.
 * Such keys are returned like any others when the main trie is enumerated:
 * mote_trie_is_child_root_key tells them from data. */
#define MOTE_CHILD_TRIE_PREFIX ":child_storage:default:"
bool mote_trie_is_child_root_key(mote_bytes key);

typedef enum mote_proof_mode { MOTE_PROOF_STRICT = 0, MOTE_PROOF_LENIENT = 1 } mote_proof_mode;

/* A loaded proof. Its index lives in the context's memory until the caller releases the mark he
 * took before loading; it borrows the input bytes. Views point to it: do not move it while one is
 * in use. Zeroed where loading failed. Fields are private to the module. */
typedef struct mote_proof {
    mote_state_root state;
    mote_proof_mode mode;
    struct mote_proof_index *index;
} mote_proof;

/* SCALE Vec<Vec<u8>>, the form of light/2 and of runtimes. `state` must be evidence
 * (E_NO_EVIDENCE). Without an entry that hashes to the root: E_ROOT_MISMATCH, or E_PROOF_INCOMPLETE
 * if there is no entry at all; but under the root of the empty trie, everything is absent. In
 * strict mode E_PROOF_DUPLICATE_NODE names the second of two equal entries,
 * E_PROOF_UNREACHABLE_NODE the first that nothing uses. E_LIMIT_SIZE, E_LIMIT_COUNT beyond
 * MOTE_MAX_PROOF_SIZE, MOTE_MAX_PROOF_NODES; E_LIMIT_MEMORY beyond the context's memory. */
MOTE_MUST_USE mote_status mote_proof_load(mote_context *context, mote_proof *out,
                                          const mote_state_root *state, mote_bytes scale,
                                          mote_proof_mode mode);
/* The same from separate entries, borrowed. */
MOTE_MUST_USE mote_status mote_proof_load_nodes(mote_context *context, mote_proof *out,
                                                const mote_state_root *state,
                                                const mote_bytes *nodes, size_t count,
                                                mote_proof_mode mode);
/* Compact proof (primitives/trie/src/trie_codec.rs; state/2): the main trie and then child
 * tries, in the order of their keys, any of them left out. What is left out of the items is
 * computed, and the root must come out (E_ROOT_MISMATCH). E_COMPACT_PROOF where an item is
 * missing or left over, or where a trie is no child trie of the main one. There is no lenient
 * mode. Entries are numbered by items; a fault inside a rebuilt node names the item but no byte
 * of the input. */
MOTE_MUST_USE mote_status mote_proof_load_compact(mote_context *context, mote_proof *out,
                                                  const mote_state_root *state, mote_bytes scale);
/* Bytes of context memory that loading takes at most, in either form and mode, for `count` entries
 * of `size` bytes in all. (About 75 bytes an entry, and an eighth of their size; a compact proof takes its own size on top.) */
size_t mote_proof_memory(size_t count, size_t size);

/* --- reading ---------------------------------------------------------------------------------- */
typedef enum mote_value_state {
    MOTE_VALUE_UNKNOWN = 0, /* nothing proven (only together with an error) */
    MOTE_VALUE_PRESENT,     /* `value` is proven (may be empty) */
    MOTE_VALUE_ABSENT,      /* proven: the key has no value */
    MOTE_VALUE_HASH_ONLY    /* proven: a value with this BLAKE2b-256; its bytes are not there */
} mote_value_state;
const char *
mote_value_state_name(mote_value_state state); /* "unknown", "value", "absent", "hash-only" */

/* What is proven of one key. Evidence: filled by the reading functions only. */
typedef struct mote_proven_value {
    mote_value_state state;
    mote_bytes value;      /* PRESENT; borrowed from the proof */
    mote_hash value_hash;  /* HASH_ONLY */
    mote_state_root under; /* the state this is true in */
} mote_proven_value;

/* Which trie of a proof: the main one, or a child trie whose root was proven in it. Cheap to
 * copy. */
typedef struct mote_trie_view {
    const mote_proof *proof;
    mote_hash root;
    bool absent; /* the child trie does not exist: every key in it is absent */
    bool is_child;
} mote_trie_view;

mote_trie_view mote_proof_main(const mote_proof *proof);
/* The default child trie stored under `child_key` (without MOTE_CHILD_TRIE_PREFIX): `out->absent`
 * where the main trie has no root for it, which makes all its keys absent. E_CHILD_ROOT where the
 * value there is not 32 bytes, E_VALUE_NOT_IN_PROOF where only its hash is known. */
MOTE_MUST_USE mote_status mote_proof_child(mote_context *context, mote_trie_view *out,
                                           const mote_proof *proof, mote_bytes child_key);

/* One key. MOTE_OK for value, absence and hash-only alike: `out->state` says which.
 * E_PROOF_INCOMPLETE where the proof does not reach far enough, with the fault's `at` at the
 * last node. */
MOTE_MUST_USE mote_status mote_trie_read(mote_context *context, mote_proven_value *out,
                                         const mote_trie_view *view, mote_bytes key);

/* Many keys of one trie, one after another: of each the same as mote_trie_read says, a failure too,
 * which is of that key only. What a key has in common with the one before is not walked again: in
 * ascending order that is most of the way. Keys need not stay. Takes context memory until released:
 * less than 8 KiB. Where the root is not in the proof, begin says so. */
typedef struct mote_trie_reader mote_trie_reader;
MOTE_MUST_USE mote_status mote_trie_reader_begin(mote_context *context, mote_trie_reader **out,
                                                 const mote_trie_view *view);
MOTE_MUST_USE mote_status mote_trie_reader_read(mote_context *context, mote_trie_reader *reader,
                                                mote_proven_value *out, mote_bytes key);

/* Many keys at once: each of them, in strictly ascending order, has the value expected of it. A
 * hash-only value is compared by hash. E_VALUE_MISMATCH (the fault's index is the key's) where
 * one has another or none, or one has a value where absence is expected; E_BAD_ARGUMENT where a
 * key repeats or is out of order. */
typedef struct mote_expected_value {
    mote_bytes key;
    bool absent;
    mote_bytes value; /* unless absent */
} mote_expected_value;
MOTE_MUST_USE mote_status mote_trie_expect(mote_context *context, const mote_trie_view *view,
                                           const mote_expected_value *expected, size_t count);

/* The Merkle value of the smallest subtree that holds every key under `prefix` (given in
 * nibbles, one a byte): equal Merkle values mean equal content. size 0: proven that no key is
 * under it. */
typedef struct mote_merkle_value {
    uint8_t bytes[32];
    size_t size;
} mote_merkle_value;
MOTE_MUST_USE mote_status mote_trie_merkle_value(mote_context *context, mote_merkle_value *out,
                                                 const mote_trie_view *view, const uint8_t *nibbles,
                                                 size_t nibble_count);

/* --- enumerating ------------------------------------------------------------------------------ */
/* Nodes that one enumeration may visit, for entries of so many bytes in all. A trie whose nodes are
 * not shared has fewer nodes than bytes, so no honest proof comes near; one whose nodes are can
 * unfold to any number of keys: E_LIMIT_WORK. */
#define MOTE_SCAN_WORK(proof_bytes) (UINT64_C(65536) + UINT64_C(4) * (proof_bytes))

/* All keys under a prefix, in ascending order. The list is complete if and only if next ends it
 * with MOTE_OK and `*more` false; a missing node on the way gives E_PROOF_INCOMPLETE at that
 * point (what was told before it is true), a missing value only MOTE_VALUE_HASH_ONLY. After a
 * failure the scan gives it again. Takes context memory until released: less than 70 KiB.
 * E_LIMIT_SIZE for keys and prefixes beyond MOTE_MAX_KEY_SIZE. */
typedef struct mote_trie_scan mote_trie_scan;
MOTE_MUST_USE mote_status mote_trie_scan_begin(mote_context *context, mote_trie_scan **out,
                                               const mote_trie_view *view, mote_bytes prefix);
/* `*key` is valid until the next call. Keys of an odd number of nibbles are no storage keys and
 * are passed over. */
MOTE_MUST_USE mote_status mote_trie_scan_next(mote_context *context, mote_trie_scan *scan,
                                              bool *more, mote_bytes *key,
                                              mote_proven_value *value);
/* The smallest key greater than `key` that starts with `prefix`; `*found` false: proven that
 * there is none. The key is written to `out` (MOTE_MAX_KEY_SIZE bytes). Needs the path to `key`,
 * or to the prefix where that is greater, and the path to the result. */
MOTE_MUST_USE mote_status mote_trie_next_key(mote_context *context, bool *found, uint8_t *out,
                                             size_t *out_size, const mote_trie_view *view,
                                             mote_bytes key, mote_bytes prefix);

/* --- the path, for people who want to see it -------------------------------------------------- */
typedef struct mote_path_step {
    mote_bytes node;          /* encoding of the node, borrowed */
    mote_merkle_value merkle; /* how its parent names it (the root's is its hash) */
    uint32_t depth;           /* nibbles of the key before this node's partial key */
    uint32_t partial_size;    /* nibbles of its partial key */
    uint16_t children;        /* bitmap; 0 for a leaf */
    uint8_t child;            /* the nibble the walk takes below it; 16 where it ends here */
    bool inline_node;         /* inside its parent rather than named by hash */
    bool hashed_value;
} mote_path_step;
/* As mote_trie_read, and tells each node on the way. `*count`: in capacity, out steps written; with
 * an error, those up to the node at which it occurred. E_BUFFER_TOO_SMALL where there are more: a
 * key of n bytes has at most 2n + 1. A trie without content has no step. */
MOTE_MUST_USE mote_status mote_trie_path(mote_context *context, mote_proven_value *out,
                                         mote_path_step *steps, size_t *count,
                                         const mote_trie_view *view, mote_bytes key);

/* --- building roots --------------------------------------------------------------------------- */
typedef struct mote_trie_entry {
    mote_bytes key;
    mote_bytes value;
} mote_trie_entry;
typedef enum mote_state_version { MOTE_STATE_V0 = 0, MOTE_STATE_V1 = 1 } mote_state_version;

/* Root of a trie with exactly this content. Sorts `entries` in place (by heap sort: no order is
 * slow); a key given twice is E_BAD_ARGUMENT. Child tries are the caller's: their roots are
 * values in the main trie, itself without empty ones. Memory only while it runs, for the
 * branches above one key and for nodes that are hashed together (70 KiB at most for keys of 32
 * bytes): mote_trie_root_memory bounds it for both functions. */
MOTE_MUST_USE mote_status mote_trie_root(mote_context *context, mote_hash *out,
                                         mote_trie_entry *entries, size_t count,
                                         mote_state_version version);
/* The same in parts, for hosts that have several threads: the content is split into subtrees, each is
 * hashed by whoever likes, in any order, and the results are joined. Every part but those that are
 * keys of their own (`is_key`: nothing to be done) must be done before: E_BAD_ARGUMENT, with its
 * number as the fault's index. Entries are sorted by split, and must stay as they are after it.
 * `*part_count`: in room for parts, of which 17 is the least that splits anything; out how many
 * there are. A value that is large is a part of its own, and never smaller. mote_trie_root_part
 * writes to its part only, needs a context for each thread, and of that at most what
 * mote_trie_root_memory says for it. */
typedef struct mote_trie_part {
    size_t first, count; /* entries, after sorting */
    size_t weight;       /* about how much work it is: those with the most are best begun first */
    size_t depth;        /* nibbles that are not its own: above its top node */
    bool is_key;         /* the value of a branch above other parts */
    mote_merkle_value merkle; /* of its top node; size 0: not done */
} mote_trie_part;
MOTE_MUST_USE mote_status mote_trie_root_split(mote_context *context, mote_trie_part *parts,
                                               size_t *part_count, mote_trie_entry *entries,
                                               size_t count);
MOTE_MUST_USE mote_status mote_trie_root_part(mote_context *context, mote_trie_part *part,
                                              const mote_trie_entry *entries,
                                              mote_state_version version);
MOTE_MUST_USE mote_status mote_trie_root_join(mote_context *context, mote_hash *out,
                                              const mote_trie_part *parts, size_t part_count,
                                              const mote_trie_entry *entries,
                                              mote_state_version version);
/* Root of the ordered trie Compact(index) -> item: the extrinsics root, in V0 for runtimes with
 * system version 0 and 1 and in V1 from 2. */
MOTE_MUST_USE mote_status mote_ordered_trie_root(mote_context *context, mote_hash *out,
                                                 const mote_bytes *items, size_t count,
                                                 mote_state_version version);
size_t mote_trie_root_memory(size_t count, size_t longest_key);

#ifdef __cplusplus
}
#endif
#endif
