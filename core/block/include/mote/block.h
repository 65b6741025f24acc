/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks: is a body its header's, and what to make of blocks that arrive one by one, on forks, before they are final.
 * (sc_consensus block_import, sc_consensus_babe, sp_blockchain; verification-rules A.2, C.4, H.6 rows V18-V30.)
 *
 * Not checked anywhere here: what only the runtime can judge, that is, whether the state root is what executing the body
 * gives. A block of the tree is well made and by whom it says; it is true when it is final.
 */
#ifndef MOTE_BLOCK_H
#define MOTE_BLOCK_H

#include "mote/aura.h"
#include "mote/babe.h"
#include "mote/bytes.h"
#include "mote/context.h"
#include "mote/evidence.h"
#include "mote/grandpa.h"
#include "mote/header.h"
#include "mote/seal.h"
#include "mote/trie.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- bodies --------------------------------------------------------------------------------------------- */
/* Extrinsics of one block; the largest real blocks have some thousand. */
#define MOTE_MAX_EXTRINSICS 131072u

/* An extrinsic as it stands in a body: its length as a compact integer and its bytes, together. */
typedef struct mote_body {
    mote_bytes *extrinsics; /* in the context's memory until the caller releases it */
    uint32_t count;
} mote_body;
/* SCALE Vec<OpaqueExtrinsic>, to the last byte; borrows it. E_LIMIT_COUNT above MOTE_MAX_EXTRINSICS. */
MOTE_MUST_USE mote_status mote_body_decode(mote_context *context, mote_body *out, mote_bytes input);

/* The extrinsics are the header's, in this order and no others: E_EXTRINSICS_ROOT if not. `version` is V0 for runtimes
 * with system version 0 and 1, V1 from 2. Memory only while it runs. Each extrinsic is bytes here: nodes would refuse one
 * that is not a compact length and as many bytes when they decode the body. */
MOTE_MUST_USE mote_status mote_body_check(mote_context *context, const mote_header *header,
                                          const mote_bytes *extrinsics, size_t count,
                                          mote_state_version version);
/* For whom the runtime's version is not known: the version under which they are the header's. Sound, for in either one
 * the root names the extrinsics. */
MOTE_MUST_USE mote_status mote_body_find_version(mote_context *context, mote_state_version *out,
                                                 const mote_header *header,
                                                 const mote_bytes *extrinsics, size_t count);

/* --- justifications attached to blocks ------------------------------------------------------------------- */
/* SCALE Vec<(engine[4], Vec<u8>)>, as stored and sent with a block: decoded to the last byte; the first one of the engine
 * ("FRNK", "BEEF"), if any. Engines that nobody knows are no fault. */
MOTE_MUST_USE mote_status mote_block_justification_find(mote_context *context, bool *found,
                                                        mote_bytes *out, mote_bytes list,
                                                        const char engine[4]);
/* The GRANDPA one of such a list proves the header final: mote_justification_verify. E_LINK_MISSING where there is none.
 * `report` may be NULL. */
MOTE_MUST_USE mote_status mote_block_justification_verify(
    mote_context *context, mote_finalized_header *out, mote_justification_report *report,
    const mote_header *header, const mote_authority_set *set, mote_bytes list);

/* --- the tree of blocks above the final one ---------------------------------------------------------------- */
/* A tree of forks with a fixed capacity: all its memory is taken from the context at its creation. */
typedef struct mote_block_tree mote_block_tree;

typedef struct mote_tree_limits {
    uint32_t blocks; /* above the final one; 1 .. MOTE_MAX_TREE_BLOCKS */
    /* Different epochs (from 3) or Aura's lists (from 2) at a time; .. MOTE_MAX_TREE_LISTS */
    uint32_t lists;
    uint32_t authorities; /* in one of them; 1 .. MOTE_MAX_AUTHORITIES */
    uint32_t
        per_slot; /* blocks of one author for one slot, from 1: what is above is equivocation spam */
} mote_tree_limits;
#define MOTE_MAX_TREE_BLOCKS 16384u
#define MOTE_MAX_TREE_LISTS 1024u
/* 512 blocks, 8 epochs of 1024 authorities, 4 blocks of an author for a slot: 0.4 MiB. */
mote_tree_limits mote_tree_default_limits(void);
/* Bytes of context memory that such a tree takes; 0 where the limits are none. */
size_t mote_block_tree_memory(const mote_tree_limits *limits);

/* A tree whose final block is where the position is; copies the authorities it needs. E_BAD_ARGUMENT for limits out of
 * range, E_LIMIT_COUNT for more authorities than the limits have, E_AUTHORITIES_INVALID for an Aura position without any,
 * E_LIMIT_MEMORY. */
MOTE_MUST_USE mote_status mote_block_tree_of_babe(mote_context *context, mote_block_tree **out,
                                                  const mote_tree_limits *limits,
                                                  const mote_babe_position *final);
MOTE_MUST_USE mote_status mote_block_tree_of_aura(mote_context *context, mote_block_tree **out,
                                                  const mote_tree_limits *limits,
                                                  const mote_aura_position *final);

typedef struct mote_tree_block {
    mote_hash hash;
    mote_hash parent_hash; /* zero for the final block */
    uint32_t number;
    uint64_t slot;
    uint32_t weight; /* BABE: primary claims from the tree's start on; Aura: 0 */
    uint32_t author_index;
} mote_tree_block;

