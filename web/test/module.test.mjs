// SPDX-License-Identifier: Apache-2.0
// What is shipped: imports, exports, sizes, memory, versions, the package's entries.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import ts from "typescript";
import { Mote, MoteVersionError, statuses } from "mote-light-client";
import { setOf } from "../../tests/verdicts/signer.mjs";
import * as made from "./made.mjs";
import { hexOf, json, load, refused, scaleList, wasmBytes } from "./support.mjs";

const here = fileURLToPath(new URL("..", import.meta.url));

test("the module asks for nothing: zero imports", async () => {
  const module = await WebAssembly.compile(wasmBytes());
  assert.deepEqual(WebAssembly.Module.imports(module), []);
  const exported = WebAssembly.Module.exports(module).map(({ name, kind }) => `${kind} ${name}`);
  for (const ours of ["function mote_abi", "function mote_call", "function mote_input", "function mote_output", "memory memory"]) {
    assert.ok(exported.includes(ours), ours);
  }
});

for (const [name, limit] of [["mote", 80], ["mote-simd", 95]]) test(`${name}: at most ${limit} KB with brotli`, () => {
  const wasm = readFileSync(new URL(`../dist/${name}.wasm`, import.meta.url));
  const size = brotliCompressSync(wasm, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;
  console.log(`${name}.wasm: ${wasm.length} bytes, ${size} with brotli`);
  assert.ok(size <= limit * 1000, `${size} bytes`);
});

test("what is generated for the boundary is what its description makes", () => {
  execFileSync(process.execPath, [fileURLToPath(new URL("../../wasm/generate.mjs", import.meta.url)), "--check"]);
});

test("statuses: unique codes and names, none of them success but ok", () => {
  assert.equal(new Set(statuses.map(({ code }) => code)).size, statuses.length);
  assert.equal(new Set(statuses.map(({ name }) => name)).size, statuses.length);
  assert.deepEqual(statuses.filter(({ class: kind }) => kind === "done").map(({ name }) => name), ["ok"]);
});

// --- modules that are not this one ------------------------------------------------------------------------------------

/** The module with the number that it answers for its version changed. */
function otherVersion() {
  const bytes = wasmBytes();
  const { abi } = abiOf();
  const leb = [];
  for (let left = BigInt.asIntN(32, BigInt(abi)); ; left >>= 7n) {
    const done = (left >> 7n) === ((left & 64n) !== 0n ? -1n : 0n);
    leb.push(Number(left & 127n) | (done ? 0 : 128));
    if (done) break;
  }
  const found = bytes.indexOf(Buffer.from([0x41, ...leb]));
  assert.ok(found > 0, "the number is in the code");
  assert.equal(bytes.indexOf(Buffer.from([0x41, ...leb]), found + 1), -1, "and once");
  bytes[found + 1] ^= 1;
  return bytes;
}

const abiOf = () => ({ abi: Number(/export const abi = (0x[0-9a-f]+)/.exec(readFileSync(`${here}src/abi.gen.ts`, "utf8"))[1]) });

test("a module of another version refuses to start", async () => {
  await assert.rejects(() => Mote.load({ wasm: otherVersion() }), MoteVersionError);
});

test("a module that asks for imports, or is something else, refuses to start", async () => {
  // (module (import "env" "f" (func))) and (module)
  const imports = Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 9, 1, 3, 101, 110, 118, 1, 102, 0, 0]);
  await assert.rejects(() => Mote.load({ wasm: imports }), MoteVersionError);
  await assert.rejects(() => Mote.load({ wasm: imports.slice(0, 8) }), MoteVersionError);
  await assert.rejects(() => Mote.load({ wasm: Uint8Array.of(1, 2, 3) }), WebAssembly.CompileError);
});

test("an instance starts once: what is sealed and cached stays", async () => {
  const { exports } = new WebAssembly.Instance(await WebAssembly.compile(wasmBytes()), {});
  exports._initialize?.();
  const start = (seed) => {
    const ask = new Uint8Array(40);
    const view = new DataView(ask.buffer);
    view.setUint32(0, 32, true);
    ask.fill(seed, 4, 36);
    view.setUint32(36, 1000, true);
    const input = exports.mote_input(ask.length); // may grow the memory: its buffer is another one then
    new Uint8Array(exports.memory.buffer).set(ask, input);
    assert.ok(exports.mote_call(0, ask.length) >= 4);
    return new DataView(exports.memory.buffer).getUint32(exports.mote_output(), true);
  };
  const code = (name) => statuses.find((status) => status.name === name).code;
  assert.deepEqual([start(1), start(2), start(1)], [code("ok"), code("bad_argument"), code("bad_argument")]);
});

