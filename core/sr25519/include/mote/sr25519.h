/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sr25519 as Polkadot's nodes verify it (schnorrkel): Schnorr signatures and a VRF on ristretto255 with Merlin
 * transcripts. All inputs are public: nothing here is constant time, and nothing here signs.
 *
 * Signature, 64 bytes R ++ s: the top bit of the last byte marks the scheme and must be set; without it s must be below
 * the group order l; public key and R must be canonical encodings of ristretto255 (RFC 9496). Accepted iff
 * s B = R + k A, with the challenge k from the transcript of context, message, key and R as received. There is no
 * cofactor, so one signature has one verdict everywhere.
 *
 * The key of 32 zero bytes is the identity. It decodes, nodes accept it, and everybody can sign for it: it is accepted
 * here too, and mote_sr25519_key_is_forgeable names it.
 *
 * Statuses, the first that fits in this order (none is recorded as a fault, except by batches):
 *   MOTE_E_BAD_PUBLIC_KEY        the key is not a canonical encoding
 *   MOTE_E_SIGNATURE_NOT_MARKED  the marker bit is not set
 *   MOTE_E_SCALAR_NOT_CANONICAL  s (c or s of a VRF proof) is l or more
 *   MOTE_E_POINT_NOT_CANONICAL   R (the pre-output of a VRF) is not a canonical encoding
 *   MOTE_E_VRF_IDENTITY          the pre-output is the identity
 *   MOTE_E_BAD_SIGNATURE, MOTE_E_BAD_VRF_PROOF   all is well formed, and the equation does not hold
 */
#ifndef MOTE_SR25519_H
#define MOTE_SR25519_H

#include "mote/bytes.h"
#include "mote/context.h"
#include "mote/status.h"
#include "mote/transcript.h"

#ifdef __cplusplus
extern "C" {
#endif

/* In the signing context "substrate": seals of BABE and Aura, and extrinsics. */
MOTE_MUST_USE mote_status mote_sr25519_verify(const uint8_t public_key[32],
                                              const uint8_t signature[64], mote_bytes message);
MOTE_MUST_USE mote_status mote_sr25519_verify_in_context(mote_bytes signing_context,
                                                         const uint8_t public_key[32],
                                                         const uint8_t signature[64],
                                                         mote_bytes message);

/* Keys for which everybody can make signatures: the identity. */
bool mote_sr25519_key_is_forgeable(const uint8_t public_key[32]);
/* Does it decode? What a list of authorities can be asked before anything is signed. */
bool mote_sr25519_key_is_valid(const uint8_t public_key[32]);

/* --- VRF ------------------------------------------------------------------------------------------------ */

/* A verified pair: what outputs are made of. */
typedef struct mote_sr25519_vrf {
    uint8_t input[32];      /* the transcript, hashed to a point under the key */
    uint8_t pre_output[32]; /* that point times the secret key: shown to be by the proof */
} mote_sr25519_vrf;

/* The flavour that runs on Kusama and Polkadot: bound to the key ("vrf-nm-pk"), the key behind the commitments in the
 * proof's transcript. proof: c ++ s. `transcript` is what the VRF is evaluated at; it is not changed. `out` is all
 * zeros unless MOTE_OK is returned. */
MOTE_MUST_USE mote_status mote_sr25519_vrf_verify(mote_sr25519_vrf *out,
                                                  const uint8_t public_key[32],
                                                  const mote_transcript *transcript,
                                                  const uint8_t pre_output[32],
                                                  const uint8_t proof[64]);

/* Many proofs at once: cheaper, since a vector holds several and one inversion serves all (there is no cheaper equation
 * over several: a proof c ++ s sends a hash of its commitments, not them). Each claim has the verdict it has by itself. */
typedef struct mote_sr25519_vrf_claim {
    const uint8_t *public_key; /* 32 bytes */
    const mote_transcript *transcript;
    const uint8_t *pre_output; /* 32 bytes */
    const uint8_t *proof;      /* 64 bytes */
} mote_sr25519_vrf_claim;

/* `out`: `count` of them, all zeros where the claim does not hold. MOTE_OK iff all hold. Otherwise the status of the
 * first that fails, the fault's index being its position, and `bad`, if not NULL (count entries of 0/1, zeroed first),
 * marks every failing one. Needs memory of the context while it runs, 64 KiB at most: E_LIMIT_MEMORY where it is not
 * there. */
MOTE_MUST_USE mote_status mote_sr25519_vrf_verify_many(mote_context *context, mote_sr25519_vrf *out,
                                                       uint8_t *bad,
                                                       const mote_sr25519_vrf_claim *claims,
                                                       size_t count);
/* Are c and s below the group order? Without, nodes do not take the bytes for a proof when they decode them. */
bool mote_sr25519_vrf_proof_decodes(const uint8_t proof[64]);
/* `size` pseudorandom bytes for a purpose, which `label` names ("substrate-babe-vrf", "BabeVRFInOutContext"). */
void mote_sr25519_vrf_make_bytes(uint8_t *out, size_t size, const mote_sr25519_vrf *vrf,
                                 const char *label);
/* Of many, one behind the other. */
void mote_sr25519_vrf_make_bytes_many(mote_backend backend, uint8_t *out, size_t size,
                                      const mote_sr25519_vrf *vrfs, size_t count,
                                      const char *label);

/* --- batches of signatures ------------------------------------------------------------------------------ */
/* A batch is accepted iff each of its members is, whatever the seed: a failing batch is bisected down to the members
 * that fail one by one. Coefficients are 128 bits from BLAKE2b over the context's seed and everything in the batch, so
 * a known seed gives no forgery. */
#define MOTE_SR25519_MAX_BATCH 16384u

typedef struct mote_sr25519_batch mote_sr25519_batch;

/* A batch of at most `capacity` signatures in the context's memory (released by the caller's mark/release).
 * NULL on E_LIMIT_MEMORY / capacity above MOTE_SR25519_MAX_BATCH (E_LIMIT_COUNT); the fault is recorded. */
mote_sr25519_batch *mote_sr25519_batch_new(mote_context *context, size_t capacity);
size_t mote_sr25519_batch_count(const mote_sr25519_batch *batch);
/* Copies what it needs: the message is hashed now, nothing is kept by reference. E_LIMIT_COUNT when full. */
MOTE_MUST_USE mote_status mote_sr25519_batch_add(mote_sr25519_batch *batch,
                                                 const uint8_t public_key[32],
                                                 const uint8_t signature[64], mote_bytes message);
MOTE_MUST_USE mote_status mote_sr25519_batch_add_in_context(mote_sr25519_batch *batch,
                                                            mote_bytes signing_context,
                                                            const uint8_t public_key[32],
                                                            const uint8_t signature[64],
                                                            mote_bytes message);
void mote_sr25519_batch_clear(mote_sr25519_batch *batch); /* empty again, same capacity */
/* Judges all members at once. MOTE_OK iff all hold (an empty batch holds). Otherwise the status that the first failing
 * member has by itself, the fault's index being its position in order of adding, and `bad`, if not NULL (count entries
 * of 0/1, zeroed first), marks every failing member.
 * Needs memory of the context while it runs: mote_sr25519_batch_memory(capacity) in all, batch included. */
MOTE_MUST_USE mote_status mote_sr25519_batch_verify(mote_context *context, uint8_t *bad,
                                                    mote_sr25519_batch *batch);
size_t mote_sr25519_batch_memory(size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
