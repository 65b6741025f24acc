/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks of any size inside one piece of memory: two-level segregated fit (Masmano et al., 2004). Free
 * blocks are in lists by size, found through bitmaps; neighbours that are free become one. Taking and
 * giving back cost the same however full the memory is. Blocks are named by their place, counted in
 * units of 16 bytes: names stay true when the memory is copied elsewhere.
 */
#ifndef MOTE_STATE_ARENA_H
#define MOTE_STATE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MOTE_ARENA_UNIT 16u
#define MOTE_ARENA_LISTS 8u   /* lists for each power of two */
#define MOTE_ARENA_POWERS 30u /* 0: units 0..7; n > 0: those of n + 3 bits */

typedef uint32_t mote_arena_ref; /* 0: none */

typedef struct mote_arena {
    uint32_t begin;  /* the first block */
    uint32_t end;    /* the block behind the last one, which has no content */
    uint32_t used;   /* units in blocks taken */
    uint32_t powers; /* bit n: lists[n] has a block */
    uint8_t filled[MOTE_ARENA_POWERS];
    uint32_t lists[MOTE_ARENA_POWERS][MOTE_ARENA_LISTS];
} mote_arena;

/* The arena is at the start of the memory it manages, inside `header` bytes that are not blocks. */
bool mote_arena_init(mote_arena *arena, size_t header, size_t size);
void mote_arena_extend(mote_arena *arena, size_t size);
/* 0 where it does not fit. The content is anything. */
mote_arena_ref mote_arena_take(mote_arena *arena, size_t size);
void mote_arena_give(mote_arena *arena, mote_arena_ref block);
/* Gives back what is behind the first `size` bytes. */
void mote_arena_shrink(mote_arena *arena, mote_arena_ref block, size_t size);
size_t mote_arena_block_size(size_t size); /* what a block of that content takes */

#define MOTE_ARENA_HEADER 8u
static inline void *mote_arena_at(mote_arena *arena, mote_arena_ref block) {
    return (uint8_t *)arena + (size_t)block * MOTE_ARENA_UNIT + MOTE_ARENA_HEADER;
}
static inline const void *mote_arena_see(const mote_arena *arena, mote_arena_ref block) {
    return (const uint8_t *)arena + (size_t)block * MOTE_ARENA_UNIT + MOTE_ARENA_HEADER;
}

#endif
