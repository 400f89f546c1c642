//! Officials and the comments on a draft: grouped, decided about, published or not, and reported (domain M3).

use super::{Visitor, add};
use crate::support::consultation::{CONSULTATION, anchor, comment, numbers, publish_draft};
use crate::support::{Collector, Reply, hidden, on_both_engines};
use collector::people::rights::Role;
use matter::{MatterNumber, Shown, State};

on_both_engines! { Collector:
    comments_that_say_the_same_are_decided_about_together_and_none_is_lost
    what_was_taken_back_says_the_same_as_nothing_and_counts_for_nothing
}

const PAGE: &str = "/console/surveys/reception-rules/comments";
const PARAGRAPH: &str = "Қабылдау жұмыс күндері";
const LETTER: &str =
    "Қабылдау уақытын кешкі сағат сегізге дейін ұзартуды және сенбі күні де қабылдауды сұраймыз";

fn state(collector: &Collector, number: &str) -> (State, Shown) {
    let number: MatterNumber = number.parse().unwrap();
    let matter = collector.wait(collector.store.matter(CONSULTATION, number)).unwrap().unwrap();
    (matter.state, matter.shown)
}

/// The fields of a decision about the comment of this number.
fn decision(number: &str, decision: &str, reason: &str) -> Vec<(String, String)> {
    let mut fields = vec![(format!("decision-{number}"), decision.to_owned())];
    fields.extend(["kk", "ru", "en"].map(|lang| (format!("reason-{number}-{lang}"), reason.to_owned())));
    fields
}

