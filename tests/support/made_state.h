/* SPDX-License-Identifier: Apache-2.0 */
/* A state of a test's own keys and values, and a proof of all of them and of what it asks for besides. */
#ifndef MOTE_TEST_MADE_STATE_H
#define MOTE_TEST_MADE_STATE_H

#include "fixture.h"

#include "mote/evidence.h"
#include "mote/trie.h"

void made_state_begin(void);
void made_state_put(const uint8_t *key, size_t key_size, mote_bytes value);
/* A key that the proof answers though it is not there. */
void made_state_ask(const uint8_t *key, size_t key_size);
/* Of version 1. With `relay_number` the state of that relay block, taken as final; without, under an assumed root. */
mote_proof made_state_prove(mote_context *context, uint32_t relay_number);
/* The proof's bytes, and the root, of the last one. */
mote_bytes made_state_proof_bytes(void);
mote_hash made_state_root(void);

#endif
