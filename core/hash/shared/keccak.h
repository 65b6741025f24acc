/* SPDX-License-Identifier: Apache-2.0 */
/* The permutation Keccak-f[1600], for sponges of other modules. Lanes are numbered x + 5y. */
#ifndef MOTE_HASH_KECCAK_H
#define MOTE_HASH_KECCAK_H

#include <stddef.h>
#include <stdint.h>

#include "mote/backend.h"

#define KECCAK_LANES 25u
#define KECCAK_256_RATE 136u

extern const uint64_t mote_keccak_round[24];

void mote_keccak_permute(uint64_t lane[KECCAK_LANES]);
/* Of several states, side by side where the back end can. `backend`: one that runs here. */
void mote_keccak_permute_many(mote_backend backend, uint64_t *const *states, size_t count);

#endif
