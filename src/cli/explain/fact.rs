//! Why a fact is told.

use tellgraph::document::TokenId;
use tellgraph::fact::Status;
use tellgraph::fact::trace::Told;
use tellgraph::mention::MentionId;

use super::query::Query;
use super::reading::Reading;
use super::score::Scores;
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
    let scores = found.iter().any(|told| is_learned(told)).then(|| Scores::of(reading));
    found.into_iter().flat_map(|told| one(reading, told, scores.as_ref())).collect()
}

fn is_learned(told: &Told) -> bool {
    told.fact.rule.ends_with("/scorer")
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
    let (name, by, parts) = rule(reading, told);
    add(name, by);
    add("subject", reading.identity(fact.subject));
    let implied =
        if fact.implicit { "; it is not said in the sentence, but was spoken of before" } else { "" };
    add("object", format!("{}{implied}", reading.identity(fact.object)));
    add("confidence", format!("{:.2}{parts}", fact.confidence));
    if let Some(scores) = scores.filter(|_| is_learned(told)) {
        let is_it = |property, subject, object| {
            (property, subject, object) == (fact.property, fact.subject, fact.object)
        };
        scores.of_pairs(is_it).into_iter().for_each(|score| add("features", score.features));
    }
    add("status", status(reading, told));
    if let Some(why) = unstated(reading, told) {
        add("graph", why);
    }
    rows
}

/// What kind of rule told a fact, which one, and the parts of its confidence.
fn rule(reading: &Reading, told: &Told) -> (&'static str, String, String) {
    let fact = &told.fact;
    let property = reading.property(fact);
    if let Some((kind, wording, own)) = reading.wording(property, &fact.rule) {
        let origin = &wording.origin;
        let by = format!("\"{}\", {}:{}", wording.text, origin.file, origin.line);
        let seen = wording.seen.map_or(String::new(), |seen| format!(", seen {seen} times"));
        let mut parts = vec![format!("{own:.2} of the {kind}{seen}")];
        if told.fit < 1.0 {
            parts.push(format!("{:.2}, as the classes at its ends fit only so far", told.fit));
        }
        let left = fact.confidence / (own * told.fit);
        if fact.implicit {
            parts.push(format!("{left:.2}, as its object is implied"));
        }
        return (kind, by, format!(" = {}", parts.join(" × ")));
    }
    let short = fact.rule.rsplit_once('#').map_or(fact.rule.as_str(), |(_, rule)| rule);
    if is_learned(told) {
        let origin = &property.origin;
        return (
            "learned",
            format!("{short}, {}:{}", origin.file, origin.line),
            " by its features".to_owned(),
        );
    }
    ("layout", short.to_owned(), " of the rule".to_owned())
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
