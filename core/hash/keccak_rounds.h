/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keccak-f[1600]. Defined before: keccak_lane, a lane of one state or of several states side by side, and XOR3 of three of
 * them. Names of the steps are those of the Keccak reference, lanes are numbered x + 5y.
 */
#ifndef MOTE_HASH_KECCAK_ROUNDS_H
#define MOTE_HASH_KECCAK_ROUNDS_H

#include <string.h>

#include "keccak.h"

#define ROTATE(v, bits) ((v) << (bits) | (v) >> (64 - (bits)))

/* Written out, so that compilers know every index and a state can be in registers. */
#define PARITY(x) XOR3(a[x], a[x + 5], XOR3(a[x + 10], a[x + 15], a[x + 20]))
#define ADD_TO_COLUMN(x, before, after)                                                            \
    do {                                                                                           \
        const keccak_lane turned = ROTATE(after, 1);                                               \
        a[x] = XOR3(a[x], before, turned);                                                         \
        a[x + 5] = XOR3(a[x + 5], before, turned);                                                 \
        a[x + 10] = XOR3(a[x + 10], before, turned);                                               \
        a[x + 15] = XOR3(a[x + 15], before, turned);                                               \
        a[x + 20] = XOR3(a[x + 20], before, turned);                                               \
    } while (0)

static inline void theta(keccak_lane a[KECCAK_LANES]) {
    const keccak_lane parity0 = PARITY(0), parity1 = PARITY(1), parity2 = PARITY(2);
    const keccak_lane parity3 = PARITY(3), parity4 = PARITY(4);
    ADD_TO_COLUMN(0, parity4, parity1);
    ADD_TO_COLUMN(1, parity0, parity2);
    ADD_TO_COLUMN(2, parity1, parity3);
    ADD_TO_COLUMN(3, parity2, parity4);
    ADD_TO_COLUMN(4, parity3, parity0);
}

/* Rho and pi in one walk along pi's single cycle through all lanes but the first: what was in the lane before goes
 * to this one, rotated. */
#define MOVE(lane, bits)                                                                           \
    do {                                                                                           \
        const keccak_lane replaced = a[lane];                                                      \
        a[lane] = ROTATE(moved, bits);                                                             \
        moved = replaced;                                                                          \
    } while (0)

static inline void rho_and_pi(keccak_lane a[KECCAK_LANES]) {
    keccak_lane moved = a[1];
    /* clang-format off */
    MOVE(10, 1); MOVE(7, 3); MOVE(11, 6);
    MOVE(17, 10); MOVE(18, 15); MOVE(3, 21);
    MOVE(5, 28); MOVE(16, 36); MOVE(8, 45);
    MOVE(21, 55); MOVE(24, 2); MOVE(4, 14);
    MOVE(15, 27); MOVE(23, 41); MOVE(19, 56);
    MOVE(13, 8); MOVE(12, 25); MOVE(2, 43);
    MOVE(20, 62); MOVE(14, 18); MOVE(22, 39);
    MOVE(9, 61); MOVE(6, 20); MOVE(1, 44);
    /* clang-format on */
}

#define CHI_OF_ROW(y)                                                                              \
    do {                                                                                           \
        const keccak_lane first = a[y], second = a[y + 1];                                         \
        a[y] ^= ~a[y + 1] & a[y + 2];                                                              \
        a[y + 1] ^= ~a[y + 2] & a[y + 3];                                                          \
        a[y + 2] ^= ~a[y + 3] & a[y + 4];                                                          \
        a[y + 3] ^= ~a[y + 4] & first;                                                             \
        a[y + 4] ^= ~first & second;                                                               \
    } while (0)

static inline void chi(keccak_lane a[KECCAK_LANES]) {
    CHI_OF_ROW(0);
    CHI_OF_ROW(5);
    CHI_OF_ROW(10);
    CHI_OF_ROW(15);
    CHI_OF_ROW(20);
}

static inline void permute(keccak_lane state[KECCAK_LANES]) {
    keccak_lane a[KECCAK_LANES];
    memcpy(a, state, sizeof a);
    for (unsigned round = 0; round < 24; round++) {
        theta(a);
        rho_and_pi(a);
        chi(a);
        a[0] ^= mote_keccak_round[round];
    }
    memcpy(state, a, sizeof a);
}

#endif
