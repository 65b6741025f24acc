// SPDX-License-Identifier: Apache-2.0
/**
 * A live light client over full nodes that are not trusted: finalized heads, parachain heads, any storage of either with proof,
 * and a stream of new ones, from a checkpoint on.
 *
 * @packageDocumentation
 */
import { compiled } from "./live-host.js";
import { sayReady, wasmOf } from "./live-ports.js";
import { Hosts, Session } from "./live-session.js";

export { Chain, Client, Parachain, createClient } from "./client.js";
export { RefusedError } from "./live-wire.js";
export { fileStorage, indexedDbStorage, memoryStorage } from "./live-storage.js";
export type * from "./live-types.js";

/** What its Worker is made of. @internal */
export const workerParts = { Hosts, Session, compiled, sayReady, wasmOf };
