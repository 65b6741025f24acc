// SPDX-License-Identifier: Apache-2.0
/** What runs in a Worker or a SharedWorker: hosts for whoever connects. */
import { workerParts } from "./live.js";

const { Hosts, Session, compiled, sayReady, wasmOf } = workerParts;
const scope = globalThis as unknown as { readonly name?: unknown; onconnect?: unknown; onmessage?: unknown; postMessage?: (message: unknown) => void };
const isShared = "onconnect" in globalThis;
const hosts = new Hosts(isShared ? "shared" : "worker");
// Before anybody asks: its name says which module it will be.
const wasm = wasmOf(scope.name);
if (wasm !== undefined) compiled(wasm).catch(() => undefined);

function serve(port: MessagePort): void {
  const end: ConstructorParameters<typeof Session>[1] = { receive: () => undefined, send: (message) => port.postMessage(message), close: () => port.close() };
  new Session(hosts, end);
  port.onmessage = ({ data }: MessageEvent) => end.receive(data as Parameters<typeof end.receive>[0]);
}

if (isShared) {
  scope.onconnect = ({ ports }: MessageEvent) => {
    const [port] = ports;
    if (port === undefined) return;
    serve(port);
    port.postMessage(sayReady);
  };
} else {
  scope.onmessage = ({ ports }: MessageEvent) => {
    if (ports[0] !== undefined) serve(ports[0]);
  };
  scope.postMessage?.(sayReady);
}
