//! Descriptions: noun phrases that refer by a common noun ("the short film", "her old school friend").

use super::{Gender, Kind, Mention, Number};
use crate::document::{TokenId, TokenRange};
use crate::lexicon::Lexicon;
use crate::ontology::ClassId;
use crate::syntax::enhanced::Role;
use crate::syntax::{Deprel, Parsed, Upos, Xpos};

/// Every noun phrase whose head is a common noun and no part of a name; some tell a class, and some what is said of another.
pub fn find(parsed: &Parsed, lexicon: &Lexicon, names: &[Mention]) -> Vec<Mention> {
    let mut in_name = vec![false; parsed.words().len()];
    for name in names {
        name.tokens.iter().for_each(|token| in_name[token.index()] = true);
    }
    let ids = (0..parsed.words().len() as u32).map(TokenId).filter(|id| !in_name[id.index()]);
    ids.filter_map(|id| description(parsed, lexicon, id, &in_name)).collect()
}

fn description(parsed: &Parsed, lexicon: &Lexicon, head: TokenId, in_name: &[bool]) -> Option<Mention> {
    let word = parsed.word(head);
    let class = class_of(parsed, lexicon, head);
    let capitalized = word.upos == Upos::Propn && is_said_of(parsed, lexicon, head);
    if word.upos != Upos::Noun && !capitalized {
        return None;
    }
    let modifies = matches!(word.deprel, Deprel::Compound | Deprel::Fixed | Deprel::Flat | Deprel::Goeswith);
    if modifies && !is_said_of(parsed, lexicon, head) {
        return None;
    }
    let lemma = parsed.lemma(head);
    Some(Mention {
        tokens: phrase(parsed, head, in_name),
        head,
        kind: Kind::Description,
        recognized: None,
        class,
        is_class_sure: true,
        number: Some(if matches!(word.xpos, Xpos::Nns | Xpos::Nnps) {
            Number::Plural
        } else {
            Number::Singular
        }),
        gender: FEMININE
            .contains(&lemma)
            .then_some(Gender::Feminine)
            .or_else(|| MASCULINE.contains(&lemma).then_some(Gender::Masculine)),
    })
}

const FEMININE: &[&str] = &[
    "woman",
    "girl",
    "mother",
    "sister",
    "daughter",
    "wife",
    "aunt",
    "queen",
    "actress",
    "widow",
    "grandmother",
    "niece",
    "princess",
    "waitress",
    "businesswoman",
    "spokeswoman",
    "congresswoman",
    "lady",
    "girlfriend",
    "heroine",
    "duchess",
];
const MASCULINE: &[&str] = &[
    "man",
    "boy",
    "father",
    "brother",
    "son",
    "husband",
    "uncle",
    "king",
    "widower",
    "grandfather",
    "nephew",
    "prince",
    "waiter",
    "businessman",
    "spokesman",
    "congressman",
    "gentleman",
    "boyfriend",
    "duke",
    "monk",
];

/// The class that the noun names, with the words before it where those make a label of it ("short film").
pub fn class_of(parsed: &Parsed, lexicon: &Lexicon, head: TokenId) -> Option<ClassId> {
    let sentence = parsed.sentence_around(head);
    let lemma = parsed.lemma(head).to_lowercase();
    let longest = head.0.saturating_sub(2).max(sentence.start.0);
    (longest..head.0)
        .find_map(|start| {
            let before = (start..head.0).map(|id| parsed.text(TokenId(id)).to_lowercase());
            lexicon.nouns().class(&format!("{} {lemma}", before.collect::<Vec<_>>().join(" ")))
        })
        .or_else(|| lexicon.nouns().class(&lemma))
}

/// The class of the noun right before a name that calls it so: "the clothing company Finch".
pub fn class_before(parsed: &Parsed, lexicon: &Lexicon, name: TokenRange) -> Option<ClassId> {
    let before = TokenId(name.start.0.checked_sub(1)?);
    let quoted = is_quotation_mark(parsed.text(before));
    let noun = if quoted { TokenId(before.0.checked_sub(1)?) } else { before };
    let word = parsed.word(noun);
    if word.upos != Upos::Noun || parsed.sentence_around(noun) != parsed.sentence_around(name.start) {
        return None;
    }
    let heads = name.iter().any(|token| parsed.word(token).head == Some(noun));
    let modifies = word.head.is_some_and(|head| name.contains(head));
    // A parser that does not know the name may hang it anywhere, but for "the film Park made".
    let subject = matches!(parsed.word(parsed.head_of(name)).deprel, Deprel::Nsubj | Deprel::NsubjPass);
    (heads || modifies || quoted || !subject).then(|| class_of(parsed, lexicon, noun)).flatten()
}

/// Whether a token opens a quotation, or may.
pub fn is_quotation_mark(text: &str) -> bool {
    matches!(text, "\"" | "``" | "\u{201c}" | "\u{2018}" | "'")
}

/// Whether a noun that names a class or a role can tell something of what else is named: "the ...", or predicated of it.
pub fn is_said_of(parsed: &Parsed, lexicon: &Lexicon, head: TokenId) -> bool {
    let is_role = || !lexicon.roles_of(&parsed.text(head).to_lowercase()).is_empty();
    (class_of(parsed, lexicon, head).is_some() || is_role()) && refers(parsed, head)
}

/// Whether a determiner, in lower case, says that something known is meant.
pub fn is_definite(determiner: &str) -> bool {
    matches!(determiner, "the" | "this" | "that" | "these" | "those")
}

/// Whether a noun phrase can refer to something known: "the ...", "her ...", or a noun said of something.
fn refers(parsed: &Parsed, head: TokenId) -> bool {
    let definite = parsed.children(head).any(|child| match parsed.word(child).deprel {
        Deprel::NmodPoss => true,
        Deprel::Det => is_definite(&parsed.lemma(child).to_lowercase()),
        _ => false,
    });
    let sentence = parsed.document().sentence_of(head);
    let after_comma = parsed.children(head).any(|child| {
        parsed.word(child).deprel == Deprel::Det && child.0 > 0 && parsed.text(TokenId(child.0 - 1)) == ","
    });
    definite
        || after_comma
        || parsed.enhanced(sentence).below(head).iter().any(|edge| edge.role == Role::Subject)
}

/// The noun with what stands before it in its phrase.
fn phrase(parsed: &Parsed, head: TokenId, in_name: &[bool]) -> TokenRange {
    let before = parsed.children(head).filter(|child| {
        let modifier = matches!(
            parsed.word(*child).deprel,
            Deprel::Det
                | Deprel::Amod
                | Deprel::Compound
                | Deprel::NmodPoss
                | Deprel::Nummod
                | Deprel::NmodUnmarked
        );
        *child < head && modifier && !in_name[child.index()]
    });
    TokenRange { start: before.min().unwrap_or(head), end: TokenId(head.0 + 1) }
}
