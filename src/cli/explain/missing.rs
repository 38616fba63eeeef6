//! Why a fact is not told.

use std::collections::{BTreeMap, BTreeSet};

use tellgraph::document::{SentenceId, TokenId};
use tellgraph::fact::trace::{Dropped, Side, Told, Why};
use tellgraph::lexicon::phrase::{follow, lemma_with_particle, shortest};
use tellgraph::lexicon::{Anchor, Pattern};
use tellgraph::mention::{Kind, MentionId};
use tellgraph::ontology::{PropertyId, Range};

use super::query::Query;
use super::reading::Reading;
use super::score::{Score, Scores};
use crate::cli::table::Row;

/// How many sentences, and how many lines of each, are shown of a document.
const SENTENCES: usize = 5;
const LINES: usize = 6;

/// What a document thought of in place of a fact, sentence by sentence; empty where it speaks of neither end.
pub fn missing(reading: &Reading, query: &Query) -> Vec<Row> {
    let seeker = Seeker { reading, query };
    let mut rows = Vec::new();
    for (sentence, lines) in seeker.sentences().into_iter().take(SENTENCES) {
        rows.push(vec![format!("  {}", seeker.marked(sentence))]);
        let mut seen = BTreeSet::new();
        let lines = lines.into_iter().filter(|line| seen.insert(line.clone())).take(LINES);
        rows.extend(lines.map(|line| vec![String::new(), line]));
    }
    rows
}

struct Seeker<'a, 'd> {
    reading: &'a Reading<'d>,
    query: &'a Query,
}

impl Seeker<'_, '_> {
    /// The sentences that have something to say to the question, and what.
    fn sentences(&self) -> BTreeMap<SentenceId, Vec<String>> {
        let mut found: BTreeMap<SentenceId, Vec<String>> = BTreeMap::new();
        let document = self.reading.parsed.document();
        for dropped in &self.reading.trace.dropped {
            if dropped.why != Why::Surer && self.concerns(dropped.property, dropped.subject, dropped.object) {
                let line = format!("{}: {}", self.rule(dropped), self.why(dropped));
                found.entry(document.sentence_of(dropped.subject)).or_default().push(line);
            }
        }
        for told in &self.reading.trace.told {
            if let Some(line) = self.instead(told) {
                found.entry(told.fact.sentence).or_default().push(line);
            }
        }
        for (sentence, line) in self.scored() {
            found.entry(sentence).or_default().push(line);
        }
        for (sentence, _) in document.sentences() {
            let both = self
                .mentioned(sentence, &self.query.subject)
                .zip(self.mentioned(sentence, &self.query.object));
            let is_asked = self.query.subject.is_some() && self.query.object.is_some();
            if let Some((subject, object)) = both.filter(|(one, other)| is_asked && one != other)
                && !found.contains_key(&sentence)
            {
                found.insert(sentence, self.nearest(sentence, subject, object));
            }
        }
        found
    }

    fn is_called(&self, id: MentionId, name: &Option<String>) -> bool {
        self.reading.is_called(id, name.as_deref())
    }

    /// A mention, in a sentence, of what goes by a name.
    fn mentioned(&self, sentence: SentenceId, name: &Option<String>) -> Option<MentionId> {
        let entities = &self.reading.entities;
        let in_sentence = |id: &MentionId| self.reading.sentence_of(*id) == sentence;
        let ids = entities.mentions().filter(|(_, mention)| mention.kind != Kind::Article).map(|(id, _)| id);
        ids.filter(in_sentence).find(|id| self.is_called(*id, name))
    }

    /// Whether a mention at a word goes by a name.
    fn stands_at(&self, word: TokenId, name: &Option<String>) -> bool {
        name.is_none()
            || self
                .reading
                .entities
                .mentions()
                .any(|(id, mention)| mention.tokens.contains(word) && self.is_called(id, name))
    }

    /// Whether a candidate is of the property asked for and has one of the ends at least.
    fn concerns(&self, property: PropertyId, subject: TokenId, object: TokenId) -> bool {
        let ends = [(subject, &self.query.subject), (object, &self.query.object)];
        let asked = |(_, name): &(TokenId, &Option<String>)| name.is_some();
        let fits =
            ends.iter().filter(|end| asked(end)).filter(|(word, name)| self.stands_at(*word, name)).count();
        let open = ends.iter().all(|end| !asked(end));
        self.query.asks_for(property, self.reading.lexicon.ontology()) && (open || fits > 0)
    }

