/* SPDX-License-Identifier: Apache-2.0 */
/* Keccak-256 as Ethereum uses it: Keccak[c = 512] with the padding of the original submission (0x01), not that
 * of SHA-3 (0x06). Names of the steps are the ones of the Keccak reference, lanes are numbered x + 5y. */
#include "mote/hash.h"

#include <string.h>

#include "hash_bytes.h"
#include "keccak.h"

#define RATE 136u

static const uint64_t round_constants[24] = {
    UINT64_C(0x0000000000000001), UINT64_C(0x0000000000008082), UINT64_C(0x800000000000808a),
    UINT64_C(0x8000000080008000), UINT64_C(0x000000000000808b), UINT64_C(0x0000000080000001),
    UINT64_C(0x8000000080008081), UINT64_C(0x8000000000008009), UINT64_C(0x000000000000008a),
    UINT64_C(0x0000000000000088), UINT64_C(0x0000000080008009), UINT64_C(0x000000008000000a),
    UINT64_C(0x000000008000808b), UINT64_C(0x800000000000008b), UINT64_C(0x8000000000008089),
    UINT64_C(0x8000000000008003), UINT64_C(0x8000000000008002), UINT64_C(0x8000000000000080),
    UINT64_C(0x000000000000800a), UINT64_C(0x800000008000000a), UINT64_C(0x8000000080008081),
    UINT64_C(0x8000000000008080), UINT64_C(0x0000000080000001), UINT64_C(0x8000000080008008),
};

static void theta(uint64_t a[KECCAK_LANES]) {
    uint64_t parity[5];
    for (unsigned x = 0; x < 5; x++)
        parity[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (unsigned x = 0; x < 5; x++) {
        uint64_t mixed = parity[(x + 4) % 5] ^ rotate_left(parity[(x + 1) % 5], 1);
        for (unsigned y = 0; y < KECCAK_LANES; y += 5) a[x + y] ^= mixed;
    }
}

/* Rho and pi in one walk along pi's single cycle through all lanes but the first: what was in the lane before goes
 * to this one, rotated. Written out so that compilers know every index. */
#define MOVE(lane, bits)                                                                           \
    do {                                                                                           \
        uint64_t replaced = a[lane];                                                               \
        a[lane] = rotate_left(moved, bits);                                                        \
        moved = replaced;                                                                          \
    } while (0)

static void rho_and_pi(uint64_t a[KECCAK_LANES]) {
    uint64_t moved = a[1];
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

static void chi(uint64_t a[KECCAK_LANES]) {
    for (unsigned y = 0; y < KECCAK_LANES; y += 5) {
        const uint64_t first = a[y], second = a[y + 1];
        for (unsigned x = 0; x < 3; x++) a[y + x] ^= ~a[y + x + 1] & a[y + x + 2];
        a[y + 3] ^= ~a[y + 4] & first;
        a[y + 4] ^= ~first & second;
    }
}

void mote_keccak_permute(uint64_t a[KECCAK_LANES]) {
    for (unsigned round = 0; round < 24; round++) {
        theta(a);
        rho_and_pi(a);
        chi(a);
        a[0] ^= round_constants[round];
    }
}

static void absorb(uint64_t a[KECCAK_LANES], const uint8_t block[RATE]) {
    for (unsigned i = 0; i < RATE / 8; i++) a[i] ^= load_word(block + 8 * i);
    mote_keccak_permute(a);
}

mote_hash mote_keccak_256(mote_bytes input) {
    uint64_t a[KECCAK_LANES] = {0};
    for (; input.size >= RATE; input.data += RATE, input.size -= RATE) absorb(a, input.data);
    uint8_t last[RATE] = {0};
    if (input.size != 0) memcpy(last, input.data, input.size);
    last[input.size] ^= 0x01;
    last[RATE - 1] ^= 0x80;
    absorb(a, last);
    mote_hash hash;
    for (unsigned i = 0; i < 4; i++) store_word(hash.bytes + 8 * i, a[i]);
    return hash;
}
