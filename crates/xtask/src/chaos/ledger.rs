//! What was sent, what was acknowledged, and the proof: that against the rows of an export.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use serde_json::json;

use super::dice::Dice;
use super::wire::Reply;

/// A survey that is answered.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    /// Its id, and the name of its example.
    pub(crate) survey: &'static str,
    /// The question, and the column of the export, in which the word stands that names a response.
    pub(crate) column: &'static str,
    /// What is answered besides.
    besides: (&'static str, u8),
}

/// One as an agency puts it below its pages.
pub(crate) const FEEDBACK: Asked = Asked { survey: "page-useful", column: "doing", besides: ("useful", 0) };

/// One whose responses open matters.
pub(crate) const FORUM: Asked = Asked { survey: "forum", column: "idea", besides: ("topic", 1) };

/// Faults that are listed; more of the same tell no more.
const LISTED: usize = 10;

/// Everything that one run has sent. A response is known by its number, from which its id and its words are made.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// The receipts of those that were acknowledged, by number.
    pub(crate) acknowledged: BTreeMap<u64, String>,
    /// What the matters of those are called that opened one, by number.
    pub(crate) matters: BTreeMap<u64, String>,
    /// Those that were sent and not acknowledged yet: each may be kept or not.
    pub(crate) open: BTreeSet<u64>,
    /// Refusals that asked for patience, by status.
    pub(crate) refusals: BTreeMap<u16, u64>,
    /// Replies that broke a promise by themselves.
    pub(crate) wrong: Vec<String>,
}

impl Ledger {
    /// A response is about to be sent.
    pub(crate) fn sent(&mut self, number: u64) {
        if !self.acknowledged.contains_key(&number) {
            self.open.insert(number);
        }
    }

    /// What came back for a response; `true` when that was an acknowledgement.
    pub(crate) fn replied(&mut self, number: u64, reply: &Reply) -> bool {
        if reply.is_honest_refusal() {
            *self.refusals.entry(reply.status).or_default() += 1;
            return false;
        }
        let Some(receipt) = reply.receipt().filter(|_| matches!(reply.status, 200 | 201)) else {
            self.wrong.push(format!("{}: {} {}", word(number), reply.status, reply.body));
            return false;
        };
        self.open.remove(&number);
        if let Some(matter) = reply.matter() {
            self.opened(number, &matter);
        }
        if let Some(before) = self.acknowledged.insert(number, receipt.clone()) {
            if reply.status == 201 {
                self.wrong.push(format!("{}: was kept before, and was kept anew", word(number)));
            }
            if before != receipt {
                self.wrong.push(format!("{}: another receipt than before", word(number)));
            }
        }
        true
    }

    /// A response is said to have opened this matter, which may never be said of another.
    fn opened(&mut self, number: u64, matter: &str) {
        let before = self.matters.insert(number, matter.to_owned());
        if let Some(before) = before.filter(|before| before != matter) {
            self.wrong.push(format!("{}: the matter {before} before, and {matter} now", word(number)));
        }
    }

    /// Takes in what another hand has written down.
    pub(crate) fn add(&mut self, other: Self) {
        for (number, receipt) in other.acknowledged {
            let before = self.acknowledged.insert(number, receipt.clone());
            if before.is_some_and(|before| before != receipt) {
                self.wrong.push(format!("{}: two receipts", word(number)));
            }
        }
        for (number, matter) in other.matters {
            self.opened(number, &matter);
        }
        self.open.extend(other.open);
        self.open.retain(|number| !self.acknowledged.contains_key(number));
        for (status, count) in other.refusals {
            *self.refusals.entry(status).or_default() += count;
        }
        self.wrong.extend(other.wrong);
    }

