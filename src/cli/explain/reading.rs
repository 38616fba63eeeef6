//! A document as each step understood it, and the words to tell of it.

use std::collections::{BTreeSet, HashMap};

use tellgraph::document::{SentenceId, Span, TokenId, TokenRange};
use tellgraph::entity::{Entities, EntityId};
use tellgraph::fact::trace::{Told, Trace};
use tellgraph::fact::{self, Fact};
use tellgraph::graph::{Offsets, Rules, unite};
use tellgraph::lexicon::{RoleNoun, phrase};
use tellgraph::mention::{self, Kind, MentionId};
use tellgraph::ontology::{ClassCondition, Property, Wording, local_name};
use tellgraph::syntax::Parsed;
use tellgraph::{Document, Graph, Lexicon, entity, graph, lexicon, syntax};

use super::is_iri;
use crate::cli::table::printable;

pub struct Reading<'a> {
    pub parsed: Parsed<'a>,
    pub entities: Entities,
    pub facts: Vec<Fact>,
    pub trace: Trace,
    pub lexicon: &'a Lexicon,
    /// For each IRI that was asked for, what it means here.
    meant: HashMap<String, BTreeSet<EntityId>>,
}

/// How many mentions of a thing are listed.
const MENTIONS: usize = 6;

impl<'a> Reading<'a> {
    pub fn of(document: Document<'a>, lexicon: &'a Lexicon) -> Self {
        let parsed = syntax::parse(document);
        let entities = entity::resolve(&parsed, mention::find(&parsed, lexicon), lexicon);
        let mut trace = Trace::default();
        let facts = fact::observed(&parsed, &entities, lexicon, &mut trace);
        Self { parsed, entities, facts, trace, lexicon, meant: HashMap::new() }
    }

