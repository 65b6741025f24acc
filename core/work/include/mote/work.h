/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signatures as units of work. Almost all the time that a large proof takes goes into its signatures; the rest has to be
 * done in order. So a verifier that was asked to (mote/warp.h, mote/grandpa.h) does the rest on one thread and gathers
 * its signatures into units: plain bytes that hold keys, messages and signatures, and nothing else. Any thread, or
 * another instance of mote in another Worker, judges a unit in a context of its own; its verdict is joined, in whatever
 * order verdicts come, and counts in the order of the units. What is accepted, what fails, and where, is the same as on
 * one thread. mote starts no threads: that is the host's.
 *
 *     while (mote_work_take(work, &unit)) give unit.bytes to a thread that calls mote_work_judge(its context, ...);
 *     mote_work_join(context, work, &verdict);       for each that comes back
 *     mote_work_judge_oldest(context, work);         where nobody else does: also for a unit whose thread was lost
 *
 * What a verdict is worth: its seal is BLAKE2b over a secret of the unit, a hash of all the unit's bytes, its number and
 * what was found. So a verdict of another unit, of this walk or of any other, of changed bytes or of an interrupted
 * judgement is refused and never taken for this one's (E_NO_EVIDENCE). Who can read a unit can make a verdict up: the
 * threads that judge have to be trusted as the host itself is, threads of the same process or Workers of the same page.
 * Never send units to another machine.
 *
 * The coefficients of each unit's batch come from the seed of the context that judges it (mote/ed25519.h).
 */
#ifndef MOTE_WORK_H
#define MOTE_WORK_H

#include "mote/bytes.h"
#include "mote/context.h"
#include "mote/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MOTE_MAX_WORK_UNITS 64u

/* Units of one verifier, in order; lives in the context's memory. */
typedef struct mote_work mote_work;

/* One unit. The bytes stay where they are, unchanged, until its verdict is joined, it is judged here, or all units are
 * forgotten (mote_work_clear, the end of the verifier, release of the context's memory): copy them where a thread may still
 * read them after that.
 *   unit = secret[32] ++ number u64 ++ signatures u32 ++ message size u32 ++ (key[32] ++ signature[64] ++ message) each */
typedef struct mote_work_unit {
    uint64_t number;
    mote_bytes bytes;
} mote_work_unit;

typedef struct mote_work_verdict {
    uint64_t number; /* of the unit */
    mote_status
        status; /* MOTE_OK: all hold; E_BAD_SIGNATURE, E_BAD_PUBLIC_KEY: of the first that fails */
    uint32_t index; /* which one that is, or MOTE_NO_INDEX */
    uint8_t seal[32];
} mote_work_verdict;
/* As bytes, for hosts that send them: number u64 ++ status u32 ++ index u32 ++ seal. */
#define MOTE_WORK_VERDICT_SIZE 48u
void mote_work_verdict_write(uint8_t out[MOTE_WORK_VERDICT_SIZE], const mote_work_verdict *verdict);
void mote_work_verdict_read(mote_work_verdict *out, const uint8_t bytes[MOTE_WORK_VERDICT_SIZE]);

/* --- for threads ---------------------------------------------------------------------------------------------- */

/* Judges a unit. MOTE_OK: there is a verdict, good or bad. E_BAD_ARGUMENT: these bytes are no unit; E_LIMIT_MEMORY. */
MOTE_MUST_USE mote_status mote_work_judge(mote_context *context, mote_work_verdict *out,
                                          mote_bytes unit);
/* Bytes of context memory for judging units of so many bytes, at most. */
size_t mote_work_judge_memory(size_t unit_size);

/* --- for hosts ------------------------------------------------------------------------------------------------ */

/* The next whole unit that was not taken yet; false where there is none now. */
bool mote_work_take(mote_work *work, mote_work_unit *out);
/* A verdict comes back. One for a unit that is settled already changes nothing. E_NO_EVIDENCE: it is not of this unit. */
MOTE_MUST_USE mote_status mote_work_join(mote_context *context, mote_work *work,
                                         const mote_work_verdict *verdict);
/* Judges the oldest whole unit that has no verdict on this thread, whoever took it. MOTE_OK where there is none. */
MOTE_MUST_USE mote_status mote_work_judge_oldest(mote_context *context, mote_work *work);
/* Whole units without a verdict, taken or not. */
uint32_t mote_work_waiting(const mote_work *work);
/* The oldest one's number; false where none waits. */
bool mote_work_oldest(const mote_work *work, uint64_t *number);

/* --- for verifiers -------------------------------------------------------------------------------------------- */

/* Room for so many units (at least one) of so many signatures over messages of one size. NULL: E_LIMIT_MEMORY, or
 * E_LIMIT_COUNT where that is more than MOTE_MAX_WORK_UNITS or MOTE_ED25519_MAX_BATCH. */
mote_work *mote_work_new(mote_context *context, uint32_t units, size_t signatures,
                         size_t message_size);
size_t mote_work_memory(uint32_t units, size_t signatures, size_t message_size);
/* Opens a unit unless one is open; false where all are in use. */
bool mote_work_open(mote_work *work);
bool mote_work_is_open(const mote_work *work);
/* Of the open unit: its number, the signatures in it, and how many more it can take (0 where none is open). */
uint64_t mote_work_number(const mote_work *work);
size_t mote_work_count(const mote_work *work);
size_t mote_work_room(const mote_work *work);
/* Copies key, signature and message of the work's size into the open unit. E_LIMIT_COUNT where there is no room. */
MOTE_MUST_USE mote_status mote_work_add(mote_work *work, const uint8_t public_key[32],
                                        const uint8_t signature[64], const uint8_t *message);
/* The open unit is whole: it can be taken. */
void mote_work_close(mote_work *work);
/* The oldest unit, once it is whole and has its verdict; its place is free afterwards. */
bool mote_work_settle(mote_work *work, mote_work_verdict *out);
/* Forgets all units. Verdicts that come later change nothing. */
void mote_work_clear(mote_work *work);

#ifdef __cplusplus
}
#endif
#endif
