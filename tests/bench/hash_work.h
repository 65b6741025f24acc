/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is measured: BLAKE2b-256 of the nodes of a storage proof, 1000 of 200 bytes one behind the other, as they lie
 * in a SCALE-encoded proof. Every function returns how many hashes it made, and leaves their sum where
 * bench_sum tells it: equal for all, or the measurement is void. The names are those the wasm build exports.
 */
#ifndef MOTE_BENCH_HASH_WORK_H
#define MOTE_BENCH_HASH_WORK_H

#include <stdint.h>

#include "mote/backend.h"

#define BENCH_NODES 1000u
#define BENCH_NODE_SIZE 200u

void bench_prepare(void);
uint32_t bench_own(void);                         /* mote's */
uint32_t bench_sodium(void);                      /* libsodium's crypto_generichash */
uint32_t bench_many(mote_backend backend);        /* mote's, all in one call */
uint32_t bench_keccak_many(mote_backend backend); /* native only: Keccak-256 of 64 bytes */
/* wasm only: the same with -Os, the flags of libsodium's own wasm build; and with nothing configured */
uint32_t bench_sodium_os(void);
uint32_t bench_sodium_plain(void);
uint32_t bench_sum(void); /* of the hashes of the function called last */

#endif
