//! Codes for texts: a frame, two coders who do not see each other's, what they agree on, and the columns that come of it.

use super::{Visitor, add};
use crate::support::{Collector, Reply, answer_no, hidden, urlencoded};
use collector::people::rights::Role;

const SURVEY: &str = "/console/surveys/page-useful";
const TEXTS: &str = "/console/surveys/page-useful/texts?question=doing";
const FRAME: &str = "/console/surveys/page-useful/frame?question=doing";

/// A survey with texts, and an owner and a moderator to code them.
fn with_texts(texts: &[&str]) -> (Collector, Vec<String>) {
    let collector = Collector::start();
    let version = collector.publish_example("page-useful");
    add(&collector, "aigul", &[(None, Role::Owner)]);
    add(&collector, "bolat", &[(Some("page-useful"), Role::Moderator)]);
    let send = |(number, text): (usize, &&str)| {
        let body = answer_no(char::from_digit(u32::try_from(number).unwrap(), 16).unwrap(), &version, text);
        collector.post_json("/api/v1/surveys/page-useful/responses", &body).receipt()
    };
    let receipts = texts.iter().enumerate().map(send).collect();
    (collector, receipts)
}

/// Takes a frame with two codes over.
fn with_frame(visitor: &Visitor<'_>) {
    let csv = "number,label_en,label_kk,description\n,Paper,Қағаз,=1+1 +7 балл\n,Signs,,\n";
    let fields = [("question", "doing"), ("version", "0"), ("do", "paste"), ("csv", csv)];
    let reply = visitor.post(&format!("{SURVEY}/frame"), &fields);
    assert_eq!(reply.status, 303, "{reply:?}");
}

/// The positions of the texts on a page.
fn positions(page: &Reply) -> Vec<String> {
    let fields = page.body.split("name=\"t\" value=\"").skip(1);
    fields.map(|field| field.split('"').next().unwrap().to_owned()).collect()
}

/// Gives codes to the texts of a page, a list for each.
fn code(visitor: &Visitor<'_>, given: &[&[&str]]) {
    let page = visitor.get(TEXTS);
    let positions = positions(&page);
    let names: Vec<String> = positions.iter().map(|position| format!("c{position}")).collect();
    let proof = hidden(&page, "proof");
    let mut fields = vec![("proof", proof.as_str()), ("do", "tag"), ("question", "doing")];
    fields.extend(positions.iter().map(|position| ("t", position.as_str())));
    for (name, codes) in names.iter().zip(given) {
        fields.extend(codes.iter().map(|code| (name.as_str(), *code)));
    }
    let reply = visitor.post_as_is(&format!("{SURVEY}/texts"), &fields, &[]);
    assert_eq!(reply.status, 303, "{reply:?} {}", urlencoded(&fields));
}

fn csv(visitor: &Visitor<'_>, more: &str) -> Vec<String> {
    let reply = visitor.get(&format!("/api/v1/surveys/page-useful/export?format=csv&columns=doing{more}"));
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.body.lines().map(str::to_owned).collect()
}

#[test]
fn two_coders_see_each_other_s_codes_only_after_their_own_and_a_decision_settles_what_differs() {
    let (collector, receipts) = with_texts(&["Қағаз <b>", "+7 балл", "Ничего", "жоқ"]);
    let aigul = Visitor::with_session(&collector, "aigul");
    let bolat = Visitor::with_session(&collector, "bolat");
    assert!(!aigul.get(TEXTS).body.contains("checkbox"), "no frame, no boxes");
    with_frame(&aigul);
    code(&aigul, &[&["1"], &["1", "2"], &["none"], &[]]);
    let page = bolat.get(TEXTS);
    assert_eq!(positions(&page).len(), 4);
    assert!(page.body.contains("Қағаз &lt;b&gt;") && !page.body.contains("aigul:"), "{page:?}");
    assert!(!page.body.contains(" checked"));
    let second = bolat.get(&format!("{TEXTS}&show=second")).body;
    assert!(second.contains("Ничего") && !second.contains(">жоқ<"), "{second}");
    code(&bolat, &[&["1"], &["2"], &[], &[]]);
    let page = bolat.get(TEXTS).body;
    assert!(page.contains("aigul: Paper; Signs") && !page.contains("aigul: No code fits"), "{page}");
    assert!(!bolat.get(&format!("{TEXTS}&show=1")).body.contains("+7 балл"), "she gave it, he did not");

    let agreement = bolat.get(&format!("{SURVEY}/agreement?question=doing"));
    assert!(
        agreement.body.contains("both have coded: 2. With the same codes throughout: 1."),
        "{agreement:?}"
    );
    assert!(agreement.body.contains("Fewer than 50 texts") && agreement.body.contains("0.00"));
    let text = hidden(&agreement, "text");
    let fields =
        [("question", "doing"), ("text", &*text), ("code", "2"), ("first", "aigul"), ("second", "bolat")];
    assert_eq!(csv(&aigul, "&codes=columns")[2], "+7 балл,-7,-7", "nobody has decided");
    assert_eq!(bolat.post(&format!("{SURVEY}/agreement"), &fields).status, 303);
    let agreement = bolat.get(&format!("{SURVEY}/agreement?question=doing")).body;
    assert!(agreement.contains("No text is left to settle"), "{agreement}");

    let rows = csv(&aigul, "&codes=columns");
    assert_eq!(rows[0], "doing,doing_code_1,doing_code_2");
    assert_eq!(rows[1..], ["Қағаз <b>,1,0", "+7 балл,0,1", "Ничего,0,0", "жоқ,-3,-3"]);
    assert_eq!(csv(&aigul, "")[0], "doing", "only where they are asked for");
    assert_eq!(collector.client.withdraw(&receipts[1]).status, 204);
    assert_eq!(csv(&aigul, "&codes=columns").len(), 4);
    let log = aigul.get("/console/log").body;
    assert!(
        log.contains("coded texts") && log.contains("settled codes") && log.contains("changed a code frame")
    );
    assert!(!log.contains("балл"));
}

