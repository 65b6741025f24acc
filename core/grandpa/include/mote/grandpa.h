/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GRANDPA finality (verification-rules B; sp_consensus_grandpa, finality-grandpa).
 *
 *   Justification   = round u64 ++ Commit ++ votes_ancestries: Vec<Header>
 *   Commit          = target_hash[32] ++ target_number u32 ++ Vec<SignedPrecommit>
 *   SignedPrecommit = hash[32] ++ number u32 ++ signature[64] ++ key[32]
 *   signed bytes    = 01 ++ hash[32] ++ number u32 ++ round u64 ++ set_id u64
 *
 * A precommit signs its own target, not the block the justification is for. So each counted vote must be for the
 * commit's target or for a block that the ancestry headers show, by hash and by number, to descend from it.
 *
 * Verdicts (rows of docs/rows.md): voters whose weight reaches the threshold, each counted once; votes beyond the
 * threshold are fine; any bad signature rejects, of a counted vote or not; an unknown voter rejects; a vote below
 * the target rejects unless its voter equivocates and both signatures hold; of equivocating voters both votes are
 * verified, the voter counts once, for everything, and is reported; a third vote is ignored; an unused or duplicate
 * ancestry header rejects. A target below the votes' GHOST is accepted: a final block's ancestors are final.
 *
 * Not checked: that the target is the newest final block; that the set is the chain's set (it is the caller's, or
 * the hand-over's); liveness of anything.
 */
#ifndef MOTE_GRANDPA_H
#define MOTE_GRANDPA_H

#include "mote/bytes.h"
#include "mote/context.h"
#include "mote/ed25519.h"
#include "mote/evidence.h"
#include "mote/header.h"
#include "mote/work.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- authority sets ------------------------------------------------------------------------------------- */
/* Voters with their weights, indexed for look-up. Keys that occur twice are one voter with the sum of the weights
 * (finality-grandpa's VoterSet). Lives in memory of the caller; fields are for reading. */
typedef struct mote_authority_set {
    uint64_t set_id;
    uint32_t assumed;         /* bits of mote_assumption: AUTHORITIES where the caller brought it */
    uint32_t listed;          /* entries of the list, duplicates included */
    uint32_t voters;          /* distinct keys */
    uint64_t total;           /* sum of weights */
    uint64_t threshold;       /* total - (total - 1) / 3 */
    uint64_t forgeable;       /* weight of keys that anybody can sign for */
    struct mote_voter *voter; /* `voters` entries sorted by key */
} mote_authority_set;

typedef struct mote_voter {
    uint8_t key[32];
    uint64_t weight;
} mote_voter;

/* `memory` takes at least list->count entries (`capacity`), alive as long as the set.
 * E_AUTHORITIES_INVALID: empty, a zero weight, a sum past 2^64. E_UNTRUSTWORTHY_SET: forgeable weight above
 * total - threshold. E_LIMIT_COUNT: above MOTE_MAX_AUTHORITIES; E_BUFFER_TOO_SMALL. */
MOTE_MUST_USE mote_status mote_authority_set_build(mote_context *context, mote_authority_set *out,
                                                   mote_voter *memory, size_t capacity,
                                                   const mote_authority_list *list, uint64_t set_id,
                                                   uint32_t assumed);
/* SCALE Vec<(key, weight)>, with or without the version byte 01 in front (`:grandpa_authorities`). */
MOTE_MUST_USE mote_status mote_authority_list_decode(mote_context *context,
                                                     mote_authority_list *out, mote_bytes input);
/* Index of a key, or MOTE_NO_INDEX. */
uint32_t mote_authority_set_find(const mote_authority_set *set, const uint8_t key[32]);
/* BLAKE2b-256 of the SCALE list of (key, weight) in key order: names a set. */
mote_hash mote_authority_set_digest(const mote_authority_set *set);

/* --- justifications ------------------------------------------------------------------------------------- */
#define MOTE_REPORTED_EQUIVOCATORS 16u

typedef struct mote_justification_report {
    uint64_t round;
    uint64_t set_id;
    mote_hash target_hash;
    uint32_t target_number;
    uint32_t precommits;     /* in the message */
    uint32_t counted_voters; /* distinct */
    uint64_t counted_weight;
    uint64_t threshold;
    uint64_t total;
    uint32_t ancestry_headers;
    uint32_t equivocators; /* how many voters voted twice; the first ones' keys: */
    uint8_t equivocator[MOTE_REPORTED_EQUIVOCATORS][32];
} mote_justification_report;

/* Verifies a whole justification and, if `header` is not NULL, that it is for that header (E_TARGET_MISMATCH,
 * E_TARGET_NUMBER). `out` is the final block (zeroed unless MOTE_OK); `report` may be NULL and is filled as far as
 * decoding went. Fault index: the precommit or ancestry header. Memory: mote_justification_memory. */
