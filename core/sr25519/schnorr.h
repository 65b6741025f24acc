/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of one signature. Private to the module sr25519. */
#ifndef MOTE_SR25519_SCHNORR_H
#define MOTE_SR25519_SCHNORR_H

#include "names.h"

#include "mote/status.h"
#include "point.h"
#include "transcripts.h"

/* Challenges of 64 bytes modulo the group order. */
void transcripts_scalars(transcripts *all, uint8_t *const *out, const char *label);

/* s without the marker bit; why it is refused, or MOTE_OK. */
mote_status schnorr_scalar(uint8_t s[32], const uint8_t signature[64]);

/* Of one signature: 32 bytes each, and its message. */
typedef struct challenged {
    const uint8_t *public_key, *R, *message;
    uint8_t *k;
} challenged;
/* k of each of TRANSCRIPTS_AT_ONCE at most, over messages of one size. */
void schnorr_challenges(mote_backend backend, const challenged *all, unsigned count,
                        mote_bytes signing_context, size_t message_size);
/* s B = R + k A */
bool schnorr_holds(const affine_point *A, const affine_point *R, const uint8_t s[32],
                   const uint8_t k[32]);

#endif
