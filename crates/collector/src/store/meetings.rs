//! Meetings: who of those who registered has come, how many came besides, and the minutes.
//!
//! Attendance is kept by the number of a registration and without a time, so that nothing in it leads to a vote, which
//! was sent to another survey with a code that knows no number: `docs/adr/0048-attendance-knows-no-votes.md`.

use super::StoreError;
use crate::clock::Minute;
use async_trait::async_trait;
use matter::MatterNumber;

/// How somebody takes part in a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// In the room.
    Room,
    /// Online.
    Online,
}

/// How many are there, by how they take part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Present {
    /// Those who had registered.
    pub registered: ByMode,
    /// Those who had not.
    pub walked_in: ByMode,
}

/// Two counts that are never one without the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByMode {
    /// In the room.
    pub room: u64,
    /// Online.
    pub online: u64,
}

/// Minutes while they are written: one text, which everybody who writes them changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinutesDraft {
    /// The survey that is the meeting.
    pub survey: String,
    /// How often they were changed, this time too: from 1.
    pub revision: u32,
    /// When.
    pub minute: Minute,
    /// Who did.
    pub who: String,
    /// What they say, as JSON that the store does not look into.
    pub said: String,
}

/// Minutes as they were published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minutes {
    /// The survey that is the meeting.
    pub survey: String,
    /// Which version, from 1.
    pub number: u32,
    /// When.
    pub minute: Minute,
    /// Who published it.
    pub who: String,
    /// What it says, as JSON that the store does not look into.
    pub said: String,
}

/// What is kept of meetings.
#[async_trait]
pub trait Meetings: Send + Sync {
    /// Notes how whoever has this registration takes part, in the place of what was noted before.
    async fn check_in(&self, survey: &str, number: MatterNumber, mode: Mode) -> Result<(), StoreError>;

    /// Takes that back; `false` where nothing was noted.
    async fn check_out(&self, survey: &str, number: MatterNumber) -> Result<bool, StoreError>;

    /// How those of these registrations take part who are there.
    async fn attendance_of(
        &self,
        survey: &str,
        numbers: &[MatterNumber],
    ) -> Result<Vec<(MatterNumber, Mode)>, StoreError>;

    /// How many are there.
    async fn present(&self, survey: &str) -> Result<Present, StoreError>;

    /// Makes of so many people without a registration so many. `false`, and nothing is changed, where there are not as many
    /// as `before` any more: of two who count at once, one is told.
    async fn count_walk_ins(
        &self,
        survey: &str,
        mode: Mode,
        (before, after): (u64, u64),
    ) -> Result<bool, StoreError>;

    /// The minutes as they stand while they are written.
    async fn minutes_draft(&self, survey: &str) -> Result<Option<MinutesDraft>, StoreError>;

    /// Keeps them, if nobody has changed them since the revision before.
    async fn keep_minutes_draft(&self, draft: MinutesDraft) -> Result<bool, StoreError>;

    /// Publishes minutes. `false`, and nothing is changed, when there is a version of that number by now.
    async fn publish_minutes(&self, minutes: Minutes) -> Result<bool, StoreError>;

    /// The versions that were published, the newest first.
    async fn minutes(&self, survey: &str) -> Result<Vec<Minutes>, StoreError>;
}

impl Mode {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Room, Self::Online];

    /// How it is written in forms, and the beginning of the names of batches whose codes are given out there.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Online => "online",
        }
    }

    /// The one that is written like this.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }

    /// The number that it is kept as.
    pub(super) fn code(self) -> i64 {
        match self {
            Self::Room => 1,
            Self::Online => 2,
        }
    }

    /// The one that is kept as this number.
    pub(super) fn of_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.code() == code)
    }
}

impl ByMode {
    /// One of the two.
    #[must_use]
    pub fn of(self, mode: Mode) -> u64 {
        match mode {
            Mode::Room => self.room,
            Mode::Online => self.online,
        }
    }

    /// Of how many there are in each.
    pub(super) fn counted(counts: impl IntoIterator<Item = (i64, i64)>) -> Self {
        let mut all = Self::default();
        for (mode, count) in counts {
            let count = u64::try_from(count).unwrap_or_default();
            match Mode::of_code(mode) {
                Some(Mode::Room) => all.room += count,
                Some(Mode::Online) => all.online += count,
                None => {}
            }
        }
        all
    }
}

impl Present {
    /// All who are there, by how they take part.
    #[must_use]
    pub fn all(&self) -> ByMode {
        ByMode {
            room: self.registered.room + self.walked_in.room,
            online: self.registered.online + self.walked_in.online,
        }
    }

    /// All who are there.
    #[must_use]
    pub fn total(&self) -> u64 {
        let ByMode { room, online } = self.all();
        room + online
    }
}
