// SPDX-License-Identifier: Apache-2.0
//! Hashes, compact integers, headers.

use crate::{source::Source, Case};
use parity_scale_codec::{Compact, DecodeAll, Encode};
use sha2::{Digest, Sha512};
use sp_core::hashing;
use sp_runtime::{generic, traits::BlakeTwo256, traits::Header as _, ConsensusEngineId, DigestItem};

/// Input: algorithm u8, then what is hashed. Output: the hash.
pub fn hash(source: &mut Source) -> Case {
    let algorithm = source.below(7) as u8;
    let limit = [8, 40, 127, 128, 129, 300, 1000][source.below(7)];
    let data = source.short(limit);
    let output = match algorithm {
        0 => hashing::blake2_128(&data).to_vec(),
        1 => hashing::blake2_256(&data).to_vec(),
        2 => hashing::twox_64(&data).to_vec(),
        3 => hashing::twox_128(&data).to_vec(),
        4 => hashing::twox_256(&data).to_vec(),
        5 => hashing::keccak_256(&data).to_vec(),
        _ => Sha512::digest(&data).to_vec(),
    };
    Case::reading(Some(output), [vec![algorithm], data].concat())
}

/// Input: width u8 (32 or 64), then the bytes of a Compact integer, nothing else. Output: its value, u64.
pub fn compact(source: &mut Source) -> Case {
    let width = [32u8, 64][source.below(2)];
    let mut bytes = Compact(source.any_u64()).encode();
    match source.below(4) {
        0 => source.damage(&mut bytes),
        1 => bytes = source.short(10),
        _ => {}
    }
    let value = if width == 32 {
        Compact::<u32>::decode_all(&mut &bytes[..]).map(|v| u64::from(v.0))
    } else {
        Compact::<u64>::decode_all(&mut &bytes[..]).map(|v| v.0)
    };
    Case::reading(value.ok().map(|v| v.to_le_bytes().to_vec()), [vec![width], bytes].concat())
}

type Header = generic::Header<u32, BlakeTwo256>;

fn digest_item(source: &mut Source) -> DigestItem {
    let engine: ConsensusEngineId = [*b"BABE", *b"FRNK", *b"BEEF", *b"aura", source.array()][source.below(5)];
    let payload = source.short(40);
    match source.below(5) {
        0 => DigestItem::Other(payload),
        1 => DigestItem::Consensus(engine, payload),
        2 => DigestItem::Seal(engine, payload),
        3 => DigestItem::PreRuntime(engine, payload),
        _ => DigestItem::RuntimeEnvironmentUpdated,
    }
}

/// Input: a header. Output: its hash, its number u32, how many digest items it has u32.
pub fn header(source: &mut Source) -> Case {
    let mut header = Header::new(
        source.any_u64() as u32,
        source.array().into(),
        source.array().into(),
        source.array().into(),
        Default::default(),
    );
    for _ in 0..source.below(5) {
        header.digest.push(digest_item(source));
    }
    let mut bytes = header.encode();
    if !source.chance(3) {
        source.damage(&mut bytes);
    }
    let read = Header::decode_all(&mut &bytes[..]).ok().map(|header| {
        [header.hash().0.to_vec(), header.number.to_le_bytes().to_vec(), (header.digest.logs.len() as u32).to_le_bytes().to_vec()]
            .concat()
    });
    Case::reading(read, bytes)
}
