/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is measured: the signatures of a GRANDPA justification by 667 authorities, each over 53 bytes, and the same
 * authorities' over seven more. Every function returns how many signatures it accepted: all of them, or the
 * measurement is void. The names are those the wasm build exports.
 */
#ifndef MOTE_BENCH_ED25519_WORK_H
#define MOTE_BENCH_ED25519_WORK_H

#include <stdint.h>

#include "mote/backend.h"

#define BENCH_SIGNERS 667u
#define BENCH_FRAGMENTS 8u
#define BENCH_MESSAGE 53u
#define BENCH_GROWING 10000u /* the most of the growth curve */

void bench_prepare(void);             /* makes keys and signatures */
void bench_use(mote_backend backend); /* for the batches from now on */
uint32_t bench_sodium(void);          /* one justification, libsodium's verification one by one */
uint32_t bench_single(void);          /* mote's, one by one */
uint32_t bench_batch(void);           /* as one batch, nothing known before */
uint32_t bench_batch_cached(void);    /* as one batch, the keys in the cache */
uint32_t bench_batch_of_all(void);    /* all eight as one batch, nothing known before */
/* `signers` signatures (at most 667): one by one, and as one batch; for where batching begins to pay. */
uint32_t bench_small_single(uint32_t signers);
uint32_t bench_small_batch(uint32_t signers);
/* `signers` signatures (at most BENCH_GROWING) by as many keys, once they are prepared. */
void bench_prepare_growing(void);
uint32_t bench_growing(uint32_t signers);
uint32_t bench_growing_sodium(uint32_t signers);

typedef struct bench_vote {
    uint8_t key[32];
    uint8_t signature[64];
    uint8_t message[BENCH_MESSAGE];
} bench_vote;
const bench_vote *bench_growing_vote(uint32_t i);

/* For hosts that verify by other means: where signer i's key, signature and message (of the first fragment) are. */
const uint8_t *bench_key(uint32_t i);
const uint8_t *bench_signature(uint32_t i);
const uint8_t *bench_message(uint32_t i);

#endif
