/* SPDX-License-Identifier: Apache-2.0 */
/* The relay chain may set a head that does not descend from the one before (force_set_current_head, E.1). */
#include "mote/para.h"

static mote_para_progress progress(const mote_para_header *earlier, const mote_para_header *later) {
    if (mote_hash_equal(&earlier->hash, &later->hash)) return MOTE_PARA_PROGRESS_NONE;
    if (later->number <= earlier->number) return MOTE_PARA_PROGRESS_REPLACED;
    if (later->number - earlier->number > 1) return MOTE_PARA_PROGRESS_AHEAD;
    bool follows = mote_hash_equal(&later->parent_hash, &earlier->hash);
    return follows ? MOTE_PARA_PROGRESS_CHILD : MOTE_PARA_PROGRESS_REPLACED;
}

mote_status mote_para_progress_of(mote_context *context, mote_para_progress *out,
                                  const mote_para_header *earlier, const mote_para_header *later) {
    *out = MOTE_PARA_PROGRESS_REPLACED;
    if (mote_para_header_check(earlier) != MOTE_OK || mote_para_header_check(later) != MOTE_OK) {
        return mote_fail(context, MOTE_E_NO_EVIDENCE, NULL, MOTE_NO_INDEX);
    }
    if (earlier->para_id != later->para_id || later->relay_number < earlier->relay_number) {
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    }
    *out = progress(earlier, later);
    return MOTE_OK;
}

const char *mote_para_progress_name(mote_para_progress progress) {
    switch (progress) {
    case MOTE_PARA_PROGRESS_NONE: return "none";
    case MOTE_PARA_PROGRESS_CHILD: return "child";
    case MOTE_PARA_PROGRESS_AHEAD: return "ahead";
    case MOTE_PARA_PROGRESS_REPLACED: return "replaced";
    }
    return "unknown";
}
