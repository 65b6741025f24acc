/* SPDX-License-Identifier: Apache-2.0 */
/* Walks over text that mote_json_check_feed has accepted; every step is bounded by the span all the same. */
#include <string.h>

#include "mote/json.h"
#include "plain.h"

static bool is_space(uint8_t byte) {
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

static const uint8_t *skip_space(const uint8_t *at, const uint8_t *end) {
    while (at < end && is_space(*at)) at++;
    return at;
}

static const uint8_t *skip_string(const uint8_t *at, const uint8_t *end) {
    at = mote_json_skip_plain(at + 1, end);
    while (at < end && *at != '"') {
        at += *at == '\\' && end - at > 1 ? 2 : 1;
        at = mote_json_skip_plain(at, end);
    }
    return at < end ? at + 1 : end;
}

/* From [ or { to behind its end: brackets outside strings are in pairs. */
static const uint8_t *skip_container(const uint8_t *at, const uint8_t *end) {
    size_t depth = 0;
    while (at < end) {
        if (*at == '"') {
            at = skip_string(at, end);
            continue;
        }
        if (*at == '[' || *at == '{') depth++;
        if (*at == ']' || *at == '}') depth--;
        at++;
        if (depth == 0) break;
    }
    return at;
}

static const uint8_t *skip_word(const uint8_t *at, const uint8_t *end) {
    while (at < end && *at != ',' && *at != ']' && *at != '}' && !is_space(*at)) at++;
    return at;
}

static mote_json_kind kind_of(uint8_t first) {
    switch (first) {
    case '{': return MOTE_JSON_OBJECT;
    case '[': return MOTE_JSON_ARRAY;
    case '"': return MOTE_JSON_STRING;
    case 't':
    case 'f': return MOTE_JSON_BOOL;
    case 'n': return MOTE_JSON_NULL;
    default: return MOTE_JSON_NUMBER;
    }
}

static mote_json value_at(const uint8_t *at, const uint8_t *end) {
    if (at == end) return (mote_json){MOTE_JSON_NONE, {NULL, 0}};
    mote_json_kind kind = kind_of(*at);
    bool contains = kind == MOTE_JSON_OBJECT || kind == MOTE_JSON_ARRAY;
    const uint8_t *stop = contains                   ? skip_container(at, end)
                          : kind == MOTE_JSON_STRING ? skip_string(at, end)
                                                     : skip_word(at, end);
    return (mote_json){kind, {at, (size_t)(stop - at)}};
}

/* The kind by the first byte, the end by the last: no walk. */
static mote_json whole_of(mote_bytes text) {
    const uint8_t *at = skip_space(text.data, text.data + text.size);
    const uint8_t *end = text.data + text.size;
    while (end > at && is_space(end[-1])) end--;
    return (mote_json){at == end ? MOTE_JSON_NONE : kind_of(*at), {at, (size_t)(end - at)}};
}

mote_status mote_json_checked(mote_context *context, mote_json *out, const mote_json_check *check,
                              mote_bytes text) {
    memset(out, 0, sizeof *out);
    mote_status status = mote_json_check_end(check);
    if (check->offset > text.size || (status == MOTE_OK && check->offset != text.size)) {
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    }
    if (status != MOTE_OK) {
        const uint8_t *at = text.size == 0 ? NULL : text.data + check->offset;
        return mote_fail(context, status, at, MOTE_NO_INDEX);
    }
    *out = whole_of(text);
    mote_context_clear_fault(context);
    return MOTE_OK;
}

mote_status mote_json_parse(mote_context *context, mote_json *out, mote_bytes text) {
    mote_json_check check;
    mote_json_check_begin(&check);
    mote_status status = mote_json_check_feed(&check, text);
    mote_status whole = mote_json_checked(context, out, &check, text);
    return status != MOTE_OK ? status : whole;
}

/* --- containers ------------------------------------------------------------------------------------------- */
mote_json_items mote_json_items_of(mote_json value) {
    mote_json_items out = {NULL, NULL, value.kind == MOTE_JSON_OBJECT};
    if (value.kind != MOTE_JSON_OBJECT && value.kind != MOTE_JSON_ARRAY) return out;
    if (value.text.size < 2) return out;
    out.at = value.text.data + 1;
    out.end = value.text.data + value.text.size - 1;
    return out;
}

static const uint8_t *behind(const mote_json_items *items, mote_json value) {
    return skip_space(value.text.data + value.text.size, items->end);
}

bool mote_json_next(mote_json_items *items, mote_json *name, mote_json *value) {
    mote_json field = {MOTE_JSON_NONE, {NULL, 0}};
    if (name != NULL) *name = field;
    *value = field;
    if (items->at == items->end) return false;
    items->at = skip_space(items->at, items->end);
    if (items->at == items->end) return false;
    if (items->is_object) {
        field = value_at(items->at, items->end);
        const uint8_t *colon = behind(items, field);
        items->at = skip_space(colon == items->end ? colon : colon + 1, items->end);
    }
    *value = value_at(items->at, items->end);
    if (value->kind == MOTE_JSON_NONE) return false;
    if (name != NULL) *name = field;
    const uint8_t *comma = behind(items, *value);
    items->at = comma == items->end ? comma : comma + 1;
    return true;
}

static size_t place_of(mote_json name, const char *const *names, size_t count) {
    size_t place = 0;
    while (place < count && !mote_json_is_text(name, names[place])) place++;
    return place;
}

bool mote_json_fields(mote_json object, mote_json *out, const char *const *names, size_t count) {
    mote_json name, value;
    bool differ = object.kind == MOTE_JSON_OBJECT;
    memset(out, 0, count * sizeof *out);
    mote_json_items items = mote_json_items_of(object);
    while (differ && mote_json_next(&items, &name, &value)) {
        size_t place = place_of(name, names, count);
        if (place == count) continue;
        differ = out[place].kind == MOTE_JSON_NONE;
        out[place] = value;
    }
    if (!differ) memset(out, 0, count * sizeof *out);
    return differ;
}

mote_json mote_json_field(mote_json object, const char *name) {
    mote_json found;
    (void)mote_json_fields(object, &found, &name, 1);
    return found;
}

size_t mote_json_count(mote_json value) {
    mote_json item;
    size_t count = 0;
    mote_json_items items = mote_json_items_of(value);
    while (mote_json_next(&items, NULL, &item)) count++;
    return count;
}

/* --- numbers ---------------------------------------------------------------------------------------------- */
static bool read_digits(mote_bytes text, uint64_t *out) {
    uint64_t value = 0;
    *out = 0;
    if (text.size == 0) return false;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return false;
        uint64_t digit = (uint64_t)(text.data[i] - '0');
        if (value > (UINT64_MAX - digit) / 10) return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}

bool mote_json_u64(mote_json value, uint64_t *out) {
    *out = 0;
    return value.kind == MOTE_JSON_NUMBER && read_digits(value.text, out);
}

bool mote_json_i64(mote_json value, int64_t *out) {
    *out = 0;
    if (value.kind != MOTE_JSON_NUMBER || value.text.size == 0) return false;
    bool minus = value.text.data[0] == '-';
    mote_bytes digits = {value.text.data + minus, value.text.size - minus};
    uint64_t size;
    if (!read_digits(digits, &size) || size > (uint64_t)INT64_MAX) return false;
    *out = minus ? -(int64_t)size : (int64_t)size;
    return true;
}

bool mote_json_bool(mote_json value, bool *out) {
    *out = value.kind == MOTE_JSON_BOOL && value.text.data[0] == 't';
    return value.kind == MOTE_JSON_BOOL;
}

/* --- strings ---------------------------------------------------------------------------------------------- */
/* What is between the quotes, escapes as they are. */
static bool inside(mote_json value, mote_bytes *out) {
    *out = (mote_bytes){NULL, 0};
    if (value.kind != MOTE_JSON_STRING || value.text.size < 2) return false;
    *out = (mote_bytes){value.text.data + 1, value.text.size - 2};
    return true;
}

bool mote_json_is_text(mote_json value, const char *text) {
    mote_bytes content;
    size_t size = strlen(text);
    if (!inside(value, &content) || content.size != size) return false;
    for (size_t i = 0; i < size; i++) {
        if (content.data[i] == '\\' || content.data[i] != (uint8_t)text[i]) return false;
    }
    return true;
}

/* What a digit is worth, and one more: zero is no digit. */
static const uint8_t digits_and_one[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16};

/* 0 to 15; larger where it is none. */
static uint32_t digit_of(uint8_t byte) {
    return digits_and_one[byte] - 1u;
}

/* Four digits behind \u; checked text has them. */
static uint32_t read_unit(mote_bytes text, size_t at) {
    uint32_t unit = 0;
    for (size_t i = at; i < at + 4 && i < text.size; i++) {
        unit = unit << 4 | digit_of(text.data[i]);
    }
    return unit;
}

static size_t write_utf8(uint8_t out[4], uint32_t point) {
    if (point < 0x80) {
        out[0] = (uint8_t)point;
        return 1;
    }
    size_t size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const uint8_t lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = size - 1; i > 0; i--) {
        out[i] = (uint8_t)(0x80 | (point & 0x3f));
        point >>= 6;
    }
    out[0] = (uint8_t)(lead[size] | point);
    return size;
}

