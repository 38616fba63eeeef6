//! Graphs built from a document with given mentions, entities and facts.

use oxrdf::Literal;
use oxrdf::vocab::xsd;
use tellgraph::document::{self, SentenceId, Span, Token, TokenId, TokenRange};
use tellgraph::entity::{self, Entity, EntityId, Tie};
use tellgraph::export::to_string;
use tellgraph::fact::{Fact, Status};
use tellgraph::mention::{Kind, Mention, MentionId};
use tellgraph::{Format, Graph, Lexicon, Ontology, Source, graph, syntax};

use super::ontology;

/// A text with what is given of it. Words stand between single spaces; a line is a sentence.
struct Page {
    source: Source,
    tokens: Vec<Token>,
    sentences: Vec<TokenRange>,
    mentions: Vec<Mention>,
    entities: Vec<Entity>,
    ties: Vec<Option<Tie>>,
    facts: Vec<Fact>,
    ontology: Ontology,
}

impl Page {
    fn new(text: &str) -> Self {
        let (mut tokens, mut sentences, mut start) = (Vec::new(), Vec::new(), 0);
        for line in text.split('\n') {
            let first = TokenId(tokens.len() as u32);
            for word in line.split(' ') {
                tokens.push(Token { span: Span { start, end: start + word.len() }, space_after: true });
                start += word.len() + 1;
            }
            sentences.push(TokenRange { start: first, end: TokenId(tokens.len() as u32) });
        }
        let (mentions, entities, ties, facts) = Default::default();
        let source = Source::plain("page", text);
        Self { source, tokens, sentences, mentions, entities, ties, facts, ontology: ontology() }
    }

    /// A mention of these words where they first stand, and an entity for it alone unless it is a value.
    fn mention(&mut self, words: &str, kind: Kind, class: &str) -> MentionId {
        let start = self.source.text.find(words).expect("words of the text");
        let within = |token: &Token| token.span.start >= start && token.span.end <= start + words.len();
        let first = self.tokens.iter().position(within).expect("whole words");
        let count = self.tokens.iter().filter(|token| within(token)).count();
        let tokens = TokenRange { start: TokenId(first as u32), end: TokenId((first + count) as u32) };
        let id = MentionId(self.mentions.len() as u32);
        let is_value = matches!(kind, Kind::Value(_));
        let name = (kind == Kind::Name).then(|| words.to_owned());
        let class = self.ontology.core_class(class);
        self.mentions.push(Mention {
            tokens,
            head: tokens.start,
            kind,
            recognized: None,
            class,
            is_class_sure: true,
            number: None,
            gender: None,
        });
        self.ties
            .push((!is_value).then_some(Tie { entity: EntityId(self.entities.len() as u32), rule: "given" }));
        if !is_value {
            self.entities.push(Entity {
                mentions: vec![id],
                name,
                other_names: Vec::new(),
                class,
                is_class_sure: true,
            });
        }
        id
    }

    fn fact(&mut self, subject: MentionId, property: &str, object: MentionId) -> &mut Fact {
        let property = self.ontology.property_named(&super::tg(property).into_string()).expect("a property");
        let sentence =
            self.sentences.partition_point(|range| range.end <= self.mentions[subject.index()].tokens.start);
        let sentence = SentenceId(sentence as u32);
        self.facts.push(Fact {
            property,
            subject,
            object,
            sentence,
            status: Status::Asserted,
            speaker: None,
            confidence: 0.871_234,
            implicit: false,
            past: false,
            rule: "given/phrase/words".to_owned(),
        });
        self.facts.last_mut().expect("just pushed")
    }

    fn graph(self) -> Graph {
        let document = document::given(&self.source, self.tokens, self.sentences);
        let parsed = syntax::parse(document);
        let entities = entity::given(self.mentions, self.entities, self.ties);
        let lexicon = Lexicon::compile(self.ontology).expect("the labels can be said");
        graph::build(&self.source, &parsed, &entities, &self.facts, &lexicon)
    }

