/* SPDX-License-Identifier: Apache-2.0 */
#include "mote/account.h"

#include <string.h>

static void write_argument(mote_writer *writer, const mote_key_argument *argument) {
    size_t room = writer->size < writer->capacity ? writer->capacity - writer->size : 0;
    uint8_t *at = room > 0 ? writer->data + writer->size : NULL;
    size_t size = mote_storage_hash(at, room, argument->hasher, argument->key);
    writer->size = size > SIZE_MAX - writer->size ? SIZE_MAX : writer->size + size;
}

void mote_write_storage_key(mote_writer *writer, mote_bytes pallet, mote_bytes item,
                            const mote_key_argument *arguments, size_t count) {
    uint8_t prefix[32];
    mote_storage_prefix(prefix, pallet, item);
    mote_write_span(writer, prefix, sizeof prefix);
    for (size_t i = 0; i < count; i++) write_argument(writer, &arguments[i]);
}

void mote_write_account_key(mote_writer *writer, mote_bytes account) {
    static const uint8_t pallet[] = {'S', 'y', 's', 't', 'e', 'm'};
    static const uint8_t item[] = {'A', 'c', 'c', 'o', 'u', 'n', 't'};
    const mote_key_argument argument = {MOTE_HASHER_BLAKE2_128_CONCAT, account};
    mote_write_storage_key(writer, (mote_bytes){pallet, sizeof pallet},
                           (mote_bytes){item, sizeof item}, &argument, 1);
}

/* --- names --------------------------------------------------------------------------------------------------- */
static uint8_t lower(uint8_t character) {
    return character >= 'A' && character <= 'Z' ? (uint8_t)(character + ('a' - 'A')) : character;
}

static bool is_called(mote_bytes name, const char *plain) {
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] == '_') continue;
        if (*plain == 0 || lower(name.data[i]) != (uint8_t)*plain++) return false;
    }
    return *plain == 0;
}

bool mote_storage_hasher_by_name(mote_storage_hasher *out, mote_bytes name) {
    static const struct {
        mote_storage_hasher hasher;
        const char *name;
    } names[] = {
        {MOTE_HASHER_BLAKE2_128, "blake2128"},
        {MOTE_HASHER_BLAKE2_256, "blake2256"},
        {MOTE_HASHER_BLAKE2_128_CONCAT, "blake2128concat"},
        {MOTE_HASHER_TWOX_128, "twox128"},
        {MOTE_HASHER_TWOX_256, "twox256"},
        {MOTE_HASHER_TWOX_64_CONCAT, "twox64concat"},
        {MOTE_HASHER_IDENTITY, "identity"},
    };
    *out = MOTE_HASHER_IDENTITY;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (!is_called(name, names[i].name)) continue;
        *out = names[i].hasher;
        return true;
    }
    return false;
}
