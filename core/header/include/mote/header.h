/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Block headers and their digests (verification-rules A.2-A.4; sp_runtime::generic::{header,digest}).
 *
 *   parent_hash[32] ++ Compact(number) ++ state_root[32] ++ extrinsics_root[32] ++ Vec<DigestItem>
 *
 * Checked: the layout, to the last byte; canonical compact integers; known digest types; the number fits 32 bits
 * (E_LARGE_BLOCK_NUMBER otherwise). The content of digest items is read leniently, as full nodes read it: an item
 * that does not decode is ignored, trailing bytes inside it are tolerated, of several of a kind the first that
 * decodes counts.
 * Not checked: authorship (seal, slot, author), that the state or extrinsics root belong to anything.
 */
#ifndef MOTE_HEADER_H
#define MOTE_HEADER_H

#include "mote/bytes.h"
#include "mote/context.h"
#include "mote/evidence.h"
#include "mote/scale.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mote_header {
    mote_bytes encoded; /* the whole header, borrowed */
    mote_hash hash;     /* BLAKE2b-256 of `encoded`, seal included */
    mote_hash parent_hash;
    uint32_t number;
    mote_hash state_root;
    mote_hash extrinsics_root;
    uint32_t digest_count;
    mote_bytes digest; /* the items one after another, without their count, borrowed */
} mote_header;

/* The whole input is one header. `out` is zeroed unless MOTE_OK. */
MOTE_MUST_USE mote_status mote_header_decode(mote_context *context, mote_header *out,
                                             mote_bytes input);
/* A header inside something larger: reads as far as it goes. A failure is the cursor's. */
void mote_read_header(mote_cursor *cursor, mote_header *out);
/* The inverse of decode; `digest` as in mote_header. */
void mote_write_header(mote_writer *writer, const mote_header *header);

/* For verifiers that take a decoded header: MOTE_OK where it is what mote_header_decode makes of its `encoded`, hash
 * included; E_NO_EVIDENCE where somebody filled it otherwise. */
MOTE_MUST_USE mote_status mote_header_check(mote_context *context, const mote_header *header);

/* E_HEADER_LINK unless child.parent_hash is parent's hash, E_HEADER_NUMBER unless the numbers follow. */
MOTE_MUST_USE mote_status mote_header_check_parent(mote_context *context, const mote_header *child,
                                                   const mote_header *parent);

/* --- digest items -------------------------------------------------------------------------------------- */
typedef enum mote_digest_kind {
    MOTE_DIGEST_OTHER = 0,
    MOTE_DIGEST_CONSENSUS = 4,
    MOTE_DIGEST_SEAL = 5,
    MOTE_DIGEST_PRE_RUNTIME = 6,
    MOTE_DIGEST_ENVIRONMENT_UPDATED = 8
} mote_digest_kind;

typedef struct mote_digest_item {
    mote_digest_kind kind;
    uint8_t engine[4];  /* ASCII id, e.g. "BABE", "FRNK"; zero for kinds without one */
    mote_bytes payload; /* borrowed; empty for MOTE_DIGEST_ENVIRONMENT_UPDATED */
} mote_digest_item;

/* Items of a decoded header in order. Returns false after the last. */
typedef struct mote_digest_iterator {
    mote_cursor cursor;
    uint32_t left;
} mote_digest_iterator;
mote_digest_iterator mote_digest_items(const mote_header *header);
bool mote_digest_next(mote_digest_iterator *iterator, mote_digest_item *out);

/* --- GRANDPA consensus log ("FRNK") ------------------------------------------------------------------- */
/* (ed25519 key[32], weight u64) items of 40 bytes one after another, borrowed; not validated as a set. */
typedef struct mote_authority_list {
    const uint8_t *items;
    uint32_t count;
} mote_authority_list;
#define MOTE_AUTHORITY_ITEM_SIZE 40u
const uint8_t *mote_authority_key(const mote_authority_list *list, uint32_t index); /* 32 bytes */
uint64_t mote_authority_weight(const mote_authority_list *list, uint32_t index);
void mote_read_authority_list(mote_cursor *cursor,
                              mote_authority_list *out); /* SCALE Vec<(key, weight)> */

