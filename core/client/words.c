/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a source says of its own accord, for people: nothing is concluded from it. Printable ASCII only, so that it does no harm
 * to whatever shows it, and bounded.
 */
#include <string.h>

#include "engine.h"

struct words {
    uint8_t text[MOTE_REFUSAL_WORDS];
    size_t size;
};

static bool is_printable(uint8_t byte) {
    return byte >= 0x20 && byte < 0x7f;
}

static void put(struct words *words, uint8_t byte) {
    if (words->size < sizeof words->text) words->text[words->size++] = byte;
}

static void put_text(struct words *words, const char *text) {
    while (*text != '\0') put(words, (uint8_t)*text++);
}

static void put_number(struct words *words, int64_t number) {
    char digits[21];
    size_t at = sizeof digits - 1;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    digits[at] = '\0';
    do digits[--at] = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (number < 0) digits[--at] = '-';
    put_text(words, digits + at);
}

/* A string between its quotes: of what is written with an escape, other than a quote or a stroke, a question mark is left; of
 * characters of several bytes one. */
static void put_string(struct words *words, mote_json value) {
    const uint8_t *at = value.text.data + 1, *end = value.text.data + value.text.size - 1;
    for (; at < end && words->size < sizeof words->text; at++) {
        bool is_plain = is_printable(*at) && *at != '\\';
        bool is_stroke = *at == '\\' && at + 1 < end;
        if (is_plain) {
            put(words, *at);
        } else if (is_stroke) {
            at++;
            put(words, *at == '"' || *at == '\\' || *at == '/' ? *at : '?');
            if (*at == 'u') at += 4; /* checked JSON */
        } else if (*at < 0x80 || *at >= 0xc0) {
            put(words, '?');
        }
    }
}

static void put_value(struct words *words, mote_json value) {
    if (value.kind == MOTE_JSON_STRING && value.text.size >= 2) put_string(words, value);
}

/* "1010: Invalid Transaction: Inability to pay some fees"; of a notice, its word. */
uint8_t *mote_words_keep(mote_client *client, const mote_rpc_message *message, size_t *size) {
    struct words words = {.size = 0};
    mote_json field, value;
    if (message->kind == MOTE_RPC_ERROR) {
        put_number(&words, message->code);
        put_text(&words, ": ");
        put_value(&words, message->message);
        if (message->data.kind == MOTE_JSON_STRING) put_text(&words, ": ");
        put_value(&words, message->data);
    } else if (message->result.kind == MOTE_JSON_OBJECT) {
        mote_json_items items = mote_json_items_of(message->result);
        if (mote_json_next(&items, &field, &value)) put_value(&words, field);
    } else {
        put_value(&words, message->result);
    }
    uint8_t *kept = words.size == 0 ? NULL : mote_pool_take(&client->pool, words.size);
    *size = kept == NULL ? 0 : words.size;
    if (kept != NULL) memcpy(kept, words.text, words.size);
    return kept;
}
