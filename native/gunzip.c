/* SPDX-License-Identifier: Apache-2.0 */
#include "gunzip.h"

#include <string.h>
#include <zlib.h>

#include "app.h"
#include "input.h"

#define GZIP_WINDOW (15 + 16) /* zlib's way to say "a gzip header, and nothing else" */
#define FIRST_ROOM ((size_t)1 << 16)

bool gunzip_looks_packed(mote_bytes bytes) {
    static const uint8_t magic[] = {0x1f, 0x8b, 0x08};
    return mote_bytes_starts_with(bytes, (mote_bytes){magic, sizeof magic});
}

typedef struct sink {
    uint8_t *data;
    size_t size;
    size_t room;
} sink;

static bool make_room(app *app, sink *sink) {
    if (sink->size < sink->room) return true;
    if (sink->room >= INPUT_MAX_SIZE) return false;
    sink->room = sink->room == 0 ? FIRST_ROOM : 2 * sink->room;
    sink->data = app_grow(app, sink->data, sink->room);
    return true;
}

static gunzip_result inflate_all(app *app, sink *sink, z_stream *stream) {
    for (;;) {
        if (!make_room(app, sink)) return GUNZIP_TOO_LARGE;
        size_t room = sink->room - sink->size;
        stream->next_out = sink->data + sink->size;
        stream->avail_out = (uInt)room;
        int result = inflate(stream, Z_NO_FLUSH);
        sink->size += room - stream->avail_out;
        if (result == Z_STREAM_END) {
            if (stream->avail_in == 0) return GUNZIP_OK;
            if (inflateReset(stream) != Z_OK) return GUNZIP_BAD; /* another member */
        } else if (result != Z_OK) {
            return GUNZIP_BAD; /* Z_BUF_ERROR: it ends too early */
        } else if (stream->avail_in == 0 && stream->avail_out != 0) {
            return GUNZIP_BAD;
        }
    }
}

gunzip_result gunzip(app *app, mote_bytes *out, mote_bytes packed, size_t *bad) {
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    sink sink = {NULL, 0, 0};
    *bad = 0;
    if (inflateInit2(&stream, GZIP_WINDOW) != Z_OK) return GUNZIP_BAD;
    stream.next_in = (Bytef *)(uintptr_t)packed.data; /* zlib does not write to it */
    stream.avail_in = (uInt)packed.size;
    gunzip_result result = inflate_all(app, &sink, &stream);
    *bad = packed.size - stream.avail_in;
    inflateEnd(&stream);
    *out = (mote_bytes){sink.data, sink.size};
    return result;
}
