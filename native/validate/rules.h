/* SPDX-License-Identifier: Apache-2.0 */
/* Every rule that `mote validate` judges: X(NAME, "name", "what holds where it passes"). docs/validate.md has the same list. */
#ifndef MOTE_NATIVE_VALIDATE_RULES_H
#define MOTE_NATIVE_VALIDATE_RULES_H

#define RULE_LIST(X)                                                                               \
    X(FORM, "form", "the file, or the node's answer, has the form of its kind")                    \
    X(HEADER, "header", "a header decodes to its last byte, and has the hash given with it")       \
    X(HEADER_LINK, "header-link", "a header's parent and number follow the one before")            \
    X(BODY, "extrinsics-root", "the extrinsics are the header's")                                  \
    X(BABE, "babe-authorship", "slot claim, seal, VRF and threshold hold under the epoch given")   \
    X(BABE_CHAIN, "babe-chain", "the same along a chain: slots, epochs, announcements, authors")   \
    X(AURA_CHAIN, "aura-chain", "slots, authors and seals along a parachain")                      \
    X(JUSTIFICATION, "grandpa-justification", "a GRANDPA justification holds under its set")       \
    X(FINALITY_PROOF, "finality-proof", "an answer of grandpa_proveFinality holds")                \
    X(HANDOVER, "grandpa-handover", "the state names the GRANDPA set that the headers announced")  \
    X(WARP, "warp-proof", "every hand-over of a warp proof holds")                                 \
    X(CHECKPOINT, "checkpoint", "a checkpoint decodes and does not contradict itself")             \
    X(GENESIS, "genesis", "a genesis state gives the root and hash known for it")                  \
    X(STATE_ROOT, "state-root", "a whole state has the root given for it")                         \
    X(STATE_CHANGE, "state-change", "a block's changes lead to its state root")                    \
    X(TRIE_ROOT, "trie-root", "a trie with this content has this root")                            \
    X(PROOF, "storage-proof", "a storage proof loads under its root and shows what is said")       \
    X(PARA_HEAD, "para-head", "relay state names this parachain head")                             \
    X(PARA_FINALITY, "para-finality",                                                              \
      "a parachain's block is, or leads to, a final relay block's head")                           \
    X(BLAKE2B, "blake2b", "a hash is as published")                                                \
    X(ED25519, "ed25519", "a signature is accepted or refused as published")                       \
    X(SR25519, "sr25519", "a signature is accepted or refused as published")                       \
    X(BEEFY, "beefy", "a BEEFY commitment has the signatures of its set")                          \
    X(BEEFY_SAMPLE, "beefy-sample", "a sample of a commitment's signatures is the set's")          \
    X(BEEFY_RECOVERY, "beefy-recovery", "a commitment decodes and its signatures give keys")       \
    X(MMR, "mmr-proof", "MMR leaves are under the root")                                           \
    X(MMR_ANCESTRY, "mmr-ancestry", "an older MMR root is shown by a newer one")                   \
    X(MESSAGES, "messages", "channels and message queues are read out of proven state")            \
    X(HRMP_SENT, "hrmp-sent", "what the relay chain queues is what the sender's blocks send")      \
    X(HRMP_TAKEN, "hrmp-taken", "what was queued for a parachain is what its state took in")       \
    X(DMP_TAKEN, "dmp-taken", "what the relay chain sent down is what the state took in")          \
    X(CORETIME, "coretime", "cores, and what holds them, are read out of proven state")

typedef enum rule {
#define RULE_ENTRY(name, word, text) RULE_##name,
    RULE_LIST(RULE_ENTRY)
#undef RULE_ENTRY
        RULE_COUNT
} rule;

extern const char *const rule_names[RULE_COUNT];
extern const char *const rule_texts[RULE_COUNT];

#endif
