/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where trust starts: checkpoints and genesis (verification-rules B.6, G.5, H.13; sc-sync-state-rpc LightSyncState).
 *
 * A checkpoint is a final header, the GRANDPA set that finalizes what comes after it, and (optional) the BABE epochs
 * around it. Nothing in it proves itself: whoever chose it is trusted. Checked: it decodes, and does not contradict
 * itself (E_CHECKPOINT_INCOHERENT): set not empty, weights sound, set id 0 at block 0, epochs not after the header,
 * pending changes above it. Not checked: that set and header belong together; the first justification does that.
 *
 * Its age is judged against a time that the host hands in, and the chain's weak-subjectivity window: a set that has
 * unbonded can sign another history without loss. The verdict is never silent.
 */
#ifndef MOTE_CHECKPOINT_H
#define MOTE_CHECKPOINT_H

#include "mote/chain.h"
#include "mote/grandpa.h"
#include "mote/header.h"
#include "mote/trie.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One BABE epoch as compact as it is needed (authorities: (sr25519 key[32], u64 weight) items, borrowed). */
typedef struct mote_babe_epoch {
    uint64_t index;
    uint64_t start_slot;
    uint64_t duration;
    mote_authority_list authorities;
    uint8_t randomness[32];
    uint64_t c_numerator, c_denominator;
    uint8_t allowed_slots;
} mote_babe_epoch;

/* A loaded checkpoint. Borrows the bytes it was read from; the set's voters live in the context's memory until the
 * caller releases the mark he took before. */
typedef struct mote_checkpoint {
    mote_header header;
    mote_finalized_header finalized; /* the same as evidence: the root of all that follows */
    mote_authority_set set;
    mote_authority_list authorities; /* the set as listed, order kept, borrowed */
    const mote_chain *chain;         /* NULL where the chain is not known */
    mote_bytes
        label; /* what it is called where `chain` is NULL: for people, borrowed, may be empty */
    mote_hash genesis; /* zero where not known */
    bool has_slot;
    uint64_t slot;        /* BABE slot of the header */
    uint32_t epoch_count; /* 0, or 2: the header's epoch and the one after it */
    mote_babe_epoch epoch[2];
} mote_checkpoint;

/* The fields of a chain spec's lightSyncState, hex removed by the host (babeFinalizedBlockWeight says nothing that matters
 * here). Old layouts of the epoch changes and of the authority set are read as well; unknown trailing bytes are tolerated
 * (K03). `epoch_changes` may be empty. Epochs are taken only where one holds the header's slot, one follows it, and no
 * fork contradicts them; epochs that all begin after the header are E_CHECKPOINT_INCOHERENT. `chain` may be NULL. */
MOTE_MUST_USE mote_status mote_checkpoint_from_light_sync_state(
    mote_context *context, mote_checkpoint *out, mote_bytes header, mote_bytes epoch_changes,
    mote_bytes authority_set, const mote_chain *chain);
/* A checkpoint of a header, an authority list and a set id that the caller vouches for. */
MOTE_MUST_USE mote_status mote_checkpoint_from_parts(mote_context *context, mote_checkpoint *out,
                                                     mote_bytes header, mote_bytes authorities,
                                                     uint64_t set_id, const mote_chain *chain);
/* mote's own compact form, docs/spec/checkpoint.md: versioned, self-checking. */
MOTE_MUST_USE mote_status mote_checkpoint_decode(mote_context *context, mote_checkpoint *out,
                                                 mote_bytes input);
bool mote_checkpoint_looks_compact(mote_bytes input); /* starts with the format's magic */
void mote_checkpoint_encode(mote_writer *writer, const mote_checkpoint *checkpoint, bool with_babe);
/* Identity of a checkpoint: genesis, header hash, set id and set (docs/spec/checkpoint.md). */
mote_hash mote_checkpoint_digest(const mote_checkpoint *checkpoint);

typedef enum mote_freshness {
    MOTE_AGE_UNKNOWN, /* the header has no slot, or no time was given */
    MOTE_FRESH,       /* younger than a quarter of the window */
    MOTE_STALE,       /* younger than the window */
    MOTE_EXPIRED,
    MOTE_FROM_FUTURE /* later than now by more than a minute (clocks differ) */
} mote_freshness;
const char *mote_freshness_name(mote_freshness freshness); /* "unknown", "fresh", ... */

typedef struct mote_age {
    mote_freshness freshness;
    uint64_t made_at;        /* Unix seconds of the header's slot */
    uint64_t now;            /* as handed in */
    uint64_t seconds;        /* now - made_at; 0 from the future */
    uint64_t window_seconds; /* the chain's */
    bool window_assumed; /* no unbonding period of the chain is known: the window is the default */
} mote_age;
#define MOTE_CLOCK_TOLERANCE_SECONDS 60u
mote_age mote_checkpoint_age(const mote_checkpoint *checkpoint, uint64_t now_seconds);
/* MOTE_OK for fresh and stale, E_EXPIRED, E_FROM_FUTURE. MOTE_OK for an unknown age as well, which is nobody's fault and
 * no verdict either: whoever goes on has to look at `freshness` and to carry MOTE_ASSUMED_CHECKPOINT_AGE along, as
 * mote_bundle_next does. */
MOTE_MUST_USE mote_status mote_age_status(const mote_age *age);

/* --- genesis -------------------------------------------------------------------------------------------- */
typedef struct mote_genesis {
    mote_hash state_root;
    mote_hash hash; /* of block 0 */
    bool has_authorities;
    mote_authority_list authorities; /* GRANDPA's first set (set id 0), borrowed from the entries */
} mote_genesis;
typedef struct mote_child_trie {
    mote_bytes child_key; /* without ":child_storage:default:" */
    mote_trie_entry *entries;
    size_t count;
} mote_child_trie;
/* From all state entries of block 0. Child tries' roots are added by this function (`entries` must have capacity for
 * `child_count` more) and everything is sorted in place. Afterwards `entries` holds the caller's `count` again, in
 * order of their keys, and zeros behind them. The same key twice: E_BAD_ARGUMENT. */
MOTE_MUST_USE mote_status mote_genesis_from_state(mote_context *context, mote_genesis *out,
                                                  mote_trie_entry *entries, size_t count,
                                                  mote_child_trie *children, size_t child_count,
                                                  mote_state_version version);
/* Header of block 0 with that state root (122 bytes at most), and its start of trust. */
void mote_genesis_write_header(mote_writer *writer, const mote_hash *state_root,
                               mote_state_version version);

#ifdef __cplusplus
}
#endif
#endif
