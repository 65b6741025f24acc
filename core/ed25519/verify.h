/* SPDX-License-Identifier: Apache-2.0 */
/* Challenge and equation of one signature. Private to the module ed25519. */
#ifndef MOTE_ED25519_VERIFY_H
#define MOTE_ED25519_VERIFY_H

#include "names.h"

#include "mote/bytes.h"
#include "point.h"

/* SHA-512(R ++ A ++ M) mod l, over the bytes as received. */
void scalar_challenge(uint8_t out[32], const uint8_t r[32], const uint8_t public_key[32],
                      mote_bytes message);
/* [8](S B - k A - R) = 0 */
bool equation_holds(const affine_point *A, const affine_point *R, const uint8_t S[32],
                    const uint8_t k[32]);

#endif
