/* SPDX-License-Identifier: Apache-2.0 */
/* Requests as calls of the nodes' JSON-RPC (sc-rpc-api author, chain, state, child_state; sc-consensus-grandpa-rpc). */
#include <string.h>

#include "mote/limits.h"
#include "mote/source.h"
#include "mote/trie.h"

/* A refusal comes with words, of any request. */
#define SHORT_REPLY (64u * 1024u)
/* The largest header or justification that is verified, in hex; a block's is an array of numbers. */
#define HEADER_REPLY (2u * MOTE_MAX_HEADER_SIZE + SHORT_REPLY)
/* A justification, and the headers of a session where the block asked for was far from the one that is proven. */
#define FINALITY_REPLY (8u * 1024u * 1024u)
/* 1000 keys of any size that there is. */
#define KEYS_REPLY (1000u * (2u * MOTE_MAX_KEY_SIZE + 5u) + SHORT_REPLY)

typedef struct call {
    const char *name;
    const char *method;
    const char *child_method; /* with a child key */
    const char *end_method;   /* of a subscription */
    size_t reply_limit;
} call;

static const call calls[MOTE_REQUEST_KINDS] = {
    [MOTE_REQUEST_NONE] = {.name = "none"},
    [MOTE_REQUEST_BLOCK_HASH] = {.name = "block-hash",
                                 .method = "chain_getBlockHash",
                                 .reply_limit = SHORT_REPLY},
    [MOTE_REQUEST_FINALIZED] = {.name = "finalized",
                                .method = "chain_getFinalizedHead",
                                .reply_limit = SHORT_REPLY},
    [MOTE_REQUEST_HEADER] = {.name = "header",
                             .method = "chain_getHeader",
                             .reply_limit = HEADER_REPLY},
    [MOTE_REQUEST_FINALITY] = {.name = "finality",
                               .method = "grandpa_proveFinality",
                               .reply_limit = FINALITY_REPLY},
    [MOTE_REQUEST_BLOCK] = {.name = "block",
                            .method = "chain_getBlock",
                            .reply_limit = MOTE_RPC_MAX_MESSAGE},
    [MOTE_REQUEST_READ] = {.name = "read",
                           .method = "state_getReadProof",
                           .child_method = "state_getChildReadProof",
                           .reply_limit = MOTE_RPC_MAX_MESSAGE},
    [MOTE_REQUEST_KEYS] = {.name = "keys",
                           .method = "state_getKeysPaged",
                           .child_method = "childstate_getKeysPaged",
                           .reply_limit = KEYS_REPLY},
    [MOTE_REQUEST_SUBMIT] = {.name = "submit",
                             .method = "author_submitAndWatchExtrinsic",
                             .end_method = "author_unwatchExtrinsic",
                             .reply_limit = SHORT_REPLY},
    [MOTE_REQUEST_JUSTIFICATIONS] = {.name = "justifications",
                                     .method = "grandpa_subscribeJustifications",
                                     .end_method = "grandpa_unsubscribeJustifications",
                                     .reply_limit = SHORT_REPLY},
    [MOTE_REQUEST_FINAL_HEADS] = {.name = "final-heads",
                                  .method = "chain_subscribeFinalizedHeads",
                                  .end_method = "chain_unsubscribeFinalizedHeads",
                                  .reply_limit = SHORT_REPLY},
    [MOTE_REQUEST_NEW_HEADS] = {.name = "new-heads",
                                .method = "chain_subscribeNewHeads",
                                .end_method = "chain_unsubscribeNewHeads",
                                .reply_limit = SHORT_REPLY},
    [MOTE_REQUEST_WARP] = {.name = "warp"},
    [MOTE_REQUEST_BLOCK_HASHES] = {
        .name = "block-hashes", .method = "chain_getBlockHash", .reply_limit = SHORT_REPLY}};

static const call *call_of(mote_request_kind kind) {
    return &calls[(uint32_t)kind < MOTE_REQUEST_KINDS ? kind : MOTE_REQUEST_NONE];
}

const char *mote_request_name(mote_request_kind kind) {
    return call_of(kind)->name;
}

size_t mote_request_reply_limit(mote_request_kind kind) {
    return call_of(kind)->reply_limit;
}

