//! What an author may write, and how an author is told what is wrong.

use crate::support::{
    assert_fault, choice, document, example, example_json, faults, overall_and_why, survey,
};
use serde_json::{Value, json};
use survey::Survey;

fn with_question(question: Value) -> Value {
    document(json!([{ "id": "p1", "questions": [question] }]))
}

#[test]
fn every_example_survey_reads_in_three_languages() {
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/surveys")).unwrap();
    let names = files.map(|file| file.unwrap().path());
    for path in names.filter(|path| path.extension().is_some_and(|ending| ending == "json")) {
        let id = path.file_stem().unwrap().to_str().unwrap();
        let survey = example(id);
        assert_eq!(survey.id, id);
        assert_eq!(survey.languages, ["kk", "ru", "en"]);
        for question in survey.questions() {
            assert!(survey.languages.iter().all(|lang| question.text.has(lang)), "{id}.{}", question.name);
        }
    }
}

#[test]
fn one_example_has_every_kind() {
    let document = example_json("every-kind");
    let pages = document["pages"].as_array().unwrap().iter();
    let questions = pages.flat_map(|page| page["questions"].as_array().unwrap());
    let asked: Vec<&str> = questions.map(|question| question["type"].as_str().unwrap()).collect();
    for kind in survey::KINDS {
        assert!(asked.contains(&kind.name), "{} is not in examples/surveys/every-kind.json", kind.name);
    }
    assert_eq!(example("every-kind").id, "every-kind");
}

#[test]
fn all_faults_are_told_at_once_each_with_its_path() {
    let document = json!({ "format": 2, "languages": ["kk", "ru"], "title": { "kk": "Т" }, "colour": "red", "pages": [
        { "id": "p1", "questions": [
            { "name": "1st", "type": "singel", "text": { "kk": "?", "ru": "?" } },
            { "name": "a", "type": "single", "text": { "kk": "?", "ru": "?", "en": "?" }, "requird": true,
              "options": [{ "code": 1, "text": "1" }, { "code": 1, "text": "2" }, { "code": -4, "text": "3" }] },
            { "name": "A", "type": "text", "text": "?", "show_if": "b == 1" },
            { "name": "b", "type": "text", "text": "?", "show_if": "a = 1" },
        ]},
        { "id": "p1", "questions": [] },
    ]});
    let faults = faults(&document);
    for expected in [
        "(the whole document): lacks \"id\"",
        "format: must be a whole number from 1 to 1",
        "colour: is not a field here",
        "title: lacks the text in \"ru\"",
        "pages[0].questions[0].name: must be ASCII letters",
        "pages[0].questions[0].type: must be one of the kinds single, multi, ",
        "pages[0].questions[1].requird: is not a field here. Did you mean \"required\"?",
        "pages[0].questions[1].text.en: is a language that \"languages\" does not name",
        "pages[0].questions[1].options[1].code: 1 stands twice",
        "pages[0].questions[1].options[2].code: -4 is reserved",
        "pages[0].questions[2].name: needs the column \"A\", which is taken by a",
        "pages[0].questions[2].show_if: \"b\" is asked later",
        "pages[0].questions[3].show_if: character 3: cannot read \"=\"",
        "pages[1].id: \"p1\" names two pages",
        "pages[1].questions: must be a list with at least one object",
    ] {
        assert!(faults.iter().any(|fault| fault.starts_with(expected)), "{expected} is not in {faults:#?}");
    }
}

#[test]
fn what_is_no_definition_at_all_is_told_in_one_fault() {
    for text in ["", "[]", "null", "7", "\"x\"", "{\"format\": 1", "\u{0}", &"[".repeat(100_000)] {
        let faults = Survey::read(text).unwrap_err();
        assert_eq!(faults.len(), 1, "{text:.20}: {faults:?}");
    }
}

