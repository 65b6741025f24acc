/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seal of a header: its author's signature, in the last digest item, over the hash of the header as it was before
 * that item was appended (sp_runtime generic/digest.rs; verification-rules A.2, A.4). And which consensus a header is of.
 */
#ifndef MOTE_SEAL_H
#define MOTE_SEAL_H

#include "mote/bytes.h"
#include "mote/context.h"
#include "mote/header.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mote_seal {
    const uint8_t *signature; /* 64 bytes, borrowed from the header */
    mote_hash pre_hash;       /* what it signs */
} mote_seal;

/* The seal of an engine ("BABE", "aura"). E_NO_SEAL unless the last digest item is one, E_SEVERAL_SEALS where another
 * seal, of whatever engine, is before it, E_SEAL_SIZE unless it is 64 bytes. The signature is not verified. */
MOTE_MUST_USE mote_status mote_seal_read(mote_context *context, mote_seal *out,
                                         const mote_header *header, const char engine[4]);

/* By the engines of seal and pre-runtime digests. */
typedef enum mote_consensus {
    MOTE_CONSENSUS_UNKNOWN =
        0, /* none that is known here: the chain is followed by finality only */
    MOTE_CONSENSUS_BABE,
    MOTE_CONSENSUS_AURA,
    MOTE_CONSENSUS_NIMBUS /* Moonbeam's: who may author depends on the parachain's state by rules of its own */
} mote_consensus;
const char *mote_consensus_name(mote_consensus consensus); /* "unknown", "babe", "aura", "nimbus" */
/* What the header says it is of, which nothing proves: a seal of BABE, Aura or Nimbus last, with a pre-runtime digest of
 * the same engine. */
mote_consensus mote_consensus_of(const mote_header *header);
/* Can blocks of that consensus be judged? E_CONSENSUS_UNKNOWN where not: no fault, the chain is followed by relay
 * finality only. */
MOTE_MUST_USE mote_status mote_consensus_check(mote_context *context, mote_consensus consensus);

#ifdef __cplusplus
}
#endif
#endif