    fn check(self, format: Format, expected: &str) {
        let ontology = self.ontology.clone();
        assert_eq!(to_string(&self.graph(), &ontology, format), expected);
    }
}

const PREFIXES: &str = r#"@prefix person: <https://example.org/person/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix tg: <https://w3id.org/tellgraph/core#> .
"#;

#[test]
fn names_become_things_and_asserted_facts_statements() {
    let mut page = Page::new("Zoë Park married Bo Lind in Oslo .");
    let (zoe, bo) =
        (page.mention("Zoë Park", Kind::Name, "Person"), page.mention("Bo Lind", Kind::Name, "Person"));
    page.fact(zoe, "spouseOf", bo);
    page.fact(zoe, "founderOf", bo).status = Status::Negated;
    let expected = r#"
person:bo-lind a tg:Person ;
    rdfs:label "Bo Lind" ;
    tg:spouseOf person:zoe-park .

person:zoe-park a tg:Person ;
    rdfs:label "Zoë Park" .
"#;
    page.check(Format::Turtle, &format!("{PREFIXES}{expected}"));
}

#[test]
fn facts_count_code_points() {
    let mut page = Page::new("💍 Zoë Park é née 1990 .\nShe founded Lumen Works .");
    let zoe = page.mention("Zoë Park", Kind::Name, "Person");
    let year = page.mention("1990", Kind::Value(Literal::new_typed_literal("1990", xsd::G_YEAR)), "");
    let she = page.mention("She", Kind::Pronoun, "Person");
    let lumen = page.mention("Lumen Works", Kind::Name, "Organization");
    page.fact(zoe, "bornOn", year);
    let founded = page.fact(she, "founderOf", lumen);
    (founded.status, founded.speaker, founded.past) = (Status::Reported, Some(zoe), true);
    page.check(
        Format::Facts,
        concat!(
            r#"{"document":"page","property":"https://w3id.org/tellgraph/core#bornOn","#,
            r#""subject":{"iri":"https://example.org/person/zoe-park","label":"Zoë Park","#,
            r#""class":"https://w3id.org/tellgraph/core#Person","start":2,"end":10,"text":"Zoë Park"},"#,
            r#""object":{"value":"1990","datatype":"http://www.w3.org/2001/XMLSchema#gYear","start":17,"end":21,"text":"1990"},"#,
            r#""sentence":{"start":0,"end":23},"confidence":0.871,"status":"asserted","implicit":false,"rule":"given/phrase/words"}"#,
            "\n",
            r#"{"document":"page","property":"https://w3id.org/tellgraph/core#founderOf","#,
            r#""subject":{"class":"https://w3id.org/tellgraph/core#Person","start":24,"end":27,"text":"She"},"#,
            r#""object":{"iri":"https://example.org/organization/lumen-works","label":"Lumen Works","#,
            r#""class":"https://w3id.org/tellgraph/core#Organization","start":36,"end":47,"text":"Lumen Works"},"#,
            r#""sentence":{"start":24,"end":49},"confidence":0.871,"status":"reported","implicit":false,"past":true,"#,
            r#""speaker":"Zoë Park","rule":"given/phrase/words"}"#,
            "\n",
        ),
    );
}

#[test]
fn facts_tell_the_class_where_mentions_do_not() {
    let mut page = Page::new("Zoë Park founded Lumen Works .\nTide won .");
    let (zoe, lumen) =
        (page.mention("Zoë Park", Kind::Name, "Agent"), page.mention("Lumen Works", Kind::Name, ""));
    page.mention("Tide", Kind::Name, "");
    page.fact(zoe, "founderOf", lumen);
    let classes: Vec<String> =
        page.graph().things().map(|thing| format!("{} {:?}", thing.iri, thing.classes)).collect();
    let core = |class: &str| format!("{{NamedNode {{ iri: \"https://w3id.org/tellgraph/core#{class}\" }}}}");
    // Tide has a name, but nothing says what it is.
    assert_eq!(classes.len(), 2);
    assert_eq!(
        classes[0],
        format!("<https://example.org/organization/lumen-works> {}", core("Organization"))
    );
    assert_eq!(classes[1], format!("<https://example.org/person/zoe-park> {}", core("Person")));
}

