/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The command line of one command, parsed by glibc's argp in the order it is written: a key belongs to the proof
 * before it, a file without an option to the list before it.
 */
#ifndef MOTE_NATIVE_ARGUMENTS_H
#define MOTE_NATIVE_ARGUMENTS_H

#include "mote/bytes.h"

struct app;

typedef struct names {
    const char **items;
    size_t count;
} names;

/* A key or a prefix that is asked of a state. */
typedef struct question {
    bool is_prefix;
    mote_bytes key;
    mote_bytes child_key; /* empty: main trie */
} question;

typedef struct questions {
    question *items;
    size_t count;
} questions;

/* A pallet's item, and the arguments of a map as they were written: "twox64concat:u32:2000". */
typedef struct storage_item {
    const char *name; /* "Paras.Heads" */
    names arguments;
} storage_item;

typedef struct storage_items {
    storage_item *items;
    size_t count;
} storage_items;

typedef struct arguments {
    names files; /* what has no option */
    const char *checkpoint;
    const char *authorities;
    bool has_set_id;
    uint64_t set_id;
    const char *chain;
    bool has_now;
    uint64_t now;
    bool has_root;
    mote_hash root;
    bool lenient;
    bool compact;
    bool has_para;
    uint32_t para;
    bool has_state_version;
    uint32_t state_version;
    const char *output;
    bool with_babe;
    const char *justification;
    const char *warp;
    names headers;
    const char *proof;
    questions keys;
    const char *para_proof;
    names para_headers;
    const char *para_state_proof;
    questions para_keys;
    /* validate */
    names specs, para_nodes;
    const char *node, *relay, *rule, *junit;
    bool tap;
    bool has_from, has_to, has_state_limit, has_epoch_slots, has_case, has_jobs, has_timeout;
    uint32_t from, to, state_limit, epoch_slots, case_number, jobs, timeout;
    /* the live client */
    names sources, para_sources;
    const char *ca, *state, *bundle;
    bool has_at, has_genesis, has_count, accept_expired;
    mote_hash at, genesis;
    uint32_t count;
    storage_items items;
    bool has_threads; /* of those that verify signatures */
    uint32_t threads;
    /* While it is parsed: the list that a bare argument goes on with, and the child trie of the next keys. */
    enum { LIST_FILES, LIST_HEADERS, LIST_PARA_HEADERS, LIST_KEYS } list;
    bool keys_are_para;
    mote_bytes child_key;
    bool any_chain; /* --chain may name one that mote does not know */
    bool wants_help;
} arguments;

/* One command: what it takes, and what --help says. */
typedef struct command {
    const char *name;
    void (*run)(struct app *app); /* its result is in the report */
    const char *usage;            /* "FILE --root HEX ..." */
    const char *summary;          /* a line for the list of commands */
    const char *options;  /* letters of the options it takes: keys of the table in arguments.c */
    const char *help;     /* what follows the options */
    const char *examples; /* command lines */
    size_t min_files, max_files; /* bare arguments */
} command;

/* argv[0] is the command's name. False with a usage failure in the report, or with wants_help. */
bool arguments_parse(struct app *app, const command *command, int argc, char **argv);
/* The help text, for people (`as` "verify") or in memory for --json. */
char *arguments_help(struct app *app, const command *command);

/* A usage failure that names the command's --help. Returns false. */
bool usage_error(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
