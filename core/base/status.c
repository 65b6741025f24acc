/* SPDX-License-Identifier: Apache-2.0 */
#include "mote/status.h"

#include <stddef.h>

typedef struct status_entry {
    mote_status status;
    mote_status_class class_;
    mote_blame blame;
    const char *name;
    const char *text;
} status_entry;

static const status_entry status_table[] = {
#define STATUS_ENTRY(name, code, class_, fault, word, text)                                        \
    {MOTE_##name, MOTE_CLASS_##class_, MOTE_BLAME_##fault, word, text},
    MOTE_STATUS_LIST(STATUS_ENTRY)
#undef STATUS_ENTRY
};

/* An unknown status must never read as success. */
static const status_entry unknown_status = {MOTE_E_INTERNAL, MOTE_CLASS_INTERNAL, MOTE_BLAME_MOTE,
                                            "unknown", "a status that is in no list"};

static const status_entry *find_status(mote_status status) {
    for (size_t i = 0; i < sizeof status_table / sizeof status_table[0]; i++) {
        if (status_table[i].status == status) return &status_table[i];
    }
    return &unknown_status;
}

const char *mote_status_name(mote_status status) {
    return find_status(status)->name;
}

const char *mote_status_text(mote_status status) {
    return find_status(status)->text;
}

mote_status_class mote_status_class_of(mote_status status) {
    return find_status(status)->class_;
}

mote_blame mote_status_blame(mote_status status) {
    return find_status(status)->blame;
}

const char *mote_status_class_name(mote_status_class class_) {
    static const char *const names[] = {"done",  "malformed", "false", "incomplete", "unsupported",
                                        "limit", "untimely",  "bug",   "internal"};
    size_t index = (size_t)class_;
    return index < sizeof names / sizeof names[0] ? names[index] : "internal";
}

const char *mote_blame_name(mote_blame blame) {
    static const char *const names[] = {"nobody", "source", "trust", "caller", "mote"};
    size_t index = (size_t)blame;
    return index < sizeof names / sizeof names[0] ? names[index] : "mote";
}
