// SPDX-License-Identifier: Apache-2.0
//! schnorrkel over the cases of tests/bench/sr25519_cases.mjs. The program of the peers in tests/bench has this too, with
//! another field under it.

use crate::rounds::serve;
use merlin::Transcript;
use schnorrkel::{
    context::signing_context,
    vrf::{VRFPreOut, VRFProof},
    verify_batch, PublicKey, Signature,
};
use std::hint::black_box;

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

/// All as one batch, each by a key of its own.
fn verify_all(cases: &[&[u8]]) -> usize {
    let keys: Vec<PublicKey> = cases.iter().map(|case| PublicKey::from_bytes(&case[..32]).expect("a key")).collect();
    let signatures: Vec<Signature> =
        cases.iter().map(|case| Signature::from_bytes(&case[32..96]).expect("a signature")).collect();
    let context = signing_context(b"substrate");
    let transcripts = cases.iter().map(|case| context.bytes(&case[96..]));
    verify_batch(transcripts, &signatures, &keys, false).map_or(0, |()| cases.len())
}

/// Units are cases.
pub fn sr25519(bytes: &[u8]) {
    let (signatures, vrfs) = bytes.split_at(CASES * SIGNATURE);
    let cases: Vec<&[u8]> = signatures.chunks(SIGNATURE).collect();
    let all = |count: usize| {
        assert_eq!(count, CASES);
        count
    };
    let single = |_| all(cases.iter().filter_map(|case| verify(case)).count());
    let batch = |_| all(verify_all(&cases));
    let vrf = |_| all(vrfs.chunks(VRF).filter_map(|case| verify_vrf(case, false)).count());
    let scored = |_| all(vrfs.chunks(VRF).filter_map(|case| verify_vrf(case, true)).count());
    serve(&[("single", &single), ("batch", &batch), ("vrf", &vrf), ("vrf_and_score", &scored)]);
}
