// SPDX-License-Identifier: Apache-2.0
//! How the peers that mote is measured beside are asked for their rounds.

use std::io::stdin;

/// Does it, of size n where it has any, and says how many units that were.
pub type Work<'a> = (&'a str, &'a dyn Fn(usize) -> usize);

#[repr(C)]
struct Timespec {
    seconds: i64,
    nanoseconds: i64,
}

extern "C" {
    fn clock_gettime(clock: i32, out: *mut Timespec) -> i32;
}

/// Of this process, as mote's own benchmarks count it: a busy machine takes turns, and those are not the work's.
fn processor_nanos() -> f64 {
    const CLOCK_PROCESS_CPUTIME_ID: i32 = 2;
    let mut time = Timespec { seconds: 0, nanoseconds: 0 };
    assert_eq!(unsafe { clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &mut time) }, 0);
    time.seconds as f64 * 1e9 + time.nanoseconds as f64
}

/// As mote's own benchmarks do (tests/bench/rounds.h): names the works, then does a round of each that it is asked for and
/// answers "nanoseconds units". A number behind the name is for works of any size.
pub fn serve(works: &[Work]) {
    let names: Vec<String> = works.iter().map(|(name, _)| format!("\"{name}\": true")).collect();
    println!("{{{}}}", names.join(", "));
    for line in stdin().lines() {
        let line = line.expect("a line");
        let mut words = line.split(' ');
        let name = words.next().expect("a name");
        let n = words.next().map_or(0, |text| text.parse().expect("a number"));
        let (_, work) = works.iter().find(|(known, _)| *known == name).expect("a work's name");
        // A few of what has a size are done several times, as mote does.
        let times = if n == 0 { 1 } else { 1 + 200 / n };
        if times > 1 {
            work(n);
        }
        let start = processor_nanos();
        let units: usize = (0..times).map(|_| work(n)).sum();
        println!("{:.0} {units}", processor_nanos() - start);
    }
}
