//! What of a table is wanted, and how: the same words in an address and on the command line.

use super::quality::Flagged;
use super::which::ONLY;
use super::{Format, Which};
use clap::ValueEnum;
use jiff::civil::Date;

/// What is wanted. Nothing chosen is the whole table, as the format has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// Codes, or the words that they stand for.
    pub(crate) values: Values,
    /// The language of labels; `None` for the first of the survey.
    pub(crate) lang: Option<String>,
    /// Names of columns, or of questions for all of their columns; none for all.
    pub(crate) columns: Vec<String>,
    /// The response after which to begin: its pseudonym, or a position that an export told.
    pub(crate) since: Option<String>,
    /// The first day of arrival.
    pub(crate) from: Option<Date>,
    /// The last day of arrival.
    pub(crate) to: Option<Date>,
    /// The language that was answered in.
    pub(crate) language: Option<String>,
    /// The channel that was answered by.
    pub(crate) channel: Option<String>,
    /// An expression over the answers, in the language of conditions.
    pub(crate) condition: Option<String>,
    /// How a missing value is written; `None` as the format does it.
    pub(crate) missing: Option<Gaps>,
    /// Responses, or the parts of those that nobody finished.
    pub(crate) which: Which,
    /// Whether the codes that people gave to texts follow as columns.
    pub(crate) codes: bool,
    /// The version that was answered, or the beginning of its name.
    pub(crate) version: Option<String>,
    /// What was noticed about the responses that are wanted.
    pub(crate) flags: Option<Flagged>,
    /// Whether what was noticed stands in columns of its own.
    pub(crate) quality: bool,
    /// The weighting by which each response has a weight in a column of its own.
    pub(crate) weighting: Option<String>,
    /// Whether the flags of the guard stand in columns of their own.
    pub(crate) guard: bool,
    /// Whether the matters that responses have opened stand in columns of their own.
    pub(crate) matters: bool,
}

/// What stands for an option that was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Values {
    /// Its code
    #[default]
    Codes,
    /// Its label
    Labels,
}

/// What stands for a value that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Gaps {
    /// The code of the reason, -1 to -8
    Codes,
    /// Nothing, and the reason is lost
    Empty,
    /// Nothing, and the reason beside it
    Apart,
}

/// What was asked for and there is not. It is told to whoever asked.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct OptionError(pub(crate) String);

impl OptionError {
    /// The option that it is about: every refusal begins with it.
    pub(crate) fn option(&self) -> &str {
        self.0.split([',', ':']).next().unwrap_or_default()
    }
}

/// The names of the options, in an address as on the command line.
pub(crate) const NAMES: [&str; 18] = [
    "values",
    "lang",
    "columns",
    "since",
    "from",
    "to",
    "language",
    "channel",
    "where",
    "missing",
    "partials",
    "codes",
    "version",
    "flags",
    "quality",
    "weighting",
    "guard",
    "matters",
];

/// How an address asks for the columns of what was noticed.
impl Options {
    /// Reads options from texts by name, as [`NAMES`] has them.
    pub(crate) fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, OptionError> {
        let get = |name: &str| get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let columns = get("columns").unwrap_or_default();
        let columns = columns.split(',').map(str::trim).filter(|name| !name.is_empty());
        Ok(Self {
            values: get("values").map(|text| one_of("values", &text)).transpose()?.unwrap_or_default(),
            lang: get("lang"),
            columns: columns.map(str::to_owned).collect(),
            since: get("since"),
            from: get("from").map(|text| day("from", &text)).transpose()?,
            to: get("to").map(|text| day("to", &text)).transpose()?,
            language: get("language"),
            channel: get("channel"),
            condition: get("where"),
            missing: get("missing").map(|text| one_of("missing", &text)).transpose()?,
            which: get("partials").map(|text| Which::named(&text)).transpose()?.unwrap_or_default(),
            codes: get("codes").map(|text| asked_for("codes", &text)).transpose()?.unwrap_or_default(),
            version: get("version"),
            flags: get("flags").map(|text| Flagged::named(&text)).transpose()?,
            weighting: get("weighting"),
            quality: get("quality").map(|text| asked_for("quality", &text)).transpose()?.unwrap_or_default(),
            guard: get("guard").map(|text| asked_for("guard", &text)).transpose()?.unwrap_or_default(),
            matters: get("matters").map(|text| asked_for("matters", &text)).transpose()?.unwrap_or_default(),
        })
    }

