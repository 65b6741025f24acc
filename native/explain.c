/* SPDX-License-Identifier: Apache-2.0 */
#include "explain.h"

#include <inttypes.h>

#include "app.h"
#include "mote/limits.h"

#define SHOWN 16u

/* What the byte at fault should have been. */
static const struct {
    mote_status status;
    const char *expected;
} expectations[] = {
    {MOTE_E_TRUNCATED, "more bytes"},
    {MOTE_E_TRAILING_BYTES, "the end"},
    {MOTE_E_COMPACT_NOT_CANONICAL, "a compact integer in its shortest form"},
    {MOTE_E_COMPACT_TOO_LARGE, "a smaller compact integer"},
    {MOTE_E_LENGTH_BEYOND_INPUT, "a length that the rest can hold"},
    {MOTE_E_BAD_OPTION, "00 or 01"},
    {MOTE_E_BAD_ENUM, "one of the choices that this version has"},
    {MOTE_E_BAD_FORMAT, "the layout of this format"},
    {MOTE_E_VERSION, "version 1"},
    {MOTE_E_CHECKPOINT_INCOHERENT, "a header, a set and epochs that do not contradict each other"},
    {MOTE_E_ROOT_MISMATCH, "an entry whose hash is the root"},
    {MOTE_E_NODE_HEADER, "the first byte of a trie node"},
    {MOTE_E_NODE_PARTIAL_TOO_LONG, "a partial key that the node holds"},
    {MOTE_E_NODE_LONE_CHILD, "a value, or two children"},
    {MOTE_E_NODE_EMPTY_BELOW_ROOT, "a node that is not empty"},
    {MOTE_E_UNTRUSTWORTHY_SET, "a set that nobody else can vote for"},
    {MOTE_E_LIMIT_COUNT, "no more items than mote allows"},
    {MOTE_E_LIMIT_SIZE, "no larger item than mote allows"},
    {MOTE_E_LIMIT_WORK, "less work than mote allows"},
    {MOTE_E_HEAD_NOT_HEADER, "a header as the parachain's head"},
    {MOTE_E_LINK_MISSING, "the link between what is proven and what is asked"},
    {MOTE_E_BAD_DIGEST_TYPE, "a digest item's type: 00, 04, 05, 06 or 08"},
    {MOTE_E_NODE_PADDING, "a first nibble of zero"},
    {MOTE_E_NODE_NO_CHILDREN, "a child bitmap with a bit set"},
    {MOTE_E_NODE_CHILD_LENGTH, "a child of at most 32 bytes"},
    {MOTE_E_PROOF_DUPLICATE_NODE, "every node once"},
    {MOTE_E_PROOF_UNREACHABLE_NODE, "only entries that the root leads to"},
    {MOTE_E_ANCESTRY_DUPLICATE, "every header once"},
    {MOTE_E_ANCESTRY_UNUSED, "only headers between a vote and the target"},
    {MOTE_E_NO_PRECOMMITS, "at least one precommit"},
    {MOTE_E_WARP_EMPTY, "a fragment, or is_finished"},
    {MOTE_E_UNKNOWN_VOTER, "a key of the authority set"},
    {MOTE_E_VOTE_BELOW_TARGET, "a vote for the target or a descendant"},
    {MOTE_E_VOTE_NOT_DESCENDANT,
     "a vote for the target or a descendant shown by the ancestry headers"},
    {MOTE_E_NOT_ABOVE_TRUSTED, "a block above the one before"},
    {MOTE_E_HANDOVER_MISSING, "a header that carries a scheduled change"},
    {MOTE_E_AUTHORITIES_INVALID,
     "a set that is not empty, without zero weights, of less than 2^64"},
    {MOTE_E_CHILD_ROOT, "a child trie's root of 32 bytes"},
    {MOTE_E_PROOF_INCOMPLETE, "the node that this one names by hash"},
    {MOTE_E_STREAM_UNFINISHED, "more bytes"},
    {MOTE_E_LARGE_BLOCK_NUMBER, "a block number below 2^32"},
    {MOTE_E_FORCED_CHANGE, "no forced change"},
    {MOTE_E_DELAYED_CHANGE, "a change without delay"},
    {MOTE_E_CHECKSUM, "bytes that fit the check sum"},
};

