//! The writers, without a collector: what they say of the survey that has every kind of question.

use super::voice::FILES;
use super::{Codebook, Figures, Format, Version, Voice, disclosure};
use crate::paper::{assert_same_keys, keys_of};
use clap::ValueEnum;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::sync::Arc;
use survey::Survey;
use survey::columns::Table;

const EVERY_KIND: &str = include_str!("../../../../examples/surveys/every-kind.json");
const SERVICES: &str = include_str!("../../../../examples/surveys/kz-public-services.json");

fn codebook(definitions: &[&str]) -> Codebook {
    let surveys: Vec<Arc<Survey>> =
        definitions.iter().map(|json| Arc::new(Survey::read(json).unwrap())).collect();
    let versions = definitions.iter().enumerate().map(|(index, definition)| Version {
        name: format!("v{index}"),
        definition: (*definition).to_owned(),
    });
    let table = Table::of(&surveys.iter().map(|survey| &**survey).collect::<Vec<_>>());
    Codebook::new(&surveys, versions.collect(), table.columns())
}

fn bytes(codebook: &Codebook, format: Format, lang: &str) -> Vec<u8> {
    let mut out = Vec::new();
    codebook.write(format, lang, "table.csv", &mut out).unwrap();
    out
}

fn written(codebook: &Codebook, format: Format, lang: &str) -> String {
    String::from_utf8(bytes(codebook, format, lang)).unwrap()
}

/// How often each element is begun.
fn elements(xml: &str, name: &str) -> usize {
    let mut reader = Reader::from_str(xml);
    let mut count = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) | Event::Empty(start) => {
                count += usize::from(start.name().as_ref() == name);
            }
            Event::Eof => return count,
            _ => {}
        }
    }
}

#[test]
fn every_language_has_the_same_keys_in_the_same_order_with_the_same_placeholders() {
    assert_same_keys(&FILES);
}

#[test]
fn every_word_is_said_somewhere() {
    let sources = [
        include_str!("ddi.rs"),
        include_str!("disclosure.rs"),
        include_str!("html.rs"),
        include_str!("page.rs"),
        include_str!("universe.rs"),
        include_str!("voice.rs"),
        include_str!("../data_package/readme.rs"),
        include_str!("../paper/condition.rs"),
        include_str!("../paper/document.rs"),
    ];
    for key in keys_of(FILES[0].1) {
        let quoted = format!("\"{key}\"");
        assert!(sources.iter().any(|source| source.contains(&quoted)), "nobody says {key}");
    }
}

#[test]
fn the_same_survey_gives_the_same_bytes_in_every_form() {
    let (one, two) = (codebook(&[EVERY_KIND]), codebook(&[EVERY_KIND]));
    for format in Format::value_variants() {
        assert_eq!(bytes(&one, *format, "ru"), bytes(&two, *format, "ru"), "{format:?}");
    }
}

#[test]
fn an_archive_gets_every_variable_with_its_question_in_every_language() {
    let codebook = codebook(&[EVERY_KIND]);
    let xml = written(&codebook, Format::Ddi, "");
    assert_eq!(elements(&xml, "var"), codebook.variables.len());
    assert_eq!(elements(&xml, "varGrp"), codebook.sets.len());
    let asked = codebook.variables.iter().filter(|variable| variable.asked.is_some()).count();
    assert_eq!(elements(&xml, "qstn"), 3 * asked);
    for words in
        ["Қай қызметтерге жүгіндіңіз?", "К каким службам вы обращались?", "Which services did you use?"]
    {
        assert!(xml.contains(words), "{words}");
    }
}

#[test]
fn a_multiple_choice_is_one_variable_of_a_survey_program_and_one_set_elsewhere() {
    let codebook = codebook(&[EVERY_KIND]);
    let used = codebook.sets.iter().find(|set| set.name == "used").unwrap();
    assert_eq!(used.places.len(), 6);
    let triple_s = written(&codebook, Format::TripleS, "");
    assert_eq!(elements(&triple_s, "spread"), codebook.sets.len());
    let columns: usize = codebook.sets.iter().map(|set| set.places.len() - 1).sum();
    assert_eq!(elements(&triple_s, "variable"), codebook.variables.len() - columns);
    assert!(written(&codebook, Format::Spss, "kk").contains("MRSETS /MDGROUP NAME=$used "));
}

