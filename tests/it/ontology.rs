//! What an ontology may say, what is wrong with one, and what the built-in one holds.

use tellgraph::Ontology;
use tellgraph::ontology::{self, CORE, ClassId, Error, FIRST_KISS, Family, File, NAMESPACE, Property, Range};

const PREFIXES: &str = "@prefix tg: <https://w3id.org/tellgraph/core#> . @prefix owl: <http://www.w3.org/2002/07/owl#> . \
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . \
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> . \
    @prefix schema: <https://schema.org/> . @prefix e: <https://example.org/sea#> .\n";

fn read(text: &str) -> Result<Ontology, Error> {
    Ontology::read(&[File::new("sea.ttl", format!("{PREFIXES}{text}"))])
}

fn sea(text: &str) -> Ontology {
    read(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn core() -> Ontology {
    Ontology::read(&[ontology::core_file()]).unwrap_or_else(|error| panic!("{error}"))
}

fn class(ontology: &Ontology, name: &str) -> ClassId {
    ontology
        .class_named(&format!("https://example.org/sea#{name}"))
        .unwrap_or_else(|| panic!("no class {name}"))
}

fn property<'a>(ontology: &'a Ontology, name: &str) -> &'a Property {
    let id = ontology.property_named(&format!("https://example.org/sea#{name}"));
    ontology.property(id.unwrap_or_else(|| panic!("no property {name}")))
}

/// The classes of a condition by their labels: "all of , any of |".
fn condition(ontology: &Ontology, condition: &[Vec<ClassId>]) -> String {
    let any = |any: &Vec<ClassId>| {
        any.iter().map(|c| ontology.class(*c).label.as_str()).collect::<Vec<_>>().join("|")
    };
    condition.iter().map(any).collect::<Vec<_>>().join(",")
}

/// An error's line below the prefixes, its column, and that its message has a part.
fn check_error(text: &str, line: usize, column: usize, part: &str) {
    let error = read(text).err().unwrap_or_else(|| panic!("no error in {text}"));
    let shown = error.to_string();
    assert!(shown.starts_with(&format!("sea.ttl:{}:{column}: ", line + 1)), "{shown}\n{text}");
    assert!(shown.contains(part) && shown.contains("expected"), "{shown}\n{text}");
}

#[test]
fn labels_prefer_english_then_no_language_then_the_name() {
    let ontology = sea(
        r#"e:Ship a owl:Class ; rdfs:label "Schiff"@de, "vessel", "ship"@en ; skos:altLabel "boat"@en, "Boot"@de ;
        rdfs:comment "Was schwimmt."@de, "It floats."@en .
        e:CargoShip a rdfs:Class ; rdfs:label "Frachter"@de . e:Port_City a owl:Class . e:x a owl:Class ; rdfs:label "seaWorthy" .
        e:isCaptain-Of a rdf:Property ."#,
    );
    let ship = ontology.class(class(&ontology, "Ship"));
    assert_eq!((ship.label.as_str(), ship.alternative_labels.join(",")), ("ship", "boat".to_owned()));
    assert_eq!(ship.comment.as_deref(), Some("It floats."));
    for (name, label) in [("CargoShip", "cargo ship"), ("Port_City", "port city"), ("x", "sea worthy")] {
        assert_eq!(ontology.class(class(&ontology, name)).label, label);
    }
    assert_eq!(property(&ontology, "isCaptain-Of").label, "is captain of");
}

