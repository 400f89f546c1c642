//! A page with every picture, for whoever works on them: `cargo run -p qulaq-analysis --example pictures > pictures.html`.

use analysis::chart::{Bar, Caption, Format, STYLE, Series, bars, days, heat, histogram, stack};
use std::io::Write as _;

struct Kazakh;

impl Format for Kazakh {
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
        "көрсетілмейді".to_owned()
    }
}

fn given(counts: &[(&str, u64)]) -> Vec<Bar> {
    let total: u64 = counts.iter().map(|(_, count)| count).sum();
    let bar = |(label, count): &(&str, u64)| Bar {
        label: (*label).to_owned(),
        count: (*count > 0).then_some(*count),
        percent: (*count > 0).then(|| 100.0 * *count as f64 / total as f64),
    };
    counts.iter().map(bar).collect()
}

fn main() -> std::io::Result<()> {
    let caption = |id| Caption {
        id, title: "Қызмет сапасы", description: "Жауаптардың үлестірілуі"
    };
    let scale = [
        ("Мүлде қанағаттанбаймын", 41),
        ("Қанағаттанбаймын", 60),
        ("Айта алмаймын", 88),
        ("Қанағаттанамын", 240),
        ("Өте қанағаттанамын", 171),
    ];
    let other = scale.map(|(label, count)| (label, 300 - count));
    let rows = [
        Series {
            label: "Қызметкерлердің сыпайылығы және мәселені шешуге дайындығы".to_owned(),
            bars: given(&scale),
        },
        Series { label: "Күту уақыты".to_owned(), bars: given(&other) },
    ];
    let months = ["10.11", "11.11", "12.11", "13.11", "14.11", "15.11", "16.11"];
    let counts = [12, 80, 44, 0, 61, 95, 20];
    let by_day: Vec<(&str, u64)> = months.into_iter().zip(counts).collect();
    let ages = [("18–27", 40), ("28–37", 120), ("38–47", 90), ("48–57", 61), ("58–67", 15)];
    let roads = [
        ("Жолдар мен көшелерді жөндеу, жаяу жүргіншілер жолдары мен көше жарығы", 512),
        ("Мектептер", 230),
        ("Басқа", 0),
    ];
    let pictures = [
        bars(caption("a"), &given(&roads), &Kazakh),
        stack(caption("b"), &rows[..1], &Kazakh),
        stack(caption("c"), &rows, &Kazakh),
        heat(caption("d"), &rows, &Kazakh),
        histogram(caption("e"), &given(&ages), &Kazakh),
        days(caption("f"), &given(&by_day), &Kazakh),
    ];
    let page = format!(
        "<!doctype html><html lang=kk><meta charset=utf-8><meta name=viewport content='width=device-width'>\
         <style>:root{{color-scheme:light dark;font:16px sans-serif}}{STYLE}</style>{}</html>",
        pictures.join("<hr>")
    );
    std::io::stdout().write_all(page.as_bytes())
}
