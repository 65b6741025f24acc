// SPDX-License-Identifier: Apache-2.0
//! BEEFY's finality proofs and proofs of double votes (sp-consensus-beefy).

use crate::source::{put, Source};
use crate::Case;
use parity_scale_codec::{Decode, DecodeAll, Encode};
use sp_consensus_beefy::{
    check_double_voting_proof,
    ecdsa_crypto::{AuthorityId, Signature},
    known_payloads::MMR_ROOT_ID,
    Commitment, DoubleVotingProof, Payload, SignedCommitment, ValidatorSet, VersionedFinalityProof, VoteMessage,
};
use sp_core::{crypto::Wraps, ecdsa, hashing::keccak_256, Pair, H256};
use sp_runtime::traits::Keccak256;

type Proof = VersionedFinalityProof<u32, Signature>;
type Vote = VoteMessage<u32, AuthorityId, Signature>;

fn pair(number: u8) -> ecdsa::Pair {
    ecdsa::Pair::from_seed(&[number + 1; 32])
}

fn sign(pair: &ecdsa::Pair, commitment: &Commitment<u32>) -> Signature {
    Signature::from(pair.sign_prehashed(&keccak_256(&commitment.encode())))
}

fn commitment(source: &mut Source, id: u64) -> Commitment<u32> {
    let mut payload = Payload::from_single_entry(MMR_ROOT_ID, source.bytes(32));
    if source.chance(4) {
        payload = payload.push_raw(*b"aa", source.short(3));
    }
    if source.chance(4) {
        payload = payload.push_raw(*b"zz", source.short(3));
    }
    Commitment { payload, block_number: source.u64() as u32, validator_set_id: id }
}

/// What the proof says in its packed form, for the reasons.
#[derive(Decode)]
struct Packed {
    _version: u8,
    payload: Vec<([u8; 2], Vec<u8>)>,
    _block_number: u32,
    _set_id: u64,
    bits: Vec<u8>,
    set_size: u32,
    signatures: Vec<[u8; 65]>,
}

impl Packed {
    fn names_one_root(&self) -> bool {
        let ascends = self.payload.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let root = self.payload.iter().find(|entry| entry.0 == *b"mh");
        ascends && root.is_some_and(|entry| entry.1.len() == 32)
    }

    fn bit(&self, place: usize) -> bool {
        self.bits[place / 8] >> (7 - place % 8) & 1 == 1
    }

    fn bits_fit(&self) -> bool {
        let size = self.set_size as usize;
        let padded = size % 8 == 0 && self.bits.len() == size / 8 + 1;
        (padded || self.bits.len() == size.div_ceil(8)) && (size..8 * self.bits.len()).all(|place| !self.bit(place))
    }

    fn native(&self) -> bool {
        self.signatures.iter().all(|signature| signature[64] < 27)
    }

    fn signatures_fit(&self) -> bool {
        let bits = (0..8 * self.bits.len()).filter(|place| self.bit(*place)).count();
        bits == self.signatures.len()
    }
}

/// Reasons: 1 bytes behind the proof; 2 ids of the payload not strictly ascending, or not one "mh" of 32 bytes; 3 a bitfield
/// of another size than the set, or with bits behind it; 4 more or fewer signatures than bits; 5 a set above 4096; 6 a
/// signature with v of 27 and more, as Ethereum has it.
fn shape(proof: &[u8]) -> u8 {
    let mut rest = proof;
    let Ok(packed) = Packed::decode(&mut rest) else { return 0 };
    if !rest.is_empty() {
        1
    } else if !packed.names_one_root() {
        2
    } else if packed.set_size > 4096 {
        5
    } else if !packed.bits_fit() {
        3
    } else if !packed.signatures_fit() {
        4
    } else if !packed.native() {
        6
    } else {
        0
    }
}

