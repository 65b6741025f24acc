/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Merlin's transcripts by STROBE-128 (strobe.sourceforge.io/specs, version 1.0.2). Only the operations that Merlin uses:
 * meta-AD frames a message (label, then its length as four bytes), AD absorbs it, PRF draws a challenge.
 *
 * Everything is done to a group of transcripts that are at the same place; one alone is a group of one.
 */
#include "transcripts.h"

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

/* Transcripts that are at the same place. */
typedef struct group {
    mote_backend backend;
    unsigned count;
    mote_transcript *at[TRANSCRIPTS_AT_ONCE];
} group;

/* Bytes of the state are numbered as STROBE does: the lowest of each lane first, on machines of either byte order. */
static void add_byte(mote_transcript *t, unsigned index, uint8_t byte) {
    t->lane[index / 8] ^= (uint64_t)byte << (8 * (index % 8));
}

static uint64_t load_u64(const uint8_t bytes[8]) {
    uint64_t word = 0;
    for (unsigned i = 0; i < 8; i++) word |= (uint64_t)bytes[i] << (8 * i);
    return word;
}

/* From the position on, to the end of the rate at most. */
static void add_bytes(mote_transcript *t, const uint8_t *data, size_t size) {
    unsigned at = t->position;
    const unsigned end = at + (unsigned)size;
    for (; at < end && at % 8 != 0; at++) add_byte(t, at, *data++);
    for (; end - at >= 8; at += 8, data += 8) t->lane[at / 8] ^= load_u64(data);
    for (; at < end; at++) add_byte(t, at, *data++);
    t->position = (uint8_t)end;
}

/* And leaves zeros: what was drawn is forgotten. */
static void take_bytes(mote_transcript *t, uint8_t *out, size_t size) {
    for (size_t i = 0; i < size; i++) {
        const unsigned at = t->position++;
        out[i] = (uint8_t)(t->lane[at / 8] >> (8 * (at % 8)));
        add_byte(t, at, out[i]);
    }
}

static void permute(const group *g) {
    uint64_t *states[TRANSCRIPTS_AT_ONCE];
    for (unsigned k = 0; k < g->count; k++) {
        mote_transcript *t = g->at[k];
        add_byte(t, t->position, t->begin);
        add_byte(t, t->position + 1u, 0x04);
        add_byte(t, RATE + 1, 0x80);
        t->position = 0;
        t->begin = 0;
        states[k] = t->lane;
    }
    mote_keccak_permute_many(g->backend, states, g->count);
}

/* How much of `left` bytes fits before the next permutation. */
static size_t fitting(const group *g, size_t left) {
    const size_t room = RATE - (size_t)g->at[0]->position;
    return left < room ? left : room;
}

/* Of the k-th transcript data[k * step]: step 0 is the same for all. */
static void absorb(const group *g, const uint8_t *const *data, unsigned step, size_t size) {
    for (size_t done = 0, some; done < size; done += some) {
        some = fitting(g, size - done);
        for (unsigned k = 0; k < g->count; k++) {
            add_bytes(g->at[k], data[(size_t)k * step] + done, some);
        }
        if (g->at[0]->position == RATE) permute(g);
    }
}

static void absorb_same(const group *g, const uint8_t *data, size_t size) {
    absorb(g, &data, 0, size);
}

static void begin(const group *g, uint8_t flags) {
    const uint8_t framing[2] = {g->at[0]->begin, flags};
    for (unsigned k = 0; k < g->count; k++) g->at[k]->begin = (uint8_t)(g->at[k]->position + 1);
    absorb_same(g, framing, sizeof framing);
    if ((flags & FLAG_C) != 0 && g->at[0]->position != 0) permute(g);
}

static void squeeze(const group *g, uint8_t *const *out, size_t size) {
    for (size_t done = 0, some; done < size; done += some) {
        some = fitting(g, size - done);
        for (unsigned k = 0; k < g->count; k++) take_bytes(g->at[k], out[k] + done, some);
        if (g->at[0]->position == RATE) permute(g);
    }
}

static void begin_message(const group *g, const char *label, size_t size) {
    uint8_t length[4];
    for (unsigned i = 0; i < 4; i++) length[i] = (uint8_t)(size >> (8 * i));
    begin(g, META_AD);
    absorb_same(g, (const uint8_t *)label, strlen(label));
    absorb_same(g, length, sizeof length);
}

static void append(const group *g, const char *label, const uint8_t *const *data, unsigned step,
                   size_t size) {
    begin_message(g, label, size);
    begin(g, AD);
    absorb(g, data, step, size);
}

static void challenge(const group *g, uint8_t *const *out, size_t size, const char *label) {
    begin_message(g, label, size);
    begin(g, PRF);
    squeeze(g, out, size);
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

static void append_text(const group *g, const char *label, const char *text) {
    const uint8_t *data = (const uint8_t *)text;
    append(g, label, &data, 0, strlen(text));
}

static void start(mote_transcript *out, const char *label) {
    static const uint8_t protocol[11] = "Merlin v1.0";
    const group g = {MOTE_BACKEND_PORTABLE, 1, {out}};
    memset(out, 0, sizeof *out);
    memcpy(out->lane, initial, sizeof initial);
    begin(&g, META_AD);
    absorb_same(&g, protocol, sizeof protocol);
    append_text(&g, "dom-sep", label);
}

/* --- one ------------------------------------------------------------------------------------------------------ */

void mote_transcript_init(mote_transcript *out, const char *label) {
    start(out, label);
}

void mote_transcript_append(mote_transcript *transcript, const char *label, mote_bytes message) {
    const group g = {MOTE_BACKEND_PORTABLE, 1, {transcript}};
    append(&g, label, &message.data, 0, message.size);
}

void mote_transcript_append_u64(mote_transcript *transcript, const char *label, uint64_t value) {
    uint8_t bytes[8];
    for (unsigned i = 0; i < 8; i++) bytes[i] = (uint8_t)(value >> (8 * i));
    mote_transcript_append(transcript, label, (mote_bytes){bytes, sizeof bytes});
}

void mote_transcript_challenge(mote_transcript *transcript, uint8_t *out, size_t size,
                               const char *label) {
    const group g = {MOTE_BACKEND_PORTABLE, 1, {transcript}};
    challenge(&g, &out, size, label);
}

/* --- several -------------------------------------------------------------------------------------------------- */

static group group_of(transcripts *all) {
    group g = {all->backend, all->count, {NULL}};
    for (unsigned k = 0; k < all->count; k++) g.at[k] = &all->at[k];
    return g;
}

void transcripts_init(transcripts *out, mote_backend backend, unsigned count, const char *label) {
    out->backend = backend;
    out->count = count;
    start(&out->at[0], label);
    for (unsigned k = 1; k < count; k++) out->at[k] = out->at[0];
}

void transcripts_append_same(transcripts *all, const char *label, mote_bytes message) {
    const group g = group_of(all);
    append(&g, label, &message.data, 0, message.size);
}

void transcripts_append_text(transcripts *all, const char *label, const char *text) {
    const group g = group_of(all);
    append_text(&g, label, text);
}

void transcripts_append(transcripts *all, const char *label, const uint8_t *const *messages,
                        size_t size) {
    const group g = group_of(all);
    append(&g, label, messages, 1, size);
}

void transcripts_challenge(transcripts *all, uint8_t *const *out, size_t size, const char *label) {
    const group g = group_of(all);
    challenge(&g, out, size, label);
}

bool transcripts_agree(const mote_transcript *a, const mote_transcript *b) {
    return a->position == b->position && a->begin == b->begin;
}
