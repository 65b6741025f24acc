/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of one signature. Private to the module sr25519. */
#ifndef MOTE_SR25519_SCHNORR_H
#define MOTE_SR25519_SCHNORR_H

#include "names.h"

#include "mote/status.h"
#include "mote/transcript.h"
#include "point.h"

/* A challenge of 64 bytes modulo the group order. */
void transcript_scalar(uint8_t out[32], mote_transcript *transcript, const char *label);

/* s without the marker bit; why it is refused, or MOTE_OK. */
mote_status schnorr_scalar(uint8_t s[32], const uint8_t signature[64]);
void schnorr_challenge(uint8_t k[32], mote_bytes signing_context, const uint8_t public_key[32],
                       const uint8_t R[32], mote_bytes message);
/* s B = R + k A */
bool schnorr_holds(const affine_point *A, const affine_point *R, const uint8_t s[32],
                   const uint8_t k[32]);

#endif
