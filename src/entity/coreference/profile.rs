//! Profiles: what a mention's own words and its place in the sentence tell, read once for each.

use crate::document::{SentenceId, TokenId};
use crate::lexicon::Lexicon;
use crate::mention::{Gender, Kind, Mention, Number};
use crate::ontology::ClassId;
use crate::syntax::{Deprel, Parsed, Upos};

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Form {
    Name,
    /// "the director"
    Definite,
    /// "this film"
    Demonstrative,
    /// "her film", "Park's film"
    Possessed,
    /// "a film", "another film"
    Indefinite,
    /// "three films", "every film"
    Counted,
    /// "directors", "chief executive"
    Bare,
    First,
    FirstPlural,
    Second,
    He,
    She,
    It,
    They,
    /// "who", "which"
    Relative,
    Article,
}

impl Form {
    pub const COUNT: usize = Self::Article as usize + 1;

    /// What is weighed alike: English uses "she" as it uses "he".
    pub fn kin(self) -> Self {
        if self == Self::She { Self::He } else { self }
    }

    pub fn is_pronoun(self) -> bool {
        self >= Self::First && self <= Self::Relative
    }

    /// Whether it is "I", "we" or "you", in any case: who these are turns on who speaks.
    pub fn is_of_speech(self) -> bool {
        matches!(self, Self::First | Self::FirstPlural | Self::Second)
    }
}

/// What sort of thing a class is, as far as telling things apart goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Sort {
    Person,
    Organization,
    Place,
    Work,
    Event,
    Other,
    Unknown,
}

impl Sort {
    pub fn of(lexicon: &Lexicon, class: Option<ClassId>) -> Self {
        const SORTS: [(&str, Sort); 5] = [
            ("Person", Sort::Person),
            ("Organization", Sort::Organization),
            ("Place", Sort::Place),
            ("Work", Sort::Work),
            ("Event", Sort::Event),
        ];
        let Some(class) = class else { return Self::Unknown };
        let found = SORTS.iter().find(|(local, _)| lexicon.is_core(Some(class), local));
        found.map_or(Self::Other, |(_, sort)| *sort)
    }
}

/// How many of the clauses around a mention are looked at.
const CLAUSES: usize = 4;

/// What one mention's words and grammar tell.
#[derive(Clone, Debug)]
pub struct Profile {
    pub form: Form,
    pub sort: Sort,
    pub number: Option<Number>,
    pub gender: Option<Gender>,
    pub head: TokenId,
    pub sentence: SentenceId,
    pub deprel: Deprel,
    /// The same, or of a possessive that of the noun it belongs to: the subject "her film" has "her" near the subject.
    pub place_in_clause: Deprel,
    /// The verbs, or what stands for them, of the clauses that it stands in, the innermost first.
    pub clauses: Vec<TokenId>,
    /// The preposition before it, hashed; 0 for none.
    pub case: u32,
    pub is_reflexive: bool,
    /// How many words of its sentence stand before its head.
    pub place: u32,
    /// How many words lie between its head and the root of the tree.
    pub depth: u8,
    /// The head's lemma, hashed.
    pub noun: u32,
    /// The lemma of the word that the head depends on, hashed.
    pub governor: u32,
    /// The lemmas of adjectives and nouns that modify the head, hashed.
    pub modifiers: Vec<u32>,
    /// "her" in "her film".
    pub possessor: Option<TokenId>,
    /// Whether something after the head says more of it: "the director of the film", "the man who left".
    pub is_modified_after: bool,
    /// The number of the quotation that it stands in; 0 outside.
    pub quotation: u32,
}

