/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a light client asks of a source, and what sources answer: one set of requests for every kind of source, and the
 * translation to and from the JSON-RPC that full nodes offer over WebSocket. (Another kind, libp2p, has to translate the
 * same requests and nothing more.)
 *
 * Nothing that a source says is believed here. A reply is brought into the binary form that the verifiers take; what
 * does not have its method's form is named (E_BAD_FORMAT and the statuses of SCALE), what the source cannot or will not
 * answer is a refusal with its own words.
 *
 * Not checked: that a reply is true, or about what was asked. Hashes of headers, for one, are recomputed by whoever uses
 * them.
 */
#ifndef MOTE_SOURCE_H
#define MOTE_SOURCE_H

#include "mote/bytes.h"
#include "mote/context.h"
#include "mote/rpc.h"
#include "mote/scale.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mote_request_kind {
    MOTE_REQUEST_NONE = 0,
    MOTE_REQUEST_BLOCK_HASH = 1, /* `number` -> hash (chain_getBlockHash) */
    MOTE_REQUEST_FINALIZED = 2,  /* -> hash of its newest final block (chain_getFinalizedHead) */
    MOTE_REQUEST_HEADER = 3,     /* `hash` -> header (chain_getHeader) */
    MOTE_REQUEST_FINALITY = 4,   /* `number` -> FinalityProof (grandpa_proveFinality) */
    MOTE_REQUEST_BLOCK = 5,      /* `hash` -> header, body, justifications (chain_getBlock) */
    MOTE_REQUEST_READ =
        6, /* `hash`, `keys`, `child_key` -> proof (state_getReadProof, _getChildReadProof) */
    MOTE_REQUEST_KEYS =
        7, /* `hash`, `prefix`, `start`, `count`, `child_key` -> keys (*_getKeysPaged) */
    MOTE_REQUEST_SUBMIT =
        8, /* `bytes`, an extrinsic -> subscription (author_submitAndWatchExtrinsic) */
    MOTE_REQUEST_JUSTIFICATIONS = 9, /* -> subscription (grandpa_subscribeJustifications) */
    MOTE_REQUEST_FINAL_HEADS = 10,   /* -> subscription (chain_subscribeFinalizedHeads) */
    MOTE_REQUEST_NEW_HEADS =
        11, /* -> subscription (chain_subscribeNewHeads): its best block, each time */
    MOTE_REQUEST_WARP =
        12, /* `hash` -> warp proof; no JSON-RPC has it: mote_request_write refuses it */
    MOTE_REQUEST_BLOCK_HASHES = 13 /* `numbers` -> hash of each (chain_getBlockHash of a list) */
} mote_request_kind;
#define MOTE_REQUEST_KINDS 14u
const char *
mote_request_name(mote_request_kind kind); /* "block-hash", "finalized", "header", ... */

/* A request; unused fields are zero. Everything is borrowed. */
typedef struct mote_request {
    mote_request_kind kind;
    uint32_t number;
    const uint32_t *numbers; /* BLOCK_HASHES */
    uint32_t number_count;
    mote_hash hash;
    const mote_bytes *keys; /* READ: whole keys, at most MOTE_MAX_REQUEST_KEYS */
    uint32_t key_count;
    mote_bytes child_key; /* READ, KEYS: without MOTE_CHILD_TRIE_PREFIX; empty: the main trie */
    mote_bytes prefix;    /* KEYS */
    mote_bytes start;     /* KEYS: those behind it; empty: from the first */
    uint32_t count;       /* KEYS: at most; nodes take up to 1000 */
    mote_bytes bytes;     /* SUBMIT */
} mote_request;
#define MOTE_MAX_REQUEST_KEYS 4096u

/* The request as a JSON-RPC message with that id. A child read asks with state_getChildReadProof, whose proof begins at the
 * main trie's root on nodes of today: whoever verifies it sees. Whether it fits: mote_writer_fits. E_BAD_ARGUMENT for a kind
 * that JSON-RPC does not have, for too many keys and a child key longer than MOTE_MAX_KEY_SIZE. Memory of the context only
 * while it runs, for a child's name. */
MOTE_MUST_USE mote_status mote_request_write(mote_context *context, mote_writer *out,
                                             const mote_request *request, uint64_t id);
/* The message that ends a subscription of that kind (SUBMIT, JUSTIFICATIONS, FINAL_HEADS, NEW_HEADS); `subscription` as
 * the source named it: a JSON string or number, copied as it stands. */
