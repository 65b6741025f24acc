/* SPDX-License-Identifier: Apache-2.0 */
/* A relay chain's state made up for tests: parachains with heads, and proofs of them, by the naive trie. */
#ifndef MOTE_TEST_RELAY_STATE_H
#define MOTE_TEST_RELAY_STATE_H

#include "naive_trie.h"

#include "mote/evidence.h"
#include "mote/header.h"

#define RELAY_STATE_MAX 64u

typedef struct relay_state {
    mote_trie_entry entries[RELAY_STATE_MAX];
    size_t count;
    naive_node *trie; /* after relay_state_close */
} relay_state;

/* With entries of other pallets around, so that proofs have siblings. */
void relay_state_open(relay_state *state);
void relay_state_put(relay_state *state, mote_bytes key, mote_bytes value);
/* Paras::<item>(id): the item's prefix as published, then twox_64_concat of the id. */
mote_bytes relay_paras_key(const char *item_hex, uint32_t para_id);
void relay_state_put_head(relay_state *state, uint32_t para_id, mote_bytes head_data);
void relay_state_close(relay_state *state, naive_version version);

/* SCALE Vec<Vec<u8>> with what reading the keys needs. */
mote_bytes relay_state_prove(const relay_state *state, const mote_bytes *keys, size_t count);
/* A header of that number whose state this is; `salt` tells siblings apart. */
mote_bytes relay_state_header(const relay_state *state, uint32_t number, uint8_t salt);
/* Evidence that it is final, on the test's own account: carries MOTE_ASSUMED_HEADER. */
mote_finalized_header relay_state_final(const relay_state *state, uint32_t number, uint8_t salt);
/* Loads a proof of these keys under that header's state, strictly; fails the test where that fails. */
mote_proof relay_state_load(mote_context *context, const relay_state *state, uint32_t number,
                            const mote_bytes *keys, size_t count);

/* A parachain's header (SCALE), with an Aura seal as collators make them. */
mote_bytes relay_para_header(const mote_hash *parent, uint32_t number, uint8_t salt);

#define RELAY_HEADS "cd710b30bd2eab0352ddcc26417aa1941b3c252fcb29d88eff4f3de5de4476c3"
#define RELAY_LIFECYCLES "cd710b30bd2eab0352ddcc26417aa194281e0bfde17b36573208a06cb5cfba6b"
#define RELAY_CODE_HASH "cd710b30bd2eab0352ddcc26417aa194e2d1c22ba0a888147714a3487bd51c63"

#endif
