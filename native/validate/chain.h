/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A chain of blocks followed from its genesis: links, authorship (BABE or Aura), GRANDPA sets and the justifications
 * attached to blocks, BEEFY sets and theirs. Recorded files and running nodes are judged by the same code.
 */
#ifndef MOTE_NATIVE_VALIDATE_CHAIN_H
#define MOTE_NATIVE_VALIDATE_CHAIN_H

#include "mote/aura.h"
#include "mote/babe.h"
#include "mote/beefy.h"
#include "mote/block.h"
#include "mote/grandpa.h"
#include "validate.h"

/* A block as it came; everything is borrowed and outlives the chain. */
typedef struct chain_block {
    uint32_t number; /* of the case */
    mote_bytes header;
    bool has_hash;
    mote_hash hash; /* as said with it */
    const mote_bytes *extrinsics;
    size_t extrinsic_count;
    bool has_body;
    mote_bytes grandpa, beefy; /* justifications; empty where there are none */
} chain_block;

#define CHAIN_BEEFY_SETS 64u
/* Blocks whose authors are judged together. */
#define CHAIN_AHEAD 256u

typedef struct chain {
    const spec *spec;    /* NULL: where the chain starts is not known */
    const char *why_not; /* authorship cannot be judged */
    enum { CHAIN_UNKNOWN, CHAIN_BABE, CHAIN_AURA } consensus;
    uint64_t slot_now; /* later ones are refused; 2^64 - 1 for recordings */
    mote_babe_position babe;
    mote_aura_position aura;
    uint32_t begin;     /* the block whose state it starts from */
    mote_header *ahead; /* headers of blocks to come, by authors that have been judged and hold: */
    size_t ahead_at, ahead_count;
    bool has_last;
    mote_header last;
    bool broken;       /* a block did not hold: nothing from there on is used */
    bool author_holds; /* of the last block: only then does what it says count before it is final */
    uint32_t final;    /* the highest block that a justification has made final */
    /* GRANDPA: the set that finalizes the next block, as the headers announce it. */
    bool has_set;
    mote_authority_list set;
    uint64_t set_id;
    bool has_change;
    mote_authority_list change;
    uint64_t change_at;
    bool change_counts; /* its author was judged, or the block that announces it is final */
    /* BEEFY sets by the headers that announced them, and what a set of them has signed last. */
    struct {
        uint64_t id;
        mote_bytes keys; /* SCALE */
        uint32_t from;
        bool counts;
    } beefy_sets[CHAIN_BEEFY_SETS];
    uint32_t beefy_set_count;
    mote_voter *voters;
} chain;

void chain_open(chain *chain, const spec *spec);
void chain_close(chain *chain);
/* Slots of an epoch, where nothing says it: the length with which the blocks that announce epochs are those that begin
 * one. 0 where there is none. */
uint64_t chain_guess_epoch(const mote_header *headers, size_t count);
/* Block 0: everything that starts there. `epoch_slots` 0: authorship is not judged. */
void chain_begin(chain *chain, mote_context *context, const mote_hash *genesis,
                 uint64_t epoch_slots);
/* The GRANDPA set of block 1, as a genesis state has it. */
bool chain_first_set(const spec *spec, mote_context *context, mote_authority_list *out);
/* The value of an item that a proof has; false where it has none. */
bool chain_read_item(mote_context *context, mote_bytes *out, const mote_proof *proof,
                     const char *pallet, const char *item);
/* Another block than 0, which the next one has to follow; and what a proof of its state says: epochs, authorities, sets.
 * The proof, of mote_babe_state_keys and of the other pallets' Authorities and set ids, outlives the chain. */
void chain_link_to(chain *chain, const mote_header *header);
void chain_begin_at(chain *chain, mote_context *context, const mote_proof *proof,
                    uint64_t epoch_slots);
/* These are said to come next: the authors of as many as hold are judged together, which is several times cheaper. What
 * becomes of each block is told when it comes, and is what it were without: another one than was said is judged by itself. */
void chain_expect(worker *worker, chain *chain, const chain_block *blocks, size_t count);
/* The next block: header-link, babe-chain or aura-chain, grandpa-justification, beefy. */
void chain_follow(worker *worker, const job *job, chain *chain, const chain_block *block);
/* Of that: babe-chain or aura-chain. */
void chain_follow_author(worker *worker, const job *job, chain *chain, uint32_t number,
                         const mote_header *header);
/* From here on nothing is known: neither authors nor sets. */
void chain_break_off(chain *chain, const char *why);
/* Only what its digest says of sets: for headers that somebody vouches for. */
void chain_note(chain *chain, const mote_header *header);
/* The GRANDPA set of the block that follows, built; false where none is known. */
bool chain_grandpa_set(chain *chain, mote_context *context, mote_authority_set *out);
/* The BEEFY set by its id. */
bool chain_beefy_set(const chain *chain, mote_context *context, mote_beefy_set *out, uint64_t id);

/* The MMR root after this block, as its digest says; false where it says none. */
bool chain_mmr_root(mote_hash *out, const mote_header *header);

/* A block by itself: header, extrinsics-root. */
void chain_block_alone(worker *worker, const job *job, const chain_block *block);
/* Submits the blocks of a document: each by itself, and together as a chain. */
void chain_submit(plan *plan, document *document, const chain_block *blocks, size_t count);

#endif
