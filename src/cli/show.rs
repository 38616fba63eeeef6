//! `tellgraph show`: what one step of the program makes of a text, to read.

use std::io::Write as _;

use anyhow::Result;
use clap::{Args, ValueEnum};
use tellgraph::document::{self, Document, Role, Span, TokenId, TokenRange};
use tellgraph::entity::{self, Entities};
use tellgraph::fact::{self, Fact};
use tellgraph::mention::{self, Kind, Mention, MentionId};
use tellgraph::ontology::ClassId;
use tellgraph::source::conllu::Given;
use tellgraph::syntax::{self, Parsed};
use tellgraph::{Lexicon, Ontology};

use super::confidence::Confidence;
use super::input::Input;
use super::output::Output;
use super::table::{self, Row, printable};
use super::vocabulary::Vocabulary;

/// Show what one step of the program makes of a text.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    /// Which step
    #[arg(short, long, value_name = "STEP", default_value = "facts")]
    step: Step,

    #[command(flatten)]
    input: Input,

    #[command(flatten)]
    vocabulary: Vocabulary,

    #[command(flatten)]
    confidence: Confidence,
}

const EXAMPLES: &str = r#"Examples:
  echo "Ada Park founded Lumen Works in Oslo." | tellgraph show --step syntax
  tellgraph show --step entities story.txt

Offsets count code points of the text from 0, end exclusive."#;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Paragraphs, sentences and tokens
    Tokens,
    /// Each token's tags, lemma, head and role
    Syntax,
    /// Stretches of text that refer to something
    Mentions,
    /// What they refer to, and why
    Entities,
    /// What the text says of it
    Facts,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let lexicon = match arguments.step {
        Step::Tokens | Step::Syntax => None,
        Step::Mentions | Step::Entities | Step::Facts => {
            Some(arguments.confidence.apply(arguments.vocabulary.lexicon()?))
        }
    };
    let mut output = Output::open(None)?;
    let mut sources = arguments.input.open()?;
    while let Some(given) = sources.next_given().transpose()? {
        writeln!(output, "{} (document)", given.source.id)?;
        table::write(&mut output, &show(&given, arguments.step, lexicon.as_ref()))?;
    }
    output.finish()
}

fn show(given: &Given, step: Step, lexicon: Option<&Lexicon>) -> Vec<Row> {
    let places = places(&given.source.text);
    let document = document::of(given);
    if step == Step::Tokens {
        return tokens(&document, &places);
    }
    let parsed = syntax::parse(document);
    let Some(lexicon) = lexicon else { return grammar(&parsed) };
    let view = View { parsed: &parsed, ontology: lexicon.ontology(), places };
    let mentions = mention::find(&parsed, lexicon);
    if step == Step::Mentions {
        return mentions.iter().map(|mention| view.mention(mention)).collect();
    }
    let entities = entity::resolve(&parsed, mentions, lexicon);
    if step == Step::Entities {
        return view.entities(&entities);
    }
    view.facts(&fact::find(&parsed, &entities, lexicon), &entities)
}

fn tokens(document: &Document, places: &[usize]) -> Vec<Row> {
    sentences(document, |id| {
        let token = document.token(id);
        let after = if token.space_after { "" } else { "no space after" };
        vec![range(places, token.span), after.to_owned()]
    })
}

fn grammar(parsed: &Parsed) -> Vec<Row> {
    sentences(parsed.document(), |id| {
        let Some(word) = parsed.words().get(id.index()) else { return Vec::new() };
        let head = word.head.map_or(0, |head| head.0 - parsed.sentence_around(id).start.0 + 1);
        let [upos, xpos, deprel] = [word.upos.as_str(), word.xpos.as_str(), word.deprel.as_str()];
        [&*word.lemma, upos, xpos, &head.to_string(), deprel].map(str::to_owned).to_vec()
    })
}

/// Every sentence, and for each of its tokens a number, the token and what `tell` says of it.
fn sentences(document: &Document, tell: impl Fn(TokenId) -> Row) -> Vec<Row> {
    let mut rows = Vec::new();
    for (id, tokens) in document.sentences() {
        let words = printable(document.slice(document.span(tokens)));
        rows.push(vec![format!("[{}] {}: {words}", id.index() + 1, role(document.role_of(id)))]);
        rows.extend(tokens.iter().map(|token| {
            let number = token.0 - tokens.start.0 + 1;
            let mut row = vec![number.to_string(), printable(document.text(token))];
            row.extend(tell(token));
            row
        }));
    }
    rows
}

