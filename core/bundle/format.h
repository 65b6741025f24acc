/* SPDX-License-Identifier: Apache-2.0 */
/* What reader and writer of the format share (docs/spec/bundle.md, Layout). */
#ifndef MOTE_BUNDLE_FORMAT_H
#define MOTE_BUNDLE_FORMAT_H

#include "mote/bundle.h"

#define MOTE_BUNDLE_MAGIC_SIZE 8u
#define MOTE_BUNDLE_VERSION 1u
#define MOTE_BUNDLE_MAX_NAME 32u

extern const uint8_t mote_bundle_magic[MOTE_BUNDLE_MAGIC_SIZE];

/* A question as it is encoded. A failure is the cursor's. */
void mote_bundle_read_query(mote_cursor *cursor, mote_bundle_query *out);
void mote_bundle_write_query(mote_writer *writer, const mote_bundle_query *query);

#endif
