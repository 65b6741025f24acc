/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parachains inside the relay chain's state (verification-rules E.1, E.2; polkadot/runtime/parachains paras.rs).
 *
 * Paras::Heads(id) under the state of a final relay block names the newest parachain block the relay chain has
 * included: that block, and by parent hashes its ancestors, are final. The head data is opaque to the relay chain;
 * here it must be a header, to the last byte, to be used as one (E_HEAD_NOT_HEADER otherwise, with the raw bytes
 * still proven).
 * Not checked: the parachain's own authorship (the relay chain's inclusion decides), that a later head descends
 * from an earlier one (the relay chain's governance may set heads): mote_para_progress_of says what two heads show.
 * A head lags: the block it names was built on an older relay block than the one whose state shows it.
 */
#ifndef MOTE_PARA_H
#define MOTE_PARA_H

#include "mote/evidence.h"
#include "mote/header.h"
#include "mote/trie.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MOTE_PARA_KEY_SIZE 44u /* 32 bytes prefix, twox_64(id), id */
void mote_para_head_key(uint8_t out[MOTE_PARA_KEY_SIZE], uint32_t para_id);
void mote_para_lifecycle_key(uint8_t out[MOTE_PARA_KEY_SIZE], uint32_t para_id);
void mote_para_code_hash_key(uint8_t out[MOTE_PARA_KEY_SIZE], uint32_t para_id);
void mote_para_future_code_hash_key(uint8_t out[MOTE_PARA_KEY_SIZE], uint32_t para_id);

typedef enum mote_para_head_state {
    MOTE_PARA_HEAD_UNKNOWN = 0,
    MOTE_PARA_HEAD_HEADER, /* `head` and `header` are filled */
    MOTE_PARA_HEAD_OPAQUE, /* proven, and not a header: `data` only */
    MOTE_PARA_HEAD_ABSENT  /* proven: no such parachain is registered, or it has no head */
} mote_para_head_state;

typedef struct mote_para_head {
    mote_para_head_state state;
    mote_bytes data;       /* the head data, borrowed from the proof */
    mote_para_header head; /* evidence, with state HEADER */
    mote_header header;    /* the decoded header, borrowed from the proof */
} mote_para_head;

/* `proof` must be one under a relay chain's state (MOTE_STATE_OF_RELAY or an assumed root; E_BAD_ARGUMENT for a
 * parachain's). Absence is MOTE_OK. Head data that is no header: E_HEAD_NOT_HEADER (E_LARGE_BLOCK_NUMBER for one with
 * a number past 32 bits), with state OPAQUE and `data` filled all the same, for it is proven. E_VALUE_NOT_IN_PROOF
 * where only its hash is; E_LIMIT_SIZE above MOTE_MAX_HEAD_DATA_SIZE. */
MOTE_MUST_USE mote_status mote_para_head_read(mote_context *context, mote_para_head *out,
                                              const mote_proof *proof, uint32_t para_id);

/* An ancestor of a final parachain block is final. */
MOTE_MUST_USE mote_status mote_para_parent(mote_context *context, mote_para_header *out,
                                           const mote_para_header *child,
                                           const mote_header *parent);

/* What two heads of one parachain, seen from two relay blocks, say of each other. */
typedef enum mote_para_progress {
    MOTE_PARA_PROGRESS_NONE = 0, /* the same block */
    MOTE_PARA_PROGRESS_CHILD,    /* the later one's parent is the earlier one */
    MOTE_PARA_PROGRESS_AHEAD, /* higher: a descendant only if mote_para_parent leads down to the earlier one */
    MOTE_PARA_PROGRESS_REPLACED /* shown not to descend from it: the head went back, or beside. Blocks that were
                                    final no longer are the chain: the caller has to be told, not to retry. */
} mote_para_progress;
const char *
mote_para_progress_name(mote_para_progress progress); /* "none", "child", "ahead", "replaced" */
/* Either may be an ancestor reached from a head by mote_para_parent. E_BAD_ARGUMENT where the parachains differ or the
 * later one was seen from a lower relay block. */
MOTE_MUST_USE mote_status mote_para_progress_of(mote_context *context, mote_para_progress *out,
                                                const mote_para_header *earlier,
                                                const mote_para_header *later);

/* --- code: whether the runtime that decodes the state is the one that wrote it ---------------------------- */
/* Paras::CurrentCodeHash(id) and ::FutureCodeHash(id). A pending upgrade means that a decoder made for today's code
 * must ask again: values after it may have another layout. */
typedef struct mote_para_code {
    bool registered;   /* false: proven, there is no code */
    mote_hash current; /* BLAKE2b-256 of the validation code */
    bool upgrade_pending;
    mote_hash future;
} mote_para_code;
MOTE_MUST_USE mote_status mote_para_code_read(mote_context *context, mote_para_code *out,
                                              const mote_proof *proof, uint32_t para_id);
/* `code` is the validation code that `current` names (the value of Paras::CodeByHash): E_VALUE_MISMATCH if not. */
MOTE_MUST_USE mote_status mote_para_code_check(mote_context *context, const mote_para_code *of,
                                               mote_bytes code);

/* Paras::ParaLifecycles(id) */
typedef enum mote_para_lifecycle {
    MOTE_PARA_ONBOARDING = 0,
    MOTE_PARA_PARATHREAD = 1,
    MOTE_PARA_PARACHAIN = 2,
    MOTE_PARA_UPGRADING = 3,
    MOTE_PARA_DOWNGRADING = 4,
    MOTE_PARA_OFFBOARDING_PARATHREAD = 5,
    MOTE_PARA_OFFBOARDING_PARACHAIN = 6,
    MOTE_PARA_NOT_REGISTERED = 255 /* proven absence */
} mote_para_lifecycle;
const char *mote_para_lifecycle_name(mote_para_lifecycle lifecycle);
MOTE_MUST_USE mote_status mote_para_lifecycle_read(mote_context *context, mote_para_lifecycle *out,
                                                   const mote_proof *proof, uint32_t para_id);

#ifdef __cplusplus
}
#endif
#endif
