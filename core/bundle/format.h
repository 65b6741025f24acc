/* SPDX-License-Identifier: Apache-2.0 */
/* What reader and writer of the format share (docs/spec/bundle.md, Layout). */
#ifndef MOTE_BUNDLE_FORMAT_H
#define MOTE_BUNDLE_FORMAT_H

#include "mote/bundle.h"

#define MOTE_BUNDLE_MAGIC_SIZE 8u
#define MOTE_BUNDLE_VERSION 1u
#define MOTE_BUNDLE_MAX_NAME 32u
#define MOTE_BUNDLE_CHECK_SIZE 16u
/* Genesis, checkpoint digest, number of sections, check value: the end of the head. */
#define MOTE_BUNDLE_HEAD_TAIL (32u + 32u + 1u + MOTE_BUNDLE_CHECK_SIZE)

extern const uint8_t mote_bundle_magic[MOTE_BUNDLE_MAGIC_SIZE];

/* Against damage of what no hash of the chain covers: BLAKE2b-128. */
void mote_bundle_write_check(mote_writer *writer, size_t begin); /* of all that was written since */
/* E_CHECKSUM, at the first of the bytes, unless `check` is their check value. */
mote_status mote_bundle_check(mote_context *context, mote_bytes bytes, const uint8_t *check);

/* A question as it is encoded. A failure is the cursor's. */
void mote_bundle_read_query(mote_cursor *cursor, mote_bundle_query *out);
void mote_bundle_write_query(mote_writer *writer, const mote_bundle_query *query);

#endif