/** A module of the right version that answers every start and traps at everything else. */
function trapping() {
  const leb = (value) => {
    const bytes = [];
    for (let left = BigInt.asIntN(32, BigInt(value)); ; left >>= 7n) {
      const done = (left >> 7n) === ((left & 64n) !== 0n ? -1n : 0n);
      bytes.push(Number(left & 127n) | (done ? 0 : 128));
      if (done) return bytes;
    }
  };
  const section = (id, ...items) => [id, ...leb(items.flat().length + 1).slice(0, 2), items.length, ...items.flat()];
  const text = (value) => [value.length, ...Buffer.from(value)];
  const body = (...code) => [code.length + 2, 0, ...code, 0x0b];
  const i32 = 0x7f;
  return Uint8Array.from([
    0, 97, 115, 109, 1, 0, 0, 0,
    ...section(1, [0x60, 0, 1, i32], [0x60, 1, i32, 1, i32], [0x60, 2, i32, i32, 1, i32]), // types: (), (i32), (i32, i32) -> i32
    ...section(3, [0], [1], [2], [0]),
    ...section(5, [0, 1]),
    ...section(7, [...text("mote_abi"), 0, 0], [...text("mote_input"), 0, 1], [...text("mote_call"), 0, 2], [...text("mote_output"), 0, 3], [...text("memory"), 2, 0]),
    ...section(10,
      body(0x41, ...leb(abiOf().abi)),
      body(0x41, ...leb(1024)),
      body(0x20, 0, 0x04, 0x40, 0x00, 0x0b, 0x41, 4), // if (operation) unreachable; 4 bytes of answer
      body(0x41, ...leb(32768))),
  ]);
}

test("a trap is reported as mote's own defect, and the instance goes on with a new module", async () => {
  const mote = await Mote.load({ wasm: trapping() });
  for (let i = 0; i < 3; i++) {
    const error = refused("internal", () => mote.blake2b256("0x00"));
    assert.deepEqual([error.class, error.blame], ["internal", "mote"]);
  }
});

test("loading from bytes, a compiled module, a URL, a promise; with a seed of one's own; without a cache of keys", async () => {
  const url = new URL("../dist/mote.wasm", import.meta.url);
  for (const wasm of [wasmBytes(), await WebAssembly.compile(wasmBytes()), url, url.href, Promise.resolve(wasmBytes())]) {
    const mote = await Mote.load({ wasm, seed: new Uint8Array(32), cachedKeys: 0 });
    assert.equal(hexOf(mote.twox64("0x00")).length, 18);
  }
  await assert.rejects(() => Mote.load({ seed: new Uint8Array(31) }), { status: "bad_argument" });
});

test("the entry with the module inside gives the same", async () => {
  const inline = await import("mote-light-client/inline");
  const [mote, other] = [await inline.load(), await load()];
  assert.equal(hexOf(mote.blake2b256("0x1234")), hexOf(other.blake2b256("0x1234")));
  assert.equal(inline.Mote, Mote);
  for (const name of ["mote.wasm", "mote-simd.wasm"]) {
    const resolved = import.meta.resolve(`mote-light-client/${name}`);
    assert.deepEqual(readFileSync(fileURLToPath(resolved)), readFileSync(`${here}dist/${name}`));
  }
});

test("both entries go through a bundler for browsers without a word", async () => {
  for (const name of ["mote-light-client", "mote-light-client/inline"]) {
    const { warnings, outputFiles } = await build({
      stdin: { contents: `import * as mote from "${name}"; console.log(mote);`, resolveDir: here }, bundle: true, platform: "browser", format: "esm", write: false, logLevel: "silent",
    });
    assert.deepEqual(warnings, []);
    assert.ok(outputFiles[0].contents.length > 20000);
  }
});

test("the package carries what it needs and nothing recorded", () => {
  const [{ files, name }] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: here, stdio: ["ignore", "pipe", "ignore"] }));
  assert.equal(name, "mote-light-client");
  const paths = files.map(({ path }) => path);
  for (const needed of ["dist/index.js", "dist/index.d.ts", "dist/mote.wasm", "dist/mote-simd.wasm", "dist/mote-live.wasm", "dist/mote-live-simd.wasm", "dist/inline.js", "dist/inline.d.ts", "dist/validation.js", "LICENSE", "NOTICE", "README.md", "package.json"]) {
    assert.ok(paths.includes(needed), needed);
  }
  assert.deepEqual(paths.filter((path) => !/^(dist\/|LICENSE$|NOTICE$|README\.md$|package\.json$)/.test(path)), []);
});

