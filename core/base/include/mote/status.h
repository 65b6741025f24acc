/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Verdicts. Every function that judges something returns a mote_status; MOTE_OK is the only one that
 * means "verified", and a function reaches it only on its last line. The list is in status_list.h.
 */
#ifndef MOTE_STATUS_H
#define MOTE_STATUS_H

#include "mote/status_list.h"

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__) || defined(__clang__)
#define MOTE_MUST_USE __attribute__((warn_unused_result))
#else
#define MOTE_MUST_USE
#endif

typedef enum mote_status {
#define MOTE_STATUS_ENTRY(name, code, class_, fault, word, text) MOTE_##name = code,
    MOTE_STATUS_LIST(MOTE_STATUS_ENTRY)
#undef MOTE_STATUS_ENTRY
} mote_status;

typedef enum mote_status_class {
    MOTE_CLASS_DONE,
    MOTE_CLASS_MALFORMED,
    MOTE_CLASS_FALSE,
    MOTE_CLASS_INCOMPLETE,
    MOTE_CLASS_UNSUPPORTED,
    MOTE_CLASS_LIMIT,
    MOTE_CLASS_UNTIMELY,
    MOTE_CLASS_BUG,
    MOTE_CLASS_INTERNAL
} mote_status_class;

typedef enum mote_blame {
    MOTE_BLAME_NOBODY,
    MOTE_BLAME_SOURCE,
    MOTE_BLAME_TRUST,
    MOTE_BLAME_CALLER,
    MOTE_BLAME_MOTE
} mote_blame;

/* What the status means, for any value: an unknown one is INTERNAL / MOTE. The strings are static.
 * name: lower case without prefix, "bad_signature"; stable, and what JSON output and TypeScript use.
 * text: one English sentence fragment for people; may change. */
const char *mote_status_name(mote_status status);
const char *mote_status_text(mote_status status);
mote_status_class mote_status_class_of(mote_status status);
const char *mote_status_class_name(mote_status_class class_);
mote_blame mote_status_blame(mote_status status);
const char *mote_blame_name(mote_blame blame);

#ifdef __cplusplus
}
#endif
#endif
