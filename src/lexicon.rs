//! Lexicon: which words name which class, and which phrases say which property.

pub mod noun;
pub mod phrase;
pub mod gazetteer;
mod compiled;
pub mod label;
pub mod objects;
pub mod scorer;

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::ontology::{self, ClassId, Ontology, Property, PropertyId, Wording};
use gazetteer::Gazetteer;
use noun::Nouns;
pub use phrase::{Anchor, Pattern, Step};
use scorer::Scorer;

/// A noun for the subject of a property: "filmmaker", "chief executive".
#[derive(Clone, Debug, PartialEq)]
pub struct RoleNoun {
    pub property: PropertyId,
    /// Lower case; the last one is the noun itself.
    pub words: Vec<Box<str>>,
    /// The name that evidence gives the role: the property's IRI, `/role/` and the words.
    pub rule: String,
    /// How often an explicit object of it is right.
    pub confidence: f32,
}

/// An ontology compiled against English.
#[derive(Clone, Debug)]
pub struct Lexicon {
    ontology: Ontology,
    patterns: Vec<Pattern>,
    /// Patterns by the lemma and by the form of their rarest anchor; `""` holds those that no word starts.
    by_lemma: FxHashMap<Box<str>, Vec<u32>>,
    /// Role nouns by their last word; the longest come first.
    roles: FxHashMap<Box<str>, Vec<RoleNoun>>,
    nouns: Nouns,
    /// Known things that a user told of, with their IRIs.
    known: Gazetteer,
    scorer: Scorer,
    /// `None`: what each property's examples suggest, or else [`LEAST_CONFIDENCE`].
    least_confidence: Option<f32>,
}

/// The confidence below which nothing is told unless it is asked for.
pub const LEAST_CONFIDENCE: f32 = 0.5;

/// The same of the surest fact that a text has of a property found by its features.
const LEAST_GUESS: f32 = 0.04;

/// What a person is held to be right about, before anything is measured.
const WRITTEN_PHRASE: f32 = 0.85;
const WRITTEN_ROLE: f32 = 0.8;

impl Lexicon {
    /// The built-in core ontology, compiled once a process.
    pub fn core() -> Self {
        static CORE: OnceLock<Lexicon> = OnceLock::new();
        let compile =
            || Self::load(true, &[]).unwrap_or_else(|error| panic!("the built-in ontology: {error}"));
        CORE.get_or_init(compile).clone()
    }

    /// Reads ontology files, after the core ontology if that is wanted, and compiles what they say.
    ///
    /// # Errors
    /// Those of [`Ontology::read`], and phrases that can never match.
    pub fn load(core: bool, files: &[ontology::File]) -> Result<Self, ontology::Error> {
        let built_in = core.then(ontology::core_file);
        let all: Vec<_> = built_in.into_iter().chain(files.iter().cloned()).collect();
        Self::compile(Ontology::read(&all)?)
    }

    /// Compiles an ontology's phrases and roles.
    ///
    /// # Errors
    /// The first phrase that our own parser makes nothing of.
    pub fn compile(ontology: Ontology) -> Result<Self, ontology::Error> {
        let (lexicon, errors) = Self::compile_all(ontology);
        errors.into_iter().next().map_or(Ok(lexicon), Err)
    }

    /// Compiles what can be compiled, and tells of every phrase that cannot.
    pub fn compile_all(ontology: Ontology) -> (Self, Vec<ontology::Error>) {
        let nouns = Nouns::of(&ontology);
        let compiled = compile_phrases(&ontology, &nouns);
        let (mut patterns, mut errors) = (compiled::of_core(&ontology), Vec::new());
        for result in compiled {
            match result {
                Ok(found) => patterns.extend(found),
                Err(error) => errors.push(error),
            }
        }
        let mut by_lemma: FxHashMap<Box<str>, Vec<u32>> = FxHashMap::default();
        for (index, pattern) in patterns.iter().enumerate() {
            let [lemma, form] = pattern.keys();
            by_lemma.entry(lemma.into()).or_default().push(index as u32);
            if form != lemma {
                by_lemma.entry(form.into()).or_default().push(index as u32);
            }
        }
        let roles = role_nouns(&ontology);
        let (known, scorer) = (Gazetteer::default(), Scorer::of(&ontology));
        (Self { ontology, patterns, by_lemma, roles, nouns, known, scorer, least_confidence: None }, errors)
    }

    pub fn ontology(&self) -> &Ontology {
        &self.ontology
    }

    /// The same lexicon, for things whose IRIs begin with `base`.
    pub fn with_base(self, base: &str) -> Self {
        Self { ontology: self.ontology.with_base(base), ..self }
    }

    /// The same lexicon, with things that are known by name besides those of [`Gazetteer::built_in`].
    pub fn with_gazetteer(self, known: Gazetteer) -> Self {
        Self { known, ..self }
    }

    /// The gazetteers by which things get public IRIs: the user's, then the built-in one.
    pub fn gazetteers(&self) -> [&Gazetteer; 2] {
        [&self.known, Gazetteer::built_in()]
    }

