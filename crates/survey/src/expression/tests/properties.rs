//! What must hold of every text, every tree and every set of answers.

use super::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// An expression as a tree of steps, whatever their types.
#[derive(Clone, Debug)]
struct Tree(Step, Vec<Tree>);

impl Tree {
    fn flatten(&self, steps: &mut Vec<Step>) {
        self.1.iter().for_each(|operand| operand.flatten(steps));
        steps.push(self.0.clone());
    }

    fn expression(&self) -> Expression {
        let mut steps = Vec::new();
        self.flatten(&mut steps);
        Expression { places: vec![1; steps.len()], steps }
    }

    /// Text with no more parentheses than are needed, and how tightly its outermost operator binds.
    fn print(&self) -> (String, u8) {
        let within = |operand: &Self, level: u8| {
            let (text, own) = operand.print();
            if own < level { format!("({text})") } else { text }
        };
        let joined = || self.1.iter().map(|operand| operand.print().0).collect::<Vec<_>>().join(", ");
        match &self.0 {
            Step::Number(number) => (number.to_plain(), u8::MAX),
            Step::Text(text) => (format!("'{text}'"), u8::MAX),
            Step::List(list) => (format!("{list:?}"), u8::MAX),
            Step::Variable(variable) => (variable.clone(), u8::MAX),
            Step::Row(variable, row) => (format!("{variable}[{row}]"), u8::MAX),
            Step::Of(function, variable) => (format!("{}({variable})", function.name()), u8::MAX),
            Step::Call(function, _) => (format!("{}({})", function.name(), joined()), u8::MAX),
            Step::Not => (format!("not {}", within(&self.1[0], NOT)), NOT),
            Step::Negative => match &self.1[0].0 {
                Step::Number(number) => (format!("-({})", number.to_plain()), u8::MAX),
                _ => (format!("-{}", within(&self.1[0], u8::MAX)), u8::MAX),
            },
            Step::Binary(operator) => {
                let level = operator.level();
                let left = level + u8::from(level == COMPARISON);
                let (left, right) = (within(&self.1[0], left), within(&self.1[1], level + 1));
                (format!("{left} {} {right}", operator.text()), level)
            }
        }
    }
}

fn name() -> impl Strategy<Value = String> {
    select(NAMES.to_vec()).prop_map(str::to_owned)
}

fn amount() -> impl Strategy<Value = Number> {
    (-1_000_000_000_000_000_i64..1_000_000_000_000_000)
        .prop_map(|millionths| Number::from_millionths(millionths).unwrap())
}

fn leaf() -> impl Strategy<Value = Tree> {
    let takes_rows: Vec<Function> = Function::ALL.into_iter().filter(|it| it.takes_rows()).collect();
    prop_oneof![
        amount().prop_map(Step::Number),
        (-9_i64..99).prop_map(|whole| Step::Number(Number::from_whole(whole).unwrap())),
        "[^']{0,8}".prop_map(Step::Text),
        vec(-9_i64..99, 1..4).prop_map(Step::List),
        name().prop_map(Step::Variable),
        (name(), 0_i64..5).prop_map(|(variable, row)| Step::Row(variable, row)),
        (select(takes_rows), name()).prop_map(|(function, variable)| Step::Of(function, variable)),
    ]
    .prop_map(|step| Tree(step, Vec::new()))
}

fn tree() -> impl Strategy<Value = Tree> {
    leaf().prop_recursive(6, 40, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|operand| Tree(Step::Not, vec![operand])),
            inner.clone().prop_map(|operand| Tree(Step::Negative, vec![operand])),
            (select(Operator::ALL.to_vec()), inner.clone(), inner.clone())
                .prop_map(|(operator, left, right)| Tree(Step::Binary(operator), vec![left, right])),
            (select(Function::ALL.to_vec()), vec(inner, 0..4)).prop_map(|(function, operands)| {
                match operands.as_slice() {
                    // What the parser makes of a variable that stands alone.
                    [Tree(Step::Variable(variable), _)] if function.takes_rows() => {
                        Tree(Step::Of(function, variable.clone()), Vec::new())
                    }
                    _ => Tree(Step::Call(function, operands.len()), operands),
                }
            }),
        ]
    })
}

