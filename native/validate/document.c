/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <lzma.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "../input.h"
#include "validate.h"

struct arena_block {
    arena_block *next;
    max_align_t content[];
};

void *document_take(document *document, size_t count, size_t size) {
    if (size != 0 && count > (SIZE_MAX - sizeof(arena_block)) / size) memory_ends();
    arena_block *block = memory_take(1, sizeof *block + count * size);
    block->next = document->blocks;
    document->blocks = block;
    document->held += count * size;
    return block->content;
}

char *document_text(document *document, const char *format, ...) {
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    int size = vsnprintf(NULL, 0, format, list);
    va_end(list);
    char *text = document_take(document, size < 0 ? 1 : (size_t)size + 1, 1);
    if (size > 0) vsnprintf(text, (size_t)size + 1, format, again);
    va_end(again);
    return text;
}

document *document_new(const char *path) {
    document *out = memory_take(1, sizeof *out);
    out->path = document_text(out, "%s", path);
    out->jobs = 1;
    return out;
}

void document_free(document *document) {
    for (size_t i = 0; i < document->line_count; i++) json_decref(document->lines[i]);
    if (document->line_count == 0) json_decref(document->json);
    while (document->blocks != NULL) {
        arena_block *block = document->blocks;
        document->blocks = block->next;
        free(block);
    }
    free(document);
}

/* --- bytes ------------------------------------------------------------------------------------------------ */
typedef struct buffer {
    uint8_t *data;
    size_t size, room;
} buffer;

static bool grow(buffer *buffer) {
    size_t room = buffer->room == 0 ? (size_t)1 << 16 : 2 * buffer->room;
    uint8_t *grown = room > INPUT_MAX_SIZE ? NULL : realloc(buffer->data, room);
    if (grown == NULL) return false;
    buffer->data = grown;
    buffer->room = room;
    return true;
}

/* zlib's files read what is not packed as it is. */
static const char *read_packed(buffer *out, const char *path) {
    gzFile file = gzopen(path, "rb");
    if (file == NULL) return strerror(errno);
    const char *why = NULL;
    for (;;) {
        if (out->size == out->room && !grow(out)) {
            why = "larger than mote reads, or than there is memory";
            break;
        }
        int got = gzread(file, out->data + out->size, (unsigned)(out->room - out->size));
        if (got < 0) why = "not whole gzip data, or not readable";
        if (got <= 0) break;
        out->size += (size_t)got;
    }
    int end = gzclose(file);
    return why == NULL && end == Z_BUF_ERROR ? "not whole gzip data" : why;
}

static const char *unpack_xz(buffer *file) {
    static const uint8_t magic[] = {0xfd, '7', 'z', 'X', 'Z', 0};
    if (file->size < sizeof magic || memcmp(file->data, magic, sizeof magic) != 0) return NULL;
    buffer out = {NULL, 0, 0};
    lzma_ret result = LZMA_BUF_ERROR;
    while (result == LZMA_BUF_ERROR && grow(&out)) {
        uint64_t memory = (uint64_t)1 << 28;
        size_t at = 0;
        out.size = 0;
        if (out.room < file->size) continue;
        result = lzma_stream_buffer_decode(&memory, 0, NULL, file->data, &at, file->size, out.data,
                                           &out.size, out.room);
    }
    free(file->data);
    *file = out;
    return result == LZMA_OK ? NULL : "not whole xz data, or larger than mote reads";
}

/* --- JSON ------------------------------------------------------------------------------------------------- */
static json_t *parse(mote_bytes text, json_error_t *error) {
    json_t *out = json_loadb((const char *)text.data, text.size, JSON_REJECT_DUPLICATES, error);
    if (out == NULL && json_error_code(error) == json_error_out_of_memory) memory_ends();
    return out;
}

static mote_bytes next_line(mote_bytes *rest) {
    const uint8_t *stop = memchr(rest->data, '\n', rest->size);
    mote_bytes line = {rest->data, stop == NULL ? rest->size : (size_t)(stop - rest->data)};
    size_t taken = line.size + (stop != NULL);
    rest->data += taken;
    rest->size -= taken;
    return line;
}

static size_t count_lines(mote_bytes text) {
    size_t count = 1;
    for (size_t i = 0; i < text.size; i++) count += text.data[i] == '\n';
    return count;
}

