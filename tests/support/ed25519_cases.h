/* SPDX-License-Identifier: Apache-2.0 */
/* Signatures for tests of Ed25519: honest ones are libsodium's, odd ones are made with libsodium's scalars and points,
 * so that nothing here comes from what is tested. */
#ifndef MOTE_TEST_ED25519_CASES_H
#define MOTE_TEST_ED25519_CASES_H

#include "fixture.h"

#include "mote/ed25519.h"

typedef struct signed_message {
    uint8_t key[32];
    uint8_t signature[64]; /* R, S */
    mote_bytes message;
} signed_message;

/* Signer `number`'s signature; the same number is the same key in every test. */
signed_message signed_by(uint32_t number, mote_bytes message);
/* `count` signatures by signers first, first + 1, ... over messages of their own. malloc; free() it. */
signed_message *signed_by_many(uint32_t first, size_t count);
signed_message signed_parts(mote_bytes key, mote_bytes signature, mote_bytes message);

/* The secret scalar of signer `number`. */
void signer_scalar(uint8_t scalar[32], uint32_t number);
/* SHA-512(R ++ A ++ M) mod l. */
void challenge_of(uint8_t k[32], const uint8_t r[32], const uint8_t key[32], mote_bytes message);
/* Makes S = nonce + k secret for the R and key that are there. */
void complete_signature(signed_message *made, const uint8_t nonce[32], const uint8_t secret[32]);

mote_status judge_alone(const signed_message *one);
/* All in one batch, in a fresh context. `bad` as in mote_ed25519_batch_verify; *first the fault's index. */
mote_status judge_together(const signed_message *all, size_t count, uint8_t *bad, uint32_t *first);
/* Alone, and `copies` times in one batch for several numbers of copies: always the verdict expected. */
void assert_judged(const signed_message *one, mote_status expected);
/* One batch of all says of each what judging it alone says. */
void assert_batch_agrees(const signed_message *all, size_t count);

#endif
