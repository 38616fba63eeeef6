//! Phrases: English with `{subject}` and `{object}`, compiled into patterns over enhanced dependencies.
//!
//! A phrase is read by our own parser with names in the places of the two ends. The shortest way through its enhanced
//! dependencies from one end to the other is the pattern: the relations on the way, and the lemmas of the words
//! between. Other content words of the phrase are required around the word that they depend on.

use serde::{Deserialize, Serialize};

use crate::document::{self, SentenceId, Span, TokenId};
use crate::lexicon::noun::Nouns;
use crate::ontology::{self, ClassId, Ontology, Property, PropertyId, Range, Wording};
use crate::source::Source;
use crate::syntax::enhanced::{Edge, Enhanced, Role};
use crate::syntax::{self, Deprel, Parsed, Upos};

/// A word on the way from subject to object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Anchor {
    /// The lemma, with its particle if it has one ("set up").
    pub lemma: Box<str>,
    /// The word as the phrase has it, in lower case: taggers and so lemmas may differ ("based", "base").
    pub form: Box<str>,
    /// The lemma is the label of this class, and any noun for the class matches.
    pub class: Option<ClassId>,
    /// Lemmas of other words that must depend on it.
    pub requires: Vec<Box<str>>,
}

/// One relation on the way from subject to object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Step {
    /// Whether the way goes from a governor down to its dependent.
    pub down: bool,
    pub role: Role,
    /// The preposition of an oblique.
    pub marker: Option<Box<str>>,
}

/// A wording of a property, ready to be matched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    pub property: PropertyId,
    /// From the subject to the object; one more than there are anchors.
    pub steps: Vec<Step>,
    pub anchors: Vec<Anchor>,
    /// The name that evidence gives the phrase: the property's IRI, `/phrase/` and the phrase's words.
    pub rule: String,
    /// How often a match is right.
    pub confidence: f32,
}

impl Pattern {
    /// The anchor that a search starts from, by position; `None` where subject and object depend on each other.
    pub fn start(&self) -> Option<usize> {
        let named = |index: &usize| {
            self.anchors[*index].class.is_none() && !LIGHT.contains(&&*self.anchors[*index].lemma)
        };
        let concrete = |index: &usize| self.anchors[*index].class.is_none();
        let mut all = 0..self.anchors.len();
        all.clone().find(named).or_else(|| all.clone().find(concrete)).or_else(|| all.next())
    }

    /// The lemma and the form under which the pattern is looked up; empty where none is given.
    pub fn keys(&self) -> [&str; 2] {
        let anchor = self.start().map(|index| &self.anchors[index]).filter(|anchor| anchor.class.is_none());
        anchor.map_or(["", ""], |anchor| [&anchor.lemma, &anchor.form])
    }
}

/// Verbs too common to start a search from.
const LIGHT: &[&str] = &["be", "have", "do", "make", "take", "get", "become", "go"];

impl std::fmt::Display for Pattern {
    /// `subject <Subject direct Object> object`, arrows pointing at the dependents.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("subject")?;
        for (index, step) in self.steps.iter().enumerate() {
            let role = format!("{:?}", step.role).to_lowercase();
            let marker = step.marker.as_deref().map_or(String::new(), |marker| format!(":{marker}"));
            let (left, right) = if step.down { ("─", "→") } else { ("←", "─") };
            write!(f, " {left}{role}{marker}{right} ")?;
            match self.anchors.get(index) {
                None => f.write_str("object")?,
                Some(anchor) if anchor.class.is_some() => write!(f, "[any {}]", anchor.lemma)?,
                Some(anchor) => f.write_str(&anchor.lemma)?,
            }
            if let Some(anchor) = self.anchors.get(index).filter(|anchor| !anchor.requires.is_empty()) {
                write!(f, " (with {})", anchor.requires.join(", "))?;
            }
        }
        Ok(())
    }
}

