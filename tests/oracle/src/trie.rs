// SPDX-License-Identifier: Apache-2.0
//! State tries: roots, storage proofs, compact proofs (sp-trie).

use crate::source::{put, Source};
use crate::Case;
use sp_core::{hashing::blake2_256, Blake2Hasher, H256};
use sp_trie::{
    read_trie_value, CompactProof, LayoutV0, LayoutV1, MemoryDB, Recorder, StorageProof, Trie, TrieConfiguration,
    TrieDBBuilder, TrieDBMutBuilder, TrieMut,
};
use std::collections::BTreeMap;

pub type V0 = LayoutV0<Blake2Hasher>;
pub type V1 = LayoutV1<Blake2Hasher>;
type Entries = BTreeMap<Vec<u8>, Vec<u8>>;

/// Keys with common beginnings, values around the sizes that matter: inline below 32 bytes, hashed above 32 in V1.
fn entries(source: &mut Source, limit: usize) -> Entries {
    let mut out = Entries::new();
    let alphabet = [0x00u8, 0x01, 0x10, 0x11, 0xf0, 0xff];
    for _ in 0..source.below(limit + 1) {
        let size = source.below(6);
        let mut key: Vec<u8> = (0..size).map(|_| alphabet[source.below(alphabet.len())]).collect();
        if source.chance(4) {
            key = source.bytes(4);
        }
        let size = [0, 1, 4, 30, 31, 32, 33, 34, 40, 64][source.below(10)];
        out.insert(key, source.bytes(size));
    }
    out
}

/// Input: version u8, then (u32 size, key, u32 size, value) for each entry. Output: the root.
pub fn root(source: &mut Source) -> Case {
    let version = source.below(2) as u8;
    let entries = entries(source, 16);
    let root = if version == 0 { V0::trie_root(entries.iter()) } else { V1::trie_root(entries.iter()) };
    let mut input = vec![version];
    for (key, value) in &entries {
        put(&mut input, key);
        put(&mut input, value);
    }
    Case::reading(Some(root.0.to_vec()), input)
}

/// All nodes of a trie, in memory.
pub struct MemoryState;

impl MemoryState {
    pub fn build<'a, L: sp_trie::TrieLayout<Hash = Blake2Hasher>>(
        entries: impl Iterator<Item = (&'a [u8], &'a [u8])>,
    ) -> (MemoryDB<Blake2Hasher>, H256) {
        let mut db = MemoryDB::default();
        let mut root = H256::default();
        let mut trie = TrieDBMutBuilder::<L>::new(&mut db, &mut root).build();
        for (key, value) in entries {
            trie.insert(key, value).expect("a whole trie");
        }
        drop(trie);
        (db, root)
    }
}

fn build<L: sp_trie::TrieLayout<Hash = Blake2Hasher>>(entries: &Entries) -> (MemoryDB<Blake2Hasher>, H256) {
    MemoryState::build::<L>(entries.iter().map(|(key, value)| (key.as_slice(), value.as_slice())))
}

fn record<L: sp_trie::TrieLayout<Hash = Blake2Hasher>>(db: &MemoryDB<Blake2Hasher>, root: &H256, keys: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut recorder = Recorder::<L>::new();
    {
        let trie = TrieDBBuilder::<L>::new(db, root).with_recorder(&mut recorder).build();
        for key in keys {
            trie.get(key).expect("a whole trie");
        }
    }
    StorageProof::new(recorder.drain().into_iter().map(|record| record.data)).into_iter_nodes().collect()
}

/// Some of the keys, and keys near them.
fn questions(source: &mut Source, entries: &Entries) -> Vec<Vec<u8>> {
    let keys: Vec<&Vec<u8>> = entries.keys().collect();
    (0..1 + source.below(4))
        .map(|_| match keys.is_empty() || source.chance(3) {
            true => {
                let mut key = keys.get(source.below(keys.len().max(1))).map_or_else(Vec::new, |key| key.to_vec());
                source.damage(&mut key);
                key
            }
            false => keys[source.below(keys.len())].clone(),
        })
        .collect()
}

/// Whole if that is what stands for it: 0 absent, 1 and the hash of the value, 2 cannot be read.
fn answer<L: sp_trie::TrieLayout<Hash = Blake2Hasher>>(db: &MemoryDB<Blake2Hasher>, root: &H256, key: &[u8]) -> Vec<u8> {
    match std::panic::catch_unwind(|| read_trie_value::<L, _>(db, root, key, None, None)) {
        Ok(Ok(None)) => vec![0],
        Ok(Ok(Some(value))) => [vec![1], blake2_256(&value).to_vec()].concat(),
        _ => vec![2],
    }
}

fn write(root: &H256, keys: &[Vec<u8>], nodes: &[Vec<u8>]) -> Vec<u8> {
    let mut input = root.0.to_vec();
    for list in [keys, nodes] {
        input.extend((list.len() as u32).to_le_bytes());
        for item in list {
            put(&mut input, item);
        }
    }
    input
}

/// The nodes made, then one of: nothing; a node gone, damaged, twice, strange; the root node damaged and its hash
/// taken for the root (reason 1: what sp-trie reads of it, mote may refuse for its form).
fn spoil(source: &mut Source, nodes: &mut Vec<Vec<u8>>, root: &mut H256) -> u8 {
    let at = source.below(nodes.len().max(1));
    match source.below(10) {
        0 if !nodes.is_empty() => {
            nodes.remove(at);
        }
        1 if !nodes.is_empty() => source.damage(&mut nodes[at]),
        2 if !nodes.is_empty() => nodes.push(nodes[at].clone()),
        3 => nodes.push(source.short(40)),
        4 if !nodes.is_empty() => nodes.swap(0, at),
        5 => source.disturb(&mut root.0),
        6 | 7 => {
            if let Some(node) = nodes.iter_mut().find(|node| blake2_256(node) == root.0) {
                source.damage(node);
                *root = blake2_256(node).into();
                return 1;
            }
        }
        _ => {}
    }
    0
}

