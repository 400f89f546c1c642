//! What goes into a store and what comes out of it.

use super::{NewMatter, Uninvited};
use crate::clock::Minute;
use crate::digest::Digest;
use crate::times::{Standing, Times};

/// A sound definition on its way into the store.
#[derive(Clone, Debug)]
pub struct Publication {
    /// The id of the survey.
    pub survey: String,
    /// The name of the version: a hash of the definition.
    pub version: String,
    /// The definition as canonical JSON.
    pub definition: String,
    /// When.
    pub minute: Minute,
    /// When the survey takes responses.
    pub times: Times,
    /// The files that it names.
    pub media: Vec<Medium>,
}

/// A file that belongs to a version of a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Medium {
    /// Its path, as the definition names it.
    pub path: String,
    /// The hash of its content, in hexadecimal: the name under which the content is kept.
    pub content: String,
    /// Its content type.
    pub content_type: String,
}

/// What publishing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// The version is new, and current.
    New,
    /// It was current already.
    Unchanged,
    /// It was published before; now it is current and open again.
    Restored,
    /// The survey is archived. Nothing was changed.
    Archived,
}

/// A survey as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyRecord {
    /// Whether nobody has closed it.
    pub open: bool,
    /// When it takes responses.
    pub times: Times,
    /// The name of its current version.
    pub version: String,
}

impl SurveyRecord {
    /// Whether it takes responses at this minute.
    #[must_use]
    pub fn standing(&self, now: Minute) -> Standing {
        if self.open { self.times.standing(now) } else { Standing::Closed }
    }
}

/// A checked response on its way into the store.
#[derive(Clone, Debug)]
pub struct NewResponse {
    /// 32 lower-case hexadecimal digits.
    pub id: String,
    /// The survey.
    pub survey: String,
    /// The version that was answered.
    pub version: String,
    /// When it arrived.
    pub minute: Minute,
    /// The language it was answered in.
    pub lang: String,
    /// The channel it came by.
    pub channel: String,
    /// Answers by variable, a JSON object.
    pub answers: String,
    /// How the answering went, a JSON object.
    pub paradata: String,
    /// The hash of its receipt.
    pub receipt: Digest,
    /// The hash of everything but the id, which tells a repetition from another response.
    pub content: Digest,
    /// The groups that it belongs to, of which so many are heard.
    pub quotas: Vec<QuotaPlace>,
    /// Whether parts of it may be kept, which go when it is.
    pub in_parts: bool,
    /// What its invitation is known by, where it needs one.
    pub invitation: Option<Digest>,
    /// The matter that it opens.
    pub matter: Option<NewMatter>,
}

/// A place in a group, if one is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotaPlace {
    /// The name of the group.
    pub name: String,
    /// How many responses of the group are kept.
    pub limit: u64,
}

/// What became of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is kept.
    New,
    /// It was kept before, word for word.
    Again,
    /// Another response was kept under this id. Nothing was changed.
    Conflict,
    /// A response with this id was taken back. Nothing was kept.
    Withdrawn,
    /// The survey takes no more responses, and none with this id was kept while it did.
    Closed,
    /// The survey does not take responses yet.
    NotOpen,
    /// Enough are kept of this group, by its index among those of the response.
    Full(usize),
    /// Its invitation admits nobody, for this reason.
    Uninvited(Uninvited),
}

/// A position in the order of arrival. Zero is before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(pub i64);

/// A response as it comes out of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredResponse {
    /// Where it stands in the order of arrival.
    pub position: Position,
    /// 32 lower-case hexadecimal digits.
    pub id: String,
    /// The version that was answered.
    pub version: String,
    /// When it arrived.
    pub minute: Minute,
    /// The language it was answered in.
    pub lang: String,
    /// The channel it came by.
    pub channel: String,
    /// Answers by variable, a JSON object.
    pub answers: String,
    /// How the answering went, a JSON object.
    pub paradata: String,
}

/// What a token is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Downloading responses.
    #[default]
    Read,
    /// Keying in sheets of paper.
    Clerk,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 2] = [Self::Read, Self::Clerk];

    /// How it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Clerk => "clerk",
        }
    }

    /// The scope that is written like this.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// A token on its way into the store. The token itself is never stored.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// The hash of the token.
    pub hash: Digest,
    /// What people call it by.
    pub name: String,
    /// The surveys it opens; `None` for all.
    pub surveys: Option<Vec<String>>,
    /// What it lets its holder do with them.
    pub scope: Scope,
    /// When it was made.
    pub created: Minute,
    /// The first minute at which it opens nothing any more; `None` for one that opens until it is revoked.
    pub expires: Option<Minute>,
}

/// A token as people may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRecord {
    /// What people call it by.
    pub name: String,
    /// The surveys it opens; `None` for all.
    pub surveys: Option<Vec<String>>,
    /// What it lets its holder do with them.
    pub scope: Scope,
    /// When it was made.
    pub created: Minute,
    /// The first minute at which it opens nothing any more; `None` for one that opens until it is revoked.
    pub expires: Option<Minute>,
}

impl TokenRecord {
    /// Whether it opens nothing any more.
    #[must_use]
    pub fn is_over(&self, now: Minute) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }
}

/// A place of the classifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its code of nine digits.
    pub code: i64,
    /// 1 a region, 2 a district or a city, 3 a settlement; 0 what lies between the last two.
    pub level: u8,
    /// The code of the place of the level above that it lies in.
    pub within: Option<i64>,
    /// Its name in Kazakh.
    pub kk: String,
    /// Its name in Russian.
    pub ru: String,
}

/// What importing a classifier did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// Codes that are new.
    pub new: usize,
    /// Codes that have another name or lie elsewhere now.
    pub changed: usize,
    /// Codes that are there no more.
    pub ended: usize,
}
