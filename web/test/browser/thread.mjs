// SPDX-License-Identifier: Apache-2.0
// A thread of Node.
import { parentPort, workerData } from "node:worker_threads";
import * as lib from "mote-light-client";
import * as inline from "mote-light-client/inline";
import * as validation from "mote-light-client/validation";
import { run } from "./suite.mjs";

parentPort.postMessage(await run(workerData, { lib, inline, validation }));
