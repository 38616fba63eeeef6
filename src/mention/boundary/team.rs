//! Team: what a national team is called, and what a club is not.

use super::{Around, is_capitalized};
use crate::document::{TokenId, TokenRange};
use crate::mention::name::{Name, NameClass};

/// Nouns that say in small letters what the name before them is of.
const TAILS: &[&str] = &[
    "club",
    "league",
    "team",
    "band",
    "company",
    "organisation",
    "organization",
    "airline",
    "brand",
    "label",
    "newspaper",
    "magazine",
];

impl Around<'_, '_> {
    /// "the Quarnish women's national under-23 football team" is no country.
    pub(super) fn to_national_team(&self, name: &Name) -> Option<Name> {
        if !matches!(name.class, NameClass::Place | NameClass::Other) {
            return None;
        }
        let mut at = 0;
        if matches!(self.after(name, at), "women" | "men")
            && matches!(self.after(name, at + 1), "'s" | "\u{2019}s")
        {
            at += 2;
        }
        if self.after(name, at) != "national" {
            return None;
        }
        let ends = |count: &u32| matches!(self.after(name, *count), "team" | "side");
        let end = (at + 1..at + 7).find(ends)?;
        let is_part = |text: &str| {
            matches!(text, "-" | "B" | "A" | "C")
                || text.bytes().all(|byte| byte.is_ascii_digit())
                || text.starts_with(char::is_lowercase)
        };
        let fits = (at + 1..end).all(|count| is_part(self.after(name, count)));
        fits.then(|| self.extended(name, end + 1, NameClass::SportsTeam))
    }

    /// "the Elm Rovers club" is the club Elm Rovers.
    pub(super) fn without_tail(&self, name: &Name) -> Option<Name> {
        let last = self.last_word(name);
        let rest = TokenRange { end: TokenId(name.tokens.end.0 - 1), ..name.tokens };
        let fits = name.class.coarse() == NameClass::Organization
            && TAILS.contains(&last)
            && !rest.is_empty()
            && is_capitalized(self.parsed.text(TokenId(rest.end.0 - 1)));
        fits.then_some(Name { tokens: rest, ..*name })
    }
}
