/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Coretime: which parachain works on which core, by proven state (verification-rules E.4; polkadot-runtime-parachains
 * scheduler and assigner_coretime, pallet-broker, paras).
 *
 * On the relay chain: the work of each core now, and what is scheduled to follow. Two layouts: one value with all cores
 * (ParaScheduler, since storage version 4), or an entry for each core (CoretimeAssignmentProvider). Which one a
 * runtime has is for the caller to know; a proof that shows neither value says "absent" for both, and a reading says in
 * which layout it was found. On the coretime chain: regions, work plans and leases.
 *
 * None of it is part of consensus, and other runtimes may have other layouts: a value that does not decode to its last
 * byte is refused. What a core does in a given block is decided within its assignments; these readings do not say
 * which of several assignments has the turn.
 *
 * Relay items are read under MOTE_STATE_OF_RELAY, Broker items under MOTE_STATE_OF_PARACHAIN, both under an assumed root
 * (E_BAD_ARGUMENT otherwise). Not checked: that the parachain is a coretime chain.
 */
#ifndef MOTE_CORETIME_H
#define MOTE_CORETIME_H

#include "mote/evidence.h"
#include "mote/trie.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- storage keys ----------------------------------------------------------------------------- */
typedef enum mote_coretime_layout {
    MOTE_CORES_IN_SCHEDULER,        /* ParaScheduler: CoreDescriptors is one value */
    MOTE_CORES_IN_ASSIGNMENT_PALLET /* CoretimeAssignmentProvider: one entry for each core */
} mote_coretime_layout;

#define MOTE_CORETIME_KEY_SIZE 64u
typedef struct mote_coretime_key {
    uint8_t bytes[MOTE_CORETIME_KEY_SIZE];
    size_t size;
} mote_coretime_key;
/* `core` is looked at in the older layout only. */
mote_coretime_key mote_core_descriptor_key(mote_coretime_layout layout, uint32_t core);
mote_coretime_key mote_core_schedule_key(mote_coretime_layout layout, uint32_t block,
                                         uint32_t core);
/* A region's name: it begins at a timeslice, on a core, in those eightieths of it that the mask has. */
#define MOTE_CORE_MASK_SIZE 10u
typedef struct mote_region_id {
    uint32_t begin;
    uint16_t core;
    uint8_t mask[MOTE_CORE_MASK_SIZE];
} mote_region_id;
mote_coretime_key mote_region_key(const mote_region_id *id);
mote_coretime_key mote_workplan_key(uint32_t timeslice, uint16_t core);
mote_coretime_key mote_workload_key(uint16_t core);
mote_coretime_key mote_leases_key(void);

/* --- cores on the relay chain ----------------------------------------------------------------- */
#define MOTE_PARTS_OF_A_CORE 57600u
/* Assignments in one list: beyond is E_LIMIT_COUNT. The broker makes at most 80. */
#define MOTE_MAX_ASSIGNMENTS 4096u

typedef enum mote_core_task {
    MOTE_CORE_IDLE = 0,
    MOTE_CORE_POOL = 1, /* on demand */
    MOTE_CORE_PARA = 2
} mote_core_task;
const char *mote_core_task_name(mote_core_task task); /* "idle", "pool", "para" */

typedef struct mote_core_assignment {
    mote_core_task task;
    uint32_t para_id;   /* with MOTE_CORE_PARA */
    uint16_t parts;     /* of MOTE_PARTS_OF_A_CORE */
    uint16_t remaining; /* of the current round; 0 in a schedule, which has none */
} mote_core_assignment;

/* What a core works on at a relay block. */
typedef struct mote_core_work {
    mote_coretime_layout layout;
    uint32_t core;
    bool known;   /* false: proven, the core has no descriptor */
    bool working; /* false: nothing is assigned now */
    uint32_t assignment_count;
    mote_bytes assignments; /* borrowed; told by mote_core_assignment_at */
    bool ends;
    uint32_t end_hint; /* block at which the assignments end */
    bool has_queue;
    uint32_t queue_first; /* blocks at which the scheduled assignments begin: keys of schedules */
    uint32_t queue_last;
    mote_state_root under;
} mote_core_work;
MOTE_MUST_USE mote_status mote_core_work_read(mote_context *context, mote_core_work *out,
                                              const mote_proof *proof, mote_coretime_layout layout,
                                              uint32_t core);
/* `index` < assignment_count. */
mote_core_assignment mote_core_assignment_at(const mote_core_work *work, uint32_t index);
/* Where in a list one is, from {0, 0} on. `..._next` tells the next item and steps behind it: false at the end. Going
 * through a list by `..._at` begins at its first item each time. */
typedef struct mote_coretime_place {
    uint32_t index;
    size_t offset;
} mote_coretime_place;
bool mote_core_assignment_next(mote_core_assignment *out, mote_coretime_place *place,
                               const mote_core_work *work);

/* Claim: at this relay block, these parts of the core are this parachain's. */
typedef struct mote_core_held {
    uint32_t core;
    uint32_t para_id;
    uint32_t
        parts; /* of MOTE_PARTS_OF_A_CORE, all assignments of the parachain to this core together */
    mote_state_root under;
} mote_core_held;
/* E_NOT_SHOWN where the core has no assignment of this parachain: it may have others, or be served from the pool. */
MOTE_MUST_USE mote_status mote_core_held_by(mote_context *context, mote_core_held *out,
                                            const mote_core_work *work, uint32_t para_id);

