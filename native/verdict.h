/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a run ends with: a status of the core, or one of the program's own, about files and options. From its class
 * come the word that --json shows as "verdict" and the exit code.
 */
#ifndef MOTE_NATIVE_VERDICT_H
#define MOTE_NATIVE_VERDICT_H

#include "mote/status.h"

enum {
    EXIT_VERIFIED = 0,
    EXIT_REJECTED = 1, /* malformed or false */
    EXIT_USAGE = 2,    /* or a file that cannot be opened */
    EXIT_UNSUPPORTED = 3,
    EXIT_INCOMPLETE = 4,
    EXIT_LIMIT = 5,
    EXIT_UNTIMELY = 6, /* expired, or from the future */
    EXIT_NO_SOURCE = 7 /* no usable source */
};

/* X(NAME, CLASS, BLAME, "name", "text"): the same shape as status_list.h, for what the core never sees. */
#define HOST_STATUS_LIST(X)                                                                        \
    X(USAGE, USAGE, CALLER, "usage", "the command line is not understood")                         \
    X(CANNOT_OPEN, USAGE, CALLER, "cannot_open", "a file cannot be opened or read")                \
    X(CANNOT_WRITE, USAGE, CALLER, "cannot_write", "a file cannot be written")                     \
    X(FILE_TOO_LARGE, LIMIT, SOURCE, "file_too_large", "a file is larger than mote reads")         \
    X(NO_MEMORY, LIMIT, CALLER, "no_memory", "there is not enough memory")                         \
    X(BAD_GZIP, MALFORMED, SOURCE, "bad_gzip", "the file is not whole gzip data")                  \
    X(HEX_DIGIT, MALFORMED, SOURCE, "hex_digit", "hex text contains something else")               \
    X(HEX_ODD_LENGTH, MALFORMED, SOURCE, "hex_odd_length", "hex text has half a byte at its end")  \
    X(JSON_SYNTAX, MALFORMED, SOURCE, "json_syntax", "the text is not JSON")                       \
    X(JSON_DUPLICATE_KEY, MALFORMED, SOURCE, "json_duplicate_key",                                 \
      "a JSON object has the same key twice")                                                      \
    X(JSON_TOO_DEEP, MALFORMED, SOURCE, "json_too_deep", "JSON is nested too deeply")              \
    X(JSON_NUL, MALFORMED, SOURCE, "json_nul", "a JSON string contains the character NUL")         \
    X(JSON_NUMBER, MALFORMED, SOURCE, "json_number", "a JSON number is out of range")              \
    X(JSON_SHAPE, MALFORMED, SOURCE, "json_shape", "the JSON is not of the form asked for")        \
    X(RPC_ERROR, INCOMPLETE, SOURCE, "rpc_error", "the node answered with an error")               \
    X(NOT_RECOGNIZED, MALFORMED, SOURCE, "not_recognized", "the file is nothing that mote knows")  \
    X(CASES_FAILED, FALSE, SOURCE, "cases_failed", "some cases do not hold")                       \
    X(NOTHING_CHECKED, INCOMPLETE, SOURCE, "nothing_checked", "nothing could be checked")          \
    X(NO_CONNECTION, INCOMPLETE, SOURCE, "no_connection", "the node cannot be reached")            \
    X(NO_SOURCE, UNREACHABLE, SOURCE, "no_source", "there is no usable source")                    \
    X(NO_ANSWER, INCOMPLETE, SOURCE, "no_answer", "the time is up")                                \
    X(INTERRUPTED, INCOMPLETE, CALLER, "interrupted", "it was interrupted")                        \
    X(CONFLICT, FALSE, SOURCE, "conflict",                                                         \
      "two blocks at one height are proven to be final: the chain's voters broke it")              \
    X(DISAGREEMENT, FALSE, SOURCE, "disagreement", "the sources contradict each other")

typedef enum host_status {
#define HOST_STATUS_ENTRY(name, class_, blame, word, text) HOST_##name,
    HOST_STATUS_LIST(HOST_STATUS_ENTRY)
#undef HOST_STATUS_ENTRY
} host_status;

typedef struct verdict {
    const char *word;   /* "verified", "rejected", ... */
    const char *status; /* "ok", "bad_signature", "usage", ... */
    const char *text;
    const char *class_name;
    const char *blame;
    int exit_code;
} verdict;

verdict verdict_of_core(mote_status status);
verdict verdict_of_host(host_status status);

#endif