impl Profile {
    pub fn of(parsed: &Parsed, lexicon: &Lexicon, mention: &Mention, quoted: &[u32]) -> Self {
        let head = mention.head;
        let word = parsed.word(head);
        let text = parsed.text(head).to_lowercase();
        let is_person = lexicon.is_core(mention.class, "Person");
        let sentence = parsed.document().sentence_of(head);
        let above = || std::iter::successors(word.head, |above| parsed.word(*above).head);
        let mut profile = Self {
            form: Form::Name,
            sort: Sort::of(lexicon, mention.class),
            number: mention.number.filter(|_| mention.kind != Kind::Name || is_person),
            gender: mention.gender,
            head,
            sentence,
            place: head.0 - parsed.document().sentence(sentence).start.0,
            depth: above().take(16).count() as u8,
            deprel: word.deprel,
            place_in_clause: word
                .head
                .filter(|_| word.deprel == Deprel::NmodPoss)
                .map_or(word.deprel, |noun| parsed.word(noun).deprel),
            clauses: above().filter(|above| is_clausal(parsed, *above)).take(CLAUSES).collect(),
            case: case(parsed, head),
            is_reflexive: text.ends_with("self") || text.ends_with("selves"),
            noun: hash(&parsed.lemma(head).to_lowercase()),
            governor: word.head.map_or(0, |governor| hash(parsed.lemma(governor))),
            modifiers: Vec::new(),
            possessor: None,
            is_modified_after: false,
            quotation: quoted[head.index()],
        };
        profile.form = match mention.kind {
            Kind::Description => profile.read_dependents(parsed),
            Kind::Pronoun => pronoun(&text),
            Kind::Article => Form::Article,
            Kind::Name | Kind::Term | Kind::Value(_) => Form::Name,
        };
        if profile.form.kin() == Form::He {
            profile.noun = hash("he");
        }
        profile
    }

    /// Reads a description's dependents, and says by its determiner how it refers.
    fn read_dependents(&mut self, parsed: &Parsed) -> Form {
        let mut form = Form::Bare;
        for child in parsed.children(self.head) {
            let lemma = parsed.lemma(child).to_lowercase();
            match parsed.word(child).deprel {
                Deprel::Det | Deprel::DetPredet => {
                    form = match lemma.as_str() {
                        "the" => Form::Definite,
                        "this" | "that" | "these" | "those" => Form::Demonstrative,
                        "a" | "an" | "another" | "some" | "any" => Form::Indefinite,
                        _ => Form::Counted,
                    }
                }
                Deprel::NmodPoss => {
                    form = Form::Possessed;
                    self.possessor = Some(child);
                }
                Deprel::Nummod if form == Form::Bare => form = Form::Counted,
                Deprel::Amod | Deprel::Compound | Deprel::NmodUnmarked if child < self.head => {
                    self.modifiers.push(hash(&lemma));
                }
                Deprel::Nmod | Deprel::Acl | Deprel::AclRelcl if child > self.head => {
                    self.is_modified_after = true;
                }
                _ => {}
            }
        }
        form
    }

    pub fn is_subject(&self) -> bool {
        matches!(self.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter)
    }
}

fn pronoun(text: &str) -> Form {
    match text {
        "i" | "me" | "my" | "mine" | "myself" => Form::First,
        "we" | "us" | "our" | "ours" | "ourselves" => Form::FirstPlural,
        "you" | "your" | "yours" | "yourself" | "yourselves" => Form::Second,
        "he" | "him" | "his" | "himself" => Form::He,
        "she" | "her" | "hers" | "herself" => Form::She,
        "it" | "its" | "itself" => Form::It,
        "they" | "them" | "their" | "theirs" | "themselves" => Form::They,
        _ => Form::Relative,
    }
}

/// Whether a word is a verb or what stands for one, so that its dependents are its own and not its governor's.
pub fn is_clausal(parsed: &Parsed, word: TokenId) -> bool {
    matches!(parsed.word(word).upos, Upos::Verb | Upos::Aux)
        || parsed.children(word).any(|child| parsed.word(child).deprel == Deprel::Cop)
}

fn case(parsed: &Parsed, head: TokenId) -> u32 {
    let preposition = parsed.children(head).find(|child| parsed.word(*child).deprel == Deprel::Case);
    preposition.map_or(0, |word| hash(parsed.lemma(word)))
}

/// FNV-1a, 32 bits.
pub fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::coreference::example::parsed;
    use crate::mention;

    /// The form of the last mention, and how many clauses it stands in.
    fn check(text: &str, form: Form, clauses: usize) {
        let (parsed, lexicon) = (parsed(text), Lexicon::core());
        let mentions = mention::find(&parsed, &lexicon);
        let quoted = vec![0; parsed.words().len()];
        let profile = Profile::of(&parsed, &lexicon, mentions.last().expect("a mention"), &quoted);
        assert_eq!((profile.form, profile.clauses.len()), (form, clauses), "{text}");
    }

    #[test]
    fn determiners_tell_the_form() {
        check("Ada left the firm.", Form::Definite, 1);
        check("Ada left this firm.", Form::Demonstrative, 1);
        check("Ada left a firm.", Form::Indefinite, 1);
        check("Ada said that she left.", Form::She, 2);
    }
}
