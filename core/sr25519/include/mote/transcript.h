/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Merlin transcripts (merlin.cool, "Merlin v1.0"): what a proof is about, gathered message by message under labels, and
 * challenges drawn from everything gathered so far. STROBE-128 over Keccak-f[1600].
 *
 * Labels are part of the protocol: one other letter gives other challenges. A transcript is plain memory: copy it to
 * fork it. Nothing here fails, and nothing is kept by reference.
 */
#ifndef MOTE_TRANSCRIPT_H
#define MOTE_TRANSCRIPT_H

#include "mote/bytes.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mote_transcript {
    uint64_t lane[25]; /* Keccak's state */
    uint8_t position;  /* next byte of the rate */
    uint8_t begin;     /* where the operation under way began, plus one */
} mote_transcript;

void mote_transcript_init(mote_transcript *out, const char *label);
/* Messages up to 2^32 - 1 bytes, which is what their framing can say. */
void mote_transcript_append(mote_transcript *transcript, const char *label, mote_bytes message);
void mote_transcript_append_u64(mote_transcript *transcript, const char *label, uint64_t value);
/* `size` bytes that depend on everything appended and drawn before; drawing changes the transcript. */
void mote_transcript_challenge(mote_transcript *transcript, uint8_t *out, size_t size,
                               const char *label);

#ifdef __cplusplus
}
#endif
#endif
