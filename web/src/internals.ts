// SPDX-License-Identifier: Apache-2.0
import { Engine } from "./engine.js";
import { assumed, finalizedHeader, paraHeader, seal, tokenOf } from "./evidence.js";
import { concat, toBytes } from "./hex.js";
import { compile } from "./load.js";
import { Mote } from "./mote.js";

/**
 * What the package's second entry shares with this one, so that there is one kind of evidence and of errors. Not for
 * others: it changes without notice.
 *
 * @internal
 */
export const internals = { Engine, Mote, assumed, compile, concat, finalizedHeader, paraHeader, seal, toBytes, tokenOf };