    fn rule(&self, dropped: &Dropped) -> String {
        let property = self.reading.lexicon.ontology().property(dropped.property);
        match self.reading.wording(property, &dropped.rule) {
            Some((kind, wording, _)) => {
                format!("{kind} \"{}\", {}:{}", wording.text, wording.origin.file, wording.origin.line)
            }
            None => dropped.rule.rsplit_once('#').map_or(dropped.rule.clone(), |(_, rule)| rule.to_owned()),
        }
    }

    fn why(&self, dropped: &Dropped) -> String {
        let property = self.reading.lexicon.ontology().property(dropped.property);
        let at = |side: Side| match side {
            Side::Subject => ("subject", self.reading.parsed.text(dropped.subject)),
            Side::Object => ("object", self.reading.parsed.text(dropped.object)),
        };
        match &dropped.why {
            Why::Nothing(side) => {
                let (side_name, word) = at(*side);
                let sought = match (&property.range, side) {
                    (Range::Literal(_), Side::Object) => "no value of the kind that it takes",
                    _ => "nothing that a name or anything tied to one stands for",
                };
                format!("its {side_name} would be \"{word}\", {sought}")
            }
            Why::Class(side, id) => {
                let (name, condition) = match side {
                    Side::Subject => ("subject", &property.domain),
                    Side::Object => ("object", &property.range_classes),
                };
                let (text, class) = (self.reading.text(*id), self.reading.class(*id));
                if !self.reading.is_named(*id) {
                    return format!("nothing names its {name}, \"{text}\"");
                }
                let wanted = self.reading.condition(condition);
                format!("its {name}, \"{text}\", is {class}; what it takes is {wanted}")
            }
            Why::Unsaid => "nothing stands here, or stood before, that it could be of".to_owned(),
            Why::Open => "something here denies it or leaves it open".to_owned(),
            Why::Bare => "a preposition by itself ties names only".to_owned(),
            Why::SameThing => "its subject and object are one".to_owned(),
            Why::Unsure { confidence, least, fit } if *fit < 1.0 => {
                format!(
                    "{confidence:.2} sure, below {least:.2}: the classes at its ends leave {fit:.2} of it"
                )
            }
            Why::Unsure { confidence, least, .. } => format!("{confidence:.2} sure, below {least:.2}"),
            Why::Learned => "what examples taught reads the words otherwise".to_owned(),
            Why::Surer => "another wording says the same".to_owned(),
            Why::Turned => "it is told the other way round, which is the same".to_owned(),
            Why::Crossed => "the two stand at different places of lists that go together in order".to_owned(),
            Why::Contrary => "it holds one way only, and the other is surer".to_owned(),
            Why::Another => "it has one value only, and another is surer".to_owned(),
            Why::Contradicted(side, class) => {
                let (name, text) = at(*side);
                let class = &self.reading.lexicon.ontology().class(*class).label;
                format!("its {name}, \"{text}\", is a {class}, as the text's other facts say")
            }
        }
    }

    /// What is told in place of what is asked: the same of another, or something else of the two.
    fn instead(&self, told: &Told) -> Option<String> {
        let fact = &told.fact;
        let [subject, object] = [fact.subject, fact.object];
        let is = |id: MentionId, name: &Option<String>| name.is_some() && self.is_called(id, name);
        let same_property = self.query.asks_for(fact.property, self.reading.lexicon.ontology());
        let of_another =
            same_property && (is(subject, &self.query.subject) || is(object, &self.query.object));
        let straight = is(subject, &self.query.subject) && is(object, &self.query.object);
        let back = is(subject, &self.query.object) && is(object, &self.query.subject);
        let nameless = [subject, object].into_iter().find(|id| !self.reading.is_named(*id));
        let nameless = nameless.map_or(String::new(), |id| {
            format!("; nothing says who or what \"{}\" is", self.reading.text(id))
        });
        let label = &self.reading.property(fact).label;
        let status = format!("{:?}", fact.status).to_lowercase();
        let [subject, object] = [subject, object].map(|id| self.reading.name(id));
        (of_another || straight || back)
            .then(|| format!("told instead: {subject} | {label} | {object}, {status}{nameless}"))
    }

