/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Aura: who may make a parachain's block in which slot (verification-rules A.3, A.4, C.4; sc_consensus_aura
 * standalone.rs, sp_consensus_aura).
 *
 *   pre-digest = slot u64                      author    = authorities[slot mod n]
 *   seal       = 64 bytes, a signature over the hash of the header without its last digest item
 *   consensus  = 01 AuthoritiesChange Vec<key[32]> | 02 OnDisabled index u32
 *
 * The authorities of a block are in its parent's state (Aura::Authorities), never in its header. Which signature the
 * chain uses, sr25519 or ed25519, is a constant of its runtime: the caller says it (Asset Hub Polkadot: ed25519;
 * nearly all others: sr25519).
 *
 * What a valid claim is worth: the block was made by the collator whose turn it was. A parachain's blocks are final by
 * the relay chain, which does not ask who made them.
 *
 * Verdicts equal a node's, except that a seal with bytes after the signature is refused.
 */
#ifndef MOTE_AURA_H
#define MOTE_AURA_H

#include "mote/bytes.h"
#include "mote/context.h"
#include "mote/evidence.h"
#include "mote/header.h"
#include "mote/trie.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- what a header says --------------------------------------------------------------------------------- */
/* Keys of 32 bytes one after another, borrowed. */
typedef struct mote_aura_keys {
    const uint8_t *items;
    uint32_t count;
} mote_aura_keys;

typedef struct mote_aura_digest {
    uint64_t slot;
    const uint8_t *seal; /* 64 bytes, borrowed from the header */
    mote_hash pre_hash;  /* what the seal signs */
    bool has_change;     /* the last AuthoritiesChange */
    mote_aura_keys next;
} mote_aura_digest;

/* E_NO_PRE_DIGEST, E_SEVERAL_PRE_DIGESTS; E_NO_SEAL unless the last item is a seal of Aura, E_SEVERAL_SEALS where another
 * one is before it, E_SEAL_SIZE. Items that do not decode count for nothing. */
MOTE_MUST_USE mote_status mote_aura_digest_read(mote_context *context, mote_aura_digest *out,
                                                const mote_header *header);

/* --- authorities ---------------------------------------------------------------------------------------- */
typedef enum mote_aura_scheme { MOTE_AURA_SR25519 = 0, MOTE_AURA_ED25519 = 1 } mote_aura_scheme;

typedef struct mote_aura_authorities {
    mote_aura_scheme scheme;
    mote_aura_keys keys;
    mote_hash block_hash; /* the block whose state they are in: they make its children */
    uint32_t block_number;
    uint32_t para_id; /* 0 unless the state is known to be a parachain's */
    uint32_t assumed; /* bits of mote_assumption */
} mote_aura_authorities;

#define MOTE_AURA_KEY_SIZE 32u
/* twox_128("Aura") ++ twox_128("Authorities") */
void mote_aura_authorities_key(uint8_t out[MOTE_AURA_KEY_SIZE]);

/* From the value proven under that key in a parachain's state; borrows it. `value` must be evidence of a parachain's
 * state or of one that the caller vouches for (E_BAD_ARGUMENT for a relay chain's), `block` the header evidence whose
 * state it is (E_HEADER_HASH where it is another one's). With an assumed root, `block` may be NULL: then `block_hash` is
 * zero until the caller sets it, and `assumed` says so.
 * E_CONSENSUS_UNKNOWN where there are no authorities: the chain does not have Aura, and is followed by relay finality
 * only. E_AUTHORITIES_INVALID: an empty list; E_VALUE_NOT_IN_PROOF; E_LIMIT_COUNT above MOTE_MAX_AUTHORITIES. */
MOTE_MUST_USE mote_status mote_aura_authorities_read(mote_context *context,
                                                     mote_aura_authorities *out,
                                                     const mote_proven_value *value,
                                                     const mote_para_header *block,
                                                     mote_aura_scheme scheme);
/* From a list that the caller vouches for, for the children of `block_hash`: MOTE_ASSUMED_AUTHORITIES. */
MOTE_MUST_USE mote_status mote_aura_authorities_assume(mote_context *context,
                                                       mote_aura_authorities *out,
                                                       mote_aura_scheme scheme, mote_bytes list,
                                                       const mote_hash *block_hash,
                                                       uint32_t block_number);

/* --- one block ------------------------------------------------------------------------------------------ */
typedef struct mote_aura_authorship {
    uint64_t slot;
    uint32_t authority_index;
    uint8_t authority[32];
    bool forgeable; /* the authority's key is one that everybody can sign for */
} mote_aura_authorship;

/* E_SLOT_IN_FUTURE where the slot is above `slot_now` (no fault: judge it again later), E_AUTHORITIES_INVALID without
 * authorities, and the signature's statuses (mote_sr25519_verify, mote_ed25519_verify), fault at the seal. A seal of
 * another authority than the slot's is a bad signature. */
