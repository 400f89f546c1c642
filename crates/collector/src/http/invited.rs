//! The step before the form of a survey that is answered by invitation: the field for the code, and what is wrong with it.
//! Without scripts it posts; with them `public/invited.js` takes the code out of the address and posts it in place. From
//! there the form carries the code to where it is sent.

use super::around::{self, Spot, Surrounding};
use super::document::escape;
use super::query::Query;
use super::view::{Around, Held, Place, first};
use super::{App, results};
use crate::edition::{Current, Edition};
use crate::guard::{Sender, TRAP};
use crate::invitation::{self, Code, words};
use crate::refusal::Refusal;
use crate::store::Uninvited;
use crate::tier::Tier;
use crate::times::Standing;
use axum::http::StatusCode;
use axum::http::header::{HeaderValue, RETRY_AFTER};
use axum::response::Response;
use qulaq::{State as Shown, View, words as interface};
use survey::At;
use survey::form::{self, Go};
use survey::response::parse_id;

/// The field of the code.
const CODE: &str = "_code";

/// What the field of the page holds when the step was posted.
const STEP: &str = "code";

/// The id of the field, for its label.
const FIELD: &str = "qulaq-code";

/// What the step says about the code that was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Nothing,
    Empty,
    Malformed,
    Refused(Uninvited),
    TooMany,
}

impl Told {
    /// What a refusal has to do with the code, if it has.
    fn of(refusal: &Refusal) -> Option<Self> {
        match refusal {
            Refusal::NoInvitation => Some(Self::Malformed),
            Refusal::Uninvited(why) => Some(Self::Refused(*why)),
            Refusal::TooManyCodes => Some(Self::TooMany),
            _ => None,
        }
    }

    /// The key of the words; none where there is nothing to say.
    fn key(self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Empty => Some("empty"),
            Self::Malformed => Some("malformed"),
            Self::Refused(Uninvited::Unknown) => Some("unknown"),
            Self::Refused(Uninvited::Spent) => Some("spent"),
            Self::Refused(Uninvited::Over) => Some("over"),
            Self::TooMany => Some("many"),
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::Nothing => StatusCode::OK,
            Self::Empty | Self::Malformed | Self::Refused(Uninvited::Unknown) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Refused(Uninvited::Spent | Uninvited::Over) => StatusCode::FORBIDDEN,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
        }
    }
}

/// The step as it is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step<'a> {
    told: Told,
    /// What was typed.
    typed: &'a str,
    /// What the address says about how the form begins.
    begin: &'a str,
}

/// The step before anybody has typed anything.
const FIRST: Step<'static> = Step { told: Told::Nothing, typed: "", begin: "" };

impl<'a> Step<'a> {
    pub(super) fn beginning(begin: &'a str) -> Self {
        Step { begin, ..FIRST }
    }
}

/// Whether somebody who begins meets the step.
pub(super) fn is_first(edition: &Edition, view: &View) -> bool {
    edition.tier == Tier::Invited && matches!(view.state, Shown::At(_))
}

/// What stands where the form begins: the step, or the form itself.
pub(crate) fn opening(edition: &Edition, view: &View, begin: &str) -> String {
    let held =
        if is_first(edition, view) { Held::Step(Step::beginning(begin)) } else { Held::of(edition, None) };
    held.draw(view)
}

/// A posted form on its way.
pub(super) enum Passed {
    /// Past the step, with the code that it carries.
    On(Option<String>),
    /// No further.
    Reply(Response),
}

/// Takes the code out of the fields of a posted form. Whoever posted the step goes on to the first page if the code admits
/// somebody, and is told what is wrong with it if not.
pub(super) async fn pass(
    app: &App,
    current: &Current,
    (query, place): (&Query, Place),
    fields: &mut Vec<(String, String)>,
    sender: Sender,
) -> Result<Passed, Refusal> {
    if current.edition.tier != Tier::Invited {
        return Ok(Passed::On(None));
    }
    let is_step = field(fields, form::PAGE) == Some(STEP);
    let at = fields.iter().position(|(name, _)| name == CODE);
    let typed = at.map(|at| fields.remove(at).1).unwrap_or_default();
    let code = Code::read(&typed);
    // Answers that were kept before it was closed get their receipt again.
    if current.standing != Standing::Open || !is_step && code.is_some() {
        return Ok(Passed::On(code.map(|code| code.printed())));
    }
    let begin = query.beginning();
    let step = Posted { app, current, place, begin: &begin, fields: fields.as_slice() };
    let changes_language = matches!(field(fields, form::GO).map(Go::read), Some(Go::Language(_)));
    let told = match code {
        _ if is_step && changes_language => Told::Nothing,
        _ if typed.trim().is_empty() => Told::Empty,
        None => Told::Malformed,
        Some(code) => match invitation::ask(app, &current.edition, &code, sender).await {
            Ok(None) => return step.go_on(query, &code).await.map(Passed::Reply),
            Ok(Some(why)) => Told::Refused(why),
            Err(refusal) => Told::of(&refusal).ok_or(refusal)?,
        },
    };
    step.again(told, &typed).await.map(Passed::Reply)
}

