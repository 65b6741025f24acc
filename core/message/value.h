/* SPDX-License-Identifier: Apache-2.0 */
/* Values behind the keys of messages. */
#ifndef MOTE_MESSAGE_VALUE_H
#define MOTE_MESSAGE_VALUE_H

#include "mote/message.h"
#include "mote/scale.h"

/* The bytes under a key of the relay chain. */
mote_status mote_message_value_at(mote_context *context, bool *present, mote_bytes *value,
                                  const mote_proof *proof, const mote_message_key *key);
/* The value of an item of the relay chain, or of a parachain where the item is one. */
mote_status mote_message_value(mote_context *context, bool *present, mote_bytes *value,
                               const mote_proof *proof, mote_message_item item, uint32_t first,
                               uint32_t second);
/* A Vec of pairs (u32, Vec<u8>): to its last byte. */
mote_status mote_message_pairs(mote_context *context, uint32_t *count, mote_bytes *items,
                               mote_bytes value);
/* Pair number `index`; there are more. */
mote_message mote_message_pair_at(mote_bytes items, uint32_t index);
/* The pair at a place of `count` ones, and the place behind it; false at the end. */
bool mote_message_pair_next(mote_message *out, mote_message_place *place, uint32_t count,
                            mote_bytes items);
/* The items from a place on; nothing behind the last of `count`. */
mote_cursor mote_message_cursor_at(const mote_message_place *place, uint32_t count,
                                   mote_bytes items);
/* Behind what was read; false where it could not be. */
bool mote_message_step(mote_message_place *place, const mote_cursor *cursor, mote_bytes items);

#endif
