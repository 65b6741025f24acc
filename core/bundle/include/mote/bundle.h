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
    MOTE_LINK_CHECKPOINT = 1, /* the trusted checkpoint is the bundle's, and of an age */
    MOTE_LINK_HANDOVER =
        2, /* a warp fragment that hands over to the next set: its block is final too */
    MOTE_LINK_FINALITY =
        3, /* a justification, or a last warp fragment without hand-over: a block is final */
    MOTE_LINK_HEADER = 4, /* the parent of a final relay header */
    MOTE_LINK_STATE =
        5, /* storage of the relay chain: one key, one of a list, or the end of a list */
    MOTE_LINK_PARA_HEAD = 6,   /* the parachain's head in the relay chain's state */
    MOTE_LINK_PARA_HEADER = 7, /* the parent of a final parachain header */
    MOTE_LINK_PARA_STATE = 8   /* storage of the parachain, as STATE */
} mote_link_kind;
/* With threads only: no link yet (mote_bundle_use_threads). */
#define MOTE_LINK_NONE ((mote_link_kind)0)
const char *
mote_link_kind_name(mote_link_kind kind); /* "checkpoint", "handover", "finality", "header", ... */

/* What was asked of a state (docs/spec/bundle.md). */
typedef enum mote_question {
    MOTE_ASK_READ = 0, /* whatever is proven of the key */
    MOTE_ASK_EQUALS =
        1, /* E_VALUE_MISMATCH unless it is the expected value, or only its hash is proven and fits */
    MOTE_ASK_ABSENT = 2, /* E_VALUE_MISMATCH unless absence is proven */
    MOTE_ASK_LIST = 3, /* all keys under a prefix: a link for each, then one that closes the list */
    MOTE_ASK_NONE = 4  /* E_VALUE_MISMATCH unless it is proven that no key is under the prefix */
} mote_question;
const char *
mote_question_name(mote_question question); /* "read", "equals", "absent", "list", "none" */

typedef struct mote_link {
    mote_link_kind kind;
    uint32_t index;       /* position in the list */
    size_t offset, size;  /* the bytes of the bundle this link judged */
    mote_hash hash;       /* the block it is about (STATE: whose state it is) */
    uint32_t number;      /* of that block */
    mote_hash state_root; /* of that block, where its header is known */
    uint32_t para_id;     /* PARA_ */
    mote_age age;         /* CHECKPOINT */
    uint64_t set_id;      /* CHECKPOINT, HANDOVER, FINALITY: of the set that finalized, or will */
    uint32_t authorities; /* CHECKPOINT: entries of its set */
    mote_justification_report report; /* HANDOVER, FINALITY; zeroed at a hard fork */
    bool hard_fork;                   /* HANDOVER: by the chain's list, without a justification */
    uint64_t next_set_id;             /* HANDOVER */
    uint32_t next_authorities;        /* HANDOVER */
    mote_question question;           /* STATE, PARA_STATE */
    mote_bytes child_key; /* where the key is in a child trie; empty: main trie; borrowed */
    mote_bytes key; /* the key, or the prefix; a listed key until the next call, else borrowed */
    bool listed;    /* one of a list's keys */
    bool
        list_complete; /* `key` is a prefix, and the `listed_count` keys before are all there are */
    uint32_t listed_count;
    mote_proven_value value; /* STATE, PARA_STATE except list_complete; PARA_HEAD: the head data */
} mote_link;

typedef enum mote_section {
    MOTE_SECTION_WARP = 1,
    MOTE_SECTION_JUSTIFICATION = 2,
    MOTE_SECTION_HEADERS = 3,
    MOTE_SECTION_STATE = 4,
    MOTE_SECTION_PARA_HEAD = 5,
    MOTE_SECTION_PARA_HEADERS = 6,
    MOTE_SECTION_PARA_STATE = 7
} mote_section;
#define MOTE_BUNDLE_SECTIONS 7u
#define MOTE_BUNDLE_SECTION_HEAD 5u /* type and length in front of a section's content */
const char *
mote_section_name(mote_section section); /* "warp", "justification", "headers", "state", ... */

/* Read, not judged: magic, version, name and the order and lengths of sections, to the last byte. Borrows the
 * input. E_BAD_FORMAT, E_VERSION, E_BAD_ENUM (unknown section), E_TRUNCATED, E_LENGTH_BEYOND_INPUT. */