#[test]
fn father_and_son_of_one_name_are_two() {
    let mut page = Page::new("Odo Lind is a son of Odo Lind the elder .\nHe married Zoë Park .");
    let son = page.mention("Odo Lind", Kind::Name, "Person");
    let father = page.mention("Odo Lind the", Kind::Name, "Person");
    page.entities[1].name = Some("Odo Lind".to_owned());
    let zoe = page.mention("Zoë Park", Kind::Name, "Person");
    page.fact(son, "childOf", father);
    page.fact(father, "spouseOf", zoe);
    let expected = r#"
person:odo-lind_child-of a tg:Person ;
    rdfs:label "Odo Lind" ;
    tg:childOf person:odo-lind_inverse-child-of .

person:odo-lind_inverse-child-of a tg:Person ;
    rdfs:label "Odo Lind" ;
    tg:spouseOf person:zoe-park .

person:zoe-park a tg:Person ;
    rdfs:label "Zoë Park" .
"#;
    page.check(Format::Turtle, &format!("{PREFIXES}{expected}"));
}

#[test]
fn values_stay_values() {
    let mut page = Page::new("Zoë Park , a retired plumber , founded 1990 .");
    let zoe = page.mention("Zoë Park", Kind::Name, "Person");
    let plumber = page.mention("retired plumber", Kind::Description, "Person");
    let year = page.mention("1990", Kind::Value(Literal::new_typed_literal("1990", xsd::G_YEAR)), "");
    page.fact(zoe, "occupation", plumber);
    page.fact(zoe, "founderOf", year);
    let expected = r#"
person:zoe-park a tg:Person ;
    rdfs:label "Zoë Park" ;
    tg:occupation "retired plumber" .
"#;
    page.check(Format::Turtle, &format!("{PREFIXES}{expected}"));
}

#[test]
fn entities_of_one_iri_are_one_thing() {
    let mut page = Page::new("ZOE PARK sang .\nZoë\tPark slept .");
    page.mention("ZOE PARK", Kind::Name, "Person");
    page.mention("Zoë\tPark", Kind::Name, "Person");
    let graph = page.graph();
    let thing = graph.things().next().expect("a thing");
    assert_eq!((graph.thing_count(), thing.label.as_str()), (1, "Zoë Park"));
    assert_eq!(thing.alternative_labels.iter().collect::<Vec<_>>(), ["ZOE PARK"]);
}

const ARTICLE: &str = r#"@prefix article: <https://example.org/article/> .
@prefix person: <https://example.org/person/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix tg: <https://w3id.org/tellgraph/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

article:a-long-tide a tg:Article ;
    rdfs:label "A Long Tide" ;
    schema:url "https://news.example/tide"^^xsd:anyURI ;
    tg:releasedOn "2017-07-21"^^xsd:date .

person:bo-lind a tg:Person ;
    rdfs:label "Bo Lind" ;
    tg:authorOf article:a-long-tide .

person:zoe-park a tg:Person ;
    rdfs:label "Zoë Park" ;
    tg:authorOf article:a-long-tide .
"#;

/// Metadata that stands beside a text.
fn surroundings(source: &mut Source) {
    source.author = Some("Zoë Park and Bo Lind".to_owned());
    source.date = Some("2017-07-21".to_owned());
    source.url = Some("https://news.example/tide".to_owned());
}

#[test]
fn the_article_is_a_thing() {
    let mut page = Page::new("A Long Tide\nIt rose .");
    page.mention("A Long Tide", Kind::Article, "");
    surroundings(&mut page.source);
    page.check(Format::Turtle, ARTICLE);

    let mut page = Page::new("It rose .");
    page.source.title = Some("A Long\nTide".to_owned());
    surroundings(&mut page.source);
    page.check(Format::Turtle, ARTICLE);

    let mut page = Page::new("It rose .");
    surroundings(&mut page.source);
    let graph = page.graph();
    assert_eq!(graph.thing_count(), 0);
    assert_eq!((&graph.documents()[0].id[..], &graph.documents()[0].iri), ("page", &None));
}