/// Input: root, keys (u32 count, each u32 size and bytes), nodes (the same). Output: an answer for each key.
pub fn proof(source: &mut Source) -> Case {
    let one = source.below(2) == 1;
    let entries = entries(source, 12);
    let keys = questions(source, &entries);
    let (db, mut root) = if one { build::<V1>(&entries) } else { build::<V0>(&entries) };
    let mut nodes = if one { record::<V1>(&db, &root, &keys) } else { record::<V0>(&db, &root, &keys) };
    let reason = spoil(source, &mut nodes, &mut root);
    let shown: MemoryDB<Blake2Hasher> = StorageProof::new(nodes.clone()).into_memory_db();
    let answers: Vec<u8> = keys.iter().flat_map(|key| answer::<V1>(&shown, &root, key)).collect();
    Case::reading(Some(answers), write(&root, &keys, &nodes)).because(reason)
}

/// Input: as of a proof, the nodes those of a compact one. Output: an answer for each key; refused where the nodes do
/// not come to the root. Reason 2: no node at all, which under the root of the empty trie mote takes for a proof. Reason 3: a damaged
/// node, that may be read as it was: sp-trie passes over what stands behind a node, mote does not.
pub fn compact_proof(source: &mut Source) -> Case {
    let entries = entries(source, 12);
    let keys = questions(source, &entries);
    let (db, mut root) = build::<V1>(&entries);
    let proof = StorageProof::new(record::<V1>(&db, &root, &keys));
    let mut nodes = proof.into_compact_proof::<Blake2Hasher>(root).map(|proof| proof.encoded_nodes).unwrap_or_default();
    let at = source.below(nodes.len().max(1));
    let mut reason = 0;
    match source.below(8) {
        0 if !nodes.is_empty() => {
            nodes.remove(at);
        }
        1 | 2 if !nodes.is_empty() => {
            source.damage(&mut nodes[at]);
            reason = 3;
        }
        3 => nodes.push(source.short(40)),
        4 => source.disturb(&mut root.0),
        5 if !nodes.is_empty() => nodes.swap(0, at),
        _ => {}
    }
    let input = write(&root, &keys, &nodes);
    if nodes.is_empty() {
        reason = 2;
    }
    let compact = CompactProof { encoded_nodes: nodes };
    let shown = std::panic::catch_unwind(|| compact.to_memory_db::<Blake2Hasher>(Some(&root)));
    let Ok(Ok((shown, _))) = shown else {
        return Case::verdict(false, input).because(reason);
    };
    let answers: Vec<u8> = keys.iter().flat_map(|key| answer::<V1>(&shown, &root, key)).collect();
    Case::reading(Some(answers), input).because(reason)
}

/// Puts and removals, the removals of keys that are there: trie-db 0.30 may panic or go astray at others.
fn changes(source: &mut Source, held: &mut Entries, version: u8, input: &mut Vec<u8>) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
    let mut out = Vec::new();
    for (key, value) in entries(source, 10) {
        out.push((key, Some(value)));
    }
    let mut keys: Vec<Vec<u8>> = held.keys().cloned().collect();
    keys.extend(out.iter().map(|(key, _)| key.clone()));
    for _ in 0..source.below(keys.len() + 1) {
        let key = keys[source.below(keys.len())].clone();
        if !out.iter().any(|(other, value)| *other == key && value.is_none()) {
            out.push((key, None));
        }
    }
    for (key, value) in &out {
        input.extend([version, u8::from(value.is_some())]);
        put(input, key);
        put(input, value.as_deref().unwrap_or_default());
        match value {
            Some(value) => held.insert(key.clone(), value.clone()),
            None => held.remove(key),
        };
    }
    out
}

fn apply<L: sp_trie::TrieLayout<Hash = Blake2Hasher>>(trie: &mut impl TrieMut<L>, changes: &[(Vec<u8>, Option<Vec<u8>>)]) {
    for (key, value) in changes {
        match value {
            Some(value) => drop(trie.insert(key, value).expect("a whole trie")),
            None => drop(trie.remove(key).expect("a whole trie")),
        }
    }
}

/// Input: changes, each version u8, 1 put or 0 remove, u32 size and key, u32 size and value. The first are written in V0,
/// as before a migration, the rest in V1. Output: the root after each half.
pub fn state(source: &mut Source) -> Case {
    let (mut held, mut input) = (Entries::new(), Vec::new());
    let mut db = MemoryDB::<Blake2Hasher>::default();
    let mut root = H256::default();
    let first = changes(source, &mut held, 0, &mut input);
    {
        let mut trie = TrieDBMutBuilder::<V0>::new(&mut db, &mut root).build();
        apply::<V0>(&mut trie, &first);
    }
    let half = root;
    let second = changes(source, &mut held, 1, &mut input);
    {
        let mut trie = TrieDBMutBuilder::<V1>::from_existing(&mut db, &mut root).build();
        apply::<V1>(&mut trie, &second);
    }
    Case::reading(Some([half.0, root.0].concat()), input)
}
