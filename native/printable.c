/* SPDX-License-Identifier: Apache-2.0 */
#include "printable.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"

/* The first character of UTF-8 (RFC 3629), and how many bytes it takes; 0 where it is none. */
static size_t decode(uint32_t *out, const char *text) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    uint8_t first = (uint8_t)text[0];
    size_t size = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : 4;
    *out = size == 1 ? first : first & (0x7fu >> size);
    if (size == 4 && first >> 3 != 30) return 0;
    for (size_t i = 1; i < size; i++) {
        if (((uint8_t)text[i] & 0xc0) != 0x80) return 0; /* the end of the text as well */
        *out = *out << 6 | ((uint8_t)text[i] & 0x3f);
    }
    bool is_surrogate = *out >= 0xd800 && *out <= 0xdfff;
    return *out < least[size] || *out > 0x10ffff || is_surrogate ? 0 : size;
}

static bool is_shown(uint32_t character) {
    if (character < 0x20 || (character >= 0x7f && character < 0xa0)) return false;
    if (character == 0x200e || character == 0x200f || character == 0x061c) return false;
    if (character >= 0x2028 && character <= 0x202e) return false;
    if (character >= 0x2066 && character <= 0x2069) return false;
    return character != 0xfeff && (character & 0xfffe) != 0xfffe;
}

size_t printable_escapes(const char *text, size_t *size) {
    uint32_t character;
    *size = decode(&character, text);
    if (*size == 0) return 1;
    return is_shown(character) ? 0 : *size;
}

bool printable_is(const char *text) {
    size_t size;
    for (; *text != 0; text += size) {
        if (printable_escapes(text, &size) > 0) return false;
    }
    return true;
}

static char *write_escaped(char *out, const char *text, size_t count) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < count; i++) {
        *out++ = '\\';
        *out++ = 'x';
        *out++ = digits[(uint8_t)text[i] >> 4];
        *out++ = digits[(uint8_t)text[i] & 15];
    }
    return out;
}

/* Into room for four times the text, and its end. */
static void write_printable(char *out, const char *text) {
    while (*text != 0) {
        size_t size, escapes = printable_escapes(text, &size);
        if (escapes > 0) {
            out = write_escaped(out, text, escapes);
            text += escapes;
        } else {
            memcpy(out, text, size);
            out += size;
            text += size;
        }
    }
    *out = 0;
}

char *printable_copy(const char *text) {
    char *out = malloc(4 * strlen(text) + 1);
    if (out == NULL) return NULL;
    write_printable(out, text);
    char *fitting = realloc(out, strlen(out) + 1);
    return fitting == NULL ? out : fitting;
}

char *app_printable(app *app, const char *text) {
    char *out = app_take(app, 4 * strlen(text) + 1, 1);
    write_printable(out, text);
    return out;
}

char *app_shell_word(app *app, const char *text) {
    bool plain = printable_is(text);
    char *word = app_take(app, 4 * strlen(text) + 4, 1), *out = word;
    if (!plain) *out++ = '$'; /* bash, zsh, ksh, POSIX of 2024 */
    *out++ = '\'';
    while (*text != 0) {
        size_t size, escapes = printable_escapes(text, &size);
        if (escapes > 0) {
            out = write_escaped(out, text, escapes);
            text += escapes;
            continue;
        }
        if (*text == '\'' && plain) {
            memcpy(out, "'\\'", 3); /* ends the word, and the quote behind begins the next */
            out += 3;
        } else if (!plain && (*text == '\'' || *text == '\\')) {
            *out++ = '\\';
        }
        memcpy(out, text, size);
        out += size;
        text += size;
    }
    *out++ = '\'';
    *out = 0;
    return word;
}
