/* SPDX-License-Identifier: Apache-2.0 */
#include "arguments.h"

#include <argp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "input.h"
#include "moment.h"

/* Keys beyond the letters: options without a short form. */
enum {
    KEY_CHECKPOINT = 'c',
    KEY_AUTHORITIES = 'a',
    KEY_SET_ID = 's',
    KEY_CHAIN = 'n',
    KEY_NOW = 't',
    KEY_HEADER = 'H',
    KEY_ROOT = 'r',
    KEY_CHILD = 'C',
    KEY_KEY = 'k',
    KEY_PREFIX = 'p',
    KEY_LENIENT = 'l',
    KEY_COMPACT = 'm',
    KEY_PARA = 'P',
    KEY_STATE_VERSION = 'v',
    KEY_OUTPUT = 'o',
    KEY_WITH_BABE = 'b',
    KEY_JUSTIFICATION = 'j',
    KEY_WARP = 'w',
    KEY_PROOF = 'f',
    KEY_PARA_PROOF = 'x',
    KEY_PARA_HEADER = 'y',
    KEY_PARA_STATE_PROOF = 'z',
    KEY_NODE = 'd',
    KEY_RELAY = 'Y',
    KEY_PARA_NODE = 'D',
    KEY_FROM = 'N',
    KEY_TO = 'F',
    KEY_TAP = 'T',
    KEY_STATE_LIMIT = 'L',
    KEY_EPOCH_SLOTS = 'e',
    KEY_CASE = 'q',
    KEY_RULE = 'R',
    KEY_JOBS = 'O',
    KEY_THREADS = 'i',
    KEY_JUNIT = 'u',
    KEY_SPEC = 'W',
    KEY_TIMEOUT = 'S',
    KEY_SOURCE = 'U',
    KEY_PARA_SOURCE = 'V',
    KEY_CA = 'A',
    KEY_STATE = 'Z',
    KEY_AT = 'Q',
    KEY_GENESIS = 'G',
    KEY_BUNDLE = 'K',
    KEY_STORAGE = 'E',
    KEY_ARGUMENT = 'g',
    KEY_COUNT = 'I',
    KEY_ACCEPT_EXPIRED = 'X',
    KEY_JSON = 'J',
    KEY_HELP = 'h'
};

/* Every option of every command. argp takes a key that is a printable character for a short option too; only -o and
 * -h are: the others get the key plus HIDDEN_SHORT. */
#define HIDDEN_SHORT 0x1000

