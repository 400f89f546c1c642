//! How many of the codes that were given out for a vote in a meeting were used, in the room and online. A code belongs to a
//! batch and to nobody, and the name of the batch says where it was given out: `room`, `room-2`, `online`.

use crate::edition::{Current, Edition};
use crate::http::App;
use crate::mechanism::meeting::Meeting;
use crate::refusal::Refusal;
use crate::store::{InvitationBatch, Mode};
use std::sync::Arc;

/// Codes that were given out, and those of them that were used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Codes {
    pub(crate) issued: u64,
    pub(crate) used: u64,
}

/// The codes of a vote, by where they were given out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spent {
    pub(crate) room: Codes,
    pub(crate) online: Codes,
    /// Of batches whose names say neither.
    pub(crate) elsewhere: Codes,
}

/// A vote in a meeting.
pub(crate) struct Ballot {
    pub(crate) edition: Arc<Edition>,
    pub(crate) current: Current,
    pub(crate) spent: Spent,
}

impl Spent {
    /// All codes.
    pub(crate) fn all(self) -> Codes {
        let each = [self.room, self.online, self.elsewhere];
        each.into_iter().fold(Codes::default(), |all, codes| Codes {
            issued: all.issued + codes.issued,
            used: all.used + codes.used,
        })
    }
}

/// The codes of these batches. What was revoked counts by what was used of it: nobody could use the rest.
fn spent(batches: &[InvitationBatch]) -> Spent {
    let mut spent = Spent::default();
    for batch in batches {
        let codes = match mode(&batch.batch) {
            Some(Mode::Room) => &mut spent.room,
            Some(Mode::Online) => &mut spent.online,
            None => &mut spent.elsewhere,
        };
        codes.issued += if batch.revoked { batch.spent } else { batch.issued };
        codes.used += batch.spent;
    }
    spent
}

/// Where the codes of a batch are given out, by its name.
fn mode(batch: &str) -> Option<Mode> {
    let word: String = batch.chars().take_while(char::is_ascii_alphanumeric).collect();
    Mode::named(&word.to_ascii_lowercase())
}

/// The votes of a meeting, those that are published.
pub(crate) async fn ballots(app: &App, meeting: &Meeting) -> Result<Vec<Ballot>, Refusal> {
    let mut ballots = Vec::new();
    for survey in &meeting.ballots {
        let current = match app.current(survey).await {
            Ok(current) => current,
            Err(Refusal::UnknownSurvey) => continue,
            Err(refusal) => return Err(refusal),
        };
        let batches = app.store.invitations(survey).await.map_err(Refusal::of_store)?;
        let edition = Arc::clone(&current.edition);
        ballots.push(Ballot { edition, current, spent: spent(&batches) });
    }
    Ok(ballots)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Minute;

    #[test]
    fn codes_are_counted_where_the_name_of_their_batch_says() {
        let batch = |name: &str, issued, spent, revoked| InvitationBatch {
            batch: name.to_owned(),
            made: Minute(0),
            expires: None,
            revoked,
            issued,
            spent,
        };
        let batches = [
            batch("room", 10, 7, false),
            batch("Room-2", 5, 1, true),
            batch("online: e-mail", 20, 9, false),
            batch("roommates", 3, 2, false),
            batch("бөлме", 4, 0, false),
        ];
        let spent = spent(&batches);
        assert_eq!(spent.room, Codes { issued: 11, used: 8 });
        assert_eq!(spent.online, Codes { issued: 20, used: 9 });
        assert_eq!(spent.elsewhere, Codes { issued: 7, used: 2 });
        assert_eq!(spent.all(), Codes { issued: 38, used: 19 });
    }
}
