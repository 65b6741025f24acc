/* SPDX-License-Identifier: Apache-2.0 */
/* A byte of kind (from 128: of a notification), and a node's message: read in place as apart. What comes out goes on to the
 * readers of finality proofs and hints. */
#include "source_model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) abort();                                                                 \
    } while (0)

static void read_hint(mote_bytes text) {
    mote_context *context = fixture_context(1);
    mote_rpc_message message;
    mote_extrinsic_hint hint;
    mote_hash hash;
    if (mote_rpc_parse(context, &message, text) != MOTE_OK) return;
    mote_status status = mote_extrinsic_hint_read(context, &hint, &hash, message.result);
    REQUIRE(status == MOTE_OK || (status == MOTE_E_BAD_FORMAT && hint == MOTE_HINT_NONE));
}

static void read_finality(mote_bytes text) {
    mote_context *context = fixture_context(1);
    mote_finality_proof proof;
    if (mote_finality_proof_read(context, &proof, text) != MOTE_OK) {
        REQUIRE(proof.headers.data == NULL && proof.justification.data == NULL);
        return;
    }
    REQUIRE(proof.headers.size >= proof.last_header.size);
    REQUIRE((proof.header_count == 0) == (proof.last_header.size == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    const mote_bytes text = {data + 1, size - 1};
    const mote_request_kind kind = (mote_request_kind)(data[0] % 128 % MOTE_REQUEST_KINDS);
    bool is_notice = data[0] >= 128;
    bool is_notified = kind == MOTE_REQUEST_JUSTIFICATIONS || kind == MOTE_REQUEST_FINAL_HEADS ||
                       kind == MOTE_REQUEST_NEW_HEADS;
    bool is_answered = kind != MOTE_REQUEST_NONE && kind != MOTE_REQUEST_WARP;
    if (is_notice ? is_notified : is_answered) (void)source_model_judge(text, kind, is_notice);
    if (is_notice && kind == MOTE_REQUEST_SUBMIT) read_hint(text);
    if (!is_answered) read_finality(text);
    return 0;
}