#[test]
fn who_was_asked_is_said_in_words_that_name_variables() {
    let codebook = codebook(&[SERVICES]);
    let universes: Vec<&str> =
        codebook.variables.iter().filter_map(|variable| variable.asked.as_ref()?.universe("en")).collect();
    assert!(universes.contains(&"Everybody is asked."), "{universes:?}");
    let conditional = universes.iter().filter(|universe| universe.starts_with("Asked only if ")).count();
    assert!(conditional > 0, "{universes:?}");
    assert!(!universes.iter().any(|universe| universe.contains('{')), "{universes:?}");
}

#[test]
fn an_authors_words_for_a_reason_stand_in_the_place_of_ours() {
    let codebook = codebook(&[EVERY_KIND]);
    let overall = codebook.variables.iter().find(|variable| variable.name() == "overall").unwrap();
    let voice = Voice::of("en");
    let reasons: Vec<(i64, &str)> =
        overall.reasons().map(|category| (category.code, voice.meaning(category))).collect();
    assert_eq!(reasons.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [-1, -2, -3, -4, -5, -6, -7, -8]);
    assert_eq!(reasons[4], (-5, "I do not know"));
    assert_eq!(overall.values().map(|category| category.code).collect::<Vec<_>>(), [3, 2, 1, 96]);
}

#[test]
fn a_variable_says_which_versions_have_it() {
    let old = SERVICES.replace("\"region\"", "\"oblast\"");
    let codebook = codebook(&[SERVICES, &old]);
    let versions = |name: &str| {
        codebook.variables.iter().find(|variable| variable.name() == name).map(|found| found.versions.clone())
    };
    assert_eq!(versions("region"), Some(vec![0]));
    assert_eq!(versions("oblast"), Some(vec![1]));
    assert_eq!(versions("channel"), Some(vec![0, 1]));
}

#[test]
fn what_is_counted_stands_beside_the_codes_and_in_what_is_disclosed() {
    let codebook = codebook(&[EVERY_KIND]);
    let header: Vec<&str> = codebook.variables.iter().map(super::Variable::name).collect();
    let row = |overall: &str| {
        let cells = header.iter().map(|name| if *name == "overall" { overall } else { "-4" });
        cells.collect::<Vec<_>>().join(",")
    };
    let table = format!("{}\r\n{}\r\n{}\r\n{}\r\n", header.join(","), row("3"), row("3"), row("-5"));
    let figures = Figures::of_csv(&codebook.variables, table.as_bytes()).unwrap();
    let place = header.iter().position(|name| *name == "overall").unwrap();
    assert_eq!([3, 2, -5].map(|code| figures.count(place, code)), [2, 0, 1]);
    let codebook = codebook.with(figures);
    let said = disclosure(&codebook, &Voice::of("en"));
    assert!(said.iter().any(|point| point.text == "Complete responses: 3."), "{said:?}");
    assert!(written(&codebook, Format::Ddi, "").contains("<catStat type=\"freq\">2</catStat>"));
}

#[test]
fn an_open_link_has_no_response_rate_and_no_sampling_error() {
    let codebook = codebook(&[EVERY_KIND]);
    for lang in ["kk", "ru", "en"] {
        let said = disclosure(&codebook, &Voice::of(lang));
        assert!(said.len() >= 7, "{lang}: {said:?}");
        assert!(!said.iter().any(|point| point.text.contains('±')), "{lang}");
    }
}

#[test]
fn what_an_author_wrote_is_text_in_every_form() {
    let hostile = "</text><script>alert(1)</script> \\\"'''; `$x & ]]>";
    let definition = EVERY_KIND
        .replace("Satisfied\"", &format!("{}\"", hostile.replace('\\', "\\\\").replace('"', "\\\"")));
    let codebook = codebook(&[&definition]);
    for format in [Format::Ddi, Format::TripleS] {
        assert!(elements(&written(&codebook, format, "en"), "script") == 0, "{format:?}");
    }
    assert!(!written(&codebook, Format::Html, "en").contains("<script>"));
    assert!(!written(&codebook, Format::Stata, "en").contains("`$"));
    assert!(bytes(&codebook, Format::Pdf, "en").starts_with(b"%PDF-1.7"));
}