static mote_status bad_argument(mote_context *context) {
    return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
}

/* --- parameters ------------------------------------------------------------------------------------------- */
static void write_hash(mote_rpc_request *message, const mote_hash *hash) {
    mote_rpc_hex(message, (mote_bytes){hash->bytes, sizeof hash->bytes});
}

static void write_block(mote_rpc_request *message, const mote_request *request) {
    write_hash(message, &request->hash);
}

/* sp_storage PrefixedStorageKey: child tries are named with their prefix. */
static mote_status write_child(mote_context *context, mote_rpc_request *message,
                               mote_bytes child_key) {
    static const char prefix[] = MOTE_CHILD_TRIE_PREFIX;
    const size_t prefix_size = sizeof prefix - 1;
    size_t mark = mote_context_mark(context);
    uint8_t *name = mote_context_take(context, prefix_size + child_key.size, 1);
    if (name == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    memcpy(name, prefix, prefix_size);
    memcpy(name + prefix_size, child_key.data, child_key.size);
    mote_rpc_hex(message, (mote_bytes){name, prefix_size + child_key.size});
    mote_context_release(context, mark);
    return MOTE_OK;
}

static void write_keys(mote_rpc_request *message, const mote_request *request) {
    mote_rpc_open(message);
    for (uint32_t i = 0; i < request->key_count; i++) mote_rpc_hex(message, request->keys[i]);
    mote_rpc_close(message);
    write_block(message, request);
}

static void write_numbers(mote_rpc_request *message, const mote_request *request) {
    mote_rpc_open(message);
    for (uint32_t i = 0; i < request->number_count; i++)
        mote_rpc_number(message, request->numbers[i]);
    mote_rpc_close(message);
}

static void write_page(mote_rpc_request *message, const mote_request *request) {
    mote_rpc_hex(message, request->prefix);
    mote_rpc_number(message, request->count);
    if (request->start.size == 0) {
        mote_rpc_null(message);
    } else {
        mote_rpc_hex(message, request->start);
    }
    write_block(message, request);
}

static void write_parameters(mote_rpc_request *message, const mote_request *request) {
    switch (request->kind) {
    case MOTE_REQUEST_BLOCK_HASH:
    case MOTE_REQUEST_FINALITY: mote_rpc_number(message, request->number); break;
    case MOTE_REQUEST_BLOCK_HASHES: write_numbers(message, request); break;
    case MOTE_REQUEST_HEADER:
    case MOTE_REQUEST_BLOCK: write_block(message, request); break;
    case MOTE_REQUEST_READ: write_keys(message, request); break;
    case MOTE_REQUEST_KEYS: write_page(message, request); break;
    case MOTE_REQUEST_SUBMIT: mote_rpc_hex(message, request->bytes); break;
    default: break;
    }
}

/* --- messages --------------------------------------------------------------------------------------------- */
mote_status mote_request_write(mote_context *context, mote_writer *out, const mote_request *request,
                               uint64_t id) {
    const call *const to = call_of(request->kind);
    bool in_child = to->child_method != NULL && request->child_key.size != 0;
    mote_status status = MOTE_OK;
    if (to->method == NULL || request->key_count > MOTE_MAX_REQUEST_KEYS ||
        request->child_key.size > MOTE_MAX_KEY_SIZE) {
        return bad_argument(context);
    }
    mote_rpc_request message = mote_rpc_begin(out, id, in_child ? to->child_method : to->method);
    if (in_child) status = write_child(context, &message, request->child_key);
    if (status != MOTE_OK) return status;
    write_parameters(&message, request);
    mote_rpc_end(&message);
    mote_context_clear_fault(context);
    return MOTE_OK;
}

mote_status mote_request_write_end(mote_context *context, mote_writer *out, mote_request_kind kind,
                                   mote_bytes subscription, uint64_t id) {
    const call *const to = call_of(kind);
    if (to->end_method == NULL || subscription.size == 0) return bad_argument(context);
    mote_rpc_request message = mote_rpc_begin(out, id, to->end_method);
    mote_write_span(out, subscription.data, subscription.size);
    mote_rpc_end(&message);
    mote_context_clear_fault(context);
    return MOTE_OK;
}
