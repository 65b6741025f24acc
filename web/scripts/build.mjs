// SPDX-License-Identifier: Apache-2.0
// dist/: types by tsc, one minified module, the wasm beside it, and an entry with the wasm inside for bundlers that
// cannot ship a file. Two more modules with entries of their own: validation, and live with its Worker. Needs
// build/wasm/mote.wasm, mote-validation.wasm and mote-live.wasm, or others that MOTE_WASM, MOTE_VALIDATION_WASM and
// MOTE_LIVE_WASM name. Checkpoints are those of ../checkpoints: the files, and each one inside a module of its own.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
rmSync(at("dist"), { recursive: true, force: true });
mkdirSync(at("dist"), { recursive: true });
execFileSync(process.execPath, [at("node_modules/typescript/bin/tsc"), "-p", at("tsconfig.json"), "--emitDeclarationOnly"], { stdio: "inherit" });
// White space stays, for the comments in import() that keep bundlers from following it.
const common = { bundle: true, minifyIdentifiers: true, minifySyntax: true, format: "esm", target: "es2022", platform: "neutral", sourcemap: true, legalComments: "none" };
await build({ ...common, entryPoints: [at("src/index.ts")], outfile: at("dist/index.js") });
// The other entries take what all share from the first, so that there is one kind of evidence.
const first = { name: "first-entry", setup: (to) => to.onResolve({ filter: /^\.\/index\.js$/ }, ({ path }) => ({ path, external: true })) };
await build({ ...common, entryPoints: [at("src/validation.ts")], outfile: at("dist/validation.js"), plugins: [first] });
await build({ ...common, entryPoints: [at("src/live.ts")], outfile: at("dist/live.js"), plugins: [first] });
const live = { name: "live-entry", setup: (to) => to.onResolve({ filter: /^\.\/live\.js$/ }, ({ path }) => ({ path, external: true })) };
await build({ ...common, entryPoints: [at("src/live-worker.ts")], outfile: at("dist/live-worker.js"), plugins: [live] });
copyFileSync(process.env.MOTE_LIVE_WASM ?? at("../build/wasm/mote-live.wasm"), at("dist/mote-live.wasm"));
checkpoints();
copyFileSync(process.env.MOTE_VALIDATION_WASM ?? at("../build/wasm/mote-validation.wasm"), at("dist/mote-validation.wasm"));
copyFileSync(process.env.MOTE_WASM ?? at("../build/wasm/mote.wasm"), at("dist/mote.wasm"));
copyFileSync(at("../LICENSE"), at("LICENSE"));
const wasm = readFileSync(at("dist/mote.wasm")).toString("base64");
writeFileSync(at("dist/inline.js"), `// SPDX-License-Identifier: Apache-2.0
import { Mote } from "./index.js";
export * from "./index.js";
const wasm = "${wasm}";
export const load = (options = {}) => Mote.load({ wasm: Uint8Array.from(atob(wasm), (c) => c.charCodeAt(0)), ...options });
`);
writeFileSync(at("dist/inline.d.ts"), `import { Mote, type LoadOptions } from "./index.js";
export * from "./index.js";
/** As Mote.load, with the module from inside this file: for bundlers that cannot ship a .wasm. */
export declare const load: (options?: LoadOptions) => Promise<Mote>;
`);

/** `import polkadot, { parachains } from "mote-light-client/checkpoints/polkadot"`: a page has what it imports. */
function checkpoints() {
  mkdirSync(at("dist/checkpoints"));
  const { relays, parachains } = JSON.parse(readFileSync(at("../checkpoints/index.json"), "utf8"));
  for (const { chain, block, madeAt, windowDays } of relays) {
    const bytes = readFileSync(at(`../checkpoints/${chain}.chk`));
    const name = (id) => id.replace(chain, "").replace(/^[-_]|[-_]$/g, "").replace(/[-_](.)/g, (_, letter) => letter.toUpperCase());
    const ids = Object.fromEntries(parachains.filter(({ relay }) => relay === chain).map(({ chain: id, paraId }) => [name(id), paraId]));
    writeFileSync(at(`dist/checkpoints/${chain}.chk`), bytes);
    writeFileSync(at(`dist/checkpoints/${chain}.js`), `// SPDX-License-Identifier: Apache-2.0
export const madeAt = ${JSON.stringify(madeAt)};
export const parachains = ${JSON.stringify(ids)};
export default /* @__PURE__ */ Uint8Array.from(/* @__PURE__ */ atob("${bytes.toString("base64")}"), (c) => c.charCodeAt(0));
`);
    writeFileSync(at(`dist/checkpoints/${chain}.d.ts`), `/** When it was made. It is refused as expired ${windowDays < 1 ? `${windowDays * 24} hours` : `${windowDays} days`} later. */
export declare const madeAt: string;
/** Ids of the parachains that this relay chain runs for itself. */
export declare const parachains: { ${Object.entries(ids).map(([of, id]) => `readonly ${of}: ${id}`).join("; ")} };
/** Block ${block}, for \`chain\` of createClient. */
declare const checkpoint: Uint8Array;
export default checkpoint;
`);
  }
}
