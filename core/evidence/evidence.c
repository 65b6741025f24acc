/* SPDX-License-Identifier: Apache-2.0 */
#include "mote/evidence.h"
#include "mote/issue.h"

#include <string.h>

/* One seal a type, so that a struct of one type read as another is no evidence. */
static const uint64_t block_seal = UINT64_C(0x6d6f74652d626c6b);
static const uint64_t header_seal = UINT64_C(0x6d6f74652d686472);
static const uint64_t para_seal = UINT64_C(0x6d6f74652d706172);
static const uint64_t state_seal = UINT64_C(0x6d6f74652d737461);

const char *mote_assumption_name(mote_assumption assumption) {
    switch (assumption) {
    case MOTE_ASSUMED_ROOT: return "root";
    case MOTE_ASSUMED_HEADER: return "header";
    case MOTE_ASSUMED_AUTHORITIES: return "authorities";
    case MOTE_ASSUMED_CHECKPOINT_AGE: return "checkpoint-age";
    case MOTE_ASSUMED_NOTHING: break;
    }
    return "nothing";
}

void mote_issue_finalized_block(mote_finalized_block *block) {
    block->seal = block_seal;
}

void mote_issue_finalized_header(mote_finalized_header *header) {
    header->seal = header_seal;
}

void mote_issue_para_header(mote_para_header *header) {
    header->seal = para_seal;
}

mote_status mote_finalized_block_check(const mote_finalized_block *block) {
    return block->seal == block_seal ? MOTE_OK : MOTE_E_NO_EVIDENCE;
}

mote_status mote_finalized_header_check(const mote_finalized_header *header) {
    return header->seal == header_seal ? MOTE_OK : MOTE_E_NO_EVIDENCE;
}

mote_status mote_para_header_check(const mote_para_header *header) {
    return header->seal == para_seal ? MOTE_OK : MOTE_E_NO_EVIDENCE;
}

mote_status mote_state_root_check(const mote_state_root *root) {
    return root->seal == state_seal ? MOTE_OK : MOTE_E_NO_EVIDENCE;
}

mote_finalized_block mote_finalized_block_of_header(const mote_finalized_header *header) {
    mote_finalized_block block;
    memset(&block, 0, sizeof block);
    if (mote_finalized_header_check(header) != MOTE_OK) return block;
    block.hash = header->hash;
    block.number = header->number;
    block.set_id = header->set_id;
    block.assumed = header->assumed;
    block.seal = block_seal;
    return block;
}

mote_state_root mote_state_of_relay(const mote_finalized_header *header) {
    mote_state_root state;
    memset(&state, 0, sizeof state);
    if (mote_finalized_header_check(header) != MOTE_OK) return state;
    state.root = header->state_root;
    state.origin = MOTE_STATE_OF_RELAY;
    state.block_hash = header->hash;
    state.block_number = header->number;
    state.assumed = header->assumed;
    state.seal = state_seal;
    return state;
}

mote_state_root mote_state_of_parachain(const mote_para_header *header) {
    mote_state_root state;
    memset(&state, 0, sizeof state);
    if (mote_para_header_check(header) != MOTE_OK) return state;
    state.root = header->state_root;
    state.origin = MOTE_STATE_OF_PARACHAIN;
    state.block_hash = header->hash;
    state.block_number = header->number;
    state.para_id = header->para_id;
    state.assumed = header->assumed;
    state.seal = state_seal;
    return state;
}

mote_state_root mote_state_assumed(const mote_hash *root) {
    mote_state_root state;
    memset(&state, 0, sizeof state);
    state.root = *root;
    state.origin = MOTE_STATE_ASSUMED;
    state.assumed = MOTE_ASSUMED_ROOT;
    state.seal = state_seal;
    return state;
}
