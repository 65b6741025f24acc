/* SPDX-License-Identifier: Apache-2.0 */
/* Where trust starts, from any file that can say it: a compact checkpoint, a chain spec with lightSyncState, such a
 * state alone, or a chain spec with its raw genesis. */
#ifndef MOTE_NATIVE_TRUST_H
#define MOTE_NATIVE_TRUST_H

#include "genesis_state.h"

typedef enum trust_form { TRUST_COMPACT, TRUST_LIGHT_SYNC_STATE, TRUST_GENESIS } trust_form;

typedef struct trust {
    trust_form form;
    const char *name; /* the file's */
    mote_bytes bytes; /* compact: the whole; light sync state: the three fields */
    mote_bytes header;
    mote_bytes epoch_changes;
    mote_bytes authority_set;
    genesis_state state;
    bool has_state; /* `state` is there beside the light sync state */
    bool has_root;  /* or its root alone */
    mote_hash root;
    const mote_chain *chain; /* by the file's id, or --chain */
    bool chain_asked;        /* by --chain */
    const char *label;       /* --chain, where it is none that mote knows; or NULL */
    mote_checkpoint checkpoint;
} trust;

bool is_chain_label(const char *name);
/* --chain: a known chain, or a usage failure that lists them; where args.any_chain says so any label is one that is not
 * known. NULL in `out` where it is not given, or not known. */
bool chain_option(struct app *app, const mote_chain **out);

/* Names a checkpoint of a chain that mote does not know; `label` may be NULL. */
void label_checkpoint(mote_checkpoint *checkpoint, const char *label);

/* Reads the file; `memory` is what trust_establish takes of the context. */
bool trust_read(struct app *app, trust *out, const char *path);
bool trust_from_compact(struct app *app, trust *out, const char *name, mote_bytes bytes);
bool trust_from_json(struct app *app, trust *out, const input *in, json_t *document);
size_t trust_memory(const trust *trust);
/* Fills `checkpoint`. */
bool trust_establish(struct app *app, trust *trust);

/* The age at --now, or by the clock. Fails where it is expired or from the future; what cannot be judged is assumed.
 * Fills the report's "age". */
bool trust_judge_age(struct app *app, const mote_checkpoint *checkpoint, mote_age *age);
uint64_t trust_now(const struct app *app);

/* Right after fail_core of a step that found it expired or from the future. */
void explain_age(struct app *app, const mote_age *age);

#endif
