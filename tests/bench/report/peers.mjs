// SPDX-License-Identifier: Apache-2.0
// JavaScript peers: for Node as they are installed, for a page as one file.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));

export async function libraries() {
  const noble = await import(require.resolve("@noble/curves/ed25519")), polkadot = require("@polkadot/wasm-crypto");
  await polkadot.waitReady();
  return { noble, polkadot };
}

/** A module with { noble, polkadot, ready }. */
export async function bundled() {
  const { build } = require("esbuild");
  const contents = `
    export * as noble from "@noble/curves/ed25519";
    import * as polkadot from "@polkadot/wasm-crypto";
    export { polkadot };
    export const ready = () => polkadot.waitReady();`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: new URL("../../../web", import.meta.url).pathname }, bundle: true, format: "esm", minify: true, write: false, platform: "browser",
  });
  return outputFiles[0].contents;
}

/** smoldot's module for a page, where it is installed (npm install in ../live). */
export async function smoldotBundle() {
  const live = createRequire(new URL("../live/package.json", import.meta.url));
  const { build } = require("esbuild");
  try {
    const entry = live.resolve("smoldot").replace(/(cjs|mjs).index-nodejs/, "mjs/index-browser");
    const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "esm", minify: true, write: false });
    return outputFiles[0].contents;
  } catch {
    return undefined;
  }
}

export const vectors = (path) => readFileSync(new URL(`../../vectors/${path}`, import.meta.url));
