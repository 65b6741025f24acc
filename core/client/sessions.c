/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When sessions of a relay chain begin, and how long they are. What is found out here is a source's word: it decides for which
 * blocks proofs are asked for, and nothing else.
 */
#include <string.h>

#include "engine.h"
#include "mote/hash.h"

uint64_t mote_session_of(const struct chain *relay, uint64_t slot) {
    uint64_t phase = relay->session_start % relay->epoch_slots;
    return (slot + relay->epoch_slots - phase) / relay->epoch_slots;
}

uint64_t mote_session_begin(const struct chain *relay, uint64_t session) {
    uint64_t phase = relay->session_start % relay->epoch_slots;
    return session * relay->epoch_slots + phase - relay->epoch_slots;
}

/* --- asking -------------------------------------------------------------------------------------------------------- */
/* Sessions are counted from the slot of block 1. */
static bool ask_first_of(mote_client *client, struct chain *relay, uint32_t number) {
    struct job *job =
        mote_jobs_add(client, PURPOSE_FIRST_HASH, MOTE_REQUEST_BLOCK_HASH, relay->id, relay->id);
    if (job != NULL) job->number = relay->first = number;
    return job != NULL;
}

/* Where their length is not known either, the newest state says both. */
static void ask_state(mote_client *client, struct chain *relay, const struct source *top) {
    struct job *job =
        mote_jobs_add(client, PURPOSE_SESSIONS, MOTE_REQUEST_READ, relay->id, relay->id);
    if (job == NULL) return;
    job->hash = top->shown.hash;
    job->first = top->id;
    relay->sessions_root = top->shown.state_root;
    relay->first_asked = true;
}

void mote_sessions_find_out(mote_client *client, struct chain *relay, const struct source *top) {
    if (relay->has_session || relay->first_asked) return;
    if (relay->epoch_slots != 0) {
        relay->first_asked = ask_first_of(client, relay, 1);
    } else {
        ask_state(client, relay, top);
    }
}

bool mote_sessions_are_sought(mote_client *client, const struct chain *relay) {
    return mote_jobs_find(client, PURPOSE_FIRST_HASH, relay->id) != NULL ||
           mote_jobs_find(client, PURPOSE_FIRST_HEADER, relay->id) != NULL ||
           mote_jobs_find(client, PURPOSE_SESSIONS, relay->id) != NULL;
}

static const char *const items[SESSION_KEYS] = {"GenesisSlot", "CurrentSlot", "EpochIndex",
                                                "EpochStart"};

void mote_sessions_keys(uint8_t out[SESSION_KEYS][MOTE_BABE_STATE_KEY_SIZE]) {
    for (uint32_t i = 0; i < SESSION_KEYS; i++) {
        mote_storage_prefix(out[i], (mote_bytes){(const uint8_t *)"Babe", 4},
                            (mote_bytes){(const uint8_t *)items[i], strlen(items[i])});
    }
}

/* The number of the newest session's first block is the second one of EpochStart. */
enum { GENESIS_SLOT, CURRENT_SLOT, EPOCH_INDEX, EPOCH_START };

/* --- answers ------------------------------------------------------------------------------------------------------- */
static void learn(struct chain *relay, uint64_t start) {
    if (relay->has_session) return;
    relay->has_session = true;
    relay->session_start = start;
}

/* The slot of block 1; or of the first block of session number `session_index`, after the one that began with block 1. */
static void learn_from(struct chain *relay, uint64_t slot) {
    if (relay->epoch_slots != 0) {
        learn(relay, slot);
        return;
    }
    uint64_t passed = slot > relay->genesis_slot ? slot - relay->genesis_slot : 0;
    uint64_t length = passed / relay->session_index;
    if (length < SHORTEST_SESSION || length >= UINT32_MAX) return;
    relay->epoch_slots = (uint32_t)length;
    learn(relay, relay->genesis_slot);
}

