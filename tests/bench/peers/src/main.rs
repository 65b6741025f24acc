// SPDX-License-Identifier: Apache-2.0
//! Batches by ed25519-dalek and ed25519-zebra, and schnorrkel, as fast as these crates are on this machine: peers of mote's
//! benchmarks, asked for their rounds as those are (tests/bench/rounds.h).
//!
//! usage: peers votes FILE     votes as `ed25519_bench --votes` writes them
//!        peers sr25519 FILE   cases as tests/bench/sr25519_cases.mjs makes them

#[path = "../../../oracle/src/bench_sr25519.rs"]
mod bench_sr25519;
#[path = "../../../oracle/src/rounds.rs"]
mod rounds;

use ed25519_dalek::{verify_batch, Signature, VerifyingKey};
use rand_chacha::{rand_core::SeedableRng, ChaCha20Rng};
use rounds::serve;
use std::{env, fs};

const VOTE: usize = 149; // key, signature, 53 bytes

fn dalek(votes: &[u8]) -> usize {
    let (mut keys, mut signatures, mut messages) = (Vec::new(), Vec::new(), Vec::new());
    for vote in votes.chunks(VOTE) {
        keys.push(VerifyingKey::from_bytes(vote[..32].try_into().expect("32 bytes")).expect("a key"));
        signatures.push(Signature::from_slice(&vote[32..96]).expect("64 bytes"));
        messages.push(&vote[96..]);
    }
    verify_batch(&messages, &signatures, &keys).expect("all are good");
    keys.len()
}

/// The same text for two versions of one crate, which take random numbers of different kinds.
macro_rules! zebra {
    ($name:ident, $zebra:ident, $random:expr) => {
        fn $name(votes: &[u8]) -> usize {
            let mut verifier = $zebra::batch::Verifier::new();
            for vote in votes.chunks(VOTE) {
                let key = $zebra::VerificationKeyBytes::try_from(&vote[..32]).expect("32 bytes");
                let signature = $zebra::Signature::from_slice(&vote[32..96]).expect("64 bytes");
                verifier.queue((key, signature, &&vote[96..]));
            }
            verifier.verify($random).expect("all are good");
            votes.len() / VOTE
        }
    };
}
zebra!(zebra, ed25519_zebra, <rand_chacha_new::ChaCha20Rng as rand_chacha_new::rand_core::SeedableRng>::from_seed([7; 32]));
zebra!(zebra_of_nodes, ed25519_zebra_of_nodes, ChaCha20Rng::from_seed([7; 32]));

/// A round without a size is the 667 votes of a justification.
fn votes(bytes: &[u8]) {
    let first = |n: usize| &bytes[..VOTE * if n == 0 { 667 } else { n }];
    let dalek = |n| dalek(first(n));
    let zebra = |n| zebra(first(n));
    let zebra_of_nodes = |n| zebra_of_nodes(first(n));
    serve(&[("dalek", &dalek), ("zebra", &zebra), ("zebra_of_nodes", &zebra_of_nodes)]);
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let bytes = arguments.get(1).map(|path| fs::read(path).expect("a file"));
    match (arguments.first().map(String::as_str), bytes) {
        (Some("votes"), Some(bytes)) => votes(&bytes),
        (Some("sr25519"), Some(bytes)) => bench_sr25519::sr25519(&bytes),
        _ => panic!("usage: peers votes FILE | peers sr25519 FILE"),
    }
}
