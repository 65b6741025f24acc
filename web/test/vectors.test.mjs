// SPDX-License-Identifier: Apache-2.0
// Which of a module's two builds is taken, and that what the one with vectors says the other says too. (The suites of the
// verifier run with each: package.json.)
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Mote } from "mote-light-client";

const bytesOf = (name) => readFileSync(new URL(`../dist/${name}.wasm`, import.meta.url));
const vectors = WebAssembly.validate(bytesOf("mote-simd"));

/** The bytes that `Mote.load` compiles where nothing is said about the module. */
async function taken() {
  const { compile } = WebAssembly;
  let bytes;
  WebAssembly.compile = (given) => compile.call(WebAssembly, (bytes = given));
  try {
    await Mote.load();
  } finally {
    WebAssembly.compile = compile;
  }
  return Buffer.from(bytes);
}

test("the module with vectors where the engine has them, the other one where not", { skip: vectors ? false : "not run here: no vectors" }, async () => {
  assert.deepEqual(await taken(), bytesOf("mote-simd"));
  const { validate } = WebAssembly;
  WebAssembly.validate = () => false;
  try {
    assert.deepEqual(await taken(), bytesOf("mote"));
  } finally {
    WebAssembly.validate = validate;
  }
});

test("only one of the two has vectors in it", () => {
  const simd = /* the prefix of all their instructions */ 0xfd;
  const count = (bytes) => bytes.reduce((sum, byte) => sum + (byte === simd), 0);
  assert.ok(count(bytesOf("mote-simd")) > count(bytesOf("mote")) + 1000);
});