/* The newer layout has all cores in its value: how many descriptors, and of which cores (ascending). */
MOTE_MUST_USE mote_status mote_core_count_read(mote_context *context, uint32_t *count,
                                               const mote_proof *proof);

/* What is scheduled for a core from a relay block on. */
typedef struct mote_core_schedule {
    mote_coretime_layout layout;
    uint32_t core;
    uint32_t block;
    bool known; /* false: proven, nothing is scheduled there */
    uint32_t assignment_count;
    mote_bytes assignments;
    bool ends;
    uint32_t end_hint;
    bool has_next;
    uint32_t next; /* block of the schedule after it */
    mote_state_root under;
} mote_core_schedule;
MOTE_MUST_USE mote_status mote_core_schedule_read(mote_context *context, mote_core_schedule *out,
                                                  const mote_proof *proof,
                                                  mote_coretime_layout layout, uint32_t block,
                                                  uint32_t core);
mote_core_assignment mote_core_schedule_at(const mote_core_schedule *schedule, uint32_t index);
bool mote_core_schedule_next(mote_core_assignment *out, mote_coretime_place *place,
                             const mote_core_schedule *schedule);

/* --- the coretime chain ----------------------------------------------------------------------- */
typedef struct mote_region {
    bool exists; /* false: proven, there is no such region */
    mote_region_id id;
    uint32_t end; /* timeslice */
    bool has_owner;
    uint8_t owner[32];
    bool has_paid;
    uint8_t paid[16]; /* little-endian */
    mote_state_root under;
} mote_region;
/* Reads both layouts of the record, with an owner and with one that may be missing: their lengths tell them apart. */
MOTE_MUST_USE mote_status mote_region_read(mote_context *context, mote_region *out,
                                           const mote_proof *proof, const mote_region_id *id);

/* A work plan (from a timeslice on) or work load (now) of a core. */
typedef struct mote_broker_schedule {
    bool known; /* false: proven, there is none */
    bool now;   /* a work load: `timeslice` means nothing */
    uint32_t timeslice;
    uint16_t core;
    uint32_t count;
    mote_bytes items;
    mote_state_root under;
} mote_broker_schedule;
typedef struct mote_broker_item {
    uint8_t mask[MOTE_CORE_MASK_SIZE];
    mote_core_task task;
    uint32_t para_id;
} mote_broker_item;
MOTE_MUST_USE mote_status mote_workplan_read(mote_context *context, mote_broker_schedule *out,
                                             const mote_proof *proof, uint32_t timeslice,
                                             uint16_t core);
MOTE_MUST_USE mote_status mote_workload_read(mote_context *context, mote_broker_schedule *out,
                                             const mote_proof *proof, uint16_t core);
/* `index` < count. */
mote_broker_item mote_broker_item_at(const mote_broker_schedule *schedule, uint32_t index);
bool mote_broker_item_next(mote_broker_item *out, mote_coretime_place *place,
                           const mote_broker_schedule *schedule);

/* Leases from before coretime: a task keeps a core until a timeslice. */
typedef struct mote_leases {
    uint32_t count;
    mote_bytes items;
    mote_state_root under;
} mote_leases;
typedef struct mote_lease {
    uint32_t until;
    uint32_t task;
} mote_lease;
MOTE_MUST_USE mote_status mote_leases_read(mote_context *context, mote_leases *out,
                                           const mote_proof *proof);
mote_lease mote_lease_at(const mote_leases *leases, uint32_t index);
/* Claim: the task has a lease until this timeslice. E_NOT_SHOWN where the list, which is proven, has none. */
MOTE_MUST_USE mote_status mote_lease_of(mote_context *context, mote_lease *out,
                                        const mote_leases *leases, uint32_t task);

/* --- code upgrades ---------------------------------------------------------------------------- */
/* Code hashes and lifecycle are read by mote/para.h; here is when a parachain's next code comes. */
typedef enum mote_upgrade_signal {
    MOTE_UPGRADE_NO_SIGNAL = 0,
    MOTE_UPGRADE_ABORT = 1,   /* the code was refused */
    MOTE_UPGRADE_GO_AHEAD = 2 /* the parachain may switch */
} mote_upgrade_signal;
mote_coretime_key mote_upgrade_scheduled_key(uint32_t para_id);  /* Paras::FutureCodeUpgrades */
mote_coretime_key mote_upgrade_signal_key(uint32_t para_id);     /* UpgradeGoAheadSignal */
mote_coretime_key mote_upgrade_restricted_key(uint32_t para_id); /* UpgradeRestrictionSignal */
mote_coretime_key mote_code_key(const mote_hash *hash);          /* CodeByHash */
/* FutureCodeUpgrades: with a scheduled upgrade, the relay block of which a candidate may apply it. */
typedef struct mote_upgrade_schedule {
    bool scheduled; /* false: proven, none is */
    uint32_t expected_at;
    mote_state_root under;
} mote_upgrade_schedule;
MOTE_MUST_USE mote_status mote_upgrade_schedule_read(mote_context *context,
                                                     mote_upgrade_schedule *out,
                                                     const mote_proof *proof, uint32_t para_id);
MOTE_MUST_USE mote_status mote_upgrade_signal_read(mote_context *context, mote_upgrade_signal *out,
                                                   const mote_proof *proof, uint32_t para_id);
/* No further upgrade may be asked for now. */
MOTE_MUST_USE mote_status mote_upgrade_restricted_read(mote_context *context, bool *out,
                                                       const mote_proof *proof, uint32_t para_id);

#ifdef __cplusplus
}
#endif
#endif