/// The text of an expression of this type, for the variables of [`Sample`].
fn text_of(kind: Type, depth: u32) -> BoxedStrategy<String> {
    if depth == 0 {
        return leaf_of(kind);
    }
    prop_oneof![leaf_of(kind), branch_of(kind, depth - 1)].boxed()
}

fn leaf_of(kind: Type) -> BoxedStrategy<String> {
    match kind {
        Type::Truth => prop_oneof![
            select(vec![
                "c == 1",
                "s has 2",
                "answered(g)",
                "e in [-5, 4]",
                "s != [1, 97]",
                "d == '2001-01-01'"
            ])
            .prop_map(str::to_owned)
        ]
        .boxed(),
        Type::Code => select(vec!["c", "e", "g[1]", "g[3]"]).prop_map(str::to_owned).boxed(),
        Type::Codes => select(vec!["s", "[1, 2]"]).prop_map(str::to_owned).boxed(),
        Type::Number => prop_oneof![
            select(vec!["n", "k", "h[2]", "count(s)", "mean(g)", "0", "12.5"]).prop_map(str::to_owned),
            amount().prop_map(Number::to_plain),
        ]
        .boxed(),
        Type::Text => select(vec!["t", "u", "'ә'"]).prop_map(str::to_owned).boxed(),
        Type::Day | Type::Rows => select(vec!["d", "today()"]).prop_map(str::to_owned).boxed(),
    }
}

fn branch_of(kind: Type, depth: u32) -> BoxedStrategy<String> {
    let of = |kind| text_of(kind, depth);
    let pair = |left, words: Vec<&'static str>, right| {
        (of(left), select(words), of(right))
            .prop_map(|(left, word, right)| format!("({left}) {word} ({right})"))
    };
    let order = || vec!["==", "!=", "<", "<=", ">", ">="];
    match kind {
        Type::Truth => prop_oneof![
            of(Type::Truth).prop_map(|a| format!("not ({a})")),
            pair(Type::Truth, vec!["and", "or", "==", "!="], Type::Truth),
            pair(Type::Number, vec!["<", "<=", ">", ">="], Type::Code),
            pair(Type::Number, order(), Type::Number),
            pair(Type::Day, order(), Type::Day),
            pair(Type::Text, vec!["==", "!="], Type::Text),
            pair(Type::Codes, vec!["has"], Type::Code),
            pair(Type::Code, vec!["in"], Type::Codes),
        ]
        .boxed(),
        Type::Number => prop_oneof![
            pair(Type::Number, vec!["+", "-", "*", "/"], Type::Number),
            pair(Type::Code, vec!["+", "-", "*", "/"], Type::Number),
            of(Type::Number).prop_map(|a| format!("-({a})")),
            of(Type::Number).prop_map(|a| format!("round({a}, 2)")),
            of(Type::Code).prop_map(|a| format!("band({a}, [1, 2])")),
            of(Type::Text).prop_map(|a| format!("length({a})")),
            of(Type::Day).prop_map(|a| format!("age({a}) + year({a}) + days({a}, today())")),
            (select(vec!["sum", "mean", "min", "max"]), of(Type::Number), of(Type::Code))
                .prop_map(|(function, a, b)| format!("{function}({a}, ({b}))")),
            (of(Type::Truth), of(Type::Code), of(Type::Number))
                .prop_map(|(a, b, c)| format!("if({a}, {b}, {c})")),
        ]
        .boxed(),
        Type::Text | Type::Day | Type::Codes => (of(Type::Truth), of(kind), of(kind))
            .prop_map(|(condition, then, otherwise)| format!("if({condition}, {then}, {otherwise})"))
            .boxed(),
        Type::Code | Type::Rows => of(kind),
    }
}

fn any_code() -> impl Strategy<Value = i64> {
    prop_oneof![-9_i64..9, Just(97), any::<i64>()]
}

fn maybe(datum: impl Strategy<Value = Datum> + 'static) -> BoxedStrategy<Datum> {
    prop_oneof![1 => Just(Datum::Nothing), 3 => datum].boxed()
}

