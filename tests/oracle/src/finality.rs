// SPDX-License-Identifier: Apache-2.0
//! Justifications: finality-grandpa's validate_commit, and around it what sc-consensus-grandpa's justification.rs asks.

use crate::source::Source;
use crate::Case;
use finality_grandpa::{validate_commit, voter_set::VoterSet, Chain, Commit, Error, Precommit, SignedPrecommit};
use parity_scale_codec::{Decode, DecodeAll, Encode};
use sp_core::{ed25519, Pair, H256};
use sp_runtime::{generic, traits::BlakeTwo256, traits::Header as _};
use std::collections::{BTreeMap, BTreeSet};

type Header = generic::Header<u32, BlakeTwo256>;
type Key = [u8; 32];
type Signature = [u8; 64];

#[derive(Encode, Decode, Clone)]
struct Justification {
    round: u64,
    commit: Commit<H256, u32, Signature, Key>,
    votes_ancestries: Vec<Header>,
}

struct Ancestry(BTreeMap<H256, Header>);

impl Chain<H256, u32> for Ancestry {
    fn ancestry(&self, base: H256, block: H256) -> Result<Vec<H256>, Error> {
        let mut route = Vec::new();
        let mut at = block;
        while at != base {
            at = *self.0.get(&at).ok_or(Error::NotDescendent)?.parent_hash();
            route.push(at);
        }
        route.pop();
        Ok(route)
    }
}

fn signed_bytes(vote: &Precommit<H256, u32>, round: u64, set_id: u64) -> Vec<u8> {
    (1u8, vote.target_hash, vote.target_number, round, set_id).encode()
}

fn accepts(justification: &Justification, voters: &VoterSet<Key>, set_id: u64) -> bool {
    let Justification { round, commit, votes_ancestries } = justification;
    let ancestry = Ancestry(votes_ancestries.iter().map(|header| (header.hash(), header.clone())).collect());
    if !validate_commit(commit, voters, &ancestry).is_ok_and(|result| result.is_valid()) {
        return false;
    }
    let Some(base) = commit.precommits.iter().map(|vote| &vote.precommit).min_by_key(|vote| vote.target_number) else {
        return false;
    };
    let mut visited = BTreeSet::new();
    for vote in &commit.precommits {
        let message = signed_bytes(&vote.precommit, *round, set_id);
        let key = ed25519_zebra::VerificationKey::try_from(&vote.id[..]);
        let signature = ed25519_zebra::Signature::from(vote.signature);
        if !key.is_ok_and(|key| key.verify(&signature, &message).is_ok()) {
            return false;
        }
        if vote.precommit.target_hash == base.target_hash {
            continue;
        }
        let Ok(route) = ancestry.ancestry(base.target_hash, vote.precommit.target_hash) else {
            return false;
        };
        visited.insert(vote.precommit.target_hash);
        visited.extend(route);
    }
    visited == ancestry.0.keys().copied().collect()
}

/// Where mote's rules are others: 6 a vote of nobody in the set; 7 an ancestry header twice; 8 a vote below the target,
/// or beside it; 9 numbers that do not fit hashes; 10 votes that finalize more than the target: mote accepts these; 11 a
/// voter that voted twice: mote asks no path of its votes.
fn reason(justification: &Justification, voters: &VoterSet<Key>) -> u8 {
    let Justification { commit, votes_ancestries, .. } = justification;
    let numbers: BTreeMap<H256, u32> = votes_ancestries.iter().map(|header| (header.hash(), *header.number())).collect();
    let fits = |hash: &H256, number: u32| match numbers.get(hash) {
        Some(known) => *known == number,
        None => *hash != commit.target_hash || number == commit.target_number,
    };
    if commit.precommits.iter().any(|vote| !voters.contains(&vote.id)) {
        6
    } else if numbers.len() != votes_ancestries.len() {
        7
    } else if commit.precommits.iter().map(|vote| vote.id).collect::<BTreeSet<_>>().len() != commit.precommits.len() {
        11
    } else if commit.precommits.iter().any(|vote| {
        let vote = &vote.precommit;
        vote.target_number < commit.target_number
            || vote.target_number == commit.target_number && vote.target_hash != commit.target_hash
    }) {
        8
    } else if commit.precommits.iter().any(|vote| !fits(&vote.precommit.target_hash, vote.precommit.target_number))
        || votes_ancestries.iter().any(|header| {
            header.number().checked_sub(1).is_none_or(|number| !fits(header.parent_hash(), number))
        })
    {
        9
    } else if commit.precommits.iter().all(|vote| vote.precommit.target_number > commit.target_number)
        || !votes_ancestries.is_empty()
    {
        10
    } else {
        0
    }
}

