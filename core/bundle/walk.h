/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The walk from checkpoint to value (docs/spec/bundle.md, Verification). One stage a section; a stage's step makes one
 * link, or says that it has none left. Each file walk_*.c holds the steps of some stages.
 */
#ifndef MOTE_BUNDLE_WALK_H
#define MOTE_BUNDLE_WALK_H

#include "format.h"

typedef enum mote_bundle_stage {
    MOTE_STAGE_CHECKPOINT,
    MOTE_STAGE_WARP,
    MOTE_STAGE_FINALITY,
    MOTE_STAGE_HEADERS,
    MOTE_STAGE_STATE,
    MOTE_STAGE_PARA_HEAD,
    MOTE_STAGE_PARA_HEADERS,
    MOTE_STAGE_PARA_STATE,
    MOTE_STAGE_END
} mote_bundle_stage;

struct mote_bundle_walk {
    mote_bundle bundle;
    const mote_checkpoint *checkpoint;
    uint64_t now;
    mote_bundle_stage stage;
    size_t mark;          /* context memory above it belongs to the section in work */
    mote_fault latched;   /* the first failure */
    uint32_t links;       /* made so far */
    const uint8_t *piece; /* where the bytes of the next link begin */
    uint32_t assumed;

    mote_authority_set
        set; /* that finalizes what comes next; its voters are the checkpoint's or the warp's */
    bool reached; /* a final relay block, the checkpoint's first: */
    mote_hash hash;
    uint32_t number;
    bool has_header;              /* and its header is known: */
    mote_finalized_header header; /* the lowest relay header proven */
    mote_para_head_state head;    /* what the relay state says of the parachain */
    uint32_t para_id;
    mote_para_header para; /* the lowest parachain header proven, with head HEADER */

    /* The section in work. */
    mote_cursor cursor; /* headers, questions */
    bool opened;
    mote_warp *warp;
    bool warp_fed;
    mote_status warp_failure; /* latched by the decoder; told after the links before it */
    mote_fault warp_fault;
    mote_cursor fragments; /* over the warp proof once more, for the places of its fragments */
    uint32_t threads;      /* that judge signatures; 0: none */
    mote_work *work;
    bool is_waiting, is_stuck; /* no link yet; and none before a verdict comes */
    mote_split_justification *split;
    mote_justification_report split_report;
    mote_header justified; /* the header of the justification in work, where there is one */
    mote_link begun;       /* its link, while its signatures are with others */
    mote_proof proof;
    size_t proof_end;     /* context memory above it belongs to the list in work */
    mote_trie_scan *scan; /* of a list in work */
    mote_bundle_query query;
    uint32_t listed;
    size_t list_offset; /* of the question's bytes */
};

/* Each step: `*made` whether `link` is filled; OK without it: the stage is done. */
mote_status mote_bundle_step_checkpoint(mote_context *context, mote_bundle_walk *walk,
                                        mote_link *link, bool *made);
mote_status mote_bundle_step_warp(mote_context *context, mote_bundle_walk *walk, mote_link *link,
                                  bool *made);
mote_status mote_bundle_step_finality(mote_context *context, mote_bundle_walk *walk,
                                      mote_link *link, bool *made);
mote_status mote_bundle_step_headers(mote_context *context, mote_bundle_walk *walk, mote_link *link,
                                     bool *made);
mote_status mote_bundle_step_state(mote_context *context, mote_bundle_walk *walk, mote_link *link,
                                   bool *made);
mote_status mote_bundle_step_para_head(mote_context *context, mote_bundle_walk *walk,
                                       mote_link *link, bool *made);
mote_status mote_bundle_step_para_headers(mote_context *context, mote_bundle_walk *walk,
                                          mote_link *link, bool *made);
mote_status mote_bundle_step_para_state(mote_context *context, mote_bundle_walk *walk,
                                        mote_link *link, bool *made);

/* `header` is the lowest final relay header now. */
void mote_bundle_reach(mote_bundle_walk *walk, const mote_finalized_header *header);
/* The link's bytes: from where the last link ended to `end`. */
void mote_bundle_piece(mote_bundle_walk *walk, mote_link *link, const uint8_t *end);
const uint8_t *mote_bundle_section_end(const mote_bundle_walk *walk, mote_section section);
/* The section's cursor, opened at its first use where the last link ended, if that was inside the section. */
mote_cursor *mote_bundle_cursor(mote_bundle_walk *walk, mote_section section);
/* The next header of a list; its failure is at its own bytes. */
mote_status mote_bundle_next_header(mote_context *context, mote_bundle_walk *walk, mote_header *out,
                                    mote_link *link, mote_section section);

/* E_LINK_MISSING where no parachain head is proven, E_HEAD_NOT_HEADER where it is none. */
mote_status mote_bundle_require_para(mote_context *context, const mote_bundle_walk *walk);

#endif
