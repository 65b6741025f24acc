/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Issuing evidence. Only verifiers may see this header: core/CMakeLists.txt gives its folder to the modules that
 * verify and to nobody else, and it is not installed.
 */
#ifndef MOTE_ISSUE_H
#define MOTE_ISSUE_H

#include "mote/evidence.h"

/* Each sets the seal over fields that are filled already: the last line of a verifier. */
void mote_issue_finalized_block(mote_finalized_block *block);
void mote_issue_finalized_header(mote_finalized_header *header);
void mote_issue_para_header(mote_para_header *header);

#endif
