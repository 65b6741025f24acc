/* SPDX-License-Identifier: Apache-2.0 */
/* A branch's children as a bitmap of 16: bit n is set where there is one under nibble n. */
#ifndef MOTE_TRIE_CHILDREN_H
#define MOTE_TRIE_CHILDREN_H

#include <stdint.h>

/* How many there are. */
static inline unsigned mote_trie_children_count(uint32_t bitmap) {
    bitmap -= bitmap >> 1 & 0x5555u;
    bitmap = (bitmap & 0x3333u) + (bitmap >> 2 & 0x3333u);
    bitmap = (bitmap + (bitmap >> 4)) & 0x0f0fu;
    return (bitmap + (bitmap >> 8)) & 0x1fu;
}
/* The nibble of the first; there is one. */
static inline uint8_t mote_trie_lowest_child(uint32_t bitmap) {
#ifdef __GNUC__
    return (uint8_t)__builtin_ctz(bitmap);
#else
    return (uint8_t)mote_trie_children_count((bitmap & (~bitmap + 1)) - 1);
#endif
}

#endif
