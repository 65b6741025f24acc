/* SPDX-License-Identifier: Apache-2.0 */
#include "judge.h"
#include "mote/hash.h"
#include "mote/header.h"

void judge_hash(mote_context *context, oracle_answer *out, mote_bytes input) {
    static const uint8_t sizes[] = {16, 32, 8, 16, 32, 32, 64};
    (void)context;
    uint8_t algorithm = *take(&input, 1);
    mote_hash hash;
    uint8_t bytes[64];
    switch (algorithm) {
    case 0: mote_blake2b_128(bytes, input); break;
    case 1: hash = mote_blake2b_256(input), memcpy(bytes, hash.bytes, 32); break;
    case 2: mote_twox_64(bytes, input); break;
    case 3: mote_twox_128(bytes, input); break;
    case 4: mote_twox_256(bytes, input); break;
    case 5: hash = mote_keccak_256(input), memcpy(bytes, hash.bytes, 32); break;
    default: mote_sha512(bytes, input); break;
    }
    out->accepted = true;
    answer_add(out, bytes, sizes[algorithm]);
}

void judge_compact(mote_context *context, oracle_answer *out, mote_bytes input) {
    uint8_t width = *take(&input, 1);
    mote_cursor cursor = mote_cursor_over(input);
    uint64_t value = width == 32 ? mote_read_compact_u32(&cursor) : mote_read_compact_u64(&cursor);
    out->accepted = mote_cursor_finish(context, &cursor) == MOTE_OK;
    if (!out->accepted) return;
    answer_add_u32(out, (uint32_t)value);
    answer_add_u32(out, (uint32_t)(value >> 32));
}

void judge_header(mote_context *context, oracle_answer *out, mote_bytes input) {
    mote_header header;
    out->accepted = mote_header_decode(context, &header, input) == MOTE_OK;
    if (!out->accepted) return;
    answer_add(out, header.hash.bytes, 32);
    answer_add_u32(out, header.number);
    answer_add_u32(out, header.digest_count);
}