MOTE_MUST_USE mote_status mote_justification_verify(
    mote_context *context, mote_finalized_block *out, mote_justification_report *report,
    const mote_authority_set *set, mote_bytes justification, const mote_header *header);
/* Bytes of context memory for a justification of that size against a set of that many voters, at most. */
size_t mote_justification_memory(size_t justification_size, size_t voters);

/* The same with its signatures on other threads (mote/work.h), in so many units (1 to MOTE_MAX_WORK_UNITS) of equal size.
 * split does everything but the signatures, with the failures of mote_justification_verify; units are taken from
 * mote_justification_work and their verdicts joined; join judges here whatever has none yet, and gives what verify
 * would: once, then E_BAD_ARGUMENT. All of it lives in the context's memory until the caller releases the mark he took
 * before split; `report` and the justification's bytes have to live until join. */
typedef struct mote_split_justification mote_split_justification;
MOTE_MUST_USE mote_status mote_justification_split(mote_context *context,
                                                   mote_split_justification **out,
                                                   mote_justification_report *report,
                                                   const mote_authority_set *set,
                                                   mote_bytes justification,
                                                   const mote_header *header, uint32_t units);
mote_work *mote_justification_work(mote_split_justification *split);
MOTE_MUST_USE mote_status mote_justification_join(mote_context *context, mote_finalized_block *out,
                                                  mote_split_justification *split);
size_t mote_justification_split_memory(size_t justification_size, size_t voters, uint32_t units);

/* Structure only: decodes to the last byte, without judging votes. For tools that look at data. */
MOTE_MUST_USE mote_status mote_justification_decode(mote_context *context,
                                                    mote_justification_report *report,
                                                    mote_bytes justification);

/* In two steps, to verify the signatures of several justifications as one batch: check does everything but the
 * signatures and adds those to the open unit of `work` (E_LIMIT_COUNT where they do not fit), whose messages are of
 * MOTE_VOTE_SIZE; the result is worth nothing until that unit's verdict is good. Only the module warp uses it; hosts use
 * mote_justification_verify. */
#define MOTE_VOTE_SIZE 53u /* bytes a voter signs */
typedef struct mote_unsigned_block {
    mote_hash hash;
    uint32_t number;
    uint64_t set_id;
    uint32_t assumed;
} mote_unsigned_block;
MOTE_MUST_USE mote_status mote_justification_check(mote_context *context, mote_unsigned_block *out,
                                                   mote_justification_report *report,
                                                   mote_work *work, const mote_authority_set *set,
                                                   mote_bytes justification,
                                                   const mote_header *header);
/* A justification inside something larger, as a span. A failure is the cursor's. */
mote_bytes mote_read_justification(mote_cursor *cursor);

/* --- commits as gossiped -------------------------------------------------------------------------------- */
/*   Commit message = round u64 ++ set_id u64 ++ target_hash ++ target_number u32 ++ Vec<(hash, number u32)>
 *                    ++ Vec<(signature, key)>        (the gossip enum's index byte 01 in front is optional)
 * It carries no ancestry: `headers` are the ones the caller knows, decoded by mote_header_decode (any order; the
 * target's descendants matter). A vote for a block that they do not connect with the target is verified and not
 * counted: where the rest is too light the answer is E_UNKNOWN_BLOCK, not false. A vote shown to be elsewhere rejects,
 * as in justifications. Unequal vectors: E_COMMIT_LENGTHS; more weight than total + (total - threshold), a voter's two
 * votes counted twice: E_COMMIT_OVERWEIGHT; another set id: E_OTHER_SET. */
MOTE_MUST_USE mote_status mote_commit_verify(mote_context *context, mote_finalized_block *out,
                                             mote_justification_report *report,
                                             const mote_authority_set *set, mote_bytes commit,
                                             const mote_header *headers, size_t header_count);

/* --- equivocation proofs (B.8) --------------------------------------------------------------------------- */
/* sp_consensus_grandpa EquivocationProof:
 *   set_id u64 ++ (00 Prevote | 01 Precommit) ++ round u64 ++ key[32] ++ first (hash, number u32, signature[64])
 *   ++ second (hash, number u32, signature[64])
 * True where the voter is in `set` (E_UNKNOWN_VOTER), the set id is the set's (E_OTHER_SET), the targets differ
 * (E_NOT_EQUIVOCATION) and both signatures hold. */
typedef struct mote_equivocation {
    uint64_t set_id;
    uint64_t round;
    bool is_precommit;
    uint8_t key[32];
    mote_hash first_hash, second_hash;
    uint32_t first_number, second_number;
} mote_equivocation;
MOTE_MUST_USE mote_status mote_equivocation_verify(mote_context *context, mote_equivocation *out,
                                                   const mote_authority_set *set, mote_bytes proof);

#ifdef __cplusplus
}
#endif
#endif