/// The patterns of a wording: one for each way in which our parser reads it.
///
/// # Errors
/// A wording in which no way leads from the subject to the object.
pub fn compile(
    ontology: &Ontology,
    nouns: &Nouns,
    id: PropertyId,
    wording: &Wording,
    confidence: f32,
) -> Result<Vec<Pattern>, ontology::Error> {
    let property = ontology.property(id);
    let rule = rule(property, wording);
    let mut patterns: Vec<Pattern> = Vec::new();
    for (subject, object) in fillers(ontology, property) {
        for frame in FRAMES {
            if let Some((steps, anchors)) = read(*frame, &wording.text, &subject, &object, nouns) {
                let pattern = Pattern { property: id, steps, anchors, rule: rule.clone(), confidence };
                if !patterns.contains(&pattern) {
                    patterns.push(pattern);
                }
                break;
            }
        }
    }
    if patterns.is_empty() {
        let message = format!(
            "the phrase \"{}\" can never match: our parser finds no grammatical tie between {{subject}} and {{object}} in it; \
             expected a clause such as \"{{subject}} directed {{object}}\" or \"{{subject}} is the owner of {{object}}\"",
            wording.text
        );
        return Err(ontology::Error { origin: wording.origin.clone(), message });
    }
    Ok(patterns)
}

/// What stands before and after a phrase while it is read: the first frame in which it parses is taken.
const FRAMES: &[(&str, &str)] = &[("", "."), ("The ", " was here.")];

/// Names to stand in the places of subject and object.
fn fillers(ontology: &Ontology, property: &Property) -> Vec<(String, String)> {
    let class_filler = |condition: &ontology::ClassCondition, second: bool| -> &'static str {
        let class = condition.first().and_then(|any| any.first());
        let is = |local: &str| {
            class.is_some_and(|class| {
                ontology.core_class(local).is_some_and(|core| ontology.is_a(*class, core))
            })
        };
        let names = NAMES.iter().find(|(local, _)| is(local)).map_or(&NAMES[0].1, |(_, names)| names);
        names[usize::from(second)]
    };
    let value_filler = |second: bool| match &property.range {
        Range::Thing => None,
        Range::Literal(types) => types.iter().find_map(|datatype| {
            let local = datatype.as_str().rsplit('#').next().unwrap_or_default();
            VALUES.iter().find(|(name, _)| *name == local).map(|(_, values)| values[usize::from(second)])
        }),
    };
    let mut pairs: Vec<(String, String)> = [false, true]
        .map(|second| {
            let object =
                value_filler(second).unwrap_or_else(|| class_filler(&property.range_classes, !second));
            (class_filler(&property.domain, second).to_owned(), object.to_owned())
        })
        .into();
    let pronoun = |name: &str| if NAMES[0].1.contains(&name) { "she" } else { "it" };
    let object = if property.range == Range::Thing {
        pronoun(&pairs[1].1).replace("she", "her")
    } else {
        pairs[0].1.clone()
    };
    pairs.push((pronoun(&pairs[0].0).to_owned(), object));
    pairs
}

const NAMES: &[(&str, [&str; 2])] = &[
    ("Person", ["Mary", "John"]),
    ("Organization", ["Google", "Microsoft"]),
    ("Place", ["Paris", "London"]),
    ("Work", ["Hamlet", "Macbeth"]),
    ("Event", ["Woodstock", "Halloween"]),
];

const VALUES: &[(&str, [&str; 2])] = &[
    ("date", ["1990", "May"]),
    ("gYear", ["1990", "1985"]),
    ("gYearMonth", ["May", "1990"]),
    ("integer", ["45", "30"]),
    ("decimal", ["45", "30"]),
    ("string", ["lawyer", "singer"]),
];

/// The way from subject to object in one reading of a phrase.
fn read(
    (before, after): (&str, &str),
    phrase: &str,
    subject: &str,
    object: &str,
    nouns: &Nouns,
) -> Option<(Vec<Step>, Vec<Anchor>)> {
    let (mut text, mut ends) = (before.to_owned(), [0, 0]);
    let mut rest = phrase;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        let (placeholder, end, name) = if rest[open..].starts_with("{subject}") {
            ("{subject}", 0, subject)
        } else {
            ("{object}", 1, object)
        };
        ends[end] = text.len();
        text.push_str(name);
        rest = rest[open..].strip_prefix(placeholder)?;
    }
    text.push_str(rest);
    let words = Span { start: before.len(), end: text.len() };
    text.push_str(after);
    let source = Source::plain("phrase", text);
    let parsed = syntax::parse(document::read(&source));
    let ends = [token_at(&parsed, ends[0])?, token_at(&parsed, ends[1])?];
    let reading = Reading { parsed: &parsed, words, ends };
    reading.pattern(nouns)
}

