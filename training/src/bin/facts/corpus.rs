//! KnowledgeNet's passages, as the relations see them.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use rayon::prelude::*;
use serde::Deserialize;
use tellgraph::entity::{self, Entities};
use tellgraph::fact::relation::{RELATIONS, Sentence};
use tellgraph::fact::{self, relation};
use tellgraph::mention::{self, MentionId};
use tellgraph::syntax::{self, Parsed};
use tellgraph::{Lexicon, Source, document};

/// What the corpus calls our relations, and whether its subject is our object.
const NAMES: [(&str, bool); 15] = [
    ("DATE_OF_BIRTH", false),
    ("DATE_OF_DEATH", false),
    ("PLACE_OF_BIRTH", false),
    ("PLACE_OF_RESIDENCE", false),
    ("NATIONALITY", false),
    ("EDUCATED_AT", false),
    ("EMPLOYEE_OR_MEMBER_OF", false),
    ("POLITICAL_AFFILIATION", false),
    ("CHILD_OF", false),
    ("SPOUSE", false),
    ("DATE_FOUNDED", false),
    ("HEADQUARTERS", false),
    ("SUBSIDIARY_OF", false),
    ("FOUNDED_BY", true),
    ("CEO", true),
];

#[derive(Deserialize)]
pub struct Passage {
    pub id: String,
    pub text: String,
    #[serde(default)]
    properties: Vec<String>,
    #[serde(default)]
    facts: Vec<Stated>,
}

#[derive(Deserialize)]
struct Stated {
    property: String,
    subject: End,
    object: End,
}

#[derive(Deserialize)]
struct End {
    start: usize,
    end: usize,
}

/// A stretch of a text, in code points.
pub type Span = (usize, usize);

/// A fact: its relation by number, and where its ends stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Gold {
    pub relation: usize,
    pub subject: Span,
    pub object: Span,
}

/// A passage as it was read.
pub struct Text {
    /// Which relations were annotated exhaustively.
    pub annotated: [bool; RELATIONS.len()],
    /// What texts of one page have in common.
    pub page: u64,
    pub gold: Vec<Gold>,
    pub pairs: Vec<Pair>,
}

/// Two things of one sentence.
pub struct Pair {
    /// Positions of their weights.
    pub features: Vec<u32>,
    /// Where their mentions stand.
    pub subjects: Vec<Span>,
    pub objects: Vec<Span>,
    /// Which relations hold.
    pub holds: [bool; RELATIONS.len()],
    /// Which relations some wording says of them.
    pub worded: [bool; RELATIONS.len()],
}

pub fn overlap(one: Span, other: Span) -> bool {
    one.0 < other.1 && other.0 < one.1
}

/// The passages of a file, one a line.
pub fn read(path: &Path) -> Result<Vec<Passage>> {
    let name = || path.display().to_string();
    let mut text = String::new();
    MultiGzDecoder::new(File::open(path).with_context(name)?).read_to_string(&mut text).with_context(name)?;
    text.lines().map(|line| serde_json::from_str(line).with_context(name)).collect()
}

/// Reads passages as the program does, and sees which pairs of things state their facts.
pub fn texts(passages: &[Passage], lexicon: &Lexicon) -> Vec<Text> {
    passages.par_iter().map(|passage| text(passage, lexicon)).collect()
}

fn text(passage: &Passage, lexicon: &Lexicon) -> Text {
    let source = Source::plain(&passage.id, &passage.text);
    let parsed = syntax::parse(document::read(&source));
    let mentions = mention::find(&parsed, lexicon);
    let entities = entity::resolve(&parsed, mentions, lexicon);
    let sentences = fact::examine(&parsed, &entities, lexicon);
    let gold: Vec<Gold> = passage.facts.iter().filter_map(gold).collect();
    let annotated = NAMES.map(|(name, _)| passage.properties.iter().any(|property| property == name));
    let points = Points::of(&passage.text, &parsed, &entities);
    let pairs = sentences.iter().flat_map(|sentence| pairs(sentence, &points, &gold)).collect();
    Text { annotated, page: page(&passage.id), gold, pairs }
}

/// A number for the page that a passage is from, which stands before the first colon of its id.
fn page(id: &str) -> u64 {
    let page = id.split(':').next().unwrap_or(id);
    page.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
        >> 17
}

fn gold(stated: &Stated) -> Option<Gold> {
    let relation = NAMES.iter().position(|(name, _)| *name == stated.property)?;
    let span = |end: &End| (end.start, end.end);
    let (subject, object) = (span(&stated.subject), span(&stated.object));
    let swapped = NAMES[relation].1;
    let (subject, object) = if swapped { (object, subject) } else { (subject, object) };
    Some(Gold { relation, subject, object })
}

/// Where each mention stands, in code points.
struct Points(HashMap<MentionId, Span>);

impl Points {
    fn of(text: &str, parsed: &Parsed, entities: &Entities) -> Self {
        let span = |(id, mention): (MentionId, &mention::Mention)| {
            let span = parsed.document().span(mention.tokens);
            let points = |byte: usize| text[..byte].chars().count();
            (id, (points(span.start), points(span.end)))
        };
        Self(entities.mentions().map(span).collect())
    }
}

fn pairs(sentence: &Sentence, points: &Points, gold: &[Gold]) -> Vec<Pair> {
    let ends = |group: usize| -> Vec<Span> {
        sentence.groups[group].ends.iter().map(|mention| points.0[mention]).collect()
    };
    let pair = |pair: &relation::Pair| {
        let (subjects, objects) = (ends(pair.subject), ends(pair.object));
        let mut holds = [false; RELATIONS.len()];
        for fact in gold {
            let at = |spans: &[Span], place: Span| spans.iter().any(|span| overlap(*span, place));
            if at(&subjects, fact.subject) && at(&objects, fact.object) {
                holds[fact.relation] = true;
            }
        }
        let features = pair.features.iter().map(|feature| feature.0).collect();
        Pair { features, subjects, objects, holds, worded: pair.worded }
    };
    sentence.pairs.iter().map(pair).collect()
}

/// What the passages' facts are found at most, if every pair is judged rightly.
pub fn reachable(texts: &[Text]) -> Vec<(usize, usize)> {
    let mut counts = vec![(0, 0); RELATIONS.len()];
    for text in texts {
        let mut found: HashSet<Gold> = HashSet::new();
        for pair in &text.pairs {
            for fact in &text.gold {
                let at = |spans: &[Span], place: Span| spans.iter().any(|span| overlap(*span, place));
                if at(&pair.subjects, fact.subject) && at(&pair.objects, fact.object) {
                    found.insert(*fact);
                }
            }
        }
        for fact in &text.gold {
            counts[fact.relation].1 += 1;
            counts[fact.relation].0 += usize::from(found.contains(fact));
        }
    }
    counts
}
