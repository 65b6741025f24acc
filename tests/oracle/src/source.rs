// SPDX-License-Identifier: Apache-2.0
//! Where the cases come from: one stream of bytes for each, from the run's seed and the case's number.

use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};

pub struct Source(ChaCha8Rng);

impl Source {
    pub fn new(seed: u64, number: u64) -> Source {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&number.to_le_bytes());
        Source(ChaCha8Rng::from_seed(key))
    }

    pub fn rng(&mut self) -> &mut ChaCha8Rng {
        &mut self.0
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.0.next_u64() % limit as u64) as usize
    }

    pub fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }

    pub fn u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Numbers of every magnitude, edges among them.
    pub fn any_u64(&mut self) -> u64 {
        let bits = self.below(65) as u32;
        let value = if bits == 0 { 0 } else { self.u64() >> (64 - bits) };
        match self.below(8) {
            0 => 1u64.checked_shl(bits).unwrap_or(0),
            1 => 1u64.checked_shl(bits).unwrap_or(0).wrapping_sub(1),
            _ => value,
        }
    }

    pub fn bytes(&mut self, size: usize) -> Vec<u8> {
        let mut out = vec![0; size];
        self.0.fill_bytes(&mut out);
        out
    }

    pub fn array<const N: usize>(&mut self) -> [u8; N] {
        let mut out = [0; N];
        self.0.fill_bytes(&mut out);
        out
    }

    pub fn short(&mut self, limit: usize) -> Vec<u8> {
        let size = self.below(limit + 1);
        self.bytes(size)
    }

    /// One thing done to the bytes: a bit turned, a byte set, cut, grown, two pieces exchanged.
    pub fn damage(&mut self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            bytes.push(self.u64() as u8);
            return;
        }
        let at = self.below(bytes.len());
        match self.below(8) {
            0..=3 => bytes[at] ^= 1 << self.below(8),
            4 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][self.below(5)],
            5 => bytes.truncate(at),
            6 => bytes.insert(at, self.u64() as u8),
            _ => {
                let other = self.below(bytes.len());
                bytes.swap(at, other);
            }
        }
    }

    /// The same without changing the size: for what has a fixed layout.
    pub fn disturb(&mut self, bytes: &mut [u8]) {
        if bytes.is_empty() {
            return;
        }
        let at = self.below(bytes.len());
        match self.below(4) {
            0 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][self.below(5)],
            1 => {
                let other = self.below(bytes.len());
                bytes.swap(at, other);
            }
            _ => bytes[at] ^= 1 << self.below(8),
        }
    }
}

/// SCALE-like pieces of an input: a u32 size and the bytes.
pub fn put(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend((bytes.len() as u32).to_le_bytes());
    out.extend(bytes);
}
