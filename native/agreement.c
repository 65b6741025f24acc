/* SPDX-License-Identifier: Apache-2.0 */
#include "agreement.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "app.h"
#include "explain.h"
#include "links.h"
#include "mote/babe.h"
#include "mote/grandpa.h"
#include "mote/hash.h"
#include "mote/limits.h"
#include "peer.h"
#include "trust.h"

#define SECONDS 60u
#define AGAIN_AFTER 1000000u /* microseconds: a block is about to come */
#define KEY_SIZE 32u

typedef struct agreement {
    app *app;
    net *net;
    peer **peers; /* those that are there first */
    size_t count, opened;
    double until;
    const mote_chain *chain;
    mote_hash genesis;
    mote_header header;
    mote_bytes justification;
    mote_bytes authorities; /* the value of the state */
    uint64_t set_id;
    mote_justification_report report;
} agreement;

/* --- failures ---------------------------------------------------------------------------------------------------- */
static bool fail_peer(agreement *all, host_status status, const peer *peer, const char *expected) {
    fail_host(all->app, status, NULL, MOTE_NO_OFFSET);
    all->app->report.expected = expected;
    all->app->report.found = app_text(all->app, "%s: %s", peer_url(peer), peer_why(peer));
    return false;
}

static bool disagree(agreement *all, const char *about, const peer *one, const mote_hash *its,
                     const peer *other, const mote_hash *others) {
    app *app = all->app;
    fail_host(app, HOST_DISAGREEMENT, NULL, MOTE_NO_OFFSET);
    app->report.expected =
        app_text(app, "%s: %s, as %s says", about, app_hash(app, its), peer_url(one));
    app->report.found = app_text(app, "%s says %s", peer_url(other), app_hash(app, others));
    app->report.hint = "one of them is of another chain, or lies";
    return false;
}

/* --- nodes --------------------------------------------------------------------------------------------------------- */
static bool connect_all(agreement *all) {
    const names *urls = &all->app->args.sources;
    const peer *gone = NULL;
    all->peers = app_take(all->app, urls->count, sizeof *all->peers);
    for (size_t i = 0; i < urls->count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (strcmp(urls->items[i], urls->items[j]) == 0)
                return usage_error(all->app, "--source: '%s' twice is one node", urls->items[i]);
        }
        peer *peer = peer_new(all->app, all->net, urls->items[i], all->until);
        if (peer == NULL) return false;
        all->peers[all->opened++] = peer;
        if (peer_is_open(peer)) {
            all->peers[all->opened - 1] = all->peers[all->count];
            all->peers[all->count++] = peer;
        } else {
            gone = peer;
            say(all->app, "  %s source      %s: %s\n", bad(all->app, "no"), peer_url(peer),
                peer_why(peer));
        }
    }
    if (all->count >= 2) return true;
    return fail_peer(all, HOST_NO_SOURCE, gone, "two nodes that can be reached");
}

static bool ask(agreement *all, peer *peer, mote_reply *out, const mote_request *request) {
    peer_answer answer = peer_ask(peer, out, request, all->until);
    if (answer == PEER_ANSWERED) return true;
    return fail_peer(all, answer == PEER_WRONG ? HOST_DISAGREEMENT : HOST_NO_ANSWER, peer,
                     app_text(all->app, "an answer (%s)", mote_request_name(request->kind)));
}

/* A node may be a block behind: it is asked until it knows. */
static bool ask_hash(agreement *all, peer *peer, mote_hash *out, uint32_t number) {
    mote_reply reply;
    const mote_request request = {.kind = MOTE_REQUEST_BLOCK_HASH, .number = number};
    for (;;) {
        if (!ask(all, peer, &reply, &request)) return false;
        *out = reply.hash;
        if (reply.present) return true;
        if (app_milliseconds() >= all->until)
            return fail_peer(all, HOST_NO_ANSWER, peer, "a node that knows the block");
        usleep(AGAIN_AFTER);
    }
}

static bool all_say(agreement *all, const char *about, uint32_t number, const mote_hash *hash) {
    mote_hash other;
    for (size_t i = 1; i < all->count; i++) {
        if (!ask_hash(all, all->peers[i], &other, number)) return false;
        if (!mote_hash_equal(&other, hash))
            return disagree(all, about, all->peers[0], hash, all->peers[i], &other);
    }
    return true;
}

static bool agree_on_genesis(agreement *all) {
    app *app = all->app;
    static const mote_hash unknown = {{0}};
    if (!ask_hash(all, all->peers[0], &all->genesis, 0) ||
        !all_say(all, "block 0", 0, &all->genesis)) {
        return false;
    }
    const mote_chain *found = mote_chain_by_genesis(&all->genesis);
    const mote_hash *wanted = app->args.has_genesis ? &app->args.genesis
                              : all->chain != NULL  ? &all->chain->genesis
                                                    : &unknown;
    if (!mote_hash_equal(wanted, &unknown) && !mote_hash_equal(wanted, &all->genesis)) {
        fail_host(app, HOST_DISAGREEMENT, NULL, MOTE_NO_OFFSET);
        app->report.expected = app_text(app, "block 0 %s", app_hash(app, wanted));
        app->report.found = app_text(app, "%s, say the sources", app_hash(app, &all->genesis));
        return false;
    }
    if (all->chain == NULL) all->chain = found;
    return true;
}

