/* SPDX-License-Identifier: Apache-2.0 */
/* Files, readers, and the threads that do their jobs. */
#include "plan.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../printable.h"
#include "../progress.h"
#include "mote/checkpoint.h"

/* The first that recognizes a document reads it. */
static const reader *const readers[] = {
    &reader_babe_vectors, &reader_grandpa,     &reader_p2p,      &reader_warp,
    &reader_blocks,       &reader_genesis,     &reader_state,    &reader_changes,
    &reader_trie,         &reader_blake2,      &reader_ed25519,  &reader_sr25519,
    &reader_proofs,       &reader_read_proofs, &reader_finality, &reader_checkpoints,
    &reader_beefy,        &reader_lists,       &reader_mmr,      &reader_block_response,
    &reader_headers,      &reader_broken};
#define READER_COUNT (sizeof readers / sizeof readers[0])

/* --- threads ---------------------------------------------------------------------------------------------- */
static void *grow_or_end(plan *plan, void *old, size_t size) {
    return app_grow(plan->app, old, size);
}

static void give_memory(worker *worker, size_t size) {
    if (size > worker->context.size || worker->memory == NULL) {
        free(worker->memory);
        worker->memory = NULL;
        worker->memory = memory_grow(NULL, size, 1);
    } else {
        size = worker->context.size;
    }
    mote_context_init(&worker->context, worker->memory, size, worker->seed);
}

static void let_go(plan *plan, document *document) {
    if (--document->jobs > 0) return;
    plan->held -= document->held;
    document_free(document);
}

typedef struct run {
    worker *worker;
    const job *job;
} run;

static void run_with_memory(void *data) {
    const run *run = data;
    give_memory(run->worker, run->job->memory + 65536);
    run->job->run(run->worker, run->job);
}

static void run_job(worker *worker, const job *job) {
    run run = {worker, job};
    if (memory_suffices(run_with_memory, &run)) return;
    for (uint32_t i = 0; i < job->cases; i++)
        unchecked(worker, job, job->first + i, RULE_FORM, "there is not enough memory to judge it");
}

static void *work_on(void *argument) {
    worker *worker = argument;
    plan *plan = worker->plan;
    pthread_mutex_lock(&plan->lock);
    for (;;) {
        job *job = plan->first;
        if (job == NULL && plan->ended) break;
        if (job == NULL) {
            pthread_cond_wait(&plan->changed, &plan->lock);
            continue;
        }
        plan->first = job->next;
        if (plan->first == NULL) plan->last = NULL;
        plan->queued--;
        plan->running++;
        pthread_mutex_unlock(&plan->lock);
        run_job(worker, job);
        pthread_mutex_lock(&plan->lock);
        plan->running--;
        plan->jobs_done++;
        let_go(plan, job->document);
        free(job);
        pthread_cond_broadcast(&plan->changed);
    }
    pthread_mutex_unlock(&plan->lock);
    return NULL;
}

/* Waits for a change; called with the lock held, by the main thread. */
static void wait_a_little(plan *plan) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 100000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    pthread_cond_timedwait(&plan->changed, &plan->lock, &until);
    size_t open = plan->queued + plan->running;
    size_t left = plan->bytes_all - plan->bytes_done;
    /* By files, the jobs that wait taken for a hundredth of them each. */
    progress_show(plan->app, plan->bytes_done, plan->bytes_done + left + open * 1024);
}

static bool case_is_wanted(const plan *plan, uint32_t first, uint32_t cases) {
    const arguments *args = &plan->app->args;
    return !args->has_case || (args->case_number >= first && args->case_number - first < cases);
}

void submit(plan *plan, const job *given) {
    given->document->has_cases = true;
    if (!case_is_wanted(plan, given->first, given->cases)) return;
    job *copy = memory_take(1, sizeof *copy);
    *copy = *given;
    copy->next = NULL;
    pthread_mutex_lock(&plan->lock);
    while (plan->queued >= MAX_QUEUED) wait_a_little(plan);
    if (plan->last != NULL) plan->last->next = copy;
    if (plan->first == NULL) plan->first = copy;
    plan->last = copy;
    plan->queued++;
    plan->jobs_all++;
    copy->document->jobs++;
    pthread_cond_broadcast(&plan->changed);
    pthread_mutex_unlock(&plan->lock);
}

void plan_run_here(plan *plan, const job *job) {
    job->document->has_cases = true;
    run_job(&plan->workers[plan->worker_count], job);
}

typedef struct bad_form {
    const char *why;
} bad_form;

static void run_bad_form(worker *worker, const job *job) {
    const bad_form *bad = job->data;
    failed(worker, job, job->first, RULE_FORM, "%s", bad->why);
}

void submit_bad_form(plan *plan, document *document, uint32_t number, const char *why) {
    bad_form *data = document_take(document, 1, sizeof *data);
    data->why = document_text(document, "%s", why);
    job job = {NULL, document, number, 1, run_bad_form, data, 0};
    submit(plan, &job);
}

