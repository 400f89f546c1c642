//! Choosing among projects by ballot: published once it is closed, to the last vote, with what was handed out against what
//! came back (domain M11).

use crate::console::{Visitor, add};
use crate::support::{Collector, Reply, definition, on_both_engines, response};
use collector::clock::Minute;
use collector::people::rights::Role;
use collector::publication;
use collector::store::BallotCount;
use serde_json::{Value, json};

on_both_engines! { Collector:
    a_ballot_is_told_when_it_is_closed_to_the_last_vote
    what_was_handed_out_is_held_against_what_came_back
}

pub(crate) const RESULTS: &str = "/api/v1/surveys/yard-budget/results?lang=en";
const PAGE: &str = "/console/surveys/yard-budget/reconciliation";

/// An owner, and as many codes as wanted.
pub(crate) fn with_codes<'a>(collector: &'a Collector, count: usize) -> (Visitor<'a>, Vec<String>) {
    add(collector, "owner", &[(None, Role::Owner)]);
    let owner = Visitor::with_session(collector, "owner");
    let count = count.to_string();
    let fields = [("do", "issue"), ("count", count.as_str()), ("batch", "A"), ("as", "csv")];
    let table = owner.post("/console/surveys/yard-budget/invitations", &fields).body;
    let codes = table.lines().skip(1).filter_map(|row| Some(row.split(',').next()?.to_owned()));
    (owner, codes.collect())
}

/// Sends a vote with each of these codes.
pub(crate) fn vote(collector: &Collector, version: &str, codes: &[String], projects: &Value) -> Vec<String> {
    let send = |code: &String| {
        let mut body = response('a', "yard-budget", version, &json!({"district": 1, "projects": projects}));
        // An id that nobody else has: the code in hexadecimal.
        let id: String = code.bytes().map(|byte| format!("{byte:02x}")).collect();
        body["id"] = json!(format!("{id:0<32}")[..32]);
        body["invitation"] = json!(code);
        let reply = collector.post_json("/api/v1/surveys/yard-budget/responses", &body);
        assert_eq!(reply.status, 201, "{reply:?}");
        reply.receipt()
    };
    codes.iter().map(send).collect()
}

pub(crate) fn projects(reply: &Reply) -> Vec<(i64, Option<u64>, Option<u64>, String)> {
    let project = |it: &Value| {
        let outcome = it["outcome"].as_str().unwrap().to_owned();
        (it["code"].as_i64().unwrap(), it["votes"].as_u64(), it["place"].as_u64(), outcome)
    };
    reply.json()["ballot"]["projects"].as_array().unwrap().iter().map(project).collect()
}

fn a_ballot_is_told_when_it_is_closed_to_the_last_vote(collector: &Collector) {
    let mut changed: Value = serde_json::from_str(&definition("yard-budget")).unwrap();
    changed["closes"] = json!("2026-12-01T12:00");
    let version = collector.publish(&changed.to_string());
    let (_, codes) = with_codes(collector, 100);
    // No count is hidden: each project has at least ten votes, and at least ten against it.
    vote(collector, &version, &codes[..40], &json!([1, 2, 3]));
    vote(collector, &version, &codes[40..60], &json!([1, 4, 5]));
    vote(collector, &version, &codes[60..73], &json!([4, 6, 3]));
    assert_eq!(collector.get(RESULTS).status, 404, "nobody is told while it is open");
    collector.set_clock("2026-12-01T08:00:00Z");
    let expected = |code, votes, place, fate: &str| (code, Some(votes), Some(place), fate.to_owned());
    let told = collector.get(RESULTS);
    assert_eq!(
        projects(&told),
        [
            expected(1, 60, 1, "won"),
            expected(3, 53, 2, "no_money"),
            expected(2, 40, 3, "won"),
            expected(4, 33, 4, "won"),
            expected(5, 20, 5, "won"),
            expected(6, 13, 6, "no_money"),
        ]
    );
    let ballot = &told.json()["ballot"];
    assert_eq!((&ballot["codes_issued"], &ballot["online_at_least"]), (&json!(100), &json!(70)));
    assert_eq!(told.json()["tier"], "invited");
    let page = collector.get("/s/yard-budget/results?lang=kk").body;
    assert!(page.contains("Дауыс беру қорытындысы") && page.contains("іске асырылады"), "{page}");
    assert!(page.contains("Берілген код: 100."), "{page}");

    // One vote more than was shown decides between two, and is counted.
    let open = publication::read(&definition("yard-budget"), Minute(29_900_000)).unwrap();
    collector.wait(collector.store.publish(open)).unwrap();
    let version = collector.get("/api/v1/surveys/yard-budget").json()["version"].as_str().unwrap().to_owned();
    vote(collector, &version, &codes[73..74], &json!([3]));
    collector.wait(collector.store.close("yard-budget")).unwrap();
    collector.set_clock("2026-12-01T08:02:00Z");
    assert_eq!(projects(&collector.get(RESULTS))[1].1, Some(54));
}

fn what_was_handed_out_is_held_against_what_came_back(collector: &Collector) {
    let version = collector.publish_example("yard-budget");
    let (owner, codes) = with_codes(collector, 5);
    let receipts = vote(collector, &version, &codes[..3], &json!([1]));
    let reconciled = || owner.get(&format!("{PAGE}?lang=en")).body;
    assert!(reconciled().contains("Everything that was handed out is accounted for."));
    collector.withdraw(&receipts[0]);
    assert!(reconciled().contains("is accounted for."), "a vote that was taken back is no missing one");

    let count = |batch: &str, issued: &str, unused: &str| {
        owner.post(PAGE, &[("do", "count"), ("batch", batch), ("issued", issued), ("unused", unused)])
    };
    for (batch, issued, unused) in [("", "5", "1"), ("B", "5", "6"), ("B", "-1", "0"), ("B", "", "")] {
        let reply = count(batch, issued, unused);
        assert!(reply.status == 200 && reply.body.contains("role=\"alert\""), "{reply:?}");
    }
    assert_eq!(count("Қағаз <1>", "50", "48").status, 303);
    let page = reconciled();
    assert!(
        page.contains("Қағаз &lt;1&gt;") && page.contains("Not everything is accounted for yet"),
        "{page}"
    );
    assert_eq!(count("Қағаз <1>", "50", "50").status, 303);
    assert!(reconciled().contains("Everything that was handed out is accounted for."));
    let expected = BallotCount {
        survey: "yard-budget".to_owned(),
        batch: "Қағаз <1>".to_owned(),
        issued: 50,
        unused: 50,
        who: "owner".to_owned(),
        minute: crate::support::NOW,
    };
    assert_eq!(collector.wait(collector.store.ballots("yard-budget")).unwrap(), [expected]);
    assert_eq!(owner.get("/console/log").body.matches("counted paper ballots").count(), 2);
    add(collector, "viewer", &[(None, Role::Viewer)]);
    let viewer = Visitor::with_session(collector, "viewer");
    assert!(!viewer.get(PAGE).body.contains("name=\"issued\""));
    let forbidden = viewer.post(PAGE, &[("do", "count"), ("batch", "B"), ("issued", "1"), ("unused", "0")]);
    assert_eq!(forbidden.status, 403);
}