/// For each byte that begins a character (and the end), how many characters stand before it.
fn places(text: &str) -> Vec<usize> {
    let mut places = Vec::with_capacity(text.len() + 1);
    for (count, character) in text.chars().enumerate() {
        places.extend(std::iter::repeat_n(count, character.len_utf8()));
    }
    places.push(text.chars().count());
    places
}

struct View<'a> {
    parsed: &'a Parsed<'a>,
    ontology: &'a Ontology,
    places: Vec<usize>,
}

impl View<'_> {
    fn mention(&self, mention: &Mention) -> Row {
        let mut marks: Vec<String> = Vec::new();
        marks.extend(mention.number.map(|number| format!("{number:?}").to_lowercase()));
        marks.extend(mention.gender.map(|gender| format!("{gender:?}").to_lowercase()));
        let span = range(&self.places, self.parsed.document().span(mention.tokens));
        vec![
            span,
            kind(&mention.kind),
            self.class(mention.class),
            self.words(mention.tokens),
            marks.join(" "),
        ]
    }

    fn entities(&self, entities: &Entities) -> Vec<Row> {
        let mut rows = Vec::new();
        for (id, entity) in entities.entities() {
            let name = entity.name.as_deref().unwrap_or("(no name)");
            let mut head = format!("[{}] {} {name}", id.index() + 1, self.class(entity.class));
            if !entity.other_names.is_empty() {
                head.push_str(&format!(" (also {})", entity.other_names.join(", ")));
            }
            rows.push(vec![head]);
            rows.extend(entity.mentions.iter().map(|id| {
                let mut row = self.mention(entities.mention(*id));
                row.insert(0, entities.tie(*id).map_or(String::new(), |tie| tie.rule.to_owned()));
                row
            }));
        }
        rows
    }

    /// Facts by sentence.
    fn facts(&self, facts: &[Fact], entities: &Entities) -> Vec<Row> {
        let mut rows = Vec::new();
        for facts in facts.chunk_by(|one, next| one.sentence == next.sentence) {
            let id = facts[0].sentence;
            let sentence = self.words(self.parsed.document().sentence(id));
            rows.push(vec![format!("[{}] {sentence}", id.index() + 1)]);
            rows.extend(facts.iter().map(|fact| self.fact(fact, entities)));
        }
        rows
    }

    fn fact(&self, fact: &Fact, entities: &Entities) -> Row {
        let mut marks = vec![format!("{:?}", fact.status).to_lowercase(), format!("{:.2}", fact.confidence)];
        marks.extend(fact.implicit.then(|| "implicit".to_owned()));
        marks.extend(fact.past.then(|| "past".to_owned()));
        marks.extend(
            fact.speaker.map(|speaker| format!("says {}", self.words(entities.mention(speaker).tokens))),
        );
        let end = |id: MentionId| self.end(entities, id);
        let property = self.ontology.property(fact.property).label.clone();
        let rule = fact.rule.rsplit_once('#').map_or(fact.rule.as_str(), |(_, rule)| rule);
        vec![end(fact.subject), property, end(fact.object), marks.join(" "), rule.to_owned()]
    }

    /// The words of a fact's end, and the name they stand for where that is another.
    fn end(&self, entities: &Entities, id: MentionId) -> String {
        let words = self.words(entities.mention(id).tokens);
        let name = entities.of(id).and_then(|entity| entities.entity(entity).name.clone());
        match name.filter(|name| *name != words) {
            Some(name) => format!("{words} (= {name})"),
            None => words,
        }
    }

    fn words(&self, range: TokenRange) -> String {
        let document = self.parsed.document();
        if range.is_empty() { String::new() } else { printable(document.slice(document.span(range))) }
    }

    fn class(&self, class: Option<ClassId>) -> String {
        class.map_or("-".to_owned(), |class| self.ontology.class(class).label.clone())
    }
}

/// A span in code points.
fn range(places: &[usize], span: Span) -> String {
    format!("{}:{}", places[span.start], places[span.end])
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Value(value) => {
            format!("{} {}", tellgraph::ontology::local_name(value.datatype().as_str()), value.value())
        }
        kind => kind.as_str().to_owned(),
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Headline => "headline",
        Role::Byline => "byline",
        Role::Dateline => "dateline",
        Role::Heading => "heading",
        Role::ListItem => "list item",
        Role::Body => "body",
    }
}
