/* SPDX-License-Identifier: Apache-2.0 */
/* Messages of JSON-RPC 2.0 (jsonrpc.org/specification) in either direction. */
#include <string.h>

#include "mote/rpc.h"

/* --- requests --------------------------------------------------------------------------------------------- */
static void write_text(mote_writer *writer, const char *text) {
    mote_write_span(writer, (const uint8_t *)text, strlen(text));
}

static void write_decimal(mote_writer *writer, uint64_t value) {
    uint8_t digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (uint8_t)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    mote_write_span(writer, digits + at, sizeof digits - at);
}

static void write_hex(mote_writer *writer, mote_bytes bytes) {
    static const uint8_t digits[] = "0123456789abcdef";
    for (size_t i = 0; i < bytes.size; i++) {
        const uint8_t pair[2] = {digits[bytes.data[i] >> 4], digits[bytes.data[i] & 15]};
        mote_write_span(writer, pair, sizeof pair);
    }
}

static void write_string(mote_writer *writer, mote_bytes utf8) {
    mote_write_u8(writer, '"');
    for (size_t i = 0; i < utf8.size; i++) {
        uint8_t byte = utf8.data[i];
        if (byte == '"' || byte == '\\') mote_write_u8(writer, '\\');
        if (byte < 0x20) {
            write_text(writer, "\\u00");
            write_hex(writer, (mote_bytes){&byte, 1});
        } else {
            mote_write_u8(writer, byte);
        }
    }
    mote_write_u8(writer, '"');
}

static mote_writer *next(mote_rpc_request *request) {
    if (!request->first) mote_write_u8(request->writer, ',');
    request->first = false;
    return request->writer;
}

mote_rpc_request mote_rpc_begin(mote_writer *writer, uint64_t id, const char *method) {
    write_text(writer, "{\"jsonrpc\":\"2.0\",\"id\":");
    write_decimal(writer, id);
    write_text(writer, ",\"method\":");
    write_string(writer, (mote_bytes){(const uint8_t *)method, strlen(method)});
    write_text(writer, ",\"params\":[");
    return (mote_rpc_request){writer, true};
}

void mote_rpc_hex(mote_rpc_request *request, mote_bytes bytes) {
    mote_writer *writer = next(request);
    write_text(writer, "\"0x");
    write_hex(writer, bytes);
    mote_write_u8(writer, '"');
}

void mote_rpc_number(mote_rpc_request *request, uint64_t value) {
    write_decimal(next(request), value);
}

void mote_rpc_text(mote_rpc_request *request, mote_bytes utf8) {
    write_string(next(request), utf8);
}

void mote_rpc_bool(mote_rpc_request *request, bool value) {
    write_text(next(request), value ? "true" : "false");
}

void mote_rpc_null(mote_rpc_request *request) {
    write_text(next(request), "null");
}

void mote_rpc_open(mote_rpc_request *request) {
    mote_write_u8(next(request), '[');
    request->first = true;
}

void mote_rpc_close(mote_rpc_request *request) {
    mote_write_u8(request->writer, ']');
    request->first = false;
}

void mote_rpc_end(mote_rpc_request *request) {
    write_text(request->writer, "]}");
}

/* --- messages --------------------------------------------------------------------------------------------- */
/* The members that there are; none of them twice. */
enum { JSONRPC, ID, METHOD, PARAMS, RESULT, ERROR, MEMBERS };
static const char *const member_names[MEMBERS] = {"jsonrpc", "id",     "method",
                                                  "params",  "result", "error"};

static bool read_id(mote_rpc_message *out, mote_json id) {
    out->has_id = mote_json_u64(id, &out->id);
    return out->has_id;
}

static bool read_result(mote_rpc_message *out, const mote_json *member) {
    out->kind = MOTE_RPC_RESULT;
    out->result = member[RESULT];
    return read_id(out, member[ID]);
}

static bool read_error(mote_rpc_message *out, const mote_json *member) {
    static const char *const names[] = {"code", "message", "data"};
    mote_json field[3];
    out->kind = MOTE_RPC_ERROR;
    if (!mote_json_fields(member[ERROR], field, names, 3)) return false;
    out->message = field[1];
    out->data = field[2];
    return mote_json_i64(field[0], &out->code) && out->message.kind == MOTE_JSON_STRING &&
           (read_id(out, member[ID]) || member[ID].kind == MOTE_JSON_NULL);
}

static bool read_notification(mote_rpc_message *out, const mote_json *member) {
    static const char *const names[] = {"subscription", "result"};
    mote_json field[2];
    out->kind = MOTE_RPC_NOTIFICATION;
    out->method = member[METHOD];
    if (!mote_json_fields(member[PARAMS], field, names, 2)) return false;
    out->subscription = field[0];
    out->result = field[1];
    bool is_named = field[0].kind == MOTE_JSON_STRING || field[0].kind == MOTE_JSON_NUMBER;
    return is_named && out->result.kind != MOTE_JSON_NONE && member[ID].kind == MOTE_JSON_NONE;
}

