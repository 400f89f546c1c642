//! What the parts of a draft are called: the same in the next version, where a part is the same or nearly the same, so that
//! what was said about it stays with it.

use super::draft::{Block, Draft};
use crate::digest::sha256;
use data_encoding::BASE32_NOPAD;
use std::collections::{BTreeMap, HashMap, HashSet};
use survey::fold::fold;

/// From which share of words in common on two parts are one part that was changed.
const ALIKE: f64 = 0.5;

/// Letters after `p-`: a thousand million names.
const LETTERS: usize = 6;

/// Gives every block its anchor. `earlier` are the versions before, the one before this first: an anchor is never given to
/// something else than what had it.
pub(super) fn anchored(mut draft: Draft, earlier: &[Draft]) -> Draft {
    let mut anchors: Vec<Option<String>> = vec![None; draft.blocks.len()];
    let mut taken = HashSet::new();
    for (place, before) in earlier.iter().enumerate() {
        same(&draft, before, &mut anchors, &mut taken, |one, other| one.texts == other.texts);
        if place == 0 {
            same(&draft, before, &mut anchors, &mut taken, same_in_any_language);
            changed(&draft, before, &mut anchors, &mut taken);
        }
    }
    let ever = earlier.iter().flat_map(|draft| &draft.blocks).map(|block| block.anchor.clone());
    taken.extend(ever);
    for (block, anchor) in draft.blocks.iter_mut().zip(anchors) {
        block.anchor = anchor.unwrap_or_else(|| fresh(block, &mut taken));
    }
    draft
}

/// Blocks that say the same keep their anchor, wherever they stand now; of those that say the same, the first the first.
fn same(
    draft: &Draft,
    before: &Draft,
    anchors: &mut [Option<String>],
    taken: &mut HashSet<String>,
    is_same: impl Fn(&Block, &Block) -> bool,
) {
    let mut by_text: HashMap<String, Vec<&Block>> = HashMap::new();
    for block in &before.blocks {
        for key in keys(block) {
            by_text.entry(key).or_default().push(block);
        }
    }
    for (block, anchor) in draft.blocks.iter().zip(anchors.iter_mut()).filter(|(_, anchor)| anchor.is_none())
    {
        let keys = keys(block);
        let mut found = keys.iter().filter_map(|key| by_text.get(key)).flatten();
        let kept = found.find(|other| !taken.contains(&other.anchor) && is_same(block, other));
        if let Some(kept) = kept {
            taken.insert(kept.anchor.clone());
            *anchor = Some(kept.anchor.clone());
        }
    }
}

/// By what blocks are found that say the same in a language.
fn keys(block: &Block) -> Vec<String> {
    block.texts.keys().map(|lang| format!("{lang}\n{}", block.text(lang))).collect()
}

fn same_in_any_language(one: &Block, other: &Block) -> bool {
    one.texts.keys().any(|lang| one.text(lang) == other.text(lang))
}

/// Between two blocks that are known stand those that were changed: they are known by their words, in their order.
fn changed(draft: &Draft, before: &Draft, anchors: &mut [Option<String>], taken: &mut HashSet<String>) {
    let place: HashMap<&str, usize> =
        before.blocks.iter().enumerate().map(|(place, block)| (block.anchor.as_str(), place)).collect();
    let known: Vec<Option<usize>> =
        anchors.iter().map(|anchor| place.get(anchor.as_deref()?).copied()).collect();
    let old: Vec<Words> = before.blocks.iter().map(Words::of).collect();
    let mut from = 0;
    while from < known.len() {
        let to = (from..known.len()).find(|at| known[*at].is_some()).unwrap_or(known.len());
        let first = from.checked_sub(1).and_then(|at| known[at]).map_or(0, |place| place + 1);
        let last = known.get(to).copied().flatten().unwrap_or(before.blocks.len());
        let new: Vec<(usize, Words)> = (from..to).map(|at| (at, Words::of(&draft.blocks[at]))).collect();
        let free = |place: &usize| !taken.contains(&before.blocks[*place].anchor);
        let places: Vec<usize> = (first..last.max(first)).filter(free).collect();
        for (at, place) in pairs(&new, &old, &places) {
            let anchor = before.blocks[place].anchor.clone();
            taken.insert(anchor.clone());
            anchors[at] = Some(anchor);
        }
        from = to + 1;
    }
}

/// Which of the new blocks are which of the old ones: those with most words in common, without crossing each other.
fn pairs(new: &[(usize, Words)], old: &[Words], places: &[usize]) -> Vec<(usize, usize)> {
    // The most alike in all for the first so many of each, as for a longest common subsequence.
    let mut best = vec![vec![0.0_f64; places.len() + 1]; new.len() + 1];
    let alike = |at: usize, place: usize| {
        let share = new[at].1.in_common(&old[places[place]]);
        if share >= ALIKE { share } else { 0.0 }
    };
    for at in 0..new.len() {
        for place in 0..places.len() {
            let together = best[at][place] + alike(at, place);
            best[at + 1][place + 1] = together.max(best[at][place + 1]).max(best[at + 1][place]);
        }
    }
    let (mut at, mut place, mut pairs) = (new.len(), places.len(), Vec::new());
    while at > 0 && place > 0 {
        let here = best[at][place];
        if here <= best[at - 1][place] {
            at -= 1;
        } else if here <= best[at][place - 1] {
            place -= 1;
        } else {
            (at, place) = (at - 1, place - 1);
            pairs.push((new[at].0, places[place]));
        }
    }
    pairs
}

