//! Problems in the citizen's words: what happened and how to mend it, in the words of the question (GOV.UK Design
//! System, error message).

use crate::control::search_matches;
use crate::session::Session;
use crate::spoken::{moment, number};
use survey::definition::Variable;
use survey::domain::moment::Moment;
use survey::domain::number::Bounds;
use survey::domain::words::{Form, Words};
use survey::kind::WHOLE;
use survey::{Answer, Choice, Code, Control, Domain, Problem, Question};

/// The message for a problem, and the id of the field that mends it.
pub(crate) struct Message {
    /// What to say.
    pub(crate) text: String,
    /// The field to go to.
    pub(crate) field: String,
    /// The name under which its question stands on the page.
    pub(crate) question: String,
}

/// A problem with the question that it is at.
struct At<'a> {
    session: &'a Session,
    problem: &'a Problem,
    question: &'a Question,
    /// The name under which the question stands on the page.
    name: &'a str,
}

/// The message for a problem; `None` for one that no citizen can mend.
pub(crate) fn message(session: &Session, problem: &Problem) -> Option<Message> {
    let path = problem.question.as_deref()?;
    let (question, of_other) = match path.split('.').nth(2) {
        Some(inner) => (inner_question(session, path, inner)?, false),
        None => match session.fixed.survey.variable(path)? {
            Variable::Answer(question) => (question, false),
            Variable::Other(question) => (question, true),
        },
    };
    let name = if of_other { &question.name } else { path };
    let at = At { session, problem, question, name };
    let text = match problem.code {
        Code::Rule => at.rule()?,
        code => at.words(code),
    };
    let field = if of_other { format!("{name}-other") } else { at.field() };
    Some(Message { text, field, question: name.to_owned() })
}

/// A question inside an entry: `people.0.age`.
fn inner_question<'a>(session: &'a Session, path: &str, name: &str) -> Option<&'a Question> {
    let outer = session.fixed.survey.question(path.split('.').next()?)?;
    let Domain::Entries(group) = &outer.domain else { return None };
    group.questions.iter().find(|question| question.name == name)
}