/// A phrase with names in its places, parsed.
struct Reading<'a, 's> {
    parsed: &'a Parsed<'s>,
    /// The phrase, without the frame around it.
    words: Span,
    ends: [TokenId; 2],
}

impl Reading<'_, '_> {
    fn pattern(&self, nouns: &Nouns) -> Option<(Vec<Step>, Vec<Anchor>)> {
        let [subject, object] = self.ends;
        let sentence = self.parsed.document().sentence_of(subject);
        if sentence != self.parsed.document().sentence_of(object) {
            return None;
        }
        let edges = shortest(self.parsed.enhanced(sentence), subject, object)?;
        let way = follow(self.parsed, subject, &edges);
        let between: Vec<TokenId> = way[..way.len() - 1].iter().map(|(word, _)| *word).collect();
        let required: Vec<Vec<TokenId>> = between.iter().map(|word| self.required(*word, &between)).collect();
        let tied_by_preposition = edges.iter().any(|edge| edge.marker.is_some() || edge.role == Role::Of);
        if !self.says_all(sentence, &between, &required)
            || (between.is_empty() && self.has_preposition() && !tied_by_preposition)
        {
            return None;
        }
        let anchors = between
            .iter()
            .zip(&required)
            .map(|(word, required)| self.anchor(nouns, *word, required))
            .collect();
        Some((way.into_iter().map(|(_, step)| step).collect(), anchors))
    }

    fn is_inside(&self, word: TokenId) -> bool {
        let span = self.parsed.document().token(word).span;
        self.words.start <= span.start && span.end <= self.words.end
    }

    /// The other words of the phrase that depend on a word between its ends.
    fn required(&self, word: TokenId, between: &[TokenId]) -> Vec<TokenId> {
        let is_required = |child: &TokenId| {
            let grammatical = matches!(
                self.parsed.word(*child).deprel,
                Deprel::Det
                    | Deprel::Aux
                    | Deprel::AuxPass
                    | Deprel::Cop
                    | Deprel::Punct
                    | Deprel::Case
                    | Deprel::Cc
                    | Deprel::Mark
                    | Deprel::CompoundPrt
                    | Deprel::Expl
            );
            !grammatical && !between.contains(child) && !self.ends.contains(child) && self.is_inside(*child)
        };
        self.parsed.children(word).filter(is_required).collect()
    }

    /// Whether a reading accounts for every content word of the phrase: one that does not has been misread.
    fn says_all(&self, sentence: SentenceId, between: &[TokenId], required: &[Vec<TokenId>]) -> bool {
        let is_content = |word: &TokenId| {
            let form = self.parsed.text(*word).to_lowercase();
            let small = FUNCTION.contains(&form.as_str()) || !form.contains(char::is_alphanumeric);
            !small && !SUPPORTING.contains(&self.parsed.lemma(*word))
        };
        let told = |word: &TokenId| {
            let above = self.parsed.word(*word).head;
            between.contains(word)
                || self.ends.contains(word)
                || (above.is_some_and(|above| self.ends.contains(&above)) && self.is_adjunct(*word))
                || required.iter().flatten().any(|other| other == word || above == Some(*other))
        };
        let within = between.iter().all(|word| self.is_inside(*word));
        let words = self.parsed.document().sentence(sentence).iter().filter(|word| self.is_inside(*word));
        within && words.filter(is_content).all(|word| told(&word))
    }

    /// Whether a preposition stands right before one of the ends.
    fn has_preposition(&self) -> bool {
        let before = self.ends.iter().filter_map(|end| end.0.checked_sub(1));
        before.map(TokenId).any(|word| PREPOSITIONS.contains(&self.parsed.text(word).to_lowercase().as_str()))
    }

    /// "by profession": what is said of an end, and does not tie it to the other.
    fn is_adjunct(&self, word: TokenId) -> bool {
        let grammar = self.parsed.word(word);
        grammar.upos == Upos::Noun && matches!(grammar.deprel, Deprel::Nmod | Deprel::Obl)
    }

