//! What came of a survey, written by an official: the texts in every language, the figures that they rest on, how it
//! will stand, and then the publication, which nobody changes any more.

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, area, button, form, hidden, link, section, select, tick};
use crate::edition::Current;
use crate::http::outcome::look;
use crate::http::query::SurveyId;
use crate::http::{language, results};
use crate::outcome::{self, Draft, Fault, LONGEST, Look, Published, Shown, Texts, entry};
use crate::people::deed::Act;
use crate::refusal::Refusal;
use crate::results::Results;
use crate::store::Outcome;
use axum::Extension;
use axum::http::StatusCode;
use axum::response::Response;
use std::sync::Arc;

/// Where it is.
pub(super) fn path(survey: &str) -> String {
    format!("/console/surveys/{survey}/outcome")
}

/// The three texts, with the keys of what they are called here.
const TEXTS: [(&str, &str); 3] =
    [("heard", "outcome_heard"), ("did", "outcome_did"), ("next", "outcome_next")];

pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let editor = Editor::of(&console, &survey).await?;
    let told = parts::told_of(&console, &["outcome_was_published"]);
    Ok(editor.page(StatusCode::OK, &Draft::default(), &[], told, None))
}

pub(super) async fn post(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let editor = Editor::of(&console, &survey).await?;
    let draft = editor.draft();
    let faults = draft.inspect(&editor.current.edition.survey, &editor.numbers());
    if !faults.is_empty() {
        return Ok(editor.refuse(&draft, &faults));
    }
    let said = match editor.said(&draft).await? {
        Ok(said) => said,
        Err(fault) => return Ok(editor.refuse(&draft, &[fault])),
    };
    match console.fields.get("do") {
        "preview" => {
            let shown = Shown::preview(editor.outcome(&said)?, said, &editor.current.edition);
            Ok(editor.page(StatusCode::OK, &draft, &[], None, Some(&shown)))
        }
        "publish" => editor.publish(&draft, &said).await,
        _ => Err(Refusal::Malformed),
    }
}

/// Everything that the page shows.
struct Editor<'a> {
    console: &'a Console,
    current: Current,
    published: Published,
    /// The public results, where everybody may see them now.
    results: Option<Arc<Results>>,
}

impl<'a> Editor<'a> {
    async fn of(console: &'a Console, survey: &str) -> Result<Self, Refusal> {
        let current = console.app.current(survey).await?;
        let published = Published::of(&console.app, &current).await?;
        let results = results::released(&console.app, &current).await?;
        Ok(Self { console, current, published, results })
    }

    fn numbers(&self) -> Vec<u32> {
        self.published.shown.iter().map(|shown| shown.outcome.number).collect()
    }

    /// The number that the next outcome has.
    fn next(&self) -> u32 {
        self.numbers().first().map_or(1, |number| number + 1)
    }

    /// What the form says.
    fn draft(&self) -> Draft {
        let fields = &self.console.fields;
        let texts = self.current.edition.survey.languages.iter().map(|lang| {
            let text = |name: &str| fields.get(&format!("{name}-{lang}")).replace("\r\n", "\n");
            (lang.clone(), Texts { heard: text("heard"), did: text("did"), next: text("next") })
        });
        Draft {
            texts: texts.collect(),
            questions: fields.all("question").map(str::to_owned).collect(),
            corrects: fields.get("corrects").parse().ok(),
        }
    }

    async fn said(&self, draft: &Draft) -> Result<Result<outcome::Said, Fault>, Refusal> {
        let (app, edition) = (&self.console.app, &self.current.edition);
        let about = outcome::about(&app.store, &app.key, &app.figures, &edition.survey.id).await;
        let about =
            about.map_err(|error| Refusal::internal("figures cannot be described", error.as_ref()))?;
        Ok(draft.said(edition, edition.sharing.as_ref().zip(self.results.as_deref()), about))
    }

