// SPDX-License-Identifier: Apache-2.0
// node --import ./test/without-vectors.mjs --test ...: as in an engine without WebAssembly's vectors, so that the modules
// for those are taken.
WebAssembly.validate = () => false;
