//! The classifier of places (KATO): the official file as dated data, and the options of a question about a place.
//!
//! The statistics bureau publishes the file; names and codes come from it alone, because public copies are wrong in
//! places. The 20 regions are built in.

mod expand;
mod level;
mod read;
mod spelling;
mod table;

use crate::store::{Place, Store, StoreError};
use std::collections::HashMap;

pub use expand::expand;
pub(crate) use read::{Reading, read};

/// Code and names in Kazakh, Russian and English.
static REGIONS: &str = include_str!("places/regions.csv");

/// The places that a question can ask for.
#[derive(Clone, Debug)]
pub struct Classifier {
    places: Vec<Place>,
    /// English names, of the regions alone: the official file has none. Spellings vary, so only the code counts.
    english: HashMap<i64, &'static str>,
    imported: bool,
}

impl Classifier {
    /// The regions, and nothing below them.
    #[must_use]
    pub fn built_in() -> Self {
        Self::of(Vec::new())
    }

    /// What was imported; the regions when nothing was.
    #[must_use]
    pub fn of(imported: Vec<Place>) -> Self {
        let english = regions().map(|(code, [_, _, en])| (code, en)).collect();
        if !imported.is_empty() {
            return Self { places: imported, english, imported: true };
        }
        let region = |(code, [kk, ru, _]): (i64, [&str; 3])| Place {
            code,
            level: 1,
            within: None,
            kk: kk.to_owned(),
            ru: ru.to_owned(),
        };
        Self { places: regions().map(region).collect(), english, imported: false }
    }

    /// The places there were on a day (`2026-01-01`), or those of the last import.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn in_store(store: &dyn Store, as_of: Option<&str>) -> Result<Self, StoreError> {
        store.places(as_of).await.map(Self::of)
    }

    /// The places.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Whether an official file was imported.
    #[must_use]
    pub fn is_imported(&self) -> bool {
        self.imported
    }

    /// The name of a place in a language of a survey.
    fn name<'a>(&'a self, place: &'a Place, lang: &str) -> &'a str {
        match lang.split('-').next().unwrap_or_default() {
            "kk" => &place.kk,
            "en" => self.english.get(&place.code).copied().unwrap_or(&place.ru),
            _ => &place.ru,
        }
    }
}

fn regions() -> impl Iterator<Item = (i64, [&'static str; 3])> {
    REGIONS.lines().skip(1).filter_map(|line| {
        let mut fields = line.split(',');
        let code = fields.next()?.parse().ok()?;
        Some((code, [fields.next()?, fields.next()?, fields.next()?]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_regions_are_built_in() {
        let classifier = Classifier::built_in();
        assert_eq!(classifier.places().len(), 20);
        assert!(classifier.places().iter().all(|place| place.level == 1 && place.code % 10_000_000 == 0));
        let almaty = classifier.places().iter().find(|place| place.code == 750_000_000).unwrap();
        let names = ["kk", "ru", "en"].map(|lang| classifier.name(almaty, lang));
        assert_eq!(names, ["Алматы қаласы", "город Алматы", "Almaty city"]);
    }
}
