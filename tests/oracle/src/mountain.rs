// SPDX-License-Identifier: Apache-2.0
//! Merkle mountain ranges (polkadot-ckb-merkle-mountain-range) and binary Merkle trees (binary-merkle-tree).

use crate::source::Source;
use crate::Case;
use parity_scale_codec::Encode;
use polkadot_ckb_merkle_mountain_range::{
    ancestry_proof::{bagging_peaks_hashes, AncestryProof, NodeMerkleProof},
    helper::get_peaks, leaf_index_to_mmr_size, leaf_index_to_pos, util::MemStore, Merge, MerkleProof, Result, MMR,
};
use sp_core::{hashing::keccak_256, H256};
use sp_runtime::traits::Keccak256;

type Hash = [u8; 32];

struct Keccak;
impl Merge for Keccak {
    type Item = Hash;
    fn merge(left: &Hash, right: &Hash) -> Result<Hash> {
        Ok(keccak_256(&[left.as_slice(), right.as_slice()].concat()))
    }
}

/// What the range of that many leaves would prove these leaves by.
fn items_needed(leaves: u64, indices: &[u64]) -> Option<usize> {
    let store = MemStore::default();
    let mut mmr = MMR::<Hash, Keccak, _>::new(0, &store);
    for i in 0..leaves {
        mmr.push(keccak_256(&i.to_le_bytes())).ok()?;
    }
    let positions = indices.iter().map(|i| leaf_index_to_pos(*i)).collect();
    mmr.gen_proof(positions).ok().map(|proof| proof.proof_items().len())
}

/// Reasons: 1 no leaf; 2 indices not strictly ascending; 3 an index not below the count; 4 more or fewer items than
/// the geometry has.
fn geometry(leaves: u64, indices: &[u64], items: usize) -> u8 {
    if indices.is_empty() {
        1
    } else if indices.windows(2).any(|pair| pair[0] >= pair[1]) {
        2
    } else if indices.iter().any(|index| *index >= leaves) {
        3
    } else if items_needed(leaves, indices) != Some(items) {
        4
    } else {
        0
    }
}

struct LeafProof {
    root: Hash,
    leaves: u64,
    indices: Vec<u64>,
    hashes: Vec<Hash>,
    items: Vec<Hash>,
}

fn make(source: &mut Source) -> LeafProof {
    let limit = [4, 16, 70][source.below(3)];
    let leaves = 1 + source.below(limit) as u64;
    let hash = |i: u64| keccak_256(&i.to_le_bytes());
    let store = MemStore::default();
    let mut mmr = MMR::<Hash, Keccak, _>::new(0, &store);
    for i in 0..leaves {
        mmr.push(hash(i)).expect("memory");
    }
    let one_in = 1 + source.below(leaves as usize);
    let mut indices: Vec<u64> = (0..leaves).filter(|_| source.chance(one_in)).collect();
    if indices.is_empty() {
        indices.push(source.below(leaves as usize) as u64);
    }
    let positions = indices.iter().map(|i| leaf_index_to_pos(*i)).collect();
    let items = mmr.gen_proof(positions).expect("leaves of it").proof_items().to_vec();
    let hashes = indices.iter().map(|i| hash(*i)).collect();
    LeafProof { root: mmr.get_root().expect("not empty"), leaves, indices, hashes, items }
}

fn spoil(source: &mut Source, proof: &mut LeafProof) {
    let at = source.below(proof.indices.len());
    let item = source.below(proof.items.len().max(1));
    match source.below(16) {
        0 => proof.leaves += 1,
        1 => proof.leaves = proof.leaves.saturating_sub(1),
        2 => proof.indices[at] = source.below(75) as u64,
        3 => {
            proof.indices.remove(at);
            proof.hashes.remove(at);
        }
        4 => {
            proof.indices.push(proof.indices[at]);
            proof.hashes.push(proof.hashes[at]);
        }
        5 => source.disturb(&mut proof.hashes[at]),
        6 if !proof.items.is_empty() => source.disturb(&mut proof.items[item]),
        7 if !proof.items.is_empty() => {
            proof.items.remove(item);
        }
        8 => proof.items.insert(item.min(proof.items.len()), source.array()),
        9 => source.disturb(&mut proof.root),
        10 if !proof.items.is_empty() => proof.items.swap(0, item),
        11 => {
            proof.indices.swap(0, at);
            proof.hashes.swap(0, at);
        }
        12 => {
            proof.indices.clear();
            proof.hashes.clear();
        }
        _ => {}
    }
}

