//! The words of the console, and how it tells numbers, days and times.

use crate::clock::Minute;
use crate::day::Days;
use analysis::chart::Format;
use jiff::civil::Date;
use qulaq::Words;
use survey::calendar;

/// The same keys in each, in the same order.
const FILES: [(&str, &str); 3] = [
    ("kk", include_str!("words/kk.json")),
    ("ru", include_str!("words/ru.json")),
    ("en", include_str!("words/en.json")),
];

/// What is said in one language.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) lang: String,
    words: Words,
}

impl Said {
    pub(super) fn of(lang: &str) -> Self {
        Self { lang: lang.to_owned(), words: crate::words::of(&FILES, lang) }
    }

    /// The words with this key.
    pub(super) fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key)
    }

    /// The words with this key, each `{name}` replaced.
    pub(super) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        self.words.fill(key, &values)
    }

    /// A whole number.
    pub(super) fn number(&self, number: u64) -> String {
        self.words.number(&number.to_string())
    }

    /// A number with so many decimal places.
    pub(super) fn decimal(&self, number: f64, places: usize) -> String {
        self.words.number(&format!("{number:.places$}"))
    }

    /// A share from 0 to 1 as a percentage.
    pub(super) fn percent(&self, share: f64) -> String {
        self.percentage(share * 100.0)
    }

    /// A percentage from 0 to 100, whole.
    pub(super) fn percentage(&self, percent: f64) -> String {
        self.words.percent(&format!("{percent:.0}"))
    }

    /// A day.
    pub(super) fn day(&self, day: Date) -> String {
        self.words.date(day.year().into(), day.month().into(), day.day().into())
    }

    /// A day, as matters have it.
    pub(super) fn date(&self, day: calendar::Date) -> String {
        self.words.date(day.year().into(), day.month().into(), day.day().into())
    }

    /// A minute in Kazakhstan; nothing for one that no calendar has.
    pub(super) fn time(&self, days: &Days, minute: Minute) -> String {
        days.local(minute).map_or_else(|_| String::new(), |(day, time)| format!("{}, {time}", self.day(day)))
    }
}

/// How pictures write numbers.
impl Format for Said {
    fn count(&self, count: u64) -> String {
        self.number(count)
    }

    fn percent(&self, percent: f64) -> String {
        self.percentage(percent)
    }

    fn number(&self, number: f64, places: usize) -> String {
        self.decimal(number, places)
    }

    fn hidden(&self) -> String {
        self.get("hidden_count").to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::download::Wanted;
    use crate::people::deed::Act;
    use crate::people::rights::Role;
    use analysis::quality::Flag;
    use serde_json::Value;
    use survey::response::CHANNELS;

    fn keys(json: &str) -> Vec<&str> {
        json.lines().filter_map(|line| line.strip_prefix("  \"")?.split('"').next()).collect()
    }

    fn placeholders(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> =
            text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn every_language_has_the_same_keys_in_the_same_order_with_the_same_placeholders() {
        let [(_, first), ..] = FILES;
        let expected: Value = serde_json::from_str(first).unwrap();
        for (tag, json) in FILES {
            let words: Value = serde_json::from_str(json).unwrap();
            assert_eq!(keys(json), keys(first), "{tag}");
            assert_eq!(words.as_object().unwrap().len(), keys(json).len(), "{tag}: a key stands twice");
            for (key, text) in words.as_object().unwrap() {
                let text = text.as_str().unwrap();
                assert_eq!(placeholders(text), placeholders(expected[key].as_str().unwrap()), "{tag}.{key}");
                assert!(!text.is_empty(), "{tag}.{key}");
            }
        }
    }

    /// The files that say something.
    const SOURCES: [&str; 55] = [
        include_str!("account.rs"),
        include_str!("agreement.rs"),
        include_str!("archive.rs"),
        include_str!("coded.rs"),
        include_str!("comments.rs"),
        include_str!("comments/decide.rs"),
        include_str!("comments/group.rs"),
        include_str!("comments/report.rs"),
        include_str!("counts.rs"),
        include_str!("cross.rs"),
        include_str!("cross/table.rs"),
        include_str!("cut.rs"),
        include_str!("door.rs"),
        include_str!("download.rs"),
        include_str!("downloads.rs"),
        include_str!("identities.rs"),
        include_str!("frame.rs"),
        include_str!("invitations.rs"),
        include_str!("log.rs"),
        include_str!("moderation.rs"),
        include_str!("moderation/decision.rs"),
        include_str!("moderation/item.rs"),
        include_str!("opinions.rs"),
        include_str!("outcome.rs"),
        include_str!("matter.rs"),
        include_str!("matter/deeds.rs"),
        include_str!("matter/page.rs"),
        include_str!("matter/page/forms.rs"),
        include_str!("matters.rs"),
        include_str!("matters/all.rs"),
        include_str!("matters/file.rs"),
        include_str!("meeting.rs"),
        include_str!("meeting/agenda.rs"),
        include_str!("meeting/attendance.rs"),
        include_str!("meeting/minutes.rs"),
        include_str!("meeting/minutes/fields.rs"),
        include_str!("pages.rs"),
        include_str!("parts.rs"),
        include_str!("people.rs"),
        include_str!("person.rs"),
        include_str!("provider.rs"),
        include_str!("public.rs"),
        include_str!("quality.rs"),
        include_str!("reconciliation.rs"),
        include_str!("report.rs"),
        include_str!("survey.rs"),
        include_str!("surveys.rs"),
        include_str!("texts.rs"),
        include_str!("texts/tagging.rs"),
        include_str!("tokens.rs"),
        include_str!("vocabulary.rs"),
        include_str!("weights.rs"),
        include_str!("weights/margin.rs"),
        include_str!("weights/outcome.rs"),
        include_str!("words.rs"),
    ];

    #[test]
    fn every_word_is_said_somewhere_and_every_act_role_and_channel_has_its_words() {
        let acts = Act::ALL.map(|act| format!("act_{}", act.name()));
        let roles = Role::all().map(|role| format!("role_{}", role.name()));
        let channels = CHANNELS.map(|channel| format!("channel_{channel}"));
        let formats = Wanted::names().into_iter().map(|name| format!("format_{name}"));
        let flags =
            Flag::ALL.into_iter().flat_map(|flag| ["flag", "rule"].map(|of| format!("{of}_{}", flag.name())));
        let named: Vec<String> =
            acts.into_iter().chain(roles).chain(channels).chain(formats).chain(flags).collect();
        for key in &named {
            assert!(keys(FILES[0].1).contains(&key.as_str()), "{key}");
        }
        for key in keys(FILES[0].1).into_iter().filter(|key| !named.iter().any(|named| named == key)) {
            let quoted = format!("\"{key}\"");
            assert!(SOURCES.iter().any(|source| source.contains(&quoted)), "nobody says {key}");
        }
    }
}
