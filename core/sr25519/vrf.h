/* SPDX-License-Identifier: Apache-2.0 */
/* Steps of judging VRF proofs, of one or of several. Private to the module sr25519. */
#ifndef MOTE_SR25519_VRF_H
#define MOTE_SR25519_VRF_H

#include "mote/sr25519.h"
#include "ristretto.h"
#include "transcripts.h"

/* A claim under way. R and Hr are made as half of them, which are doubled when they are encoded. */
enum { R, HR, COMMITMENTS };

/* Of one claim: A, x H and H. */
typedef struct claim_points {
    point A, gamma, H;
} claim_points;

/* The first reason to refuse a claim of which is known what of it decodes. */
mote_status vrf_check_decoded(const mote_sr25519_vrf_claim *claim, bool key_decodes,
                              bool output_decodes);
/* Of claims whose transcripts agree, at most TRANSCRIPTS_AT_ONCE: what their inputs H are hashed from. */
void vrf_draw_inputs(mote_backend backend, uint8_t (*uniform)[64],
                     const mote_sr25519_vrf_claim *claims, unsigned count);
/* Is c what the transcript over all of them gives? Of that many at most. */
void vrf_compare_challenges(mote_backend backend, bool *same, const mote_sr25519_vrf *vrf,
                            ristretto_doubled (*made)[COMMITMENTS],
                            const mote_sr25519_vrf_claim *claims, unsigned count);

#endif