static const char *expectation(mote_status status) {
    for (size_t i = 0; i < sizeof expectations / sizeof expectations[0]; i++) {
        if (expectations[i].status == status) return expectations[i].expected;
    }
    return NULL;
}

static const char *bytes_at_fault(app *app) {
    const report *report = &app->report;
    mote_bytes bytes = report->found_bytes;
    if (report->offset == MOTE_NO_OFFSET) return NULL;
    if (bytes.size == 0) return app_text(app, "the end, after %zu bytes", report->input_size);
    if (bytes.size <= SHOWN) return app_hex(app, bytes);
    return app_text(app, "%s...", app_hex(app, (mote_bytes){bytes.data, SHOWN}));
}

void explain(app *app, mote_status status) {
    report *report = &app->report;
    report->expected = expectation(status);
    report->found = bytes_at_fault(app);
    if (status == MOTE_E_TRAILING_BYTES) {
        report->found = app_text(app, "%zu more bytes", report->found_bytes.size);
    }
    if (mote_status_class_of(status) == MOTE_CLASS_BUG ||
        mote_status_class_of(status) == MOTE_CLASS_INTERNAL) {
        report->hint = "this is a bug of mote: please report it";
    }
}

void explain_item(app *app, const char *item) {
    if (app->report.index != MOTE_NO_INDEX) app->report.item = item;
}

/* --- justifications ------------------------------------------------------------------------------------------- */
#define PRECOMMIT_SIZE 132u

typedef struct precommit {
    mote_hash hash;
    uint32_t number;
    uint8_t signature[64];
    uint8_t key[32];
} precommit;

/* round u64, hash, number u32, then the vector. */
static bool read_precommit(precommit *out, mote_bytes justification, uint32_t index) {
    mote_cursor cursor = mote_cursor_over(justification);
    mote_read_span(&cursor, 8 + 32 + 4);
    uint32_t count = mote_read_count(&cursor, PRECOMMIT_SIZE, UINT32_MAX);
    if (index >= count) return false;
    mote_read_span(&cursor, (size_t)index * PRECOMMIT_SIZE);
    out->hash = mote_read_hash(&cursor);
    out->number = mote_read_u32(&cursor);
    mote_read_array(&cursor, out->signature, sizeof out->signature);
    mote_read_array(&cursor, out->key, sizeof out->key);
    return cursor.status == MOTE_OK;
}

static const char *block_text(app *app, const mote_hash *hash, uint32_t number) {
    return app_text(app, "block %" PRIu32 " %s", number, app_hash(app, hash));
}

static void explain_signature(app *app, const mote_justification_report *report,
                              const precommit *vote, bool first) {
    const char *key = app_hex(app, (mote_bytes){vote->key, 32});
    app->report.expected =
        app_text(app, "a signature of %s for %s in round %" PRIu64 " of set %" PRIu64, key,
                 block_text(app, &vote->hash, vote->number), report->round, report->set_id);
    app->report.found = app_hex(app, (mote_bytes){vote->signature, 64});
    if (first) {
        app->report.hint = "the first vote fails already: is it the right set id, and set?";
    }
}

static void explain_vote(app *app, mote_status status, const mote_justification_report *report,
                         const precommit *vote, bool first) {
    struct report *out = &app->report;
    if (status == MOTE_E_BAD_SIGNATURE) {
        explain_signature(app, report, vote, first);
    } else if (status == MOTE_E_UNKNOWN_VOTER || status == MOTE_E_BAD_PUBLIC_KEY) {
        out->found = app_hex(app, (mote_bytes){vote->key, 32});
    } else {
        out->expected = app_text(app, "a vote for %s or a descendant of it",
                                 block_text(app, &report->target_hash, report->target_number));
        out->found = block_text(app, &vote->hash, vote->number);
    }
}

