//! What a day of a forum has besides: ideas to vote on, and votes.

use std::io;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{CITIZENS, Day, PATIENCE, Tier};
use crate::chaos::ledger::{FEEDBACK, FORUM, id, word};
use crate::chaos::votes::{self, Side, counted};
use crate::chaos::wire::Wire;

impl Day {
    /// A citizen's vote on the first idea of any, which may be her own.
    pub(super) fn agree(
        &self,
        number: u64,
        wire: &mut Wire,
        network: &str,
        own: Option<String>,
    ) -> io::Result<bool> {
        let statement = self.statement.get_or_init(|| own.unwrap_or_default());
        let form = votes::form(&id(self.seed, CITIZENS + number), statement, Side::Agree);
        Ok(wire.post_form(network, &votes::path(), &form)?.status == 200)
    }

    /// What a citizen answers.
    pub(super) fn honestly(&self, number: u64) -> Value {
        let (question, answer, _) = self.tier.mark();
        let mut answers = json!({question: answer});
        if self.tier == Tier::Forum {
            answers[FORUM.column] = Value::from(word(CITIZENS + number));
        }
        answers
    }

    /// The question that takes words.
    pub(super) fn column(&self) -> &'static str {
        if self.tier == Tier::Forum { FORUM.column } else { FEEDBACK.column }
    }

    /// Each citizen's vote is counted, and none of theirs is anybody else's.
    pub(super) fn judge_votes(&self, statement: &str) -> Result<()> {
        let sums = counted(&mut Wire::connect(self.address, PATIENCE)?, statement)?;
        let [agree, _] = sums.context("so few voted that nothing is told of it")?;
        ensure!(agree == self.crowd.honest, "{agree} of {} citizens' votes are counted", self.crowd.honest);
        Ok(())
    }

    /// Every second one of the forger's is a vote, once there is something to vote on.
    pub(super) fn forged_vote(&self, number: u64) -> Option<String> {
        let statement = self.statement.get().filter(|_| number % 2 == 1)?;
        Some(votes::form(&id(self.seed, number), statement, Side::Disagree))
    }
}
