//! What votes given as JSON on standard input say, as JSON on standard output: what `tests/readers/test_opinion.py`
//! compares with other people's software. With a number in place of input, how long so many voters on a hundred
//! statements take.

use analysis::opinion::{Vote, Votes, opinion};
use serde::Deserialize;
use std::error::Error;
use std::io::Write;
use std::time::Instant;

#[derive(Deserialize)]
struct Given {
    /// A row for each voter: 1, -1, 0, or nothing.
    votes: Vec<Vec<Option<i8>>>,
    least: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    if let Some(voters) = std::env::args().nth(1) {
        return measure(voters.parse()?);
    }
    let given: Given = serde_json::from_reader(std::io::stdin())?;
    let mut votes = Votes::on(given.votes.first().map_or(0, Vec::len));
    for row in &given.votes {
        votes.add(row.iter().enumerate().filter_map(|(statement, vote)| Some((statement, read((*vote)?)))));
    }
    serde_json::to_writer(std::io::stdout(), &opinion(&votes, given.least))?;
    Ok(())
}

fn read(vote: i8) -> Vote {
    match vote {
        1 => Vote::Agree,
        -1 => Vote::Disagree,
        _ => Vote::Pass,
    }
}

/// Three camps, each vote cast.
fn measure(voters: usize) -> Result<(), Box<dyn Error>> {
    let (mut votes, mut state) = (Votes::on(100), 1_u64);
    for voter in 0..voters {
        votes.add((0..100).map(|statement| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let own = statement % 3 == voter % 3;
            (statement, if ((state >> 33) % 5 == 0) != own { Vote::Agree } else { Vote::Disagree })
        }));
    }
    let began = Instant::now();
    let told = opinion(&votes, 10);
    let groups = told.and_then(|told| told.groups).map_or(0, |groups| groups.sizes.len());
    let seconds = began.elapsed().as_secs_f64();
    writeln!(std::io::stdout(), "{voters} voters, 100 statements, {groups} groups: {seconds:.2} s")?;
    Ok(())
}
