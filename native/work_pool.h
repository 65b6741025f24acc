/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Threads that judge units of work (mote/work.h). They start when the first unit comes, each with a context, a seed and a
 * cache of keys of its own; the calling thread judges as well while it waits.
 */
#ifndef MOTE_NATIVE_WORK_POOL_H
#define MOTE_NATIVE_WORK_POOL_H

#include <stddef.h>

#include "mote/work.h"

#define POOL_MOST_THREADS 64u

typedef struct pool pool;

/* `threads` in all, the calling one among them. NULL where that is one, or where there is no memory: then everything is
 * done without. */
pool *pool_open(size_t threads);
/* One for each processor, at most POOL_MOST_THREADS. */
size_t pool_default_threads(void);
/* Hands out what can be taken, and joins what is done. Waits for nothing. `pool` may be NULL in all of these. */
void pool_offer(pool *pool, mote_context *context, mote_work *work);
/* The same, and goes on until a verdict has come: one of a thread, or of this one. E_LIMIT_MEMORY: none will. */
mote_status pool_wait(pool *pool, mote_context *context, mote_work *work);
/* The units' memory is not read any more after it. */
void pool_forget(pool *pool);
void pool_close(pool *pool);

#endif
