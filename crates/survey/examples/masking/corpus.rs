//! Texts as people type them, some with one identifier in them, some with other numbers. The numbers identify nobody: people
//! with these identity numbers would have been born in the nineteenth century, telephones end in zeros, cards and accounts are
//! the examples of their standards.

use survey::mask::Identifier;

/// A text, and what stands in it.
pub(crate) type Labelled = (String, Option<Identifier>);

/// What surrounds an identifier.
const AROUND: [&str; 8] = [
    "{}",
    "{}.",
    "Менің нөмірім {}, көмектесіңізші",
    "Прошу ответить: {}, спасибо",
    "Call me back ({})",
    "Өтінішімді қайтарды… {} — жауап жоқ!",
    "не помогли, вот {} и ещё ждал 45 минут",
    "«{}» деп жаздым, 12.03.2026",
];

/// What stands between groups of digits.
const BETWEEN: [&str; 6] = ["", " ", "-", "\u{a0}", ".", "\u{2009}"];

const EMAILS: [&str; 8] = [
    "asel@mail.kz",
    "asel.b_1+q@enbek.gov.kz",
    "A.B@EXAMPLE.COM",
    "info-2026@qala.example",
    "x@y.kz",
    "пошта@мысал.қаз",
    "asel＠mail.kz",
    "first.last@sub.domain.example.org",
];

const CARDS: [&str; 5] =
    ["4111111111111111", "5555555555554444", "6200000000000005", "378282246310005", "4000056655665556"];

const ACCOUNTS: [&str; 4] = [
    "KZ86125KZT5004100100",
    "DE89370400440532013000",
    "GB29NWBK60161331926819",
    "FR1420041010050500013M02606",
];

/// What no rule of ours finds, or only with a word before it; people write so.
const HARD: [(&str, Identifier); 14] = [
    ("мой номер 740000, город Шымкент", Identifier::Phone),
    ("звоните 7 701 000 00 00", Identifier::Phone),
    ("+7 семьсот один 000 00 00", Identifier::Phone),
    ("тел 701-0000000", Identifier::Phone),
    ("asel собака mail.kz", Identifier::Email),
    ("asel [at] mail.kz", Identifier::Email),
    ("asel@mail", Identifier::Email),
    ("asel @ mail.kz", Identifier::Email),
    ("850101100003", Identifier::Iin),
    ("850101/100002", Identifier::Iin),
    ("8501011ОООО2", Identifier::Iin),
    ("4111 1111 1111 1112", Identifier::Card),
    ("карта 4111 1111 1111", Identifier::Card),
    ("KZ86 125K ZT50 0410 0101", Identifier::Account),
];

/// Numbers of everyday life.
const OTHERS: [&str; 24] = [
    "Ждал 45 минут, потом ещё 30",
    "12 500 000 тенге",
    "87 012 345 678 тенге",
    "1 000 000 000 000",
    "№ 565 от 11.06.2003",
    "обращение KZ-2026/1234",
    "ЗТ-2026-00012345",
    "010000, Астана, пр. Мәңгілік Ел, 8",
    "21-318-071-1234",
    "51.1694, 71.4491",
    "автобусы 10, 12, 18, 37, 40, 53",
    "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12",
    "200 кВт·ч за 5 400 тенге",
    "@akimat",
    "мы @ дома",
    "10:00-18:00, 13:00-14:00 үзіліс",
    "тел. 1414",
    "109 немесе 112",
    "+7 балл",
    "-5 °C",
    "ISBN 978-5-17-118366-1",
    "версия 10.0.22631.4317",
    "192.0.2.146, порт 8080",
    "счёт за воду 2026-03-00481516",
];

/// Everything.
pub(crate) fn texts() -> Vec<Labelled> {
    let numbers = [
        (identity(false), Identifier::Iin),
        (identity(true), Identifier::Bin),
        (telephones(), Identifier::Phone),
        (EMAILS.map(str::to_owned).to_vec(), Identifier::Email),
        (CARDS.iter().flat_map(|card| grouped(card, &[4, 4, 4, 4])).collect(), Identifier::Card),
        (accounts(), Identifier::Account),
    ];
    let placed = numbers.into_iter().flat_map(|(texts, identifier)| {
        texts
            .into_iter()
            .flat_map(move |text| AROUND.map(|around| (around.replace("{}", &text), Some(identifier))))
    });
    let hard = HARD.map(|(text, identifier)| (text.to_owned(), Some(identifier)));
    let others = OTHERS.map(|text| (text.to_owned(), None));
    placed
        .chain(hard)
        .chain(others)
        .chain(days().map(|day| (day, None)))
        .chain(sums().map(|sum| (sum, None)))
        .collect()
}

