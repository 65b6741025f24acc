/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What mote knows of particular chains: names, genesis hash, weak-subjectivity window and the GRANDPA hard forks
 * that a full node has in its source. Data, compiled in; a chain that is not listed is verified all the same, with
 * the default window and without hard forks.
 */
#ifndef MOTE_CHAIN_H
#define MOTE_CHAIN_H

#include "mote/bytes.h"

#ifdef __cplusplus
extern "C" {
#endif

/* At this block the authority set is replaced by `authorities`, without a justification, and its id by `set_id`
 * (polkadot-sdk polkadot/node/service/src/grandpa_support.rs). */
typedef struct mote_hard_fork {
    uint64_t set_id;
    uint32_t number;
    mote_hash hash;
} mote_hard_fork;

typedef struct mote_chain {
    const char *name;           /* "kusama" */
    const char *id;             /* the chain spec's id, "ksmcc3" */
    mote_hash genesis;          /* zero where not known */
    uint32_t slot_milliseconds; /* BABE slot duration */
    uint64_t window_seconds; /* weak-subjectivity window: the unbonding period of its validators */
    const mote_hard_fork *hard_forks;
    size_t hard_fork_count;
    const uint8_t
        *hard_fork_authorities; /* SCALE items (32-byte key, u64 weight), the same for each */
    size_t hard_fork_authority_count;
    bool window_is_default; /* no unbonding period is known: the window is a cautious guess */
} mote_chain;

/* What a person calls it: by name ("polkadot"), or else by id ("ksmcc3"), any case; NULL where unknown. `name` is
 * NUL-terminated. */
const mote_chain *mote_chain_by_name(const char *name);
/* What a chain spec says of itself: its id, exactly. Not the same: "westend" is the id of the network before westend2,
 * and the name that people have for westend2. */
const mote_chain *mote_chain_by_id(const char *id);
const mote_chain *mote_chain_by_genesis(const mote_hash *genesis);
/* For chains that are not listed: 6-second slots, a conservative window of 24 hours, no hard forks. */
const mote_chain *mote_chain_default(void);
/* All listed chains, for help texts and completion. */
const mote_chain *mote_chain_at(size_t index); /* NULL past the last */

#ifdef __cplusplus
}
#endif
#endif
