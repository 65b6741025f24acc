/* SPDX-License-Identifier: Apache-2.0 */
/* Writing: arranges the parts, judges nothing. */
#include "format.h"

#include <string.h>

/* A section's length is known after its content: written as zero, and put in place then. */
static size_t begin_section(mote_writer *writer, mote_section section) {
    mote_write_u8(writer, (uint8_t)section);
    mote_write_u32(writer, 0);
    return writer->size;
}

static void end_section(mote_writer *writer, size_t begin) {
    if (!mote_writer_fits(writer)) return;
    mote_store_u32(writer->data + begin - 4, (uint32_t)(writer->size - begin));
}

static void write_bytes(mote_writer *writer, mote_bytes bytes) {
    mote_write_span(writer, bytes.data, bytes.size);
}

static void write_plain(mote_writer *writer, mote_section section, mote_bytes content) {
    if (content.size == 0) return;
    size_t begin = begin_section(writer, section);
    write_bytes(writer, content);
    end_section(writer, begin);
}

static void write_headers(mote_writer *writer, mote_section section, const mote_bytes *headers,
                          size_t count) {
    if (count == 0) return;
    size_t begin = begin_section(writer, section);
    for (size_t i = 0; i < count; i++) write_bytes(writer, headers[i]);
    end_section(writer, begin);
}

static void write_state(mote_writer *writer, mote_section section, mote_bytes proof,
                        const mote_bundle_query *queries, size_t count) {
    if (proof.size == 0) return;
    size_t begin = begin_section(writer, section);
    mote_write_u32(writer, (uint32_t)proof.size);
    write_bytes(writer, proof);
    size_t questions = writer->size;
    for (size_t i = 0; i < count; i++) mote_bundle_write_query(writer, &queries[i]);
    mote_bundle_write_check(writer, questions);
    end_section(writer, begin);
}

static void write_para_head(mote_writer *writer, const mote_bundle_parts *parts) {
    if (!parts->has_para) return;
    size_t begin = begin_section(writer, MOTE_SECTION_PARA_HEAD);
    mote_write_u32(writer, parts->para_id);
    mote_bundle_write_check(writer, begin);
    write_bytes(writer, parts->para_proof);
    end_section(writer, begin);
}

static uint8_t count_sections(const mote_bundle_parts *parts) {
    const bool present[] = {parts->warp.size != 0,
                            parts->justification.size != 0,
                            parts->header_count != 0,
                            parts->relay_proof.size != 0,
                            parts->has_para,
                            parts->para_header_count != 0,
                            parts->para_state_proof.size != 0};
    uint8_t count = 0;
    for (size_t i = 0; i < sizeof present / sizeof present[0]; i++) {
        if (present[i]) count++;
    }
    return count;
}

static void write_head(mote_writer *writer, const mote_bundle_parts *parts) {
    const char *name = parts->chain == NULL ? "" : parts->chain;
    size_t size = strlen(name);
    if (size > MOTE_BUNDLE_MAX_NAME) size = MOTE_BUNDLE_MAX_NAME;
    size_t begin = writer->size;
    mote_write_span(writer, mote_bundle_magic, sizeof mote_bundle_magic);
    mote_write_u16(writer, MOTE_BUNDLE_VERSION);
    mote_write_u8(writer, (uint8_t)size);
    mote_write_span(writer, (const uint8_t *)name, size);
    mote_write_hash(writer, &parts->genesis);
    mote_write_hash(writer, &parts->checkpoint_digest);
    mote_write_u8(writer, count_sections(parts));
    mote_bundle_write_check(writer, begin);
}

void mote_bundle_encode(mote_writer *writer, const mote_bundle_parts *parts) {
    write_head(writer, parts);
    write_plain(writer, MOTE_SECTION_WARP, parts->warp);
    write_plain(writer, MOTE_SECTION_JUSTIFICATION, parts->justification);
    write_headers(writer, MOTE_SECTION_HEADERS, parts->headers, parts->header_count);
    write_state(writer, MOTE_SECTION_STATE, parts->relay_proof, parts->relay_queries,
                parts->relay_query_count);
    write_para_head(writer, parts);
    write_headers(writer, MOTE_SECTION_PARA_HEADERS, parts->para_headers, parts->para_header_count);
    write_state(writer, MOTE_SECTION_PARA_STATE, parts->para_state_proof, parts->para_queries,
                parts->para_query_count);
}
