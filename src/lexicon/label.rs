//! First wordings for a property that has a label and no phrases.

mod expectation;

use crate::ontology::{Property, Wording};
pub use expectation::{End, Expectation, are_related};

/// What facts from a bare label are trusted with.
pub const CONFIDENCE: f32 = 0.5;

/// A condition on a label, and how English turns labels that meet it into clauses.
struct Form {
    applies: fn(&str) -> bool,
    clauses: &'static [&'static str],
}

/// The first form that applies is taken.
const FORMS: &[Form] = &[
    Form { applies: |label| label.ends_with(" of"), clauses: &["{subject} is the {label} {object}"] },
    Form { applies: |label| label.ends_with(" by"), clauses: &["{subject} was {label} {object}"] },
    Form {
        applies: ends_in_preposition,
        clauses: &["{subject} is {label} {object}", "{subject} was {label} {object}"],
    },
    Form {
        applies: |_| true,
        clauses: &["{object} is the {label} of {subject}", "The {label} of {subject} is {object}"],
    },
];

fn ends_in_preposition(label: &str) -> bool {
    let last = label.rsplit_once(' ').map(|(_, last)| last);
    last.is_some_and(|last| ["in", "at", "on", "from", "to", "with", "for"].contains(&last))
}

/// The wordings that a property's label suggests; each stands where the property does.
pub fn wordings(property: &Property) -> Vec<Wording> {
    let label = property.label.to_lowercase();
    let clauses = FORMS.iter().find(|form| (form.applies)(&label)).map_or(&[][..], |form| form.clauses);
    let wording = |form: &&str| Wording {
        text: form.replace("{label}", &label),
        precision: None,
        seen: None,
        origin: property.origin.clone(),
    };
    clauses.iter().map(wording).collect()
}
