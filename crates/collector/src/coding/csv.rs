//! A code frame as CSV (RFC 4180): a line a code, in order. What comes back says of codes with a number what they are now,
//! and adds those without one.

use super::frame::{Code, Frame};

/// The columns before and after those of the languages.
const NUMBER: &str = "number";
const ABOUT: &str = "description";
const RETIRED: &str = "retired";
const LABEL: &str = "label_";

/// Why lines are no code frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// The first line does not name the columns.
    Head,
    /// This line, counted from 1, cannot be read.
    Line(usize),
}

impl Frame {
    /// The file, with a column of labels for each language.
    pub(crate) fn to_csv(&self, languages: &[String]) -> String {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let labels = languages.iter().map(|lang| format!("{LABEL}{lang}"));
        let head: Vec<String> = std::iter::once(NUMBER.to_owned())
            .chain(labels)
            .chain([ABOUT.to_owned(), RETIRED.to_owned()])
            .collect();
        // A vector takes everything.
        drop(writer.write_record(&head));
        for code in &self.codes {
            let labels = languages.iter().map(|lang| code.label_in(lang).to_owned());
            let row: Vec<String> = std::iter::once(code.number.to_string())
                .chain(labels)
                .chain([code.about.clone(), u8::from(code.retired).to_string()])
                .collect();
            drop(writer.write_record(&row));
        }
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    /// The codes that a file says, in its order. A semicolon may stand for the comma, as spreadsheets here write it, and a
    /// tab, as what is copied from them has it.
    pub(crate) fn of_csv(&self, text: &str) -> Result<Vec<Code>, Unread> {
        let text = text.trim_start_matches('\u{feff}');
        let first = text.lines().next().unwrap_or_default();
        let delimiter =
            [b',', b';', b'\t'].into_iter().max_by_key(|mark| first.bytes().filter(|b| b == mark).count());
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter.unwrap_or(b','))
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let head = reader.headers().map_err(|_| Unread::Head)?.clone();
        if !head.iter().any(|name| name.starts_with(LABEL)) {
            return Err(Unread::Head);
        }
        let (mut codes, mut next) = (Vec::<Code>::new(), self.next_number());
        for (line, row) in reader.records().enumerate() {
            let row = row.map_err(|_| Unread::Line(line + 2))?;
            let code = self
                .code_of(&head, &row, &mut next)
                .filter(|code| codes.iter().all(|own| own.number != code.number));
            codes.push(code.ok_or(Unread::Line(line + 2))?);
        }
        Ok(codes)
    }

    /// One line. A number that the frame does not have is none of its codes.
    fn code_of(&self, head: &csv::StringRecord, row: &csv::StringRecord, next: &mut i64) -> Option<Code> {
        let cell = |name: &str| {
            head.iter().position(|own| own == name).and_then(|at| row.get(at)).unwrap_or_default()
        };
        let number = match cell(NUMBER) {
            "" => {
                *next += 1;
                *next - 1
            }
            number => {
                number.parse().ok().filter(|number| self.codes.is_empty() || self.code(*number).is_some())?
            }
        };
        let labels =
            head.iter().zip(row).filter_map(|(name, label)| Some((name.strip_prefix(LABEL)?, label)));
        let labels = labels.filter(|(_, label)| !label.is_empty());
        Some(Code {
            number: Some(number).filter(|number| *number > 0)?,
            label: labels.map(|(lang, label)| (lang.to_owned(), label.to_owned())).collect(),
            about: cell(ABOUT).to_owned(),
            retired: matches!(cell(RETIRED), "1" | "true" | "yes"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages() -> Vec<String> {
        ["kk", "ru"].map(str::to_owned).to_vec()
    }

    #[test]
    fn a_frame_goes_out_and_comes_back_the_same() {
        let label =
            |kk: &str, ru: &str| vec![("kk".to_owned(), kk.to_owned()), ("ru".to_owned(), ru.to_owned())];
        let roads = Code {
            number: 1,
            label: label("Жолдар", "Дороги; \"ямы\""),
            about: "а, б\nв".to_owned(),
            retired: false,
        };
        let light =
            Code { number: 4, label: label("Жарық", "Свет"), about: String::new(), retired: true };
        let frame = Frame { version: 2, codes: vec![light, roads] };
        let csv = frame.to_csv(&languages());
        assert!(csv.starts_with("number,label_kk,label_ru,description,retired\r\n4,"), "{csv}");
        assert_eq!(frame.of_csv(&csv).unwrap(), frame.codes);
        assert_eq!(Frame::default().of_csv(&csv).unwrap(), frame.codes, "into a frame that is empty");
    }

    #[test]
    fn lines_from_a_spreadsheet_add_codes_without_a_number() {
        let codes = Frame::default().of_csv("\u{feff}number;label_ru\n;Дороги\n; Свет \n").unwrap();
        let told: Vec<(i64, &str)> = codes.iter().map(|code| (code.number, code.label("ru"))).collect();
        assert_eq!(told, [(1, "Дороги"), (2, "Свет")]);
    }

    #[test]
    fn what_is_no_frame_is_refused_with_its_line() {
        let frame = Frame { version: 1, codes: vec![Code { number: 1, ..Code::default() }] };
        assert_eq!(frame.of_csv("a,b\n1,2"), Err(Unread::Head));
        assert_eq!(frame.of_csv(""), Err(Unread::Head));
        assert_eq!(frame.of_csv("number,label_ru\n1,a\n1,b"), Err(Unread::Line(3)), "twice");
        assert_eq!(frame.of_csv("number,label_ru\n9,a"), Err(Unread::Line(2)), "a code that never was");
        assert_eq!(Frame::default().of_csv("number,label_ru\n-1,a"), Err(Unread::Line(2)));
    }
}
