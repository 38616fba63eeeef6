//! Words that tell what people have to do with an organization.

use super::group::Group;
use crate::document::TokenId;
use crate::syntax::Parsed;

/// Words that make a member, no employee.
pub(super) const MEMBERSHIP: &[&str] = &[
    "member",
    "membership",
    "join",
    "belong",
    "play",
    "sing",
    "band",
    "team",
    "singer",
    "player",
    "guitarist",
    "drummer",
    "bassist",
    "vocalist",
    "captain",
    "elect",
    "sign",
    "draft",
    "army",
    "navy",
    "league",
    "club",
];

/// What people do at places that they do not work for.
pub(super) const VISITS: &[&str] = &[
    "attend",
    "award",
    "commencement",
    "die",
    "enrol",
    "enroll",
    "exhibit",
    "exhibition",
    "exhibitor",
    "graduate",
    "graduation",
    "honor",
    "honour",
    "interview",
    "major",
    "receive",
    "scholarship",
    "student",
    "study",
    "visit",
    "win",
];

/// What officers of a company answer for who do not lead it.
const OFFICES: &[&str] = &[
    "commercial",
    "compliance",
    "creative",
    "data",
    "development",
    "digital",
    "diversity",
    "financial",
    "human",
    "information",
    "innovation",
    "investment",
    "legal",
    "marketing",
    "medical",
    "operating",
    "operations",
    "people",
    "procurement",
    "product",
    "resources",
    "revenue",
    "risk",
    "science",
    "scientific",
    "security",
    "strategy",
    "sustainability",
    "technical",
    "technology",
];

/// Whether the words where two things stand speak of a chief officer ("chief financial officer", "CFO") and of none that leads.
pub(super) fn other_officer(parsed: &Parsed, one: &Group, other: &Group) -> bool {
    let places = || one.places.iter().chain(&other.places).map(|place| place.tokens);
    let [first, last] = [places().map(|tokens| tokens.start).min(), places().map(|tokens| tokens.end).max()];
    let Some((first, last)) = first.zip(last) else { return false };
    let words: Vec<String> =
        (first.0..last.0).map(|word| parsed.text(TokenId(word)).to_lowercase()).collect();
    let leads =
        words.windows(2).any(|two| two == ["chief", "executive"]) || words.contains(&"ceo".to_owned());
    let is_other = |two: &[String]| two[1] == "officer" && OFFICES.contains(&two[0].as_str());
    let is_short = |word: &String| matches!(word.as_str(), "cfo" | "coo" | "cto" | "cio" | "cmo");
    !leads && (words.windows(2).any(is_other) || words.iter().any(is_short))
}
