//! `tellgraph annotate`: the text with its grammar, names and entities, as CoNLL-U.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::ops::Range;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use tellgraph::document::{self, SentenceId, Span, TokenId, TokenRange};
use tellgraph::entity::{self, Entities};
use tellgraph::mention::{self, Kind, Mention};
use tellgraph::ontology::ClassId;
use tellgraph::source::conllu::Given;
use tellgraph::syntax::{self, Parsed, Word};
use tellgraph::{Lexicon, Ontology};

use super::batch;
use super::input::Input;
use super::output::Output;
use super::vocabulary::Vocabulary;

/// Write texts with their grammar, names and entities, one word a line.
///
/// The columns are those of CoNLL-U. The last tells where a word stands in its document (TokenRange, in code points),
/// which name it is part of (Name) and what it refers to (Entity, in the brackets of CorefUD). Words and sentences that
/// CoNLL-U input gives are kept.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    input: Input,

    /// How to write it
    #[arg(short, long, value_name = "FORMAT", default_value = "conllu")]
    to: Form,

    /// The file to write, which appears whole or not at all; if not given, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    vocabulary: Vocabulary,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Conllu,
}

const EXAMPLES: &str = "\
Examples:
  tellgraph annotate story.txt
  tellgraph annotate --from conllu gold.conllu.gz --to conllu -o ours.conllu";

pub fn run(arguments: &Arguments) -> Result<()> {
    let lexicon = arguments.vocabulary.lexicon()?;
    let sources = arguments.input.open()?;
    let mut output = Output::open(arguments.output.as_deref())?;
    let Form::Conllu = arguments.to;
    let annotate = |given: &Given| annotate(given, &lexicon);
    batch::each(sources, annotate, |text| Ok(output.write_all(text.as_bytes())?))?;
    output.finish()
}

fn annotate(given: &Given, lexicon: &Lexicon) -> String {
    let parsed = syntax::parse(document::of(given));
    let mentions = mention::find(&parsed, lexicon);
    let entities = entity::resolve(&parsed, mentions, lexicon);
    let mut text = format!("# newdoc id = {}\n", one_line(&given.source.id));
    let places = code_points(&parsed);
    let names = names(&entities, lexicon.ontology(), places.len());
    let brackets = brackets(&parsed, &entities, lexicon.ontology());
    for (sentence, tokens) in parsed.document().sentences() {
        begin_sentence(&mut text, given, &parsed, sentence);
        for token in tokens.iter() {
            let (start, end) = places[token.index()];
            let range = format!("TokenRange={start}:{end}");
            let space = if parsed.document().token(token).space_after { "" } else { "SpaceAfter=No" };
            let misc = [space, &range, &names[token.index()], &brackets[token.index()]];
            let misc: Vec<&str> = misc.into_iter().filter(|field| !field.is_empty()).collect();
            write_row(&mut text, &parsed, tokens, token, &misc.join("|"));
        }
        text.push('\n');
    }
    text
}

fn begin_sentence(text: &mut String, given: &Given, parsed: &Parsed, sentence: SentenceId) {
    let document = parsed.document();
    let id = given.sentences.get(sentence.index()).and_then(|sentence| sentence.id.clone());
    let id = id.unwrap_or_else(|| format!("{}-{}", given.source.id, sentence.index() + 1));
    let words = document.slice(document.span(document.sentence(sentence)));
    let _ = writeln!(text, "# sent_id = {}\n# text = {}", one_line(&id), one_line(words));
}

fn write_row(text: &mut String, parsed: &Parsed, sentence: TokenRange, token: TokenId, misc: &str) {
    let number = |token: TokenId| token.0 - sentence.start.0 + 1;
    let _ = write!(text, "{}\t{}\t", number(token), one_line(parsed.text(token)));
    let _ = match parsed.words().get(token.index()) {
        Some(Word { upos, xpos, lemma, head, deprel }) => {
            let (lemma, head) = (one_line(lemma), head.map_or(0, number));
            let lemma = if lemma.is_empty() { "_" } else { &lemma };
            write!(text, "{lemma}\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_")
        }
        None => write!(text, "_\t_\t_\t_\t_\t_\t_"),
    };
    let _ = writeln!(text, "\t{misc}");
}

/// A text in a column or a comment: line ends and tabs, which would end those, become spaces.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

/// Where each token begins and ends, counted in code points from the start of the document.
fn code_points(parsed: &Parsed) -> Vec<(usize, usize)> {
    let document = parsed.document();
    let (mut bytes, mut count) = (0, 0);
    let mut place = |byte: usize| {
        count += document.slice(Span { start: bytes, end: byte }).chars().count();
        bytes = byte;
        count
    };
    document.tokens().iter().map(|token| (place(token.span.start), place(token.span.end))).collect()
}