#[test]
fn an_ontology_without_the_core_will_do() {
    let mut page = Page::new("A Long Tide\nZoë Park rose .");
    page.ontology = Ontology::default();
    page.mention("A Long Tide", Kind::Article, "");
    page.mention("Zoë Park", Kind::Name, "Person");
    surroundings(&mut page.source);
    let things: Vec<String> = page.graph().things().map(|thing| thing.iri.as_str().to_owned()).collect();
    assert_eq!(things, ["https://example.org/thing/a-long-tide", "https://example.org/thing/zoe-park"]);
}

/// A page with a value, a symmetric statement and one between different classes.
fn example() -> Page {
    let mut page = Page::new("Zoë Park , born in 1990 , married Bo Lind and founded \"Lumen\" .");
    let (zoe, bo) =
        (page.mention("Zoë Park", Kind::Name, "Person"), page.mention("Bo Lind", Kind::Name, "Person"));
    let lumen = page.mention("\"Lumen\"", Kind::Name, "Company");
    let year = page.mention("1990", Kind::Value(Literal::new_typed_literal("1990", xsd::G_YEAR)), "");
    page.fact(zoe, "bornOn", year);
    page.fact(zoe, "spouseOf", bo);
    page.fact(zoe, "founderOf", lumen);
    page
}

#[test]
fn pictures_show_names_values_and_sentences() {
    let ontology = ontology();
    let picture = to_string(&example().graph(), &ontology, Format::Dot);
    let quote = r#"Zoë Park , born in 1990 , married Bo Lind and founded \"Lumen\" ."#;
    for line in [
        format!(
            r#"    "https://example.org/person/zoe-park" [label="Zoë Park\nborn on: 1990", tooltip="Zoë Park (person)\n{quote} (0.87)", "#
        ),
        r#"    "https://example.org/organization/lumen" [label="\"Lumen\"", tooltip="\"Lumen\" (company)", "#.to_owned(),
        format!(
            r#"    "https://example.org/person/zoe-park" -> "https://example.org/organization/lumen" [label="founder of", tooltip="Zoë Park – founder of – \"Lumen\"\n{quote} (0.87)", "#
        ),
        r#"    "https://example.org/person/bo-lind" -> "https://example.org/person/zoe-park" [label="spouse of", "#.to_owned(),
    ] {
        assert_eq!(picture.lines().filter(|found| found.starts_with(&line)).count(), 1, "{line}\n{picture}");
    }
    let headless = picture.lines().filter(|line| line.contains("dir=none"));
    assert_eq!(headless.map(|line| line.contains("spouse of")).collect::<Vec<_>>(), [true]);
}

#[test]
fn json_ld_is_compact() {
    let expected = r#"{
  "@context": {
    "organization": "https://example.org/organization/",
    "person": "https://example.org/person/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "tg": "https://w3id.org/tellgraph/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "Company": "tg:Company",
    "Person": "tg:Person",
    "bornOn": {
      "@id": "tg:bornOn",
      "@type": "xsd:gYear"
    },
    "founderOf": {
      "@id": "tg:founderOf",
      "@type": "@id"
    },
    "label": "rdfs:label",
    "spouseOf": {
      "@id": "tg:spouseOf",
      "@type": "@id"
    }
  },
  "@graph": [
    {
      "@id": "organization:lumen",
      "@type": "Company",
      "label": "\"Lumen\""
    },
    {
      "@id": "person:bo-lind",
      "@type": "Person",
      "label": "Bo Lind",
      "spouseOf": "person:zoe-park"
    },
    {
      "@id": "person:zoe-park",
      "@type": "Person",
      "label": "Zoë Park",
      "bornOn": "1990",
      "founderOf": "organization:lumen"
    }
  ]
}
"#;
    example().check(Format::JsonLd, expected);
}
