/* SPDX-License-Identifier: Apache-2.0 */
#include "explain.h"

#include <inttypes.h>
#include <string.h>

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
    {MOTE_E_COMPACT_PROOF, "the nodes of one trie, in order, each once"},
    {MOTE_E_BAD_SIGNATURE, "a signature that holds"},
    {MOTE_E_BAD_PUBLIC_KEY, "a point of the curve as key"},
    {MOTE_E_BELOW_THRESHOLD, "votes of more than two thirds of the set's weight"},
    {MOTE_E_ANCESTRY_NUMBER, "headers whose numbers count down along their parents"},
    {MOTE_E_TARGET_MISMATCH, "the block that the header is"},
    {MOTE_E_TARGET_NUMBER, "the number that goes with the hash"},
    {MOTE_E_HEADER_LINK, "the hash that its child names as its parent's"},
    {MOTE_E_HEADER_NUMBER, "the number before its child's"},
    {MOTE_E_HEADER_HASH, "the block whose hash is proven"},
    {MOTE_E_VALUE_MISMATCH, "the value that was asked about"},
    {MOTE_E_VALUE_NOT_IN_PROOF, "the value that this one names by hash"},
    {MOTE_E_GENESIS_MISMATCH, "the genesis of the chain that is named"},
    {MOTE_E_CHECKPOINT_MISMATCH, "the checkpoint that it was made for"},
    {MOTE_E_SET_ID_OVERFLOW, "a set id below 2^64 - 1"},
    {MOTE_E_UNKNOWN_CHAIN, "a chain that mote knows"},
    {MOTE_E_LIMIT_MEMORY, "work that the memory put aside is enough for"},
};

static const char *expectation(mote_status status) {
    for (size_t i = 0; i < sizeof expectations / sizeof expectations[0]; i++) {
        if (expectations[i].status == status) return expectations[i].expected;
    }
    return NULL;
}

static const char *bytes_at_fault(app *app, mote_status status) {
    const report *report = &app->report;
    mote_bytes bytes = report->found_bytes;
    if (report->offset == MOTE_NO_OFFSET) return mote_status_text(status);
    if (bytes.size == 0) return app_text(app, "the end, after %zu bytes", report->input_size);
    if (bytes.size <= SHOWN) return app_hex(app, bytes);
    return app_text(app, "%s...", app_hex(app, (mote_bytes){bytes.data, SHOWN}));
}