    /// How probable what was learned finds it.
    fn scored(&self) -> Vec<(SentenceId, String)> {
        let reading = self.reading;
        let scorer = reading.lexicon.scorer();
        let ontology = reading.lexicon.ontology();
        let is_asked =
            |property: PropertyId| self.query.properties.is_some() && self.query.asks_for(property, ontology);
        if !scorer.judged().iter().any(|judged| is_asked(judged.property)) {
            return Vec::new();
        }
        let wanted = |property, subject, object| {
            is_asked(property)
                && self.is_called(subject, &self.query.subject)
                && self.is_called(object, &self.query.object)
        };
        let line = |score: Score| {
            let why = if score.probability < score.cut {
                "told from"
            } else {
                "but a surer reading excludes it, told from"
            };
            let Score { probability, cut, fit, features, .. } = &score;
            let left = match *fit {
                0.0 => " nothing, as its ends are of other classes or kinds than it takes".to_owned(),
                fit if fit < 1.0 => format!(" {fit:.2}, as the classes at its ends fit only so far"),
                _ => String::new(),
            };
            let left = if left.is_empty() { left } else { format!(", of which is left{left}") };
            (
                reading.sentence_of(score.object),
                format!("learned: {probability:.2} probable{left}, {why} {cut:.2} on: {features}"),
            )
        };
        Scores::of(reading).of_pairs(wanted).into_iter().map(line).collect()
    }

    /// Which words of the property's phrases stand in a sentence, or else what ties the two there.
    fn nearest(&self, sentence: SentenceId, subject: MentionId, object: MentionId) -> Vec<String> {
        let parsed = &self.reading.parsed;
        let mut lines = Vec::new();
        for word in parsed.document().sentence(sentence).iter() {
            let lemma = lemma_with_particle(parsed, word);
            let form = parsed.text(word).to_lowercase();
            let at = [&*lemma, &*form].into_iter().flat_map(|key| self.reading.lexicon.patterns_at(key));
            let asked = |property| {
                self.query.properties.is_some()
                    && self.query.asks_for(property, self.reading.lexicon.ontology())
            };
            if at.into_iter().any(|pattern| asked(pattern.property)) {
                lines.push(format!(
                    "\"{}\" is a word of its phrases, but does not tie the two here",
                    parsed.text(word)
                ));
            } else if self.reading.lexicon.roles_of(&lemma).iter().any(|role| asked(role.property)) {
                lines.push(format!(
                    "\"{}\" is a role of it, but does not tie the two here",
                    parsed.text(word)
                ));
            }
        }
        if lines.is_empty() {
            lines.push("no word of its phrases stands here".to_owned());
        }
        lines.extend(self.way(sentence, subject, object));
        lines
    }

    /// The grammar that ties two mentions, as a phrase's pattern is written.
    fn way(&self, sentence: SentenceId, subject: MentionId, object: MentionId) -> Option<String> {
        let parsed = &self.reading.parsed;
        let [from, to] = [subject, object].map(|id| self.reading.entities.mention(id).head);
        let edges = shortest(parsed.enhanced(sentence), from, to)?;
        let (words, steps): (Vec<TokenId>, Vec<_>) = follow(parsed, from, &edges).into_iter().unzip();
        let anchor = |word: &TokenId| Anchor {
            lemma: lemma_with_particle(parsed, *word),
            form: parsed.text(*word).to_lowercase().into(),
            class: None,
            requires: Vec::new(),
        };
        let anchors = words[..words.len().checked_sub(1)?].iter().map(anchor).collect();
        let property = PropertyId(0);
        let pattern = Pattern { property, steps, anchors, rule: String::new(), confidence: 0.0 };
        Some(format!("what ties the two: {pattern}"))
    }

    fn marked(&self, sentence: SentenceId) -> String {
        let range = |id: MentionId| self.reading.entities.mention(id).tokens;
        let ends = [(&self.query.subject, "subject"), (&self.query.object, "object")];
        let of = |(name, what): &(&Option<String>, &'static str)| {
            name.as_ref()?;
            Some((range(self.mentioned(sentence, name)?), *what))
        };
        let marks: Vec<_> = ends.iter().filter_map(of).collect();
        self.reading.marked(sentence, &marks, &[])
    }
}
