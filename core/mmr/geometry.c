/* SPDX-License-Identifier: Apache-2.0 */
#include "geometry.h"

#include <string.h>

#include "mote/hash.h"

static uint32_t ones(uint64_t value) {
    uint32_t count = 0;
    for (; value != 0; value &= value - 1) count++;
    return count;
}

uint64_t mote_mmr_size(uint64_t leaf_count) {
    return 2 * leaf_count - ones(leaf_count);
}

/* A subtree's nodes stand behind everything that is left of it, its peak last. */
uint64_t mote_mmr_position(uint64_t index, uint32_t height) {
    return mote_mmr_size(index << height) + (UINT64_C(2) << height) - 2;
}

bool mote_mmr_next_mountain(mote_mmr_mountain *mountain, uint64_t leaf_count) {
    if (mountain->height < 64) mountain->first += UINT64_C(1) << mountain->height;
    while (mountain->height > 0) {
        mountain->height--;
        if ((leaf_count >> mountain->height & 1) != 0) return true;
    }
    return false;
}

mote_hash mote_mmr_join(const mote_hash *left, const mote_hash *right) {
    uint8_t both[64];
    memcpy(both, left->bytes, 32);
    memcpy(both + 32, right->bytes, 32);
    return mote_keccak_256((mote_bytes){both, sizeof both});
}

mote_hash mote_mmr_bag(const mote_hash *peaks, size_t count) {
    mote_hash bag = peaks[count - 1];
    for (size_t i = count - 1; i > 0; i--) bag = mote_mmr_join(&bag, &peaks[i - 1]);
    return bag;
}

mote_hash mote_mmr_bag_from(const mote_hash *nodes, mote_mmr_mountain mountain,
                            uint64_t leaf_count) {
    mote_hash peaks[MOTE_MMR_MAX_PEAKS];
    size_t count = 0;
    do {
        peaks[count++] =
            nodes[mote_mmr_position(mountain.first >> mountain.height, mountain.height)];
    } while (mote_mmr_next_mountain(&mountain, leaf_count));
    return mote_mmr_bag(peaks, count);
}

static mote_hash take_item(mote_mmr_items *items, uint64_t index, uint32_t height) {
    mote_hash hash = {{0}};
    if (items->given != NULL) memcpy(hash.bytes, items->given + 32 * items->taken, 32);
    if (items->made != NULL) {
        items->made[items->taken] = items->nodes[mote_mmr_position(index, height)];
    }
    items->taken++;
    return hash;
}

/* Nodes of one row do not wait for each other: they are joined by sixteen. */
#define JOINED_AT_ONCE 16u
typedef struct joining {
    uint8_t both[JOINED_AT_ONCE][64];
    mote_hash *to[JOINED_AT_ONCE];
    unsigned count;
} joining;

static void join_waiting(mote_backend backend, joining *waiting) {
    mote_bytes message[JOINED_AT_ONCE];
    mote_hash made[JOINED_AT_ONCE];
    for (unsigned i = 0; i < waiting->count; i++) {
        message[i] = (mote_bytes){waiting->both[i], sizeof waiting->both[i]};
    }
    mote_keccak_256_many(backend, made, message, waiting->count);
    for (unsigned i = 0; i < waiting->count; i++) *waiting->to[i] = made[i];
    waiting->count = 0;
}

static void join_later(mote_backend backend, joining *waiting, mote_hash *to, const mote_hash *left,
                       const mote_hash *right) {
    uint8_t *both = waiting->both[waiting->count];
    memcpy(both, left->bytes, 32);
    memcpy(both + 32, right->bytes, 32);
    waiting->to[waiting->count++] = to;
    if (waiting->count == JOINED_AT_ONCE) join_waiting(backend, waiting);
}

/* One row up: neighbours meet, who has none gets an item. What is made goes where its children were. */
static size_t climb_row(mote_mmr_items *items, mote_mmr_entry *row, size_t count, uint32_t height) {
    size_t above = 0;
    joining waiting;
    waiting.count = 0;
    for (size_t i = 0; i < count; i++) {
        const mote_mmr_entry entry = row[i];
        const bool left = entry.index % 2 == 0;
        const bool meets = left && i + 1 < count && row[i + 1].index == entry.index + 1;
        const mote_hash other = meets ? row[++i].hash : take_item(items, entry.index ^ 1, height);
        row[above].index = entry.index / 2;
        if (items->given != NULL) {
            join_later(items->backend, &waiting, &row[above].hash, left ? &entry.hash : &other,
                       left ? &other : &entry.hash);
        }
        above++;
    }
    join_waiting(items->backend, &waiting);
    return above;
}

static mote_hash climb_mountain(mote_mmr_items *items, mote_mmr_entry *row, size_t count,
                                uint32_t height) {
    for (uint32_t h = 0; h < height; h++) count = climb_row(items, row, count, h);
    return row[0].hash;
}

/* Mountains behind the last entry are one item, their bag. */
static mote_hash take_rest(mote_mmr_items *items, mote_mmr_mountain mountain, uint64_t leaf_count) {
    mote_hash bag = take_item(items, mountain.first >> mountain.height, mountain.height);
    if (items->made != NULL) {
        items->made[items->taken - 1] = mote_mmr_bag_from(items->nodes, mountain, leaf_count);
    }
    return bag;
}

mote_hash mote_mmr_climb(mote_mmr_items *items, mote_mmr_entry *row, size_t count,
                         uint64_t leaf_count) {
    mote_hash peaks[MOTE_MMR_MAX_PEAKS];
    size_t peak_count = 0;
    mote_mmr_mountain mountain = {0, 64};
    while (mote_mmr_next_mountain(&mountain, leaf_count)) {
        const uint64_t end = mountain.first + (UINT64_C(1) << mountain.height);
        size_t here = 0;
        while (here < count && row[here].index < end) here++;
        if (count == 0) {
            peaks[peak_count++] = take_rest(items, mountain, leaf_count);
            break;
        }
        peaks[peak_count++] =
            here == 0 ? take_item(items, mountain.first >> mountain.height, mountain.height)
                      : climb_mountain(items, row, here, mountain.height);
        row += here;
        count -= here;
    }
    return mote_mmr_bag(peaks, peak_count);
}
