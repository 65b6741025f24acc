/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A ring of units. Sound because a unit's bytes are copied from what was decoded in order, its verdict is believed only
 * with a seal over exactly these bytes, and verdicts take effect in the order of the units, whatever the order they come
 * in: so the first failing signature of all is the one that is found, as in one batch.
 */
#include "mote/work.h"

#include <string.h>

#include "mote/ed25519.h"
#include "unit.h"

typedef struct slot {
    uint8_t *bytes;
    size_t size;
    uint64_t number;
    bool is_taken, is_judged;
    mote_status status;
    uint32_t index;
} slot;

struct mote_work {
    uint32_t units;
    size_t capacity; /* signatures a unit */
    size_t message_size;
    uint8_t seed[32];
    uint64_t next_number;
    /* Whole units from `first` on, then the open one. */
    uint32_t first, whole;
    bool is_open;
    size_t count; /* of the open one */
    slot *slot;
};

/* --- gathering ------------------------------------------------------------------------------------------------ */

static size_t unit_size(size_t signatures, size_t message_size) {
    return MOTE_UNIT_HEAD + signatures * (MOTE_UNIT_SIGNER + message_size);
}

size_t mote_work_memory(uint32_t units, size_t signatures, size_t message_size) {
    return sizeof(mote_work) +
           units * (sizeof(slot) + unit_size(signatures, message_size) + 2 * sizeof(uint64_t)) + 64;
}

static mote_work *refuse(mote_context *context, mote_status status) {
    (void)mote_fail(context, status, NULL, MOTE_NO_INDEX);
    return NULL;
}

mote_work *mote_work_new(mote_context *context, uint32_t units, size_t signatures,
                         size_t message_size) {
    if (units == 0 || units > MOTE_MAX_WORK_UNITS || signatures > MOTE_ED25519_MAX_BATCH ||
        message_size > MOTE_UNIT_MAX_MESSAGE) {
        return refuse(context, MOTE_E_LIMIT_COUNT);
    }
    mote_work *work = mote_context_take(context, 1, sizeof *work);
    if (work == NULL) return refuse(context, MOTE_E_LIMIT_MEMORY);
    work->slot = mote_context_take(context, units, sizeof *work->slot);
    if (work->slot == NULL) return refuse(context, MOTE_E_LIMIT_MEMORY);
    work->units = units;
    work->capacity = signatures;
    work->message_size = message_size;
    memcpy(work->seed, context->seed, sizeof work->seed);
    for (uint32_t i = 0; i < units; i++) {
        work->slot[i].bytes = mote_context_take(context, unit_size(signatures, message_size), 1);
        if (work->slot[i].bytes == NULL) return refuse(context, MOTE_E_LIMIT_MEMORY);
    }
    return work;
}

static slot *slot_at(const mote_work *work, uint32_t place) {
    return &work->slot[(work->first + place) % work->units];
}

bool mote_work_open(mote_work *work) {
    if (work->is_open) return true;
    if (work->whole == work->units) return false;
    slot *s = slot_at(work, work->whole);
    s->number = work->next_number++;
    s->is_taken = s->is_judged = false;
    work->is_open = true;
    work->count = 0;
    return true;
}

bool mote_work_is_open(const mote_work *work) {
    return work->is_open;
}

uint64_t mote_work_number(const mote_work *work) {
    return slot_at(work, work->whole)->number;
}

size_t mote_work_count(const mote_work *work) {
    return work->is_open ? work->count : 0;
}

size_t mote_work_room(const mote_work *work) {
    return work->is_open ? work->capacity - work->count : 0;
}

mote_status mote_work_add(mote_work *work, const uint8_t public_key[32],
                          const uint8_t signature[64], const uint8_t *message) {
    if (mote_work_room(work) == 0) return MOTE_E_LIMIT_COUNT;
    uint8_t *at = slot_at(work, work->whole)->bytes + unit_size(work->count, work->message_size);
    memcpy(at, public_key, 32);
    memcpy(at + 32, signature, 64);
    memcpy(at + MOTE_UNIT_SIGNER, message, work->message_size);
    work->count++;
    return MOTE_OK;
}

void mote_work_close(mote_work *work) {
    if (!work->is_open) return;
    slot *s = slot_at(work, work->whole);
    s->size = unit_size(work->count, work->message_size);
    mote_unit_write_head(s->bytes, work->seed, s->number, (uint32_t)work->count,
                         (uint32_t)work->message_size);
    work->is_open = false;
    work->whole++;
}

void mote_work_clear(mote_work *work) {
    work->first = work->whole = 0;
    work->is_open = false;
}

/* --- verdicts ------------------------------------------------------------------------------------------------- */

bool mote_work_take(mote_work *work, mote_work_unit *out) {
    memset(out, 0, sizeof *out);
    for (uint32_t i = 0; i < work->whole; i++) {
        slot *s = slot_at(work, i);
        if (s->is_taken || s->is_judged) continue;
        s->is_taken = true;
        *out = (mote_work_unit){s->number, {s->bytes, s->size}};
        return true;
    }
    return false;
}

static void settle_slot(slot *s, const mote_work_verdict *verdict) {
    s->is_judged = true;
    s->status = verdict->status;
    s->index = verdict->index;
}

mote_status mote_work_join(mote_context *context, mote_work *work,
                           const mote_work_verdict *verdict) {
    for (uint32_t i = 0; i < work->whole; i++) {
        slot *s = slot_at(work, i);
        if (s->number != verdict->number) continue;
        if (!mote_unit_sealed(context->backend, (mote_bytes){s->bytes, s->size}, verdict)) break;
        if (!s->is_judged) settle_slot(s, verdict);
        return MOTE_OK;
    }
    bool is_settled = verdict->number < work->next_number &&
                      (work->whole == 0 || verdict->number < slot_at(work, 0)->number);
    return is_settled ? MOTE_OK : mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
}

static slot *oldest_waiting(const mote_work *work) {
    for (uint32_t i = 0; i < work->whole; i++) {
        if (!slot_at(work, i)->is_judged) return slot_at(work, i);
    }
    return NULL;
}

mote_status mote_work_judge_oldest(mote_context *context, mote_work *work) {
    mote_work_verdict verdict;
    slot *s = oldest_waiting(work);
    if (s == NULL) return MOTE_OK;
    mote_status status = mote_work_judge(context, &verdict, (mote_bytes){s->bytes, s->size});
    if (status == MOTE_OK) settle_slot(s, &verdict);
    return status;
}

uint32_t mote_work_waiting(const mote_work *work) {
    uint32_t waiting = 0;
    for (uint32_t i = 0; i < work->whole; i++) waiting += !slot_at(work, i)->is_judged;
    return waiting;
}

bool mote_work_oldest(const mote_work *work, uint64_t *number) {
    const slot *s = oldest_waiting(work);
    *number = s == NULL ? 0 : s->number;
    return s != NULL;
}

bool mote_work_settle(mote_work *work, mote_work_verdict *out) {
    memset(out, 0, sizeof *out);
    if (work->whole == 0) return false;
    const slot *s = slot_at(work, 0);
    if (!s->is_judged) return false;
    out->number = s->number;
    out->status = s->status;
    out->index = s->index;
    work->first = (work->first + 1) % work->units;
    work->whole--;
    return true;
}