/// Input: root, how many leaves u64, leaves shown (u32 count, each index u64 and hash), items (u32 count, each 32).
pub fn leaf_proof(source: &mut Source) -> Case {
    let mut proof = make(source);
    spoil(source, &mut proof);
    let LeafProof { root, leaves, indices, hashes, items } = proof;
    let mut input = [root.to_vec(), leaves.to_le_bytes().to_vec(), (indices.len() as u32).to_le_bytes().to_vec()].concat();
    for (index, hash) in indices.iter().zip(&hashes) {
        input.extend(index.to_le_bytes());
        input.extend(hash);
    }
    input.extend((items.len() as u32).to_le_bytes());
    input.extend(items.iter().flatten());
    if leaves == 0 {
        return Case::verdict(false, input); // the library subtracts one from it
    }
    let reason = geometry(leaves, &indices, items.len());
    let size = leaf_index_to_mmr_size(leaves - 1);
    assert_eq!(get_peaks(size).len() as u32, leaves.count_ones());
    let shown = indices.iter().map(|i| leaf_index_to_pos(*i)).zip(hashes).collect();
    let accepted = std::panic::catch_unwind(move || MerkleProof::<Hash, Keccak>::new(size, items).verify(root, shown));
    Case::verdict(matches!(accepted, Ok(Ok(true))), input).because(reason)
}

/// Input: root, how many leaves u32, index u32, items (u32 count, each 32), then the leaf. Reasons: 4 more or fewer items
/// than the geometry has; 5 a leaf of 64 bytes, which two hashes would be as well.
pub fn binary_proof(source: &mut Source) -> Case {
    let size = [20, 20, 36, 64][source.below(4)];
    let limit = [3, 9, 40][source.below(3)];
    let leaves: Vec<Vec<u8>> = (0..1 + source.below(limit)).map(|_| source.bytes(size)).collect();
    let at = source.below(leaves.len());
    let made = binary_merkle_tree::merkle_proof::<Keccak256, _, _>(leaves.clone(), at as u32);
    let (mut root, mut items, mut leaf) = (made.root, made.proof, made.leaf);
    let (mut count, mut index) = (leaves.len() as u32, at as u32);
    match source.below(12) {
        0 => count = source.below(42) as u32,
        1 | 2 => index = source.below(leaves.len() + 1) as u32,
        3 => source.disturb(&mut leaf),
        4 => drop(items.pop()),
        5 => items.push(source.array().into()),
        6 if !items.is_empty() => {
            let item = source.below(items.len());
            source.disturb(&mut items[item].0);
        }
        7 => source.disturb(&mut root.0),
        _ => {}
    }
    let mut input = [root.0.to_vec(), count.to_le_bytes().to_vec(), index.to_le_bytes().to_vec()].concat();
    input.extend((items.len() as u32).to_le_bytes());
    input.extend(items.iter().flat_map(|item| item.0));
    input.extend(&leaf);
    let needed = (index < count).then(|| {
        let any: Vec<Vec<u8>> = (0..count).map(|i| i.to_le_bytes().to_vec()).collect();
        binary_merkle_tree::merkle_proof::<Keccak256, _, _>(any, index).proof.len()
    });
    let exact = needed.is_none() || needed == Some(items.len());
    let reason = if !exact { 4 } else if leaf.len() == 64 { 5 } else { 0 };
    let root: H256 = root;
    let accepted = binary_merkle_tree::verify_proof::<Keccak256, _, _>(&root, items, count, index, &leaf);
    Case::verdict(accepted, input).because(reason)
}

type Item = (u64, Hash);

