/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One change that can be taken back. What it replaces stays in memory, and what it removes stays in the trie (as
 * doomed), until the change is kept: so taking back needs no memory, and neither does keeping.
 */
#ifndef MOTE_STATE_EDIT_H
#define MOTE_STATE_EDIT_H

#include "tree.h"

typedef enum mote_edit_kind {
    MOTE_EDIT_NOTHING,
    MOTE_EDIT_ADDED,
    MOTE_EDIT_REPLACED,
    MOTE_EDIT_MARKED /* only whether the value is doomed may have changed */
} mote_edit_kind;

typedef struct mote_edit {
    mote_arena_ref replaced; /* with MOTE_EDIT_REPLACED: the value before */
    uint8_t kind;
    bool was_doomed;
} mote_edit;

/* With an error, nothing has changed. */
mote_status mote_edit_make(mote_context *context, mote_state *state, mote_edit *out,
                           const mote_state_change *change, mote_state_version version);
/* Edits are taken back in the reverse order of making. */
void mote_edit_take_back(mote_state *state, const mote_edit *edit, const mote_state_change *change);
/* When all are made: each once. */
void mote_edit_keep(mote_state *state, const mote_edit *edit, const mote_state_change *change);

#endif