/* --- the block ------------------------------------------------------------------------------------------------------ */
static bool read_header(agreement *all, mote_header *out, const mote_hash *hash) {
    mote_reply reply;
    const mote_request request = {.kind = MOTE_REQUEST_HEADER, .hash = *hash};
    if (!ask(all, all->peers[0], &reply, &request)) return false;
    mote_status status = mote_header_decode(&all->app->context, out, reply.bytes);
    if (status == MOTE_OK && !mote_hash_equal(&out->hash, hash)) status = MOTE_E_HEADER_HASH;
    if (status == MOTE_OK) return true;
    all->app->subject = peer_url(all->peers[0]);
    return fail_core(all->app, status);
}

/* The newest justification that the node has. */
static bool newest_justification(agreement *all, mote_hash *block) {
    mote_reply reply;
    mote_header header;
    mote_finality_proof proof;
    mote_request request = {.kind = MOTE_REQUEST_FINALIZED};
    if (!ask(all, all->peers[0], &reply, &request)) return false;
    if (!read_header(all, &header, &reply.hash)) return false;
    request = (mote_request){.kind = MOTE_REQUEST_FINALITY, .number = header.number};
    if (!ask(all, all->peers[0], &reply, &request)) return false;
    all->justification = (mote_bytes){NULL, 0};
    if (!reply.present) return true;
    mote_status status = mote_finality_proof_read(&all->app->context, &proof, reply.bytes);
    all->app->subject = peer_url(all->peers[0]);
    if (status != MOTE_OK) return fail_core(all->app, status);
    all->justification = proof.justification;
    *block = proof.block;
    return true;
}

/* Behind a block that changes the set another one is in office than the one that has signed it. */
static bool changes_the_set(const mote_header *header) {
    mote_grandpa_log log;
    return mote_header_find_grandpa_log(header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE) ||
           mote_header_find_grandpa_log(header, &log, MOTE_GRANDPA_FORCED_CHANGE);
}

static bool find_block(agreement *all) {
    for (;;) {
        mote_hash block;
        if (!newest_justification(all, &block)) return false;
        if (all->justification.size != 0) {
            if (!read_header(all, &all->header, &block)) return false;
            if (!changes_the_set(&all->header)) return true;
        }
        if (app_milliseconds() >= all->until)
            return fail_peer(all, HOST_NO_ANSWER, all->peers[0], "a justification of a new block");
        usleep(AGAIN_AFTER);
    }
}

/* --- the set ----------------------------------------------------------------------------------------------------------- */
static mote_bytes text(const char *string) {
    return (mote_bytes){(const uint8_t *)string, strlen(string)};
}

static bool read_proof(agreement *all, mote_proof *out, const mote_bytes *keys, uint32_t count,
                       const mote_state_root *root) {
    mote_reply reply;
    const mote_request request = {
        .kind = MOTE_REQUEST_READ, .hash = all->header.hash, .keys = keys, .key_count = count};
    if (!ask(all, all->peers[0], &reply, &request)) return false;
    mote_status status =
        mote_proof_load(&all->app->context, out, root, reply.bytes, MOTE_PROOF_STRICT);
    all->app->subject = peer_url(all->peers[0]);
    return status == MOTE_OK || fail_core(all->app, status);
}

static bool value_of(agreement *all, mote_proven_value *out, const mote_proof *proof,
                     mote_bytes key) {
    const mote_trie_view view = mote_proof_main(proof);
    mote_status status = mote_trie_read(&all->app->context, out, &view, key);
    return status == MOTE_OK || fail_core(all->app, status);
}

/* Grandpa::Authorities, or where chains had them before, and Grandpa::CurrentSetId. */
static bool read_set(agreement *all) {
    uint8_t room[2][KEY_SIZE];
    mote_proof proof;
    mote_proven_value list, older, id;
    mote_storage_prefix(room[0], text("Grandpa"), text("Authorities"));
    mote_storage_prefix(room[1], text("Grandpa"), text("CurrentSetId"));
    const mote_bytes keys[] = {
        {room[0], KEY_SIZE}, {room[1], KEY_SIZE}, text(":grandpa_authorities")};
    const mote_state_root root = mote_state_assumed(&all->header.state_root);
    if (!read_proof(all, &proof, keys, 3, &root) || !value_of(all, &list, &proof, keys[0]) ||
        !value_of(all, &id, &proof, keys[1]) || !value_of(all, &older, &proof, keys[2])) {
        return false;
    }
    all->authorities = list.state == MOTE_VALUE_PRESENT ? list.value : older.value;
    if (all->authorities.size == 0 || id.state != MOTE_VALUE_PRESENT || id.value.size != 8) {
        fail_core(all->app, MOTE_E_CHECKPOINT_INCOHERENT);
        all->app->report.offset = 0;
        all->app->report.expected = "Grandpa's authorities and the id of their set in the state";
        all->app->report.found = "a chain without: a parachain has none, its relay chain has";
        return false;
    }
    all->set_id = mote_load_u64(id.value.data);
    return true;
}