void explain(app *app, mote_status status) {
    report *report = &app->report;
    report->expected = expectation(status);
    report->found = bytes_at_fault(app, status);
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

/* What the index of a justification's fault counts. Of a vote that its ancestry contradicts the byte is in a header. */
static bool is_about_a_vote(mote_status status) {
    return status == MOTE_E_BAD_SIGNATURE || status == MOTE_E_BAD_PUBLIC_KEY ||
           status == MOTE_E_UNKNOWN_VOTER || status == MOTE_E_VOTE_BELOW_TARGET ||
           status == MOTE_E_VOTE_NOT_DESCENDANT || status == MOTE_E_TARGET_NUMBER ||
           status == MOTE_E_ANCESTRY_NUMBER;
}

static void explain_vote(app *app, mote_status status, const mote_justification_report *report,
                         const precommit *vote, bool first) {
    struct report *out = &app->report;
    const char *target = block_text(app, &report->target_hash, report->target_number);
    if (status == MOTE_E_BAD_SIGNATURE) {
        explain_signature(app, report, vote, first);
    } else if (status == MOTE_E_UNKNOWN_VOTER || status == MOTE_E_BAD_PUBLIC_KEY) {
        out->found = app_hex(app, (mote_bytes){vote->key, 32});
    } else if (status == MOTE_E_TARGET_NUMBER) {
        out->expected = app_text(app, "a vote for %s", target);
        out->found = block_text(app, &vote->hash, vote->number);
    } else if (status != MOTE_E_ANCESTRY_NUMBER) {
        out->expected = app_text(app, "a vote for %s or a descendant of it", target);
        out->found = block_text(app, &vote->hash, vote->number);
    }
}

static void explain_weight(app *app, const mote_justification_report *report) {
    app->report.expected = app_text(app, "a weight of at least %" PRIu64 " of %" PRIu64,
                                    report->threshold, report->total);
    app->report.found = app_text(app, "%" PRIu64 ", of %" PRIu32 " voters", report->counted_weight,
                                 report->counted_voters);
}

/* The ancestry header at fault, as a block. */
static void explain_ancestor(app *app, mote_bytes justification, const mote_fault *fault) {
    size_t offset = mote_fault_offset(fault, justification);
    if (offset > justification.size) return;
    mote_cursor cursor =
        mote_cursor_over((mote_bytes){justification.data + offset, justification.size - offset});
    mote_header header;
    mote_read_header(&cursor, &header);
    if (cursor.status != MOTE_OK) return;
    app->report.found = block_text(app, &header.hash, header.number);
}

static void explain_votes(app *app, mote_status status, const mote_justification_report *report,
                          mote_bytes justification, const mote_fault *fault,
                          const mote_header *header) {
    struct report *out = &app->report;
    precommit vote;
    if (is_about_a_vote(status) && read_precommit(&vote, justification, fault->index)) {
        explain_vote(app, status, report, &vote, fault->index == 0);
    } else if (status == MOTE_E_BELOW_THRESHOLD) {
        explain_weight(app, report);
    } else if ((status == MOTE_E_TARGET_MISMATCH || status == MOTE_E_TARGET_NUMBER) &&
               header != NULL) {
        out->expected = block_text(app, &header->hash, header->number);
        out->found = block_text(app, &report->target_hash, report->target_number);
    }
    bool ancestor = status == MOTE_E_ANCESTRY_NUMBER || status == MOTE_E_ANCESTRY_UNUSED ||
                    status == MOTE_E_ANCESTRY_DUPLICATE;
    if (ancestor) explain_ancestor(app, justification, fault);
}

void explain_justification(app *app, mote_status status, const mote_justification_report *report,
                           mote_bytes justification, const mote_header *header) {
    mote_fault fault = app->context.fault;
    explain_item(app, is_about_a_vote(status) ? "precommit" : "ancestry header");
    if (fault.status == status) {
        explain_votes(app, status, report, justification, &fault, header);
    }
}

/* --- warp fragments --------------------------------------------------------------------------------------------- */
/* The fragment at fault, and the one before it. */
typedef struct fragments {
    mote_header header, before;
    mote_bytes justification;
} fragments;

static bool read_fragments(fragments *out, mote_bytes warp, uint32_t index) {
    mote_cursor cursor = mote_cursor_over(warp);
    memset(out, 0, sizeof *out);
    (void)mote_read_compact_u32(&cursor);
    for (uint32_t i = 0; i <= index && cursor.status == MOTE_OK; i++) {
        out->before = out->header;
        mote_read_header(&cursor, &out->header);
        out->justification = mote_read_justification(&cursor);
    }
    return cursor.status == MOTE_OK;
}

/* Votes are judged once more, alone: the fault of a stream has no precommit. */
static void explain_fragment_votes(app *app, mote_status status, const fragments *at,
                                   const mote_authority_set *set) {
    size_t size = mote_justification_memory(at->justification.size, set->voters) + 65536;
    mote_context context;
    mote_finalized_block block;
    mote_justification_report report;
    mote_context_init(&context, app_take(app, size, 1), size, app->context.seed);
    mote_status again =
        mote_justification_verify(&context, &block, &report, set, at->justification, &at->header);
    if (again != status) return;
    explain_votes(app, status, &report, at->justification, &context.fault, &at->header);
}

static void explain_place(app *app, mote_status status, const fragments *at, bool first,
                          const warp_origin *origin) {
    struct report *out = &app->report;
    const char *found = block_text(app, &at->header.hash, at->header.number);
    uint32_t before = first ? origin->number : at->before.number;
    if (status == MOTE_E_NOT_ABOVE_TRUSTED) {
        out->expected = app_text(app, "a block above number %" PRIu32, before);
        out->found = found;
    } else if (status == MOTE_E_HEADER_LINK) {
        out->expected = app_text(app, "a child of block %" PRIu32 " %s", origin->number,
                                 app_hash(app, &origin->hash));
        out->found = app_text(app, "a child of %s", app_hash(app, &at->header.parent_hash));
    } else if (status == MOTE_E_HANDOVER_MISSING) {
        out->found = app_text(app, "%s without one", found);
    }
}

void explain_fragment(app *app, mote_status status, mote_bytes warp, const warp_origin *origin) {
    uint32_t index = app->report.index;
    fragments at;
    /* Behind the last fragment none is at fault. */
    if (status == MOTE_E_TRAILING_BYTES) app->report.index = MOTE_NO_INDEX;
    explain_item(app, "fragment");
    if (index == MOTE_NO_INDEX || !read_fragments(&at, warp, index)) return;
    explain_place(app, status, &at, index == 0, origin);
    if (origin->set != NULL) explain_fragment_votes(app, status, &at, origin->set);
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
