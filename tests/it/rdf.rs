//! Any RDF, hostile words, blank nodes and named graphs with it, is written in every syntax and read back the same.

use proptest::prelude::*;
use tellgraph::rdf::{self, Dataset, Reader, Syntax, difference};

use crate::export::a_name;

fn read(text: &str, syntax: Syntax) -> Result<Dataset, rdf::Error> {
    let mut reader = Reader::new(1);
    reader.read("test", text.as_bytes(), syntax, "http://base.example/x/")?;
    Ok(reader.finish().0)
}

fn write(dataset: &Dataset, syntax: Syntax) -> std::io::Result<String> {
    let mut text = Vec::new();
    let prefixes = [("e".to_owned(), "http://e.example/".to_owned())];
    rdf::write(dataset, &prefixes, syntax, &mut text)?;
    Ok(String::from_utf8(text).unwrap())
}

/// What two datasets differ in, to read.
fn changes(before: &Dataset, after: &Dataset) -> String {
    let difference = difference(before, after);
    let lines = |sign: &str, side: &Dataset| -> String {
        side.quads().map(|quad| format!("{sign} {quad:?}\n")).collect()
    };
    lines("-", &difference.removed) + &lines("+", &difference.added)
}

/// A dataset of N-Quads lines.
fn lines() -> impl Strategy<Value = String> {
    let node = prop::sample::select(&[
        "<http://e.example/a>",
        "<http://e.example/b#c>",
        "<urn:isbn:1>",
        "<http://é.example/%20?x=1&y=(2)>",
        "_:b1",
        "_:b2",
        "_:b3",
        "_:0",
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>",
    ]);
    let property = prop::sample::select(&[
        "<http://e.example/p>",
        "<http://e.example/p.q>",
        "<urn:p>",
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>",
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>",
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#_1>",
    ]);
    let literal = (
        a_name(),
        prop::sample::select(&["", "@en", "@en-gb", "^^<http://www.w3.org/2001/XMLSchema#integer>"]),
    )
        .prop_map(|(text, suffix)| format!("{}{suffix}", oxrdf::Literal::new_simple_literal(text)));
    let object = prop_oneof![3 => node.clone().prop_map(str::to_owned), 1 => literal];
    let graph = prop::sample::select(&["", "", "", "<http://e.example/g>", "_:b3", "_:g"]);
    let line = (node, property, object, graph).prop_map(|(s, p, o, g)| format!("{s} {p} {o} {g} .\n"));
    prop::collection::vec(line, 0..14).prop_map(|lines| lines.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_syntax_gives_back_what_it_was_given(lines in lines()) {
        let dataset = read(&lines, Syntax::NQuads).unwrap();
        for syntax in Syntax::ALL {
            match write(&dataset, syntax) {
                Ok(text) => {
                    let again = read(&text, syntax).unwrap_or_else(|error| panic!("{error} in\n{text}"));
                    prop_assert_eq!(changes(&dataset, &again), "", "{} of\n{}{}", syntax.title(), lines, text);
                    prop_assert_eq!(&text, &write(&dataset, syntax).unwrap());
                }
                Err(error) => {
                    let has_graphs = dataset.has_graphs() && !syntax.has_graphs();
                    let is_control = syntax == Syntax::RdfXml && error.to_string().contains("U+");
                    prop_assert!(has_graphs || is_control, "{}: {error}", syntax.title());
                }
            }
        }
    }

    #[test]
    fn labels_and_order_of_lines_do_not_show(lines in lines()) {
        let dataset = read(&lines, Syntax::NQuads).unwrap();
        let mut turned: Vec<&str> = lines.lines().collect();
        turned.reverse();
        let turned: Vec<String> = turned.into_iter().map(|line| line.replace("_:b", "_:zz")).collect();
        // A blank node's label may also stand in a string.
        if !lines.replace(" _:b", " ").contains("_:b") {
            let again = read(&turned.join("\n"), Syntax::NQuads).unwrap();
            prop_assert_eq!(changes(&dataset, &again), "");
        }
    }
}

#[test]
fn what_is_said_of_triples_stays() {
    let line = "<urn:x:e> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <urn:x:s> <urn:x:p> \"a b\"@en )>> .\n";
    let dataset = read(line, Syntax::NQuads).unwrap();
    assert!(dataset.needs_version());
    let text = write(&dataset, Syntax::NTriples).unwrap();
    assert_eq!(text, line);
    let marked = read(&format!("VERSION \"1.2\"\n{line}"), Syntax::NTriples).unwrap();
    assert_eq!(changes(&dataset, &marked), "");
    assert_eq!(changes(&dataset, &read(&text, Syntax::NTriples).unwrap()), "");
    let turtle = write(&dataset, Syntax::Turtle).unwrap();
    assert!(
        turtle.starts_with("VERSION \"1.2\"\n") && turtle.contains("<<( <urn:x:s> <urn:x:p> \"a b\"@en )>>"),
        "{turtle}"
    );
    let directed = read("<urn:x:e> <urn:x:p> \"a\"@ar--rtl .", Syntax::NTriples).unwrap();
    for (dataset, what) in [(&dataset, "statements about statements"), (&directed, "words with a direction")]
    {
        for syntax in [Syntax::RdfXml, Syntax::JsonLd] {
            let error = write(dataset, syntax).unwrap_err().to_string();
            assert!(error.contains(what) && error.contains("turtle"), "{error}");
        }
    }
}

#[test]
fn blank_nodes_stand_where_they_are_mentioned() {
    let text = "@prefix e: <http://e.example/> .\n\
        e:a e:list ( 1 [ e:p e:b ] ( ) \"x\" ) ; e:node [ e:p [ e:p 2 ] ] ; e:twice _:t ; e:nothing [] .\n\
        e:b e:twice _:t . _:t e:p 3 . _:c e:p _:d . _:d e:p _:c .";
    let dataset = read(text, Syntax::Turtle).unwrap();
    let turtle = write(&dataset, Syntax::Turtle).unwrap();
    assert_eq!(changes(&dataset, &read(&turtle, Syntax::Turtle).unwrap()), "");
    assert!(turtle.contains("e:list ( 1 [\n        e:p e:b\n    ] rdf:nil \"x\" )"), "{turtle}");
    assert!(turtle.contains("e:nothing []"), "{turtle}");
    // The one that is mentioned twice, and the two that mention each other.
    assert_eq!(turtle.matches("_:").count(), 3 + 4, "{turtle}");
}

#[test]
fn lists_and_nodes_without_names_nest_in_every_syntax() {
    let text = "@prefix e: <http://e.example/> .\n\
        e:a e:things ( e:b [ a e:C ; e:p 1 ] ( e:c ) ) ; e:words ( \"x\" 1 ) ; e:node [ e:p [ a e:D ] ] ; e:none () .";
    let dataset = read(text, Syntax::Turtle).unwrap();
    let json = write(&dataset, Syntax::JsonLd).unwrap();
    assert!(json.contains("\"@list\"") && !json.contains("_:") && !json.contains("first"), "{json}");
    let xml = write(&dataset, Syntax::RdfXml).unwrap();
    assert!(xml.contains("<e:things rdf:parseType=\"Collection\">") && xml.contains("<e:D/>"), "{xml}");
    // Words have no place in a collection of RDF/XML.
    assert_eq!(xml.matches("rdf:nodeID").count(), 4, "{xml}");
    for (text, syntax) in [(json, Syntax::JsonLd), (xml, Syntax::RdfXml)] {
        assert_eq!(changes(&dataset, &read(&text, syntax).unwrap()), "", "{text}");
    }
}

/// More things than one thread writes at a time: the bytes are those of each written by itself.
#[test]
fn many_things_are_written_as_few_are() {
    let thing = |number: usize| {
        format!(
            "<http://e.example/thing/{number:06}> <http://e.example/p{}> <http://e.example/o> , [ <urn:x:q> {number} ] .\n",
            number % 7
        )
    };
    let turtle = |things: std::ops::Range<usize>| {
        let lines: String = things.map(thing).collect();
        write(&read(&lines, Syntax::Turtle).unwrap(), Syntax::Turtle).unwrap()
    };
    let body = |text: &str| {
        text.lines()
            .filter(|line| !line.starts_with("@prefix"))
            .fold(String::new(), |all, line| all + line + "\n")
    };
    let few: String = (0..9).map(|piece| body(&turtle(piece * 1000..(piece + 1) * 1000))).collect();
    let many = turtle(0..9000);
    assert!(
        many.starts_with("@prefix e: <http://e.example/> .\n@prefix thing: <http://e.example/thing/> ."),
        "{}",
        &many[..200]
    );
    assert!(body(&many) == few);
}

#[test]
fn byte_order_marks_are_no_text() {
    for (syntax, text) in [
        (Syntax::Turtle, "<urn:x:a> <urn:x:p> 1 ."),
        (Syntax::TriG, "<urn:x:a> <urn:x:p> 1 ."),
        (Syntax::NTriples, "<urn:x:a> <urn:x:p> \"1\" .\r"),
        (Syntax::NQuads, "<urn:x:a> <urn:x:p> \"1\" ."),
        (Syntax::JsonLd, "{\"@id\": \"urn:x:a\", \"urn:x:p\": 1}"),
        (
            Syntax::RdfXml,
            "<?xml version=\"1.0\"?><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:x=\"urn:x:\">\
             <rdf:Description rdf:about=\"urn:x:a\"><x:p>1</x:p></rdf:Description></rdf:RDF>",
        ),
    ] {
        assert_eq!(read(&format!("\u{feff}{text}"), syntax).unwrap().len(), 1, "{}", syntax.title());
    }
}

#[test]
fn deep_nodes_and_long_lists_are_no_trouble() {
    let chain: String = (0..3000).map(|i| format!("_:n{i} <urn:x:p> _:n{} .\n", i + 1)).collect();
    let items: String = (0..3000).map(|i| format!("{i} ")).collect();
    let list = format!("<urn:x:a> <urn:x:p> ( {items}) .\n");
    for text in [chain, list] {
        let dataset = read(&text, Syntax::Turtle).unwrap();
        for syntax in [Syntax::Turtle, Syntax::JsonLd, Syntax::RdfXml] {
            let again = read(&write(&dataset, syntax).unwrap(), syntax).unwrap();
            assert_eq!(again.len(), dataset.len(), "{}", syntax.title());
        }
    }
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    for (text, syntax, expected) in [
        ("<urn:a:a> <urn:a:b> .", Syntax::Turtle, "test:1:"),
        ("<urn:a:a> <urn:a:b> <urn:a:c> .\n<urn:a:a> b <urn:a:c> .", Syntax::NTriples, "test:2:"),
        ("<rdf:RDF>", Syntax::RdfXml, "RDF/XML"),
        (
            "{\"@context\": \"https://c.example/x.jsonld\", \"@id\": \"urn:a:a\"}",
            Syntax::JsonLd,
            "from the network",
        ),
        ("{", Syntax::JsonLd, "JSON-LD"),
        ("<urn:a:a> <urn:a:b> <<( <urn:a:a> <urn:a:b> 1 )>> .", Syntax::Turtle, "ntriples and nquads only"),
        ("VERSION \"1.2\"\n<urn:a:a> <urn:a:b> 1 .", Syntax::TriG, "ntriples and nquads only"),
        (
            "<!DOCTYPE rdf:RDF [<!ENTITY a \"0123456789\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">\
             <!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">\
             <!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;\">\
             <!ENTITY g \"&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;\"><!ENTITY h \"&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;\">]><x>&h;</x>",
            Syntax::RdfXml,
            "its entities stand for too much text",
        ),
    ] {
        let error = read(text, syntax).expect_err(text).to_string();
        assert!(error.contains(expected), "{error}");
    }
}
