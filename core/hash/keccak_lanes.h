/* SPDX-License-Identifier: Apache-2.0 */
/* The back ends that have several sponges side by side: keccak_body.h in vectors of 4 and 8. Private to the module. */
#ifndef MOTE_HASH_KECCAK_LANES_H
#define MOTE_HASH_KECCAK_LANES_H

#include "keccak.h"
#include "mote/hash.h"

/* Each: of at most as many as there are lanes. */
#define KECCAK_BACKEND(name)                                                                       \
    void mote_keccak_permute_##name(uint64_t *const *states, unsigned count);                      \
    void mote_keccak_256_##name(mote_hash *out, const mote_bytes *message, unsigned count)
KECCAK_BACKEND(avx512);
KECCAK_BACKEND(avx2);
#undef KECCAK_BACKEND

#endif
