// SPDX-License-Identifier: Apache-2.0
//! Signatures: Ed25519 (ed25519-zebra), sr25519 and its VRF (schnorrkel), secp256k1 recovery (k256).

use crate::{source::Source, Case};
use curve25519_dalek::{constants, edwards::EdwardsPoint, ristretto::RistrettoPoint, scalar::Scalar, traits::Identity};
use k256::ecdsa::{RecoveryId, Signature as EcdsaSignature, SigningKey, VerifyingKey};
use merlin::Transcript;
use schnorrkel::{
    context::{attach_rng, signing_context},
    vrf::{VRFPreOut, VRFProof},
    ExpansionMode, Keypair, MiniSecretKey, PublicKey, Signature,
};
use sha2::{Digest, Sha512};

/// l, and what is a little beside it: scalars that are no scalars.
fn odd_scalar(source: &mut Source) -> [u8; 32] {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut scalar = ORDER;
    match source.below(6) {
        0 => {}
        1 => scalar[0] -= 1,
        2 => scalar[0] += 1,
        3 => scalar = [0; 32],
        4 => scalar = [0xff; 32],
        _ => scalar[31] = 0x1f,
    }
    scalar
}

/// Encodings of points that are none, or are small, or have another form.
fn odd_point(source: &mut Source) -> [u8; 32] {
    match source.below(4) {
        0 => constants::EIGHT_TORSION[source.below(8)].compress().to_bytes(),
        1 => {
            let mut point = [0xff; 32]; // p + i, with either sign
            point[0] = 0xed_u8.wrapping_add(source.below(19) as u8);
            point[31] = [0x7f, 0xff][source.below(2)];
            point
        }
        2 => {
            let mut point = [0; 32];
            point[0] = source.below(4) as u8;
            point[31] = [0, 0x80][source.below(2)];
            point
        }
        _ => source.array(),
    }
}

fn scalar(source: &mut Source) -> Scalar {
    Scalar::from_bytes_mod_order_wide(&source.array())
}

/// Input: key, signature, message. Made by hand, so that R and A may have a part of small order.
pub fn ed25519(source: &mut Source) -> Case {
    let secret = scalar(source);
    let nonce = scalar(source);
    let torsion = |source: &mut Source| match source.below(3) {
        0 => constants::EIGHT_TORSION[source.below(8)],
        _ => EdwardsPoint::identity(),
    };
    let message = source.short(40);
    let mut key = (EdwardsPoint::mul_base(&secret) + torsion(source)).compress().to_bytes();
    let mut r = (EdwardsPoint::mul_base(&nonce) + torsion(source)).compress().to_bytes();
    if source.chance(8) {
        key = odd_point(source);
    }
    if source.chance(8) {
        r = odd_point(source);
    }
    let challenge = Sha512::new().chain_update(r).chain_update(key).chain_update(&message).finalize();
    let k = Scalar::from_bytes_mod_order_wide(&challenge.into());
    let mut s = (nonce + k * secret).to_bytes();
    if source.chance(8) {
        s = odd_scalar(source);
    }
    let mut input = [key.to_vec(), r.to_vec(), s.to_vec(), message].concat();
    if source.chance(4) {
        source.disturb(&mut input);
    }
    let accepted = ed25519_zebra::VerificationKey::try_from(&input[..32]).is_ok_and(|key| {
        let signature = ed25519_zebra::Signature::try_from(&input[32..96]).expect("64 bytes");
        key.verify(&signature, &input[96..]).is_ok()
    });
    Case::verdict(accepted, input)
}

fn keypair(source: &mut Source) -> Keypair {
    MiniSecretKey::from_bytes(&source.array::<32>()).expect("any 32 bytes").expand_to_keypair(ExpansionMode::Ed25519)
}

fn odd_ristretto(source: &mut Source) -> [u8; 32] {
    match source.below(4) {
        0 => [0; 32],
        1 => odd_point(source),
        2 => source.array(),
        _ => RistrettoPoint::from_uniform_bytes(&source.array()).compress().to_bytes(),
    }
}

/// Input: key, signature, message.
pub fn sr25519(source: &mut Source) -> Case {
    let keypair = keypair(source);
    let message = source.short(40);
    let context = signing_context(b"substrate");
    let signature = keypair.sign(attach_rng(context.bytes(&message), source.rng())).to_bytes();
    let mut input = [keypair.public.to_bytes().to_vec(), signature.to_vec(), message].concat();
    match source.below(12) {
        0 => input[..32].copy_from_slice(&odd_ristretto(source)),
        1 => input[32..64].copy_from_slice(&odd_ristretto(source)),
        2 => input[64..96].copy_from_slice(&odd_scalar(source)),
        3 => {
            input[64..96].copy_from_slice(&odd_scalar(source));
            input[95] |= 0x80;
        }
        4 => input[95] &= 0x7f,
        5 => {
            input[..96].fill(0); // the identity signs everything
            input[95] = 0x80;
        }
        6 | 7 => source.disturb(&mut input),
        8 => source.disturb(&mut input[64..96]),
        _ => {}
    }
    let accepted = PublicKey::from_bytes(&input[..32]).is_ok_and(|key| {
        Signature::from_bytes(&input[32..96])
            .is_ok_and(|signature| key.verify(context.bytes(&input[96..]), &signature).is_ok())
    });
    Case::verdict(accepted, input)
}