static const struct argp_option all_options[] = {
    {"checkpoint", KEY_CHECKPOINT, "FILE", 0,
     "Where trust starts: a compact checkpoint or a chain spec", 0},
    {"authorities", KEY_AUTHORITIES, "FILE", 0,
     "The authority set: SCALE, or JSON [[\"0x...\", 1], ...]", 0},
    {"set-id", KEY_SET_ID, "N", 0, "The set's id", 0},
    {"chain", KEY_CHAIN, "NAME", 0, "A known chain: its hard forks and its window", 0},
    {"now", KEY_NOW, "TIME", 0,
     "Judge ages at this time (Unix seconds or RFC 3339), not by the clock", 0},
    {"justification", KEY_JUSTIFICATION, "FILE", 0, "A GRANDPA justification of the first header",
     0},
    {"warp", KEY_WARP, "FILE", 0, "A warp proof that ends at the first header, or before it", 0},
    {"header", KEY_HEADER, "FILE", 0, "A header, binary or hex", 0},
    {"root", KEY_ROOT, "HEX", 0, "The state root the proof is under", 0},
    {"child", KEY_CHILD, "HEX", 0, "Read the default child trie of this name", 0},
    {"proof", KEY_PROOF, "FILE", 0, "A proof of the relay chain's state; keys follow", 0},
    {"para", KEY_PARA, "N", 0, "The parachain's id", 0},
    {"para-proof", KEY_PARA_PROOF, "FILE", 0, "A proof of the parachain's head in the relay chain",
     0},
    {"para-header", KEY_PARA_HEADER, "FILE", 0, "The parachain's headers, from the head down", 0},
    {"para-state-proof", KEY_PARA_STATE_PROOF, "FILE", 0,
     "A proof of the parachain's state; keys follow", 0},
    {"key", KEY_KEY, "HEX", 0, "Read this key", 0},
    {"prefix", KEY_PREFIX, "HEX", 0, "List all keys under this prefix", 0},
    {"lenient", KEY_LENIENT, NULL, 0, "Ignore duplicate and unreachable entries of the proof", 0},
    {"compact", KEY_COMPACT, NULL, 0, "FILE is a compact proof (of a trie codec)", 0},
    {"state-version", KEY_STATE_VERSION, "0|1", 0, "Of the genesis state's trie", 0},
    {"output", KEY_OUTPUT, "FILE", 0, "Write the result here", 0},
    {"with-babe", KEY_WITH_BABE, NULL, 0, "Write the BABE epochs as well", 0},
    {"spec", KEY_SPEC, "FILE", 0, "A chain spec or genesis state that chains of blocks start from",
     0},
    {"epoch-slots", KEY_EPOCH_SLOTS, "N", 0,
     "Slots of a BABE epoch, where the headers do not show it", 0},
    {"node", KEY_NODE, "URL", 0, "Ask a full node: ws://HOST:PORT or wss://HOST", 0},
    {"relay", KEY_RELAY, "URL", 0, "A node of the relay chain of the parachain that --node serves",
     0},
    {"para-node", KEY_PARA_NODE, "URL", 0,
     "A node of a parachain of the chain that --node serves (up to four)", 0},
    {"from", KEY_FROM, "N", 0, "The first block to ask for", 0},
    {"to", KEY_TO, "N", 0, "The last block to ask for (else the last final one)", 0},
    {"state-limit", KEY_STATE_LIMIT, "MB", 0, "Pull at most so much of the genesis state (else 64)",
     0},
    {"timeout", KEY_TIMEOUT, "SECONDS", 0, "Wait so long for an answer", 0},
    {"source", KEY_SOURCE, "URL", 0, "A full node that is asked, and not trusted: ws:// or wss://",
     0},
    {"para-source", KEY_PARA_SOURCE, "URL", 0, "The same of the parachain", 0},
    {"storage", KEY_STORAGE, "PALLET.ITEM", 0, "Read this item of a pallet", 0},
    {"arg", KEY_ARGUMENT, "HASHER:KEY", 0,
     "An argument of the map before it: KEY is hex, an address, or uN:NUMBER", 0},
    {"at", KEY_AT, "HASH", 0, "Read under this block, an ancestor of the final one", 0},
    {"bundle", KEY_BUNDLE, "FILE", 0, "Write what proves the answer here, for mote verify", 0},
    {"count", KEY_COUNT, "N", 0, "End after so many final heads", 0},
    {"genesis", KEY_GENESIS, "HASH", 0, "The chain's block 0, where nothing else says it", 0},
    {"accept-expired", KEY_ACCEPT_EXPIRED, NULL, 0,
     "Go on from a checkpoint that is too old, and say so", 0},
    {"ca", KEY_CA, "FILE", 0, "Check wss:// against these certificates (PEM), not the system's", 0},
    {"state", KEY_STATE, "FOLDER", 0, "Keep state here; \"none\": nowhere", 0},
    {"case", KEY_CASE, "N", 0, "Only this case of each file", 0},
    {"rule", KEY_RULE, "NAME", 0, "Only this rule", 0},
    {"jobs", KEY_JOBS, "N", 0, "Threads (else one for each processor)", 0},
    {"junit", KEY_JUNIT, "FILE", 0, "Write all results here as JUnit XML", 0},
    {"tap", KEY_TAP, NULL, 0, "Print all results in the Test Anything Protocol", 0},
    {"threads", KEY_THREADS, "N", 0, "Verify signatures on so many threads (else one a processor)",
     0},
    {"json", KEY_JSON, NULL, 0, "Print one JSON object instead of text", 1},
    {"help", KEY_HELP, NULL, 0, "Print this help", 1},
};
#define OPTION_COUNT (sizeof all_options / sizeof all_options[0])

