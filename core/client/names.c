/* SPDX-License-Identifier: Apache-2.0 */
#include "mote/client.h"

#define COUNT(names) (sizeof(names) / sizeof(names)[0])

const char *mote_chain_phase_name(mote_chain_phase phase) {
    static const char *const names[] = {"waiting", "catching-up", "current", "stalled", "halted"};
    return (size_t)phase < COUNT(names) ? names[phase] : "unknown";
}

const char *mote_event_name(mote_event_kind kind) {
    static const char *const names[] = {
        "none",     "status",       "age",         "saved-refused",  "handover", "finalized",
        "best",     "para-head",    "para-gone",   "conflict",       "source",   "value",
        "answered", "query-failed", "transaction", "para-lifecycle", "page",     "behind"};
    return (size_t)kind < COUNT(names) ? names[kind] : "unknown";
}

const char *mote_inclusion_state_name(mote_inclusion_state state) {
    static const char *const names[] = {"none", "submitted", "claimed", "final", "failed"};
    return (size_t)state < COUNT(names) ? names[state] : "unknown";
}