MOTE_MUST_USE mote_status mote_aura_verify(mote_context *context, mote_aura_authorship *out,
                                           const mote_aura_digest *digest,
                                           const mote_aura_authorities *authorities,
                                           uint64_t slot_now);

/* Seals that do not depend on each other, of one chain or several, judged together: for many headers several times
 * cheaper. Each has the verdict it has alone. MOTE_OK iff all hold. Otherwise the status and fault that the first failing
 * one has alone, the fault's index being its position; `bad`, if not NULL (count entries of 0/1), marks every failing
 * one. `out`: `count` of them, all zeros where the claim does not hold.
 * Takes memory of the context while it runs, for 256 seals at most; with less it is slower, and nothing else. */
typedef struct mote_aura_case {
    const mote_aura_digest *digest;
    const mote_aura_authorities *authorities;
} mote_aura_case;
MOTE_MUST_USE mote_status mote_aura_verify_many(mote_context *context, mote_aura_authorship *out,
                                                uint8_t *bad, const mote_aura_case *cases,
                                                size_t count, uint64_t slot_now);
#define MOTE_AURA_MANY_MEMORY                                                                      \
    524288u /* suffices for the largest groups, here and in mote_aura_advance_many */

/* --- along a chain -------------------------------------------------------------------------------------- */
/* How slots follow each other: chains with more than one block for a slot (asynchronous backing, elastic scaling) allow
 * a block the slot of its parent; none goes back. */
typedef enum mote_aura_pace {
    MOTE_AURA_ONE_BLOCK_A_SLOT = 0,
    MOTE_AURA_SEVERAL_BLOCKS_A_SLOT = 1
} mote_aura_pace;

typedef struct mote_aura_position {
    mote_hash hash;
    uint32_t number;
    bool has_slot; /* false where the block's header was not seen: then any slot may follow */
    uint64_t slot;
    mote_aura_pace pace;
    mote_aura_authorities authorities; /* of the children */
} mote_aura_position;

/* At the block whose state the authorities are in. `header` (may be NULL) is that block's, for its slot. */
MOTE_MUST_USE mote_status mote_aura_at(mote_context *context, mote_aura_position *out,
                                       const mote_aura_authorities *authorities,
                                       const mote_header *header, mote_aura_pace pace);
/* One block on: parent hash and number, mote_aura_digest_read, E_SLOT_ORDER, mote_aura_verify. An AuthoritiesChange in
 * the header is taken as the next authorities: its author says so, as with BABE's epochs, and a proof of a later state
 * says more. `out` may be `parent`; it is zeroed unless MOTE_OK, except that an `out` that is `parent` stays. */
MOTE_MUST_USE mote_status mote_aura_advance(mote_context *context, mote_aura_position *out,
                                            mote_aura_authorship *authorship,
                                            const mote_aura_position *parent,
                                            const mote_header *header, uint64_t slot_now);

/* A run of headers, each the parent of the next, with their seals judged together (mote_aura_verify_many; memory as
 * there). Says of each what mote_aura_advance says of one after the other: MOTE_OK iff all hold; otherwise the status and
 * fault of the first that does not. `*verified`: how many hold, from the first on: headers[*verified] is the one. `out`
 * (may be `parent`) is where the chain stands behind the last that holds, whatever is returned. `authorships` (may be
 * NULL): `count` of them, zeros from the one that fails on. */
MOTE_MUST_USE mote_status mote_aura_advance_many(mote_context *context, mote_aura_position *out,
                                                 mote_aura_authorship *authorships,
                                                 size_t *verified, const mote_aura_position *parent,
                                                 const mote_header *headers, size_t count,
                                                 uint64_t slot_now);

/* mote_aura_advance in two steps: everything but time, author and seal, then
 * mote_aura_verify(digest, parent->authorities). Until that has accepted, neither the position nor anything after it is
 * worth anything. */
MOTE_MUST_USE mote_status mote_aura_advance_unverified(mote_context *context,
                                                       mote_aura_position *out,
                                                       mote_aura_digest *digest,
                                                       const mote_aura_position *parent,
                                                       const mote_header *header);

/* --- equivocation --------------------------------------------------------------------------------------- */
/* Two different headers of one slot with the seals of its one author: proof that he made both. (There is no such object
 * on chains; the two headers are the proof.) E_NOT_EQUIVOCATION where they are the same or of two slots; fault index 0 or
 * 1: which header. */
MOTE_MUST_USE mote_status mote_aura_equivocation_verify(mote_context *context,
                                                        mote_aura_authorship *out,
                                                        const mote_header *first,
                                                        const mote_header *second,
                                                        const mote_aura_authorities *authorities);

#ifdef __cplusplus
}
#endif
#endif