bool usage_error(app *app, const char *format, ...) {
    char message[512];
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    if (app->report.failed) return false;
    fail_usage(app, app_text(app, "%s", message));
    app->report.hint = app->command == NULL ? "see: mote --help"
                                            : app_text(app, "see: mote %s --help", app->command);
    return false;
}

/* --- values ------------------------------------------------------------------------------------------------ */
static bool parse_number(uint64_t *out, const char *text, uint64_t most) {
    *out = 0;
    if (*text == 0) return false;
    for (; *text != 0; text++) {
        uint64_t digit = (uint64_t)(*text - '0');
        if (*text < '0' || *text > '9' || digit > most) return false;
        if (*out > (most - digit) / 10) return false;
        *out = *out * 10 + digit;
    }
    return true;
}

static bool take_number(app *app, uint64_t *out, const char *option, const char *text,
                        uint64_t most) {
    if (parse_number(out, text, most)) return true;
    return usage_error(app, "--%s: '%s' is no number from 0 to %llu", option, text,
                       (unsigned long long)most);
}

static bool take_hex(app *app, mote_bytes *out, const char *option, const char *text) {
    size_t bad;
    mote_bytes whole = {(const uint8_t *)text, strlen(text)};
    if (hex_parse(app, out, whole, &bad)) return true;
    if (bad >= whole.size) {
        return usage_error(app, "--%s: hex with an odd number of digits", option);
    }
    return usage_error(app, "--%s: '%c' (character %zu) is no hex digit", option, text[bad], bad);
}

static bool take_hash(app *app, bool *has, mote_hash *out, const char *option, const char *text) {
    mote_bytes bytes;
    if (!take_hex(app, &bytes, option, text)) return false;
    if (bytes.size != sizeof out->bytes) {
        return usage_error(app, "--%s: 32 bytes expected, %zu given", option, bytes.size);
    }
    memcpy(out->bytes, bytes.data, bytes.size);
    *has = true;
    return true;
}

static bool take_time(app *app, const char *text) {
    if (moment_parse(&app->args.now, text)) {
        app->args.has_now = true;
        return true;
    }
    return usage_error(app, "--now: '%s' is neither Unix seconds nor RFC 3339", text);
}

static bool take_once(app *app, const char **out, const char *option, const char *text) {
    if (*out != NULL) return usage_error(app, "--%s is given twice", option);
    *out = text;
    return true;
}

static void add_name(app *app, names *names, const char *name) {
    names->items = app_grow(app, names->items, (names->count + 1) * sizeof *names->items);
    names->items[names->count++] = name;
}

static bool add_question(app *app, const char *option, const char *text, bool is_prefix) {
    arguments *args = &app->args;
    questions *list = args->keys_are_para ? &args->para_keys : &args->keys;
    question question = {is_prefix, {NULL, 0}, args->child_key};
    if (!take_hex(app, &question.key, option, text)) return false;
    list->items = app_grow(app, list->items, (list->count + 1) * sizeof *list->items);
    list->items[list->count++] = question;
    args->list = LIST_KEYS;
    return true;
}

static bool add_item(app *app, const char *name) {
    storage_items *list = &app->args.items;
    const char *dot = strchr(name, '.');
    if (dot == NULL || dot == name || dot[1] == 0) {
        return usage_error(app, "--storage: '%s' is not PALLET.ITEM", name);
    }
    list->items = app_grow(app, list->items, (list->count + 1) * sizeof *list->items);
    list->items[list->count++] = (storage_item){name, {NULL, 0}};
    return true;
}

static bool add_item_argument(app *app, const char *text) {
    storage_items *list = &app->args.items;
    if (list->count == 0) return usage_error(app, "--arg: there is no --storage before it");
    add_name(app, &list->items[list->count - 1].arguments, text);
    return true;
}

