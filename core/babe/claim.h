/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of judging one claim, which many are judged by as well. Private to the module babe. */
#ifndef MOTE_BABE_CLAIM_H
#define MOTE_BABE_CLAIM_H

#include "mote/babe.h"
#include "mote/sr25519.h"

/* mote_babe_verify up to where signatures are asked for: all of `out` but score and threshold. */
mote_status mote_babe_check_claim(mote_context *context, mote_babe_authorship *out,
                                  const mote_babe_digest *digest, const mote_babe_epoch *epoch,
                                  uint64_t slot_now);
/* What the VRF of that author is evaluated at. */
void mote_babe_vrf_transcript(mote_transcript *out, const mote_babe_authorship *author,
                              const mote_babe_epoch *epoch);
/* Of a primary claim whose VRF holds, with what is drawn from that: fills in score and threshold. */
#define MOTE_BABE_SCORE_LABEL "substrate-babe-vrf"
#define MOTE_BABE_SCORE_SIZE 16u
mote_status mote_babe_check_score(mote_babe_authorship *author,
                                  const uint8_t score[MOTE_BABE_SCORE_SIZE],
                                  const mote_babe_epoch *epoch);

#endif