/* The first byte that is no white space; -1 where there is none. */
static int first_byte(mote_bytes text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == 0 || strchr(" \t\r\n", text.data[i]) == NULL) return text.data[i];
    }
    return -1;
}

static void forget_lines(document *document) {
    for (size_t i = 0; i < document->line_count; i++) json_decref(document->lines[i]);
    document->lines = NULL;
    document->line_count = 0;
}

/* A line that is no JSON stays NULL: the reader refuses it by its number. What kind of file it is, the first one says that
 * is. */
static void parse_lines(document *document) {
    mote_bytes rest = document->bytes;
    json_error_t error;
    document->lines = document_take(document, count_lines(rest), sizeof *document->lines);
    while (rest.size > 0) {
        mote_bytes line = next_line(&rest);
        if (first_byte(line) < 0) continue;
        json_t *item = parse(line, &error);
        document->lines[document->line_count++] = item;
        if (document->json == NULL) document->json = item;
    }
}

/* One value over many lines, or lines whatever the name says: of both only one parses. */
static void parse_json(document *document, bool promised_lines) {
    json_error_t error, whole;
    mote_bytes rest = document->bytes;
    if (promised_lines) {
        parse_lines(document);
        if (document->line_count > 0 && document->lines[0] != NULL) return;
        json_t *value = parse(document->bytes, &whole);
        if (value == NULL) return;
        forget_lines(document);
        document->json = value;
        return;
    }
    document->json = parse(document->bytes, &whole);
    if (document->json != NULL) return;
    mote_bytes line = next_line(&rest);
    json_t *first = first_byte(rest) < 0 ? NULL : parse(line, &error);
    if (first != NULL) {
        json_decref(first);
        parse_lines(document);
    } else {
        document->broken = document_text(document, "no JSON at line %d, column %d: %s", whole.line,
                                         whole.column, whole.text);
    }
}

/* Editors of some systems put it in front of text. */
static void skip_byte_order_mark(document *document) {
    static const uint8_t mark[] = {0xef, 0xbb, 0xbf};
    mote_bytes *bytes = &document->bytes;
    if (bytes->size < sizeof mark || memcmp(bytes->data, mark, sizeof mark) != 0) return;
    mote_bytes text = {bytes->data + sizeof mark, bytes->size - sizeof mark};
    int first = first_byte(text);
    if (first == '{' || first == '[' || document_is_named(document, ".hex")) *bytes = text;
}

/* A number or a string is JSON, and of no kind that is known. */
static bool is_scalar(mote_bytes text) {
    json_t *value = json_loadb((const char *)text.data, text.size, JSON_DECODE_ANY, NULL);
    json_decref(value);
    return value != NULL;
}

static void parse_document(document *document) {
    bool lines = document_is_named(document, ".jsonl");
    bool promised = lines || document_is_named(document, ".json");
    skip_byte_order_mark(document);
    int first = first_byte(document->bytes);
    if (first == '{' || first == '[') {
        parse_json(document, lines);
    } else if (promised && !is_scalar(document->bytes)) {
        document->broken = first < 0 ? "it is empty" : "no JSON";
    }
    if (!promised) document->broken = NULL;
    if (document->lines != NULL && document->json == NULL) document->broken = "no line is JSON";
}

bool document_take_as_lines(document *document) {
    json_t *list = document->json, *item;
    size_t index, count = json_array_size(list);
    if (document->lines != NULL) return false;
    if (json_is_object(list)) {
        document->lines = document_take(document, 1, sizeof *document->lines);
        document->lines[document->line_count++] = list;
        return true;
    }
    if (count == 0) return false;
    json_array_foreach(list, index, item) {
        if (!json_is_object(item)) return false;
    }
    document->lines = document_take(document, count, sizeof *document->lines);
    json_array_foreach(list, index, item) document->lines[index] = json_incref(item);
    document->line_count = count;
    document->json = document->lines[0];
    json_decref(list);
    return true;
}

document *document_load(const char *path, const char **why) {
    buffer file = {NULL, 0, 0};
    *why = read_packed(&file, path);
    if (*why == NULL) *why = unpack_xz(&file);
    if (*why != NULL) {
        free(file.data);
        return NULL;
    }
    document *out = document_new(path);
    uint8_t *copy = document_take(out, file.size + 1, 1);
    if (file.size != 0) memcpy(copy, file.data, file.size);
    out->bytes = (mote_bytes){copy, file.size};
    free(file.data);
    parse_document(out);
    if (out->json != NULL) out->held += 4 * file.size; /* about what jansson takes for it */
    return out;
}

