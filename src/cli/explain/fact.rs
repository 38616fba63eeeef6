//! Why a fact is told.

use tellgraph::document::TokenId;
use tellgraph::fact::trace::{Dropped, Told, Why};
use tellgraph::fact::{self, Status};
use tellgraph::mention::MentionId;
use tellgraph::ontology::Wording;

use super::query::Query;
use super::reading::Reading;
use super::score::{STRONGEST, Scores};
use crate::cli::table::Row;

/// For each fact that is asked about what made it.
pub fn told(reading: &Reading, query: &Query) -> Vec<Row> {
    let ontology = reading.lexicon.ontology();
    let fits = |told: &&Told| {
        let called = |id: MentionId, name: &Option<String>| reading.is_called(id, name.as_deref());
        let fact = &told.fact;
        let straight = query.asks_for(fact.property, ontology)
            && called(fact.subject, &query.subject)
            && called(fact.object, &query.object);
        straight
            || (query.asks_for_inverse(fact.property, ontology)
                && called(fact.subject, &query.object)
                && called(fact.object, &query.subject))
    };
    let mut found: Vec<&Told> = reading.trace.told.iter().filter(fits).collect();
    found.sort_by_key(|told| (told.fact.sentence, told.fact.subject, told.fact.object, told.fact.property));
    let scores = found.iter().any(|told| reading.is_learned(told)).then(|| Scores::of(reading));
    found.into_iter().flat_map(|told| one(reading, told, scores.as_ref())).collect()
}

fn one(reading: &Reading, told: &Told, scores: Option<&Scores>) -> Vec<Row> {
    let fact = &told.fact;
    let property = reading.property(fact);
    let [subject, object] = [fact.subject, fact.object].map(|id| reading.name(id));
    let mut words = told.anchors.clone();
    words.extend(told.status_by.iter().chain(&told.past_by));
    let range = |id: MentionId| reading.entities.mention(id).tokens;
    let marks = [(range(fact.subject), "subject"), (range(fact.object), "object")];
    let mut rows = vec![
        vec![format!("{subject} | {} | {object}", property.label)],
        vec![format!("  {}", reading.marked(fact.sentence, &marks, &words))],
    ];
    let mut add = |name: &str, told: String| rows.push(vec![name.to_owned(), told]);
    let (name, by, confidence) = rule(reading, told);
    add(name, by);
    fitting(reading, told).into_iter().for_each(|wording| add("phrase", wording));
    add("subject", reading.identity(fact.subject));
    let implied =
        if fact.implicit { "; it is not said in the sentence, but was spoken of before" } else { "" };
    add("object", format!("{}{implied}", reading.identity(fact.object)));
    add("confidence", format!("{:.2}{}", fact.confidence, confidence.parts));
    if reading.is_learned(told) {
        let is_it = |property, subject, object| {
            (property, subject, object) == (fact.property, fact.subject, fact.object)
        };
        let scores = scores.into_iter().flat_map(|scores| scores.of_pairs(is_it));
        scores.for_each(|score| add("features", score.features));
    } else if confidence.is_weighed {
        add("features", features(reading, told));
    }
    add("status", status(reading, told));
    if let Some(why) = unstated(reading, told) {
        add("graph", why);
    }
    rows
}

/// How sure a fact is.
struct Confidence {
    parts: String,
    /// Whether the whole sentence was weighed, and not its wording alone.
    is_weighed: bool,
}

