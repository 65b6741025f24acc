/* SPDX-License-Identifier: Apache-2.0 */
/* A second reading of nodes' answers: into memory apart, a step at a time, with a list for every value. */
#ifndef MOTE_TEST_SOURCE_MODEL_H
#define MOTE_TEST_SOURCE_MODEL_H

#include "fixture.h"

#include "mote/source.h"

/* Reads the text as an answer (or a notification) of that kind in both ways, and stops the process (abort) where these
 * differ, or where a reading that fails leaves something behind. Returns the verdict of the one in place. */
mote_status source_model_judge(mote_bytes text, mote_request_kind kind, bool is_notice);

#endif
