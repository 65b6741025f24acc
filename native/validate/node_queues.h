/* SPDX-License-Identifier: Apache-2.0 */
/* Queues of a relay chain from block to block (node_messages.c), and who puts into them and takes out (node_passing.c). */
#ifndef MOTE_NATIVE_VALIDATE_NODE_QUEUES_H
#define MOTE_NATIVE_VALIDATE_NODE_QUEUES_H

#include "mote/message.h"
#include "node_inside.h"

/* What a recipient has not taken yet, the oldest first; kept here, for the relay chain forgets it when it is taken. */
typedef struct waiting {
    mote_message *items;
    mote_hash *heads; /* of the queue's chain, behind each */
    uint32_t first, end, room;
    bool is_known;   /* this is all of it, and `taken` is how far the recipient is */
    mote_hash taken; /* its head */
} waiting;

/* One queue: of a channel, or what comes down from the relay chain. */
typedef struct queue {
    bool downward;
    uint32_t sender, recipient;
    bool has_before; /* what follows is that of the block before */
    mote_hrmp_channel channel;
    mote_dmp_head head;
    uint64_t pages_end; /* behind the last full page */
    uint32_t
        waits_for; /* the relay block of the last message that its recipient is not done with; 0: of none */
    waiting waiting;
    uint32_t queued, sent, taken; /* messages that were seen so */
} queue;

#define NODE_QUEUES (NODE_PARA_NODES * NODE_PARA_NODES)

typedef struct queues {
    queue items[NODE_QUEUES];
    size_t count;
} queues;

/* The messages in a queue at a block, in the verifier's memory. */
typedef struct contents {
    const mote_message *items;
    uint32_t count;
    bool is_known;
    bool is_whole; /* else of pages those that came with this block */
} contents;

/* A queue at a block, and as it was before. */
typedef struct queue_step {
    queue *queue;
    bool has_before;
    mote_hrmp_channel before;
    contents contents;
    bool holds; /* it grew by what the contents say */
} queue_step;

/* --- over several nodes ----------------------------------------------------------------------------------- */
/* A parachain, by its own node. */
typedef struct passing_para {
    node *node;
    uint32_t id;
    bool is_known; /* its node answers, and its blocks are followed up to `head` */
    mote_para_header head;
} passing_para;

typedef struct passing {
    node *relay;
    passing_para paras[NODE_PARA_NODES];
    size_t count;
} passing;

/* Connects, and asks which parachains they are. */
void passing_open(passing *out, node *relay);
/* The parachains' blocks that this relay block made their heads: what they took in, and what they sent. */
void passing_follow(passing *passing, const mote_proof *proof, uint32_t number, queue_step *steps,
                    size_t count);
void passing_close(passing *passing, const queues *queues);

#endif