/// How often each word stands in a block, in all its languages.
struct Words(BTreeMap<String, usize>, usize);

impl Words {
    fn of(block: &Block) -> Self {
        let mut words = BTreeMap::new();
        let mut all = 0;
        for lang in block.texts.keys() {
            for word in fold(&block.text(lang)).split(' ').filter(|word| !word.is_empty()) {
                *words.entry(format!("{lang} {word}")).or_default() += 1;
                all += 1;
            }
        }
        Self(words, all)
    }

    /// The share of the words of both that both have (Dice's coefficient).
    fn in_common(&self, other: &Self) -> f64 {
        let both: usize =
            self.0.iter().map(|(word, count)| other.0.get(word).map_or(0, |there| *there.min(count))).sum();
        if self.1 + other.1 == 0 { 0.0 } else { 2.0 * both as f64 / (self.1 + other.1) as f64 }
    }
}

/// An anchor that follows from what the block says, and that nothing else has or had.
fn fresh(block: &Block, taken: &mut HashSet<String>) -> String {
    let said: Vec<String> = keys(block);
    for salt in 0_u32.. {
        let digest = sha256(format!("{salt}\n{}", said.join("\n")));
        let letters = BASE32_NOPAD.encode(&digest).to_lowercase();
        let anchor = format!("p-{}", &letters[..LETTERS]);
        if taken.insert(anchor.clone()) {
            return anchor;
        }
    }
    // Four thousand million digests are not all taken by the few hundred parts of a draft.
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consultation::draft::{Kind, Span};
    use proptest::prelude::*;

    fn draft(texts: &[&str]) -> Draft {
        let block = |text: &&str| Block {
            anchor: String::new(),
            kind: Kind::Paragraph,
            texts: [("kk".to_owned(), vec![Span { text: (*text).to_owned(), ..Span::default() }])].into(),
        };
        Draft { blocks: texts.iter().map(block).collect() }
    }

    fn anchors(draft: &Draft) -> Vec<&str> {
        draft.blocks.iter().map(|block| block.anchor.as_str()).collect()
    }

    #[test]
    fn a_part_that_stayed_moved_or_was_changed_a_little_keeps_its_name() {
        let first = anchored(draft(&["Бір", "қабылдау сағат тоғызда басталады", "Үш", "Төрт бес алты"]), &[]);
        let next =
            draft(&["Үш", "Жаңа абзац", "Бір", "қабылдау сағат онда басталады", "мүлдем басқа сөздер"]);
        let next = anchored(next, std::slice::from_ref(&first));
        let (was, is) = (anchors(&first), anchors(&next));
        assert_eq!((is[0], is[2]), (was[2], was[0]));
        assert_eq!(is[3], was[1]);
        assert!(!was.contains(&is[1]) && !was.contains(&is[4]));
    }

    #[test]
    fn what_was_taken_out_gets_its_name_back_when_it_returns_and_nothing_else_gets_it() {
        let first = anchored(draft(&["Бір", "Екі"]), &[]);
        let second = anchored(draft(&["Бір"]), std::slice::from_ref(&first));
        let third = anchored(draft(&["Бір", "Екі"]), &[second, first.clone()]);
        assert_eq!(anchors(&third), anchors(&first));
    }

    #[test]
    fn the_same_words_twice_are_two_parts() {
        let twice = anchored(draft(&["Алып тасталды", "Алып тасталды"]), &[]);
        assert_ne!(anchors(&twice)[0], anchors(&twice)[1]);
        assert_eq!(anchored(draft(&["Алып тасталды", "Алып тасталды"]), std::slice::from_ref(&twice)), twice);
    }

    proptest! {
        #[test]
        fn no_two_parts_have_one_name_and_what_is_the_same_has_the_same(
            was in prop::collection::vec("[а-е]{1,3}( [а-е]{1,2}){0,3}", 0..12),
            place in 0_usize..12,
            more in "[и-м]{1,4}",
        ) {
            let words: Vec<&str> = was.iter().map(String::as_str).collect();
            let first = anchored(draft(&words), &[]);
            let names: HashSet<&str> = anchors(&first).into_iter().collect();
            prop_assert_eq!(names.len(), first.blocks.len());
            prop_assert_eq!(&anchored(draft(&words), std::slice::from_ref(&first)), &first);
            let mut longer = words.clone();
            let place = place.min(longer.len());
            longer.insert(place, &more);
            let second = anchored(draft(&longer), std::slice::from_ref(&first));
            let names: HashSet<&str> = anchors(&second).into_iter().collect();
            prop_assert_eq!(names.len(), second.blocks.len());
            let mut kept = anchors(&second);
            kept.remove(place);
            prop_assert_eq!(kept, anchors(&first));
        }
    }
}