document *document_load_beside(const char *path) {
    struct stat about;
    const char *why;
    if (path == NULL || stat(path, &about) != 0 || !S_ISREG(about.st_mode)) return NULL;
    return document_load(path, &why);
}

struct beside {
    beside *next;
    const char *path;
    mote_bytes bytes;
};

bool document_read_beside(document *document, mote_bytes *out, const char *path) {
    *out = (mote_bytes){NULL, 0};
    for (beside *each = document->files; each != NULL; each = each->next) {
        if (strcmp(each->path, path) != 0) continue;
        *out = each->bytes;
        return true;
    }
    struct document *file = document_load_beside(path);
    if (file == NULL) return false;
    uint8_t *copy = document_take(document, file->bytes.size + 1, 1);
    memcpy(copy, file->bytes.data, file->bytes.size);
    beside *added = document_take(document, 1, sizeof *added);
    *added = (beside){document->files, path, {copy, file->bytes.size}};
    document->files = added;
    *out = added->bytes;
    document_free(file);
    return true;
}

/* --- names ------------------------------------------------------------------------------------------------ */
static size_t bare_size(const char *path) {
    size_t size = strlen(path);
    if (size > 3 && (strcmp(path + size - 3, ".gz") == 0 || strcmp(path + size - 3, ".xz") == 0)) {
        return size - 3;
    }
    return size;
}

bool document_is_named(const document *document, const char *ending) {
    size_t size = bare_size(document->path), end = strlen(ending);
    return size >= end && strncmp(document->path + size - end, ending, end) == 0;
}

char *document_beside(document *document, const char *name) {
    const char *slash = strrchr(document->path, '/');
    int folder = slash == NULL ? 0 : (int)(slash + 1 - document->path);
    return document_text(document, "%.*s%s", folder, document->path, name);
}

/* --- values ----------------------------------------------------------------------------------------------- */
static int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static bool read_digits(uint8_t *out, const char *text, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) {
        int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

bool read_hex_text(document *document, mote_bytes *out, const char *text, size_t size) {
    *out = (mote_bytes){NULL, 0};
    if (size >= 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        text += 2;
        size -= 2;
    }
    if (size % 2 != 0) return false;
    uint8_t *data = document_take(document, size / 2 + 1, 1);
    *out = (mote_bytes){data, size / 2};
    return read_digits(data, text, size / 2);
}

bool read_hex(document *document, mote_bytes *out, const json_t *text) {
    *out = (mote_bytes){NULL, 0};
    return json_is_string(text) &&
           read_hex_text(document, out, json_string_value(text), json_string_length(text));
}

bool read_hash(mote_hash *out, const json_t *text) {
    memset(out, 0, sizeof *out);
    const char *hex = json_string_value(text);
    if (hex == NULL) return false;
    if (strncmp(hex, "0x", 2) == 0 || strncmp(hex, "0X", 2) == 0) hex += 2;
    return strlen(hex) == 64 && read_digits(out->bytes, hex, 32);
}

bool read_hex_field(document *document, mote_bytes *out, const json_t *object, const char *name) {
    return read_hex(document, out, json_object_get(object, name));
}

bool read_hash_field(mote_hash *out, const json_t *object, const char *name) {
    return read_hash(out, json_object_get(object, name));
}

bool read_number(uint64_t *out, const json_t *value, uint64_t most) {
    json_int_t number = json_integer_value(value);
    *out = 0;
    if (!json_is_integer(value) || number < 0 || (uint64_t)number > most) return false;
    *out = (uint64_t)number;
    return true;
}

bool read_number_field(uint64_t *out, const json_t *object, const char *name, uint64_t most) {
    return read_number(out, json_object_get(object, name), most);
}

bool read_hex_list(document *document, mote_bytes **out, size_t *count, const json_t *list) {
    size_t index;
    json_t *item;
    *count = 0;
    if (!json_is_array(list)) return false;
    *out = document_take(document, json_array_size(list) + 1, sizeof **out);
    json_array_foreach(list, index, item) {
        if (!read_hex(document, &(*out)[index], item)) return false;
        (*count)++;
    }
    return true;
}
