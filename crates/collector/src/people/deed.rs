//! What somebody did that is written down: who, when, what, on which survey. Never an answer, never a password.

use crate::clock::Minute;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Signed in.
    SignedIn,
    /// Signed out.
    SignedOut,
    /// Changed the own password, or that of somebody else.
    ChangedPassword,
    /// Ended a session.
    EndedSession,
    /// Made an account.
    AddedPerson,
    /// Deleted an account.
    RemovedPerson,
    /// Shut an account, or opened it again.
    SwitchedPerson,
    /// Gave or took a role.
    ChangedRole,
    /// Let somebody in by the agency's provider from now on.
    LinkedPerson,
    /// Took that back.
    UnlinkedPerson,
    /// Made a token.
    MadeToken,
    /// Revoked a token.
    RevokedToken,
    /// Downloaded the responses, or their codebook.
    Downloaded,
    /// Had a download made in the background.
    OrderedDownload,
    /// Cancelled or deleted such a download.
    EndedDownload,
    /// Read what people wrote.
    ReadTexts,
    /// Gave codes to texts.
    CodedTexts,
    /// Decided which codes stand where coders differ.
    SettledCodes,
    /// Changed a code frame.
    ChangedFrame,
    /// Gave margins by which responses are weighted.
    ChangedWeights,
    /// Issued invitations.
    IssuedInvitations,
    /// Revoked invitations.
    RevokedInvitations,
    /// Counted paper ballots.
    CountedBallots,
    /// Deleted what was over.
    Expired,
    /// Gave, forwarded, extended, answered or closed a matter.
    ChangedMatter,
    /// Decided whether everybody sees what somebody wrote.
    Moderated,
    /// Published what came of a survey.
    PublishedOutcome,
    /// Archived a survey.
    ArchivedSurvey,
    /// Noted who has come to a meeting.
    NotedAttendance,
    /// Wrote the minutes of a meeting.
    WroteMinutes,
    /// Published the minutes of a meeting.
    PublishedMinutes,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 31] = [
        Self::SignedIn,
        Self::SignedOut,
        Self::ChangedPassword,
        Self::EndedSession,
        Self::AddedPerson,
        Self::RemovedPerson,
        Self::SwitchedPerson,
        Self::ChangedRole,
        Self::LinkedPerson,
        Self::UnlinkedPerson,
        Self::MadeToken,
        Self::RevokedToken,
        Self::Downloaded,
        Self::OrderedDownload,
        Self::EndedDownload,
        Self::ReadTexts,
        Self::CodedTexts,
        Self::SettledCodes,
        Self::ChangedFrame,
        Self::ChangedWeights,
        Self::IssuedInvitations,
        Self::RevokedInvitations,
        Self::CountedBallots,
        Self::Expired,
        Self::ChangedMatter,
        Self::Moderated,
        Self::PublishedOutcome,
        Self::ArchivedSurvey,
        Self::NotedAttendance,
        Self::WroteMinutes,
        Self::PublishedMinutes,
    ];

    /// How it is written, and the key of its words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SignedOut => "signed_out",
            Self::ChangedPassword => "changed_password",
            Self::EndedSession => "ended_session",
            Self::AddedPerson => "added_person",
            Self::RemovedPerson => "removed_person",
            Self::SwitchedPerson => "switched_person",
            Self::ChangedRole => "changed_role",
            Self::LinkedPerson => "linked_person",
            Self::UnlinkedPerson => "unlinked_person",
            Self::MadeToken => "made_token",
            Self::RevokedToken => "revoked_token",
            Self::Downloaded => "downloaded",
            Self::OrderedDownload => "ordered_download",
            Self::EndedDownload => "ended_download",
            Self::ReadTexts => "read_texts",
            Self::CodedTexts => "coded_texts",
            Self::SettledCodes => "settled_codes",
            Self::ChangedFrame => "changed_frame",
            Self::ChangedWeights => "changed_weights",
            Self::IssuedInvitations => "issued_invitations",
            Self::RevokedInvitations => "revoked_invitations",
            Self::CountedBallots => "counted_ballots",
            Self::Expired => "expired",
            Self::ChangedMatter => "changed_matter",
            Self::Moderated => "moderated",
            Self::PublishedOutcome => "published_outcome",
            Self::ArchivedSurvey => "archived_survey",
            Self::NotedAttendance => "noted_attendance",
            Self::WroteMinutes => "wrote_minutes",
            Self::PublishedMinutes => "published_minutes",
        }
    }

    /// The act that is written like this.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.name() == name)
    }
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub minute: Minute,
    /// Who: the name of a person, `token NAME`, `command line`, or `retention` for what nobody did.
    pub who: String,
    /// What.
    pub act: Act,
    /// On which survey.
    pub survey: Option<String>,
    /// To whom, or how: a name, a role, a format, a question.
    pub details: String,
}

/// Who somebody is who works beside the collector, at the machine itself.
pub(crate) const COMMAND_LINE: &str = "command line";

/// Who somebody is whom nobody here has told: the agency's provider.
pub(crate) const PROVIDER: &str = "provider";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_act_is_known_by_its_name() {
        assert!(Act::ALL.into_iter().all(|act| Act::named(act.name()) == Some(act)));
        assert_eq!(Act::named("answered"), None);
    }
}