/// What kind of rule told a fact, which one, and the parts of its confidence.
fn rule(reading: &Reading, told: &Told) -> (&'static str, String, Confidence) {
    let fact = &told.fact;
    let property = reading.property(fact);
    if let Some((kind, wording, own)) = reading.wording(property, &fact.rule) {
        let seen = wording.seen.map_or(String::new(), |seen| format!(", seen {seen} times"));
        let mut parts = vec![format!("{own:.2} of the {kind}{seen}")];
        if told.fit < 1.0 {
            parts.push(format!("{:.2}, as the classes at its ends fit only so far", told.fit));
        }
        let left = fact.confidence / (own * told.fit);
        if fact.implicit {
            parts.push(format!("{left:.2}, as its object is implied"));
        }
        let parts = parts.join(" × ");
        // What examples taught of the relation weighs the sentence as well.
        let is_weighed = (left - 1.0).abs() > 0.001 && !fact.implicit;
        let parts =
            if is_weighed { format!(" by the whole sentence; {parts}") } else { format!(" = {parts}") };
        return (kind, quoted(&wording), Confidence { parts, is_weighed });
    }
    let short = fact.rule.rsplit_once('#').map_or(fact.rule.as_str(), |(_, rule)| rule);
    if reading.is_learned(told) {
        let learned = property.learned.as_ref().and_then(|learned| learned.origin.as_ref());
        let by = match learned {
            Some(origin) => format!("{short}, {}:{}", origin.file, origin.line),
            None => format!("{short}, by its label, {}:{}", property.origin.file, property.origin.line),
        };
        let fit = match told.fit {
            fit if fit < 1.0 => {
                format!("; the classes at its ends fit only so far, which left {fit:.2} of it")
            }
            _ => String::new(),
        };
        return ("learned", by, Confidence { parts: format!(" by its features{fit}"), is_weighed: true });
    }
    if fact.rule == property.scorer() {
        let parts = " by the whole sentence, as examples taught".to_owned();
        return ("examples", short.to_owned(), Confidence { parts, is_weighed: true });
    }
    ("layout", short.to_owned(), Confidence { parts: " of the rule".to_owned(), is_weighed: false })
}

fn quoted(wording: &Wording) -> String {
    format!("\"{}\", {}:{}", wording.text, wording.origin.file, wording.origin.line)
}

/// The wordings that fit as well where features told a fact: they are features of it.
fn fitting(reading: &Reading, told: &Told) -> Vec<String> {
    let heads = [told.fact.subject, told.fact.object].map(|id| reading.entities.mention(id).head);
    let is_same = |dropped: &&Dropped| {
        dropped.why == Why::Learned
            && dropped.property == told.fact.property
            && [dropped.subject, dropped.object] == heads
    };
    let wording = |dropped: &Dropped| {
        let (_, wording, own) = reading.wording(reading.property(&told.fact), &dropped.rule)?;
        Some(format!("{}, which is right in {:.0} %", quoted(&wording), own * 100.0))
    };
    let mut wordings: Vec<String> =
        reading.trace.dropped.iter().filter(is_same).filter_map(wording).collect();
    wordings.dedup();
    wordings
}

/// What spoke most for a fact in its sentence, and against it.
fn features(reading: &Reading, told: &Told) -> String {
    let parts = fact::parts(&reading.parsed, &reading.entities, reading.lexicon, &told.fact);
    let named = parts.iter().take(STRONGEST).map(|part| format!("{:+.2} {}", part.weight, part.name));
    named.collect::<Vec<_>>().join("; ")
}

fn status(reading: &Reading, told: &Told) -> String {
    let quote = |word: TokenId| format!("\"{}\"", reading.parsed.text(word));
    let fact = &told.fact;
    let mut status = format!("{:?}", fact.status).to_lowercase();
    if let Some(word) = told.status_by {
        status += &format!(", by {}", quote(word));
    }
    if let Some(speaker) = fact.speaker.filter(|_| fact.status == Status::Reported) {
        status += &format!("; {} says so", reading.name(speaker));
    }
    if let Some(word) = told.past_by {
        status += &format!("; past, by {}", quote(word));
    }
    status
}

/// Why a fact does not stand in the graph.
fn unstated(reading: &Reading, told: &Told) -> Option<String> {
    let fact = &told.fact;
    let nameless = [fact.subject, fact.object].into_iter().find(|id| !reading.is_named(*id));
    let why = if fact.status != Status::Asserted {
        "it is not asserted".to_owned()
    } else if fact.past {
        "it holds no longer".to_owned()
    } else {
        format!("nothing names \"{}\"", reading.text(nameless?))
    };
    Some(format!("left out, as {why}"))
}
