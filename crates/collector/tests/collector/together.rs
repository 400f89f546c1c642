//! Two collectors on one database, asked at the same moment over HTTP: what counts once counts once.

use crate::support::{Client, Program, Reply, Running, response, small, solve};
use serde_json::{Value, json};
use std::thread;

const RESPONSES: &str = "/api/v1/surveys/small/responses";

/// A survey of a tier, its version, and two collectors that serve it.
fn two(tier: &str) -> (Program, String, [Running; 2]) {
    let program = Program::on_postgres();
    program.file("small.json", &small(&json!({"tier": tier}), &[]));
    let said = program.succeed(&["publish", "small.json"]);
    let version = said.trim().rsplit_once(' ').unwrap().1.to_owned();
    let running = [program.serve(), program.serve()];
    (program, version, running)
}

/// Posts these, each from a thread of its own, to one collector and the other in turn.
fn at_once(running: &[Running; 2], bodies: Vec<Value>) -> Vec<Reply> {
    let posting = bodies.into_iter().enumerate().map(|(number, body)| {
        let client: Client = running[number % 2].client.clone();
        thread::spawn(move || client.post_json(RESPONSES, &body))
    });
    let posting: Vec<_> = posting.collect();
    posting.into_iter().map(|posting| posting.join().unwrap()).collect()
}

fn body(number: usize, version: &str, name: &str, value: &str) -> Value {
    let mut body = response('a', "small", version, &json!({"useful": 1}));
    (body["id"], body[name]) = (Value::from(format!("{number:032x}")), Value::from(value));
    body
}

#[test]
fn a_challenge_counts_for_one_response_whichever_collector_it_is_brought_to() {
    let (program, version, running) = two("work");
    let work = solve(&running[0].client.get("/api/v1/surveys/small/challenge").json());
    let bodies = (0..24).map(|number| body(number, &version, "work", &work)).collect();
    let replies = at_once(&running, bodies);
    assert!(replies.iter().all(|reply| reply.status == 201), "nobody is refused");
    let table = program.succeed(&["export", "small", "--format", "csv", "--columns", "useful", "--guard"]);
    let lacks: Vec<&str> =
        table.lines().skip(1).filter_map(|row| row.trim_end().rsplit(',').next()).collect();
    let count = |code: &str| lacks.iter().filter(|lack| **lack == code).count();
    assert_eq!((count("0"), count("5")), (1, 23), "{table}");
}

#[test]
fn a_code_admits_one_response_of_many_that_come_to_two_collectors() {
    let (program, version, running) = two("invited");
    let issued = ["invite", "small", "--count", "4", "--public-url", "https://ask.example"];
    let table = program.succeed(&issued);
    let codes: Vec<&str> = table.lines().skip(1).map(|row| row.split(',').next().unwrap()).collect();
    let bodies = (0..40).map(|number| body(number, &version, "invitation", codes[number % 4])).collect();
    let replies = at_once(&running, bodies);
    let kept = replies.iter().filter(|reply| reply.status == 201).count();
    let spent = replies.iter().filter(|reply| reply.status == 403 && reply.problem() == "invitation_spent");
    assert_eq!((kept, spent.count()), (4, 36), "none waits for an hour because many came at once");
    assert_eq!(program.rows(), 4);
}
