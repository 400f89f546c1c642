//! What everybody may see of what was said about each paragraph: counts without small numbers, and comments that may be
//! published and were let through.

use super::draw::{Comment, Said};
use crate::consultation::comments::{self, of_matters};
use crate::consultation::draft::Draft;
use crate::consultation::sums::{Sum, Sums};
use crate::consultation::{Consultation, decision::Decision};
use crate::edition::Edition;
use crate::http::App;
use crate::refusal::Refusal;
use crate::results::Sharing;
use crate::store::MatterFilter;
use analysis::disclosure::Rule;
use matter::Shown;
use qulaq::Words;
use std::collections::HashMap;

/// Comments that stand below a paragraph; the others are on a page of their own.
const NEWEST: usize = 3;

/// By anchor.
pub(super) async fn about(
    app: &App,
    edition: &Edition,
    (consultation, draft): (&Consultation, &Draft),
    words: &Words,
) -> Result<HashMap<String, Said>, Refusal> {
    let survey = &edition.survey.id;
    let mut said: HashMap<String, Said> = HashMap::new();
    let least = edition.sharing.as_ref().map_or(Rule::PUBLIC.least(), Sharing::least);
    let sums = Sums::of(&*app.store, survey).await?;
    for block in &draft.blocks {
        let Sum { agree, disagree, shown, .. } = sums.paragraph(&block.anchor);
        let told = agree + disagree > 0 && consultation.stance.is_some();
        let stances = told.then(|| (stepped(words, agree, least), stepped(words, disagree, least)));
        said.insert(block.anchor.clone(), Said { stances, shown, ..Said::default() });
    }
    for (anchor, said) in said.iter_mut().filter(|(_, said)| said.shown > 0) {
        let filter = MatterFilter {
            subject: Some(anchor.clone()),
            shown: Some(Shown::Shown),
            newest_first: true,
            ..MatterFilter::default()
        };
        let matters = app.store.matters(survey, &filter, None, NEWEST).await.map_err(Refusal::of_store)?;
        for comment in of_matters(&*app.store, matters).await? {
            let decision = comments::decided(&*app.store, &comment).await?;
            said.newest.extend(told(consultation, words, &comment, decision.as_ref()));
        }
    }
    Ok(said)
}

/// A count as everybody may know it: none below the threshold, and above it in steps, so that nobody learns by looking twice
/// what one more person said (domain DC9).
fn stepped(words: &Words, count: u64, least: u64) -> String {
    let (key, n) = if count < least { ("few", least) } else { ("many", count - count % least) };
    words.fill(key, &[("n", words.number(&n.to_string()))])
}

/// A comment that everybody may see; nothing for one that its author keeps to the agency.
pub(super) fn told(
    consultation: &Consultation,
    words: &Words,
    comment: &comments::Comment,
    decision: Option<&Decision>,
) -> Option<Comment> {
    if comment.matter.shown != Shown::Shown || !comment.may_be_published(consultation) {
        return None;
    }
    Some(Comment {
        number: comment.matter.number.to_string(),
        stance: comment.stance(consultation),
        text: comment.text(consultation).to_owned(),
        lang: comment.lang.clone(),
        who: comment.who(consultation, words),
        decided: decision
            .map(|decision| words.get(&format!("decision_{}", decision.verdict.name())).to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consultation::words;

    #[test]
    fn small_counts_are_not_told_and_larger_ones_in_steps() {
        let words = words::of("en");
        let told = |count| stepped(&words, count, 10);
        assert_eq!((told(0), told(9)), ("fewer than 10".to_owned(), "fewer than 10".to_owned()));
        assert_eq!((told(10), told(19)), ("at least 10".to_owned(), "at least 10".to_owned()));
        assert_eq!(told(123), "at least 120");
    }
}
