/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Proof bundles: one file that carries everything between a trusted checkpoint and a value (docs/spec/bundle.md).
 * Verified offline: the bundle, a checkpoint the caller trusts (never taken from the bundle) and the time.
 *
 * The verdict is a list of links in order, each with what it proved; the first one that does not hold ends it, and
 * what came before it stays verified. The walk is sans-I/O and resumable by link, so that a host can time each one
 * and draw it:
 *
 *     mote_bundle_open(context, &bundle, bytes);
 *     mote_bundle_begin(context, &walk, &bundle, &checkpoint, now);
 *     do { status = mote_bundle_next(context, walk, &link, &more); } while (status == MOTE_OK && more);
 */
#ifndef MOTE_BUNDLE_H
#define MOTE_BUNDLE_H

#include "mote/checkpoint.h"
#include "mote/para.h"
#include "mote/warp.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mote_link_kind {
    MOTE_LINK_CHECKPOINT = 1,    /* the trusted checkpoint is the bundle's, and of an age */
    MOTE_LINK_HANDOVER = 2,      /* a warp fragment that hands over to the next set */
    MOTE_LINK_FINALITY = 3,      /* a justification (or last warp fragment): a block is final */
    MOTE_LINK_HEADER = 4,        /* the parent of a final relay header */
    MOTE_LINK_STATE = 5,         /* storage of the relay chain: one key, absence, or a prefix */
    MOTE_LINK_PARA_HEAD = 6,     /* the parachain's head in the relay chain's state */
    MOTE_LINK_PARA_HEADER = 7,   /* the parent of a final parachain header */
    MOTE_LINK_PARA_STATE = 8     /* storage of the parachain */
} mote_link_kind;
const char *mote_link_kind_name(mote_link_kind kind); /* "checkpoint", "handover", "finality", "header", ... */

typedef struct mote_link {
    mote_link_kind kind;
    uint32_t index;          /* position in the list */
    size_t offset, size;     /* the bytes of the bundle this link judged */
    mote_hash hash;          /* block, state root or head: what it is about */
    uint32_t number;
    uint32_t para_id;
    mote_age age;                     /* CHECKPOINT */
    mote_justification_report report; /* HANDOVER, FINALITY */
    uint64_t next_set_id;             /* HANDOVER */
    uint32_t next_authorities;        /* HANDOVER */
    mote_bytes key;                   /* STATE, PARA_STATE; borrowed */
    mote_bytes child_key;             /* where the key is in a child trie; empty: main trie */
    mote_proven_value value;          /* STATE, PARA_STATE, PARA_HEAD */
} mote_link;

/* Read, not judged. Borrows the input. */
typedef struct mote_bundle {
    mote_bytes encoded;
    uint16_t version;
    mote_hash genesis;            /* zero where not said */
    mote_hash checkpoint_digest;  /* which checkpoint it was made for; zero: any */
    uint32_t sections;
    mote_bytes body;
    char chain[33];               /* chain name, for people; NUL-terminated */
} mote_bundle;
MOTE_MUST_USE mote_status mote_bundle_open(mote_context *context, mote_bundle *out, mote_bytes input);
bool mote_bundle_looks_like_one(mote_bytes input);

typedef struct mote_bundle_walk mote_bundle_walk;
/* Memory of the context until the mark taken before is released. `now_seconds` 0: age unknown, which is an
 * assumption. An expired checkpoint fails at the first link, by its name. */
MOTE_MUST_USE mote_status mote_bundle_begin(mote_context *context, mote_bundle_walk **out,
                                            const mote_bundle *bundle, const mote_checkpoint *checkpoint,
                                            uint64_t now_seconds);
/* The next link. MOTE_OK: `*more` says whether `link` is filled (false: the end, everything holds). On a failure
 * `link` says which one it was, as far as known. */
MOTE_MUST_USE mote_status mote_bundle_next(mote_context *context, mote_bundle_walk *walk, mote_link *link,
                                           bool *more);
/* What all verified links together say: bits of mote_assumption. */
uint32_t mote_bundle_assumed(const mote_bundle_walk *walk);
/* The block the bundle leads to: the lowest relay header, or parachain header, that was proven. */
bool mote_bundle_target(const mote_bundle_walk *walk, mote_hash *hash, uint32_t *number, bool *is_parachain);

/* --- making one ------------------------------------------------------------------------------------------ */
/* The parts, in the formats the nodes give them. The writer only arranges; verify the result. */
typedef struct mote_bundle_query {
    mote_bytes key;       /* or prefix */
    mote_bytes child_key; /* empty: main trie */
    bool is_prefix;
    bool expects;         /* `expected` (or absence) is part of the bundle's claim */
    bool expects_absent;
    mote_bytes expected;
} mote_bundle_query;
typedef struct mote_bundle_parts {
    const char *chain;
    mote_hash genesis;
    mote_hash checkpoint_digest;
    mote_bytes warp;           /* a whole warp proof, or empty */
    mote_bytes justification;  /* of headers[0], or empty (then the warp proof's last header is headers[0]) */
    const mote_bytes *headers; /* relay headers from the justified one down to the one asked for */
    size_t header_count;
    mote_bytes relay_proof;    /* SCALE Vec<Vec<u8>> under the last header, or empty */
    const mote_bundle_query *relay_queries;
    size_t relay_query_count;
    bool has_para;
    uint32_t para_id;
    mote_bytes para_proof;          /* of Paras::Heads under the last relay header */
    const mote_bytes *para_headers; /* from the head down to the one asked for */
    size_t para_header_count;
    mote_bytes para_state_proof;    /* under the last parachain header, or empty */
    const mote_bundle_query *para_queries;
    size_t para_query_count;
} mote_bundle_parts;
void mote_bundle_encode(mote_writer *writer, const mote_bundle_parts *parts);

#ifdef __cplusplus
}
#endif
#endif
