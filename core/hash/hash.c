/* SPDX-License-Identifier: Apache-2.0 */
/* Fixed sizes of BLAKE2b, libsodium's SHA-512, and Substrate's storage hashers. */
#include "mote/hash.h"

#include <string.h>

#include <sodium/crypto_hash_sha512.h>

mote_hash mote_blake2b_256(mote_bytes input) {
    mote_hash hash;
    mote_blake2b(hash.bytes, sizeof hash.bytes, input);
    return hash;
}

void mote_blake2b_128(uint8_t out[16], mote_bytes input) {
    mote_blake2b(out, 16, input);
}

void mote_sha512(uint8_t out[64], mote_bytes input) {
    (void)crypto_hash_sha512(out, input.data, input.size); /* cannot fail */
}

static size_t hash_size(mote_storage_hasher hasher) {
    switch (hasher) {
    case MOTE_HASHER_TWOX_64_CONCAT: return 8;
    case MOTE_HASHER_BLAKE2_128:
    case MOTE_HASHER_BLAKE2_128_CONCAT:
    case MOTE_HASHER_TWOX_128: return 16;
    case MOTE_HASHER_BLAKE2_256:
    case MOTE_HASHER_TWOX_256: return 32;
    case MOTE_HASHER_IDENTITY: break;
    }
    return 0;
}

static bool appends_input(mote_storage_hasher hasher) {
    return hasher == MOTE_HASHER_TWOX_64_CONCAT || hasher == MOTE_HASHER_BLAKE2_128_CONCAT ||
           hasher == MOTE_HASHER_IDENTITY;
}

static void write_hash(uint8_t *out, mote_storage_hasher hasher, mote_bytes input) {
    switch (hasher) {
    case MOTE_HASHER_BLAKE2_128:
    case MOTE_HASHER_BLAKE2_128_CONCAT: mote_blake2b_128(out, input); break;
    case MOTE_HASHER_BLAKE2_256: mote_blake2b(out, 32, input); break;
    case MOTE_HASHER_TWOX_64_CONCAT: mote_twox_64(out, input); break;
    case MOTE_HASHER_TWOX_128: mote_twox_128(out, input); break;
    case MOTE_HASHER_TWOX_256: mote_twox_256(out, input); break;
    case MOTE_HASHER_IDENTITY: break;
    }
}

size_t mote_storage_hash(uint8_t *out, size_t capacity, mote_storage_hasher hasher,
                         mote_bytes input) {
    size_t hashed = hash_size(hasher);
    size_t appended = appends_input(hasher) ? input.size : 0;
    if (appended > SIZE_MAX - hashed) return SIZE_MAX;
    if (hashed + appended > capacity) return hashed + appended;
    write_hash(out, hasher, input);
    if (appended != 0) memcpy(out + hashed, input.data, appended);
    return hashed + appended;
}

void mote_storage_prefix(uint8_t out[32], mote_bytes pallet, mote_bytes item) {
    mote_twox_128(out, pallet);
    mote_twox_128(out + 16, item);
}
