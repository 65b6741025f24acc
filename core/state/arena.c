/* SPDX-License-Identifier: Apache-2.0 */
#include "arena.h"

#include <string.h>

#define MOST_UNITS (UINT32_C(1) << 31)
#define FIRST_BITS 3u /* 1 << FIRST_BITS == MOTE_ARENA_LISTS */

typedef struct block {
    uint32_t units;  /* with the header */
    uint32_t before; /* units of the block in front; 0 for the first */
    uint32_t next;   /* free blocks only, where others have content: neighbours in the list */
    uint32_t previous;
} block;

#define FREE_BIT (UINT32_C(1) << 31) /* of `units` */

static block *at(mote_arena *arena, uint32_t place) {
    return (block *)(void *)((uint8_t *)arena + (size_t)place * MOTE_ARENA_UNIT);
}

static uint32_t units_of(const block *of) {
    return of->units & ~FREE_BIT;
}

/* Of a number that is not 0. */
static unsigned highest_bit(uint32_t value) {
#ifdef __GNUC__
    return 31u - (unsigned)__builtin_clz(value);
#else
    unsigned bit = 0;
    for (unsigned step = 16; step > 0; step /= 2) {
        if (value >> (bit + step) != 0) bit += step;
    }
    return bit;
#endif
}

static unsigned lowest_bit(uint32_t value) {
    return highest_bit(value & (~value + 1));
}

typedef struct place {
    unsigned power;
    unsigned list;
} place;

static place place_of(uint32_t units) {
    if (units < MOTE_ARENA_LISTS) return (place){0, units};
    unsigned top = highest_bit(units);
    return (place){top - FIRST_BITS + 1, (units >> (top - FIRST_BITS)) - MOTE_ARENA_LISTS};
}

/* The smallest list of whose blocks every one is large enough. */
static place place_for(uint32_t units) {
    if (units >= MOTE_ARENA_LISTS) units += (UINT32_C(1) << (highest_bit(units) - FIRST_BITS)) - 1;
    return place_of(units);
}

static void link_block(mote_arena *arena, uint32_t ref) {
    block *self = at(arena, ref);
    place of = place_of(units_of(self));
    uint32_t *list = &arena->lists[of.power][of.list];
    self->units |= FREE_BIT;
    self->previous = 0;
    self->next = *list;
    if (*list != 0) at(arena, *list)->previous = ref;
    *list = ref;
    arena->filled[of.power] = (uint8_t)(arena->filled[of.power] | 1u << of.list);
    arena->powers |= UINT32_C(1) << of.power;
}

static void unlink_block(mote_arena *arena, uint32_t ref) {
    block *self = at(arena, ref);
    place of = place_of(units_of(self));
    self->units &= ~FREE_BIT;
    if (self->next != 0) at(arena, self->next)->previous = self->previous;
    if (self->previous != 0) {
        at(arena, self->previous)->next = self->next;
        return;
    }
    arena->lists[of.power][of.list] = self->next;
    if (self->next != 0) return;
    arena->filled[of.power] = (uint8_t)(arena->filled[of.power] & ~(1u << of.list));
    if (arena->filled[of.power] == 0) arena->powers &= ~(UINT32_C(1) << of.power);
}

static uint32_t find(const mote_arena *arena, uint32_t units) {
    place from = place_for(units);
    uint32_t lists = arena->filled[from.power] & (UINT32_MAX << from.list);
    unsigned power = from.power;
    if (lists == 0) {
        uint32_t powers = arena->powers & (UINT32_MAX << (from.power + 1));
        if (powers == 0) return 0;
        power = lowest_bit(powers);
        lists = arena->filled[power];
    }
    return arena->lists[power][lowest_bit(lists)];
}

/* Writes a block's size where it and its neighbour keep it. */
static void set_units(mote_arena *arena, uint32_t ref, uint32_t units) {
    at(arena, ref)->units = units;
    at(arena, ref + units)->before = units;
}

/* Cuts a block in two; the second one is free, and one with what is free behind it. */
static void split(mote_arena *arena, uint32_t ref, uint32_t units) {
    const uint32_t behind = ref + units;
    uint32_t rest = units_of(at(arena, ref)) - units;
    const block *next = at(arena, behind + rest);
    if ((next->units & FREE_BIT) != 0) {
        unlink_block(arena, behind + rest);
        rest += units_of(next);
    }
    set_units(arena, ref, units);
    set_units(arena, behind, rest);
    link_block(arena, behind);
}

