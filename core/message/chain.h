/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MOTE_MESSAGE_CHAIN_H
#define MOTE_MESSAGE_CHAIN_H

#include "mote/message.h"

/* The messages lead from one head to the other, none put in before the one in front of it: E_MESSAGE_CHAIN. */
mote_status mote_message_chain_check(mote_context *context, const mote_hash *from,
                                     const mote_hash *to, const mote_message *messages,
                                     uint32_t count);

#endif
