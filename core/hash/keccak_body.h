/* SPDX-License-Identifier: Apache-2.0 */
/*
 * keccak_lanes.h: a state in each lane of a vector, LANES of them. Defined before: LANES, KECCAK_NAME, keccak_lane, XOR3.
 */
#include <string.h>

#include "hash_bytes.h"

#include "keccak_rounds.h"

/* Not inlined: what it keeps on the stack is gone when it returns. */
static __attribute__((noinline)) void permute_all(keccak_lane a[KECCAK_LANES]) {
    permute(a);
}

#if LANES == 8
#define OF_ALL(word_of)                                                                            \
    ((keccak_lane){word_of(0), word_of(1), word_of(2), word_of(3), word_of(4), word_of(5),         \
                   word_of(6), word_of(7)})
#else
#define OF_ALL(word_of) ((keccak_lane){word_of(0), word_of(1), word_of(2), word_of(3)})
#endif

void KECCAK_NAME(permute)(uint64_t *const *states, unsigned count) {
    keccak_lane a[KECCAK_LANES];
    const uint64_t *from[LANES];
    for (unsigned j = 0; j < LANES; j++) from[j] = states[j < count ? j : 0];
#define STATE_WORD(j) from[j][i]
    for (unsigned i = 0; i < KECCAK_LANES; i++) a[i] = OF_ALL(STATE_WORD);
    permute_all(a);
    for (unsigned i = 0; i < KECCAK_LANES; i++) {
        uint64_t own[LANES];
        memcpy(own, &a[i], sizeof own);
        for (unsigned j = 0; j < count; j++) states[j][i] = own[j];
    }
}

/* What is left of a message, with its end marked. */
static void take_last(uint8_t block[KECCAK_256_RATE], mote_bytes *rest) {
    memset(block, 0, KECCAK_256_RATE);
    if (rest->size != 0) memcpy(block, rest->data, rest->size);
    block[rest->size] ^= 0x01;
    block[KECCAK_256_RATE - 1] ^= 0x80;
    *rest = (mote_bytes){NULL, 0};
}

/* The next blocks; a lane without a message any more has whatever it had. Which messages end with theirs. */
static unsigned absorb(keccak_lane a[KECCAK_LANES], uint8_t last[LANES][KECCAK_256_RATE],
                       mote_bytes rest[LANES], unsigned to_do) {
    const uint8_t *block[LANES];
    unsigned ends = 0;
    for (unsigned j = 0; j < LANES; j++) {
        block[j] = last[j];
        if ((to_do >> j & 1) == 0) continue;
        if (rest[j].size < KECCAK_256_RATE) {
            take_last(last[j], &rest[j]);
            ends |= 1u << j;
        } else {
            block[j] = rest[j].data;
            rest[j].data += KECCAK_256_RATE;
            rest[j].size -= KECCAK_256_RATE;
        }
    }
#define BLOCK_WORD(j) load_word(block[j] + 8 * i)
    for (unsigned i = 0; i < KECCAK_256_RATE / 8; i++) a[i] ^= OF_ALL(BLOCK_WORD);
    return ends;
}

static void tell(mote_hash *out, const keccak_lane a[KECCAK_LANES], unsigned ends) {
    for (unsigned i = 0; i < 4; i++) {
        uint64_t own[LANES];
        memcpy(own, &a[i], sizeof own);
        for (unsigned j = 0; j < LANES; j++) {
            if ((ends >> j & 1) != 0) store_word(out[j].bytes + 8 * i, own[j]);
        }
    }
}

void KECCAK_NAME(256)(mote_hash *out, const mote_bytes *message, unsigned count) {
    uint8_t last[LANES][KECCAK_256_RATE] = {{0}};
    mote_bytes rest[LANES];
    keccak_lane a[KECCAK_LANES];
    unsigned to_do = (1u << count) - 1;
    memset(a, 0, sizeof a);
    memcpy(rest, message, count * sizeof *rest);
    while (to_do != 0) {
        const unsigned ends = absorb(a, last, rest, to_do);
        permute_all(a);
        tell(out, a, ends);
        to_do &= ~ends;
    }
}
