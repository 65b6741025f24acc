/* SPDX-License-Identifier: Apache-2.0 */
/* Signatures and VRF proofs for tests of sr25519, made with libsodium's ristretto255 and scalars. Transcripts are those
 * of mote, which published vectors and recorded headers hold to. */
#ifndef MOTE_TEST_SR25519_CASES_H
#define MOTE_TEST_SR25519_CASES_H

#include "fixture.h"

#include "mote/sr25519.h"

/* The group order l. */
extern const uint8_t sr25519_order[32];

typedef struct sr25519_signed {
    uint8_t key[32];
    uint8_t signature[64]; /* R, s with the mark */
    mote_bytes message;
} sr25519_signed;

/* The secret scalar and the key of signer `number`: the same number is the same key in every test. */
void sr25519_secret(uint8_t scalar[32], uint32_t number);
void sr25519_key(uint8_t key[32], uint32_t number);
/* Signer `number`'s signature in the context "substrate". */
sr25519_signed sr25519_signed_by(uint32_t number, mote_bytes message);
/* `count` signatures by signers first, first + 1, ... over messages of their own. malloc; free() it. */
sr25519_signed *sr25519_signed_by_many(uint32_t first, size_t count);
/* Makes s = nonce + k secret for the R and key that are there. */
void sr25519_complete(sr25519_signed *made, const char *signing_context, const uint8_t nonce[32],
                      const uint8_t secret[32]);
/* Adds l to the scalar, which keeps its value and loses its form. */
void sr25519_add_order(uint8_t scalar[32]);

mote_status sr25519_judge_alone(const sr25519_signed *one);
/* All in one batch, in a fresh context. `bad` as in mote_sr25519_batch_verify; *first the fault's index. */
mote_status sr25519_judge_together(const sr25519_signed *all, size_t count, uint8_t *bad,
                                   uint32_t *first);
/* Alone, and several copies of it in one batch: always the verdict expected. */
void assert_sr25519_judged(const sr25519_signed *one, mote_status expected);
/* One batch of all says of each what judging it alone says. */
void assert_sr25519_batch_agrees(const sr25519_signed *all, size_t count);

typedef struct sr25519_proven {
    uint8_t key[32];
    uint8_t pre_output[32];
    uint8_t proof[64]; /* c, s */
} sr25519_proven;

/* Signer `number`'s proof for the transcript; with `kusama` false in the other order, which chains do not use. */
sr25519_proven sr25519_proven_by(uint32_t number, const mote_transcript *transcript, bool kusama);
mote_status sr25519_judge_proof(mote_sr25519_vrf *out, const sr25519_proven *made,
                                const mote_transcript *transcript);
/* What BABE evaluates its VRF at. */
mote_transcript sr25519_babe_transcript(uint64_t slot, uint64_t epoch,
                                        const uint8_t randomness[32]);

#endif