/// Takes out the field that nobody sees, and says whether somebody filled it in.
pub(super) fn is_trapped(fields: &mut Vec<(String, String)>) -> bool {
    let filled = fields.iter().any(|(name, value)| name == TRAP && !value.is_empty());
    fields.retain(|(name, _)| name != TRAP);
    filled
}

fn field<'a>(fields: &'a [(String, String)], of: &str) -> Option<&'a str> {
    fields.iter().find(|(name, _)| name == of).map(|(_, value)| value.as_str())
}

/// A step that was posted.
struct Posted<'a> {
    app: &'a App,
    current: &'a Current,
    place: Place,
    begin: &'a str,
    fields: &'a [(String, String)],
}

impl Posted<'_> {
    fn view(&self, query: &Query) -> Result<View, Refusal> {
        let survey = &self.current.edition.survey;
        let lang = match field(self.fields, form::GO).map(Go::read) {
            Some(Go::Language(lang)) => lang,
            _ => field(self.fields, form::LANG).unwrap_or_default().to_owned(),
        };
        let begun = (super::hosted::given(survey, query), self.app.occasion(survey)?);
        let lang = survey.language(&lang).to_owned();
        let view = first(&self.current.edition, self.current.standing, (lang, query.manner()), begun);
        let id = field(self.fields, form::ID).and_then(parse_id);
        let id = id.map_or_else(|| super::hosted::new_id(self.app), Ok)?;
        Ok(View { response_id: Some(id), ..view })
    }

    /// The first page, which carries the code.
    async fn go_on(&self, query: &Query, code: &Code) -> Result<Response, Refusal> {
        let view = self.view(query)?;
        let stands = self.stands(&view).await?;
        let code = code.printed();
        let around = Around { before: &stands.before, after: &stands.after, held: Held::Code(&code) };
        Ok(self.place.reply(self.app, StatusCode::OK, view, around))
    }

    async fn again(&self, told: Told, typed: &str) -> Result<Response, Refusal> {
        let view = self.view(&Query::of_text(self.begin))?;
        let stands = self.stands(&view).await?;
        Ok(reply(self.app, self.place, view, (Step { told, typed, begin: self.begin }, &stands)))
    }

    /// What stands around the step, as it does around the form.
    async fn stands(&self, view: &View) -> Result<Surrounding, Refusal> {
        let (query, lang) = (Query::default(), &view.lang);
        let spot = Spot {
            app: self.app,
            current: self.current,
            lang,
            place: self.place,
            query: &query,
            posted: None,
        };
        let Surrounding { before, after } = around::around(&spot).await?;
        let results = match self.place {
            Place::Inside(_) => results::slot(self.current, lang),
            place => results::around(self.current, lang, place.vision()),
        };
        Ok(Surrounding { before, after: results + &after })
    }
}

/// Answers with the step in the place of a form that was to be sent, if it was refused for its code.
pub(super) fn instead(
    app: &App,
    place: Place,
    (view, typed): (View, &str),
    (refusal, stands): (Refusal, &Surrounding),
) -> Result<Response, Refusal> {
    let told = Told::of(&refusal).ok_or(refusal)?;
    let view = View { state: Shown::At(At::Page(0)), ..view };
    Ok(reply(app, place, view, (Step { told, typed, begin: "" }, stands)))
}

fn reply(app: &App, place: Place, view: View, (step, stands): (Step<'_>, &Surrounding)) -> Response {
    let around = Around { before: &stands.before, after: &stands.after, held: Held::Step(step) };
    let mut response = place.reply(app, step.told.status(), view, around);
    if step.told == Told::TooMany {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("3600"));
    }
    response
}

/// A form that carries a code, from page to page and to where the module takes it from. Its last child is after all that
/// the module looks for.
pub(super) fn carrying(form: &str, code: &str) -> String {
    let form = form.replacen(" data-module=\"", " data-module=\"invited\" data-then=\"", 1);
    let field = format!("<input type=\"hidden\" name=\"{CODE}\" value=\"{}\"></form>", escape(code));
    match form.rsplit_once("</form>") {
        Some((form, rest)) => format!("{form}{field}{rest}"),
        None => form,
    }
}

