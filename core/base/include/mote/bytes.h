/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Borrowed spans and fixed-size values. Nothing here owns memory: a mote_bytes points into bytes of the
 * caller's, which must outlive it and stay unchanged as long as anything decoded from them is used.
 */
#ifndef MOTE_BYTES_H
#define MOTE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* `data` may be NULL only where `size` is 0. */
typedef struct mote_bytes {
    const uint8_t *data;
    size_t size;
} mote_bytes;

/* A BLAKE2b-256 (or other 32-byte) hash; a struct, so that it cannot be passed where a key is meant. */
typedef struct mote_hash {
    uint8_t bytes[32];
} mote_hash;

bool mote_bytes_equal(mote_bytes a, mote_bytes b);
/* Memory order, the shorter first where one is a prefix of the other: <0, 0, >0. */
int mote_bytes_compare(mote_bytes a, mote_bytes b);
bool mote_bytes_starts_with(mote_bytes whole, mote_bytes prefix);
bool mote_hash_equal(const mote_hash *a, const mote_hash *b);

#ifdef __cplusplus
}
#endif
#endif
