/* SPDX-License-Identifier: Apache-2.0 */
/* The recorded headers of headers/babe-verification-vectors.jsonl, each with what its epoch was. */
#ifndef MOTE_TEST_BABE_RECORDED_H
#define MOTE_TEST_BABE_RECORDED_H

#include "fixture.h"

#include "mote/babe.h"

typedef struct babe_recorded {
    mote_bytes header;
    mote_hash hash, pre_hash;
    mote_babe_claim claim;
    uint64_t slot;
    uint32_t authority_index;
    uint8_t authority[32];
    mote_babe_epoch
        epoch; /* of everybody's keys only the author's is recorded: the others are 01 01 01..; weights 1 */
    bool has_score; /* primary */
    mote_babe_score score;
    double threshold; /* approximate: computed by other means, not by a node */
} babe_recorded;

#define BABE_RECORDED 520u
/* All of them; memory stays until the process ends. */
const babe_recorded *babe_recorded_all(void);

/* "340282366920938463463374607431768211455" */
mote_babe_score babe_score_of_decimal(const char *digits);
double babe_score_as_double(mote_babe_score score);

#endif
