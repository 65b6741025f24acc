/* SPDX-License-Identifier: Apache-2.0 */
#include "mote/account.h"

#include <string.h>

static int nibble_of(uint8_t character) {
    if (character >= '0' && character <= '9') return character - '0';
    if (character >= 'a' && character <= 'f') return character - 'a' + 10;
    if (character >= 'A' && character <= 'F') return character - 'A' + 10;
    return -1;
}

static mote_status read_hex(mote_context *context, mote_address *out, mote_bytes digits) {
    uint8_t bytes[sizeof out->bytes] = {0};
    for (size_t i = 0; i < digits.size; i++) {
        int nibble = nibble_of(digits.data[i]);
        if (nibble < 0)
            return mote_fail(context, MOTE_E_ADDRESS_FORM, digits.data + i, MOTE_NO_INDEX);
        if (i / 2 < sizeof bytes) bytes[i / 2] = (uint8_t)(bytes[i / 2] << 4 | nibble);
    }
    if (digits.size != 2 * 32 && digits.size != 2 * 20)
        return mote_fail(context, MOTE_E_ADDRESS_LENGTH, digits.data, MOTE_NO_INDEX);
    memcpy(out->bytes, bytes, sizeof bytes);
    out->size = (uint8_t)(digits.size / 2);
    mote_context_clear_fault(context);
    return MOTE_OK;
}

mote_status mote_address_read(mote_context *context, mote_address *out, mote_bytes text) {
    static const uint8_t mark[] = {'0', 'x'};
    if (!mote_bytes_starts_with(text, (mote_bytes){mark, sizeof mark}))
        return mote_ss58_read(context, out, text);
    memset(out, 0, sizeof *out);
    return read_hex(context, out, (mote_bytes){text.data + 2, text.size - 2});
}