#[test]
fn classes_stand_above_and_apart() {
    let ontology = sea(
        r"e:Tug rdfs:subClassOf e:Ship , [ a owl:Restriction ; owl:onProperty e:pulls ] . e:Ship rdfs:subClassOf e:Thing .
        e:Sailor a owl:Class ; owl:disjointWith e:Thing . e:Loop rdfs:subClassOf e:Pool . e:Pool rdfs:subClassOf e:Loop .
        [] a owl:AllDisjointClasses ; owl:members ( e:Sailor e:Storm e:Pool ) . e:Storm a owl:Class .
        e:Craft a owl:Class ; owl:equivalentClass e:Ship , schema:Boat . schema:Person owl:equivalentClass e:Sailor .
        e:Ship owl:hasKey ( rdfs:label e:number ) . e:Hull a owl:Class ; rdfs:subClassOf owl:Thing .
        e:Water a owl:Class ; owl:disjointUnionOf ( e:Salt e:Sweet ) . e:Salt a owl:Class . e:Sweet a owl:Class .",
    );
    let id = |name: &str| class(&ontology, name);
    let is_a = |one, other| ontology.is_a(id(one), id(other));
    assert!(is_a("Tug", "Thing") && is_a("Tug", "Craft") && is_a("Craft", "Thing") && !is_a("Thing", "Tug"));
    assert!(is_a("Loop", "Pool") && is_a("Pool", "Loop"));
    assert_eq!(ontology.ancestors(id("Tug")), [id("Tug"), id("Ship"), id("Thing"), id("Craft")]);
    assert_eq!(ontology.common_ancestor(id("Tug"), id("Craft")), Some(id("Ship")));
    assert_eq!(ontology.common_ancestor(id("Tug"), id("Loop")), None);
    let disjoint = |one, other| ontology.are_disjoint(id(one), id(other));
    assert!(disjoint("Sailor", "Tug") && disjoint("Tug", "Sailor") && disjoint("Storm", "Loop"));
    assert!(disjoint("Salt", "Sweet") && is_a("Salt", "Water"));
    assert!(!disjoint("Storm", "Tug") && !disjoint("Tug", "Ship"));
    let any = vec![vec![id("Ship"), id("Storm")]];
    assert!(
        ontology.meets(id("Tug"), &any)
            && !ontology.meets(id("Thing"), &any)
            && ontology.meets(id("Hull"), &vec![])
    );
    assert!(
        ontology.may_meet(id("Thing"), &any)
            && ontology.may_meet(id("Hull"), &any)
            && !ontology.may_meet(id("Sailor"), &any)
    );
    let iris = |name| {
        ontology.class(id(name)).alignments.iter().map(|iri| iri.as_str()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!([iris("Craft"), iris("Sailor")], ["https://schema.org/Boat", "https://schema.org/Person"]);
    assert_eq!(ontology.class(id("Ship")).keys.len(), 2);
    assert!(ontology.class(id("Hull")).parents.is_empty());
}

#[test]
fn domains_and_ranges_are_conditions() {
    let ontology = sea(
        r"e:a rdfs:domain e:Ship , e:Tug ; rdfs:range [ a owl:Class ; owl:unionOf ( e:Port e:Bay ) ] .
        e:b a owl:ObjectProperty ; schema:domainIncludes e:Ship , e:Port ; schema:rangeIncludes e:Bay , e:Port .
        e:c rdfs:domain owl:Thing ; rdfs:range [ owl:intersectionOf ( e:Ship [ owl:unionOf ( e:Port e:Bay ) ] ) ] .
        e:d a owl:DatatypeProperty ; rdfs:domain [ a owl:Restriction ] ; rdfs:range xsd:date , xsd:gYear .
        e:e a owl:DatatypeProperty . e:f a owl:ObjectProperty ; rdfs:range e:Number . e:g rdfs:range e:tonnage .
        e:h rdfs:range [ a rdfs:Datatype ; owl:onDatatype xsd:integer ] . e:tonnage a rdfs:Datatype .
        e:i rdfs:range e:Text . e:Text a owl:Class . e:note a owl:AnnotationProperty ; rdfs:domain e:Ship .",
    );
    for (name, domain, range) in [
        ("a", "ship,tug", "port|bay"),
        ("b", "ship|port", "bay|port"),
        ("c", "", "ship,port|bay"),
        ("i", "", "text"),
    ] {
        let property = property(&ontology, name);
        assert_eq!(property.range, Range::Thing, "{name}");
        assert_eq!(condition(&ontology, &property.domain), domain, "{name}");
        assert_eq!(condition(&ontology, &property.range_classes), range, "{name}");
    }
    let all = vec![Family::Date, Family::Number, Family::Text, Family::Other];
    for (name, families) in [
        ("d", vec![Family::Date]),
        ("e", all),
        ("f", vec![Family::Number]),
        ("g", vec![Family::Text]),
        ("h", vec![Family::Number]),
    ] {
        assert_eq!(property(&ontology, name).range.families(), families, "{name}");
        assert!(property(&ontology, name).domain.is_empty());
    }
    let month = oxrdf::vocab::xsd::G_YEAR_MONTH.into_owned();
    assert!(property(&ontology, "d").range.admits(&month) && !property(&ontology, "f").range.admits(&month));
    assert!(ontology.property_named("https://example.org/sea#note").is_none());
}

#[test]
fn properties_relate_to_properties() {
    let ontology = sea(
        r"e:sails a owl:ObjectProperty ; owl:inverseOf e:sailedBy , schema:agent ; rdfs:subPropertyOf e:moves , schema:other .
        e:sailedBy a owl:ObjectProperty , owl:FunctionalProperty . e:moves a owl:InverseFunctionalProperty .
        e:meets a owl:SymmetricProperty ; owl:equivalentProperty schema:knows . schema:captain owl:inverseOf e:moves .",
    );
    let id = |name: &str| ontology.property_named(&format!("https://example.org/sea#{name}"));
    assert_eq!(property(&ontology, "sails").inverse, id("sailedBy"));
    assert_eq!(property(&ontology, "sailedBy").inverse, id("sails"));
    assert_eq!(property(&ontology, "sails").parents, [id("moves").unwrap()]);
    assert!(property(&ontology, "sailedBy").functional && property(&ontology, "moves").inverse_functional);
    assert!(property(&ontology, "meets").symmetric);
    for (name, iri, inverse) in
        [("sails", "agent", true), ("meets", "knows", false), ("moves", "captain", true)]
    {
        let alignments = &property(&ontology, name).alignments;
        let found: Vec<_> = alignments.iter().map(|other| (other.iri.as_str(), other.inverse)).collect();
        assert_eq!(found, [(format!("https://schema.org/{iri}").as_str(), inverse)], "{name}");
    }
    assert_eq!(ontology.properties().len(), 4);
    let sails = id("sails").unwrap();
    assert_eq!(ontology.property_ancestors(sails), [sails, id("moves").unwrap()]);
}

#[test]
fn wordings_carry_what_was_learned_and_where_they_stand() {
    let first = File::new(
        "one.ttl",
        format!(
            "{PREFIXES}e:sails a owl:ObjectProperty ; rdfs:label \"sails\" ;\n  tg:phrase \"{{subject}} sailed {{object}}\" ."
        ),
    );
    let second = File::new(
        "two.ttl",
        format!(
            "{PREFIXES}# é\ne:sails tg:role \"skipper\", # one\n    'é, \"captain\"',[ tg:precision 0.93 ; tg:seen 41 ; tg:text \"pilot\" ] ;\n tg:phrase \"{{subject}} sailed {{object}}\" , \"{{object}}'s master {{subject}}\"@en."
        ),
    );
    let ontology = Ontology::read(&[first, second]).unwrap();
    let sails = property(&ontology, "sails");
    let shown: Vec<String> = sails
        .phrases
        .iter()
        .chain(&sails.roles)
        .map(|wording| {
            let learned =
                wording.precision.map(|p| format!(" {p} {}", wording.seen.unwrap_or(0))).unwrap_or_default();
            let at = &wording.origin;
            format!("{} {}:{}:{}{learned}", wording.text, at.file, at.line - 1, at.column)
        })
        .collect();
    assert_eq!(
        shown,
        [
            "{subject} sailed {object} one.ttl:2:13",
            "{object}'s master {subject} two.ttl:4:42",
            "skipper two.ttl:2:17",
            "é, \"captain\" two.ttl:3:5",
            "pilot two.ttl:3:63 0.93 41",
        ]
    );
    assert_eq!((&*sails.origin.file, sails.origin.line, sails.origin.column), ("one.ttl", 2, 1));
}

#[test]
fn errors_say_where_and_what_was_expected() {
    for (text, line, column, part) in [
        ("e:Ship a owl:Class\ne:Tug a owl:Class .", 2, 1, "\".\""),
        ("e:Ship a owl:Class ;\n  x:y 1 .", 2, 3, "The prefix x:"),
        ("e:Ship a owl:Class ; rdfs:label \"sh\nip .", 1, 33, "expected"),
        ("e:s a owl:ObjectProperty ;\n tg:phrase \"{subject} sailed\" .", 2, 12, "found no {object}"),
        ("e:s a owl:ObjectProperty ; tg:phrase \"sailed {object}\" .", 1, 38, "found no {subject}"),
        ("e:s a owl:ObjectProperty ; tg:phrase \"{subject} met {subjects}\" .", 1, 38, "found {subjects}"),
        ("e:s a owl:ObjectProperty ; tg:phrase \"{subject} met {subject} at {object}\" .", 1, 38, "twice"),
        ("e:s a owl:ObjectProperty ; tg:phrase \"{subject} {object}.\" .", 1, 38, "no word"),
        ("e:s a owl:ObjectProperty ; tg:phrase \"{subject} } {object}\" .", 1, 38, "brace"),
        ("e:s a owl:ObjectProperty ; tg:phrase \"{subject} traf {object}\"@de .", 1, 38, "@de"),
        ("e:s a owl:ObjectProperty ; tg:phrase e:t .", 1, 38, "string"),
        ("e:s a owl:ObjectProperty ; tg:phrase [ tg:precision 0.5 ] .", 1, 28, "tg:text"),
        (
            "e:s a owl:ObjectProperty ; tg:role [ tg:text \"cook\" ;\n tg:precision 1.5 ] .",
            2,
            15,
            "0.0 to 1.0",
        ),
        (
            "e:s a owl:ObjectProperty ; tg:role [ tg:text \"cook\" ;\n tg:precision \"NaN\" ] .",
            2,
            15,
            "0.0 to 1.0",
        ),
        ("e:s a owl:ObjectProperty ; tg:role [ tg:text \"cook\" ;\n tg:seen -2 ] .", 2, 10, "whole number"),
        (
            "e:s a owl:ObjectProperty ; tg:scorer [ tg:weights \"\" ;\n tg:knownObject [ tg:seen 2 ] ] .",
            2,
            2,
            "tg:text",
        ),
        ("e:s a owl:ObjectProperty ; tg:role \"cook of {object}\" .", 1, 36, "noun"),
        ("e:s a owl:ObjectProperty ; tg:role \"\" .", 1, 36, "noun"),
        (
            "e:s a owl:ObjectProperty ;\n  tg:phrases \"{subject} met {object}\" .",
            2,
            3,
            "tg:phrase, found tg:phrases",
        ),
        (
            "e:s a owl:ObjectProperty .\ne:t tg:phrase \"{subject} met {object}\" .",
            2,
            1,
            "is <https://example.org/sea#s> meant",
        ),
        ("e:s a owl:ObjectProperty ; tg:text \"cook\" .", 1, 28, "inside"),
        ("tg:Person a owl:Class .\ne:s rdfs:domain\n    tg:Persn .", 3, 5, "tg:Person, found tg:Persn"),
        ("e:s a owl:ObjectProperty ,\n  owl:DatatypeProperty .", 2, 3, "things or values"),
        ("e:s rdfs:domain \"Ship\" .", 1, 17, "IRI of a class"),
        ("e:s rdfs:domain xsd:string .", 1, 17, "class as the domain"),
        ("e:s rdfs:range xsd:dat .", 1, 16, "xsd:date, found xsd:dat"),
        ("e:s a owl:ObjectProperty ; rdfs:range xsd:date .", 1, 39, "a class"),
        ("e:s a owl:DatatypeProperty ; rdfs:range e:Ship .", 1, 41, "a datatype"),
        ("e:s rdfs:range [ owl:unionOf ( e:Ship xsd:date ) ] .", 1, 18, "found both"),
        ("e:s rdfs:range [ owl:unionOf ( ) ] .", 1, 18, "list of classes"),
        ("e:s a owl:ObjectProperty ; owl:inverseOf e:s .", 1, 42, "owl:SymmetricProperty"),
        ("e:s a owl:ObjectProperty ; owl:inverseOf e:Ship . e:Ship a owl:Class .", 1, 42, "found the class"),
        ("e:s a owl:ObjectProperty ; owl:inverseOf \"t\" .", 1, 42, "IRI of a property"),
        ("e:s a owl:SymmetricProperty ; rdfs:range xsd:date .", 1, 1, "symmetric"),
        ("e:s a owl:DatatypeProperty ; owl:inverseOf schema:t .", 1, 1, "inverse"),
        ("e:Ship rdfs:subClassOf \"Thing\" .", 1, 24, "IRI of a class"),
        ("e:A owl:disjointWith e:B .\ne:C a owl:Class ; rdfs:subClassOf e:A , e:B .", 2, 1, "disjoint"),
    ] {
        check_error(text, line, column, part);
    }
}

#[test]
fn nothing_is_lost_between_files_and_no_blank_node_is_shared() {
    let first =
        File::new("one.ttl", format!("{PREFIXES}e:a rdfs:domain _:u . _:u owl:unionOf ( e:Ship e:Tug ) ."));
    let second = File::new(
        "two.ttl",
        format!(
            "{PREFIXES}@prefix e2: <https://example.org/air#> .\ne:b rdfs:domain _:u . _:u owl:unionOf ( e:Port ) ."
        ),
    );
    let ontology = Ontology::read(&[first, second]).unwrap();
    assert_eq!(condition(&ontology, &property(&ontology, "a").domain), "ship|tug");
    assert_eq!(condition(&ontology, &property(&ontology, "b").domain), "port");
    let prefixes: Vec<&str> = ontology.prefixes().iter().map(|(prefix, _)| prefix.as_str()).collect();
    assert_eq!(prefixes, ["e", "e2", "owl", "rdf", "rdfs", "schema", "skos", "tg", "xsd"]);
}

#[test]
fn strange_ontologies_are_read_or_refused_but_never_hang() {
    let mut nested = "e:s rdfs:range ".to_owned();
    (0..5_000).for_each(|_| nested.push_str("[ owl:unionOf ( "));
    nested.push_str("e:Ship");
    (0..5_000).for_each(|_| nested.push_str(" ) ]"));
    assert!(read(&format!("{nested} .")).is_ok());
    let many: Vec<String> = (0..20_000).map(|i| format!("\"boat {i}\"")).collect();
    let ontology = sea(&format!("e:Ship a owl:Class ; skos:altLabel {} .", many.join(",")));
    assert_eq!(ontology.class(class(&ontology, "Ship")).alternative_labels.len(), 20_000);
    sea("_:u owl:unionOf ( _:u _:u e:Ship ) . e:s rdfs:domain _:u .");
    sea("_:l rdf:first e:Ship ; rdf:rest _:l . e:s rdfs:domain [ owl:unionOf _:l ] .");
    sea("\u{0}".trim_matches('\u{0}'));
    for odd in ["\u{0}", "<", "\"", "e:a e:b \"\\", "[", ")", "]].", "@", "..", "{}", "é:é é:é é:é ."] {
        let _ = read(odd);
        let _ = Ontology::read(&[File::new("odd.ttl", odd)]);
    }
    assert_eq!(Ontology::read(&[]).unwrap().classes().len(), 0);
}

#[test]
fn the_core_holds_what_was_promised() {
    let ontology = core();
    let promised = "directorOf authorOf producerOf performerIn composerOf creatorOf participantIn publisherOf presenterOf \
        founderOf chiefExecutiveOf leaderOf worksFor memberOf memberOfParty educatedAt ownerOf subsidiaryOf acquired \
        headquarteredIn locatedIn foundedOn releasedOn bornOn diedOn bornIn diedIn livedIn nationality occupation age \
        spouseOf childOf siblingOf friendOf basedOn partOf awardReceived tookPlaceIn tookPlaceOn about";
    for name in promised.split_whitespace() {
        let id = ontology.property_named(&format!("{NAMESPACE}{name}"));
        let property = ontology.property(id.unwrap_or_else(|| panic!("no {name}")));
        assert!(!property.label.is_empty() && property.comment.is_some(), "{name}");
        assert!(property.phrases.len() + property.roles.len() >= 7 && !property.phrases.is_empty(), "{name}");
        assert!(!property.domain.is_empty(), "{name}");
        assert!(
            property.range != Range::Thing || !property.range_classes.is_empty() || name == "about",
            "{name}"
        );
    }
    assert_eq!(ontology.properties().len(), promised.split_whitespace().count());
    assert!(ontology.property_named(&format!("{NAMESPACE}phrase")).is_none());
}

#[test]
fn the_core_aligns_to_legal_iris_and_names_each_noun_once() {
    let ontology = core();
    let of_classes = ontology.classes().flat_map(|(_, class)| &class.alignments);
    let of_properties =
        ontology.properties().flat_map(|(_, property)| &property.alignments).map(|other| &other.iri);
    let mut aligned = 0;
    for iri in of_classes.chain(of_properties) {
        assert!(oxrdf::NamedNode::new(iri.as_str()).is_ok() && !iri.as_str().starts_with(NAMESPACE), "{iri}");
        aligned += 1;
    }
    assert!(aligned > 100, "{aligned}");
    let mut nouns = std::collections::HashMap::new();
    for (id, class) in ontology.classes() {
        assert!(class.comment.is_some() && !class.alternative_labels.is_empty(), "{}", class.iri);
        for noun in class.alternative_labels.iter().chain([&class.label]) {
            assert_eq!(nouns.insert(noun.clone(), id), None, "{noun} names two classes");
        }
    }
    for (one, other, disjoint) in [
        ("Person", "Company", true),
        ("City", "Film", true),
        ("Software", "Product", false),
        ("Film", "Work", false),
    ] {
        let [one, other] = [one, other].map(|name| ontology.core_class(name).unwrap());
        assert_eq!(ontology.are_disjoint(one, other), disjoint);
    }
}

#[test]
fn every_wording_of_the_core_stands_where_its_origin_says() {
    let ontology = core();
    let lines: Vec<&str> = CORE.lines().collect();
    let mut wordings = 0;
    for (_, property) in ontology.properties() {
        assert!(
            lines[property.origin.line - 1].starts_with("tg:") && property.origin.column == 1,
            "{}",
            property.iri
        );
        for wording in property.phrases.iter().chain(&property.roles) {
            let rest = &lines[wording.origin.line - 1][wording.origin.column - 1..];
            assert!(
                rest.starts_with(&format!("\"{}\"", wording.text)),
                "{} at {:?}",
                wording.text,
                wording.origin
            );
            wordings += 1;
        }
    }
    assert!(wordings > 1_000, "{wordings}");
}

#[test]
fn an_extension_is_a_few_lines() {
    let mut files = vec![ontology::core_file()];
    let before = core();
    files.push(File::new("first-kiss.ttl", FIRST_KISS));
    let ontology = Ontology::read(&files).unwrap();
    assert_eq!(ontology.properties().len(), before.properties().len() + 2);
    let named = |name: &str| {
        let id = ontology.property_named(&format!("https://w3id.org/tellgraph/first-kiss#{name}")).unwrap();
        ontology.property(id)
    };
    assert!(
        named("kissed").symmetric && named("kissedIn").roles.iter().any(|role| role.text == "participant")
    );
    assert_eq!(condition(&ontology, &named("kissed").domain), "person");
    let phrases = |ontology: &Ontology| {
        ontology
            .property(ontology.property_named(&format!("{NAMESPACE}participantIn")).unwrap())
            .phrases
            .len()
    };
    assert_eq!(phrases(&ontology), phrases(&before) + 1);
    let alone = Ontology::read(&[File::new("first-kiss.ttl", FIRST_KISS)]).unwrap_err();
    assert!(alone.to_string().contains("nothing declares tg:participantIn"), "{alone}");
    let typo = CORE.replacen("rdfs:domain tg:Person", "rdfs:domain tg:Prson", 1);
    let error = Ontology::read(&[File::new("core.ttl", typo)]).unwrap_err();
    assert!(error.message.contains("tg:Person, found tg:Prson"), "{error}");
}
