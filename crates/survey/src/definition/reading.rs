//! Reads a questionnaire from its JSON, leniently: what is unsound is left out, and its fault is noted elsewhere.

use super::{Card, Choice, Contact, Media, MediaKind, Pace, Page, Question, Quota, Rule, Survey, Turn};
use crate::kind::{self, Asked};
use crate::read::Object;
use crate::text::Text;

pub(super) fn read_survey(root: &Object<'_>) -> Survey {
    let mut pages: Vec<Page> = root.objects("pages").iter().map(read_page).collect();
    let ids: Vec<String> = pages.iter().map(|page| page.id.clone()).collect();
    for (page, object) in pages.iter_mut().zip(root.objects("pages")) {
        page.turns = object.objects("then").iter().map(|turn| read_turn(turn, &ids)).collect();
    }
    Survey {
        id: root.string("id").unwrap_or_default().to_owned(),
        languages: root.strings("languages"),
        title: text_or_empty(root, "title"),
        agency: root.text("agency"),
        contact: root.object("contact").map(|contact| read_contact(&contact)),
        notice: root.text("notice"),
        thanks: root.text("thanks"),
        review: root.choice_of_flag("review").unwrap_or(pages.len() > 1),
        shuffle: root.flag("shuffle"),
        drafts: root.flag("drafts"),
        partials: root.flag("partials"),
        pace: root.string("pace").and_then(Pace::read).unwrap_or_default(),
        opens: root.owned("opens"),
        closes: root.owned("closes"),
        quotas: root.objects("quotas").iter().filter_map(read_quota).collect(),
        places: places(&pages),
        pages,
    }
}

fn read_contact(contact: &Object<'_>) -> Contact {
    Contact { phone: contact.text("phone"), hours: contact.text("hours"), email: contact.text("email") }
}

/// Where each variable is, by name.
pub(super) fn places(pages: &[Page]) -> Vec<(String, (usize, usize))> {
    let mut places: Vec<(String, (usize, usize))> = Vec::new();
    for (p, page) in pages.iter().enumerate() {
        for (q, question) in page.questions.iter().enumerate() {
            // Not sorted at the end: the browser would download a sort.
            let at = places.partition_point(|(name, _)| *name <= question.name);
            places.insert(at, (question.name.clone(), (p, q)));
        }
    }
    places
}

fn read_page(page: &Object<'_>) -> Page {
    Page {
        id: page.string("id").unwrap_or_default().to_owned(),
        title: page.text("title"),
        intro: page.text("intro"),
        show_if: page.expression("show_if"),
        questions: read_questions(page),
        rules: page.objects("checks").iter().filter_map(read_rule).collect(),
        turns: Vec::new(),
        shuffle: page.flag("shuffle"),
        pinned: page.flag("pinned"),
        after_review: page.flag("after_review"),
    }
}

/// A turn to a page that is not there leads onwards; one that was checked has a page or an end.
fn read_turn(turn: &Object<'_>, pages: &[String]) -> Turn {
    Turn {
        when: turn.expression("if"),
        to: turn.string("to").and_then(|id| pages.iter().position(|page| page == id)),
        end: turn.text("end"),
    }
}

fn read_quota(quota: &Object<'_>) -> Option<Quota> {
    Some(Quota {
        name: quota.owned("name")?,
        when: quota.expression("if")?,
        limit: u64::try_from(quota.integer("limit")?).ok()?,
        text: quota.text("text"),
    })
}

/// Reads the field `questions`, of a page or of a group.
pub(crate) fn read_questions(object: &Object<'_>) -> Vec<Question> {
    object.objects("questions").iter().filter_map(read_question).collect()
}

/// `None` for a question whose name or kind cannot be told.
fn read_question(fields: &Object<'_>) -> Option<Question> {
    let Asked { control, domain, choices, rows, ordinal } = kind::build(fields.string("type")?, fields)?;
    let mut question = Question {
        name: fields.owned("name")?,
        text: text_or_empty(fields, "text"),
        hint: fields.text("hint"),
        easy: fields.text("easy"),
        media: fields.objects("media").iter().filter_map(read_media).collect(),
        required: fields.flag("required"),
        required_if: fields.expression("required_if"),
        show_if: fields.expression("show_if"),
        default: None,
        shuffle: fields.flag("shuffle"),
        pinned: fields.flag("pinned"),
        ordinal,
        control,
        domain,
        choices,
        rows,
        rows_from: fields.owned("rows_from"),
    };
    question.default = fields.value("default").and_then(|value| question.read_json(value));
    Some(question)
}

fn read_media(media: &Object<'_>) -> Option<Media> {
    let kind = match media.string("kind")? {
        "image" => MediaKind::Image,
        "audio" => MediaKind::Audio,
        "video" => MediaKind::Video,
        "sign" => MediaKind::Sign,
        _ => return None,
    };
    Some(Media {
        kind,
        src: media.owned("src")?,
        alt: text_or_empty(media, "alt"),
        captions: media.owned("captions"),
    })
}

fn read_rule(rule: &Object<'_>) -> Option<Rule> {
    Some(Rule {
        require: rule.expression("require")?,
        at: rule.owned("at")?,
        text: text_or_empty(rule, "text"),
    })
}

pub(crate) fn text_or_empty(object: &Object<'_>, name: &str) -> Text {
    object.text(name).unwrap_or_else(|| Text::from(""))
}

/// Reads a list of options or rows.
pub(crate) fn read_choices(question: &Object<'_>, field: &str) -> Vec<Choice> {
    question.objects(field).iter().filter_map(read_choice).collect()
}

fn read_choice(option: &Object<'_>) -> Option<Choice> {
    Some(Choice {
        code: option.integer("code")?,
        text: text_or_empty(option, "text"),
        other: option.flag("other"),
        exclusive: option.flag("exclusive"),
        pinned: option.flag("pinned"),
        show_if: option.expression("show_if"),
        within: option.integer("within"),
        card: read_card(option).map(Box::new),
    })
}

fn read_card(option: &Object<'_>) -> Option<Card> {
    let card = Card {
        about: option.text("about"),
        place: option.text("place"),
        cost: option.text("cost"),
        image: option.object("image").and_then(|image| {
            Some(Media {
                kind: MediaKind::Image,
                src: image.owned("src")?,
                alt: text_or_empty(&image, "alt"),
                captions: None,
            })
        }),
    };
    let bare = card.about.is_none() && card.place.is_none() && card.cost.is_none() && card.image.is_none();
    (!bare).then_some(card)
}
