/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BABE: who may make a relay chain's block in which slot (verification-rules A.3, A.4, C.3, C.4; sc_consensus_babe,
 * sp_consensus_babe).
 *
 *   pre-digest   = 01 Primary      index u32 ++ slot u64 ++ VRF pre-output[32] ++ VRF proof[64]
 *                | 02 SecondaryPlain  index u32 ++ slot u64
 *                | 03 SecondaryVRF    as Primary
 *   seal         = sr25519 signature over the hash of the header without its last digest item
 *   consensus    = 01 NextEpochData Vec<(key[32], weight u64)> ++ randomness[32]
 *                | 02 OnDisabled index u32
 *                | 03 NextConfigData 01 ++ c.0 u64 ++ c.1 u64 ++ allowed slots u8
 *
 * What a valid claim is worth: the block was made by the authority whose turn it was, if the epoch is the chain's. It
 * says nothing of the block's content, and nothing is final by it: an author of the first block of an epoch can
 * announce any next one, and only finality contradicts him. Authorship protects from floods and orders forks.
 *
 * Verdicts equal a node's, except that these are refused where nodes go on: a seal with bytes after the signature, an
 * announced epoch without authorities or with a weight of zero, a configuration with c.1 = 0 or c above 1.
 * OnDisabled is told and nothing else: nodes judge headers without it (their runtime refuses a disabled author).
 *
 * Not checked here: that the body is the header's (module block), what only the runtime can judge.
 */
#ifndef MOTE_BABE_H
#define MOTE_BABE_H

#include "mote/bytes.h"
#include "mote/checkpoint.h"
#include "mote/context.h"
#include "mote/header.h"
#include "mote/trie.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- what a header says --------------------------------------------------------------------------------- */
typedef enum mote_babe_claim {
    MOTE_BABE_PRIMARY = 1,
    MOTE_BABE_SECONDARY_PLAIN = 2,
    MOTE_BABE_SECONDARY_VRF = 3
} mote_babe_claim;
const char *
mote_babe_claim_name(mote_babe_claim claim); /* "primary", "secondary-plain", "secondary-vrf" */

typedef struct mote_babe_pre_digest {
    mote_babe_claim claim;
    uint32_t authority_index;
    uint64_t slot;
    uint8_t vrf_pre_output[32]; /* zero with SECONDARY_PLAIN */
    uint8_t vrf_proof[64];
} mote_babe_pre_digest;
/* false where the payload does not decode, to which the proof's scalars belong (mote_sr25519_vrf_proof_decodes); bytes
 * after it are tolerated, as nodes do. */
bool mote_babe_pre_digest_decode(mote_babe_pre_digest *out, mote_bytes payload);

typedef enum mote_babe_slots { /* which claims an epoch allows besides primary ones */
                               MOTE_BABE_ONLY_PRIMARY = 0,
                               MOTE_BABE_AND_SECONDARY_PLAIN = 1,
                               MOTE_BABE_AND_SECONDARY_VRF = 2
} mote_babe_slots;

typedef struct mote_babe_digest {
    mote_babe_pre_digest pre_digest;
    const uint8_t *seal; /* 64 bytes, borrowed from the header */
    mote_hash pre_hash;  /* what the seal signs */
    bool has_next_epoch;
    mote_authority_list next_authorities; /* borrowed from the header */
    uint8_t next_randomness[32];
    bool has_next_config;
    uint64_t next_c_numerator, next_c_denominator;
    uint8_t next_allowed_slots; /* mote_babe_slots */
    bool has_disabled;          /* the first OnDisabled */
    uint32_t disabled_index;
} mote_babe_digest;

/* In the order of nodes: E_NO_PRE_DIGEST, E_SEVERAL_PRE_DIGESTS; E_NO_SEAL unless the last item is a seal of BABE,
 * E_SEVERAL_SEALS where another one is before it, E_SEAL_SIZE; E_SEVERAL_EPOCHS. Items that do not decode count for
 * nothing. Whether an announcement is sound or in place is mote_babe_advance's to judge. */