    fn outcome(&self, said: &outcome::Said) -> Result<Outcome, Refusal> {
        let said = said.json().map_err(|error| Refusal::internal("an outcome cannot be written", &error))?;
        Ok(Outcome {
            survey: self.current.edition.survey.id.clone(),
            number: self.next(),
            minute: (self.console.app.clock)(),
            who: self.console.signed.person.name.clone(),
            said,
        })
    }

    /// Publishes what was shown, unless somebody else has published one since then: of two officials one is told.
    async fn publish(&self, draft: &Draft, said: &outcome::Said) -> Result<Response, Refusal> {
        let (console, outcome) = (self.console, self.outcome(said)?);
        let survey = outcome.survey.clone();
        let seen = console.fields.get("number").parse() == Ok(outcome.number);
        let details = outcome.number.to_string();
        if !seen || !console.app.store.publish_outcome(outcome).await.map_err(Refusal::of_store)? {
            let told = parts::refused(console, console.said.get("outcome_meanwhile"));
            let newer = Editor::of(console, &survey).await?;
            return Ok(newer.page(StatusCode::CONFLICT, draft, &[], Some(told), None));
        }
        console.did(Act::PublishedOutcome, Some(&survey), &details).await?;
        Ok(console.go(&path(&survey), &[("told", "outcome_was_published")]))
    }

    fn refuse(&self, draft: &Draft, faults: &[Fault]) -> Response {
        let hidden = faults.iter().any(|fault| matches!(fault, Fault::Question(_)));
        let key = if hidden { "outcome_question_hidden" } else { "outcome_wrong" };
        let told = parts::refused(self.console, self.console.said.get(key));
        self.page(StatusCode::UNPROCESSABLE_ENTITY, draft, faults, Some(told), None)
    }

    fn page(
        &self,
        status: StatusCode,
        draft: &Draft,
        faults: &[Fault],
        told: Option<Element>,
        preview: Option<&Shown>,
    ) -> Response {
        let (said, survey) = (&self.console.said, &self.current.edition.survey);
        let back = self.console.to(&format!("/console/surveys/{}", survey.id), &[]);
        let back = el("p").class("q").child(link(&back, survey.title.get(&said.lang)));
        let editor = form(self.console, &path(&survey.id), "preview", self.fields(draft, faults));
        let hint = el("p").class("hint").text(said.get("outcome_hint"));
        let main = [
            Some(back),
            preview.map(|shown| self.preview(draft, shown)),
            Some(section(said.get("outcome_write"), [hint, editor])),
            self.before(),
        ];
        let main = main.into_iter().flatten().collect();
        parts::page_with(self.console, status, said.get("outcome"), told, main)
    }

    /// How it will stand, in every language, and the button that publishes it.
    fn preview(&self, draft: &Draft, shown: &Shown) -> Element {
        let said = &self.console.said;
        let each = draft.texts.keys().map(|lang| {
            let id = format!("preview-{lang}");
            let look = Look { id: &id, ..look(&self.console.app, lang, 4) };
            let html = entry(shown, &self.published.shown, look);
            let name = el("h3").text(&language::name(lang));
            el("div").attr("lang", lang).class("around").child(name).drawn(&html)
        });
        let texts = draft.texts.iter().flat_map(|(lang, texts)| {
            texts.each().map(|(name, text)| hidden(&format!("{name}-{lang}"), text))
        });
        let number = hidden("number", &shown.outcome.number.to_string());
        let questions = draft.questions.iter().map(|name| hidden("question", name));
        let corrects = draft.corrects.map(|number| hidden("corrects", &number.to_string()));
        let fields = texts.chain([number]).chain(questions).chain(corrects);
        let fields = fields.chain([button(self.console, "next", "outcome_publish")]).collect();
        let hint = el("p").class("hint").text(said.get("outcome_preview_hint"));
        let publish = form(self.console, &path(&self.current.edition.survey.id), "publish", fields);
        section(said.get("outcome_preview"), [hint].into_iter().chain(each).chain([publish]))
    }

