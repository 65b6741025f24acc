/* SPDX-License-Identifier: Apache-2.0 */
/* The state of block 0 as chain specs have it: "genesis.raw" with "top" and "childrenDefault", or these two alone. */
#ifndef MOTE_NATIVE_GENESIS_STATE_H
#define MOTE_NATIVE_GENESIS_STATE_H

#include "json_in.h"
#include "mote/checkpoint.h"

struct app;

typedef struct genesis_state {
    const char *name; /* the file's */
    const char *id;   /* the chain spec's, or NULL */
    size_t place;     /* of "top" in the text */
    mote_trie_entry *entries;
    size_t count;
    mote_child_trie *children;
    size_t child_count;
    size_t longest_key;
    bool says_version; /* recorded genesis files do */
    mote_state_version version;
} genesis_state;

bool genesis_state_is_in(json_t *document);
bool genesis_state_read(struct app *app, genesis_state *out, const input *in, json_t *document);
size_t genesis_state_memory(const genesis_state *state);

/* Root, hash and authorities in one state version. The entries stay as they are. */
bool genesis_state_root(struct app *app, mote_genesis *out, const genesis_state *state,
                        mote_state_version version);

/* Which version it is: the one asked for; that of a chain mote knows the genesis hash of; the one the file names;
 * or 1, which every new chain has used since 2022: then that is an assumption. */
typedef struct genesis_choice {
    mote_state_version version;
    mote_genesis genesis;    /* in that version */
    const mote_chain *chain; /* by its genesis hash */
    bool assumed;
} genesis_choice;
bool genesis_state_choose(struct app *app, genesis_choice *out, const genesis_state *state);

#endif
