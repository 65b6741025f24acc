/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages between a relay chain and its parachains: what proven state says of them, and no more
 * (verification-rules E.3; polkadot/runtime/parachains hrmp.rs, dmp.rs; cumulus parachain-system).
 *
 * HRMP (parachain to parachain), DMP (relay chain down) and UMP (up to it). Each claim is a function of its
 * own with a result of its own type, which names the block it is true in:
 *
 *   sent        the sending parachain's block itself has the message among those it sends
 *   queued      a relay block's queue has it, at this position
 *   order       between two relay blocks exactly these messages were appended, in this order: they hash
 *               from the one block's queue head to the other's, also when the queue is long empty
 *   carried     and these are what the sender's blocks, which the relay chain made final in between, send
 *   processed   the receiving parachain has taken it in (by its own state), or has said so to the relay
 *               chain (by its watermark)
 *
 * None of them is another: sent is not queued (the relay chain must first enact the candidate), queued is
 * not processed, and processed means that the parachain's message pallet took it in, not that what it asks for
 * was done. What a proof does not show is not shown to be false either: E_NOT_SHOWN. In particular a
 * message that is not in a queue may have been taken out, and the list of what a block sends is gone in the
 * next one. There is no function that proves that something was not sent.
 *
 * Proofs of relay state must be under MOTE_STATE_OF_RELAY, of a parachain's under MOTE_STATE_OF_PARACHAIN,
 * or under an assumed root (E_BAD_ARGUMENT for the other; then block numbers are not known, and what needs
 * them is not checked). The results' spans borrow from the proof. Absence is always proven, never
 * concluded: E_PROOF_INCOMPLETE and E_VALUE_NOT_IN_PROOF are those of mote_trie_read.
 *
 * Not checked: what messages mean, that layouts of other runtimes than those known are these (a value that does
 * not decode to its last byte is refused).
 */
#ifndef MOTE_MESSAGE_H
#define MOTE_MESSAGE_H

#include "mote/evidence.h"
#include "mote/trie.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Messages in one list: beyond is E_LIMIT_COUNT. A candidate may have as many (polkadot/primitives
 * MAX_HORIZONTAL_MESSAGE_NUM, MAX_UPWARD_MESSAGE_NUM); queues are far below. */
#define MOTE_MAX_MESSAGES 16384u

/* --- storage keys ----------------------------------------------------------------------------- */
typedef enum mote_message_item {
    /* of the relay chain */
    MOTE_ITEM_HRMP_CHANNEL,  /* sender, recipient */
    MOTE_ITEM_HRMP_CONTENTS, /* sender, recipient */
    MOTE_ITEM_HRMP_INGRESS,  /* recipient */
    MOTE_ITEM_HRMP_EGRESS,   /* sender */
    MOTE_ITEM_HRMP_WATERMARK,
    MOTE_ITEM_DMP_HEAD,
    MOTE_ITEM_DMP_QUEUE,
    MOTE_ITEM_DMP_PAGES,         /* of newer runtimes: which pages there are */
    MOTE_ITEM_DISPATCH_CAPACITY, /* how much more a parachain may send up */
    MOTE_ITEM_LIMITS,            /* Configuration::ActiveConfig */
    /* of a parachain: no ids */
    MOTE_ITEM_HRMP_SENT,
    MOTE_ITEM_UMP_SENT,
    MOTE_ITEM_LAST_HRMP_HEADS,
    MOTE_ITEM_LAST_DMP_HEAD,
    MOTE_ITEM_COUNT
} mote_message_item;

#define MOTE_MESSAGE_KEY_SIZE 72u
typedef struct mote_message_key {
    uint8_t bytes[MOTE_MESSAGE_KEY_SIZE];
    size_t size;
} mote_message_key;
/* `second` is looked at for channels only, `first` for relay items other than LIMITS. */
mote_message_key mote_message_key_of(mote_message_item item, uint32_t first, uint32_t second);
/* One page of those that MOTE_ITEM_DMP_PAGES tells (Dmp's DownwardMessageQueuePages). */
mote_message_key mote_dmp_page_key(uint32_t recipient, uint64_t page);

