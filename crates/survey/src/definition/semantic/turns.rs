//! The order of pages: names, turns that lead on, pages about the respondent at the end, opening times and quotas.

use crate::definition::Survey;
use crate::fault::{Faults, nearest};
use crate::read::Object;

pub(super) fn inspect(survey: &Survey, root: &Object<'_>, faults: &mut Faults) {
    inspect_ids(survey, faults);
    inspect_late_pages(survey, faults);
    for (index, page) in root.objects("pages").iter().enumerate() {
        let turns = page.objects("then");
        for (number, turn) in turns.iter().enumerate() {
            inspect_turn(survey, turn, index, faults);
            if turn.string("if").is_none() && number + 1 < turns.len() {
                faults.add(
                    &turn.path,
                    "holds always, so that what follows it never does. Put it last, or give it an \"if\".",
                );
            }
        }
    }
    if let (Some(opens), Some(closes)) = (&survey.opens, &survey.closes)
        && opens >= closes
    {
        faults.add("closes", format!("must be later than \"opens\" ({opens})."));
    }
    for (index, quota) in survey.quotas.iter().enumerate() {
        if survey.quotas[..index].iter().any(|other| other.name.eq_ignore_ascii_case(&quota.name)) {
            faults.add(format!("quotas[{index}].name"), format!("\"{}\" names two quotas.", quota.name));
        }
    }
}

fn inspect_ids(survey: &Survey, faults: &mut Faults) {
    for (index, page) in survey.pages.iter().enumerate() {
        if survey.pages[..index].iter().any(|other| other.id == page.id) {
            faults.add(format!("pages[{index}].id"), format!("\"{}\" names two pages.", page.id));
        }
    }
}

fn inspect_late_pages(survey: &Survey, faults: &mut Faults) {
    let first = survey.pages.iter().position(|page| page.after_review);
    let Some(first) = first else { return };
    for (index, _) in survey.pages.iter().enumerate().skip(first).filter(|(_, page)| !page.after_review) {
        faults.add(
            format!("pages[{index}]"),
            "stands behind a page that is \"after_review\". Pages about the respondent come last.",
        );
    }
    if first == 0 {
        faults.add("pages[0].after_review", "leaves nothing to be checked before it. Ask something first.");
    }
}

fn inspect_turn(survey: &Survey, turn: &Object<'_>, page: usize, faults: &mut Faults) {
    match (turn.string("to"), turn.string("end").is_some() || turn.text("end").is_some()) {
        (None, false) => faults
            .add(&turn.path, "lacks \"to\" (a page further on) or \"end\" (what is read at an early end)."),
        (Some(_), true) => faults.add(&turn.path, "has both \"to\" and \"end\": keep one."),
        (None, true) => {}
        (Some(to), false) => match survey.pages.iter().position(|other| other.id == to) {
            None => {
                let ids = survey.pages.iter().map(|page| page.id.as_str());
                let meant = nearest(to, ids).map(|meant| format!(" Did you mean \"{meant}\"?"));
                faults.add(turn.at("to"), format!("there is no page \"{to}\".{}", meant.unwrap_or_default()));
            }
            Some(index) if index <= page => {
                faults.add(turn.at("to"), format!("\"{to}\" comes earlier. A turn leads on and never back, so that nobody goes round in circles."));
            }
            Some(_) if survey.shuffle => {
                faults.add(
                    turn.at("to"),
                    "cannot be told where pages come in a random order. Take \"shuffle\" of the survey away.",
                );
            }
            Some(_) => {}
        },
    }
}
