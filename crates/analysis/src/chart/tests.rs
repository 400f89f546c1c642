//! What holds for every picture.

use super::*;
use proptest::prelude::*;

/// Numbers as they are written in Kazakh and Russian.
struct Comma;

impl Format for Comma {
    fn count(&self, count: u64) -> String {
        count.to_string()
    }

    fn percent(&self, percent: f64) -> String {
        format!("{} %", self.number(percent, 1))
    }

    fn number(&self, number: f64, places: usize) -> String {
        format!("{number:.places$}").replace('.', ",")
    }

    fn hidden(&self) -> String {
        "жасырылған".to_owned()
    }
}

const CAPTION: Caption<'static> = Caption { id: "q1", title: "Баға <5>", description: "Бес баға" };

type Draw = fn(&[Bar]) -> String;

const PICTURES: [Draw; 5] = [
    |rows| bars(CAPTION, rows, &Comma),
    |rows| histogram(CAPTION, rows, &Comma),
    |rows| days(CAPTION, rows, &Comma),
    |rows| stack(CAPTION, &[Series { label: "Жол".to_owned(), bars: rows.to_vec() }], &Comma),
    |rows| heat(CAPTION, &[Series { label: "Жол".to_owned(), bars: rows.to_vec() }], &Comma),
];

fn bar(label: &str, count: Option<u64>) -> Bar {
    Bar { label: label.to_owned(), count, percent: count.map(|count| count as f64 / 2.0) }
}

#[test]
fn a_picture_has_a_name_a_description_and_neither_style_nor_script() {
    for draw in PICTURES {
        let svg = draw(&[bar("Қанағаттанамын", Some(150)), bar("Жоқ & <b>", Some(50))]);
        assert!(svg.contains(r#"role="img" aria-labelledby="q1-t q1-d""#), "{svg}");
        assert!(
            svg.contains(r#"<title id="q1-t">Баға &lt;5&gt;</title><desc id="q1-d">Бес баға</desc>"#),
            "{svg}"
        );
        for refused in ["style=", "<style", "<script", "href=", "<b>", "onload"] {
            assert!(!svg.contains(refused), "{refused} in {svg}");
        }
    }
}

#[test]
fn figures_are_written_as_the_language_does() {
    let svg = bars(CAPTION, &[bar("Иә", Some(75))], &Comma);
    assert!(svg.contains("37,5 % · 75"), "{svg}");
    assert_eq!(rows(&[bar("Иә", Some(75)), bar("Жоқ", None)], &Comma)[1], ["Жоқ", "жасырылған", ""]);
}

#[test]
fn what_is_hidden_has_no_length() {
    let rows = [bar("Иә", Some(150)), bar("Жоқ", None)];
    let svg = stack(CAPTION, &[Series { label: String::new(), bars: rows.to_vec() }], &Comma);
    assert!(!svg.contains("· 150") && svg.contains("жасырылған"), "{svg}");
    let svg = bars(CAPTION, &rows, &Comma);
    assert_eq!(svg.matches(r#"class="qc-1" x="0" y="#).count(), 2);
    assert!(svg.contains(r#"width="0""#) && svg.contains("жасырылған"), "{svg}");
}

#[test]
fn a_long_label_takes_several_lines_within_the_width() {
    let svg = bars(CAPTION, &[bar(&"Әлеуметтік қамсыздандыру ".repeat(12), Some(1))], &Comma);
    assert_eq!(svg.matches("<text").count(), 4);
    assert!(svg.contains('…'));
}

proptest! {
    #[test]
    fn no_text_or_number_breaks_a_picture(
        given in prop::collection::vec((".*", prop::option::of(0_u64..1_000_000_000), prop::option::of(0.0_f64..100.0)), 0..9)
    ) {
        let rows: Vec<Bar> = given.into_iter().map(|(label, count, percent)| Bar { label, count, percent }).collect();
        for draw in PICTURES {
            let svg = draw(&rows);
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf"));
            prop_assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
            prop_assert_eq!(svg.matches("<svg").count(), 1);
            prop_assert!(svg.chars().all(|c| c >= ' '));
        }
    }
}