MOTE_MUST_USE mote_status mote_request_write_end(mote_context *context, mote_writer *out,
                                                 mote_request_kind kind, mote_bytes subscription,
                                                 uint64_t id);

/* How large an honest reply to a request of that kind can be, in bytes of JSON: longer ones are cut off unread. Not what a
 * subscription brings later: a header or a justification, for which HEADER's is enough. 0 for kinds without JSON-RPC. */
size_t mote_request_reply_limit(mote_request_kind kind);

/* --- replies -------------------------------------------------------------------------------------------- */
/* A reply in binary. Spans point into the message's own memory, which decoding overwrites in part (binary is shorter than
 * its hex): after it, the message is no JSON any more. */
typedef struct mote_reply {
    bool present;     /* false: the source says that there is none (null) */
    mote_hash hash;   /* BLOCK_HASH, FINALIZED */
    mote_bytes bytes; /* HEADER, FINAL_HEADS, NEW_HEADS (notified): a SCALE header
                              FINALITY: SCALE FinalityProof (mote_finality_proof_read)
                              JUSTIFICATIONS (notified): a SCALE justification
                              READ: SCALE Vec<Vec<u8>>, the proof's nodes
                              KEYS: SCALE Vec<Vec<u8>>, the keys
                              BLOCK_HASHES: SCALE Vec<Option<hash>>, None where there is no such block
                              BLOCK: a SCALE header */
    mote_bytes
        extrinsics; /* BLOCK: SCALE Vec<Vec<u8>>, each with its own length inside, as in the body */
    mote_bytes justifications; /* BLOCK: SCALE Vec<(engine[4], Vec<u8>)>, empty for null */
    mote_bytes
        subscription; /* JUSTIFICATIONS, FINAL_HEADS, NEW_HEADS, SUBMIT (answer): its name, as JSON text */
} mote_reply;

/* What became of an extrinsic, in its source's words: hints where to look, never proof. */
typedef enum mote_extrinsic_hint {
    MOTE_HINT_NONE = 0, /* a word that is not known here, which says nothing */
    MOTE_HINT_WAITING,  /* future, ready, broadcast, retracted */
    MOTE_HINT_IN_BLOCK, /* `hash` */
    MOTE_HINT_FINAL,    /* `hash` */
    MOTE_HINT_GONE      /* dropped, invalid, usurped, finalityTimeout */
} mote_extrinsic_hint;

/* The answer to a request of that kind: `message` was read by mote_rpc_parse from `text`, which is `text_size` bytes of the
 * caller's to overwrite, and which a failure uses up as well. Needs no memory of the context. `out` is zeroed unless MOTE_OK.
 * E_BAD_FORMAT, E_LIMIT_COUNT and the statuses of SCALE are the source's doing; E_BAD_ARGUMENT, for a message that is no
 * result (an error is the source's refusal), the caller's. Members may come in any order; the spans do not follow it. */
MOTE_MUST_USE mote_status mote_reply_read(mote_context *context, mote_reply *out,
                                          mote_request_kind kind, uint8_t *text, size_t text_size,
                                          const mote_rpc_message *message);
/* The same for a notification of a subscription of that kind (JUSTIFICATIONS, FINAL_HEADS, NEW_HEADS). */
MOTE_MUST_USE mote_status mote_notice_read(mote_context *context, mote_reply *out,
                                           mote_request_kind kind, uint8_t *text, size_t text_size,
                                           const mote_rpc_message *message);
/* A notification of SUBMIT. `hash` is zero where it names no block. E_BAD_FORMAT where it is no status at all. */
MOTE_MUST_USE mote_status mote_extrinsic_hint_read(mote_context *context, mote_extrinsic_hint *out,
                                                   mote_hash *hash, mote_json result);

/* grandpa_proveFinality: block hash[32] ++ justification Vec<u8> ++ unknown headers Vec<Header> (sc_consensus_grandpa
 * finality_proof.rs). To the last byte. `last_header` is the last of the unknown headers, empty without any. */
typedef struct mote_finality_proof {
    mote_hash block;
    mote_bytes justification;
    uint32_t header_count;
    mote_bytes headers;     /* one after another */
    mote_bytes last_header; /* its encoding */
} mote_finality_proof;
MOTE_MUST_USE mote_status mote_finality_proof_read(mote_context *context, mote_finality_proof *out,
                                                   mote_bytes input);

#ifdef __cplusplus
}
#endif
#endif
