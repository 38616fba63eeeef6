//! Genders of people, by their titles and given names.

use super::Name;
use crate::document::TokenId;
use crate::lexicon::gazetteer::{self, GivenNameGender};
use crate::mention::{Gender, Mention};
use crate::syntax::Parsed;

/// Titles that tell a gender.
const TITLES: &[(Gender, &[&str])] = &[
    (
        Gender::Masculine,
        &["Mr", "Sir", "King", "Prince", "Lord", "Mister", "Emperor", "Pope", "Baron", "Duke"],
    ),
    (
        Gender::Feminine,
        &[
            "Mrs", "Ms", "Miss", "Queen", "Princess", "Dame", "Lady", "Empress", "Baroness", "Duchess",
            "Madame",
        ],
    ),
];

/// The gender that a person's name tells for sure, and the one that it suggests: "Cole" is a given name, or a surname.
pub fn of(parsed: &Parsed, mention: &Mention, name: &Name) -> (Option<Gender>, Option<Gender>) {
    let before = mention.tokens.start.0.checked_sub(1).map(|id| parsed.text(TokenId(id)));
    let first = parsed.text(mention.tokens.start);
    let titled = [Some(first), before].into_iter().flatten().find_map(|word| {
        let word = word.trim_end_matches('.');
        TITLES.iter().find(|(_, titles)| titles.contains(&word)).map(|(gender, _)| *gender)
    });
    let given = name.given().and_then(gazetteer::given_name_gender).and_then(|gender| match gender {
        GivenNameGender::Feminine => Some(Gender::Feminine),
        GivenNameGender::Masculine => Some(Gender::Masculine),
        GivenNameGender::Either => None,
    });
    let may_be_surname = name.len() == 1 && name.given().is_some_and(gazetteer::is_surname);
    (titled.or(given.filter(|_| !may_be_surname)), given)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::coreference::example::parsed;
    use crate::lexicon::Lexicon;
    use crate::mention;

    fn check(text: &str, sure: Option<Gender>, suggested: Option<Gender>) {
        let parsed = parsed(text);
        let mentions = mention::find(&parsed, &Lexicon::core());
        let name = Name::of(&parsed, mentions[0].tokens);
        assert_eq!(of(&parsed, &mentions[0], &name), (sure, suggested), "{text}");
    }

    #[test]
    fn titles_and_given_names_tell() {
        check("Mary Holt left.", Some(Gender::Feminine), Some(Gender::Feminine));
        check("Mrs. Holt left.", Some(Gender::Feminine), None);
        check("Lord Holt left.", Some(Gender::Masculine), None);
    }
}
