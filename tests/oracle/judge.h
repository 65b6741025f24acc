/* SPDX-License-Identifier: Apache-2.0 */
/* What mote says of a case of the oracle's. The layout of each kind's input is in src/, beside what makes it. */
#ifndef MOTE_ORACLE_JUDGE_H
#define MOTE_ORACLE_JUDGE_H

#include <string.h>

#include "mote/context.h"
#include "mote/scale.h"

#define ANSWER_ROOM 4096u

typedef struct oracle_answer {
    bool accepted;
    uint8_t output[ANSWER_ROOM];
    size_t size;
} oracle_answer;

typedef void judge(mote_context *context, oracle_answer *out, mote_bytes input);

judge judge_hash, judge_compact, judge_header;
judge judge_ed25519, judge_sr25519, judge_vrf, judge_recover;
judge judge_threshold, judge_secondary_author;
judge judge_trie_root, judge_proof, judge_compact_proof;
judge judge_leaf_proof, judge_binary_proof, judge_ancestry;
judge judge_beefy, judge_double_vote;
judge judge_justification;
judge judge_state;

#define ORACLE_KINDS 20u
extern judge *const oracle_judges[ORACLE_KINDS];

/* Adds to what is given back; more than there is room for is a bug of the case. */
void answer_add(oracle_answer *out, const void *bytes, size_t size);
void answer_add_u32(oracle_answer *out, uint32_t value);

/* Fixed parts of an input; the cases are well formed in these, so that a short one ends the run. */
const uint8_t *take(mote_bytes *input, size_t size);
uint32_t take_u32(mote_bytes *input);
uint64_t take_u64(mote_bytes *input);
mote_bytes take_sized(mote_bytes *input); /* u32 size, then the bytes */

#endif
