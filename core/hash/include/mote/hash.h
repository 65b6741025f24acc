/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The hash functions of Polkadot. None of them can fail, none keeps state outside what is handed in.
 *
 * BLAKE2b (RFC 7693), unkeyed; Twox: XXH64 with seeds 0, 1, ... concatenated little-endian (NOT collision
 * resistant, so a map key hashed by it carries its original behind it); Keccak-256 with Ethereum's padding
 * (not SHA3-256); SHA-512 is libsodium's.
 * BLAKE2b natively can be libb2's instead: CMake -DMOTE_BLAKE2=libb2 (default: own, one result either way).
 */
#ifndef MOTE_HASH_H
#define MOTE_HASH_H

#include "mote/backend.h"
#include "mote/bytes.h"

#ifdef __cplusplus
extern "C" {
#endif

mote_hash mote_blake2b_256(mote_bytes input);
void mote_blake2b_128(uint8_t out[16], mote_bytes input);
void mote_blake2b(uint8_t *out, size_t out_size, mote_bytes input); /* 1 <= out_size <= 64 */

/* Of many messages: out[i] of input[i]. Several are hashed side by side where the back end can. */
void mote_blake2b_256_many(mote_backend backend, mote_hash *out, const mote_bytes *input,
                           size_t count);

/* Streaming; out_size is fixed by init. The struct is plain memory: copy it to fork a prefix. */
typedef struct mote_blake2b_state {
    uint64_t chain[8];
    uint64_t counter[2];
    uint8_t block[256]; /* one block is used; libb2's back end keeps two */
    size_t filled;
    size_t out_size;
} mote_blake2b_state;

void mote_blake2b_init(mote_blake2b_state *state, size_t out_size);
void mote_blake2b_update(mote_blake2b_state *state, mote_bytes input);
void mote_blake2b_final(mote_blake2b_state *state,
                        uint8_t *out); /* writes out_size bytes; ends the state */

uint64_t mote_xxh64(mote_bytes input, uint64_t seed);
void mote_twox_64(uint8_t out[8], mote_bytes input);
void mote_twox_128(uint8_t out[16], mote_bytes input);
void mote_twox_256(uint8_t out[32], mote_bytes input);
mote_hash mote_keccak_256(mote_bytes input);
void mote_keccak_256_many(mote_backend backend, mote_hash *out, const mote_bytes *input,
                          size_t count);
void mote_sha512(uint8_t out[64], mote_bytes input);

/* Substrate's storage hashers (frame/support/src/hash.rs). Each writes hash (and, for the concatenating ones
 * and Identity, the input itself) and returns how many bytes that takes; writes nothing where that exceeds
 * `capacity`. */
typedef enum mote_storage_hasher {
    MOTE_HASHER_BLAKE2_128,
    MOTE_HASHER_BLAKE2_256,
    MOTE_HASHER_BLAKE2_128_CONCAT,
    MOTE_HASHER_TWOX_128,
    MOTE_HASHER_TWOX_256,
    MOTE_HASHER_TWOX_64_CONCAT,
    MOTE_HASHER_IDENTITY
} mote_storage_hasher;

size_t mote_storage_hash(uint8_t *out, size_t capacity, mote_storage_hasher hasher,
                         mote_bytes input);
/* twox_128(pallet) ++ twox_128(item): the prefix of every storage item. Names are their ASCII bytes. */
void mote_storage_prefix(uint8_t out[32], mote_bytes pallet, mote_bytes item);

#ifdef __cplusplus
}
#endif
#endif
