//! Who votes on what others said, or supports it: a visit, which is a number that is drawn when the form is made and travels
//! in it, or the code of an invitation. Nothing is kept on the device.

use super::Told;
use crate::edition::Current;
use crate::guard::{Flag, Lack, Sender};
use crate::http::App;
use crate::http::document::escape;
use crate::invitation::{self, Code};
use crate::random;
use crate::refusal::Refusal;
use crate::store::{Uninvited, Voter};
use crate::tier::Tier;
use axum::http::StatusCode;
use data_encoding::HEXLOWER;
use serde_json::Map;

/// The fields of the form: who votes, and the code of an invitation.
const VOTER: &str = "voter";
const CODE: &str = "code";

/// Who votes, as the form carries it.
#[derive(Clone)]
pub(in crate::http) struct Carried {
    /// A number of a visit, or a code; never to be printed or logged.
    secret: String,
    /// Whether it is a code that admits somebody.
    is_code: bool,
}

impl Carried {
    /// What the store knows the voter by.
    pub(in crate::http) fn voter(&self, app: &App, survey: &str) -> Voter {
        app.key.voter(survey, if self.is_code { "code" } else { "visit" }, &self.secret)
    }
}

/// Who votes; a code is asked about each time, for it may have been revoked. One that a response was sent with is as good:
/// whoever proposed may vote.
pub(in crate::http) async fn carried(
    app: &App,
    current: &Current,
    (fields, sender): (&[(String, String)], Sender),
) -> Result<Result<Carried, (StatusCode, &'static str)>, Refusal> {
    if current.edition.tier != Tier::Invited {
        let known = field(fields, VOTER).filter(|id| is_id(id)).map(str::to_owned);
        let secret = known.map_or_else(|| fresh(app), Ok)?;
        return Ok(Ok(Carried { secret, is_code: false }));
    }
    let Some(code) = field(fields, CODE).and_then(Code::read) else {
        return Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, "code_bad")));
    };
    let refused = match invitation::ask(app, &current.edition, &code, sender).await {
        Err(Refusal::TooManyCodes) => Some((StatusCode::TOO_MANY_REQUESTS, "code_many")),
        Err(refusal) => return Err(refusal),
        Ok(Some(Uninvited::Unknown)) => Some((StatusCode::UNPROCESSABLE_ENTITY, "code_bad")),
        Ok(Some(Uninvited::Over)) => Some((StatusCode::FORBIDDEN, "code_over")),
        Ok(Some(Uninvited::Spent) | None) => None,
    };
    Ok(match refused {
        Some(refused) => Err(refused),
        None => Ok(Carried { secret: code.reveal().to_owned(), is_code: true }),
    })
}

/// What was posted as this field.
pub(in crate::http) fn field<'a>(fields: &'a [(String, String)], of: &str) -> Option<&'a str> {
    fields.iter().find(|(name, _)| name == of).map(|(_, value)| value.as_str())
}

fn is_id(id: &str) -> bool {
    id.len() == 32 && id.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit))
}

fn fresh(app: &App) -> Result<String, Refusal> {
    let bytes = random::bytes::<16>(&app.random).map_err(Refusal::of_randomness)?;
    Ok(HEXLOWER.encode(&bytes))
}

/// What looks odd, as it is noticed of responses; nothing is refused for it. Nobody works for a vote: where a survey asks for
/// work, votes come without it, and each says so.
pub(in crate::http) fn flags(app: &App, current: &Current, sender: Sender) -> Result<String, Refusal> {
    let survey = &current.edition.survey.id;
    let lack = (current.edition.tier == Tier::Work).then_some(Lack::Missing);
    let (sender, mut noticed) = (Sender { lack, ..sender }, Map::new());
    let looked =
        app.crowd.look((&format!("{survey} votes"), sender), 0, &mut noticed, ((app.clock)(), &app.random));
    looked.map_err(Refusal::of_randomness)?;
    let flags = Flag::ALL.into_iter().zip(Flag::kept(&noticed)).filter(|(_, kept)| *kept);
    Ok(flags.map(|(flag, _)| flag.name()).collect::<Vec<_>>().join(" "))
}

/// Who votes in a form that is drawn, and the field that carries it.
pub(in crate::http) fn known(told: &Told<'_>) -> Result<(Carried, String), Refusal> {
    let (app, tier) = (told.spot.app, told.spot.current.edition.tier);
    let fields = told.spot.posted.map_or(&[][..], |posted| &posted.fields);
    let code = field(fields, CODE).unwrap_or_default();
    let who = match (tier, Code::read(code)) {
        (Tier::Invited, Some(code)) => Carried { secret: code.reveal().to_owned(), is_code: true },
        _ => {
            let known = field(fields, VOTER).filter(|id| is_id(id)).map(str::to_owned);
            Carried { secret: known.map_or_else(|| fresh(app), Ok)?, is_code: false }
        }
    };
    let html = match tier {
        Tier::Invited => code_field(told, code),
        Tier::Open | Tier::Work => hidden(VOTER, &who.secret),
    };
    Ok((who, html))
}

/// A field that nobody sees.
pub(in crate::http) fn hidden(name: &str, value: &str) -> String {
    format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">\n", escape(value))
}

fn code_field(told: &Told<'_>, code: &str) -> String {
    format!(
        "<div class=\"question\"><label class=\"text\" for=\"vote-code\">{}</label>\
         <input type=\"text\" id=\"vote-code\" name=\"{CODE}\" value=\"{}\" autocomplete=\"off\" \
         autocapitalize=\"characters\" spellcheck=\"false\"></div>\n",
        told.say("code"),
        escape(code)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voter_is_thirty_two_hexadecimal_digits_and_nothing_else() {
        assert!(is_id(&"0a".repeat(16)));
        for id in ["", "0a", &"0A".repeat(16), &"0g".repeat(16), &"0a".repeat(17), "\"><b>"] {
            assert!(!is_id(id), "{id}");
        }
    }
}
