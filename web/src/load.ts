// SPDX-License-Identifier: Apache-2.0
/** Finding and compiling the module. No Emscripten JavaScript, no eval. */

/** A compiled module, the bytes of one, an answer to a fetch, or where to find it. */
export type WasmSource = WebAssembly.Module | Uint8Array | Response | URL | string;

/** How an instance of a further module is made. */
export interface ModuleOptions {
  /** The module: default is the one beside the entry's file. */
  readonly wasm?: WasmSource | Promise<WasmSource>;
}

async function fromFile(url: URL): Promise<WebAssembly.Module> {
  // In Node, fetch does not read files. The name is hidden from bundlers, which would look for it in browsers.
  const fs = "node:fs/promises";
  const { readFile } = (await import(/* webpackIgnore: true */ /* @vite-ignore */ fs)) as typeof import("node:fs/promises");
  return WebAssembly.compile(await readFile(url));
}

async function fromResponse(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) throw new Error(`mote: ${response.url} answered ${response.status}`);
  // Compiled while it comes in, where the server says what it is: exactly so, or compileStreaming refuses it.
  const streams = response.headers.get("content-type")?.trim().toLowerCase() === "application/wasm" && "compileStreaming" in WebAssembly;
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

export async function compile(source: WasmSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof Uint8Array) return WebAssembly.compile(source as Uint8Array<ArrayBuffer>);
  // Not `instanceof Response`: where nothing is fetched, Node loads fetch for that name alone, which takes it 20 ms.
  if (typeof source !== "string" && !(source instanceof URL)) return fromResponse(source);
  const url = source instanceof URL ? source : new URL(source, globalThis.location?.href);
  return url.protocol === "file:" ? fromFile(url) : fromResponse(await fetch(url));
}
