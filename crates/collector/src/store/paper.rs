//! Paper on its way into the store: batches, sheets, and what clerks keyed in.

/// How mistakes of keying in are found in a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checking {
    /// Each sheet is keyed in twice, by two clerks.
    TwoClerks,
    /// Each sheet is keyed in twice; one clerk may do both.
    Twice,
    /// Each sheet is keyed in once.
    Once,
}

impl Checking {
    /// Every way, the safest first.
    pub const ALL: [Self; 3] = [Self::TwoClerks, Self::Twice, Self::Once];

    /// How it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TwoClerks => "two-clerks",
            Self::Twice => "twice",
            Self::Once => "once",
        }
    }

    /// The way that is written like this.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|checking| checking.name() == name)
    }
}

/// Sheets of one printing that are keyed in together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its name, such as `2026-11-A`.
    pub name: String,
    /// The version of the survey that is printed on its sheets.
    pub version: String,
    /// How mistakes are found.
    pub checking: Checking,
}

/// One sheet of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetName {
    /// The survey.
    pub survey: String,
    /// The name of the batch.
    pub batch: String,
    /// The number on the sheet, from 1.
    pub number: i64,
}

/// What one clerk keyed in of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetEntry {
    /// The name of the clerk's token. It is in no export.
    pub by: String,
    /// What was keyed in, as JSON that the store does not look into.
    pub entry: String,
}

/// A sheet as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRecord {
    /// The number on it.
    pub number: i64,
    /// Its entries, the first one first; none once it is kept.
    pub entries: Vec<SheetEntry>,
    /// How it was settled, when it is kept.
    pub settled: Option<Settled>,
}

/// How the answers of a sheet were settled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// After so many entries: 1 or 2.
    pub entries: u8,
    /// So many questions were compared.
    pub compared: u32,
    /// In so many of them the entries differed.
    pub differing: u32,
}
