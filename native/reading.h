/* SPDX-License-Identifier: Apache-2.0 */
/* Asking a loaded proof: one link for each key, and one for each key of a list and its end. */
#ifndef MOTE_NATIVE_READING_H
#define MOTE_NATIVE_READING_H

#include "arguments.h"
#include "mote/bundle.h"

struct app;

/* Context memory for loading a proof and reading it. */
size_t reading_memory(mote_bytes scale);
/* All questions in order. One that the proof does not answer fails the report, and the others are asked all the same. */
bool reading_ask(struct app *app, const mote_proof *proof, const questions *questions,
                 mote_link_kind kind);
/* After a failed load. */
void explain_load(struct app *app, mote_status status, const mote_hash *root, size_t nodes);

#endif
