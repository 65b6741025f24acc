/* SPDX-License-Identifier: Apache-2.0 */
/* Saved state in a folder: one file for each relay chain, named by its genesis, replaced at once or not at all. */
#ifndef MOTE_NATIVE_HOST_KEEPER_H
#define MOTE_NATIVE_HOST_KEEPER_H

#include "mote/bytes.h"

/* The folder that the user's environment asks for; NULL where there is none. To be freed. */
char *mote_keeper_folder(void);
/* What is kept for the chain; empty where nothing is. `data` is to be freed. */
mote_bytes mote_keeper_load(const char *folder, const mote_hash *genesis);
/* 0, or what errno said. */
int mote_keeper_store(const char *folder, const mote_hash *genesis, mote_bytes bytes);

#endif