/* --- options ------------------------------------------------------------------------------------------------ */
/* A proof begins a list of keys in a main trie of its own. */
static bool take_proof(app *app, const char **out, const char *option, const char *text,
                       bool is_para) {
    app->args.keys_are_para = is_para;
    app->args.child_key = (mote_bytes){NULL, 0};
    app->args.list = LIST_FILES;
    return take_once(app, out, option, text);
}

static bool take_bare(app *app, const char *text) {
    arguments *args = &app->args;
    switch (args->list) {
    case LIST_HEADERS: add_name(app, &args->headers, text); return true;
    case LIST_PARA_HEADERS: add_name(app, &args->para_headers, text); return true;
    case LIST_KEYS: return add_question(app, "key", text, false);
    case LIST_FILES: break;
    }
    add_name(app, &args->files, text);
    return true;
}

/* A number of 32 bits, and that it was given. */
static bool take_small(app *app, bool *has, uint32_t *out, const char *option, const char *text) {
    uint64_t value = 0;
    if (!take_number(app, &value, option, text, UINT32_MAX)) return false;
    *has = true;
    *out = (uint32_t)value;
    return true;
}

static bool take_number_option(app *app, int key, const char *text) {
    arguments *args = &app->args;
    switch (key) {
    case KEY_FROM: return take_small(app, &args->has_from, &args->from, "from", text);
    case KEY_TO: return take_small(app, &args->has_to, &args->to, "to", text);
    case KEY_STATE_LIMIT:
        return take_small(app, &args->has_state_limit, &args->state_limit, "state-limit", text);
    case KEY_TIMEOUT: return take_small(app, &args->has_timeout, &args->timeout, "timeout", text);
    case KEY_COUNT: return take_small(app, &args->has_count, &args->count, "count", text);
    case KEY_CASE: return take_small(app, &args->has_case, &args->case_number, "case", text);
    case KEY_EPOCH_SLOTS:
        if (!take_small(app, &args->has_epoch_slots, &args->epoch_slots, "epoch-slots", text))
            return false;
        return args->epoch_slots > 0 ||
               usage_error(app, "--epoch-slots: an epoch has at least one");
    case KEY_THREADS:
        if (!take_small(app, &args->has_threads, &args->threads, "threads", text)) return false;
        return args->threads > 0 || usage_error(app, "--threads: at least one");
    default:
        if (!take_small(app, &args->has_jobs, &args->jobs, "jobs", text)) return false;
        return args->jobs > 0 || usage_error(app, "--jobs: at least one");
    }
}

static bool take_count(app *app, int key, const char *text) {
    arguments *args = &app->args;
    uint64_t value = 0;
    switch (key) {
    case KEY_SET_ID:
        args->has_set_id = true;
        return take_number(app, &args->set_id, "set-id", text, UINT64_MAX);
    case KEY_PARA:
        args->has_para = true;
        if (!take_number(app, &value, "para", text, UINT32_MAX)) return false;
        args->para = (uint32_t)value;
        return true;
    default:
        args->has_state_version = true;
        if (!take_number(app, &value, "state-version", text, 1)) return false;
        args->state_version = (uint32_t)value;
        return true;
    }
}

static bool take_file(app *app, int key, const char *text) {
    arguments *args = &app->args;
    switch (key) {
    case KEY_CHECKPOINT: return take_once(app, &args->checkpoint, "checkpoint", text);
    case KEY_AUTHORITIES: return take_once(app, &args->authorities, "authorities", text);
    case KEY_CHAIN: return take_once(app, &args->chain, "chain", text);
    case KEY_OUTPUT: return take_once(app, &args->output, "output", text);
    case KEY_JUSTIFICATION: return take_once(app, &args->justification, "justification", text);
    case KEY_WARP: return take_once(app, &args->warp, "warp", text);
    case KEY_PROOF: return take_proof(app, &args->proof, "proof", text, false);
    case KEY_PARA_PROOF: return take_once(app, &args->para_proof, "para-proof", text);
    case KEY_NODE: return take_once(app, &args->node, "node", text);
    case KEY_RELAY: return take_once(app, &args->relay, "relay", text);
    case KEY_RULE: return take_once(app, &args->rule, "rule", text);
    case KEY_JUNIT: return take_once(app, &args->junit, "junit", text);
    case KEY_CA: return take_once(app, &args->ca, "ca", text);
    case KEY_STATE: return take_once(app, &args->state, "state", text);
    case KEY_BUNDLE: return take_once(app, &args->bundle, "bundle", text);
    default: return take_proof(app, &args->para_state_proof, "para-state-proof", text, true);
    }
}