/// For each token `Name=B-Person` or `Name=I-Person`, if it stands in a name; of names in names the outermost counts.
fn names(entities: &Entities, ontology: &Ontology, tokens: usize) -> Vec<String> {
    let mut names = vec![String::new(); tokens];
    let is_name = |mention: &&Mention| mention.kind == Kind::Name;
    let mut mentions: Vec<&Mention> =
        entities.mentions().map(|(_, mention)| mention).filter(is_name).collect();
    mentions.sort_by_key(|mention| (mention.tokens.start, Reverse(mention.tokens.end)));
    for mention in mentions {
        let fields = &mut names[mention.tokens.indices()];
        if fields.iter().all(String::is_empty) {
            let class = class_name(ontology, mention.class);
            for (index, field) in fields.iter_mut().enumerate() {
                *field = format!("Name={}-{class}", if index == 0 { 'B' } else { 'I' });
            }
        }
    }
    names
}

/// For each token the `Entity=` field of the mentions that begin or end there.
fn brackets(parsed: &Parsed, entities: &Entities, ontology: &Ontology) -> Vec<String> {
    let mut mentions = Vec::new();
    for (id, mention) in entities.mentions() {
        let range = mention.tokens;
        let Some(entity) = entities.of(id).filter(|_| !range.is_empty()) else { continue };
        if range.end <= parsed.sentence_around(range.start).end {
            let class = entities.entity(entity).class.or(mention.class);
            mentions.push(Bracketed {
                range: range.indices(),
                entity: entity.index(),
                class: class_name(ontology, class),
            });
        }
    }
    write_brackets(mentions, parsed.document().tokens().len())
}

/// A mention to put in brackets.
struct Bracketed {
    range: Range<usize>,
    entity: usize,
    class: String,
}

/// Writes mentions as CorefUD does (<https://ufal.mff.cuni.cz/corefud>): `Entity=(e1-Person(e2-Place)` at one token and
/// `Entity=e1)` at a later one. Entities are numbered as they are met.
///
/// Brackets nest; a mention that crosses an earlier one is left out.
fn write_brackets(mut mentions: Vec<Bracketed>, tokens: usize) -> Vec<String> {
    mentions.sort_by_key(|mention| (mention.range.start, Reverse(mention.range.end)));
    let (mut opening, mut closing) = (vec![String::new(); tokens], vec![String::new(); tokens]);
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    let mut open: Vec<usize> = Vec::new();
    for Bracketed { range, entity, class } in mentions {
        open.retain(|end| *end > range.start);
        if open.last().is_some_and(|end| *end < range.end) {
            continue;
        }
        open.push(range.end);
        let next = numbers.len() + 1;
        let number = numbers.entry(entity).or_insert(next);
        let end = if range.len() == 1 { ")" } else { "" };
        let _ = write!(opening[range.start], "(e{number}-{class}{end}");
        if range.len() > 1 {
            closing[range.end - 1].insert_str(0, &format!("e{number})"));
        }
    }
    let field = |(opening, closing): (String, String)| {
        let brackets = opening + &closing;
        if brackets.is_empty() { brackets } else { format!("Entity={brackets}") }
    };
    opening.into_iter().zip(closing).map(field).collect()
}

/// The last part of a class's IRI, in letters and digits only; `Thing` if nothing is known.
fn class_name(ontology: &Ontology, class: Option<ClassId>) -> String {
    let Some(class) = class else { return "Thing".to_owned() };
    let iri = ontology.class(class).iri.as_str();
    let local = iri.rsplit(['#', '/']).next().unwrap_or(iri);
    local.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(mentions: &[(Range<usize>, usize)], expected: &[&str]) {
        let bracketed = |(range, entity): &(Range<usize>, usize)| Bracketed {
            range: range.clone(),
            entity: *entity,
            class: format!("C{entity}"),
        };
        let fields = write_brackets(mentions.iter().map(bracketed).collect(), expected.len());
        assert_eq!(fields, expected);
    }

    #[test]
    fn brackets_nest() {
        check(&[], &["", ""]);
        check(&[(1..2, 7), (0..1, 7)], &["Entity=(e1-C7)", "Entity=(e1-C7)"]);
        check(&[(0..3, 4), (0..1, 2), (2..3, 4)], &["Entity=(e1-C4(e2-C2)", "", "Entity=(e1-C4)e1)"]);
        check(&[(0..3, 1), (1..3, 2)], &["Entity=(e1-C1", "Entity=(e2-C2", "Entity=e2)e1)"]);
        check(&[(0..2, 1), (0..2, 2)], &["Entity=(e1-C1(e2-C2", "Entity=e2)e1)"]);
    }

    #[test]
    fn crossing_mentions_are_left_out() {
        check(&[(0..2, 1), (1..3, 2), (2..3, 3)], &["Entity=(e1-C1", "Entity=e1)", "Entity=(e2-C3)"]);
        check(
            &[(0..4, 1), (1..3, 2), (2..4, 3)],
            &["Entity=(e1-C1", "Entity=(e2-C2", "Entity=e2)", "Entity=e1)"],
        );
    }

    #[test]
    fn fields_keep_to_their_line() {
        assert_eq!(one_line("a\tb\r\nc\u{a0}d"), "a b  c\u{a0}d");
    }
}