    /// The options that differ from none, by name and as they are read: for whoever must tell which table this is.
    pub(crate) fn told(&self) -> Vec<(&'static str, String)> {
        let named = |value: &dyn Fn() -> Option<String>| value();
        let texts = [
            named(&|| (self.values != Values::default()).then(|| name_of(&self.values))),
            self.lang.clone(),
            Some(self.columns.join(",")).filter(|columns| !columns.is_empty()),
            self.since.clone(),
            self.from.map(|day| day.to_string()),
            self.to.map(|day| day.to_string()),
            self.language.clone(),
            self.channel.clone(),
            self.condition.clone(),
            self.missing.as_ref().map(name_of),
            (self.which == Which::Partial).then(|| ONLY.to_owned()),
            self.codes.then(|| COLUMNS.to_owned()),
            self.version.clone(),
            self.flags.map(|flags| flags.name().to_owned()),
            self.quality.then(|| COLUMNS.to_owned()),
            self.weighting.clone(),
            self.guard.then(|| COLUMNS.to_owned()),
            self.matters.then(|| COLUMNS.to_owned()),
        ];
        NAMES.into_iter().zip(texts).filter_map(|(name, text)| Some((name, text?))).collect()
    }

    /// How a format writes what is missing: as it is asked to, if it can.
    pub(super) fn gaps(&self, format: Format) -> Result<Gaps, OptionError> {
        let possible = format.gaps();
        let wanted = self.missing.unwrap_or(possible[0]);
        if possible.contains(&wanted) {
            return Ok(wanted);
        }
        let possible: Vec<String> = possible.iter().map(name_of).collect();
        Err(unknown("missing", &name_of(&wanted), &possible, &format!(" with format={}", name_of(&format))))
    }
}

/// How codes of texts are asked for.
pub(crate) const COLUMNS: &str = "columns";

fn asked_for(option: &str, text: &str) -> Result<bool, OptionError> {
    if text == COLUMNS { Ok(true) } else { Err(unknown(option, text, &[COLUMNS.to_owned()], "")) }
}

/// The value of this name.
fn one_of<T: ValueEnum>(option: &str, text: &str) -> Result<T, OptionError> {
    T::from_str(text, false).map_err(|_| {
        let possible: Vec<String> = T::value_variants().iter().map(name_of).collect();
        unknown(option, text, &possible, "")
    })
}

fn day(option: &str, text: &str) -> Result<Date, OptionError> {
    text.parse().map_err(|_| OptionError(format!("{option}: \"{text}\" is no day; write it as 2026-11-23.")))
}

/// What a value is called where it is chosen.
pub(crate) fn name_of<T: ValueEnum>(value: &T) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// A refusal that lists what there is.
pub(crate) fn unknown(option: &str, text: &str, possible: &[String], when: &str) -> OptionError {
    OptionError(format!("{option}: there is no \"{text}\"{when}; there is {}.", possible.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Options, String> {
        let get = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, text)| (*text).to_owned());
        Options::read(get).map_err(|error| error.to_string())
    }

    #[test]
    fn options_are_told_as_they_are_read() {
        let pairs = [
            ("values", "labels"),
            ("lang", "ru"),
            ("columns", "a,b_1"),
            ("since", "p12"),
            ("from", "2026-03-01"),
            ("to", "2026-03-31"),
            ("language", "kk"),
            ("channel", "web"),
            ("where", "a == 1"),
            ("missing", "empty"),
            ("partials", "only"),
            ("codes", "columns"),
            ("version", "ab12"),
            ("flags", "none"),
            ("quality", "columns"),
            ("weighting", "census"),
            ("guard", "columns"),
            ("matters", "columns"),
        ];
        let told = read(&pairs).unwrap().told();
        let told: Vec<(&str, &str)> = told.iter().map(|(name, text)| (*name, text.as_str())).collect();
        assert_eq!(told, pairs);
        assert_eq!(read(&[("values", "codes"), ("lang", " ")]).unwrap(), Options::default());
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_what_could_be() {
        let labels = read(&[("values", "label")]).unwrap_err();
        assert_eq!(labels, "values: there is no \"label\"; there is codes, labels.");
        let day = read(&[("from", "23.11.2026")]).unwrap_err();
        assert_eq!(day, "from: \"23.11.2026\" is no day; write it as 2026-11-23.");
    }

    #[test]
    fn a_format_refuses_a_way_of_writing_gaps_that_it_has_not() {
        let options = read(&[("missing", "apart")]).unwrap();
        assert_eq!(options.gaps(Format::Parquet).unwrap(), Gaps::Apart);
        let refused = options.gaps(Format::Csv).unwrap_err().to_string();
        assert_eq!(refused, "missing: there is no \"apart\" with format=csv; there is codes, empty.");
    }
}