    fn anchor(&self, nouns: &Nouns, word: TokenId, required: &[TokenId]) -> Anchor {
        let requires = required.iter().map(|word| self.parsed.lemma(*word).into()).collect();
        let lemma = lemma_with_particle(self.parsed, word);
        let class = (self.parsed.word(word).upos == Upos::Noun).then(|| nouns.labelled(&lemma)).flatten();
        let form = self.parsed.text(word).to_lowercase().into();
        Anchor { lemma, form, class, requires }
    }
}

/// Prepositions that tie two ends.
const PREPOSITIONS: &[&str] = &[
    "of", "in", "on", "at", "by", "to", "from", "for", "with", "about", "near", "under", "after", "before",
    "within", "until", "since", "through", "during",
];

/// Words that a reading need not account for.
const FUNCTION: &[&str] = &[
    "a", "an", "the", "is", "was", "are", "were", "be", "been", "being", "has", "have", "had", "of", "in",
    "on", "at", "by", "to", "from", "for", "with", "as", "and", "or", "her", "his", "its", "their", "she",
    "he", "it", "who", "which", "that", "s", "into", "about", "near", "under", "after", "before", "within",
    "until", "since", "through", "during", "up", "out", "off", "over", "then", "also", "'s",
];

/// Verbs that add nothing to the noun they bring ("served as director").
const SUPPORTING: &[&str] = &[
    "serve", "work", "become", "begin", "start", "act", "be", "remain", "name", "appoint", "elect", "help",
    "know", "practice", "operate", "get", "take", "train",
];

fn token_at(parsed: &Parsed, byte: usize) -> Option<TokenId> {
    let tokens = parsed.document().tokens();
    tokens.iter().position(|token| token.span.start == byte).map(|index| TokenId(index as u32))
}

/// The fewest edges that lead from one word to another, whichever way they point.
pub fn shortest(enhanced: &Enhanced, from: TokenId, to: TokenId) -> Option<Vec<Edge>> {
    if from == to {
        return Some(Vec::new());
    }
    let mut came_by: Vec<(TokenId, Option<(usize, Edge)>)> = vec![(from, None)];
    let mut at = 0;
    while at < came_by.len() {
        let word = came_by[at].0;
        let below = enhanced.below(word).iter().map(|edge| (edge.dependent, *edge));
        let above = enhanced.above(word).map(|edge| (edge.governor, *edge));
        for (next, edge) in above.chain(below) {
            if came_by.iter().all(|(seen, _)| *seen != next) {
                came_by.push((next, Some((at, edge))));
                if next == to {
                    return Some(unwind(&came_by, came_by.len() - 1));
                }
            }
        }
        at += 1;
    }
    None
}

fn unwind(came_by: &[(TokenId, Option<(usize, Edge)>)], mut index: usize) -> Vec<Edge> {
    let mut edges = Vec::new();
    while let Some((before, edge)) = came_by[index].1 {
        edges.push(edge);
        index = before;
    }
    edges.reverse();
    edges
}

/// For each edge, the word that it leads to and the step it takes.
pub fn follow(parsed: &Parsed, from: TokenId, edges: &[Edge]) -> Vec<(TokenId, Step)> {
    let mut word = from;
    let mut way = Vec::new();
    for edge in edges {
        let down = edge.governor == word;
        word = if down { edge.dependent } else { edge.governor };
        let marker = edge.marker.map(|marker| parsed.lemma(marker).into());
        way.push((word, Step { down, role: edge.role, marker }));
    }
    way
}

/// A word's lemma, with the particle that belongs to it ("set up").
pub fn lemma_with_particle(parsed: &Parsed, word: TokenId) -> Box<str> {
    let particle = parsed.children(word).find(|child| parsed.word(*child).deprel == Deprel::CompoundPrt);
    let lemma = parsed.lemma(word).to_lowercase();
    match particle {
        Some(particle) => format!("{lemma} {}", parsed.lemma(particle).to_lowercase()).into(),
        None => lemma.into(),
    }
}

/// The name that evidence gives a phrase.
pub fn rule(property: &Property, wording: &Wording) -> String {
    format!("{}/phrase/{}", property.iri.as_str(), slug(&wording.text))
}

/// A phrase's words as part of an IRI: `{subject} is director of {object}` gives `is-director-of`.
pub fn slug(phrase: &str) -> String {
    let words = phrase.replace("{subject}", " ").replace("{object}", " ");
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}
