/* SPDX-License-Identifier: Apache-2.0 */
#include "operations.h"

const operation_function operation_table[MODULE_OPERATIONS] = {
    [OPERATION_START] = operation_start,
#ifdef MODULE_IS_LIGHT_CLIENT
    [OPERATION_HASH] = operation_hash,
    [OPERATION_STORAGE_HASH] = operation_storage_hash,
    [OPERATION_HASH_BEGIN] = operation_hash_begin,
    [OPERATION_HASH_UPDATE] = operation_hash_update,
    [OPERATION_HASH_END] = operation_hash_end,
    [OPERATION_ED25519_VERIFY] = operation_ed25519_verify,
    [OPERATION_ED25519_BATCH] = operation_ed25519_batch,
    [OPERATION_HEADER_DECODE] = operation_header_decode,
    [OPERATION_HEADER_ENCODE] = operation_header_encode,
    [OPERATION_AUTHORITY_SET] = operation_authority_set,
    [OPERATION_JUSTIFICATION_DECODE] = operation_justification_decode,
    [OPERATION_JUSTIFICATION_VERIFY] = operation_justification_verify,
    [OPERATION_COMMIT_VERIFY] = operation_commit_verify,
    [OPERATION_EQUIVOCATION_VERIFY] = operation_equivocation_verify,
    [OPERATION_FINALIZED_HEADER_OF] = operation_finalized_header_of,
    [OPERATION_FINALIZED_PARENT] = operation_finalized_parent,
    [OPERATION_ASSUME_HEADER] = operation_assume_header,
    [OPERATION_ASSUME_STATE_ROOT] = operation_assume_state_root,
    [OPERATION_CHECKPOINT_FROM_LIGHT_SYNC_STATE] = operation_checkpoint_from_light_sync_state,
    [OPERATION_CHECKPOINT_FROM_PARTS] = operation_checkpoint_from_parts,
    [OPERATION_CHECKPOINT_DECODE] = operation_checkpoint_decode,
    [OPERATION_CHECKPOINT_AGE] = operation_checkpoint_age,
    [OPERATION_GENESIS] = operation_genesis,
    [OPERATION_TRIE_ROOT] = operation_trie_root,
    [OPERATION_ORDERED_TRIE_ROOT] = operation_ordered_trie_root,
    [OPERATION_PROOF_READ] = operation_proof_read,
    [OPERATION_PROOF_SCAN] = operation_proof_scan,
    [OPERATION_PROOF_PATH] = operation_proof_path,
    [OPERATION_PROOF_NEXT_KEY] = operation_proof_next_key,
    [OPERATION_PROOF_MERKLE_VALUE] = operation_proof_merkle_value,
    [OPERATION_PARA_HEAD] = operation_para_head,
    [OPERATION_PARA_PARENT] = operation_para_parent,
    [OPERATION_PARA_LIFECYCLE] = operation_para_lifecycle,
    [OPERATION_PARA_CODE] = operation_para_code,
    [OPERATION_PARA_PROGRESS] = operation_para_progress,
    [OPERATION_WARP_NEW] = operation_warp_new,
    [OPERATION_WARP_FEED] = operation_warp_feed,
    [OPERATION_WARP_FINISH] = operation_warp_finish,
    [OPERATION_WARP_LINKS] = operation_warp_links,
    [OPERATION_BUNDLE_NEW] = operation_bundle_new,
    [OPERATION_BUNDLE_NEXT] = operation_bundle_next,
    [OPERATION_BUNDLE_ENCODE] = operation_bundle_encode,
    [OPERATION_JUSTIFICATION_SPLIT] = operation_justification_split,
    [OPERATION_JUSTIFICATION_JOIN] = operation_justification_join,
    [OPERATION_WORK_TAKE] = operation_work_take,
    [OPERATION_WORK_JOIN] = operation_work_join,
    [OPERATION_WORK_JUDGE_OLDEST] = operation_work_judge_oldest,
    [OPERATION_WORK_JUDGE] = operation_work_judge,
    [OPERATION_CLOSE] = operation_close,
#endif
#define ENTRY(name) operation_##name,
    MODULE_OWN(ENTRY) /* numbered on from the last one above */
};

#ifdef MODULE_LIVE
#define NUMBER(name) OWN_##name,
typedef enum own_operation { OWN_BEFORE = OPERATION_COUNT - 1, MODULE_OWN(NUMBER) } own_operation;
#endif

bool operation_keeps_state(uint32_t code) {
#ifdef MODULE_LIVE
    if (code >= OWN_client_open) return true; /* the client's operations come last */
#endif
#ifdef MODULE_IS_LIGHT_CLIENT
    switch (code) {
    case OPERATION_WARP_NEW:
    case OPERATION_WARP_FEED:
    case OPERATION_WARP_FINISH:
    case OPERATION_WARP_LINKS:
    case OPERATION_BUNDLE_NEW:
    case OPERATION_BUNDLE_NEXT:
    case OPERATION_JUSTIFICATION_SPLIT:
    case OPERATION_JUSTIFICATION_JOIN:
    case OPERATION_WORK_TAKE:
    case OPERATION_WORK_JOIN:
    case OPERATION_WORK_JUDGE_OLDEST: return true;
    default: return false;
    }
#else
    (void)code;
    return false;
#endif
}
