//! What a ballot comes to, once it is closed: the projects in the order of votes with what became of each, and what was
//! handed out against what came back. It is made of figures that are released already.

use super::told::{Numbers, Told};
use super::{Results, Sharing};
use crate::edition::Edition;
use crate::http::escape;
use crate::mechanism::prioritising::{Limit, Placed, Reconciled};
use analysis::chart::Format;
use analysis::disclosure::{Key, Public, Rule, counter};
use serde_json::{Value, json};

/// A ballot in a language.
pub(crate) struct Ballot {
    /// The projects with their titles.
    placed: Vec<(Placed, String)>,
    /// How far it goes, what was handed out and came back, and how it was guarded.
    lines: Vec<String>,
    reconciled: Reconciled,
}

impl Ballot {
    /// What the released results of a ballot come to; `None` of a survey that is none, and while there are no results.
    pub(crate) fn of(
        edition: &Edition,
        (sharing, results): (&Sharing, &Results),
        told: &Told,
        reconciled: Reconciled,
    ) -> Option<Self> {
        let ballot = edition.prioritising.as_ref()?;
        let question = edition.survey.question(&ballot.question)?;
        let public = results.body.questions.iter().find(|public| public.question == ballot.question)?;
        let votes: Vec<_> =
            ballot.candidates(&edition.survey).into_iter().map(|code| (code, votes(public, code))).collect();
        let title = |code: i64| {
            let choice = question.choices.iter().find(|choice| choice.code == code);
            choice.map(|choice| choice.text.get(&told.lang).to_owned()).unwrap_or_default()
        };
        let placed = ballot.outcome(&votes).into_iter().map(|placed| {
            let title = title(placed.code);
            (placed, title)
        });
        let lines = lines(told, ballot.limit, &reconciled, sharing.rule);
        Some(Self { placed: placed.collect(), lines, reconciled })
    }

    /// As HTML, below a heading of this level.
    pub(super) fn html(&self, told: &Told, level: u8) -> String {
        let word = |key: &str| escape(told.words.get(key));
        let heads = ["ballot_place", "project", "votes", "fate"]
            .map(|key| format!("<th scope=\"col\">{}</th>", word(key)));
        let row = |(placed, title): &(Placed, String)| {
            let place =
                placed.place.map(|place| Numbers(&told.words).count(place as u64)).unwrap_or_default();
            let votes =
                placed.votes.map_or_else(|| word("hidden"), |votes| Numbers(&told.words).count(votes));
            let fate = word(&format!("fate_{}", placed.fate.name()));
            let title = escape(title);
            format!(
                "<tr><td>{place}</td><th scope=\"row\">{title}</th><td>{votes}</td><td>{fate}</td></tr>\n"
            )
        };
        let rows: String = self.placed.iter().map(row).collect();
        let lines: String = self.lines.iter().map(|line| format!("<li>{}</li>\n", escape(line))).collect();
        format!(
            "<section class=\"result\">\n\
             <h{level} id=\"results-ballot\">{title}</h{level}>\n\
             <div class=\"wide\" role=\"region\" aria-label=\"{table}\" tabindex=\"0\">\n\
             <table aria-labelledby=\"results-ballot\"><thead><tr>{}</tr></thead><tbody>\n{rows}</tbody></table></div>\n<ul>\n{lines}</ul>\n</section>\n",
            heads.concat(),
            title = word("ballot"),
            table = word("votes"),
        )
    }

    /// The same for programs.
    pub(super) fn json(&self, least: u64) -> Value {
        let placed = |(placed, title): &(Placed, String)| {
            json!({
                "code": placed.code,
                "label": title,
                "votes": placed.votes,
                "place": placed.place,
                "outcome": placed.fate.name(),
            })
        };
        let at_least = |count: u64| (count >= least).then(|| count - count % least);
        json!({
            "projects": self.placed.iter().map(placed).collect::<Vec<_>>(),
            "codes_issued": self.reconciled.codes,
            "online_at_least": at_least(self.reconciled.online),
            "paper_issued": self.reconciled.issued_on_paper(),
            "paper_at_least": at_least(self.reconciled.on_paper()),
            "spoiled_at_least": at_least(self.reconciled.spoiled),
        })
    }
}

/// The votes for a project, where they are told.
fn votes(public: &Public, code: i64) -> Option<u64> {
    let mut cells = public.rows.iter().flat_map(|row| &row.cells);
    cells.find(|cell| matches!(cell.key, Key::Code(of) if of == code))?.count
}

fn lines(told: &Told, limit: Limit, reconciled: &Reconciled, rule: Rule) -> Vec<String> {
    let numbers = Numbers(&told.words);
    let fill = |key: &str, values: &[(&str, String)]| told.words.fill(key, values);
    let roughly = |count: u64| match counter(count, rule) {
        Some(count) => fill("at_least", &[("n", numbers.count(count))]),
        None => fill("fewer", &[("least", rule.least().to_string())]),
    };
    let far = match limit {
        Limit::Winners(winners) => fill("ballot_winners", &[("n", numbers.count(winners as u64))]),
        Limit::Budget(budget) => fill("ballot_budget", &[("n", told.words.number(&budget.to_plain()))]),
    };
    let online = [("codes", numbers.count(reconciled.codes)), ("n", roughly(reconciled.online))];
    let paper = (!reconciled.paper.is_empty()).then(|| {
        let values = [
            ("issued", numbers.count(reconciled.issued_on_paper())),
            ("n", roughly(reconciled.on_paper())),
            ("spoiled", roughly(reconciled.spoiled)),
        ];
        fill("ballot_paper", &values)
    });
    let ties = told.words.get("ballot_ties").to_owned();
    let tier = told.words.get("ballot_tier").to_owned();
    [far, ties, fill("ballot_online", &online)].into_iter().chain(paper).chain([tier]).collect()
}
