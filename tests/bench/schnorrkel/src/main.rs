// SPDX-License-Identifier: Apache-2.0
//! The other side of sr25519_bench: the schnorrkel crate over the same cases. Prints times as JSON, in microseconds a
//! case.
//!
//!     schnorrkel-bench CASES [ROUNDS]
use std::{env, fs, time::Instant};

use merlin::Transcript;
use schnorrkel::{
    vrf::{VRFPreOut, VRFProof},
    PublicKey, Signature,
};

const CASES: usize = 256;
const SIGNATURE: usize = 128;
const VRF: usize = 176;

fn babe(randomness: &[u8], slot: &[u8], epoch: &[u8]) -> Transcript {
    let mut transcript = Transcript::new(b"BABE");
    transcript.append_message(b"slot number", slot);
    transcript.append_message(b"current epoch", epoch);
    transcript.append_message(b"chain randomness", randomness);
    transcript
}

fn verify(case: &[u8]) -> Option<()> {
    let key = PublicKey::from_bytes(&case[..32]).ok()?;
    let signature = Signature::from_bytes(&case[32..96]).ok()?;
    key.verify_simple(b"substrate", &case[96..], &signature).ok()
}

fn verify_vrf(case: &[u8], score: bool) -> Option<()> {
    let key = PublicKey::from_bytes(&case[..32]).ok()?;
    let made = VRFPreOut::from_bytes(&case[32..64]).ok()?;
    let proof = VRFProof::from_bytes(&case[64..128]).ok()?;
    let transcript = babe(&case[128..160], &case[160..168], &case[168..]);
    let (both, _) = key.vrf_verify(transcript, &made, &proof).ok()?;
    if score {
        std::hint::black_box(both.make_bytes::<[u8; 16]>(b"substrate-babe-vrf"));
    }
    Some(())
}

fn main() {
    let arguments: Vec<String> = env::args().collect();
    let rounds = arguments.get(2).map_or(15, |text| text.parse().expect("a number"));
    let cases = fs::read(&arguments[1]).expect("cases");
    let (signatures, vrfs) = cases.split_at(CASES * SIGNATURE);
    let kinds: [(&str, &dyn Fn() -> usize); 3] = [
        ("single", &|| signatures.chunks(SIGNATURE).filter_map(verify).count()),
        ("vrf", &|| vrfs.chunks(VRF).filter_map(|case| verify_vrf(case, false)).count()),
        ("vrf_and_score", &|| vrfs.chunks(VRF).filter_map(|case| verify_vrf(case, true)).count()),
    ];
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..rounds {
        for (kind, (name, work)) in kinds.iter().enumerate() {
            let start = Instant::now();
            assert_eq!(work(), CASES, "{name}");
            times[kind].push(format!("{:.3}", start.elapsed().as_secs_f64() * 1e6 / CASES as f64));
        }
    }
    let lists: Vec<String> = kinds.iter().zip(&times).map(|((name, _), list)| format!("\"{name}\": [{}]", list.join(", "))).collect();
    println!("{{{}}}", lists.join(", "));
}
