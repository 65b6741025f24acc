/* SPDX-License-Identifier: Apache-2.0 */
/* The equation for one signature over points that are decoded already. Private to the module ed25519. */
#ifndef MOTE_ED25519_VERIFY_H
#define MOTE_ED25519_VERIFY_H

#include "names.h"

#include "point.h"

/* [8](S B - k A - R) = 0 */
bool equation_holds(const affine_point *A, const affine_point *R, const uint8_t S[32],
                    const uint8_t k[32]);

#endif
