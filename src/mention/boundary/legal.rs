//! Legal form: the letters after a company's name, which are part of it, also after a comma: "Elm Works, LLC".

use super::Around;
use crate::mention::name::{Name, NameClass};

/// Short forms that nothing else is called.
const FORMS: &[&str] =
    &["Inc", "Inc.", "LLC", "L.L.C.", "LLP", "L.L.P.", "L.P.", "Ltd", "Ltd.", "PLC", "plc", "Pty", "GmbH"];

impl Around<'_, '_> {
    /// "Elm Works, LLC, of Memphis" is one company.
    pub(super) fn to_legal_form(&self, name: &Name) -> Option<Name> {
        let length = if self.after(name, 0) == "," { 2 } else { 1 };
        let is_form = FORMS.contains(&self.after(name, length - 1));
        let may_be = !matches!(name.class, NameClass::Work | NameClass::Event | NameClass::Award);
        let class = match name.class {
            told if told.coarse() == NameClass::Organization => told,
            _ => NameClass::Company,
        };
        (is_form && may_be).then(|| self.extended(name, length, class))
    }
}