struct World {
    pairs: Vec<ed25519::Pair>,
    weights: Vec<u64>,
    blocks: Vec<Header>, // the first is the root of all
}

fn world(source: &mut Source) -> World {
    let pairs: Vec<_> = (0..1 + source.below(5)).map(|_| ed25519::Pair::from_seed(&source.array())).collect();
    let weights = pairs.iter().map(|_| 1 + source.below(3) as u64).collect();
    let first = 1 + source.below(1000) as u32;
    let mut blocks = vec![Header::new(first, source.array().into(), source.array().into(), H256::zero(), Default::default())];
    for _ in 0..source.below(6) {
        let parent = if source.chance(4) { source.below(blocks.len()) } else { blocks.len() - 1 };
        let (number, hash) = (blocks[parent].number() + 1, blocks[parent].hash());
        blocks.push(Header::new(number, source.array().into(), source.array().into(), hash, Default::default()));
    }
    World { pairs, weights, blocks }
}

fn vote(source: &mut Source, world: &World, voter: usize, round: u64, set_id: u64) -> SignedPrecommit<H256, u32, Signature, Key> {
    let block = match source.chance(3) {
        true => &world.blocks[source.below(world.blocks.len())],
        false => &world.blocks[0],
    };
    let number = if source.chance(40) { block.number() + 1 } else { *block.number() };
    let precommit = Precommit { target_hash: block.hash(), target_number: number };
    let mut signature = world.pairs[voter].sign(&signed_bytes(&precommit, round, set_id)).0;
    if source.chance(60) {
        source.disturb(&mut signature);
    }
    SignedPrecommit { precommit, signature, id: world.pairs[voter].public().0 }
}

/// The headers that lead from the votes to the target; now and then others.
fn ancestries(source: &mut Source, world: &World, commit: &Commit<H256, u32, Signature, Key>) -> Vec<Header> {
    let by_hash: BTreeMap<H256, &Header> = world.blocks.iter().map(|block| (block.hash(), block)).collect();
    let mut needed = BTreeSet::new();
    for vote in &commit.precommits {
        let mut at = vote.precommit.target_hash;
        while let (false, Some(block)) = (at == commit.target_hash, by_hash.get(&at)) {
            needed.insert(at);
            at = *block.parent_hash();
        }
    }
    let mut out: Vec<Header> = world.blocks.iter().filter(|block| needed.contains(&block.hash())).cloned().collect();
    let at = source.below(out.len().max(1));
    match source.below(16) {
        0 if !out.is_empty() => drop(out.remove(at)),
        1 if !out.is_empty() => out.push(out[at].clone()),
        2 => out.push(world.blocks[source.below(world.blocks.len())].clone()),
        _ => {}
    }
    out
}

/// Input: set id u64, authorities (u32 count, each key and weight u64), then the justification.
pub fn justification(source: &mut Source) -> Case {
    let world = world(source);
    let (round, set_id) = (source.any_u64(), source.any_u64());
    let target = if source.chance(4) { &world.blocks[source.below(world.blocks.len())] } else { &world.blocks[0] };
    let mut precommits = Vec::new();
    for voter in 0..world.pairs.len() {
        let times = [0, 1, 1, 1, 1, 1, 1, 2][source.below(8)];
        for _ in 0..times {
            precommits.push(vote(source, &world, voter, round, set_id));
        }
    }
    let commit = Commit { target_hash: target.hash(), target_number: *target.number(), precommits };
    let votes_ancestries = ancestries(source, &world, &commit);
    let mut justification = Justification { round, commit, votes_ancestries }.encode();
    if source.chance(4) {
        source.damage(&mut justification);
    }
    // Sometimes one of the voters is not in the set.
    let listed = world.pairs.len() - usize::from(world.pairs.len() > 1 && source.chance(10));
    let authorities: Vec<(Key, u64)> =
        world.pairs.iter().zip(&world.weights).take(listed).map(|(pair, weight)| (pair.public().0, *weight)).collect();
    let asked_id = if source.chance(20) { set_id.wrapping_add(1) } else { set_id };
    let mut input = [asked_id.to_le_bytes().to_vec(), (authorities.len() as u32).to_le_bytes().to_vec()].concat();
    for (key, weight) in &authorities {
        input.extend(key);
        input.extend(weight.to_le_bytes());
    }
    input.extend(&justification);
    let voters = VoterSet::new(authorities).expect("not empty, not heavy");
    match Justification::decode_all(&mut &justification[..]) {
        Ok(read) => Case::verdict(accepts(&read, &voters, asked_id), input).because(reason(&read, &voters)),
        Err(_) => Case::verdict(false, input),
    }
}
