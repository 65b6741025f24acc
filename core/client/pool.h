/* SPDX-License-Identifier: Apache-2.0 */
/* Memory of messages and of what is kept from them: blocks of a power of two in one region (a buddy system). Private. */
#ifndef MOTE_CLIENT_POOL_H
#define MOTE_CLIENT_POOL_H

#include "mote/bytes.h"

#define POOL_UNIT 512u

struct pool {
    uint8_t *memory;
    uint8_t *block; /* of each unit: 0 inside a block, else its order plus one, with POOL_USED */
    uint32_t units; /* a power of two */
    size_t used, most_used;
};

/* What a region of at least `bytes` takes in all; `*units` of it. */
size_t mote_pool_memory(size_t bytes, uint32_t *units);
void mote_pool_init(struct pool *pool, void *memory, uint32_t units);

/* NULL where no block is large enough. Size 0 takes a unit. */
void *mote_pool_take(struct pool *pool, size_t size);
void mote_pool_give(struct pool *pool, void *taken); /* NULL: nothing */
size_t mote_pool_size(const struct pool *pool, const void *taken);
/* What is behind `size` is given back. */
void mote_pool_shrink(struct pool *pool, void *taken, size_t size);

#endif
