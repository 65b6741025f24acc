/* SPDX-License-Identifier: Apache-2.0 */
/* Runs of nibbles inside packed bytes: the high half of a byte comes first (polkadot spec, chap-
 * state). */
#ifndef MOTE_TRIE_NIBBLE_H
#define MOTE_TRIE_NIBBLE_H

#include "mote/bytes.h"
#include "mote/scale.h"

/* Keys beyond this cannot be counted in nibbles on every platform. */
#define MOTE_TRIE_KEY_CEILING (SIZE_MAX / 8)

typedef struct mote_nibbles {
    const uint8_t *data;
    size_t first; /* nibbles of `data` before the first of the run */
    size_t count;
} mote_nibbles;

/* All nibbles of `key`, whose size is at most MOTE_TRIE_KEY_CEILING. */
static inline mote_nibbles mote_trie_nibbles_of(mote_bytes key) {
    return (mote_nibbles){key.data, 0, key.size * 2};
}

static inline uint8_t mote_trie_nibble(mote_nibbles run, size_t at) {
    const size_t place = run.first + at;
    const uint8_t byte = run.data[place / 2];
    return place % 2 == 0 ? byte >> 4 : byte & 0x0f;
}

/* The run without its first `skipped` <= count nibbles. */
static inline mote_nibbles mote_trie_nibbles_from(mote_nibbles run, size_t skipped) {
    return (mote_nibbles){run.data, run.first + skipped, run.count - skipped};
}

static inline mote_nibbles mote_trie_nibbles_between(mote_nibbles run, size_t begin, size_t end) {
    return (mote_nibbles){run.data, run.first + begin, end - begin};
}

static inline uint64_t mote_trie_sixteen_nibbles(const uint8_t bytes[8]) {
    return (uint64_t)bytes[0] << 56 | (uint64_t)bytes[1] << 48 | (uint64_t)bytes[2] << 40 |
           (uint64_t)bytes[3] << 32 | (uint64_t)bytes[4] << 24 | (uint64_t)bytes[5] << 16 |
           (uint64_t)bytes[6] << 8 | (uint64_t)bytes[7];
}

/* How many of 16 nibbles are the same, before the first that is not; 16 where all are. */
static inline size_t mote_trie_sixteen_common(const uint8_t a[8], const uint8_t b[8]) {
    uint64_t differing = mote_trie_sixteen_nibbles(a) ^ mote_trie_sixteen_nibbles(b);
    if (differing == 0) return 16;
#ifdef __GNUC__
    return (size_t)__builtin_clzll(differing) / 4;
#else
    size_t same = 0;
    for (; differing >> 60 == 0; differing <<= 4) same++;
    return same;
#endif
}

/* Nibbles that two runs of whole bytes have in common; of the last byte perhaps one too few. */
static inline size_t mote_trie_packed_common(const uint8_t *a, const uint8_t *b, size_t size) {
    size_t i = 0;
    for (; size - i >= 8; i += 8) {
        const size_t same = mote_trie_sixteen_common(a + i, b + i);
        if (same < 16) return 2 * i + same;
    }
    if (i < size && size > 8) { /* the last eight bytes: of those before it is known */
        i = size - 8;
        return 2 * i + mote_trie_sixteen_common(a + i, b + i);
    }
    while (i < size && a[i] == b[i]) i++;
    return 2 * i;
}

/* How many nibbles the two runs have in common at their beginning. */
static inline size_t mote_trie_nibbles_common(mote_nibbles a, mote_nibbles b) {
    const size_t limit = a.count < b.count ? a.count : b.count;
    size_t common = a.first % 2;
    if (limit == 0) return 0;
    if (a.first % 2 != b.first % 2) {
        common = 0;
    } else if (common == 0 || mote_trie_nibble(a, 0) == mote_trie_nibble(b, 0)) {
        common += mote_trie_packed_common(a.data + (a.first + common) / 2,
                                          b.data + (b.first + common) / 2, (limit - common) / 2);
    } else {
        return 0;
    }
    while (common < limit && mote_trie_nibble(a, common) == mote_trie_nibble(b, common)) common++;
    return common;
}

/* Overwrites nibble `at`; a new byte is begun with its low half zero. */
void mote_trie_nibble_put(uint8_t *packed, size_t at, uint8_t nibble);
/* The bytes of a partial key: an odd run is led by a zero nibble. */
void mote_trie_write_partial(mote_writer *writer, mote_nibbles partial);

#endif