/* One file after --header; where several are meant the bare ones that follow go on with the list. */
static bool take_header(app *app, const char *text, bool is_para, bool goes_on) {
    arguments *args = &app->args;
    add_name(app, is_para ? &args->para_headers : &args->headers, text);
    if (goes_on) args->list = is_para ? LIST_PARA_HEADERS : LIST_HEADERS;
    return true;
}

static bool take_option(app *app, int key, const char *text, bool lists) {
    arguments *args = &app->args;
    if (key != ARGP_KEY_ARG) args->list = LIST_FILES;
    switch (key) {
    case ARGP_KEY_ARG: return take_bare(app, text);
    case KEY_HEADER: return take_header(app, text, false, lists);
    case KEY_PARA_HEADER: return take_header(app, text, true, lists);
    case KEY_SET_ID:
    case KEY_PARA:
    case KEY_STATE_VERSION: return take_count(app, key, text);
    case KEY_FROM:
    case KEY_TO:
    case KEY_STATE_LIMIT:
    case KEY_EPOCH_SLOTS:
    case KEY_CASE:
    case KEY_TIMEOUT:
    case KEY_COUNT:
    case KEY_JOBS:
    case KEY_THREADS: return take_number_option(app, key, text);
    case KEY_SPEC: add_name(app, &args->specs, text); return true;
    case KEY_PARA_NODE: add_name(app, &args->para_nodes, text); return true;
    case KEY_TAP: args->tap = true; return true;
    case KEY_ROOT: return take_hash(app, &args->has_root, &args->root, "root", text);
    case KEY_AT: return take_hash(app, &args->has_at, &args->at, "at", text);
    case KEY_GENESIS: return take_hash(app, &args->has_genesis, &args->genesis, "genesis", text);
    case KEY_SOURCE: add_name(app, &args->sources, text); return true;
    case KEY_PARA_SOURCE: add_name(app, &args->para_sources, text); return true;
    case KEY_STORAGE: return add_item(app, text);
    case KEY_ARGUMENT: return add_item_argument(app, text);
    case KEY_ACCEPT_EXPIRED: args->accept_expired = true; return true;
    case KEY_NOW: return take_time(app, text);
    case KEY_CHILD: return take_hex(app, &args->child_key, "child", text);
    case KEY_PREFIX: return add_question(app, "prefix", text, true);
    case KEY_KEY: {
        bool ok = add_question(app, "key", text, false);
        if (!lists) args->list = LIST_FILES;
        return ok;
    }
    case KEY_LENIENT: args->lenient = true; return true;
    case KEY_COMPACT: args->compact = true; return true;
    case KEY_WITH_BABE: args->with_babe = true; return true;
    case KEY_JSON: app->json = true; return true;
    case KEY_HELP: args->wants_help = true; return true;
    default: return take_file(app, key, text);
    }
}

/* --- argp --------------------------------------------------------------------------------------------------- */
typedef struct parsing {
    app *app;
    const command *command;
    const struct argp_option *options;
} parsing;

/* argp says only that it stopped: why is in the argument it stopped at. */
static void explain_stop(const parsing *parsing, const struct argp_state *state) {
    const char *at = state->next > 0 ? state->argv[state->next - 1] : "";
    size_t size = strcspn(at, "=");
    size_t fitting = 0;
    const struct argp_option *exact = NULL;
    for (const struct argp_option *option = parsing->options; option->name != NULL; option++) {
        if (size < 3 || strncmp(at, "--", 2) != 0) break;
        if (strncmp(option->name, at + 2, size - 2) != 0) continue;
        fitting++;
        if (strlen(option->name) == size - 2 || exact == NULL) exact = option;
    }
    if (fitting == 0 && strcmp(at, "-o") == 0) {
        usage_error(parsing->app, "-o needs a FILE");
    } else if (fitting == 0) {
        usage_error(parsing->app, "there is no option '%s'", at);
    } else if (fitting > 1 && strlen(exact->name) != size - 2) {
        usage_error(parsing->app, "'%s' could be several options", at);
    } else if (exact->arg == NULL) {
        usage_error(parsing->app, "--%s takes no value", exact->name);
    } else {
        usage_error(parsing->app, "--%s needs a value: %s", exact->name, exact->arg);
    }
}