    /// Compares it with the words in the rows of an export. Each acknowledged response must be there once, each open
    /// one at most once, and nothing else.
    ///
    /// # Errors
    /// When a promise is broken, with the responses that show it.
    pub(crate) fn prove(&self, rows: &[String]) -> Result<()> {
        let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
        rows.iter().for_each(|row| *counted.entry(row).or_default() += 1);
        let mut faults = self.wrong.clone();
        for number in self.acknowledged.keys() {
            match counted.remove(word(*number).as_str()) {
                Some(1) => {}
                Some(times) => {
                    faults.push(format!("{}: acknowledged, and kept {times} times", word(*number)));
                }
                None => faults.push(format!("{}: acknowledged, and lost", word(*number))),
            }
        }
        for number in &self.open {
            if let Some(times) = counted.remove(word(*number).as_str()).filter(|times| *times > 1) {
                faults.push(format!("{}: kept {times} times", word(*number)));
            }
        }
        faults.extend(counted.keys().map(|row| format!("{row}: kept, and nobody sent it")));
        if faults.is_empty() {
            return Ok(());
        }
        let listed: Vec<_> = faults.iter().take(LISTED).map(String::as_str).collect();
        bail!("{} promises were broken:\n{}", faults.len(), listed.join("\n"))
    }
}

/// The id of a response: 128 bits from the seed and its number.
pub(crate) fn id(seed: u64, number: u64) -> String {
    let mut dice = Dice::new(seed, number);
    format!("{:016x}{:016x}", dice.throw(), dice.throw())
}

/// The word in a response: its number in letters, because digits in a free text can be somebody's phone.
pub(crate) fn word(number: u64) -> String {
    let mut letters = Vec::new();
    let mut rest = number;
    while letters.len() < 6 || rest > 0 {
        letters.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// A response as it is documented.
pub(crate) fn response(asked: Asked, seed: u64, number: u64, version: &str) -> String {
    let (besides, answer) = asked.besides;
    let answers = json!({ besides: answer, asked.column: word(number) });
    json!({
        "id": id(seed, number), "survey": asked.survey, "version": version, "lang": "ru", "channel": "embed",
        "answers": answers, "paradata": {},
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, receipt: &str) -> Reply {
        Reply { status, head: String::new(), body: json!({ "receipt": receipt }).to_string() }
    }

    /// One acknowledged, one open.
    fn ledger() -> Ledger {
        let mut ledger = Ledger::default();
        (0..2).for_each(|number| ledger.sent(number));
        assert!(ledger.replied(0, &reply(201, "R")));
        ledger
    }

    fn fault(ledger: &Ledger, rows: &[u64]) -> String {
        let rows: Vec<_> = rows.iter().map(|number| word(*number)).collect();
        ledger.prove(&rows).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn an_open_response_may_be_kept_or_not() {
        assert_eq!(fault(&ledger(), &[0]), "");
        assert_eq!(fault(&ledger(), &[1, 0]), "");
    }

    #[test]
    fn what_is_lost_doubled_or_made_up_is_told() {
        assert!(fault(&ledger(), &[1]).contains("aaaaaa: acknowledged, and lost"));
        assert!(fault(&ledger(), &[0, 0]).contains("aaaaaa: acknowledged, and kept 2 times"));
        assert!(fault(&ledger(), &[0, 1, 1]).contains("aaaaab: kept 2 times"));
        assert!(fault(&ledger(), &[0, 2]).contains("aaaaac: kept, and nobody sent it"));
    }

    #[test]
    fn a_reply_that_breaks_a_promise_is_told_whatever_the_rows_say() {
        for (said, told) in [
            (reply(200, "S"), "another receipt"),
            (reply(201, "R"), "kept anew"),
            (Reply { status: 500, ..reply(0, "R") }, "500"),
        ] {
            let mut ledger = ledger();
            ledger.replied(0, &said);
            assert!(fault(&ledger, &[0]).contains(told), "{told}");
        }
    }

    #[test]
    fn a_word_is_letters_and_no_two_numbers_have_the_same() {
        let words: BTreeSet<_> = (0..2000).map(word).collect();
        assert_eq!(words.len(), 2000);
        assert!(words.iter().all(|word| word.len() == 6));
    }
}
