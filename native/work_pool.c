/* SPDX-License-Identifier: Apache-2.0 */
#include "work_pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "mote/ed25519.h"
#include "mote/limits.h"

typedef enum task_state {
    TASK_FREE = 0,
    TASK_WAITS,
    TASK_IN_WORK,
    TASK_DONE, /* with a verdict */
    TASK_LOST  /* without: whoever has the work judges it */
} task_state;

typedef struct task {
    task_state state;
    mote_bytes unit;
    mote_work_verdict verdict;
} task;

typedef struct worker {
    pool *pool;
    pthread_t thread;
    mote_context context;
    void *memory, *keys;
} worker;

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t changed; /* a task waits, or is done, or all is over */
    bool is_over;
    task task[MOTE_MAX_WORK_UNITS];
    size_t threads, started;
    worker worker[POOL_MOST_THREADS];
};

/* --- the threads ------------------------------------------------------------------------------------------------ */

static task *find(pool *pool, task_state state) {
    for (size_t i = 0; i < MOTE_MAX_WORK_UNITS; i++) {
        if (pool->task[i].state == state) return &pool->task[i];
    }
    return NULL;
}

/* Memory for a unit of this size; the seed and the cache of keys stay. */
static bool make_room(worker *worker, size_t unit_size) {
    const size_t size = mote_work_judge_memory(unit_size);
    mote_context *context = &worker->context;
    if (context->size >= size) return true;
    free(worker->memory);
    worker->memory = malloc(size);
    context->memory = worker->memory;
    context->size = worker->memory == NULL ? 0 : size;
    context->used = 0;
    return worker->memory != NULL;
}

static task_state judge(worker *worker, task *task) {
    if (!make_room(worker, task->unit.size)) return TASK_LOST;
    mote_status status = mote_work_judge(&worker->context, &task->verdict, task->unit);
    return status == MOTE_OK ? TASK_DONE : TASK_LOST;
}

static void *work_on(void *argument) {
    worker *worker = argument;
    pool *pool = worker->pool;
    pthread_mutex_lock(&pool->lock);
    while (!pool->is_over) {
        task *task = find(pool, TASK_WAITS);
        if (task == NULL) {
            pthread_cond_wait(&pool->changed, &pool->lock);
            continue;
        }
        task->state = TASK_IN_WORK;
        pthread_mutex_unlock(&pool->lock);
        task_state state = judge(worker, task);
        pthread_mutex_lock(&pool->lock);
        task->state = state;
        pthread_cond_broadcast(&pool->changed);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

static void start_worker(pool *pool) {
    worker *worker = &pool->worker[pool->started];
    uint8_t seed[32] = {0};
    const size_t keys = mote_ed25519_keys_size(MOTE_MAX_AUTHORITIES);
    if (getrandom(seed, sizeof seed, 0) != (ssize_t)sizeof seed) return;
    worker->pool = pool;
    mote_context_init(&worker->context, NULL, 0, seed);
    worker->keys = malloc(keys);
    worker->context.keys = mote_ed25519_keys_init(worker->keys, keys, MOTE_MAX_AUTHORITIES, seed);
    if (pthread_create(&worker->thread, NULL, work_on, worker) == 0) {
        pool->started++;
    } else {
        free(worker->keys);
    }
}

size_t pool_default_threads(void) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (processors < 1) return 1;
    return processors > (long)POOL_MOST_THREADS ? POOL_MOST_THREADS : (size_t)processors;
}

pool *pool_open(size_t threads) {
    if (threads > POOL_MOST_THREADS) threads = POOL_MOST_THREADS;
    if (threads < 2) return NULL;
    pool *pool = calloc(1, sizeof *pool);
    if (pool == NULL) return NULL;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->changed, NULL);
    pool->threads = threads;
    return pool;
}

/* --- for whoever has the work ----------------------------------------------------------------------------------- */

/* What a thread could not judge, and what is refused as a verdict on another unit, stays in the work. */
static bool join_done(pool *pool, mote_context *context, mote_work *work) {
    bool any = false;
    for (size_t i = 0; i < MOTE_MAX_WORK_UNITS; i++) {
        task *task = &pool->task[i];
        if (task->state == TASK_DONE) {
            any = mote_work_join(context, work, &task->verdict) == MOTE_OK || any;
            task->state = TASK_FREE;
        } else if (task->state == TASK_LOST) {
            task->state = TASK_FREE;
        }
    }
    return any;
}

static void hand_out(pool *pool, mote_work *work) {
    mote_work_unit unit;
    for (task *task = find(pool, TASK_FREE); task != NULL; task = find(pool, TASK_FREE)) {
        if (!mote_work_take(work, &unit)) return;
        task->unit = unit.bytes;
        task->state = TASK_WAITS;
        if (pool->started + 1 < pool->threads) start_worker(pool);
        pthread_cond_broadcast(&pool->changed);
    }
}

void pool_offer(pool *pool, mote_context *context, mote_work *work) {
    if (pool == NULL) return;
    pthread_mutex_lock(&pool->lock);
    (void)join_done(pool, context, work);
    hand_out(pool, work);
    pthread_mutex_unlock(&pool->lock);
}

/* One that waits, done here. */
static bool take_part(pool *pool, mote_context *context, mote_work *work) {
    task *task = find(pool, TASK_WAITS);
    mote_work_verdict verdict;
    if (task == NULL) return false;
    task->state = TASK_IN_WORK;
    pthread_mutex_unlock(&pool->lock);
    mote_status status = mote_work_judge(context, &verdict, task->unit);
    pthread_mutex_lock(&pool->lock);
    task->state = TASK_FREE;
    return status == MOTE_OK && mote_work_join(context, work, &verdict) == MOTE_OK;
}

mote_status pool_wait(pool *pool, mote_context *context, mote_work *work) {
    if (pool == NULL) return mote_work_judge_oldest(context, work);
    pthread_mutex_lock(&pool->lock);
    bool any = join_done(pool, context, work);
    hand_out(pool, work);
    if (!any) any = take_part(pool, context, work);
    while (!any && find(pool, TASK_IN_WORK) != NULL) {
        pthread_cond_wait(&pool->changed, &pool->lock);
        any = join_done(pool, context, work);
    }
    pthread_mutex_unlock(&pool->lock);
    /* Nobody else has any: what is left was lost. */
    return any ? MOTE_OK : mote_work_judge_oldest(context, work);
}

void pool_forget(pool *pool) {
    if (pool == NULL) return;
    pthread_mutex_lock(&pool->lock);
    for (size_t i = 0; i < MOTE_MAX_WORK_UNITS; i++) {
        if (pool->task[i].state == TASK_WAITS) pool->task[i].state = TASK_FREE;
    }
    while (find(pool, TASK_IN_WORK) != NULL) pthread_cond_wait(&pool->changed, &pool->lock);
    for (size_t i = 0; i < MOTE_MAX_WORK_UNITS; i++) pool->task[i].state = TASK_FREE;
    pthread_mutex_unlock(&pool->lock);
}

void pool_close(pool *pool) {
    if (pool == NULL) return;
    pool_forget(pool);
    pthread_mutex_lock(&pool->lock);
    pool->is_over = true;
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->started; i++) {
        pthread_join(pool->worker[i].thread, NULL);
        free(pool->worker[i].memory);
        free(pool->worker[i].keys);
    }
    pthread_cond_destroy(&pool->changed);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}