void plan_flush(plan *plan) {
    pthread_mutex_lock(&plan->lock);
    while (plan->queued + plan->running > 0) wait_a_little(plan);
    pthread_mutex_unlock(&plan->lock);
}

static size_t processors(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    if (count < 1) return 1;
    return count > MAX_WORKERS ? MAX_WORKERS : (size_t)count;
}

static void open_worker(plan *plan, worker *worker) {
    worker->plan = plan;
    if (getrandom(worker->seed, sizeof worker->seed, 0) != (ssize_t)sizeof worker->seed) {
        memset(worker->seed, 0, sizeof worker->seed);
    }
}

plan *plan_open(app *app) {
    plan *out = app_take(app, 1, sizeof *out);
    out->app = app;
    out->begun = app_milliseconds();
    out->memory_for_the_report = malloc(MEMORY_FOR_THE_REPORT);
    pthread_mutex_init(&out->lock, NULL);
    pthread_cond_init(&out->changed, NULL);
    progress_begin(app);
    size_t wish = app->args.has_jobs ? app->args.jobs : processors();
    if (wish > MAX_WORKERS) wish = MAX_WORKERS;
    for (size_t i = 0; i < wish; i++) {
        open_worker(out, &out->workers[i]);
        if (pthread_create(&out->threads[i], NULL, work_on, &out->workers[i]) != 0) break;
        out->worker_count++;
    }
    open_worker(out, &out->workers[out->worker_count]);
    return out;
}

void plan_finish(plan *plan) {
    plan_flush(plan);
    pthread_mutex_lock(&plan->lock);
    plan->ended = true;
    pthread_cond_broadcast(&plan->changed);
    pthread_mutex_unlock(&plan->lock);
    for (size_t i = 0; i < plan->worker_count; i++) pthread_join(plan->threads[i], NULL);
    plan_gather(plan);
}

void plan_close(plan *plan) {
    for (size_t i = 0; i <= plan->worker_count; i++) {
        worker *worker = &plan->workers[i];
        free(worker->memory);
    }
    for (size_t i = 0; i < plan->spec_count; i++) {
        if (plan->specs[i].document != NULL) document_free(plan->specs[i].document);
    }
    free(plan->memory_for_the_report);
    plan_forget(plan);
}

app *plan_app(plan *plan) {
    return plan->app;
}

/* --- documents -------------------------------------------------------------------------------------------- */
static char **add_name(plan *plan, char **list, size_t *count, const char *name) {
    list = grow_or_end(plan, list, (*count + 1) * sizeof *list);
    list[(*count)++] = app_text(plan->app, "%s", name);
    return list;
}

void plan_add_input(plan *plan, const char *name) {
    size_t count = plan->input_count;
    plan->inputs = add_name(plan, plan->inputs, &count, name);
    char *shown = app_printable(plan->app, name);
    plan->shown_inputs = add_name(plan, plan->shown_inputs, &plan->input_count, shown);
}

void plan_companion(plan *plan, const char *path) {
    plan->companions = add_name(plan, plan->companions, &plan->companion_count, path);
}

static bool is_companion(const plan *plan, const char *path) {
    for (size_t i = 0; i < plan->companion_count; i++) {
        if (strcmp(plan->companions[i], path) == 0) return true;
    }
    return false;
}

static const reader *find_reader(const document *document) {
    for (size_t i = 0; i < READER_COUNT; i++) {
        if (readers[i]->recognizes(document)) return readers[i];
    }
    return NULL;
}

/* What otherwise comes in lines is read like lines where it is one, or a list. */
static const reader *reader_of(document *document) {
    const reader *found = find_reader(document);
    if (found == NULL && document_take_as_lines(document)) found = find_reader(document);
    return found;
}

static void open_document(plan *plan, document *document, const char *path) {
    document->number = (uint32_t)plan->input_count;
    plan_add_input(plan, path);
    pthread_mutex_lock(&plan->lock);
    while (plan->held > MAX_HELD && plan->queued + plan->running > 0) wait_a_little(plan);
    plan->held += document->held;
    pthread_mutex_unlock(&plan->lock);
}

static void close_document(plan *plan, document *document, size_t held_before) {
    pthread_mutex_lock(&plan->lock);
    plan->held += document->held - held_before;
    let_go(plan, document);
    pthread_mutex_unlock(&plan->lock);
}

static void cannot_read(plan *plan, const char *path, const char *why) {
    app *app = plan->app;
    if (app->report.failed) return;
    fail_host(app, HOST_CANNOT_OPEN, app_text(app, "%s", path), MOTE_NO_OFFSET);
    app->report.expected = "a file or a folder";
    app->report.found = app_text(app, "%s", why);
}

typedef struct reading {
    plan *plan;
    const char *path, *why;
    document *document;
    const reader *reader;
    size_t held;
} reading;