MOTE_MUST_USE mote_status mote_babe_digest_read(mote_context *context, mote_babe_digest *out,
                                                const mote_header *header);

/* --- epochs --------------------------------------------------------------------------------------------- */
/* E_AUTHORITIES_INVALID: none, one of weight zero, a sum past 2^64; E_LIMIT_COUNT above MOTE_MAX_AUTHORITIES;
 * E_EPOCH_CONFIG: no slots, c.1 = 0, c above 1, unknown allowed slots; E_SLOT_OVERFLOW: its end is past 2^64. */
MOTE_MUST_USE mote_status mote_babe_epoch_check(mote_context *context,
                                                const mote_babe_epoch *epoch);
/* Index of the epoch that `slot` lies in. From the epoch's end on, epochs without a block have been skipped: they keep
 * its authorities and randomness. E_SLOT_ORDER before its start, E_SLOT_OVERFLOW past 2^64. */
MOTE_MUST_USE mote_status mote_babe_epoch_index(mote_context *context, uint64_t *out,
                                                const mote_babe_epoch *epoch, uint64_t slot);

/* A score or threshold: 128 bits. */
typedef struct mote_babe_score {
    uint64_t high, low;
} mote_babe_score;
bool mote_babe_score_below(mote_babe_score score, mote_babe_score threshold);
/* Scores below this win a primary slot: 2^128 (1 - (1 - c)^(weight / total)), with the roundings of a node's f64, bit
 * for bit (docs/design-validation.md). 0 where c is 0 or impossible (c.1 = 0, c above 1: no node has such a chain), where
 * weight is 0 or above total; 2^128 - 1 where the formula gives 2^128 (c = 1: nodes stop there). */
mote_babe_score mote_babe_threshold(uint64_t c_numerator, uint64_t c_denominator, uint64_t weight,
                                    uint64_t total);
/* The index whose secondary slot it is; `count` is not 0. */
uint32_t mote_babe_secondary_author(const uint8_t randomness[32], uint64_t slot, uint32_t count);

/* --- one block ------------------------------------------------------------------------------------------ */
typedef struct mote_babe_authorship {
    mote_babe_claim claim;
    uint64_t slot;
    uint64_t epoch_index; /* skipped epochs counted */
    uint32_t authority_index;
    uint8_t authority[32];
    bool forgeable;        /* the authority's key is one that everybody can sign for */
    mote_babe_score score; /* primary claims only, as the threshold */
    mote_babe_score threshold;
} mote_babe_authorship;

/* The claim and the seal, under an epoch that holds the slot (mote_babe_advance chooses it). In the order of nodes:
 *   E_SLOT_IN_FUTURE   the slot is above `slot_now`: no fault, judge it again later. (Nodes pass the slot of their
 *                      clock plus one.)
 *   E_AUTHOR_INDEX     beyond the epoch's authorities
 *   E_SLOT_KIND        the epoch does not allow such a claim
 *   E_WRONG_AUTHOR     a secondary claim by another authority than the slot's, unless the list has its key twice
 *   the seal           statuses of mote_sr25519_verify; fault at the seal
 *   the VRF            statuses of mote_sr25519_vrf_verify, for primary and secondary VRF claims
 *   E_SCORE_TOO_HIGH   a primary claim whose score is not below the threshold
 */
MOTE_MUST_USE mote_status mote_babe_verify(mote_context *context, mote_babe_authorship *out,
                                           const mote_babe_digest *digest,
                                           const mote_babe_epoch *epoch, uint64_t slot_now);

/* Claims that do not depend on each other, of one chain or several, judged together: for many headers several times
 * cheaper. Each has the verdict it has alone. MOTE_OK iff all hold. Otherwise the status and fault that the first failing
 * one has alone, the fault's index being its position; `bad`, if not NULL (count entries of 0/1), marks every failing
 * one. `out`: `count` of them, all zeros where the claim does not hold.
 * Takes memory of the context while it runs, for 256 claims at most; with less it is slower, and nothing else. */
