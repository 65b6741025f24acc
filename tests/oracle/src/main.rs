// SPDX-License-Identifier: Apache-2.0
//! Cases for mote and what the crates that Polkadot's nodes are built of say of each.
//!
//!     oracle cases SEED COUNT            COUNT cases on standard output, the same for the same seed
//!     oracle bench NAME FILE    times of a peer: see src/bench.rs
//!
//! A case: kind u8, verdict u8 (1 accepted), reason u8, output (u32 size, bytes), input (u32 size, bytes); numbers are
//! little-endian. `reason` is not 0 where a rule of mote, which docs/oracle.md lists by that number, refuses what the
//! crate accepts: the case says so from its own construction or from the input's geometry, never from what mote says.
//! What the inputs hold is said beside each kind.

mod authorship;
mod beefy;
mod bench;
mod bench_sr25519;
mod curves;
mod finality;
mod mountain;
mod plain;
mod rounds;
mod source;
mod trie;

use source::Source;
use std::io::{self, BufWriter, Write};

pub struct Case {
    pub accepted: bool,
    pub reason: u8,
    pub output: Vec<u8>,
    pub input: Vec<u8>,
}

impl Case {
    pub fn verdict(accepted: bool, input: Vec<u8>) -> Case {
        Case { accepted, reason: 0, output: Vec::new(), input }
    }

    /// What is read: `None` is a refusal.
    pub fn reading(output: Option<Vec<u8>>, input: Vec<u8>) -> Case {
        Case { accepted: output.is_some(), reason: 0, output: output.unwrap_or_default(), input }
    }

    pub fn because(mut self, reason: u8) -> Case {
        self.reason = reason;
        self
    }

    fn write(&self, kind: u8, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&[kind, u8::from(self.accepted), self.reason])?;
        for part in [&self.output, &self.input] {
            out.write_all(&(part.len() as u32).to_le_bytes())?;
            out.write_all(part)?;
        }
        Ok(())
    }
}

type Make = fn(&mut Source) -> Case;

/// A kind and how often it occurs.
const KINDS: &[(u8, u32, Make)] = &[
    (1, 3, plain::hash),
    (2, 3, plain::compact),
    (3, 2, plain::header),
    (4, 3, curves::ed25519),
    (5, 3, curves::sr25519),
    (6, 2, curves::vrf),
    (7, 2, curves::recover),
    (8, 3, authorship::threshold),
    (9, 1, authorship::secondary_author),
    (10, 2, trie::root),
    (11, 2, trie::proof),
    (12, 1, trie::compact_proof),
    (13, 2, mountain::leaf_proof),
    (14, 2, mountain::binary_proof),
    (15, 1, finality::justification),
    (16, 1, trie::state),
    (17, 2, mountain::ancestry),
    (18, 2, beefy::finality_proof),
    (19, 1, beefy::double_vote),
];

fn cases(seed: u64, count: u64) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let wheel: Vec<usize> = (0..KINDS.len()).flat_map(|i| vec![i; KINDS[i].1 as usize]).collect();
    for number in 0..count {
        let (kind, _, make) = KINDS[wheel[number as usize % wheel.len()]];
        make(&mut Source::new(seed, number)).write(kind, &mut out)?;
    }
    out.flush()
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |i: usize| arguments.get(i).and_then(|text| text.parse().ok());
    match (arguments.first().map(String::as_str), number(1), number(2)) {
        (Some("cases"), Some(seed), Some(count)) => cases(seed, count),
        (Some("bench"), _, _) if arguments.len() == 3 => {
            bench::run(&arguments[1], &arguments[2]);
            Ok(())
        }
        _ => {
            eprintln!("usage: oracle cases SEED COUNT | oracle bench NAME FILE");
            std::process::exit(2)
        }
    }
}