/// As a node that knows the set and waits for this block: root, block, signatures that hold (of v below 27).
fn finalized(proof: &[u8], set: &ValidatorSet<AuthorityId>) -> Option<Vec<u8>> {
    let VersionedFinalityProof::V1(signed) = Proof::decode(&mut &*proof).ok()?;
    let block = signed.commitment.block_number;
    let good = signed.verify_signatures::<AuthorityId, Keccak256>(block, set).ok()?;
    if good.len() < set.len() - (set.len() - 1) / 3 {
        return None;
    }
    let root = signed.commitment.payload.get_decoded::<H256>(&MMR_ROOT_ID).unwrap_or_default();
    let good = good.iter().filter(|known| known.signature.as_inner_ref().0[64] < 27).count();
    Some([root.0.to_vec(), block.to_le_bytes().to_vec(), (good as u32).to_le_bytes().to_vec()].concat())
}

fn spoil_signatures(source: &mut Source, signatures: &mut Vec<Option<Signature>>) {
    match source.below(12) {
        0 => {
            let last = signatures.len() - 1;
            signatures.swap(0, last);
        }
        1 => {
            let first = signatures[0].clone();
            signatures.fill(first);
        }
        2 => drop(signatures.pop()),
        3 => signatures.push(None),
        _ => {}
    }
}

/// Input: id u64, keys (u32 size, SCALE list), then the proof. Output: root, block, how many signatures hold.
pub fn finality_proof(source: &mut Source) -> Case {
    let limit = [3, 9, 17][source.below(3)];
    let size = 1 + source.below(limit) as u8;
    let id = source.below(3) as u64;
    let pairs: Vec<ecdsa::Pair> = (0..size).map(pair).collect();
    let commitment = commitment(source, id);
    let absent = source.below(4);
    let mut signatures: Vec<Option<Signature>> =
        pairs.iter().map(|pair| (source.below(8) >= absent).then(|| sign(pair, &commitment))).collect();
    spoil_signatures(source, &mut signatures);
    let mut proof = Proof::V1(SignedCommitment { commitment, signatures }).encode();
    if source.chance(2) {
        source.damage(&mut proof);
    }
    let keys: Vec<AuthorityId> = pairs.iter().map(|pair| pair.public().into()).collect();
    let asked = if source.chance(12) { id + 1 } else { id };
    let mut input = asked.to_le_bytes().to_vec();
    put(&mut input, &keys.encode());
    input.extend(&proof);
    let set = ValidatorSet::new(keys, asked).expect("not empty");
    Case::reading(finalized(&proof, &set), input).because(shape(&proof))
}

/// Input: id u64, keys (u32 size, SCALE list), then the proof. Output: which validator u32. Reason: 6 as above.
pub fn double_vote(source: &mut Source) -> Case {
    let (id, size) = (source.below(3) as u64, 1 + source.below(5) as u8);
    let keys: Vec<AuthorityId> = (0..size).map(|number| pair(number).public().into()).collect();
    let voter = source.below(size as usize) as u8;
    let vote = |source: &mut Source| {
        let commitment = commitment(source, id);
        Vote { signature: sign(&pair(voter), &commitment), id: keys[voter as usize].clone(), commitment }
    };
    let (first, mut second) = (vote(source), vote(source));
    if !source.chance(8) {
        second.commitment.block_number = first.commitment.block_number;
    }
    match source.below(8) {
        0 => second.commitment.payload = first.commitment.payload.clone(),
        1 => second.commitment.validator_set_id += 1,
        2 => second.id = pair((voter + 1) % size).public().into(),
        _ => {}
    }
    second.signature = sign(&pair(voter), &second.commitment);
    let mut proof = DoubleVotingProof { first, second }.encode();
    if source.chance(3) {
        source.damage(&mut proof);
    }
    let mut input = id.to_le_bytes().to_vec();
    put(&mut input, &keys.encode());
    input.extend(&proof);
    let decoded = DoubleVotingProof::<u32, AuthorityId, Signature>::decode_all(&mut &*proof).ok();
    let native = |vote: &Vote| vote.signature.as_inner_ref().0[64] < 27;
    let reason = if decoded.as_ref().is_some_and(|proof| !native(&proof.first) || !native(&proof.second)) { 6 } else { 0 };
    let guilty = decoded
        .filter(|proof| check_double_voting_proof::<_, _, Keccak256>(proof))
        .filter(|proof| proof.first.commitment.validator_set_id == id)
        .and_then(|proof| keys.iter().position(|key| *key == proof.first.id));
    Case::reading(guilty.map(|place| (place as u32).to_le_bytes().to_vec()), input).because(reason)
}