typedef struct mote_babe_case {
    const mote_babe_digest *digest;
    const mote_babe_epoch *epoch;
} mote_babe_case;
MOTE_MUST_USE mote_status mote_babe_verify_many(mote_context *context, mote_babe_authorship *out,
                                                uint8_t *bad, const mote_babe_case *cases,
                                                size_t count, uint64_t slot_now);
#define MOTE_BABE_MANY_MEMORY                                                                      \
    524288u /* suffices for the largest groups, here and in mote_babe_advance_many */

/* --- along a chain -------------------------------------------------------------------------------------- */
/* Where a chain stands at a block: all that its children are judged by. Lists of authorities are borrowed from the
 * headers that announced them (and from what the chain was started with). */
typedef struct mote_babe_position {
    mote_hash hash;
    uint32_t number;
    uint32_t weight; /* primary claims, counted from where the position was started */
    uint64_t slot;
    bool is_genesis; /* block 0: epoch 0 begins with the slot of block 1, `next` is not known */
    mote_babe_epoch
        current; /* the epoch the block is in, as it was announced (skipped epochs not added) */
    mote_babe_epoch next;
} mote_babe_position;

/* At a checkpoint with epochs; E_CHECKPOINT_INCOHERENT without, or where they do not fit each other. */
MOTE_MUST_USE mote_status mote_babe_at_checkpoint(mote_context *context, mote_babe_position *out,
                                                  const mote_checkpoint *checkpoint);

/* What BabeApi_configuration answers: epoch 0 but for its first slot. */
typedef struct mote_babe_configuration {
    uint64_t slot_milliseconds;
    uint64_t epoch_slots;
    uint64_t c_numerator, c_denominator;
    mote_authority_list authorities; /* borrowed */
    uint8_t randomness[32];
    uint8_t allowed_slots; /* mote_babe_slots */
} mote_babe_configuration;
/* The answer's bytes, of either version of the call. An answer is a node's word: it proves nothing. */
MOTE_MUST_USE mote_status mote_babe_configuration_decode(mote_context *context,
                                                         mote_babe_configuration *out,
                                                         mote_bytes answer);
/* From the entries of a genesis state: Babe::Authorities, ::Randomness (zero where absent), ::EpochConfig. `out` comes
 * with what is a constant of the runtime: slot and epoch length, and c and allowed slots for genesis states without
 * EpochConfig. Zeroed unless MOTE_OK. E_AUTHORITIES_INVALID where no authorities are in the state (then the chain's consensus is not BABE). */
MOTE_MUST_USE mote_status mote_babe_configuration_from_state(mote_context *context,
                                                             mote_babe_configuration *out,
                                                             const mote_trie_entry *entries,
                                                             size_t count);
MOTE_MUST_USE mote_status mote_babe_at_genesis(mote_context *context, mote_babe_position *out,
                                               const mote_hash *genesis_hash,
                                               const mote_babe_configuration *configuration);

/* From the state of a final block, by a proof that holds the keys below: for who comes late, and has no announcement of the
 * epochs. `epoch_slots` is a constant of the runtime that its state does not hold: a wrong one is E_SLOT_ORDER, for then
 * the block's slot is not in the epoch the state counts. Lists are borrowed from the proof. E_CONSENSUS_UNKNOWN where the state
 * has no authorities of BABE; E_BAD_ARGUMENT for a proof of anything but a relay chain's block; statuses of
 * mote_trie_read and mote_babe_epoch_check. */
#define MOTE_BABE_STATE_KEYS 9u
#define MOTE_BABE_STATE_KEY_SIZE 32u
void mote_babe_state_keys(uint8_t out[MOTE_BABE_STATE_KEYS][MOTE_BABE_STATE_KEY_SIZE]);
MOTE_MUST_USE mote_status mote_babe_at_state(mote_context *context, mote_babe_position *out,
                                             const mote_proof *proof, uint64_t epoch_slots);

