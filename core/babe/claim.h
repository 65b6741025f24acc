/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of judging one claim, which many are judged by as well. Private to the module babe. */
#ifndef MOTE_BABE_CLAIM_H
#define MOTE_BABE_CLAIM_H

#include "mote/babe.h"
#include "mote/sr25519.h"

/* What has been found out of a list of authorities, for the next claim under it: a list is known by where it is, for as
 * long as nobody can change it. All zeros: nothing yet. */
typedef struct mote_babe_known {
    const uint8_t *items;
    uint32_t count;
    uint64_t total; /* weight */
    uint64_t c_numerator, c_denominator, weight;
    mote_babe_score threshold; /* of that weight with that c; weight 0: none yet */
} mote_babe_known;

/* mote_babe_epoch_check; where it is sound `known` is of its authorities. */
mote_status mote_babe_check_epoch(mote_context *context, mote_babe_known *known,
                                  const mote_babe_epoch *epoch);
/* mote_babe_verify up to where signatures are asked for: all of `out` but score and threshold. */
mote_status mote_babe_check_claim(mote_context *context, mote_babe_authorship *out,
                                  mote_babe_known *known, const mote_babe_digest *digest,
                                  const mote_babe_epoch *epoch, uint64_t slot_now);
/* What the VRF of that author is evaluated at. */
void mote_babe_vrf_transcript(mote_transcript *out, const mote_babe_authorship *author,
                              const mote_babe_epoch *epoch);
/* Of a primary claim whose VRF holds, with what is drawn from that: fills in score and threshold. `epoch` is sound. */
#define MOTE_BABE_SCORE_LABEL "substrate-babe-vrf"
#define MOTE_BABE_SCORE_SIZE 16u
mote_status mote_babe_check_score(mote_babe_authorship *author, mote_babe_known *known,
                                  const uint8_t score[MOTE_BABE_SCORE_SIZE],
                                  const mote_babe_epoch *epoch);

#endif
