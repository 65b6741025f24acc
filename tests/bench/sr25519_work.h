/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is measured: seals and VRF proofs as a chain's headers carry them, each by a key of its own. The host makes them
 * and writes them into the buffers; every function returns how many it accepted: all of them, or the measurement is
 * void. The names are those the wasm build exports.
 */
#ifndef MOTE_BENCH_SR25519_WORK_H
#define MOTE_BENCH_SR25519_WORK_H

#include <stdint.h>

#define BENCH_CASES 256u
#define BENCH_SIGNATURE 128u /* key, signature, message of 32 bytes */
#define BENCH_VRF 176u /* key, pre-output, proof, randomness, slot and epoch (little-endian) */

uint8_t *bench_signatures(void);
uint8_t *bench_vrfs(void);
uint32_t bench_single(void);         /* signatures one by one */
uint32_t bench_batch(uint32_t size); /* in batches of that many, a divisor of the number of cases */
uint32_t bench_vrf(void);            /* proofs one by one */
uint32_t bench_vrf_many(void);       /* all proofs at once */
uint32_t bench_vrf_and_score(void);  /* and the bytes that BABE draws from each */

#endif