static void read_with_memory(void *data) {
    reading *reading = data;
    reading->document = document_load(reading->path, &reading->why);
    if (reading->document == NULL) return;
    reading->reader = reader_of(reading->document);
    if (reading->reader == NULL) return;
    open_document(reading->plan, reading->document, reading->path);
    reading->held = reading->document->held;
    reading->reader->read(reading->plan, reading->document);
    if (!reading->document->has_cases)
        submit_bad_form(reading->plan, reading->document, 0, "there is nothing in it to judge");
}

/* What was submitted of it before is judged. */
static void give_up(plan *plan, const reading *reading) {
    document unread = {.path = reading->path, .number = (uint32_t)plan->input_count};
    document *document = reading->reader == NULL ? &unread : reading->document;
    plan_without_memory(plan, &(job){NULL, document, 0, 1, NULL, NULL, 0});
    if (document == &unread) plan_add_input(plan, reading->path);
}

static void read_file(plan *plan, const char *path) {
    struct stat about;
    if (is_companion(plan, path)) return;
    reading reading = {plan, path, NULL, NULL, NULL, 0};
    bool suffices = memory_suffices(read_with_memory, &reading);
    if (!suffices) give_up(plan, &reading);
    if (reading.reader != NULL) {
        close_document(plan, reading.document, reading.held);
    } else if (reading.document != NULL) {
        plan->strangers = add_name(plan, plan->strangers, &plan->stranger_count, path);
        document_free(reading.document);
    } else if (suffices) {
        cannot_read(plan, path, reading.why);
    }
    if (stat(path, &about) == 0) plan->bytes_done += (size_t)about.st_size;
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    /* What names its companions comes before them. */
    bool first = strstr((*a)->d_name, "index.json") != NULL;
    bool second = strstr((*b)->d_name, "index.json") != NULL;
    if (first != second) return first ? -1 : 1;
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* --- folders ---------------------------------------------------------------------------------------------- */
/* Files and folders that were found; a link may lead back to a folder, which is read once. */
typedef struct finding {
    plan *plan;
    char **folders, **files;
    size_t folder_count, file_count;
    struct place { /* of folders, by hash: more than twice as many as there are */
        dev_t device;
        ino_t number;
        bool taken;
    } * places;
    size_t room;
} finding;

/* False where it is there already. */
static bool take_place(struct place *places, size_t room, dev_t device, ino_t number) {
    size_t at = (size_t)((uint64_t)number * UINT64_C(0x9e3779b97f4a7c15) >> 20 ^ device) % room;
    for (; places[at].taken; at = (at + 1) % room) {
        if (places[at].device == device && places[at].number == number) return false;
    }
    places[at] = (struct place){device, number, true};
    return true;
}

static void add_folder(finding *found, const char *path, const struct stat *about) {
    if (found->room <= 2 * found->folder_count) {
        size_t room = 2 * found->room + 64;
        struct place *places = app_take(found->plan->app, room, sizeof *places);
        for (size_t i = 0; i < found->room; i++) {
            const struct place *old = &found->places[i];
            if (old->taken) take_place(places, room, old->device, old->number);
        }
        found->places = places;
        found->room = room;
    }
    if (take_place(found->places, found->room, about->st_dev, about->st_ino))
        found->folders = add_name(found->plan, found->folders, &found->folder_count, path);
}

/* A pipe or device could take for ever: only files are read. */
static void add_found(finding *found, const char *path) {
    plan *plan = found->plan;
    struct stat about = {.st_mode = S_IFREG}; /* what is not there, is told when it is read */
    (void)stat(path, &about);
    if (S_ISDIR(about.st_mode)) {
        add_folder(found, path, &about);
    } else if (!S_ISREG(about.st_mode)) {
        plan->strangers = add_name(plan, plan->strangers, &plan->stranger_count, path);
    } else {
        plan->bytes_all += (size_t)about.st_size;
        found->files = add_name(plan, found->files, &found->file_count, path);
    }
}

static void look_into(finding *found, const char *folder) {
    plan *plan = found->plan;
    struct dirent **list;
    size_t size = strlen(folder);
    const char *slash = size > 0 && folder[size - 1] == '/' ? "" : "/";
    int entries = scandir(folder, &list, NULL, by_name);
    if (entries < 0)
        plan->strangers = add_name(plan, plan->strangers, &plan->stranger_count, folder);
    for (int i = 0; i < entries; i++) {
        const char *name = list[i]->d_name;
        if (name[0] != '.') add_found(found, app_text(plan->app, "%s%s%s", folder, slash, name));
        free(list[i]);
    }
    if (entries >= 0) free(list);
}

/* Folders wait in a list: nothing here recurses. A file that was named itself may be a pipe. */
void plan_read(plan *plan, const char *path) {
    struct stat about;
    finding found = {.plan = plan};
    bool exists = stat(path, &about) == 0;
    if (!exists || !S_ISDIR(about.st_mode)) {
        if (exists) plan->bytes_all += (size_t)about.st_size;
        read_file(plan, path);
        return;
    }
    add_folder(&found, path, &about);
    for (size_t at = 0; at < found.folder_count; at++) look_into(&found, found.folders[at]);
    for (size_t i = 0; i < found.file_count; i++) read_file(plan, found.files[i]);
}
