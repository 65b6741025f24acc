/* SPDX-License-Identifier: Apache-2.0 */
/* The grammar of RFC 8259 as a machine that takes a byte at a time: what it says cannot depend on chunks. */
#include <string.h>

#include "mote/json.h"
#include "plain.h"

enum {
    AT_VALUE,      /* a value has to begin */
    AT_FIRST_ITEM, /* behind [: a value or ] */
    AT_FIRST_NAME, /* behind {: a name or } */
    AT_NAME,       /* behind a comma of an object */
    AT_COLON,      /* behind a name */
    AFTER_VALUE,   /* a comma or the container's end, or nothing more */
    IN_STRING,     /* between characters */
    IN_CHARACTER,  /* inside one of several bytes */
    IN_ESCAPE,     /* behind a backslash */
    IN_UNIT,       /* behind \u */
    IN_LITERAL,    /* true, false, null */
    AFTER_MINUS,   /* the states of a number, by what was read last */
    AFTER_ZERO,
    IN_WHOLE,
    AFTER_POINT,
    IN_FRACTION,
    AFTER_E,
    AFTER_SIGN,
    IN_EXPONENT
};

static const char *const literals[] = {"true", "false", "null"};

void mote_json_check_begin(mote_json_check *check) {
    memset(check, 0, sizeof *check);
    check->state = AT_VALUE;
}

static bool is_space(uint8_t byte) {
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

static bool is_digit(uint8_t byte) {
    return byte >= '0' && byte <= '9';
}

static bool refuse(mote_json_check *check, mote_status status) {
    check->status = status;
    return false;
}

static bool to(mote_json_check *check, uint8_t state) {
    check->state = state;
    return true;
}

/* --- containers ------------------------------------------------------------------------------------------- */
static bool open_container(mote_json_check *check, bool is_object) {
    if (check->depth == MOTE_JSON_DEPTH) return refuse(check, MOTE_E_LIMIT_COUNT);
    check->depth++;
    check->objects = check->objects << 1 | (is_object ? 1u : 0u);
    return to(check, is_object ? AT_FIRST_NAME : AT_FIRST_ITEM);
}

static bool close_container(mote_json_check *check, bool is_object) {
    if (check->depth == 0 || (check->objects & 1u) != (is_object ? 1u : 0u)) {
        return refuse(check, MOTE_E_BAD_FORMAT);
    }
    check->depth--;
    check->objects >>= 1;
    return to(check, AFTER_VALUE);
}

static bool open_string(mote_json_check *check, bool is_name) {
    check->is_name = is_name;
    check->pair = false;
    return to(check, IN_STRING);
}

static bool begin_value(mote_json_check *check, uint8_t byte) {
    switch (byte) {
    case '{': return open_container(check, true);
    case '[': return open_container(check, false);
    case '"': return open_string(check, false);
    case '-': return to(check, AFTER_MINUS);
    case '0': return to(check, AFTER_ZERO);
    default: break;
    }
    if (is_digit(byte)) return to(check, IN_WHOLE);
    for (uint8_t i = 0; i < sizeof literals / sizeof literals[0]; i++) {
        if (byte != (uint8_t)literals[i][0]) continue;
        check->literal = i;
        check->count = 1;
        return to(check, IN_LITERAL);
    }
    return refuse(check, MOTE_E_BAD_FORMAT);
}

static bool after_value(mote_json_check *check, uint8_t byte) {
    if (byte == '}') return close_container(check, true);
    if (byte == ']') return close_container(check, false);
    if (byte != ',' || check->depth == 0) return refuse(check, MOTE_E_BAD_FORMAT);
    return to(check, (check->objects & 1u) != 0 ? AT_NAME : AT_VALUE);
}

static bool between(mote_json_check *check, uint8_t byte) {
    if (is_space(byte)) return true;
    switch (check->state) {
    case AT_FIRST_ITEM:
        return byte == ']' ? close_container(check, false) : begin_value(check, byte);
    case AT_FIRST_NAME:
        if (byte == '}') return close_container(check, true);
        return byte == '"' ? open_string(check, true) : refuse(check, MOTE_E_BAD_FORMAT);
    case AT_NAME: return byte == '"' ? open_string(check, true) : refuse(check, MOTE_E_BAD_FORMAT);
    case AT_COLON: return byte == ':' ? to(check, AT_VALUE) : refuse(check, MOTE_E_BAD_FORMAT);
    case AFTER_VALUE: return after_value(check, byte);
    default: return begin_value(check, byte);
    }
}

static bool in_literal(mote_json_check *check, uint8_t byte) {
    const char *literal = literals[check->literal];
    if (byte != (uint8_t)literal[check->count]) return refuse(check, MOTE_E_BAD_FORMAT);
    check->count++;
    return literal[check->count] == 0 ? to(check, AFTER_VALUE) : true;
}

/* --- strings: RFC 3629 for what stands there, RFC 8259 section 7 for escapes --------------------------------- */
/* First byte of a character of several: how many follow, and what the next one may be (no overlong forms, no
 * surrogates, nothing past U+10FFFF). */
static bool begin_character(mote_json_check *check, uint8_t byte) {
    check->low = 0x80;
    check->high = 0xbf;
    if (byte < 0xc2 || byte > 0xf4) return refuse(check, MOTE_E_BAD_FORMAT);
    check->count = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    if (byte == 0xe0) check->low = 0xa0;
    if (byte == 0xed) check->high = 0x9f;
    if (byte == 0xf0) check->low = 0x90;
    if (byte == 0xf4) check->high = 0x8f;
    return to(check, IN_CHARACTER);
}

static bool in_character(mote_json_check *check, uint8_t byte) {
    if (byte < check->low || byte > check->high) return refuse(check, MOTE_E_BAD_FORMAT);
    check->low = 0x80;
    check->high = 0xbf;
    return --check->count == 0 ? to(check, IN_STRING) : true;
}

static bool in_string(mote_json_check *check, uint8_t byte) {
    if (check->pair && byte != '\\') return refuse(check, MOTE_E_BAD_FORMAT);
    if (byte == '"') return to(check, check->is_name ? AT_COLON : AFTER_VALUE);
    if (byte == '\\') return to(check, IN_ESCAPE);
    if (byte < 0x20) return refuse(check, MOTE_E_BAD_FORMAT);
    return byte < 0x80 ? true : begin_character(check, byte);
}

static bool in_escape(mote_json_check *check, uint8_t byte) {
    if (byte == 'u') {
        check->unit = 0;
        check->count = 0;
        return to(check, IN_UNIT);
    }
    switch (byte) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't': return check->pair ? refuse(check, MOTE_E_BAD_FORMAT) : to(check, IN_STRING);
    default: return refuse(check, MOTE_E_BAD_FORMAT);
    }
}

