//! First wordings for a property that has a label and no phrases.

use crate::ontology::{Property, Wording};

/// What facts from a bare label are trusted with.
pub const CONFIDENCE: f32 = 0.5;

/// Which labels a form is for, and the clauses that it makes of them.
type Form = (fn(&str) -> bool, &'static [&'static str]);

/// How English turns a label into a clause.
const FORMS: &[Form] = &[
    (|label| label.ends_with(" of"), &["{subject} is the {label} {object}"]),
    (|label| label.ends_with(" by"), &["{subject} was {label} {object}"]),
    (
        |label| {
            ["in", "at", "on", "from", "to", "with", "for"].iter().any(|p| label.ends_with(&format!(" {p}")))
        },
        &["{subject} is {label} {object}", "{subject} was {label} {object}"],
    ),
    (|_| true, &["{object} is the {label} of {subject}", "The {label} of {subject} is {object}"]),
];

/// The wordings that a property's label suggests; each stands where the property does.
pub fn wordings(property: &Property) -> Vec<Wording> {
    let label = property.label.to_lowercase();
    let forms = FORMS.iter().find(|(applies, _)| applies(&label)).map_or(&[][..], |(_, forms)| forms);
    let wording = |form: &&str| Wording {
        text: form.replace("{label}", &label),
        precision: None,
        seen: None,
        origin: property.origin.clone(),
    };
    forms.iter().map(wording).collect()
}
