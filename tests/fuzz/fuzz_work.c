/* SPDX-License-Identifier: Apache-2.0 */
/* A unit of work, from anybody: it is refused, or its verdict is that of its signatures one by one. And 48 bytes as a
 * verdict on a unit that is there: never believed. */
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "mote/ed25519.h"
#include "mote/scale.h"
#include "mote/work.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HEAD 48u
#define SIGNER 96u

static void require(bool holds) {
    if (!holds) abort();
}

static mote_status one_by_one(mote_bytes unit, uint32_t *index) {
    const uint32_t count = mote_load_u32(unit.data + 40), message = mote_load_u32(unit.data + 44);
    const uint8_t *at = unit.data + HEAD;
    for (*index = 0; *index < count; (*index)++, at += SIGNER + message) {
        mote_status status = mote_ed25519_verify(at, at + 32, (mote_bytes){at + SIGNER, message});
        if (status != MOTE_OK) return status;
    }
    *index = MOTE_NO_INDEX;
    return MOTE_OK;
}

static void judge(mote_bytes unit) {
    mote_work_verdict verdict;
    uint32_t index;
    mote_status status = mote_work_judge(fixture_context(32), &verdict, unit);
    if (status != MOTE_OK) {
        require(status == MOTE_E_BAD_ARGUMENT || status == MOTE_E_LIMIT_MEMORY);
        return;
    }
    require(verdict.number == mote_load_u64(unit.data + 32));
    require(verdict.status == one_by_one(unit, &index) && verdict.index == index);
}

static void join(mote_bytes bytes) {
    static const uint8_t zeros[96];
    mote_context *context = fixture_context(1);
    mote_work *work = mote_work_new(context, 1, 1, 0);
    mote_work_verdict verdict;
    require(work != NULL && mote_work_open(work));
    require(mote_work_add(work, zeros, zeros, zeros) == MOTE_OK);
    mote_work_close(work);
    mote_work_verdict_read(&verdict, bytes.data);
    require(mote_work_join(context, work, &verdict) == MOTE_E_NO_EVIDENCE);
    require(!mote_work_settle(work, &verdict));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    judge((mote_bytes){data, size});
    if (size == MOTE_WORK_VERDICT_SIZE) join((mote_bytes){data, size});
    return 0;
}
