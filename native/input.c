/* SPDX-License-Identifier: Apache-2.0 */
#include "input.h"

#include <errno.h>
#include <string.h>

#include "app.h"
#include "gunzip.h"

#define FIRST_ROOM ((size_t)1 << 16)
#define LOOKED_AT 64

/* --- bytes of a file --------------------------------------------------------------------------------------- */
static bool cannot_open(app *app, const char *name, int error) {
    fail_host(app, HOST_CANNOT_OPEN, name, MOTE_NO_OFFSET);
    app->report.expected = "a file that can be read";
    app->report.found = app_text(app, "%s", strerror(error));
    return false;
}

static bool fail_too_large(app *app, const char *name, size_t offset, const char *what) {
    fail_host(app, HOST_FILE_TOO_LARGE, name, offset);
    app->report.expected = app_text(app, "at most %zu bytes%s", INPUT_MAX_SIZE, what);
    app->report.found = "more";
    return false;
}

static bool read_stream(app *app, mote_bytes *out, FILE *file, const char *name) {
    uint8_t *data = NULL;
    size_t size = 0, room = 0;
    for (;;) {
        if (size == room) {
            if (room >= INPUT_MAX_SIZE) return fail_too_large(app, name, size, "");
            room = room == 0 ? FIRST_ROOM : 2 * room;
            data = app_grow(app, data, room);
        }
        size_t got = fread(data + size, 1, room - size, file);
        size += got;
        if (got == 0) break;
    }
    if (ferror(file)) return cannot_open(app, name, errno);
    *out = (mote_bytes){data, size};
    return true;
}

static bool ends_with(const char *name, const char *end) {
    size_t name_size = strlen(name), end_size = strlen(end);
    return name_size >= end_size && strcmp(name + name_size - end_size, end) == 0;
}

static bool fail_gzip(app *app, const input *in, size_t bad) {
    mote_bytes rest = {in->file.data + bad, in->file.size - bad};
    if (rest.size > 16) rest.size = 16;
    fail_host(app, HOST_BAD_GZIP, in->name, bad);
    app->report.expected = "gzip data, whole, as the name .gz says";
    app->report.found = rest.size == 0 ? app_text(app, "the end, after %zu bytes", bad)
                                       : app_text(app, "%s at byte %zu", app_hex(app, rest), bad);
    return false;
}

static bool unpack(app *app, input *in) {
    bool by_name = ends_with(in->name, ".gz");
    if (!by_name && !gunzip_looks_packed(in->file)) return true;
    mote_bytes unpacked;
    size_t bad;
    switch (gunzip(app, &unpacked, in->file, &bad)) {
    case GUNZIP_OK: in->file = unpacked; return true;
    case GUNZIP_TOO_LARGE: return fail_too_large(app, in->name, bad, ", unpacked");
    case GUNZIP_BAD: break;
    }
    /* A hash may begin like gzip: what says nothing by its name and does not unpack is taken as it is. */
    return by_name ? fail_gzip(app, in, bad) : true;
}

static bool load(app *app, input *in, const char *path) {
    memset(in, 0, sizeof *in);
    bool is_stdin = strcmp(path, "-") == 0;
    in->name = is_stdin ? "standard input" : path;
    if (is_stdin && app->stdin_read) return fail_usage(app, "standard input can be read once only");
    FILE *file = is_stdin ? stdin : fopen(path, "rb");
    if (file == NULL) return cannot_open(app, in->name, errno);
    app->stdin_read |= is_stdin;
    bool ok = read_stream(app, &in->file, file, in->name);
    if (!is_stdin) fclose(file);
    return ok && unpack(app, in);
}

