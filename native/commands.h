/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MOTE_NATIVE_COMMANDS_H
#define MOTE_NATIVE_COMMANDS_H

#include "arguments.h"

extern const command command_verify;
extern const command command_justification;
extern const command command_warp;
extern const command command_header;
extern const command command_proof;
extern const command command_para_head;
extern const command command_genesis;
extern const command command_checkpoint;
extern const command command_bundle;
extern const command command_inspect;
extern const command command_validate;
extern const command command_sync;
extern const command command_get;
extern const command command_follow;
extern const command command_submit;

#endif
