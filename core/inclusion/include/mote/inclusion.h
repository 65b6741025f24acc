/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is in a block: an extrinsic with given bytes at a given place, and the events it left (verification-rules D.5;
 * polkadot spec, chap-state, the ordered trie).
 *
 * A header's extrinsics root is the root of the trie Compact(i) -> extrinsic i, so one extrinsic is shown by the nodes on
 * the way to it, and all of them by themselves. Bytes are those of the block's body: with the length in front, as full
 * nodes give them. Both trie versions are read alike.
 *
 * That an extrinsic is in a block says nothing about whether it did what it asked for: that is in the events, which are
 * handed out raw, for they can be decoded with the runtime's metadata only.
 *
 * Not checked: signatures of extrinsics (the block's author did, and finality covers it), what they mean.
 */
#ifndef MOTE_INCLUSION_H
#define MOTE_INCLUSION_H

#include "mote/evidence.h"
#include "mote/trie.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A final block's body, known by its root. Zeroed (and refused) where the header is no evidence. */
typedef struct mote_body_root {
    mote_hash extrinsics_root;
    mote_state_root
        block; /* which block: hash, number, relay chain or parachain, what is assumed */
} mote_body_root;
mote_body_root mote_body_of_relay(const mote_finalized_header *header);
mote_body_root mote_body_of_parachain(const mote_para_header *header);

/* Claim: extrinsic `index` of the block has these bytes. */
typedef struct mote_included {
    uint32_t index;
    mote_bytes extrinsic; /* borrowed from the proof, or the caller's where he named the bytes */
    mote_state_root block;
} mote_included;
/* From a proof of trie nodes (SCALE Vec<Vec<u8>>, strict: nothing else in it). E_NOT_SHOWN where the block is proven
 * to have fewer extrinsics, E_VALUE_NOT_IN_PROOF where only the hash of this one is shown. Memory as mote_proof_load, given
 * back before it returns. */
MOTE_MUST_USE mote_status mote_extrinsic_read(mote_context *context, mote_included *out,
                                              const mote_body_root *body, mote_bytes proof,
                                              uint32_t index);
/* The same for bytes that are at hand: a proof with their hash is enough. E_VALUE_MISMATCH where the block has others
 * there. */
MOTE_MUST_USE mote_status mote_extrinsic_check(mote_context *context, mote_included *out,
                                               const mote_body_root *body, mote_bytes proof,
                                               uint32_t index, mote_bytes extrinsic);
/* The whole body: in `version` it has that root (E_EXTRINSICS_ROOT), so every extrinsic of it is in the block, and no
 * other. System version 0 and 1 of a runtime mean MOTE_STATE_V0 here, 2 and more V1. */
MOTE_MUST_USE mote_status mote_extrinsics_check(mote_context *context, const mote_body_root *body,
                                                const mote_bytes *extrinsics, size_t count,
                                                mote_state_version version);

/* --- events ----------------------------------------------------------------------------------- */
#define MOTE_EVENTS_KEY_SIZE 32u
void mote_events_key(uint8_t out[MOTE_EVENTS_KEY_SIZE]);

/* Claim: after this block the runtime's list of events was this. The next block's state has another. */
typedef struct mote_events {
    bool present;   /* false: proven, there is no list */
    uint32_t count; /* as the list says; the records are not decoded */
    mote_bytes raw; /* Vec<EventRecord>, with the count in front; borrowed from the proof */
    mote_state_root under;
} mote_events;
MOTE_MUST_USE mote_status mote_events_read(mote_context *context, mote_events *out,
                                           const mote_proof *proof);

#ifdef __cplusplus
}
#endif
#endif
