//! What stands in a package, in Kazakh, Russian and English.

use crate::codebook::{Codebook, Voice, disclosure};
use crate::export::labels;
use std::io::{self, Write};
use survey::Missing;

const PARTS: [&str; 5] = ["p_data", "p_codebook", "p_questionnaire", "p_scripts", "p_manifest"];

pub(super) fn write(codebook: &Codebook, sink: &mut dyn Write) -> io::Result<()> {
    for lang in ["kk", "ru", "en"] {
        let voice = Voice::of(lang);
        writeln!(sink, "# {} – {}\n", voice.text(&codebook.survey.title), voice.word("package"))?;
        let responses = codebook.figures.as_ref().map_or(0, |figures| figures.responses);
        for part in PARTS {
            writeln!(sink, "- {}", voice.fill(part, &[("n", responses.to_string())]))?;
        }
        writeln!(sink, "\n## {}\n\n{}\n", voice.word("reasons"), voice.word("reasons_note"))?;
        for missing in Missing::ALL {
            writeln!(sink, "- `{}` {}", missing.code(), labels::reason(missing, lang))?;
        }
        writeln!(sink, "\n## {}\n", voice.word("about"))?;
        for statement in disclosure(codebook, &voice) {
            writeln!(sink, "- **{}.** {}", statement.heading, statement.text)?;
        }
        writeln!(sink)?;
    }
    Ok(())
}
