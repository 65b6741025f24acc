/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A full node of a made-up chain, as far as a client sees one: JSON-RPC text in, JSON-RPC text out. What an honest one says is
 * what the world's tables say, in the form and with the refusals of real nodes (sc-rpc, sc-consensus-grandpa-rpc); its own
 * tests hold it against recorded answers. Each kind of lie is one way in which it departs from that.
 */
#ifndef MOTE_SIM_NODE_H
#define MOTE_SIM_NODE_H

#include "world.h"

typedef enum sim_lie {
    SIM_HONEST = 0,
    /* about the chain */
    SIM_LIE_WRONG_PROOF,         /* a byte of a storage proof is another one */
    SIM_LIE_OTHER_PROOF,         /* the proof of another block's state */
    SIM_LIE_SHORT_PROOF,         /* a node of it is missing */
    SIM_LIE_SHORT_LIST,          /* keys are left out of a list, or invented */
    SIM_LIE_OTHER_HEADER,        /* another block's header */
    SIM_LIE_OTHER_BODY,          /* extrinsics that are not the block's */
    SIM_LIE_STALE,               /* it stands still and says nothing of it */
    SIM_LIE_WITHHELD,            /* it does not give the proof of hand-overs */
    SIM_LIE_FORGED_THIRD,        /* a third of the voters sign a block of theirs */
    SIM_LIE_FORGED_MOST,         /* as many as are not enough */
    SIM_LIE_RELABELLED,          /* a true justification with another target */
    SIM_LIE_OTHER_JUSTIFICATION, /* a true one for another block than the proof is said to be of */
    SIM_LIE_PRUNED,              /* it has no states (no lie) */
    SIM_LIE_FALSE_BEST,          /* best heads that nobody made, or nobody whose turn it was */
    SIM_LIE_FALSE_HINTS,         /* of extrinsics: in blocks that they are not in */
    /* about the form */
    SIM_LIE_SILENT,
    SIM_LIE_SLOW,
    SIM_LIE_FLOOD, /* of messages that nobody asked for */
    SIM_LIE_GARBAGE,
    SIM_LIE_HUGE,
    SIM_LIE_DEEP,
    SIM_LIE_NUMBERS,
    SIM_LIE_TRUNCATED,
    SIM_LIE_UNASKED,
    SIM_LIE_TWICE,
    SIM_LIE_ENDLESS,   /* a message that does not end */
    SIM_LIE_DIFFERENT, /* another one at each call */
    SIM_LIES,
    /* only where a test asks for them */
    SIM_LIE_OTHER_HASH = SIM_LIES, /* of another height, and proofs of its own chain */
    SIM_LIE_STEPS,                 /* true proofs, of the next block that was voted on each time */
    SIM_LIE_OTHER_TARGET,          /* a true proof, said to be of block 1 */
    SIM_LIE_NO_SUCH_HASH,          /* of any block but the first */
    SIM_LIE_BEST_IS_FINAL,         /* it says, and has no proof of that */
    SIM_ALL_LIES
} sim_lie;
const char *sim_lie_name(sim_lie lie);

/* What a node says, one message after another. */
typedef struct sim_saying {
    char *text;
    size_t size;
    uint64_t delay;  /* milliseconds that it takes to say it */
    bool unfinished; /* the message's end does not come */
    struct sim_saying *next;
} sim_saying;
typedef struct sim_sayings {
    sim_saying *first, **last;
} sim_sayings;
void sim_sayings_begin(sim_sayings *sayings);
void sim_saying_free(sim_saying *saying);

#define SIM_NODE_SUBSCRIPTIONS 32u
typedef struct sim_watch {
    uint32_t kind; /* 0: free */
    char id[24];
    size_t rounds, forks;
    mote_hash newest;
    mote_bytes extrinsic;
    uint32_t stage;
} sim_watch;

typedef struct sim_node {
    sim_world *world;
    sim_chain *chain;
    sim_lie lie;
    uint32_t often;  /* of 100 times it lies so */
    uint64_t behind; /* milliseconds after which it knows what happens */
    uint64_t stands; /* STALE: the time it does not get past */
    uint32_t keeps;  /* states of so many blocks; 0: of all */
    uint64_t chance; /* state of its own generator */
    uint32_t watches_made;
    sim_watch watches[SIM_NODE_SUBSCRIPTIONS];
    uint32_t asked; /* requests that came */
    uint32_t told;  /* lies that went out */
} sim_node;

void sim_node_begin(sim_node *node, sim_world *world, sim_chain *chain, uint64_t seed);
/* A connection is gone: so is what was subscribed over it. */
void sim_node_disconnected(sim_node *node);
void sim_node_hear(sim_node *node, sim_sayings *out, uint64_t now, mote_bytes message);
/* Tells subscribers what is new. */
void sim_node_wake(sim_node *node, sim_sayings *out, uint64_t now);

/* --- what grandpa_proveFinality answers with --------------------------------------------------------------- */
typedef enum sim_finality_answer {
    SIM_FINALITY_PROVEN,
    SIM_FINALITY_NONE,    /* null */
    SIM_FINALITY_NOT_YET, /* an error: the block is not final */
} sim_finality_answer;
/* `set_ends`: the last blocks of the sets that are no longer in office, ascending. `newest`: the newest block with a
 * justification. `proven`: the block whose justification is given; headers are those behind `asked` up to it. */
sim_finality_answer sim_finality_rule(uint32_t *proven, uint32_t asked, uint32_t finalized,
                                      const uint32_t *set_ends, size_t set_end_count,
                                      uint32_t newest);

#endif
