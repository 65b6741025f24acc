// SPDX-License-Identifier: Apache-2.0
//! Who may author a slot: the arithmetic of sc-consensus-babe's authorship.rs, with the same types.

use crate::{source::Source, Case};
use num_bigint::BigUint;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive};
use parity_scale_codec::Encode;
use sp_core::{hashing::blake2_256, U256};

fn primary_threshold(c: (u64, u64), weights: &[u64], index: usize) -> Option<u128> {
    let c = c.0 as f64 / c.1 as f64;
    let theta = weights[index] as f64 / weights.iter().sum::<u64>() as f64;
    let p = BigRational::from_float(1f64 - (1f64 - c).powf(theta))?;
    let numerator = p.numer().to_biguint()?;
    let denominator = p.denom().to_biguint()?;
    ((BigUint::one() << 128usize) * numerator / denominator).to_u128()
}

/// Input: c's numerator u64 and denominator u64, the authority's weight u64, the sum of all weights u64.
/// Output: the threshold, u128. Only what a chain may have: 0 < c < 1, a weight above zero.
pub fn threshold(source: &mut Source) -> Case {
    let denominator = match source.below(3) {
        0 => 1 + source.any_u64().saturating_sub(2).max(1),
        _ => 2 + source.below(1000) as u64,
    };
    let numerator = 1 + source.u64() % (denominator - 1);
    let weights: Vec<u64> = match source.below(3) {
        0 => vec![1; 1 + source.below(1000)],
        1 => (0..1 + source.below(20)).map(|_| 1 + source.u64() % 1000).collect(),
        _ => (0..1 + source.below(4)).map(|_| 1 + (source.any_u64() >> 3)).collect(),
    };
    let index = source.below(weights.len());
    let input = [numerator, denominator, weights[index], weights.iter().sum()].map(u64::to_le_bytes).concat();
    let threshold = primary_threshold((numerator, denominator), &weights, index);
    Case::reading(threshold.map(|t| t.to_le_bytes().to_vec()), input)
}

/// Input: randomness of 32 bytes, slot u64, how many authorities u32. Output: the author's index u32.
pub fn secondary_author(source: &mut Source) -> Case {
    let randomness: [u8; 32] = source.array();
    let slot = source.any_u64();
    let authorities = source.below(1200) as u32;
    let input = [randomness.to_vec(), slot.encode(), authorities.encode()].concat();
    if authorities == 0 {
        return Case::verdict(false, input);
    }
    let random = U256::from_big_endian(&blake2_256(&(randomness, slot).encode()));
    let author = (random % U256::from(authorities)).as_u32();
    Case::reading(Some(author.encode()), input)
}