/* Where in a list one is, from {0, 0} on. `..._next` tells the next item and steps behind it: false at the end, and where
 * the list is no evidence. Going through a list by `..._at` begins at its first item each time. */
typedef struct mote_message_place {
    uint32_t index;
    size_t offset;
} mote_message_place;

/* --- channels --------------------------------------------------------------------------------- */
/* A channel as a relay block's state has it. */
typedef struct mote_hrmp_channel {
    bool
        open; /* false: proven, there is none; then all below but sender, recipient, under is zero */
    uint32_t sender;
    uint32_t recipient;
    uint32_t max_capacity;
    uint32_t max_total_size;
    uint32_t max_message_size;
    uint32_t message_count; /* in the queue */
    uint32_t total_size;
    bool has_head;
    mote_hash head; /* of the queue's hash chain; zero for one without messages so far */
    uint8_t sender_deposit[16]; /* little-endian */
    uint8_t recipient_deposit[16];
    mote_state_root under;
} mote_hrmp_channel;
MOTE_MUST_USE mote_status mote_hrmp_channel_read(mote_context *context, mote_hrmp_channel *out,
                                                 const mote_proof *proof, uint32_t sender,
                                                 uint32_t recipient);

/* The parachains at the other ends of a parachain's open channels (HrmpIngressChannelsIndex, HrmpEgressChannelsIndex). */
typedef struct mote_para_list {
    uint32_t count;
    const uint8_t *items; /* 4 bytes each, ascending as the relay chain keeps them */
    mote_state_root under;
} mote_para_list;
uint32_t mote_para_list_at(const mote_para_list *list, uint32_t index);
MOTE_MUST_USE mote_status mote_hrmp_senders_read(mote_context *context, mote_para_list *out,
                                                 const mote_proof *proof, uint32_t recipient);
MOTE_MUST_USE mote_status mote_hrmp_recipients_read(mote_context *context, mote_para_list *out,
                                                    const mote_proof *proof, uint32_t sender);

/* --- limits ----------------------------------------------------------------------------------- */
/* The beginning of the relay chain's configuration, which has been the same through all runtimes
 * (AbridgedHostConfiguration). */
typedef struct mote_relay_limits {
    uint32_t max_code_size;
    uint32_t max_head_data_size;
    uint32_t max_upward_queue_count;
    uint32_t max_upward_queue_size;
    uint32_t max_upward_message_size;
    uint32_t max_upward_message_num_per_candidate;
    uint32_t hrmp_max_message_num_per_candidate;
    uint32_t validation_upgrade_cooldown;
    uint32_t validation_upgrade_delay;
    mote_state_root under;
} mote_relay_limits;
MOTE_MUST_USE mote_status mote_relay_limits_read(mote_context *context, mote_relay_limits *out,
                                                 const mote_proof *proof);

/* relay_dispatch_queue_remaining_capacity. */
typedef struct mote_dispatch_capacity {
    bool known; /* false: proven, the relay chain does not say */
    uint32_t para_id;
    uint32_t messages;
    uint32_t bytes;
    mote_state_root under;
} mote_dispatch_capacity;
MOTE_MUST_USE mote_status mote_dispatch_capacity_read(mote_context *context,
                                                      mote_dispatch_capacity *out,
                                                      const mote_proof *proof, uint32_t para_id);

/* --- sent ------------------------------------------------------------------------------------- */
/* All messages one parachain block sends. Complete for this block; says nothing of any other. */
typedef struct mote_hrmp_outbound {
    uint32_t count;
    mote_bytes items;
    mote_state_root under; /* of the sending block: under.para_id is the sender */
} mote_hrmp_outbound;
MOTE_MUST_USE mote_status mote_hrmp_outbound_read(mote_context *context, mote_hrmp_outbound *out,
                                                  const mote_proof *proof);
