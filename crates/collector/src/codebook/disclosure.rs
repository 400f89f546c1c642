//! What is disclosed with results: who asked, whom, how, when, how many, and what the figures are not. The points are
//! those of AAPOR's checklist for disclosure; the words for an open link are its words for opt-in samples.

use super::{Codebook, Voice};
use crate::tier::Tier;
use std::collections::BTreeMap;

/// One point, ready to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Statement {
    /// What it is about.
    pub(crate) heading: String,
    /// What is said.
    pub(crate) text: String,
}

/// The points in one language. What was not counted is left out; what the definition does not say is said to be
/// unknown.
pub(crate) fn disclosure(codebook: &Codebook, voice: &Voice) -> Vec<Statement> {
    let survey = &codebook.survey;
    let word = |key: &str| voice.word(key).to_owned();
    let agency = survey.agency.as_ref().map_or_else(|| word("d_unknown"), |text| voice.text(text).to_owned());
    let tier = codebook.versions.first().map(|version| Tier::of_text(&version.definition));
    let (who, guard) = match tier.unwrap_or_default() {
        Tier::Open => (format!("{} {}", word("d_population"), word("d_selection")), "d_guard_open"),
        Tier::Work => (format!("{} {}", word("d_population"), word("d_selection")), "d_guard_work"),
        Tier::Invited => (word("d_invited"), "d_guard_invited"),
    };
    let mut points = vec![
        ("d_conducted_heading", agency),
        ("d_questions_heading", questions(codebook, voice)),
        ("d_population_heading", who),
        ("d_guard_heading", word(guard)),
        ("d_mode_heading", word("d_mode")),
    ];
    if let Some(figures) = &codebook.figures {
        let n = |number: u64| voice.said().form.number(&number.to_string());
        points.push(("d_responses_heading", voice.fill("d_responses", &[("n", n(figures.responses))])));
        if let Some((from, to)) = &figures.days {
            points.push(("d_dates_heading", between(voice, from, to)));
        }
        points.push(("d_channels_heading", list(&figures.channels, n)));
        points.push(("d_languages_heading", list(&figures.languages, n)));
    }
    points.push(("d_weighting_heading", weighting(codebook, voice)));
    points.push(("d_error_heading", word("d_error")));
    if let Some(contact) = &survey.contact {
        let texts = [&contact.phone, &contact.email].into_iter().flatten();
        let texts: Vec<&str> = texts.map(|text| voice.text(text)).collect();
        points.push(("d_contact_heading", texts.join(", ")));
    }
    let said = points.into_iter().filter(|(_, text)| !text.is_empty());
    said.map(|(key, text)| Statement { heading: word(key), text }).collect()
}

/// The days between which responses came, as a point of its own.
pub(crate) fn dates(voice: &Voice, from: &str, to: &str) -> Statement {
    Statement { heading: voice.word("d_dates_heading").to_owned(), text: between(voice, from, to) }
}

fn between(voice: &Voice, from: &str, to: &str) -> String {
    voice.fill("d_dates", &[("from", from.to_owned()), ("to", to.to_owned())])
}

/// Whether the data are weighted, and to what.
pub(super) fn weighting(codebook: &Codebook, voice: &Voice) -> String {
    match &codebook.margins {
        Some(margins) => voice.fill("d_weighted", &[("margins", margins.clone())]),
        None => voice.word("d_weighting").to_owned(),
    }
}

/// Exact wording and order.
fn questions(codebook: &Codebook, voice: &Voice) -> String {
    let order = if codebook.survey.is_shuffled() { "d_order_random" } else { "d_order_fixed" };
    let versions = voice.fill("d_versions", &[("n", codebook.versions.len().to_string())]);
    format!("{} {} {versions}", voice.word("d_questions"), voice.word(order))
}

fn list(counts: &BTreeMap<String, u64>, number: impl Fn(u64) -> String) -> String {
    let each: Vec<String> =
        counts.iter().map(|(name, count)| format!("{name}: {}", number(*count))).collect();
    each.join("; ")
}
