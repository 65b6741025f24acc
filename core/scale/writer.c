/* SPDX-License-Identifier: Apache-2.0 */
#include "mote/scale.h"

#include <string.h>

mote_writer mote_writer_into(uint8_t *data, size_t capacity) {
    return (mote_writer){data, capacity, 0};
}

bool mote_writer_fits(const mote_writer *writer) {
    return writer->size <= writer->capacity;
}

void mote_write_span(mote_writer *writer, const uint8_t *data, size_t size) {
    if (size == 0) return;
    bool fits = writer->size <= writer->capacity && size <= writer->capacity - writer->size;
    if (fits) memcpy(writer->data + writer->size, data, size);
    /* Saturates: once beyond the capacity, never back inside it. */
    writer->size = size > SIZE_MAX - writer->size ? SIZE_MAX : writer->size + size;
}

void mote_write_u8(mote_writer *writer, uint8_t value) {
    mote_write_span(writer, &value, 1);
}

void mote_write_u16(mote_writer *writer, uint16_t value) {
    const uint8_t bytes[2] = {(uint8_t)value, (uint8_t)(value >> 8)};
    mote_write_span(writer, bytes, sizeof bytes);
}

void mote_write_u32(mote_writer *writer, uint32_t value) {
    uint8_t bytes[4];
    mote_store_u32(bytes, value);
    mote_write_span(writer, bytes, sizeof bytes);
}

void mote_write_u64(mote_writer *writer, uint64_t value) {
    uint8_t bytes[8];
    mote_store_u64(bytes, value);
    mote_write_span(writer, bytes, sizeof bytes);
}

void mote_write_hash(mote_writer *writer, const mote_hash *hash) {
    mote_write_span(writer, hash->bytes, sizeof hash->bytes);
}

static void write_big_integer(mote_writer *writer, uint64_t value) {
    uint8_t bytes[8];
    size_t size = 4;
    mote_store_u64(bytes, value);
    while (size < 8 && value >> (8 * size) != 0) size++;
    mote_write_u8(writer, (uint8_t)((size - 4) << 2 | 3));
    mote_write_span(writer, bytes, size);
}

void mote_write_compact(mote_writer *writer, uint64_t value) {
    if (value < (UINT64_C(1) << 6)) {
        mote_write_u8(writer, (uint8_t)(value << 2));
    } else if (value < (UINT64_C(1) << 14)) {
        mote_write_u16(writer, (uint16_t)(value << 2 | 1));
    } else if (value < (UINT64_C(1) << 30)) {
        mote_write_u32(writer, (uint32_t)(value << 2 | 2));
    } else {
        write_big_integer(writer, value);
    }
}

void mote_write_vec_u8(mote_writer *writer, mote_bytes bytes) {
    mote_write_compact(writer, bytes.size);
    mote_write_span(writer, bytes.data, bytes.size);
}

uint16_t mote_load_u16(const uint8_t bytes[2]) {
    return (uint16_t)(bytes[0] | bytes[1] << 8);
}

uint32_t mote_load_u32(const uint8_t bytes[4]) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

uint64_t mote_load_u64(const uint8_t bytes[8]) {
    return mote_load_u32(bytes) | (uint64_t)mote_load_u32(bytes + 4) << 32;
}

void mote_store_u32(uint8_t bytes[4], uint32_t value) {
    for (unsigned i = 0; i < 4; i++) bytes[i] = (uint8_t)(value >> (8 * i));
}

void mote_store_u64(uint8_t bytes[8], uint64_t value) {
    for (unsigned i = 0; i < 8; i++) bytes[i] = (uint8_t)(value >> (8 * i));
}
