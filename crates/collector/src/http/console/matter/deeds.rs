//! What the forms of a matter ask for.

use super::super::guard::Console;
use super::{Seen, day};
use crate::mechanism::reception::deed::Deed;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::store::PersonRecord;
use survey::calendar::Date;

/// Working days by which a term can be extended at once.
const MOST_DAYS: u32 = 250;

/// What a form asks for.
pub(super) enum Asked {
    Deed(Deed),
    /// To be shown the day until which a term would be extended.
    Look(Date),
    /// What cannot be: the key of the words.
    Wrong(&'static str),
    /// The calendar says nothing of this year.
    UnknownYear(i32),
}

pub(super) async fn asked(console: &Console, seen: &Seen) -> Result<Asked, Refusal> {
    let fields = &console.fields;
    let text = |name: &str| fields.raw(name).to_owned();
    let deed = match fields.get("do") {
        "take" => Deed::Take,
        "give" => {
            let to = fields.get("to");
            let known =
                people(console, &seen.matter.survey).await?.into_iter().any(|person| person.name == to);
            if !known {
                return Ok(Asked::Wrong("matter_unfit_person"));
            }
            Deed::Give(to.to_owned())
        }
        "forward" => Deed::Forward(fields.get("forward_to").to_owned(), text("forward_reason")),
        "extend-look" => return Ok(look(console, seen)),
        "extend" => match day(fields.get("extend_due")) {
            Some(due) => Deed::Extend(due, text("extend_reason")),
            None => return Err(Refusal::Malformed),
        },
        "control" => Deed::Control(fields.get("on") == "1"),
        "note" => Deed::Note(text("note")),
        "answer" => Deed::Answer(text("answer"), lang_of(seen)),
        "decline" => Deed::Decline(text("decline")),
        "close" => Deed::Close,
        "implement" => Deed::Implement(text("implement"), lang_of(seen)),
        "instruct" => return instruct(console, seen).await,
        _ => return Err(Refusal::Malformed),
    };
    Ok(Asked::Deed(deed))
}

/// Who is to do what by when.
async fn instruct(console: &Console, seen: &Seen) -> Result<Asked, Refusal> {
    let to = console.fields.get("instruct_to");
    if !people(console, &seen.matter.survey).await?.into_iter().any(|person| person.name == to) {
        return Ok(Asked::Wrong("matter_unfit_person"));
    }
    let due = day(console.fields.get("instruct_due"));
    let Some(due) = due.filter(|due| console.app.today().is_none_or(|today| *due >= today)) else {
        return Ok(Asked::Wrong("matter_unfit_due"));
    };
    Ok(Asked::Deed(Deed::Instruct(to.to_owned(), due, console.fields.raw("instruct").to_owned())))
}

/// The language in which an answer is written: that in which the citizen spoke.
pub(super) fn lang_of(seen: &Seen) -> String {
    let first = || seen.edition.survey.language("").to_owned();
    seen.said.as_ref().map_or_else(first, |said| said.lang.clone())
}

/// The day that so many working days more lead to, to be looked at before it is so. Where there is no day yet, they are
/// counted from today.
fn look(console: &Console, seen: &Seen) -> Asked {
    let days = console.fields.get("extend_days").parse().ok().filter(|days| (1..=MOST_DAYS).contains(days));
    let (Some(days), Some(today)) = (days, console.app.today()) else {
        return Asked::Wrong("matter_unfit_days");
    };
    if console.fields.get("extend_reason").is_empty() {
        return Asked::Wrong("matter_unfit_words");
    }
    match console.app.calendar.after(seen.matter.due.unwrap_or(today), days) {
        Ok(due) => Asked::Look(due),
        Err(unknown) => Asked::UnknownYear(unknown.0),
    }
}

/// Who can be responsible for matters of a survey, by name.
pub(super) async fn people(console: &Console, survey: &str) -> Result<Vec<PersonRecord>, Refusal> {
    let mut people = console.app.store.people().await.map_err(Refusal::of_store)?;
    people.retain(|person| !person.disabled && person.roles.give(Right::Handle, survey));
    Ok(people)
}