fn post(
    visitor: &Visitor<'_>,
    page: &Reply,
    number: &str,
    (asks, at): (&str, &str),
    more: &[(String, String)],
) -> Reply {
    let item = page.body.split(&format!("id=\"c-{number}\"")).nth(1).unwrap();
    let item = item.split("</li>").next().unwrap();
    let revision = item.split("name=\"revision\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let proof = hidden(page, "proof");
    let own = [
        ("proof", proof.as_str()),
        ("do", asks),
        ("about", at),
        ("page", "0"),
        ("number", number),
        ("revision", revision),
    ];
    let more = more.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let fields: Vec<(&str, &str)> = own.into_iter().chain(more).collect();
    visitor.post_as_is(PAGE, &fields, &[])
}

fn comments_that_say_the_same_are_decided_about_together_and_none_is_lost(collector: &Collector) {
    let version = publish_draft(collector, &[]);
    let at = anchor(collector, &version, PARAGRAPH);
    add(collector, "controller", &[(None, Role::Controller)]);
    let official = Visitor::with_session(collector, "controller");
    let letters = [LETTER.to_owned(), LETTER.to_uppercase(), format!("{LETTER}. Тұрғындар")];
    let numbers: Vec<String> = (1..)
        .zip(&letters)
        .map(|(id, text)| numbers(&comment(collector, id, (&version, &at), &[("comment", text)])).0)
        .collect();
    let other = comment(
        collector,
        9,
        (&version, &at),
        &[("comment", "Керек емес"), ("speaker", "2"), ("organisation", "А")],
    );
    let other = crate::support::consultation::numbers(&other).0;

    let overview = official.get(PAGE);
    assert_eq!(overview.status, 200);
    let page = official.get(&format!("{PAGE}?about={at}"));
    assert!(page.body.contains("Comments that say the same: 3"), "{}", page.body);
    let all = ("all".to_owned(), "1".to_owned());
    let partly = |reason: &str| -> Vec<(String, String)> {
        decision(&numbers[0], "partly", reason).into_iter().chain([all.clone()]).collect()
    };
    let unreasoned = post(&official, &page, &numbers[0], ("decide", &at), &partly(""));
    assert_eq!(unreasoned.status, 200);
    assert!(unreasoned.body.contains("role=\"alert\""), "{}", unreasoned.body);
    let done = post(&official, &page, &numbers[0], ("decide", &at), &partly("Сенбі күні ғана"));
    assert_eq!(done.status, 303, "{}", done.body);
    for number in &numbers {
        assert_eq!(state(collector, number).0, State::Partly, "{number}");
    }
    assert_eq!(state(collector, &other).0, State::Received);

    // Somebody else still has the page as it was.
    let late = post(
        &official,
        &page,
        &numbers[0],
        ("decide", &at),
        &decision(&numbers[0], "accepted", "Бәрі бола береді"),
    );
    assert_eq!(late.status, 200);
    assert!(
        late.body.contains("somebody else changed this comment") && late.body.contains("Бәрі бола береді"),
        "{}",
        late.body
    );
    assert_eq!(state(collector, &numbers[0]).0, State::Partly);

    let report = official.get(&format!("{PAGE}/report?of=kk&as=csv"));
    assert!(report.body.contains("Сенбі күні ғана") && report.body.contains(&other), "{}", report.body);
    assert!(report.body.contains(",3,"), "the campaign is one point of three: {}", report.body);
    let page = official.get(&format!("{PAGE}/report?of=ru&as=html"));
    assert!(
        page.body.contains("Замечаний от граждан: 3") && page.body.contains("Замечаний от организаций: 1"),
        "{}",
        page.body
    );
    assert!(official.get(&format!("{PAGE}/report?of=ru&as=docx")).bytes.starts_with(b"PK"));
}

fn what_was_taken_back_says_the_same_as_nothing_and_counts_for_nothing(collector: &Collector) {
    let version = publish_draft(collector, &[]);
    let at = anchor(collector, &version, PARAGRAPH);
    add(collector, "controller", &[(None, Role::Controller)]);
    let official = Visitor::with_session(collector, "controller");
    let post = |id, stance| {
        numbers(&comment(collector, id, (&version, &at), &[("comment", LETTER), ("stance", stance)])).1
    };
    let receipts = [post(1, "1"), post(2, "2"), post(3, "1")];
    let of_paragraph = || official.get(&format!("{PAGE}?about={at}")).body;
    let row = || {
        let page = official.get(PAGE).body;
        let row = page.split("</tr>").find(|row| row.contains(&at)).unwrap();
        let cells: Vec<String> =
            row.split("<td><span>").skip(1).map(|cell| cell.split('<').next().unwrap().to_owned()).collect();
        cells[cells.len() - 5..].join(" ")
    };
    assert!(of_paragraph().contains("Comments that say the same: 3"));
    assert_eq!(row(), "2 1 3 0 1");
    assert_eq!(collector.withdraw(&receipts[0]).status, 204);
    assert!(of_paragraph().contains("Comments that say the same: 2"));
    assert_eq!(row(), "1 1 2 0 1");
    receipts[1..].iter().for_each(|receipt| assert_eq!(collector.withdraw(receipt).status, 204));
    assert!(!of_paragraph().contains("id=\"c-"), "nothing is left of them");
    assert_eq!(row(), "0 0 0 0 0");
}

#[test]
fn a_moderator_publishes_or_hides_for_a_reason_and_decides_nothing() {
    let collector = Collector::start();
    let version = publish_draft(&collector, &[]);
    let at = anchor(&collector, &version, PARAGRAPH);
    add(&collector, "moderator", &[(Some(CONSULTATION), Role::Moderator)]);
    add(&collector, "analyst", &[(Some(CONSULTATION), Role::Analyst)]);
    let (moderator, analyst) =
        (Visitor::with_session(&collector, "moderator"), Visitor::with_session(&collector, "analyst"));
    let hostile = comment(&collector, 1, (&version, &at), &[("comment", "<b>+7 балл</b>")]);
    let number = numbers(&hostile).0;
    let private =
        numbers(&comment(&collector, 2, (&version, &at), &[("comment", "Тек сізге"), ("publish", "3")])).0;
    let shown = |value: &str| vec![("shown".to_owned(), value.to_owned())];
    let page = moderator.get(&format!("{PAGE}?about={at}"));
    assert!(page.body.contains("&lt;b&gt;+7 балл&lt;/b&gt;"), "{}", page.body);
    assert!(!page.body.contains("decision-2026"), "a moderator is offered no decision");
    assert_eq!(
        post(&moderator, &page, &number, ("moderate", &at), &shown("0")).status,
        200,
        "no reason was given"
    );
    assert_eq!(state(&collector, &number).1, Shown::Waiting);
    assert_eq!(post(&moderator, &page, &number, ("moderate", &at), &shown("1")).status, 303);
    assert_eq!(state(&collector, &number).1, Shown::Shown);
    let page = moderator.get(&format!("{PAGE}?about={at}"));
    let why = [shown("0"), vec![(format!("why-{number}"), "Ереженің 3-тармағы".to_owned())]].concat();
    assert_eq!(post(&moderator, &page, &number, ("moderate", &at), &why).status, 303);
    assert_eq!(state(&collector, &number).1, Shown::Hidden);
    let decided = decision(&number, "accepted", "");
    let page = moderator.get(&format!("{PAGE}?about={at}"));
    assert_eq!(post(&moderator, &page, &number, ("decide", &at), &decided).status, 403);
    assert!(!page.body.contains(&format!("why-{private}")), "what is private is nothing to moderate");
    let page = analyst.get(&format!("{PAGE}?about={at}"));
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("name=\"revision\""), "an analyst reads");
}
