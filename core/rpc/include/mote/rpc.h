/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON-RPC 2.0 as full nodes speak it: requests out, responses and notifications in. No I/O: the host carries messages.
 *
 * What an answer says is its node's word and nothing more. Results are handed out as spans of the message; hex in them
 * becomes bytes, and bytes go to the verifiers.
 *
 * Checked of a message: that all of it is strict JSON (json.h), "jsonrpc" is "2.0", the id is a whole number (or null in
 * an error that answers nothing in particular), exactly one of result and error is there, and none of these members, nor
 * of those inside an error or a notification's params, nor of a header, twice.
 * Not checked: that the id was asked for, and whether the result has the form of its method: that is the caller's.
 */
#ifndef MOTE_RPC_H
#define MOTE_RPC_H

#include "mote/json.h"
#include "mote/scale.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A node takes and sends at most 15 MB by default; ours is the next power of two. */
#define MOTE_RPC_MAX_MESSAGE (16u * 1024u * 1024u)

/* --- requests ------------------------------------------------------------------------------------------- */
/* {"jsonrpc":"2.0","id":7,"method":"chain_getBlock","params":["0x..."]}, parameters in the order of the calls:
 *     mote_rpc_request request = mote_rpc_begin(&writer, 7, "state_getReadProof");
 *     mote_rpc_open(&request); mote_rpc_hex(&request, key); mote_rpc_close(&request);
 *     mote_rpc_hex(&request, block_hash);
 *     mote_rpc_end(&request);
 * Sizes and failures are the writer's. */
typedef struct mote_rpc_request {
    mote_writer *writer;
    bool first; /* of the parameters, or of the array that is open */
} mote_rpc_request;
mote_rpc_request mote_rpc_begin(mote_writer *writer, uint64_t id, const char *method);
void mote_rpc_hex(mote_rpc_request *request, mote_bytes bytes); /* "0x..." */
void mote_rpc_number(mote_rpc_request *request, uint64_t value);
void mote_rpc_text(mote_rpc_request *request, mote_bytes utf8);
void mote_rpc_bool(mote_rpc_request *request, bool value);
void mote_rpc_null(mote_rpc_request *request);
void mote_rpc_open(mote_rpc_request *request); /* an array */
void mote_rpc_close(mote_rpc_request *request);
void mote_rpc_end(mote_rpc_request *request);

/* --- messages ------------------------------------------------------------------------------------------- */
typedef enum mote_rpc_kind {
    MOTE_RPC_NONE = 0,
    MOTE_RPC_RESULT,       /* `result`, of request `id` */
    MOTE_RPC_ERROR,        /* `code` and `message`, of request `id` if has_id */
    MOTE_RPC_NOTIFICATION, /* `result` for a subscription, with the name `method` */
    MOTE_RPC_BATCH         /* `result` is the array: mote_rpc_read each of its items */
} mote_rpc_kind;

typedef struct mote_rpc_message {
    mote_rpc_kind kind;
    bool has_id;
    uint64_t id;
    mote_json result;
    int64_t code;
    mote_json message;      /* STRING */
    mote_json data;         /* of an error; NONE where there is none */
    mote_json method;       /* STRING */
    mote_json subscription; /* STRING or NUMBER */
} mote_rpc_message;

/* E_LIMIT_SIZE above MOTE_RPC_MAX_MESSAGE; the statuses of mote_json_parse; E_BAD_FORMAT where it is JSON and not such a
 * message. `out` is zeroed unless MOTE_OK and borrows the text. */
MOTE_MUST_USE mote_status mote_rpc_parse(mote_context *context, mote_rpc_message *out,
                                         mote_bytes text);
/* The same of a text that came in chunks, each of which `check` was fed: it is not checked again. */
MOTE_MUST_USE mote_status mote_rpc_checked(mote_context *context, mote_rpc_message *out,
                                           const mote_json_check *check, mote_bytes text);
/* One message of a batch: an item of its array. */
MOTE_MUST_USE mote_status mote_rpc_read(mote_context *context, mote_rpc_message *out,
                                        mote_json value);

/* A header as nodes write it ({parentHash, number, stateRoot, extrinsicsRoot, digest: {logs}}) in SCALE, so that it can be
 * hashed and decoded. E_BAD_FORMAT where it is not one. MOTE_OK also where `out` is too small (mote_writer_fits). */
MOTE_MUST_USE mote_status mote_rpc_header(mote_context *context, mote_writer *out, mote_json value);
/* An array of hex strings, a proof for one, as SCALE Vec<Vec<u8>>. `out` may be the memory of the message itself, from its
 * first byte on and eight bytes or more before the array's, which anything inside a message is: then the text is used up,
 * by a failure as well, and no second buffer is needed. */
MOTE_MUST_USE mote_status mote_rpc_byte_strings(mote_context *context, mote_writer *out,
                                                mote_json value);

#ifdef __cplusplus
}
#endif
#endif
