//! What the data mean, and the package of everything, from outside.

use crate::support::{Collector, Program, answer_yes, on_both_engines};
use data_encoding::HEXLOWER;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use zip::ZipArchive;

on_both_engines! { Collector:
    a_codebook_is_for_those_alone_whose_token_opens_the_survey
    a_codebook_comes_in_every_form_with_a_name_of_its_own
    a_package_has_codes_and_complete_responses_alone
}

const TOKEN: &str = "qulaq_test";

fn ask(collector: &Collector, what: &str) -> crate::support::Reply {
    let authorization = format!("Bearer {TOKEN}");
    let path = format!("/api/v1/surveys/page-useful/{what}");
    collector.send("GET", &path, &[("authorization", &authorization)], "")
}

fn a_codebook_is_for_those_alone_whose_token_opens_the_survey(collector: &Collector) {
    collector.publish_example("page-useful");
    assert_eq!(ask(collector, "codebook?format=ddi").status, 401);
    collector.let_in(TOKEN, Some(&["another"]));
    assert_eq!(ask(collector, "codebook?format=ddi").status, 403);
}

fn a_codebook_comes_in_every_form_with_a_name_of_its_own(collector: &Collector) {
    collector.let_in(TOKEN, None);
    collector.publish_example("page-useful");
    let forms = ["ddi", "html", "csvw", "frictionless", "triple-s", "r", "python", "spss", "stata"];
    let named = forms.map(|form| {
        let reply = ask(collector, &format!("codebook?format={form}&lang=ru"));
        assert_eq!(reply.status, 200, "{form}: {reply:?}");
        assert!(reply.body.contains("Была ли эта страница полезной?"), "{form}: {}", reply.body);
        reply.header("content-disposition").to_owned()
    });
    assert_eq!(named.iter().collect::<BTreeSet<_>>().len(), forms.len(), "{named:?}");
    assert_eq!(ask(collector, "codebook?format=pdf&lang=ru").header("content-type"), "application/pdf");
    let page = ask(collector, "codebook?format=html&lang=ru");
    let policy = page.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"),
        "{policy}"
    );
    let unknown = ask(collector, "codebook?format=odt");
    assert_eq!(unknown.status, 400);
    assert!(unknown.body.contains("triple-s"), "it says what there is: {}", unknown.body);
}

fn a_package_has_codes_and_complete_responses_alone(collector: &Collector) {
    collector.let_in(TOKEN, None);
    collector.publish_example("page-useful");
    for option in ["values=labels", "missing=empty", "partials=only"] {
        let reply = ask(collector, &format!("export?format=package&{option}"));
        assert_eq!(reply.status, 400, "{option}: {reply:?}");
    }
}

#[test]
fn a_package_is_the_same_for_the_same_data_and_every_sum_in_it_is_right() {
    let program = Program::new();
    let definition = crate::support::definition("page-useful");
    let file = program.file("survey.json", &definition);
    program.succeed(&["publish", "--data", "data", file.to_str().unwrap()]);
    let running = program.serve();
    let about = running.client.get("/api/v1/surveys/page-useful");
    let about: Value = serde_json::from_str(&about.body).unwrap();
    let answer = answer_yes('a', about["version"].as_str().unwrap());
    assert_eq!(running.client.post_json("/api/v1/surveys/page-useful/responses", &answer).status, 201);
    let write = |name: &str| {
        program.succeed(&["export", "page-useful", "--data", "data", "--format", "package", "-o", name]);
        std::fs::read(program.directory.path().join(name)).unwrap()
    };
    assert_eq!(write("one.zip"), write("two.zip"));

    let archive = File::open(program.directory.path().join("one.zip")).unwrap();
    let mut archive = ZipArchive::new(archive).unwrap();
    let manifest: Value = serde_json::from_reader(archive.by_name("manifest.json").unwrap()).unwrap();
    let listed = manifest["files"].as_array().unwrap();
    assert_eq!(listed.len() + 1, archive.len(), "{listed:?}");
    assert_eq!((&manifest["responses"], &manifest["survey"]), (&1.into(), &"page-useful".into()));
    for file in listed {
        let mut content = Vec::new();
        archive.by_name(file["name"].as_str().unwrap()).unwrap().read_to_end(&mut content).unwrap();
        assert_eq!(content.len() as u64, file["bytes"].as_u64().unwrap());
        assert_eq!(HEXLOWER.encode(&Sha256::digest(&content)), file["sha256"].as_str().unwrap());
    }
}
