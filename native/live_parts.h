/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of the live client's commands. */
#ifndef MOTE_NATIVE_LIVE_PARTS_H
#define MOTE_NATIVE_LIVE_PARTS_H

#include "live.h"

/* Where trust starts: --checkpoint FILE, or --chain SPEC, or what is installed for --chain NAME. */
bool live_trust(live *live);
/* What every command does with an event. */
void live_note(live *live, const mote_client_event *event);
void live_details(live *live);
const char *live_url(const live *live, mote_source_id id); /* "" where it is gone */

/* The final relay block that values are under, as a link of the report, once. */
void live_report_finality(live *live);
/* A bundle that proves these values, to the file of --bundle. `ancestors` lead from the final relay block `head` down to the
 * one that they are under; `para_ancestors` from the parachain's head, whose header is `para_header` and which `para_proof`
 * shows there, down to the parachain's block. */
typedef struct live_answer {
    mote_hash head;
    mote_bytes ancestors;
    mote_bytes proof;
    const mote_bundle_query *queries;
    size_t query_count;
    bool of_para;
    mote_bytes para_proof, para_header, para_ancestors;
} live_answer;
bool live_write_bundle(live *live, const live_answer *answer);

#endif
