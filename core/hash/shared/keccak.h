/* SPDX-License-Identifier: Apache-2.0 */
/* The permutation Keccak-f[1600], for sponges of other modules. Lanes are numbered x + 5y. */
#ifndef MOTE_HASH_KECCAK_H
#define MOTE_HASH_KECCAK_H

#include <stdint.h>

#define KECCAK_LANES 25u

void mote_keccak_permute(uint64_t lane[KECCAK_LANES]);

#endif
