//! Whether it can be read: how hard a text is by a measure of its language, and words of the office that have a plain
//! one beside them.

use crate::written::Found;
use crate::written::readability::{Reading, reading};
use crate::written::walk::{Document, Role, Words};
use crate::written::word::{has_phrase, listed, words};

/// Texts that are read from beginning to end.
const READ: [Role; 3] = [Role::Question, Role::Hint, Role::Notice];

/// Words of the office, each with what people say.
type Lists = &'static [(&'static str, &'static [(&'static str, &'static str)])];

const OFFICE: Lists = &[
    (
        "kk",
        &[
            ("жүзеге асырылады", "жасалады"),
            ("жүзеге асыру", "жасау, орындау"),
            ("қамтамасыз етіледі", "беріледі, болады"),
            ("жоғарыда аталған", "осы"),
            ("жоғарыда көрсетілген", "осы"),
            ("төменде көрсетілген", "мына"),
            ("мақсатында", "үшін"),
            ("болып табылады", "(қажет емес)"),
            ("іс-шаралар өткізу", "өткізу"),
        ],
    ),
    (
        "ru",
        &[
            ("осуществляется", "делается, идёт"),
            ("осуществление", "(глаголом)"),
            ("осуществления", "(глаголом)"),
            ("в целях", "чтобы"),
            ("в соответствии с", "по"),
            ("вышеуказанный", "этот"),
            ("вышеуказанные", "эти"),
            ("нижеследующие", "эти"),
            ("посредством", "через, с помощью"),
            ("надлежащим образом", "правильно"),
            ("в случае если", "если"),
            ("является обязательным", "обязательно"),
            ("ввиду", "из-за"),
            ("по вопросу", "о"),
        ],
    ),
    (
        "en",
        &[
            ("in accordance with", "by, under"),
            ("pursuant to", "under"),
            ("in order to", "to"),
            ("prior to", "before"),
            ("in the event of", "if"),
            ("with regard to", "about"),
            ("with respect to", "about"),
            ("utilise", "use"),
            ("utilize", "use"),
            ("hereinafter", "(leave it out)"),
            ("aforementioned", "this"),
            ("commence", "begin"),
            ("endeavour", "try"),
        ],
    ),
];

/// A text that takes more schooling than people have: each longer one by itself, then all questions together, because
/// one question is too short to be measured.
pub(super) fn hard_to_read(document: &Document<'_>) -> Vec<Found> {
    let of_notice = document.words(&[Role::Notice]).filter_map(|text| {
        let reading = reading([text.text], text.lang?).filter(|reading| reading.is_hard)?;
        Some(Found::in_words(text, told("this text", reading)))
    });
    let of_questions = document.languages.iter().filter_map(|lang| {
        let asked = document.words(&[Role::Question, Role::Hint]).filter(|text| text.lang == Some(lang));
        let reading = reading(asked.map(|text| text.text), lang).filter(|reading| reading.is_hard)?;
        let message = told(&format!("the questions in \"{lang}\" together"), reading);
        Some(Found { lang: Some((*lang).to_owned()), ..Found::at("pages", message) })
    });
    of_notice.chain(of_questions).collect()
}

fn told(called: &str, Reading { measure, value, bound, .. }: Reading) -> String {
    let side = if value < bound { "at least" } else { "at most" };
    format!(
        "is hard to read: {called} has {value:.1} ({measure}), and {side} {bound:.0} is what most people read with \
         ease. Make shorter sentences, and take shorter words where there are any."
    )
}

/// Words that offices write and nobody says.
pub(super) fn office_words(document: &Document<'_>) -> Vec<Found> {
    document.words(&READ).filter_map(of_office).collect()
}

fn of_office(text: &Words<'_>) -> Option<Found> {
    let said = words(text.text);
    let (phrase, plain) = listed(OFFICE, text.lang).find(|(phrase, _)| has_phrase(&said, phrase))?;
    let message = format!("says “{phrase}”, as offices write and nobody speaks. Say it shorter: {plain}.");
    Some(Found::in_words(text, message))
}