#[test]
fn a_condition_may_only_ask_what_its_variable_can_answer() {
    let ask = |show_if: &str| {
        let mut pages = overall_and_why();
        let question = json!({ "name": "last", "type": "text", "text": "?", "show_if": show_if });
        pages[0]["questions"].as_array_mut().unwrap().push(question);
        document(pages)
    };
    let path = "pages[0].questions[4].show_if";
    assert_fault(&ask("overall == 7"), path, "has no option 7");
    assert_fault(&ask("overall has 1"), path, "has one answer");
    assert_fault(&ask("used == 1"), path, "has several answers");
    assert_fault(&ask("why == 1"), path, "is text: compare it with text in quotes");
    assert_fault(&ask("trust == 11"), path, "has no option 11");
    assert_fault(&ask("overal == 1"), path, "Did you mean \"overall\"?");
    assert_fault(&ask("last == 1"), path, "is asked later");
    for sound in [
        "overall <= 2 and used has 3",
        "answered(why)",
        "not (used == [97])",
        "trust in [0, 10] or overall == -5",
    ] {
        assert!(Survey::from_value(&ask(sound)).is_ok(), "{sound}");
    }
}

#[test]
fn a_broken_question_does_not_make_a_sound_condition_look_broken() {
    let document = document(json!([{ "id": "p1", "questions": [
        { "name": "a", "type": "nosuch", "text": "?" },
        { "name": "b", "type": "text", "text": "?", "show_if": "a == 1" },
    ]}]));
    assert_eq!(faults(&document).len(), 1);
}

#[test]
fn columns_of_different_questions_may_not_share_a_name() {
    let clash = document(json!([{ "id": "p1", "questions": [
        { "name": "used", "type": "multi", "text": "?", "options": [{ "code": 1, "text": "A" }] },
        { "name": "Used_1", "type": "text", "text": "?" },
    ]}]));
    assert_fault(&clash, "pages[0].questions[1].name", "needs the column \"Used_1\"");
    for reserved in ["response_channel", "and", "response_id"] {
        assert_fault(
            &with_question(json!({ "name": reserved, "type": "text", "text": "?" })),
            "pages[0].questions[0].name",
            "taken by",
        );
    }
}

#[test]
fn the_bounds_of_a_kind_are_checked_against_one_another() {
    let path = "pages[0].questions[0]";
    let options = json!([{ "code": 1, "text": "A" }, { "code": 2, "text": "B", "exclusive": true }]);
    let multi = |min: i64, max: i64| {
        with_question(
            json!({ "name": "q", "type": "multi", "text": "?", "min": min, "max": max, "options": options }),
        )
    };
    assert_fault(&multi(2, 1), &format!("{path}.min"), "more than \"max\"");
    assert_fault(&multi(2, 3), &format!("{path}.min"), "1 options that can stand together");
    let scale = |from: i64, to: i64| {
        with_question(json!({ "name": "q", "type": "scale", "text": "?", "from": from, "to": to }))
    };
    assert_fault(&scale(5, 5), &format!("{path}.to"), "must be more than");
    assert_fault(&scale(0, 21), &format!("{path}.to"), "at most 21");
    let exclusive = with_question(json!({ "name": "q", "type": "single", "text": "?", "options": options }));
    assert_fault(&exclusive, &format!("{path}.options[1].exclusive"), "of a single choice");
}

#[test]
fn the_language_shown_is_the_one_asked_for_or_its_base_or_the_default() {
    let survey = example("page-useful");
    for (wanted, shown) in
        [("ru", "ru"), ("ru-KZ", "ru"), ("KK", "kk"), ("de", "kk"), ("", "kk"), ("en_GB", "en")]
    {
        assert_eq!(survey.language(wanted), shown, "{wanted}");
    }
}

#[test]
fn the_schema_knows_every_kind_and_every_field_that_the_reader_takes() {
    let schema = survey::schema::schema();
    let kinds = schema["$defs"]["question"]["oneOf"].as_array().unwrap();
    for (kind, schema) in survey::KINDS.iter().zip(kinds) {
        assert_eq!(schema["properties"]["type"]["const"], kind.name);
        for field in kind.fields {
            assert_eq!(
                schema["properties"][field.name]["description"], field.about,
                "{}.{}",
                kind.name, field.name
            );
        }
    }
    assert_eq!(
        schema["properties"]["pages"]["items"]["properties"]["questions"]["items"]["$ref"],
        "#/$defs/question"
    );
}

#[test]
fn sixty_questions_are_possible() {
    let questions: Vec<Value> =
        (0..60).map(|n| json!({ "name": format!("q{n}"), "type": "text", "text": "?" })).collect();
    assert_eq!(survey(json!([{ "id": "p1", "questions": questions }])).questions().count(), 60);
}