static bool verify(agreement *all) {
    app *app = all->app;
    mote_authority_list list;
    mote_authority_set set;
    mote_finalized_block block;
    mote_voter *voters = app_take(app, MOTE_MAX_AUTHORITIES, sizeof *voters);
    app_source(app, peer_url(all->peers[0]), all->justification);
    mote_status status = mote_authority_list_decode(&app->context, &list, all->authorities);
    if (status == MOTE_OK) {
        status = mote_authority_set_build(&app->context, &set, voters, MOTE_MAX_AUTHORITIES, &list,
                                          all->set_id, MOTE_ASSUMED_AUTHORITIES);
    }
    if (status != MOTE_OK) return fail_core(app, status);
    status = mote_justification_verify(&app->context, &block, &all->report, &set,
                                       all->justification, &all->header);
    if (status == MOTE_OK) return true;
    fail_core(app, status);
    explain_justification(app, status, &all->report, all->justification, &all->header);
    return false;
}

/* --- BABE --------------------------------------------------------------------------------------------------------------- */
static bool add_epochs(agreement *all, mote_checkpoint *checkpoint) {
    app *app = all->app;
    uint8_t(*room)[MOTE_BABE_STATE_KEY_SIZE] = app_take(app, MOTE_BABE_STATE_KEYS, sizeof *room);
    mote_bytes keys[MOTE_BABE_STATE_KEYS];
    mote_proof proof;
    mote_babe_position position;
    const mote_state_root root = mote_state_of_relay(&checkpoint->finalized);
    mote_babe_state_keys(room);
    for (size_t i = 0; i < MOTE_BABE_STATE_KEYS; i++) {
        keys[i] = (mote_bytes){room[i], MOTE_BABE_STATE_KEY_SIZE};
    }
    if (!read_proof(all, &proof, keys, MOTE_BABE_STATE_KEYS, &root)) return false;
    mote_status status =
        mote_babe_at_state(&app->context, &position, &proof, app->args.epoch_slots);
    if (status != MOTE_OK) return fail_core(app, status);
    checkpoint->epoch[0] = position.current;
    checkpoint->epoch[1] = position.next;
    checkpoint->epoch_count = 2;
    return true;
}

/* --- all of it ------------------------------------------------------------------------------------------------------------ */
static void report_agreement(agreement *all) {
    app *app = all->app;
    json_t *urls = json_array();
    for (size_t i = 0; i < all->count; i++)
        json_array_append_new(urls, json_string(peer_url(all->peers[i])));
    report_detail(app, "agreed", urls);
    const mote_finalized_block block = {
        .hash = all->header.hash, .number = all->header.number, .set_id = all->set_id};
    mote_link link = link_of_finality(&block, &all->report);
    link.state_root = all->header.state_root;
    link_verified(app, &link, 0);
    say(app, "  agreed           by %zu nodes\n", all->count);
}

static bool find(agreement *all, mote_checkpoint *checkpoint) {
    app *app = all->app;
    if (!connect_all(all) || !agree_on_genesis(all) || !find_block(all) ||
        !all_say(all, app_text(app, "block %" PRIu32, all->header.number), all->header.number,
                 &all->header.hash) ||
        !read_set(all) || !verify(all)) {
        return false;
    }
    mote_status status = mote_checkpoint_from_parts(&app->context, checkpoint, all->header.encoded,
                                                    all->authorities, all->set_id, all->chain);
    if (status != MOTE_OK) return fail_core(app, status);
    checkpoint->genesis = all->genesis;
    label_checkpoint(checkpoint, app->args.chain);
    if (app->args.with_babe && !add_epochs(all, checkpoint)) return false;
    report_agreement(all);
    return true;
}

bool agreement_find(app *app, mote_checkpoint *checkpoint) {
    agreement all = {.app = app};
    uint32_t seconds = app->args.has_timeout ? app->args.timeout : SECONDS;
    if (app->args.sources.count < 2)
        return usage_error(app, "--source: two nodes or more have to agree");
    if (app->args.with_babe && !app->args.has_epoch_slots)
        return usage_error(app, "--with-babe needs --epoch-slots N here: no state holds it");
    if (!chain_option(app, &all.chain)) return false;
    all.until = app_milliseconds() + seconds * 1e3;
    const char *why;
    all.net = mote_net_new(true, app->args.ca, &why);
    if (all.net == NULL) return usage_error(app, "%s", why);
    bool found = find(&all, checkpoint);
    for (size_t i = 0; i < all.opened; i++) peer_free(all.peers[i]);
    mote_net_free(all.net);
    return found;
}
