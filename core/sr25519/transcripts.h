/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Transcripts that gather the same labels and messages of the same sizes at the same time, so that their permutations come
 * at the same time too and are made side by side. Private to the module sr25519.
 */
#ifndef MOTE_SR25519_TRANSCRIPTS_H
#define MOTE_SR25519_TRANSCRIPTS_H

#include "names.h"

#include <stddef.h>

#include "mote/backend.h"
#include "mote/transcript.h"

#define TRANSCRIPTS_AT_ONCE 8u

typedef struct transcripts {
    mote_backend backend; /* one that runs here */
    unsigned count;
    mote_transcript at[TRANSCRIPTS_AT_ONCE];
} transcripts;

void transcripts_init(transcripts *out, mote_backend backend, unsigned count, const char *label);
/* The same to all. */
void transcripts_append_same(transcripts *all, const char *label, mote_bytes message);
void transcripts_append_text(transcripts *all, const char *label, const char *text);
/* To each its own: `size` bytes. */
void transcripts_append(transcripts *all, const char *label, const uint8_t *const *messages,
                        size_t size);
void transcripts_challenge(transcripts *all, uint8_t *const *out, size_t size, const char *label);
/* Could it be one of them, as far as it has come? */
bool transcripts_agree(const mote_transcript *a, const mote_transcript *b);

#endif