static bool is_about_a_vote(mote_status status) {
    return status == MOTE_E_BAD_SIGNATURE || status == MOTE_E_BAD_PUBLIC_KEY ||
           status == MOTE_E_UNKNOWN_VOTER || status == MOTE_E_VOTE_BELOW_TARGET ||
           status == MOTE_E_VOTE_NOT_DESCENDANT;
}

void explain_justification(app *app, mote_status status, const mote_justification_report *report,
                           mote_bytes justification, uint32_t index, const mote_header *header) {
    struct report *out = &app->report;
    precommit vote;
    if (is_about_a_vote(status) && read_precommit(&vote, justification, index)) {
        if (index == out->index) out->item = "precommit";
        explain_vote(app, status, report, &vote, index == 0);
    } else if (status == MOTE_E_BELOW_THRESHOLD) {
        out->expected = app_text(app, "a weight of at least %" PRIu64 " of %" PRIu64,
                                 report->threshold, report->total);
        out->found = app_text(app, "%" PRIu64 ", of %" PRIu32 " voters", report->counted_weight,
                              report->counted_voters);
    } else if ((status == MOTE_E_TARGET_MISMATCH || status == MOTE_E_TARGET_NUMBER) &&
               header != NULL) {
        out->expected = block_text(app, &header->hash, header->number);
        out->found = block_text(app, &report->target_hash, report->target_number);
    } else {
        explain_item(app, "ancestry header");
    }
}

/* Which precommit the byte at fault belongs to. */
static uint32_t precommit_at(mote_bytes justification, const uint8_t *at) {
    mote_cursor cursor = mote_cursor_over(justification);
    mote_read_span(&cursor, 8 + 32 + 4);
    mote_read_count(&cursor, PRECOMMIT_SIZE, UINT32_MAX);
    size_t before = (size_t)(cursor.at - justification.data);
    size_t offset = (size_t)(at - justification.data);
    bool among = at >= justification.data && offset < justification.size && offset >= before;
    return among ? (uint32_t)((offset - before) / PRECOMMIT_SIZE) : MOTE_NO_INDEX;
}

void explain_fragment(app *app, mote_status status, mote_bytes warp, uint32_t index,
                      uint64_t set_id) {
    mote_cursor cursor = mote_cursor_over(warp);
    mote_header header;
    mote_justification_report report;
    mote_bytes justification = {NULL, 0};
    mote_fault fault = app->context.fault;
    explain_item(app, "fragment");
    (void)mote_read_compact_u32(&cursor);
    for (uint32_t i = 0; i <= index && cursor.status == MOTE_OK; i++) {
        mote_read_header(&cursor, &header);
        justification = mote_read_justification(&cursor);
    }
    if (cursor.status != MOTE_OK ||
        mote_justification_decode(&app->context, &report, justification) != MOTE_OK) {
        return;
    }
    report.set_id = set_id;
    const uint8_t *at = fault.at == NULL ? warp.data : fault.at;
    /* What the votes weigh under the set is not known here. */
    if (status == MOTE_E_BELOW_THRESHOLD) return;
    explain_justification(app, status, &report, justification, precommit_at(justification, at),
                          &header);
}

void explain_parent(app *app, mote_status status, const mote_header *child,
                    const mote_header *parent) {
    struct report *out = &app->report;
    if (status == MOTE_E_HEADER_LINK) {
        out->expected = app_text(app, "the parent of block %" PRIu32 ": %s", child->number,
                                 app_hash(app, &child->parent_hash));
        out->found = block_text(app, &parent->hash, parent->number);
    } else if (status == MOTE_E_HEADER_NUMBER) {
        out->expected = app_text(app, "number %" PRId64, (int64_t)child->number - 1);
        out->found = app_text(app, "number %" PRIu32, parent->number);
    }
}
