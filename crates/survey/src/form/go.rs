//! Buttons: what each asks for, and the value that it posts.

use crate::definition::Pace;

/// Which button was pressed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Go {
    /// To what was before: `back`.
    Back,
    /// Onwards, to the next page, or send: `next`.
    #[default]
    Next,
    /// To a page, to change an answer there: `page:3`.
    Change(usize),
    /// The same in another language: `lang:ru`.
    Language(String),
    /// The same at another pace: `pace:one`.
    Pace(Pace),
    /// One more entry of a group: `add:NAME`.
    Add(String),
    /// One entry less: `remove:NAME:2`.
    Remove(String, usize),
    /// Keep what there is on the device: `keep`. Only a browser can.
    Keep,
    /// Delete what was sent after earlier pages: `forget`.
    Forget,
}

impl Go {
    /// The value of the button.
    #[must_use]
    pub fn to_value(&self) -> String {
        match self {
            Self::Back => "back".to_owned(),
            Self::Next => "next".to_owned(),
            Self::Change(page) => format!("page:{page}"),
            Self::Language(lang) => format!("lang:{lang}"),
            Self::Pace(pace) => format!("pace:{}", pace.name()),
            Self::Add(group) => format!("add:{group}"),
            Self::Keep => "keep".to_owned(),
            Self::Forget => "forget".to_owned(),
            Self::Remove(group, entry) => format!("remove:{group}:{entry}"),
        }
    }

    /// The button with this value; onwards for one that we do not have.
    #[must_use]
    pub fn read(value: &str) -> Self {
        let (verb, rest) = value.split_once(':').unwrap_or((value, ""));
        match verb {
            "back" => Self::Back,
            "page" => rest.parse().map_or(Self::Next, Self::Change),
            "keep" => Self::Keep,
            "forget" => Self::Forget,
            "lang" => Self::Language(rest.to_owned()),
            "pace" => Pace::read(rest).map_or(Self::Next, Self::Pace),
            "add" => Self::Add(rest.to_owned()),
            "remove" => {
                match rest.split_once(':').and_then(|(name, entry)| Some((name, entry.parse().ok()?))) {
                    Some((name, entry)) => Self::Remove(name.to_owned(), entry),
                    None => Self::Next,
                }
            }
            _ => Self::Next,
        }
    }
}
