/* SPDX-License-Identifier: Apache-2.0 */
#include "pool.h"

#include <string.h>

#define POOL_USED 0x80u
#define POOL_ORDER 0x7fu

static uint32_t order_of(size_t size) {
    uint32_t order = 0;
    while (order < 31 && ((size_t)POOL_UNIT << order) < size) order++;
    return order;
}

size_t mote_pool_memory(size_t bytes, uint32_t *units) {
    uint32_t order = order_of(bytes);
    *units = UINT32_C(1) << order;
    return (size_t)*units * (POOL_UNIT + 1);
}

static uint32_t order_at(const struct pool *pool, uint32_t unit) {
    return (pool->block[unit] & POOL_ORDER) - 1u;
}

static void set_block(struct pool *pool, uint32_t unit, uint32_t order, bool is_used) {
    pool->block[unit] = (uint8_t)((order + 1u) | (is_used ? POOL_USED : 0));
}

void mote_pool_init(struct pool *pool, void *memory, uint32_t units) {
    uint32_t order = 0;
    memset(pool, 0, sizeof *pool);
    pool->memory = memory;
    pool->units = units;
    pool->block = pool->memory + (size_t)units * POOL_UNIT;
    memset(pool->block, 0, units);
    while ((UINT32_C(1) << order) < units) order++;
    set_block(pool, 0, order, false);
}

/* The smallest free block that is large enough, the first of several. */
static uint32_t find_free(const struct pool *pool, uint32_t order) {
    uint32_t best = UINT32_MAX, best_order = UINT32_MAX;
    for (uint32_t unit = 0; unit < pool->units; unit += UINT32_C(1) << order_at(pool, unit)) {
        uint32_t found = order_at(pool, unit);
        if ((pool->block[unit] & POOL_USED) || found < order || found >= best_order) continue;
        best = unit;
        best_order = found;
        if (found == order) break;
    }
    return best;
}

static void split_down(struct pool *pool, uint32_t unit, uint32_t order) {
    for (uint32_t at = order_at(pool, unit); at > order; at--) {
        set_block(pool, unit + (UINT32_C(1) << (at - 1)), at - 1, false);
    }
    set_block(pool, unit, order, true);
}

void *mote_pool_take(struct pool *pool, size_t size) {
    uint32_t order = order_of(size);
    uint32_t unit = find_free(pool, order);
    if (unit == UINT32_MAX || ((size_t)POOL_UNIT << order) < size) return NULL;
    split_down(pool, unit, order);
    pool->used += (size_t)POOL_UNIT << order;
    if (pool->used > pool->most_used) pool->most_used = pool->used;
    return pool->memory + (size_t)unit * POOL_UNIT;
}

static uint32_t unit_of(const struct pool *pool, const void *taken) {
    return (uint32_t)((size_t)((const uint8_t *)taken - pool->memory) / POOL_UNIT);
}

static void join(struct pool *pool, uint32_t unit) {
    uint32_t order = order_at(pool, unit);
    while ((UINT32_C(1) << order) < pool->units) {
        uint32_t buddy = unit ^ (UINT32_C(1) << order);
        if (pool->block[buddy] != order + 1) break; /* used, or in smaller pieces */
        pool->block[buddy > unit ? buddy : unit] = 0;
        if (buddy < unit) unit = buddy;
        order++;
    }
    set_block(pool, unit, order, false);
}

void mote_pool_give(struct pool *pool, void *taken) {
    if (taken == NULL) return;
    uint32_t unit = unit_of(pool, taken);
    pool->used -= (size_t)POOL_UNIT << order_at(pool, unit);
    set_block(pool, unit, order_at(pool, unit), false);
    join(pool, unit);
}

size_t mote_pool_size(const struct pool *pool, const void *taken) {
    return (size_t)POOL_UNIT << order_at(pool, unit_of(pool, taken));
}

void mote_pool_shrink(struct pool *pool, void *taken, size_t size) {
    uint32_t unit = unit_of(pool, taken), order = order_of(size);
    if (order >= order_at(pool, unit)) return;
    pool->used -= mote_pool_size(pool, taken) - ((size_t)POOL_UNIT << order);
    split_down(pool, unit, order);
}