static bool in_unit(mote_json_check *check, uint8_t byte) {
    uint8_t lower = byte | 0x20;
    bool letter = lower >= 'a' && lower <= 'f';
    if (!is_digit(byte) && !letter) return refuse(check, MOTE_E_BAD_FORMAT);
    check->unit = check->unit << 4 | (uint32_t)(letter ? lower - 'a' + 10 : byte - '0');
    if (++check->count < 4) return true;
    bool is_low = check->unit >= 0xdc00 && check->unit <= 0xdfff;
    if (is_low != check->pair) return refuse(check, MOTE_E_BAD_FORMAT);
    check->pair = check->unit >= 0xd800 && check->unit <= 0xdbff;
    return to(check, IN_STRING);
}

/* --- numbers ---------------------------------------------------------------------------------------------- */
static bool ends_number(const mote_json_check *check) {
    return check->state == AFTER_ZERO || check->state == IN_WHOLE || check->state == IN_FRACTION ||
           check->state == IN_EXPONENT;
}

static bool in_number(mote_json_check *check, uint8_t byte) {
    bool whole = check->state == AFTER_ZERO || check->state == IN_WHOLE;
    bool e = byte == 'e' || byte == 'E';
    if (is_digit(byte)) {
        switch (check->state) {
        case AFTER_MINUS: return to(check, byte == '0' ? AFTER_ZERO : IN_WHOLE);
        case AFTER_ZERO: return refuse(check, MOTE_E_BAD_FORMAT);
        case AFTER_POINT: return to(check, IN_FRACTION);
        case AFTER_E:
        case AFTER_SIGN: return to(check, IN_EXPONENT);
        default: return true;
        }
    }
    if (whole && byte == '.') return to(check, AFTER_POINT);
    if ((whole || check->state == IN_FRACTION) && e) return to(check, AFTER_E);
    if (check->state == AFTER_E && (byte == '+' || byte == '-')) return to(check, AFTER_SIGN);
    if (!ends_number(check)) return refuse(check, MOTE_E_BAD_FORMAT);
    to(check, AFTER_VALUE);
    return between(check, byte);
}

static bool step(mote_json_check *check, uint8_t byte) {
    switch (check->state) {
    case IN_STRING: return in_string(check, byte);
    case IN_CHARACTER: return in_character(check, byte);
    case IN_ESCAPE: return in_escape(check, byte);
    case IN_UNIT: return in_unit(check, byte);
    case IN_LITERAL: return in_literal(check, byte);
    default: break;
    }
    return check->state >= AFTER_MINUS ? in_number(check, byte) : between(check, byte);
}

/* Eight bytes at once: a byte below 0x80 that is taken from has its top bit set afterwards only where it was smaller, and
 * a borrow goes only upwards from such a byte. */
static bool are_plain(const uint8_t *at) {
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t eight;
    memcpy(&eight, at, sizeof eight);
    uint64_t control = eight - each * 0x20;
    uint64_t quote = (eight ^ each * '"') - each;
    uint64_t backslash = (eight ^ each * '\\') - each;
    return ((eight | control | quote | backslash) & each * 0x80) == 0;
}

static bool is_plain(uint8_t byte) {
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

const uint8_t *mote_json_skip_plain(const uint8_t *at, const uint8_t *end) {
    while (end - at >= 8 && are_plain(at)) at += 8;
    while (at < end && is_plain(*at)) at++;
    return at;
}

mote_status mote_json_check_feed(mote_json_check *check, mote_bytes chunk) {
    const uint8_t *at = chunk.data, *end = at + chunk.size;
    if (check->status != MOTE_OK) return check->status;
    while (at < end) {
        if (check->state == IN_STRING && !check->pair) at = mote_json_skip_plain(at, end);
        if (at == end || !step(check, *at)) break;
        at++;
    }
    check->offset += (size_t)(at - chunk.data);
    return check->status;
}

mote_status mote_json_check_end(const mote_json_check *check) {
    if (check->status != MOTE_OK) return check->status;
    bool whole = check->depth == 0 && (check->state == AFTER_VALUE || ends_number(check));
    return whole ? MOTE_OK : MOTE_E_TRUNCATED;
}
