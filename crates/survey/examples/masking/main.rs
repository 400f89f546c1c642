//! `cargo run --package qulaq-survey --example masking`: how much of what identifies people is found in a corpus of ours, and how
//! much else is taken for it. The table is in `docs/privacy.md`.

#![expect(clippy::print_stdout, reason = "the table is the job")]

mod corpus;

use std::collections::BTreeMap;
use survey::mask::{Identifier, find};

const KINDS: [(Identifier, &str); 6] = [
    (Identifier::Iin, "identity number"),
    (Identifier::Bin, "organization's number"),
    (Identifier::Phone, "telephone"),
    (Identifier::Email, "e-mail address"),
    (Identifier::Card, "payment card"),
    (Identifier::Account, "bank account"),
];

/// Of one kind: texts with it in which it was found and not found, and texts without it in which it was.
#[derive(Default)]
struct Counted {
    found: u32,
    missed: u32,
    wrong: u32,
}

fn main() {
    let texts = corpus::texts();
    let mut counted: BTreeMap<Identifier, Counted> = BTreeMap::new();
    for (text, identifier) in &texts {
        let told: Vec<Identifier> = find(text).into_iter().map(|(_, identifier)| identifier).collect();
        for (kind, _) in KINDS {
            let of_kind = counted.entry(kind).or_default();
            let times = told.iter().filter(|told| **told == kind).count();
            match (*identifier == Some(kind), times) {
                (true, 0) => of_kind.missed += 1,
                (true, _) => of_kind.found += 1,
                (false, 0) => {}
                (false, _) => of_kind.wrong += 1,
            }
        }
        let told_wrongly = told.iter().any(|told| Some(*told) != *identifier);
        if told_wrongly || told.is_empty() != identifier.is_none() {
            println!("  {text:?}: {told:?}");
        }
    }
    println!("{} texts, those above told otherwise than people would", texts.len());
    println!("| what | texts | recall | precision |\n|---|---:|---:|---:|");
    for (kind, name) in KINDS {
        let Some(Counted { found, missed, wrong }) = counted.get(&kind) else { continue };
        let percent = |of: u32, all: u32| format!("{:.1} %", 100.0 * f64::from(of) / f64::from(all.max(1)));
        let (all, told) = (found + missed, found + wrong);
        println!("| {name} | {all} | {} | {} |", percent(*found, all), percent(*found, told));
    }
}
