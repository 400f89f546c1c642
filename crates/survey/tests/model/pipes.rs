//! Answers that stand in later texts.

use crate::support::{assert_fault, choice, document, faults, page, text, with};
use serde_json::{Value, json};
use survey::text::piped;

fn asking(last: Value) -> Value {
    document(json!([
        page("p1", json!([text("name"), choice("single", "city", &[1, 2])])),
        page("p2", json!([last]))
    ]))
}

#[test]
fn a_placeholder_stands_for_an_answer_before_it_wherever_a_text_is_read() {
    let mut options = choice("single", "q", &[1, 2]);
    options["options"][0]["text"] = json!("As {name} says");
    assert_eq!(
        faults(&asking(with(options, json!({ "text": "{name} in {city}?", "hint": "{city}" })))),
        Vec::<String>::new()
    );
    let mut thanks = asking(text("q"));
    thanks["thanks"] = json!("Thank you, {name}; {q}");
    assert_eq!(faults(&thanks), Vec::<String>::new());
    thanks["pages"][1]["title"] = json!("About {name}");
    assert_eq!(faults(&thanks), Vec::<String>::new());
}

#[test]
fn a_placeholder_of_an_unknown_or_a_later_question_is_refused() {
    let path = "pages[1].questions[0].text";
    for wrong in ["{nosuch}", "{q}", "{Name}"] {
        assert_fault(&asking(with(text("q"), json!({ "text": wrong }))), path, "stands for the answer");
    }
    let mut early = asking(text("q"));
    early["pages"][0]["questions"][0]["text"] = json!("{q}");
    assert_fault(&early, "pages[0].questions[0].text", "stands for the answer");
    early["pages"][0]["questions"][0]["text"] = json!("?");
    early["pages"][0]["title"] = json!("{name}");
    assert_fault(&early, "pages[0].title", "stands for the answer");
}

#[test]
fn braces_that_hold_no_name_stand_as_they_are() {
    for plain in ["{}", "{ name }", "{1}", "50 % {", "}{", "{имя}", "{{}}"] {
        assert_eq!(
            faults(&asking(with(text("q"), json!({ "text": plain })))),
            Vec::<String>::new(),
            "{plain}"
        );
        assert_eq!(piped(plain, &mut |_| "X".to_owned()), plain);
    }
}

#[test]
fn what_was_answered_is_not_read_as_a_placeholder() {
    let mut answer = |name: &str| if name == "name" { "{city}".to_owned() } else { "Astana".to_owned() };
    assert_eq!(piped("{name} {city}", &mut answer), "{city} Astana");
}