typedef struct mote_bundle {
    mote_bytes encoded;
    uint16_t version;
    char chain[33];                               /* chain name, for people; NUL-terminated */
    mote_hash genesis;                            /* zero where not said */
    mote_hash checkpoint_digest;                  /* which checkpoint it was made for; zero: any */
    size_t head_size;                             /* bytes before the first section */
    mote_bytes section[MOTE_BUNDLE_SECTIONS + 1]; /* contents by mote_section; size 0: left out */
} mote_bundle;
MOTE_MUST_USE mote_status mote_bundle_open(mote_context *context, mote_bundle *out,
                                           mote_bytes input);
bool mote_bundle_looks_like_one(mote_bytes input);

typedef struct mote_bundle_walk mote_bundle_walk;
/* Memory of the context until the mark taken before is released; input and checkpoint must outlive the walk, the bundle
 * struct is copied. `now_seconds` 0: age unknown, which is an assumption. An expired checkpoint fails at the first link,
 * by its name. E_NO_EVIDENCE for a checkpoint that no loader filled, E_BAD_ARGUMENT for a bundle that was not opened. */
MOTE_MUST_USE mote_status mote_bundle_begin(mote_context *context, mote_bundle_walk **out,
                                            const mote_bundle *bundle,
                                            const mote_checkpoint *checkpoint,
                                            uint64_t now_seconds);
/* The next link. MOTE_OK: `*more` says whether `link` is filled (false: the end, everything holds). On a failure
 * `link` says which one it was, as far as known, and the fault's `at` is a byte of the bundle. The first failure
 * latches. A hand-over may take the time of several: their signatures are verified together. */
MOTE_MUST_USE mote_status mote_bundle_next(mote_context *context, mote_bundle_walk *walk,
                                           mote_link *link, bool *more);
/* Signatures on so many threads (mote/work.h), to be said before the first link. Then next may come back with a link of
 * kind NONE: units can be taken from mote_bundle_work, and where the walk is stuck, a verdict has to be joined (or
 * mote_work_judge_oldest called) before next is called again. The links, and what fails, are the same as without. Memory
 * besides: mote_warp_threads_memory of the checkpoint's set, mote_justification_split_memory. */
void mote_bundle_use_threads(mote_bundle_walk *walk, uint32_t threads);
mote_work *mote_bundle_work(mote_bundle_walk *walk); /* NULL where there is none */
bool mote_bundle_is_stuck(const mote_bundle_walk *walk);
/* What all verified links together say: bits of mote_assumption. */
uint32_t mote_bundle_assumed(const mote_bundle_walk *walk);
/* The block the bundle leads to: the lowest relay header, or parachain header, that was proven. */
bool mote_bundle_target(const mote_bundle_walk *walk, mote_hash *hash, uint32_t *number,
                        bool *is_parachain);

/* --- making one ------------------------------------------------------------------------------------------ */
/* The parts, in the formats the nodes give them. The writer only arranges; verify the result. */
typedef struct mote_bundle_query {
    mote_question question;
    mote_bytes key;       /* or prefix */
    mote_bytes child_key; /* empty: main trie */
    mote_bytes expected;  /* with MOTE_ASK_EQUALS */
} mote_bundle_query;
typedef struct mote_bundle_parts {
    const char *chain;
    mote_hash genesis;
    mote_hash checkpoint_digest;
    mote_bytes warp; /* a whole warp proof, or empty */
    mote_bytes
        justification; /* of headers[0], or empty (then headers[0] is the warp proof's last header, or the
                                  checkpoint's without a warp proof, or the parent of that) */
    const mote_bytes *headers; /* relay headers from the justified one down to the one asked for */
    size_t header_count;
    mote_bytes relay_proof; /* SCALE Vec<Vec<u8>> under the last header, or empty */
    const mote_bundle_query *relay_queries;
    size_t relay_query_count;
    bool has_para;
    uint32_t para_id;
    mote_bytes para_proof;          /* of Paras::Heads under the last relay header */
    const mote_bytes *para_headers; /* from the head, or its parent, down to the one asked for */
    size_t para_header_count;
    mote_bytes para_state_proof; /* under the last parachain header, or empty */
    const mote_bundle_query *para_queries;
    size_t para_query_count;
} mote_bundle_parts;
void mote_bundle_encode(mote_writer *writer, const mote_bundle_parts *parts);

#ifdef __cplusplus
}
#endif
#endif
