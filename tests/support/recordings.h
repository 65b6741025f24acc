/* SPDX-License-Identifier: Apache-2.0 */
/* The recordings of demo/recordings, made again from tests/vectors by mote's own writers. */
#ifndef MOTE_TEST_RECORDINGS_H
#define MOTE_TEST_RECORDINGS_H

#include "fixture.h"

#include "mote/bundle.h"

typedef struct recording {
    const char *name;
    mote_bytes bundle;
    mote_bytes checkpoint; /* compact form */
    uint64_t now;          /* a minute after the newest block in it */
} recording;

typedef enum recording_index {
    RECORDING_ROCOCO_BASILISK,
    RECORDING_ROCOCO_PANGOLIN,
    RECORDING_KUSAMA_FINALITY,
    RECORDING_ROCOCO_WARP,
    RECORDING_LOCAL_GENESIS,
    RECORDING_FORGED, /* of ROCOCO_BASILISK: another event, with everything below the lie made to fit it */
    RECORDINGS
} recording_index;

recording recording_make(recording_index index);
/* Polkadot's relay chain state under a root that is only said: a JSON array of the proof's nodes, as text. */
mote_bytes recording_assumed_proof(void);
/* What a made bundle is, link by link: walks it whole and fails the test where a link does. Returns how many. */
typedef void recording_each(const mote_link *link, void *user);
size_t recording_walk(const recording *of, recording_each *each, void *user);
/* The same without failing: the first failure, its link and its byte (MOTE_OK, and the last link, where all hold). */
typedef struct recording_verdict {
    mote_status status;
    mote_link link;
    size_t offset;
    uint32_t links;
    uint32_t assumed;
} recording_verdict;
recording_verdict recording_judge(mote_context *context, mote_bytes bundle, mote_bytes checkpoint,
                                  uint64_t now, recording_each *each, void *user);

#endif
