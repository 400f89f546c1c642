//! The code frame of an open question: a form that changes it, and the same as a file to take away and to bring back.

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, Field, button, form, hidden, link, section};
use super::texts::Open;
use crate::coding::{Code, Edited, Frame, Unread};
use crate::http::language;
use crate::people::deed::Act;
use crate::refusal::Refusal;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use survey::{Question, Survey};

/// What the fields of a code that is added have in the place of its number.
const NEW: &str = "new";

/// The page, or with `as=csv` the file.
pub(super) async fn show(open: Open) -> Result<Response, Refusal> {
    let Open { console, survey, question, frame } = &open;
    if console.query.get("as").as_deref() == Some("csv") {
        let name = format!("attachment; filename=\"{}-{}-codes.csv\"", survey.id, question.name);
        let about = [
            (CONTENT_TYPE, "text/csv; charset=utf-8"),
            (CONTENT_DISPOSITION, name.as_str()),
            (CACHE_CONTROL, "no-store"),
        ];
        return Ok((about, frame.to_csv(&survey.languages)).into_response());
    }
    let told = parts::told_of(console, &["frame_saved"]);
    Ok(page(console, (survey, question), frame, told))
}

/// Changes the frame, if it is still the one that was seen.
pub(super) async fn post(open: Open) -> Result<Response, Refusal> {
    let Open { console, survey, question, frame } = &open;
    let (store, fields, id) = (&*console.app.store, &console.fields, &survey.id);
    let refused = |text: &str| {
        let told = parts::refused(console, text);
        Ok(page(console, (survey, question), frame, Some(told)))
    };
    if fields.get("version") != frame.version.to_string() {
        return refused(console.said.get("frame_stale"));
    }
    let wanted = match fields.get("do") {
        "save" => Ok(typed(console, frame, &survey.languages)),
        "paste" => frame.of_csv(fields.raw("csv")),
        _ => return Err(Refusal::Malformed),
    };
    let edited = match wanted {
        Ok(codes) => frame.edited(codes),
        Err(Unread::Head) => return refused(console.said.get("frame_no_head")),
        Err(Unread::Line(line)) => {
            let line = console.said.number(line as u64);
            return refused(&console.said.fill("frame_bad_line", &[("n", &line)]));
        }
    };
    let codes = match edited {
        Edited::To(codes) => codes,
        Edited::WithoutLabel => return refused(console.said.get("code_no_label")),
        Edited::TooLong => return refused(console.said.get("code_too_long")),
        Edited::TooMany => return refused(console.said.get("codes_too_many")),
    };
    let record = frame.record(id, &question.name, &codes);
    if !store.keep_code_frame(record).await.map_err(Refusal::of_store)? {
        return refused(console.said.get("frame_stale"));
    }
    console.did(Act::ChangedFrame, Some(id), &question.name).await?;
    let pairs = [("question", question.name.as_str()), ("told", "frame_saved")];
    Ok(console.go(&format!("/console/surveys/{id}/frame"), &pairs))
}

/// The codes as the form has them; a new one whose fields are empty is none.
fn typed(console: &Console, frame: &Frame, languages: &[String]) -> Vec<Code> {
    let fields = &console.fields;
    let code = |key: &str, number: i64| {
        let label = languages
            .iter()
            .map(|lang| (lang.clone(), fields.get(&format!("label-{key}-{lang}")).to_owned()));
        Code {
            number,
            label: label.filter(|(_, label)| !label.is_empty()).collect(),
            about: fields.get(&format!("about-{key}")).to_owned(),
            retired: fields.get(&format!("retired-{key}")) == "1",
        }
    };
    let known = frame.codes.iter().map(|own| code(&own.number.to_string(), own.number));
    let new =
        Some(code(NEW, frame.next_number())).filter(|new| !new.label.is_empty() || !new.about.is_empty());
    known.chain(new).collect()
}

fn page(
    console: &Console,
    (survey, question): (&Survey, &Question),
    frame: &Frame,
    told: Option<Element>,
) -> Response {
    let said = &console.said;
    let path = format!("/console/surveys/{}/frame", survey.id);
    let texts = format!("/console/surveys/{}/texts", survey.id);
    let back = link(&console.to(&texts, &[("question", &question.name)]), question.text.get(&said.lang));
    let about = || vec![hidden("question", &question.name), hidden("version", &frame.version.to_string())];
    let codes = frame.codes.iter().map(|code| code_fields(console, survey, Some(code)));
    let fields = about().into_iter().chain(codes).chain([code_fields(console, survey, None)]);
    let fields = fields.chain([button(console, "next", "save")]).collect();
    let file = console.to(&path, &[("question", &question.name), ("as", "csv")]);
    let area = el("textarea")
        .attr("id", "csv")
        .attr("name", "csv")
        .attr("rows", "6")
        .attr("aria-describedby", "csv-hint");
    let paste = el("div")
        .class("question")
        .child(el("label").class("text").attr("for", "csv").text(said.get("frame_paste")))
        .child(el("p").class("hint").attr("id", "csv-hint").text(said.get("frame_paste_hint")))
        .child(area);
    let pasting = about().into_iter().chain([paste, button(console, "back", "frame_take")]).collect();
    let main = vec![
        el("p").class("q").child(back),
        section(
            said.get("codes"),
            [el("p").class("hint").text(said.get("frame_note")), form(console, &path, "save", fields)],
        ),
        section(
            said.get("frame_file"),
            [el("p").child(link(&file, said.get("frame_csv"))), form(console, &path, "paste", pasting)],
        ),
    ];
    parts::page(console, said.get("frame"), told, main)
}

/// The fields of a code, or of one that is to be added.
fn code_fields(console: &Console, survey: &Survey, code: Option<&Code>) -> Element {
    let said = &console.said;
    let key = code.map_or_else(|| NEW.to_owned(), |code| code.number.to_string());
    let legend = code.map_or_else(
        || said.get("code_new").to_owned(),
        |code| said.fill("code_numbered", &[("n", &code.number.to_string())]),
    );
    let labels = survey.languages.iter().map(|lang| {
        let (name, label) =
            (format!("label-{key}-{lang}"), said.fill("code_label", &[("language", &language::name(lang))]));
        let value = code.map_or("", |code| code.label_in(lang));
        Field { value, ..Field::text(&name, &label) }.element()
    });
    let name = format!("about-{key}");
    let about =
        Field { value: code.map_or("", |code| &code.about), ..Field::text(&name, said.get("code_about")) };
    let retired = code.map(|code| {
        let name = format!("retired-{key}");
        let tick =
            el("input").attr("type", "checkbox").attr("id", &name).attr("name", &name).attr("value", "1");
        let label = el("label").attr("for", &name).text(said.get("code_retired"));
        el("div").class("tick").child(tick.flag("checked", code.retired)).child(label)
    });
    el("fieldset")
        .class("code")
        .child(el("legend").text(&legend))
        .children(labels)
        .child(about.element())
        .children(retired)
}
