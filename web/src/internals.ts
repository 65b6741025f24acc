// SPDX-License-Identifier: Apache-2.0
import { Engine } from "./engine.js";
import { statusNamed, statusOf } from "./errors.js";
import { assumed, finalizedHeader, paraHeader, seal, tokenOf } from "./evidence.js";
import { age, votes } from "./finality.js";
import { compact, concat, lengthOf, toBytes } from "./hex.js";
import { compile } from "./load.js";
import { Mote } from "./mote.js";
import { joinNodes, provenValue } from "./proof.js";
import { fitting } from "./vectors.js";

/**
 * What the package's other entries share with this one, so that there is one kind of evidence and of errors. Not for
 * others: it changes without notice.
 *
 * @internal
 */
export const internals = {
  Engine, Mote, age, assumed, compact, compile, concat, engineOf: Mote.engineOf, finalizedHeader, fitting, joinNodes, lengthOf, paraHeader, provenValue, seal, statusNamed, statusOf, toBytes, tokenOf, votes,
};