test("the bindings are free of any and of Emscripten", () => {
  const declared = execFileSync("sh", ["-c", "cat dist/*.d.ts src/*.ts"], { cwd: here }).toString().replace(/\/\*[^]*?\*\/|\/\/.*/g, "");
  assert.doesNotMatch(declared, /:\s*any\b|<any>|as any\b|any\[\]/);
  assert.doesNotMatch(readFileSync(`${here}dist/index.js`, "utf8"), /emscripten|Module\[/i);
});

for (const name of ["index", "authorship", "beefy", "state", "validation"]) test(`everything that is exported says what it is: ${name}`, () => {
  const entry = `${here}src/${name}.ts`;
  const program = ts.createProgram([entry], { strict: true, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022, types: ["node"] });
  const checker = program.getTypeChecker();
  const silent = [];
  const look = (name, symbol) => {
    const internal = symbol.getJsDocTags(checker).some((tag) => tag.name === "internal");
    if (!internal && symbol.getDocumentationComment(checker).length === 0) silent.push(name);
  };
  for (const exported of checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)))) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    look(symbol.name, symbol);
    if (!(symbol.flags & ts.SymbolFlags.Class)) continue;
    for (const [name, member] of [...symbol.members, ...symbol.exports]) {
      const declaration = member.valueDeclaration;
      const isOurs = declaration !== undefined && (ts.isMethodDeclaration(declaration) || ts.isGetAccessor(declaration)) && ts.isIdentifier(declaration.name);
      if (isOurs) look(`${symbol.name}.${name}`, member);
    }
  }
  assert.deepEqual(silent, []);
});

// --- memory -----------------------------------------------------------------------------------------------------------

const MiB = 1024 * 1024;

test("at most 8 MiB for a set of 1000 authorities and a proof of 1 MiB", async () => {
  const mote = await Mote.load();
  const set = made.voters(1000);
  const trie = made.fullTrie(mote, 3, 217);
  const proof = scaleList(trie.nodes);
  assert.ok(proof.length >= MiB, `${proof.length}`);
  const header = made.header(100, Buffer.alloc(32), undefined);
  const justification = made.justification(mote, header, 100, set, 5);
  const { votes } = mote.verifyJustification({ authorities: setOf(set), setId: 5, justification, header });
  assert.equal(votes.countedVoters, 667);
  const opened = mote.proof(mote.assumeStateRoot(trie.root), proof);
  assert.equal(opened.read(trie.keys[1234]).kind, "value");
  assert.equal(opened.readMany(trie.keys).length, 4096);
  console.log(`memory after both: ${(mote.memoryBytes / MiB).toFixed(2)} MiB`);
  assert.ok(mote.memoryBytes <= 8 * MiB);
});

/** Memory after a warp proof of so many fragments, which came in piece by piece. */
async function memoryAfter(count, workers) {
  const sets = [made.voters(20, 1), made.voters(20, 2)];
  const mote = await Mote.load();
  const proof = made.warpProof(mote, Array.from({ length: count + 1 }, (_, i) => sets[i % 2]));
  let links = 0;
  const chunks = (function* () { for (let at = 0; at < proof.length; at += 5000) yield proof.subarray(at, at + 5000); })();
  for await (const link of mote.warp(chunks, { authorities: setOf(sets[0]), setId: 0 }, { workers })) {
    links++;
    assert.equal(link.nextAuthorities, 20);
  }
  assert.equal(links, count);
  mote.close();
  return mote.memoryBytes;
}

// With Workers (for proofs that are large enough for them) more fragments are in memory at a time.
for (const [workers, counts] of [[0, [1, 8, 200, 1100]], [2, [300, 1100]]]) {
  test(`memory of a warp proof does not depend on the number of fragments: ${counts}, ${workers} Workers`, async () => {
    const memory = [];
    for (const count of counts) memory.push(await memoryAfter(count, workers));
    console.log(`memory: ${memory.join(", ")}`);
    assert.equal(new Set(memory).size, 1);
  });
}

test("a status table in the documents is the same list", () => {
  const documented = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
  for (const { name } of statuses) assert.ok(documented.includes(name), name);
  assert.ok(json("grandpa/index.json").length === 43);
});