static bool read_message(mote_rpc_message *out, mote_json value) {
    mote_json member[MEMBERS];
    if (!mote_json_fields(value, member, member_names, MEMBERS)) return false;
    if (!mote_json_is_text(member[JSONRPC], "2.0")) return false;
    bool has_result = member[RESULT].kind != MOTE_JSON_NONE;
    bool has_error = member[ERROR].kind != MOTE_JSON_NONE;
    if (member[METHOD].kind == MOTE_JSON_STRING && !has_result && !has_error) {
        return read_notification(out, member);
    }
    if (member[METHOD].kind != MOTE_JSON_NONE || has_result == has_error) return false;
    return has_result ? read_result(out, member) : read_error(out, member);
}

mote_status mote_rpc_read(mote_context *context, mote_rpc_message *out, mote_json value) {
    memset(out, 0, sizeof *out);
    if (read_message(out, value)) return MOTE_OK;
    memset(out, 0, sizeof *out);
    return mote_fail(context, MOTE_E_BAD_FORMAT, value.text.data, MOTE_NO_INDEX);
}

static mote_status read_whole(mote_context *context, mote_rpc_message *out, mote_json value) {
    if (value.kind != MOTE_JSON_ARRAY) return mote_rpc_read(context, out, value);
    out->kind = MOTE_RPC_BATCH;
    out->result = value;
    return MOTE_OK;
}

static mote_status check_size(mote_context *context, mote_bytes text) {
    if (text.size <= MOTE_RPC_MAX_MESSAGE) return MOTE_OK;
    return mote_fail(context, MOTE_E_LIMIT_SIZE, text.data, MOTE_NO_INDEX);
}

mote_status mote_rpc_parse(mote_context *context, mote_rpc_message *out, mote_bytes text) {
    mote_json value;
    memset(out, 0, sizeof *out);
    mote_status status = check_size(context, text);
    if (status == MOTE_OK) status = mote_json_parse(context, &value, text);
    return status == MOTE_OK ? read_whole(context, out, value) : status;
}

mote_status mote_rpc_checked(mote_context *context, mote_rpc_message *out,
                             const mote_json_check *check, mote_bytes text) {
    mote_json value;
    memset(out, 0, sizeof *out);
    mote_status status = check_size(context, text);
    if (status == MOTE_OK) status = mote_json_checked(context, &value, check, text);
    return status == MOTE_OK ? read_whole(context, out, value) : status;
}

/* --- results ---------------------------------------------------------------------------------------------- */
static mote_status refuse(mote_context *context, mote_json value, uint32_t index) {
    return mote_fail(context, MOTE_E_BAD_FORMAT, value.text.data, index);
}

/* Bytes of a string that is hex: without the quotes and "0x". */
static size_t hex_room(mote_json value) {
    return value.text.size < 4 ? 0 : (value.text.size - 4) / 2;
}

/* Straight into the writer's memory where it fits; counted where not. */
static bool write_hex_value(mote_writer *out, mote_json value) {
    size_t size, room = hex_room(value);
    bool fits = room != 0 && out->size <= out->capacity && room <= out->capacity - out->size;
    bool is_hex = fits ? mote_json_hex(value, out->data + out->size, room, &size)
                       : mote_json_hex_size(value, &size);
    out->size = size > SIZE_MAX - out->size ? SIZE_MAX : out->size + size;
    return is_hex;
}

static mote_status write_logs(mote_context *context, mote_writer *out, mote_json logs) {
    mote_json item;
    uint32_t index = 0;
    if (logs.kind != MOTE_JSON_ARRAY) return refuse(context, logs, MOTE_NO_INDEX);
    mote_write_compact(out, mote_json_count(logs));
    mote_json_items items = mote_json_items_of(logs);
    for (; mote_json_next(&items, NULL, &item); index++) {
        if (!write_hex_value(out, item)) return refuse(context, item, index);
    }
    return MOTE_OK;
}

mote_status mote_rpc_header(mote_context *context, mote_writer *out, mote_json value) {
    static const char *const names[] = {"parentHash", "number", "stateRoot", "extrinsicsRoot",
                                        "digest"};
    mote_json field[5];
    mote_hash parent, state_root, extrinsics_root;
    uint64_t number;
    if (!mote_json_fields(value, field, names, 5) || !mote_json_hash(field[0], &parent) ||
        !mote_json_quantity(field[1], &number) || !mote_json_hash(field[2], &state_root) ||
        !mote_json_hash(field[3], &extrinsics_root)) {
        return refuse(context, value, MOTE_NO_INDEX);
    }
    mote_write_hash(out, &parent);
    mote_write_compact(out, number);
    mote_write_hash(out, &state_root);
    mote_write_hash(out, &extrinsics_root);
    return write_logs(context, out, mote_json_field(field[4], "logs"));
}

/* Where the writer's memory is that of the text: a string's quotes, "0x" and comma are more than its length takes, and its
 * digits twice its bytes, so that what is written stays behind the "0x" to be read next. */
mote_status mote_rpc_byte_strings(mote_context *context, mote_writer *out, mote_json value) {
    mote_json item;
    uint32_t index = 0;
    if (value.kind != MOTE_JSON_ARRAY) return refuse(context, value, MOTE_NO_INDEX);
    mote_write_compact(out, mote_json_count(value));
    mote_json_items items = mote_json_items_of(value);
    for (; mote_json_next(&items, NULL, &item); index++) {
        mote_write_compact(out, hex_room(item));
        if (!write_hex_value(out, item)) return refuse(context, item, index);
    }
    return MOTE_OK;
}
