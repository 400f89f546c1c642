//! Responses that are kept: once, for good, until they are taken back.

use crate::support::{Collector, answer_no, answer_yes, definition, on_both_engines, response};
use serde_json::json;
use std::thread;

on_both_engines! { Collector:
    a_response_is_kept_and_a_repetition_gets_the_same_receipt
    an_id_is_the_same_with_hyphens_and_in_capitals
    ten_parallel_posts_of_one_id_are_one_row_and_one_receipt
    a_response_to_an_older_version_is_checked_by_the_version_that_it_answers
    a_closed_survey_takes_no_response_until_it_is_published_again
    a_retry_after_the_survey_was_closed_gets_its_receipt_and_nothing_else_is_taken
    a_response_that_is_taken_back_is_gone_and_stays_gone
    a_receipt_that_nobody_has_takes_nothing_back
    nothing_about_the_sender_is_kept_beside_the_answer
}

const RESPONSES: &str = "/api/v1/surveys/page-useful/responses";

fn a_response_is_kept_and_a_repetition_gets_the_same_receipt(collector: &Collector) {
    let version = collector.publish_example("page-useful");
    let first = collector.post_json(RESPONSES, &answer_yes('a', &version));
    assert_eq!((first.status, first.header("cache-control")), (201, "no-store"));
    let again = collector.post_json(RESPONSES, &answer_yes('a', &version));
    assert_eq!((again.status, again.receipt()), (200, first.receipt()));
    let other = collector.post_json(RESPONSES, &answer_yes('b', &version));
    assert_eq!(other.status, 201);
    assert_ne!(other.receipt(), first.receipt());
    assert_eq!(collector.rows(), 2);
}

fn an_id_is_the_same_with_hyphens_and_in_capitals(collector: &Collector) {
    let version = collector.publish_example("page-useful");
    let mut response = answer_yes('a', &version);
    assert_eq!(collector.post_json(RESPONSES, &response).status, 201);
    response["id"] = json!("AAAAAAAA-AAAA-AAAA-AAAA-AAAAAAAAAAAA");
    assert_eq!(collector.post_json(RESPONSES, &response).status, 200);
    assert_eq!(collector.rows(), 1);
}

fn ten_parallel_posts_of_one_id_are_one_row_and_one_receipt(collector: &Collector) {
    let version = collector.publish_example("page-useful");
    let response = answer_no('a', &version, "Жолды жөндеу керек");
    let mut replies = thread::scope(|scope| {
        let senders: Vec<_> =
            (0..10).map(|_| scope.spawn(|| collector.post_json(RESPONSES, &response))).collect();
        senders.into_iter().map(|sender| sender.join().unwrap()).collect::<Vec<_>>()
    });
    replies.sort_by_key(|reply| reply.status);
    let statuses: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
    assert_eq!(statuses, [[200; 9].as_slice(), &[201]].concat());
    assert!(replies.iter().all(|reply| reply.receipt() == replies[0].receipt()));
    assert_eq!(collector.rows(), 1);
}

fn a_response_to_an_older_version_is_checked_by_the_version_that_it_answers(collector: &Collector) {
    let old = collector.publish_example("page-useful");
    let new = collector.publish(&definition("page-useful").replace("\"code\": 1", "\"code\": 2"));
    assert_ne!(old, new);
    assert_eq!(collector.post_json(RESPONSES, &answer_yes('a', &old)).status, 201);
    assert_eq!(collector.post_json(RESPONSES, &answer_yes('b', &new)).status, 422);
    assert_eq!(collector.rows(), 1);
}

fn a_closed_survey_takes_no_response_until_it_is_published_again(collector: &Collector) {
    let version = collector.publish_example("page-useful");
    assert!(collector.wait(collector.store.close("page-useful")).unwrap());
    let reply = collector.post_json(RESPONSES, &answer_yes('a', &version));
    assert_eq!((reply.status, reply.problem().as_str()), (403, "closed"));
    assert_eq!(collector.rows(), 0);

    collector.publish_example("page-useful");
    assert_eq!(collector.post_json(RESPONSES, &answer_yes('a', &version)).status, 201);
}

