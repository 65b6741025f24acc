/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "<name>.blocks.jsonl" beside a document: the headers of the chain that its answers are about. They are what the
 * document is judged by, and vouched for by who recorded them.
 */
#ifndef MOTE_NATIVE_VALIDATE_RECORDED_H
#define MOTE_NATIVE_VALIDATE_RECORDED_H

#include "mote/header.h"
#include "validate.h"

/* As far as each header is the parent of the next. They live as long as the document. */
typedef struct recorded {
    mote_header *headers;
    size_t count;
} recorded;

/* `ending`: what stands in the document's name in place of ".blocks.jsonl". None where there is no such file. */
recorded recorded_beside(document *document, const char *ending);
/* By what the header itself says; NULL where it is not there. */
const mote_header *recorded_at(const recorded *chain, uint64_t number);
const mote_header *recorded_with(const recorded *chain, const mote_hash *hash);

#endif