impl At<'_> {
    fn words(&self, code: Code) -> String {
        let domain = self.cell();
        if self.problem.param("row").is_some() && code == Code::Required {
            return self.fill("row_missing", &[]);
        }
        match (code, domain) {
            (Code::NotANumber, Domain::Number(bounds)) if bounds.places == 0 => {
                self.fill("number_whole", &[])
            }
            (Code::TooManyPlaces, Domain::Number(bounds)) if bounds.places == 0 => {
                self.fill("number_whole", &[])
            }
            (Code::TooManyPlaces, _) => self.count("number_places", "max"),
            (Code::OutOfBounds, Domain::Number(bounds)) if WHOLE => self.bounds(bounds),
            (Code::TooEarly | Code::TooLate, Domain::Moment(asked)) if WHOLE => self.limits(asked),
            (Code::Incomplete, Domain::Moment(_)) if WHOLE => {
                let part = self.problem.param("part").and_then(|part| usize::try_from(part).ok());
                self.fill(
                    ["date_missing_day", "date_missing_month", "date_missing_year"][self.part_of(part)],
                    &[],
                )
            }
            (Code::WrongForm, Domain::Words(words)) => self.form(words),
            _ => self.fill(self.key(code, domain), &[]),
        }
    }

    /// Which of day, month and year a part is; hours and minutes are spoken of as a whole.
    fn part_of(&self, part: Option<usize>) -> usize {
        let Domain::Moment(moment) = &self.question.domain else { return 0 };
        let part = part.and_then(|part| moment.unit.fields().get(part)).copied();
        ["d", "m", "y"].iter().position(|known| Some(*known) == part).unwrap_or(0)
    }

    fn key(&self, code: Code, domain: &Domain) -> &'static str {
        match (code, domain) {
            (Code::Required, _) => self.required(),
            (Code::UnknownOption, _) if WHOLE && matches!(self.question.control, Control::Search) => {
                self.no_match()
            }
            (Code::TooLong, _) => "too_long",
            (Code::TooFew, Domain::Entries(_)) => "too_few_entries",
            (Code::TooMany, Domain::Entries(_)) => "too_many_entries",
            (Code::TooFew, _) => "too_few",
            (Code::TooMany, _) => "too_many",
            (Code::Exclusive, _) => "exclusive",
            (Code::OutOfRange, _) => "out_of_range",
            (Code::UnknownOption, _) => "unknown_option",
            (Code::OtherNotChosen, _) => "other_not_chosen",
            (Code::NotANumber, _) => "number_unreadable",
            (Code::NotAMoment, Domain::Moment(moment))
                if moment.unit.fields().len() == 2 && moment.unit.fields()[0] == "h" =>
            {
                "time_unreal"
            }
            (Code::NotAMoment, _) => "date_unreal",
            (Code::Repeated, Domain::Ranking { .. }) => "rank_twice",
            (Code::Incomplete, Domain::Ranking { .. }) => "rank_incomplete",
            (Code::Incomplete, _) => "required_place",
            (Code::WrongTotal, _) => "sum_wrong",
            _ => "not_taken",
        }
    }

    fn required(&self) -> &'static str {
        match (&self.question.control, &self.question.domain) {
            (Control::Cascade { .. }, _) => "required_place",
            (_, Domain::Several { .. }) if self.question.choices.len() == 1 => "required_consent",
            (_, Domain::Several { .. }) => "required_choices",
            (_, Domain::One) => "required_choice",
            (_, Domain::Rows(_)) => "row_required",
            (_, Domain::Ranking { .. }) => "rank_incomplete",
            _ => "required_text",
        }
    }

    /// Whether what was typed is no option at all, or could be several.
    fn no_match(&self) -> &'static str {
        let typed = self.session.answers.with_untracked(|answers| match answers.get(self.name) {
            Some(Answer::Typed(typed)) => search_matches(&self.question.choices, &typed.concat()).len(),
            _ => 0,
        });
        if typed > 1 { "several_match" } else { "no_match" }
    }

    fn bounds(&self, bounds: &Bounds) -> String {
        let said = |bound: Option<_>| bound.map_or(String::new(), |bound| number(self.session, bound));
        let key = match (bounds.min, bounds.max) {
            (Some(_), Some(_)) => "number_between",
            (Some(_), None) => "number_min",
            _ => "number_max",
        };
        self.fill(key, &[("min", said(bounds.min)), ("max", said(bounds.max))])
    }

    fn limits(&self, asked: &Moment) -> String {
        let said = |bound: &Option<String>| {
            bound.as_ref().map_or(String::new(), |bound| moment(self.session, asked.unit, bound))
        };
        let key = if self.problem.code == Code::TooEarly { "date_too_early" } else { "date_too_late" };
        self.fill(key, &[("min", said(&asked.min)), ("max", said(&asked.max))])
    }

    fn form(&self, words: &Words) -> String {
        match words.form {
            Form::Email => self.fill("email_form", &[]),
            Form::Phone => self.fill("phone_form", &[]),
            form => self.fill("code_form", &[("example", form.example().to_owned())]),
        }
    }

    /// The domain of the answer; that of a cell, where a row is concerned.
    fn cell(&self) -> &Domain {
        match &self.question.domain {
            Domain::Rows(rows) if self.problem.param("row").is_some() => &rows.cell,
            domain => domain,
        }
    }

    fn count(&self, key: &str, param: &str) -> String {
        let session = self.session;
        session.fixed.words.count(
            key,
            self.problem.param(param).unwrap_or(0),
            &[("q", session.say(&self.question.text))],
        )
    }

    fn fill(&self, key: &str, values: &[(&str, String)]) -> String {
        let (session, question) = (self.session, self.question);
        let number = |name: &str| self.problem.param(name).map_or(String::new(), |number| number.to_string());
        let concerned = |choice: &&Choice| {
            if self.problem.code == Code::Exclusive { choice.exclusive } else { choice.other }
        };
        let said = |choice: Option<&Choice>| choice.map_or(String::new(), |choice| session.say(&choice.text));
        let row = self.problem.param("row");
        let mut all = values.to_vec();
        all.push(("q", session.say(&question.text)));
        all.push(("option", said(question.choices.iter().find(concerned))));
        all.push(("row", said(question.rows.iter().find(|choice| Some(choice.code) == row))));
        all.push(("min", number("min")));
        all.push(("max", self.most().map_or(String::new(), |most| most.to_string())));
        session.fixed.words.fill(key, &all)
    }

    /// The bound that the problem names. That nothing was put in order names none: then it is the number of places.
    fn most(&self) -> Option<i64> {
        let places = || match self.question.domain {
            Domain::Ranking { places } if WHOLE => Some(places.min(self.question.choices.len())),
            _ => None,
        };
        self.problem.param("max").or_else(|| i64::try_from(places()?).ok())
    }

    fn rule(&self) -> Option<String> {
        let survey = &self.session.fixed.survey;
        let (page, _) = survey.place(&self.question.name)?;
        let rule = usize::try_from(self.problem.param("rule")?).ok()?;
        // The rules of a page that is split stand at its last part.
        let mut parts = survey.pages[page..].iter().filter(|part| part.id == survey.pages[page].id);
        Some(self.session.say(&parts.find_map(|part| part.rules.get(rule))?.text))
    }

    /// The id of the field that mends it: the one of the row or the part, else the question's first.
    fn field(&self) -> String {
        let (name, question) = (self.name, self.question);
        let code = |choice: Option<&Choice>| choice.map_or(String::new(), |choice| choice.code.to_string());
        let (route, place) = (&self.session.route, self.session.fixed.survey.place(&question.name));
        let offered = |choice: &&Choice| {
            place.is_none_or(|place| route.with_untracked(|route| route.offers(place, choice.code)))
        };
        let asked = |row: &&Choice| {
            place.is_none_or(|place| route.with_untracked(|route| route.asks_row(place, row.code)))
        };
        let first = code(question.choices.iter().find(offered));
        let first_row = || code(question.rows.iter().find(asked));
        match (&question.control, &question.domain) {
            (Control::Grid, _) if WHOLE => {
                let row = self.problem.param("row").map_or_else(first_row, |row| row.to_string());
                format!("{name}-{row}-{first}")
            }
            (Control::Amounts { .. }, _) if WHOLE => {
                let row = self.problem.param("row").map_or_else(first_row, |row| row.to_string());
                format!("{name}-{row}")
            }
            (Control::Cascade { .. }, _) => format!("{name}-1"),
            (Control::Parts, Domain::Moment(moment)) if WHOLE => {
                let part =
                    self.problem.param("part").and_then(|part| usize::try_from(part).ok()).unwrap_or(0);
                format!("{name}-{}", moment.unit.fields().get(part).copied().unwrap_or_default())
            }
            (Control::Entries { .. }, Domain::Entries(group)) if WHOLE => {
                let first = group.questions.first().map_or("", |question| question.name.as_str());
                format!("{name}.0.{first}")
            }
            (Control::Line(_) | Control::Area { .. } | Control::Select | Control::Search, _) => {
                name.to_owned()
            }
            _ => format!("{name}-{first}"),
        }
    }
}