fn a_retry_after_the_survey_was_closed_gets_its_receipt_and_nothing_else_is_taken(collector: &Collector) {
    let version = collector.publish_example("page-useful");
    let first = collector.post_json(RESPONSES, &answer_no('a', &version, "words"));
    let taken_back = collector.post_json(RESPONSES, &answer_yes('b', &version));
    assert_eq!(collector.withdraw(&taken_back.receipt()).status, 204);
    assert!(collector.wait(collector.store.close("page-useful")).unwrap());

    let again = collector.post_json(RESPONSES, &answer_no('a', &version, "words"));
    assert_eq!((again.status, again.receipt()), (200, first.receipt()));
    let faulty = response('c', "page-useful", &version, &json!({"useful": 7}));
    for (body, status, code) in [
        (answer_yes('c', &version), 403, "closed"),
        (faulty, 403, "closed"),
        (answer_yes('a', &version), 409, "conflict"),
        (answer_yes('b', &version), 410, "withdrawn"),
    ] {
        let reply = collector.post_json(RESPONSES, &body);
        assert_eq!((reply.status, reply.problem().as_str()), (status, code), "{body}");
    }
}

fn a_response_that_is_taken_back_is_gone_and_stays_gone(collector: &Collector) {
    let version = collector.publish_example("page-useful");
    let receipt = collector.post_json(RESPONSES, &answer_no('a', &version, "words")).receipt();
    let as_written_down = receipt.to_lowercase().replace('-', " ").replace('0', "о");
    assert_eq!(collector.withdraw(&as_written_down).status, 204);
    let left = collector.wait(collector.store.responses("page-useful", Default::default(), 10)).unwrap();
    assert_eq!(left, []);

    assert_eq!(collector.withdraw(&receipt).status, 204, "a withdrawal whose reply was lost is asked again");
    let late = collector.post_json(RESPONSES, &answer_no('a', &version, "words"));
    assert_eq!((late.status, late.problem().as_str()), (410, "withdrawn"));
}

fn a_receipt_that_nobody_has_takes_nothing_back(collector: &Collector) {
    let version = collector.publish_example("page-useful");
    collector.post_json(RESPONSES, &answer_yes('a', &version));
    for receipt in ["", "0".repeat(25).as_str(), "' OR 1=1 --"] {
        let reply = collector.withdraw(receipt);
        assert_eq!((reply.status, reply.problem().as_str()), (404, "unknown_receipt"));
    }
    let headers = [("content-type", "application/json")];
    let malformed = collector.send("DELETE", "/api/v1/responses", &headers, "{}");
    assert_eq!((malformed.status, malformed.problem().as_str()), (400, "malformed"));
    assert_eq!(collector.rows(), 1);
}

fn nothing_about_the_sender_is_kept_beside_the_answer(collector: &Collector) {
    let version = collector.publish_example("district-priority");
    let answers = json!({"priority": 96, "priority_other": "Су"});
    let body = response('a', "district-priority", &version, &answers).to_string();
    let headers = [
        ("content-type", "application/json"),
        ("user-agent", "Teller/7"),
        ("x-forwarded-for", "203.0.113.9"),
    ];
    assert_eq!(
        collector.send("POST", "/api/v1/surveys/district-priority/responses", &headers, body).status,
        201
    );

    let kept =
        collector.wait(collector.store.responses("district-priority", Default::default(), 10)).unwrap();
    let kept = format!("{kept:?}");
    assert!(kept.contains("29550000") && kept.contains("Су"), "{kept}");
    assert!(
        !kept.contains("Teller") && !kept.contains("203.0.113.9") && !kept.contains("127.0.0.1"),
        "{kept}"
    );
}
