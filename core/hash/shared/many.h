/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes of many messages, several side by side where the back end has vectors. `backend`: one that runs here. */
#ifndef MOTE_HASH_MANY_H
#define MOTE_HASH_MANY_H

#include "mote/backend.h"
#include "mote/hash.h"

/* Messages that are worked on together; 1: with this back end there is nothing to be won. */
unsigned mote_hash_lanes(mote_backend backend);
/* The hashes one behind the other, of 64 bytes and of 32. */
void mote_hash_sha512_many(mote_backend backend, uint8_t *out, const mote_bytes *message,
                           size_t count);
void mote_hash_blake2b_256_many(mote_backend backend, uint8_t *out, const mote_bytes *message,
                                size_t count);

#endif
