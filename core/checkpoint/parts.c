/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "coherence.h"

mote_status mote_checkpoint_from_parts(mote_context *context, mote_checkpoint *out,
                                       mote_bytes header, mote_bytes authorities, uint64_t set_id,
                                       const mote_chain *chain) {
    memset(out, 0, sizeof *out);
    mote_status status = mote_authority_list_decode(context, &out->authorities, authorities);
    if (status == MOTE_OK) status = mote_checkpoint_complete(context, out, header, set_id, chain);
    if (status != MOTE_OK) memset(out, 0, sizeof *out);
    return status;
}