static error_t on_key(int key, char *text, struct argp_state *state) {
    parsing *parsing = state->input;
    if (key == ARGP_KEY_ERROR && !parsing->app->report.failed) explain_stop(parsing, state);
    if (key >= HIDDEN_SHORT && key < 2 * HIDDEN_SHORT) key -= HIDDEN_SHORT;
    bool is_option = (key > 0 && key < 0x80) || key == ARGP_KEY_ARG;
    if (!is_option) return ARGP_ERR_UNKNOWN;
    /* Only `bundle` has no bare arguments of its own: there lists go on. */
    bool lists = parsing->command->max_files == 0;
    return take_option(parsing->app, key, text, lists) ? 0 : EINVAL;
}

/* The command's options out of all, then the terminator. */
static struct argp_option *options_of(app *app, const command *command) {
    struct argp_option *list = app_take(app, OPTION_COUNT + 1, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        struct argp_option option = all_options[i];
        bool always = option.key == KEY_JSON || option.key == KEY_HELP;
        if (!always && strchr(command->options, option.key) == NULL) continue;
        if (option.key != KEY_OUTPUT && option.key != KEY_HELP) option.key += HIDDEN_SHORT;
        list[count++] = option;
    }
    return list;
}

static bool check_files(app *app, const command *command) {
    size_t count = app->args.files.count;
    if (count < command->min_files) return usage_error(app, "a FILE is missing");
    if (count <= command->max_files) return true;
    return usage_error(app, "'%s' is one argument too many",
                       app->args.files.items[command->max_files]);
}

bool arguments_parse(app *app, const command *command, int argc, char **argv) {
    parsing parsing = {app, command, options_of(app, command)};
    struct argp argp = {parsing.options, on_key, NULL, NULL, NULL, NULL, NULL};
    unsigned flags = ARGP_IN_ORDER | ARGP_NO_ERRS | ARGP_NO_EXIT | ARGP_NO_HELP;
    error_t error = argp_parse(&argp, argc, argv, flags, NULL, &parsing);
    if (app->report.failed) return false;
    if (error != 0) return usage_error(app, "the options are not understood");
    if (app->args.wants_help) return false;
    return check_files(app, command);
}

/* "Usage: mote NAME ..." and "or:" for every further line. */
static void print_usage(FILE *out, const command *command) {
    const char *at = command->usage;
    for (const char *word = "Usage:"; *at != 0; word = "   or:") {
        int size = (int)strcspn(at, "\n");
        fprintf(out, "%s mote %s %.*s\n", word, command->name, size, at);
        at += size;
        if (*at == '\n') at++;
    }
}

char *arguments_help(app *app, const command *command) {
    struct argp argp = {options_of(app, command),
                        on_key,
                        NULL,
                        app_text(app, "%s\v%s", command->summary, command->help),
                        NULL,
                        NULL,
                        NULL};
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);
    if (memory == NULL) return app_text(app, "%s", command->help);
    char name[] = "mote";
    setenv("ARGP_HELP_FMT", "no-dup-args-note,opt-doc-col=28", 0);
    print_usage(memory, command);
    argp_help(&argp, memory, ARGP_HELP_PRE_DOC | ARGP_HELP_LONG | ARGP_HELP_POST_DOC, name);
    fprintf(memory, "\nExamples:\n%s", command->examples);
    fclose(memory);
    char *kept = app_text(app, "%s", text);
    free(text);
    return kept;
}