    fn fields(&self, draft: &Draft, faults: &[Fault]) -> Vec<Element> {
        let languages = self.current.edition.survey.languages.iter();
        let mut fields: Vec<Element> =
            languages.map(|lang| self.of_language(lang, draft.texts.get(lang), faults)).collect();
        fields.extend(self.questions(draft));
        fields.extend(self.corrected(draft));
        fields.push(button(self.console, "next", "outcome_preview"));
        fields
    }

    fn of_language(&self, lang: &str, texts: Option<&Texts>, faults: &[Fault]) -> Element {
        let said = &self.console.said;
        let of = |name: &str| {
            let each = texts.map(Texts::each);
            let text = each.and_then(|each| each.into_iter().find(|(known, _)| *known == name));
            text.map(|(_, text)| text.to_owned()).unwrap_or_default()
        };
        let areas = TEXTS.map(|(name, key)| {
            let is = |fault: &&Fault| match fault {
                Fault::Missing(of, text) | Fault::Long(of, text) => of == lang && *text == name,
                _ => false,
            };
            let wrong = faults.iter().find(is).map(|fault| match fault {
                Fault::Long(..) => said.fill("outcome_long", &[("most", &said.number(LONGEST as u64))]),
                _ => said.get("outcome_missing").to_owned(),
            });
            area((&format!("{name}-{lang}"), lang), said.get(key), &of(name), wrong.as_deref())
        });
        el("fieldset").child(el("legend").attr("lang", lang).text(&language::name(lang))).children(areas)
    }

    /// A box for each question of the public results; a sentence where there are none.
    fn questions(&self, draft: &Draft) -> Option<Element> {
        let (said, survey) = (&self.console.said, &self.current.edition.survey);
        let results = self.results.as_deref();
        let names: Vec<&str> = results.into_iter().flat_map(Results::shown).collect();
        let boxes = names.iter().filter_map(|name| {
            let text = survey.question(name)?.text.get(survey.language(&said.lang));
            Some(tick("question", name, text, draft.questions.iter().any(|chosen| chosen == name)))
        });
        let none = names.is_empty().then(|| el("p").text(said.get("outcome_no_figures")));
        let legend = el("legend").text(said.get("outcome_figures"));
        Some(el("fieldset").class("codes").child(legend).children(none).children(boxes))
    }

    /// Which outcome it corrects, where there is any.
    fn corrected(&self, draft: &Draft) -> Option<Element> {
        let (said, days) = (&self.console.said, &self.console.app.days);
        let each = self.published.shown.iter().map(|shown| {
            let number = shown.outcome.number.to_string();
            let time = said.time(days, shown.outcome.minute);
            let name = said.fill("outcome_number", &[("n", &number), ("time", &time)]);
            (number, name)
        });
        let all: Vec<(String, String)> = each.collect();
        let nothing = ("", said.get("outcome_corrects_none"));
        let options: Vec<(&str, &str)> = std::iter::once(nothing)
            .chain(all.iter().map(|(number, name)| (number.as_str(), name.as_str())))
            .collect();
        let chosen = draft.corrects.map(|number| number.to_string()).unwrap_or_default();
        (!all.is_empty()).then(|| select("corrects", said.get("outcome_corrects"), &options, &chosen))
    }

    /// What is published already.
    fn before(&self) -> Option<Element> {
        let (said, survey) = (&self.console.said, &self.current.edition.survey);
        let lang = survey.language(&said.lang);
        let all = &self.published.shown;
        let each = all.iter().map(|shown| {
            el("div").class("around").attr("lang", lang).drawn(&entry(
                shown,
                all,
                look(&self.console.app, lang, 3),
            ))
        });
        let page =
            el("p").child(link(&format!("/s/{}/outcome?lang={lang}", survey.id), said.get("outcome_page")));
        (!all.is_empty()).then(|| section(said.get("outcome_before"), [page].into_iter().chain(each)))
    }
}
