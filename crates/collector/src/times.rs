//! When a survey takes responses: between two minutes that its definition names as local times.

use crate::clock::Minute;
use crate::day::Days;
use jiff::Error;
use survey::Survey;

/// The minutes between which a survey takes responses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// The first minute.
    pub opens: Option<Minute>,
    /// The first minute no more.
    pub closes: Option<Minute>,
}

/// Whether a survey takes responses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Later.
    NotYet,
    /// Now.
    #[default]
    Open,
    /// No more.
    Closed,
}

impl Times {
    /// The times that a definition names.
    pub(crate) fn of(survey: &Survey) -> Result<Self, Error> {
        if survey.opens.is_none() && survey.closes.is_none() {
            return Ok(Self::default());
        }
        let days = Days::new()?;
        let minute = |local: &Option<String>| local.as_deref().map(|local| days.minute(local)).transpose();
        Ok(Self { opens: minute(&survey.opens)?, closes: minute(&survey.closes)? })
    }

    /// Whether they let a response in that arrives at this minute.
    #[must_use]
    pub fn standing(self, now: Minute) -> Standing {
        match self {
            Self { closes: Some(closes), .. } if now >= closes => Standing::Closed,
            Self { opens: Some(opens), .. } if now < opens => Standing::NotYet,
            _ => Standing::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_minute_is_open_and_the_last_second_before_the_end_too() {
        let times = Times { opens: Some(Minute(100)), closes: Some(Minute(200)) };
        let standing = |second: i64| times.standing(Minute::of_second(second));
        assert_eq!((standing(100 * 60 - 1), standing(100 * 60)), (Standing::NotYet, Standing::Open));
        assert_eq!((standing(200 * 60 - 1), standing(200 * 60)), (Standing::Open, Standing::Closed));
        assert_eq!(Times::default().standing(Minute(0)), Standing::Open);
    }
}
