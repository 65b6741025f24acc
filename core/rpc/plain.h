/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MOTE_RPC_PLAIN_H
#define MOTE_RPC_PLAIN_H

#include <stdint.h>

/* Past the characters of a string that stand for themselves in a byte, which nearly all of a node's answer is. */
const uint8_t *mote_json_skip_plain(const uint8_t *at, const uint8_t *end);

#endif
