/* SPDX-License-Identifier: Apache-2.0 */
#include "storage_key.h"

#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "input.h"
#include "mote/scale.h"

static mote_bytes span_of(const char *text, size_t size) {
    return (mote_bytes){(const uint8_t *)text, size};
}

bool address_parse(app *app, mote_address *out, const char *what, const char *text) {
    uint8_t room[64];
    static const uint8_t seed[32] = {0};
    mote_context context;
    mote_context_init(&context, room, sizeof room, seed);
    mote_status status = mote_address_read(&context, out, span_of(text, strlen(text)));
    if (status == MOTE_OK) return true;
    size_t at = mote_fault_offset(&context.fault, span_of(text, strlen(text)));
    if (status == MOTE_E_ADDRESS_FORM && at != MOTE_NO_OFFSET) {
        return usage_error(app, "%s: '%s' is neither SS58 nor 0x and hex: character %zu", what,
                           text, at);
    }
    return usage_error(app, "%s: '%s': %s", what, text, mote_status_text(status));
}

/* --- one argument of a map ---------------------------------------------------------------------------------- */
/* "u32:2000": so many bits of a decimal number. */
static bool parse_integer(mote_bytes *out, app *app, const char *text) {
    char *end = NULL;
    unsigned long bits = text[0] == 'u' ? strtoul(text + 1, &end, 10) : 0;
    if (end == NULL || *end != ':' || end[1] < '0' || end[1] > '9') return false;
    if (bits != 8 && bits != 16 && bits != 32 && bits != 64 && bits != 128) return false;
    uint8_t *bytes = app_take(app, 16, 1);
    for (const char *at = end + 1; *at != 0; at++) {
        uint32_t carry = (uint32_t)(*at - '0');
        if (*at < '0' || *at > '9') return false;
        for (size_t i = 0; i < bits / 8; i++) {
            carry += bytes[i] * 10u;
            bytes[i] = (uint8_t)(carry & 0xff);
            carry >>= 8;
        }
        if (carry != 0) return false;
    }
    *out = (mote_bytes){bytes, bits / 8};
    return true;
}

static bool parse_key(app *app, mote_bytes *out, const char *text) {
    mote_address address;
    size_t bad;
    if (parse_integer(out, app, text)) return true;
    if (text[0] == 'u' && strchr(text, ':') != NULL)
        return usage_error(app, "--arg: '%s' is no number of that many bits", text);
    if (strncmp(text, "0x", 2) == 0) {
        if (hex_parse(app, out, span_of(text, strlen(text)), &bad)) return true;
        return usage_error(app, "--arg: '%s' is no hex", text);
    }
    if (!address_parse(app, &address, "--arg", text)) return false;
    uint8_t *bytes = app_take(app, address.size, 1);
    memcpy(bytes, address.bytes, address.size);
    *out = (mote_bytes){bytes, address.size};
    return true;
}

static bool parse_argument(app *app, mote_key_argument *out, const char *text) {
    size_t size = strcspn(text, ":");
    if (text[size] != ':' || !mote_storage_hasher_by_name(&out->hasher, span_of(text, size))) {
        return usage_error(app,
                           "--arg: '%.*s' is no hasher: identity, twox64concat, blake2_128concat, "
                           "twox128, twox256, blake2_128 or blake2_256, and a colon behind it",
                           (int)size, text);
    }
    return parse_key(app, &out->key, text + size + 1);
}

/* --- keys ----------------------------------------------------------------------------------------------------- */
bool account_key(app *app, mote_bytes *out, const mote_address *address) {
    uint8_t *room = app_take(app, 128, 1);
    mote_writer writer = mote_writer_into(room, 128);
    mote_write_account_key(&writer, (mote_bytes){address->bytes, address->size});
    *out = (mote_bytes){room, writer.size};
    return true;
}

bool item_key(app *app, mote_bytes *out, const storage_item *item) {
    const char *dot = strchr(item->name, '.');
    const mote_bytes pallet = span_of(item->name, (size_t)(dot - item->name));
    const mote_bytes name = span_of(dot + 1, strlen(dot + 1));
    mote_key_argument *list = app_take(app, item->arguments.count, sizeof *list);
    for (size_t i = 0; i < item->arguments.count; i++) {
        if (!parse_argument(app, &list[i], item->arguments.items[i])) return false;
    }
    mote_writer writer = mote_writer_into(NULL, 0);
    mote_write_storage_key(&writer, pallet, name, list, item->arguments.count);
    uint8_t *room = app_take(app, writer.size, 1);
    writer = mote_writer_into(room, writer.size);
    mote_write_storage_key(&writer, pallet, name, list, item->arguments.count);
    *out = (mote_bytes){room, writer.size};
    return true;
}