/* Claim: this block of `under.para_id` sends this message to `recipient`. */
typedef struct mote_hrmp_sent {
    uint32_t index; /* among the block's messages */
    uint32_t recipient;
    mote_bytes data;
    mote_state_root under;
} mote_hrmp_sent;
MOTE_MUST_USE mote_status mote_hrmp_sent_at(mote_context *context, mote_hrmp_sent *out,
                                            const mote_hrmp_outbound *outbound, uint32_t index);
bool mote_hrmp_sent_next(mote_hrmp_sent *out, mote_message_place *place,
                         const mote_hrmp_outbound *outbound);
/* The first message to `recipient` with exactly these bytes. E_NOT_SHOWN where this block sends none: it may have been
 * another block. */
MOTE_MUST_USE mote_status mote_hrmp_sent_find(mote_context *context, mote_hrmp_sent *out,
                                              const mote_hrmp_outbound *outbound,
                                              uint32_t recipient, mote_bytes data);

/* UpwardMessages. Messages come first; behind an empty one there are signals of the parachain to the validators
 * (UMPSignal), which the relay chain does not queue. */
typedef struct mote_ump_outbound {
    uint32_t count; /* messages */
    uint32_t signal_count;
    mote_bytes items;
    mote_state_root under;
} mote_ump_outbound;
MOTE_MUST_USE mote_status mote_ump_outbound_read(mote_context *context, mote_ump_outbound *out,
                                                 const mote_proof *proof);
/* Claim: this block of `under.para_id` sends this message to the relay chain. */
typedef struct mote_ump_sent {
    uint32_t index;
    mote_bytes data;
    mote_state_root under;
} mote_ump_sent;
MOTE_MUST_USE mote_status mote_ump_sent_at(mote_context *context, mote_ump_sent *out,
                                           const mote_ump_outbound *outbound, uint32_t index);
bool mote_ump_sent_next(mote_ump_sent *out, mote_message_place *place,
                        const mote_ump_outbound *outbound);
MOTE_MUST_USE mote_status mote_ump_sent_find(mote_context *context, mote_ump_sent *out,
                                             const mote_ump_outbound *outbound, mote_bytes data);

/* --- queued ----------------------------------------------------------------------------------- */
/* A message and the relay block that took it into a queue: for HRMP the one that enacted the candidate that
 * sends it. */
typedef struct mote_message {
    uint32_t sent_at;
    mote_bytes data;
} mote_message;

/* What waits in a channel, or for a parachain from the relay chain, at one relay block. */
typedef struct mote_message_queue {
    bool downward; /* from the relay chain; `sender` is 0 */
    uint32_t sender;
    uint32_t recipient;
    uint32_t count;
    mote_bytes items;
    mote_state_root under;
} mote_message_queue;
MOTE_MUST_USE mote_status mote_hrmp_queue_read(mote_context *context, mote_message_queue *out,
                                               const mote_proof *proof, uint32_t sender,
                                               uint32_t recipient);
/* DownwardMessageQueues. E_NOT_SHOWN where the state has no such list: the queue is empty, or the runtime keeps it in pages
 * (mote_dmp_pages_read). */
MOTE_MUST_USE mote_status mote_dmp_queue_read(mote_context *context, mote_message_queue *out,
                                              const mote_proof *proof, uint32_t recipient);
/* Claim: at this relay block the message waits in this queue. Not that it still will later. */
typedef struct mote_message_queued {
    bool downward;
    uint32_t sender;
    uint32_t recipient;
    uint32_t index; /* in the queue */
    mote_message message;
    mote_state_root under;
} mote_message_queued;
MOTE_MUST_USE mote_status mote_message_queued_at(mote_context *context, mote_message_queued *out,
                                                 const mote_message_queue *queue, uint32_t index);
bool mote_message_queued_next(mote_message_queued *out, mote_message_place *place,
                              const mote_message_queue *queue);
/* E_NOT_SHOWN where it is not there: it may not have come yet, or have been taken, or never have been sent. */
MOTE_MUST_USE mote_status mote_message_queued_find(mote_context *context, mote_message_queued *out,
                                                   const mote_message_queue *queue,
                                                   mote_bytes data);

