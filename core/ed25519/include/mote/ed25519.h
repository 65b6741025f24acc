/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ed25519 verification by ZIP-215, the rule of Polkadot's nodes (ed25519-zebra):
 *   S < l; A and R decode to curve points, non-canonical y and small order allowed; k = SHA-512(R, A, M) over the
 *   bytes as received; accept iff [8][S]B = [8]R + [8][k]A.
 * Other verifiers (libsodium, WebCrypto, OpenSSL) accept other sets: do not mix them with this one.
 * All inputs are public: nothing here is constant time, and nothing here signs.
 *
 * A batch is accepted iff each of its members is, whatever the seed: a failing batch is bisected down to the
 * members that fail one by one. Coefficients are 128 bits from BLAKE2b over the context's seed and everything in the
 * batch, so a known seed gives no forgery.
 */
#ifndef MOTE_ED25519_H
#define MOTE_ED25519_H

#include "mote/bytes.h"
#include "mote/context.h"
#include "mote/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* MOTE_OK, E_BAD_SIGNATURE (S, R or the equation), E_BAD_PUBLIC_KEY (A does not decode). Records no fault. */
MOTE_MUST_USE mote_status mote_ed25519_verify(const uint8_t public_key[32],
                                              const uint8_t signature[64], mote_bytes message);

/* Keys for which everybody can make signatures: those of small order. */
bool mote_ed25519_key_is_forgeable(const uint8_t public_key[32]);

/* --- cache of decompressed keys ------------------------------------------------------------------------ */
/* Put it into context->keys and batches made with that context use and fill it. When it is full it evicts;
 * it never changes a verdict. */
typedef struct mote_ed25519_keys mote_ed25519_keys;
size_t mote_ed25519_keys_size(size_t capacity); /* bytes for `capacity` keys; about 240 each */
/* `memory`: at least keys_size(capacity) bytes, aligned like max_align_t, alive as long as the cache. */
mote_ed25519_keys *mote_ed25519_keys_init(void *memory, size_t memory_size, size_t capacity,
                                          const uint8_t seed[32]);
void mote_ed25519_keys_clear(mote_ed25519_keys *keys);

/* --- batches ------------------------------------------------------------------------------------------- */
#define MOTE_ED25519_MAX_BATCH 16384u

typedef struct mote_ed25519_batch mote_ed25519_batch;

/* A batch of at most `capacity` signatures in the context's memory (released by the caller's mark/release).
 * NULL on E_LIMIT_MEMORY / capacity above MOTE_ED25519_MAX_BATCH (E_LIMIT_COUNT); the fault is recorded. */
mote_ed25519_batch *mote_ed25519_batch_new(mote_context *context, size_t capacity);
size_t mote_ed25519_batch_count(const mote_ed25519_batch *batch);
/* Copies what it needs, the message or its hash: nothing is kept by reference. E_LIMIT_COUNT when full. */
MOTE_MUST_USE mote_status mote_ed25519_batch_add(mote_ed25519_batch *batch,
                                                 const uint8_t public_key[32],
                                                 const uint8_t signature[64], mote_bytes message);
void mote_ed25519_batch_clear(mote_ed25519_batch *batch); /* empty again, same capacity */
/* Judges all members at once. MOTE_OK iff all hold (an empty batch holds). Otherwise E_BAD_SIGNATURE or
 * E_BAD_PUBLIC_KEY of the first failing member, the fault's index being its position in order of adding, and
 * `bad`, if not NULL (count entries of 0/1, zeroed first), marks every failing member.
 * Needs memory of the context while it runs: mote_ed25519_batch_memory(capacity) in all, batch included. */
MOTE_MUST_USE mote_status mote_ed25519_batch_verify(mote_context *context, uint8_t *bad,
                                                    mote_ed25519_batch *batch);
size_t mote_ed25519_batch_memory(size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
