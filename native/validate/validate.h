/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a reader of `mote validate` is made of. A reader recognizes a document, takes it apart in the main thread, and
 * submits jobs; a job judges one or several numbered cases of the document on one of the worker threads and says what
 * became of each, rule by rule. See docs/validate.md for how to add one.
 */
#ifndef MOTE_NATIVE_VALIDATE_H
#define MOTE_NATIVE_VALIDATE_H

#include <jansson.h>

#include "mote/context.h"
#include "mote/trie.h"
#include "rules.h"

struct app;

/* --- memory ------------------------------------------------------------------------------------------------- */
/* Where memory ends, what was in work is given up, and the run goes on to its report. Runs this; false: it took memory
 * that there was not, and has been left in the middle (what it owns must be let go by its owner). */
bool memory_suffices(void (*run)(void *), void *data);
_Noreturn void memory_ends(void); /* leaves to the innermost memory_suffices of this thread */
void *memory_grow(void *old, size_t count, size_t size);
void *memory_take(size_t count, size_t size); /* zeroed */

/* --- documents -------------------------------------------------------------------------------------------- */
typedef struct arena_block arena_block;
typedef struct beside beside;

/* A file, unpacked; or what a node has answered. It lives until the last of its jobs has ended. */
typedef struct document {
    const char *path;
    uint32_t number; /* in the order in which they were read */
    mote_bytes bytes;
    json_t *json;   /* the whole as JSON; of lines of JSON the first; NULL where it is none */
    json_t **lines; /* lines of JSON; NULL where it is no such file */
    size_t line_count;
    bool has_cases;     /* a reader found something to judge */
    const char *broken; /* why it is not what its name promises; NULL where it may be */
    arena_block *blocks;
    beside *files; /* that it names, each read once */
    size_t held;   /* bytes of memory */
    int jobs;      /* guarded by the pool; the reader counts as one */
} document;

/* Zeroed memory until the document is gone. Where there is none: memory_ends. */
void *document_take(document *document, size_t count, size_t size);
char *document_text(document *document, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A file, with .gz and .xz unpacked. NULL where it cannot be read: `*why` says so. */
document *document_load(const char *path, const char **why);
document *document_new(const char *path);
void document_free(document *document);
/* "name.json" of "folder/name.json.gz" */
bool document_is_named(const document *document, const char *ending);
/* An object, or a list of them, taken as lines of JSON; false where it is none. */
bool document_take_as_lines(document *document);
/* A file that a document names, or that is known by its name: only files, for what a document names may be a pipe or a
 * device. NULL where it is none or cannot be read. */
document *document_load_beside(const char *path);
/* What is in such a file: as long as the document, and once however often it is asked for. */
bool document_read_beside(document *document, mote_bytes *out, const char *path);
/* Path of a file, from where this one is. */
char *document_beside(document *document, const char *name);

/* Hex, with or without 0x. False where it is not. */
bool read_hex(document *document, mote_bytes *out, const json_t *text);
bool read_hex_text(document *document, mote_bytes *out, const char *text, size_t size);
bool read_hash(mote_hash *out, const json_t *text);
/* The hex string in a field; false where there is none. */
bool read_hex_field(document *document, mote_bytes *out, const json_t *object, const char *name);
bool read_hash_field(mote_hash *out, const json_t *object, const char *name);
/* An integer from 0 to `most`; false where it is none. */
bool read_number(uint64_t *out, const json_t *value, uint64_t most);
bool read_number_field(uint64_t *out, const json_t *object, const char *name, uint64_t most);
/* An array of hex strings. */
bool read_hex_list(document *document, mote_bytes **out, size_t *count, const json_t *list);

/* --- jobs ------------------------------------------------------------------------------------------------- */
typedef struct plan plan;
typedef struct worker worker;
typedef struct job job;

typedef enum work { WORK_HEADERS, WORK_SIGNATURES, WORK_TRIE_BYTES, WORK_KINDS } work;

struct job {
    job *next;
    document *document;
    uint32_t first; /* number of its first case */
    uint32_t cases; /* how many */
    void (*run)(worker *worker, const job *job);
    const void *data;
    size_t memory; /* of the verifier's context */
};

struct worker {
    plan *plan;
    mote_context context;
    uint8_t *memory;
    uint8_t seed[32];
    double work_done[WORK_KINDS];
    double work_took[WORK_KINDS]; /* milliseconds */
    struct record *records;
    size_t record_count, record_room;
};

/* Copies the job. Waits while too much is waiting. Jobs none of whose cases is asked for are dropped. */
void submit(plan *plan, const job *job);
/* How the reader says that the document is not what it should be: a case of the rule `form`. */
void submit_bad_form(plan *plan, document *document, uint32_t number, const char *why);

/* Is this one asked for? Everything is, without --case and --rule. */
bool wanted(const worker *worker, uint32_t number, rule rule);
/* What became of a case under a rule. A case that is not wanted is not counted. */
void judged(worker *worker, const job *job, uint32_t number, rule rule, mote_status status);
/* The same, with the answer that the vector says is right. */
void judged_as(worker *worker, const job *job, uint32_t number, rule rule, mote_status status,
               bool should_hold);
void passed(worker *worker, const job *job, uint32_t number, rule rule);
void failed(worker *worker, const job *job, uint32_t number, rule rule, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void unchecked(worker *worker, const job *job, uint32_t number, rule rule, const char *why);
/* Throughput: so much was done in so many milliseconds. */
void worked(worker *worker, work kind, double amount, double milliseconds);
/* Milliseconds that this thread has computed. */
double worker_clock(void);

/* --- readers ---------------------------------------------------------------------------------------------- */
typedef struct reader {
    const char *name;
    bool (*recognizes)(const document *document);
    void (*read)(plan *plan, document *document);
} reader;

extern const reader reader_babe_vectors, reader_headers, reader_blocks, reader_block_response,
    reader_genesis, reader_state, reader_changes, reader_trie, reader_blake2, reader_ed25519,
    reader_proofs, reader_read_proofs, reader_grandpa, reader_finality, reader_checkpoints,
    reader_warp, reader_p2p, reader_beefy, reader_mmr, reader_lists, reader_sr25519, reader_broken;

/* --- the run ---------------------------------------------------------------------------------------------- */
/* A genesis state that chains of blocks may start from (--spec). */
typedef struct spec {
    document *document;
    mote_hash hash; /* of block 0 */
    mote_hash state_root;
    mote_state_version version;
    const mote_trie_entry *entries;
    size_t count;
} spec;
const spec *plan_spec(const plan *plan, const mote_hash *genesis);
const spec *plan_spec_at(const plan *plan, size_t index); /* NULL past the last */
struct app *plan_app(plan *plan);
/* Files that belong to a reader's document are not read for themselves. */
void plan_companion(plan *plan, const char *path);

plan *plan_open(struct app *app);
void plan_read(plan *plan, const char *path); /* a file or a folder */
bool plan_add_spec(plan *plan, const char *path);
void plan_finish(plan *plan); /* waits for all jobs */
void plan_report(plan *plan);
void plan_close(plan *plan);
/* The job is done here and now, by the calling thread. */
void plan_run_here(plan *plan, const job *job);
void plan_flush(plan *plan); /* waits for what was submitted */

#endif
