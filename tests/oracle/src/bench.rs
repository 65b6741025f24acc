// SPDX-License-Identifier: Apache-2.0
//! The peers that mote is measured beside: each reads what mote's own benchmark wrote or reads, does the same, and prints
//! the times of its rounds as JSON.

use crate::trie::{MemoryState, V0, V1};
use ed25519_zebra::{batch, Signature as Ed25519Signature, VerificationKeyBytes};
use k256::ecdsa::{RecoveryId, Signature as EcdsaSignature, VerifyingKey};
use merlin::Transcript;
use schnorrkel::{
    vrf::{VRFPreOut, VRFProof},
    PublicKey, Signature,
};
use sp_trie::TrieConfiguration;
use rand_chacha::{rand_core::SeedableRng, ChaCha20Rng};
use std::{fs, hint::black_box};

type Work<'a> = (&'a str, &'a dyn Fn());

#[repr(C)]
struct Timespec {
    seconds: i64,
    nanoseconds: i64,
}

extern "C" {
    fn clock_gettime(clock: i32, out: *mut Timespec) -> i32;
}

/// Of this process, as mote's own benchmarks count it: a busy machine takes turns, and those are not the work's.
fn processor_micros() -> f64 {
    const CLOCK_PROCESS_CPUTIME_ID: i32 = 2;
    let mut time = Timespec { seconds: 0, nanoseconds: 0 };
    assert_eq!(unsafe { clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &mut time) }, 0);
    time.seconds as f64 * 1e6 + time.nanoseconds as f64 / 1e3
}

/// Microseconds of each round, divided by `per`.
fn measure(works: &[Work], rounds: usize, per: usize) {
    let mut times = vec![Vec::new(); works.len()];
    for _ in 0..rounds {
        for (i, (_, work)) in works.iter().enumerate() {
            let start = processor_micros();
            work();
            times[i].push(format!("{:.3}", (processor_micros() - start) / per as f64));
        }
    }
    let lists: Vec<String> =
        works.iter().zip(&times).map(|((name, _), list)| format!("\"{name}\": [{}]", list.join(", "))).collect();
    println!("{{{}}}", lists.join(", "));
}

const CASES: usize = 256;
const SIGNATURE: usize = 128;
const VRF: usize = 176;

fn verify(case: &[u8]) -> Option<()> {
    let key = PublicKey::from_bytes(&case[..32]).ok()?;
    let signature = Signature::from_bytes(&case[32..96]).ok()?;
    key.verify_simple(b"substrate", &case[96..], &signature).ok()
}

fn verify_vrf(case: &[u8], score: bool) -> Option<()> {
    let key = PublicKey::from_bytes(&case[..32]).ok()?;
    let made = VRFPreOut::from_bytes(&case[32..64]).ok()?;
    let proof = VRFProof::from_bytes(&case[64..128]).ok()?;
    let mut transcript = Transcript::new(b"BABE");
    transcript.append_message(b"slot number", &case[160..168]);
    transcript.append_message(b"current epoch", &case[168..]);
    transcript.append_message(b"chain randomness", &case[128..160]);
    let (both, _) = key.vrf_verify(transcript, &made, &proof).ok()?;
    if score {
        black_box(both.make_bytes::<[u8; 16]>(b"substrate-babe-vrf"));
    }
    Some(())
}

/// The cases of tests/bench/sr25519_cases.mjs, by schnorrkel; microseconds a case.
fn sr25519(bytes: &[u8], rounds: usize) {
    let (signatures, vrfs) = bytes.split_at(CASES * SIGNATURE);
    let all = |count: usize| assert_eq!(count, CASES);
    let single = || all(signatures.chunks(SIGNATURE).filter_map(verify).count());
    let vrf = || all(vrfs.chunks(VRF).filter_map(|case| verify_vrf(case, false)).count());
    let scored = || all(vrfs.chunks(VRF).filter_map(|case| verify_vrf(case, true)).count());
    measure(&[("single", &single), ("vrf", &vrf), ("vrf_and_score", &scored)], rounds, CASES);
}

const VOTE: usize = 149; // key, signature, 53 bytes
const SIGNERS: usize = 667;

/// The votes of a justification that ed25519_bench writes, as a batch, by ed25519-zebra; microseconds a signature.
fn ed25519(bytes: &[u8], rounds: usize) {
    let judge = |votes: &[u8]| {
        let mut verifier = batch::Verifier::new();
        for vote in votes.chunks(VOTE) {
            let key = VerificationKeyBytes::try_from(&vote[..32]).expect("32 bytes");
            let signature = Ed25519Signature::from_slice(&vote[32..96]).expect("64 bytes");
            verifier.queue((key, signature, &&vote[96..]));
        }
        verifier.verify(ChaCha20Rng::from_seed([7; 32])).expect("all are good");
    };
    assert_eq!(bytes.len(), SIGNERS * VOTE);
    let one = || judge(bytes);
    measure(&[("batch", &one)], rounds, SIGNERS);
}

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

/// A state as state_bench writes it, by sp-trie; microseconds for the whole.
fn state(bytes: &[u8], rounds: usize) {
    let parts = parts(bytes);
    let entries: Vec<(&[u8], &[u8])> = parts.chunks(2).map(|pair| (pair[0], pair[1])).collect();
    let root_v0 = || { black_box(V0::trie_root(entries.iter().copied())); };
    let root_v1 = || { black_box(V1::trie_root(entries.iter().copied())); };
    let kept = || drop(black_box(MemoryState::build::<V0>(entries.iter().copied())));
    measure(&[("root_v0", &root_v0), ("root_v1", &root_v1), ("kept", &kept)], rounds, 1);
}

/// Hash and signatures as beefy_bench writes them (32 bytes, then 65 each), by k256; microseconds a recovery.
fn recover(bytes: &[u8], rounds: usize) {
    let (hash, signatures) = bytes.split_at(32);
    let count = signatures.len() / 65;
    let work = || {
        for signature in signatures.chunks(65) {
            let id = RecoveryId::from_byte(signature[64]).expect("0 to 3");
            let parsed = EcdsaSignature::from_slice(&signature[..64]).expect("r and s");
            let key = VerifyingKey::recover_from_prehash(hash, &parsed, id).expect("a key");
            black_box(key.to_encoded_point(true));
        }
    };
    measure(&[("recover", &work)], rounds, count);
}

pub fn run(name: &str, path: &str, rounds: usize) {
    let bytes = fs::read(path).expect("a file of cases");
    match name {
        "ed25519" => ed25519(&bytes, rounds),
        "sr25519" => sr25519(&bytes, rounds),
        "state" => state(&bytes, rounds),
        "recover" => recover(&bytes, rounds),
        _ => panic!("bench: ed25519, sr25519, state or recover"),
    }
}