fn babe_transcript(slot: u64, epoch: u64, randomness: &[u8]) -> Transcript {
    let mut transcript = Transcript::new(b"BABE");
    transcript.append_u64(b"slot number", slot);
    transcript.append_u64(b"current epoch", epoch);
    transcript.append_message(b"chain randomness", randomness);
    transcript
}

/// Input: key, pre-output, proof (64), slot u64, epoch u64, randomness (32). Output: the score's 16 bytes, the block's
/// randomness of 32.
pub fn vrf(source: &mut Source) -> Case {
    let keypair = keypair(source);
    let (slot, epoch, randomness) = (source.any_u64(), source.any_u64(), source.array::<32>());
    let (in_out, proof, _) = keypair
        .vrf_sign_extra(babe_transcript(slot, epoch, &randomness), attach_rng(Transcript::new(b"VRF"), source.rng()));
    let mut input = [
        keypair.public.to_bytes().to_vec(),
        in_out.to_preout().to_bytes().to_vec(),
        proof.to_bytes().to_vec(),
        slot.to_le_bytes().to_vec(),
        epoch.to_le_bytes().to_vec(),
        randomness.to_vec(),
    ]
    .concat();
    match source.below(10) {
        0 => input[..32].copy_from_slice(&odd_ristretto(source)),
        1 => input[32..64].copy_from_slice(&odd_ristretto(source)),
        2 => input[64..96].copy_from_slice(&odd_scalar(source)),
        3 => input[96..128].copy_from_slice(&odd_scalar(source)),
        4 | 5 => source.disturb(&mut input),
        _ => {}
    }
    let number = |at: usize| u64::from_le_bytes(input[at..at + 8].try_into().expect("8 bytes"));
    let output = PublicKey::from_bytes(&input[..32]).ok().and_then(|key| {
        let pre_output = VRFPreOut::from_bytes(&input[32..64]).ok()?;
        let proof = VRFProof::from_bytes(&input[64..128]).ok()?;
        let transcript = babe_transcript(number(128), number(136), &input[144..176]);
        let (in_out, _) = key.vrf_verify(transcript, &pre_output, &proof).ok()?;
        let score: [u8; 16] = in_out.make_bytes(b"substrate-babe-vrf");
        let randomness: [u8; 32] = in_out.make_bytes(b"BabeVRFInOutContext");
        Some([score.to_vec(), randomness.to_vec()].concat())
    });
    Case::reading(output, input)
}

/// Input: hash of 32 bytes, signature r ++ s ++ v. Output: the compressed key of 33. k256 takes low s only; nodes take
/// both, and a signature with the other s and the other parity is of the same key: that is what k256 is asked then.
pub fn recover(source: &mut Source) -> Case {
    const ORDER: &str = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    let key = loop {
        if let Ok(key) = SigningKey::from_slice(&source.bytes(32)) {
            break key;
        }
    };
    let hash: [u8; 32] = source.array();
    let (signature, id) = key.sign_prehash_recoverable(&hash).expect("a hash of 32 bytes");
    let mut input = [hash.to_vec(), signature.to_bytes().to_vec(), vec![id.to_byte()]].concat();
    let order: Vec<u8> = (0..32).map(|i| u8::from_str_radix(&ORDER[2 * i..2 * i + 2], 16).expect("hex")).collect();
    match source.below(14) {
        0 => input[96] = source.below(6) as u8,
        1 => input[96] = [27, 28, 255, 4][source.below(4)],
        2 => input[32..64].fill(0),
        3 => input[64..96].fill(0),
        4 => input[32..64].copy_from_slice(&order),
        5 => input[64..96].copy_from_slice(&order),
        6 => {
            // the same signature with the other s: high
            let s = -*signature.s();
            input[64..96].copy_from_slice(&s.to_bytes());
            input[96] ^= 1;
        }
        7 => input[32..64].copy_from_slice(&source.bytes(32)),
        8 | 9 => source.disturb(&mut input),
        _ => {}
    }
    let recovered = RecoveryId::from_byte(input[96]).and_then(|id| {
        let signature = EcdsaSignature::from_slice(&input[32..96]).ok()?;
        let (signature, id) = match signature.normalize_s() {
            Some(low) => (low, RecoveryId::new(!id.is_y_odd(), id.is_x_reduced())),
            None => (signature, id),
        };
        VerifyingKey::recover_from_prehash(&input[..32], &signature, id).ok()
    });
    Case::reading(recovered.map(|key| key.to_encoded_point(true).as_bytes().to_vec()), input)
}
