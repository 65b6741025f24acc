// SPDX-License-Identifier: Apache-2.0
//! The peers that mote is measured beside: each reads what mote's own benchmark wrote or reads, and does the same.

use crate::bench_sr25519::sr25519;
use crate::rounds::serve;
use crate::trie::{MemoryState, V0, V1};
use k256::ecdsa::{RecoveryId, Signature as EcdsaSignature, VerifyingKey};
use parity_scale_codec::Decode;
use sp_core::{Blake2Hasher, H256};
use sp_trie::{read_trie_value, StorageProof, TrieConfiguration};
use std::{fs, hint::black_box};

fn parts(bytes: &[u8]) -> Vec<&[u8]> {
    let mut out = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let size = u32::from_le_bytes(rest[..4].try_into().expect("4 bytes")) as usize;
        out.push(&rest[4..4 + size]);
        rest = &rest[4 + size..];
    }
    out
}

/// A state as state_bench writes it, by sp-trie; one unit is the whole.
fn state(bytes: &[u8]) {
    let parts = parts(bytes);
    let entries: Vec<(&[u8], &[u8])> = parts.chunks(2).map(|pair| (pair[0], pair[1])).collect();
    let root_v0 = |_| {
        black_box(V0::trie_root(entries.iter().copied()));
        1
    };
    let root_v1 = |_| {
        black_box(V1::trie_root(entries.iter().copied()));
        1
    };
    let kept = |_| {
        drop(black_box(MemoryState::build::<V0>(entries.iter().copied())));
        1
    };
    serve(&[("root_v0", &root_v0), ("root_v1", &root_v1), ("kept", &kept)]);
}

/// A proof as growth_bench writes it (root, u32 count, keys of 32 bytes, SCALE), by sp-trie as nodes check one: into a database
/// by hash, then key by key. Units are keys.
fn proof(bytes: &[u8]) {
    let root = H256::from_slice(&bytes[..32]);
    let count = u32::from_le_bytes(bytes[32..36].try_into().expect("4 bytes")) as usize;
    let (keys, scale) = bytes[36..].split_at(32 * count);
    let read = |_| {
        let nodes = StorageProof::decode(&mut &scale[..]).expect("a proof");
        let db = nodes.into_memory_db::<Blake2Hasher>();
        let value = |key: &[u8]| read_trie_value::<V1, _>(&db, &root, key, None, None).expect("all nodes");
        let there = keys.chunks(32).filter_map(value).map(black_box).count();
        assert_eq!(there, count);
        count
    };
    serve(&[("keys", &read)]);
}

/// Hash and signatures as beefy_bench writes them (32 bytes, then 65 each), by k256. Units are recoveries.
fn recover(bytes: &[u8]) {
    let (hash, signatures) = bytes.split_at(32);
    let work = |_| {
        for signature in signatures.chunks(65) {
            let id = RecoveryId::from_byte(signature[64]).expect("0 to 3");
            let parsed = EcdsaSignature::from_slice(&signature[..64]).expect("r and s");
            let key = VerifyingKey::recover_from_prehash(hash, &parsed, id).expect("a key");
            black_box(key.to_encoded_point(true));
        }
        signatures.len() / 65
    };
    serve(&[("recover", &work)]);
}

pub fn run(name: &str, path: &str) {
    let bytes = fs::read(path).expect("a file of cases");
    match name {
        "sr25519" => sr25519(&bytes),
        "state" => state(&bytes),
        "proof" => proof(&bytes),
        "recover" => recover(&bytes),
        _ => panic!("bench: sr25519, state, proof or recover"),
    }
}
