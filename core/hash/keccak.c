/* SPDX-License-Identifier: Apache-2.0 */
/* Keccak-256 as Ethereum uses it: Keccak[c = 512] with the padding of the original submission (0x01), not that
 * of SHA-3 (0x06). */
#include "mote/hash.h"

#include <string.h>

#include "hash_bytes.h"
#include "keccak.h"

typedef uint64_t keccak_lane;
#define XOR3(a, b, c) ((a) ^ ((b) ^ (c)))
#include "keccak_rounds.h"

const uint64_t mote_keccak_round[24] = {
    UINT64_C(0x0000000000000001), UINT64_C(0x0000000000008082), UINT64_C(0x800000000000808a),
    UINT64_C(0x8000000080008000), UINT64_C(0x000000000000808b), UINT64_C(0x0000000080000001),
    UINT64_C(0x8000000080008081), UINT64_C(0x8000000000008009), UINT64_C(0x000000000000008a),
    UINT64_C(0x0000000000000088), UINT64_C(0x0000000080008009), UINT64_C(0x000000008000000a),
    UINT64_C(0x000000008000808b), UINT64_C(0x800000000000008b), UINT64_C(0x8000000000008089),
    UINT64_C(0x8000000000008003), UINT64_C(0x8000000000008002), UINT64_C(0x8000000000000080),
    UINT64_C(0x000000000000800a), UINT64_C(0x800000008000000a), UINT64_C(0x8000000080008081),
    UINT64_C(0x8000000000008080), UINT64_C(0x0000000080000001), UINT64_C(0x8000000080008008),
};

void mote_keccak_permute(uint64_t lane[KECCAK_LANES]) {
    permute(lane);
}

static void absorb(uint64_t a[KECCAK_LANES], const uint8_t block[KECCAK_256_RATE]) {
    for (unsigned i = 0; i < KECCAK_256_RATE / 8; i++) a[i] ^= load_word(block + 8 * i);
    permute(a);
}

mote_hash mote_keccak_256(mote_bytes input) {
    uint64_t a[KECCAK_LANES] = {0};
    for (; input.size >= KECCAK_256_RATE;
         input.data += KECCAK_256_RATE, input.size -= KECCAK_256_RATE)
        absorb(a, input.data);
    uint8_t last[KECCAK_256_RATE] = {0};
    if (input.size != 0) memcpy(last, input.data, input.size);
    last[input.size] ^= 0x01;
    last[KECCAK_256_RATE - 1] ^= 0x80;
    absorb(a, last);
    mote_hash hash;
    for (unsigned i = 0; i < 4; i++) store_word(hash.bytes + 8 * i, a[i]);
    return hash;
}
