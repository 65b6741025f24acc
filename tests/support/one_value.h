/* SPDX-License-Identifier: Apache-2.0 */
/* A state with one value of anybody's choice at a key, and its proof: for readers of values that are to meet every value.
 * Uses nothing of the test framework, so that fuzz targets can. */
#ifndef MOTE_TEST_ONE_VALUE_H
#define MOTE_TEST_ONE_VALUE_H

#include "fixture.h"

#include "mote/trie.h"

/* Under an assumed root, in the context's memory; the value may be as large as 256 KiB. Aborts where it fails. */
mote_proof one_value_proof(mote_context *context, mote_bytes key, mote_bytes value);

#endif
