//! One-time invitations: codes on paper or in links, each of which admits one response to a survey that is answered by
//! invitation. Here they are issued, asked about and counted; that one is spent is part of keeping its response
//! ([`crate::store::Store::keep`]).

mod code;
mod sheet;
mod words;

use crate::clock::Minute;
use crate::edition::Edition;
use crate::guard::Sender;
use crate::http::App;
use crate::key::Key;
use crate::random::Random;
use crate::refusal::Refusal;
use crate::store::{InvitationBatch, Issued, NewInvitations, Store, Uninvited};
use analysis::outcome;
use anyhow::{Context, Result, ensure};
use jiff::civil::Date;
use std::collections::HashMap;

pub(crate) use code::Code;
pub(crate) use sheet::sheet;
pub(crate) use words::of as words;

/// Invitations of a batch at most, so that the codes of a survey stay few among those that could be guessed.
pub(crate) const MOST: usize = 100_000;

/// Characters of the name of a batch at most.
const NAME: usize = 64;

/// How often codes are drawn anew that the survey has already. Of a hundred thousand, one or two meet another.
const ATTEMPTS: usize = 20;

/// What to issue.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) survey: String,
    pub(crate) batch: String,
    pub(crate) count: usize,
    /// The first minute at which they admit nobody any more.
    pub(crate) expires: Option<Minute>,
}

/// Whether a batch can be called like this: in one line, and not too long for a table.
pub(crate) fn is_name(batch: &str) -> bool {
    let length = batch.chars().count();
    (1..=NAME).contains(&length) && batch.trim() == batch && !batch.chars().any(char::is_control)
}

/// Issues invitations and gives their codes, which nobody can ask for again.
///
/// # Errors
/// When the batch has a name that is taken or none, or is too large.
pub(crate) async fn issue(
    store: &dyn Store,
    key: &Key,
    (made, random): (Minute, &Random),
    wanted: Wanted,
) -> Result<Vec<Code>> {
    let Wanted { survey, batch, count, expires } = wanted;
    ensure!((1..=MOST).contains(&count), "a batch has from 1 to {MOST} invitations");
    ensure!(is_name(&batch), "a batch has a name of one line, of {NAME} characters at most");
    let mut codes = HashMap::new();
    for _ in 0..ATTEMPTS {
        while codes.len() < count {
            let code = Code::new(random)?;
            codes.insert(key.of_invitation(&survey, code.reveal()), code);
        }
        let hashes = codes.keys().copied().collect();
        let new = NewInvitations { survey: survey.clone(), batch: batch.clone(), made, expires, hashes };
        match store.issue(new).await? {
            Issued::New => return Ok(codes.into_values().collect()),
            Issued::NameTaken => anyhow::bail!("there is a batch \"{batch}\" already: take another name"),
            Issued::Met(met) => met.iter().for_each(|hash| drop(codes.remove(hash))),
        }
    }
    Err(anyhow::anyhow!("the survey has too many invitations already")).context("nothing was issued")
}

/// Whether a code admits somebody now. Nothing is spent by asking, but to name codes that there are not has a limit.
pub(crate) async fn ask(
    app: &App,
    edition: &Edition,
    code: &Code,
    sender: Sender,
) -> Result<Option<Uninvited>, Refusal> {
    let survey = &edition.survey.id;
    let guess = app.guesses.begin(app, survey, sender.from).await?;
    let hash = app.key.of_invitation(survey, code.reveal());
    let refusal = app.store.refusal_of_invitation(survey, hash, (app.clock)()).await;
    let refusal = refusal.map_err(Refusal::of_store)?;
    if refusal != Some(Uninvited::Unknown) {
        guess.was_none();
    }
    Ok(refusal)
}

/// What became of everybody who was invited, in the words of AAPOR. Every response has passed the checks, so that what had
/// to be answered was; one that was taken back is a refusal; who holds a revoked code that nobody used was never asked.
pub(crate) fn outcome(batches: &[InvitationBatch], withdrawn: u64) -> outcome::Invitations {
    let sum = |of: &dyn Fn(&InvitationBatch) -> u64| batches.iter().map(of).sum::<u64>();
    let spent = sum(&|batch| batch.spent);
    let refused = withdrawn.min(spent);
    let unused = |batch: &InvitationBatch| batch.issued.saturating_sub(batch.spent);
    outcome::Invitations {
        complete: spent - refused,
        refused,
        unknown: sum(&|batch| if batch.revoked { 0 } else { unused(batch) }),
        not_eligible: sum(&|batch| if batch.revoked { unused(batch) } else { 0 }),
        ..outcome::Invitations::default()
    }
}

/// A day as it is written in a language.
pub(crate) fn date(lang: &str, day: Date) -> String {
    words(lang).date(day.year().into(), day.month().into(), day.day().into())
}

/// The address under which a code opens the survey. It stands in the fragment, which browsers send to nobody.
pub(crate) fn link(page: &str, code: &Code) -> String {
    format!("{page}#code={}", code.printed())
}

/// Codes with their links, as a table that any program reads (RFC 4180).
pub(crate) fn table(page: &str, codes: &[Code]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["code", "link"])?;
    for code in codes {
        writer.write_record([code.printed(), link(page, code)])?;
    }
    writer.into_inner().map_err(|error| anyhow::anyhow!("{}", error.error()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(issued: u64, spent: u64, revoked: bool) -> InvitationBatch {
        let batch = "A".to_owned();
        InvitationBatch { batch, made: Minute(0), expires: None, revoked, issued, spent }
    }

    #[test]
    fn the_response_rate_counts_whoever_was_asked() {
        let outcome = outcome(&[batch(100, 40, false), batch(50, 10, true)], 5);
        assert_eq!((outcome.complete, outcome.refused, outcome.unknown), (45, 5, 60));
        assert_eq!(outcome.not_eligible, 40, "revoked and never used");
        assert_eq!(outcome.rates().rr1, Some(45.0 / 110.0));
        assert_eq!(super::outcome(&[], 3).rates().rr1, None);
    }

    #[test]
    fn a_batch_has_a_name_of_one_line() {
        assert!(is_name("Мектеп № 5") && is_name("2026-11-23"));
        assert!(!["", " a", "a\nb", &"я".repeat(65)].into_iter().any(is_name));
    }
}
