/* SPDX-License-Identifier: Apache-2.0 */
/* OpenSSL's verification of one signature, from the key's bytes on: a peer of the native benchmarks (-DBENCH_OPENSSL). */
#ifndef MOTE_BENCH_OPENSSL_PEER_H
#define MOTE_BENCH_OPENSSL_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool openssl_accepts(const uint8_t key[32], const uint8_t signature[64], const uint8_t *message,
                     size_t size);

#endif
