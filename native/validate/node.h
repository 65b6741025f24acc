/* SPDX-License-Identifier: Apache-2.0 */
/* A running full node: everything its JSON-RPC says that can be verified. */
#ifndef MOTE_NATIVE_VALIDATE_NODE_H
#define MOTE_NATIVE_VALIDATE_NODE_H

#include "validate.h"

void node_validate(plan *plan);

#endif
