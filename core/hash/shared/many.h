/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes of many messages, several side by side where the back end has vectors. `backend`: one that runs here. */
#ifndef MOTE_HASH_MANY_H
#define MOTE_HASH_MANY_H

#include "mote/backend.h"
#include "mote/hash.h"

typedef struct hash_job {
    mote_bytes message;
    uint8_t *out; /* SHA-512: 64 bytes, BLAKE2b-256: 32 */
} hash_job;

/* Messages that are worked on together; 1: with this back end there is nothing to be won. */
unsigned mote_hash_lanes(mote_backend backend);
void mote_hash_sha512_many(mote_backend backend, const hash_job *job, size_t count);
void mote_hash_blake2b_256_many(mote_backend backend, const hash_job *job, size_t count);

#endif