static uint8_t meaning_of(uint8_t letter) {
    switch (letter) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return letter; /* quote, backslash, slash */
    }
}

/* One character or escape at `*at`. */
static size_t read_character(uint8_t out[4], mote_bytes text, size_t *at) {
    uint8_t byte = text.data[(*at)++];
    out[0] = byte;
    if (byte != '\\' || *at == text.size) return 1;
    byte = text.data[(*at)++];
    if (byte != 'u') {
        out[0] = meaning_of(byte);
        return 1;
    }
    uint32_t unit = read_unit(text, *at);
    *at += 4;
    if (unit >= 0xd800 && unit <= 0xdbff) {
        unit = 0x10000 + ((unit - 0xd800) << 10) + ((read_unit(text, *at + 2) - 0xdc00) & 0x3ff);
        *at += 6;
    }
    return write_utf8(out, unit);
}

bool mote_json_text(mote_json value, uint8_t *out, size_t capacity, size_t *size) {
    mote_bytes content;
    *size = 0;
    if (!inside(value, &content)) return false;
    size_t written = 0;
    for (size_t at = 0; at < content.size;) {
        uint8_t character[4];
        size_t taken = read_character(character, content, &at);
        if (taken > capacity - written) return false;
        memcpy(out + written, character, taken);
        written += taken;
    }
    *size = written;
    return true;
}

