/* SPDX-License-Identifier: Apache-2.0 */
#include "mote/bundle.h"

const char *mote_link_kind_name(mote_link_kind kind) {
    switch (kind) {
    case MOTE_LINK_CHECKPOINT: return "checkpoint";
    case MOTE_LINK_HANDOVER: return "handover";
    case MOTE_LINK_FINALITY: return "finality";
    case MOTE_LINK_HEADER: return "header";
    case MOTE_LINK_STATE: return "state";
    case MOTE_LINK_PARA_HEAD: return "para-head";
    case MOTE_LINK_PARA_HEADER: return "para-header";
    case MOTE_LINK_PARA_STATE: return "para-state";
    }
    return "unknown";
}

const char *mote_section_name(mote_section section) {
    switch (section) {
    case MOTE_SECTION_WARP: return "warp";
    case MOTE_SECTION_JUSTIFICATION: return "justification";
    case MOTE_SECTION_HEADERS: return "headers";
    case MOTE_SECTION_STATE: return "state";
    case MOTE_SECTION_PARA_HEAD: return "para-head";
    case MOTE_SECTION_PARA_HEADERS: return "para-headers";
    case MOTE_SECTION_PARA_STATE: return "para-state";
    }
    return "unknown";
}

const char *mote_question_name(mote_question question) {
    switch (question) {
    case MOTE_ASK_READ: return "read";
    case MOTE_ASK_EQUALS: return "equals";
    case MOTE_ASK_ABSENT: return "absent";
    case MOTE_ASK_LIST: return "list";
    case MOTE_ASK_NONE: return "none";
    }
    return "unknown";
}
