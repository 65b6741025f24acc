/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every limit of the core in one place, with its reason. Exceeding one is MOTE_E_LIMIT_*: never growth.
 */
#ifndef MOTE_LIMITS_H
#define MOTE_LIMITS_H

/* Largest authority set: 4x the largest of any live network (1000). */
#define MOTE_MAX_AUTHORITIES 4096u
/* Largest header: a set change of MOTE_MAX_AUTHORITIES in GRANDPA, BABE and BEEFY logs stays below it. */
#define MOTE_MAX_HEADER_SIZE (1024u * 1024u)
/* Digest items in a header; live headers have at most 8. */
#define MOTE_MAX_DIGEST_ITEMS 1024u
/* Headers in votes_ancestries of one justification; live networks have at most a few. */
#define MOTE_MAX_ANCESTRY_HEADERS 65536u
/* A full node sends warp proofs of at most 8 MiB (client/consensus/grandpa/src/warp_proof.rs). */
#define MOTE_MAX_WARP_PROOF_SIZE (8u * 1024u * 1024u)
/* A justification, alone or in a fragment: what the largest set can produce twice over fits. */
#define MOTE_MAX_JUSTIFICATION_SIZE (8u * 1024u * 1024u)
/* A storage proof and its nodes. */
#define MOTE_MAX_PROOF_SIZE (16u * 1024u * 1024u)
#define MOTE_MAX_PROOF_NODES 262144u
/* Storage key in bytes; the longest real keys have about 200. */
#define MOTE_MAX_KEY_SIZE 1024u
/* Head data of a parachain (polkadot/primitives MAX_HEAD_DATA_SIZE). */
#define MOTE_MAX_HEAD_DATA_SIZE (1024u * 1024u)

#endif
