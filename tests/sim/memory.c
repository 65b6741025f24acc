/* SPDX-License-Identifier: Apache-2.0 */
#include "world.h"

typedef struct sim_arena_part {
    struct sim_arena_part *next;
    size_t used, size;
    max_align_t data[];
} sim_arena_part;

#define PART_SIZE ((size_t)1 << 18)

static void *checked(void *memory) {
    if (memory == NULL) abort();
    return memory;
}

void *sim_take(sim_arena *arena, size_t size) {
    size_t rounded = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    if (arena->part == NULL || arena->part->size - arena->part->used < rounded) {
        size_t room = rounded > PART_SIZE ? rounded : PART_SIZE;
        sim_arena_part *part = checked(malloc(sizeof *part + room));
        *part = (sim_arena_part){arena->part, 0, room};
        arena->part = part;
    }
    uint8_t *memory = (uint8_t *)arena->part->data + arena->part->used;
    arena->part->used += rounded;
    memset(memory, 0, size);
    return memory;
}

mote_bytes sim_keep(sim_arena *arena, mote_bytes bytes) {
    uint8_t *copy = sim_take(arena, bytes.size + 1);
    if (bytes.size > 0) memcpy(copy, bytes.data, bytes.size);
    return (mote_bytes){copy, bytes.size};
}

void sim_arena_free(sim_arena *arena) {
    while (arena->part != NULL) {
        sim_arena_part *part = arena->part;
        arena->part = part->next;
        free(part);
    }
}

void *sim_grow(void *items, size_t count, size_t *capacity, size_t item_size) {
    if (count < *capacity) return items;
    *capacity = *capacity == 0 ? 64 : 2 * *capacity;
    return checked(realloc(items, *capacity * item_size));
}

/* splitmix64's finalizer, once for each part. */
static uint64_t mix(uint64_t value) {
    value += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
    return value ^ value >> 31;
}

uint64_t sim_chance(uint64_t seed, uint64_t what, uint64_t a, uint64_t b) {
    return mix(mix(mix(mix(seed) ^ what) ^ a) ^ b);
}

void sim_fill(uint8_t *out, size_t size, uint64_t seed, uint64_t what, uint64_t a) {
    for (size_t i = 0; i < size; i++) {
        out[i] = (uint8_t)(sim_chance(seed, what, a, i / 8) >> (8 * (i % 8)));
    }
}
