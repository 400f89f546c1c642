//! What identifies somebody in a free text is masked before the first write: no file of a store, no log and no export
//! ever has it.

use crate::erasure::are_on_disk;
use crate::support::{Program, answer_no, definition, filled};

/// Of nobody: the seventh digit says that they were born in the nineteenth century.
const IIN: &str = "850101100002";
const EMAIL: &str = "aigul.test@mail.kz";
const TYPED: &str = "Менің ЖСН 850101100002, хат: aigul.test@mail.kz";
const COVERED: &str = "Менің ЖСН [ЖСН/ИИН], хат: [@]";

#[test]
fn an_identity_number_is_in_no_file_no_log_and_no_export_however_it_was_sent() {
    let program = Program::new();
    program.file("d.json", &definition("page-useful"));
    program.succeed(&["publish", "d.json"]);
    let mut server = program.serve();
    let client = &server.client;
    let version = client.get("/api/v1/surveys/page-useful").json()["version"].as_str().unwrap().to_owned();
    let sent = answer_no('a', &version, TYPED);
    let first = client.post_json("/api/v1/surveys/page-useful/responses", &sent);
    let again = client.post_json("/api/v1/surveys/page-useful/responses", &sent);
    assert_eq!((first.status, again.status), (201, 200), "the same response, also after it was masked");
    assert_eq!(first.receipt(), again.receipt());
    // Without scripts, where the question comes with its condition; and once more with something that is refused.
    let page = client.get("/s/page-useful?lang=kk");
    let useful =
        client.post_form("/s/page-useful?lang=kk", &filled(&page, &[("useful", "0"), ("_go", "next")]));
    let form = filled(&useful, &[("useful", "0"), ("doing", TYPED), ("_go", "next")]);
    let sent = client.post_form("/s/page-useful?lang=kk", &form);
    assert!(sent.body.contains("<output"), "{}", sent.body);
    let wrong = client.post_json("/api/v1/surveys/page-useful/responses", &answer_no('b', "none", TYPED));
    assert!(wrong.status >= 400 && !wrong.body.contains(IIN), "{wrong:?}");
    assert!(!are_on_disk(IIN, &program.data()) && !are_on_disk(EMAIL, &program.data()));

    let export = program.succeed(&["export", "page-useful", "--format", "csv"]);
    assert_eq!(export.matches(COVERED).count(), 2, "{export}");
    server.signal("TERM");
    server.process.wait().unwrap();
    let log = server.log();
    assert!(!log.contains(IIN) && !log.contains(EMAIL), "{log}");
    assert!(!are_on_disk(IIN, &program.data()), "nor in what is left when it has ended");
}
