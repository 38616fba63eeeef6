//! Annotations of the text (<https://www.w3.org/TR/annotation-model/>): offsets count code points, end exclusive.

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Literal, NamedNodeRef};

use super::super::statements::Statement;
use super::Writer;
use crate::graph::{End, Evidence, EvidenceId};
use crate::rdf::vocabulary::{oa, rdf as reified, tg};

/// How many code points before and after the words a quote shows, to tell it from others of the same words.
const CONTEXT: usize = 32;

/// A stretch of a text, and what stands around it.
struct Span<'t> {
    start: usize,
    end: usize,
    words: &'t str,
    before: String,
    after: String,
}

/// Annotates the sentence that says a statement, and the words in it for the statement's ends.
pub(super) fn annotate(writer: &mut Writer<'_>, statement: &Statement, id: EvidenceId) {
    let name = writer.names.evidence(id).clone();
    let graph = writer.graph;
    let evidence = graph.evidence(id);
    let iri = name.as_str();
    let body = format!("{iri}-{}", if statement.translated { "translation" } else { "statement" });
    writer.dataset.say(iri, rdf::TYPE, oa::ANNOTATION);
    writer.dataset.say(iri, oa::MOTIVATED_BY, oa::IDENTIFYING);
    writer.dataset.say(iri, oa::HAS_BODY, NamedNodeRef::new_unchecked(&body));
    writer.describe(&name, id);
    writer.dataset.say(&body, rdf::TYPE, reified::STATEMENT);
    writer.dataset.say(&body, reified::SUBJECT, &statement.subject);
    writer.dataset.say(&body, reified::PREDICATE, &statement.property);
    writer.dataset.say(&body, reified::OBJECT, &statement.object);
    let sentence = Span {
        start: evidence.sentence.start,
        end: evidence.sentence.end,
        words: &evidence.quote,
        before: String::new(),
        after: String::new(),
    };
    // A statement of a symmetric property, or in other terms, may name the ends the other way round.
    let is = |end: &End, iri: &str| end.iri.as_deref() == Some(iri);
    let subject = statement.subject.as_str();
    let turned = is(&evidence.object, subject) && !is(&evidence.subject, subject);
    let mut ends = [tg::SUBJECT_MENTION, tg::OBJECT_MENTION];
    if turned {
        ends.reverse();
    }
    let spans = [
        (iri, oa::HAS_TARGET, "sentence", sentence),
        (&body, ends[0], "subject", mention(&evidence.subject, evidence)),
        (&body, ends[1], "object", mention(&evidence.object, evidence)),
    ];
    for (from, property, part, span) in spans {
        let target = format!("{iri}-{part}");
        writer.dataset.say(from, property, NamedNodeRef::new_unchecked(&target));
        select(writer, &target, &evidence.document, &span);
    }
}

/// The words that refer to one end, and what stands around them if they are in the sentence.
fn mention<'t>(end: &'t End, evidence: &'t Evidence) -> Span<'t> {
    let sentence: Vec<char> = evidence.quote.chars().collect();
    let (start, stop) =
        (end.start.checked_sub(evidence.sentence.start), end.end.checked_sub(evidence.sentence.start));
    let (before, after) = match (start, stop) {
        (Some(start), Some(stop)) if start <= stop && stop <= sentence.len() => (
            sentence[start.saturating_sub(CONTEXT)..start].iter().collect(),
            sentence[stop..sentence.len().min(stop + CONTEXT)].iter().collect(),
        ),
        _ => Default::default(),
    };
    Span { start: end.start, end: end.end, words: &end.text, before, after }
}

/// Describes a stretch by its position and by its words.
fn select(writer: &mut Writer<'_>, target: &str, document: &str, span: &Span<'_>) {
    let source = writer.names.source(document);
    let (position, quote) = (format!("{target}-position"), format!("{target}-quote"));
    let dataset = &mut writer.dataset;
    dataset.say(target, rdf::TYPE, oa::SPECIFIC_RESOURCE);
    dataset.say(target, oa::HAS_SOURCE, &source);
    dataset.say(target, oa::HAS_SELECTOR, NamedNodeRef::new_unchecked(&position));
    dataset.say(target, oa::HAS_SELECTOR, NamedNodeRef::new_unchecked(&quote));
    let count = |number: usize| Literal::new_typed_literal(number.to_string(), xsd::NON_NEGATIVE_INTEGER);
    dataset.say(&position, rdf::TYPE, oa::TEXT_POSITION_SELECTOR);
    dataset.say(&position, oa::START, &count(span.start));
    dataset.say(&position, oa::END, &count(span.end));
    dataset.say(&quote, rdf::TYPE, oa::TEXT_QUOTE_SELECTOR);
    for (property, words) in [(oa::EXACT, span.words), (oa::PREFIX, &span.before), (oa::SUFFIX, &span.after)]
    {
        if !words.is_empty() {
            dataset.say(&quote, property, &Literal::new_simple_literal(words));
        }
    }
}