/* One block on. `out` may be `parent`; it and `authorship` (may be NULL) are zeroed unless MOTE_OK, except that an `out`
 * that is `parent` stays. Checked, in this order: the header's bytes (E_NO_EVIDENCE where its fields were filled by hand),
 * parent hash and number, mote_babe_digest_read, E_SLOT_ORDER unless the slot is above the parent's, mote_babe_verify's
 * E_SLOT_IN_FUTURE, announcements (below), E_SLOT_OVERFLOW, and the rest of mote_babe_verify.
 * The first block of an epoch must announce the next one (E_EPOCH_MISSING), others must not (E_EPOCH_UNEXPECTED);
 * E_CONFIG_UNEXPECTED for a configuration without an epoch; what is announced must be sound (mote_babe_epoch_check). */
MOTE_MUST_USE mote_status mote_babe_advance(mote_context *context, mote_babe_position *out,
                                            mote_babe_authorship *authorship,
                                            const mote_babe_position *parent,
                                            const mote_header *header, uint64_t slot_now);

/* A run of headers, each the parent of the next, with their signatures judged together (mote_babe_verify_many; memory as
 * there). Says of each what mote_babe_advance says of one after the other: MOTE_OK iff all hold; otherwise the status and
 * fault of the first that does not. `*verified`: how many hold, from the first on: headers[*verified] is the one. `out`
 * (may be `parent`) is where the chain stands behind the last that holds, whatever is returned. `authorships` (may be
 * NULL): `count` of them, zeros from the one that fails on. */
MOTE_MUST_USE mote_status mote_babe_advance_many(mote_context *context, mote_babe_position *out,
                                                 mote_babe_authorship *authorships,
                                                 size_t *verified, const mote_babe_position *parent,
                                                 const mote_header *headers, size_t count,
                                                 uint64_t slot_now);

/* The same in two steps, to verify the blocks of a chain on several threads: everything but who made it and its
 * signatures, then mote_babe_verify(digest, out->current). Until that has accepted, neither the position (in which the
 * claim is counted already) nor anything after it is worth anything. */
MOTE_MUST_USE mote_status mote_babe_advance_unverified(
    mote_context *context, mote_babe_position *out, mote_babe_digest *digest,
    const mote_babe_position *parent, const mote_header *header, uint64_t slot_now);

/* Fork choice: does a block with this weight and height replace the best one? More primary claims win, then more
 * blocks; equals do not replace. */
bool mote_babe_is_better(uint32_t weight, uint32_t number, uint32_t best_weight,
                         uint32_t best_number);

/* --- equivocation proofs --------------------------------------------------------------------------------- */
/* sp_consensus_slots EquivocationProof: offender[32] ++ slot u64 ++ first header ++ second header, both read as
 * mote_babe_digest_read reads them (nodes would take the first of several pre-digests here).
 * True where the headers differ, both are for that slot and by the same index (E_NOT_EQUIVOCATION), and both seals are
 * the offender's. With an `epoch` (NULL without) the offender must be that authority in it (E_AUTHOR_INDEX,
 * E_WRONG_AUTHOR); nodes leave this to the runtime. Fault index 0 or 1: which header. */
typedef struct mote_babe_equivocation {
    uint8_t offender[32];
    uint64_t slot;
    uint32_t authority_index;
    mote_hash first_hash, second_hash;
    uint32_t first_number, second_number;
} mote_babe_equivocation;
MOTE_MUST_USE mote_status mote_babe_equivocation_verify(mote_context *context,
                                                        mote_babe_equivocation *out,
                                                        mote_bytes proof,
                                                        const mote_babe_epoch *epoch);

#ifdef __cplusplus
}
#endif
#endif