static struct verdict take_hash(mote_client *client, struct chain *relay, struct job *job,
                                const struct source *source, const mote_reply *reply) {
    job->purpose = PURPOSE_NONE;
    job = mote_jobs_add(client, PURPOSE_FIRST_HEADER, MOTE_REQUEST_HEADER, relay->id, relay->id);
    if (job != NULL) {
        job->hash = reply->hash;
        job->first = source->id;
    }
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

struct verdict mote_sessions_take_first(mote_client *client, struct job *job,
                                        const struct source *source, const mote_reply *reply) {
    mote_header header;
    uint64_t slot;
    struct chain *relay = mote_client_chain(client, job->chain);
    bool is_header = job->purpose == PURPOSE_FIRST_HEADER;
    if (!reply->present) {
        return mote_verdict_of_absence(is_header && job->first == source->id);
    }
    if (!is_header) return take_hash(client, relay, job, source, reply);
    mote_status status = mote_header_decode(&client->context, &header, reply->bytes);
    if (status == MOTE_OK && !mote_hash_equal(&header.hash, &job->hash)) {
        status = MOTE_E_HEADER_HASH;
    }
    if (status != MOTE_OK) return mote_verdict_of(status);
    if (header.number == relay->first && mote_header_babe_slot(&header, &slot)) {
        learn_from(relay, slot);
    }
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}

/* pallet_babe keeps EpochIndex = (CurrentSlot - GenesisSlot) / length: after more sessions than one has slots, only one length
 * fits. */
static uint32_t only_length(const uint64_t slots[SESSION_KEYS]) {
    uint64_t genesis = slots[GENESIS_SLOT], current = slots[CURRENT_SLOT];
    uint64_t index = slots[EPOCH_INDEX];
    if (genesis == 0 || current <= genesis || index == 0 || index == UINT64_MAX) return 0;
    uint64_t longest = (current - genesis) / index;
    bool is_only = longest == (current - genesis) / (index + 1) + 1;
    return is_only && longest >= SHORTEST_SESSION && longest < UINT32_MAX ? (uint32_t)longest : 0;
}

/* Before that, the first block of the newest one says it, unless slots were skipped there. */
static void learn_length(mote_client *client, struct chain *relay,
                         const uint64_t slots[SESSION_KEYS]) {
    uint32_t length = only_length(slots);
    relay->genesis_slot = slots[GENESIS_SLOT];
    relay->session_index = slots[EPOCH_INDEX];
    if (length != 0) {
        relay->epoch_slots = length;
        learn(relay, relay->genesis_slot);
    } else if (relay->genesis_slot != 0 && relay->session_index != 0) {
        (void)ask_first_of(client, relay, (uint32_t)(slots[EPOCH_START] >> 32));
    }
}

static mote_status read_slots(mote_client *client, uint64_t slots[SESSION_KEYS], uint32_t count,
                              const mote_proof *proof) {
    uint8_t keys[SESSION_KEYS][MOTE_BABE_STATE_KEY_SIZE];
    mote_trie_view view = mote_proof_main(proof);
    mote_proven_value value;
    mote_sessions_keys(keys);
    for (uint32_t i = 0; i < count; i++) {
        mote_status status =
            mote_trie_read(&client->context, &value, &view, (mote_bytes){keys[i], sizeof keys[i]});
        if (status != MOTE_OK) return status;
        mote_cursor cursor = mote_cursor_over(value.value);
        bool is_number = value.state == MOTE_VALUE_PRESENT && value.value.size == 8;
        slots[i] = is_number ? mote_read_u64(&cursor) : 0;
    }
    return MOTE_OK;
}

uint32_t mote_sessions_length(mote_client *client, const mote_proof *proof) {
    uint64_t slots[SESSION_KEYS];
    return read_slots(client, slots, EPOCH_START, proof) == MOTE_OK ? only_length(slots) : 0;
}

struct verdict mote_sessions_take_state(mote_client *client, struct job *job,
                                        const mote_reply *reply) {
    mote_proof proof;
    uint64_t slots[SESSION_KEYS];
    struct chain *relay = mote_client_chain(client, job->chain);
    mote_state_root root = mote_state_assumed(&relay->sessions_root);
    size_t mark = mote_context_mark(&client->context);
    mote_status status =
        mote_proof_load(&client->context, &proof, &root, reply->bytes, MOTE_PROOF_STRICT);
    if (status == MOTE_OK) status = read_slots(client, slots, SESSION_KEYS, &proof);
    mote_context_release(&client->context, mark);
    if (status != MOTE_OK) return mote_verdict_of(status);
    learn_length(client, relay, slots);
    return (struct verdict){OUTCOME_DONE, MOTE_OK};
}
