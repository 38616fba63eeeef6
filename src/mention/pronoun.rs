//! Pronouns that refer to a person or thing, with what they tell of it.

use super::{Gender, Kind, Mention, Number};
use crate::document::{TokenId, TokenRange};
use crate::lexicon::Lexicon;
use crate::ontology::ClassId;
use crate::syntax::{Deprel, Parsed, Upos, Xpos};

/// Lower-case forms with number and gender; "they" and "we" may be one or many.
const FORMS: &[(&[&str], Option<Number>, Option<Gender>)] = &[
    (&["he", "him", "his", "himself"], Some(Number::Singular), Some(Gender::Masculine)),
    (&["she", "her", "hers", "herself"], Some(Number::Singular), Some(Gender::Feminine)),
    (&["it", "its", "itself"], Some(Number::Singular), Some(Gender::Neuter)),
    (&["they", "them", "their", "theirs", "themselves"], Some(Number::Plural), None),
    (&["i", "me", "my", "mine", "myself"], Some(Number::Singular), None),
    (&["we", "us", "our", "ours", "ourselves"], Some(Number::Plural), None),
    (&["you", "your", "yours", "yourself", "yourselves"], None, None),
    (&["who", "whom", "whose"], None, None),
    (&["which", "that", "where"], None, None),
];

/// Those that mean people, though they tell no gender.
const PERSONAL: &[&str] = &["i", "me", "my", "mine", "myself", "who", "whom"];

/// Those that mean people for the most part, and may speak for a company.
const MOSTLY_PERSONAL: &[&str] =
    &["we", "us", "our", "ours", "ourselves", "you", "your", "yours", "yourself", "yourselves"];

/// Every pronoun of the text that can refer to a thing.
pub fn find(parsed: &Parsed, lexicon: &Lexicon) -> Vec<Mention> {
    let ids = (0..parsed.words().len() as u32).map(TokenId);
    let classes = ["Person", "Organization"].map(|local| lexicon.core_class(local));
    ids.filter_map(|id| pronoun(parsed, id, classes)).collect()
}

fn pronoun(parsed: &Parsed, id: TokenId, [person, organization]: [Option<ClassId>; 2]) -> Option<Mention> {
    let word = parsed.word(id);
    let relative = matches!(word.xpos, Xpos::Wp | Xpos::WpS | Xpos::Wdt) || is_relative_adverb(parsed, id);
    if word.upos != Upos::Pron && !relative {
        return None;
    }
    let text = parsed.text(id).to_lowercase();
    if text == "that" && !relative {
        return None;
    }
    let (_, number, gender) = FORMS.iter().find(|(forms, ..)| forms.contains(&text.as_str()))?;
    let is_personal =
        matches!(gender, Some(Gender::Feminine | Gender::Masculine)) || PERSONAL.contains(&text.as_str());
    let mostly = MOSTLY_PERSONAL.contains(&text.as_str());
    Some(Mention {
        tokens: TokenRange::one(id),
        head: id,
        kind: Kind::Pronoun,
        recognized: None,
        class: if text == "where" { organization } else { person.filter(|_| is_personal || mostly) },
        is_class_sure: !mostly,
        number: *number,
        gender: *gender,
    })
}

/// "Finch & Co., where she worked": an adverb that stands for an organization as "which" does. Of a place it only says
/// where.
fn is_relative_adverb(parsed: &Parsed, id: TokenId) -> bool {
    let word = parsed.word(id);
    let Some(clause) = word.head.filter(|_| word.xpos == Xpos::Wrb && word.deprel == Deprel::Advmod) else {
        return false;
    };
    let before = |back: u32| id.0.checked_sub(back).map(TokenId);
    let is_after_comma = before(1).is_some_and(|comma| parsed.text(comma) == ",");
    let last = before(if is_after_comma { 2 } else { 1 });
    let follows_name = last.is_some_and(|last| {
        parsed.word(last).upos == Upos::Propn && parsed.sentence_around(last) == parsed.sentence_around(id)
    });
    follows_name || parsed.word(clause).deprel == Deprel::AclRelcl
}