    /// The same lexicon, for facts of at least this confidence.
    pub fn with_least_confidence(self, least_confidence: f32) -> Self {
        Self { least_confidence: Some(least_confidence), ..self }
    }

    pub fn least_confidence(&self) -> f32 {
        self.least_confidence.unwrap_or(LEAST_CONFIDENCE)
    }

    /// How probable the surest fact of a property must be to be told where it is less probable than the property's cut.
    pub fn least_guess(&self) -> f32 {
        self.least_confidence.unwrap_or(LEAST_GUESS)
    }

    /// The confidence below which no fact of a property that is found by its features is told, but for guesses.
    pub fn cut(&self, judged: &scorer::Judged) -> f32 {
        self.least_confidence.unwrap_or(judged.cut)
    }

    /// What finds the facts of properties that no person worded.
    pub fn scorer(&self) -> &Scorer {
        &self.scorer
    }

    /// The same lexicon with another scorer.
    pub fn with_scorer(self, scorer: Scorer) -> Self {
        Self { scorer, ..self }
    }

    /// Whether words are sought that may fill a place in a fact and are no name: where some property is found by its
    /// features.
    pub fn seeks_terms(&self) -> bool {
        !self.scorer.is_empty()
    }

    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// The patterns that a phrase of a property became.
    pub fn patterns_of(&self, property: &Property, wording: &Wording) -> impl Iterator<Item = &Pattern> {
        let rule = phrase::rule(property, wording);
        self.patterns.iter().filter(move |pattern| pattern.rule == rule)
    }

    /// The patterns that a word with this lemma, or of this form in lower case, may anchor.
    pub fn patterns_at(&self, lemma: &str) -> impl Iterator<Item = &Pattern> {
        self.by_lemma.get(lemma).into_iter().flatten().map(|index| &self.patterns[*index as usize])
    }

    /// The roles that a noun, in lower case, may name; longer wordings first.
    pub fn roles_of(&self, noun: &str) -> &[RoleNoun] {
        self.roles.get(noun).map_or(&[], Vec::as_slice)
    }

    /// The class that a common noun names, by the ontology's labels first and then by WordNet.
    pub fn nouns(&self) -> &Nouns {
        &self.nouns
    }

    /// Whether a class is the core vocabulary's of this local name, or below it.
    pub fn is_core(&self, class: Option<ClassId>, local: &str) -> bool {
        class.zip(self.core_class(local)).is_some_and(|(class, core)| self.ontology.is_a(class, core))
    }

    /// The class of the core vocabulary by its local name, where the ontology has it.
    pub fn core_class(&self, local: &str) -> Option<ClassId> {
        self.ontology.core_class(local)
    }
}

/// Every property's phrases, or what its label suggests where it has neither phrase nor role.
fn compile_phrases(ontology: &Ontology, nouns: &Nouns) -> Vec<Result<Vec<Pattern>, ontology::Error>> {
    let properties: Vec<_> = ontology.properties().collect();
    let of_property = |(id, property): &(PropertyId, &Property)| -> Vec<_> {
        let compile =
            |wording: &Wording, confidence| phrase::compile(ontology, nouns, *id, wording, confidence);
        let is_new = |wording: &&Wording| !compiled::has(wording);
        if property.phrases.is_empty() && property.roles.is_empty() {
            let guessed = label::wordings(property);
            let compiled =
                guessed.iter().map(|wording| Ok(compile(wording, label::CONFIDENCE).unwrap_or_default()));
            return compiled.collect();
        }
        property
            .phrases
            .iter()
            .filter(is_new)
            .map(|wording| compile(wording, wording.precision.unwrap_or(WRITTEN_PHRASE)))
            .collect()
    };
    properties.par_iter().map(of_property).collect::<Vec<_>>().into_iter().flatten().collect()
}

fn role_nouns(ontology: &Ontology) -> FxHashMap<Box<str>, Vec<RoleNoun>> {
    let mut roles: FxHashMap<Box<str>, Vec<RoleNoun>> = FxHashMap::default();
    for (id, property) in ontology.properties() {
        for wording in &property.roles {
            let role = role_noun(&property.iri, id, wording, wording.precision.unwrap_or(WRITTEN_ROLE));
            if let Some(last) = role.words.last() {
                roles.entry(last.clone()).or_default().push(role);
            }
        }
    }
    roles.values_mut().for_each(|nouns| nouns.sort_by_key(|role| std::cmp::Reverse(role.words.len())));
    roles
}

fn role_noun(iri: &oxrdf::NamedNode, property: PropertyId, wording: &Wording, confidence: f32) -> RoleNoun {
    let words = wording.text.split_whitespace().map(|word| word.to_lowercase().into_boxed_str()).collect();
    let rule = format!("{}/role/{}", iri.as_str(), phrase::slug(&wording.text));
    RoleNoun { property, words, rule, confidence }
}
