/* SPDX-License-Identifier: Apache-2.0 */
#include "verdict.h"

/* The classes of the core, and that of a program that was called wrongly. */
typedef enum kind {
    KIND_DONE,
    KIND_MALFORMED,
    KIND_FALSE,
    KIND_INCOMPLETE,
    KIND_UNSUPPORTED,
    KIND_LIMIT,
    KIND_EXPIRED,
    KIND_FUTURE,
    KIND_UNREACHABLE,
    KIND_USAGE,
    KIND_INTERNAL
} kind;

static const struct {
    const char *word;
    const char *class_name;
    int exit_code;
} kinds[] = {
    [KIND_DONE] = {"verified", "done", EXIT_VERIFIED},
    [KIND_MALFORMED] = {"rejected", "malformed", EXIT_REJECTED},
    [KIND_FALSE] = {"rejected", "false", EXIT_REJECTED},
    [KIND_INCOMPLETE] = {"incomplete", "incomplete", EXIT_INCOMPLETE},
    [KIND_UNSUPPORTED] = {"unsupported", "unsupported", EXIT_UNSUPPORTED},
    [KIND_LIMIT] = {"limit", "limit", EXIT_LIMIT},
    [KIND_EXPIRED] = {"expired", "untimely", EXIT_UNTIMELY},
    [KIND_FUTURE] = {"future", "untimely", EXIT_UNTIMELY},
    [KIND_UNREACHABLE] = {"unreachable", "incomplete", EXIT_NO_SOURCE},
    [KIND_USAGE] = {"usage", "usage", EXIT_USAGE},
    [KIND_INTERNAL] = {"error", "internal", EXIT_REJECTED},
};

static kind kind_of(mote_status status) {
    switch (mote_status_class_of(status)) {
    case MOTE_CLASS_DONE: return KIND_DONE;
    case MOTE_CLASS_MALFORMED: return KIND_MALFORMED;
    case MOTE_CLASS_FALSE: return KIND_FALSE;
    case MOTE_CLASS_INCOMPLETE: return KIND_INCOMPLETE;
    case MOTE_CLASS_UNSUPPORTED: return KIND_UNSUPPORTED;
    case MOTE_CLASS_LIMIT: return KIND_LIMIT;
    case MOTE_CLASS_UNTIMELY: return status == MOTE_E_FROM_FUTURE ? KIND_FUTURE : KIND_EXPIRED;
    case MOTE_CLASS_BUG:
    case MOTE_CLASS_INTERNAL: break;
    }
    return KIND_INTERNAL;
}

static verdict make(kind kind, const char *status, const char *text, const char *blame) {
    return (verdict){kinds[kind].word,       status, text,
                     kinds[kind].class_name, blame,  kinds[kind].exit_code};
}

verdict verdict_of_core(mote_status status) {
    return make(kind_of(status), mote_status_name(status), mote_status_text(status),
                mote_blame_name(mote_status_blame(status)));
}

verdict verdict_of_host(host_status status) {
    static const struct {
        kind kind;
        mote_blame blame;
        const char *status;
        const char *text;
    } list[] = {
#define HOST_STATUS_ROW(name, class_, blame, word, text)                                           \
    [HOST_##name] = {KIND_##class_, MOTE_BLAME_##blame, word, text},
        HOST_STATUS_LIST(HOST_STATUS_ROW)
#undef HOST_STATUS_ROW
    };
    return make(list[status].kind, list[status].status, list[status].text,
                mote_blame_name(list[status].blame));
}
