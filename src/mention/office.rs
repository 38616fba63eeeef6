//! Office: words with capitals that say what somebody is or sits on, and name nothing: "General Manager", "Board of Directors".

use super::name::{Name, NameClass};
use crate::document::{TokenId, TokenRange};
use crate::lexicon::gazetteer;
use crate::syntax::Parsed;

/// Last words of what people are called for what they do, which no name ends with.
const OFFICES: &[&str] = &[
    "Administrator",
    "Adviser",
    "Advisor",
    "Associate",
    "Chair",
    "Chairman",
    "Chairwoman",
    "Chairperson",
    "Coach",
    "Consultant",
    "Coordinator",
    "Director",
    "Executive",
    "Fellow",
    "Fellows",
    "Founder",
    "Manager",
    "Officer",
    "Operator",
    "Owner",
    "Partner",
    "President",
    "Professor",
    "Representative",
    "Secretary",
    "Surgeon",
    "Treasurer",
    "Trustee",
];

/// What every company or society has, so that nobody knows by these words alone whose it is.
const BODIES: &[&str] = &["Board", "Committee"];

/// What such a body is made of, or does.
const OF_BODIES: &[&str] = &[
    "Advisors",
    "Advisory",
    "Directors",
    "Editorial",
    "Executive",
    "Governors",
    "Overseers",
    "Regents",
    "Supervisory",
    "Trustees",
];

/// Names without those that are offices, or letters after a name, and without the body of what they name.
pub fn mend(parsed: &Parsed, names: Vec<Name>) -> Vec<Name> {
    let offices = Offices { parsed, names: &names };
    let mended = |name: &Name| offices.mended(name);
    names.iter().filter_map(mended).collect()
}

struct Offices<'a, 's> {
    parsed: &'a Parsed<'s>,
    names: &'a [Name],
}

impl Offices<'_, '_> {
    fn mended(&self, name: &Name) -> Option<Name> {
        let may_be =
            matches!(name.class.coarse(), NameClass::Person | NameClass::Organization | NameClass::Other);
        if may_be && (self.is_office(name) || self.is_post_nominal(name)) {
            return None;
        }
        self.without_body(name)
    }

    fn text(&self, token: TokenId) -> &str {
        self.parsed.text(token)
    }

    /// "Chair", "General Manager": what is called so is no person or organization, but somebody's office.
    fn is_office(&self, name: &Name) -> bool {
        let last = self.text(TokenId(name.tokens.end.0 - 1));
        let is_given = |token: TokenId| gazetteer::given_name_gender(self.text(token)).is_some();
        // "the Society of Fellows" is none.
        let is_small = |token: TokenId| self.text(token).starts_with(char::is_lowercase);
        OFFICES.contains(&last) && !name.tokens.iter().any(|token| is_given(token) || is_small(token))
    }

    /// The letters of "Ida Holt, MBA (born 1970)".
    fn is_post_nominal(&self, name: &Name) -> bool {
        let text = self.text(name.tokens.start);
        let is_letters =
            name.tokens.len() == 1 && text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        let comma = name.tokens.start.0.checked_sub(1).map(TokenId);
        let follows = |comma: TokenId| {
            let ends = |other: &Name| other.class == NameClass::Person && other.tokens.end == comma;
            self.text(comma) == "," && self.names.iter().any(ends)
        };
        is_letters && self.is_bracket(name.tokens.end) && comma.is_some_and(follows)
    }

    fn is_bracket(&self, token: TokenId) -> bool {
        token.index() < self.parsed.words().len() && self.text(token) == "("
    }

    /// "the Board of Directors of Elm Works" are Elm Works, and the Board of Trade is itself.
    fn without_body(&self, name: &Name) -> Option<Name> {
        let words: Vec<&str> = name.tokens.iter().map(|token| self.text(token)).collect();
        let is_part = |word: &&&str| BODIES.contains(word) || OF_BODIES.contains(word) || **word == "of";
        let length = words.iter().take_while(is_part).count();
        let body = &words[..length];
        if !body.iter().any(|word| BODIES.contains(word)) {
            return Some(*name);
        }
        let is_told = body.iter().any(|word| OF_BODIES.contains(word));
        let rest = match words.get(length..)? {
            [] => return None,
            ["for", rest @ ..] => rest,
            rest if is_told && body.last() == Some(&"of") => rest,
            _ => return Some(*name),
        };
        let rest = rest.strip_prefix(&["the"]).unwrap_or(rest);
        let start = TokenId(name.tokens.end.0 - rest.len() as u32);
        (!rest.is_empty()).then_some(Name { tokens: TokenRange { start, ..name.tokens }, ..*name })
    }
}
