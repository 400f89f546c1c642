//! Page feedback: one survey at the foot of every page of a site. Which question takes the path of the page, what of an
//! address may be kept as such a path, and which answers say that a page is of no use.
//!
//! What all pages come to is in `feedback/sums.rs`.

mod sums;

pub(crate) use sums::{Keeper, Ranked, Sums, Tallies, Tally};

use serde_json::Value;
use survey::domain::GIVEN_MAX;
use survey::{Answer, Answers, mask};

/// The code of "no", unless said.
const NO: i64 = 0;

/// What a definition says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Feedback {
    /// The `hidden` question that takes the path.
    pub(crate) path: String,
    /// The question whether the page is useful.
    pub(crate) useful: String,
    /// Its code for "no".
    no: i64,
    /// Its code for "there is a problem with this page".
    pub(crate) problem: Option<i64>,
    /// Pages with fewer answers are not ranked.
    pub(crate) least: u64,
}

impl Feedback {
    /// As a definition has it; `None` of another mechanism.
    pub(crate) fn of(definition: &Value) -> Option<Self> {
        if definition["mechanism"] != "feedback" {
            return None;
        }
        let own = &definition["feedback"];
        let least = analysis::disclosure::Rule::PUBLIC;
        Some(Self {
            path: own["path"].as_str()?.to_owned(),
            useful: own["useful"].as_str()?.to_owned(),
            no: own["no"].as_i64().unwrap_or(NO),
            problem: own["problem"].as_i64(),
            least: least.raised_to(definition["results_min"].as_u64().unwrap_or_default()).least(),
        })
    }

    /// The answers with the path as it may be kept; `None` where it stands like that already.
    pub(crate) fn tidied(&self, answers: &Answers) -> Option<Answers> {
        let Some(Answer::Text(given)) = answers.get(&self.path) else { return None };
        let path = path_alone(given);
        (path != *given).then(|| {
            let mut tidied = answers.clone();
            tidied.set(&self.path, Some(Answer::Text(path)));
            tidied
        })
    }

    /// Counts what one response says of its page.
    fn count(&self, answers: &Value, tally: &mut Tally) {
        let Some(code) = answers[&self.useful].as_i64() else { return };
        tally.answers += 1;
        tally.no += u64::from(code == self.no);
        tally.problems += u64::from(self.problem == Some(code));
    }
}

/// The path of an address: without the host, without what follows a question mark, a number sign or a semicolon, readable,
/// without a slash at its end, and with a token in place of what identifies somebody, also where it was written with
/// percent signs.
pub(crate) fn path_alone(given: &str) -> String {
    let given = given.trim();
    let local =
        given.split_once("://").map_or(given, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
    let path = local.split(['?', '#', ';']).next().unwrap_or_default();
    let path = readable(path);
    // A sign that was written with percent signs would end the path where it is read again.
    let path = path.split(['?', '#', ';']).next().unwrap_or_default();
    let path = format!("/{}", path.trim_matches(['/', ' ']));
    let path = mask::masked(&path).unwrap_or(path);
    path.chars().filter(|char| !char.is_control()).take(GIVEN_MAX).collect()
}

/// With the letters that percent signs stand for (RFC 3986, 2.1); as it is where they stand for no text.
fn readable(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, after @ ..] = rest {
        let byte = (*first == b'%').then(|| after.get(..2)).flatten().and_then(byte_of);
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

fn byte_of(digits: &[u8]) -> Option<u8> {
    let digits =
        std::str::from_utf8(digits).ok().filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u8::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn of_an_address_the_path_alone_is_kept() {
        for (given, kept) in [
            ("/kk/services/passport/", "/kk/services/passport"),
            ("/", "/"),
            ("", "/"),
            ("//", "/"),
            ("services", "/services"),
            ("https://agency.example/ru/a?token=1#top", "/ru/a"),
            ("https://agency.example", "/"),
            ("/a;jsessionid=5F2/b", "/a"),
            ("/a%3Fname=Aigul", "/a"),
            ("/%D2%9B%D1%8B%D0%B7%D0%BC%D0%B5%D1%82", "/қызмет"),
            ("/100%/%zz/%FF", "/100%/%zz/%FF"),
            ("/a\u{0}b", "/ab"),
            // Not the whole of a telephone number: a mark.
            ("/+7 балл", "/+7 балл"),
        ] {
            assert_eq!(path_alone(given), kept, "{given}");
        }
        assert_eq!(path_alone(&"ә".repeat(300)).chars().count(), GIVEN_MAX);
    }

    #[test]
    fn what_identifies_somebody_in_a_path_is_covered_however_it_is_written() {
        for (given, kept) in [
            ("/cabinet/aigul@example.kz/edit", "/cabinet/[@]/edit"),
            ("/cabinet/aigul%40example.kz", "/cabinet/[@]"),
            ("/person/+7 701 123 45 67", "/person/[телефон]"),
            ("/person/%2B77011234567", "/person/[телефон]"),
        ] {
            assert_eq!(path_alone(given), kept, "{given}");
        }
    }

    #[test]
    fn only_the_path_of_an_answer_is_made_tidy() {
        let definition = include_str!("../../../../examples/surveys/page-feedback.json");
        let definition: Value = serde_json::from_str(definition).unwrap();
        let feedback = Feedback::of(&definition).unwrap();
        let survey = survey::Survey::read(&definition.to_string()).unwrap();
        let answers = |path: &str| {
            let answers = json!({"page": path, "useful": 0, "doing": "/a?b=1"});
            Answers::read(&survey, answers.as_object().unwrap()).unwrap()
        };
        assert_eq!(feedback.tidied(&answers("/a?b=1")), Some(answers("/a")));
        assert_eq!(feedback.tidied(&answers("/a")), None);
        assert_eq!(Feedback::of(&json!({"feedback": {"path": "a", "useful": "b"}})), None);
    }
}