/// The step as HTML, in the same frame as the form that follows it.
pub(super) fn draw(view: &View, step: Step<'_>) -> String {
    let (words, lang) = (words(&view.lang), escape(&view.lang));
    let word = |key: &str| escape(words.get(key));
    let id = view.response_id.as_deref().map(|id| hidden(form::ID, id)).unwrap_or_default();
    let joint = if view.action.contains('?') { '&' } else { '?' };
    let begin = if step.begin.is_empty() { String::new() } else { format!("{joint}{}", step.begin) };
    let (error, described) = match step.told.key() {
        Some(key) => {
            (error(view, words.get(key)), format!(" {FIELD}-error\" aria-invalid=\"true\" autofocus"))
        }
        None => (String::new(), "\"".to_owned()),
    };
    format!(
        "<form class=\"q\" part=\"form\" method=\"post\" action=\"{action}\" data-module=\"invited\" \
         data-then=\"{then}\" accept-charset=\"utf-8\" novalidate lang=\"{lang}\" dir=\"{direction}\">\
         {page}{language}{id}<div class=\"body\">\
         <button class=\"enter\" part=\"enter\" type=\"submit\" name=\"{go}\" value=\"next\" tabindex=\"-1\" \
         aria-hidden=\"true\"></button>{languages}\
         <h{level} class=\"title\" part=\"title\" tabindex=\"-1\">{title}</h{level}>\
         <p>{lead}</p><div class=\"question\" part=\"question\">\
         <label class=\"text\" part=\"text\" for=\"{FIELD}\">{label}</label>\
         <p class=\"hint\" part=\"hint\" id=\"{FIELD}-hint\">{hint}</p>{error}\
         <input type=\"text\" id=\"{FIELD}\" name=\"{CODE}\" value=\"{typed}\" autocomplete=\"off\" \
         autocapitalize=\"characters\" spellcheck=\"false\" aria-describedby=\"{FIELD}-hint{described}></div>\
         <p>{once}</p><div class=\"buttons\" part=\"buttons\">\
         <button class=\"next\" part=\"next\" type=\"submit\" name=\"{go}\" value=\"next\">{onwards}</button></div></div>\
         <p class=\"status\" part=\"status\" role=\"status\"></p>\
         <p class=\"failed\" part=\"failed\" role=\"alert\" data-words=\"{failed}\"></p>{help}</form>",
        action = escape(&format!("{}{begin}", view.action)),
        then = if view.survey.needs_whole() { "whole" } else { "app" },
        direction = interface::direction(&view.lang),
        page = hidden(form::PAGE, STEP),
        language = hidden(form::LANG, &view.lang),
        go = form::GO,
        languages = languages(view),
        level = view.heading_level.clamp(1, 6),
        title = escape(view.survey.title.get(&view.lang)),
        lead = word("lead"),
        once = word("once"),
        label = word("label"),
        hint = word("hint"),
        onwards = word("go"),
        failed = word("failed"),
        typed = escape(step.typed),
        help = help(view),
    )
}

fn hidden(name: &str, value: &str) -> String {
    format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(value))
}

fn error(view: &View, text: &str) -> String {
    let prefix = escape(interface::of(&view.lang).get("error_prefix"));
    format!(
        "<p class=\"error\" part=\"error\" id=\"{FIELD}-error\"><span class=\"spoken\">{prefix} </span>{}</p>",
        escape(text)
    )
}

/// A button for each language, as the form has them.
fn languages(view: &View) -> String {
    if view.survey.languages.len() < 2 {
        return String::new();
    }
    let label = escape(interface::of(&view.lang).get("language_switch"));
    let button = |lang: &String| {
        let here = if *lang == view.lang { " aria-current=\"true\"" } else { "" };
        format!(
            "<button class=\"language\" part=\"language\" type=\"submit\" name=\"{}\" value=\"{}\" \
             lang=\"{lang}\"{here}>{}</button>",
            form::GO,
            escape(&Go::Language(lang.clone()).to_value()),
            escape(&super::language::name(lang)),
        )
    };
    let buttons: String = view.survey.languages.iter().map(button).collect();
    format!(
        "<div class=\"languages\" part=\"languages\" role=\"group\" aria-label=\"{label}\">{buttons}</div>"
    )
}

/// Whom to ask, as it stands at the end of the form: at the same place on every page (WCAG 2.2, 3.2.6).
fn help(view: &View) -> String {
    let form = qulaq::render(view.clone());
    let from = form.rfind("<div class=\"help\"");
    let until = form.rfind("</form>");
    from.zip(until).map(|(from, until)| form[from..until].to_owned()).unwrap_or_default()
}
