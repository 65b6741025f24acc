// SPDX-License-Identifier: Apache-2.0
// dist/: types by tsc, a minified module for each entry, the wasm of each beside it, and an entry with the wasm inside for
// bundlers that cannot ship a file. Needs build/wasm/*.wasm, or those in the folder MOTE_WASM_FOLDER,
// and build/wasm-simd/*.wasm, or those in MOTE_WASM_SIMD_FOLDER. Checkpoints are those of ../checkpoints: the files, and each one inside a module of its own.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
rmSync(at("dist"), { recursive: true, force: true });
mkdirSync(at("dist"), { recursive: true });
execFileSync(process.execPath, [at("node_modules/typescript/bin/tsc"), "-p", at("tsconfig.json"), "--emitDeclarationOnly"], { stdio: "inherit" });
// White space stays, for the comments in import() that keep bundlers from following it.
const common = { bundle: true, minifyIdentifiers: true, minifySyntax: true, format: "esm", target: "es2022", platform: "neutral", sourcemap: true, legalComments: "none" };
// An entry takes what is another's from there: a page loads each once, and there is one kind of evidence.
const entries = ["index", "authorship", "beefy", "state", "validation", "live", "live-worker", "work-worker"];
for (const entry of entries) {
  const others = new RegExp(`^\\./(${entries.filter((other) => other !== entry).join("|")})\\.js$`);
  const apart = { name: "entries", setup: (to) => to.onResolve({ filter: others }, ({ path }) => ({ path, external: true })) };
  await build({ ...common, entryPoints: [at(`src/${entry}.ts`)], outfile: at(`dist/${entry}.js`), plugins: [apart] });
}
checkpoints();
for (const name of ["mote", "mote-authorship", "mote-beefy", "mote-state", "mote-live"]) {
  copyFileSync(join(process.env.MOTE_WASM_FOLDER ?? at("../build/wasm"), `${name}.wasm`), at(`dist/${name}.wasm`));
}
for (const name of ["mote-simd", "mote-authorship-simd", "mote-state-simd", "mote-live-simd"]) {
  copyFileSync(join(process.env.MOTE_WASM_SIMD_FOLDER ?? at("../build/wasm-simd"), `${name}.wasm`), at(`dist/${name}.wasm`));
}
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
