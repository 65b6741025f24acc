/* SPDX-License-Identifier: Apache-2.0 */
#include "units.h"

#include "fixture.h"
#include "grandpa_builder.h"

static uint32_t draw(test_units *units, uint32_t below) {
    units->lot = units->lot * 1664525u + 1013904223u;
    return (units->lot >> 8) % below;
}

/* In a context of its own, with a seed of its own; the verdict goes through its bytes. */
static mote_work_verdict judge(test_units *units, mote_bytes bytes) {
    static uint8_t *memory;
    static size_t size;
    uint8_t seed[32] = {0}, as_bytes[MOTE_WORK_VERDICT_SIZE];
    mote_context context;
    mote_work_verdict verdict;
    if (size < mote_work_judge_memory(bytes.size)) {
        size = mote_work_judge_memory(bytes.size);
        free(memory);
        memory = malloc(size);
    }
    seed[0] = (uint8_t)draw(units, 256);
    mote_context_init(&context, memory, size, seed);
    assert_status(mote_work_judge(&context, &verdict, bytes), MOTE_OK);
    mote_work_verdict_write(as_bytes, &verdict);
    mote_work_verdict_read(&verdict, as_bytes);
    units->judged++;
    return verdict;
}

/* Copies, as a host that sends them: what is taken may be judged here before its own verdict comes. */
static void take_all(test_units *units, mote_work *work) {
    for (mote_work_unit unit; mote_work_take(work, &unit);) {
        unit.bytes.data = fixture_copy(unit.bytes);
        units->held[units->count++] = unit;
    }
}

void test_units_forget(test_units *units) {
    while (units->count > 0) free_bytes(units->held[--units->count].bytes);
}

static bool judge_here(mote_context *context, mote_work *work) {
    if (mote_work_waiting(work) == 0) return false;
    assert_status(mote_work_judge_oldest(context, work), MOTE_OK);
    return true;
}

bool test_units_step(test_units *units, mote_context *context, mote_work *work) {
    take_all(units, work);
    if (units->count == 0) return judge_here(context, work);
    uint32_t chosen = draw(units, units->count);
    const mote_work_unit unit = units->held[chosen];
    units->held[chosen] = units->held[--units->count];
    if (draw(units, 8) == 0) { /* it stays in the work until it is the oldest */
        units->lost++;
        free_bytes(unit.bytes);
        return judge_here(context, work);
    }
    const mote_work_verdict verdict = judge(units, unit.bytes);
    free_bytes(unit.bytes);
    assert_status(mote_work_join(context, work, &verdict), MOTE_OK);
    return true;
}
