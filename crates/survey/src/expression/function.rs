//! The functions of the language: their names and how many arguments they take. What they compute is in `evaluate`,
//! what they may be given in `typed`.

/// A function of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Answered,
    Count,
    Sum,
    Mean,
    Min,
    Max,
    Round,
    If,
    Age,
    Days,
    Today,
    Year,
    Band,
    Length,
}

impl Function {
    pub(super) const ALL: [Self; 14] = [
        Self::Answered,
        Self::Count,
        Self::Sum,
        Self::Mean,
        Self::Min,
        Self::Max,
        Self::Round,
        Self::If,
        Self::Age,
        Self::Days,
        Self::Today,
        Self::Year,
        Self::Band,
        Self::Length,
    ];

    pub(super) fn name(self) -> &'static str {
        const NAMES: [&str; 14] = [
            "answered", "count", "sum", "mean", "min", "max", "round", "if", "age", "days", "today", "year",
            "band", "length",
        ];
        NAMES[self as usize]
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name() == name)
    }

    /// Whether it can be asked of a variable as a whole, with all its rows.
    pub(super) fn takes_rows(self) -> bool {
        matches!(self, Self::Answered | Self::Count) || self.is_aggregate()
    }

    /// Whether it takes any number of numbers and passes over what is missing.
    pub(super) fn is_aggregate(self) -> bool {
        matches!(self, Self::Sum | Self::Mean | Self::Min | Self::Max)
    }

    /// The fewest and the most arguments.
    pub(super) fn arguments(self) -> (usize, usize) {
        match self {
            Self::Today => (0, 0),
            Self::Answered | Self::Count | Self::Year | Self::Length => (1, 1),
            Self::Round | Self::Age => (1, 2),
            Self::Days | Self::Band => (2, 2),
            Self::If => (3, 3),
            Self::Sum | Self::Mean | Self::Min | Self::Max => (1, usize::MAX),
        }
    }

    /// How it is written, for messages.
    pub(super) fn usage(self) -> &'static str {
        match self {
            Self::Answered => "answered(question)",
            Self::Count => "count(question)",
            Self::Sum => "sum(a, b)",
            Self::Mean => "mean(a, b)",
            Self::Min => "min(a, b)",
            Self::Max => "max(a, b)",
            Self::Round => "round(number) or round(number, places)",
            Self::If => "if(condition, then, otherwise)",
            Self::Age => "age(day of birth) or age(day of birth, day)",
            Self::Days => "days(from, to)",
            Self::Today => "today()",
            Self::Year => "year(day)",
            Self::Band => "band(number, [18, 30, 45])",
            Self::Length => "length(text)",
        }
    }
}
