/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers modulo the group order l = 2^252 + 27742317777372353535851937790883648493: libsodium's arithmetic behind
 * names of ours. Little-endian, 32 bytes. Private to the module ed25519; the only place that sees libsodium.
 */
#ifndef MOTE_ED25519_SCALAR_H
#define MOTE_ED25519_SCALAR_H

#include "names.h"

#include <stdbool.h>
#include <stdint.h>

#include "mote/bytes.h"

bool scalar_is_canonical(const uint8_t scalar[32]); /* < l */
void scalar_multiply(uint8_t out[32], const uint8_t a[32], const uint8_t b[32]);
void scalar_add(uint8_t out[32], const uint8_t a[32], const uint8_t b[32]);
void scalar_negate(uint8_t out[32], const uint8_t a[32]);
/* SHA-512(R ++ A ++ M) mod l, over the bytes as received. */
void scalar_challenge(uint8_t out[32], const uint8_t r[32], const uint8_t public_key[32],
                      mote_bytes message);

#endif
