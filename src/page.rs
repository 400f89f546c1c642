//! One page: what goes before its questions, the questions, the buttons.

use crate::form::{button, hidden};
use crate::message::{Message, message};
use crate::node::{Element, Node, element};
use crate::question::{Asked, question};
use crate::session::Session;
use survey::form::{self, Go};
use survey::{At, Page};

/// The page with this index. It is drawn anew when the citizen comes to it, from the answers given by then.
pub(crate) fn page(session: &Session, index: usize) -> Node {
    let Some(page) = session.fixed.survey.pages.get(index) else { return Node::Text(String::new()) };
    let order = page.order(session.fixed.occasion.seed);
    let questions = order.into_iter().map(|place| (place, &page.questions[place]));
    let questions = questions.filter(|(_, question)| question.domain.is_asked() || is_note(question));
    let late = page.after_review && page.title.is_none() && page.intro.is_none();
    let (title, intro) = (page.title.as_ref(), page.intro.as_ref());
    let introduction = introduction(session, index);
    // The name of the survey stands above the title of its first page alone. A later page that has no title is headed
    // by that name for those who go by headings.
    let below = u8::from(!introduction.is_empty());
    let unnamed = introduction.is_empty() && title.is_none() && !late;
    let survey =
        unnamed.then(|| session.heading(0, "page-title spoken", session.text(&session.fixed.survey.title)));
    element("div")
        .part("page", "page")
        .attr("tabindex", "-1")
        .children(back(session, At::Page(index)))
        .child(summary(session))
        .children(introduction)
        .children(survey)
        .children(progress(session, index))
        .children(title.map(|title| session.heading(below, "page-title", &session.say(title))))
        .children(intro.into_iter().flat_map(|intro| session.paragraphs(intro)))
        .children(late.then(|| about_you(session, below)).into_iter().flatten())
        .children(carried(session, Some(page), At::Page(index)))
        .children(questions.map(|(place, asked)| question(&Asked::outer(session, asked, (index, place)))))
        .child(buttons(session, At::Page(index)))
        .into()
}

fn is_note(question: &survey::Question) -> bool {
    matches!(question.control, survey::Control::Note)
}

/// The name of the survey, who asks and why: before the first question, and only there.
fn introduction(session: &Session, index: usize) -> Vec<Node> {
    let survey = &session.fixed.survey;
    if session.route.with_untracked(|route| route.before(survey, At::Page(index)).is_some()) {
        return Vec::new();
    }
    let agency =
        survey.agency.as_ref().map(|agency| element("p").class("agency").text(session.text(agency)).into());
    let notice = survey.notice.as_ref();
    let notice = notice
        .map(|notice| element("div").part("notice", "notice").children(session.paragraphs(notice)).into());
    let told = element("p").part("notice", "notice").text(session.word("partials"));
    let told = survey.partials.then(|| told.into());
    let title = session.heading(0, "title", session.text(&survey.title));
    [Some(title), agency, notice, told].into_iter().flatten().collect()
}

/// Which page of how many, where every citizen has the same number of them.
fn progress(session: &Session, index: usize) -> Option<Node> {
    let pages = &session.fixed.survey.pages;
    // A page that holds a single question goes with it.
    let stays = |page: &Page| page.questions.iter().any(|question| question.show_if.is_none());
    let all_shown = pages.iter().all(|page| page.show_if.is_none() && page.turns.is_empty() && stays(page));
    if pages.len() < 3 || !all_shown {
        return None;
    }
    let before = session.route.with_untracked(|route| {
        std::iter::successors(Some(At::Page(index)), |at| route.before(&session.fixed.survey, *at))
            .filter(|at| *at != At::Review)
            .count()
    });
    let said =
        session.fixed.words.fill("page_of", &[("i", before.to_string()), ("n", pages.len().to_string())]);
    Some(element("p").part("progress", "progress").text(&said).into())
}

/// Why the citizen is asked about: before questions about the respondent to which the author gave no words of their own.
fn about_you(session: &Session, below: u8) -> Vec<Node> {
    let note = element("p").text(session.word("about_you_note")).into();
    vec![session.heading(below, "page-title", session.word("about_you_title")), note]
}