/* --- hex ------------------------------------------------------------------------------------------------------ */
static bool is_space(uint8_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static int digit(uint8_t c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static mote_bytes trim(mote_bytes text) {
    while (text.size > 0 && is_space(text.data[text.size - 1])) text.size--;
    while (text.size > 0 && is_space(text.data[0])) {
        text.data++;
        text.size--;
    }
    return text;
}

static bool skip_0x(mote_bytes *text) {
    if (text->size < 2 || text->data[0] != '0' || (text->data[1] | 0x20) != 'x') return false;
    text->data += 2;
    text->size -= 2;
    return true;
}

static bool parse_digits(uint8_t *data, mote_bytes text, size_t *bad) {
    for (size_t i = 0; i < text.size; i += 2) {
        int high = digit(text.data[i]);
        int low = high >= 0 && i + 1 < text.size ? digit(text.data[i + 1]) : -1;
        if (low < 0) {
            *bad = high < 0 ? i : i + 1;
            return false;
        }
        data[i / 2] = (uint8_t)(high << 4 | low);
    }
    return true;
}

/* One value into `data`, which has half the text's size. */
static bool parse_value(uint8_t *data, size_t *size, mote_bytes text, size_t *bad) {
    mote_bytes trimmed = trim(text);
    skip_0x(&trimmed);
    *size = trimmed.size / 2;
    if (parse_digits(data, trimmed, bad)) return true;
    *bad += (size_t)(trimmed.data - text.data);
    return false;
}

bool hex_parse(app *app, mote_bytes *out, mote_bytes text, size_t *bad) {
    uint8_t *data = app_take(app, text.size / 2 + 1, 1);
    *out = (mote_bytes){data, 0};
    return parse_value(data, &out->size, text, bad);
}

/* Printable from its first byte on: no hash, signature or SCALE structure is. */
static bool looks_like_text(mote_bytes file) {
    size_t look = file.size < LOOKED_AT ? file.size : LOOKED_AT;
    for (size_t i = 0; i < look; i++) {
        if (!is_space(file.data[i]) && (file.data[i] < 0x20 || file.data[i] > 0x7e)) return false;
    }
    return look > 0;
}

/* Half a byte before the end of a line is one fault, anything that is no digit the other. `bad` is in `line`. */
static bool fail_hex(app *app, const input *in, mote_bytes line, size_t bad) {
    mote_bytes rest = {line.data + bad, line.size - bad};
    bool half = trim(rest).size == 0;
    bool space = !half && is_space(rest.data[0]);
    fail_host(app, half ? HOST_HEX_ODD_LENGTH : HOST_HEX_DIGIT, in->name,
              (size_t)(rest.data - in->file.data));
    app->report.expected = half ? "an even number of hex digits" : "0-9, a-f or A-F";
    app->report.found = half    ? "half a byte at the end"
                        : space ? app_text(app, "white space (0x%02x) inside a line", rest.data[0])
                                : app_text(app, "the byte 0x%02x", rest.data[0]);
    if (space) app->report.hint = "white space may stand around hex, not inside: one value a line";
    return false;
}

/* --- text into bytes --------------------------------------------------------------------------------------- */
static size_t count_lines(mote_bytes text) {
    size_t count = 1;
    for (size_t i = 0; i < text.size; i++) count += text.data[i] == '\n';
    return count;
}

/* Every line's value behind that of the line before, so that they are one span as well. */
static bool read_hex(app *app, input *in) {
    const uint8_t *at = in->file.data, *end = at + in->file.size;
    uint8_t *data = app_take(app, in->file.size / 2 + 1, 1);
    size_t size = 0;
    in->form = INPUT_HEX;
    in->lines = app_take(app, count_lines(in->file), sizeof *in->lines);
    while (at < end) {
        const uint8_t *stop = memchr(at, '\n', (size_t)(end - at));
        mote_bytes line = {at, (size_t)((stop == NULL ? end : stop) - at)};
        size_t taken, bad;
        at = stop == NULL ? end : stop + 1;
        if (trim(line).size == 0) continue;
        if (!parse_value(data + size, &taken, line, &bad)) {
            return fail_hex(app, in, line, bad);
        }
        in->lines[in->line_count++] = (mote_bytes){data + size, taken};
        size += taken;
    }
    in->bytes = (mote_bytes){data, size};
    /* Nothing but white space is one value of no bytes, as an empty file is. */
    if (in->line_count == 0) in->lines[in->line_count++] = in->bytes;
    return true;
}

/* What some editors put before UTF-8 text. Binary that begins so goes on otherwise. */
static bool has_byte_order_mark(mote_bytes file) {
    static const uint8_t mark[] = {0xef, 0xbb, 0xbf};
    return mote_bytes_starts_with(file, (mote_bytes){mark, sizeof mark}) &&
           looks_like_text((mote_bytes){file.data + sizeof mark, file.size - sizeof mark});
}

static bool fail_byte_order_mark(app *app, const input *in) {
    fail_host(app, HOST_HEX_DIGIT, in->name, 0);
    app->report.expected = "hex, JSON or binary from the first byte on";
    app->report.found = "a byte order mark (ef bb bf) before text";
    app->report.hint = "save the text as UTF-8 without a byte order mark";
    return false;
}

static bool decode(app *app, input *in) {
    if (has_byte_order_mark(in->file)) return fail_byte_order_mark(app, in);
    if (looks_like_text(in->file)) return read_hex(app, in);
    in->bytes = in->file;
    in->lines = app_take(app, 1, sizeof *in->lines);
    in->lines[in->line_count++] = in->bytes;
    return true;
}

bool input_read(app *app, input *out, const char *path) {
    if (!load(app, out, path) || !decode(app, out)) return false;
    app_source(app, out->name, out->bytes);
    return true;
}

bool input_read_or_json(app *app, input *out, const char *path) {
    if (!load(app, out, path)) return false;
    mote_bytes text = trim(out->file);
    if (text.size > 0 && (text.data[0] == '{' || text.data[0] == '[' || text.data[0] == '"') &&
        looks_like_text(out->file)) {
        out->form = INPUT_JSON;
        out->bytes = out->file;
        return true;
    }
    if (!decode(app, out)) return false;
    app_source(app, out->name, out->bytes);
    return true;
}

bool write_file(app *app, const char *path, mote_bytes bytes) {
    bool is_stdout = strcmp(path, "-") == 0;
    if (is_stdout) return fail_usage(app, "-o needs a file: standard output carries the report");
    FILE *file = fopen(path, "wb");
    bool ok = file != NULL && fwrite(bytes.data, 1, bytes.size, file) == bytes.size;
    int error = errno;
    if (file != NULL && fclose(file) != 0 && ok) {
        error = errno;
        ok = false;
    }
    if (ok) return true;
    fail_host(app, HOST_CANNOT_WRITE, path, MOTE_NO_OFFSET);
    app->report.expected = "a file that can be written";
    app->report.found = app_text(app, "%s", strerror(error));
    return false;
}
