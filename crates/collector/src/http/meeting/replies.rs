//! What was said in reply to a question, as everybody may read it: the answer, an instruction with its day, the reason for
//! which it is declined or not shown.

use crate::http::document::escape;
use crate::store::MatterEvent;
use qulaq::Words;
use serde_json::Value;
use survey::calendar::Date;

/// Something that was said in reply to a question, as everybody may read it.
pub(super) struct Reply {
    /// The key of what it is: an answer, an instruction, a reason.
    pub(super) key: &'static str,
    lang: Option<String>,
    text: String,
    /// By when an instruction is to be done.
    due: Option<Date>,
}

impl Reply {
    /// The words as HTML.
    pub(super) fn drawn(&self, words: &Words) -> String {
        let lang = self.lang.as_ref().map(|lang| format!(" lang=\"{}\"", escape(lang))).unwrap_or_default();
        let text = escape(&self.text).replace('\n', "<br>");
        let due = self.due.map(|due| {
            let date = words.date(due.year().into(), due.month().into(), due.day().into());
            format!(" {}", escape(&words.fill("due", &[("date", date)])))
        });
        format!("<span{lang} dir=\"auto\">{text}</span>{}", due.unwrap_or_default())
    }
}

/// What the events say in public, the last word of each sort. What is shown again is no more declined.
pub(super) fn replies(events: &[MatterEvent]) -> Vec<Reply> {
    let mut replies: Vec<Reply> = Vec::new();
    for event in events.iter().filter(|event| event.public) {
        let said: Value = serde_json::from_str(&event.said).unwrap_or_default();
        let word = |name: &str| said[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let (key, text) = match event.what.as_str() {
            "shown" => ("reason", None),
            "hidden" | "declined" => ("reason", word("reason")),
            "assigned" => ("instruction", word("text")),
            "answer" | "implemented" | "note" => ("answer", word("text")),
            "state" if word("reason").is_some() => ("reason", word("reason")),
            "state" => ("answer", word("text")),
            _ => continue,
        };
        if text.is_some() || event.what == "shown" {
            replies.retain(|reply| reply.key != key);
        }
        let due = word("due").as_deref().and_then(Date::parse);
        replies.extend(text.map(|text| Reply { key, lang: word("lang"), text, due }));
    }
    replies
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_last_public_words_of_each_sort_are_told_and_what_was_taken_back_says_nothing() {
        let event = |what: &str, said: Value, public: bool| MatterEvent {
            revision: 1,
            minute: crate::clock::Minute(0),
            who: "aigul".to_owned(),
            what: what.to_owned(),
            said: said.to_string(),
            public,
        };
        let declined = event("state", json!({"to": "declined", "reason": "Не о селе"}), true);
        let shown = event("shown", json!({"to": "checked"}), true);
        let instructed =
            event("assigned", json!({"text": "Починить", "due": "2027-03-01", "to": "d.akhmetov"}), true);
        let answers =
            ["Осенью.", "Көктемде."].map(|text| event("answer", json!({"text": text, "lang": "kk"}), true));
        let note = event("note", json!({"text": "Тек өзімізге"}), false);
        let told = |events: &[MatterEvent]| -> Vec<(&'static str, String)> {
            replies(events).into_iter().map(|reply| (reply.key, reply.text)).collect()
        };
        assert_eq!(told(std::slice::from_ref(&declined)), [("reason", "Не о селе".to_owned())]);
        let [first, second] = answers;
        let all = [declined, shown, instructed, first, second, note];
        let wanted = [("instruction", "Починить".to_owned()), ("answer", "Көктемде.".to_owned())];
        assert_eq!(told(&all), wanted);
        assert_eq!(replies(&all)[0].due, Date::parse("2027-03-01"));
        assert!(replies(&[event("answer", json!({}), true)]).is_empty(), "it was overwritten");
        let words = crate::http::meeting::words::of("ru");
        assert_eq!(
            replies(&all)[0].drawn(&words),
            "<span dir=\"auto\">Починить</span> (срок: 1 марта 2027 г.)"
        );
    }
}