/// Fields that carry what the page does not show, for a form that is posted without scripts.
pub(crate) fn carried(session: &Session, page: Option<&Page>, at: At) -> Vec<Node> {
    let survey = &session.fixed.survey;
    let asked_here = |name: &str| {
        page.into_iter().flat_map(|page| &page.questions).any(|question| {
            question.domain.is_asked() && (question.name == name || question.other_name() == name)
        })
    };
    let (page, seen) = match at {
        At::Review => (form::REVIEW.to_owned(), session.seen.get_untracked()),
        At::Page(index) => {
            let seen = session.seen.get_untracked();
            let seen = session.route.with_untracked(|route| form::shown_names(survey, index, route, &seen));
            (index.to_string(), seen)
        }
    };
    let mut fields = vec![hidden(form::PAGE, &page).into(), hidden(form::SHOWN, &seen.join(" ")).into()];
    if session.changing.get_untracked() {
        fields.push(hidden(form::CHANGING, "1").into());
    }
    let others = session.answers.with_untracked(|answers| answers.filter(|name| !asked_here(name)));
    // Also where there are none: the page around the form may give some that the server does not know of, and whoever
    // takes the form over must find the nodes that he would draw.
    fields.push(hidden(form::CARRIED, &as_posted(&others)).into());
    fields
}

/// Answers as a form posts them.
#[cfg(not(feature = "hydrate"))]
fn as_posted(answers: &survey::Answers) -> String {
    answers.to_value().to_string()
}

/// The same in the browser, which writes JSON itself: the form can be posted without its module at any moment.
#[cfg(feature = "hydrate")]
fn as_posted(answers: &survey::Answers) -> String {
    crate::browser::json::text(&answers.to_value())
}

/// Everything that must be mended, each with a link to its field (GOV.UK Design System, error summary).
fn summary(session: &Session) -> Element {
    let session = session.clone();
    element("div").live(move || {
        let problems = session.problems.get();
        let messages: Vec<Message> =
            problems.iter().filter_map(|problem| message(&session, problem)).collect();
        if messages.is_empty() { Vec::new() } else { vec![list(&session, messages)] }
    })
}

/// The id of the list; no question has a name that begins so.
const MISTAKES: &str = "_mistakes";

/// It takes the focus, and is read out by its name and its list then; as a live region it would be read out twice.
fn list(session: &Session, messages: Vec<Message>) -> Node {
    let items = messages.into_iter().map(|message| {
        let link = element("a").attr("href", &format!("#{}", message.field)).text(&message.text);
        element("li").child(link).into()
    });
    // It stands above the form's own heading: of the same level, but never the first of a whole page.
    let below = u8::from(session.fixed.heading_level == 1);
    element("div")
        .part("summary", "summary")
        .attr("role", "group")
        .attr("aria-label", session.word("error_summary"))
        .attr("aria-describedby", MISTAKES)
        .attr("tabindex", "-1")
        .child(session.heading(below, "summary-title", session.word("error_summary")))
        .child(element("ul").attr("id", MISTAKES).children(items))
        .into()
}

/// The way back, before all else (GOV.UK Design System, back link).
pub(crate) fn back(session: &Session, at: At) -> Option<Node> {
    let before = session.route.with_untracked(|route| route.before(&session.fixed.survey, at).is_some());
    before.then(|| button("back", "back", &Go::Back, session.word("back")).into())
}

/// Onwards, and what can be done besides.
pub(crate) fn buttons(session: &Session, at: At) -> Element {
    let survey = session.fixed.survey.clone();
    let (drafts, partials) = (survey.drafts, survey.partials);
    let besides = |there: bool, name, go: Go, word| {
        there.then(|| button(name, "button", &go, session.word(word)).into())
    };
    let onwards = session.clone();
    let onwards = move || {
        let changing = onwards.changing.get() && onwards.fixed.survey.review;
        let more = changing || onwards.route.with(|route| route.after(&survey, at).is_some());
        onwards.word(if more { "continue" } else { "send" }).to_owned()
    };
    element("div")
        .part("buttons", "buttons")
        .child(button("next", "button", &Go::Next, "").live_text(onwards))
        .children(besides(drafts, "keep", Go::Keep, "draft_keep"))
        .children(besides(partials, "forget", Go::Forget, "partials_delete"))
}
