/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values of a message become binary in the memory of their own text. That never reaches what is yet to be read: a byte
 * takes two characters or more, and what is written starts where the text does, or in the name of the member before it.
 */
#ifndef MOTE_SOURCE_IN_PLACE_H
#define MOTE_SOURCE_IN_PLACE_H

#include "mote/context.h"
#include "mote/json.h"

/* A message and its memory. */
typedef struct mote_in_place {
    mote_context *context;
    uint8_t *text;
} mote_in_place;

/* E_BAD_FORMAT at a value, or at the item `index` that is it. */
mote_status mote_in_place_refuse(const mote_in_place *place, mote_json value, uint32_t index);

/* Bytes as hex. */
MOTE_MUST_USE mote_status mote_in_place_hex(const mote_in_place *place, mote_bytes *out,
                                            mote_json value);
/* An array of hex, the member of an object: Vec<Vec<u8>>. */
MOTE_MUST_USE mote_status mote_in_place_strings(const mote_in_place *place, mote_bytes *out,
                                                mote_json value);
/* The same where each is a value in SCALE already: a Vec of such values. */
MOTE_MUST_USE mote_status mote_in_place_values(const mote_in_place *place, mote_bytes *out,
                                               mote_json value);
/* Hashes, or null: Vec<Option<hash>>. */
MOTE_MUST_USE mote_status mote_in_place_hashes(const mote_in_place *place, mote_bytes *out,
                                               mote_json value);
/* {parentHash, number, stateRoot, extrinsicsRoot, digest: {logs}}, in any order: a header. */
MOTE_MUST_USE mote_status mote_in_place_header(const mote_in_place *place, mote_bytes *out,
                                               mote_json value);
/* [[engine, bytes], ...], either of them as an array of numbers (so nodes) or as hex: Vec<(engine[4], Vec<u8>)>. E_LIMIT_COUNT for more than anybody has. */
MOTE_MUST_USE mote_status mote_in_place_justifications(const mote_in_place *place, mote_bytes *out,
                                                       mote_json value);
#endif