/* Newer runtimes (pallet dmp from storage version 1 on) keep every message that leads down in a page of its own, and which
 * pages are full in DownwardMessageQueueMeta. While one migrates, both layouts may have messages: those in pages come
 * before those in the list. */
typedef struct mote_dmp_pages {
    bool known; /* false: proven, no page was filled yet (or the parachain was removed) */
    uint32_t recipient;
    uint64_t first; /* page of the oldest message */
    uint64_t end;   /* behind the page of the newest one; `first` where none waits */
    mote_state_root under;
} mote_dmp_pages;
/* E_BAD_FORMAT where the pages end before they begin. */
MOTE_MUST_USE mote_status mote_dmp_pages_read(mote_context *context, mote_dmp_pages *out,
                                              const mote_proof *proof, uint32_t recipient);
/* Claim: at this relay block the message waits in this page; its index is that among the pages. `proof` is of the same
 * state, be it another proof than that of `pages`. E_BAD_ARGUMENT for another state, and for a page that is not full;
 * E_BAD_FORMAT where a page that should be full is not there. */
MOTE_MUST_USE mote_status mote_dmp_page_read(mote_context *context, mote_message_queued *out,
                                             const mote_dmp_pages *pages, const mote_proof *proof,
                                             uint64_t page);

/* --- order ------------------------------------------------------------------------------------ */
/* The queue's hash chain: head' = BLAKE2b-256(head, sent_at, BLAKE2b-256(SCALE(data))). */
mote_hash mote_message_chain_next(const mote_hash *head, const mote_message *message);

/* DownwardMessageQueueHeads. */
typedef struct mote_dmp_head {
    uint32_t recipient;
    bool has_head; /* false: proven, nothing was ever sent (or the parachain was removed) */
    mote_hash head;
    mote_state_root under;
} mote_dmp_head;
MOTE_MUST_USE mote_status mote_dmp_head_read(mote_context *context, mote_dmp_head *out,
                                             const mote_proof *proof, uint32_t recipient);

/* Claim: the queue's chain at `later` is the one at `earlier` followed by exactly these messages. */
typedef struct mote_message_order {
    bool downward;
    uint32_t sender;
    uint32_t recipient;
    uint32_t count;
    /* The chain at `earlier` has no message: one of a channel that was closed in between, and opened again, would not
     * show. */
    bool from_nothing;
    mote_hash head; /* at `later` */
    mote_state_root earlier;
    mote_state_root later;
} mote_message_order;
/* E_MESSAGE_CHAIN where they hash to another head, or sent_at is not in the blocks between, in order.
 * E_NOT_SHOWN where there is no channel at `later`. E_BAD_ARGUMENT for two different channels or a `later` that
 * is lower. Channels that had been closed start at nothing again: then `earlier` has to be a block
 * without the channel, or where it was new. */
MOTE_MUST_USE mote_status mote_hrmp_order_check(mote_context *context, mote_message_order *out,
                                                const mote_hrmp_channel *earlier,
                                                const mote_hrmp_channel *later,
                                                const mote_message *messages, uint32_t count);
MOTE_MUST_USE mote_status mote_dmp_order_check(mote_context *context, mote_message_order *out,
                                               const mote_dmp_head *earlier,
                                               const mote_dmp_head *later,
                                               const mote_message *messages, uint32_t count);

/* Claim: what the relay block `later` put into the channel is exactly what those blocks of the sender send to the recipient
 * that it made final: all of it, nothing else, in this order. */
typedef struct mote_hrmp_carried {
    uint32_t sender;
    uint32_t recipient;
    uint32_t count; /* messages */
    mote_state_root earlier;
    mote_state_root later;
} mote_hrmp_carried;
/* Of two relay blocks that follow each other: the channel and the sender's head in each, and what each of its blocks behind
 * the first head sends, up to the second one. E_MESSAGE_CHAIN where that leads to another head of the channel.
 * E_NOT_SHOWN where there is no channel at `later`, E_BAD_ARGUMENT where anything is of another block than said here. */
