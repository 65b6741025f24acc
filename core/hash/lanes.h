/* SPDX-License-Identifier: Apache-2.0 */
/* The back ends that hash several messages side by side: lanes_body.h in vectors of 2, 4 and 8. Private to the module. */
#ifndef MOTE_HASH_LANES_H
#define MOTE_HASH_LANES_H

#include "many.h"

#define HASH_BACKEND(name)                                                                         \
    void mote_hash_sha512_##name(uint8_t *out, const mote_bytes *message, size_t count);           \
    void mote_hash_blake2b_256_##name(uint8_t *out, const mote_bytes *message, size_t count)
HASH_BACKEND(avx512);
HASH_BACKEND(avx2);
HASH_BACKEND(simd128);
#undef HASH_BACKEND

#define HASH_BLOCK 128u /* of both */

extern const uint64_t mote_hash_start[8]; /* of both */
extern const uint64_t mote_hash_sha512_round[80];

#endif