typedef enum mote_grandpa_log_kind {
    MOTE_GRANDPA_SCHEDULED_CHANGE = 1,
    MOTE_GRANDPA_FORCED_CHANGE = 2,
    MOTE_GRANDPA_ON_DISABLED = 3,
    MOTE_GRANDPA_PAUSE = 4,
    MOTE_GRANDPA_RESUME = 5
} mote_grandpa_log_kind;

typedef struct mote_grandpa_log {
    mote_grandpa_log_kind kind;
    uint32_t delay;                 /* scheduled, forced, pause, resume: in blocks */
    mote_authority_list next;       /* scheduled, forced */
    uint32_t median_last_finalized; /* forced */
    uint64_t authority_index;       /* on-disabled */
} mote_grandpa_log;

/* The block whose finality puts a change signalled in block `number` into force: in 64 bits, any delay fits. */
uint64_t mote_grandpa_log_height(const mote_grandpa_log *log, uint32_t number);
/* false where the payload does not decode (then full nodes ignore the item). */
bool mote_grandpa_log_decode(mote_grandpa_log *out, mote_bytes payload);
/* The first item of that kind that decodes; false where there is none. */
bool mote_header_find_grandpa_log(const mote_header *header, mote_grandpa_log *out,
                                  mote_grandpa_log_kind kind);

/* --- BABE: only what dating a header needs (authorship comes with the full-node modules) ---------------- */
/* The slot of the first BABE (or Aura) pre-runtime digest that decodes, to which the scalars of BABE's VRF proofs belong;
 * false where there is none. */
bool mote_header_babe_slot(const mote_header *header, uint64_t *slot);
bool mote_header_aura_slot(const mote_header *header, uint64_t *slot);

/* --- multiplicity and position (A.4) ------------------------------------------------------------------- */
/* What the digest would mean to a verifier of authorship; a finalized header is never refused for it. Items that do
 * not decode count for nothing, as with full nodes. */
typedef enum mote_digest_oddity {
    MOTE_ODDITY_SEAL_NOT_LAST = 1 << 0,
    MOTE_ODDITY_SEVERAL_SEALS = 1 << 1,
    MOTE_ODDITY_SEVERAL_BABE_PRE_DIGESTS = 1 << 2,
    MOTE_ODDITY_SEVERAL_AURA_PRE_DIGESTS = 1 << 3,
    MOTE_ODDITY_SEVERAL_NEXT_EPOCHS = 1 << 4,
    MOTE_ODDITY_SEVERAL_NEXT_CONFIGS = 1 << 5,
    MOTE_ODDITY_CONFIG_WITHOUT_EPOCH = 1 << 6,
    MOTE_ODDITY_SEAL_SIZE = 1 << 7,     /* a BABE or Aura seal that is not 64 bytes */
    MOTE_ODDITY_NO_PRE_DIGEST = 1 << 8, /* above block 0 */
    MOTE_ODDITY_PRE_DIGEST_IN_GENESIS = 1 << 9,
    MOTE_ODDITY_FOREIGN_SEAL = 1 << 10, /* a BABE seal with an Aura pre-digest, or the reverse */
    MOTE_ODDITY_EPOCH_AUTHORITIES = 1 << 11, /* next epoch: none, of weight zero, or past 2^64 */
    MOTE_ODDITY_CONFIG_CHANCE = 1 << 12 /* next config: c = c.0 / c.1 with c.1 = 0 or above 1 */
} mote_digest_oddity;
uint32_t mote_header_oddities(const mote_header *header); /* bits of mote_digest_oddity */

/* --- finality ------------------------------------------------------------------------------------------ */
/* The header of a block that is final: its hash must be the block's (E_HEADER_HASH), its number too (E_TARGET_NUMBER).
 * Both functions check the header's own bytes again (mote_header_check): evidence is not made of hand-filled fields. */
MOTE_MUST_USE mote_status mote_finalized_header_of(mote_context *context,
                                                   mote_finalized_header *out,
                                                   const mote_finalized_block *block,
                                                   const mote_header *header);
/* The parent of a final header is final (E_HEADER_LINK, E_HEADER_NUMBER). */
MOTE_MUST_USE mote_status mote_finalized_parent(mote_context *context, mote_finalized_header *out,
                                                const mote_finalized_header *child,
                                                const mote_header *parent);
/* A header the caller takes as final on his own account: MOTE_ASSUMED_HEADER. */
mote_finalized_header mote_finalized_header_assumed(const mote_header *header);

#ifdef __cplusplus
}
#endif
#endif