#[test]
fn a_browser_reads_what_is_sound_and_never_panics_over_the_rest() {
    let document = json!({ "id": "x", "languages": ["kk"], "pages": [7, { "questions": [
        { "name": "a" }, { "name": "b", "type": "nosuch" }, "c",
        { "name": "d", "type": "scale", "from": 90, "to": 5, "show_if": "((", "text": "?" },
        { "name": "e", "type": "single", "options": [{ "text": "no code" }, { "code": 1 }] },
    ]}]});
    let survey = Survey::from_published(&document).unwrap();
    assert_eq!(survey.questions().map(|question| question.name.as_str()).collect::<Vec<_>>(), ["d", "e"]);
    for nothing in
        [json!(null), json!([]), json!({}), json!({ "id": "x", "languages": ["kk"], "pages": [{}] })]
    {
        assert!(Survey::from_published(&nothing).is_none(), "{nothing}");
    }
}

#[test]
fn whom_to_ask_has_a_number_that_can_be_called_and_an_address_that_can_be_written_to() {
    let with = |contact: Value| {
        let mut document = document(overall_and_why());
        document["contact"] = contact;
        document
    };
    for phone in ["+7 7172 70 80 90", "8 (7172) 70-80-90", "1414", "109"] {
        let sound = with(json!({ "phone": phone, "hours": "9–18", "email": "a@b.kz" }));
        let contact = Survey::from_value(&sound).unwrap().contact.unwrap();
        assert_eq!(contact.phone.unwrap().get("kk"), phone);
    }
    for phone in
        [json!("call us"), json!("12"), json!(1414), json!("+"), json!("1414 (тегін)"), json!("1".repeat(16))]
    {
        assert_fault(&with(json!({ "phone": phone })), "contact.phone", "must be a telephone number");
    }
    for email in ["", "a@b", " a@b.kz", "a b@c.kz"] {
        assert_fault(&with(json!({ "email": email })), "contact.email", "must be an e-mail address");
    }
    assert_fault(&with(json!({ "fax": "1414" })), "contact.fax", "is not a field here");
}

#[test]
fn a_mechanism_has_its_own_block_and_its_questions_are_there() {
    let mut survey = with_question(choice("single", "q", &[1, 2]));
    survey["mechanism"] = json!("prioritising");
    (survey["tier"], survey["prioritising"]) = (json!("invited"), json!({ "question": "q", "winners": 1 }));
    assert_eq!(faults(&survey), Vec::<String>::new());
    survey["meeting"] = json!({ "topic": "w" });
    survey["forum"] = json!({ "topic": "q" });
    assert_fault(&survey, "meeting.topic", "names no question");
    assert_fault(&survey, "forum", "belongs to \"mechanism\": \"forum\"");
    survey["mechanism"] = json!("poll");
    assert_fault(&survey, "mechanism", "reception");
}

#[test]
fn a_forum_says_which_question_is_the_idea_and_by_which_rules_moderators_decide() {
    let words = json!({ "name": "q", "type": "text", "text": "Idea?" });
    let mut survey = with_question(words);
    survey["mechanism"] = json!("forum");
    assert_fault(&survey, "forum", "is missing");
    let forum = json!({ "title": "q", "text": "q", "rules": "No advertising.", "appeal": "Write to us." });
    survey["forum"] = forum.clone();
    assert_eq!(faults(&survey), Vec::<String>::new());
    for field in ["title", "rules", "appeal"] {
        survey["forum"] = forum.clone();
        survey["forum"].as_object_mut().unwrap().remove(field);
        assert_fault(&survey, "forum", &format!("lacks \"{field}\""));
    }
    survey["forum"] = forum.clone();
    survey["forum"]["text"] = json!("w");
    assert_fault(&survey, "forum.text", "answered in words");
    survey["forum"] = forum.clone();
    survey["forum"]["moderation"] = json!("never");
    assert_fault(&survey, "forum.moderation", "before");
    let mut survey = with_question(choice("single", "q", &[1, 2]));
    (survey["mechanism"], survey["forum"]) = (json!("forum"), forum);
    assert_fault(&survey, "forum.title", "answered in words");
}