MOTE_MUST_USE mote_status mote_hrmp_carried_check(
    mote_context *context, mote_hrmp_carried *out, const mote_hrmp_channel *earlier,
    const mote_hrmp_channel *later, const mote_para_header *head_before,
    const mote_para_header *head_after, const mote_hrmp_outbound *blocks, uint32_t block_count);

/* --- processed -------------------------------------------------------------------------------- */
/* How far a parachain has taken in what was sent to it, as its own state has it: LastHrmpMqcHeads for one
 * sender, or LastDmqMqcHead. */
typedef struct mote_taken_head {
    bool downward;
    uint32_t sender;
    bool has_head; /* false: proven, nothing was taken in */
    mote_hash head;
    mote_state_root under; /* under.para_id is the recipient */
} mote_taken_head;
MOTE_MUST_USE mote_status mote_hrmp_taken_read(mote_context *context, mote_taken_head *out,
                                               const mote_proof *proof, uint32_t sender);
MOTE_MUST_USE mote_status mote_dmp_taken_read(mote_context *context, mote_taken_head *out,
                                              const mote_proof *proof);

/* Claim: the parachain has taken in this message. Not that executing it succeeded. */
typedef struct mote_message_taken {
    bool downward;
    uint32_t sender;
    uint32_t recipient; /* 0 under an assumed root */
    mote_message message;
    uint32_t followed_by; /* how many after it were taken in too */
    mote_state_root under;
} mote_message_taken;
/* `messages`: the message in question and those after it up to the head; `before`: the chain's head in front of it.
 * Neither needs to be proven: nothing else hashes to `head`. E_MESSAGE_CHAIN where they do not. */
MOTE_MUST_USE mote_status mote_message_taken_check(mote_context *context, mote_message_taken *out,
                                                   const mote_taken_head *head,
                                                   const mote_hash *before,
                                                   const mote_message *messages, uint32_t count);

/* Claim: the relay chain has accepted from the parachain that it is done with all messages of relay blocks
 * up to `watermark`, of every sender. */
typedef struct mote_hrmp_watermark {
    uint32_t recipient;
    uint32_t watermark;
    mote_state_root under;
} mote_hrmp_watermark;
/* E_NOT_SHOWN where the watermark is below `sent_at`, or there is none. */
MOTE_MUST_USE mote_status mote_hrmp_watermark_passed(mote_context *context,
                                                     mote_hrmp_watermark *out,
                                                     const mote_proof *proof, uint32_t recipient,
                                                     uint32_t sent_at);

/* --- pages ------------------------------------------------------------------------------------ */
/* An HRMP message between parachains with XCM is a page: a format byte, then what the format says. */
typedef enum mote_xcm_format {
    MOTE_XCM_CONCATENATED =
        0,                /* VersionedXcm one after the other: split only by who decodes them */
    MOTE_XCM_BLOBS = 1,   /* Vec<u8> each */
    MOTE_XCM_SIGNALS = 2, /* a byte each: 0 suspend, 1 resume */
    MOTE_XCM_OPAQUE = 3,  /* Vec<u8> each, of a VersionedXcm */
    MOTE_XCM_UNKNOWN = 255
} mote_xcm_format;
const char *mote_xcm_format_name(mote_xcm_format format); /* "concatenated", "blobs", ... */
typedef struct mote_xcm_page {
    mote_xcm_format format;
    uint8_t format_byte;
    bool whole;      /* there is one part, all of it: the format does not tell where messages end */
    mote_bytes rest; /* parts not yet told */
} mote_xcm_page;
/* E_TRUNCATED for a message without a byte. A format that is not known is told whole. */
MOTE_MUST_USE mote_status mote_xcm_page_open(mote_context *context, mote_xcm_page *out,
                                             mote_bytes message);
/* The next part; `*more` false at the end. Errors of SCALE where a length does not fit; then nothing more is told. */
MOTE_MUST_USE mote_status mote_xcm_page_next(mote_context *context, mote_xcm_page *page, bool *more,
                                             mote_bytes *part);

#ifdef __cplusplus
}
#endif
#endif
