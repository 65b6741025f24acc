/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this module share is named plainly in them and carries the library's prefix when linked, so that
 * nothing of an embedder's own can collide with it. */
#ifndef MOTE_SR25519_NAMES_H
#define MOTE_SR25519_NAMES_H

#define ristretto_decode mote_sr25519_ristretto_decode
#define ristretto_decode_block mote_sr25519_ristretto_decode_block
#define ristretto_encode mote_sr25519_ristretto_encode
#define ristretto_encode_block mote_sr25519_ristretto_encode_block
#define ristretto_encode_doubled mote_sr25519_ristretto_encode_doubled
#define ristretto_from_uniform mote_sr25519_ristretto_from_uniform
#define ristretto_from_uniform_block mote_sr25519_ristretto_from_uniform_block
#define ristretto_is_zero mote_sr25519_ristretto_is_zero
#define schnorr_challenge mote_sr25519_schnorr_challenge
#define schnorr_holds mote_sr25519_schnorr_holds
#define schnorr_scalar mote_sr25519_schnorr_scalar
#define transcript_scalar mote_sr25519_transcript_scalar

#endif