static bool same_place(place a, place b) {
    return a.power == b.power && a.list == b.list;
}

/* The beginning of a free block: what is left of it stays free, and in its list if that is still its own. */
static void cut_from(mote_arena *arena, uint32_t ref, uint32_t units) {
    const block whole = *at(arena, ref);
    const uint32_t rest = units_of(&whole) - units;
    const uint32_t behind = ref + units;
    const place of = place_of(units_of(&whole));
    if (rest == 0 || !same_place(of, place_of(rest))) {
        unlink_block(arena, ref);
        if (rest != 0) split(arena, ref, units);
        return;
    }
    set_units(arena, ref, units);
    set_units(arena, behind, rest);
    *at(arena, behind) = (block){rest | FREE_BIT, units, whole.next, whole.previous};
    if (whole.next != 0) at(arena, whole.next)->previous = behind;
    if (whole.previous != 0) {
        at(arena, whole.previous)->next = behind;
    } else {
        arena->lists[of.power][of.list] = behind;
    }
}

static uint32_t units_for(size_t size) {
    if (size > SIZE_MAX - 2 * MOTE_ARENA_UNIT || size / MOTE_ARENA_UNIT >= MOST_UNITS / 4) return 0;
    return (uint32_t)((size + MOTE_ARENA_HEADER + MOTE_ARENA_UNIT - 1) / MOTE_ARENA_UNIT);
}

size_t mote_arena_block_size(size_t size) {
    return (size + MOTE_ARENA_HEADER + MOTE_ARENA_UNIT - 1) / MOTE_ARENA_UNIT * MOTE_ARENA_UNIT;
}

mote_arena_ref mote_arena_take(mote_arena *arena, size_t size) {
    uint32_t units = units_for(size);
    uint32_t found = units == 0 ? 0 : find(arena, units);
    if (found == 0) return 0;
    cut_from(arena, found, units);
    arena->used += units;
    return found;
}

void mote_arena_give(mote_arena *arena, mote_arena_ref ref) {
    block *self = at(arena, ref);
    uint32_t units = units_of(self);
    arena->used -= units;
    block *next = at(arena, ref + units);
    if ((next->units & FREE_BIT) != 0) {
        unlink_block(arena, ref + units);
        units += units_of(next);
    }
    if (self->before != 0 && (at(arena, ref - self->before)->units & FREE_BIT) != 0) {
        ref -= self->before;
        unlink_block(arena, ref);
        units += units_of(at(arena, ref));
    }
    at(arena, ref)->units = units;
    at(arena, ref + units)->before = units;
    link_block(arena, ref);
}

void mote_arena_shrink(mote_arena *arena, mote_arena_ref ref, size_t size) {
    uint32_t units = units_for(size);
    uint32_t had = units_of(at(arena, ref));
    if (units == 0 || units >= had) return;
    arena->used -= had - units;
    split(arena, ref, units);
}

static uint32_t whole_units(size_t size) {
    size_t units = size / MOTE_ARENA_UNIT;
    return units > MOST_UNITS - 2 ? MOST_UNITS - 2 : (uint32_t)units;
}

bool mote_arena_init(mote_arena *arena, size_t header, size_t size) {
    uint32_t begin = (uint32_t)((header + MOTE_ARENA_UNIT - 1) / MOTE_ARENA_UNIT);
    memset(arena, 0, sizeof *arena);
    if (whole_units(size) < begin + 1) return false;
    arena->begin = arena->end = begin;
    at(arena, begin)->units = 0;
    at(arena, begin)->before = 0;
    mote_arena_extend(arena, size);
    return true;
}

/* The end marker becomes a block that is given back. */
void mote_arena_extend(mote_arena *arena, size_t size) {
    uint32_t end = whole_units(size) - 1;
    uint32_t old = arena->end;
    if (end <= old) return;
    arena->end = end;
    at(arena, end)->units = 0;
    at(arena, old)->units = end - old;
    arena->used += end - old;
    mote_arena_give(arena, old);
}
