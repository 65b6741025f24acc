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

/* How many nibbles the two runs have in common at their beginning. */
size_t mote_trie_nibbles_common(mote_nibbles a, mote_nibbles b);

/* Overwrites nibble `at`; a new byte is begun with its low half zero. */
void mote_trie_nibble_put(uint8_t *packed, size_t at, uint8_t nibble);
/* The bytes of a partial key: an odd run is led by a zero nibble. */
void mote_trie_write_partial(mote_writer *writer, mote_nibbles partial);

#endif
