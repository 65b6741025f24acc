/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Merlin's transcripts by STROBE-128 (strobe.sourceforge.io/specs, version 1.0.2). Only the operations that Merlin uses:
 * meta-AD frames a message (label, then its length as four bytes), AD absorbs it, PRF draws a challenge.
 */
#include "mote/transcript.h"

#include <string.h>

#include "keccak.h"

#define RATE 166u /* of which two bytes more hold the padding */

#define FLAG_I 1u
#define FLAG_A 2u
#define FLAG_C 4u
#define FLAG_M 16u
#define META_AD (FLAG_M | FLAG_A)
#define AD FLAG_A
#define PRF (FLAG_I | FLAG_A | FLAG_C)

/* Bytes of the state are numbered as STROBE does: the lowest of each lane first, on machines of either byte order. */
static void add_byte(mote_transcript *t, unsigned index, uint8_t byte) {
    t->lane[index / 8] ^= (uint64_t)byte << (8 * (index % 8));
}

static void permute(mote_transcript *t) {
    add_byte(t, t->position, t->begin);
    add_byte(t, t->position + 1u, 0x04);
    add_byte(t, RATE + 1, 0x80);
    mote_keccak_permute(t->lane);
    t->position = 0;
    t->begin = 0;
}

static void absorb(mote_transcript *t, const uint8_t *data, size_t size) {
    for (size_t i = 0; i < size; i++) {
        add_byte(t, t->position++, data[i]);
        if (t->position == RATE) permute(t);
    }
}

static void begin(mote_transcript *t, uint8_t flags) {
    const uint8_t framing[2] = {t->begin, flags};
    t->begin = (uint8_t)(t->position + 1);
    absorb(t, framing, sizeof framing);
    if ((flags & FLAG_C) != 0 && t->position != 0) permute(t);
}

static void squeeze(mote_transcript *t, uint8_t *out, size_t size) {
    for (size_t i = 0; i < size; i++) {
        out[i] = (uint8_t)(t->lane[t->position / 8] >> (8 * (t->position % 8)));
        add_byte(t, t->position++, out[i]); /* leaves zero: what was drawn is forgotten */
        if (t->position == RATE) permute(t);
    }
}

static void begin_message(mote_transcript *t, const char *label, size_t size) {
    uint8_t length[4];
    for (unsigned i = 0; i < 4; i++) length[i] = (uint8_t)(size >> (8 * i));
    begin(t, META_AD);
    absorb(t, (const uint8_t *)label, strlen(label));
    absorb(t, length, sizeof length);
}

/* The state that STROBE starts from: Keccak-f of {1, RATE + 2, 1, 0, 1, 96, "STROBEv1.0.2"}. (Tested.) */
static const uint64_t initial[KECCAK_LANES] = {
    UINT64_C(0xda55fdf88f166d9c), UINT64_C(0x63356555233ca72a), UINT64_C(0xf62615555c470cdc),
    UINT64_C(0x7cb56cf122ea3b73), UINT64_C(0x12e90e662e681fd3), UINT64_C(0x9413ee0122774a82),
    UINT64_C(0x12332db6fc4a6f22), UINT64_C(0xf6ac24a6e892cc93), UINT64_C(0xfbbb22e39500b6e1),
    UINT64_C(0x7dfe9569b2e545c8), UINT64_C(0x9858ffd17413847c), UINT64_C(0x7372066b63e02ec9),
    UINT64_C(0x53030739602ac921), UINT64_C(0x05b0b7921bbbcc49), UINT64_C(0x887ebcce7fa88f7e),
    UINT64_C(0x34bc04ae45cb6f65), UINT64_C(0x5017d979beaebeca), UINT64_C(0x4d5066b913bfe8c0),
    UINT64_C(0x6588dd6572594313), UINT64_C(0xd5209bcc0914f9ad), UINT64_C(0x99b6971f044474f4),
    UINT64_C(0xd07ba81ee9defbdd), UINT64_C(0xe9965aa72db0f89b), UINT64_C(0x6e4ebb655b7ff047),
    UINT64_C(0xf6fbd9bf6aa1fafe)};

void mote_transcript_init(mote_transcript *out, const char *label) {
    static const uint8_t protocol[11] = "Merlin v1.0";
    memset(out, 0, sizeof *out);
    memcpy(out->lane, initial, sizeof initial);
    begin(out, META_AD);
    absorb(out, protocol, sizeof protocol);
    mote_transcript_append(out, "dom-sep", (mote_bytes){(const uint8_t *)label, strlen(label)});
}

void mote_transcript_append(mote_transcript *transcript, const char *label, mote_bytes message) {
    begin_message(transcript, label, message.size);
    begin(transcript, AD);
    absorb(transcript, message.data, message.size);
}

void mote_transcript_append_u64(mote_transcript *transcript, const char *label, uint64_t value) {
    uint8_t bytes[8];
    for (unsigned i = 0; i < 8; i++) bytes[i] = (uint8_t)(value >> (8 * i));
    mote_transcript_append(transcript, label, (mote_bytes){bytes, sizeof bytes});
}

void mote_transcript_challenge(mote_transcript *transcript, uint8_t *out, size_t size,
                               const char *label) {
    begin_message(transcript, label, size);
    begin(transcript, PRF);
    squeeze(transcript, out, size);
}
