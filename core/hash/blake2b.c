/* SPDX-License-Identifier: Apache-2.0 */
/* BLAKE2b by RFC 7693, without key, salt or tree. The one-shot functions compress straight from the
 * input: a trie node costs two compressions and one copy of its last block. */
#include "mote/hash.h"

#ifndef MOTE_BLAKE2_LIBB2

#include <string.h>

#include "hash_bytes.h"

#define BLOCK_SIZE 128u

static const uint64_t initial_chain[8] = {
    UINT64_C(0x6a09e667f3bcc908), UINT64_C(0xbb67ae8584caa73b), UINT64_C(0x3c6ef372fe94f82b),
    UINT64_C(0xa54ff53a5f1d36f1), UINT64_C(0x510e527fade682d1), UINT64_C(0x9b05688c2b3e6c1f),
    UINT64_C(0x1f83d9abfb41bd6b), UINT64_C(0x5be0cd19137e2179),
};

#define MIX(a, b, c, d, x, y)                                                                      \
    do {                                                                                           \
        a = a + (x) + b;                                                                           \
        d = rotate_right(d ^ a, 32);                                                               \
        c += d;                                                                                    \
        b = rotate_right(b ^ c, 24);                                                               \
        a = a + (y) + b;                                                                           \
        d = rotate_right(d ^ a, 16);                                                               \
        c += d;                                                                                    \
        b = rotate_right(b ^ c, 63);                                                               \
    } while (0)

/* Loaded where it is used: a copy of the block would only be spilled to memory again. */
#define WORD(i) load_word(block + 8 * (i))

/* One round; the arguments are the round's row of SIGMA. */
#define ROUND(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)                \
    do {                                                                                           \
        MIX(v0, v4, v8, v12, WORD(s0), WORD(s1));                                                  \
        MIX(v1, v5, v9, v13, WORD(s2), WORD(s3));                                                  \
        MIX(v2, v6, v10, v14, WORD(s4), WORD(s5));                                                 \
        MIX(v3, v7, v11, v15, WORD(s6), WORD(s7));                                                 \
        MIX(v0, v5, v10, v15, WORD(s8), WORD(s9));                                                 \
        MIX(v1, v6, v11, v12, WORD(s10), WORD(s11));                                               \
        MIX(v2, v7, v8, v13, WORD(s12), WORD(s13));                                                \
        MIX(v3, v4, v9, v14, WORD(s14), WORD(s15));                                                \
    } while (0)

/* `counted`: bytes hashed up to and with this block. `last`: all ones for the last block, else 0.
 */
static void compress(uint64_t chain[8], const uint8_t block[BLOCK_SIZE], const uint64_t counted[2],
                     uint64_t last) {
    uint64_t v0 = chain[0], v1 = chain[1], v2 = chain[2], v3 = chain[3];
    uint64_t v4 = chain[4], v5 = chain[5], v6 = chain[6], v7 = chain[7];
    uint64_t v8 = initial_chain[0], v9 = initial_chain[1];
    uint64_t v10 = initial_chain[2], v11 = initial_chain[3];
    uint64_t v12 = initial_chain[4] ^ counted[0], v13 = initial_chain[5] ^ counted[1];
    uint64_t v14 = initial_chain[6] ^ last, v15 = initial_chain[7];
    ROUND(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    ROUND(14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3);
    ROUND(11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4);
    ROUND(7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8);
    ROUND(9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13);
    ROUND(2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9);
    ROUND(12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11);
    ROUND(13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10);
    ROUND(6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5);
    ROUND(10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0);
    ROUND(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    ROUND(14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3);
    chain[0] ^= v0 ^ v8;
    chain[1] ^= v1 ^ v9;
    chain[2] ^= v2 ^ v10;
    chain[3] ^= v3 ^ v11;
    chain[4] ^= v4 ^ v12;
    chain[5] ^= v5 ^ v13;
    chain[6] ^= v6 ^ v14;
    chain[7] ^= v7 ^ v15;
}

static void start_chain(uint64_t chain[8], size_t out_size) {
    memcpy(chain, initial_chain, sizeof initial_chain);
    chain[0] ^= UINT64_C(0x01010000) ^ (uint64_t)out_size; /* sequential mode, no key */
}

static void count_bytes(uint64_t counted[2], size_t size) {
    counted[0] += size;
    counted[1] += counted[0] < size;
}

/* Compresses whole blocks from the input while more than one block is left: the last, full or not,
 * needs the final flag. Returns the bytes not compressed, 1..128 (0 only for empty input). */
static mote_bytes compress_all_but_last(uint64_t chain[8], uint64_t counted[2], mote_bytes input) {
    while (input.size > BLOCK_SIZE) {
        count_bytes(counted, BLOCK_SIZE);
        compress(chain, input.data, counted, 0);
        input.data += BLOCK_SIZE;
        input.size -= BLOCK_SIZE;
    }
    return input;
}

static void compress_last(uint64_t chain[8], uint64_t counted[2], mote_bytes rest) {
    uint8_t padded[BLOCK_SIZE];
    const uint8_t *block = rest.data;
    if (rest.size < BLOCK_SIZE) {
        if (rest.size != 0) memcpy(padded, rest.data, rest.size);
        memset(padded + rest.size, 0, BLOCK_SIZE - rest.size);
        block = padded;
    }
    count_bytes(counted, rest.size);
    compress(chain, block, counted, UINT64_MAX);
}

static void write_chain(uint8_t *out, size_t out_size, const uint64_t chain[8]) {
    uint8_t bytes[64];
    for (unsigned i = 0; i < 8; i++) store_word(bytes + 8 * i, chain[i]);
    memcpy(out, bytes, out_size);
}

void mote_blake2b(uint8_t *out, size_t out_size, mote_bytes input) {
    uint64_t chain[8];
    uint64_t counted[2] = {0, 0};
    start_chain(chain, out_size);
    compress_last(chain, counted, compress_all_but_last(chain, counted, input));
    write_chain(out, out_size, chain);
}

void mote_blake2b_init(mote_blake2b_state *state, size_t out_size) {
    memset(state, 0, sizeof *state);
    start_chain(state->chain, out_size);
    state->out_size = out_size;
}

static void fill_block(mote_blake2b_state *state, mote_bytes *input) {
    size_t room = BLOCK_SIZE - state->filled;
    size_t taken = input->size < room ? input->size : room;
    memcpy(state->block + state->filled, input->data, taken);
    state->filled += taken;
    input->data += taken;
    input->size -= taken;
}

void mote_blake2b_update(mote_blake2b_state *state, mote_bytes input) {
    if (input.size == 0) return;
    if (state->filled != 0) {
        fill_block(state, &input);
        if (input.size == 0) return; /* a full block waits: it may be the last */
        count_bytes(state->counter, BLOCK_SIZE);
        compress(state->chain, state->block, state->counter, 0);
        state->filled = 0;
    }
    input = compress_all_but_last(state->chain, state->counter, input);
    fill_block(state, &input);
}

void mote_blake2b_final(mote_blake2b_state *state, uint8_t *out) {
    compress_last(state->chain, state->counter, (mote_bytes){state->block, state->filled});
    write_chain(out, state->out_size, state->chain);
}

#endif