fn a_code() -> BoxedStrategy<Datum> {
    maybe(any_code().prop_map(Datum::Code))
}

fn a_number() -> BoxedStrategy<Datum> {
    maybe(amount().prop_map(Datum::Number))
}

fn a_text() -> BoxedStrategy<Datum> {
    maybe(".{0,8}".prop_map(Datum::Text))
}

/// Answers of the types that [`Sample`] names.
fn any_answers() -> impl Strategy<Value = Answers> {
    let set = maybe(vec(any_code(), 0..4).prop_map(Datum::Codes));
    let day = maybe((-25_567..84_005).prop_map(|days| Datum::Day(Date::from_days(days).unwrap())));
    let rows = |cell| vec(cell, 3).prop_map(|cells| (1..).zip(cells).collect::<Vec<(i64, Datum)>>());
    let single = (a_code(), a_code(), set, a_number(), a_number(), a_text(), a_text(), day);
    (single, rows(a_code()), rows(a_number())).prop_map(|((c, e, s, n, k, t, u, d), g, h)| Answers {
        data: vec![("c", c), ("e", e), ("s", s), ("n", n), ("k", k), ("t", t), ("u", u), ("d", d)],
        grids: vec![("g", g), ("h", h)],
    })
}

fn has_type(datum: &Datum, kind: Type) -> bool {
    match datum {
        Datum::Nothing => kind != Type::Truth,
        Datum::Truth(_) => kind == Type::Truth,
        Datum::Code(_) => kind == Type::Code,
        Datum::Codes(_) => kind == Type::Codes,
        Datum::Number(_) => kind == Type::Number,
        Datum::Text(_) => kind == Type::Text,
        Datum::Day(_) => kind == Type::Day,
    }
}

/// The place of a message lies within the text, or just behind it.
fn check_place(text: &str, error: &str) {
    let place: usize = error.strip_prefix("character ").unwrap().split(':').next().unwrap().parse().unwrap();
    assert!((1..=text.chars().count() + 1).contains(&place), "{text}: {error}");
}

/// Words and signs of the language in any order.
fn babble() -> impl Strategy<Value = String> {
    let words = "and or not in has == != < <= > >= = ( ) [ ] , + - * / 1 2.5 99999999999999 'a' ' \" c s n t d g x sum( if( band( ә 😀";
    vec(select(words.split(' ').collect::<Vec<_>>()), 0..30).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn any_text_is_parsed_or_refused_at_a_place_within_it(text in prop_oneof![".*", babble()]) {
        match parse(&text) {
            Ok(expression) => {
                prop_assert!(Expression::read(&text).is_some());
                if let Err(error) = expression.type_of(&Sample) {
                    check_place(&text, &error);
                }
            }
            Err(error) => {
                prop_assert!(Expression::read(&text).is_none());
                check_place(&text, &error);
            }
        }
    }

    #[test]
    fn a_tree_that_is_printed_and_parsed_is_the_same(tree in tree()) {
        let text = tree.print().0;
        prop_assert_eq!(parse(&text), Ok(tree.expression()), "{}", text);
    }

    #[test]
    fn a_tree_gives_what_its_type_promised(tree in tree(), answers in any_answers()) {
        let expression = tree.expression();
        let datum = expression.evaluate(&answers);
        if let Ok(kind) = expression.type_of(&Sample) {
            prop_assert!(has_type(&datum, kind), "{:?} of {:?}", datum, kind);
        }
    }

    #[test]
    fn a_sound_text_gives_what_its_type_promised(
        (kind, text) in select(vec![Type::Truth, Type::Code, Type::Codes, Type::Number, Type::Text, Type::Day])
            .prop_flat_map(|kind| (Just(kind), text_of(kind, 3))),
        answers in any_answers(),
    ) {
        let expression = parse(&text).unwrap();
        prop_assert_eq!(expression.type_of(&Sample), Ok(kind), "{}", text);
        let datum = expression.evaluate(&answers);
        prop_assert!(has_type(&datum, kind), "{:?} of {}", datum, text);
    }
}