/// Identity numbers, or those of organizations, in groups.
fn identity(of_organization: bool) -> Vec<String> {
    // Of an organization: year, month, its kind; of somebody: a date in the nineteenth century.
    let begun = if of_organization {
        ["9904400003", "0503400127", "2111400560"]
    } else {
        ["8501011000", "6012131003", "9902281017"]
    };
    let numbers =
        begun.iter().flat_map(|begun| (0..10).filter_map(move |digit| checked(&format!("{begun}{digit}"))));
    numbers.take(8).flat_map(|number| grouped(&number, &[6, 3, 3])).collect()
}

/// Eleven digits with their check digit (Government Decree No. 565 of 11 June 2003); none where no number begins so.
fn checked(digits: &str) -> Option<String> {
    let values: Vec<u32> = digits.chars().filter_map(|digit| digit.to_digit(10)).collect();
    let sum = |first: u32| {
        let weight = |place: u32| (first + place - 1) % 11 + 1;
        values.iter().zip(0..).map(|(value, place)| value * weight(place)).sum::<u32>() % 11
    };
    let check = [sum(1), sum(3)].into_iter().find(|check| *check < 10)?;
    Some(format!("{digits}{check}"))
}

/// Digits as one, in groups with each sign between, and one by one.
fn grouped(digits: &str, sizes: &[usize]) -> Vec<String> {
    let mut rest = digits;
    let mut groups: Vec<&str> = Vec::new();
    for size in sizes {
        let (group, left) = rest.split_at((*size).min(rest.len()));
        groups.push(group);
        rest = left;
    }
    groups.retain(|group| !group.is_empty());
    let apart: Vec<String> = digits.chars().map(String::from).collect();
    BETWEEN.iter().map(|between| groups.join(between)).chain([apart.join(" ")]).collect()
}

fn telephones() -> Vec<String> {
    let parts = [("701", "000"), ("777", "000"), ("747", "000"), ("7172", "74"), ("7272", "00")];
    let written = parts.iter().flat_map(|(code, middle)| {
        let all = format!("{code}{middle}0000");
        [
            format!("+7{all}"),
            format!("8{all}"),
            format!("+7 {code} {middle} 00 00"),
            format!("8 ({code}) {middle}-00-00"),
            format!("8-{code}-{middle}-00-00"),
            format!("+7({code}){middle}0000"),
            format!("8 {code} {middle}0000"),
            format!("+7\u{a0}{code}\u{a0}{middle}\u{2011}00\u{2011}00"),
        ]
    });
    let abroad = ["+49 30 000000000", "+998 90 000 00 00", "+996 700 000000"].map(str::to_owned);
    written.chain(abroad).collect()
}

fn accounts() -> Vec<String> {
    let written = |account: &&str| {
        let groups: Vec<&str> =
            (0..account.len()).step_by(4).map(|at| &account[at..(at + 4).min(account.len())]).collect();
        [(*account).to_owned(), groups.join(" "), account.to_lowercase()]
    };
    ACCOUNTS.iter().flat_map(written).collect()
}

fn days() -> impl Iterator<Item = String> {
    let each = (1..=12).flat_map(|month| (1..=28).step_by(3).map(move |day| (month, day)));
    each.flat_map(|(month, day)| {
        [
            format!("{day:02}.{month:02}.2026 14:30"),
            format!("2026-{month:02}-{day:02}"),
            format!("{day:02}{month:02}2026"),
        ]
    })
}

fn sums() -> impl Iterator<Item = String> {
    (1..200_u64).flat_map(|number| {
        let sum = number * 7_919_003;
        [
            format!("{sum} тг"),
            format!("{} {:03} тенге", sum / 1000, sum % 1000),
            format!("обращение {sum:012}/{number}"),
        ]
    })
}
