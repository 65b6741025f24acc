/* SPDX-License-Identifier: Apache-2.0 */
/* A node's parts, private to its files. */
#ifndef MOTE_SIM_NODE_PARTS_H
#define MOTE_SIM_NODE_PARTS_H

#include "node.h"

/* What it knows at a moment. Numbers are the relay chain's. */
typedef struct sim_view {
    uint64_t time;
    uint32_t best, finalized;
    size_t rounds;
} sim_view;
sim_view sim_node_view(const sim_node *node, uint64_t now);
/* Blocks of its own chain. */
const sim_block *sim_view_best(const sim_node *node, const sim_view *view);
const sim_block *sim_view_finalized(const sim_node *node, const sim_view *view);
const sim_block *sim_view_called_final(const sim_node *node,
                                       const sim_view *view); /* by its word */
const sim_block *sim_view_block(const sim_node *node, const sim_view *view, const mote_hash *hash);

/* An answer in work: JSON of the result, or an error. */
typedef struct sim_answer {
    test_buffer result;
    int code; /* not 0: an error */
    const char *message;
} sim_answer;
void sim_refuse(sim_answer *answer, int code, const char *message);

void put_text(test_buffer *out, const char *text);
void put_number(test_buffer *out, uint64_t value);
void put_hex(test_buffer *out, mote_bytes bytes); /* "0x...", in quotes */
void put_hash(test_buffer *out, const mote_hash *hash);
void put_header(test_buffer *out, mote_bytes header);
void put_message(sim_sayings *out, const test_buffer *text, uint64_t delay);

/* Parameters. */
bool read_hex(const json_t *value, test_buffer *out);
bool read_hash(const json_t *value, mote_hash *out);

/* Each answers one method. */
typedef void sim_method(sim_node *node, sim_answer *answer, const sim_view *view,
                        const json_t *params);
sim_method answer_block_hash, answer_finalized_head, answer_header, answer_block, answer_finality;
sim_method answer_read_proof, answer_child_read_proof, answer_keys, answer_child_keys;
/* Subscribing: the kind is what the subscription's notifications are of. */
typedef enum sim_watch_kind {
    SIM_WATCH_NONE = 0,
    SIM_WATCH_JUSTIFICATIONS,
    SIM_WATCH_FINAL_HEADS,
    SIM_WATCH_NEW_HEADS,
    SIM_WATCH_EXTRINSIC
} sim_watch_kind;
void answer_subscribe(sim_node *node, sim_answer *answer, const sim_view *view,
                      const json_t *params, sim_watch_kind kind);
void answer_unsubscribe(sim_node *node, sim_answer *answer, const json_t *params);

/* Whether it tells this lie this time. */
bool sim_lies(sim_node *node, sim_lie lie);
uint64_t sim_node_random(sim_node *node);
/* A finality proof, or a justification, that is none. False: it has no such lie to tell. */
bool lie_of_finality(sim_node *node, const sim_view *view, uint32_t asked, test_buffer *out);
bool lie_of_justification(sim_node *node, const sim_view *view, test_buffer *out);
bool lie_of_best(sim_node *node, const sim_view *view, test_buffer *out);
/* Text that goes out, in its form: nothing, other text, more of it. */
void lie_of_form(sim_node *node, sim_sayings *out, test_buffer *text);

#endif