    /// The same, which knows what the IRIs among these names mean.
    pub fn of_named<'n>(
        document: Document<'a>,
        lexicon: &'a Lexicon,
        rules: &Rules,
        names: impl Iterator<Item = &'n str>,
    ) -> Self {
        let mut reading = Self::of(document, lexicon);
        // Only an IRI, whole or with a prefix, has a colon and no space.
        let iris: Vec<&str> = names.filter(|name| name.contains(':') && !name.contains(' ')).collect();
        if iris.is_empty() {
            return reading;
        }
        let graph = unite(vec![reading.graph()], rules, lexicon.ontology());
        for name in iris {
            let things = graph.things().filter(|thing| is_iri(thing, name, lexicon.ontology()));
            let places =
                things.flat_map(|thing| thing.appearances.iter().map(|appearance| appearance.mention));
            let places: Vec<Offsets> = places.collect();
            let is_there = |id: &MentionId| places.contains(&reading.place(*id));
            let ids = reading.entities.mentions().map(|(id, _)| id);
            let meant = ids.filter(is_there).filter_map(|id| reading.entities.of(id)).collect();
            reading.meant.insert(name.to_owned(), meant);
        }
        reading
    }

    /// Where a mention stands, in code points.
    fn place(&self, id: MentionId) -> Offsets {
        let document = self.parsed.document();
        let span = document.span(self.entities.mention(id).tokens);
        let text = &document.source().text;
        let [start, end] = [span.start, span.end].map(|at| text[..at].chars().count());
        Offsets { start, end }
    }

    pub fn graph(&self) -> Graph {
        let source = self.parsed.document().source();
        graph::build(source, &self.parsed, &self.entities, &self.facts, self.lexicon)
    }

    pub fn property(&self, fact: &Fact) -> &'a Property {
        self.lexicon.ontology().property(fact.property)
    }

    pub fn sentence_of(&self, id: MentionId) -> SentenceId {
        self.parsed.document().sentence_of(self.entities.mention(id).head)
    }

    pub fn words(&self, range: TokenRange) -> String {
        let document = self.parsed.document();
        if range.is_empty() { String::new() } else { on_one_line(document.slice(document.span(range))) }
    }

    pub fn text(&self, id: MentionId) -> String {
        self.words(self.entities.mention(id).tokens)
    }

    /// The name of what a mention refers to, or else its words.
    pub fn name(&self, id: MentionId) -> String {
        let entity = self.entities.of(id).map(|entity| self.entities.entity(entity));
        entity.and_then(|entity| entity.name.clone()).unwrap_or_else(|| self.text(id))
    }

    pub fn is_named(&self, id: MentionId) -> bool {
        let mention = self.entities.mention(id);
        let entity = self.entities.of(id).map(|entity| self.entities.entity(entity));
        matches!(mention.kind, Kind::Value(_) | Kind::Article)
            || entity.is_some_and(|entity| entity.name.is_some())
    }

    /// Whether a mention, or what it refers to, goes by a name; anything does by none.
    pub fn is_called(&self, id: MentionId, name: Option<&str>) -> bool {
        let Some(name) = name else { return true };
        let same = |other: &str| other.to_lowercase() == name.to_lowercase();
        let meant = self.meant.get(name).zip(self.entities.of(id));
        if meant.is_some_and(|(meant, entity)| meant.contains(&entity)) {
            return true;
        }
        let entity = self.entities.of(id).map(|entity| self.entities.entity(entity));
        let is_name = entity
            .is_some_and(|entity| entity.name.iter().chain(&entity.other_names).any(|other| same(other)));
        let is_value = match &self.entities.mention(id).kind {
            Kind::Value(literal) => same(literal.value()),
            _ => false,
        };
        is_name || is_value || same(&self.text(id))
    }

    /// Whether what was learned of a property's features told a fact, or what its label lets expect of them.
    pub fn is_learned(&self, told: &Told) -> bool {
        let judged = self.lexicon.scorer().judged();
        told.fact.rule == self.property(&told.fact).scorer()
            && judged.iter().any(|judged| judged.property == told.fact.property)
    }

    /// What a mention refers to, and by which rule each mention before was tied to it.
    pub fn identity(&self, id: MentionId) -> String {
        let text = self.text(id);
        let mention = self.entities.mention(id);
        if let Kind::Value(literal) = &mention.kind {
            return format!("\"{text}\": {} {}", local_name(literal.datatype().as_str()), literal.value());
        }
        let Some(entity) = self.entities.of(id).map(|entity| self.entities.entity(entity)) else {
            return format!("\"{text}\": {}, and nothing says of whom or what", mention.kind.as_str());
        };
        let class = entity.class.map_or("of no known class".to_owned(), |class| {
            self.lexicon.ontology().class(class).label.clone()
        });
        let tie = |id: &MentionId| {
            let rule = self.entities.tie(*id).map_or("", |tie| tie.rule);
            format!("{rule} \"{}\"", self.text(*id))
        };
        let mut ties: Vec<String> = entity.mentions.iter().take(MENTIONS).map(tie).collect();
        if !entity.mentions.iter().take(MENTIONS).any(|other| *other == id) {
            ties.push(format!("... {}", tie(&id)));
        }
        format!("{} ({class}), by {}", entity.name.as_deref().unwrap_or("(no name)"), ties.join(", "))
    }

    /// A class condition in words: "person or organization".
    pub fn condition(&self, condition: &ClassCondition) -> String {
        let label = |class: &_| self.lexicon.ontology().class(*class).label.clone();
        let any = |any: &Vec<_>| any.iter().map(label).collect::<Vec<_>>().join(" or ");
        condition.iter().map(any).collect::<Vec<_>>().join(" and ")
    }

    pub fn class(&self, id: MentionId) -> String {
        let entity = self.entities.of(id).and_then(|entity| self.entities.entity(entity).class);
        let class = entity.or(self.entities.mention(id).class);
        class.map_or("of no known class".to_owned(), |class| {
            format!("a {}", self.lexicon.ontology().class(class).label)
        })
    }

    /// The wording that a rule's name means, if it is a phrase or a role noun, and how sure it is.
    pub fn wording(&self, property: &Property, rule: &str) -> Option<(&'static str, Wording, f32)> {
        let phrases = || {
            let guessed = property.phrases.is_empty() && property.roles.is_empty();
            if guessed { lexicon::label::wordings(property) } else { property.phrases.clone() }
        };
        if let Some(wording) = phrases().into_iter().find(|wording| phrase::rule(property, wording) == rule) {
            let confidence =
                self.lexicon.patterns_of(property, &wording).next().map(|found| found.confidence);
            return Some(("phrase", wording, confidence?));
        }
        let is_role = |wording: &&Wording| {
            rule.strip_prefix(property.iri.as_str())
                .and_then(|rest| rest.strip_prefix("/role/"))
                .is_some_and(|slug| slug == phrase::slug(&wording.text))
        };
        let wording = property.roles.iter().find(is_role)?;
        let last = wording.text.to_lowercase();
        let last = last.split_whitespace().next_back()?;
        let role: Option<&RoleNoun> = self.lexicon.roles_of(last).iter().find(|role| role.rule == rule);
        Some(("role", wording.clone(), role?.confidence))
    }

    /// A sentence with stretches marked by what they are; of two that overlap only the first.
    pub fn marked(&self, sentence: SentenceId, marks: &[(TokenRange, &str)], words: &[TokenId]) -> String {
        let document = self.parsed.document();
        let range = document.sentence(sentence);
        let mut spans: Vec<(Span, String, String)> = Vec::new();
        let mut add = |span: Span, open: String, close: &str| {
            let is_inside = document.span(range).start <= span.start && span.end <= document.span(range).end;
            let is_free = spans.iter().all(|(other, ..)| span.end <= other.start || other.end <= span.start);
            if is_inside && is_free {
                spans.push((span, open, close.to_owned()));
            }
        };
        for (tokens, what) in marks {
            add(document.span(*tokens), format!("{{{what}: "), "}");
        }
        for word in words {
            add(document.token(*word).span, "*".to_owned(), "*");
        }
        spans.sort_by_key(|(span, ..)| span.start);
        let mut text = String::new();
        let mut from = document.span(range).start;
        for (span, open, close) in spans {
            text += document.slice(Span { start: from, end: span.start });
            text += &format!("{open}{}{close}", document.slice(span));
            from = span.end;
        }
        text += document.slice(Span { start: from, end: document.span(range).end });
        on_one_line(&text)
    }
}

pub fn on_one_line(text: &str) -> String {
    printable(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}