#[test]
fn a_frame_that_somebody_else_has_changed_is_not_overwritten() {
    let (collector, _) = with_texts(&["а"]);
    let aigul = Visitor::with_session(&collector, "aigul");
    with_frame(&aigul);
    let page = aigul.get(FRAME);
    assert_eq!(hidden(&page, "version"), "1");
    let save = |version: &str, more: &[(&str, &str)]| {
        let fields = [("question", "doing"), ("version", version), ("do", "save"), ("label-1-en", "Paper")];
        let fields: Vec<(&str, &str)> = fields.into_iter().chain(more.iter().copied()).collect();
        aigul.post(&format!("{SURVEY}/frame"), &fields)
    };
    let without = save("1", &[("label-2-en", "")]);
    assert!(without.body.contains("A code has no label"), "{without:?}");
    let changed = [("label-2-en", "Signs"), ("retired-2", "1"), ("label-new-ru", "Прочее")];
    assert_eq!(save("1", &changed).status, 303);
    let stale = save("1", &changed);
    assert!(stale.status == 200 && stale.body.contains("Somebody else has changed"), "{stale:?}");
    let file = aigul.get(&format!("{FRAME}&as=csv"));
    assert!(file.header("content-disposition").contains("page-useful-doing-codes.csv"));
    let lines: Vec<&str> = file.body.lines().collect();
    assert_eq!(lines[0], "number,label_kk,label_ru,label_en,description,retired");
    assert_eq!(lines[2..], ["2,,,Signs,,1", "3,,Прочее,,,0"]);
    let texts = aigul.get(TEXTS).body;
    assert!(texts.contains("Прочее") && !texts.contains(">Signs</label>"), "a retired code is given no more");
}

#[test]
fn codes_at_a_glance_hide_small_numbers_and_words_those_of_who_may_not_read() {
    let texts = [
        "қағаз керек",
        "Қағаз керек",
        "кагаз керек",
        "қағаз жоқ",
        "қағаз аз",
        "қағаз, 2",
        "сирек сөз",
        "сирек",
    ];
    let (collector, _) = with_texts(&texts);
    add(&collector, "viewer", &[(Some("page-useful"), Role::Viewer)]);
    let aigul = Visitor::with_session(&collector, "aigul");
    with_frame(&aigul);
    let viewer = Visitor::with_session(&collector, "viewer");
    assert!(viewer.get(SURVEY).body.contains("Fewer than 5 texts are coded"));
    code(&aigul, &[&["1"], &["1"], &["1"], &["1"], &["1"], &["1"], &["2"], &["none"]]);
    let page = viewer.get(SURVEY).body;
    let glance = page.split("Codes of texts").nth(1).unwrap();
    assert!(glance.contains("Coded texts: 8") && glance.contains("hidden"), "{glance}");
    let words = viewer.get(&format!("{SURVEY}/words?question=doing")).body;
    assert!(words.contains("қағаз") && !words.contains("сирек"), "{words}");
    let own = aigul.get(&format!("{SURVEY}/words?question=doing")).body;
    assert!(own.contains("сирек") && own.contains("қағаз керек") && own.contains("Texts: 8"), "{own}");
}

#[test]
fn a_picture_is_taken_away_as_a_drawing_as_pixels_and_as_a_table() {
    let (collector, _) = with_texts(&["а", "б", "в", "г", "д", "е"]);
    let aigul = Visitor::with_session(&collector, "aigul");
    let file = |kind: &str| aigul.get(&format!("{SURVEY}/chart?question=useful&as={kind}&lang=en"));
    assert!(aigul.get(SURVEY).body.contains("chart?question=useful&amp;as=png"));
    let svg = file("svg");
    assert_eq!(svg.header("content-type"), "image/svg+xml");
    assert!(svg.header("content-disposition").contains("page-useful-useful.svg"));
    assert!(svg.body.starts_with("<svg xmlns") && svg.body.contains("no sample was drawn"), "{}", svg.body);
    let csv = file("csv").body;
    assert_eq!(csv.lines().next(), Some("Answer,People,Share"));
    assert!(csv.contains(",6,") || csv.contains(",6\r"), "{csv}");
    assert_eq!(file("exe").status, 404);
    assert_eq!(aigul.get(&format!("{SURVEY}/chart?question=doing&as=svg")).status, 404);
    let public = collector.get("/s/page-useful/results/chart?question=useful&as=csv");
    assert_eq!(public.problem(), "no_results", "its author shows them to nobody");
    let page = aigul.get(&format!("{SURVEY}/public")).body;
    assert!(page.contains("Nobody is shown results") && page.contains("<textarea"), "{page}");
}
