/* SPDX-License-Identifier: Apache-2.0 */
/* Runs from seeds: a world, nodes of which some lie, at least one honest one for each chain, queries, sleep, restarts. */
#ifndef MOTE_SIM_SCENARIO_H
#define MOTE_SIM_SCENARIO_H

#include "run.h"

/* With an honest source for each chain, whatever the others do, this is enough to be where the chain is. */
#define SIM_TIME_TO_SETTLE 180000u

typedef struct sim_options {
    bool logs;           /* to standard output */
    uint64_t division;   /* not 0: messages come in chunks, by this seed */
    uint32_t restart_at; /* not 0: after that step the client is made anew from what it saved */
} sim_options;

/* Begins the run; sim_run_end and sim_world_free (of run->world) are the caller's. */
void sim_scenario(sim_run *run, uint64_t seed, const sim_options *options);

#endif
