//! A ballot: a question that chooses among projects, either so many winners or money with costs, codes that admit one vote
//! each, and results that nobody sees before it is closed.

use crate::definition::{Choice, Survey};
use crate::domain::Domain;
use crate::fault::Faults;
use crate::read::Object;

pub(super) fn inspect(survey: &Survey, (root, own): (&Object<'_>, &Object<'_>), faults: &mut Faults) {
    if root.string("tier") != Some("invited") {
        faults.add(
            "tier",
            "must be \"invited\" for a ballot, which admits one vote for each person: issue codes, and give one to each.",
        );
    }
    if root.string("results").is_some_and(|results| results != "after_closing") {
        faults.add(
            "results",
            "must be \"after_closing\" for a ballot: counts would tell latecomers what to vote for. Or leave it out.",
        );
    }
    let question = own.string("question").and_then(|name| survey.question(name));
    let is_ballot = |domain: &Domain| matches!(domain, Domain::One | Domain::Several { .. });
    let Some(question) =
        question.filter(|question| is_ballot(&question.domain) && !question.choices.is_empty())
    else {
        return faults.add(own.at("question"), "names no question that chooses from a list.");
    };
    let has = |field: &str| own.value(field).is_some();
    if has("winners") == has("budget") {
        faults.add(
            &own.path,
            "needs either \"winners\", how many projects win, or \"budget\", how far the money goes.",
        );
    }
    inspect_costs(&question.choices, own, faults);
}

/// Each project has a cost where money decides, and each cost a project.
fn inspect_costs(choices: &[Choice], own: &Object<'_>, faults: &mut Faults) {
    let costs = own.objects("costs");
    let projects = || choices.iter().filter(|choice| !choice.exclusive && choice.code >= 0);
    for (index, cost) in costs.iter().enumerate() {
        let Some(code) = cost.integer("code") else { continue };
        if projects().all(|choice| choice.code != code) {
            faults.add(cost.at("code"), format!("{code} is no project of the ballot."));
        }
        if costs[..index].iter().any(|other| other.integer("code") == Some(code)) {
            faults.add(cost.at("code"), format!("{code} has a cost already."));
        }
        if cost.number("cost").is_some_and(|cost| cost.millionths() <= 0) {
            faults.add(cost.at("cost"), "must be more than nothing.");
        }
    }
    let has_cost = |code: i64| costs.iter().any(|cost| cost.integer("code") == Some(code));
    for choice in projects().filter(|choice| own.value("budget").is_some() && !has_cost(choice.code)) {
        faults.add(own.at("costs"), format!("lacks the cost of project {}.", choice.code));
    }
}
