//! The form of a survey that asks for work: it names the script that works, and carries what was worked from page to page
//! where it is posted.

use super::document::escape;

/// The field of what was worked. A form whose scripts do not run has none.
const WORK: &str = "_work";

/// Takes it out of the fields of a posted form.
pub(super) fn taken(fields: &mut Vec<(String, String)>) -> Option<String> {
    let at = fields.iter().position(|(name, _)| name == WORK)?;
    let work = fields.remove(at).1;
    fields.retain(|(name, _)| name != WORK);
    Some(work)
}

/// A form that names the script, with what was worked for it so far.
pub(super) fn carrying(form: &str, work: Option<&str>) -> String {
    let form = form.replacen(" data-module=\"", " data-module=\"work\" data-then=\"", 1);
    match form.rsplit_once("</form>").zip(work) {
        Some(((form, rest), work)) => {
            format!("{form}<input type=\"hidden\" name=\"{WORK}\" value=\"{}\"></form>{rest}", escape(work))
        }
        None => form,
    }
}