typedef enum mote_finality_result {
    MOTE_FINALITY_NONE = 0, /* with an error */
    MOTE_FINALITY_ADVANCED, /* the final block is this one; what does not descend from it is gone */
    MOTE_FINALITY_NOTHING_NEW, /* it is the final block already, or below it */
    /* Not in the tree yet: becomes final when it is imported, and nothing beside it is taken until then. Of several only
     * the highest is awaited. (Its ancestors are blocks like others until then: where limits hold them back, they are
     * judged by hand, and a new tree is made of what they lead to.) */
    MOTE_FINALITY_AWAITED
} mote_finality_result;
const char *mote_finality_result_name(mote_finality_result result); /* "none", "advanced", ... */

typedef struct mote_finality {
    mote_finality_result result;
    uint32_t dropped; /* blocks that contradict it, gone from the tree */
    /* Finality contradicts what was followed: the best block until now is one of them. Whatever was shown of it and of
     * its ancestors down to the fork was never final, and has to be taken back. */
    bool contradicted;
    mote_tree_block was_best;
} mote_finality;

typedef enum mote_import_result {
    MOTE_IMPORT_NONE = 0, /* with an error: the tree is as it was */
    MOTE_IMPORT_ADDED,
    MOTE_IMPORT_KNOWN,   /* it is in the tree already, or the final block */
    MOTE_IMPORT_DEFERRED /* its slot has not begun: nothing is kept, offer it again then */
} mote_import_result;
const char *mote_import_result_name(mote_import_result result); /* "none", "added", ... */

typedef struct mote_import {
    mote_import_result result;
    bool is_best;           /* the block is the best one now */
    bool reorganized;       /* the best one of before is not its ancestor */
    bool equivocates;       /* its author has another block for the slot in the tree: */
    mote_hash other;        /* that one */
    uint32_t dropped;       /* lighter blocks that made room for it */
    mote_finality finality; /* ADVANCED where it was awaited as final, and is now the final block */
} mote_import;

/* A header whose parent is in the tree or final, judged by mote_babe_advance or mote_aura_advance with its statuses.
 *   E_PARENT_UNKNOWN        ask for the parent, no fault
 *   E_NOT_ON_FINAL_CHAIN    at or below the final block's height, or beside an awaited final block
 *   E_LIMIT_EQUIVOCATIONS   `per_slot` blocks of that author for that slot are there
 *   E_LIMIT_FORKS           the tree is full of blocks that are not lighter, or of lists
 *   E_FINALITY_CONFLICT     the tree has been given two final blocks that contradict each other: it takes nothing more
 * Limits and what a header claims come first: refusing a flood costs no signature.
 * Equivocations, forks and lists hold back no awaited final block: what does not descend from its parent goes first.
 * In a full tree the lightest tip (fewest primary claims, then lowest, then latest) makes room for a heavier block. */
MOTE_MUST_USE mote_status mote_block_tree_import(mote_context *context, mote_block_tree *tree,
                                                 mote_import *out, const mote_header *header,
                                                 uint64_t slot_now);

/* Headers one after the other, as by mote_block_tree_import, until one is refused: its status comes back, and `*imported`
 * is how many came in before it. `out`: `count` of them, zeros from the one that is refused on. Where headers stand on
 * each other their signatures are judged together (mote_babe_advance_many, also for memory), before the limits on
 * equivocations and lists are asked, but no more than the tree has room for. */
MOTE_MUST_USE mote_status mote_block_tree_import_many(mote_context *context, mote_block_tree *tree,
                                                      mote_import *out, size_t *imported,
                                                      const mote_header *headers, size_t count,
                                                      uint64_t slot_now);

/* A block that is final (evidence; E_NO_EVIDENCE otherwise). Another one at the height of the final or awaited block:
 * E_FINALITY_CONFLICT, and the tree takes nothing more: more than a third of a set's weight has signed both. */
MOTE_MUST_USE mote_status mote_block_tree_finalize(mote_context *context, mote_block_tree *tree,
                                                   mote_finality *out,
                                                   const mote_finalized_block *block);

mote_tree_block mote_block_tree_final(const mote_block_tree *tree);
mote_tree_block
mote_block_tree_best(const mote_block_tree *tree);           /* the final one in an empty tree */
uint32_t mote_block_tree_count(const mote_block_tree *tree); /* blocks above the final one */
bool mote_block_tree_find(const mote_block_tree *tree, mote_tree_block *out, const mote_hash *hash);
/* Blocks of the tree in no order, the final one among them: index from 0; false past the last. */
bool mote_block_tree_at(const mote_block_tree *tree, mote_tree_block *out, uint32_t index);
/* Is `block` `ancestor` or above it? false where one of them is not in the tree. */
bool mote_block_tree_descends(const mote_block_tree *tree, const mote_hash *block,
                              const mote_hash *ancestor);
/* Where a block of the tree stands, for judging its children by hand; lists point into the tree. false where the block is
 * not in the tree or the tree is not of that consensus. */
bool mote_block_tree_babe_position(const mote_block_tree *tree, mote_babe_position *out,
                                   const mote_hash *hash);
bool mote_block_tree_aura_position(const mote_block_tree *tree, mote_aura_position *out,
                                   const mote_hash *hash);

#ifdef __cplusplus
}
#endif
#endif
