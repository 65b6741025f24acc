/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of a node's validation share: node.c has the blocks, the others what is asked about them afterwards. */
#ifndef MOTE_NATIVE_VALIDATE_NODE_INSIDE_H
#define MOTE_NATIVE_VALIDATE_NODE_INSIDE_H

#include "ask.h"
#include "chain.h"

/* The GRANDPA set that finalizes blocks above `after`; not known with an empty list. */
typedef struct set_of {
    uint32_t after;
    uint64_t id;
    mote_authority_list list;
} set_of;

#define NODE_PARAS 6u
#define NODE_PARA_NODES 4u

typedef struct node {
    plan *plan;
    worker *worker;
    document *document; /* lives as long as the run: headers, and what the chain borrows */
    job job;            /* that verdicts of the main thread belong to */
    ask ask;
    mote_hash genesis;
    chain chain;
    spec spec;
    bool has_spec;
    /* By number, from `first` on: those that hold and are linked. What comes behind one that does not, is judged by
     * itself and used for nothing. */
    mote_header *headers;
    uint32_t first, count, room;
    mote_trie_entry *pulled; /* of a genesis state that is not whole yet */
    uint32_t head;           /* the last final block, as the node says */
    mote_hash head_hash;
    set_of *sets;
    size_t set_count;
    struct node *relay;                       /* of the chain that gives this one's finality */
    struct node *para_nodes[NODE_PARA_NODES]; /* of parachains of this chain */
    size_t para_node_count;
    uint32_t paras[NODE_PARAS]; /* parachains that the state names */
    uint32_t para_count;
    uint32_t astray; /* blocks that were not there, or did not follow */
    bool full;       /* so much is kept that no more is asked for */
} node;

#define KEYS 64u

/* Storage keys to ask for together. */
typedef struct keys {
    uint8_t room[KEYS][72];
    mote_bytes items[KEYS];
    size_t count;
} keys;
void keys_add(keys *keys, const uint8_t *data, size_t size);
void keys_add_item(keys *keys, const char *pallet, const char *item);
void keys_add_items(keys *keys, const char *const (*items)[2], size_t count);

void node_note_unchecked(node *node, uint32_t number, rule rule, const char *why);
/* What became of the last question: an error is the node's right, an answer of another form than the method's is not. */
void node_note_failure(node *node, uint32_t number, rule rule);
bool node_keep_hex(document *document, mote_bytes *out, mote_json value);
mote_bytes node_hash_bytes(const mote_hash *hash);
/* A header of the range that was followed; NULL outside of it. */
const mote_header *node_header_at(const node *node, uint32_t number);
/* The GRANDPA set that finalizes that block; NULL where none is known. */
const set_of *node_set_for(const node *node, uint32_t number);

/* A header by its hash, which it has; false: it is not to be had, or another one (which has been told). */
bool node_ask_header(node *node, mote_header *out, const mote_hash *hash, uint32_t number);
/* The node's hash of a block by its number. */
bool node_ask_hash(node *node, mote_hash *out, uint32_t number);
/* A read proof under the header's own root, loaded strictly; it lives in the worker's context until its mark. */
bool node_pull_proof(node *node, mote_proof *out, const keys *keys, const mote_header *header);
/* The same under a root that is known of another node. */
bool node_pull_proof_under(node *node, mote_proof *out, const keys *keys, const mote_hash *hash,
                           uint32_t number, const mote_state_root *root);
/* Which parachain a block's state says it is of. */
bool node_pull_para_id(node *node, uint32_t *out, const mote_header *header, rule rule);
/* Remembers the chain's GRANDPA set, if it is another one than the last, for blocks above `after`. */
void node_note_set(node *node, uint32_t after);
/* Is there a connection, and room for what comes? */
bool node_goes_on(node *node, uint32_t number, rule rule);

/* The genesis state, and the chain from there. */
void node_start_at_genesis(node *node, const mote_header *header);
/* The chain from what this block's state says. */
void node_start_at(node *node, uint32_t number);
void node_pull_finalities(node *node);
/* From a block above the range that has this hash back to the last one that was followed: by hashes, so that no other ones
 * can come. false: they are not to be had. */
bool node_pull_link(node *node, const mote_hash *end, uint32_t number, mote_status *status);
void node_pull_states(node *node);
void node_pull_mmr(node *node);
/* After the states, which say which parachains there are. */
void node_pull_messages(node *node);
/* What the relay chain says of a parachain's blocks (--relay). */
void node_pull_relay(node *node);

#endif
