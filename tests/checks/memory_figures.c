/* SPDX-License-Identifier: Apache-2.0 */
#include "memory_figures.h"

#include "mote/block.h"
#include "mote/client.h"
#include "mote/ed25519.h"
#include "mote/grandpa.h"
#include "mote/mmr.h"
#include "mote/sr25519.h"
#include "mote/state.h"
#include "mote/trie.h"
#include "mote/warp.h"

/* What one more of something takes: of so many more, a part, rounded up. */
static size_t each(size_t with, size_t without, size_t more) {
    return (with - without + more - 1) / more;
}

struct figures {
    memory_figure *out;
    size_t count;
};

static void add(struct figures *to, const char *what, size_t bytes) {
    to->out[to->count++] = (memory_figure){what, bytes};
}

/* A precommit: hash, number, signature, key. */
#define VOTE ((size_t)132)

static void add_verifiers(struct figures *to) {
    add(to, "a voter of an authority set", sizeof(mote_voter));
    add(to, "an authority and its vote, while a justification is verified",
        each(mote_justification_memory(1024 * VOTE, 1024),
             mote_justification_memory(512 * VOTE, 512), 512));
    add(to, "an authority of the largest set, while a warp proof is verified",
        each(mote_warp_memory(2048, 0), mote_warp_memory(1024, 0), 1024));
    add(to, "a byte of the largest fragment, while a warp proof is verified",
        each(mote_warp_memory(512, 16 << 20), mote_warp_memory(512, 8 << 20), 8 << 20));
    add(to, "a warp proof over sets of 1024 authorities, in all", mote_warp_memory(1024, 0));
    add(to, "the same, eight fragments in a batch", mote_warp_threads_memory(1024, 0, 1024, 0));
    add(to, "the same, with two threads", mote_warp_threads_memory(1024, 0, 1024, 2));
    add(to, "a cached key", each(mote_ed25519_keys_size(2048), mote_ed25519_keys_size(1024), 1024));
    add(to, "an Ed25519 signature of a batch",
        each(mote_ed25519_batch_memory(1024), mote_ed25519_batch_memory(512), 512));
    add(to, "an sr25519 signature of a batch",
        each(mote_sr25519_batch_memory(1024), mote_sr25519_batch_memory(512), 512));
}

static void add_tries(struct figures *to) {
    add(to, "a node of a proof that is read",
        each(mote_proof_memory(8192, 1 << 20), mote_proof_memory(4096, 1 << 20), 4096));
    add(to, "a byte of a proof that is read",
        each(mote_proof_memory(4096, 2 << 20), mote_proof_memory(4096, 1 << 20), 1 << 20));
    add(to, "a proof of 4096 nodes and a mebibyte, in all", mote_proof_memory(4096, 1 << 20));
    add(to, "a key of a whole state, besides the bytes of key and value",
        each(mote_state_memory(200000, 0, 0), mote_state_memory(100000, 0, 0), 100000));
    add(to, "a node of a mountain range's proof",
        each(mote_mmr_proof_memory(1024), mote_mmr_proof_memory(512), 512));
}

static void add_trees(struct figures *to) {
    mote_tree_limits few = mote_tree_default_limits(), more = few;
    more.blocks += 512;
    add(to, "a block of a tree of forks",
        each(mote_block_tree_memory(&more), mote_block_tree_memory(&few), 512));
    more = few;
    more.lists += 8;
    add(to, "an author of an epoch, in a tree of forks",
        each(mote_block_tree_memory(&more), mote_block_tree_memory(&few), 8 * few.authorities));
    add(to, "a tree of forks of the default limits, in all", mote_block_tree_memory(&few));
}

/* With the default limits, but for one that is `by` larger. */
#define ADD_OF_CLIENT(what, limit, by)                                                             \
    do {                                                                                           \
        mote_client_limits larger = usual;                                                         \
        larger.limit += (by);                                                                      \
        add(to, what, each(mote_client_memory(&larger), mote_client_memory(&usual), (by)));        \
    } while (0)

static void add_client(struct figures *to) {
    mote_client_limits usual = mote_client_default_limits();
    usual.scratch_bytes = (size_t)6 << 20; /* so that it does not change with the others */
    ADD_OF_CLIENT("a source", sources, 32);
    ADD_OF_CLIENT("a relay chain", relays, 8);
    ADD_OF_CLIENT("a parachain", parachains, 512);
    ADD_OF_CLIENT("an authority, for each of two relay chains and in the cache of keys",
                  authorities, 512);
    ADD_OF_CLIENT("a hand-over asked for in parallel, for each of two relay chains", handovers, 64);
    ADD_OF_CLIENT("a request", requests, 512);
    ADD_OF_CLIENT("a query", queries, 512);
    ADD_OF_CLIENT("a transaction", transactions, 512);
    mote_client_limits larger = usual;
    larger.pool_bytes = 2 * usual.pool_bytes; /* which is a power of two */
    add(to, "a mebibyte of the pool (messages, kept proofs, keys that are asked for)",
        each(mote_client_memory(&larger), mote_client_memory(&usual), usual.pool_bytes >> 20));
    mote_client_limits limits = mote_client_default_limits();
    add(to, "a client of the default limits, in all", mote_client_memory(&limits));
    limits.relays = 1;
    limits.parachains = 1;
    limits.sources = 4;
    limits.message_bytes = (size_t)1 << 20;
    limits.pool_bytes = (size_t)2 << 20;
    add(to, "a client of one relay chain, one parachain, 4 sources and a mebibyte a message",
        mote_client_memory(&limits));
}

size_t memory_figures(memory_figure out[MEMORY_FIGURES]) {
    struct figures to = {out, 0};
    add_verifiers(&to);
    add_tries(&to);
    add_trees(&to);
    add_client(&to);
    return to.count;
}
