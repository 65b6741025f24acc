/* SPDX-License-Identifier: Apache-2.0 */
#include "whole.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "plan.h"

#define MOST_PARTS 128u
/* What is not worth a thread's beginning: about as much as a millisecond of work, in the core's measures. */
#define LIGHT_CONTENT 40000u
#define LIGHT_STATE 10000u

/* Work in numbered pieces, each done once by one of several threads. */
typedef struct shared_work {
    void (*piece)(const struct shared_work *work, mote_context *context, size_t which);
    const worker *worker;
    size_t count;
    size_t memory; /* of each thread's context */
    atomic_size_t next;
    mote_trie_part *parts;
    const mote_trie_entry *entries;
    mote_state_version version;
    mote_state *state;
    const mote_state_unit *units;
} shared_work;

typedef struct helper {
    shared_work *work;
    pthread_t thread;
    double took;
} helper;

static void take_pieces(shared_work *work, mote_context *context) {
    for (;;) {
        const size_t which = atomic_fetch_add(&work->next, 1);
        if (which >= work->count) return;
        work->piece(work, context, which);
    }
}

/* Where there is no memory for a helper, the others do its work. */
static void *help(void *argument) {
    helper *helper = argument;
    mote_context context;
    const double begun = worker_clock();
    void *memory = malloc(helper->work->memory);
    if (memory != NULL) {
        mote_context_init(&context, memory, helper->work->memory, helper->work->worker->seed);
        context.backend = helper->work->worker->context.backend;
        take_pieces(helper->work, &context);
    }
    free(memory);
    helper->took = worker_clock() - begun;
    return NULL;
}

/* Threads of the plan (--jobs) that have no job now. */
static size_t idle_threads(plan *plan) {
    pthread_mutex_lock(&plan->lock);
    const size_t busy = plan->running + plan->queued;
    const size_t idle = plan->worker_count > busy ? plan->worker_count - busy : 0;
    pthread_mutex_unlock(&plan->lock);
    return idle;
}

/* On this thread and on helpers, until all is done. Returns what the helpers have computed, in milliseconds. */
static double do_all(worker *worker, shared_work *work) {
    helper helpers[MAX_WORKERS];
    const size_t most = idle_threads(worker->plan);
    size_t count = 0;
    double took = 0;
    atomic_init(&work->next, 0);
    while (count < most && count + 1 < work->count) {
        helpers[count] = (helper){.work = work};
        if (pthread_create(&helpers[count].thread, NULL, help, &helpers[count]) != 0) break;
        count++;
    }
    take_pieces(work, &worker->context);
    for (size_t i = 0; i < count; i++) {
        pthread_join(helpers[i].thread, NULL);
        took += helpers[i].took;
    }
    return took;
}

/* --- content ------------------------------------------------------------------------------------------------ */

static int heavier_part(const void *a, const void *b) {
    const mote_trie_part *x = a, *y = b;
    return (x->weight < y->weight) - (x->weight > y->weight);
}

static int earlier_part(const void *a, const void *b) {
    const mote_trie_part *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

/* A part that fails stays undone, which the join tells of. */
static void do_part(const shared_work *work, mote_context *context, size_t which) {
    (void)!mote_trie_root_part(context, &work->parts[which], work->entries, work->version);
}

static size_t part_memory(const mote_trie_part *parts, size_t count,
                          const mote_trie_entry *entries) {
    size_t most = 0, longest = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].count > most) most = parts[i].count;
        for (size_t k = parts[i].first; k < parts[i].first + parts[i].count; k++)
            if (entries[k].key.size > longest) longest = entries[k].key.size;
    }
    return mote_trie_root_memory(most, longest);
}

static mote_status root_in_parts(worker *worker, mote_hash *out, mote_trie_part *parts,
                                 size_t count, const mote_trie_entry *entries,
                                 mote_state_version version, double *took) {
    shared_work work = {.piece = do_part, .worker = worker, .count = count, .parts = parts};
    work.entries = entries;
    work.version = version;
    work.memory = part_memory(parts, count, entries);
    qsort(parts, count, sizeof *parts, heavier_part);
    *took += do_all(worker, &work);
    qsort(parts, count, sizeof *parts, earlier_part);
    return mote_trie_root_join(&worker->context, out, parts, count, entries, version);
}

mote_status whole_root(worker *worker, mote_hash *out, mote_trie_entry *entries, size_t count,
                       mote_state_version version, double *took) {
    const double begun = worker_clock();
    mote_trie_part parts[MOST_PARTS];
    size_t part_count = MOST_PARTS, weight = 0;
    mote_status status = MOTE_OK;
    if (count > 1 && idle_threads(worker->plan) > 0) {
        status = mote_trie_root_split(&worker->context, parts, &part_count, entries, count);
        for (size_t i = 0; status == MOTE_OK && i < part_count; i++) weight += parts[i].weight;
    }
    if (status == MOTE_OK && weight > LIGHT_CONTENT) {
        status = root_in_parts(worker, out, parts, part_count, entries, version, took);
        /* What a part had no memory for is told as on one thread. */
        if (status == MOTE_E_BAD_ARGUMENT)
            status = mote_trie_root(&worker->context, out, entries, count, version);
    } else if (status == MOTE_OK) {
        status = mote_trie_root(&worker->context, out, entries, count, version);
    }
    *took += worker_clock() - begun;
    return status;
}

/* --- a state in memory -------------------------------------------------------------------------------------- */

static int heavier_unit(const void *a, const void *b) {
    const mote_state_unit *x = a, *y = b;
    return (x->weight < y->weight) - (x->weight > y->weight);
}

static void do_unit(const shared_work *work, mote_context *context, size_t which) {
    mote_state_unit_hash(context, work->state, &work->units[which]);
}

mote_hash whole_state_root(worker *worker, mote_state *state, double *took) {
    const double begun = worker_clock();
    mote_state_unit units[MOST_PARTS];
    size_t weight = 0;
    const size_t count =
        idle_threads(worker->plan) > 0 ? mote_state_units(state, units, MOST_PARTS) : 0;
    for (size_t i = 0; i < count; i++) weight += units[i].weight;
    if (weight > LIGHT_STATE) {
        shared_work work = {.piece = do_unit, .worker = worker, .count = count, .state = state};
        work.units = units;
        work.memory = 65536;
        qsort(units, count, sizeof *units, heavier_unit);
        *took += do_all(worker, &work);
    }
    const mote_hash root = mote_state_root_of(state);
    *took += worker_clock() - begun;
    return root;
}
