/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The core behind a byte protocol (protocol.json): one request in, one answer out. No pointer and no struct layout
 * crosses. The same code runs in the browser (exports.c) and in the native tests (tests/verdicts).
 *
 * Evidence crosses as tokens: the verifier's struct with a keyed hash over it, the key being made at start and never
 * shown. A host that changes a token, or makes one up, gets E_NO_EVIDENCE. Instances that were started with the same seed
 * take each other's.
 */
#ifndef MOTE_WASM_BOUNDARY_H
#define MOTE_WASM_BOUNDARY_H

#include "module.h"
#include "mote/bundle.h"
#ifdef MODULE_LIVE
#include "mote/client.h"
#endif

/* A block of memory that only grows. How is the host's business. */
typedef struct region {
    uint8_t *data;
    size_t size;
} region;
/* At least `size` bytes afterwards, aligned for anything; the content is lost. false where there is none. */
bool region_grow(region *region, size_t size);

#define MAX_SESSIONS 4u
#define MAX_MEMORY ((size_t)512 << 20)

typedef enum session_kind {
    SESSION_FREE = 0,
    SESSION_WARP,
    SESSION_BUNDLE,
    SESSION_JUSTIFICATION
} session_kind;

/* Something that lasts over several calls, in memory of its own. */
typedef struct session {
    session_kind kind;
    uint32_t generation;
    region memory;
    mote_context context;
    mote_warp *warp;
    /* Of a bundle: the request that brought it is kept, and the walk points into it. */
    region request;
    mote_bytes bundle_bytes, checkpoint_bytes;
    uint64_t now;
    uint32_t steps; /* taken and answered */
    mote_bundle bundle;
    mote_bundle_walk *walk;
    mote_split_justification *split;
    mote_bytes justification;
    mote_justification_report report;
    mote_header header;
    bool has_header;
} session;

typedef struct boundary {
    bool started;
    uint8_t seed[32];
    uint8_t secret[32];
    region input, output, scratch, key_memory;
    mote_ed25519_keys *keys;
    mote_context context; /* over `scratch`, for calls that keep nothing */
    session sessions[MAX_SESSIONS];
#ifdef MODULE_LIVE
    region client_memory;
    mote_client *client; /* NULL before it is opened */
    mote_action
        action; /* the newest one; what it points to lasts until the next call that is not about it */
#endif
} boundary;

/* Room for a request of that many bytes; NULL where there is no memory. */
uint8_t *boundary_input(boundary *b, size_t size);
/* Runs the request of `size` bytes in the input; returns the size of the answer in b->output.data. */
size_t boundary_call(boundary *b, uint32_t code, size_t size);

/* --- for the operations ---------------------------------------------------------------------------------------- */

/* Answers by writing fields and returning MOTE_OK, or a status whose fault is in `context`. */
typedef mote_status (*operation_function)(boundary *b, mote_context *context, mote_cursor *ask,
                                          mote_writer *answer);
extern const operation_function operation_table[MODULE_OPERATIONS];
/* Does it keep state between calls? Then it must not be run twice. */
bool operation_keeps_state(uint32_t code);

/* For operations that cannot be run again: room for an answer of so many bytes, before anything is written. */
bool answer_grow(boundary *b, mote_writer *answer, size_t size);

/* Tokens. `kind` keeps one type's token from being taken for another's. */
typedef enum token_kind {
    TOKEN_BLOCK = 1,
    TOKEN_HEADER,
    TOKEN_PARA_HEADER,
    TOKEN_STATE,
    TOKEN_SET,
    TOKEN_HASHING,
    TOKEN_BEEFY_SET,
    TOKEN_BEEFY_RANGE,
    TOKEN_BEEFY_LEAF
} token_kind;
#define MAX_TOKEN_SIZE 512u
typedef struct token {
    uint8_t bytes[MAX_TOKEN_SIZE];
    mote_bytes span;
} token;
void token_make(const boundary *b, token *out, token_kind kind, const void *evidence, size_t size);
mote_status token_open(const boundary *b, mote_context *context, void *evidence, size_t size,
                       token_kind kind, mote_bytes sealed);

/* Records from evidence; the tokens' bytes have to live until the record is written. */
typedef struct header_tokens {
    token header, state;
} header_tokens;
record_finalized_header finalized_header_record(const boundary *b, header_tokens *tokens,
                                                const mote_finalized_header *header);
record_para_header para_header_record(const boundary *b, header_tokens *tokens,
                                      const mote_para_header *header);
record_report report_record(const mote_justification_report *report);
record_value value_record(const mote_proven_value *value);
record_age age_record(const mote_age *age);

/* Chains are named over the boundary; an empty name is an unknown chain. E_UNKNOWN_CHAIN. */
mote_status find_chain(mote_context *context, const mote_chain **out, mote_bytes name);

/* --- authority sets (voters.c) --- */

/* Whose votes count: a trusted checkpoint's set, one that a verifier gave out with a token, or else the caller's. */
typedef struct voters_source {
    mote_bytes checkpoint;
    uint64_t now; /* for the checkpoint's age; 0: not known */
    mote_bytes authorities;
    uint64_t set_id;
    mote_bytes token;
} voters_source;
#define VOTERS(q) ((voters_source){(q).checkpoint, (q).now, (q).authorities, (q).set_id, (q).token})
/* The set, in the context's memory. `trusted`: the checkpoint, if it is one, or zero. An age that cannot be judged is
 * an assumption; one that is too great, or from the future, fails. */
mote_status choose_set(const boundary *b, mote_context *context, mote_authority_set *out,
                       mote_checkpoint *trusted, const voters_source *from);
/* A set the caller brings. */
mote_status assume_set(mote_context *context, mote_authority_set *out, mote_bytes authorities,
                       uint64_t set_id);
/* A list with its count in front, as SCALE has it, in the context's memory; false where that is too small. */
bool list_in_scale(mote_context *context, mote_bytes *out, const mote_authority_list *list);
/* A set as evidence, its list in the context's memory. */
mote_status authority_set_record(const boundary *b, mote_context *context,
                                 record_authority_set *out, token *seal,
                                 const mote_authority_set *set);

#endif