/* --- hex -------------------------------------------------------------------------------------------------- */
/* "0x" and what is behind it: an even number of characters. */
static bool hex_digits(mote_json value, mote_bytes *out) {
    if (!inside(value, out) || out->size < 2 || out->size % 2 != 0) return false;
    if (out->data[0] != '0' || out->data[1] != 'x') return false;
    out->data += 2;
    out->size -= 2;
    return true;
}

bool mote_json_hex_size(mote_json value, size_t *size) {
    mote_bytes digits;
    uint32_t all = 0;
    *size = 0;
    if (!hex_digits(value, &digits)) return false;
    for (size_t i = 0; i < digits.size; i++) all |= digit_of(digits.data[i]);
    if (all > 15) return false;
    *size = digits.size / 2;
    return true;
}

/* Both digits are read before their byte is written, which may be where they were. */
bool mote_json_hex(mote_json value, uint8_t *out, size_t capacity, size_t *size) {
    mote_bytes digits;
    uint32_t all = 0;
    *size = 0;
    if (!hex_digits(value, &digits) || digits.size / 2 > capacity) return false;
    for (size_t i = 0; i < digits.size / 2; i++) {
        uint32_t high = digit_of(digits.data[2 * i]), low = digit_of(digits.data[2 * i + 1]);
        all |= high | low;
        out[i] = (uint8_t)(high << 4 | low);
    }
    if (all > 15) return false;
    *size = digits.size / 2;
    return true;
}

bool mote_json_hash(mote_json value, mote_hash *out) {
    size_t size;
    if (mote_json_hex(value, out->bytes, sizeof out->bytes, &size) && size == sizeof out->bytes) {
        return true;
    }
    memset(out, 0, sizeof *out);
    return false;
}

bool mote_json_quantity(mote_json value, uint64_t *out) {
    mote_bytes text;
    uint64_t number = 0;
    *out = 0;
    if (!inside(value, &text) || text.size < 3 || text.size > 18) return false;
    if (text.data[0] != '0' || text.data[1] != 'x') return false;
    if (text.size > 3 && text.data[2] == '0') return false;
    for (size_t i = 2; i < text.size; i++) {
        uint32_t digit = digit_of(text.data[i]);
        if (digit > 15) return false;
        number = number << 4 | digit;
    }
    *out = number;
    return true;
}