/// The older range's peaks and the items by which the range of that many leaves shows that it grew out of it.
fn ancestry_of(leaves: u64, older: u64, hash: impl Fn(u64) -> Hash) -> (Hash, Vec<Hash>, Vec<Item>) {
    let store = MemStore::default();
    let mut mmr = MMR::<Hash, Keccak, _>::new(0, &store);
    for i in 0..leaves {
        mmr.push(hash(i)).expect("memory");
    }
    let root = mmr.get_root().expect("not empty");
    mmr.commit().expect("memory");
    let made = MMR::<Hash, Keccak, _>::new(leaf_index_to_mmr_size(leaves - 1), &store)
        .gen_ancestry_proof(leaf_index_to_mmr_size(older - 1))
        .expect("an older range");
    // Of a single leaf the crate gives no peak, which it then refuses itself.
    let peaks = if leaves == 1 { vec![root] } else { made.prev_peaks };
    (root, peaks, made.prev_peaks_proof.proof_items().to_vec())
}

/// As pallet-mmr does: the older root, where it is one.
fn ancestor(root: Hash, leaves: u64, older: u64, peaks: &[Hash], items: &[Item]) -> Option<Hash> {
    let (peaks, items) = (peaks.to_vec(), items.to_vec());
    std::panic::catch_unwind(move || {
        let older_root = bagging_peaks_hashes::<Hash, Keccak>(peaks.clone()).ok()?;
        let proof = AncestryProof::<Hash, Keccak> {
            prev_mmr_size: leaf_index_to_mmr_size(older - 1),
            prev_peaks: peaks,
            prev_peaks_proof: NodeMerkleProof::new(leaf_index_to_mmr_size(leaves - 1), items),
        };
        proof.verify_ancestor(root, older_root).ok()?.then_some(older_root)
    })
    .ok()
    .flatten()
}

/// Input: root, then the proof as nodes encode it: older peaks, how many leaves then and now, items with positions. Output:
/// the older root. Reasons: 4 other items than the geometry has; 6 its items in another order; 7 the older range is the
/// larger; 8 one leaf, and the older range is the same.
pub fn ancestry(source: &mut Source) -> Case {
    let limit = [4, 16, 130][source.below(3)];
    let mut leaves = 1 + source.below(limit) as u64;
    let mut older = 1 + source.below(leaves as usize) as u64;
    let hash = |i: u64| keccak_256(&i.to_le_bytes());
    let (mut root, mut peaks, mut items) = ancestry_of(leaves, older, hash);
    let item = source.below(items.len().max(1));
    let peak = source.below(peaks.len());
    match source.below(22) {
        0 => leaves = source.below(133) as u64,
        1 => older = source.below(133) as u64,
        2 => (leaves, older) = (leaves + 1, older + 1),
        3 => std::mem::swap(&mut leaves, &mut older),
        4 if !items.is_empty() => drop(items.remove(item)),
        5 => items.insert(item, (source.below(260) as u64, source.array())),
        6 if !items.is_empty() => items[item].0 = source.below(260) as u64,
        7 if !items.is_empty() => source.disturb(&mut items[item].1),
        8 => source.disturb(&mut peaks[peak]),
        9 => drop(peaks.remove(peak)),
        10 => peaks.push(source.array()),
        11 if !items.is_empty() => items.swap(0, item),
        12 => peaks.swap(0, peak),
        13 if !items.is_empty() => items.push(items[item]),
        14 => items.push((leaf_index_to_mmr_size(older - 1) - 1, peaks[peaks.len() - 1])),
        15 => source.disturb(&mut root),
        16 => {
            let at = source.below(leaves as usize) as u64;
            items.push((leaf_index_to_pos(at), hash(at)));
        }
        _ => {}
    }
    let input = [root.to_vec(), (&peaks, older, leaves, &items).encode()].concat();
    if older == 0 || leaves == 0 {
        return Case::verdict(false, input); // the pallet subtracts one from them
    }
    let reason = match order_of(&items, leaves, older) {
        0 if leaves == 1 => 8,
        reason => reason,
    };
    Case::reading(ancestor(root, leaves, older, &peaks, &items).map(Vec::from), input).because(reason)
}

fn order_of(items: &[Item], leaves: u64, older: u64) -> u8 {
    if older > leaves {
        return 7;
    }
    let positions = |items: &[Item]| items.iter().map(|item| item.0).collect::<Vec<_>>();
    let (given, needed) = (positions(items), positions(&ancestry_of(leaves, older, |_| [0; 32]).2));
    let sorted = |mut list: Vec<u64>| {
        list.sort();
        list
    };
    if given == needed {
        0
    } else if sorted(given) == sorted(needed) {
        6
    } else {
        4
    }
}
